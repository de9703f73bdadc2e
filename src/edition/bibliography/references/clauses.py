"""The clauses of a note, and the places in them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from edition.bibliography.references.finding import Typed
from edition.bibliography.references.grammar import LONGEST, read_reference
from edition.bibliography.references.mentions import Mention
from edition.bibliography.references.patterns import (
    AND,
    BACK,
    BARE_PAGES,
    BOOK,
    CAPITAL,
    EDITION,
    ESPECIALLY,
    IMPRINT,
    ISSUE,
    LABEL,
    LINES,
    LOCATOR,
    MEANT,
    NUMBER,
    PAGES,
    PRENOTE,
    SEMICOLON,
    VOLUME,
    YEAR,
    YEAR_FORM,
)
from edition.bibliography.references.places import ABBREVIATIONS, ORDINAL, place_runs
from edition.bibliography.references.running import with_names

_ENDS = (
    r"(?=\s*(?:[;,)\[]|:\s[\x01“\"„«]|\.(?!\d)|\Z"
    r"|,?\s(?:and|und|et|but|where|on|with|who|passim|\()))"
)
_BARE_PLACE = re.compile(
    rf"(?<=[,:)\]”\"»?!’\x01]\s)(?!{EDITION.pattern})(?:{ESPECIALLY}\s+)?(?:(?:\d{{1,3}}|[IVXL]+):\s?|[ivxl]+\.\s(?=\d))?{BARE_PAGES}(?:(?:,|,?\s{AND})\s*{BARE_PAGES})*{_ENDS}"
    rf"|(?<=\d:)\d{{1,4}}(?:[-–]\d{{1,4}})?{_ENDS}|(?:(?<=\w\s)|(?<=\w\.\s)|(?<=\),\s))(?!\d+\.\d+\.\d{{4}}){LINES}(?!\s*\(|,\s*\d){_ENDS}"
)
_NUMBER_OF = re.compile(r"\b(?:no|nr|vol|bd|heft|№)\.?\s*\Z", re.IGNORECASE)
# Characters of words that lead to an `ibid.`; characters and words from a full stop to the page:
# the longest in the essays of `tests/test_importer_essays.py` are 8, 75 and 9.
LEAD, _REACH, _MOST_BETWEEN = 60, 200, 20
# The number and title of a volume: `1. Arts de faire, Paris, 1990, p. 18`.
_NUMBERED = re.compile(
    rf"[1-9]\.\s+(?:[^\W\d_a-zß-ÿа-я][\w’'-]*\s[a-zß-öø-ÿа-яё]|(?:The|An?|Der|Die|Das|Les|Il|Gli|El|Los|Las)\s)[^;]{{0,150}}{YEAR_FORM}[^;]{{0,30}}?{LABEL}"
)
# Words that lead to another volume or page of the work before: `On lamps, vol. 2, p. 8`, `The list
# is longer at 96–101`. They name nothing: a capital stands only behind an article or the like.
TO_ANOTHER = re.compile(
    r"[\s,–—]*(?:(?:On|About|For|In|More|Further|Also|Again|Similarly|Elsewhere|The|Zu[mr]?|Über|Auch|Ebenso|Weiter|Ähnlich|Anders|Noch|Das"
    r"|Sur|Pour|Dans|Même|Encore|Aussi|Le|La|L|De|Sobre|Para|También|Otra|El|Lo|Su[l]?|Sulla|Per|Anche|Ancora|Il|Ещё|Еще|Об?|Также|То|Подробнее|Другой)"
    r"(?=[\s’'])|(?:Zu[mr]|[AI]m|Vom|Beim|D(?:er|ie|as))\s[^\W\d_]|(?=[a-zß-öø-ÿа-яё]))"
    r"(?:(?<![^\W\d_])(?:zu[mr]|[ai]m|vom|beim|d(?:er|ie|as|en|em|es(?!\s\w[\w’'-])))\s[A-ZÀ-ÞА-ЯЁ]|«[^«»\d]*»|“[^“”\d]*”"
    r"|(?<![^\W\d_])(?:the|of|to|la|le|les|de|des|du|к|в|о|у|с)\s[A-ZÀ-ÞА-ЯЁ][\w’'-]++(?:\s[A-ZÀ-ÞА-ЯЁ][\w’'-]++)?"
    r"|[^\d;:()“”„«»\"A-ZÀ-ÞА-ЯЁ]){0,80}?"
    r"(?:(?<=,\s)(?=(?:chaps?|[Kk]ap|cap|гл)\.\s*[\divxlc]|(?!(?:1[4-9]|20)\d\d)\d+[-–]\d+(?!\w))|(?<=[a-zß-öø-ÿа-яё]\s)(?=\d{1,2}:\d)"
    rf"|(?<=[\s,])(?={VOLUME.pattern}[.,:]?\s*(?:{LABEL})?\s*[\divxlc])"
    rf"|(?<=\s)(?:at|on|auf|à(?:\sla)?|alle?|en(?:\sla)?|на|see|cf\.|siehe|vgl\.|voir|см\.)\s+(?={LABEL}\s*[\divxlc]|\d+:\s?\d|\d+[-–]\d))"
)
# `I return to this on p. 40` is a page of the text itself.
OWN = re.compile(
    r"\bI\b|\b[Jj][’']|(?i:\b(?:my|me|we|our|here|this|ich|mein\w*|wir|unser\w*|hier|dies\w*|je|mon|ma|mes|nous|notre|ici"
    r"|quest\w+|mio|mia|nostr\w+|qui|mi|nuestr\w+|aquí|я|мы|наш\w*|здесь|plus\s+(?:haut|bas|loin)"
    r"|sopra|sotto|oltre|arriba|abajo|adelante)\b)"
)
_MOST_BEFORE_LABEL = 6
"""Words from a bare number to a labelled page of the same reference: `56 (2008), H. 2, S. 137`."""

# Between a book or chapter and its page: `Кн. 1. М., 1956. С. 8`, `Кн. 1. Т. 2. С. 8`.
_LEADS_ON = re.compile(rf"{YEAR_FORM}|{VOLUME.pattern}")
_AND = re.compile(r",\s(?:and|und|et|и)\s")  # `66, and the whole of chap. 3`
_BOOK = re.compile(r"[^\W\d_]\.\s[IVXL]+,\s[\divxl]")
# Between the volume of a journal or a series and its pages: `10 (Chicago, 1995), 2–24`.
_OF_JOURNAL = re.compile(rf"(?:{ISSUE.pattern})?,?\s\(\0+\)[,:]\s*(?:{LABEL}\s*)?\d")
_IN_BOOK = re.compile(r"In\s?:\s")  # `Hart: „Die Lampe“. In: …`
_MEANT = re.compile(MEANT)
# A name that begins a reference: `J. Hart, Letters`, `Hart, Jane. Letters`.
_NAMED = re.compile(rf"(?:{CAPITAL}[\w’'-]*\.?[\s-]){{0,3}}{CAPITAL}[\w’'-]+[,:]\s")
_PARTING = re.compile(SEMICOLON)
_CLAUSE = re.compile(
    rf"{SEMICOLON}\s+|,\s+(?=(?:see|siehe|vgl\.|voir|cfr?\.)\s+(?:also\s|auch\s|aussi\s)?{CAPITAL})|(?P<stop>[.!?])[”\"’»)]*\s+(?:[–—]\s+)?(?=[^\W\d_a-zß-ÿа-я]|[“\"„«])"
)
_ABBREVIATIONS = ABBREVIATIONS | frozenset(
    "ed eds trans tr cf op cit vgl hrsg hg ca usw et al st vid esp bes insb praes rev comp intro"
    " ser suppl übers dir préf пер сост prof dr mr mrs jr esq univ repr aufl см ср ред изд соч"
    " собр полн указ trad éd coord coll introd pról cura cfr pseud".split()
)
_ORDINAL = re.compile(ORDINAL)
_IN_CAPITALS = re.compile(r"(?<![\w.])[A-Z]{2,7}\.\s(?=[A-Z]{1,7}\.)")
# A given name cut short, as `Des.` and `Ios.`; no word that leads back.
_CUT_NAME = re.compile(r"(?!Ib|Eb|Id|Di|See|But)[^\W\d_a-zß-ÿа-я][^\W\d_A-Z]{1,2}")

# What stands between a word that leads back, or a short title, and its page.
_VOLUME_BEHIND = re.compile(
    rf"[.,:]*\s*(?:(?:{VOLUME.pattern}|{BOOK}(?=,\s{LABEL})|[IVXL]+(?=\s*[,.:])|[ivxl]+(?=\.|,\s\d))[¹²³⁴]?\s*[.,:]*\s*)?"
    rf"(?:(?<=[,.]\s){YEAR_FORM}[,.]\s*(?={LABEL}))?"
)
_NUMBER_BEHIND = re.compile(rf"[.,]\s*{NUMBER}(?!\d)")
_PAGE_BEHIND = re.compile(rf"[.,]\s*(?:{VOLUME.pattern}[.,]\s*)?(?={LOCATOR.pattern})")
_BARE_BEHIND = re.compile(
    rf"(?:{LINES}|(?:\d{{1,3}}:\s?)?{PAGES}(?:(?:,|,?\s{AND})\s*{PAGES})*)(?=\s*(?:[;,)]|\.(?!\d)|\Z|\s(?:and|und|et|with)\b))"
)


def clauses(text: str, plain: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a note begin and end; a semicolon parts them too.

    A reference goes on until its page: `Лотман Ю. М. Структура текста. М., 1970. С. 12`.
    """
    position = 0
    numbers = sorted(m.span() for p in (EDITION, _ORDINAL) for m in p.finditer(plain))
    for match in _CLAUSE.finditer(plain):
        number = bisect_right(numbers, (match.start(), len(text))) - 1
        if number >= 0 and match.start() < numbers[number][1]:
            continue
        if _is_enclosed(text[max(position, match.end() - LONGEST) : match.end()]):
            continue
        if match["stop"] == "." and _is_cut_short(text[max(0, match.start() - 10) : match.start()]):
            continue
        capitals = _IN_CAPITALS.finditer(text, max(0, match.start() - 8), match.end() + 8)
        if any(m.end() == match.end() for m in capitals):
            continue  # `51 CONN. L. REV. 69`
        if match["stop"] and _IN_BOOK.match(text, match.end()):
            continue
        if match["stop"] == "." and _BOOK.match(text, match.start() - 1):
            continue  # `Aug., civ. XIX, 17`
        if match["stop"] in (".", None) and _MEANT.match(plain, match.end()):
            continue  # `S. 146–165. Hier S. 151`
        if match["stop"] and _goes_on(text, plain, position, match.end(), mentions):
            continue
        yield position, match.start()
        position = match.end()
    yield position, len(text)


def _is_cut_short(text: str) -> bool:
    """Tell whether the word that ends a text is a letter, or is cut short: no sentence ends."""
    word = re.search(r"(?<!\w)[^\W\d_]+\Z", text)
    return word is not None and bool(
        len(word[0]) == 1 or word[0].lower() in _ABBREVIATIONS or _CUT_NAME.fullmatch(word[0])
    )


def _is_enclosed(text: str) -> bool:
    """Tell whether a bracket or quotation mark is open at the end of a text."""
    marks = ("„", "“") if "„" in text else ("“", "”")
    opened = any(text.count(a) > text.count(b) for a, b in (("(", ")"), ("[", "]"), marks))
    return opened or text.count("«") != text.count("»")


def _goes_on(text: str, plain: str, start: int, stop: int, mentions: Sequence[Mention]) -> bool:
    """Tell whether a reference without a page so far goes on behind a full stop."""
    here = between(mentions, start, stop)
    if _is_subtitle(text, plain, start, stop, mentions):
        return True
    if any(m.end > stop for m in here):
        return True  # the stop is within a title
    placed = place_in(plain, start, stop)
    volume = placed and _NUMBERED.match(plain, placed[0])
    if placed and not volume and (plain[placed[0]].isdigit() or LOCATOR.search(plain, *placed)):
        return False  # a page, and no `Кн. 1` before the imprint
    if not here and not BACK.search(text, start, stop):
        return False
    page = place_in(plain, stop, min(stop + _REACH, len(plain)))
    back = BACK.match(text, stop)
    if page is None or PRENOTE.match(text[stop:]) or (back and not (here and back["work"])):
        return False
    if back and text[here[-1].end : stop].strip(" ."):
        return False  # no name alone, as in `Толстой. Указ. соч. С. 9`
    keys = set().union(*(m.keys for m in here))
    words = text[stop : page[0]]
    people = (m for m in between(mentions, stop, page[0]) if m.is_person)
    if YEAR.search(text, start, stop) and any(
        with_names(text, stop, m.start) == stop for m in people
    ):
        return False  # another reference to the same author, behind one without a page
    if placed and page[0] > stop and not _LEADS_ON.search(text, placed[1], page[0]):
        return False
    return (
        len(words.split()) <= _MOST_BETWEEN
        and not _PARTING.search(text, stop, page[0])
        and all(keys & set(m.keys) for m in between(mentions, stop, page[0]))
    )


def _is_subtitle(text: str, plain: str, start: int, stop: int, mentions: Sequence[Mention]) -> bool:
    """Tell whether only a subtitle is between a title and the imprint of one reference."""
    here = between(mentions, start, stop)
    imprint = IMPRINT.search(text, stop - 2, stop + _REACH)
    named = here or _NAMED.match(text, start, stop)
    if not (named and imprint) or place_in(plain, start, stop) or YEAR.search(text, start, stop):
        return False
    if PRENOTE.match(text[stop:]) or BACK.match(text, stop):
        return False
    if place_in(plain, stop, imprint.start()) or ";" in text[stop : imprint.start()]:
        return False
    keys = set().union(*(m.keys for m in here))
    behind = between(mentions, stop, imprint.end())
    others = [m for m in behind if m.is_person and not keys & set(m.keys)]
    return not any(_begins(m, behind, text, stop) for m in others)


def _begins(person: Mention, behind: Sequence[Mention], text: str, stop: int) -> bool:
    """Tell whether a person begins a reference, and no title speaks of them: `Essai sur Hart`."""
    if re.search(
        r"(?<![\w.])[^\W\d_A-ZÀ-ÞА-Я]+\s\Z", text[stop : with_names(text, stop, person.start)]
    ):
        return any(
            set(m.keys) & set(person.keys) and m.start > person.start and not m.is_person
            for m in behind
        )
    return True


def between(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Return the mentions that begin in a part of a text."""
    first, last = (bisect_left(mentions, at, key=lambda m: m.start) for at in (start, end))
    return mentions[first:last]


def place_in(plain: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the first place outside of brackets; a page’s label goes before a bare number."""
    runs = place_runs(plain, start, end)
    run = next(runs, None)
    if run and not LOCATOR.search(plain, *run) and (page := next(runs, None)):
        words = plain[run[1] : page[0]]
        near = len(words) < _REACH and not _PARTING.search(plain, run[1], page[0])
        if near and _LEADS_ON.search(words):
            run = run[0], page[1]  # `Кн. 1. М., 1956. С. 8`
    for bare in _BARE_PLACE.finditer(plain, start, run[0] if run else end):
        if _NUMBER_OF.search(plain, max(0, bare.start() - 8), bare.start()):
            continue
        if _OF_JOURNAL.match(plain, bare.end(), end):
            continue
        if run and _NUMBERED.match(plain, bare.start(), run[1]):
            continue
        words = plain[bare.end() : run[0]] if run else ";"
        another = _AND.match(words) and not LOCATOR.search(plain, *(run or (0, 0)))
        if ";" in words or another or len(words.split()) > _MOST_BEFORE_LABEL:
            return bare.span()
        break
    return run


def place_behind(text: str, start: int, end: int) -> int:
    """Return where the volume and the place end that stand right behind a word."""
    volume = _VOLUME_BEHIND.match(text, start, end)
    first = volume.end() if volume else start
    run = next(place_runs(text, first, min(end, first + LONGEST)), None)
    if run and run[0] == first:
        more = _PAGE_BEHIND.match(text, run[1], end)
        if more and not LOCATOR.search(text, *run):
            return next(place_runs(text, more.end(), end))[1]  # `Кн. 4. Т. 8. С. 40`
        return run[1]
    if number := _NUMBER_BEHIND.match(text, start, end):
        return max(number.end(), place_behind(text, number.end(), end))
    bare = _BARE_BEHIND.match(text, first, end)
    return bare.end() if bare else first if re.search(r"\w", text[start:first]) else start


def one_typed(text: str, start: int, end: int) -> Iterator[Typed]:
    """Yield a part of a note that reads as one reference."""
    content = text[start:end]
    if content.count('"') % 2:
        return  # `Hart’s Letters," said she in 1831, "that the tar (qtd. on 5)`: words quoted
    parts = read_reference(content, weak=True)
    if len(parts) == 1 or (parts and ";" not in content):
        yield Typed(start, end, content, "note", parts, weak=True)


def further_place(text: str, start: int, end: int) -> Iterator[Typed]:
    """Yield a place alone, in the work cited right before."""
    content = text[start:end]
    if parts := read_reference(content, weak=True):
        further = tuple(replace(part, back="ibid") for part in parts)
        yield Typed(start, end, content, "note", further)


def unknown_work(text: str, start: int, end: int) -> Iterator[Typed]:
    """Yield a clause that reads as a reference, though no work of the bibliography is named."""
    content = text[start:end].rstrip(" .")
    page = place_in(content, 0, len(content))
    whole = page and page[1] == len(content) and "," in content
    begins = whole and re.match(r"[“\"„«A-ZÀ-ÞА-Я]", content)
    parts = read_reference(content, weak=True) if begins else ()
    if parts and (parts[0].words or parts[0].back):
        yield Typed(start, start + len(content), content, "note", parts)
