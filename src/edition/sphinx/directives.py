"""The directives an editor types: passage, quotation, verse, commentary."""

import re
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from edition.bibliography import names
from edition.locator import LocatorError, format_locator, parse
from edition.model import EntryKind, Work
from edition.sphinx.indexes import index_for
from edition.sphinx.nodes import commentary, passage, quotation
from edition.sphinx.options import option_spec
from edition.sphinx.project import edition_of
from edition.sphinx.text import anchor_before, is_in_text, pointer, with_text
from edition.sphinx.translation import _

_LABEL = re.compile(r"\b(?:pp?|vol)\.")
_NO_MARKUP = str.maketrans("{}`\n", "()’ ")  # within a role


class PassageDirective(SphinxDirective):
    """A passage of the text: `(p12)=` is on the line before it."""

    has_content = True
    option_spec: ClassVar[OptionSpec] = option_spec("passage")

    def run(self) -> list[nodes.Node]:
        """Parse the body into a passage node."""
        node = passage(classes=self.options.get("class", []))
        self.set_source_info(node)
        node += with_text(self, self.parse_content_to_nodes())
        if "name" in self.options:
            self.add_name(node)
        return [node]


class CommentaryDirective(SphinxDirective):
    """The editors' note on the passage that holds it."""

    has_content = True
    option_spec: ClassVar[OptionSpec] = option_spec("commentary")

    def run(self) -> list[nodes.Node]:
        """Parse the body into a commentary node."""
        node = commentary(classes=self.options.get("class", []))
        self.set_source_info(node)
        node += self.parse_content_to_nodes()
        if "name" in self.options:
            self.add_name(node)
        return [node]


class QuotationDirective(SphinxDirective):
    """A quotation from a work of the bibliography, whose key is the argument.

    The body, if any, is the text quoted; without one the lemma replaces it.
    """

    has_content = True
    optional_arguments = 1
    option_spec: ClassVar[OptionSpec] = option_spec("quotation")

    def run(self) -> list[nodes.Node]:
        """Build the quotation node: its paragraphs, then the attribution."""
        node = quotation(classes=self.options.get("class", []))
        self.set_source_info(node)
        if any(line.strip() for line in self.content):
            node += self.parse_content_to_nodes()
        elif is_in_text(self, name := anchor_before(self)):
            return [pointer(self, name)]
        else:
            node["standoff"] = True
            node += self._lemma()
        self._add_source(node)
        return [node]

    def _add_source(self, node: nodes.Element) -> None:
        """Add the attribution and the anchor, and whom the index names as the speaker."""
        if self.arguments:
            node += self._attribution(self.arguments[0])
        speaker = index_for(self.config).find(EntryKind.PERSON, self.options.get("speaker", ""))
        if speaker is not None:
            node["named"] = speaker.id
        if "name" in self.options:
            self.add_name(node)

    def _lemma(self) -> nodes.paragraph:
        ends = (self.options.get("opening", ""), self.options.get("closing", ""))
        lemma = " … ".join(end.strip() for end in ends if end.strip())
        paragraph = nodes.paragraph(classes=["lemma"])
        paragraph += nodes.Text(_("“%s”") % lemma if lemma else "…")
        return paragraph

    def _attribution(self, key: str) -> nodes.attribution:
        speaker = self.options.get("speaker", "").strip()
        works = edition_of(self.config).bibliography.works
        said = _("%s, in ") % speaker if speaker and not _is_author(speaker, works.get(key)) else ""
        locator = self._locator()
        key = key.translate(_NO_MARKUP)
        target = f"{key}{{{locator}}}" if locator else key
        attribution = nodes.attribution()
        # The speaker is a name, not markup.
        parsed, messages = self.parse_inline(f"{{cite:t}}`{target}`", lineno=self.lineno)
        parsed = [nodes.Text(said), *parsed] if said else parsed
        attribution += parsed
        attribution += messages
        return attribution

    def _locator(self) -> str:
        """Return volume and page in the normal form; as typed where the form cannot be told."""
        volume = self.options.get("volume", "").strip()
        page = self.options.get("page", "").strip()
        lines = self.options.get("lines", "").strip()
        parts = (f"vol. {volume}" if volume else "", page, f"ll. {lines}" if lines else "")
        typed = ", ".join(filter(None, parts))
        try:
            return _LABEL.sub(lambda label: _(label[0]), format_locator(parse(typed)))
        except LocatorError:
            return typed.translate(_NO_MARKUP)


class VerseDirective(QuotationDirective):
    """Verse: a line of the body is one of the poem, a blank line ends a stanza.

    With a work as its argument it is a quotation; without one it is part of the text.

    An indent of two blanks is one step. Every fifth line has its number; `:lines:` gives the
    numbers of the first and last line in the poem, which become the locator.
    """

    option_spec: ClassVar[OptionSpec] = option_spec("verse")

    def run(self) -> list[nodes.Node]:
        """Build the quotation node: the lines, then the attribution."""
        node: nodes.Element = quotation() if self.arguments else nodes.container()
        node["classes"] = ["verse", *self.options.get("class", [])]
        self.set_source_info(node)
        node += self._lines()
        self._add_source(node)
        return [node]

    def _lines(self) -> nodes.line_block:
        block = nodes.line_block()
        first = re.match(r"\s*(\d+)", self.options.get("lines", ""))
        number = int(first[1]) - 1 if first else 0
        typed = [line.expandtabs(2) for line in self.content]
        for offset, text in enumerate(typed):
            line = nodes.line()
            if text.strip():
                number += 1
                depth = (len(text) - len(text.lstrip())) // 2
                parsed, messages = self.parse_inline(
                    text.strip(), lineno=self.content_offset + offset + 1
                )
                line += [*parsed, *messages]
                if number % 5 == 0:
                    line += nodes.inline("", f" {number}", classes=["line-number"])
            else:
                depth = 0
            _block_at(block, depth).append(line)
        return block


def _block_at(block: nodes.line_block, depth: int) -> nodes.line_block:
    """Return the block of lines with this many indents that is open at the end of a block."""
    for _step in range(depth):
        last = block[-1] if len(block) else None
        if not isinstance(last, nodes.line_block):
            last = nodes.line_block()
            block += last
        block = last
    return block


def _is_author(speaker: str, work: Work | None) -> bool:
    """Return whether the speaker is an author of the work that the citation will name anyway."""
    author = work.get("author") if work else None
    return author is not None and any(speaker.endswith(name) for name in names(author))
