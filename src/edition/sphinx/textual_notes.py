"""Notes on the text: `sic`, `lem`, `supplied`, `lacuna` and `textnote`.

They become footnotes of their passage: at the foot of the page in the PDF, in the margin in HTML,
linked in the EPUB.
"""

from collections.abc import Iterator
from itertools import count, product
from string import ascii_lowercase

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from edition.sphinx.nodes import passage, textual_note
from edition.sphinx.translation import _
from edition.texts.plain_text import lemma_of

ROLES = ("sic", "lem", "supplied", "lacuna", "textnote")


class TextualRole(SphinxRole):
    """A note on the text: ``{sic}`plebian <plebeian>` ``.

    `sic` keeps the word and says what to read, `lem` gives other readings, `supplied`
    adds words that are lost, `lacuna` marks where they are, `textnote` is a remark.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the words in the text, then the note."""
        lemma, said = lemma_of(self.text)
        note = textual_note()
        shown = {"lacuna": "[…]", "supplied": f"⟨{lemma}⟩", "textnote": ""}.get(self.name, lemma)
        tail = {
            "sic": _("sic; read %s") % said if said else "sic",
            "lacuna": _("Lacuna: %s") % lemma if lemma else _("Lacuna."),
            "supplied": _("supplied: %s") % said if said else _("supplied"),
        }.get(self.name, said)
        if lemma and self.name != "lacuna":
            note += [nodes.inline("", lemma, classes=["lemma-word"]), nodes.Text("] ")]
        note += nodes.Text(tail if tail.endswith((".", "!", "?")) else f"{tail}.")
        words = nodes.inline("", shown, classes=["textual", self.name])
        return ([words, note] if shown else [note]), []


def set_notes(app: Sphinx, doctree: nodes.document) -> None:
    """Make footnotes of a document's textual notes, lettered within each passage."""
    by_home: dict[nodes.Element, list[textual_note]] = {}
    for note in list(doctree.findall(textual_note)):
        by_home.setdefault(_home(note), []).append(note)
    for number, (home, notes) in enumerate(by_home.items(), 1):
        for letter, note in zip(_letters(), notes, strict=False):
            ident = f"note-{_name(home) or number}-{letter}"
            reference = nodes.footnote_reference(
                "", letter, ids=[f"{ident}-at"], refid=ident, classes=["textual-mark"], auto=0
            )
            reference["docname"] = app.env.docname
            note.replace_self(reference)
            body = nodes.paragraph("", "", *note.children)
            home += nodes.footnote(
                "",
                nodes.label("", letter),
                body,
                ids=[ident],
                backrefs=[f"{ident}-at"],
                docname=app.env.docname,
                classes=["textual-note"],
                place=_name(home),
            )


def _home(note: nodes.Node) -> nodes.Element:
    """Return the block that a note ends: its passage's text, its passage or its section."""
    at = note.parent
    while at is not None:
        if isinstance(at, nodes.container) and "passage-text" in at["classes"]:
            return at
        if isinstance(at, passage | nodes.section | nodes.document):
            return at
        at = at.parent
    raise ValueError("a node outside of a document")


def _name(home: nodes.Element) -> str:
    at: nodes.Element | None = home
    while at is not None and not at.get("ids"):
        at = at.parent
    return str(at["ids"][-1]) if at is not None else ""


def _letters() -> Iterator[str]:
    """Yield a to z, then aa, ab and so on."""
    return ("".join(each) for size in count(1) for each in product(ascii_lowercase, repeat=size))


def setup(app: Sphinx) -> None:
    """Register the roles, and make footnotes of their notes."""
    for name in ROLES:
        app.add_role(name, TextualRole())
    app.connect("doctree-read", set_notes, priority=300)
