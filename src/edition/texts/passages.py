"""An imported text as an edition beside it needs it: by passage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from edition.model import AnchorKind, Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """The MyST of one passage; `line` is its first line in the file, from 1."""

    id: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An imported text; `anchors` are all ids in it."""

    siglum: str
    path: str
    fragments: Mapping[str, Fragment] = field(default_factory=dict)
    anchors: frozenset[str] = frozenset()


def read_text(myst: str, siglum: str, document: Document) -> Text:
    """Cut an imported text at its passages; what stands before the first is left out.

    A passage ends where the next one or a heading begins. `document` is what the text holds.
    """
    lines = myst.split("\n")
    anchors = document.anchors
    passages = {a.location.line: a.id for a in anchors if a.kind is AnchorKind.PASSAGE}
    ends = {a.location.line for a in anchors if a.kind is AnchorKind.SECTION}
    ends |= {title.location.line for title in document.titles if title.level}
    fragments: dict[str, Fragment] = {}
    for start, end in pairwise(sorted({*passages, *ends, len(lines) + 1})):
        held = lines[start : end - 1]
        while held and (not held[-1].strip() or held[-1].startswith("%")):
            held.pop()
        if held and (ident := passages.get(start)):
            text = "\n".join(held)
            fragments.setdefault(ident, Fragment(id=ident, text=text, line=start + 1))
    return Text(
        siglum=siglum,
        path=document.path,
        fragments=fragments,
        anchors=frozenset(anchor.id for anchor in anchors),
    )
