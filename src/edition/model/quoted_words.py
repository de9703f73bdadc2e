"""Quoted words without an editor's changes, and digests that tell them without giving them away."""

import re
from hashlib import sha256

from edition.model.text_folding import letters_of

# Three points or more, close or spaced (four where a sentence ends), or the one character;
# in brackets or not.
ELLIPSIS = re.compile(r"\[\s*(?:…|\.(?:\s?\.){2,3})\s*\]|…|(?<!\.)\.(?:\s?\.){2,3}(?!\.)")
# More than three letters in brackets, or any that no word adjoins: words that the editor put in.
INSERTION = re.compile(r"(?<!\w)\[[^\[\]]{1,200}\](?!\w)|\[[^\[\]]{4,200}\]")
_CAPITAL = re.compile(r"(?<!\w)\[(\w)\](?!\w)")  # a word of one letter, its case changed
REMARK = re.compile(
    r"\((?:(?:my|our|the author[’']s|original) )?(?:emphasis|italics)"
    r"(?: (?:added|mine|ours|supplied|in (?:the )?original))?\)",
    re.IGNORECASE,
)
# Each letter's number in the digests of texts that have no other letters.
_ALPHABET = (
    "abcdefghijklmnopqrstuvwxyz0123456789"
    "αβγδεζηθικλμνξοπρστυφχψω"
    "абвгдежзийклмнопрстуфхцчшщъыьэюяђєѕіїјљњћѓќўџѣѫѵѳґ"
    "אבגדהוזחטיכלמנסעפצקרשת"
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
)
NUMBERS = {letter: number for number, letter in enumerate(_ALPHABET, 1)}


def as_digested(letters: str) -> bytes:
    """Return folded letters as the bytes of which a digest is made."""
    try:
        return bytes(map(NUMBERS.__getitem__, letters))
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


def between_ends(text: str, opening: str, closing: str) -> str | None:
    """Return the part of a text from some first to some last words; None where it lacks them.

    An author's sentence before or after them within the quotation marks is left out; `[A]` is
    the source's `a`.
    """
    plain = _CAPITAL.sub(r"\1", text)
    words = [(letters_of(m[0]), m.start(), m.end()) for m in re.finditer(r"\S+", plain)]
    told = [word for word in words if word[0]]
    keys = [word[0] for word in told]
    first, last = ([k for w in e.split() if (k := letters_of(w))] for e in (opening, closing))
    starts = (n for n in range(len(keys)) if keys[n : n + len(first)] == first)
    start = next(starts, None)
    ends = (
        n for n in range(len(keys), (start or 0), -1) if keys[max(0, n - len(last)) : n] == last
    )
    end = next(ends, None)
    if start is None or end is None or end < start + max(len(first), len(last)):
        return None
    return plain[told[start][1] : told[end - 1][2]]


def quotation_digests(text: str) -> str:
    """Return the digests of a quotation's parts, with a blank between two."""
    return " ".join(map(text_digest, quoted_parts(text)))


def count_words(text: str) -> int:
    """Return the number of a quotation's words, those that its editor put in left out."""
    return sum(bool(letters_of(w)) for part in quoted_parts(text) for w in part.split())
