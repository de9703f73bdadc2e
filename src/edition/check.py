"""A project's findings: loaded and checked, or remembered where nothing has changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from edition.loading.baseline import BASELINE, subtract_baseline
from edition.loading.link_targets import target_states, targets_unchanged
from edition.model import Edition, ImportedText
from edition.model.diagnostic import Diagnostic
from edition.project.atomic import read_file
from edition.project.cache import Findings, code_state, read_findings, write_findings
from edition.project.config import Config
from edition.project.layout import Project

if TYPE_CHECKING:
    from edition.rules.rule import Rule


def findings_of(project: Project) -> list[Diagnostic]:
    """Return all findings on a project, in their one order.

    Raises EditionError as `load` and `check_edition` do.
    """
    key = _inputs(project)
    known = read_findings(project.root, key)
    if known is not None and targets_unchanged(project, known.target_states):
        return known.findings
    # Imported here: a project that has not changed is answered without them.
    from edition.loading.load import load

    edition = load(project)
    found = check_edition(edition, project.config)
    beside = {name: str(standing) for name, standing in target_states(edition)}
    if any(document.included for document in edition.documents):
        return found  # what they include may change
    write_findings(project.root, Findings(key, found, beside))
    return found


def _inputs(project: Project) -> str:
    """Return a digest of all that findings depend on: settings, files and this program."""
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
        return hashlib.sha256(read_file(file)).digest()
    except OSError as error:
        return repr(error.errno).encode()


def check_edition(edition: Edition, config: Config | None = None) -> list[Diagnostic]:
    """Return all findings on an edition, in their one order.

    Raises EditionError where `select` or `ignore` names a rule that does not exist.
    """
    # Imported here: a project that has not changed is answered without the rules.
    from edition.rules import RULES, find_rule
    from edition.rules.sources import stale_baseline, unused_ignore
    from edition.rules.suppressions import apply_suppressions

    config = config or Config()
    selected = {find_rule(name).code for name in config.select} or {r.code for r in RULES}
    selected -= {find_rule(name).code for name in config.ignore}
    rules = [rule for rule in RULES if rule.code in selected]
    found: Iterable[Diagnostic] = {f for rule in rules for f in rule.run(edition)} | {
        f for text in edition.texts for f in _of_text(edition, text, rules)
    }
    edition = replace(edition, documents=(*edition.documents, *(t.document for t in edition.texts)))
    found, used = apply_suppressions(edition, found)
    if unused_ignore.RULE.code in selected:
        unused = unused_ignore.unused(edition, used, RULES, selected)
        found += map(unused_ignore.RULE.diagnostic, unused)
    if edition.baseline is not None:
        found, known = subtract_baseline(edition.baseline, sorted(found, key=_order))
        known = [k for k in known if find_rule(k[1]).code in selected]
        if stale_baseline.RULE.code in selected:
            gone = stale_baseline.gone(edition.baseline, known)
            found += map(stale_baseline.RULE.diagnostic, gone)
    return sorted(found, key=_order)


def _of_text(edition: Edition, text: ImportedText, rules: Iterable[Rule]) -> Iterator[Diagnostic]:
    """Yield what the rules find in an imported text, read as an edition of its own."""
    alone = replace(edition, documents=(text.document,), texts=(), lock=None, baseline=None)
    for rule in rules:
        yield from (f for f in rule.run(alone) if f.location.path == text.document.path)


def _order(finding: Diagnostic) -> tuple[object, ...]:
    return finding.sort_key
