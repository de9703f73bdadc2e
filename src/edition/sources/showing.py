"""Verdicts for a person at a terminal, for programs, and side by side on a page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape

from edition.sources.differences import Difference
from edition.sources.verdict import Asked, Judgement, Verdict

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Result:
    """A quotation's id and place, what was asked, and the verdict."""

    id: str
    location: str
    asked: Asked
    judgement: Judgement

    @property
    def cited(self) -> str:
        """The cited place: key, volume, pages."""
        return _place(self.asked.key, self.asked.volume, _ends(self.asked.labels))


def as_text(results: Sequence[Result]) -> str:
    """One line a quotation, its evidence below it, and a count."""
    lines = []
    for result in results:
        found = result.judgement
        lines.append(f"{result.id}  {found.verdict}: {result.cited}{_correction(found)}")
        lines += [f"    {evidence}" for evidence in _evidence(found)]
    lines.append(summary(results))
    return "\n".join(lines) + "\n"


def _correction(found: Judgement) -> str:
    if found.verdict is not Verdict.ELSEWHERE:
        return ""
    return f" → {_place(found.key, found.volume, found.found)}"


def _evidence(found: Judgement) -> list[str]:
    lines = [_difference(d) for d in found.differences if not d.damaged][:_SHOWN]
    damaged = [d for d in found.differences if d.damaged]
    if damaged:
        lines.append(f"damaged in the source: {', '.join(d.source for d in damaged[:_SHOWN])}")
    if found.verdict is Verdict.PARTLY:
        lines.append(f"the part that is found: {_place(found.key, found.volume, found.found)}")
    if found.others:
        lines.append(f"also at {'; '.join(found.others)}")
    if found.remark:
        lines.append(found.remark)
    if found.verdict is Verdict.NO_SOURCE:
        lines.append("there is no text of this work to look in")
    return lines


def _difference(difference: Difference) -> str:
    if difference.kind == "omitted":
        return f"left out without an ellipsis: “{difference.source}”"
    if difference.kind == "added":
        return f"not in the source: “{difference.quoted}”"
    return f"“{difference.quoted}” where the source has “{difference.source}”"


def summary(results: Sequence[Result]) -> str:
    """How many have which verdict: `3 verified, 1 elsewhere.`."""
    counts = Counter(result.judgement.verdict for result in results)
    if not counts:
        return "No quotation to verify."
    return ", ".join(f"{counts[v]} {v}" for v in Verdict if counts[v]) + "."


def as_json(results: Sequence[Result], sources: Sequence[dict[str, object]]) -> str:
    """An object with `quotations`, `sources` (what was read) and `summary` (counts).

    The words of the sources are left out: only those that differ are given.
    """
    counts = Counter(str(result.judgement.verdict) for result in results)
    report = {
        "quotations": [_record(result) for result in results],
        "sources": list(sources),
        "summary": {str(verdict): counts[str(verdict)] for verdict in Verdict},
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _record(result: Result) -> dict[str, object]:
    found = result.judgement
    return {
        "id": result.id,
        "location": result.location,
        "key": result.asked.key,
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


_STYLE = """
body { font: 1rem/1.5 serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
section { border-top: 1px solid; padding: 1rem 0; }
.pair { display: grid; gap: 2rem; grid-template-columns: 1fr 1fr; }
blockquote { margin: 0; white-space: pre-line; }
mark { background: #ffe08a; color: #000; }
h2 { font-size: 1.1rem; margin: 0 0 .5rem; } h3 { font-size: .9rem; margin: 0; }
@media (max-width: 40rem) { .pair { grid-template-columns: 1fr; } }
"""


def as_html(results: Sequence[Result]) -> str:
    """A page with each quotation and its source side by side, the differing words marked.

    It holds quoted text: it is for the editor's desk and not for publication.
    """
    sections = "\n".join(_section(result) for result in results)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>Quotations and their sources</title>\n<style>{_STYLE}</style>\n</head>\n"
        "<body>\n<main>\n<h1>Quotations and their sources</h1>\n"
        f"<p>{escape(summary(results))}</p>\n"
        f"{sections}\n</main>\n</body>\n</html>\n"
    )


def _section(result: Result) -> str:
    found, asked = result.judgement, result.asked
    quoted = asked.text if asked.text is not None else f"{asked.opening} … {asked.closing}"
    real = [d for d in found.differences if not d.damaged]
    notes = "".join(f"<li>{escape(line)}</li>" for line in _evidence(found))
    place = _place(found.key, found.volume, found.found) if found.found else "not found"
    return (
        f"<section>\n<h2>{escape(result.id)}: {escape(str(found.verdict))}</h2>\n"
        '<div class="pair">\n'
        f"<div><h3>Quotation ({escape(result.cited)})</h3>"
        f"<blockquote>{_marked(quoted, [d.quoted for d in real])}</blockquote></div>\n"
        f"<div><h3>Source ({escape(place)})</h3>"
        f"<blockquote>{_marked(found.passage, [d.source for d in real])}</blockquote></div>\n"
        "</div>\n" + (f"<ul>{notes}</ul>\n" if notes else "") + "</section>"
    )


def _marked(text: str, words: Sequence[str]) -> str:
    """The text with some of its words, in their order, marked."""
    parts, at = [], 0
    for word in words:
        start = text.find(word, at) if word else -1
        if start >= 0:
            parts += [escape(text[at:start]), f"<mark>{escape(word)}</mark>"]
            at = start + len(word)
    return "".join([*parts, escape(text[at:])])


def _place(key: str, volume: str | None, labels: Sequence[str]) -> str:
    shown = f"{key} vol. {volume}" if volume else key
    return f"{shown}, p. {'–'.join(labels)}" if labels else shown


def _ends(labels: Sequence[str]) -> Sequence[str]:
    return labels if len(labels) < 2 else (labels[0], labels[-1])
