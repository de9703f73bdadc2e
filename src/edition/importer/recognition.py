"""References bound to works, and quotations to references: what the text says of its sources."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from edition.importer.named_works import works_in_sentences
from edition.importer.recognised import Bound, Cited, Missed, Quoted, Recognised
from edition.importer.reference import (
    LOCATOR,
    Part,
    Typed,
    find_in_brackets,
    read_line,
    read_reference,
)
from edition.importer.resolution import Context, Resolved, Resolver, Unresolved
from edition.importer.structure import Kind, Unit
from edition.model import Work
from edition.myst.inline_quotations import is_title, words
from edition.myst.quotation_marks import pair_marks
from edition.texts.plain_text import MARKER

_GAP = 6  # words between a quotation and its reference, across the end of a sentence
_WIDE_GAP = 30  # within a sentence
_SENTENCE_END = re.compile(r"[.!?…][”\"’»)]*\s+(?=[^\W\d_a-zß-ÿ])")
_INTERNAL = re.compile(r"\b(?:above|below|supra|infra)\b", re.IGNORECASE)
_JOINING = re.compile(r"[\s,;]*(?:and|or|but|&)?[\s,]*")


def recognise(units: Sequence[Unit], works: Mapping[str, Work]) -> Recognised:
    """Go through a text's units in order, and bind what they cite and quote."""
    return _Recogniser(units, Resolver(works)).run()


class _Recogniser:
    def __init__(self, units: Sequence[Unit], resolver: Resolver) -> None:
        self.units = units
        self.resolver = resolver
        self.context = Context()
        self.found = Recognised()
        self.consumed: set[int] = set()

    def run(self) -> Recognised:
        """Read every unit once; a displayed quotation takes the lines of reference after it."""
        for i, unit in enumerate(self.units):
            if i in self.consumed or unit.kind in (
                Kind.TITLE,
                Kind.BYLINE,
                Kind.HEADING,
                Kind.CAPTION,
            ):
                continue
            if unit.kind is Kind.QUOTE:
                self._displayed(i)
            elif unit.kind is Kind.REFERENCE:
                self._reference_line(i)
            elif unit.items:
                position = unit.start
                for item in unit.items:
                    position = unit.start + unit.text.index(item, position - unit.start)
                    self._running(item, position, unit.line)
                    position += len(item)
            else:
                self._running(unit.text, unit.start, unit.line)
                if unit.kind is not Kind.NOTE:
                    self._closing_reference(i)
            self.context.nearby.append(unit.text)
        self.found.quotations.sort(key=lambda q: q.start)
        return self.found

    # -- references ---------------------------------------------------------------------------

    def _bind(self, typed: Typed, start: int, line: int) -> int | None:
        """Resolve a typed reference that begins at an offset of the text; its index if known."""
        cited: list[Cited] = []
        for part in typed.parts:
            resolved = self.resolver.resolve(part, self.context)
            if isinstance(resolved, Unresolved):
                self.found.missed.append(
                    Missed(
                        text=typed.text,
                        line=line,
                        candidates=resolved.candidates,
                        why=resolved.why,
                        part=part,
                    )
                )
                return None
            cited.append(self._cited(part, resolved))
        self.context.cited += [(c.key, c.volume, c.locator) for c in cited]
        self.found.references.append(
            Bound(
                start=start,
                end=start + typed.end - typed.start,
                text=typed.text,
                form=typed.form,
                line=line,
                cited=tuple(cited),
            )
        )
        return len(self.found.references) - 1

    @staticmethod
    def _cited(part: Part, resolved: Resolved) -> Cited:
        locator = resolved.locator
        if part.remark and locator:
            locator = f"{locator}, {part.remark}"
        return Cited(
            key=resolved.key,
            locator=locator,
            volume=resolved.volume,
            prenote=part.prenote,
            why=resolved.why,
        )

    # -- displayed quotations -----------------------------------------------------------------

    def _displayed(self, i: int) -> None:
        units = self.units
        last = i
        while (
            last + 1 < len(units)
            and units[last + 1].kind is Kind.QUOTE
            and not units[last + 1].opens
        ):
            last += 1
            self.context.nearby.append(units[last].text)
        self.consumed |= set(range(i + 1, last + 1))
        text = units[last].text
        reference: int | None = None
        end = units[last].end
        closing = self._own_reference(text)
        seen = closing is not None
        if closing is not None:
            reference = self._bind(closing, units[last].start + closing.start, units[last].line)
            if reference is not None:
                before = text[: closing.start].rstrip()
                end = units[last].start + len(before)
                self._stretch(reference, units[last].end)
        following = last + 1
        while following < len(units) and units[following].kind is Kind.REFERENCE:
            typed = read_line(units[following].text)
            if typed is None:
                break
            seen = True
            if reference is not None and following > last + 1 and not self._same(typed, reference):
                break
            number = self._bind(typed, units[following].start, units[following].line)
            self.consumed.add(following)
            if number is None:
                break
            if reference is None:
                reference = number
            else:
                repeats = self._equal(number, reference)
                bound = self.found.references[number]
                self.found.references[number] = replace(bound, repeats=repeats)
            following += 1
        self.found.quotations.append(
            Quoted(
                start=units[i].start,
                end=end,
                reference=reference,
                typed=seen,
                unit=i,
                last_unit=last,
            )
        )

    @staticmethod
    def _own_reference(text: str) -> Typed | None:
        """Return the reference in brackets that closes a displayed quotation."""
        found = find_in_brackets(text)
        if found and not text[found[-1].end :].strip(" ."):
            return found[-1]
        dashed = re.search(r"(?<=[.!?…”\"’])\s*[—–]{1,2}\s*([^—–]{4,200})\Z", text)
        if dashed and (parts := read_reference(dashed[1])):
            return Typed(
                start=dashed.start(),
                end=len(text),
                text=text[dashed.start() :],
                form="line",
                parts=parts,
            )
        return None

    def _stretch(self, reference: int, end: int) -> None:
        """Take a full stop after a closing reference in."""
        bound = self.found.references[reference]
        rest = end - bound.end
        if rest and rest <= 2:
            unit_text = next(u.text for u in self.units if u.start <= bound.start < u.end)
            self.found.references[reference] = replace(
                bound, end=end, text=unit_text[len(unit_text) - (end - bound.start) :]
            )

    def _same(self, typed: Typed, reference: int) -> bool:
        known = self.found.references[reference].cited
        return len(typed.parts) == len(known) and typed.parts[0].locator == known[0].locator

    def _equal(self, one: int, other: int) -> bool:
        a, b = self.found.references[one].cited, self.found.references[other].cited
        return [(c.key, c.place) for c in a] == [(c.key, c.place) for c in b]

    def _reference_line(self, i: int) -> None:
        typed = read_line(self.units[i].text)
        if typed is not None:
            self._bind(typed, self.units[i].start, self.units[i].line)

    def _closing_reference(self, i: int) -> None:
        """Bind a line of reference to the quotation that ends the paragraph before it."""
        if i + 1 >= len(self.units) or self.units[i + 1].kind is not Kind.REFERENCE:
            return
        unit, following = self.units[i], self.units[i + 1]
        quoted = pair_marks(unit.text).quoted
        typed = read_line(following.text)
        if typed is None or not quoted or len(unit.text) - quoted[-1].end > 3:
            return
        self.consumed.add(i + 1)
        self.context.nearby.append(unit.text)
        number = self._bind(typed, following.start, following.line)
        self.found.quotations.append(
            Quoted(
                start=unit.start + quoted[-1].start,
                end=unit.start + quoted[-1].end,
                reference=number,
            )
        )

    # -- running text -------------------------------------------------------------------------

    def _running(self, text: str, start: int, line: int) -> None:
        typed = [t for t in find_in_brackets(text) if not _INTERNAL.search(t.text)]
        typed += works_in_sentences(text, typed, self.resolver)
        typed.sort(key=lambda t: t.start)
        marks = pair_marks(text)
        spans = [
            (q.start, q.end)
            for q in marks.quoted
            if not any(t.start <= q.start < t.end for t in typed)
        ]
        spans = [self._from_outer(text, s, marks.unclosed) for s in spans]
        taken: set[tuple[int, int]] = set()
        last_end = 0
        nearby = len(self.context.nearby)
        for reference in typed:
            self.context.nearby.append(text[: reference.start])
            number = self._bind(reference, start + reference.start, line)
            del self.context.nearby[nearby:]
            points = reference.parts[0].points
            located = any(part.locator or part.back for part in reference.parts)
            if not points and located:
                bound = self._before(text, spans, reference, last_end, taken)
                bound = bound or self._after(text, spans, reference, taken)
                taken |= set(bound)
                runs = self._he_said(text, spans, bound, taken)
                self.found.quotations += [
                    Quoted(start=start + a, end=start + b, reference=number) for a, b in runs
                ]
            last_end = reference.end

    @staticmethod
    def _from_outer(text: str, span: tuple[int, int], unclosed: Sequence[int]) -> tuple[int, int]:
        """Begin a quotation that opens twice and closes once with the first mark."""
        begin = MARKER.match(text)
        first = begin.end() if begin else 0
        for at in unclosed:
            if at < span[0] and at == first and span[0] - at < 60:
                return at, span[1]
        return span

    def _before(
        self,
        text: str,
        spans: Sequence[tuple[int, int]],
        reference: Typed,
        last_end: int,
        taken: set[tuple[int, int]],
    ) -> list[tuple[int, int]]:
        """Return the quotation that ends before a reference; several that only `and` parts."""
        found: list[tuple[int, int]] = []
        limit = reference.start
        for a, b in reversed([s for s in spans if s[1] <= reference.start and s not in taken]):
            gap = text[b:limit]
            if b < last_end and last_end <= reference.start and found:
                break
            if a < last_end:
                break
            if found:
                if not _JOINING.fullmatch(gap):
                    break
            else:
                count = len(words(gap))
                if count > _WIDE_GAP or (count > _GAP and _SENTENCE_END.search(gap)):
                    break
            if self._names_work(text, a, b):
                if found:
                    break
                continue
            found.append((a, b))
            limit = a
        return found

    def _after(
        self,
        text: str,
        spans: Sequence[tuple[int, int]],
        reference: Typed,
        taken: set[tuple[int, int]],
    ) -> list[tuple[int, int]]:
        """Return the quotation that a reference introduces in its sentence."""
        for a, b in spans:
            if a < reference.end or (a, b) in taken:
                continue
            gap = text[reference.end : a]
            if len(words(gap)) > 12 or re.search(r"[.!?]\s", gap) or LOCATOR.search(gap):
                return []
            following = find_in_brackets(text[b : b + 300])
            if following and len(words(text[b : b + following[0].start])) <= _GAP:
                return []
            return [] if self._names_work(text, a, b) or len(words(text[a:b])) < 4 else [(a, b)]
        return []

    def _names_work(self, text: str, a: int, b: int) -> bool:
        inner = text[a + 1 : b - 1]
        if is_title(inner, text[max(0, a - 40) : a]):
            return True
        named = self.resolver.named(inner)
        return any(end - begin > 0.7 * len(inner) for _, begin, end in named)

    def _he_said(
        self,
        text: str,
        spans: Sequence[tuple[int, int]],
        bound: Sequence[tuple[int, int]],
        taken: set[tuple[int, int]],
    ) -> list[tuple[int, int]]:
        """Return quotations from their first run on, where `he said` breaks them."""
        joined = []
        for a, b in sorted(bound):
            start = a
            for c, d in reversed([s for s in spans if s[1] <= a and s not in taken]):
                gap = text[d:start]
                breaks = text[d - 2] in ",—–!?" or gap.lstrip()[:1] in ",—–"
                if not 0 < len(words(gap)) <= 5 or not breaks or re.search(r"[.!?:]", gap):
                    break
                if self._names_work(text, c, d):
                    break
                start = c
                taken.add((c, d))
            joined.append((start, b))
        return joined
