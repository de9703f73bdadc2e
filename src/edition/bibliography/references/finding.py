"""References in brackets and on lines of their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from edition.bibliography.references.context import Part
from edition.bibliography.references.grammar import LONGEST, is_reference, read_reference
from edition.bibliography.references.patterns import (
    BACK,
    LABEL,
    LOCATOR,
    QUOTED,
    REMARK,
    YEAR_FORM,
    mended,
    with_figures,
)

# `[Бахтин 1975: 44]`, and no link.
_SQUARE = re.compile(rf"\[(?:[^\W\d_]|(?P<year>{YEAR_FORM}[a-z]?[,:]\s))[^\[\]]*\](?![({{:])")
_DATED = re.compile(rf"{YEAR_FORM}|:\s*\d")
# `(см. обзор в [Бахтин 1975: 44])`: the words before name nothing.
_LEAD = re.compile(r"[^\W\d_]?[^\dA-ZÀ-ÞА-Я\[\]“\"„«]*")
# `(e.g., by (Hart 1831; Cole 1838))`, `(Hart (1831) says that they burn)`: what is within names.
_LEADS_TO_ROUND = re.compile(
    rf"[^\dA-ZÀ-ÞА-Я“\"„«()]*\([^()]*{YEAR_FORM}[^()]*\)\W*\Z"
    rf"|[^\d()]*\({YEAR_FORM}[a-z]?\)(?:[’']s)?\s[a-zß-öø-ÿа-яё]"
)
_YEAR_ALONE = re.compile(rf"{YEAR_FORM}[a-z]?")
_COMMA = re.compile(r",\s")
# `(Letters, 34, and say thank you)`
_PROSE_BEHIND = re.compile(
    r"(?P<reference>[^\W\d_a-z][^;()“”]{2,80}?,\s(?:pp?\.\s?)?\d+(?:[-–]\d+)?),?\s(?:and|but|which|where|who|though|with)\s[^\d;]+\Z"
)
_LONGEST_LINE = 45
"""Words of the longest line that is one reference; the longest has 32 words in `tests/importer`."""
# `(Hart 1831: 19. The italics are those of the first edition)`
_SENTENCE_BEHIND = re.compile(
    rf"(?P<reference>[^.;()]{{3,80}}?\s\(?{YEAR_FORM}[a-z]?\)?[,:]\s?(?:pp?\.\s?)?\d+(?:[-–]\d+)?)\.\s[A-ZÀ-Þ][\w’]*\s[a-zß-ÿ][^;]+\Z"
)
# On a line of its own it is where a page of the printed text begins.
_PAGE_BREAK = re.compile(rf"\s*\[{LABEL}\s*(?:\d+|[ivxlc]+)\]\s*")
_ENCLOSED = re.compile(r"\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Typed:
    """A reference in a text; `form` is `line`, `bracket`, `sentence` or `note`.

    A `weak` one is a reference only if the bibliography has its work: `(Hart 112)`, `(112)`.
    """

    start: int
    end: int
    text: str
    form: str
    parts: tuple[Part, ...]
    weak: bool = False


_FIGURE = re.compile(r"\d|\b(?:[ivxlc]{2,}|[IVXLC]{2,}|[vxVXLC])\b")


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield round brackets, outer before inner, and square ones with a name and a place."""
    open_at: list[int] = []
    found = [m.span() for m in _squares(text)]
    for match in re.finditer(r"[()]", text):
        if match[0] == "(":
            open_at.append(match.start())
        elif open_at:
            found.append((open_at.pop(), match.end()))
    yield from sorted(found)


def _squares(text: str) -> Iterator[re.Match[str]]:
    """Yield square brackets that begin with a name, or a year, and hold a year or a place."""
    for match in () if _PAGE_BREAK.fullmatch(text) else _SQUARE.finditer(text):
        inner = match.start() + 2, match.end() - 1
        if match["year"] or _DATED.search(text, *inner) or LOCATOR.search(text, *inner):
            yield match


def _leads_to_square(content: str) -> bool:
    """Tell whether words that name nothing lead to square brackets with a name."""
    return any(
        not match["year"]
        and _LEAD.fullmatch(content, 0, match.start())
        and not re.search(r"\w", content[match.end() :])
        for match in _squares(content)
    )


def find_in_brackets(text: str, holding: re.Pattern[str] | None = None) -> list[Typed]:
    """Return the references in round brackets, in order; none within another.

    With `holding`, only in brackets that hold a match of it.
    """
    found: list[Typed] = []
    for start, end in brackets(text):
        if end - start > LONGEST or (found and start < found[-1].end):
            continue
        if holding and not holding.search(text, start, end):
            continue
        content = with_figures(text[start + 1 : end - 1])
        if _leads_to_square(content) or _LEADS_TO_ROUND.match(content):
            continue
        inner = re.search(rf"\((?=[^()]*(?:\bpp?\.|{YEAR_FORM}))", content)
        if inner and len(content) > 200:
            continue
        comma = _COMMA.match(text, end) if _YEAR_ALONE.fullmatch(content) else None
        if comma and (place := LOCATOR.match(text, comma.end())):
            content, end = f"{content}, {place[0]}", place.end()  # `Hart (1831), p. 19`
        if behind := _SENTENCE_BEHIND.match(content):
            content = behind["reference"]
        before = text[max(0, start - 60) : start]
        weak = not is_reference(content)
        parts = read_reference(content, before=before, weak=True)
        if not parts and (prose := _PROSE_BEHIND.match(content)):
            parts = read_reference(prose["reference"], before=before, weak=True)
        if parts:
            typed = text[start:end]
            found.append(Typed(start, end, typed, "bracket", parts, weak))
    return found


def find_at_end(text: str) -> Typed | None:
    """Return the reference in brackets, or after a dash, that closes a displayed quotation."""
    offset = max(0, len(text) - 700)
    found = find_in_brackets(text[offset:])
    if found and not text[offset + found[-1].end :].strip(" ."):
        last = found[-1]
        return replace(last, start=last.start + offset, end=last.end + offset)
    dashed = re.search(r"(?<=[.!?…”\"’])\s*[—–]{1,2}\s*([^—–]{4,200})\Z", text[offset:])
    if dashed and (parts := read_reference(dashed[1])):
        start = offset + dashed.start()
        return Typed(start, len(text), text[start:], "line", parts)
    return None


def may_place(text: str) -> bool:
    """Tell quickly whether a text may hold a place: a figure, a roman number or a label has one."""
    return _FIGURE.search(text) is not None or LOCATOR.search(text) is not None


def read_line(block: str) -> Typed | None:
    """Return a block that holds a reference and nothing else."""
    if len(block) > LONGEST or _PAGE_BREAK.fullmatch(block):
        return None
    text, content = block.strip(), block.strip().rstrip(".")
    lead = re.match(r"[—–-]{1,2}\s*", content)
    content = content[lead.end() :] if lead else content
    if _ENCLOSED.fullmatch(content):
        content = content[1:-1]
    elif not lead and not _reads_as_line(content):
        return None
    parts = read_reference(content)
    return Typed(0, len(block), text, "line", parts) if parts else None


def _reads_as_line(content: str) -> bool:
    """Tell whether words without brackets are a reference: no sentence, and a page ends them."""
    if not may_place(content):
        return bool(re.fullmatch(rf"(?:{BACK.pattern})\.?", content))
    if any(not t.weak for t in find_in_brackets(content)) or any(
        len(m["title"].split()) > 20 for m in QUOTED.finditer(content)
    ):
        return False
    without = REMARK.sub("", mended(content)).rstrip(" .)")
    ends = [m for m in LOCATOR.finditer(without) if m.end() == len(without)]
    dated = re.match(rf"[^\W\d_][^\d]{{0,80}}?,?\s*\(?{YEAR_FORM}[a-z]?\)?\s*[,:]\s*\d", content)
    if ends and re.match(rf"[^\W\d_][^\d]{{0,80}}?\({YEAR_FORM}[a-z]?\),\s", content):
        return len(content.split()) <= _LONGEST_LINE
    if not (ends or dated):
        return bool(re.fullmatch(rf"(?:{BACK.pattern})\.?", content))
    before = without[: ends[0].start()] if ends else without
    words = before.split()
    # A sentence has small words after its first; names and titles have few.
    small = [w for w in re.sub(r"[“\"‘][^”\"]*[”\"]", "", before).split() if w[:1].islower()]
    return len(words) <= _LONGEST_LINE and len(small) <= max(4, len(words) // 3)


def is_year_or_issue(typed: Typed, text: str, ends: set[int]) -> bool:
    """Tell whether a bracket has the year of what stands before it, or the number of an issue.

    `Letters 401 (2018)`, whose reference ends with its page; `36 (3), 170`.
    """
    number = re.fullmatch(r"\(\d{1,3}\)", typed.text)
    year = re.fullmatch(rf"\({YEAR_FORM}\)", typed.text) and ends & {typed.start, typed.start - 1}
    return bool((number or year) and re.search(r"\d\s\Z", text[: typed.start][-2:]))
