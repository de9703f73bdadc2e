"""The voices of a passage on the website: the text, the brief, the notes by their calls."""

from typing import Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from edition.sphinx.nodes import commentary, passage, quotation, restatement, voice
from edition.sphinx.redirects import WEB
from edition.sphinx.translation import _

# Blocks in which a note can follow its reference.
_HOLDERS = (
    nodes.section,
    nodes.document,
    nodes.list_item,
    nodes.definition,
    nodes.Admonition,
    passage,
    commentary,
)
# Blocks that no note may interrupt, because they are read, or repeated, as one.
_WHOLES = (nodes.table, nodes.figure, nodes.block_quote, nodes.line_block, quotation, nodes.topic)

# Notes of more letters than this are below their text, in columns; beside it they would leave most
# of its column blank: of the text's letters so many times, and where no brief is there, too, ten
# lines or so more. Below a brief, notes of fewer take both columns. Measured on 71 passages without
# a brief and 72 with one at 1280, 1366, 1440 and 1920 pixels: pages are within 4 hundredths of the
# best choice for each.
_TIMES, _LETTERS, _WIDE = 2, 400, 0.8


class NotesBeside(SphinxPostTransform):
    """Moves each note to the block that first refers to it: the two are one row of the page.

    The whole note moves, so that it is complete in print and on narrow screens, where it is
    below its block. A note that nothing in the text refers to stays where it is.
    """

    default_priority = 910
    builders = WEB

    def run(self, **_keywords: Any) -> None:
        """Move the notes of a page."""
        notes = {
            ident: note for note in self.document.findall(nodes.footnote) for ident in note["ids"]
        }
        held: dict[int, nodes.container] = {}
        for reference in list(self.document.findall(nodes.footnote_reference)):
            note = notes.pop(reference.get("refid", ""), None)
            block = _block(reference)
            if note is None or block is None:
                continue
            note.parent.remove(note)
            note["classes"].append("beside")
            if id(block) not in held:
                row = nodes.container(classes=["noted"])
                block.replace_self(row)
                held[id(block)] = held[id(row)] = nodes.container(classes=["noted-notes"])
                row += [block, held[id(block)]]
            held[id(block)] += note
        for rule in list(self.document.findall(nodes.transition)):
            following = rule.next_node(descend=False, siblings=True)
            if "footnotes" in rule["classes"] and not isinstance(following, nodes.footnote):
                rule.parent.remove(rule)


def _block(reference: nodes.Node) -> nodes.Element | None:
    """Return the block after which a reference's note can follow; None within another note."""
    found: nodes.Element | None = None
    at: nodes.Node = reference
    while at.parent is not None:
        if isinstance(at, nodes.footnote | nodes.title):  # a heading stays the section's own
            return None
        if isinstance(at, _WHOLES):
            found = None
        if found is None and isinstance(at, nodes.Element) and isinstance(at.parent, _HOLDERS):
            found = at
        at = at.parent
    return found


class Voices(SphinxPostTransform):
    """Tells the voices of each passage apart: the text, the editors' brief, the notes."""

    default_priority = 920
    builders = WEB

    def run(self, **_keywords: Any) -> None:
        """Put the children of each passage under their voices, in the plain order."""
        for place in self.document.findall(passage):
            _move_notes_out(place)
            text, notes = voice(name="text", label=""), voice(name="notes", label=_("Notes"))
            brief = voice(name="brief", label=_("In brief"))
            for child in list(place.children):
                place.remove(child)
                if isinstance(child, commentary | nodes.footnote):
                    notes += child
                elif isinstance(child, restatement):
                    brief += child.children
                else:
                    text += child
            # In the order of their numbers: a commentary's own notes are behind the passage's.
            notes.children.sort(key=lambda child: isinstance(child, commentary))
            notes["room"] = _room(*map(_letters, (text, brief, notes)))
            place += [part for part in (text, brief, notes) if part.children]


def _room(text: int, brief: int, notes: int) -> str:
    """Return the room that notes need, from the letters of each voice: a class of the page."""
    if notes > _TIMES * text + (0 if brief else _LETTERS):
        return "long"
    return "wide" if brief and notes > _WIDE * text else ""


def _letters(node: nodes.Node) -> int:
    return sum(len(child) for child in node.findall(nodes.Text))


def _move_notes_out(place: passage) -> None:
    """Make the notes within a passage's text its own last children, in the order of the calls."""
    for holder in list(place.findall(nodes.container)):
        if "noted" in holder["classes"] and not _is_within(holder, commentary, place):
            *blocks, notes = holder.children
            around = holder.parent
            at = around.index(holder)
            around[at : at + 1] = blocks
            place += cast(nodes.Element, notes).children
    for note in list(place.findall(nodes.footnote)):
        if note.parent is not place and not _is_within(note, commentary, place):
            note.parent.remove(note)
            place += note


def _is_within(node: nodes.Node, kind: type[nodes.Node], end: nodes.Node) -> bool:
    while node is not end:
        if isinstance(node, kind):
            return True
        node = node.parent
    return False
