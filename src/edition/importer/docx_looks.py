"""DOCX: what styles, shapes and glosses say, put where pandoc reads it."""

import copy
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from edition.importer.tree_nodes import QUOTED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
CALLS = (f"{W}footnoteReference", f"{W}endnoteReference")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LOOKS = (f"{W}i", f"{W}b", f"{W}smallCaps", f"{W}strike")
_LEAST_INDENT = 360  # twentieths of a point: a quarter of an inch
_MOST_COLUMNS = 63  # of a table in Word
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
        for mark in root.iter(f"{W}dstrike"):
            mark.tag = f"{W}strike"
        for mark in list(root.iter(f"{W}rtl")):
            if mark.get(f"{W}val") in ("0", "false", "off"):
                mark.getparent().remove(mark)
        leftward = list(root.iter(f"{W}rtl"))
        if len(leftward) * 2 > sum(1 for _ in root.iter(f"{W}r")):
            for mark in leftward:  # so runs the text itself, not only another language in it
                mark.getparent().remove(mark)
        for named in root.iter(f"{W}rStyle"):
            look = named.getparent()
            styles = list(self.chain(named.get(f"{W}val")))
            for tag in _LOOKS:
                own = next((f for s in styles if (f := s.find(f"{W}rPr/{tag}")) is not None), None)
                if own is not None and look.find(tag) is None:
                    look.append(copy.deepcopy(own))
        own = [i for i in root.iterfind(f".//{W}p/{W}pPr/{W}ind") if _is_wide(i)]
        if len(own) * 2 > sum(bool(words_of(p).strip()) for p in root.iter(f"{W}p")):
            for indent in own:  # so is the text itself, not only what it quotes
                indent.getparent().remove(indent)
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
        return _is_wide(found)


def _is_wide(indent: Any) -> bool:
    left = str(indent.get(f"{W}left") or indent.get(f"{W}start"))
    return left.isdecimal() and int(left) >= _LEAST_INDENT


def words_of(paragraph: Any) -> str:
    """Return the text of a paragraph as the file has it."""
    pieces = (
        str(e.text or "") if e.tag == f"{W}t" else " "
        for e in paragraph.iter(*(W + n for n in ("t", "tab", "br", "cr", "p", "noBreakHyphen")))
        if next(e.iterancestors(_FALLBACK, f"{W}moveFrom"), None) is None
    )
    return "".join(pieces)


def run_of(text: str) -> Any:
    """Return a run of text."""
    run = etree.Element(f"{W}r")
    words = etree.SubElement(run, f"{W}t")
    words.text = text
    words.set(_SPACE, "preserve")
    return run


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def open_shapes(root: Any) -> None:
    """Put the paragraphs of text boxes after those that hold them, and glosses behind words.

    Pandoc reads a box or the paragraph that holds it, not both.
    """
    for fallback in list(root.iter(_FALLBACK)):
        if fallback.find(f".//{W}txbxContent") is not None:
            fallback.getparent().remove(fallback)  # the same words once more
    for shape in list(root.iter(*_PICTURES)):
        paragraphs = [p for box in shape.iter(f"{W}txbxContent") for p in box]
        holders = list(shape.iterancestors(f"{W}p"))
        if not paragraphs or not holders:
            continue
        for paragraph in reversed(paragraphs):
            holders[-1].addnext(paragraph)
        if not any(_local(e) in ("blip", "imagedata") for e in shape.iter()):
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


def join_paragraphs(root: Any) -> None:
    """Put a drop capital, or what is left of a paragraph whose end is deleted, before the next."""
    capitals = [f for f in root.iter(f"{W}framePr") if f.get(f"{W}dropCap", "none") != "none"]
    ends = root.iterfind(f".//{W}p/{W}pPr/{W}rPr/{W}del")
    for mark in reversed([*capitals, *ends]):
        paragraph = next(mark.iterancestors(f"{W}p"))
        after = paragraph.getnext()
        if after is None or after.tag != f"{W}p":
            continue
        place = 0 if after.find(f"{W}pPr") is None else 1
        after[place:place] = [e for e in paragraph if e.tag != f"{W}pPr"]
        paragraph.getparent().remove(paragraph)


def unwrap(root: Any) -> None:
    """Put the runs of what only wraps them in its place: pandoc drops some with their words."""
    for wrapper in list(root.iter(*(W + n for n in ("customXml", "smartTag", "dir", "bdo")))):
        for child in list(wrapper):
            if not child.tag.endswith("Pr"):
                wrapper.addprevious(child)
        wrapper.getparent().remove(wrapper)


def leave_out_contents(root: Any) -> None:
    """Remove the table of contents that Word makes: it would repeat the headings."""
    for kind in list(root.iter(f"{W}docPartGallery")):
        control = next(kind.iterancestors(f"{W}sdt"), None)
        if control is not None and kind.get(f"{W}val") == "Table of Contents":
            control.getparent().remove(control)


def part_runs(root: Any) -> None:
    """Give a picture or a call a run of its own: pandoc drops the words that share one with it."""
    for picture in list(root.iter(*_PICTURES, *CALLS)):
        run = picture.getparent()
        if run.tag != f"{W}r" or not any(e.tag in (f"{W}t", f"{W}sym") for e in run):
            continue
        look, after = run.find(f"{W}rPr"), list(picture.itersiblings())
        for parts in filter(None, (after, [picture])):
            new = etree.Element(f"{W}r")
            new.extend([copy.deepcopy(look)] if look is not None else [])
            new.extend(parts)
            run.addnext(new)


def make_even(root: Any) -> None:
    """Give the first row of each table as many columns as any has: pandoc drops what is beyond."""
    for table in root.iter(f"{W}tbl"):
        rows = [(row, row.findall(f"{W}tc")) for row in table.iter(f"{W}tr")]
        rows = [(row, cells) for row, cells in rows if cells and _table_of(row) is table]
        widths = [
            sum(_number(c.find(f"{W}tcPr/{W}gridSpan"), 1) for c in cells) for _, cells in rows
        ]
        for number, (row, cells) in enumerate(rows):
            before = row.find(f"{W}trPr/{W}gridBefore")
            widths[number] += _number(before, 0)
            for _ in range(_number(before, 0)):
                cells[0].addprevious(_empty_cell())
            if before is not None:
                before.getparent().remove(before)
        for _ in range(max(widths, default=0) - (widths or [0])[0]):
            rows[0][1][-1].addnext(_empty_cell())
        grid = table.find(f"{W}tblGrid")
        for _ in range(0 if grid is None else max(widths, default=0) - len(grid)):
            etree.SubElement(grid, f"{W}gridCol")
        for column in () if grid is None else grid:  # pandoc sees none without a width
            column.set(f"{W}w", column.get(f"{W}w") or "1000")


def _table_of(row: Any) -> Any:
    return next(row.iterancestors(f"{W}tbl"))


def _number(element: Any, usual: int) -> int:
    typed = "" if element is None else str(element.get(f"{W}val") or "")
    return min(int(typed), _MOST_COLUMNS) if typed.isdecimal() and len(typed) < 9 else usual


def _empty_cell() -> Any:
    cell = etree.Element(f"{W}tc")
    etree.SubElement(cell, f"{W}p")
    return cell
