"""The rules, one a file, and the one place that applies them.

A rule is pure: it looks at an edition and yields findings. The tuple below is the catalogue;
the command line, the build, the reports and the manual all read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from edition.baseline import settle
from edition.checks import (
    ambiguous_entry,
    bibliography_encoding,
    bibliography_syntax,
    brace_in_locator,
    changed_anchor,
    chapter_outside_volume,
    dangling_reference,
    drifted_anchor,
    duplicate_anchor,
    duplicate_key,
    duplicate_work,
    footcite_locator,
    hyphen_in_entry_pages,
    hyphen_in_range,
    incomplete_entry,
    invalid_doi,
    invalid_isbn,
    invalid_roman,
    inverted_entry_pages,
    inverted_range,
    lemma_differs,
    lemma_too_long,
    lost_anchor,
    malformed_citation,
    malformed_date,
    malformed_locator,
    malformed_lock,
    missing_alternative_text,
    missing_crossref,
    missing_field,
    missing_include,
    missing_locator,
    missing_picture,
    missing_printing,
    misspelt_field,
    nested_quotation_marks,
    outside_project,
    overlapping_lemma,
    overlong_heading,
    page_beyond_book,
    page_outside_entry,
    passage_differs,
    quotation_without_reference,
    raw_html,
    reordered_keys,
    repeated_key,
    repeated_reference,
    replaced_anchor,
    reused_anchor,
    short_title_ambiguous,
    singular_plural,
    stale_baseline,
    unbalanced_quotation_marks,
    undefined_entry,
    unknown_directive_option,
    unknown_entry_type,
    unknown_key,
    unknown_language,
    unknown_page_facts,
    unlocked_anchor,
    unmarked_name,
    unmentioned_entry,
    unreadable_source,
    unresolved_ibid,
    unsafe_url,
    unstable_anchor,
    unused_entry,
    unused_ignore,
    wrong_volume,
)
from edition.checks.ignoring import heed
from edition.checks.rule import Rule
from edition.config import Config, ConfigError
from edition.diagnostic import Diagnostic
from edition.model import Edition, WitnessText

RULES: tuple[Rule, ...] = (
    missing_locator.RULE,
    malformed_locator.RULE,
    inverted_range.RULE,
    page_outside_entry.RULE,
    page_beyond_book.RULE,
    wrong_volume.RULE,
    singular_plural.RULE,
    hyphen_in_range.RULE,
    invalid_roman.RULE,
    unknown_page_facts.RULE,
    unknown_key.RULE,
    repeated_key.RULE,
    reordered_keys.RULE,
    footcite_locator.RULE,
    brace_in_locator.RULE,
    unresolved_ibid.RULE,
    short_title_ambiguous.RULE,
    malformed_citation.RULE,
    quotation_without_reference.RULE,
    repeated_reference.RULE,
    unbalanced_quotation_marks.RULE,
    lemma_too_long.RULE,
    overlapping_lemma.RULE,
    nested_quotation_marks.RULE,
    bibliography_syntax.RULE,
    bibliography_encoding.RULE,
    duplicate_key.RULE,
    duplicate_work.RULE,
    unknown_entry_type.RULE,
    missing_field.RULE,
    misspelt_field.RULE,
    malformed_date.RULE,
    inverted_entry_pages.RULE,
    hyphen_in_entry_pages.RULE,
    invalid_isbn.RULE,
    invalid_doi.RULE,
    missing_crossref.RULE,
    chapter_outside_volume.RULE,
    unsafe_url.RULE,
    unused_entry.RULE,
    missing_printing.RULE,
    duplicate_anchor.RULE,
    unstable_anchor.RULE,
    lost_anchor.RULE,
    dangling_reference.RULE,
    reused_anchor.RULE,
    changed_anchor.RULE,
    drifted_anchor.RULE,
    replaced_anchor.RULE,
    unlocked_anchor.RULE,
    malformed_lock.RULE,
    undefined_entry.RULE,
    unmentioned_entry.RULE,
    ambiguous_entry.RULE,
    incomplete_entry.RULE,
    unmarked_name.RULE,
    raw_html.RULE,
    lemma_differs.RULE,
    passage_differs.RULE,
    unknown_directive_option.RULE,
    unreadable_source.RULE,
    outside_project.RULE,
    missing_include.RULE,
    missing_picture.RULE,
    missing_alternative_text.RULE,
    unknown_language.RULE,
    overlong_heading.RULE,
    unused_ignore.RULE,
    stale_baseline.RULE,
)


def find_rule(name: str) -> Rule:
    """The rule of a name or code. Raises ConfigError, with a suggestion, where there is none."""
    for rule in RULES:
        if name in (rule.name, rule.code):
            return rule
    close = get_close_matches(name, [n for r in RULES for n in (r.name, r.code)], n=1)
    hint = f"Did you mean “{close[0]}”?" if close else "`edition rules` lists them all."
    raise ConfigError(f"there is no rule “{name}”", hint)


def run(edition: Edition, config: Config | None = None) -> list[Diagnostic]:
    """All findings on an edition, in their one order.

    Raises ConfigError where `select` or `ignore` names a rule that does not exist.
    """
    config = config or Config()
    selected = {find_rule(name).code for name in config.select} or {r.code for r in RULES}
    selected -= {find_rule(name).code for name in config.ignore}
    found: Iterable[Diagnostic] = {
        f for rule in RULES if rule.code in selected for f in rule.check(edition)
    } | {f for text in edition.texts for f in _of_text(edition, text, selected)}
    edition = replace(edition, documents=(*edition.documents, *(t.document for t in edition.texts)))
    found, used = heed(edition, found)
    if unused_ignore.RULE.code in selected:
        found += unused_ignore.unused(edition, used, RULES, selected)
    if edition.baseline is not None:
        found, known = settle(edition.baseline, sorted(found, key=_order))
        known = [k for k in known if find_rule(k[1]).code in selected]
        if stale_baseline.RULE.code in selected:
            found += stale_baseline.gone(edition.baseline, known)
    return sorted(found, key=_order)


def _of_text(edition: Edition, text: WitnessText, selected: set[str]) -> Iterator[Diagnostic]:
    """What the rules find in a text beside the edition, read as an edition of its own."""
    alone = replace(edition, documents=(text.document,), texts=(), lock=None, baseline=None)
    for rule in RULES:
        if rule.code in selected:
            yield from (f for f in rule.check(alone) if f.location.path == text.document.path)


def _order(finding: Diagnostic) -> tuple[object, ...]:
    return finding.sort_key
