"""Text with markup as docutils nodes."""

import re
from dataclasses import replace
from itertools import groupby

from docutils import nodes

from edition.bibliography.markup import Rich, Run, rich, text_of, typographic
from edition.sphinx.citations.terms import localized, stops_after_marks
from edition.sphinx.directions import FROM_RIGHT, ISOLATE, POP, RIGHT

_NODES: dict[str, type[nodes.TextElement]] = {
    "italic": nodes.emphasis,
    "bold": nodes.strong,
    "sup": nodes.superscript,
    "sub": nodes.subscript,
    "code": nodes.literal,
    "smallcaps": nodes.inline,
}


_LETTER = re.compile(r"[^\W\d_]")
# What parts the elements of an entry, whose order is that of the edition's language.
_PARTING = re.compile(rf"(?:(?<=[{RIGHT}])|\A)[,.:;)”’]+(?=\s|\Z)")


def as_nodes(text: Rich, *, links: bool = True, from_right: bool = False) -> list[nodes.Node]:
    """Return the nodes of a text, without its links where there can be none.

    `from_right` says that the text stands within one that is read from the right.
    """
    found: list[nodes.Node] = []
    typeset = _directed(stops_after_marks(typographic(text)), from_right=from_right)
    for language, runs in groupby(typeset, key=lambda run: run.language):
        inner = [_node(run, links=links) for run in runs]
        if language:
            inner = [nodes.inline("", "", *inner, classes=[f"language-{language}"])]
        found += inner
    return found


def _directed(text: Rich, *, from_right: bool) -> Rich:
    """Return a text with the signs that keep its order beside words of the other direction."""
    whole = text_of(text)
    if from_right:
        first = _LETTER.search(whole)
        if first is None or FROM_RIGHT.match(first[0]):
            return text
        right = FROM_RIGHT.search(whole)  # such as the label of a locator
        end = len(whole[: right.start()].rstrip(" ,\xa0")) if right else len(whole)
        return rich(ISOLATE, _cut(text, 0, end), POP, _cut(text, end))
    if not FROM_RIGHT.search(whole):
        return text
    runs, before = list[Run](), ""
    for run in text:
        mark = "\N{LEFT-TO-RIGHT MARK}"
        parts = _PARTING.sub(rf"\g<0>{mark}", run.text) if run.text else ""
        follows = FROM_RIGHT.match(before[-1:])
        if not follows and parts.startswith(tuple(",.:;)”’")):
            parts = parts.replace(mark, "", 1)
        runs.append(replace(run, text=parts))
        before = run.text
    return tuple(runs)


def _cut(text: Rich, start: int, end: int | None = None) -> Rich:
    """Return the characters of a text between two offsets, with their markup."""
    characters = [replace(run, text=letter) for run in text for letter in run.text]
    return rich(tuple(characters[start:end]))


def _node(run: Run, *, links: bool) -> nodes.Node:
    node: nodes.Node = nodes.Text(localized(run.text, run.language))
    for style in sorted(run.styles):
        outer = _NODES[style]("", "", node)
        if style == "smallcaps":
            outer["classes"].append("smallcaps")
        node = outer
    if run.link and links:
        node = nodes.reference("", "", node, refuri=run.link, internal=False)
    return node
