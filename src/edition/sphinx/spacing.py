"""Characters that are not seen: no-break spaces, and marks of direction.

No-break spaces stand where a line must not end: between a label and its number, between
initials. The editor types plain blanks. Text in another language than English gets none, because
its labels are others; words typed as code get neither.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx

from edition.sphinx.directions import RIGHT

_NO_BREAK = "\N{NO-BREAK SPACE}"
# `p. 19`, `nos. 1–2`, `vol. 26`: a label and a number; `M. Hart`, `M. A. Hart`: an initial and a
# name, initials; not the last of several and the name, a place that a narrow column may need.
_LABEL = re.compile(r"\b(pp?|nos?|vols?|fols?|chap|nn?|ll?)\. (?=[0-9])")
_INITIAL = re.compile(r"\b([A-Z]\.) (?=[A-Z]\.)|(?<![A-Z]\.[ \u00a0])\b([A-Z]\.) (?=[A-Z][^.])")


# Hebrew, Arabic and their like, from a first to a last letter with no other letter between.
_OTHERS = r"A-Za-z\u00c0-\u058f\u0900-\u1fff\u3040-\ufb1c"
_RUN = re.compile(rf"[{RIGHT}](?:[^{_OTHERS}]*[{RIGHT}])?")
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
_WRITTEN_LEFTWARDS = frozenset("ar arc ckb dv fa he iw ps sd syr ug ur yi".split())


def mark_directions(app: Sphinx, doctree: nodes.document) -> None:
    """End each run of letters that go leftwards, so that what follows it stays on its right.

    Else a closing quotation mark, a note's number or the page in a table of contents, which
    have no direction of their own, go to the run's left. A text in such a language needs none.
    """
    if (app.config.language or "en")[:3].rstrip("-_").lower() in _WRITTEN_LEFTWARDS:
        return
    for text in list(doctree.findall(nodes.Text)):
        marked = marked_text(str(text))
        if marked != text and not _as_typed(text):
            text.parent.replace(text, nodes.Text(marked))


def marked_text(text: str) -> str:
    """Return a text with a mark behind each run of letters that go leftwards."""
    return _RUN.sub(rf"\g<0>{_LEFT_TO_RIGHT}", text)


def keep_together(app: Sphinx, doctree: nodes.document) -> None:
    """Put no-break spaces into the text of a document."""
    if not str(app.config.language or "en").startswith("en"):
        return
    for text in list(doctree.findall(nodes.Text)):
        spaced = spaced_text(str(text))
        if spaced != text and not _as_typed(text):
            text.parent.replace(text, nodes.Text(spaced))


def spaced_text(text: str) -> str:
    """Return a text with its labels kept beside their numbers, and initials beside names."""
    return _INITIAL.sub(rf"\1\2{_NO_BREAK}", _LABEL.sub(rf"\1.{_NO_BREAK}", text))


def _as_typed(text: nodes.Text) -> bool:
    at: nodes.Element | None = text.parent
    while at is not None:
        if isinstance(at, nodes.literal | nodes.FixedTextElement | nodes.raw):
            return True
        classes: list[str] = at.get("classes", [])
        if any(name.startswith("language-") for name in classes):
            return True
        at = at.parent
    return False
