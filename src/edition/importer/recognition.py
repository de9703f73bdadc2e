"""References bound to works, and quotations to references: what a text says of its sources."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from edition.bibliography.references import (
    Context,
    Resolver,
    Typed,
    find_at_end,
    read_line,
    read_list,
)
from edition.bibliography.references.notes import find_in_note
from edition.importer.document import Field
from edition.importer.quotation_binding import bound_quotations
from edition.importer.recognised import Quoted, Recognised
from edition.importer.reference_binding import (
    BEFORE,
    ReferenceBinder,
    alone,
    is_behind_quotation,
    is_narrative,
    located,
    words_before,
)
from edition.importer.running_references import RunningReferences, shifted_reference
from edition.importer.styles import guess_style, reviewed
from edition.importer.typed_notes import note_sign
from edition.importer.units import Kind, Unit, calls_of, last_of_quotation, parts_of
from edition.model import Work
from edition.myst.inline_quotations import ReferenceSpan
from edition.myst.quotation_marks import pair_marks

_CAPITALS = re.compile(r"(?<=[a-zß-öø-ÿа-яё,;]\s)[^\W\d_a-zß-öø-ÿа-яё][\w-]+")
# The words before the source of a table or picture, and what every reference has.
_SOURCE = re.compile(r"\b(?:Sources?|Quellen?|Fuentes?|Font[ei]|Источники?)\s*:\s+", re.IGNORECASE)
_CITES = re.compile(r"\d|\b(?:ib(?:id)?\.|ibidem|ebd\.|ebenda|там же)", re.IGNORECASE)
_HYPHENS = re.compile(r"(?<=\d)[‐‑−](?=\d)")  # `63‑82`, which no line end may part
_NO_TEXT = (Kind.TITLE, Kind.BYLINE, Kind.HEADING, Kind.CAPTION, Kind.WORK, Kind.OTHER)


def recognise(units: Sequence[Unit], works: Mapping[str, Work], style: str = "") -> Recognised:
    """Go through a text's units in order, and bind what they cite and quote."""
    units = [u if u.text.isascii() else replace(u, text=_HYPHENS.sub("-", u.text)) for u in units]
    resolver = Resolver(works)
    read_list((e for u in units if u.kind is Kind.WORK for e in u.text.splitlines()), resolver)
    articles = frozenset(k for k, p in resolver.profiles.items() if p.is_article)
    prose = [u.text for u in units if u.kind not in (*_NO_TEXT, Kind.NOTE)]
    resolver.discussed.read(prose, resolver.mentions, articles)
    return _Recogniser(units, resolver, style or guess_style(units, resolver)).run()


class _Recogniser:
    def __init__(self, units: Sequence[Unit], resolver: Resolver, style: str) -> None:
        self.units = units
        self.resolver = resolver
        self.style = style
        self.found = Recognised(style=style)
        self.binder = ReferenceBinder(resolver, self.found)
        self.consumed: set[int] = set()
        self.running = RunningReferences(resolver, style)
        self.note_references: dict[str, list[int | None]] = {}  # None for one not understood

    def run(self) -> Recognised:
        """Read the notes, then the text; a displayed quotation takes the references after it."""
        self._notes()
        text = "\n".join(u.text for u in self.units)
        in_text = self.binder.context.in_text or reviewed(self.units, self.resolver)
        names = frozenset(_CAPITALS.findall(text))
        self.binder.context = Context(capitals=names, in_text=in_text)
        self.running.habit.in_text = bool(in_text)
        for i, unit in enumerate(self.units):
            if i in self.consumed or unit.kind in _NO_TEXT or unit.kind is Kind.NOTE:
                listed = i in self.consumed or unit.kind in (Kind.NOTE, Kind.WORK)
                if not listed:
                    self._aside(unit)
                continue
            self.binder.context.paragraph = len(self.binder.context.groups)
            if unit.kind is Kind.QUOTE:
                self._displayed(i)
            elif unit.kind is Kind.REFERENCE:
                self._reference_line(i)
            elif unit.items:
                for part, start in parts_of(unit):
                    self._running(part, start, len(part.text))
            else:
                self._running(unit, 0, len(unit.text))
                self._closing_reference(i)
            named = self.resolver.mentions.in_titles(unit.text)
            self.binder.context.named |= {k for m in named for k in m.keys}
            told = [k for m in named for k in m.keys if k in self.resolver.discussed.works]
            self.binder.context.topic = told[-1] if told else self.binder.context.topic
            self.binder.context.nearby = [*self.binder.context.nearby[-3:], unit.text]
        self.found.quotations.sort(key=lambda q: q.start)
        return self.found

    def _notes(self) -> None:
        label = ""
        for unit in (u for u in self.units if u.kind is Kind.NOTE):
            # A note that is not called goes on with none.
            label = unit.label or ("" if note_sign(unit.text) else label)
            self.binder.context.paragraph = len(self.binder.context.groups)
            exact = list(unit.fields)
            typed = [
                shifted_reference(t, unit.skip)
                for t in find_in_note(unit.text[unit.skip :], self.resolver)
            ]
            held = self.note_references.setdefault(label, [])
            first = len(self.found.references)
            for one in self._merged(typed, exact):
                missed = len(self.found.missed)
                number = self.binder.take(one, unit)
                if number is not None or len(self.found.missed) > missed:
                    held.append(number)
            if not held and re.search(r"\d", unit.text[unit.skip :]):
                held.append(None)
            self.binder.read_habit(unit, first)
            self.binder.context.close_note(label.lstrip("n"))

    def _found_in(
        self, unit: Unit, start: int, end: int
    ) -> tuple[list[Typed | Field], list[Typed]]:
        """Return what a part of a unit cites, in order, and what may cite nothing."""
        exact = [f for f in unit.fields if start <= f.start and f.end <= end]
        typed, unknown = self.running.find(unit.text[:end], start, self.binder.context)
        return self._merged(typed, exact), unknown

    @staticmethod
    def _merged(typed: Sequence[Typed], exact: Sequence[Field]) -> list[Typed | Field]:
        """Return exact citations and the typed references beside them, in order."""
        free = [t for t in typed if not any(t.start < f.end and f.start < t.end for f in exact)]
        return sorted((*free, *exact), key=lambda one: one.start)

    def _aside(self, unit: Unit) -> None:
        """Bind what a heading, a caption or a table cites; no `ibid.` of the text means it."""
        groups = list(self.binder.context.groups)
        headed = unit.kind in (Kind.TITLE, Kind.HEADING)
        for part, start in parts_of(unit) if unit.items else [(unit, 0)]:
            found: list[Typed | Field] = [f for f in part.fields if f.start >= start]
            text = part.text[start:]
            if (unit.items or headed or unit.kind is Kind.CAPTION) and _CITES.search(text):
                found, _ = self._found_in(part, start, len(part.text))
                source = _SOURCE.search(text)
                start += source.end() if source else 0
                text = part.text[start:]
                typed = find_in_note(text, self.resolver) if source and not found else []
                line = None if found or headed else read_line(text)
                found += [shifted_reference(t, start) for t in ([line] if line else typed)]
            for one in found:
                if isinstance(one, Typed) and not self._names_work(one):
                    continue
                held = self.found.references
                first = len(held)
                self.binder.take(one, part)
                held[first:] = (replace(b, kept=isinstance(one, Typed)) for b in held[first:])
        self.binder.context.groups = groups

    def _names_work(self, typed: Typed) -> bool:
        """Tell whether a reference says more than a page, which a column of numbers does too."""
        spoken = self.style == "mla"
        return any(p.words or p.years or p.back or (spoken and p.author) for p in typed.parts)

    # -- displayed quotations -----------------------------------------------------------------

    def _displayed(self, i: int) -> None:
        units = self.units
        last = last_of_quotation(units, i)
        self.consumed |= set(range(i + 1, last + 1))
        unit = units[last]
        for inner in units[i : last + 1]:
            for field in inner.fields:
                if inner is not unit or unit.text[field.end :].strip(" ."):
                    self.binder.take(field, inner)
        introducing = (u.text for u in reversed(units[:i]) if u.kind is Kind.PARAGRAPH)
        lead = f"{next(introducing, '')[-BEFORE:]} “…”"
        reference, end, seen = self._own_reference(unit, lead)
        if reference is None and not seen:
            for k in range(last, i - 1, -1):
                labels = calls_of(units[k], 0, len(units[k].text))
                if labels and (held := self.note_references.get(labels[-1][2])):
                    reference, seen = held[0], True
                    break
        following = last + 1
        while following < len(units) and units[following].kind is Kind.REFERENCE:
            typed = read_line(units[following].text)
            if typed is None:
                break
            seen = True
            if reference is not None and following > last + 1 and not self._same(typed, reference):
                break
            number = self.binder.take(alone(units[following]) or typed, units[following], lead)
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
            Quoted(units[i].start, end, reference, typed=seen, unit=i, last_unit=last)
        )

    def _own_reference(self, unit: Unit, lead: str) -> tuple[int | None, int, bool]:
        """Return the reference that closes a displayed quotation, its end, and if one is there.

        What leads to the quotation tells what it means.
        """
        text = unit.text
        last = (f for f in unit.fields if not text[f.end :].strip(" ."))
        closing: Typed | Field | None = next(last, None) or find_at_end(text)
        if closing is None:
            return None, unit.end, False
        number = self.binder.take(closing, unit, lead)
        if number is None:
            return None, unit.end, not (isinstance(closing, Typed) and closing.weak)
        before = text[: closing.start].rstrip()
        bound = self.found.references[number]
        if 0 < unit.end - bound.end <= 2:  # a full stop after it
            self.found.references[number] = replace(bound, end=unit.end, text=text[closing.start :])
        return number, unit.start + len(before), True

    def _same(self, typed: Typed, reference: int) -> bool:
        known = self.found.references[reference].cited
        return len(typed.parts) == len(known) and typed.parts[0].locator == known[0].locator

    def _equal(self, *numbers: int) -> bool:
        cited = (self.found.references[n].cited for n in numbers)
        return len({tuple((c.key, c.place) for c in one) for one in cited}) == 1

    def _reference_line(self, i: int) -> None:
        unit = self.units[i]
        if unit.fields:
            self._running(unit, 0, len(unit.text))
        else:
            source = _SOURCE.match(unit.text)
            first = source.end() if source else 0
            if (typed := read_line(unit.text[first:])) is not None:
                self.binder.take(shifted_reference(typed, first), unit)

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
        self.binder.context.before = unit.text[-BEFORE:]
        number = self.binder.bind(typed, following.start, following.line)
        start = unit.start + quoted[-1].start
        self.found.quotations.append(Quoted(start, unit.start + quoted[-1].end, number))

    # -- running text -------------------------------------------------------------------------

    def _running(self, unit: Unit, start: int, end: int) -> None:
        """Bind the references and quotations of a paragraph, or of an item of a list."""
        text = unit.text[:end]
        merged, unknown = self._found_in(unit, start, end)
        numbers: list[int | None] = []
        spans: list[ReferenceSpan] = []
        calls = calls_of(unit, start, end)
        for one in merged:
            while calls and calls[0][0] < one.start:
                self.binder.pass_note(self.note_references.get(calls.pop(0)[2], ()))
            number = self.binder.take(one, unit)
            weak = isinstance(one, Typed) and one.weak and not is_behind_quotation(one, unit.text)
            if number is None and weak:
                continue
            placed, points = located(one, words_before(text, one.start))
            if not points:
                narrative = isinstance(one, Typed) and is_narrative(one)
                spans.append(ReferenceSpan(one.start, one.end, (len(numbers),), placed, narrative))
                numbers.append(number)
            elif number is not None:
                spans.append(ReferenceSpan(one.start, one.end, (), False))
        for one in unknown:
            if is_behind_quotation(one, text):
                spans.append(ReferenceSpan(one.start, one.end, (len(numbers),), True, False))
                numbers.append(None)
        for a, b, label in calls_of(unit, start, end):
            held = self.note_references.get(label, [])
            with_page = [n for n in held if n is None or self.found.references[n].cited[0].locator]
            chosen = with_page or held[:1]
            if chosen:
                spans.append(ReferenceSpan(a, b, (len(numbers),), bool(with_page), False))
                numbers.append(chosen[0])
        references = [self.found.references[n].cited if n is not None else () for n in numbers]
        cited = [frozenset(c.key for c in one) for one in references]
        self.found.quotations += bound_quotations(
            unit, start, end, spans, numbers, cited, self.resolver
        )
