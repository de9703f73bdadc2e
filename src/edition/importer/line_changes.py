"""What is changed within a line of plain text: stray blanks, hyphens of line ends, signs."""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import accumulate, groupby

from edition.importer.document import Mark
from edition.importer.typed_notes import NAMED_NOTE

DASHES = "dashes"
QUOTES = "quotes"
OPTIONS = (DASHES, QUOTES)
EMPHASIS = "\ue112"
"""A character of the private use area, where a sign of emphasis stood."""

ENDS = re.compile(r"[.!?:;…][”\"’'»)\]]*$")
SUSPENDED = frozenset("and or und oder et ou to bis y o e a n".split())
_HYPHENED_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+-[^\W\d_]+(?!-)")
_AFTER_HYPHEN = re.compile(r"(?<=[^\W\d_]-)([ \t]+)(?=([^\W\d_]+))")
_EMPHASISED = re.compile(r"(?<![\w_])_(?=[^\s_])[^_]{1,1000}(?<=[^\s_])_(?![\w_])")

Edit = tuple[int, int, str, str]


def changes_within(
    body: str, options: Collection[str], is_remnant: Callable[[str, str], bool]
) -> Iterator[Edit]:
    """Yield offsets, what comes in their place, and the kind of change."""
    after_hyphen = [m for m in _AFTER_HYPHEN.finditer(body) if m[2].casefold() not in SUSPENDED]
    yield from ((*m.span(1), "", "blank-after-hyphen") for m in after_hyphen)
    taken = {at for m in after_hyphen for at in range(*m.span(1))}
    for match in re.finditer(r"[ \t]{2,}|\t", body):
        if match.start() not in taken:
            yield *match.span(), " ", "blank-run"
    yield from ((*m.span(), "", "soft-hyphen") for m in re.finditer("\u00ad", body))
    for match in _HYPHENED_WORD.finditer(body):
        first, second = match[0].split("-")
        if is_remnant(first, second):
            at = match.start() + len(first)
            yield at, at + 1, "", "hyphen-within-word"
    if DASHES in options:
        yield from _dashes(body)
    if QUOTES in options:
        yield from _quotes(body)


def emphasis_signs(bodies: Sequence[str], *, apart: bool) -> list[list[Edit]]:
    """Return the underscores around words, by line; none goes on with `apart`."""
    if apart:
        return [emphasis_signs([body], apart=False)[0] for body in bodies]
    signs: list[list[Edit]] = [[] for _ in bodies]
    whole = "\n".join(bodies)
    starts = [0, *accumulate(len(body) + 1 for body in bodies)]
    for match in _EMPHASISED.finditer(whole) if whole.count("_") > 1 else ():
        for at in (match.start(), match.end() - 1):
            line = bisect_right(starts, at) - 1
            place = at - starts[line]
            signs[line].append((place, place + 1, EMPHASIS, "emphasis-sign"))
    return signs


def emphasised(text: str) -> tuple[str, tuple[Mark, ...]]:
    """Return a text without its signs of emphasis, and the marks of what was between them."""
    pieces = text.split(EMPHASIS)
    ends = list(accumulate(map(len, pieces)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    marks = tuple(Mark(start=a, end=b, before="*", after="*") for a, b in pairs)
    return "".join(pieces), marks


def note_signs(bodies: Sequence[str]) -> list[list[Edit]]:
    """Return the brackets around a note, and the word that calls it one, by line."""
    signs: list[list[Edit]] = [[] for _ in bodies]
    if named := NAMED_NOTE.match(bodies[0]):
        signs[0].append((0, named.end(), f"[{named[1]}]", "note-sign"))
    whole, last = "".join(bodies), bodies[-1]
    if last.endswith("]") and whole.count("]") + bool(named) > whole.count("["):
        signs[-1].append((len(last) - 1, len(last), "", "note-sign"))
    return signs


def _dashes(body: str) -> Iterator[Edit]:
    """Yield every dash between words as an em dash without blanks."""
    for match in re.finditer(r"(?<=\S)(?:[ \t]*—[ \t]*|[ \t]+[–-]{1,2}[ \t]+|--)(?=\S)", body):
        if match[0] != "—":
            yield match.start(), match.end(), "—", "dash"


def _quotes(body: str) -> Iterator[Edit]:
    """Yield straight quotation marks and apostrophes as curly ones."""
    for match in re.finditer("[\"']", body):
        before = body[match.start() - 1 : match.start()]
        opens = not before or before in " \t([{—–“‘"
        after = ("“" if opens else "”") if match[0] == '"' else ("‘" if opens else "’")
        yield match.start(), match.end(), after, "quotation-mark"


def quoted_lines(lines: Sequence[tuple[int, str]]) -> set[int]:
    """Return the numbers of the lines of quotations, which begin with `>` in an e-mail.

    A line that begins so within a sentence is none: there, `>` may be a sign of its own.
    """
    found, before = set[int](), ""
    for signed, group in groupby(lines, key=lambda line: line[1].startswith(">")):
        own = list(group)
        if signed and (len(own) > 1 or not before or ENDS.search(before)):
            found |= {number for number, _ in own}
        before = own[-1][1].strip()
    return found if len(found) > 1 else set()
