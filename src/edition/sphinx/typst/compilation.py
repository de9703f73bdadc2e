"""From Typst's markup to a PDF, and from Typst's complaints to the editor's own files."""

import json
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from edition.model.errors import EditionError

_TYPESETTER = str(Path(__file__).with_name("typesetter.py"))
# The expression of Typst, beside the generated file, that gives the fields of `Compiled`.
QUESTION = "told.typ"
_PLACE = re.compile(r"^\s*┌─ (?P<file>.+?):(?P<line>\d+):(?P<column>\d+)$", re.MULTILINE)
_GLYPH = re.compile(r'the text `"(?P<text>.+)"` could not be displayed')
# So many of the characters of a script that no font has are named.
_SHOWN = 12
_ORIGIN = re.compile(r"/\* from (?P<place>[^*]+:\d+) \*/")


Cause: TypeAlias = tuple[str, str | None]
Spot: TypeAlias = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A PDF, the places of its anchors (page, from 1, and distance from the top), and warnings.

    `astray` has the labels of passages whose note at the foot begins on another page. `short` has
    the chapters whose last page has few lines, each with the last name on the page before. `notes`
    has each other note that is not on the page of its call: how many pages after it, and how far
    the call is below its block. `parted` has the tables whose last row is alone on a page, `blank`
    the share of a page left blank before each passage that begins one.
    """

    document: bytes
    places: dict[str, Spot]
    warnings: list[Cause]
    astray: list[str]
    short: list[tuple[int, str]]
    notes: list[tuple[str, int, float]]
    parted: list[int]
    blank: dict[str, float]


class BookError(EditionError):
    """The book could not be made; the last good one stays where it is.

    `causes` are messages, each with its place as Sphinx's log writes places, or None. `letters`
    are those that no font has, where that is the only fault.
    """

    def __init__(self, causes: list[Cause], letters: str = "") -> None:
        super().__init__("; ".join(f"{place}: {message}" for message, place in causes))
        self.causes = causes
        self.letters = letters


def origin(path: str, line: int) -> str:
    """Return the comment that tells, in the generated file, where the next block comes from."""
    return f"/* from {path.replace('*', '?')}:{line} */"


def compile_book(main: Path, fonts: list[Path], timestamp: int | None) -> Compiled:
    """Compile a generated file, in a process of its own; PDF/UA-1 (ISO 14289-1), hence tagged.

    Only the fonts of the wheel and of the folders given are used, so that two machines
    make the same book. `timestamp` is in seconds since 1970.
    """
    target = main.with_suffix(".pdf")
    request = {
        "main": str(main),
        "fonts": [str(folder) for folder in fonts],
        "timestamp": timestamp,
        "target": str(target),
        "question": main.with_name(QUESTION).read_text(encoding="utf-8"),
    }
    child = subprocess.run(  # noqa: S603  our own interpreter and file
        [sys.executable, _TYPESETTER],
        input=json.dumps(request).encode(),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
    )
    if child.returncode:
        raise BookError([("Typst broke off; is there too little memory for so long a book?", None)])
    answer = json.loads(child.stdout)
    if "error" in answer:
        raise _book_error(answer["error"], main)
    document = target.read_bytes()
    target.unlink()
    return Compiled(
        document=document,
        warnings=[_described(message, report, main) for message, report in answer["warnings"]],
        **answer["told"],
    )


def _book_error(diagnostic: str, main: Path) -> BookError:
    reports = re.split(r"^(?=error: )", diagnostic, flags=re.MULTILINE)
    causes: dict[Cause, None] = {}
    lacking: dict[str, tuple[str, str | None]] = {}
    for report in filter(None, map(str.strip, reports)):
        message = report.partition("\n")[0].removeprefix("error: ")
        glyph = _GLYPH.search(message)
        if glyph is None:
            causes[_described(message, report, main)] = None
            continue
        for letter in dict.fromkeys(_unescaped(glyph["text"])):
            script = unicodedata.name(letter, letter).partition(" ")[0]
            known, place = lacking.get(script) or ("", _described(message, report, main)[1])
            lacking[script] = (known + letter * (letter not in known), place)
    told = [(_lacking(letters), place) for letters, place in lacking.values()]
    letters = "".join(sorted("".join(letters for letters, _place in lacking.values())))
    return BookError([*told, *causes], "" if causes else letters)


def _unescaped(text: str) -> str:
    """Return a text as it is; Typst writes combining marks by their numbers."""
    return re.sub(
        r"\\(?:u\{(\w+)\}|(.))", lambda m: chr(int(m[1], 16)) if m[1] else str(m[2]), text
    )


def _lacking(letters: str) -> str:
    """Return the complaint about letters of one script that no font has."""
    shown, more = letters[:_SHOWN], "" if len(letters) <= _SHOWN else " and others"
    names = ", ".join(f"U+{ord(c):04X}" for c in shown)
    if len(letters) == 1:
        return (
            f"no font of the book has the character “{shown}” ({names}), so its number is "
            "printed; name a folder with a font that has it in edition_pdf_fonts"
        )
    return (
        f"no font of the book has these {len(letters)} characters: “{shown}” ({names}){more}, so "
        "their numbers are printed; name a folder with a font that has them in edition_pdf_fonts"
    )


def _described(message: str, report: str, main: Path) -> Cause:
    """Return one complaint, with its place in the source or, failing that, in a Typst file."""
    place = _PLACE.search(report or "")
    if place is None:
        return message, None
    file, line, column = Path(place["file"]), int(place["line"]), int(place["column"])
    source = _source_of(main, line, column) if file.name == main.name else None
    return message, source or f"{main.parent / file.name}:{line}"


def _source_of(main: Path, line: int, column: int) -> str | None:
    """Return the origin of the last block that begins before a place in the generated file."""
    before = main.read_text(encoding="utf-8").split("\n")[:line]
    before[-1] = before[-1][:column]
    found = _ORIGIN.findall("\n".join(before))
    return found[-1] if found else None
