"""XML and HTML read as a flow of events, with the doors shut that hostile files come in by.

No entity is expanded and none may be declared, nothing is loaded from elsewhere, no tree is
built (an element is forgotten when it ends), and nesting is limited by libxml2 to 256 levels.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from lxml import etree

from edition.sources.pages import SourceError

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DEEPEST = 250


class Event(NamedTuple):
    """The start or end of an element, or text in it; `value` is its local name, or the text."""

    kind: Literal["start", "end", "text"]
    value: str
    attributes: dict[str, str]


def events(data: bytes, *, html: bool = False) -> Iterator[Event]:
    """The events of a document, in its order. Raises SourceError where it cannot be read."""
    plain = data.replace(b"\0", b"") if data[:4].count(0) else data
    if _ENTITY.search(plain):
        raise SourceError(
            "the file declares entities, which may be used to read other files or fill memory",
            "Write the characters themselves, and remove the declarations.",
        )
    parser = etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        html=html,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=html,
    )
    try:
        yield from _flow(parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(
            f"not well-formed: {error.msg}", "Mend the file, or give the text in another format."
        ) from None


def _flow(parser: etree.iterparse) -> Iterator[Event]:
    depth = 0
    # The text before an element's first child is complete when that child begins or it ends.
    waiting: etree._Element | None = None
    for kind, element in parser:
        if waiting is not None and waiting.text:
            yield Event("text", waiting.text, {})
        waiting = None
        if kind == "start":
            before = element.getprevious()
            if before is not None:
                if before.tail:
                    yield Event("text", before.tail, {})
                parent = element.getparent()
                if parent is not None:
                    parent.remove(before)
            depth += 1
            if depth > _DEEPEST:
                raise SourceError(
                    f"elements are nested more than {_DEEPEST} deep", "No text needs that."
                )
            yield Event("start", _local(element.tag), _attributes(element))
            waiting = element
        else:
            depth -= 1
            if len(element) and element[-1].tail:
                yield Event("text", element[-1].tail, {})
            yield Event("end", _local(element.tag), {})
            for child in element:
                element.remove(child)


def _local(tag: object) -> str:
    return etree.QName(tag).localname if isinstance(tag, str) else ""


def _attributes(element: etree._Element) -> dict[str, str]:
    return {_local(str(name)): str(value) for name, value in element.attrib.items()}


def root_name(data: bytes) -> str:
    """The local name of a document's root element."""
    for event in events(data):
        return event.value
    raise SourceError("no element in the file", "It is not XML.")
