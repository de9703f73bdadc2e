"""Notes of a hypertext: what numbers in the text lead to, and what is only a chapter."""

import re
from collections.abc import Collection, Mapping
from itertools import islice
from typing import Any

from edition.importer.elements import made, words_of
from edition.importer.note_places import set_apart
from edition.importer.tree_nodes import NOTE_CALL
from edition.importer.typed_notes import note_sign

BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li blockquote figcaption caption pre div section article td th dt dd "
    "header footer main body figure address ul ol dl table tr hr center hgroup details summary "
    "aside nav".split()
)
_NOTEREF = re.compile(r"noteref|footnote-?ref|fnanchor")
_NOTE_NAME = re.compile(r"note|\bfn|fn\d|ftn|reference|backref", re.IGNORECASE)
_OF_NOTE = re.compile(r"foot|note", re.IGNORECASE)
_NO_NOTES = frozenset("h1 h2 h3 h4 h5 h6 body table".split())
_NOTES = frozenset("li aside dd td".split())
_NEAR = 3
"""Elements between an anchor and the call that it stands for: what raises the call."""


def holds_blocks(element: Any) -> bool:
    """Tell whether an element of a line holds blocks all the same."""
    return element.tag != "note" and any(e.tag in BLOCKS for e in element.iterdescendants())


def is_paragraph(element: Any) -> bool:
    """Tell whether an element is a paragraph; a division without blocks is one."""
    return element.tag == "p" or (element.tag == "div" and not holds_blocks(element))


def linked_notes(body: Any) -> dict[str, Any]:
    """Return the notes that numbers in the text lead to, by their ids.

    A note comes after its call; it leads back, or it or its call says what it is.
    """
    order, named, calls = _called(body)
    set_apart(sorted((named[i] for i in calls), key=lambda e: order[e]), BLOCKS)
    order, named, calls = _called(body)
    found = {}
    for ident, link in calls.items():
        note = _note_of(named[ident], calls)
        within = link in note.iterdescendants()
        if not within and (_says_note(note, link, ident) or _leads_back(note, link, named, order)):
            found[ident] = note
    notes = set(found.values())
    for note in notes:
        _take_later_paragraphs(note, notes)
    return found


def _take_later_paragraphs(note: Any, notes: Collection[Any]) -> None:
    """Put into a note the paragraphs of its class that follow it, if the class says what it is."""
    named, body = str(note.get("class")), None
    while note.tag in ("p", "div") and _OF_NOTE.search(named) and not (note.tail or "").strip():
        after = note.getnext()
        if after is None or after.tag != "p" or after.get("class") != named or after in notes:
            return
        if note_sign(words_of(after)):  # a note that nothing leads to
            return
        if body is None:
            body = made("p", *note)
            body.text, note.text, note.tag = note.text, None, "div"
            note.insert(0, body)
        note.append(after)
        note.tail, after.tail = after.tail, None


def _called(body: Any) -> tuple[dict[Any, int], dict[str, Any], dict[str, Any]]:
    """Return the places of elements, those that have names, and the calls of those by numbers."""
    order = {e: n for n, e in enumerate(body.iter())}
    named: dict[str, Any] = {}
    for element in order:
        for ident in (element.get("name"), element.get("id")):
            if ident:
                named.setdefault(ident, element)
    calls: dict[str, Any] = {}
    for link in body.iter("a"):
        target = str(link.get("href") or "")[1:]
        anchor = named.get(target)
        if anchor is not None and order[anchor] > order[link] and _is_call(link):
            calls.setdefault(target, link)
    return order, named, calls


def _is_call(link: Any) -> bool:
    """Tell whether a link may lead to a note: it is marked so, or its text is a number."""
    if link.get("data-key"):
        return False
    text = "".join(link.itertext()).strip()
    return bool(_NOTEREF.search(_names(link)) or NOTE_CALL.fullmatch(text))


def _says_note(note: Any, link: Any, ident: str) -> bool:
    """Tell whether what a number leads to, or the number, says that it is a note."""
    if not _may_be_note(note):
        return False
    raised = link.find("sup") is not None or link.getparent().tag == "sup"
    said = _NOTE_NAME.search(f"{_names(note)} {ident}") or _NOTEREF.search(_names(link))
    return bool(said or raised or words_of(link)[:1] in "[(*†‡")


def _leads_back(note: Any, link: Any, named: Mapping[str, Any], order: Mapping[Any, int]) -> bool:
    """Tell whether the first links of a note lead to its call: those of an index lead to pages."""
    targets = (named.get(str(a.get("href") or "")[1:]) for a in islice(note.iter("a"), 3))
    around = {link, *link.iterancestors("p", "li", "td", "dd", "sup", "span")}
    return _may_be_note(note) and any(
        t in around or -_NEAR <= order[t] - order[link] <= 1 for t in targets if t is not None
    )


def _may_be_note(note: Any) -> bool:
    return note.tag not in _NO_NOTES and bool(re.search(r"[^\W\d_]", words_of(note)))


def _names(element: Any) -> str:
    """Return what an element is called: by its type, its role and its classes."""
    return f"{element.get('type')} {element.get('role')} {element.get('class')}"


def _note_of(element: Any, called: Mapping[str, Any]) -> Any:
    """Return the note that an anchor begins: the largest element that begins with it."""
    at = element
    while at.tag not in _NOTES and not (at is element and at.tag in BLOCKS):
        parent = at.getparent()
        if parent is None or parent.tag in ("body", "ol", "ul", "main", "article", "tr"):
            break
        before = list(islice(at.itersiblings(preceding=True), 3))
        words = [parent.text, *(s.tail for s in before), *map(words_of, before)]
        number = "".join(w or "" for w in words).strip()
        if len(before) > 2 or not (NOTE_CALL.fullmatch(number) if number else True):
            break
        if any(s.tag in BLOCKS for s in before):
            break
        idents = (i for e in parent.iter() for i in {e.get("id"), e.get("name")} if i in called)
        if len(list(islice(idents, 2))) > 1:
            break
        at = parent
    return at
