"""Undoing what the carrier did to a text: hard lines, stray blanks, words broken at line ends.

What the author wrote stays as it is: dashes, quotation marks, spelling, misprints. Options
bring dashes and quotation marks to one form where an editor wants that. Each change is
recorded with its place.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from edition.importer.collation import Change, apply
from edition.importer.divided_words import WordForms
from edition.importer.document import Block, Normalised
from edition.importer.line_changes import (
    EMPHASIS,
    ENDS,
    SUSPENDED,
    Edit,
    changes_within,
    emphasis_signs,
    emphasised,
    note_signs,
    quoted_lines,
)
from edition.importer.list_headings import list_headed, works_lists
from edition.importer.pages import Pages, read_pages
from edition.importer.runs import Line, Run
from edition.importer.tables import table_of
from edition.importer.typed_notes import NOTE_NUMBER, follows_note, tie_notes
from edition.importer.typed_tables import Rows, read_table
from edition.importer.verse import LONGEST_VERSE, are_verse, set_in, widths
from edition.texts.plain_text import MARKER

_DIVIDED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-$")
_BEGINS = re.compile(r"[^\W\d_]+")
_UNDERLINE = re.compile("={3,}|~{3,}")  # as some set it below a heading
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_BYLINE = re.compile(r"(?:by|von|par|por|di)\s+\S", re.IGNORECASE)


def normalise(text: str, *, options: frozenset[str] = frozenset()) -> Normalised:
    """Make blocks of a plain text's lines, its pages undone."""
    return _Normaliser(read_pages(text), options).result()


class _Normaliser:
    def __init__(self, pages: Pages, options: frozenset[str]) -> None:
        self.pages = pages
        self.text = text = "\n".join(line for _, line in pages.lines)
        self.options = options
        self.changes: list[Change] = []
        self.words = WordForms(text)
        spaced = len(re.findall(r"—[ \t]", text))
        self.spaced_dashes = spaced * 2 > len(re.findall(r"—(?=[^\s])", text))
        self.dropped: set[int] = set()
        self.blocks: list[Block] = []
        self.starts: list[int] = []  # of the blocks, in the text
        self.width, self.unwrapped = widths([line.strip() for _, line in pages.lines])
        lines = [line for _, line in pages.lines]
        self.works = {pages.lines[i][0] for i in works_lists(lines)}
        self.quoted = quoted_lines(pages.lines)
        self.line_ends = [match.start() for match in re.finditer("\n", text)]

    def result(self) -> Normalised:
        """Work through the lines and put the pieces together."""
        blocks = self.blocks
        position = 0
        for run in list(self._runs()):
            first = run.lines[0]
            gap = self.text[position : first.start]
            wanted = "\n\n" if blocks else ""
            if gap != wanted:
                kind = "blank-lines" if "\n" in gap and not gap.strip("\n") else "trailing-blank"
                if gap.count("\n") == 1:
                    kind = "block"
                if ">" in gap:
                    kind = "quotation-sign"
                self._change(position, first.start, wanted, kind)
            block = self._block(run)
            near = blocks and blocks[-1].hint.startswith("verse") and gap.count("\n") < 3
            if near and block.hint == "verse":
                block = replace(block, hint="verse-on")
            blocks.append(block)
            self.starts.append(first.start)
            position = run.lines[-1].start + len(run.lines[-1].text)
        if position < len(self.text):
            self._change(position, len(self.text), "", "blank-lines")
        kept = (c for c in self.changes if c.start not in self.dropped)
        changes = tuple(sorted(kept, key=lambda c: (c.start, c.end)))
        if apply(self.text, changes) != Normalised.of(blocks).text:
            raise AssertionError("the changes do not give the text")
        return self._with_notes(changes)

    def _with_notes(self, changes: tuple[Change, ...]) -> Normalised:
        """Return the text with its notes tied to their calls, and without their heading."""
        tied, head = tie_notes(self.blocks)
        left_out = self.pages.left_out
        if head is not None:
            start, end = self.starts[head : head + 2]
            self.changes = [c for c in changes if not start <= c.start < end]
            self._change(start, end, "", "notes-heading", self.blocks[head].line)
            changes = tuple(sorted(self.changes, key=lambda c: (c.start, c.end)))
            left_out = (*left_out, self.blocks[head].text)
        return replace(Normalised.of(tied), changes=changes, left_out=left_out)

    # -- lines to runs ----------------------------------------------------------------------

    def _lines(self) -> Iterator[Line]:
        start = 0
        for number, text in self.pages.lines:
            yield Line(number, start, text)
            start += len(text) + 1

    def _runs(self) -> Iterator[Run]:
        run = Run()
        first, self.listed, self.last_note = True, "", ""
        for line in self._lines():
            signs = _QUOTED.match(line.text) if line.number in self.quoted else None
            own = line.text[signs.end() :] if signs else line.text
            if not own.strip() or (run.lines and _UNDERLINE.fullmatch(own.strip())):
                self.listed = self._headed(run) or self.listed
                if run.lines:
                    yield run
                    first = False
                run = Run()
                continue
            line.body = own.strip(" \t\u00a0\f")
            line.indent = len(own.expandtabs(4)) - len(own.expandtabs(4).lstrip())
            line.depth = signs[0].count(">") if signs else 0
            if run.lines and (self._begins(line, run) or (first and _BYLINE.match(line.body))):
                yield run
                first = False
                run = Run()
            run.note = run.note or line.number in self.pages.notes
            if self.listed == "notes" and not run.lines and NOTE_NUMBER.match(line.body):
                self.last_note, run.listed = line.body, True
            run.add(line)
        if run.lines:
            yield run

    def _headed(self, run: Run) -> str:
        """Return which list a line is the heading of."""
        headed = list_headed(run.lines[0].body) if len(run.lines) == 1 else ""
        return headed if headed != "works" or run.lines[0].number in self.works else ""

    def _begins(self, line: Line, run: Run) -> bool:
        """Tell whether a line begins a block though no empty line stands before it."""
        if (headed := self._headed(run)) == "works" or (headed and NOTE_NUMBER.match(line.body)):
            self.listed = headed
            return True
        if line.depth != run.lines[-1].depth:
            return True
        bracketed = line.body[0] == "[" and NOTE_NUMBER.match(line.body) is not None
        if self.listed == "notes":
            bracketed |= follows_note(line.body, self.last_note, whole=self.unwrapped)
        if bracketed:
            return True  # the next note
        if run.note or line.number in self.pages.notes:
            return line.number in self.pages.notes
        before = run.lines[-1]
        if self.listed == "works" and line.indent <= before.indent:
            fits = len(before.body) + len(line.body.split()[0]) < self.width
            if self.unwrapped or fits or line.indent < before.indent:
                return True  # the entry before has ended
        marked = run.has_marker or MARKER.match(line.body) is not None
        longest = max(len(line.body), len(before.body))
        if self.unwrapped and longest > LONGEST_VERSE:
            return not MARKER.match(line.body) or not run.has_marker
        indented = len(run.lines) > 1 and line.indent >= run.least_indent + 3
        return not marked and indented and ENDS.search(before.body) is not None

    # -- a run to a block -------------------------------------------------------------------

    def _block(self, run: Run) -> Block:
        lines = run.lines
        if not (run.note or lines[0].depth) and (table := read_table([x.text for x in lines])):
            return self._table(lines, *table)
        marked = [bool(MARKER.match(line.body)) for line in lines]
        items = not (run.note or run.listed) and marked[0] and sum(marked) > 1
        bodies = [line.body for line in lines]
        indent = min(line.indent for line in lines)
        verse = not (run.note or items) and bool(self.blocks)
        verse = verse and are_verse(bodies, indent, self.width, self.blocks[-1])
        blanks = set_in([line.indent for line in lines], verse=verse)
        for line, own in zip(lines, blanks, strict=True):
            self._trim(line, own)
        apart = verse or (self.unwrapped and max(map(len, bodies)) <= LONGEST_VERSE)
        signs = emphasis_signs(bodies, apart=items)
        if run.note:
            signs = [[*a, *b] for a, b in zip(signs, note_signs(bodies), strict=True)]
        rows: list[list[str]] = []
        page, length, turns = self.pages.page_of(lines[0].number), 0, list[int]()
        for position, line in enumerate(lines):
            inner = blanks[position] + self._inner(line, signs[position])
            turns += [length] * (self.pages.page_of(line.number) - page - len(turns))
            if not position or (items and MARKER.match(line.body)):
                rows.append([inner])
                length += position > 0
            elif (between := "\n" if apart else self._join(lines[position - 1], line)) is None:
                rows[-1][-1] = rows[-1][-1][:-1]
                rows[-1].append(inner)
                length -= 1
            else:
                rows[-1] += between, inner
                length += len(between)
            length += len(inner) - inner.count(EMPHASIS)
        text, marks = emphasised("\n".join("".join(row) for row in rows))
        return Block(
            text=text.replace("\n", " ") if items else text,
            line=lines[0].number,
            indent=indent,
            items=tuple(text.split("\n")) if items else (),
            wrapped=len(lines),
            hint="note" if run.note else "verse" if verse else "quote" * bool(lines[0].depth),
            page=page,
            turns=() if run.note else tuple(turns),
            marks=marks,
        )

    def _table(self, lines: Sequence[Line], head: int, rows: Rows) -> Block:
        made = table_of(head, [[(cell, (), ()) for cell in row] for row in rows])
        end = lines[-1].start + len(lines[-1].text)
        self._change(lines[0].start, end, made.text, "table", lines[0].number)
        page = self.pages.page_of(lines[0].number)
        return replace(made, line=lines[0].number, wrapped=len(lines), page=page)

    def _trim(self, line: Line, blanks: str) -> None:
        """Take the blanks at both ends of a line away, but those that set verse in."""
        lead = line.text.index(line.body)
        if lead:
            kind = "form-feed" if "\f" in line.text[:lead] else "leading-blank"
            kind = "quotation-sign" if line.depth else kind
            self._change(line.start, line.start + lead, blanks, kind)
        tail = lead + len(line.body)
        if tail < len(line.text):
            self._change(line.start + tail, line.start + len(line.text), "", "trailing-blank")

    def _join(self, last: Line, line: Line) -> str | None:
        """Return what joins two lines: a blank or nothing; None where a hyphen goes too."""
        at = last.start + len(last.text)
        divided, begins = _DIVIDED.search(last.body), _BEGINS.match(line.body)
        if divided and begins and begins[0].casefold() not in SUSPENDED:
            if self.words.is_hyphenation(divided[1], begins[0]):
                end = last.start + last.text.rindex("-")
                self.dropped.add(end + 1)  # the blanks trimmed there
                self._change(end, line.start, "", "hyphenation", last.number)
                return None
            self._change(at, at + 1, "", "line-break-in-word", last.number)
            return ""
        if last.body.endswith("—") and not self.spaced_dashes:
            self._change(at, at + 1, "", "line-break-in-word", last.number)
            return ""
        self._change(at, at + 1, " ", "line-break", last.number)
        return " "

    def _inner(self, line: Line, signs: Sequence[Edit]) -> str:
        """Return a line's body with the changes within it, and those of its `signs`."""
        base = line.start + line.text.index(line.body)
        pieces: list[str] = []
        at = 0
        for edit in sorted(
            (*signs, *changes_within(line.body, self.options, self.words.is_remnant))
        ):
            start, end, after, kind = edit
            self._change(base + start, base + end, after.strip(EMPHASIS), kind, line.number)
            pieces += line.body[at:start], after
            at = end
        return "".join((*pieces, line.body[at:]))

    def _change(self, start: int, end: int, after: str, kind: str, line: int = 0) -> None:
        before = self.text[start:end]
        self.changes.append(
            Change(
                start=start,
                end=end,
                before=before,
                after=after,
                kind=kind,
                line=line or self.pages.lines[bisect_left(self.line_ends, start)][0],
            )
        )
