"""The bytes of a BibTeX file to text, and what is wrong with them."""

import codecs

from edition.bibliography.faults import Places
from edition.model.diagnostic import Finding, Location

_RULE = "bibliography-encoding"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def decode(path: str, content: bytes) -> tuple[str, list[Finding]]:
    r"""Return the text of a file that should be UTF-8, and the faults of its encoding.

    A byte order mark is accepted and dropped. Line ends of any kind become `\n`, which
    keeps lines and columns. Bytes that are not UTF-8, and NUL, become U+FFFD; one finding
    each, at the first, says how many there are.
    """
    problems: list[Finding] = []
    utf16 = _UTF16.get(content[:2])
    if utf16:
        text = content[2:].decode(utf16, errors="replace")
        message, hint = "the file is UTF-16, not UTF-8", "Save the file as UTF-8."
        problems.append(Finding(Location(path, 1, 1), message, hint, rule=_RULE))
    else:
        content = content.removeprefix(codecs.BOM_UTF8)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            text = content.decode("utf-8", errors="replace")
            before = _newlines(content[: error.start].decode("utf-8"))
            problems.append(_undecodable(path, content, error.start, before, text))
    text = _newlines(text)
    nul = text.find("\0")
    if nul >= 0:
        count = text.count("\0")
        message = "a NUL character" if count == 1 else f"a NUL character, the first of {count}"
        hint = "Delete it."
        if count > len(text) // 4:
            hint = "The file is probably UTF-16: save it as UTF-8."
        place = Places(path, text).location(nul)
        problems.append(Finding(place, message, hint, rule=_RULE))
        text = text.replace("\0", REPLACEMENT)
    return text, problems


def _undecodable(path: str, content: bytes, start: int, before: str, text: str) -> Finding:
    byte = content[start : start + 1]
    count = text.count(REPLACEMENT) - content.count(REPLACEMENT.encode())
    others = f"; {count - 1} more after it" if count > 1 else ""
    if any(char > "\x7f" and char != REPLACEMENT for char in text):
        guess = "the rest of the file holds UTF-8, so the text here is damaged or mixed"
        hint = "Type the character anew and save the file as UTF-8."
    else:
        # It gives letters and quotation marks to bytes that are control characters in Latin-1,
        # which no text holds.
        windows = any(0x80 <= one <= 0x9F for one in content)
        name = "Windows-1252 (CP1252)" if windows else "Latin-1 (ISO 8859-1)"
        codec = "cp1252" if windows else "latin-1"
        guess = f"the file is probably {name}, where it is '{byte.decode(codec, 'replace')}'"
        hint = f"Convert the file from {name} to UTF-8."
    message = f"the byte 0x{byte[0]:02X} is not UTF-8 ({guess}){others}"
    return Finding(Places(path, before).location(len(before)), message, hint, rule=_RULE)


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
