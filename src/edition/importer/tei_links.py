"""Notes and references of TEI: what a pointer leads to, and which works are cited."""

import re
from typing import Any

from edition.importer.elements import drop, made, rename, words_of


def place_notes(text: Any) -> None:
    """Join notes that go on on another page, and make links of pointers to notes."""
    notes = {n.get("id"): n for n in text.iter("note") if n.get("id")}
    for note in list(notes.values()):
        first = notes.get(str(note.get("prev") or "").removeprefix("#"))
        if first is not None and first is not note:
            first.append(made("seg", " " + (note.text or "")))
            for child in list(note):
                first.append(child)
            drop(note)
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
        element.set("data-locator", words_of(scope) if scope is not None else _page_of(words))
    elif target:
        element.set("href", target)


def _page_of(text: str) -> str:
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
