"""RTF as a flow of characters and words of control, in the encodings of its fonts."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"\\([a-zA-Z]+)(-?\d{1,9})? ?|((?:\\'[0-9a-fA-F]{2})+)|\\([^a-zA-Z])|([{}])|[\r\n]+"
    r"|([^\\{}\r\n]+)"
)
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
_SYMBOLS = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
)
"""The letters of the font Symbol, in which Greek was set."""
_WRITTEN = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "tab": " ", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SIGNS = {"~": "\u00a0", "_": "\u2011", "\\": "\\", "{": "{", "}": "}", "\n": "par", "\r": "par"}


class Token(NamedTuple):
    """A word of control with its number; or a text, a `{`, a `}`, each without one."""

    kind: str
    value: str
    number: int | None = None


class _Encodings:
    """The code page of what is not Unicode: that of the font, else that of the document."""

    def __init__(self) -> None:
        self.usual = "cp1252"
        self.fonts: dict[int, str] = {}
        self.font = 0

    def heed(self, word: str, number: int | None, *, in_table: bool) -> None:
        """Take note of what a word of control says of encodings."""
        if word == "ansicpg" and number:
            self.usual = f"cp{number}"
        elif word in ("mac", "pc"):
            self.usual = {"mac": "mac_roman", "pc": "cp437"}[word]
        elif word == "f" and number is not None:
            self.font = number
        elif word == "fcharset" and in_table and number in _CHARSETS:
            self.fonts[self.font] = _CHARSETS[number]

    def decode(self, data: bytes, font: int) -> str:
        """Return the characters of bytes."""
        for encoding in (self.fonts.get(font, self.usual), self.usual, "cp1252"):
            try:
                return data.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
        return data.decode("latin-1")


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the tokens of a document; characters in whatever form are texts."""
    encodings = _Encodings()
    stack: list[tuple[int, int]] = []  # of each group: characters that stand for \u, and the font
    skip, left, font, table, high = 1, 0, 0, 0, 0
    symbols = set[int]()  # the fonts that are Symbol
    for match in _TOKEN.finditer(data.decode("latin-1")):
        word, number, bytes_, sign, brace, text = match.groups()
        if brace == "{":
            stack.append((skip, font))
            yield Token("{", "")
        elif brace:
            skip, font = stack.pop() if stack else (1, 0)
            table = table if len(stack) >= table else 0
            yield Token("}", "")
        elif bytes_ or text:
            raw = bytes.fromhex(bytes_.replace("\\'", "")) if bytes_ else text.encode("latin-1")
            raw, left = raw[left:], max(0, left - len(raw))
            if raw:
                shown = _NO_CHARACTER.sub("", encodings.decode(raw, font))
                if table and re.match(r"Symbol(?:MT)?\b", shown):
                    symbols.add(encodings.font)
                yield Token("text", shown.translate(_SYMBOLS) if font in symbols else shown)
        elif word == "u":
            code, left = int(number or 0) % 65536, skip
            if 0xD800 <= code < 0xDC00:
                high = code
            elif 0xDC00 <= code < 0xE000:
                code = 0x10000 + (high - 0xD800) * 1024 + code - 0xDC00 if high else 0xFFFD
                yield Token("text", chr(code))
                high = 0
            else:
                yield Token("text", _NO_CHARACTER.sub("", chr(code)))
        elif word:
            left = 0
            value = None if number is None else int(number)
            skip = value if word == "uc" and value is not None else skip
            table = len(stack) if word == "fonttbl" else table
            encodings.heed(word, value, in_table=bool(table))
            font = encodings.font if word == "f" else font
            written = _WRITTEN.get(word)
            yield Token("text", written) if written else Token(word, "", value)
        elif sign == "*":
            yield Token("*", "")
        elif sign and (meant := _SIGNS.get(sign)):
            if left:
                left -= 1
            else:
                yield Token("par", "") if meant == "par" else Token("text", meant)
