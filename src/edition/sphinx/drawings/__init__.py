"""Drawings of an edition: `{timeline}` draws its events, `{quoted-works}` the works quoted."""

from collections.abc import Sequence
from itertools import zip_longest
from math import inf

from docutils import nodes
from sphinx.addnodes import only
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from edition.bibliography import plain
from edition.indexes.calendar import DateWords, format_span
from edition.model import Work
from edition.sphinx.drawings.quoted_works import draw_quoted_works
from edition.sphinx.drawings.svg import BOOK, LARGE_PRINT, Drawing, Sheet
from edition.sphinx.drawings.timeline import Dated, draw_timeline
from edition.sphinx.indexes import date_of, depend_on_everything
from edition.sphinx.nodes import cross_reference, drawing
from edition.sphinx.project import edition_of
from edition.sphinx.translation import date_words


class TimelineDirective(SphinxDirective):
    """The events of the edition, drawn."""

    def run(self) -> list[nodes.Node]:
        """Draw them in as many parts as pages need."""
        depend_on_everything(self)
        entries = edition_of(self.config).entries
        dated = [(date_of(entry), entry.name.replace("*", ""), entry.id) for entry in entries]
        events = [(span, name, ident) for span, name, ident in dated if span is not None]
        words = date_words(self.config.language)
        parts = draw_timeline(events, words)
        whole = draw_timeline(events, words, lines=inf, sheet=_sheet(self))
        listed = [_events_as_list(self, events, words)] if events else []
        return [*(_node(self, *drawn) for drawn in zip_longest(parts, whole)), *listed]


def _events_as_list(
    directive: SphinxDirective, events: Sequence[Dated], words: DateWords | None
) -> only:
    """Return the events as a list of links for an e-book, which shows a drawing without links."""
    rows = nodes.bullet_list(classes=["timeline"])
    typed = {entry.id: entry.name for entry in edition_of(directive.config).entries}
    for span, _name, ident in sorted(events, key=lambda event: event[0].sort_key):
        name = nodes.inline("", "", *directive.parse_inline(typed[ident])[0])
        link = cross_reference(ident, directive.env.docname, name)
        link["reftype"] = "keyword"  # keeps the italics of a title; "ref" makes its words plain
        when = nodes.inline("", format_span(span, words), classes=["dates"])
        rows += nodes.list_item("", nodes.paragraph("", "", link, nodes.Text(" "), when))
    directive.set_source_info(rows)
    return only("", rows, expr="epub")


class QuotedWorksDirective(SphinxDirective):
    """The works quoted along the passages, drawn."""

    def run(self) -> list[nodes.Node]:
        """Draw one mark a quotation, rows in the bibliography's order; nothing where none is."""
        depend_on_everything(self)
        edition = edition_of(self.config)
        names = {key: _name(work) for key, work in edition.bibliography.works.items()}
        drawn = draw_quoted_works(edition, names)
        book = draw_quoted_works(edition, names, _sheet(self))
        return [_node(self, drawn, book)] if drawn else []


def _sheet(directive: SphinxDirective) -> Sheet:
    return LARGE_PRINT if directive.config.edition_pdf_large_print else BOOK


def _name(work: Work) -> str:
    people = work.get("author") or work.get("editor") or ""
    first = plain(people.partition(" and ")[0]).partition(",")[0]
    title = plain(work.get("shorttitle") or work.get("title") or work.key)
    return f"{first}, {title}" if first else title


def _node(directive: SphinxDirective, drawn: Drawing, book: Drawing | None) -> drawing:
    node = drawing(svg=drawn.svg, title=drawn.title, alternative=drawn.alternative, book=book)
    directive.set_source_info(node)
    return node


def setup(app: Sphinx) -> None:
    """Register the two directives."""
    app.add_directive("timeline", TimelineDirective)
    app.add_directive("quoted-works", QuotedWorksDirective)
