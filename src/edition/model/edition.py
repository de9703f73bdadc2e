"""The edition as a whole: documents, bibliography, lock, and what lies beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TypeVar

from edition.model.anchor import Anchor, Lock
from edition.model.bibliography import Bibliography
from edition.model.build import BuildSettings
from edition.model.diagnostic import Location
from edition.model.document import Document, Entry, Mention
from edition.model.quotation import Citation, Passage, Quotation

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


def answered_once(function: Callable[[_Asked], _Answer]) -> Callable[[_Asked], _Answer]:
    """Remember a function's last answer: several rules ask the same of one edition in turn."""
    last: list[tuple[_Asked, _Answer]] = []

    @wraps(function)
    def answer(asked: _Asked) -> _Answer:
        if not last or last[0][0] is not asked:
            last[:] = [(asked, function(asked))]
        return last[0][1]

    return answer


Known = tuple[str, str, str]
"""What a finding is known by: its path, its rule, its message without places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """How often each known finding stood in the text; `path` is the baseline's own file."""

    path: str
    counts: Mapping[Known, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A passage of a text that lacks `sentences` of those that its fingerprints tell."""

    passage: str
    location: Location
    sentences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedText:
    """The text of a witness, imported beside the edition and never published with it."""

    siglum: str
    document: Document
    deviations: tuple[Deviation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition: its documents in reading order, its bibliography, its published anchors.

    Reading order is that of the tables of contents, from the first document down; what no
    table of contents names comes last, by path. `baseline` lists the findings that are known.
    `lock` is None where no anchor was published yet; `uncitable` are the paths of documents
    whose anchors promise nothing, such as a manual's. `elsewhere` are the ids that stand in
    pages that the build reads and the checker does not. `texts` are those of witnesses that
    were imported beside it. `build` is what a conf.py says, `unlisted` are the paths of
    documents that no table of contents names although the build reads them.
    """

    documents: tuple[Document, ...]
    bibliography: Bibliography
    baseline: Baseline | None = None
    lock: Lock | None = None
    uncitable: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    texts: tuple[ImportedText, ...] = ()
    build: BuildSettings | None = None
    unlisted: frozenset[str] = frozenset()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation, those of quotations included, in source order."""
        return tuple(c for d in self.documents for c in d.citations)

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """Every quotation in source order."""
        return tuple(q for d in self.documents for q in d.quotations)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry of an index in source order."""
        return tuple(e for d in self.documents for e in d.entries)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every role that names an entry, in source order."""
        return tuple(m for d in self.documents for m in d.mentions)

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """Every anchor in source order."""
        return tuple(a for d in self.documents for a in d.anchors)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage in source order."""
        return tuple(p for d in self.documents for p in d.passages)


@answered_once
def imported_words(edition: Edition) -> dict[str, str]:
    """Return the words of the quotations of imported texts, by their ids."""
    held = (q for text in edition.texts for q in text.document.quotations)
    return {q.id: q.plain for q in held if q.id and q.plain}
