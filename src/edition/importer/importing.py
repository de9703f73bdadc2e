"""From a document to MyST: all steps together, without a file being written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from edition.importer.alignment import Match, Variant, align, variants
from edition.importer.collation import Change
from edition.importer.document import Normalised, Source
from edition.importer.myst import Writer, Written
from edition.importer.normalisation import normalise
from edition.importer.notes_at_end import with_notes_at_end
from edition.importer.recognised import Recognised
from edition.importer.recognition import recognise
from edition.importer.structure import structure
from edition.importer.textual_notes import ignored_rules, place_notes
from edition.importer.tree import TreeReader
from edition.importer.typed_notes import tie_notes
from edition.importer.units import PASSAGES, Kind, Unit
from edition.importer.word_count import WordCount, count_words
from edition.model import Quotation, Work
from edition.model.quoted_words import between_ends
from edition.texts.apparatus import Apparatus, Note
from edition.texts.errors import WitnessError
from edition.texts.fingerprint import Fingerprint, bare, fingerprint

LEAST_MATCH = 0.1
"""The share of a witness's passages below which a text is another one."""

_OVERRULED = frozenset({Kind.HEADING, Kind.CAPTION, Kind.PARAGRAPH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import gives: the MyST, and all that there is to report.

    `normalised` is the text that the MyST stands for, `typed` the words of its references in
    order. `matched` and `known` count the passages recognised and those of the fingerprints.
    """

    text: str
    typed: tuple[str | None, ...]
    normalised: str
    changes: tuple[Change, ...]
    units: tuple[Unit, ...]
    found: Recognised
    passages: dict[int, str]
    quotations: dict[int, str]
    prints: tuple[Fingerprint, ...]
    variants: tuple[Variant, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[int, ...] = ()
    matched: int = 0
    known: int = 0
    unplaced: tuple[Note, ...] = ()
    unquoted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    words: WordCount = WordCount(0, 0)
    in_lines: bool = True
    notes: int = 0


@dataclass(slots=True)
class _Numbers:
    passages: dict[int, str] = field(default_factory=dict)
    matches: list[Match] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)


def import_source(
    source: Source,
    works: Mapping[str, Work],
    *,
    options: frozenset[str] = frozenset(),
    style: str = "",
    keep: bool = False,
    show_changes: bool = False,
    apparatus: Apparatus | None = None,
    known: Sequence[Fingerprint] = (),
    quoted: Sequence[Quotation] = (),
) -> Imported:
    """Turn a document into MyST.

    `style` is the habit in which it cites, guessed if empty; with `keep` its references keep
    their words. `known` are a witness's fingerprints, which tell its passages; `quoted` the
    quotations of the edition. Raises WitnessError where the text is another one altogether.
    """
    normal, left_out = _blocks(source, options, show_changes=show_changes)
    units = structure(normal)
    if not units:
        raise WitnessError("the document holds no text", "Is it the right file?")
    matches = align(units, known) if known else []
    units = _overruled(units, known, matches)
    numbers = _numbered(units, known, matches)
    if known:
        _refuse_another(known, units)
    found = recognise(units, works, style)
    quotations = _quotation_ids(found, units, numbers.passages, quoted, normal)
    notes = apparatus.notes if apparatus else ()
    written, unplaced = _written(units, found, numbers.passages, quotations, notes, keep=keep)
    return Imported(
        text=written.text,
        typed=tuple(written.typed),
        normalised=normal.text,
        changes=normal.changes,
        units=tuple(units),
        found=found,
        passages=numbers.passages,
        quotations=quotations,
        prints=fingerprints(units, numbers.passages),
        variants=tuple(variants(units, known, numbers.matches)),
        missing=_missing(known, numbers.matches),
        extra=tuple(numbers.extra),
        matched=sum(bool(known[m.known].id) for m in numbers.matches),
        known=sum(bool(k.id) for k in known),
        unplaced=tuple(unplaced),
        unquoted=_unquoted(quoted, quotations),
        left_out=left_out,
        words=count_words(source, normal, written, left_out),
        in_lines=source.tree is None,
        notes=sum(bool(u.label) for u in units),
    )


def _written(
    units: Sequence[Unit],
    found: Recognised,
    passages: dict[int, str],
    quotations: dict[int, str],
    notes: Sequence[Note],
    *,
    keep: bool,
) -> tuple[Written, list[Note]]:
    """Return the MyST with the apparatus's notes in it, and the notes that have no place."""
    replaced = [b for b in found.references if not (keep or b.kept)]
    insertions, unplaced = place_notes(notes, units, passages, replaced)
    writer = Writer(
        units,
        found,
        passages=passages,
        quotations=quotations,
        insertions=insertions,
        ignores=ignored_rules(notes, units, passages, unplaced),
        keep=keep,
    )
    return writer.written(), unplaced


def _blocks(
    source: Source, options: frozenset[str], *, show_changes: bool
) -> tuple[Normalised, tuple[str, ...]]:
    """Return the blocks of a document, and a list of what was left out."""
    left_out = source.left_out
    if source.tree is None:
        normal = normalise(source.text, options=options)
        left_out = (*left_out, *normal.left_out)
    else:
        reader = TreeReader(source.fields, show_changes=show_changes)
        try:
            blocks = reader.read(source.tree)
            typed = not reader.note_count
            tied, head = tie_notes(with_notes_at_end(blocks)) if typed else (blocks, None)
            normal = Normalised.of(tied)
            left_out = left_out if head is None else (*left_out, blocks[head].text)
        except RecursionError:
            raise WitnessError("the document is nested too deeply", "Save it as text.") from None
        left_out = (*left_out, *reader.inlines.left_out)
    return normal, left_out


def _missing(known: Sequence[Fingerprint], matches: Sequence[Match]) -> tuple[str, ...]:
    held = {known[m.known].id for m in matches}
    return tuple(k.id for k in known if k.id and k.id not in held)


def fingerprints(units: Sequence[Unit], passages: Mapping[int, str]) -> tuple[Fingerprint, ...]:
    """Return the fingerprints of a text as it was imported."""
    return tuple(
        fingerprint(u.text, passages.get(i, "") if u.kind in PASSAGES else "", str(u.kind))
        for i, u in enumerate(units)
    )


def _overruled(
    units: Sequence[Unit], known: Sequence[Fingerprint], matches: Sequence[Match]
) -> tuple[Unit, ...]:
    """Return kinds as the fingerprints have them, where only the look of a line could tell."""
    kinds = {m.unit: Kind(known[m.known].kind) for m in matches}
    return tuple(
        replace(u, kind=kinds[i])
        if i in kinds and u.kind in _OVERRULED and kinds[i] in _OVERRULED
        else u
        for i, u in enumerate(units)
    )


def _numbered(
    units: Sequence[Unit], known: Sequence[Fingerprint], matches: Sequence[Match]
) -> _Numbers:
    numbers = _Numbers()
    passages = [i for i, u in enumerate(units) if u.kind in PASSAGES]
    if not known:
        numbers.passages = {i: f"p{n}" for n, i in enumerate(passages, 1)}
        return numbers
    ids = {m.unit: known[m.known].id for m in matches if known[m.known].id}
    numbers.matches = list(matches)
    numbers.passages = {i: ids[i] for i in passages if i in ids}
    numbers.extra = [units[i].line for i in passages if i not in ids]
    return numbers


def _refuse_another(known: Sequence[Fingerprint], units: Sequence[Unit]) -> None:
    expected = sum(bool(k.id) for k in known)
    prints = fingerprints(units, {})
    words = {k.words for k in known if k.id}
    sure = sum(p.words in words for p in prints)
    shared = {s for k in known if k.id for s in k.sentences}
    touched = sum(bool(shared & set(p.sentences)) for p in prints)
    if max(sure, touched) < max(1, expected * LEAST_MATCH):
        raise WitnessError(
            f"this is another text: {sure} of the {expected} paragraphs of the witness match",
            "Give the text that the apparatus describes, or another siglum with --as.",
        )


# -- quotations ---------------------------------------------------------------------------------


def _quotation_ids(
    found: Recognised,
    units: Sequence[Unit],
    passages: Mapping[int, str],
    quoted: Sequence[Quotation],
    normal: Normalised,
) -> dict[int, str]:
    """Return the anchor of each quotation with a reference: by its lemma, or counted."""
    numbered = [n for n, q in enumerate(found.quotations) if q.typed]
    if not quoted:
        return {n: f"q{count}" for count, n in enumerate(numbered, 1)}
    ids: dict[int, str] = {}
    left = [q for q in quoted if q.id and (q.opening or q.text)]
    texts = {n: normal.text[(q := found.quotations[n]).start : q.end] for n in numbered}
    # Those that begin as a lemma come first; then those with the lemma's words inside.
    for holds in (_begins_as, _has_within):
        for n in numbered:
            here = passage_at(found.quotations[n].start, units, passages)
            fitting = (
                c for c in left if c.passage in (None, here) and n not in ids and holds(texts[n], c)
            )
            if candidate := next(fitting, None):
                ids[n] = str(candidate.id)
                left.remove(candidate)
    return ids


def _begins_as(text: str, quotation: Quotation) -> bool:
    opening, words = bare(quotation.opening or quotation.text or ""), bare(text)
    return words.startswith(opening) and bare(quotation.closing) in words


def _has_within(text: str, quotation: Quotation) -> bool:
    return (
        between_ends(text, quotation.opening or quotation.text or "", quotation.closing) is not None
    )


def _unquoted(quoted: Sequence[Quotation], ids: Mapping[int, str]) -> tuple[str, ...]:
    held = set(ids.values())
    return tuple(q.id for q in quoted if q.id and q.id not in held)


def passage_at(offset: int, units: Sequence[Unit], passages: Mapping[int, str]) -> str | None:
    """Return the passage that an offset of the text belongs to."""
    found = None
    for i, unit in enumerate(units):
        if unit.start > offset:
            break
        found = passages.get(i, found)
        if unit.kind is Kind.HEADING:
            found = None
    return found
