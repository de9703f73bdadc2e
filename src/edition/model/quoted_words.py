"""Quoted words without an editor's changes, and digests that tell them without giving them away."""

from __future__ import annotations

import re
from hashlib import sha256

from edition.model.text_folding import letters_of

# Three points or more, close or spaced (four where a sentence ends), or the one character;
# in brackets or not.
ELLIPSIS = re.compile(r"\[\s*(?:…|\.(?:\s?\.){2,3})\s*\]|…|(?<!\.)\.(?:\s?\.){2,3}(?!\.)")
# More than three letters in brackets, or any that no word adjoins: words that the editor put in.
INSERTION = re.compile(r"(?<!\w)\[[^\[\]]{1,200}\](?!\w)|\[[^\[\]]{4,200}\]")
REMARK = re.compile(
    r"\((?:(?:my|our|the author[’']s|original) )?(?:emphasis|italics)"
    r"(?: (?:added|mine|ours|supplied|in (?:the )?original))?\)",
    re.IGNORECASE,
)
# Each letter's number in the digests of texts that have no other letters.
ALPHABET = (
    "abcdefghijklmnopqrstuvwxyz0123456789"
    "αβγδεζηθικλμνξοπρστυφχψω"
    "абвгдежзийклмнопрстуфхцчшщъыьэюяђєѕіїјљњћѓќўџѣѫѵѳґ"
    "אבגדהוזחטיכלמנסעפצקרשת"
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
)
_NUMBERS = {letter: number for number, letter in enumerate(ALPHABET, 1)}


def as_digested(letters: str) -> bytes:
    """Return folded letters as the bytes of which a digest is made."""
    try:
        return bytes(map(_NUMBERS.__getitem__, letters))
    except KeyError:
        return letters.encode("utf-8", "surrogatepass")


def text_digest(text: str) -> str:
    """Return the digest of a text's letters: the first 16 hexadecimal digits of their SHA-256."""
    return sha256(as_digested(letters_of(text))).hexdigest()[:16]


def quoted_parts(text: str) -> list[str]:
    """Return the parts of a quotation between ellipses, without words that its editor put in."""
    parts = ELLIPSIS.sub("\0", REMARK.sub(" ", text)).split("\0")
    plain = (INSERTION.sub(" ", part).strip() for part in parts)
    return [part for part in plain if letters_of(part)]


def quotation_digests(text: str) -> str:
    """Return the digests of a quotation's parts, with a blank between two."""
    return " ".join(map(text_digest, quoted_parts(text)))


def count_words(text: str) -> int:
    """Return the number of a quotation's words, those that its editor put in left out."""
    return sum(bool(letters_of(w)) for part in quoted_parts(text) for w in part.split())
