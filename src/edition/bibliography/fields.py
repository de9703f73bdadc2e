"""The fields of a BibTeX entry, to its closing delimiter, and what is wrong with them."""

import re
from dataclasses import dataclass

from edition.bibliography.encoding import REPLACEMENT
from edition.bibliography.faults import Faults, shown
from edition.bibliography.macros import Macros
from edition.bibliography.values import DEEPEST_BRACES, NAME, WORD, Value, Values, after_space
from edition.model import Field

FIELD_AHEAD = re.compile(rf"\s*+{NAME}\s*+=")
_VALUE_AHEAD = re.compile(r"[{\"0-9]")
# The field that nearly every field is, in one step: name, one plain value, comma or end.
_PLAIN_FIELD = re.compile(
    rf"\s*+({NAME})\s*+=\s*+"
    r'(?:\{((?:[^{}]++|\{[^{}]*+\})*+)\}|"([^"{}]*+)"|([0-9]++))'
    r"\s*+(,|(?=[})]))"
)
_WORD = re.compile(WORD)
# Zotero writes one for each note, tag or file; none of them is printed.
_REPEATED = frozenset({"annote", "annotation", "abstract", "file", "keywords", "comment"})
_NAME = re.compile(NAME)
# Where sense returns within an entry: at a field, at its end, or at the next entry.
_SENSE = re.compile(rf"[,\n][ \t]*+(?={NAME}[ \t]*+=)|\n[ \t]*+(?=[}})@])")


@dataclass(slots=True)
class Body:
    """The text between the delimiters of an entry, or of an @string (no `fields`).

    `start` is the offset of its '@', `called` how messages name it, `last_name` the name
    of the last field read, with its offset.
    """

    start: int
    closer: str
    called: str
    fields: dict[str, Field] | None = None
    last_name: tuple[str, int] | None = None


class FieldReader:
    """Reads the fields of one text's entries.

    Methods take an offset and return the offset to go on at; where an entry has no more
    sense, its complement (`~offset`): the place of the next entry, or the end.
    """

    def __init__(self, text: str, macros: Macros, values: Values, faults: Faults) -> None:
        self.text = text
        self.macros = macros
        self.values = values
        self.faults = faults

    def read(self, body: Body, pos: int) -> int:
        """Read fields up to the end of the body, and its closing delimiter."""
        text = self.text
        while pos >= 0:
            plain = _PLAIN_FIELD.match(text, pos)
            if plain:
                group = next(i for i in (2, 3, 4) if plain[i] is not None)
                comma = plain[5]
                self._add(body, plain[1], plain.start(1), plain[group], plain.start(group))
                pos = plain.end()
                if comma:
                    self._comma(body, pos - 1)
                    continue
            pos = after_space(self.text, pos)
            char = text[pos : pos + 1]
            if char == body.closer:
                return pos + 1
            if char in ("", "@"):
                self._unclosed(body, pos)
                return ~pos
            if char in "})" and self._ends(pos + 1):
                self.faults.report(
                    pos, f"{body.called} is closed by '{char}'", f"Close it by '{body.closer}'."
                )
                return pos + 1
            if char == ",":
                self.faults.report(pos, f"a comma too many in {body.called}", "Delete it.")
                pos += 1
            else:
                pos = self._field(body, pos)
        return pos

    def _field(self, body: Body, pos: int) -> int:
        """Read one field that is not plain, and the comma after it."""
        text = self.text
        word = _WORD.match(text, pos)
        if not word or word[0][0] == "%":
            return self.unexpected(pos, f"in {body.called}, where a field should begin")
        name = word[0]
        after = after_space(self.text, word.end())
        if text.startswith("=", after):
            if not _NAME.fullmatch(name) and REPLACEMENT not in name:
                self.faults.report(
                    pos,
                    f"'{shown(name)}' cannot name a field",
                    "BibTeX takes ASCII letters, digits and hyphens, and a letter first.",
                )
            after += 1
        else:
            self.faults.report(
                word.end(),
                f"'=' is missing after '{shown(name)}' in {body.called}",
                "Write 'name = {value}'.",
            )
            if not _VALUE_AHEAD.match(text, after):
                if text[after : after + 1] in ("", "@", body.closer):
                    return after
                return after if FIELD_AHEAD.match(text, after) else self._sense(word.end())
        return self._value(body, name, pos, after)

    def _value(self, body: Body, name: str, name_offset: int, pos: int) -> int:
        """Read the value of a field, unless what follows shows that it closes too late."""
        value = self.values.read(pos, f"the field '{shown(name)}'")
        if value.missing:
            return self._after_value(body, name, value)
        if not value.closed or not self._fits(body, value.end):
            meant = self.values.unclosed(value)
            if meant or not value.closed:
                return self._unclosed_value(body, name, name_offset, meant or value)
        deepest = (DEEPEST_BRACES + 1, value.opening, value.end)
        if value.opening >= 0 and self.values.delimiters.deeper_than(*deepest):
            self.faults.report(
                value.opening,
                f"the value of '{shown(name)}' nests braces more than {DEEPEST_BRACES} deep",
                "Take braces out: the build cannot read it.",
            )
        first = after_space(self.text, pos)
        first += self.text[first : first + 1] in ("{", '"')
        self._add(body, name, name_offset, self.values.text(value), first)
        return self._after_value(body, name, value)

    def _unclosed_value(self, body: Body, name: str, name_offset: int, value: Value) -> int:
        mark = self.text[value.opening]
        self.faults.report(
            value.opening,
            f"the '{mark}' that opens the value of '{shown(name)}' in {body.called} is not closed",
            f"Put '{'}' if mark == '{' else mark}' at the end of the value.",
        )
        self._add(body, name, name_offset, self.values.text(value), value.opening + 1)
        # Go on at the field that the value had swallowed, or at the end of the body;
        # otherwise the value runs to the next entry, and the body with it.
        goes_on = self.text[value.end : value.end + 1] not in ("", "@")
        return value.end if goes_on else ~value.end

    def _fits(self, body: Body, pos: int) -> bool:
        """Return whether a value may end at an offset, going by what follows."""
        pos = after_space(self.text, pos)
        char = self.text[pos : pos + 1]
        return char in (",", body.closer) or bool(FIELD_AHEAD.match(self.text, pos))

    def _after_value(self, body: Body, name: str, value: Value) -> int:
        pos = after_space(self.text, value.end)
        char = self.text[pos : pos + 1]
        if char == ",":
            self._comma(body, pos)
            return pos + 1
        if char in ("", "@", ")", "}"):
            return pos
        if FIELD_AHEAD.match(self.text, pos):
            self.faults.report(
                value.end,
                f"a comma is missing after the value of '{shown(name)}'",
                "Put ',' there.",
            )
            return pos
        return self.unexpected(
            pos,
            f"after the value of '{shown(name)}'",
            "A value ends at its closing mark: look for a mark too many or too few in it.",
        )

    def _comma(self, body: Body, pos: int) -> None:
        if body.fields is None:
            self.faults.report(
                pos,
                "an @string defines one macro and takes no comma",
                "Write one @string for each.",
            )

    def _add(self, body: Body, name: str, offset: int, value: str, value_offset: int) -> None:
        body.last_name = (name, offset)
        if body.fields is None:
            self.macros.define(name, value)
            return
        first = body.fields.get(name.lower())
        if first and (name.lower() in _REPEATED or first.value == " ".join(value.split())):
            return
        if first:
            self.faults.report(
                offset,
                f"{body.called} gives the field '{shown(name)}' twice; "
                f"the value on line {first.location.line} counts",
                "Delete one of the two.",
            )
            return
        body.fields[name.lower()] = Field(
            name=name.lower(),
            value=" ".join(value.split()),
            location=self.faults.places.location(offset),
            value_location=self.faults.places.location(after_space(self.text, value_offset)),
        )

    def _unclosed(self, body: Body, pos: int) -> None:
        line = self.faults.places.line(pos)
        before = f"the next entry on line {line}" if pos < len(self.text) else "the end of the file"
        hint = f"Add '{body.closer}' at its end."
        if body.last_name:
            name, offset = body.last_name
            hint += (
                " If it is there, a value above it is not closed: look at "
                f"'{shown(name)}' on line {self.faults.places.line(offset)}."
            )
        self.faults.report(
            body.start, f"{body.called} begins here and is not closed before {before}", hint
        )

    def unexpected(
        self, pos: int, where: str, hint: str = "Delete it, or put it inside a value."
    ) -> int:
        """Report what cannot stand here, and return where sense returns."""
        char = self.text[pos : pos + 1]
        if char == "%":
            hint = (
                "'%' begins no comment in BibTeX. Delete the text; to set a whole entry "
                "aside, delete its '@'."
            )
        self.faults.report(pos, f"unexpected '{char}' {where}", hint)
        return self._sense(pos)

    def _sense(self, pos: int) -> int:
        found = _SENSE.search(self.text, pos)
        if not found:
            return ~len(self.text)
        return found.end() if self.text[found.end()] != "@" else ~found.end()

    def _ends(self, pos: int) -> bool:
        """Return whether nothing follows but the next entry, or the end of the text."""
        pos = after_space(self.text, pos)
        return self.text[pos : pos + 1] in ("", "@")
