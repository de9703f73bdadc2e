"""Texts made comparable: without case, accents and kinds of blanks."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return a text without case and accents, compatible characters made one (Unicode NFKD)."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def folded_words(text: str) -> list[str]:
    """Return the words of a text, folded: runs of letters and digits."""
    return _WORD.findall(fold(text))


def fold_blanks(text: str) -> str:
    """Return a text without regard to case and to the kind and number of its blanks."""
    return " ".join(text.casefold().split())


# Letters that Unicode does not decompose, though prints and scans write them as two.
_DIGRAPHS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ς": "σ"})
_FIRST_WITH_SIGNS = 0x0900  # from Devanagari on, vowels and voicing are signs, not accents


class _Letters(dict[int, str]):
    """What each character is as letters, worked out when a character is met."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKD", chr(code)).casefold()
        folded = unicodedata.normalize("NFKD", folded).translate(_DIGRAPHS)
        self[code] = "".join(filter(_is_letter, folded))
        return self[code]


def _is_letter(character: str) -> bool:
    kind = unicodedata.category(character)[0]
    return kind in "LN" or (kind == "M" and ord(character) >= _FIRST_WITH_SIGNS)


_LETTERS = _Letters()


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, folded, which is all that is compared of it.

    Spaces, hyphens, punctuation, capitals, ligatures and the accents of alphabets are dropped;
    the signs of scripts that write vowels or voicing by them are kept.
    """
    return text.translate(_LETTERS)
