"""A project's findings: loaded and checked, or remembered where nothing has changed since."""

from __future__ import annotations

import hashlib
from pathlib import Path

from edition.baseline import BASELINE
from edition.cache import Findings, code_state, read_findings, write_findings
from edition.diagnostic import Diagnostic
from edition.project import Project
from edition.standing import standings, still_stand


def findings_of(project: Project) -> list[Diagnostic]:
    """All findings on a project, in their one order.

    Raises ProjectError and ConfigError as `load` and `run` do.
    """
    key = _inputs(project)
    known = read_findings(project.root, key)
    if known is not None and still_stand(project, known.standings):
        return known.findings
    # Imported here: a project that has not changed is answered without them.
    from edition.checks import run
    from edition.load import load

    edition = load(project)
    found = run(edition, project.config)
    beside = {name: str(standing) for name, standing in standings(edition)}
    write_findings(project.root, Findings(key, found, beside))
    return found


def _inputs(project: Project) -> str:
    """A digest of all that findings depend on: settings, files and this program."""
    digest = hashlib.sha256(code_state().encode())
    digest.update(repr(project).encode("utf-8", "surrogateescape"))
    baseline = project.root / BASELINE
    read = (*project.sources, *project.unchecked, *project.bibliography)
    beside = sorted(project.root.glob("witness/*.*")) + sorted(project.root.glob("apparatus/*.*"))
    for file in (*read, project.lock, baseline, *beside):
        digest.update(_content(file))
    return digest.hexdigest()


def _content(file: Path) -> bytes:
    try:
        return hashlib.sha256(file.read_bytes()).digest()
    except OSError as error:
        return repr(error.errno).encode()
