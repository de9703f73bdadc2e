"""The nodes that an edition adds to docutils' own."""

from docutils import nodes
from sphinx.addnodes import pending_xref


class passage(nodes.General, nodes.Element):  # noqa: N801  docutils names nodes in lower case
    """A citable unit of the text; `ids` holds its anchor, `label` what the reader sees (`p12`)."""


class quotation(nodes.General, nodes.Element):  # noqa: N801
    """A quotation set off from the text.

    Its children are paragraphs and, last, an optional `attribution`. `ids` holds its
    anchor, `label` what the reader sees (`q21`); `standoff` is true where the paragraphs
    are only the lemma of words that this edition does not reprint.
    """


class permalink(nodes.Inline, nodes.Element):  # noqa: N801
    """The number of a passage (`kind`) that is plain Markdown, a link to its own `ident`."""


class commentary(nodes.General, nodes.Element):  # noqa: N801
    """The editors' note on a passage."""


class voice(nodes.General, nodes.Element):  # noqa: N801
    """One of the voices of a passage on the website: `name` (text, brief, notes), `label`."""


class drawing(nodes.General, nodes.Element):  # noqa: N801
    """A drawing made at build time: `svg`, its `title`, and `alternative`, the same in words.

    `book` is the drawing as the book has it: where one is in parts, the whole with the first.
    """


class restatement(nodes.General, nodes.Element):  # noqa: N801
    """A passage told in the editors' words, below the text itself."""


class textual_note(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A note on the text, where it is called; it becomes a footnote of its passage."""


class part(nodes.General, nodes.Element):  # noqa: N801
    """Where a part of a book begins, by its `title`; made from a table of contents' caption."""


def cross_reference(target: str, docname: str, *words: nodes.Node) -> pending_xref:
    """Return a reference to an anchor of the edition; its words are the anchor unless given."""
    return pending_xref(
        "",
        *(words or (nodes.inline("", target),)),
        refdomain="std",
        reftype="ref",
        reftarget=target,
        refexplicit=True,
        refwarn=True,
        refdoc=docname,
    )
