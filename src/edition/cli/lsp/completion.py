"""What can follow at a place: keys, labels of locators, anchors, persons, terms and events."""

import re
from dataclasses import dataclass

from edition.bibliography import plain
from edition.bibliography.pages import facts_of
from edition.cli.lsp.session import Session
from edition.model import EntryKind, Work

# The usual labels of the Citation Style Language, as `edition.locator` reads them.
LABELS = {
    "p. ": "page",
    "pp. ": "pages",
    "vol. ": "volume",
    "chap. ": "chapter",
    "sec. ": "section",
    "para. ": "paragraph",
    "l. ": "line",
    "ll. ": "lines",
    "fol. ": "folio",
    "n. ": "note",
    "no. ": "number",
    "fig. ": "figure",
    "col. ": "column",
    "pt. ": "part",
    "bk. ": "book",
    "s.v. ": "under the word",
}
_KEY = re.compile(
    r"(?:\{cite(?::\w+)?\}`(?:[^`]*[,;]\s*|\{[^}`]*\})*|^\s*:{3,}\{quotation\}\s+)([^\s`{},;]*)$"
)
_LOCATOR = re.compile(r"\{cite(?::\w+)?\}`(?:[^`]*[,;]\s*)?([^\s`{},;]+)\{([^}`]*)$")
_ANCHOR = re.compile(r"(?:\]\([^)\s]*#|\{(?:ref|numref)\}`(?:[^`<]*<)?)([\w-]*)$")
_ENTRY = re.compile(r"\{(" + "|".join(map(str, EntryKind)) + r")\}`(?:[^`<]*<)?([^`<>]*)$")


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be put in place of the last `typed` characters, and what to say of it."""

    text: str
    about: str
    typed: int


def choices(session: Session, line: str) -> list[Choice]:
    """Return what may follow the beginning of a line."""
    if found := _LOCATOR.search(line):
        work = session.edition.bibliography.works.get(found[1])
        known = _pages(work) if work else ""
        return [Choice(label, known or about, len(found[2])) for label, about in LABELS.items()]
    if found := _KEY.search(line):
        works = session.edition.bibliography.works.values()
        return [Choice(work.key, _about(work), len(found[1])) for work in works]
    if found := _ANCHOR.search(line):
        return [
            Choice(a.id, f"{a.kind}: {a.opening}", len(found[1])) for a in session.edition.anchors
        ]
    if found := _ENTRY.search(line):
        inner = found[0].rfind("<") >= 0
        return [
            Choice(entry.key if inner else entry.name, entry.dates, len(found[2]))
            for entry in session.edition.entries
            if str(entry.kind) == found[1]
        ]
    return []


def _about(work: Work) -> str:
    author = plain(work.get("author") or work.get("editor") or "")
    title = plain(work.get("shorttitle") or work.get("title") or "")
    year = plain(work.get("year") or work.get("date") or "")
    return ", ".join(filter(None, (author, title, year)))


def _pages(work: Work) -> str:
    facts = facts_of(work)
    if facts.ranges:
        return f"pp. {plain(work.get('pages') or '')}"
    if facts.total:
        return f"{plain(work.get('pagetotal') or work.get('pages') or '')} pages"
    return ""
