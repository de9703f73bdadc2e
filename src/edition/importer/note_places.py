"""Where notes stand in a hypertext: at line breaks, behind terms, below headings."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from edition.importer.elements import made, words_of
from edition.importer.list_headings import list_headed
from edition.importer.tree_nodes import NOTE_CALL

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_NUMBER = re.compile(rf"{NOTE_CALL.pattern}[.:)]?", re.IGNORECASE)
_BREAKS = frozenset("br hr".split())


def set_apart(anchors: Iterable[Any], blocks: frozenset[str]) -> None:
    """Make each note that begins with an anchor, and is no element, an element of its own.

    The anchors come in the order of the text.
    """
    wanted = dict.fromkeys(anchors)
    groups: dict[Any, list[Any]] = {}
    several: dict[Any, bool] = {}  # whether an element holds more notes than one
    for anchor in wanted:
        around = (anchor, *anchor.iterancestors("dt", "td", "tr"))
        if (term := next((t for t in around if t.tag in ("dt", "td", "tr")), None)) is not None:
            if term.tag == "dt":
                _join_meaning(term)
            elif _NUMBER.fullmatch(words_of(term if term.tag == "td" else term.find("td"))):
                _take_row(next(t for t in (term, *term.iterancestors("tr")) if t.tag == "tr"))
            continue
        first = anchor
        while first.tag not in blocks and first.getparent() is not None:
            holder = first.getparent()
            if holder not in several:
                held = (e for e in holder.iter() if e in wanted)
                several[holder] = len(list(islice(held, 2))) > 1
            if several[holder] or _has_before(first):
                groups.setdefault(holder, []).append(first)
                break
            first = holder
    for firsts in groups.values():
        if all(_begins_line(first, blocks) and _is_numbered(first) for first in firsts):
            for first in firsts:
                _wrap(first, set(firsts), blocks)


def _join_meaning(term: Any) -> None:
    """Put a term that is the number of a note before its meanings, which are the note."""
    note = term.getnext()
    if note is None or note.tag != "dd":
        return
    while (after := note.getnext()) is not None and after.tag == "dd":
        after.tag = "div"
        note.append(after)
    term.tag, term.tail, note.text = "span", f" {note.text or ''}", None
    note.insert(0, term)


def _take_row(row: Any) -> None:
    """Put a row of a table that is a note, its first cell the number, before the table."""
    table = next(row.iterancestors("table"), None)
    if table is None or len(row) < 2:
        return
    note, ident = made("div"), row.get("id")
    if ident:
        note.set("id", ident)
    for cell in list(row):
        cell.tag = "span" if cell is row[0] else "div"
        cell.tail = " "
        note.append(cell)
    note[1].tag = "span"
    table.addprevious(note)
    row.getparent().remove(row)


def _has_before(element: Any) -> bool:
    """Tell whether there is text, or an image, before an element in its parent."""
    before = element.getparent().text or ""
    return bool(before.strip()) or any(
        words_of(s) or (s.tail or "").strip() or s.tag in _BREAKS
        for s in element.itersiblings(preceding=True)
    )


def _begins_line(element: Any, blocks: Collection[str]) -> bool:
    """Tell whether nothing stands between an element and the line break or block before it."""
    before = element.getprevious()
    while before is not None and not (before.tail or "").strip():
        if before.tag in _BREAKS or before.tag in blocks:
            return True
        if words_of(before):
            return False
        before = before.getprevious()
    return before is None and not (element.getparent().text or "").strip()


def _is_numbered(element: Any) -> bool:
    near = (element, *islice(element.itersiblings(), 2))
    words = "".join(f"{words_of(e)}{e.tail or ''}" for e in near).split(maxsplit=1)
    found = NOTE_CALL.match(words[0]) if words else None
    return bool(found and found.end() and not words[0][found.end() : found.end() + 1].isalnum())


def _wrap(first: Any, firsts: Collection[Any], blocks: Collection[str]) -> None:
    """Make a paragraph of what stands from an element on, up to the next note or block."""
    note = made("p")
    first.addprevious(note)
    note.append(first)
    while (after := note.getnext()) is not None and after not in firsts:
        if after.tag in blocks or after.tag == "hr":
            return
        note.append(after)


def headings_of(notes: Collection[Any], body: Any) -> list[Any]:
    """Return the headings of notes, and those below them that notes alone follow."""
    found: list[Any] = []
    above: list[Any] = []  # headings of notes that another heading follows at once
    last, noted, below = None, False, False
    for holder in (*_holders(notes, body), body):
        if holder in notes:
            noted = last is not None
        elif holder is not last:
            named = last is not None and list_headed(words_of(last)) == "notes"
            if noted and (named or above or below):
                found += [*above, last]
                above, below = [], True
            elif named and (holder is body or holder.tag in _HEADINGS):
                above.append(last)
            last, noted = (holder if holder.tag in _HEADINGS else None), False
            if last is None:
                above, below = [], False
    return found


def _holders(notes: Collection[Any], body: Any) -> Iterator[Any]:
    """Yield for each run of text the note or heading that holds it, or its parent."""
    # Imported here: the command shows its help without the extra that reads documents.
    from lxml import etree

    within: list[Any] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element in notes or element.tag in _HEADINGS:
            within = [*within, element] if event == "start" else within[:-1]
        text = element.text if event == "start" else element.tail
        if (text or "").strip():
            holder = element if event == "start" else element.getparent()
            yield within[0] if within else holder
