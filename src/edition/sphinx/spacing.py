"""No-break spaces where a line must not end: between a label and its number, between initials.

The editor types plain blanks. Text in another language than English stays as typed, because
its labels are others; so do words typed as code.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx

_NO_BREAK = "\N{NO-BREAK SPACE}"
# `p. 19`, `nos. 1–2`, `vol. 26`: a label and a number; `M. A. Hart`: initials and a name.
_LABEL = re.compile(r"\b(pp?|nos?|vols?|fols?|chap|nn?|ll?)\. (?=[0-9])")
_INITIAL = re.compile(r"\b([A-Z]\.) (?=[A-Z])")


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
    return _INITIAL.sub(rf"\1{_NO_BREAK}", _LABEL.sub(rf"\1.{_NO_BREAK}", text))


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
