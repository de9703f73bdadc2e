"""Numbers as books print them: arabic, roman, lettered, on a leaf, in square brackets."""

import re
from dataclasses import replace
from typing import Literal

from roman_numerals import InvalidRomanNumeralError, OutOfRangeError, RomanNumeral

from edition.locator.labels import NUMBERED, SPACE
from edition.locator.model import LocatorError, Number

# More digits than this make no page of any book, and int() would refuse thousands of them.
_MOST_DIGITS = 18

# What may cling to a number and is read after it: 40ff, 44n, 44n3.
_CLINGING = r"(?:ff?|nn?|sqq?)(?![^\W\d_])"
_ENDS = rf"(?={_CLINGING}|(?![^\W_]))"

# What was put between two numbers, or counts apart: 12bis, 12 a, and in German 12*.
_LATER = (
    rf"(?P<stars>\*{{1,2}})(?![\w*])"
    rf"|[{SPACE}-]?(?P<later>bis|ter|quater)(?![^\W_])(?![{SPACE}]+[0-9])"
    rf"|[{SPACE}](?P<apart>[a-d])(?=[{SPACE}]*(?:\Z|[,;–-]))"
)
# Prefixes leave out the letters that a bad scan makes of a figure (I2, O5, l7).
_ARABIC = re.compile(
    r"(?P<prefix>[A-HJ-NP-Z]{1,2}-?|[abesw]|\*(?=[0-9]+(?![\w*])))?(?P<digits>[0-9]+)"
    rf"(?:(?P<leaf>[rvʳᵛ])[°º]?(?P<column>[a-d])?{_ENDS}"
    rf"|(?P<suffix>[a-eg-moqs-uw-zA-Z]){_ENDS}|{_LATER}"
    rf"|{_ENDS}|(?=p?p\.|об\.))"
)
# Not `n`: min. and din. are words.
_ROMAN = re.compile(r"(?P<roman>[ivxlcdmIVXLCDM]+)(?=(?:ff?|sqq?)(?![^\W\d_])|(?![^\W_]))")
_ROMAN_LEAF = re.compile(rf"(?P<roman>[ivxlcdmIVXLCDM]+)(?P<leaf>[rvʳᵛ]){_ENDS}")
_COMPOUND = re.compile(
    r"(?:[0-9]+|[ivxlcdm]+|[IVXLCDM]+)(?:[./](?:[0-9]+|[ivxlcdm]+|[IVXLCDM]+))+(?![^\W_])"
    # half a volume: Bd. 2,1
    rf"|(?:[0-9]+,[0-9]{{1,2}}|[IVXLC]+,[ ]?[0-9])(?=,?[{SPACE}]+(?:S|Sp|pp?|col|с|h|H|Nr)\.)"
)
# Letters that count, in Greek with a mark behind them: τ. Β΄, כרך ב.
_LETTERED = re.compile(
    r"(?:(?P<greek>[Α-Ωα-ωϚϛϞϟ]{1,3})[΄ʹ´'’ʹ]|(?P<hebrew>[א-ת]{1,2}(?:[״\"][א-ת])?)[׳'’]?)(?![^\W_])"
)
_COUNTING = ("αβγδεϛζηθικλμνξοπϟρστυφχψω", "אבגדהוזחטיכלמנסעפצקרשת")
_SIDE = re.compile(
    rf"[{SPACE}]*(?P<side>recto|verso|vuelt[oa]|[rv]\.?[°ºᵒo]|[rv]t[oa]\.?|[rv](?!\.)|[rv]\.(?=[{SPACE}]*(?:\Z|[-–,;]))|об\.?)(?![^\W_])"
)
_LETTER = re.compile(r"[a-eA-E](?![^\W_])")
_MARK = re.compile(r"[*†‡]{1,3}|[a-eg-moq-z](?![^\W_])(?!\..)")
_SECOND_HALF = re.compile(
    rf"(?:(?P<leaf>[rvʳᵛ])[°º]?(?P<column>[a-d])?|(?P<suffix>[a-eg-moqs-uw-zA-Z])){_ENDS}"
)

_LEAF_WORDS = {"r": "recto", "v": "verso"}
_LEAVES: dict[str, Literal["r", "v"]] = {"r": "r", "ʳ": "r", "v": "v", "ᵛ": "v", "о": "v"}


def number_at(text: str, start: int, label: str) -> tuple[Number, int] | None:
    """Return the number that begins at that offset, and where it ends; None where none begins.

    Raises LocatorError (`invalid-roman`) for letters that make no roman numeral.
    """
    if text.startswith("[", start):
        return _supplied(text, start, label)
    if label in ("volume", "issue", "opus") and (found := _COMPOUND.match(text, start)):
        value = found[0].lower()
        number = Number(value=value, system="text", text=found[0], column=start + 1)
        return number, found.end()
    if label in ("volume", "book") and (found := _LETTERED.match(text, start)):
        return _lettered(found)
    read: tuple[Number, int] | None
    if label == "column" and (found := _LETTER.match(text, start)):
        letter = Number(value=found[0], system="text", text=found[0], column=start + 1)
        return letter, found.end()
    if found := _ARABIC.match(text, start):
        read = _arabic(found)
    else:
        read = _roman(text, start, label)
        if read is None and label == "note" and (found := _MARK.match(text, start)):
            mark = Number(value=found[0], system="text", text=found[0], column=start + 1)
            return mark, found.end()
    if read and not read[0].leaf and label == "folio" and (found := _SIDE.match(text, read[1])):
        leaf = _LEAVES[found["side"][0]]
        return replace(read[0], leaf=leaf, text=text[start : found.end()]), found.end()
    return read


def second_number_at(text: str, start: int, label: str, first: Number) -> tuple[Number, int] | None:
    """Return the number after a dash, written out in full: 183–90, 3r–v, 12a–b, A12–15."""
    if first.leaf or first.suffix:
        found = _SECOND_HALF.match(text, start)
        if found and bool(first.leaf) == bool(found["leaf"]):
            leaf = _LEAVES[found["leaf"]] if found["leaf"] else None
            suffix = found["suffix"] or found["column"] or ""
            half = replace(first, leaf=leaf, suffix=suffix, text=found[0], column=start + 1)
            return half, found.end()
    read = number_at(text, start, label)
    if read is None:
        return None
    second, end = read
    if second.prefix or not (first.system == second.system == "arabic"):
        return second, end
    return replace(second, value=_in_full(first, second), prefix=first.prefix), end


def _in_full(first: Number, second: Number) -> int | str:
    """Return the value of a second number whose leading figures may be left out: 183–90."""
    whole, part = str(first.value), "".join(c for c in second.text if c in "0123456789")
    if first.supplied or second.supplied or len(part) >= len(whole):
        return second.value
    return int(whole[: len(whole) - len(part)] + part)


def _arabic(found: re.Match[str]) -> tuple[Number, int]:
    if len(found["digits"]) > _MOST_DIGITS:
        raise LocatorError(f"{excerpt(found['digits'])} is too long", found.start() + 1)
    number = Number(
        value=int(found["digits"]),
        system="arabic",
        prefix=found["prefix"] or "",
        suffix=next(filter(None, found.group("suffix", "column", "stars", "later", "apart")), ""),
        leaf=_LEAVES[found["leaf"]] if found["leaf"] else None,
        text=found[0],
        column=found.start() + 1,
    )
    return number, found.end()


def _lettered(found: re.Match[str]) -> tuple[Number, int]:
    letters = (found["greek"] or found["hebrew"]).lower()
    places = [table.index(c) for c in letters for table in _COUNTING if c in table]
    value = sum((place % 9 + 1) * 10 ** (place // 9) for place in places)
    number = Number(value=value, system="arabic", text=found[0], column=found.start() + 1)
    return number, found.end()


def _roman(text: str, start: int, label: str) -> tuple[Number, int] | None:
    found = _ROMAN.match(text, start)
    value = roman_value(found["roman"]) if found else None
    leaf: Literal["r", "v"] | None = None
    if (
        label == "folio"
        and value is None
        and (on_leaf := _ROMAN_LEAF.match(text, start))
        and (leaf_value := roman_value(on_leaf["roman"]))
    ):
        found, value, leaf = on_leaf, leaf_value, _LEAVES[on_leaf["leaf"]]
    # In place of a title these are no numeral: appendix C, `did he`, `Civil`.
    if found is None or (label not in NUMBERED and (not value or found["roman"] in "CDLMcdlm")):
        return None
    if value is None:
        raise _not_roman(found["roman"], start)
    number = Number(value=value, system="roman", leaf=leaf, text=found[0], column=start + 1)
    return number, found.end()


def bad_roman_at(text: str, start: int) -> tuple[LocatorError, int] | None:
    """Return the error for letters of one case that make no roman numeral, and where they end."""
    found = _ROMAN.match(text, start)
    if found is None or roman_value(found["roman"]) is not None:
        return None
    letters = found["roman"]
    if not (letters.islower() or letters.isupper()):
        return None
    return _not_roman(letters, start), found.end()


def _not_roman(letters: str, start: int) -> LocatorError:
    return LocatorError(f"{excerpt(letters)} is no roman numeral", start + 1, kind="invalid-roman")


def _supplied(text: str, start: int, label: str) -> tuple[Number, int] | None:
    read = number_at(text, start + 1, label) if not text.startswith("[[", start) else None
    if read is None or not text.startswith("]", read[1]):
        return None
    end = read[1] + 1
    return replace(read[0], supplied=True, text=text[start:end], column=start + 1), end


def roman_value(letters: str) -> int | None:
    """Return the value of a roman numeral in one case, 1 to 3999; None for any other text."""
    try:
        return int(RomanNumeral.from_string(letters))
    except (InvalidRomanNumeralError, OutOfRangeError):
        return None


def roman_letters(value: int) -> str:
    """Return the lower-case roman numeral of a number from 1 up; beyond 3999 in figures."""
    try:
        return RomanNumeral(value).to_lowercase()
    except OutOfRangeError:
        return str(value)


def format_number(number: Number) -> str:
    """Return the number in its normal form, roman in the case in which it was typed."""
    if not isinstance(number.value, int):
        # A compound number keeps its case (`II.2`), though its value has none.
        same = number.text.lower() == number.value
        text = number.text if same else number.value
    elif number.system == "roman":
        letters = roman_letters(number.value)
        text = letters.upper() if number.text.strip("[").isupper() else letters
        if number.leaf:
            text += f" {_LEAF_WORDS[number.leaf]}"
    else:
        text = f"{number.prefix}{number.value}{number.leaf or ''}{number.suffix}"
        if number.leaf and len(number.suffix) > 1:
            text = f"{number.prefix}{number.value}{number.suffix} {number.leaf}"
    return f"[{text}]" if number.supplied else text


def excerpt(text: str) -> str:
    """Return a text as a message quotes it: short, and with nothing invisible in it."""
    short = text if len(text) <= 30 else text[:29] + "…"
    return "'" + "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in short) + "'"
