"""References as authors type them, taken apart; which work is meant, `resolution` decides."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from edition.bibliography.date_fields import MONTHS
from edition.bibliography.references.context import Part
from edition.bibliography.references.patterns import (
    AND_OTHERS,
    BACK,
    CAPITAL,
    HERE,
    IMPRINT,
    LABEL,
    LOCATOR,
    NOTE_TO_PAGE,
    NOTED,
    PRENOTE,
    QUOTED,
    REMARK,
    SECOND_HAND,
    SEMICOLON,
    SHARED_PLACE,
    UNDATED,
    VOLUME,
    VOLUME_PAGE,
    YEAR,
    YEAR_FORM,
    mended,
)
from edition.bibliography.references.pieces import (
    SHARED,
    read_piece,
)
from edition.bibliography.references.places import BARE, PLACE, ends_with_place, prose_apart
from edition.bibliography.references.profile import PARTICLE

LONGEST = 600
"""The characters of the longest reference."""

_MOST_WORDS = 70
_LEADING_PROSE = re.compile(
    rf"(?P<note>{CAPITAL}[^,;:()\d“\"„«]{{2,50}},?\s(?:{SECOND_HAND})"
    r"|[^\W\d_][^,;:()\d]{2,40}?\s(?:see|cf\.|compare|vgl\.|siehe|voir|см\.))\s+(?=[A-ZÀ-ÞА-Я“\"„«])"
)
_LOWER = r"[a-zß-öø-ÿа-яё][\w’'-]*,?\s+"
# `; for a different view, Hart 1831, 20`, `; the French is tighter, 1831, 20`, no `van der Veen`.
_LEADING_WORDS = re.compile(
    rf"\s*(?!{PARTICLE}\s)(?:(?:(?:and|but|und|et|и),\s)?[a-zß-öø-ÿа-яё][^,;:()\d“„«]{{2,60}},(?:\sin)?"
    rf"(?=\s+{CAPITAL}[\w’'-]{{2}}[^,;]{{0,60}}\d)"
    rf"|(?:(?:the|der|die|das|le|la)\s{CAPITAL}[\w’'-]+,?\s+|{_LOWER}){{1,8}}(?={YEAR_FORM}[a-z]?[,:]\s))\s*"
)
_FAMILY = rf"(?:{PARTICLE}\s+){{0,3}}{CAPITAL}[\w’'-]+"
_NAMED = rf"(?:{CAPITAL}(?:[\w’'-]+\s+|\.[\s-]?)){{0,2}}{_FAMILY}"
_FULL = (
    rf"{_NAMED}(?:(?:,\s+|,?\s+(?:and|und|et|y|e|и|&)\s+|/){_NAMED})*(?:\s+(?:et\s+al\.?|и\s+др\.))?"
    rf"(?:,?\s+[\[(]?{YEAR_FORM}|[,:]\s+(?=[“\"„«]|{CAPITAL})[^;]{{3,}}\d)"
)
NAMES_ALONE = re.compile(
    rf"{_FAMILY}(?:(?:,\s|,?\s(?:and|und|et|y|e|и|&)\s){_FAMILY}){{0,3}}(?:,?\s(?:{AND_OTHERS.pattern}))?"
)
_ARTICLE = r"(?:zu[rm]|am|im|vom|beim|d(?:er|ie|as|en|em|es))\s+"
# `zur Vorgeschichte ausführlich Hart 1831`: a noun with a capital has its article, or a small word
# behind it; another capital may be a given name.
_LEADING_RUN = re.compile(
    rf"\s*(?!{_FULL})(?:{_ARTICLE}(?:{_LOWER}){{0,2}}{CAPITAL}[\w’'-]+\s+"
    rf"|{_LOWER}|(?<=[a-zа-я,]\s){CAPITAL}[\w’'-]+,?\s+(?={_LOWER})){{1,12}}?(?={_FULL})"
)
# `Hart’s paper of the same title, 15`
_KIND_OF_WORK = re.compile(
    r"(?<=[’']s)\s+(?:own\s+|later\s+|earlier\s+)?(?:paper|essay|article|book|study|chapter|lecture|review|note|edition|translation|commentary|version)"
    r"(?:\s+(?:of|with|under)\s+the\s+same\s+(?:title|name))?(?=,?\s+\d|,\s|\Z)"
    r"|(?<=s)\s+gleichnamige[mnrs]?\s+[^\W\d_]+"
)
_HIS = re.compile(
    r"(?:her|his|their|ihre?|seine?|son|sa|ses|suo|sua|su)\s+(?=[“\"„«‘*_]|[^\W\d_a-zа-я])"
)
_IMPRINT = re.compile(rf"[,\s(]{YEAR_FORM}(?:[–/-]\d{{2,4}})?\)?,[^!?]{{0,120}}?\d")
_NOTE = re.compile(NOTE_TO_PAGE)
_DATED = re.compile(rf"{YEAR_FORM}[a-z]?\W*\Z")
# `Ann. 1.7.7; 4.29.3` are two places.
_LEVELS_AT_END = re.compile(rf"(?:[^\W\d_]\.?\s+|\A){SHARED_PLACE}\Z")
# `Diary 2: 12–14, 3: 5` are two places.
_IN_VOLUME = r"(?:\d{1,2}|[ivxIVX]+):\s?\d+"
_IN_VOLUME_AT_END = re.compile(rf"{_IN_VOLUME}(?:[-–]\d+)?\Z")
_PARTED = re.compile(
    rf"{SEMICOLON}\s+(?=\S)|,\s+(?={_IN_VOLUME})|(?:,|(?<=\d)|(?<=\d[a-z]))\s+(?=(?:{SECOND_HAND})\s)"
    r"|(?:,|(?<![,\s]))\s++(?:(?=(?:and|und|et|e|y|и)\s+(?:see|compare|siehe|voir|véase|(?:cfr?|vgl|см|ср)\.)\s)"
    rf"|(?:and|und|et|и)\s+(?=(?:[a-zß-öø-ÿа-яё]+\s){{1,3}}{CAPITAL}[\w’'-]+,?\s\(?{YEAR_FORM})"
    rf"|(?=(?:and|but|und|et|и),\s[a-zß-öø-ÿа-яё][^,;:()\d“„«]{{2,60}},\s+(?:in\s)?{CAPITAL})"
    r"|(?P<and>and|und|et|и|sowie|with|mit|avec)\s++"
    rf"(?!(?:Anm|Fn|Fußn|Abb|Tab|Taf|Fig|Pl|Прим|Рис|Табл)[^\W\d_]*\.?\s*\d)(?=[“\"„«A-ZÀ-ÞА-Я]|{PARTICLE}\s|{YEAR_FORM}[a-z]?[,:]\s))"
)


def is_reference(content: str) -> bool:
    """Tell whether the words of a bracket or a line are a reference for their form alone."""
    content = mended(content)
    count = len(QUOTED.sub("“”", content).split())  # a title is one, however long
    if LOCATOR.search(content):
        # A page, and something it is a page of; or a page alone.
        return not _is_sentence(content) or bool(REMARK.search(content))
    if BACK.search(content) and count < 12:
        return True
    if count < 25 and re.search(
        rf"(?<![\d–-]){YEAR_FORM}[a-z]?[\])]?\s*[,:]\s*(?:§§?\s*|(?:[Cc]h(?:aps?)?|[Kk]ap|cap|гл)\.\s*)?(?!{YEAR_FORM})\d+(?!\d|\s*%)",
        content,
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
    noted = NOTED.search(content)
    if not is_reference(content) and not (weak and (noted or _may_be_reference(mended(content)))):
        return ()
    content = HERE.sub(_page_meant, mended(content))
    remark = REMARK.search(content)
    said = " ".join(remark["remark"].split()) if remark else ""
    said = said[:1].lower() + said[1:]
    body = REMARK.sub(" ", content) if remark else content
    body = body.strip(" \t.,;")
    parts: list[Part] = []
    for piece in _split(body):
        prenote = PRENOTE.match(piece) or _LEADING_PROSE.match(piece)
        note = prenote["note"].rstrip(",: ") if prenote else ""
        words = piece[prenote.end() :] if prenote else piece
        for leading in (_LEADING_WORDS, _LEADING_RUN):
            run = None if BACK.match(words) else leading.match(words)
            if run and re.split(r"\W+", words[run.end() :], maxsplit=1)[0].lower() not in MONTHS:
                note = f"{note} {words[: run.end()].strip(' ,:')}".strip()
                words = words[run.end() :]
        words = _KIND_OF_WORK.sub("", words)
        if parts and (his := _HIS.match(words)):
            words = f"{_lead(parts[-1])}, {words[his.end() :]}"  # `see also her “Reply”`
        own = list(read_piece(words, note, said if not parts else "", "" if parts else before))
        if parts and len(own) == 1 and (_is_place(own[0]) or (note and _is_prose(own[0]))):
            # `“On Rope,” 19; see also 30`, `see also the pages on tar, 30`: of the same work.
            own = [_further(parts[-1], own[0])]
        elif parts and own and not _has_words(own[0].words):
            # `Hart 1831, 19; 1838, 112`: the second is the same author's.
            own = [replace(p, author=_lead(parts[-1])) if not p.back else p for p in own]
        parts += [replace(p, typed=words.strip()) for p in own]
    if noted and len(parts) == 1:
        parts = [replace(parts[0], note=noted["note"] or noted["above"])]
    return tuple(parts)


def _page_meant(match: re.Match[str]) -> str:
    """Return the label of the page that is meant: `S. 12–40, hier: 15`."""
    labelled = re.match(LABEL, match.string[match.end() :])
    return match["column"] or ("" if labelled else "p. ")


def _may_be_reference(content: str) -> bool:
    """Tell whether a bracket may hold a reference, if the bibliography knows its words."""
    content = REMARK.sub(" ", content)
    words = QUOTED.sub("“”", content).split()
    if UNDATED.search(content):
        return True
    pieces = content.split(";")
    if len(pieces) > 1 and (_may_be_reference(pieces[0]) or _are_names(pieces)):
        return True
    titled = sum(w[:1].isupper() for w in words) * 2 > len(words)
    most = 45 if _IMPRINT.search(content) else 28 if titled or YEAR.search(content) else 16
    if len(words) > most * (1 + content.count(";")) or _is_sentence(content):
        return False
    bare = (
        VOLUME.search(content)
        or BARE.search(content.strip(" .,;"))
        or PLACE.search(content)
        or SHARED.search(content)
    )
    return bool(
        bare or re.search(r"\bpassim\b", content) or YEAR.search(content) or QUOTED.search(content)
    )


def _are_names(pieces: list[str]) -> bool:
    """Tell whether pieces are names, some of them with a page: `Hart; Cole et al. 12; Ness`."""
    bare = [BARE.sub("", piece.strip(" .")).strip() for piece in pieces]
    return all(map(NAMES_ALONE.fullmatch, bare)) and any(map(BARE.search, pieces))


def _is_sentence(content: str) -> bool:
    """Tell whether a sentence begins behind a full stop; a subtitle may, before its imprint."""
    begun = re.search(r"[.!?]\s+[A-Z][a-z]+\s+[a-z]+\s+[a-z]+\s+[a-z]", QUOTED.sub("", content))
    return bool(begun) and not (_IMPRINT.search(content) or IMPRINT.search(content))


def _lead(part: Part) -> str:
    """Return the names of a part: what comes before its first comma or title."""
    return part.author or re.split(rf"[,“\"(]|{YEAR_FORM}", part.words, maxsplit=1)[0].strip()


def _is_place(part: Part) -> bool:
    """Tell whether a piece of a reference is a place, and names nothing."""
    named = part.back or part.years or _has_words(part.words)
    return bool(part.locator) and not named


def _is_prose(part: Part) -> bool:
    """Tell whether only words in small letters lead to a place."""
    named = part.back or part.years or re.search(r"[^\w\s,’'-]|[^\W\d_a-zß-öø-ÿа-яё]", part.words)
    return bool(part.locator) and not named


def _further(part: Part, place: Part) -> Part:
    """Return the work of a part with a further place in it."""
    return replace(
        part,
        volume=place.volume or (part.volume if VOLUME.search(part.typed) else None),
        locator=place.locator,
        pages=place.pages,
        prenote=place.prenote,
        remark=place.remark,
    )


def _has_words(text: str) -> bool:
    return re.search(r"[^\W\d_]{2,}", text) is not None


def _split(body: str) -> Iterator[str]:
    """Yield the references that semicolons part; a semicolon between pages parts nothing."""
    position = 0
    titles = [m.span() for m in QUOTED.finditer(body)]
    undated = YEAR.search(body) is None
    for match in _PARTED.finditer(body):
        piece = body[position : match.start()]
        following = body[match.end() : match.end() + 12]
        if (
            match[0][0] == ";"
            and not (_LEVELS_AT_END.search(piece) and re.match(SHARED_PLACE, following))
            and re.match(r"\d{1,3}(?!\d|:\s?\d|\s?[A-Z][a-z])", following)
            and not re.match(YEAR_FORM, following)
        ):
            continue
        titled = any(a < match.start() < b for a, b in titles)
        if match["and"] and _NOTE.match(body, match.start()):
            continue  # `S. 88 mit Tab. 4`
        further = match[0][0] == "," and re.match(_IN_VOLUME, following)
        if further and not _IN_VOLUME_AT_END.search(piece):
            continue
        if titled or piece.count("(") > piece.count(")") or piece.count("[") > piece.count("]"):
            continue  # within a title or a bracket
        if match["and"] and not (
            (_DATED.search(piece) or ends_with_place(piece)) and _is_placed(body[match.end() :])
        ):
            continue
        # `Hart; Cole 12` are two works, `Hart; Cole, 1831` is one of both.
        names = undated and NAMES_ALONE.fullmatch(piece.strip())
        if names or _is_placed(piece) or BACK.search(piece):
            yield piece
            position = match.end()
    yield body[position:]


def _is_placed(piece: str) -> bool:
    piece, _ = prose_apart(piece)
    return any(p.search(piece) for p in (PLACE, BARE, YEAR))
