"""The rules, one a file, and the one place that applies them.

A rule is pure: it looks at an edition and yields findings. The tuple below is the catalogue;
the command line, the build, the reports and the manual all read it.
"""

from __future__ import annotations

from difflib import get_close_matches

from edition.checks import (
    bibliography_encoding,
    bibliography_syntax,
    brace_in_locator,
    duplicate_anchor,
    duplicate_key,
    invalid_roman,
    inverted_range,
    malformed_citation,
    malformed_locator,
    missing_crossref,
    missing_locator,
    page_beyond_book,
    page_outside_entry,
    quotation_without_reference,
    unknown_directive_option,
    unknown_key,
    unreadable_source,
    unstable_anchor,
    wrong_volume,
)
from edition.checks.rule import Rule
from edition.config import Config, ConfigError
from edition.diagnostic import Diagnostic
from edition.model import Edition

RULES: tuple[Rule, ...] = (
    missing_locator.RULE,
    malformed_locator.RULE,
    inverted_range.RULE,
    page_outside_entry.RULE,
    page_beyond_book.RULE,
    wrong_volume.RULE,
    invalid_roman.RULE,
    unknown_key.RULE,
    brace_in_locator.RULE,
    malformed_citation.RULE,
    quotation_without_reference.RULE,
    bibliography_syntax.RULE,
    bibliography_encoding.RULE,
    duplicate_key.RULE,
    missing_crossref.RULE,
    duplicate_anchor.RULE,
    unstable_anchor.RULE,
    unknown_directive_option.RULE,
    unreadable_source.RULE,
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
    found = {f for rule in RULES if rule.code in selected for f in rule.check(edition)}
    return sorted(found, key=lambda finding: finding.sort_key)
