"""A quotation placed in the stream: candidates aligned, broken ones mended, the best chosen."""

from dataclasses import replace
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
    spans = wording.spans
    if not len(wording.letters.stream):
        return []
    main = max(spans, key=lambda span: span[1] - span[0])
    letters = wording.letters.stream[main[0] : main[1]]
    votes = vote(indexed.index, letters)
    if within:
        votes = votes.within(within[0] - main[0], within[1])
    candidates = _candidates(votes, cited, len(letters))
    length = len(letters)
    most = int(_WORST * length) + min(2 * SKIP, length // 8)
    found: list[Placement] = []
    for candidate in candidates:
        aligned = _aligned(indexed, wording, main, candidate, most)
        if aligned:
            mend = len(found) < _MENDED
            placement = _limited(_completed(indexed, wording, main, aligned, mend=mend), cited)
            found.append(placement)
            if placement.found:
                # Others are of interest only where they are as good.
                most = min(most, aligned.distance + int(TIE * length) + 1)
    if not any(placement.found for placement in found):
        hope = [] if found else [c for c in candidates[:1] if c.weight >= _HOPE * votes.whole]
        found += _last_resorts(indexed, wording, main, hope, cited)
    return _ranked(found, cited)


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


def _candidates(votes: Votes, cited: tuple[int, int] | None, length: int) -> list[Candidate]:
    found = votes.best(min(_CANDIDATES, max(_LETTERS // length, 3)), _SHARE)
    if cited and found and not any(cited[0] <= c.place < cited[1] for c in found):
        there = votes.within(cited[0] - length, cited[1]).best(1, 0)
        found += [c for c in there if c.weight >= 0.3 * found[0].weight]
    return found


def _aligned(
    indexed: IndexedStream,
    wording: QuotedWords,
    main: tuple[int, int],
    candidate: Candidate,
    most: int,
) -> Aligned | None:
    length = main[1] - main[0]
    slack = 20 + length // 8
    low, high = candidate.place - slack, candidate.place + length + slack
    return align(wording.letters.stream, indexed.stream, main, low, high, most)


def _last_resorts(
    indexed: IndexedStream,
    wording: QuotedWords,
    main: tuple[int, int],
    candidates: list[Candidate],
    cited: tuple[int, int] | None,
) -> list[Placement]:
    """Return where the likeliest candidate breaks off, and what the cited pages hold."""
    found = []
    if candidates and main[1] - main[0] >= 2 * _SMALLEST:
        broken = _aligned(indexed, wording, main, candidates[0], main[1] - main[0])
        if broken:
            found.append(_limited(_completed(indexed, wording, main, broken), cited))
    if cited and not any(placement.found for placement in found):
        found += _on_cited(indexed, wording, main, cited)
    return found


def _on_cited(
    indexed: IndexedStream, wording: QuotedWords, main: tuple[int, int], cited: tuple[int, int]
) -> list[Placement]:
    """Align with the cited pages alone: for what is too short or noisy to have votes."""
    length = main[1] - main[0]
    quoted, source = wording.letters.stream, indexed.stream
    low, high = cited[0] - _NEAR, cited[1] + _NEAR
    if length > 4 * _PROBE:
        # Reading three pages for all of a long text takes long, and for two parts of it does not.
        parts = [(at, at + _PROBE) for at in (main[0] + length // 4, main[0] + 3 * length // 4)]
        if not any(agrees(quoted, source, p, low, high, int(_WORST * _PROBE)) for p in parts):
            return []
    aligned = align(quoted, source, main, low, high, int(LIMIT * length))
    if aligned is None and length < 2 * _SHORT:
        # One long word that was changed may be half of a short quotation.
        aligned = align(quoted, source, main, *cited, length // 2)
    return [_completed(indexed, wording, main, aligned)] if aligned else []


def _completed(
    indexed: IndexedStream,
    wording: QuotedWords,
    main: tuple[int, int],
    aligned: Aligned,
    *,
    mend: bool = True,
) -> Placement:
    """Return the placement that a place of the longest span leads to: the other spans beside it."""
    pieces = [aligned]
    foreign = other_word_letters(aligned, wording.letters.offsets)
    if foreign and mend:
        pieces = _mended(indexed, wording, aligned)
    if not wording.cuts:
        if len(pieces) > 1:
            return _measured(wording, pieces)
        share = (aligned.distance - aligned.skipped) / aligned.length
        return Placement((aligned,), aligned.length, share, foreign)
    for span in sorted(wording.spans, key=lambda span: span[0] - span[1]):
        if span != main:
            after = max((p.end for p in pieces if p.last <= span[0]), default=None)
            before = min((p.start for p in pieces if p.first >= span[1]), default=None)
            beside = _beside(indexed, wording, span, after=after, before=before)
            pieces = sorted([*pieces, *beside], key=attrgetter("first"))
    split = _measured(wording, pieces)
    if len(pieces) == len(wording.spans) and not split.foreign and split.share <= LIMIT / 2:
        return split
    # The points may be the source's own.
    size = len(wording.letters.stream)
    low, high = aligned.start - main[0], aligned.end + size - main[1]
    slack = 20 + size // 8
    limit = int((LIMIT if split.foreign else min(LIMIT, split.share)) * size)
    whole = align(
        wording.letters.stream, indexed.stream, (0, size), low - slack, high + slack, limit
    )
    unsplit = _measured(wording, [whole]) if whole else split
    return unsplit if (unsplit.foreign, unsplit.share) < (split.foreign, split.share) else split


def _measured(wording: QuotedWords, pieces: list[Aligned]) -> Placement:
    size = len(wording.letters.stream)
    missing = size - sum(piece.length for piece in pieces)
    errors = sum(piece.distance - piece.skipped for piece in pieces)
    foreign = sum(other_word_letters(piece, wording.letters.offsets) for piece in pieces)
    return Placement(tuple(pieces), size, (errors + missing) / size, foreign + missing)


def _mended(indexed: IndexedStream, wording: QuotedWords, aligned: Aligned) -> list[Aligned]:
    """Return what agrees, and what lies before and after it, each where it fits best."""
    if aligned.length < 2 * _KEPT:
        return [aligned]
    first, last = best_stretch(aligned)
    if last - first < _KEPT:
        return [aligned]
    source = indexed.stream
    length = last - first
    kept = align(
        wording.letters.stream,
        source,
        (first, last),
        aligned.start - length // 4,
        aligned.end + length // 4,
        int(LIMIT * length),
    )
    if kept is None:
        return [aligned]
    before = _beside(indexed, wording, (aligned.first, first), before=kept.start)
    after = _beside(indexed, wording, (last, aligned.last), after=kept.end)
    mended = [*before, kept, *after]
    # Other words in the middle of a quotation are shown best by one alignment over all of it.
    gain = sum(p.length for p in mended) - sum(p.distance - p.skipped for p in mended)
    return mended if gain > aligned.length - (aligned.distance - aligned.skipped) else [aligned]


def _beside(
    indexed: IndexedStream,
    wording: QuotedWords,
    span: tuple[int, int],
    *,
    after: int | None = None,
    before: int | None = None,
) -> list[Aligned]:
    """Return the span where it fits best within pages after or before a place, or between two."""
    length = span[1] - span[0]
    limit = int((LIMIT if length >= _SMALLEST else 0.2) * length)
    furthest = min(max(_NEAR, 10 * wording.reach), wording.reach * length)
    for near in (_NEXT + length, furthest) if furthest > 2 * (_NEXT + length) else (furthest,):
        low = after if after is not None else (before or 0) - near
        high = min(low + near, before) if before is not None else low + near
        found = align(
            wording.letters.stream,
            indexed.stream,
            span,
            low,
            high,
            limit,
            nearest_end=after is None,
        )
        if found and not _in_one_source(indexed, found, after, before):
            found = None
        # What agrees so well close by need not be sought pages away.
        if found and (found.distance == 0 or found.distance <= _WELL * length >= _WELL * _LONG):
            break
    return [found] if found else []


def _in_one_source(
    indexed: IndexedStream, found: Aligned, after: int | None, before: int | None
) -> bool:
    """Return whether no end of a source is between a piece and its neighbour."""
    low = found.start if after is None else min(after, found.start)
    high = found.end if before is None else max(before, found.end)
    return bool(indexed.stream[low:high].all())


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
