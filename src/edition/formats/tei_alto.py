"""TEI (`<pb n="28"/>` begins a page) and ALTO (a `<Page>` is one), as pages."""

import re
from collections.abc import Mapping

from edition.formats.markup_events import events
from edition.formats.pages import Page, SourceError

_UNPRINTED = frozenset({"teiHeader", "fw", "figDesc", "del", "rt", "witDetail"})
_CHOICES = frozenset({"sic", "orig", "abbr"})  # within <choice>, which offers another beside it
_READINGS = frozenset({"lem", "rdg", "rdgGrp"})
_BLOCKS = frozenset({"p", "l", "lg", "head", "div", "ab", "item", "row", "sp", "note", "quote"})
_SPACE = re.compile(r"\s+")


def read_tei(data: bytes) -> list[Page]:
    """Return the pages of a TEI text (TEI P5, 3.11.3 Milestone Elements).

    Running heads (`<fw>`) are left out, of pairs of readings the editor's (`<corr>`, `<reg>`,
    `<expan>`) is taken, of an apparatus entry the lemma, else its first reading. Notes come at
    the end of their page, as in print: left where they are encoded they would divide the
    sentence. Where several editions are paginated (`<pb ed="B" n="17"/>`), the first is the
    source's own, and each page has its labels in the others.
    """
    reader = _TeiReader()
    for event in events(data):
        if event.kind == "text":
            reader.text(_SPACE.sub(" ", event.value))
        elif event.kind == "start":
            reader.start(event.value, event.attributes)
        else:
            reader.end(event.value)
    pages = [Page(page.label, page.text, page.others) for page in reader.pages]
    return pages if pages[0].text else pages[1:]


class _TeiReader:
    """The pages of a TEI text, filled while its elements are read."""

    def __init__(self) -> None:
        self.pages = [_TeiPage(None)]
        self._editions: dict[str, str] = {}
        self._hidden = self._notes = self._choices = 0
        self._entries: list[bool] = []  # of each open <app>, whether a reading was taken

    def text(self, text: str) -> None:
        """Add text, unless it is left out."""
        if not self._hidden:
            self.pages[-1].write(text, note=bool(self._notes))

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """Read the start of an element."""
        if self._hidden or self._is_left_out(name):
            self._hidden += 1
            return
        self._choices += name == "choice"
        if name == "app":
            self._entries.append(False)
        elif name == "pb":
            self._page(given.get("n", ""), given.get("ed", ""))
        elif name == "lb" and given.get("break") != "no":
            self.text("\n")
        elif name in _BLOCKS:
            self._notes += name == "note"
            # Its number is an attribute; a mark sets the note off from the text above it.
            self.text("\n* " if name == "note" else "\n")

    def end(self, name: str) -> None:
        """Read the end of an element."""
        if self._hidden:
            self._hidden -= 1
            return
        self._choices -= name == "choice"
        if name == "app":
            self._entries.pop()
        elif name in _BLOCKS:
            self.text("\n")
            self._notes -= name == "note"

    def _is_left_out(self, name: str) -> bool:
        if name in _READINGS and self._entries:
            taken, self._entries[-1] = self._entries[-1], True
            return taken
        return name in _UNPRINTED or (name in _CHOICES and bool(self._choices))

    def _page(self, label: str, edition: str) -> None:
        own = next(iter(self._editions), edition)
        self._editions.setdefault(own, "")
        self._editions[edition or own] = label
        labels = [label for label in self._editions.values() if label]
        main = self._editions[own] or None
        self.pages.append(_TeiPage(main, tuple(labels[1:] if main else labels)))


class _TeiPage:
    """A page while it is read: its labels, its text, and its notes."""

    def __init__(self, label: str | None, others: tuple[str, ...] = ()) -> None:
        self.label = label
        self.others = others
        self._body: list[str] = []
        self._notes: list[str] = []

    def write(self, text: str, *, note: bool) -> None:
        """Add text to the page's body or to its notes."""
        (self._notes if note else self._body).append(text)

    @property
    def text(self) -> str:
        """The body, then the notes."""
        parts = ("".join(self._body).strip(), "".join(self._notes).strip())
        return "\n".join(part for part in parts if part)


def read_alto(data: bytes) -> list[Page]:
    """Return the pages of an ALTO file (Library of Congress, ALTO 4), lines as lines.

    The label is the printed one, PRINTED_IMG_NR, and never the number of the picture.
    """
    pages: list[tuple[str | None, list[str]]] = []
    for event in events(data):
        if event.kind == "end" and event.value == "TextLine" and pages:
            pages[-1][1].append("\n")
        if event.kind != "start":
            continue
        if event.value == "Page":
            pages.append((event.attributes.get("PRINTED_IMG_NR") or None, []))
        elif event.value == "String" and pages:
            pages[-1][1].append(event.attributes.get("CONTENT", "") + " ")
        elif event.value == "HYP" and pages:
            pages[-1][1][-1:] = ["".join(pages[-1][1][-1:]).rstrip() + "-"]
    if not pages:
        raise SourceError("an ALTO file without a <Page>", "Is it a fragment?")
    return [Page(label, "".join(text).strip()) for label, text in pages]
