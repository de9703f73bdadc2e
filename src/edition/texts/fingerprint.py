"""Fingerprints, by which a witness is known without its text: digests of paragraphs and sentences.

A digest is of the words alone (small letters, no marks, no punctuation) or of the exact text.
Those of sentences show where another copy reads otherwise; no text can be got back from them.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from edition.model.text_folding import folded_words
from edition.texts.errors import WitnessError

_SENTENCE = re.compile(r"(?<=[.!?…:;])[”\"’'»)\]]*\s+")
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """One block of a witness: `id` is empty where it has none (a heading, a caption)."""

    id: str
    kind: str
    exact: str
    words: str
    sentences: tuple[str, ...]


def digest(text: str, size: int) -> str:
    """Return the BLAKE2 digest of a text, `size` bytes long, as hexadecimal digits."""
    return hashlib.blake2b(text.encode(), digest_size=size).hexdigest()


def bare(text: str) -> str:
    """Return the words of a text in small letters without marks, one blank between two."""
    return " ".join(folded_words(text))


def sentences(text: str) -> list[str]:
    """Return a text cut where a sentence or a clause ends."""
    return [s for s in _SENTENCE.split(text) if bare(s)]


def fingerprint(text: str, ident: str, kind: str) -> Fingerprint:
    """Return the digests of one block."""
    exact = " ".join(unicodedata.normalize("NFC", text).split())
    return Fingerprint(
        id=ident,
        kind=kind,
        exact=digest(exact, 8),
        words=digest(bare(text), 8),
        sentences=tuple(digest(bare(s), 5) for s in sentences(text)),
    )


def write_fingerprints(siglum: str, prints: Sequence[Fingerprint]) -> str:
    """Return the fingerprints as JSON, one block a line."""
    lines = [json.dumps(asdict(p) | {"sentences": " ".join(p.sentences)}) for p in prints]
    body = ",\n".join(lines)
    return f'{{"version": {VERSION}, "siglum": {json.dumps(siglum)}, "blocks": [\n{body}\n]}}\n'


def read_fingerprints(text: str, path: str) -> tuple[Fingerprint, ...]:
    """Read what `write_fingerprints` wrote. Raises WitnessError for anything else."""
    try:
        data = json.loads(text)
        if data["version"] != VERSION:
            raise ValueError
        return tuple(
            Fingerprint(
                **{name: str(b[name]) for name in ("id", "kind", "exact", "words")},
                sentences=tuple(str(b["sentences"]).split()),
            )
            for b in data["blocks"]
        )
    except (ValueError, KeyError, TypeError):
        raise WitnessError(
            f"{path} holds no fingerprints of this version",
            "Take the file from its last good version.",
        ) from None
