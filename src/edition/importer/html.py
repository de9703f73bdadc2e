"""A saved web page as a document tree, read without pandoc: its text, and nothing around it."""

import re
from collections.abc import Iterator
from typing import Any

from edition.importer.elements import element_tree
from edition.importer.tree_nodes import Node, plain_words

_DEEPEST = 200
_NO_TEXT = frozenset(
    "script style head template noscript iframe object svg button select textarea input "
    "canvas audio video map dialog".split()
)
_AROUND = frozenset("nav aside form menu search".split())
_AROUND_ROLES = frozenset(
    "navigation banner contentinfo complementary search form menu menubar toolbar alert "
    "dialog".split()
)
_AROUND_NAMES = frozenset(
    "nav navbar navigation menu sidebar share sharing sharebar social breadcrumb breadcrumbs "
    "cookie cookies related newsletter subscribe comment comments advert advertisement ads "
    "promo masthead "
    "widget widgets toolbar skip toc pagination pager sitefooter siteheader sharedaddy "
    "addtoany recommended signup paywall banner".split()
)
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li blockquote figcaption caption pre div section article td th dt dd "
    "header footer main body figure address ul ol dl table tr hr center hgroup details summary "
    "aside".split()
)
_MARKS = {
    "em": "Emph", "i": "Emph", "cite": "Emph", "dfn": "Emph", "var": "Emph", "strong": "Strong",
    "b": "Strong", "u": "Underline", "ins": "Underline", "s": "Strikeout", "del": "Strikeout",
    "strike": "Strikeout", "sup": "Superscript", "sub": "Subscript",
}  # fmt: skip


def read_html(data: bytes, encoding: str) -> tuple[list[Node], tuple[str, ...]]:
    """Return the tree of a page's text, and a list of what around it was left out."""
    root = element_tree(data, html=True, encoding=encoding)
    body = root.find("body")
    page = _Page(root if body is None else body)
    return page.tree(), tuple(page.left_out)


class _Page:
    def __init__(self, body: Any) -> None:
        self.body = body
        self.left_out: list[str] = []
        self.linked = {
            str(a.get("href"))[1:] for a in body.iter("a") if str(a.get("href")).startswith("#")
        }

    def tree(self) -> list[Node]:
        """Return the blocks of the page's text; of the whole page, if no part says it is it."""
        mains = self.body.xpath(".//main | .//*[@role='main']")
        articles = self.body.xpath(".//article[not(ancestor::article)]")
        if len(mains) != 1 and len(articles) == 1:
            mains = articles
        whole = _words(self.body)
        if len(mains) == 1 and _words(mains[0]) * 4 > whole:
            self._note_rest(mains[0])
            return list(self._blocks(mains[0], 0))
        return list(self._blocks(self.body, 0))

    def _note_rest(self, main: Any) -> None:
        """List what stands around the element that holds the text."""
        at = main
        while at is not None and at is not self.body:
            for other in (*at.itersiblings(), *at.itersiblings(preceding=True)):
                self._leave(other)
            at = at.getparent()

    def _leave(self, element: Any) -> None:
        if isinstance(element.tag, str) and element.tag not in _NO_TEXT:
            words = " ".join("".join(element.itertext()).split())
            if words:
                self.left_out.append(f"<{element.tag}>: {words[:60]}")

    def _is_around(self, element: Any) -> bool:
        """Tell whether an element is no text but something around it."""
        tag, role = element.tag, str(element.get("role") or "")
        if role.startswith("doc-") or element.get("id") in self.linked or tag == "body":
            return False
        if tag in _AROUND:
            return "footnote" not in f"{element.get('class')} {element.get('type')}"
        if role in _AROUND_ROLES or element.get("hidden") is not None:
            return True
        if re.search(r"display\s*:\s*none", str(element.get("style") or "")):
            return True
        if tag in ("header", "footer"):
            inside = any(a.tag in ("article", "main", "section") for a in element.iterancestors())
            return not inside and (tag == "footer" or element.find(".//h1") is None)
        if element.get("aria-hidden") == "true" and not element.get("id"):
            return True
        if tag not in ("div", "section", "ul", "ol", "p", "span"):
            return False
        names = set(re.split(r"[\s_-]+", f"{element.get('class')} {element.get('id')}".casefold()))
        if not names & _AROUND_NAMES:
            return False
        return element.find(".//h1") is None and _words(element) * 3 < _words(self.body)

    # -- blocks ---------------------------------------------------------------------------------

    def _blocks(self, element: Any, depth: int) -> Iterator[Node]:
        """Yield the blocks within an element; text between them becomes paragraphs."""
        loose: list[Node] = []
        for node in self._children(element):
            if isinstance(node, str):
                loose.append({"t": "Str", "c": node})
            elif node.tag in _BLOCKS or (depth < _DEEPEST and _holds_blocks(node)):
                yield from _paragraph(loose)
                loose = []
                if depth < _DEEPEST:
                    yield from self._block(node, depth + 1)
            else:
                loose += self._inline(node, depth + 1)
        yield from _paragraph(loose)

    def _children(self, element: Any) -> Iterator[Any]:
        if element.text:
            yield element.text
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _NO_TEXT:
                if self._is_around(child):
                    self._leave(child)
                else:
                    yield child
            if child.tail:
                yield child.tail

    def _block(self, element: Any, depth: int) -> Iterator[Node]:
        tag = element.tag
        attributes = _attributes(element)
        match tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                yield {"t": "Header", "c": [int(tag[1]), attributes, self._inlines(element, depth)]}
            case "hr":
                yield {"t": "HorizontalRule"}
            case "pre":
                yield from self._preformatted(element, attributes)
            case "ul" | "ol" | "dl":
                yield self._list(element, depth)
            case "table":
                yield from self._table(element, depth)
            case _:
                inner = list(self._blocks(element, depth))
                if tag == "blockquote":
                    inner = [{"t": "BlockQuote", "c": inner}]
                elif tag in ("figcaption", "caption"):
                    attributes[1].append("caption")
                if attributes[0] or attributes[1] or attributes[2]:
                    inner = [{"t": "Div", "c": [attributes, inner]}]
                yield from inner

    def _preformatted(self, element: Any, attributes: Any) -> Iterator[Node]:
        text = "".join(element.itertext()).strip("\n")
        if any(re.search("verse|poem|poetry|stanza", c) for c in attributes[1]):
            lines = [[{"t": "Str", "c": line}] for line in text.split("\n")]
            yield {"t": "LineBlock", "c": lines}
        else:
            yield {"t": "CodeBlock", "c": [attributes, text]}

    def _list(self, element: Any, depth: int) -> Node:
        rows: list[list[Node]] = []
        terms: list[Any] = []
        for item in element:
            if not isinstance(item.tag, str) or item.tag in _NO_TEXT:
                continue
            if element.tag == "dl" and item.tag == "dt":
                terms.append([self._inlines(item, depth), []])
            elif element.tag == "dl":
                if not terms:
                    terms.append([[], []])
                terms[-1][1].append(list(self._blocks(item, depth)))
            else:
                inner = list(self._blocks(item, depth))
                rows.append([{"t": "Div", "c": [_attributes(item), inner]}])
        if element.tag == "dl":
            return {"t": "DefinitionList", "c": terms}
        if element.tag == "ul":
            return {"t": "BulletList", "c": rows}
        start = str(element.get("start") or "1")
        return {"t": "OrderedList", "c": [[int(start) if start.isdecimal() else 1], rows]}

    def _table(self, element: Any, depth: int) -> Iterator[Node]:
        rows = [
            row
            for row in element.iter("tr")
            if next(a for a in row.iterancestors() if a.tag == "table") is element
        ]
        cells = [[c for c in row if c.tag in ("td", "th")] for row in rows]
        layout = element.get("role") == "presentation" or max(map(len, cells), default=0) < 2
        if layout or element.find(".//table") is not None:
            for row in cells:
                for cell in row:
                    yield from self._blocks(cell, depth)
            return
        caption = element.find("caption")
        head = [
            all(c.tag == "th" for c in row)
            or bool(row and row[0].getparent().getparent().tag == "thead")
            for row in cells
        ]
        read = [[list(self._blocks(c, depth)) for c in row] for row in cells]
        count = 1 if head and head[0] else 0
        inlines = [] if caption is None else self._inlines(caption, depth)
        yield {"t": "Rows", "c": [inlines, read[:count], read[count:]]}

    # -- inlines --------------------------------------------------------------------------------

    def _inlines(self, element: Any, depth: int) -> list[Node]:
        found: list[Node] = []
        for node in self._children(element):
            if isinstance(node, str):
                found.append({"t": "Str", "c": node})
            elif depth < _DEEPEST:
                found += self._inline(node, depth + 1)
        return found

    def _inline(self, element: Any, depth: int) -> list[Node]:
        tag = element.tag
        if tag == "br":
            return [{"t": "LineBreak"}]
        if tag == "wbr":
            return []
        if tag == "img":
            alternative = [{"t": "Str", "c": str(element.get("alt") or "")}]
            source = str(element.get("src") or "")
            return [{"t": "Image", "c": [["", [], []], alternative, [source, ""]]}]
        inner = self._inlines(element, depth)
        if tag == "a" and element.get("href") is not None:
            inner = [{"t": "Link", "c": [["", [], []], inner, [str(element.get("href")), ""]]}]
        elif tag in _MARKS:
            inner = [{"t": _MARKS[tag], "c": inner}]
        elif tag in ("code", "kbd", "samp", "tt"):
            inner = [{"t": "Code", "c": [["", [], []], plain_words(inner)]}]
        elif tag == "q":
            inner = [{"t": "Quoted", "c": [{"t": "DoubleQuote"}, inner]}]
        attributes = _attributes(element)
        if any(attributes):
            return [{"t": "Span", "c": [attributes, inner]}]
        return inner


def _attributes(element: Any) -> Any:
    """Return id, classes and other attributes as pandoc has them."""
    names = ("lang", "style", "role", "title", "type", "aria-label")
    values = [[n, str(element.get(n))] for n in names if element.get(n)]
    kept = [v for v in values if v[0] != "style" or "small-caps" in v[1]]
    if not any(v[0] in ("role", "type", "lang", "style") for v in kept):
        kept = []
    return [str(element.get("id") or ""), str(element.get("class") or "").split(), kept]


def _holds_blocks(element: Any) -> bool:
    return any(isinstance(e.tag, str) and e.tag in _BLOCKS for e in element.iterdescendants())


def _paragraph(inlines: list[Node]) -> Iterator[Node]:
    text = any(n["t"] != "Str" or n["c"].strip() for n in inlines)
    if text:
        yield {"t": "Para", "c": inlines}


def _words(element: Any) -> int:
    """Return the number of words in an element, scripts not counted."""
    pieces = element.xpath(".//text()[not(ancestor::script or ancestor::style)]")
    return sum(len(str(p).split()) for p in pieces)
