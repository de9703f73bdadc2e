"""Words in and words out: every word of a document is in its MyST, in the same order."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from edition.importer.document import Normalised, Source
from edition.importer.myst import Written
from edition.importer.tree_nodes import name_of_note, shown, walk
from edition.texts.plain_text import plain

_WORD = re.compile(r"[^\W_]+")
ACCENT = "\0"
"""Where a letter with an accent stood."""
_TYPED = re.compile(rf"[^\W\d_]{{2,}}(?:{ACCENT}[^\W\d_]*)*|[^\W\d_]*(?:{ACCENT}[^\W\d_]*)+")
_LEAST_RUN = 3
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_INLINES = frozenset(
    "Emph Strong Underline Strikeout Superscript Subscript SmallCaps Cite Link Span".split()
)
_SHOWN = 60
_MOST_COMPARED = 2000
"""Words that differ; a text of which more is lost is not compared piece by piece."""


@dataclass(frozen=True, slots=True)
class WordCount:
    """The words of a document and of its MyST, and the first place where they differ."""

    read: int
    written: int
    differs: str = ""


def count_words(
    source: Source, normal: Normalised, written: Written, left_out: Sequence[str] = ()
) -> WordCount:
    """Count the words of the document's text and of the MyST, and compare them in order.

    Words of what was left out, and is listed, are not missed.
    """
    before = _WORD.findall(" ".join(_in_order(normal)))
    after = _WORD.findall(plain(written.text, written.typed))
    listed = Counter(_LETTERS.findall(" ".join(left_out)))
    if missing := _lost(source, before) - listed:
        shown = " ".join(missing.elements())[:_SHOWN]
        return WordCount(len(before) + missing.total(), len(after), f"the document: {shown}")
    if before == after:
        return WordCount(len(before), len(after))
    # Long documents are compared from their first difference on.
    same = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    matcher = SequenceMatcher(
        None, before[same : same + 200], after[same : same + 200], autojunk=False
    )
    ops = [o for o in matcher.get_opcodes() if o[0] != "equal"]
    a, b = (ops[0][1], ops[0][2]) if ops else (0, 0)
    lost = " ".join(before[same + a : same + max(b, a + 3)])
    return WordCount(len(before), len(after), f"word {same + a + 1}: {lost[:_SHOWN]}")


def file_words(root: Any, aside: Container[str]) -> str:
    """Return the words of a file's elements; what elements in `aside` hold is no text."""
    pieces: list[str] = []
    # Imported here: the command shows its help without the extra that reads documents.
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            pieces.append(element.tail or "")
        elif element.tag in aside:
            walk.skip_subtree()
        else:
            pieces.append(element.text or "")
    return " ".join(pieces)


def with_unread(left_out: Iterable[str], words: str, tree: Sequence[Any]) -> tuple[str, ...]:
    """Return what is left out, and those of a file's words that its tree does not hold."""
    left_out = list(left_out)
    read, held = (Counter(_LETTERS.findall(text)) for text in (words, "".join(_tree_text(tree))))
    listed = Counter(_LETTERS.findall(" ".join(left_out)))
    missing = read - held - listed
    other = list(held + listed - read)
    if len(missing) < _MOST_COMPARED:
        # A word that the file divides, as a drop capital or a comment does, is held.
        joined, pieces = "\n".join(other), other[:_MOST_COMPARED]
        for word in list(missing):
            if word in joined or any(piece in word for piece in pieces):
                del missing[word]
    lost = " ".join(missing.elements())
    return (*left_out, *[f"words that were passed over: {lost}"][: int(bool(lost))])


def with_unread_runs(left_out: Sequence[str], typed: str, tree: Sequence[Any]) -> tuple[str, ...]:
    """Return what is left out, and the runs of words typed in a file that its tree does not hold.

    One word alone may be of the markup: a key, a colour, the name of a file.
    """
    raw = [node["c"][1] for node in walk(tree) if node["t"] in ("RawInline", "RawBlock")]
    held = Counter(_LETTERS.findall(" ".join(("".join(_tree_text(tree)), *raw, *left_out))))
    runs: list[list[str]] = [[]]
    for word in _TYPED.findall(typed):
        if ACCENT in word or held[word] > 0:
            held[word] -= 1
            runs += [[]] if runs[-1] else []
        else:
            runs[-1].append(word)
    lost = (" ".join(run) for run in runs if len(run) >= _LEAST_RUN)
    return (*left_out, *(f"words that were passed over: {run}" for run in lost))


def _lost(source: Source, kept: list[str]) -> Counter[str]:
    """Return the words of a document's tree that its blocks do not hold."""
    if source.tree is None:
        return Counter()
    read = _LETTERS.findall("".join(_tree_text(source.tree)))
    return Counter(read) - Counter(_LETTERS.findall(" ".join(kept)))


def _tree_text(nodes: Any) -> Iterator[str]:
    """Yield the text of a tree; what is left out and listed elsewhere is passed over."""
    stack, notes, seen = [nodes], list[Any](), set[str]()
    while stack or notes:
        node = stack.pop() if stack else notes.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, list | tuple):
            stack.extend(reversed([x for x in node if not isinstance(x, str)]))
        elif isinstance(node, dict) and "t" in node:
            kind: str = node["t"]
            content: Any = node.get("c")
            match kind:
                case "Str":
                    yield shown(content)
                case "Code" | "Math" | "CodeBlock":
                    yield content[1]
                case "Image" | "RawInline" | "RawBlock":
                    yield " " * str(content[1]).startswith("<br")
                case "Link" if content[2][0].startswith("picture:"):
                    continue
                case "Span" if {"deletion", "comment-start"} & set(content[0][1]):
                    notes.extend(n["c"] for n in walk(content[1]) if n["t"] == "Note")
                case "Table" | "Figure":  # without the short form of its caption
                    stack.extend([content[2:], {"t": "Space"}, content[1][1], {"t": "Space"}])
                case "Note":  # no word ends at its call
                    name = name_of_note(node)
                    notes += [[{"t": "Space"}, *content, {"t": "Space"}]] * (name not in seen)
                    seen |= {name} - {""}
                case "LineBlock" | "BulletList" | "DefinitionList" | "Rows":
                    parts = [x for line in content for x in (line, {"t": "Space"})]
                    stack.extend(reversed(parts))
                case "Space" | "SoftBreak" | "LineBreak":
                    yield " "
                case _:
                    inline = kind in _INLINES
                    stack.extend([content] if inline else [{"t": "Space"}, content, {"t": "Space"}])


def _in_order(normal: Normalised) -> Iterator[str]:
    for block in normal.blocks:
        leads = block.leads or [""] * len(block.items)
        rows = [a + b for a, b in zip(leads, block.items, strict=True)]
        yield "\n".join(rows) if block.items else block.text
