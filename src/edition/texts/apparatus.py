"""The apparatus of a witness: what an editor says of its text, kept apart from the text.

A note names its passage and a lemma of at most five words; when a witness is imported the note
is set at that place. The file is TOML:

    siglum = "T"
    title = "A plain text of 2019"

    [[note]]
    passage = "p1"
    lemma = "plebian"
    kind = "sic"
    read = "plebeian"
"""

import tomllib
from dataclasses import dataclass
from typing import Any

from edition.texts.errors import WitnessError

LONGEST_LEMMA = 5
KINDS = frozenset({"sic", "lacuna", "supplied", "remark", "variant"})
_KEYS = frozenset({"passage", "lemma", "kind", "read", "note", "words", "occurrence", "ignore"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note: `sic` with what to `read`, `lacuna`, `supplied` with `words`, `variant`, `remark`.

    `ignore` names the rules that are to let the author's own way pass in that block.
    """

    passage: str
    lemma: str
    kind: str
    read: str = ""
    note: str = ""
    words: str = ""
    occurrence: int = 1
    ignore: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Apparatus:
    """What is known of one witness."""

    siglum: str
    title: str = ""
    notes: tuple[Note, ...] = ()


def read_apparatus(text: str, path: str) -> Apparatus:
    """Read an apparatus. Raises WitnessError, naming the note, for what it cannot be."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WitnessError(f"{path} is not valid TOML: {error}", "Mend the file.") from None
    notes = data.get("note", [])
    if not isinstance(notes, list):
        raise WitnessError(f"{path}: “note” is no list of tables", "Begin each with [[note]].")
    return Apparatus(
        siglum=str(data.get("siglum", "")),
        title=str(data.get("title", "")),
        notes=tuple(_note(n, number, path) for number, n in enumerate(notes, 1)),
    )


def _note(data: Any, number: int, path: str) -> Note:
    where = f"{path}: note {number}"
    if not isinstance(data, dict):
        raise WitnessError(f"{where} is no table", "Begin it with [[note]].")
    for key in data:
        if key not in _KEYS:
            raise WitnessError(
                f"{where} has an unknown key “{key}”", f"It takes {', '.join(sorted(_KEYS))}."
            )
    passage, lemma, kind = (str(data.get(k, "")) for k in ("passage", "lemma", "kind"))
    where += f" ({passage}, “{lemma}”)"
    if not passage or not lemma:
        raise WitnessError(f"{where} lacks its passage or its lemma", "Give both.")
    if kind not in KINDS:
        raise WitnessError(
            f"{where} is of no known kind: “{kind}”", f"Kinds are {', '.join(sorted(KINDS))}."
        )
    if len(lemma.split()) > LONGEST_LEMMA:
        raise WitnessError(f"{where} has a lemma of more than {LONGEST_LEMMA} words", "Shorten it.")
    ignored = data.get("ignore", [])
    occurrence = data.get("occurrence", 1)
    return Note(
        passage=passage,
        lemma=lemma,
        kind=kind,
        **{name: str(data.get(name, "")) for name in ("read", "note", "words")},
        occurrence=occurrence if isinstance(occurrence, int) else 1,
        ignore=tuple(map(str, ignored)) if isinstance(ignored, list) else (),
        number=number,
    )
