"""`{quotation-register}`: every quotation of the edition, by work, with what is known of it."""

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from edition.sphinx.nodes import cross_reference, quotation
from edition.sphinx.passport import MARKS, Passport, bar_html, mark_html, passports
from edition.sphinx.project import edition_of, project_of
from edition.sphinx.redirects import WEB
from edition.sphinx.translation import _
from edition.verify.ledger import LEDGER, Entry, LedgerError, read_ledger

logger = logging.getLogger(__name__)

COLUMNS = (
    ("No.", 12),
    ("Passage", 10),
    ("Words", 30),
    ("Speaker", 16),
    ("Page", 14),
    ("State", 18),
)

_passports: WeakKeyDictionary[Config, dict[str, Passport]] = WeakKeyDictionary()


def passports_of(config: Config) -> dict[str, Passport]:
    """Return the passports of the build's edition by the quotations' ids, made once."""
    if config not in _passports:
        ledger: dict[str, Entry] = {}
        try:
            ledger = read_ledger(project_of(config).root / LEDGER)
        except LedgerError as error:
            logger.warning("%s: the register shows no verdicts", error)
        made = passports(edition_of(config), ledger)
        _passports[config] = {passport.id: passport for passport in made}
    return _passports[config]


class QuotationRegister(SphinxDirective):
    """A table of all quotations that have an anchor, by work, in the bibliography's order."""

    def run(self) -> list[nodes.Node]:
        """Build the table from the loaded edition, not from the doctrees; of nothing, a word."""
        project = project_of(self.config)
        for file in (*project.sources, *project.bibliography, project.root / LEDGER):
            self.env.note_dependency(str(file))
        by_work = self._by_work()
        if not by_work:
            return [nodes.paragraph(text=_("No quotation has a number yet."))]
        table = nodes.table(classes=["quotation-register", "sortable", "colwidths-given"])
        group = nodes.tgroup(cols=len(COLUMNS))
        group += [nodes.colspec(colwidth=width) for _title, width in COLUMNS]
        group += nodes.thead("", _row([[nodes.Text(_(title))] for title, _width in COLUMNS]))
        body = nodes.tbody()
        for key, held in by_work:
            head = self.parse_inline(f"{{cite:t}}`{key}`")[0] if key else [nodes.Text(_("No work"))]
            cell = nodes.entry("", nodes.paragraph("", "", *head), morecols=len(COLUMNS) - 1)
            body += nodes.row("", cell, classes=["group"])
            for passport in held:
                body += self._row_of(passport)
        group += body
        table += group
        self.set_source_info(table)
        return [table]

    def _by_work(self) -> list[tuple[str, list[Passport]]]:
        """Return the quotations of each work, works in the order of their first quotation."""
        by_work: dict[str, list[Passport]] = {}
        for passport in passports_of(self.config).values():
            by_work.setdefault(passport.key, []).append(passport)
        return list(by_work.items())

    def _row_of(self, passport: Passport) -> nodes.row:
        here = self.env.docname
        words = _("“%s”") % passport.lemma if passport.lemma else ""
        page = nodes.inline("", passport.cited, classes=["cited-page"])
        page["passport"] = passport.id
        mark = nodes.inline("", MARKS[passport.mark], classes=["mark", f"mark-{passport.mark}"])
        number: list[nodes.Node] = [mark, nodes.Text("\N{NO-BREAK SPACE}")]
        number.append(cross_reference(passport.id, here))
        return _row(
            [
                number,
                _passage(passport.passage, here),
                [nodes.Text(words)],
                [nodes.Text(passport.speaker)],
                [page],
                [nodes.Text(passport.state)],
            ]
        )


class PageBars(SphinxPostTransform):
    """Draws, on the website, the marks of quotations and the bars of pages in the register."""

    default_priority = 905
    builders = WEB

    def run(self, **_keywords: Any) -> None:
        """Put the bar after the cited page, and the mark where only the eye finds it."""
        known = passports_of(self.config)
        for node in self.document.findall(quotation):
            if ident := next((i for i in node["ids"] if i in known), None):
                node["state"] = (known[ident].mark, known[ident].state)
        for page in list(self.document.findall(nodes.inline)):
            if passport := known.get(page.get("passport", "")):
                place = page.parent
                html = bar_html(passport)
                word = f'<span class="page-word">{_("page %s") % ""}</span>'
                place.insert(place.index(page), nodes.raw("", word, format="html"))
                place.insert(place.index(page) + 1, nodes.raw("", html, format="html"))
            elif "mark" in page["classes"]:
                name = page["classes"][-1].removeprefix("mark-")
                page.replace_self(nodes.raw("", mark_html(name), format="html"))


def _passage(anchor: str, docname: str) -> list[nodes.Node]:
    """Return a link to the passage; its page is the quotation's, which a book gives once."""
    if not anchor:
        return []
    return [nodes.inline("", "", cross_reference(anchor, docname), classes=["without-page"])]


def _row(cells: Sequence[Sequence[nodes.Node]]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))
