"""A source as pages: what every reader of a format gives."""

from collections.abc import Sequence
from dataclasses import dataclass

from edition.model.errors import EditionError


class SourceError(EditionError):
    """A source that cannot be read: `message` says why, `hint` what to do."""


class NoTextError(SourceError):
    """A source without a word in it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the label printed on it (`28`, `xii`, `12r`), None without one, and its text.

    `others` are its labels in further editions that the source marks beside the first; `file` is
    the file that holds it, where a source has several.
    """

    label: str | None
    text: str
    others: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The text of a work, or of one volume of it.

    `volume` is None for a work in one volume; `digest` is the SHA-256 of its files, in
    hexadecimal; `remarks` say what an editor should know of the labels; `files` are the names of
    its files, where it has several, and `taken_for` says what they were taken for. `extract`
    are the labels of the pages that an extract holds, if known; None for the whole text.
    """

    key: str
    path: str
    pages: Sequence[Page]
    digest: str
    volume: str | None = None
    remarks: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    taken_for: str = "the work"
    extract: tuple[str, ...] | None = None
