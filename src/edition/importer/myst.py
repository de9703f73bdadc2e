"""Writing a text as MyST, and reading the text back out of it.

`Writer` gives paragraphs their anchors, quotations their numbers and references their
citations; `plain` takes all that away again. A test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from edition.importer.recognised import Bound, Quoted, Recognised
from edition.importer.structure import PASSAGES, Kind, Unit
from edition.myst.inline_quotations import sentence_starts
from edition.myst.quotation_marks import pair_marks
from edition.texts.plain_text import MARKER

# Carriers mark emphasis with noncharacters, which no text may hold; here they become Markdown.
EMPHASIS = ("\ufdd0", "\ufdd1")
STRONG = ("\ufdd2", "\ufdd3")
SENTINELS = "".join((*EMPHASIS, *STRONG))
_MARKDOWN = dict(zip(SENTINELS, ("*", "*", "**", "**"), strict=True))

_SPECIAL = re.compile(
    r"[\\`*_]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\$(?=\S)|\[(?=\^)|\](?=[({\[:])|~~|\{(?=[\w:+-]+\}`)"
)
_LINE_START = re.compile(
    r"(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?=[-+]\s|#{1,6}\s|>|:::|%|\+\+\+|-{3,}|={3,}|~~~|\([a-zA-Z0-9|_-]+\)=|\|)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """Markup that stands in the place of the characters from `start` to `end` of the text.

    Where `start` equals `end` it is put in between.
    """

    start: int
    end: int
    markup: str


@dataclass(slots=True)
class Written:
    """The MyST, and the words that its references once were, in the order of the references.

    None stands for a role that belongs to the one before it.
    """

    text: str
    typed: list[str | None] = field(default_factory=list)


class Writer:
    """Writes one text; `passages` and `quotations` give anchors by index."""

    def __init__(
        self,
        units: Sequence[Unit],
        found: Recognised,
        *,
        passages: dict[int, str],
        quotations: dict[int, str],
        insertions: Sequence[Insertion] = (),
        ignores: dict[int, str] | None = None,
    ) -> None:
        self.units = units
        self.found = found
        self.passages = passages
        self.quotations = quotations
        self.insertions = sorted(insertions, key=lambda i: (i.start, i.end))
        self.ignores = ignores or {}
        self.typed: list[str | None] = []
        self.displayed = {q.unit: n for n, q in enumerate(found.quotations) if q.unit is not None}

    def written(self) -> Written:
        """Return the whole text."""
        blocks: list[str] = []
        i = 0
        while i < len(self.units):
            if i in self.displayed:
                block, i = self._quotation(self.displayed[i])
            else:
                block = self._unit(i)
                i += 1
            blocks.append(block)
        return Written("\n\n".join(blocks) + "\n", self.typed)

    def _unit(self, i: int) -> str:
        unit = self.units[i]
        match unit.kind:
            case Kind.TITLE:
                return f"# {self._line(unit)}"
            case Kind.HEADING:
                return f"{'#' * unit.level} {self._line(unit)}"
            case Kind.CAPTION:
                return f":::{{caption}}\n{self._running(unit.start, unit.end)}\n:::"
            case Kind.QUOTE:
                body = self._running(unit.start, unit.end)
                return "\n".join(f"> {line}" for line in body.split("\n"))
        anchor = f"({self.passages[i]})=\n" if i in self.passages and unit.kind in PASSAGES else ""
        ignore = f"% edition: ignore {self.ignores[i]}\n" if i in self.ignores else ""
        return (
            ignore
            + anchor
            + (self._list(unit) if unit.items else self._running(unit.start, unit.end))
        )

    def _line(self, unit: Unit) -> str:
        return self._running(unit.start, unit.end).replace("\n", " ")

    def _list(self, unit: Unit) -> str:
        position = unit.start
        rows: list[str] = []
        loose = "\n\n" in unit.text
        for item in unit.items:
            position = unit.start + unit.text.index(item, position - unit.start)
            marker = MARKER.match(item)
            number = marker and (marker["number"] or "").isdigit() and not marker["open"]
            bullet = marker and marker["bullet"] in ("-", "*")
            if marker and (number or bullet):
                lead = marker[0].strip() + " "
                start = position + marker.end()
            else:
                lead, start = "- ", position
            body = self._running(start, position + len(item))
            rows.append(lead + body.replace("\n", "\n" + " " * len(lead)))
            position += len(item)
        return ("\n\n" if loose else "\n").join(rows)

    # -- quotations -------------------------------------------------------------------------

    def _quotation(self, number: int) -> tuple[str, int]:
        """Return a displayed quotation with its references, and the index of the unit after it."""
        quotation = self.found.quotations[number]
        first, last = quotation.unit or 0, quotation.last_unit or 0
        bodies = []
        for k in range(first, last + 1):
            end = quotation.end if k == last else self.units[k].end
            bodies.append(self._running(self.units[k].start, end))
        after = last + 1
        references = self._references_of(quotation)
        while after < len(self.units) and any(
            b.start == self.units[after].start for b in references
        ):
            after += 1
        name = self.quotations.get(number, "")
        ignore = f"% edition: ignore {self.ignores[first]}\n" if first in self.ignores else ""
        if not references:
            anchor = f"({name})=\n" if name else ""
            body = "\n\n".join(bodies)
            return ignore + anchor + "\n".join(f"> {x}".rstrip() for x in body.split("\n")), after
        end = max(b.end for b in references)
        self.typed.append(self._text(quotation.end, end))
        notes = "".join(
            i.markup for i in self.insertions if quotation.end <= i.start and i.end <= end + 1
        )
        bodies[-1] += notes
        body = "\n\n".join(bodies)
        cited = references[0].cited
        head: list[str] = []
        if name:
            head.append(f":name: {name}")
        if len(cited) == 1 and not cited[0].prenote.casefold().startswith(
            ("quoted", "cited", "qtd")
        ):
            if cited[0].volume:
                head.append(f":volume: {cited[0].volume}")
            if cited[0].locator:
                head.append(f":page: {cited[0].locator}")
            argument = f" {cited[0].key}"
        else:
            argument = ""
            body += f"\n\n{citation(references[0])}"
        options = "\n".join((*head, "")) if head else ""
        return f"{ignore}:::{{quotation}}{argument}\n{options}\n{body}\n:::", after

    def _references_of(self, quotation: Quoted) -> list[Bound]:
        """Return the reference of a displayed quotation, and those that repeat it."""
        if quotation.reference is None:
            return []
        found = [self.found.references[quotation.reference]]
        for bound in self.found.references[quotation.reference + 1 :]:
            if not (bound.repeats or self._follows(found[-1], bound)):
                break
            found.append(bound)
        return found

    def _follows(self, last: Bound, bound: Bound) -> bool:
        return (
            bound.form == "line" and not self._text(last.end, bound.start).strip() and bound.repeats
        )

    # -- running text -----------------------------------------------------------------------

    def _text(self, start: int, end: int) -> str:
        pieces = []
        for n, unit in enumerate(self.units):
            a, b = max(start, unit.start), min(end, unit.end)
            if a < b:
                pieces.append(unit.text[a - unit.start : b - unit.start])
            gap = (unit.end, self.units[n + 1].start if n + 1 < len(self.units) else unit.end)
            a, b = max(start, gap[0]), min(end, gap[1])
            if a < b:
                pieces.append("\n\n"[: b - a])
        return "".join(pieces)

    def _running(self, start: int, end: int) -> str:
        """Return a run of text with its citations, quotations and notes, a line a sentence."""
        text = self._text(start, end)
        events = sorted(self._events(start, end), key=lambda e: (e[0], e[1]))
        breaks = {s - 1 for s in sentence_starts(text, pair_marks(text).quoted) if s}
        pieces: list[str] = []
        position = start
        for at, _, upto, markup in events:
            if at < position:
                continue
            pieces.append(self._escaped(text, position - start, at - start, breaks))
            pieces.append(markup)
            position = max(position, upto)
        pieces.append(self._escaped(text, position - start, end - start, breaks))
        lines = "".join(pieces).split("\n")
        return "\n".join(_safe_start(line) for line in lines)

    def _events(self, start: int, end: int) -> Iterator[tuple[int, int, int, str]]:
        """Yield offset, order among those at one offset, offset past what is replaced, markup."""
        inner = [b for b in self.found.references if start <= b.start and b.end <= end]
        for bound in inner:
            markup = citation(bound)
            notes = [i for i in self.insertions if i.start < bound.end and i.end > bound.start]
            self.typed += [bound.text, *[None] * (len(bound.cited) - 1)]
            yield bound.start, 3, bound.end, markup + "".join(i.markup for i in notes)
        for number, quotation in enumerate(self.found.quotations):
            name = self.quotations.get(number)
            if (
                quotation.unit is None
                and name
                and start <= quotation.start
                and quotation.end <= end
            ):
                yield quotation.start, 2, quotation.start, "["
                upto = self._end_of_reference(number, end)
                yield upto, 0, upto, f"]{{#{name}}}"
        for one in self.insertions:
            if (
                start <= one.start
                and one.end <= end
                and not any(one.start < b.end and one.end > b.start for b in inner)
            ):
                order = 1 if one.start == one.end else 3
                yield one.start, order, one.end, one.markup

    def _end_of_reference(self, number: int, end: int) -> int:
        """Return where a quotation's anchor ends: with its reference, if that is its alone."""
        quotation = self.found.quotations[number]
        if quotation.reference is None:
            return quotation.end
        bound = self.found.references[quotation.reference]
        alone = not any(
            (n != number and q.start < bound.end and q.end > quotation.end)
            or (n != number and q.reference == quotation.reference)
            for n, q in enumerate(self.found.quotations)
        )
        return (
            bound.end
            if alone and quotation.end <= bound.start and bound.end <= end
            else quotation.end
        )

    @staticmethod
    def _escaped(text: str, start: int, end: int, breaks: set[int]) -> str:
        pieces: list[str] = []
        position = start
        for at in sorted(b for b in breaks if start <= b < end):
            if text[at] == " ":
                pieces += [escape(text[position:at]), "\n"]
                position = at + 1
        pieces.append(escape(text[position:end]))
        return "".join(pieces)


def _safe_start(line: str) -> str:
    """Return a line that begins no list, heading or other block by accident."""
    match = _LINE_START.match(line)
    if match is None:
        return line
    return f"{match['number']}\\{line[match.end() :]}" if match["number"] else f"\\{line}"


def escape(text: str) -> str:
    """Escape a text, so that no character is markup by accident."""
    escaped = _SPECIAL.sub(lambda m: "\\" + m[0] if m[0] != "~~" else "\\~\\~", text)
    for sentinel, mark in _MARKDOWN.items():
        escaped = escaped.replace(sentinel, mark)
    return escaped


def citation(bound: Bound) -> str:
    """Write a reference as citation roles, one a key: keys in one role would be sorted."""
    role = "cite:t" if bound.form == "sentence" else "cite:p"
    roles = []
    for n, cited in enumerate(bound.cited):
        note = cited.prenote[:1].lower() + cited.prenote[1:]
        lead = f"{{{note}}}" if note and role == "cite:p" and not (n and note == "and") else ""
        place = f"{{{cited.place}}}" if cited.place else ""
        roles.append(f"{{{role}}}`{lead}{cited.key}{place}`")
    return " ".join(roles)
