"""Notes and references of TEI: what a pointer leads to, and which works are cited."""

import re
from typing import Any

from edition.importer.elements import drop, made, rename, words_of

_IN_LINE = frozenset("p l ab head cell item quote seg hi q said".split())

_NO_NOTES = frozenset("lg sp list castList castGroup".split())  # what is within them has notes
_NOTED = "l p ab head speaker item label castItem roleDesc".split()


def bring_stand_off_notes(root: Any, text: Any) -> list[str]:
    """Put notes that stand beside a text, and name its places, into it; return the others."""
    left_out = []
    places = {str(e.get("id")) for e in text.iter() if e.get("id")}
    for beside in root.iter("standOff"):
        for one in list(beside.iter("note")):
            if str(one.get("target") or "").removeprefix("#") in places:
                one.tail = None
                text.append(one)
        left_out += [words_of(child) for child in beside]
    return [words for words in left_out if words]


def _call_from_their_places(text: Any) -> None:
    """Make a pointer at each place that a note apart from the line says it belongs to."""
    places = {str(e.get("id")): e for e in text.iter() if e.get("id")}
    called = {str(e.get("target")).removeprefix("#") for e in text.iter("ref", "ptr")}
    for number, one in enumerate(list(text.iter("note"))):
        place = places.get(str(one.get("target") or "").removeprefix("#"))
        ident = one.get("id") or f"note-at-{number}"
        apart = not any(a.tag in _IN_LINE for a in one.iterancestors())
        if place is None or not apart or ident in called or place in one.iterancestors():
            continue
        one.set("id", ident)
        pointer = made("ptr")
        del pointer.attrib["was"]
        pointer.set("target", f"#{ident}")
        if place.tag in ("p", "l", "ab", "head"):
            place.append(pointer)
        else:
            pointer.tail, place.tail = place.tail, None
            place.addnext(pointer)


def place_notes(text: Any) -> None:
    """Join notes that go on on another page, and make links of pointers to notes."""
    _call_from_their_places(text)
    notes = {n.get("id"): n for n in text.iter("note") if n.get("id")}
    for note in list(notes.values()):
        first = notes.get(str(note.get("prev") or "").removeprefix("#"))
        if first is not None and first is not note:
            first.append(made("seg", " " + (note.text or "")))
            for child in list(note):
                first.append(child)
            drop(note)
    targets = {str(p.get("target"))[1:] for p in text.iter("ref", "ptr")}
    for one in [n for n in text.iter("note") if n.getparent().tag in _NO_NOTES]:
        before = one.getprevious()
        lines = [] if before is None else list(before.iter(*_NOTED))
        if lines and one.get("id") not in targets:
            one.tail = (one.tail or "").rstrip()
            lines[-1].append(one)
    called = {}
    for pointer in text.iter("ref", "ptr"):
        target = str(pointer.get("target") or "").removeprefix("#")
        if target in notes and pointer.getparent() is not None:
            called[target] = pointer
            pointer.set("called", target)
    for ident in called:
        notes[ident].set("called", ident)


def note(element: Any) -> None:
    """Make a note that is called, or stands apart, a block of its own."""
    called = element.get("called")
    rename(element, "aside" if called or element.getparent().get("was") == "div" else "note")
    if called:
        element.set("id", called)


def reference(element: Any) -> None:
    """Make a call of a note, an exact citation, or a link."""
    target = str(element.get("target") or element.get("corresp") or element.get("sameAs") or "")
    called, was = element.get("called"), element.tag
    scope = next(element.iter("biblScope", "citedRange"), None)
    words = words_of(element)
    inner = next((r for r in element.iter("ref") if r is not element), None)
    if was == "bibl" and not target and inner is not None:
        target = str(inner.get("target") or "")
        inner.attrib.clear()
    rename(element, "a" if called or target else "span")
    if called:
        element.set("href", f"#{called}")
        element.set("type", "noteref")
        element.text = element.text or "*"
    elif target.startswith("#") and words and " " not in target:
        element.set("href", target)
        element.set("data-key", target[1:])
        element.set("data-locator", words_of(scope) if scope is not None else page_of(words))
    elif target:
        element.set("href", target)


def page_of(text: str) -> str:
    """Return the page that ends the words of a reference."""
    found = re.search(
        r"(?:\bpp?\.\s*|\bS\.\s*|,\s*|:\s*)([\divxlc]+(?:[-–][\divxlc]+)?)\W*\Z", text
    )
    return found[1] if found and not re.fullmatch(r"1[4-9]\d\d|20\d\d", found[1]) else ""


def bibliography_entry(element: Any) -> None:
    """Make a reference, that of a displayed quotation apart; of an entry of a list a paragraph."""
    apart = element.getparent().tag == "blockquote"
    if element.getparent().get("was") in ("listBibl", "div"):
        rename(element, "p")
    elif apart and element.getprevious() is not None:
        line = made("p")
        element.addprevious(line)
        line.tail, element.tail = element.tail, None
        line.append(element)
        reference(element)
    else:
        reference(element)
