"""A project's findings: loaded and checked, or remembered where nothing has changed since."""

from __future__ import annotations

import hashlib
from pathlib import Path

from edition.baseline import BASELINE
from edition.cache import code_state, read_findings, write_findings
from edition.checks import run
from edition.diagnostic import Diagnostic
from edition.load import load
from edition.project import Project


def findings_of(project: Project) -> list[Diagnostic]:
    """All findings on a project, in their one order.

    Raises ProjectError and ConfigError as `load` and `run` do.
    """
    key = _inputs(project)
    known = read_findings(project.root, key)
    if known is not None:
        return known
    found = run(load(project), project.config)
    write_findings(project.root, key, found)
    return found


def _inputs(project: Project) -> str:
    """A digest of all that findings depend on: settings, files and this program."""
    digest = hashlib.sha256(code_state().encode())
    digest.update(repr(project).encode("utf-8", "surrogateescape"))
    baseline = project.root / BASELINE
    for file in (*project.sources, *project.bibliography, project.lock, baseline):
        digest.update(_content(file))
    return digest.hexdigest()


def _content(file: Path) -> bytes:
    try:
        return hashlib.sha256(file.read_bytes()).digest()
    except OSError as error:
        return repr(error.errno).encode()
