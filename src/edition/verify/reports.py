"""Verdicts for a person at a terminal, for programs, and as findings for services."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from edition.model.counted import counted
from edition.model.diagnostic import Diagnostic, Location, RuleInfo, Severity
from edition.verify.differences import Difference
from edition.verify.verdict import Judgement, Query, Verdict

_SHOWN = 4
_OPENING = 5  # words by which a quotation without an anchor is known
_LONG = 24  # words of a difference: of a longer one the ends are shown


@dataclass(frozen=True, slots=True)
class Result:
    """A quotation's id and place, what was asked, and the verdict."""

    id: str
    location: Location
    asked: Query
    judgement: Judgement
    has_anchor: bool = True

    @property
    def name(self) -> str:
        """The anchor, or for a quotation without one its file, line and first words."""
        if self.has_anchor:
            return self.id
        words = (self.asked.text or self.asked.opening).split()
        more = " …" if len(words) > _OPENING else ""
        return f"{self.location} “{' '.join(words[:_OPENING])}{more}”"

    @property
    def cited(self) -> str:
        """The cited place: key, volume, pages, or what was typed for them."""
        asked = self.asked
        key = asked.cited_key or asked.key
        if asked.locator and not asked.labels:
            return f"{place_of(key, asked.volume, ())}, {asked.locator}"
        return place_of(key, asked.volume, _ends(asked.labels))


def sources_text(sources: Sequence[dict[str, object]]) -> str:
    """Return one line a source: its pages, their labels, and what is odd about them below it."""
    lines = []
    for row in sources:
        shown = place_of(str(row["key"]), str(row["volume"]) if row["volume"] else None, ())
        pages = counted(row["pages"], "page")
        labels = f", {row['labels']}" if row["labels"] else ""
        lines.append(f"{shown}  {row['file']}: {pages}{labels}")
        if row["taken_for"] != "the work":
            lines.append(f"    taken for {row['taken_for']}")
        lines += [f"    {file}" for file in row["files"]] if isinstance(row["files"], list) else []
        lines += [f"    {remark}" for remark in str(row["remarks"]).split("; ") if remark]
    return "".join(f"{line}\n" for line in lines)


def as_text(results: Sequence[Result]) -> str:
    """Return one line a quotation, its evidence below it, and a count."""
    lines: list[str] = []
    for result in results:
        found = result.judgement
        told = found.verdict in (Verdict.ELSEWHERE, Verdict.FOUND)
        place = f" → {place_of(found.key, found.volume, found.found)}" if told else ""
        lines.append(f"{result.name}  {found.verdict}: {result.cited}{place}")
        lines += [f"    {evidence}" for evidence in evidence(found)]
    lines.append(summary(results))
    return "\n".join(lines) + "\n"


def evidence(found: Judgement) -> list[str]:
    """Return what speaks for a verdict, in words."""
    lines = [_difference(d) for d in found.differences if not d.damaged][:_SHOWN]
    damaged = [d for d in found.differences if d.damaged]
    if damaged:
        lines.append(f"damaged in the source: {', '.join(d.source for d in damaged[:_SHOWN])}")
    if found.verdict is Verdict.PARTLY:
        lines.append(f"the part that is found: {place_of(found.key, found.volume, found.found)}")
    if found.others:
        lines.append(f"also at {'; '.join(found.others)}")
    if found.remark:
        lines.append(found.remark)
    if found.verdict is Verdict.NO_SOURCE:
        lines.append("there is no text of this work to look in")
    return lines


def _difference(difference: Difference) -> str:
    source, quoted = _shortened(difference.source), _shortened(difference.quoted)
    if difference.kind == "omitted":
        return f"left out without an ellipsis: “{source}”"
    if difference.kind == "added":
        return f"not in the source: “{quoted}”"
    return f"“{quoted}” where the source has “{source}”"


def _shortened(text: str) -> str:
    """Return a text on one line, of a long one the first and last words."""
    words = text.split()
    if len(words) <= _LONG:
        return " ".join(words)
    half = _LONG // 2
    left_out = len(words) - 2 * half
    return f"{' '.join(words[:half])} … ({left_out} words) … {' '.join(words[-half:])}"


def summary(results: Sequence[Result]) -> str:
    """Return how many have which verdict: `3 verified, 1 elsewhere.`."""
    counts = Counter(result.judgement.verdict for result in results)
    if not counts:
        return "No quotation to verify."
    return ", ".join(f"{counts[v]} {v}" for v in Verdict if counts[v]) + "."


def as_json(
    results: Sequence[Result],
    sources: Sequence[dict[str, object]],
    problems: Sequence[dict[str, str]] = (),
) -> str:
    """Return JSON: `quotations`, `sources` (read), `problems` (not read), `summary` (counts).

    The words of the sources are left out: only those that differ are given.
    """
    counts = Counter(str(result.judgement.verdict) for result in results)
    report = {
        "quotations": [_record(result) for result in results],
        "sources": list(sources),
        "problems": list(problems),
        "summary": {str(verdict): counts[str(verdict)] for verdict in Verdict},
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _record(result: Result) -> dict[str, object]:
    found = result.judgement
    return {
        "id": result.id,
        "location": str(result.location),
        "key": result.asked.cited_key or result.asked.key,
        "volume": result.asked.volume,
        "cited": list(result.asked.labels),
        "verdict": str(found.verdict),
        "found": {"key": found.key, "volume": found.volume, "pages": list(found.found)}
        if found.found
        else None,
        "differences": [asdict(difference) for difference in found.differences],
        "others": list(found.others),
        "share": round(found.share, 4),
        "basis": found.basis,
        "remark": found.remark,
    }


def place_of(key: str, volume: str | None, labels: Sequence[str]) -> str:
    """Return a place as words: key, volume, pages."""
    shown = f"{key} vol. {volume}" if volume else key
    return f"{shown}, p. {'–'.join(labels)}" if labels else shown


def _ends(labels: Sequence[str]) -> Sequence[str]:
    return labels if len(labels) < 2 else (labels[0], labels[-1])


RULES = {
    verdict: RuleInfo(code, f"quotation-{name}", summary, severity)
    for verdict, code, name, severity, summary in (
        (Verdict.DIFFERS, "V101", "differs", Severity.WARNING,
         "The work has other words on the cited page."),
        (Verdict.ELSEWHERE, "V102", "elsewhere", Severity.ERROR,
         "The quoted words are on another page than the cited one."),
        (Verdict.PARTLY, "V103", "partly-found", Severity.WARNING,
         "The work has a part of the quotation."),
        (Verdict.NOT_FOUND, "V104", "not-found", Severity.ERROR,
         "The work has nothing like the quotation."),
    )
}  # fmt: skip


def as_diagnostics(results: Sequence[Result]) -> list[Diagnostic]:
    """Return a diagnostic for each verdict that speaks against its quotation."""
    return [_diagnostic(result) for result in results if result.judgement.verdict in RULES]


def _diagnostic(result: Result) -> Diagnostic:
    found = result.judgement
    rule = RULES[found.verdict]
    place = place_of(found.key, found.volume, found.found) if found.found else ""
    hint = f"The source has it at {place}." if found.verdict is Verdict.ELSEWHERE else ""
    return Diagnostic(
        code=rule.code,
        rule=rule.name,
        severity=rule.severity,
        message="; ".join([f"{found.verdict}: {result.cited}", *evidence(found)]),
        location=result.location,
        hint=hint,
    )
