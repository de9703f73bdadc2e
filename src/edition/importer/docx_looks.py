"""DOCX: what styles, shapes and glosses say, put where pandoc reads it."""

import copy
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from edition.importer.tree_nodes import QUOTED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LOOKS = (f"{W}i", f"{W}b", f"{W}smallCaps")
_LEAST_INDENT = 360  # twentieths of a point: a quarter of an inch
_NO_QUOTATION = re.compile(
    r"head|title|toc|list|bibliograph|note|caption|verse|quot|index|header|footer|comment|code",
    re.IGNORECASE,
)


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, root: Any) -> None:
        self.all = {} if root is None else {s.get(f"{W}styleId"): s for s in root.iter(f"{W}style")}

    def chain(self, name: str | None) -> Iterator[Any]:
        """Yield a style and those that it is based on."""
        seen = set[str | None]()
        while (style := self.all.get(name)) is not None and name not in seen:
            seen.add(name)
            yield style
            based = style.find(f"{W}basedOn")
            name = None if based is None else based.get(f"{W}val")

    def make_direct(self, root: Any) -> None:
        """Give runs the emphasis of their styles, and paragraphs that are set in a sign."""
        for named in root.iter(f"{W}rStyle"):
            look = named.getparent()
            styles = list(self.chain(named.get(f"{W}val")))
            for tag in _LOOKS:
                own = next((f for s in styles if (f := s.find(f"{W}rPr/{tag}")) is not None), None)
                if own is not None and look.find(tag) is None:
                    look.append(copy.deepcopy(own))
        set_in = [p for p in root.iter(f"{W}pStyle") if self._is_set_in(p)]
        if len(set_in) * 2 <= sum(1 for _ in root.iter(f"{W}p")):
            for named in set_in:
                named.getparent().addnext(run_of(QUOTED))

    def _is_set_in(self, named: Any) -> bool:
        """Tell whether a paragraph with a style is set in as a displayed quotation is."""
        styles = list(self.chain(named.get(f"{W}val")))
        names = " ".join(str(n.get(f"{W}val")) for s in styles[:1] for n in s.iter(f"{W}name"))
        own = named.getparent()
        listed = any(p.find(f".//{W}numPr") is not None for p in (own, *styles))
        if listed or _NO_QUOTATION.search(names):
            return False
        indents = (own.find(f"{W}ind"), *(s.find(f"{W}pPr/{W}ind") for s in styles))
        found = next((i for i in indents if i is not None), None)
        if found is None or found.get(f"{W}hanging"):
            return False
        left = str(found.get(f"{W}left") or found.get(f"{W}start"))
        return left.isdecimal() and int(left) >= _LEAST_INDENT


def words_of(paragraph: Any) -> str:
    """Return the text of a paragraph as the file has it."""
    pieces = (
        str(e.text or "") if e.tag == f"{W}t" else " "
        for e in paragraph.iter(*(W + n for n in ("t", "tab", "br", "cr", "p", "noBreakHyphen")))
        if next(e.iterancestors(_FALLBACK), None) is None
    )
    return "".join(pieces)


def run_of(text: str) -> Any:
    """Return a run of text."""
    run = etree.Element(f"{W}r")
    words = etree.SubElement(run, f"{W}t")
    words.text = text
    words.set(_SPACE, "preserve")
    return run


def open_shapes(root: Any) -> None:
    """Put the paragraphs of old text boxes after those that hold them, and glosses behind words."""
    for box in list(root.iter(f"{W}txbxContent")):
        shape = next(box.iterancestors(f"{W}pict"), None)
        holders = list(box.iterancestors(f"{W}p"))
        if shape is None or not holders or next(box.iterancestors(_FALLBACK), None) is not None:
            continue
        for paragraph in reversed(list(box)):
            holders[-1].addnext(paragraph)
        shape.getparent().remove(shape)
    for ruby in list(root.iter(f"{W}ruby")):
        gloss = "".join(str(t.text or "") for t in ruby.iterfind(f"{W}rt//{W}t"))
        words = "".join(str(t.text or "") for t in ruby.iterfind(f"{W}rubyBase//{W}t"))
        ruby.tag = f"{W}t"
        ruby.clear(keep_tail=True)
        ruby.text = f"{words} ({gloss})" if gloss else words
        if ruby.getparent().tag != f"{W}r":
            run = etree.Element(f"{W}r")
            ruby.addprevious(run)
            run.append(ruby)
