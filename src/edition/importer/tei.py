"""A TEI document as a document tree."""

import re
from collections.abc import Iterator
from typing import Any

from edition.importer.elements import element_tree
from edition.importer.tree_nodes import Node

_BLOCKS = frozenset(
    "div div1 div2 div3 div4 p ab head quote q lg l list item table figure sp stage speaker opener "
    "closer salute signed dateline byline docTitle titlePage titlePart epigraph cit body front "
    "back text group note milestone argument trailer listBibl docAuthor docDate docImprint".split()
)
_RENDERED = {
    "italic": "Emph", "italics": "Emph", "i": "Emph", "bold": "Strong", "b": "Strong",
    "smallcaps": "SmallCaps", "small-caps": "SmallCaps", "sc": "SmallCaps",
    "sup": "Superscript", "superscript": "Superscript", "sub": "Subscript",
    "subscript": "Subscript",
    "underline": "Underline",
}  # fmt: skip
_DEEPEST = 200


def read_tei(data: bytes) -> tuple[list[Node], tuple[str, ...]]:
    """Return the tree of a TEI text, and a list of what was left out."""
    root = element_tree(data)
    text = root.find("text")
    reader = _Tei(root if text is None else text)
    blocks = list(reader.blocks(reader.root, 0, 1))
    title = root.find(".//titleStmt/title")
    headed = any(n["t"] == "Header" and n["c"][0] == 1 for n in blocks[:2])
    if title is not None and not headed and "".join(title.itertext()).strip():
        blocks.insert(0, {"t": "Header", "c": [1, ["", [], []], reader.inlines(title, 0)]})
    return blocks, tuple(reader.left_out)


class _Tei:
    def __init__(self, root: Any) -> None:
        self.root = root
        self.left_out: list[str] = []
        self.notes = {n.get("id"): n for n in root.iter("note") if n.get("id")}
        self.pointed = {
            str(r.get("target")).removeprefix("#")
            for r in root.iter("ref", "ptr")
            if str(r.get("target")).removeprefix("#") in self.notes
        }

    def blocks(self, element: Any, depth: int, level: int) -> Iterator[Node]:
        """Yield the blocks within an element."""
        loose: list[Node] = []
        for node in _children(element):
            if isinstance(node, str):
                loose.append({"t": "Str", "c": node})
            elif _tag(node) in _BLOCKS and not self._is_inline(node, element):
                yield from _paragraph(loose)
                loose = []
                if depth < _DEEPEST:
                    yield from self._block(node, depth + 1, level)
            else:
                loose += self._inline(node, depth + 1)
        yield from _paragraph(loose)

    def _is_inline(self, node: Any, parent: Any) -> bool:
        """Tell whether an element that may be a block stands within a line of text."""
        if _tag(node) == "note":
            return node.get("id") not in self.pointed
        if _tag(node) not in ("quote", "q", "stage", "figure"):
            return False
        return bool((parent.text or "").strip()) or any((c.tail or "").strip() for c in parent)

    def _block(self, node: Any, depth: int, level: int) -> Iterator[Node]:
        tag = _tag(node)
        match tag:
            case "head" if _tag(node.getparent()).startswith("div"):
                yield {"t": "Header", "c": [min(level, 6), ["", [], []], self.inlines(node, depth)]}
            case "titlePart" | "head":
                yield {"t": "Header", "c": [1, ["", [], []], self.inlines(node, depth)]}
            case "quote" | "q" | "cit" | "epigraph":
                yield {"t": "BlockQuote", "c": list(self.blocks(node, depth, level))}
            case "lg":
                yield from self._verse(node, depth, level)
            case "l":
                yield {"t": "LineBlock", "c": [self.inlines(node, depth)]}
            case "list":
                yield self._list(node, depth, level)
            case "table":
                rows = [
                    [list(self.blocks(c, depth, level)) for c in row.iterfind("cell")]
                    for row in node.iterfind("row")
                ]
                head = node.find("row")
                first = int(head is not None and head.get("role") == "label")
                named = node.find("head")
                caption = [] if named is None else self.inlines(named, depth)
                yield {"t": "Rows", "c": [caption, rows[:first], rows[first:]]}
            case "note":
                return
            case "figure":
                yield from self._figure(node, depth, level)
            case _:
                deeper = level + 1 if tag.startswith("div") else level
                inner = list(self.blocks(node, depth, deeper))
                yield from _in_language(node, inner)

    def _verse(self, node: Any, depth: int, level: int) -> Iterator[Node]:
        lines: list[Node] = []
        for child in node:
            if _tag(child) == "l":
                lines.append(self.inlines(child, depth))
            else:
                if lines:
                    yield {"t": "LineBlock", "c": lines}
                lines = []
                if _tag(child) in _BLOCKS:
                    yield from self._block(child, depth + 1, level)
        if lines:
            yield from _in_language(node, [{"t": "LineBlock", "c": lines}])

    def _list(self, node: Any, depth: int, level: int) -> Node:
        rows = [list(self.blocks(i, depth, level)) for i in node.iterfind("item")]
        kind = node.get("type") or node.get("rend") or ""
        numbered = kind.startswith(("ordered", "numbered"))
        return (
            {"t": "OrderedList", "c": [[1], rows]} if numbered else {"t": "BulletList", "c": rows}
        )

    def _figure(self, node: Any, depth: int, level: int) -> Iterator[Node]:
        graphic, described = node.find("graphic"), node.find("figDesc")
        if graphic is not None:
            words = "".join(described.itertext()) if described is not None else ""
            alternative = [{"t": "Str", "c": words}]
            target = [str(graphic.get("url") or ""), ""]
            yield {"t": "Para", "c": [{"t": "Image", "c": [["", [], []], alternative, target]}]}
        for child in node:
            if _tag(child) in ("head", "p"):
                caption = [{"t": "Para", "c": self.inlines(child, depth)}]
                yield {"t": "Div", "c": [["", ["caption"], []], caption]}

    # -- inlines --------------------------------------------------------------------------------

    def inlines(self, element: Any, depth: int) -> list[Node]:
        """Return the text within an element, with its markup."""
        found: list[Node] = []
        for node in _children(element):
            if isinstance(node, str):
                found.append({"t": "Str", "c": node})
            elif depth < _DEEPEST:
                found += self._inline(node, depth + 1)
        return found

    def _inline(self, node: Any, depth: int) -> list[Node]:
        tag = _tag(node)
        match tag:
            case "lb":
                return [{"t": "LineBreak"}] if node.get("break") != "no" else []
            case "pb":
                number = [["title", str(node.get("n"))]] if node.get("n") else []
                return [{"t": "Span", "c": [["", ["pagebreak"], number], []]}]
            case "note":
                return [{"t": "Note", "c": list(self.blocks(node, depth, 1))}]
            case "graphic":
                return [{"t": "Image", "c": [["", [], []], [], [str(node.get("url") or ""), ""]]}]
            case "ref" | "ptr" | "bibl" | "cit":
                return self._reference(node, depth)
            case "choice":
                return self._choice(node, depth)
            case "fw" | "figDesc" | "teiHeader":
                self.left_out.append(f"<{tag}>: {' '.join(''.join(node.itertext()).split())[:60]}")
                return []
        inner = self.inlines(node, depth)
        if tag in ("quote", "q", "soCalled") and not "".join(node.itertext()).strip().startswith(
            ("“", "„", "«", '"', "‘")
        ):
            inner = [{"t": "Quoted", "c": [{"t": "DoubleQuote"}, inner]}]
        rendered = (node.get("rend") or node.get("rendition") or "").rpartition(":")[2]
        kind = _RENDERED.get(
            rendered.strip("#"), "Emph" if tag in ("emph", "title", "foreign") else ""
        )
        if tag == "hi" and not kind:
            kind = "Emph"
        if kind and not (tag == "title" and node.get("level") == "a"):
            inner = [{"t": kind, "c": inner}]
        return _in_language_inline(node, inner)

    def _choice(self, node: Any, depth: int) -> list[Node]:
        """Return what the text has: `sic` before `corr`, `orig` before `reg`."""
        for wanted in ("sic", "orig", "abbr"):
            found = node.find(wanted)
            if found is not None:
                return self.inlines(found, depth)
        return self.inlines(node[0], depth) if len(node) else []

    def _reference(self, node: Any, depth: int) -> list[Node]:
        """Return a note that is pointed to, or an exact citation, or a link."""
        target = str(node.get("target") or node.get("corresp") or node.get("sameAs") or "")
        ident = target.removeprefix("#")
        if ident in self.pointed:
            return [{"t": "Note", "c": list(self.blocks(self.notes[ident], depth, 1))}]
        inner = self.inlines(node, depth)
        if target.startswith("#") and inner and " " not in target:
            scope = next(node.iter("biblScope", "citedRange"), None)
            words = "" if scope is None else "".join(scope.itertext()).strip()
            if scope is None:
                words = _locator_words("".join(node.itertext()))
            one = {
                "citationId": ident,
                "citationPrefix": [],
                "citationSuffix": [{"t": "Str", "c": words}] if words else [],
                "citationMode": {"t": "NormalCitation"},
            }
            return [{"t": "Cite", "c": [[one], inner]}]
        if _tag(node) == "ref" and target:
            return [{"t": "Link", "c": [["", [], []], inner, [target, ""]]}]
        return inner


def _locator_words(text: str) -> str:
    """Return the page that ends the words of a reference."""
    found = re.search(
        r"(?:\bpp?\.\s*|\bS\.\s*|,\s*|:\s*)([\divxlc]+(?:[-–][\divxlc]+)?)\W*\Z", text
    )
    return found[1] if found and not re.fullmatch(r"1[4-9]\d\d|20\d\d", found[1]) else ""


def _children(element: Any) -> Iterator[Any]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2] if element is not None else ""


def _paragraph(inlines: list[Node]) -> Iterator[Node]:
    if any(n["t"] != "Str" or n["c"].strip() for n in inlines):
        yield {"t": "Para", "c": inlines}


def _in_language(node: Any, inner: list[Node]) -> list[Node]:
    code = node.get("lang")
    return [{"t": "Div", "c": [["", [], [["lang", code]]], inner]}] if code else inner


def _in_language_inline(node: Any, inner: list[Node]) -> list[Node]:
    code = node.get("lang")
    return [{"t": "Span", "c": [["", [], [["lang", code]]], inner]}] if code else inner
