"""Writing a document as MyST: anchors before passages, citations, notes, displayed quotations."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from textwrap import indent

from edition.importer.citations import citation, keep_reference, quotation_directive
from edition.importer.document import Mark
from edition.importer.markup import (
    Insertion,
    block_quote,
    escaped_lines,
    list_lead,
    placed,
    safe_start,
    within_anchor,
    within_code,
)
from edition.importer.recognised import Bound, Quoted, Recognised
from edition.importer.tree_nodes import CELL
from edition.importer.units import PASSAGES, Kind, Unit, by_unit, last_of_quotation, marks_at
from edition.myst.inline_quotations import sentence_starts
from edition.myst.quotation_marks import pair_marks


@dataclass(slots=True)
class Written:
    """The MyST, and the words that markup took the place of, in its order.

    None is for a role that belongs to the one before it.
    """

    text: str
    typed: list[str | None] = field(default_factory=list)


class Writer:
    """Writes one text; `passages` and `quotations` give anchors by index.

    With `keep`, the words of references are kept, with an unseen citation before them.
    """

    def __init__(
        self,
        units: Sequence[Unit],
        found: Recognised,
        *,
        passages: dict[int, str],
        quotations: dict[int, str],
        insertions: Sequence[Insertion] = (),
        ignores: dict[int, str] | None = None,
        keep: bool = False,
    ) -> None:
        self.units = units
        self.found = found
        self.passages = passages
        self.quotations = quotations
        self.ignores = ignores or {}
        self.keep = keep
        self.typed: list[str | None] = []
        self.text = "\n\n".join(unit.text for unit in units)
        self.displayed = {q.unit: n for n, q in enumerate(found.quotations) if q.unit is not None}
        self.insertions = by_unit(units, [(i.start, i) for i in insertions])
        self.references = by_unit(units, [(b.start, b) for b in found.references])
        inline = [(q.start, (n, q)) for n, q in enumerate(found.quotations) if q.unit is None]
        self.inline = by_unit(units, inline)
        self.shared = Counter(q.reference for q in found.quotations)

    def written(self) -> Written:
        """Return the whole text."""
        blocks: list[str] = []
        i = 0
        while i < len(self.units):
            if i in self.displayed:
                block, i = self._quotation(self.displayed[i])
            elif self.units[i].kind is Kind.QUOTE:
                block, i = self._plain_quotation(i)
            else:
                block = self._unit(i)
                i += 1
            if block:
                blocks.append(block)
        return Written("\n\n".join(blocks) + "\n", self.typed)

    def _unit(self, i: int) -> str:
        unit = self.units[i]
        if unit.kind is Kind.NOTE and not unit.markup and (unit.label or unit.continues):
            return self._note(i)
        anchor = f"({self.passages[i]})=\n" if i in self.passages and unit.kind in PASSAGES else ""
        written = self._ignored(i) + anchor
        if unit.markup:
            written += self._table(i) if unit.items else unit.markup
            return indent(written, "    ") if unit.continues else written
        match unit.kind:
            case Kind.TITLE:
                return f"{written}# {_on_one_line(self._running(i))}"
            case Kind.HEADING:
                return f"{written}{'#' * unit.level} {_on_one_line(self._running(i))}"
            case Kind.CAPTION:
                return f"{written}:::{{caption}}\n{self._running(i)}\n:::"
        return written + self._body(i)

    def _note(self, i: int) -> str:
        unit = self.units[i]
        lead = ""
        if unit.label:
            self.typed.append(unit.text[: unit.skip])
            lead = f"[^{unit.label}]: "
        body = self._body(i, unit.start + unit.skip)
        indented = body.replace("\n", "\n    ")
        return f"{lead}{indented}" if lead else f"    {indented}"

    def _ignored(self, i: int) -> str:
        return f"% edition: ignore {self.ignores[i]}\n" if i in self.ignores else ""

    def _table(self, i: int) -> str:
        cells = (_on_one_line(body).replace("|", "\\|") for _, body in self._items(i))
        return re.sub(CELL, lambda _: next(cells), self.units[i].markup)

    def _body(self, i: int, start: int | None = None, end: int | None = None) -> str:
        return self._list(i) if self.units[i].items else self._running(i, start, end)

    def _list(self, i: int) -> str:
        rows = [
            lead + body.replace("\n", "\n" + " " * len(lead.rpartition("\n")[2]))
            for lead, body in self._items(i)
        ]
        return ("\n\n" if "\n\n" in self.units[i].text else "\n").join(rows)

    def _items(self, i: int) -> Iterator[tuple[str, str]]:
        """Yield each item of a list or cell of a table, and what is written before it."""
        unit = self.units[i]
        position = unit.start
        for number, item in enumerate(unit.items):
            position = unit.start + unit.text.index(item, position - unit.start)
            lead, start = (
                (unit.leads[number], position) if unit.leads else list_lead(item, position)
            )
            yield lead, self._running(i, start, position + len(item))
            position += len(item)

    # -- quotations -------------------------------------------------------------------------

    def _plain_quotation(self, i: int) -> tuple[str, int]:
        """Return a displayed quotation without a reference, and the index after it."""
        last = last_of_quotation(self.units, i)
        bodies = (self._body(k) for k in range(i, last + 1))
        return self._ignored(i) + block_quote("\n\n".join(bodies)), last + 1

    def _quotation(self, number: int) -> tuple[str, int]:
        """Return a displayed quotation with its references, and the index of the unit after it."""
        quotation = self.found.quotations[number]
        first, last = quotation.unit or 0, quotation.last_unit or 0
        references = self._references_of(quotation)
        ends = [*(u.end for u in self.units[first:last]), quotation.end]
        bodies = [self._body(k, None, end) for k, end in enumerate(ends, first)]
        name = self.quotations.get(number, "")
        after = last + 1
        while after < len(self.units) and any(
            b.start == self.units[after].start for b in references
        ):
            after += 1
        if not references:
            anchor = f"({name})=\n" if name else ""
            return self._ignored(first) + anchor + block_quote("\n\n".join(bodies)), after
        if self.keep:
            return self._kept(quotation, references, bodies, name, last), after
        return self._directive(quotation, references, bodies, name), after

    def _directive(
        self, quotation: Quoted, references: Sequence[Bound], bodies: list[str], name: str
    ) -> str:
        first = quotation.unit or 0
        end = max(b.end for b in references)
        self.typed.append(self.text[quotation.end : end])
        held = (i for units in self.insertions.values() for i in units)
        bodies[-1] += "".join(
            i.markup for i in held if quotation.end <= i.start and i.end <= end + 1
        )
        body = "\n\n".join(bodies)
        return self._ignored(first) + quotation_directive(references[0], name, body)

    def _kept(
        self,
        quotation: Quoted,
        references: Sequence[Bound],
        bodies: list[str],
        name: str,
        last: int,
    ) -> str:
        """Return a displayed quotation whose reference keeps its words and its place."""
        first = quotation.unit or 0
        head = f":name: {name}\n" if name else ""
        body = "\n\n".join(bodies)
        own = references[0].start < self.units[last].end
        if own:
            tail = self._running(last, quotation.end, self.units[last].end).lstrip()
            body += f"\n{tail}"
            references = references[1:]
        for bound in references:
            unit = next(n for n, u in enumerate(self.units) if u.start == bound.start)
            body += f"\n\n{self._running(unit)}"
        return f"{self._ignored(first)}:::{{quotation}}\n{head}\n{body}\n:::"

    def _references_of(self, quotation: Quoted) -> list[Bound]:
        """Return the reference of a displayed quotation, and those that repeat it."""
        if quotation.reference is None:
            return []
        bound = self.found.references[quotation.reference]
        if bound.start < quotation.start or self._is_note(bound.start):
            return []
        found = [bound]
        for other in self.found.references[quotation.reference + 1 :]:
            if not (other.repeats and other.form == "line"):
                break
            found.append(other)
        return found

    def _is_note(self, offset: int) -> bool:
        notes = (u for u in self.units if u.kind is Kind.NOTE)
        return any(u.start <= offset < u.end for u in notes)

    # -- running text -----------------------------------------------------------------------

    def _running(self, i: int, start: int | None = None, end: int | None = None) -> str:
        """Return a run of a unit's text with all that is put into it, a line a sentence."""
        unit = self.units[i]
        start = unit.start if start is None else start
        end = unit.end if end is None else end
        text = unit.text[start - unit.start : end - unit.start]
        marks, insertions = self._marks(i, start, end)
        begins = sentence_starts(text, pair_marks(text).quoted)
        breaks = sorted(s - 1 + start for s in begins if s)
        pieces: list[str] = []
        position, code, anchors = start, False, 0
        for at, upto, markup, insertion in placed(text, start, marks, insertions):
            before = text[position - start : at - start]
            before = before if code else escaped_lines(text, start, position, at, breaks)
            pieces += [within_anchor(before) if anchors and not code else before, markup]
            position, code = max(position, upto), within_code(markup, code=code)
            anchors += (markup == "[") - markup.startswith("]{#")
            if insertion is not None and insertion.typed is not None:
                self.typed.append(insertion.typed)
                self.typed += [None] * (markup.count("{cite:") - 1)
        pieces.append(escaped_lines(text, start, position, end, breaks))
        return "\n".join(safe_start(line) for line in "".join(pieces).split("\n"))

    def _marks(self, i: int, start: int, end: int) -> tuple[list[Mark], list[Insertion]]:
        unit = self.units[i]
        marks: list[Mark] = []
        insertions: list[Insertion] = []
        for m in marks_at(unit, start - unit.start, end - unit.start):
            a, b = m.start + unit.start, m.end + unit.start
            if m.replaces or m.before.startswith("[^"):
                if start <= a and b <= end:
                    typed = unit.text[m.start : m.end]
                    insertions.append(Insertion(start=a, end=b, markup=m.before, typed=typed))
            elif (a == b and start <= a <= end) or (max(a, start) < min(b, end)):
                marks.append(replace(m, start=max(a, start), end=min(b, end)))
        bounds = [b for b in self.references.get(i, ()) if start <= b.start and b.end <= end]
        own = [x for x in self.insertions.get(i, ()) if start <= x.start and x.end <= end]
        for bound in bounds:
            if self.keep or bound.kept:
                keep_reference(bound, marks, insertions)
                continue
            notes = [x for x in own if x.start < bound.end and x.end > bound.start]
            own = [x for x in own if x not in notes]
            markup = citation(bound) + "".join(x.markup for x in notes)
            insertions.append(
                Insertion(start=bound.start, end=bound.end, markup=markup, typed=bound.text)
            )
        for number, quotation in self.inline.get(i, ()):
            name = self.quotations.get(number)
            if name and start <= quotation.start and quotation.end <= end:
                upto = self._end_of_reference(quotation, end, bounds)
                anchor = Mark(start=quotation.start, end=upto, before="[", after=f"]{{#{name}}}")
                marks.append(anchor)
        return marks, insertions + own

    def _end_of_reference(self, quotation: Quoted, end: int, bounds: Sequence[Bound]) -> int:
        """Return where a quotation's anchor ends: with its reference, if that is its alone."""
        if quotation.reference is None or self.shared[quotation.reference] > 1:
            return quotation.end
        bound = self.found.references[quotation.reference]
        if not any(b is bound for b in bounds) or bound.start < quotation.end or bound.end > end:
            return quotation.end
        between = (b for b in bounds if quotation.end <= b.start < bound.start)
        others = (
            q for qs in self.inline.values() for _, q in qs
            if quotation.end <= q.start < bound.end
        )  # fmt: skip
        alone = next(between, None) is None and next(others, None) is None
        return bound.end if alone else quotation.end


def _on_one_line(text: str) -> str:
    return re.sub(r"\\?\n", " ", text)
