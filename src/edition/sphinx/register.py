"""`{quotation-register}`: every quotation of the edition, with what the check says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from edition.model import Quotation, Work
from edition.report.listing import Row, quotation_rows
from edition.rules.messages import known_pages
from edition.sphinx.nodes import cross_reference
from edition.sphinx.project import edition_of, project_of
from edition.sphinx.translation import _
from edition.verify.ledger import LEDGER, Entry, LedgerError, read_ledger, status

logger = logging.getLogger(__name__)

_LINES = re.compile(r"ll?\. ?\d.*$")

COLUMNS = (
    ("No.", 8),
    ("Passage", 11),
    ("Speaker", 17),
    ("Work", 25),
    ("Page", 11),
    ("Possible?", 14),
    ("Verified", 14),
)


class QuotationRegister(SphinxDirective):
    """A table of all quotations that have an anchor, in reading order."""

    def run(self) -> list[nodes.Node]:
        """Build the table from the loaded edition, not from the doctrees."""
        project = project_of(self.config)
        for file in (*project.sources, *project.bibliography, project.root / LEDGER):
            self.env.note_dependency(str(file))
        edition = edition_of(self.config)
        verified = partial(status, _ledger(project.root / LEDGER))
        quotations = {quotation.id: quotation for quotation in edition.quotations}
        rows = [row for row in quotation_rows(edition, verified) if row["id"]]
        table = nodes.table(classes=["quotation-register", "sortable", "colwidths-given"])
        group = nodes.tgroup(cols=len(COLUMNS))
        group += [nodes.colspec(colwidth=width) for _title, width in COLUMNS]
        group += nodes.thead("", _row([[nodes.Text(_(title))] for title, _width in COLUMNS]))
        body = nodes.tbody()
        for row in rows:
            body += _row(
                [
                    [cross_reference(str(row["id"]), self.env.docname)],
                    _passage(str(row["passage"] or ""), self.env.docname),
                    [nodes.Text(_name(row))],
                    self.parse_inline(f"{{cite:t}}`{row['key']}`")[0] if row["key"] else [],
                    [
                        nodes.Text(
                            (_pages(row) + _lines(quotations.get(str(row["id"])))).removeprefix(
                                ", "
                            )
                        )
                    ],
                    [nodes.Text(_answer(row, edition.bibliography.works.get(str(row["key"]))))],
                    [nodes.Text(_(str(row["verified"])))],
                ]
            )
        group += body
        table += group
        self.set_source_info(table)
        return [table]


def _passage(anchor: str, docname: str) -> list[nodes.Node]:
    """Return a link to the passage; its page is the quotation's, which a book gives once."""
    if not anchor:
        return []
    return [nodes.inline("", "", cross_reference(anchor, docname), classes=["without-page"])]


def _ledger(file: Path) -> dict[str, Entry]:
    try:
        return read_ledger(file)
    except LedgerError as error:
        logger.warning("%s: the register shows no verdicts", error)
        return {}


def _answer(row: Row, work: Work | None) -> str:
    """Return the check's answer, and the measure that it rests on."""
    answer = {"yes": "possible", "no": "impossible"}.get(str(row["possible"]), "unknown")
    measure = known_pages(work) if work else ""
    if total := re.fullmatch(r"(.+) pages", measure):
        measure = _("%s pages") % total[1]
    measure = re.sub(r"\bpp?\.", lambda label: _(label[0]), measure)
    return f"{_(answer)} ({measure})" if measure else _(answer)


def _name(row: Row) -> str:
    """Return the speaker; initials stay together and with the family name."""
    return str(row["speaker"] or "").replace(". ", ".\N{NO-BREAK SPACE}")


def _lines(quotation: Quotation | None) -> str:
    """Return the lines of verse that a quotation's locator gives, as in “, ll. 5–7”."""
    locator = quotation.citations[0].locator if quotation and quotation.citations else None
    found = _LINES.search(locator or "")
    return f", {found[0]}" if found else ""


def _pages(row: Row) -> str:
    return str(row["pages"] or "").replace("-", "–")


def _row(cells: Sequence[Sequence[nodes.Node]]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))
