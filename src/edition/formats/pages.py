"""A source as pages: what every reader of a format gives."""

from __future__ import annotations

from dataclasses import dataclass

from edition.model.errors import EditionError


class SourceError(EditionError):
    """A source that cannot be read: `message` says why, `hint` what to do."""


class NoTextError(SourceError):
    """A source without a word in it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the label printed on it (`28`, `xii`), None where it has none, and its text."""

    label: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The text of a work, or of one volume of it.

    `volume` is None for a work in one volume; `digest` is the SHA-256 of its files, in
    hexadecimal; `remarks` say what an editor should know of the labels.
    """

    key: str
    path: str
    pages: tuple[Page, ...]
    digest: str
    volume: str | None = None
    remarks: tuple[str, ...] = ()
