"""A piece of a reference taken apart: its words, its volume, its place."""

import re
from collections.abc import Iterator

from edition.bibliography.references.context import Part
from edition.bibliography.references.patterns import (
    AND,
    AND_OTHERS,
    BACK,
    BOOK,
    CAPITAL,
    ESPECIAL_PAGES,
    ESPECIALLY,
    ISSUE,
    LABEL,
    LINES,
    LOCATOR,
    NOTE_TO_PAGE,
    NUMBER,
    QUOTED,
    RESPECTIVELY,
    SECTION,
    SHARED_PLACE,
    UNDATED,
    VOLUME,
    VOLUME_BARE,
    YEAR,
    YEAR_FORM,
    number_of,
)
from edition.bibliography.references.places import (
    BARE,
    PLACE,
    PREFACE,
    SOME_PAGES,
    ends_with_place,
    place_runs,
    prose_apart,
    read_place,
)
from edition.bibliography.references.profile import PARTICLE, content_words
from edition.model.lazy_pattern import lazy

SHARED = re.compile(
    rf"(?:\A|[\s,])(?!{YEAR_FORM}[a-e](?!\d|[–-]\d{{4}}[a-e]))(?P<pages>{SHARED_PLACE})(?=,?\s[a-z]|\W*\Z)"
)
_YEAR_UNIT = (
    rf"(?:[\[(]{YEAR_FORM}[\])]\s*)?\[?(?P<year>{YEAR_FORM}[a-z]?)(?:[–/-](?:{YEAR_FORM}|\d\d)(?!\d))?\]?"
    rf"(?:\s*[/\[(]\s*{YEAR_FORM}[a-z]?[\])]?)?"
)
_DATED = re.compile(
    rf"(?:\A|[,;\s(\[])\s*{_YEAR_UNIT}\s*\)?"
    rf"(?:\s*[,:]\s*(?P<esp>{ESPECIALLY}\s*)?"
    rf"(?:(?:(?P<volume>{VOLUME.pattern})|(?P<numeral>[IVXLC]{{1,6}}|\d{{1,3}}(?=\s*:)))\s*[,:.]\s*)?"
    rf"(?P<place>(?:{LABEL}\s*)?{SOME_PAGES}|(?<=:\s)\d{{4}}(?:[-–]\d{{1,4}})?))?\s*(?=[,;)]|{AND}\s+{YEAR_FORM}(?!\d)|\Z)"
)
_INITIALS = rf"(?:{CAPITAL}\.[\s-]?){{0,3}}"
_ADVERB = (
    "(?:Actual|Apparent|Certain|Clear|Consequent|Converse|Curious|Ear|Equal|Evident|Final|First"
    "|Fortunate|General|Important|Interesting|Last|Notab|Obvious|On|Original|Possib|Previous"
    "|Recent|Second|Significant|Similar|Strange|Subsequent|Sure|Telling|Third|Typical|Ultimate"
    "|Unfortunate|Usual)ly"
)
_NAME_BEFORE = re.compile(
    rf"(?<!\w)(?!(?:{_ADVERB}|However|Here|Later|Thus|Then|Elsewhere|Again|Moreover|Furthermore|Likewise|Enfin|Ensuite|Ainsi|Aussi|Cependant|Toutefois|Infine|Inoltre|Tuttavia|Zuletzt|Später|Zudem|Außerdem|Dennoch|Asimismo|Además|También|Luego|Así|Наконец),\s)(?P<names>{_INITIALS}{CAPITAL}[\w’'-]+(?:(?:,?\s+(?:and|und|et|y|и|&)\s+|,\s+|/)"
    rf"(?:{_INITIALS}|(?:{CAPITAL}[\w’'-]+\s+){{1,2}}|(?:{PARTICLE}\s+){{1,3}}){CAPITAL}[\w’'-]+)*"
    rf"(?:\s+{AND_OTHERS.pattern})?)(?:\s(?:him|her)self|\sselbst|\s(?:lui|elle)-même|(?:[’']s?)(?:\s+[\w-]+){{0,2}})?\s*\Z"
)
# Before a place: `1:`, `GS V,`, `ii.`; not the number of a journal.
_VOLUME_AT_END = re.compile(
    r"(?<![\w:])(?:(?:(?<=[A-Z]{2}\s)|(?<=[a-zа-я]{4}\.\s))(\d{1,2}(?:/\d{1,2})?)[.,]?|(\d{1,3}(?:/\d{1,2})?)\s*:"
    r"|(?<=[A-Z]\s)([IVX]{1,4},\s?\d{1,2}),?(?=\s*\Z)|(?!L\b)([IVXL]{1,6}(?:[/.]\d{1,2})?)[¹²³⁴]?[:,]?|(?!l\b)([ivxl]{1,6})[¹²³⁴]?[.:,]?)"
    r"\s*(?:(?=\([^()]*\d{4}[^()]*\)?\s*\Z)|\Z)"
)
_RANGE_BEFORE = re.compile(
    rf"(?:\A|[\s,:])(?!{YEAR_FORM})(?P<pages>\d+[-–]\d+|\d{{3,4}}|(?:(?<=\),\s)|\A)\d+),\s*\Z"
)
_JOINED_BEFORE = re.compile(r"[\s,]*(?:\b(?:and|und|et|и|mit|with)|&)?\s*\Z")
_ESPECIALLY = re.compile(ESPECIALLY)
_PASSIM = lazy(
    rf",?\s*\b(?:(?:and|und|et|и)\s+)?passim(?=\W*\Z|,?\s*(?:and\s+|und\s+|et\s+)?{ESPECIALLY})"
)
_MOST = lazy(rf"{ESPECIAL_PAGES}\W*\Z")
_ESPECIALLY_BEFORE = lazy(rf"(?<!\w)[,(\s]*(?P<esp>{ESPECIALLY})\s*\Z")
_OF = "of|in|from|du|de|des|der|dieser|dieses|del|della|из"
_NOTE = re.compile(NOTE_TO_PAGE)
_NOTE_AT_END = re.compile(rf"(?:(?<=\d)|(?=,\s)){NOTE_TO_PAGE}\W*\Z")
_PREFACE_BEFORE = re.compile(
    rf"(?:\A|[\s,])(?P<place>(?:(?:\d{{1,3}}|[IVXL]+),?\s+)?{PREFACE}\s*)\Z"
)
# `IV, 4,` before a labelled page: book and chapter of every edition.
_BOOK = re.compile(rf"(?:\A|[,:])\s*(?P<book>{BOOK})(?=,|\s*\Z)")
# Of a commentary: `Mynors (1990) ad G. 4.201`.
_COMMENTED = re.compile(rf"[,\s]\s*(?P<on>(?:ad|on|zu)\s+(?:[^\W\d_]+\.\s?){{0,3}}{LINES})\W*\Z")
# A part's name before its page: `Preface, p. ix`, `Einleitung, S. 7`.
_SECTION_AT_END = re.compile(
    rf",\s*(?P<section>(?:[“\"„«]?{SECTION}[,.]?[”\"“»]?"
    r"|(?:Letter|Lettre|Brief|Lettera|Carta|Письмо|Epistle)\s(?:[ivxlc]+|[IVXLC]+|\d{1,3})|s\.\s?v\.\s*[“\"„«‘][^”\"“»’]+[”\"“»’]))[\s,:.]*\Z"
)
_NUMBER_AT_END = re.compile(rf"(?:\A|,)\s*(?P<number>{NUMBER}),?\s*\Z")
_LINES_AT_END = re.compile(rf"[,\s]\s*(?P<lines>{LINES}),?\s*\Z")
# What no locator counts: `p. 19, box 2`, `p. 19, GF45, fig. 2`.
_DRAWN = re.compile(
    rf"{NUMBER}|\([^()]*\),|[A-Z]{{1,3}}\s?\d|[Pp]l(?:ate)?\.?\s[IVXL]+\.\d|(?:[CcKk]at\.|[Ss]heet|[Bb]ox|[Mm]ap|[Cc]hart|[Gg]raph|[Ee]xhibit|[Pp]anel|[Kk]arte|[Ss]chema|[Cc]arte|[Mm]appa)\s\d"
)
_FIGURE = re.compile(
    r",?\s*\b(?:[Tt]ab|[Ff]ig|[Cc]at|[Kk]at|[Ss]heet)(?:les?|s)?\b\.?\s*\d+(?:\.\d+)?"
)
_OPEN = re.compile(r"\([^()\d]*[^\W\d_]{3}[^()\d]*\Z")  # `(Studien zur See, Bd. 27)`


def both(first: str, second: str) -> str:
    """Return two remarks as one."""
    return ", ".join(remark for remark in (first, second) if remark)


def _page_behind(piece: str, runs: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the page of a part or chapter that an imprint parts from it."""
    if len(runs) < 2 or LOCATOR.search(piece, *runs[0]):
        return None
    between = piece[runs[0][1] : runs[1][0]]
    parted = re.search(YEAR_FORM, between) or VOLUME.search(between)
    return runs[1] if parted and LOCATOR.match(piece, *runs[1]) else None


def _tail(tail: str) -> tuple[str, str]:
    """Return the words behind a place that describe the work, and those that are a remark."""
    tail = tail.strip(" .,;" if "(" in tail else " .,;)")
    small = tail[:1].islower() and not re.search(rf"\d|\A(?:{_OF})\b|\A{VOLUME.pattern}", tail)
    remark = small or _DRAWN.match(tail) or _NOTE.match(tail) or _ESPECIALLY.match(tail)
    return ("", tail) if remark else (tail, "")  # `p. 14, and the map`


def read_piece(piece: str, note: str, remark: str, before: str) -> Iterator[Part]:
    """Yield the works that a piece names; `before` is the text before the bracket.

    `note` are the words before it, `remark` those said of the whole reference.
    """
    if parts := _respective(piece, note, remark, before):
        yield from parts
        return
    piece = RESPECTIVELY.sub("", piece)
    on = _COMMENTED.search(piece)
    if on and (YEAR.search(piece, 0, on.start()) or ends_with_place(piece[: on.start()])):
        piece, remark = piece[: on.start()], both(on["on"], remark)
    piece, prose = prose_apart(piece)
    remark = both(prose, remark)
    if "passim" in piece and (passim := _PASSIM.search(piece)):
        piece, remark = piece[: passim.start()] + piece[passim.end() :], both("passim", remark)
    especially = _ESPECIALLY.search(piece)
    most = _MOST.search(piece) if especially else None
    if most and ends_with_place(piece[: most.start()]):
        piece = piece[: most.start()]
        meant = re.sub(rf"\A{LABEL}\s*", "", most["most"])
        elsewhere = next(place_runs(piece), None) and not LOCATOR.search(piece)
        remark = both(f"esp. {most['most'] if elsewhere else meant}", remark)
    dated = list(_DATED.finditer(piece))
    if dated and _follows_names(piece, dated):
        yield from _of_years(piece, dated, note, remark, before)
        return
    lead, place, tail = _placed(piece)
    if place and especially and (esp := _ESPECIALLY_BEFORE.search(lead)):
        lead, place = lead[: esp.start()], f"{esp['esp']} {place}"
    tail, more = _tail(tail)
    yield _part(f"{lead.rstrip(' ,')} {tail}".strip(), place, note, both(more, remark), before)


def _respective(piece: str, note: str, remark: str, before: str) -> list[Part]:
    """Return the works of several titles with a place for each: `“A” and “B”, p. 3 and p. 4`."""
    titles = [m["title"].strip() for m in QUOTED.finditer(piece)]
    if len(titles) < 2 or not RESPECTIVELY.search(piece):
        return []
    piece = RESPECTIVELY.sub("", piece)
    places = [piece[a:b] for a, b in place_runs(piece)]
    if len(places) == 1 and LOCATOR.fullmatch(places[0]):
        pages = re.sub(LABEL, "", places[0])
        places = [f"p. {p}" for p in re.split(r"\s*(?:,|\band\b|&)\s*", pages) if p]
    if len(places) != len(titles):
        return []
    shared = QUOTED.sub(" ", PLACE.sub(" ", piece))
    return [
        _part(f"“{title}” {shared}", place, "and" if number else note, remark, before)
        for number, (title, place) in enumerate(zip(titles, places, strict=True))
    ]


def _of_years(
    piece: str, dated: list[re.Match[str]], note: str, remark: str, before: str
) -> Iterator[Part]:
    """Yield a work for each year behind the names: `Hart 1831, 19, 1838, II: 112`."""
    names = piece[: dated[0].start()].strip(" ,(")
    rest, more = _tail(piece[dated[-1].end() :])
    remark = both(more, remark)
    for match in dated:
        volume = match["volume"] or (match["numeral"] and f"vol. {match['numeral']}") or ""
        place = match["place"] and f"{match['esp'] or ''}{match['place']}"
        words = f"{names} {volume} {match['year']} {rest}".strip()
        yield _part(words, place, note, remark, before)
        note = remark = ""


def _placed(piece: str) -> tuple[str, str | None, str]:
    """Return the words before the place of a reference, the place, and the words behind it."""
    found = list(place_runs(piece))
    if not found:
        note = _NOTE_AT_END.search(piece)  # `244, table 5.2`
        piece, noted = (piece[: note.start()], note[0]) if note else (piece, "")
        volume = VOLUME.search(piece)
        bare = BARE.search(piece, volume.end() if volume else 0) or SHARED.search(piece)
        if (
            bare is None
            or _NUMBER_AT_END.search(piece)
            or re.fullmatch(rf"{YEAR_FORM}[a-z]?", bare["pages"])
        ):
            return piece, None, noted
        preface = _PREFACE_BEFORE.search(piece, 0, bare.start("pages"))
        start = preface.start("place") if preface else bare.start("pages")
        return piece[:start], piece[start : bare.end("pages")] + noted, piece[bare.end("pages") :]
    start, end = found[0]
    before_note = _JOINED_BEFORE.sub("", piece[:start])
    if _NOTE.fullmatch(piece, start, end) and (bare := BARE.search(before_note)):
        start = bare.start("pages")  # `621 and n. 38`
    elif not LOCATOR.search(piece, start, end) and (range_ := _RANGE_BEFORE.search(piece[:start])):
        start = range_.start("pages")  # `3–7, ch. 1`
    place, tail = piece[start:end], piece[end:]
    if page := _page_behind(piece, found):
        # `Кн. 1. М., 1956. С. 8`
        place, tail = f"{place}, {piece[page[0] : page[1]]}", piece[end : page[0]]
    return piece[:start], place, tail


def _follows_names(piece: str, dated: list[re.Match[str]]) -> bool:
    """Tell whether years are all there is after the names: `Hart 1831, 19, 1838, 112`."""
    position = dated[0].start()
    for match in dated:
        if re.sub(AND, "", piece[position : match.start()]).strip(" ;"):
            return False
        position = match.end()
    rest = _FIGURE.sub("", piece[position:]).strip(" ,.)")
    if next(place_runs(rest), None):
        return False  # `Paris, 1855, p. II–III`
    return not (re.search(r"\d", rest + piece[: dated[0].start()]) or (rest and len(dated) > 1))


def _part(words: str, place: str | None, note: str, remark: str, before: str) -> Part:
    back = BACK.search(words)
    words = BACK.sub(" ", words)
    volume, volume_of = None, ""
    if place and LOCATOR.match(place) and (book := _BOOK.search(words)):
        words, remark = words[: book.start()] + words[book.end() :], both(book["book"], remark)
    if place and (section := _SECTION_AT_END.search(words)):
        words, remark = words[: section.start()], both(section["section"], remark)
    if (
        place
        and LOCATOR.match(place)
        and (lines := _LINES_AT_END.search(words))
        and not VOLUME.search(words)
    ):
        words, place = words[: lines.start()], f"{lines['lines']}, {place}"
    outside = QUOTED.sub(lambda m: "\1" * len(m[0]), words)
    if place and len(several := list(VOLUME.finditer(outside))) > 1:
        last = several[-1]  # `t. III, vol. 1, p. 11`
        words, place = words[: last.start()] + words[last.end() :], f"vol. {last[1]}, {place}"
        outside = outside[: last.start()] + outside[last.end() :]
    for pattern in (VOLUME, _VOLUME_AT_END, VOLUME_BARE):
        if (match := pattern.search(outside)) and (place or pattern is not _VOLUME_AT_END):
            volume = number_of(next(n for n in match.groups() if n))
            of_series = _OPEN.search(words, 0, match.start())
            if of_series or (pattern is _VOLUME_AT_END and ":" not in match[0]):
                near = of_series[0] if of_series else words[: match.start()].rpartition(",")[2]
                volume_of = "".join(content_words(near)[-1:])
            words = words[: match.start()] + words[match.end() :]
            break
    number = _NUMBER_AT_END.search(words)
    words = ISSUE.sub(" ", words[: number.start()] if number else words)
    years = tuple(m[1] + (m[2] or "") for m in YEAR.finditer(words))
    if undated := UNDATED.search(words):
        years, words = (undated[0].lower(),), words[: undated.start()] + words[undated.end() :]
    locator, numbers = read_place(place)
    if place and locator is None:
        remark = both(place, remark)
    author = ""
    bare = not re.sub(r"[\W\d_]+", "", words) and not (back and back["person"])
    if bare and (named := _NAME_BEFORE.search(before)):
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
        volume_of=volume_of,
        number=number["number"] if number else "",
    )
