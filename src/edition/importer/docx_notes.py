"""DOCX: signs for what pandoc passes over in notes: their lists, and marks of their own."""

import re
from collections import Counter
from typing import Any

from edition.importer.docx_looks import CALLS, Styles, W, run_of, words_of
from edition.importer.tree_nodes import ITEM, OWN_SIGN

_SIGN = re.compile(r"[^\s.,;:!?)“”\"’]{1,3}\Z|[^\w\s.,;:!?()“”\"’'»«-]{1,3}")
_COUNTING = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


def sign_marks(root: Any) -> None:
    """Put the mark that an author gave a note, such as `*`, into a sign before its call."""
    for call in list(root.iter(*CALLS)):
        if call.get(f"{W}customMarkFollows", "0") in ("0", "false", "off"):
            continue
        run = call.getparent()
        after = next((r for r in run.itersiblings() if r.tag == f"{W}r"), ())
        texts = [e for e in after if e.tag in (f"{W}t", f"{W}sym")]
        sign = ""
        if texts and texts[0].tag == f"{W}sym":
            code = int(texts[0].get(f"{W}char") or "2A", 16) & 0xFF  # in a font of symbols
            sign = chr(code) if chr(code).isprintable() else "*"
            texts[0].getparent().remove(texts[0])
        elif texts and (found := _SIGN.match(texts[0].text or "")):
            sign = found[0]
            texts[0].text = str(texts[0].text)[found.end() :]
        run.addprevious(run_of(f"{OWN_SIGN}{sign}{OWN_SIGN}"))


class Numbering:
    """The lists of a document: how each level of them counts."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.styles = styles
        found = () if root is None else root.iter(f"{W}num")
        self.kinds = {n.get(f"{W}numId"): _value(n, "abstractNumId") for n in found}
        found = () if root is None else root.iter(f"{W}abstractNum")
        self.levels = {
            (a.get(f"{W}abstractNumId"), level.get(f"{W}ilvl")): level
            for a in found
            for level in a.iter(f"{W}lvl")
        }

    def sign_items(self, root: Any) -> None:
        """Put a sign before each item of a list in notes: its level, number and counting."""
        counts = Counter[tuple[str, int]]()
        for paragraph in root.iter(f"{W}p"):
            name, depth = self._listed(paragraph)
            level = self.levels.get((self.kinds.get(name), depth))
            if level is None or not words_of(paragraph).strip():
                continue
            at = int(depth)
            for key in [k for k in counts if k[0] == name and k[1] > at]:
                del counts[key]
            counts[name, at] += 1
            shown = _value(level, "numFmt") if _value(level, "lvlText") else "none"
            kind = ""
            if shown not in ("bullet", "none"):
                kind = re.sub(r"%\d", _COUNTING.get(shown, "1"), _value(level, "lvlText"))
            start = _value(level, "start")
            number = counts[name, at] - 1 + (int(start) if start.isdecimal() else 1)
            sign = run_of(f"{ITEM}{at}:{number}:{kind}{ITEM}")
            paragraph.insert(int(paragraph.find(f"{W}pPr") is not None), sign)

    def _listed(self, paragraph: Any) -> tuple[str, str]:
        """Return the list of a paragraph, by itself or by its style, and its depth there."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        own = [paragraph.find(f"{W}pPr")]
        if style is not None:
            own += [s.find(f"{W}pPr") for s in self.styles.chain(style.get(f"{W}val"))]
        found = (p.find(f"{W}numPr") for p in own if p is not None)
        numbered: Any = next((n for n in found if n is not None), None)
        if numbered is None:
            return "", ""
        return _value(numbered, "numId"), _value(numbered, "ilvl") or "0"


def _value(element: Any, name: str) -> str:
    """Return the value of an element's child; empty where it has none."""
    child = element.find(W + name)
    return "" if child is None else str(child.get(f"{W}val") or "")
