"""The collation report: what was changed, recognised and not, for people and as JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from edition.importer.collation import KINDS, Change, counts, rows
from edition.importer.importing import Imported
from edition.importer.styles import STYLES
from edition.model.counted import counted

VERSION = 1
_WIDTH = 78
_MOST_LISTED = 20


def report_json(imported: Imported, siglum: str, carrier: str, changes: Sequence[Change]) -> str:
    """Return the whole report; `changes` are those that the carrier's reader made."""
    found = imported.found
    references = [
        {
            "line": bound.line,
            "before": bound.text,
            "after": [
                {"key": c.key, "locator": c.locator, "volume": c.volume, "why": c.why}
                for c in bound.cited
            ],
            "repeats": bound.repeats,
        }
        for bound in sorted(found.references, key=lambda b: b.start)
    ]
    data: dict[str, Any] = {
        "version": VERSION,
        "siglum": siglum,
        "carrier": carrier,
        "style": found.style,
        "words": {"read": imported.words.read, "written": imported.words.written},
        "notes": imported.notes,
        "left_out": list(imported.left_out),
        "passages": len(imported.passages),
        "quotations": len(imported.quotations),
        "changes": [*rows(changes), *rows(imported.changes)],
        "references": references,
        "not_recognised": [
            {"line": m.line, "text": m.text, "why": m.why, "candidates": list(m.candidates)}
            for m in found.missed
        ],
        "variants": [
            {
                "passage": v.id,
                "line": v.line,
                "readings": [{"sentence": n, "reading": text} for n, text in v.readings],
                "sentences_of_the_witness_not_found": v.missing,
            }
            for v in imported.variants
        ],
        "missing_passages": list(imported.missing),
        "further_paragraphs": list(imported.extra),
        "quotations_not_found": list(imported.unquoted),
        "notes_not_placed": [
            {"passage": n.passage, "lemma": n.lemma, "kind": n.kind} for n in imported.unplaced
        ],
        "typed": list(imported.typed),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def report_lines(imported: Imported, siglum: str, changes: Sequence[Change]) -> Iterator[str]:
    """Yield the report in short: counts, then what wants an editor's eye."""
    found = imported.found
    bound, missed = len(found.references), len(found.missed)
    yield (
        f"{siglum}: {counted(len(imported.passages), 'passage')}, "
        f"{counted(len(imported.quotations), 'quotation')}, "
        f"{bound} of {counted(bound + missed, 'reference')} recognised."
    )
    if imported.known:
        known = counted(imported.known, "passage")
        yield f"{imported.matched} of {known} of the witness are in this text."
    if found.references:
        yield f"Its habit of citing: {STYLES[found.style]} (--style says otherwise)."
    yield from _words_and_rest(imported)
    made = counts((*changes, *imported.changes))
    if made:
        yield "Changed:"
        for kind in KINDS:
            if made[kind]:
                yield f"  {made[kind]:5}  {KINDS[kind]}"
    yield from _missed(imported)
    for variant in imported.variants:
        if not variant.readings and not variant.missing:
            yield f"line {variant.line}: {variant.id} differs in punctuation or letter forms alone"
        elif not variant.readings:
            count = counted(variant.missing, "sentence")
            yield f"line {variant.line}: {variant.id} lacks {count} of the witness"
        for number, reading in variant.readings:
            place = f"line {variant.line}: {variant.id}, sentence {number}"
            yield f"{place}, reads here: {_short(reading)}"
    if imported.missing:
        yield f"not in this text: {_ranges(imported.missing)}"
    for line in imported.extra:
        yield f"line {line}: a paragraph that the witness does not have; it has no number"
    for ident in imported.unquoted:
        yield f"{ident}: its words were not found in this text"
    for note in imported.unplaced:
        yield f"{note.passage}: the text has no “{note.lemma}”; the note ({note.kind}) is not set"


def _missed(imported: Imported) -> Iterator[str]:
    place = "line" if imported.in_lines else "paragraph"
    for one in imported.found.missed:
        near = ", ".join(one.candidates) or "none"
        yield (
            f"{place} {one.line}: reference not recognised, left as it was ({one.why}): "
            f"{_short(one.text)}"
        )
        yield f"  nearest in the bibliography: {near}"


def _words_and_rest(imported: Imported) -> Iterator[str]:
    count = imported.words
    yield f"{counted(count.read, 'word')} read, {count.written} written, in the same order."
    if count.differs:
        yield f"Words differ from {count.differs}"
    if imported.left_out:
        yield "Left out:"
        for one in imported.left_out[:_MOST_LISTED]:
            yield f"  {_short(one)}"
        if len(imported.left_out) > _MOST_LISTED:
            yield f"  and {len(imported.left_out) - _MOST_LISTED} more, listed in the report"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _WIDTH else f"{words[: _WIDTH - 1]}…"


def _ranges(idents: Sequence[str]) -> str:
    if len(idents) < 6:
        return ", ".join(idents)
    return f"{', '.join(idents[:3])}, … {idents[-1]} ({len(idents)} passages)"
