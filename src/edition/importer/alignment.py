"""Which blocks of a copy are which of a fingerprinted text, and where the copy reads otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from edition.importer.units import Unit
from edition.texts.fingerprint import Fingerprint, bare, digest, fingerprint, sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A passage of a copy that is not as the fingerprints have it.

    `readings` are its sentences that differ, with their numbers from 1; none where only
    punctuation or letter forms do.
    """

    id: str
    line: int
    readings: tuple[tuple[int, str], ...]
    missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A block of the text (an index) and the fingerprint that it answers to (an index)."""

    unit: int
    known: int


def align(units: Sequence[Unit], known: Sequence[Fingerprint]) -> list[Match]:
    """Match the blocks of a text with those of a witness, in order."""
    mine = [fingerprint(u.text, "", str(u.kind)) for u in units]
    matches: list[Match] = []
    matcher = SequenceMatcher(
        None, [k.words for k in known], [m.words for m in mine], autojunk=False
    )
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            matches += [Match(unit=c + n, known=a + n) for n in range(b - a)]
        elif tag == "replace":
            matches += _pair(mine, known, range(a, b), range(c, d))
    return matches


def _pair(
    mine: Sequence[Fingerprint], known: Sequence[Fingerprint], olds: range, news: range
) -> list[Match]:
    """Pair blocks that differ: by the sentences they share; by their place where all differ."""
    found: list[Match] = []
    position = news.start
    for old in olds:
        shares = [
            (len(set(known[old].sentences) & set(mine[new].sentences)), -new)
            for new in range(position, news.stop)
        ]
        best = max(shares, default=(0, 0))
        if best[0]:
            found.append(Match(unit=-best[1], known=old))
            position = -best[1] + 1
    left_old = [o for o in olds if o not in {m.known for m in found}]
    left_new = [n for n in news if n not in {m.unit for m in found}]
    if len(olds) == len(news) and len(left_old) == len(left_new):
        found += [
            Match(unit=n, known=o)
            for o, n in zip(left_old, left_new, strict=True)
            if mine[n].kind == known[o].kind
        ]
    return sorted(found, key=lambda m: m.unit)


def variants(
    units: Sequence[Unit], known: Sequence[Fingerprint], matches: Sequence[Match]
) -> list[Variant]:
    """Return how the blocks of a copy differ from the witness that the fingerprints tell."""
    found = []
    label = ""
    for match in matches:
        unit, one = units[match.unit], known[match.known]
        label = one.id or f"{one.kind} after {label}" if not one.id else one.id
        mine = fingerprint(unit.text, one.id, str(unit.kind))
        if mine.exact == one.exact:
            continue
        here = sentences(unit.text)
        readings = tuple(
            (n, s) for n, s in enumerate(here, 1) if digest(bare(s), 5) not in one.sentences
        )
        missing = len(set(one.sentences) - set(mine.sentences))
        found.append(Variant(id=label, line=unit.line, readings=readings, missing=missing))
    return found
