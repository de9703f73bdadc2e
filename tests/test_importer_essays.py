"""How many references and quotations are bound right in essays of our own, in nine habits.

An essay marks its references as `<as typed=key place; key place>` and its quotations as
`{“words”=key}`; what is not marked is no reference, or one that fits two works.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from edition.bibliography import read_bibliography
from edition.importer.document import Source
from edition.importer.importing import Imported, import_source
from edition.locator import LocatorError, format_locator, parse

FOLDER = Path(__file__).parent / "importer"
ESSAYS = sorted(f"essays/{path.stem}" for path in (FOLDER / "essays").glob("*.txt"))
KINDS = sorted(f"kinds/{path.stem}" for path in (FOLDER / "kinds").glob("*.txt"))
RECALL, PRECISION, QUOTED = 0.90, 0.98, 0.90

_MARK = re.compile(r"<(?P<typed>[^<>=]+)=(?P<works>[^<>]+)>|\{(?P<words>[^{}=]+)=(?P<key>[^{}]+)\}")


class Cited(NamedTuple):
    start: int
    end: int
    key: str
    place: str


class Essay(NamedTuple):
    imported: Imported
    wanted: list[Cited]
    found: list[Cited]
    quotations: list[Cited]


def letters(text: str) -> str:
    """Return a text without blanks, hyphens at line ends, and what is around `[Footnote 1: …]`."""
    return re.sub(r"\s|(?<=[a-z])-(?=\n)|[\[\]:]|(?<=\[)Footnote ", "", text)


def normal(place: str) -> str:
    volume = re.match(r"(?:vol\. \d+(?:[/.]\d+)?)?(?:, )?", place)
    rest = place[volume.end() :] if volume else place
    with contextlib.suppress(LocatorError):
        rest = format_locator(parse(rest)) if rest else ""
    return f"{volume[0].strip(', ') if volume else ''} {rest}".strip().replace(", n. ", " n. ")


@cache
def essay(name: str) -> Essay:
    marked = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    text, wanted, quotations = "", list[Cited](), list[Cited]()

    def plain(part: str) -> None:
        nonlocal text
        position = 0
        for mark in _MARK.finditer(part):
            text += part[position : mark.start()]
            start = len(letters(text))
            plain(mark["typed"] or mark["words"])
            position = mark.end()
            for work in (mark["works"] or "").split(";"):
                key, _, place = work.strip().partition(" ")
                if key:
                    wanted.append(Cited(start, len(letters(text)), key, normal(place)))
            if mark["key"]:
                quotations.append(Cited(start, len(letters(text)), mark["key"], ""))
        text += part[position:]

    plain(marked)
    data = (FOLDER / f"{name}.bib").read_bytes()
    works = dict(read_bibliography([("bibliography.bib", data)]).works)
    imported = import_source(Source(format="text", text=text), works)
    found = []
    for bound in imported.found.references:
        start, end = (len(letters(imported.normalised[:n])) for n in (bound.start, bound.end))
        for cited in bound.cited:
            volume = f"vol. {cited.volume}" if cited.volume else ""
            short = normal(", ".join(p for p in (volume, cited.locator or "") if p))
            places = {short, normal(cited.place)}
            place = next(
                (w.place for w in wanted if w.key == cited.key and w.place in places), short
            )
            found.append(Cited(start, end, cited.key, place))
    for heading in imported.left_out:  # that of the notes
        at, gone = len(letters(text[: text.rindex(f"\n{heading}\n")])), len(letters(heading))
        found = [
            f._replace(start=f.start + gone * (f.start >= at), end=f.end + gone * (f.start >= at))
            for f in found
        ]
    return Essay(imported, wanted, found, quotations)


def matched(one: Essay) -> int:
    """Return how many references of an essay are found at their place, with key and locator."""
    left = list(one.found)
    for wanted in one.wanted:
        same = (
            f for f in left if f[2:] == wanted[2:] and f.start < wanted.end and wanted.start < f.end
        )
        if (hit := next(same, None)) is not None:
            left.remove(hit)
    return len(one.found) - len(left)


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_reference_is_bound(name: str) -> None:
    """Texts made of one example after the other, of what references look like in a habit."""
    one = essay(name)
    wanted, found = (Counter((c.key, c.place) for c in side) for side in (one.wanted, one.found))
    assert (wanted - found, found - wanted) == (Counter(), Counter())
    assert matched(one) == len(one.wanted)


@pytest.mark.parametrize("name", ESSAYS)
class TestEssay:
    def test_references(self, name: str) -> None:
        one = essay(name)
        right = matched(one)
        assert right / len(one.wanted) >= RECALL, set(one.wanted) - set(one.found)
        assert right / len(one.found) >= PRECISION, set(one.found) - set(one.wanted)

    def test_no_wrong_key(self, name: str) -> None:
        one = essay(name)
        for found in one.found:
            here = {w.key for w in one.wanted if w.start < found.end and found.start < w.end}
            assert found.key in here

    def test_quotations(self, name: str) -> None:
        one = essay(name)
        text, quotations = one.imported.normalised, one.imported.found.quotations
        right = 0
        for start, end, key, _ in one.quotations:
            for quoted in quotations:
                first, last = (len(letters(text[:n])) for n in (quoted.start, quoted.end))
                if first < end and start < last and quoted.reference is not None:
                    cited = one.imported.found.references[quoted.reference].cited
                    right += key in {c.key for c in cited}
                    break
        assert right / len(one.quotations) >= QUOTED

    def test_words_are_kept_in_order(self, name: str) -> None:
        count = essay(name).imported.words
        assert (count.read, count.differs) == (count.written, "")
