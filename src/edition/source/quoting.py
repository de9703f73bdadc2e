"""Quotations typed in quotation marks: where they stand, and which reference is theirs.

Everything here works on *prose*: a paragraph's content in which what is no prose (roles, code,
links, mathematics) is blotted out, character by character, so that offsets stay true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

BLOT = "\0"

_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "‘": "’", '"': '"'}
_MARKS = re.compile('[“”„«»‹›‘’"]')
_OPENING_CONTEXT = re.compile(r"[\s(\[{—–\-/“„«‹‘\"\0]")
_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_ADJACENT = re.compile(r"[\s.,;:!?()\[\]…—–\-*_]*")
_STOP = re.compile(r"[.!?…][”\"»’')\]]*\s+(?=[A-Z\u00c0-\u00de\u0410-\u042f“\"«„‘\0\[(])")
_ABBREVIATIONS = frozenset(
    "p pp vol vols no nos cf ed eds tr trans mr mrs ms dr st vs fol fols ch chap art fig n nn "
    "ibid op loc cit ca c b d al esp viz sec par bk pt prof rev jr sr".split()
)
# Words of four letters and more that a headline leaves in lower case.
_HEADLINE_SMALL = frozenset(
    "also from with into upon over under their that than then when what this these those "
    "between against during before after about through without within toward towards since "
    "until among".split()
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A run of text in quotation marks: offsets of the opening mark and past the closing one."""

    start: int
    end: int

    def inner(self, content: str) -> str:
        """The text between the marks."""
        return content[self.start + 1 : self.end - 1]


@dataclass(frozen=True, slots=True)
class ReferenceSpan:
    """A citation role or a footnote mark in a paragraph; `citations` are indices."""

    start: int
    end: int
    citations: tuple[int, ...]


def blot(content: str, spans: Sequence[tuple[int, int]]) -> str:
    """The content with the spans blotted out, line breaks kept."""
    if not spans:
        return content
    characters = list(content)
    for start, end in spans:
        for i in range(start, min(end, len(characters))):
            if characters[i] != "\n":
                characters[i] = BLOT
    return "".join(characters)


def words(text: str) -> list[str]:
    """The words of a text, as an editor counts them: `pre-war` and `Lenin’s` are one each."""
    return _WORD.findall(text)


def find_quoted(prose: str) -> list[Quoted]:
    """The outermost runs in quotation marks, in order; an unclosed one is left out."""
    found: list[Quoted] = []
    position = 0
    while mark := _MARKS.search(prose, position):
        start = mark.start()
        position = start + 1
        if not _opens(prose, start):
            continue
        end = _closing(prose, start)
        if end is not None:
            found.append(Quoted(start, end + 1))
            position = end + 1
    return found


def _opens(prose: str, at: int) -> bool:
    mark = prose[at]
    if mark not in _CLOSERS:
        return False
    before = prose[at - 1] if at else " "
    after = prose[at + 1] if at + 1 < len(prose) else " "
    if after.isspace():
        return False
    return mark in "“„«‹" or _OPENING_CONTEXT.match(before) is not None


def _closing(prose: str, start: int) -> int | None:
    mark = prose[start]
    closers = _CLOSERS[mark]
    depth = 0
    candidate = None
    for match in _MARKS.finditer(prose, start + 1):
        at, found = match.start(), match.group()
        if found == mark and mark not in '"„' and mark != "»":
            if mark == "‘" and candidate is not None:
                return candidate
            depth += 1
        elif found in closers:
            if mark == "‘":
                # An apostrophe is no closing mark; after an s it may be one of either kind.
                if prose[at + 1 : at + 2].isalnum():
                    continue
                if prose[at - 1 : at] == "s" and depth == 0:
                    candidate = at
                    continue
            elif mark == '"' and prose[at - 1].isspace():
                continue
            if depth == 0:
                return at
            depth -= 1
    return candidate


def is_headline(text: str) -> bool:
    """Whether a text is capitalised as a title is: every weighty word begins with a capital."""
    weighty = [w for w in words(text) if len(w) > 3 and w.casefold() not in _HEADLINE_SMALL]
    return len(weighty) > 1 and all(w[0].isupper() or w[0].isdigit() for w in weighty)


def sentence_starts(prose: str, quoted: Sequence[Quoted]) -> list[int]:
    """Offsets at which a paragraph's sentences begin; stops within quotations do not count."""
    letters = list(prose)
    for span in quoted:
        for i in range(span.start + 1, max(span.end - 2, span.start + 1)):
            letters[i] = "q"
    flat = "".join(letters)
    starts = [0]
    for match in _STOP.finditer(flat):
        if flat[match.start()] == ".":
            before = re.search(r"([^\W\d_]+)$", flat[max(0, match.start() - 12) : match.start()])
            if before and (len(before[1]) == 1 or before[1].casefold() in _ABBREVIATIONS):
                continue
        starts.append(match.end())
    return starts


def adjacent(prose: str, start: int, end: int) -> bool:
    """Whether nothing but blanks, stops and brackets stands between two offsets."""
    return _ADJACENT.fullmatch(prose, start, end) is not None


def bind(
    prose: str, quoted: Sequence[Quoted], references: Sequence[ReferenceSpan]
) -> list[tuple[int, ...]]:
    """The citations of each quotation, as indices; empty where a paragraph has none for it.

    A quotation takes the reference right after it, with those that follow without a word
    between; else the next one in its sentence; else the last one before it in its sentence;
    else the next one in the paragraph.
    """
    references = [r for r in references if r.citations]
    if not references:
        return [()] * len(quoted)
    starts = sentence_starts(prose, quoted)
    return [_reference_of(span, prose, references, starts) for span in quoted]


def _reference_of(
    span: Quoted, prose: str, references: Sequence[ReferenceSpan], starts: Sequence[int]
) -> tuple[int, ...]:
    after = [r for r in references if r.start >= span.end]
    if after and adjacent(prose, span.end, after[0].start):
        taken, end = list(after[0].citations), after[0].end
        for following in after[1:]:
            if not adjacent(prose, end, following.start):
                break
            taken += following.citations
            end = following.end
        return tuple(taken)
    sentence = max(s for s in starts if s <= span.start)
    next_sentence = min((s for s in starts if s >= span.end), default=len(prose))
    if after and after[0].start < next_sentence:
        return after[0].citations
    before = [r for r in references if sentence <= r.start and r.end <= span.start]
    if before:
        return before[-1].citations
    return after[0].citations if after else ()
