"""Findings that are silenced: by ignores and by the baseline."""

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches

from edition.model import Baseline, Ignore, Known
from edition.model.diagnostic import Diagnostic, Location
from edition.rules.rule import Edition, Finding, Findings, Rule, Severity, afterwards


def apply_suppressions(
    edition: Edition, findings: Iterable[Diagnostic]
) -> tuple[list[Diagnostic], set[tuple[Ignore, str]]]:
    """Return the findings that no ignore silences; and each ignore used, with the rule's code."""
    by_line: dict[tuple[str, int], list[Ignore]] = {}
    for document in edition.documents:
        for ignore in document.ignores:
            for line in range(ignore.first_line, ignore.last_line + 1):
                by_line.setdefault((ignore.location.path, line), []).append(ignore)
    kept: list[Diagnostic] = []
    used: set[tuple[Ignore, str]] = set()
    for finding in findings:
        place = (finding.location.path, finding.location.line)
        named = {finding.rule, finding.code}
        silencing = [
            i for i in by_line.get(place, ()) if i.reason and not named.isdisjoint(i.rules)
        ]
        used.update((ignore, finding.code) for ignore in silencing)
        if not silencing:
            kept.append(finding)
    return kept, used


_FORM = "Write `% edition: ignore RULE -- reason` on the line before the block."


def unused(
    edition: Edition, used: Collection[tuple[Ignore, str]], rules: Sequence[Rule], applied: set[str]
) -> Findings:
    """Yield the findings on ignores, when all others are known.

    `used` pairs an ignore with the code of a finding that it silenced; `rules` is the
    catalogue, `applied` the codes of the rules that were applied.
    """
    codes = {name: rule.code for rule in rules for name in (rule.name, rule.code)}
    for document in edition.documents:
        for ignore in document.ignores:
            if not ignore.rules:
                yield Finding(ignore.location, "the ignore names no rule", _FORM)
            elif not ignore.reason:
                yield Finding(
                    ignore.location, "the ignore gives no reason, so it silences nothing", _FORM
                )
            else:
                yield from _of_rules(ignore, used, codes, applied)


def _of_rules(
    ignore: Ignore,
    used: Collection[tuple[Ignore, str]],
    codes: dict[str, str],
    applied: set[str],
) -> Findings:
    for name in ignore.rules:
        if name not in codes:
            close = get_close_matches(name, codes, n=1)
            yield Finding(
                ignore.location,
                f"the ignore names “{name}”, and there is no such rule",
                f"Did you mean “{close[0]}”?" if close else "`edition rules` lists them all.",
            )
        elif codes[name] in applied and (ignore, codes[name]) not in used:
            yield Finding(
                ignore.location,
                f"the ignore of {name} silences nothing in the block that follows",
                "Remove it.",
            )


UNUSED_IGNORE = afterwards("unused-ignore", "S102", Severity.WARNING)


def gone(baseline: Baseline, known: list[Known]) -> Findings:
    """Yield a finding for each known fault that is gone."""
    for path, rule, message in known:
        yield Finding(
            Location(baseline.path),
            f"{path} no longer has the known fault {rule}: {message}",
            "Write the baseline anew: `edition check --write-baseline`.",
        )


STALE_BASELINE = afterwards("stale-baseline", "S106", Severity.WARNING)
