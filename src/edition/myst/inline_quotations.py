"""Which words in quotation marks are a quotation, and which reference is theirs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from edition.myst.quotation_marks import MASK, Quoted
from edition.myst.quoted_speech import words

_ADJACENT = re.compile(r"[\s.,;:!?()\[\]…—–\-*_]*")
_BESIDE = re.compile(r"[\s.,;:()\[\]…*_]*")
_STOP = re.compile(r"[.!?…][”\"»’')\]*_]*\s+(?=([^\W\d_]|[“\"«„‘'\[(*_\0]))")
_LAST_WORD = re.compile(r"([^\W\d_]+)$")
_ABBREVIATIONS = frozenset(
    "p pp vol vols no nos cf ed eds tr trans mr mrs ms dr st vs fol fols ch chap art fig n nn "
    "ibid op loc cit ca c b d al esp viz sec par bk pt prof rev jr sr gen col capt lt sgt hon "
    "messrs mme mlle ste jan feb mar apr aug sept oct nov dec fr br approx ff f etc pl "
    "ser repr".split()
)
_GOES_ON = re.compile(r"\s+[^\W\d_A-Z]")
_NEXT_CLAUSE = re.compile(
    r"(?:[,—–]\s*(?:and|but|while|whereas|und|aber|während|et|mais|tandis|а|и|но)\b|;)"
)
_HE_SAID = re.compile(r"[,—–]?[^.,;:!?…—–\0]*(?P<close>[,.—–])\s*")
_HE_SAID_WORDS = 5
_NEAR = 12  # references of a sentence that may be a quotation's, on either side


class ReferenceSpan(NamedTuple):
    """A citation role or a footnote mark in a paragraph; `citations` are indices.

    `located` says whether one of them has a locator, `narrative` whether its words are part of
    the sentence, as those of `{cite:t}` are; other citations belong to what stands before them.
    """

    start: int
    end: int
    citations: tuple[int, ...]
    located: bool
    narrative: bool = True


class Bound(NamedTuple):
    """A quotation: its runs (several where `he said` breaks it), and the citations it takes."""

    runs: tuple[Quoted, ...]
    citations: tuple[int, ...]


def mask_spans(content: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the content with the spans masked, line breaks kept."""
    if not spans:
        return content
    pieces, position = [], 0
    for start, end in sorted(spans):
        if end <= position:
            continue
        start = max(start, position)
        pieces.append(content[position:start])
        pieces.append("\n".join(MASK * len(line) for line in content[start:end].split("\n")))
        position = end
    return "".join((*pieces, content[position:]))


def sentence_starts(prose: str, quoted: Sequence[Quoted]) -> list[int]:
    """Return the offsets where sentences begin; stops within quotations do not count."""
    pieces, position = [], 0
    for span in quoted:
        start, end = span.start + 1, max(span.end - 2, span.start + 1)
        pieces += [prose[position:start], "q" * (end - start)]
        position = end
    flat = "".join((*pieces, prose[position:]))
    starts = [0]
    for match in _STOP.finditer(flat):
        if match[1].isalpha() and not match[1].isupper():
            continue
        if flat[match.start()] == ".":
            before = _LAST_WORD.search(flat, max(0, match.start() - 12), match.start())
            if before and (len(before[1]) == 1 or before[1].casefold() in _ABBREVIATIONS):
                continue
        starts.append(match.end())
    return starts


def bind(prose: str, quoted: Sequence[Quoted], references: Sequence[ReferenceSpan]) -> list[Bound]:
    """Return the quotations of a paragraph with their citations, none where it has none for them.

    A quotation takes the reference right after it, with those that follow without a word
    between. Else it takes one of its sentence: with a locator rather than without, after it
    rather than before it; before it only one whose words are part of the sentence, or one that
    another quotation shares. What another sentence cites is not where the words come from.
    """
    references = [r for r in references if r.citations]
    binder = _Binder(prose, quoted, references)
    bounds = [Bound((span,), binder.citations(span)) for span in quoted]
    return _joined(bounds, prose)


class _Binder:
    def __init__(
        self, prose: str, quoted: Sequence[Quoted], references: Sequence[ReferenceSpan]
    ) -> None:
        self.prose = prose
        self.references = references
        self.begins = [r.start for r in references]
        # A citation after a full stop, `she said. (Hart, p. 3)`, is of the sentence before it.
        apart = {r.start for r in references if r.located and not r.narrative}
        starts = sentence_starts(prose, quoted) if references else [0]
        self.sentences = [s for s in starts if s == 0 or s not in apart]
        self.adjacent: dict[Quoted, int] = {}
        for span in quoted:
            following = bisect_left(self.begins, span.end)
            if following == len(references) or self._begins_sentence(following):
                continue
            if self._touches(span.end, following):
                self.adjacent[span] = following
        self.taken = set(self.adjacent.values())

    def _touches(self, end: int, following: int) -> bool:
        return nothing_between(self.prose, end, self.begins[following])

    def _begins_sentence(self, index: int) -> bool:
        """Return True if a work is merely named at the beginning of the next sentence."""
        reference = self.references[index]
        if reference.located or _GOES_ON.match(self.prose, reference.end) is None:
            return False
        at = bisect_left(self.sentences, reference.start)
        return at < len(self.sentences) and self.sentences[at] == reference.start

    def citations(self, span: Quoted) -> tuple[int, ...]:
        if not self.references:
            return ()
        if span in self.adjacent:
            return self._run(self.adjacent[span])
        found = self._in_sentence(span)
        return () if found is None else self.references[found].citations

    def _names_source(self, index: int, start: int) -> bool:
        reference = self.references[index]
        apart = ";" in self.prose[reference.end : start]  # another clause, of somebody else
        return index not in self.taken and not apart and is_narrative(self.prose, reference)

    def _run(self, first: int) -> tuple[int, ...]:
        """Return the citations of the references that follow each other without a word between."""
        run = [self.references[first]]
        for following in range(first + 1, len(self.references)):
            if not self._touches(run[-1].end, following):
                break
            run.append(self.references[following])
        return prefer_located(run)

    def _in_sentence(self, span: Quoted) -> int | None:
        sentence = bisect_right(self.sentences, span.start) - 1
        start = self.sentences[sentence]
        after_it = bisect_left(self.sentences, span.end)
        end = self.sentences[after_it] if after_it < len(self.sentences) else len(self.prose)
        middle = bisect_left(self.begins, span.end)
        after = range(middle, min(bisect_left(self.begins, end), middle + _NEAR))
        first = max(bisect_left(self.begins, start), middle - _NEAR)
        before = range(middle - 1, first - 1, -1)
        choices = (
            (i for i in after if self.references[i].located and not self._speaks_next(span, i)),
            (i for i in before if self._names_source(i, span.start) and self.references[i].located),
            (i for i in after if self.references[i].located),
            iter(after),
            (i for i in before if self._names_source(i, span.start)),
            (i for i in before if i in self.taken),
        )
        return next((i for choice in choices for i in choice), None)

    def _speaks_next(self, span: Quoted, index: int) -> bool:
        """Return True if a reference begins a new clause: `…”, and Hart (1831, p. 3) adds`."""
        reference = self.references[index]
        return (
            reference.narrative
            and _NEXT_CLAUSE.match(self.prose, span.end, reference.start) is not None
            and _GOES_ON.match(self.prose, reference.end) is not None
        )


def is_narrative(prose: str, reference: ReferenceSpan) -> bool:
    """Return True if the sentence goes on with a reference, and does not end a claim with it."""
    return reference.narrative or prose[reference.end : reference.end + 1] not in (",", ";", "—")


def links_outwards(content: str, start: int, end: int) -> bool:
    """Return True if quoted words are all that a link to a website says: it shows their source."""
    return content.endswith("[", 0, start) and content.startswith(("](http:", "](https:"), end)


def prefer_located(run: Sequence[ReferenceSpan]) -> tuple[int, ...]:
    """Return the citations of a run of references; those with a locator, where there are any.

    A work named beside the reference, without a locator, is not where the words come from.
    """
    chosen = [r for r in run if r.located] or run
    return tuple(i for r in chosen for i in r.citations)


def nothing_between(prose: str, start: int, end: int) -> bool:
    """Return True if only blanks, stops, dashes and brackets are between two offsets."""
    return _ADJACENT.fullmatch(prose, start, end) is not None


def only_brackets_between(prose: str, start: int, end: int) -> bool:
    """Return True if only blanks, stops and brackets are between two offsets."""
    return _BESIDE.fullmatch(prose, start, end) is not None


def _joined(bounds: Sequence[Bound], prose: str) -> list[Bound]:
    """Join the quotations that `he said` breaks: those of one reference, or of none."""
    if not bounds:
        return []
    joined = [bounds[0]]
    for last, bound in pairwise(bounds):
        shared = last.citations in ((), bound.citations)
        if shared and _is_he_said(prose, last.runs[0], bound.runs[0]):
            joined[-1] = Bound((*joined[-1].runs, *bound.runs), bound.citations)
        else:
            joined.append(bound)
    return joined


def _is_he_said(prose: str, first: Quoted, second: Quoted) -> bool:
    match = _HE_SAID.fullmatch(prose, first.end, second.start)
    if match is None or not 0 < len(words(match.group())) <= _HE_SAID_WORDS:
        return False
    if prose[first.end - 2] not in ",—–!?" and prose[first.end] not in ",—–":
        return False
    goes_on = prose[second.start + 1 : second.start + 4].lstrip("[ \u00a0\u202f")[:1].islower()
    return match["close"] == "." or goes_on
