"""The imported texts beside an edition, as the checks see them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from edition.model import Deviation, Document, ImportedText
from edition.model.diagnostic import Location
from edition.texts import layout
from edition.texts.errors import WitnessError
from edition.texts.fingerprint import Fingerprint, fingerprint
from edition.texts.passages import read_text
from edition.texts.plain_text import plain


def texts_beside(root: Path, read: Callable[[str, str], Document]) -> tuple[ImportedText, ...]:
    """Return the imported texts of a project; `read` makes a document of a text and its path.

    Raises WitnessError where a file cannot be read.
    """
    return tuple(_text(root, file, read) for file in layout.texts(root))


def _text(root: Path, file: Path, read: Callable[[str, str], Document]) -> ImportedText:
    myst, path = layout.read(file), file.relative_to(root).as_posix()
    known = {k.id: k for k in layout.fingerprints_of(root, file.stem) if k.id}
    typed = _typed(layout.report_file(root, file.stem))
    document = read(myst, path)
    deviations = _deviations(myst, document, known, typed) if known and typed is not None else ()
    return ImportedText(siglum=file.stem, document=document, deviations=tuple(deviations))


def _typed(report: Path) -> list[str | None] | None:
    """Return the words that the text's references once were; None where no report tells them."""
    try:
        data: Any = json.loads(layout.read(report))
        return list(data["typed"])
    except (WitnessError, ValueError, KeyError, TypeError):
        return None


def _deviations(
    myst: str, document: Document, known: dict[str, Fingerprint], typed: list[str | None]
) -> Iterator[Deviation]:
    """Yield the passages whose words are not those that the fingerprints tell."""
    text = read_text(myst, "", document)
    words = iter(typed)
    for ident, fragment in text.fragments.items():
        blocks = plain(fragment.text, words).split("\n\n")
        one = known.get(ident)
        if one is None:
            continue
        starts = ("\n\n".join(blocks[: n + 1]) for n in range(len(blocks)))
        if all(fingerprint(start, ident, one.kind).words != one.words for start in starts):
            here = set(fingerprint(blocks[0], ident, one.kind).sentences)
            count = sum(s not in here for s in one.sentences)
            yield Deviation(
                passage=ident, location=Location(text.path, fragment.line), sentences=count
            )
