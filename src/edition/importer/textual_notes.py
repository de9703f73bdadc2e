"""The notes of the apparatus, set into the imported text at their lemmata."""

import re
from collections.abc import Mapping, Sequence

from edition.importer.markup import Insertion
from edition.importer.recognised import Bound
from edition.importer.units import Kind, Unit
from edition.texts.apparatus import Note

_MARKS = re.compile(r"[“”„«»\"\n`<>]")


def place_notes(
    notes: Sequence[Note],
    units: Sequence[Unit],
    passages: Mapping[int, str],
    references: Sequence[Bound],
) -> tuple[list[Insertion], list[Note]]:
    """Return the notes as markup with their places, and those whose lemma is not there."""
    insertions: list[Insertion] = []
    unplaced: list[Note] = []
    for note in notes:
        place = _place(note, units, passages)
        if place is None:
            unplaced.append(note)
        else:
            start, end, _ = place
            cited = any(start < b.end and end > b.start for b in references)
            insertions.append(_insertion(note, start, end, cited=cited))
    return insertions, unplaced


def _place(
    note: Note, units: Sequence[Unit], passages: Mapping[int, str]
) -> tuple[int, int, Unit] | None:
    region = _region(note.passage, units, passages)
    seen = 0
    for unit in region:
        for match in re.finditer(re.escape(note.lemma), unit.text):
            seen += 1
            if seen == note.occurrence:
                return unit.start + match.start(), unit.start + match.end(), unit
    return None


def _region(passage: str, units: Sequence[Unit], passages: Mapping[int, str]) -> list[Unit]:
    """Return the units of a passage: its paragraph, and the quotations and captions after it."""
    first = next((i for i, name in passages.items() if name == passage), None)
    if first is None:
        return []
    last = first + 1
    while last < len(units) and last not in passages and units[last].kind is not Kind.HEADING:
        last += 1
    return list(units[first:last])


def _insertion(note: Note, start: int, end: int, *, cited: bool) -> Insertion:
    said = "; ".join(s for s in (note.read, note.note) if s)
    apart = cited or _MARKS.search(note.lemma) is not None
    match note.kind:
        case "sic" if note.read and not apart:
            return Insertion(start=start, end=end, markup=_role("sic", note.lemma, said))
        case "sic":
            read = f"read {note.read}" if note.read else ""
            said = "; ".join(s for s in ("sic", read, note.note) if s)
        case "lacuna" if not apart:
            return Insertion(start=end, end=end, markup=f" {_role('lacuna', said, '')}")
        case "supplied":
            return Insertion(start=end, end=end, markup=f" {_role('supplied', note.words, said)}")
        case "variant" if not apart:
            return Insertion(start=start, end=end, markup=_role("lem", note.lemma, said))
    # A lemma with quotation marks stays outside of the role, where they are still paired.
    place = start if cited else end
    return Insertion(start=place, end=end, markup=_role("textnote", note.lemma, said))


def _role(name: str, words: str, said: str) -> str:
    content = f"{words} <{said}>" if said else words
    return f"{{{name}}}`{content}`"


def ignored_rules(
    notes: Sequence[Note],
    units: Sequence[Unit],
    passages: Mapping[int, str],
    unplaced: Sequence[Note],
) -> dict[int, str]:
    """Return the rules that a block is to be spared, with the reasons, by unit."""
    rules: dict[int, list[str]] = {}
    reasons: dict[int, list[str]] = {}
    for note in notes:
        place = None if note in unplaced or not note.ignore else _place(note, units, passages)
        if place is not None:
            index = next(i for i, u in enumerate(units) if u is place[2])
            while not units[index].opens:
                index -= 1
            rules.setdefault(index, []).extend(
                r for r in note.ignore if r not in rules.get(index, ())
            )
            reasons.setdefault(index, []).append(f"“{note.lemma}”")
    return {
        i: f"{', '.join(names)} -- so in the witness: {', '.join(reasons[i])}"
        for i, names in rules.items()
    }
