"""References as authors type them: finding them in a text, and taking them apart.

A reference stands in brackets, on a line of its own, or (a work named with a page) in the
sentence. What it says is taken apart here; which work it means, `resolution` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from roman_numerals import InvalidRomanNumeralError, RomanNumeral

from edition.locator import LocatorError, format_locator, pages, parse

LONGEST = 600  # characters; no reference is longer
_MOST_WORDS = 70

_NUMBER = r"(?:\d{1,4}[a-z]?|[ivxlc]{1,7})"
_PAGES = rf"{_NUMBER}(?:\s*[-–—]\s*{_NUMBER})?(?:\s*ff?\b\.?)?"
_LABEL = r"(?:pp?\.|pp?(?=\s*\d)|[Pp]ages?|pgs?\.|S\.(?=\s*\d)|s\.(?=\s*\d))"
_LIST = rf"{_PAGES}(?:\s*(?:,|and|&|;)\s*(?!\d{{4}}\b){_PAGES}(?![\w:]))*"
LOCATOR = re.compile(rf"(?<![\w.])(?P<label>{_LABEL})\s*(?P<pages>{_LIST})(?!\w)")
_BARE = re.compile(
    r"(?:[:,]|\b)\s*(?P<pages>\d{1,4}(?:\s*[-–—]\s*\d{1,4})?(?:\s*ff?\b\.?)?(?:,\s*\d{1,4}(?:[-–]\d{1,4})?)*)\s*\Z"
)
_YEAR = re.compile(r"(?<![\d–-])(1[4-9]\d\d|20\d\d)([a-z])?(?![\d–-])")
_DATED = re.compile(r"(?<!\d)(?:1[4-9]\d\d|20\d\d)[a-z]?[\])]?\s*[,:](?=\s*\d)")
_YEAR_FIRST = re.compile(r"\A\s*(1[4-9]\d\d|20\d\d)([a-z])?\s*(?:[,:]\s*|\s+(?=p))")
_AUTHOR_DATE = re.compile(
    r"\A[^\W\d_][^\d]{0,80}?,?\s*\(?\[?(?:1[4-9]\d\d|20\d\d)[a-z]?\]?\)?\s*[,:]\s*(?:pp?\.\s*)?\d"
)
_VOLUME = re.compile(
    r"(?<!\w)(?:[Vv]olume|[Vv]ol\.?|v\.(?=\s*\d)|[Bb]and|[Bb]d\.|[Tt]ome|[Tt]om\.?)\s*(\d{1,3}|[IVXLC]{1,6}|[ivxlc]{1,6})(?!\w)"
)
_VOLUME_PAGE = re.compile(r"(?<![\d:])(\d{1,3})\s*:\s*(?=\d{1,4}(?!\d))")
_VOLUME_BARE = re.compile(r",\s*(\d{1,3})\s*(?=,)")
_REMARK = re.compile(
    r"[.,;:(\s]*(?P<remark>(?:\b[Mm]y\s+(?:emphasis|italics|translation)"
    r"|\b(?:[Ee]mphasis|[Ii]talics?)\s+(?:(?:is|are)\s+)?(?:in\s+(?:the\s+)?original|added|mine|ours|supplied|in\s+text)"
    r"|\b[Tt]ranslation\s+(?:mine|modified|amended)|\b[Oo]riginal\s+(?:emphasis|italics)))[.)\s]*"
)
_PRENOTE = re.compile(
    r"\A\s*(?P<note>(?:[Aa]s\s+)?(?:[Qq]uoted|[Cc]ited|[Qq]td\.|[Rr]eproduced|[Rr]eprinted)\s+(?:in|by|from|after)"
    r"|[Ss]ee(?:,?\s+(?:also|e\.g\.|for\s+example|especially))?|[Cc]f\.?|[Cc]ompare|[Ee]\.g\.|[Ff]rom|[Ii]n(?=\s+[A-Z]))[,:]?\s+"
)
_BACK = re.compile(
    r"(?<!\w)(?P<back>[Ii]bid(?:em)?\.?|[Oo]p\.\s*[Cc]it\.?|[Ll]oc\.\s*[Cc]it\.?|[Ii]dem)(?!\w)"
)
_QUOTED = re.compile(r"[“\"„«‘](?P<title>[^”\"“»]{2,200}?)[,.?!]?(?:[”\"»]|’(?!\w))")
_RESPECTIVELY = re.compile(r",?\s*\brespectively\b\.?")
_POINTING = ("see", "cf", "compare", "e.g")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One work that a reference names.

    `words` is the description without locator, remark and prenote; `titles` the titles in
    quotation marks. `locator` is in the normal form, None where no page is given. `back` is
    `ibid` or `op. cit.` where the reference leads back to an earlier one.
    """

    words: str
    titles: tuple[str, ...] = ()
    volume: str | None = None
    locator: str | None = None
    pages: tuple[int, ...] = ()
    years: tuple[str, ...] = ()
    prenote: str = ""
    remark: str = ""
    back: str = ""
    author: str = ""

    @property
    def points(self) -> bool:
        """Tell whether it only points to a work (`see …`) and quotes nothing."""
        return self.prenote.casefold().startswith(_POINTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A reference in a text, from `start` to `end`; `form` is `line`, `bracket` or `sentence`."""

    start: int
    end: int
    text: str
    form: str
    parts: tuple[Part, ...]


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield round brackets and what they hold, outer before inner; skip an unclosed one."""
    open_at: list[int] = []
    found: list[tuple[int, int]] = []
    for match in re.finditer(r"[()]", text):
        if match[0] == "(":
            open_at.append(match.start())
        elif open_at:
            found.append((open_at.pop(), match.end()))
    yield from sorted(found)


def find_in_brackets(text: str) -> list[Typed]:
    """Return the references in round brackets, in order; none within another."""
    found: list[Typed] = []
    for start, end in brackets(text):
        if found and start < found[-1].end:
            continue
        content = text[start + 1 : end - 1]
        inner = re.search(r"\((?=[^()]*(?:\bpp?\.|\d{4}))", content)
        if len(content) > LONGEST or (inner and len(content) > 200):
            continue
        if parts := read_reference(content, before=text[max(0, start - 60) : start]):
            found.append(
                Typed(start=start, end=end, text=text[start:end], form="bracket", parts=parts)
            )
    return found


def read_line(block: str) -> Typed | None:
    """Return a block that holds a reference and nothing else."""
    if len(block) > LONGEST:
        return None
    text, content = block.strip(), block.strip().rstrip(".")
    lead = re.match(r"[—–-]{1,2}\s*", content)
    content = content[lead.end() :] if lead else content
    round_ones = content.startswith("(") and content.endswith(")") and _balanced(content[1:-1])
    square_ones = content.startswith("[") and content.endswith("]") and "[" not in content[1:]
    if round_ones or square_ones:
        content = content[1:-1]
    elif not lead and not _reads_as_line(content):
        return None
    parts = read_reference(content)
    return Typed(start=0, end=len(block), text=text, form="line", parts=parts) if parts else None


def _balanced(content: str) -> bool:
    depth = 0
    for match in re.finditer(r"[()]", content):
        depth += 1 if match[0] == "(" else -1
        if depth < 0:
            return False
    return depth == 0


def _reads_as_line(content: str) -> bool:
    """Tell whether words without brackets are a reference: no sentence, and a page ends them."""
    if find_in_brackets(content) or any(
        len(m["title"].split()) > 20 for m in _QUOTED.finditer(content)
    ):
        return False
    without = _REMARK.sub("", content).rstrip(" .)")
    ends = [m for m in LOCATOR.finditer(without) if m.end() == len(without)]
    if not (ends or _AUTHOR_DATE.match(content)):
        return bool(re.fullmatch(r"[Ii]bid\.?", content))
    before = without[: ends[0].start()] if ends else without
    words = before.split()
    # A sentence has small words after its first; names and titles have few.
    small = [w for w in re.sub(r"[“\"‘][^”\"]*[”\"]", "", before).split() if w[:1].islower()]
    return len(words) <= 45 and len(small) <= max(4, len(words) // 3)


def read_reference(content: str, *, before: str = "") -> tuple[Part, ...]:
    """Return the works that a reference names; empty for words that are no reference.

    `before` is the text before the bracket, in which an author may be named.
    """
    if not content.strip() or len(content.split()) > _MOST_WORDS:
        return ()
    if not is_reference(content):
        return ()
    remark = _REMARK.search(content)
    said = " ".join(remark["remark"].split()) if remark else ""
    said = said[:1].lower() + said[1:]
    body = _REMARK.sub(" ", content) if remark else content
    body = body.strip(" \t.,;")
    prenote = _PRENOTE.match(body)
    note = prenote["note"].rstrip(",: ") if prenote else ""
    body = body[prenote.end() :] if prenote else body
    pieces = list(_split(body))
    parts: list[Part] = []
    for piece in pieces:
        later = _PRENOTE.match(piece) if parts else None
        words = piece[later.end() :] if later else piece
        parts += _read_parts(
            words, later["note"] if later else ("" if parts else note), said, before
        )
    return tuple(parts)


def is_reference(content: str) -> bool:
    """Tell whether the words of a bracket or a line can be a reference."""
    if LOCATOR.search(content):
        # A page, and something it is a page of; or a page alone.
        return not re.search(
            r"[.!?]\s+[A-Z][a-z]+\s+[a-z]+\s+[a-z]+\s+[a-z]+", _QUOTED.sub("", content)
        ) or bool(_REMARK.search(content))
    if _BACK.search(content) and len(content.split()) < 12:
        return True
    if _AUTHOR_DATE.match(content.strip()) or _YEAR_FIRST.match(content + " "):
        return len(content.split()) < 25 and bool(re.search(r"\d\s*[,:]\s*\d", content))
    volume = _VOLUME_PAGE.search(content)
    return bool(volume) and bool(re.search(r"[^\W\d_]{2,}", content)) and len(content.split()) < 20


def _split(body: str) -> Iterator[str]:
    """Yield the references that semicolons part; a semicolon between pages parts nothing."""
    position = 0
    for match in re.finditer(r";\s+(?=\D)", body):
        piece = body[position : match.start()]
        if LOCATOR.search(piece) or _BARE.search(piece) or _BACK.search(piece):
            yield piece
            position = match.end()
    yield body[position:]


def _read_parts(piece: str, note: str, remark: str, before: str) -> Iterator[Part]:
    respectively = _RESPECTIVELY.search(piece)
    piece = _RESPECTIVELY.sub("", piece)
    found = list(LOCATOR.finditer(piece))
    titles = tuple(m["title"].strip() for m in _QUOTED.finditer(piece))
    if respectively and len(titles) > 1:
        places = [m["label"] + " " + m["pages"] for m in found]
        if len(found) == 1:
            places = [f"p. {p}" for p in re.split(r"\s*(?:,|\band\b|&)\s*", found[0]["pages"]) if p]
        if len(places) == len(titles):
            shared = _QUOTED.sub(" ", LOCATOR.sub(" ", piece))
            for number, (title, place) in enumerate(zip(titles, places, strict=True)):
                yield _part(
                    f"“{title}” {shared}", place, note if not number else "and", remark, before
                )
            return
    if not found:
        year_first = _YEAR_FIRST.match(piece)
        dated = _DATED.search(piece)
        bare = _BARE.search(piece, dated.end() - 1) if dated else _BARE.search(piece)
        if (
            bare
            and not _BACK.search(piece[: bare.start()])
            and bare.start() == 0
            and not year_first
        ):
            return
        if bare:
            yield _part(
                piece[: bare.start("pages")].rstrip(" ,"), bare["pages"], note, remark, before
            )
        else:
            yield _part(piece, None, note, remark, before)
        return
    words = (piece[: found[0].start()] + " " + piece[found[-1].end() :]).strip()
    place = piece[found[0].start() : found[-1].end()]
    yield _part(words, place, note, remark, before)


def _part(words: str, place: str | None, note: str, remark: str, before: str) -> Part:
    volume = None
    if match := _VOLUME.search(words):
        volume = number_of(match[1])
        words = words[: match.start()] + words[match.end() :]
    elif match := re.search(r"(?<![\d:])(\d{1,3})\s*:\s*\Z", words):
        volume = match[1]
        words = words[: match.start()]
    elif match := _VOLUME_BARE.search(words):
        volume = match[1]
        words = words[: match.start()] + words[match.end() :]
    back = _BACK.search(words)
    words = _BACK.sub(" ", words)
    years = tuple(m[1] + (m[2] or "") for m in _YEAR.finditer(words))
    locator, numbers = _locator(place)
    author = ""
    bare = re.sub(r"[\W\d_]+", "", words)
    if not bare and years:
        named = re.search(r"([^\W\d_][\w’'.-]+)(?:[’']s?)?\s*\Z", before)
        author = (
            named[1].removesuffix("’s").removesuffix("'s")
            if named and named[1][0].isupper()
            else ""
        )
    return Part(
        words=" ".join(words.split()).strip(" ,.;:"),
        titles=tuple(m["title"].strip() for m in _QUOTED.finditer(words)),
        volume=volume,
        locator=locator,
        pages=numbers,
        years=years,
        prenote=note,
        remark=remark,
        back=("ibid" if back["back"].casefold().startswith(("ibid", "idem")) else "op. cit.")
        if back
        else "",
        author=author,
    )


def _locator(place: str | None) -> tuple[str | None, tuple[int, ...]]:
    if place is None:
        return None, ()
    place = re.sub(r"\s+(?:and|&)\s+(?:pp?\.\s*)?", ", ", place)
    place = re.sub(r"(?<=\d),\s*pp?\.\s*(?=\d)", ", ", place)
    place = re.sub(r"\A(?:[Pp]ages?|pgs?\.|[Ss]\.|pp?(?=\s*\d))\s*", "pp. ", place.strip())
    try:
        locator = parse(place)
    except LocatorError:
        return None, ()
    return format_locator(locator), tuple(r.first for r in pages(locator))


def number_of(volume: str) -> str:
    """Return a volume's number in arabic figures."""
    if volume.isdecimal():
        return str(int(volume))
    try:
        return str(int(RomanNumeral.from_string(volume)))
    except (InvalidRomanNumeralError, ValueError):
        return volume
