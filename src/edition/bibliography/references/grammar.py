"""References as authors type them, taken apart; which work is meant, `resolution` decides."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from edition.bibliography.references.patterns import (
    BACK,
    BARE_PAGES,
    ESPECIAL_PAGES,
    ESPECIALLY,
    HERE,
    ISSUE,
    LABEL,
    LINES,
    LOCATOR,
    NOTE_TO_PAGE,
    NOTED,
    OTHER_PLACE,
    POINTING,
    PRENOTE,
    QUOTED,
    REMARK,
    RESPECTIVELY,
    SECOND_HAND,
    SEMICOLON,
    VOLUME,
    VOLUME_BARE,
    VOLUME_PAGE,
    YEAR,
    YEAR_FORM,
    mended,
    number_of,
    read_place,
)
from edition.bibliography.references.profile import PARTICLES

LONGEST = 600
"""The characters of the longest reference."""

_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё]"
_MOST_WORDS = 70
_SOME = rf"{BARE_PAGES}(?:\s*(?:,|and|und|et|&)\s*{BARE_PAGES})*"
_BARE = re.compile(rf"(?:\A|[:,)\]”\"»’?!]|\s)\s*(?P<pages>{LINES}|{_SOME}|[ivx])\s*\Z")
_YEAR_UNIT = (
    rf"(?:[\[(]{YEAR_FORM}[\])]\s*)?\[?(?P<year>{YEAR_FORM}[a-z]?)(?:[–/-](?:{YEAR_FORM}|\d\d)(?!\d))?\]?"
    rf"(?:\s*[/\[(]\s*{YEAR_FORM}[a-z]?[\])]?)?"
)
_DATED = re.compile(
    rf"(?:\A|[,;\s(\[])\s*{_YEAR_UNIT}\s*\)?"
    rf"(?:\s*[,:]\s*(?P<esp>{ESPECIALLY}\s*)?"
    rf"(?:(?:(?P<volume>{VOLUME.pattern})|(?P<numeral>[IVXLC]{{1,6}}|\d{{1,3}}(?=\s*:)))\s*[,:.]\s*)?"
    rf"(?P<place>(?:{LABEL}\s*)?{_SOME}))?\s*(?=[,;)]|\Z)"
)
_NAME_BEFORE = re.compile(
    rf"(?<!\w)(?P<names>{_CAPITAL}[\w’'-]+(?:(?:,?\s+(?:and|und|et|y|и|&)\s+|,\s+|/){_CAPITAL}[\w’'-]+)*"
    r"(?:\s+et\s+al\.?)?)(?:(?:[’']s?)(?:\s+[\w-]+){0,2})?\s*\Z"
)
_LEADING_PROSE = re.compile(
    r"(?P<note>[^\W\d_][^,;:()\d]{2,40}?\s(?:see|cf\.|compare|vgl\.|siehe|voir|см\.))\s+(?=[A-ZÀ-ÞА-Я“\"„«])"
)
# `; for a different view, Hart 1831, 20`, and no `van der Veen, 2001`.
_LEADING_WORDS = re.compile(
    rf"\s*(?!(?:{'|'.join(sorted(PARTICLES))})\s)(?P<note>[a-zß-öø-ÿа-яё][^,;:()\d“„«]{{2,60}}),\s+(?={_CAPITAL}[\w’'-]{{2}}[^,;]{{0,60}}\d)"
)
# Before a place: `1:`, `GS V,`, `ii.`; not the number of a journal.
_VOLUME_AT_END = re.compile(
    r"(?<![\w:])(?:(?:(?<=[A-Z]{2}\s)|(?<=[a-zа-я]{4}\.\s))(\d{1,2})[.,]?|(\d{1,3})\s*:"
    r"|([IVXL]{1,6})[¹²³⁴]?[:,]?|([ivxl]{1,6})[¹²³⁴]?[.:,]?)"
    r"\s*(?:(?=\([^()]*\d{4}[^()]*\)?\s*\Z)|\Z)"
)
_PLACE = re.compile(
    LOCATOR.pattern.replace("(?P<label>", "(?:").replace("(?P<pages>", "(?:")
    + "|" + OTHER_PLACE.pattern
)  # fmt: skip
_IMPRINT = re.compile(rf"[,\s]{YEAR_FORM}(?:[–/-]\d{{2,4}})?\)?,[^!?]{{0,60}}?\d")
_JOINED_BEFORE = re.compile(r"[\s,]*(?:\b(?:and|und|et|и|mit|with)|&)?\s*\Z")
_JOINED = re.compile(r"[\s,;]*(?:and|und|et|и|&)?\s*")
_ESPECIALLY = re.compile(ESPECIALLY)
_PASSIM = re.compile(
    rf",?\s*\b(?:(?:and|und|et|и)\s+)?passim(?=\W*\Z|,?\s*(?:and\s+|und\s+|et\s+)?{ESPECIALLY})"
)
_MOST = re.compile(rf"{ESPECIAL_PAGES}\W*\Z")
_ESPECIALLY_BEFORE = re.compile(rf"[,(\s]*(?P<esp>{ESPECIALLY})\s*\Z")
_NOTE = re.compile(NOTE_TO_PAGE)
_PLACED = re.compile(rf"(?:{LOCATOR.pattern}|{OTHER_PLACE.pattern}|{YEAR_FORM}[a-z]?)\W*\Z")
_PARTED = re.compile(
    rf"{SEMICOLON}\s+(?=\S)|,\s+(?=(?:{SECOND_HAND})\s)"
    r"|,?\s+(?P<and>and|und|et|и|sowie)\s+(?=[“\"„«A-ZÀ-ÞА-Я])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One work that a reference names.

    `words` is the description without locator, remark and words before; `titles` the titles in
    quotation marks; `author` the name that the text gives before a bracket. `locator` is in the
    normal form, None where no page is given. `back` is `ibid`, `work` (op. cit.), `place` (loc.
    cit.) or `person` (idem) where the reference leads back to an earlier one. `typed` are its
    characters as they are typed; of several works of one author, those of all. `note` is the
    number of the note that it points to: `(wie Anm. 6)`.
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
    typed: str = ""
    note: str = ""

    @property
    def points(self) -> bool:
        """Tell whether it only points to a work (`see …`) and quotes nothing."""
        return self.prenote.casefold().startswith(POINTING)


def is_reference(content: str) -> bool:
    """Tell whether the words of a bracket or a line are a reference for their form alone."""
    content = mended(content)
    count = len(content.split())
    if LOCATOR.search(content):
        # A page, and something it is a page of; or a page alone.
        return not _is_sentence(content) or bool(REMARK.search(content))
    if BACK.search(content) and count < 12:
        return True
    if count < 25 and re.search(
        rf"(?<![\d–-]){YEAR_FORM}[a-z]?[\])]?\s*[,:]\s*(?!{YEAR_FORM})\d+(?!\d|\s*%)", content
    ):
        return True
    return bool(VOLUME_PAGE.search(content)) and _has_words(content) and count < 20


@lru_cache(maxsize=10_000)  # several rules, and the importer's guess of the habit, read the same
def read_reference(content: str, *, before: str = "", weak: bool = False) -> tuple[Part, ...]:
    """Return the works that a reference names; none for words that are no reference.

    `before` is the text before the bracket, in which an author may be named. With `weak`,
    words are read that may be a reference: `Hart 112`, `Hart 1831`, `112`.
    """
    if not content.strip() or len(content.split()) > _MOST_WORDS or len(content) > LONGEST:
        return ()
    if not is_reference(content) and not (weak and _may_be_reference(content)):
        return ()
    noted = NOTED.search(content)
    content = HERE.sub("", mended(content))
    remark = REMARK.search(content)
    said = " ".join(remark["remark"].split()) if remark else ""
    said = said[:1].lower() + said[1:]
    body = REMARK.sub(" ", content) if remark else content
    body = body.strip(" \t.,;")
    parts: list[Part] = []
    for piece in _split(body):
        prenote = PRENOTE.match(piece) or _LEADING_PROSE.match(piece)
        if not (prenote or BACK.match(piece)):
            prenote = _LEADING_WORDS.match(piece)
        note = prenote["note"].rstrip(",: ") if prenote else ""
        words = piece[prenote.end() :] if prenote else piece
        own = list(_read_parts(words, note, said if not parts else "", before))
        if parts and own and not own[0].author and not _has_words(own[0].words):
            # `Hart 1831, 19; 1838, 112`: the second is the same author's.
            own = [replace(p, author=_lead(parts[-1])) if not p.back else p for p in own]
        parts += [replace(p, typed=words.strip()) for p in own]
    if noted and len(parts) == 1:
        parts = [replace(parts[0], note=noted["note"] or noted["above"])]
    return tuple(parts)


def _may_be_reference(content: str) -> bool:
    """Tell whether a bracket may hold a reference, if the bibliography knows its words."""
    content = REMARK.sub(" ", content)
    words = content.split()
    most = 45 if _IMPRINT.search(content) else 28 if YEAR.search(content) else 16
    if len(words) > most or _is_sentence(content):
        return False
    bare = _BARE.search(content.strip(" .,;"))
    return bool(
        bare or re.search(r"\bpassim\b", content) or YEAR.search(content) or QUOTED.search(content)
    )


def _is_sentence(content: str) -> bool:
    """Tell whether a sentence begins behind a full stop; a subtitle may, before its imprint."""
    return not _IMPRINT.search(content) and bool(
        re.search(r"[.!?]\s+[A-Z][a-z]+\s+[a-z]+\s+[a-z]+\s+[a-z]", QUOTED.sub("", content))
    )


def _both(first: str, second: str) -> str:
    return ", ".join(remark for remark in (first, second) if remark)


def _lead(part: Part) -> str:
    """Return the names of a part: what comes before its first comma or title."""
    return part.author or re.split(rf"[,“\"(]|{YEAR_FORM}", part.words, maxsplit=1)[0].strip()


def _has_words(text: str) -> bool:
    return re.search(r"[^\W\d_]{2,}", text) is not None


def _split(body: str) -> Iterator[str]:
    """Yield the references that semicolons part; a semicolon between pages parts nothing."""
    position = 0
    for match in _PARTED.finditer(body):
        piece = body[position : match.start()]
        following = body[match.end() : match.end() + 12]
        if (
            match[0][0] == ";"
            and re.match(r"\d{1,3}(?!\d|:\s?\d)", following)
            and not re.match(YEAR_FORM, following)
        ):
            continue
        if _is_within(body[position : match.start()]):
            continue
        if match["and"] and not (
            (_BARE.search(piece) or _PLACED.search(piece)) and _is_placed(body[match.end() :])
        ):
            continue
        if _is_placed(piece) or BACK.search(piece):
            yield piece
            position = match.end()
    yield body[position:]


def _is_within(text: str) -> bool:
    """Tell whether a bracket is open at the end of a text."""
    return text.count("(") > text.count(")") or text.count("[") > text.count("]")


def _is_placed(piece: str) -> bool:
    return any(p.search(piece) for p in (LOCATOR, OTHER_PLACE, _BARE, YEAR))


def _page_behind(piece: str, runs: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the page of a part or chapter that an imprint parts from it."""
    if len(runs) < 2 or LOCATOR.search(piece, *runs[0]):
        return None
    between = piece[runs[0][1] : runs[1][0]]
    return runs[1] if re.search(YEAR_FORM, between) and LOCATOR.match(piece, *runs[1]) else None


def _ends_with_place(text: str) -> bool:
    return bool(_BARE.search(text)) or any(end == len(text) for _, end in place_runs(text))


def place_runs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where places with labels begin and end; those that only a comma parts are one."""
    end = len(text) if end is None else end
    while match := _PLACE.search(text, start, end):
        first = match.start()
        while match:
            start = match.end()
            joined = _JOINED.match(text, start, end)
            match = _PLACE.match(text, joined.end(), end) if joined else None
        yield first, start


def _tail(tail: str) -> tuple[str, str]:
    """Return the words behind a place that describe the work, and those that are a remark."""
    tail = tail.strip(" .,;")
    small = tail[:1].islower() and not re.search(r"\d|\A(?:of|in|from)\b", tail)
    remark = small or _NOTE.match(tail) or _ESPECIALLY.match(tail)
    return ("", tail) if remark else (tail, "")  # `p. 14, and the map`


def _read_parts(piece: str, note: str, remark: str, before: str) -> Iterator[Part]:
    respectively = RESPECTIVELY.search(piece)
    piece = RESPECTIVELY.sub("", piece)
    if passim := _PASSIM.search(piece):
        piece, remark = piece[: passim.start()] + piece[passim.end() :], _both("passim", remark)
    if (most := _MOST.search(piece)) and _ends_with_place(piece[: most.start()]):
        piece = piece[: most.start()]
        remark = _both("esp. " + re.sub(rf"\A{LABEL}\s*", "", most["most"]), remark)
    found = list(place_runs(piece))
    titles = tuple(m["title"].strip() for m in QUOTED.finditer(piece))
    if respectively and len(titles) > 1:
        places = [piece[a:b] for a, b in found]
        if len(found) == 1 and (pages := LOCATOR.fullmatch(places[0])):
            places = [f"p. {p}" for p in re.split(r"\s*(?:,|\band\b|&)\s*", pages["pages"]) if p]
        if len(places) == len(titles):
            shared = QUOTED.sub(" ", _PLACE.sub(" ", piece))
            for number, (title, place) in enumerate(zip(titles, places, strict=True)):
                lead = note if not number else "and"
                yield _part(f"“{title}” {shared}", place, lead, remark, before)
            return
    dated = list(_DATED.finditer(piece))
    if dated and _follows_names(piece, dated):
        names = piece[: dated[0].start()].strip(" ,(")
        rest, more = _tail(piece[dated[-1].end() :])
        remark = _both(more, remark)
        for number, match in enumerate(dated):
            volume = match["volume"] or (match["numeral"] and f"vol. {match['numeral']}") or ""
            place = match["place"] and f"{match['esp'] or ''}{match['place']}"
            yield _part(
                f"{names} {volume} {match['year']} {rest}".strip(), place,
                note if not number else "", remark if not number else "", before,
            )  # fmt: skip
        return
    if found:
        start, end = found[0]
        before_note = _JOINED_BEFORE.sub("", piece[:start])
        if _NOTE.fullmatch(piece, start, end) and (bare := _BARE.search(before_note)):
            start = bare.start("pages")  # `621 and n. 38`
        if page := _page_behind(piece, found):
            # `Кн. 1. М., 1956. С. 8`
            place, piece = f"{piece[start:end]}, {piece[page[0] : page[1]]}", piece[: page[0]]
        else:
            place = piece[start:end]
        tail, more = _tail(piece[end:])
        remark = _both(more, remark)
        lead = piece[:start]
        if esp := _ESPECIALLY_BEFORE.search(lead):
            lead, place = lead[: esp.start()], f"{esp['esp']} {place}"
        words = f"{lead} {tail}".strip()
        yield _part(words, place, note, remark, before)
        return
    volume = VOLUME.search(piece)
    bare = _BARE.search(piece, volume.end() if volume else 0)
    if bare and not re.fullmatch(rf"{YEAR_FORM}[a-z]?", bare["pages"]):
        lead, place = piece[: bare.start("pages")], bare["pages"]
        if esp := _ESPECIALLY_BEFORE.search(lead):
            lead, place = lead[: esp.start()], f"{esp['esp']} {place}"
        yield _part(lead.rstrip(" ,"), place, note, remark, before)
    else:
        yield _part(piece, None, note, remark, before)


def _follows_names(piece: str, dated: list[re.Match[str]]) -> bool:
    """Tell whether years are all there is after the names: `Hart 1831, 19, 1838, 112`."""
    position = dated[0].start()
    for match in dated:
        if piece[position : match.start()].strip(" ,;"):
            return False
        position = match.end()
    rest = piece[position:].strip(" ,.)")
    names = piece[: dated[0].start()]
    return not (re.search(r"\d", rest + names) or (rest and len(dated) > 1))


def _part(words: str, place: str | None, note: str, remark: str, before: str) -> Part:
    volume = None
    if place and len(several := list(VOLUME.finditer(words))) > 1:
        last = several[-1]  # `t. III, vol. 1, p. 11`
        words, place = words[: last.start()] + words[last.end() :], f"vol. {last[1]}, {place}"
    for pattern in (VOLUME, _VOLUME_AT_END, VOLUME_BARE):
        if (match := pattern.search(words)) and (place or pattern is not _VOLUME_AT_END):
            volume = number_of(next(n for n in match.groups() if n))
            words = words[: match.start()] + words[match.end() :]
            break
    words = ISSUE.sub(" ", words)
    back = BACK.search(words)
    words = BACK.sub(" ", words)
    years = tuple(m[1] + (m[2] or "") for m in YEAR.finditer(words))
    locator, numbers = read_place(place)
    if place and locator is None:
        remark = _both(place, remark)
    author = ""
    if not back and not re.sub(r"[\W\d_]+", "", words) and (named := _NAME_BEFORE.search(before)):
        author = re.sub(r"[’']s?\Z", "", named["names"])
    return Part(
        words=" ".join(words.split()).strip(" ,.;:"),
        titles=tuple(m["title"].strip() for m in QUOTED.finditer(words)),
        volume=volume,
        locator=locator,
        pages=numbers,
        years=years,
        prenote=note,
        remark=remark,
        back=(back.lastgroup or "") if back else "",
        author=author,
    )
