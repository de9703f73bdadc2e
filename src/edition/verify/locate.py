"""A quotation placed in the stream: candidates aligned, broken ones mended, the best chosen."""

from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter

from edition.verify.alignment import SKIP, Aligned, agrees, align, best_stretch
from edition.verify.candidates import Candidate, Votes, vote
from edition.verify.noise import edge_evidence, other_word_letters
from edition.verify.placement import CHANGED, LIMIT, IndexedStream, Placement
from edition.verify.quotation_text import QuotedWords

TIE = 0.04
"""Places whose shares of differing letters lie so near are equally good."""

# The limits below were set on the sets that docs/manual/verify.md names, so that no genuine
# quotation is lost and no invented one accepted: python bench/verify.py DIR --table
_CANDIDATES = 8
_LETTERS = 1200  # so many letters of candidates are aligned
_HOPE = 0.2  # the share of the votes without which a broken candidate is not worth mending
_SHARE = 0.5
_WORST = 0.36  # the share of letters that may differ before a candidate is mended
_MENDED = 2  # so many broken candidates are mended
_PROBE = 64  # letters of a long quotation that are enough to know a page by
_NEXT = 1000  # letters: how far most ellipses reach
_WELL, _LONG = 0.15, 24  # the share of so many letters that may differ in a good find
_NEAR = 6000  # letters, three pages or so: how far an ellipsis or a footnote may reach
_SHORT, _STRICT = 45, 0.12  # letters; the share that may differ in two thirds as many
# The share that may differ on a cited page: of another text, fewer than one page in a thousand
# comes nearer.
_CITED = ((45, 0.42), (30, 0.36))
_SHORTEST, _MEDIUM = 30, 100  # letters
_DOUBT, _DOUBT_SHORTEST = 9.2, 6.5  # logarithms of likelihoods: 1 in 10,000, 1 in 700
_SMALLEST = 16  # letters that can be recognised on their own near a place
_KEPT = 25  # letters that agree, without which there is nothing to mend


def place(
    indexed: IndexedStream,
    wording: QuotedWords,
    cited: tuple[int, int] | None = None,
    within: tuple[int, int] | None = None,
) -> list[Placement]:
    """Return the places of a quotation, best first; of equally good ones, the cited first.

    `cited` is the stretch of the stream that the cited pages take up; `within` is one outside of
    which nothing is looked for. The list is empty where
    nothing like the quotation was found; its first may be only `partly` found.
    """
    if not len(wording.letters.stream):
        return []
    return _ranked(_Search(indexed, wording, cited).found(within), cited)


@dataclass(frozen=True)
class _Search:
    """Looks for one quotation in the stream."""

    indexed: IndexedStream
    wording: QuotedWords
    cited: tuple[int, int] | None

    @cached_property
    def main(self) -> tuple[int, int]:
        """The longest span of the quotation, by which its place is found."""
        return max(self.wording.spans, key=lambda span: span[1] - span[0])

    @property
    def length(self) -> int:
        """The letters of that span."""
        return self.main[1] - self.main[0]

    def found(self, within: tuple[int, int] | None) -> list[Placement]:
        """Return the places, in the order in which they were tried."""
        main, cited = self.main, self.cited
        votes = vote(self.indexed.index, self.wording.letters.stream[main[0] : main[1]])
        if within:
            votes = votes.within(within[0] - main[0], within[1])
        candidates = self._candidates(votes)
        most = int(_WORST * self.length) + min(2 * SKIP, self.length // 8)
        found: list[Placement] = []
        for candidate in candidates:
            aligned = self._aligned(candidate, most)
            if aligned:
                mend = len(found) < _MENDED
                placement = _limited(self._completed(aligned, mend=mend), cited)
                found.append(placement)
                if placement.found:
                    # Others are of interest only where they are as good.
                    most = min(most, aligned.distance + int(TIE * self.length) + 1)
        if not any(placement.found for placement in found):
            hope = [] if found else [c for c in candidates[:1] if c.weight >= _HOPE * votes.whole]
            found += self._last_resorts(hope)
        return found

    def _align(self, span: tuple[int, int], low: int, high: int, limit: int) -> Aligned | None:
        return align(self.wording.letters.stream, self.indexed.stream, span, low, high, limit)

    def _candidates(self, votes: Votes) -> list[Candidate]:
        cited = self.cited
        found = votes.best(min(_CANDIDATES, max(_LETTERS // self.length, 3)), _SHARE)
        if cited and found and not any(cited[0] <= c.place < cited[1] for c in found):
            there = votes.within(cited[0] - self.length, cited[1]).best(1, 0)
            found += [c for c in there if c.weight >= 0.3 * found[0].weight]
        return found

    def _aligned(self, candidate: Candidate, most: int) -> Aligned | None:
        slack = 20 + self.length // 8
        low, high = candidate.place - slack, candidate.place + self.length + slack
        return self._align(self.main, low, high, most)

    def _last_resorts(self, candidates: list[Candidate]) -> list[Placement]:
        """Return where the likeliest candidate breaks off, and what the cited pages hold."""
        found = []
        if candidates and self.length >= 2 * _SMALLEST:
            broken = self._aligned(candidates[0], self.length)
            if broken:
                found.append(_limited(self._completed(broken), self.cited))
        if self.cited and not any(placement.found for placement in found):
            found += self._on_cited(*self.cited)
        return found

    def _on_cited(self, start: int, end: int) -> list[Placement]:
        """Align with the cited pages alone: for what is too short or noisy to have votes."""
        length, first = self.length, self.main[0]
        quoted, source = self.wording.letters.stream, self.indexed.stream
        low, high = start - _NEAR, end + _NEAR
        if length > 4 * _PROBE:
            # Reading three pages for all of a long text takes long, for two parts of it does not.
            parts = [(at, at + _PROBE) for at in (first + length // 4, first + 3 * length // 4)]
            if not any(agrees(quoted, source, p, low, high, int(_WORST * _PROBE)) for p in parts):
                return []
        aligned = self._align(self.main, low, high, int(LIMIT * length))
        if aligned is None and length < 2 * _SHORT:
            # One long word that was changed may be half of a short quotation.
            aligned = self._align(self.main, start, end, length // 2)
        return [self._completed(aligned)] if aligned else []

    def _completed(self, aligned: Aligned, *, mend: bool = True) -> Placement:
        """Return the placement that a place of the longest span leads to, the others beside it."""
        wording, main = self.wording, self.main
        pieces = [aligned]
        foreign = other_word_letters(aligned, wording.letters.offsets)
        if foreign and mend:
            pieces = self._mended(aligned)
        if not wording.cuts:
            if len(pieces) > 1:
                return _measured(wording, pieces)
            share = (aligned.distance - aligned.skipped) / aligned.length
            return Placement((aligned,), aligned.length, share, foreign)
        for span in sorted(wording.spans, key=lambda span: span[0] - span[1]):
            if span != main:
                after = max((p.end for p in pieces if p.last <= span[0]), default=None)
                before = min((p.start for p in pieces if p.first >= span[1]), default=None)
                beside = self._beside(span, after=after, before=before)
                pieces = sorted([*pieces, *beside], key=attrgetter("first"))
        split = _measured(wording, pieces)
        if len(pieces) == len(wording.spans) and not split.foreign and split.share <= LIMIT / 2:
            return split
        # The points may be the source's own.
        size = len(wording.letters.stream)
        low, high = aligned.start - main[0], aligned.end + size - main[1]
        slack = 20 + size // 8
        limit = int((LIMIT if split.foreign else min(LIMIT, split.share)) * size)
        whole = self._align((0, size), low - slack, high + slack, limit)
        unsplit = _measured(wording, [whole]) if whole else split
        return unsplit if (unsplit.foreign, unsplit.share) < (split.foreign, split.share) else split

    def _mended(self, aligned: Aligned) -> list[Aligned]:
        """Return what agrees, and what lies before and after it, each where it fits best."""
        if aligned.length < 2 * _KEPT:
            return [aligned]
        first, last = best_stretch(aligned)
        length = last - first
        if length < _KEPT:
            return [aligned]
        low, high = aligned.start - length // 4, aligned.end + length // 4
        kept = self._align((first, last), low, high, int(LIMIT * length))
        if kept is None:
            return [aligned]
        before = self._beside((aligned.first, first), before=kept.start)
        after = self._beside((last, aligned.last), after=kept.end)
        mended = [*before, kept, *after]
        # Other words in the middle of a quotation are shown best by one alignment over all of it.
        gain = sum(p.length for p in mended) - sum(p.distance - p.skipped for p in mended)
        return mended if gain > aligned.length - (aligned.distance - aligned.skipped) else [aligned]

    def _beside(
        self, span: tuple[int, int], *, after: int | None = None, before: int | None = None
    ) -> list[Aligned]:
        """Return the span where it fits best within pages of a place, or between two."""
        quoted, source, reach = self.wording.letters.stream, self.indexed.stream, self.wording.reach
        length = span[1] - span[0]
        limit = int((LIMIT if length >= _SMALLEST else 0.2) * length)
        furthest = min(max(_NEAR, 10 * reach), reach * length)
        for near in (_NEXT + length, furthest) if furthest > 2 * (_NEXT + length) else (furthest,):
            low = after if after is not None else (before or 0) - near
            high = min(low + near, before) if before is not None else low + near
            found = align(quoted, source, span, low, high, limit, nearest_end=after is None)
            if found:
                # No end of a source is between a piece and its neighbour.
                begin = found.start if after is None else min(after, found.start)
                end = found.end if before is None else max(before, found.end)
                found = found if source[begin:end].all() else None
            # What agrees so well close by need not be sought pages away.
            if found and (found.distance == 0 or found.distance <= _WELL * length >= _WELL * _LONG):
                break
        return [found] if found else []


def _limited(placement: Placement, cited: tuple[int, int] | None) -> Placement:
    """Return how much may differ, by where it is: somewhere, something is like a short text.

    On the cited pages, which are few, more may differ: no chance brings a text so near.
    """
    if cited is not None and placement.start < cited[1] and placement.end > cited[0]:
        limit = next((limit for size, limit in _CITED if placement.size >= size), LIMIT)
        return replace(placement, limit=limit, changed=2 * CHANGED)
    if placement.size >= _MEDIUM:
        return placement
    limit = LIMIT
    if placement.size < _SHORT:
        limit = min(LIMIT, max(_STRICT, _STRICT + 0.012 * (placement.size - 30)))
    # Words that are put together from others agree up to an end, where other words follow.
    doubt = _DOUBT if placement.size >= _SHORTEST else _DOUBT_SHORTEST
    if any(edge_evidence(piece) > doubt for piece in placement.pieces if piece.distance > 1):
        limit = 0
    return replace(placement, limit=limit)


def _measured(wording: QuotedWords, pieces: list[Aligned]) -> Placement:
    size = len(wording.letters.stream)
    missing = size - sum(piece.length for piece in pieces)
    errors = sum(piece.distance - piece.skipped for piece in pieces)
    foreign = sum(other_word_letters(piece, wording.letters.offsets) for piece in pieces)
    return Placement(tuple(pieces), size, (errors + missing) / size, foreign + missing)


def _ranked(found: list[Placement], cited: tuple[int, int] | None) -> list[Placement]:
    distinct: list[Placement] = []
    for placement in sorted(found, key=lambda p: (not p.found, p.share)):
        if all(placement.start >= d.end or placement.end <= d.start for d in distinct):
            distinct.append(placement)
    if not distinct:
        return []
    best = distinct[0]
    equal = [p for p in distinct if p.found == best.found and p.share <= best.share + TIE]
    if cited:
        low, high = cited
        equal.sort(key=lambda p: max(low - p.end + 1, p.start - high + 1, 0))
    return equal if best.found else equal[:1]
