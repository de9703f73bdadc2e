"""Quotations in quotation marks, with the references that are theirs."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence

from edition.bibliography.references import Resolver
from edition.importer.recognised import Quoted
from edition.importer.units import Unit
from edition.myst.inline_quotations import Bound as QuotationBound
from edition.myst.inline_quotations import (
    ReferenceSpan,
    bind,
    mask_spans,
    only_brackets_between,
)
from edition.myst.quotation_marks import pair_marks
from edition.myst.quoted_speech import is_title, words
from edition.texts.plain_text import MARKER

SHORTEST_QUOTATION = 5
"""Words from which words in quotation marks are a quotation, as the checker has it by default."""

SHORTEST_PHRASE = 3
"""Words from which a phrase may be part of what its sentence quotes."""

LONGEST_TITLE = 18
"""Words up to which words in quotation marks can be a title; the longest of the edition has
23, but none of more than 17 is cited in quotation marks."""

_JOINING = re.compile(r"[\s,;]*(?:and|or|but|with|in|by|&|und|oder|et|ou|и)?[\s,]*")


# `“…,” he writes, “…”`: no word with a capital, which may be of another.
_GOES_ON = re.compile(r"[^A-ZÀ-ÞА-Я.;:!?]{1,60}")


def bound_quotations(
    unit: Unit,
    start: int,
    end: int,
    spans: list[ReferenceSpan],
    numbers: Sequence[int | None],
    cited: Sequence[frozenset[str]],
    resolver: Resolver,
) -> Iterator[Quoted]:
    """Yield the quotations of a text, bound as the checker binds them."""
    spans.sort(key=lambda s: s.start)
    prose = mask_spans(unit.text[:end], [(s.start, s.end) for s in spans])
    prose = "\0" * start + prose[start:]
    marks = pair_marks(prose)
    quoted = [q for q in marks.quoted if not _names_work(unit.text, q.start, q.end, resolver)]
    bounds = [b for b in bind(prose, quoted, spans) if b.citations]

    def others(between: str, number: int) -> bool:
        """Tell whether words name someone who did not write what a reference cites."""
        return any(cited[number].isdisjoint(m.keys) for m in resolver.mentions.of_people(between))

    placed = {s.citations[0]: s for s in spans if s.citations}
    for bound in _nearest(bounds, prose, placed, others):
        first, last = bound.runs[0], bound.runs[-1]
        count = _length(bound, prose)
        at = bisect_left(spans, last.end, key=lambda s: s.start)
        after = spans[at] if at < len(spans) else None
        close = after is not None and only_brackets_between(prose, last.end, after.start)
        own = count > 1 and after is not None and bound.citations[0] in after.citations
        if count < SHORTEST_QUOTATION and not ((close or own) and after and after.located):
            continue
        begin = _from_outer(prose, first.start, marks.unclosed, start)
        yield Quoted(unit.start + begin, unit.start + last.end, numbers[bound.citations[0]])


def _length(bound: QuotationBound, prose: str) -> int:
    return sum(len(words(run.inner(prose))) for run in bound.runs)


def _names_work(text: str, a: int, b: int, resolver: Resolver) -> bool:
    inner = text[a + 1 : b - 1]
    if len(words(inner)) > LONGEST_TITLE:
        return False
    german = text[a] in "„»"  # every noun has a capital: `„Illusion des Subjekts“`
    titled = is_title(inner, text[max(0, a - 40) : a], text[a], by_capitals=not german)
    return titled or resolver.mentions.are_title(inner)


def _nearest(
    bounds: Sequence[QuotationBound],
    prose: str,
    spans: Mapping[int, ReferenceSpan],
    others: Callable[[str, int], bool],
) -> list[QuotationBound]:
    """Return the quotation next to each reference, and those that only `and` parts from it.

    A word or two quoted earlier in the sentence have no reference of their own; a phrase has that
    of the quotation to which it leads; and more than a phrase that of the sentence, unless someone
    else is named between.
    """
    groups: dict[int, list[QuotationBound]] = {}
    for bound in bounds:
        groups.setdefault(bound.citations[0], []).append(bound)
    kept: list[QuotationBound] = []
    for number, group in groups.items():
        span = spans[number]
        before = [b for b in group if b.runs[-1].end <= span.start]
        if not before:
            kept += group[:1]
            continue
        kept.append(before.pop())
        limit = kept[-1].runs[0].start
        for bound in reversed(before):
            end, count = bound.runs[-1].end, _length(bound, prose)
            leads = count >= SHORTEST_PHRASE and _GOES_ON.fullmatch(prose, end, limit)
            whole = count >= SHORTEST_QUOTATION and not others(prose[end:limit], number)
            if leads or whole or _JOINING.fullmatch(prose, end, limit):
                limit = bound.runs[0].start
                kept.append(bound)
    return sorted(kept, key=lambda b: b.runs[0].start)


def _from_outer(text: str, at: int, unclosed: Sequence[int], start: int) -> int:
    """Begin a quotation that opens twice and closes once with the first mark."""
    begin = MARKER.match(text, start)
    first = begin.end() if begin else start
    return next((u for u in unclosed if u < at and u == first and at - u < 60), at)
