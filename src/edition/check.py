"""A project's findings: loaded and checked, or remembered where nothing has changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from edition.loading.baseline import BASELINE, subtract_baseline
from edition.loading.link_targets import target_states, targets_unchanged
from edition.model.diagnostic import Diagnostic
from edition.project.cache import Findings, code_state, read_findings, write_findings
from edition.project.config import Config
from edition.project.files import read_file
from edition.project.layout import Project

if TYPE_CHECKING:
    from edition.model import Edition, ImportedText
    from edition.rules.rule import Rule

# The rules whose findings in a document depend on it, the bibliography and the entries of the
# indexes alone; a test compares them on every case.
_BY_DOCUMENT = frozenset(
    """
    hyphen-in-range invalid-roman inverted-range malformed-locator missing-locator
    page-beyond-book page-outside-entry quotation-without-reference reordered-keys repeated-key
    singular-plural typed-reference unknown-key unknown-page-facts unmarked-name wrong-volume
    """.split()
)

# Those whose findings depend on the bibliography alone: all on entries but this.
_ON_ENTRIES, _NOT_ALONE = "B", "unused-entry"


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
    from edition.loading.notebooks import with_cells

    edition = load(project)
    found = with_cells(project.root, check_edition(edition, project.config))
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
    config = config or Config()
    return settle(edition, config, rule_findings(edition, config))


def rule_findings(edition: Edition, config: Config) -> set[Diagnostic]:
    """Return what the rules find, before ignores and the baseline are heeded."""
    rules = _rules(config)
    return {f for rule in rules for f in rule.run(edition)} | {
        f for text in edition.texts for f in _of_text(edition, text, rules)
    }


def recheck(edition: Edition, config: Config, path: str, known: set[Diagnostic]) -> set[Diagnostic]:
    """Return `rule_findings` of an edition in which the document at `path` alone has changed.

    `known` are those of the edition before. The bibliography and the entries of indexes must
    be the same as then. The rules that look at each document by itself run on that one.
    """
    from edition.model import Document

    document = next(d for d in edition.documents if d.path == path)
    others = tuple(e for d in edition.documents if d.path != path for e in d.entries)
    alone = replace(edition, documents=(document, Document(path="", entries=others)), texts=())
    texts = {text.document.path for text in edition.texts}
    rules = _rules(config)
    found = {
        f
        for f in known
        if (f.rule in _BY_DOCUMENT and f.location.path != path)
        or f.location.path in texts
        or _is_on_entries(f.code, f.rule)
    }
    for rule in rules:
        if _is_on_entries(rule.code, rule.name):
            continue
        found |= set(rule.run(alone if rule.name in _BY_DOCUMENT else edition))
    return found


def _is_on_entries(code: str, name: str) -> bool:
    return code.startswith(_ON_ENTRIES) and name != _NOT_ALONE


def settle(edition: Edition, config: Config, raw: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return findings without those that are ignored or known, in their one order."""
    from edition.rules import RULES, find_rule
    from edition.rules.sources import silenced
    from edition.rules.zotero import with_zotero_links

    selected = {rule.code for rule in _rules(config)}
    edition = replace(edition, documents=(*edition.documents, *(t.document for t in edition.texts)))
    found, used = silenced.apply_suppressions(edition, raw)
    if silenced.UNUSED_IGNORE.code in selected:
        unused = silenced.unused(edition, used, RULES, selected)
        found += map(silenced.UNUSED_IGNORE.diagnostic, unused)
    if edition.baseline is not None:
        found, known = subtract_baseline(
            edition.baseline, sorted(found, key=attrgetter("sort_key"))
        )
        known = [k for k in known if find_rule(k[1]).code in selected]
        if silenced.STALE_BASELINE.code in selected:
            gone = silenced.gone(edition.baseline, known)
            found += map(silenced.STALE_BASELINE.diagnostic, gone)
    return sorted(with_zotero_links(edition, found), key=attrgetter("sort_key"))


def _rules(config: Config) -> list[Rule]:
    # Imported here: a project that has not changed is answered without the rules.
    from edition.rules import RULES, find_rule

    selected = {find_rule(name).code for name in config.select} or {r.code for r in RULES}
    selected -= {find_rule(name).code for name in config.ignore}
    return [rule for rule in RULES if rule.code in selected]


# An imported text has no bibliography of its own, and its references stay as its author typed them.
_OF_AN_EDITION = frozenset({"missing-bibliography", "typed-reference"})


def _of_text(edition: Edition, text: ImportedText, rules: Iterable[Rule]) -> Iterator[Diagnostic]:
    """Yield what the rules find in an imported text, read as an edition of its own."""
    alone = replace(edition, documents=(text.document,), texts=(), lock=None, baseline=None)
    for rule in rules:
        if rule.name not in _OF_AN_EDITION:
            yield from (f for f in rule.run(alone) if f.location.path == text.document.path)
