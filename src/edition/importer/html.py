"""Hypertext as a document tree: web pages, e-books, and what is turned into it."""

import re
from collections.abc import Iterable, Iterator
from textwrap import dedent
from typing import Any
from urllib.parse import parse_qs, urlsplit

from edition.formats.html import may_break, page_break
from edition.importer.broken_lines import paragraphs
from edition.importer.css import Styles, emphasis, is_set_in
from edition.importer.document import Source
from edition.importer.elements import spanned
from edition.importer.languages import main_language, primary
from edition.importer.linked_notes import BLOCKS, holds_blocks, is_paragraph, linked_notes
from edition.importer.listed_works import Works, citation
from edition.importer.lists import headings_within, ordered
from edition.importer.note_places import headings_of
from edition.importer.page_furniture import (
    NO_TEXT,
    is_around,
    is_boilerplate,
    main_text,
    words_within,
)
from edition.importer.tree_nodes import Node, in_grid, page_mark, plain_words, without_number
from edition.importer.verse import reads_as_verse
from edition.importer.word_count import with_unread

_TITLE = re.compile(r"(?:^| )(?:MsoTitle|title)(?: |$)")
_CODE = frozenset("code kbd samp tt".split())
_COMMENT = re.compile(r"#?_?(?:cmnt|msocom|msoanchor)")
_SIDE_NOTE = re.compile(r"(?:^| )(?:sidenote|marginnote)(?: |$)")
_OWN_LOOK = re.compile(r"verse|poem|poetry|stanza|caption|foot|endnote|list|bibl", re.IGNORECASE)


def read_html(
    root: Any,
    styles: Styles | None = None,
    *,
    page: bool = False,
    works: Works | None = None,
    words: str = "",
    left_out: Iterable[str] = (),
    **given: Any,
) -> Source:
    """Read a text that is hypertext, or was made it; `given` is what else its source has.

    Of a `page` of the web, the text alone is read. `works` are those that links with a key refer
    to, `words` those of the whole file: what is not read is listed.
    """
    body = next(root.iterchildren("body"), root)
    reader = _Reader(body, styles or Styles(), page=page)
    reader.language = primary(str(root.get("lang") or "")) or reader.language
    reader.works = works or {}
    tree = reader.tree()
    missing = with_unread(filter(None, (*left_out, *reader.left_out)), words, tree)
    return Source(tree=tree, left_out=missing, **given)


class _Reader:
    def __init__(self, body: Any, styles: Styles, *, page: bool) -> None:
        self.body = body
        self.page = page
        self.styles = styles
        self.left_out: list[str] = []
        self.works: Works = {}
        self.language = main_language(body)
        self.notes = linked_notes(body)
        self.held = set(self.notes.values())
        self.headings = set(headings_of(self.held, body))
        self.read: set[str] = set()
        self.waiting: list[tuple[Any, list[Node]]] = []
        self.words = words_within(body) if page else 0
        paragraphs = [is_set_in(styles.look(p)) for p in body.iter("p", "div") if is_paragraph(p)]
        self.sets_in = 0 < sum(paragraphs) * 2 < len(paragraphs)

    def tree(self) -> list[Node]:
        """Return the blocks of the text; of the whole page, if no part says it is it."""
        main = main_text(self.body, self.words) if self.page else self.body
        at = main
        while at is not self.body:
            for other in (*at.itersiblings(preceding=True), *at.itersiblings()):
                self._leave(other)
            at = at.getparent()
        tree = list(self._blocks(main))
        for note, body in self.waiting:  # grows by the notes that are called in notes
            body += without_number(list(self._blocks(note)))
        return tree

    def _leave(self, element: Any) -> None:
        """List what is left out."""
        if element.tag not in NO_TEXT:
            self.left_out.append(" ".join(" ".join(element.itertext()).split()))

    def _is_left_out(self, element: Any) -> bool:
        if element in self.held:
            return False
        return (
            element in self.headings
            or is_boilerplate(element)
            or (self.page and is_around(element, self.words))
        )

    # -- blocks ---------------------------------------------------------------------------------

    def _blocks(self, element: Any) -> Iterator[Node]:
        """Yield the blocks within an element; text between them becomes paragraphs."""
        loose: list[Node] = []
        for node in self._children(element):
            if not isinstance(node, str) and (node.tag in BLOCKS or holds_blocks(node)):
                yield from paragraphs(loose)
                loose = []
                yield from self._block(node)
            else:
                loose += self._inline(node)
        yield from paragraphs(loose)

    def _children(self, element: Any) -> Iterator[Any]:
        if element.text:
            yield element.text
        for child in element:
            if child.tag not in NO_TEXT:
                if child.tag != "hr" and self._is_left_out(child):
                    self._leave(child)
                elif child not in self.held:
                    yield child
            if child.tail:
                yield child.tail

    def _block(self, element: Any) -> Iterator[Node]:
        tag, attributes = element.tag, self._attributes(element)
        match tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                yield {"t": "Header", "c": [int(tag[1]), attributes, self._inlines(element)]}
            case "hr":
                breaks = "always" in str(self.styles.look(element).get("page-break-before"))
                yield {"t": "Para", "c": [page_mark("")]} if breaks else {"t": "HorizontalRule"}
            case "pre":
                yield from self._preformatted(element, attributes)
            case "ul" | "ol" | "dl":
                found = self._list(element)
                inside = headings_within(found)
                yield from [found] if inside is None else inside
            case "table":
                yield from self._table(element)
            case "p" if _TITLE.search(" ".join(attributes[1])) and self.body.find(".//h1") is None:
                yield {"t": "Header", "c": [1, attributes, self._inlines(element)]}
            case _:
                mark = self._page_break(element)
                inner = list(self._blocks(element)) if mark is None else paragraphs([mark])
                yield from self._wrapped(element, list(inner), attributes)

    def _wrapped(self, element: Any, inner: list[Node], attributes: Any) -> Iterator[Node]:
        """Yield the blocks of an element, with what it and its look say that they are."""
        named = " ".join(attributes[1])
        set_in = self.sets_in and is_paragraph(element) and is_set_in(self.styles.look(element))
        if element.tag == "blockquote":
            inner = [{"t": "BlockQuote", "c": inner}]
        elif set_in and not _OWN_LOOK.search(named):
            attributes[1].append("quote")
        elif element.tag in ("figcaption", "caption"):
            attributes[1].append("caption")
        yield from [{"t": "Div", "c": [attributes, inner]}] if any(attributes) else inner

    def _preformatted(self, element: Any, attributes: Any) -> Iterator[Node]:
        text = "".join(element.itertext()).strip("\n")
        named = re.search("verse|poem|poetry|stanza", " ".join(attributes[1]))
        if named or (element.find(".//code") is None and reads_as_verse(text)):
            set_in = re.sub(r"(?m)^ +", lambda m: "\u00a0" * len(m[0]), dedent(text)).split("\n")
            lines = [[{"t": "Str", "c": line}] * bool(line.strip()) for line in set_in]
            yield {"t": "LineBlock", "c": lines}
        else:
            yield {"t": "CodeBlock", "c": [attributes, text]}

    def _list(self, element: Any) -> Node:
        rows: list[list[Node]] = []
        terms: list[Any] = []
        children = [c for c in self._children(element) if not isinstance(c, str)]
        if element.tag == "dl":  # a division may hold a term and its meaning
            children = [x for c in children for x in (c if c.tag == "div" else [c])]
        for item in children:
            if element.tag == "dl" and item.tag == "dt":
                terms.append([self._inlines(item), []])
            elif element.tag == "dl":
                if not terms:
                    terms.append([[], []])
                terms[-1][1].append(list(self._blocks(item)))
            else:
                inner = list(self._blocks(item) if item.tag == "li" else self._block(item))
                rows.append([{"t": "Div", "c": [self._attributes(item), inner]}])
        if element.tag == "dl":
            alone = all(not term for term, _ in terms)  # set in, and no list
            inner = [b for _, rows in terms for row in rows for b in row]
            return {"t": "BlockQuote", "c": inner} if alone else {"t": "DefinitionList", "c": terms}
        if element.tag == "ul":
            return {"t": "BulletList", "c": rows}
        kind = self.styles.look(element).get("list-style-type") or element.get("type")
        first = element.get("start") or (children and children[0].get("value"))
        return ordered(rows, str(first or ""), str(kind or ""))

    def _table(self, element: Any) -> Iterator[Node]:
        rows = [
            row
            for row in element.iter("tr")
            if next(a for a in row.iterancestors() if a.tag == "table") is element
        ]
        cells = [[c for c in row if c.tag in ("td", "th")] for row in rows]
        layout = element.get("role") == "presentation" or max(map(len, cells), default=0) < 2
        caption = element.find("caption")
        if layout or element.find(".//table") is not None:
            yield from [] if caption is None else self._block(caption)
            for row in cells:
                for cell in row:
                    yield from self._blocks(cell)
            return
        read = in_grid([[self._cell(c) for c in row] for row in cells])
        first = cells[0]
        count = int(all(c.tag == "th" for c in first) or rows[0].getparent().tag == "thead")
        inlines = [] if caption is None else self._inlines(caption)
        yield {"t": "Rows", "c": [inlines, read[:count], read[count:]]}

    def _cell(self, cell: Any) -> tuple[list[Node], int, int]:
        return list(self._blocks(cell)), spanned(cell, "rowspan"), spanned(cell, "colspan")

    # -- inlines --------------------------------------------------------------------------------

    def _inlines(self, element: Any) -> list[Node]:
        return [inline for node in self._children(element) for inline in self._inline(node)]

    def _inline(self, element: Any) -> list[Node]:
        if isinstance(element, str):
            return [{"t": "Str", "c": element}]
        tag, look = element.tag, self.styles.look(element)
        if tag == "br":
            breaks = look.get("page-break-before") == "always"
            return [page_mark("")] if breaks else [{"t": "LineBreak"}]
        if tag == "img":
            alternative = [{"t": "Str", "c": str(element.get("alt") or "")}]
            source = str(element.get("src") or "")
            return [{"t": "Image", "c": [["", [], []], alternative, [source, ""]]}]
        if tag == "note" or _SIDE_NOTE.search(str(element.get("class"))):
            return [{"t": "Note", "c": list(self._blocks(element))}]
        if (mark := self._page_break(element)) is not None:
            return [mark]
        if holds_blocks(element):
            inner = [
                x
                for b in self._blocks(element)
                for x in (b["c"] if b["t"] == "Para" else [{"t": "Str", "c": plain_words(b)}])
            ]
        else:
            inner = self._inlines(element)
        attributes = self._attributes(element)
        capitals = [c for c in attributes[1] if re.search(r"small-?caps|^smcap$|^sc$", c)]
        attributes[1] = [c for c in attributes[1] if c not in capitals]
        name = "small-caps" if capitals else tag
        if tag == "a" and element.get("href") is not None:
            inner, name = self._link(element, inner), tag
        elif tag in _CODE:
            inner = [{"t": "Code", "c": [["", [], []], plain_words(inner)]}]
        elif tag == "q":
            inner = [{"t": "Quoted", "c": [{"t": "DoubleQuote"}, inner]}]
        link = {"Underline"} if name == "a" else set()  # the look of every link
        for kind in sorted({*emphasis(tag, look), *emphasis(name, {})} - link):
            inner = [{"t": kind, "c": inner}]
        return [{"t": "Span", "c": [attributes, inner]}] if any(attributes) else inner

    def _link(self, element: Any, inner: list[Node]) -> list[Node]:
        target = str(element.get("href"))
        if element.get("data-key"):
            return [citation(element, inner, self.works)]
        if number := element.get("data-field"):
            return [{"t": "Field", "c": [int(number), inner]}]
        if _COMMENT.match(target):
            return [{"t": "Span", "c": [["", ["comment-start"], []], []]}]
        if (note := self.notes.get(target[1:])) is not None and target.startswith("#"):
            again = target in self.read
            self.read.add(target)
            body: list[Node] = []
            self.waiting += [] if again else [(note, body)]
            return [{"t": "Note", "c": body, "id": target}]
        if target.startswith("https://www.google.com/url?"):
            target = parse_qs(urlsplit(target).query).get("q", [target])[0]
        return [{"t": "Link", "c": [["", [], []], inner, [target, ""]]}]

    def _page_break(self, element: Any) -> Node | None:
        """Return the mark of a page of the print, if an element is one."""
        given = {str(k): str(v) for k, v in element.attrib.items()}
        if not may_break(element.tag, given):
            return None
        named = [str(e.get("id")) for e in element.iter() if e.get("id")]
        found = page_break(given, "".join(element.itertext()), (named or [""])[-1])
        return None if found is None else page_mark(found.label or "")

    def _attributes(self, element: Any) -> Any:
        """Return classes and language as pandoc has them."""
        classes = f"{element.get('class') or ''} {element.get('type') or ''}".split()
        code = str(element.get("lang") or "")
        return ["", classes, [["lang", code]] * bool(code and primary(code) != self.language)]
