"""The values of BibTeX fields: pieces joined by `#`, to text."""

import re
from dataclasses import dataclass, replace

from edition.bibliography.delimiters import Delimiters
from edition.bibliography.faults import Faults, shown
from edition.bibliography.macros import Macros

# A name as BibTeX and pybtex have it, but not beginning with '@', which opens an entry.
# Quantifiers are possessive (`*+`) throughout: no pattern goes back over what it has read.
_SIGNS = r"!$&*+\-./:;<>?\[\\\]^_`|~\x7f"
NAME = rf"[A-Za-z{_SIGNS}][A-Za-z0-9@{_SIGNS}]*+"
WORD = r"[^\s,={}\"#()]++"

# pybtex refuses a value whose braces nest deeper, and with it the file.
DEEPEST_BRACES = 100

_INK = re.compile(r"\S")
_WORD = re.compile(WORD)
_MACRO = re.compile(NAME)
_DIGITS = re.compile(r"[0-9]++")
# Several words on one line, where the last is not the name of the next field.
_WORDS = re.compile(rf"{WORD}(?:[ \t]++{WORD}(?![ \t]*+=))++")
# A field at the beginning of a line, inside a value: the value was not closed before it.
_SWALLOWED = re.compile(rf"\n[ \t]*+(?={NAME}[ \t]*+=[ \t]*+[{{\"0-9A-Za-z])")
_LINE_ENTRY = re.compile(r"^[ \t]*+(?=@)", re.MULTILINE)


def after_space(text: str, pos: int) -> int:
    """Return the offset of the next character that is no white space, or the end of the text."""
    found = _INK.search(text, pos)
    return found.start() if found else len(text)


@dataclass(frozen=True, slots=True)
class Value:
    """The end of a value, and its last piece.

    `end` is the offset after its last piece, or where reading stopped. `opening` is the
    delimiter of the last piece, whose text is copied only when asked for (a value may be
    read again from inside); `before` holds all other text. A value is `missing` where
    another character stands in its place, and not `closed` where its delimiter never ends.
    """

    end: int
    before: str = ""
    opening: int = -1
    closed: bool = True
    missing: bool = False


class Values:
    """A reader of values over one text."""

    def __init__(self, text: str, macros: Macros, faults: Faults) -> None:
        self._text = text
        self._macros = macros
        self._faults = faults
        self.delimiters = Delimiters(text)
        self._told_of_allowance = False
        self._entry = -1

    def read(self, pos: int, called: str) -> Value:
        """Return the value at an offset; `called` says in messages whose value it is."""
        pieces: list[str] = []
        while True:
            start = after_space(self._text, pos)
            piece = self._piece(start)
            if piece.missing:
                self._faults.report(
                    pos - 1,
                    f"{called} has no value after this '{self._text[pos - 1]}'",
                    "Write a value in braces: 'name = {value}'.",
                )
                return Value(pos, "".join(pieces), missing=not pieces)
            after = after_space(self._text, piece.end)
            if not piece.closed or not self._text.startswith("#", after):
                before = "".join([*pieces, piece.before])
                return Value(piece.end, before, piece.opening, piece.closed)
            pieces.append(self.text(piece))
            pos = after + 1

    def text(self, value: Value) -> str:
        """Return a value's text, white space as typed; of an unclosed one as far as it goes."""
        if value.opening < 0:
            return value.before
        if value.closed:
            return value.before + self._text[value.opening + 1 : value.end - 1]
        return value.before + self._text[value.opening + 1 : value.end].rstrip(" \t\n,")

    def unclosed(self, value: Value) -> Value | None:
        """Return the value as it must have been meant, if a field stands inside its last piece.

        It ends at the name of that field. None where the piece holds no field.
        """
        if value.opening < 0:
            return None
        field = _SWALLOWED.search(self._text, value.opening, value.end)
        return replace(value, end=field.end(), closed=False) if field else None

    def entry_after(self, pos: int) -> int:
        """Return the next '@' that begins a line, or the end of the text.

        Ask in rising order: the last answer is kept, so that many faults in one stretch
        do not search it many times.
        """
        if self._entry < pos:
            found = _LINE_ENTRY.search(self._text, pos)
            self._entry = found.end() if found else len(self._text)
        return self._entry

    def _piece(self, start: int) -> Value:
        char = self._text[start : start + 1]
        if char == "{":
            end = self.delimiters.closing(start)
            if end < 0:
                return Value(self.entry_after(start), opening=start, closed=False)
            return Value(end + 1, opening=start)
        if char == '"':
            return self._quoted(start)
        return self._bare(start)

    def _quoted(self, start: int) -> Value:
        text = self._text
        since = start + 1
        while True:
            pos = self.delimiters.mark_or_stray(since)
            if pos < 0 or text[pos] == "{":
                return Value(self.entry_after(start), opening=start, closed=False)
            if text[pos] == '"':
                return Value(pos + 1, opening=start)
            # A closing brace: that of the entry, after a mark that was never closed, or
            # one too many in the text. Either way pybtex reads no further.
            newline = text.rfind("\n", since, pos)
            begins_line = newline >= 0 and after_space(text, newline) == pos
            if begins_line or _SWALLOWED.search(text, since, pos):
                return Value(pos, opening=start, closed=False)
            self._faults.report(
                pos,
                "a '}' without its '{' inside quotation marks",
                "Delete it, or open the brace before it.",
            )
            since = pos + 1

    def _bare(self, start: int) -> Value:
        """Return a number or a macro; any other words are read as they stand, and reported."""
        word = _WORD.match(self._text, start)
        if not word or word[0][0] == "@":
            return Value(start, missing=True)
        words = _WORDS.match(self._text, start)
        if words or not (_MACRO.fullmatch(word[0]) or _DIGITS.fullmatch(word[0])):
            found = words or word
            self._faults.report(
                start,
                f"the value '{shown(found[0])}' stands without braces or quotation marks",
                "Put it in braces; only whole numbers and the names of macros go bare.",
            )
            return Value(found.end(), found[0])
        if word[0][0].isdigit():
            return Value(word.end(), word[0])
        return Value(word.end(), self._expand(word[0], start))

    def _expand(self, name: str, offset: int) -> str:
        text = self._macros.expand(name)
        if text is not None:
            return text
        if name not in self._macros:
            self._faults.report(
                offset,
                f"no @string before it defines '{shown(name)}'; its name is read instead",
                "Define it with '@string{name = {text}}', or put the text itself in braces.",
            )
        elif not self._told_of_allowance:
            self._told_of_allowance = True
            self._faults.report(
                offset,
                f"the @string macros grow too long at '{shown(name)}'; "
                "from here on their names are read instead",
                "Macros that repeat one another double at every step: shorten them.",
            )
        return name
