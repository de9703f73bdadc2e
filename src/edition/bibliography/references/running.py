"""References without brackets: in notes, and as works named in a sentence."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from edition.bibliography.references.finding import Typed, find_in_brackets
from edition.bibliography.references.grammar import Part, read_reference
from edition.bibliography.references.mentions import Mention
from edition.bibliography.references.patterns import (
    AFTER_PAGE,
    BACK,
    LOCATOR,
    PAGES,
    PRENOTE,
    VOLUME,
    YEAR_FORM,
)
from edition.bibliography.references.profile import PARTICLES
from edition.bibliography.references.resolution import Resolver

SENTENCE_END = re.compile(r"[.!?…][”\"’»)]*\s+(?=[^\W\d_a-zß-ÿ])")
_ACCORDING = re.compile(
    r"\b(?:according to|nach|laut|selon|d[’']après|согласно|по словам)\b", re.IGNORECASE
)
_INNER_LOCATOR = LOCATOR.pattern.replace("(?P<label>", "(?:").replace("(?P<pages>", "(?:")
_VOLUME = VOLUME.pattern.replace("(\\d{1,3}|", "(?:\\d{1,3}|")
_AFTER_TITLE = re.compile(
    rf"[”\"’»]?,?\s*\(?(?P<place>(?:,?\s*(?:{_VOLUME}),?\s*)?{_INNER_LOCATOR})\)?"
)
_PAGE_END = re.compile(
    rf"(?:{_INNER_LOCATOR}|(?<=[,:)\]”\"»?!’]\s)(?:\d{{1,3}}:\s?)?(?!{YEAR_FORM}(?![\d–-])){PAGES}"
    rf"(?:,\s*{PAGES})*(?=\s*(?:[;,)]|\.(?!\d)|\Z|\s(?:and|und|et|but|where|on|with|\()))"
    rf"|(?<=\d:)\d{{1,4}}(?:[-–]\d{{1,4}})?(?=\s*(?:[;,)]|\.(?!\d)|\Z)))"
)
_PAGE_IN_RANGE = re.compile(rf"\s*\((?:{_INNER_LOCATOR})\)")
_RANGE_BEFORE = re.compile(r",?\s*(?:pp?\.\s*)?\d+\s*[-–]\s*\d+\s*\((pp?\.[^()]+)\)\Z")
_BACK_PLACE = re.compile(
    rf"[.,]*\s*(?:(?:{_VOLUME})\s*,?\s*)?(?:(?:{_INNER_LOCATOR})|{PAGES}(?:,\s*{PAGES})*(?=\s*(?:[;,)]|\.(?!\d)|\Z)))?"
)
_REACH, _MOST_BETWEEN = 200, 20  # characters and words from a full stop to the page
_CLAUSE = re.compile(r";\s+|(?P<stop>[.!?])[”\"’»)]*\s+(?=[^\W\d_a-zß-ÿа-я]|[“\"„«])")
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:[^\W\d_]|pp|vols?|eds?|trans|tr|nos?|nr|cf|op|cit|vgl|hrsg|hg|bde?|fig|ca|usw|et|al|st"
    r"|ibid|prof|dr|mr|mrs|jr|esq|univ|repr|aufl|см|ср|ред|изд|соч|указ|там)\Z",
    re.IGNORECASE,
)
_PARTICLE = "|".join(sorted({*PARTICLES, *(p.title() for p in PARTICLES)}))
_NAMES_BEFORE = re.compile(
    rf"(?:(?:[^\W\d_a-z][\w’'-]*\.?|{_PARTICLE})[\s]+|[^\W\d_a-z]\.\s?|\b(?:The|An?|Der|Die|Das)\s)*[“\"„«‘]?\Z"
)


def find_in_note(text: str, resolver: Resolver) -> list[Typed]:
    """Return the references of a note, clause by clause."""
    people = resolver.mentions.of_people(text)
    mentions = sorted(
        (*people, *resolver.mentions.in_titles(text)), key=lambda m: (m.start, -m.end)
    )
    found: list[Typed] = []
    for start, end in _clauses(text, mentions):
        here = [m for m in mentions if start <= m.start and m.end <= end]
        found += _in_clause(text, start, end, here)
    taken = [(t.start, t.end) for t in found]
    for typed in find_in_brackets(text):
        if not any(a < typed.end and typed.start < b for a, b in taken):
            found.append(typed)
    return sorted(found, key=lambda t: t.start)


def _clauses(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a note begin and end; a semicolon parts them too.

    A reference goes on until its page: `Лотман Ю. М. Структура текста. М., 1970. С. 12`.
    """
    depths: list[int] = []
    depth = 0
    for char in text:
        depth += char in "([“„«"
        depth -= char in ")]”»" and depth > 0
        depths.append(depth)
    position = 0
    for match in _CLAUSE.finditer(text):
        if depths[match.start()] and not (match["stop"] and depths[match.end() - 1] == 0):
            continue
        if match["stop"] == "." and _ABBREVIATION.search(
            text, max(0, match.start() - 8), match.start()
        ):
            continue
        if match["stop"] and _goes_on(text, position, match.end(), mentions):
            continue
        yield position, match.start()
        position = match.end()
    yield position, len(text)


def _goes_on(text: str, start: int, stop: int, mentions: Sequence[Mention]) -> bool:
    """Tell whether a reference without a page so far goes on behind a full stop."""
    here = [m for m in mentions if start <= m.start < stop]
    if any(m.end > stop for m in here):
        return True  # the stop is within a title
    if _PAGE_END.search(text, start, stop):
        return False
    if not here and not BACK.search(text, start, stop):
        return False
    page = _PAGE_END.search(text, stop, stop + _REACH)
    if page is None or PRENOTE.match(text[stop:]) or BACK.match(text, stop):
        return False
    keys = set().union(*(m.keys for m in here))
    between = text[stop : page.start()]
    return (
        len(between.split()) <= _MOST_BETWEEN
        and ";" not in between
        and all(keys & set(m.keys) for m in mentions if stop <= m.start < page.start())
    )


def _in_clause(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Iterator[Typed]:
    position = start
    while position < end:
        lead = PRENOTE.match(text[position:end])
        begin = position + lead.end() if lead else position
        back = BACK.match(text, begin, end)
        if back and not any(m.start < back.end() for m in mentions if m.start >= begin):
            place = _BACK_PLACE.match(text, back.end(), end)
            stop = place.end() if place else back.end()
            yield from _typed(text, begin, stop)
            position = stop
            continue
        mention = next((m for m in mentions if m.start >= begin), None)
        if mention is None:
            if position == start:
                yield from _unknown(text, begin, end)
            return
        begin = _with_names(text, begin, mention.start)
        stop = _page_end(text, mention.end, end) or _imprint_end(text, mention.end, end)
        yield from _typed(text, begin, stop)
        inner = _PAGE_IN_RANGE.match(text, stop)
        position = max(inner.end() if inner else stop, mention.end)


def _typed(text: str, start: int, end: int) -> Iterator[Typed]:
    if inner := _PAGE_IN_RANGE.match(text, end):
        # `pp. 103–19 (p. 105)`: the pages of the whole, and the page that is meant.
        end = inner.end()
    content = text[start:end]
    said = _RANGE_BEFORE.sub(r", \1", content) if inner else content
    parts = read_reference(said, weak=True)
    if not parts and BACK.fullmatch(content.strip(" .")):
        parts = read_reference(content.strip(" ."))
    if len(parts) == 1 or (parts and ";" not in content):
        yield Typed(start=start, end=end, text=content, form="note", parts=parts, weak=True)


def _unknown(text: str, start: int, end: int) -> Iterator[Typed]:
    """Yield a clause that reads as a reference, though no work of the bibliography is named."""
    content = text[start:end].rstrip(" .")
    page = _PAGE_END.search(content)
    whole = page and page.end() == len(content) and "," in content
    begins = whole and re.match(r"[“\"„«A-ZÀ-ÞА-Я]", content)
    if begins and (parts := read_reference(content, weak=True)):
        yield Typed(start=start, end=start + len(content), text=content, form="note", parts=parts)


def _with_names(text: str, first: int, at: int) -> int:
    """Return where the names begin that stand right before a family name or a title."""
    window = max(first, at - 60)
    found = _NAMES_BEFORE.search(text[window:at])
    return window + found.start() if found else at


def _page_end(text: str, start: int, end: int) -> int | None:
    """Return where the page of a reference ends; pages within brackets do not count."""
    depth = 0
    position = start
    for match in _PAGE_END.finditer(text, start, end):
        depth += text.count("(", position, match.start()) - text.count(")", position, match.start())
        position = match.start()
        if depth > 0:
            continue
        before = text[max(0, match.start() - 8) : match.start()]
        if re.search(r"\b(?:no|nr|vol|bd|heft|№)\.?\s*\Z", before, re.IGNORECASE):
            continue
        after = AFTER_PAGE.match(text, match.end(), end)
        return after.end() if after else match.end()
    return None


def _imprint_end(text: str, start: int, end: int) -> int:
    """Return where a reference without a page ends: with its brackets, else with its clause."""
    closing = re.compile(r"[^;]{0,200}?\([^()]*\d{4}[^()]*\)").match(text, start, end)
    return closing.end() if closing else end


def find_in_sentences(text: str, taken: Sequence[Typed], resolver: Resolver) -> list[Typed]:
    """Return works named with a page, or as the source of a statement, outside of brackets."""
    found: list[Typed] = []
    ends = [m.end() for m in SENTENCE_END.finditer(text)]
    taken = sorted(taken, key=lambda t: t.start)
    starts = [t.start for t in taken]
    for mention in resolver.mentions.in_titles(text):
        begin, end = mention.start, mention.end
        number = bisect_right(starts, begin)
        near = taken[max(number - 1, 0) : number + 1]
        if any(t.start <= begin < t.end for t in (*near, *found[-1:])):
            continue
        profiles = [resolver.profiles[k] for k in mention.keys]
        families = [f for p in profiles for f in p.families]
        match = _AFTER_TITLE.match(text, end)
        if match and any(t.start < match.end() and begin < t.end for t in near):
            continue  # `Letters (p. 3)`: the bracket is a reference already
        if match:
            begin = _from_author(text, begin, families)
            content = text[begin : match.end()]
            if parts := read_reference(content.strip()):
                found.append(
                    Typed(start=begin, end=match.end(), text=content, form="sentence", parts=parts)
                )
            continue
        place = bisect_right(ends, begin)
        sentence = ends[place - 1] if place else 0
        lead = text[sentence:begin]
        if not _ACCORDING.search(lead) or any(p.children for p in profiles):
            continue
        named = any(re.search(rf"(?<!\w){f}(?!\w)", lead, re.IGNORECASE) for f in families)
        place = bisect_right(ends, end)
        stop = ends[place] if place < len(ends) else len(text)
        rest = text[end:stop]
        if named and not LOCATOR.search(rest) and not find_in_brackets(text[end : end + 400])[:1]:
            part = Part(words=f"{' '.join(families)} {text[begin:end]}")
            found.append(
                Typed(start=begin, end=end, text=text[begin:end], form="sentence", parts=(part,))
            )
    return found


def _from_author(text: str, begin: int, families: Sequence[str]) -> int:
    """Return where the author's name begins that stands right before a title: `Hart, Letters`."""
    before = text[max(0, begin - 60) : begin]
    offset = begin - len(before)
    for family in families:
        if match := re.search(rf"(?<!\w){re.escape(family)},\s*[“\"]?\Z", before, re.IGNORECASE):
            return offset + match.start()
    article = re.search(r"(?<!\w)(?:The|An?)\s\Z", before)
    begin = offset + article.start() if article else begin
    return begin - 1 if begin and text[begin - 1] in '“"„«' else begin
