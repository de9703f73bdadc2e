"""XML and HTML as a tree of elements, built from the events of the one safe reader."""

from typing import Any

from lxml import etree

from edition.formats.markup import events
from edition.formats.pages import SourceError
from edition.texts.errors import WitnessError


def element_tree(data: bytes, *, html: bool = False, encoding: str | None = None) -> Any:
    """Return the root element; names are local. Raises WitnessError for what cannot be read."""
    builder = etree.TreeBuilder()
    try:
        for event in events(data, html=html, encoding=encoding):
            match event.kind:
                case "start":
                    attributes: Any = event.attributes
                    builder.start(event.value or "unknown", attributes)
                case "text":
                    builder.data(event.value)
                case "end":
                    builder.end(event.value or "unknown")
        return builder.close()
    except SourceError as error:
        raise WitnessError(f"the document cannot be read: {error.message}", error.hint) from None
    except (etree.LxmlError, ValueError, AssertionError):
        raise WitnessError("the document cannot be read", "Save it anew, or as text.") from None
