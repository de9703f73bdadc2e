"""The notes of a plain text: their numbers in the text tied to the section that holds them."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from edition.importer.document import Block, Field, Mark, shifted
from edition.importer.list_headings import list_headed

_AFTER_NOTES = re.compile(r"index|register|acknowledge?ments", re.IGNORECASE)
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FIGURES = str.maketrans(_SUPERSCRIPT, "0123456789")
_NAMED = r"\[[^\W\d_]{4,10} (?P<named>\d{1,5}|[A-Z]|\*{1,3}):"
NAMED_NOTE = re.compile(_NAMED)
NOTE_NUMBER = re.compile(
    rf"(?:\[(?P<square>\d{{1,5}}|[A-Z](?=\]\s)|\*{{1,3}})\]|\[\^(?P<caret>[\w-]{{1,20}})\]:"
    rf"|{_NAMED}(?=\s)"
    rf"|\((?P<round>\d{{1,5}})\)|(?P<dotted>\d{{1,5}})[.)]"
    rf"|(?P<bare>\d{{1,5}})(?=[ \t]|[A-ZÀ-ÞА-Я“„«])"
    rf"|(?P<raised>[{_SUPERSCRIPT}]+))\s*"
)
_SYMBOL = re.compile(r"(?P<symbol>\*{1,3}|[†‡§¶‖]{1,2}|\|\|)\s*(?=[^\W_]|[“„«‘\"(])")
_CALL = re.compile(
    rf"\[(?P<square>\d{{1,5}}|(?<=\S\[)[A-Z](?=\](?!\w))|\*{{1,3}})\]|\[\^(?P<caret>[\w-]{{1,20}})\](?!:)"
    rf"|(?<=[^\s(])\((?P<round>\d{{1,3}})\)|(?P<raised>[{_SUPERSCRIPT}]+)"
    r"|(?<=[^\W\d_][.,;:!?…”“\"’»«)\]])(?P<stopped>\d{1,5})(?![\d\w.,–-]*\d|\w)"
    r"|(?:(?<=[^\W\d_]{2}[”“’»«])|(?<=[\w.!?…]\s»))(?P<quoted>\d{1,5})(?!\w)|(?:(?<=[^\W\d_]{3})|(?<=\b[a-zß-ÿа-я]{2})(?<!\b[kcm]m))(?P<glued>\d{1,5})(?!\w)"
    r"|(?<=[.!?,;:”“\"’»«)\]][.,;:!?”“\"’»«)\]])(?P<ended>\d{1,5})(?!\w)"
    r"|(?<=\s[\"”»]) (?P<apart>\d{1,3})(?=\s[a-zß-öø-ÿа-яё])"
    r"|(?<=[\w.!?…”“\"’»)\]])(?<!\band|\bund|.\bor|.\bet) \((?P<loose>\d{1,3})\)(?![^\W_])"
    r"|(?<=[\w.,;:!?…”“\"’»)\]]) ?(?P<symbol>\*{1,3}|[†‡§¶‖]{1,2}|\|\|)(?=[\s.,;:!?)”\"’»]|\Z)"
)
_NAME = re.compile(r"[^\W\dA-Z]|[A-Z]\w")  # `x-y`; letters and numbers are in order
_EMPHASIS = re.compile(r"(?<![\w*])\*{1,2}(?=[^\s*\]])[^*]*\*{1,2}")
_PLACE = re.compile(
    r"\b(?:pp?|vols?|figs?|nos?|nr|n|ch|chap|cap|caps?|sect?|arts?|bks?|pt|pl|tab|bd|abb|s|t|q|c|ll?)\.\Z",
    re.IGNORECASE,
)


_UNREAD = 3
"""By how much a number may rise to the next where a scan spoilt the numbers between."""
_LEFT_OUT = 500
"""The same in an extract, of which no line is a year: as many notes as a chapter may have."""
_NEAREST = 50
"""Notes of one number among which that of a call is looked for, before and after."""


class _Note(NamedTuple):
    """A note, or what goes on with one: the page, its sign, the characters of the sign."""

    page: int
    sign: str
    skip: int
    place: int = 0
    """Which of the page's notes it is, from 0."""


def note_sign(text: str) -> tuple[str, int] | None:
    """Return the number or the symbol with which a note begins, and the characters of it."""
    begin = len(text) - len(text.lstrip(" \t\u00a0\f"))
    match = NOTE_NUMBER.match(text, begin) or _SYMBOL.match(text, begin)
    return (_sign(match), match.end()) if match else None


def follows_note(line: str, last: str, *, whole: bool) -> bool:
    """Tell whether a line in a list of notes begins the note after one that began as `last`.

    A year or a page at the beginning of a line does not: notes are numbered in one way, and one
    after the other, or anew from 1. Where lines are `whole` paragraphs, notes may be left out.
    """
    own, before = NOTE_NUMBER.match(line), NOTE_NUMBER.match(last)
    if own is None or before is None:
        return own is not None
    number, former = (int(s) if s.isdigit() else 0 for s in (_sign(own), _sign(before)))
    nearly = number <= 1 or former < number <= former + (_LEFT_OUT if whole else _UNREAD)
    return nearly and own.lastgroup == before.lastgroup


def find_calls(text: str) -> Iterator[tuple[str, int, int, bool]]:
    """Yield what may be a call: its sign, its offsets, and if it may as well count (1) parts.

    A blank before it goes with it.
    """
    if "*" in text:
        text = _EMPHASIS.sub(lambda m: "\0" * len(m[0]), text)
    for match in _CALL.finditer(text):
        if not (match["stopped"] and _PLACE.search(text, max(0, match.start() - 6), match.start())):
            start = match.start() - (text[max(0, match.start() - 1) : match.start()] == " ")
            yield _sign(match), start, match.end(), bool(match["loose"])


def tie_notes(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], int | None]:
    """Return the blocks with the notes tied to their calls, if all fit.

    Where every note of a list is called, its heading goes; also return the index that it had.

    The notes are those at the feet of pages, or those below a heading at the end. A number in the
    text is a call only where a note of its page has it, and where calls come in the order of the
    notes; numbers without a note stay as they are.
    """
    listed = _list_of_notes(blocks)
    feet = any(b.hint == "note" for b in blocks)
    if feet and (not listed or any(blocks[i].hint == "note" for i in listed)):
        listed = range(0)  # those of the last chapter are at the feet of its pages too
    stray = _stray(blocks, listed)
    tied: list[Block] = []
    notes: dict[int, _Note] = {}  # by the index of its block
    pages: dict[int, list[str]] = {}
    for i, block in enumerate(blocks):
        if i not in listed and block.hint != "note":
            tied.append(block)
            continue
        for note, own in _notes_of(block):
            note = note._replace(sign="", skip=0) if i in stray else note
            signs = pages.setdefault(note.page, [])
            notes[len(tied)] = note._replace(place=len(signs))
            signs += [note.sign] * bool(note.sign)
            tied.append(own)
    if not notes or (listed and not _rises(pages.get(blocks[listed[0]].page, []))):
        return tuple(blocks), None
    calls = _calls_by_page(tied, notes, pages)
    chosen = [c for page, found in calls.items() for c in _in_order(pages[page], found)]
    if not chosen:
        return tuple(blocks), None
    labels = _labels(pages)
    for place, (page, _, at, start, end) in chosen:
        mark = Mark(start=start, end=end, before=f"[^{labels[page, place]}]", replaces=True)
        tied[at] = replace(tied[at], marks=(*tied[at].marks, mark))
    called = {(page, place) for place, (page, *_) in chosen}
    for at, note in notes.items():
        after = notes.get(at + 1)
        if not note.sign and after is not None and after.sign == pages[after.page][0]:
            continue  # a heading among the notes
        known = note.sign and (note.page, note.place) in called
        label = labels[note.page, note.place] if known else ""
        tied[at] = replace(tied[at], hint="note", label=label, skip=note.skip if label else 0)
    called_all = all(
        tied[at].hint == "note" and (tied[at].label or not note.sign) for at, note in notes.items()
    )
    if feet or not listed or not called_all or not tied[listed[0]].label:
        return tuple(tied), None
    head = listed[0] - 1
    return (*tied[:head], *tied[head + 1 :]), head


_Call = tuple[int, str, int, int, int]


def _calls_by_page(
    blocks: Sequence[Block], notes: Mapping[int, _Note], pages: Mapping[int, Sequence[str]]
) -> dict[int, list[tuple[bool, _Call]]]:
    """Return what may be calls of the notes of each page: page, sign, block and offsets."""
    signs = {page: frozenset(own) for page, own in pages.items()}
    found: dict[int, list[tuple[bool, _Call]]] = {}
    for at, block in enumerate(blocks):
        if at in notes:
            continue
        for sign, start, end, loose in _calls_of(block):
            page = block.page + bisect_right(block.turns, start)
            if sign in signs.get(page, ()):
                found.setdefault(page, []).append((loose, (page, sign, at, start, end)))
    return found


def _calls_of(block: Block) -> list[tuple[str, int, int, bool]]:
    """Return what may be calls in a block: what looks like one, and the numbers that are raised."""
    text = "\n".join(block.items) if block.items else block.text
    marks = (m for m in block.marks if m.after == "]{.superscript}" and m.end - m.start < 8)
    sure = [(text[m.start : m.end].strip("()[] "), m.start, m.end, False) for m in marks]
    taken = {at for _, start, end, _ in sure for at in range(start, end)}
    typed = (c for c in find_calls(text) if not taken & {c[1], c[2] - 1})
    return sorted((*sure, *typed), key=lambda call: call[1])


def _in_order(signs: Sequence[str], calls: Sequence[tuple[bool, _Call]]) -> list[tuple[int, _Call]]:
    """Return the calls that come in the order of the notes, each with its note's place.

    Numbers may begin anew. Doubtful calls are taken only where most are.
    """
    places: dict[str, list[int]] = {}
    for n, sign in enumerate(signs):
        places.setdefault(sign, []).append(n)
    names = {s for s in places if _NAME.search(s) and len(places[s]) == 1}  # in any order
    named = [(places[call[1]][0], call) for _, call in calls if call[1] in names]
    calls = [c for c in calls if c[1][1] not in names]
    chosen: list[tuple[int, _Call]] = []
    for wanted in (False, True):
        seen: Counter[str] = Counter()
        usable: list[tuple[int, _Call]] = []
        for loose, call in calls:
            if wanted or not loose:
                sign = call[1]
                near = places[sign][max(0, seen[sign] - _NEAREST) : seen[sign] + _NEAREST]
                usable += [(n, call) for n in reversed(near)]
                seen[sign] += 1
        chosen = [*named, *(usable[i] for i in longest_rise([n for n, _ in usable]))]
        if 2 * len(chosen) >= len(signs):
            break
    return chosen


def _labels(pages: Mapping[int, Sequence[str]]) -> dict[tuple[int, int], str]:
    """Return the labels of notes: their numbers, or where these begin anew, counted through."""
    every = [(page, n, sign) for page in sorted(pages) for n, sign in enumerate(pages[page])]
    plain = all(s.isdigit() for *_, s in every) and len({s for *_, s in every}) == len(every)
    return {(page, at): f"n{s if plain else n}" for n, (page, at, s) in enumerate(every, 1)}


def _rises(signs: Sequence[str]) -> bool:
    """Tell whether notes are numbered one after the other; they may begin anew."""
    numbers = [int(sign) if sign.isdigit() else 0 for sign in signs]
    return bool(numbers) and all(a < b or b in (0, 1) for a, b in pairwise((0, *numbers)))


def _stray(blocks: Sequence[Block], listed: range) -> set[int]:
    """Return the blocks of a list of notes that begin with a number out of order: heads of pages.

    Where more than a fifth are, the list is numbered in another way.
    """
    signs = ((i, note_sign(blocks[i].text)) for i in listed)
    numbers = [(i, int(sign[0])) for i, sign in signs if sign and sign[0].isdigit()]
    if _rises([str(number) for _, number in numbers]):
        return set()
    rise = longest_rise([number for _, number in numbers])
    stray = {i for i, _ in numbers} - {numbers[n][0] for n in rise}
    return stray if len(stray) * 5 <= len(numbers) else set()


def _list_of_notes(blocks: Sequence[Block]) -> range:
    """Return the blocks below the last heading of notes, as far as what follows a text's notes."""
    heads = [i for i, block in enumerate(blocks) if list_headed(block.text) == "notes"] or [
        i
        for i, (block, after) in enumerate(pairwise(blocks))
        if list_headed(block.text) and NOTE_NUMBER.match(after.text)
    ]
    first = max(heads, default=len(blocks)) + 1
    ends = (i for i in range(first, len(blocks)) if _ends_notes(blocks[i].text))
    return range(first, next(ends, len(blocks)))


def _ends_notes(text: str) -> bool:
    return list_headed(text) == "works" or bool(_AFTER_NOTES.fullmatch(text.strip(" :.")))


def _notes_of(block: Block) -> Iterator[tuple[_Note, Block]]:
    """Yield the notes in a block, each with a block of its own."""
    start = 0
    for n, item in enumerate(block.items or (block.text,)):
        lead = block.leads[n] if block.leads else ""
        match = NOTE_NUMBER.match(item) or (block.hint == "note" and _SYMBOL.match(item)) or None
        counted = NOTE_NUMBER.match(lead) if lead and match is None else None
        sign, skip = (_sign(match), match.end()) if match else ("", 0)
        own = replace(
            block,
            text=item,
            items=(),
            leads=(),
            marks=shifted((m for m in block.marks if _is_within(m, start, item)), -start),
            fields=shifted((f for f in block.fields if _is_within(f, start, item)), -start),
        )
        yield _Note(block.page, _sign(counted) if counted else sign, skip), own
        start += len(item) + 1


def _is_within(one: Mark | Field, start: int, item: str) -> bool:
    return start <= one.start and one.end <= start + len(item)


def _sign(match: re.Match[str]) -> str:
    """Return the number of a call or a note, however it is typed, or its symbol."""
    sign = next(v for v in match.groupdict().values() if v).translate(_FIGURES)
    return str(int(sign)) if sign.isdigit() else sign


def longest_rise(numbers: Sequence[int]) -> list[int]:
    """Return the indices of the most numbers that rise: one that is no call is left out."""
    ends: list[int] = []  # the index of the least number that ends a rise of each length
    before: list[int | None] = []
    for i, number in enumerate(numbers):
        place = bisect_left(ends, number, key=numbers.__getitem__)
        before.append(ends[place - 1] if place else None)
        ends[place : place + 1] = [i]
    rise: list[int] = []
    at = ends[-1] if ends else None
    while at is not None:
        rise.append(at)
        at = before[at]
    return rise[::-1]
