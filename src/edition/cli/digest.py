"""`edition digest`."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO

import click

from edition.cli.options import PROJECT, TEXTS, open_edition, open_project, say, stop, writing
from edition.model import Quotation, QuotationForm
from edition.model.counted import counted
from edition.model.edition import imported_words
from edition.model.quoted_words import (
    between_ends,
    count_words,
    quotation_digests,
    quoted_parts,
)
from edition.model.text_folding import letters_of
from edition.myst.write_options import with_options
from edition.project.files import read_file, replace_files
from edition.project.layout import Project


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--words",
    type=click.File(encoding="utf-8"),
    help="A file with the words of the one quotation ID; - for standard input.",
)
@PROJECT
def digest(ids: tuple[str, ...], words: TextIO | None, project: Path) -> None:
    """Write number and digest of the words into quotations.

    The words are those of the text imported beside the edition, or of --words. With :words: and
    :digest: a quotation is verified word for word where its text is not at hand.

    Exit status: 0 written, 1 for some the words are not known or are others, 2 could not run.
    """
    given = words.read() if words is not None else None
    opened = open_project(project)
    with writing(opened.root, TEXTS):
        written, others = _write_asked(opened, ids, given)
    for line in others:
        say(line, err=True)
    say(f"Written into {counted(written, 'quotation')}.")
    if others:
        sys.exit(1)


def _write_asked(
    project: Project, ids: tuple[str, ...], words: str | None
) -> tuple[int, list[str]]:
    edition = open_edition(project)
    stand_off = {q.id: q for q in edition.quotations if q.id and is_stand_off(q)}
    for unknown in sorted(set(ids) - stand_off.keys()):
        stop(
            f"no stand-off quotation has the id “{unknown}”",
            "Those are {quotation} without a body.",
        )
    known = imported_words(edition)
    if words is not None:
        if len(ids) != 1:
            stop("--words holds the words of one quotation", "Give its ID.")
        known = {ids[0]: words}
    asked = [stand_off[name] for name in ids] if ids else [
        q for name, q in stand_off.items() if name in known
    ]  # fmt: skip
    return write_digests(project, asked, known)


def is_stand_off(quotation: Quotation) -> bool:
    """Return whether a quotation is a {quotation} without its text."""
    return quotation.form is QuotationForm.STRUCTURED and not quotation.text


def write_digests(
    project: Project, quotations: Iterable[Quotation], words: Mapping[str, str]
) -> tuple[int, list[str]]:
    """Write :words: and :digest: into quotations; return how many, and what hinders the others.

    All files are written, or none.
    """
    texts: dict[Path, str] = {}
    hindered: list[str] = []
    count = 0
    # From the last line up, so that the lines of those before stay as they are.
    for quotation in sorted(quotations, key=lambda q: q.location, reverse=True):
        place = f"{quotation.location}: {quotation.id}"
        known = words.get(quotation.id or "")
        if not known:
            hindered.append(f"{place}: its words are not known; give them by --words")
        elif (quoted := _quoted(quotation, known)) is None:
            hindered.append(f"{place}: the words do not begin and end as :opening: and :closing:")
        else:
            file = project.root / quotation.location.path
            text = texts.get(file) or read_file(file).decode("utf-8")
            options = {"words": str(count_words(quoted)), "digest": quotation_digests(quoted)}
            texts[file] = with_options(text, quotation.location.line, options)
            count += 1
    replace_files({file: text.encode() for file, text in texts.items()})
    return count, hindered[::-1]


def _quoted(quotation: Quotation, words: str) -> str | None:
    """Return the words from the quotation's first to its last; None where there are others."""
    letters = letters_of(" ".join(quoted_parts(words)))
    opening, closing = letters_of(quotation.opening), letters_of(quotation.closing)
    if letters.startswith(opening) and letters.endswith(closing):
        return words
    return between_ends(words, quotation.opening, quotation.closing)
