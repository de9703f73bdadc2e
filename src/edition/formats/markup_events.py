"""XML and HTML read as a flow of events, safe against hostile files.

No entity is expanded but those that name characters, nothing is loaded from elsewhere, no tree
is built (an element is forgotten when it ends), and nesting is limited to 250 levels.
"""

import io
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

from lxml import etree

from edition.formats.entities import without_entities
from edition.formats.pages import SourceError

_DEEPEST = 250
_MOST_ATTRIBUTES = 200  # of an element; none of the formats has a tenth of them


class Event(NamedTuple):
    """The start or end of an element, or text in it; `value` is its local name, or the text."""

    kind: Literal["start", "end", "text"]
    value: str
    attributes: dict[str, str]


def events(data: bytes, *, html: bool = False, encoding: str | None = None) -> Iterator[Event]:
    """Return the events of a document, in its order; `encoding` overrides what it declares.

    Raises SourceError where it cannot be read.
    """
    try:
        parser = etree.iterparse(
            io.BytesIO(data if html else without_entities(data)),
            events=("start", "end"),
            html=html,
            encoding=encoding,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            recover=html,
        )
        yield from _flow(parser)
    except (etree.LxmlError, LookupError, ValueError) as error:
        raise SourceError(
            f"not well-formed: {getattr(error, 'msg', None) or error}",
            "Mend the file, or give the text in another format.",
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
    # In HTML a prefix is part of the name.
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def _attributes(element: etree._Element) -> dict[str, str]:
    # lxml looks for the value of each from the first one on.
    names = islice(element.attrib, _MOST_ATTRIBUTES)
    return {_local(str(name)): str(element.get(name)) for name in names}


def root_name(data: bytes) -> str:
    """Return the local name of a document's root element."""
    for event in events(data):
        return event.value
    raise SourceError("no element in the file", "It is not XML.")
