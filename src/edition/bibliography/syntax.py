"""The scanner of BibTeX: text to entries with places, and every fault of syntax.

The grammar, as BibTeX and pybtex have it: text up to an `@` is a comment; `@type{key,
name = value, …}`, in braces or parentheses; a value is pieces joined by `#`, each a
number, a macro, or text in braces or quotation marks with its braces in balance; `@string`
defines a macro, `@preamble` holds a value, `@comment` only steps over its own name.

After a fault we go on where sense returns: at the next field of the entry or, failing
that, at the next `@` that begins a line. Every step goes forward but one: text that an
unclosed value has swallowed is read again from the first field in it. Time and memory are
linear in the length of the text.
"""

import re
from typing import NamedTuple

from edition.bibliography.faults import Faults, Places, shown
from edition.bibliography.fields import FIELD_AHEAD, Body, FieldReader
from edition.bibliography.macros import Macros
from edition.bibliography.values import NAME, WORD, Values, after_space
from edition.model import Work
from edition.model.diagnostic import Finding, Location

_LOST_ENTRY = re.compile(
    rf"^[ \t]*+({NAME})[ \t]*+[{{(]\s*+([^\s,={{}}()\"]++)\s*+,\s*+{NAME}\s*+=", re.MULTILINE
)
_LOST_FIELD = re.compile(
    rf"^[ \t]*+({NAME})[ \t]*+=[ \t]*+(?:[{{\"]|[0-9]++[ \t]*+,?+[ \t]*+$)", re.MULTILINE
)
# Right after an entry anything like a field is one, wherever on the line.
_FIELD_AFTER_ENTRY = re.compile(rf"[\s,}})]*+({NAME})[ \t]*+=[ \t]*+[{{\"0-9A-Za-z]")


def look_for_lost(text: str, start: int, end: int, closed: str, faults: Faults) -> None:
    """Report entries without their '@', and the first field outside of any entry.

    `closed` names the entry that ends at `start`, if one does ("the entry 'key'").
    """
    entries = list(_LOST_ENTRY.finditer(text, start, end))
    for entry in entries:
        faults.report(
            entry.start(1),
            f"'{shown(entry[1])}{{{shown(entry[2])}' looks like an entry without its '@'; "
            "it is not read",
            "Put '@' before it.",
        )
    # The fields of a lost entry are lost with it: that is one fault.
    end = entries[0].start() if entries else end
    field = _FIELD_AFTER_ENTRY.match(text, start, end) if closed else None
    field = field or _LOST_FIELD.search(text, start, end)
    if not field:
        return
    name = shown(field[1])
    if not closed:
        faults.report(
            field.start(1),
            f"the field '{name}' stands outside of any entry; it is not read",
            "Fields stand between the braces of an entry, after its key.",
        )
    elif faults.places.line(start - 1) not in (p.location.line for p in faults.problems[-1:]):
        # Else what is wrong on that line made it end too soon.
        faults.report(
            start - 1,
            f"{closed} ends here, and the field '{name}' that follows is not read",
            "Look for a closing brace too many here, or above.",
        )


_HEAD = re.compile(rf"@\s*+({NAME})\s*+([{{(])\s*+")
_KEY = {"}": re.compile(r"[^\s,}]++"), ")": re.compile(r"[^\s,]++")}
_KEY_IN_WORDS = re.compile(rf"{WORD}(?:[ \t]++{WORD})++(?=[ \t]*+,)")
_WORD = re.compile(WORD)


class Entry(NamedTuple):
    """An entry that has a key, and the place of the key."""

    work: Work
    key_location: Location


def read_entries(path: str, text: str, macros: Macros) -> tuple[list[Entry], list[Finding]]:
    r"""Return the entries of a file in its order, and its faults; `macros` learns its @strings.

    `text` has `\n` for its line ends. Entries without a key are reported and left out;
    repeated keys are all given. Never raises.
    """
    macros.allow(len(text))
    faults = Faults(Places(path, text))
    reader = _Reader(text, macros, faults)
    reader.read()
    return reader.entries, faults.problems


class _Reader:
    """Reads one text from its beginning to its end.

    Methods take an offset and return the offset to go on at; where an entry has no more
    sense, its complement (`~offset`): the place of the next entry, or the end.
    """

    def __init__(self, text: str, macros: Macros, faults: Faults) -> None:
        self.text = text
        self.faults = faults
        self.values = Values(text, macros, faults)
        self.fields = FieldReader(text, macros, self.values, faults)
        self.entries: list[Entry] = []

    def read(self) -> None:
        """Read every entry, and look at the text between them."""
        pos = 0
        closed = ""  # the name of the entry that ends at `pos`
        while True:
            at = self.text.find("@", pos)
            end = at if at >= 0 else len(self.text)
            look_for_lost(self.text, pos, end, closed, self.faults)
            if at < 0:
                return
            head = _HEAD.match(self.text, at)
            if not head:
                self._stray_at(at)
                pos, closed = self.values.entry_after(at + 1), ""
            elif head[1].lower() == "comment":
                pos, closed = self._comment(head), ""
            else:
                body = self._body(head)
                pos = self._command(body, head)
                closed = body.called if pos >= 0 else ""
                pos = pos if pos >= 0 else ~pos

    def _stray_at(self, at: int) -> None:
        word = _WORD.match(self.text, at)
        command = shown(word[0]) if word else "@"
        if at and self.text[at - 1].isalnum():
            self.faults.report(
                at,
                f"'{command}', in the text between entries, is taken for the beginning of an entry",
                "Outside of fields write the address without '@'.",
            )
        elif len(command) > 1:
            self.faults.report(
                at,
                f"'{command}' is not followed by '{{'; the entry is not read",
                f"Write '{command}{{key, …}}'.",
            )
        else:
            self.faults.report(at, "'@' without an entry type", "Write '@book{key, …}'.")

    def _comment(self, head: re.Match[str]) -> int:
        """Step over an @comment, up to the first entry inside it.

        As BibTeX and pybtex do, though not biber: to them @comment hides no entry.
        """
        end = self.values.delimiters.closing(head.start(2)) if head[2] == "{" else -1
        entry = self.text.find("@", head.end())
        return max(head.end(), end + 1 if entry < 0 else min(entry, end + 1))

    def _body(self, head: re.Match[str]) -> Body:
        closer = "}" if head[2] == "{" else ")"
        return Body(head.start(), closer, f"the @{shown(head[1].lower())}")

    def _command(self, body: Body, head: re.Match[str]) -> int:
        kind = head[1].lower()
        if kind == "preamble":
            return self._preamble(body, head.end())
        if kind == "string":
            end = self.fields.read(body, head.end())
            if end >= 0 and not body.last_name:
                self.faults.report(
                    body.start, "an @string that defines nothing", "Write '@string{name = {text}}'."
                )
            return end
        body.fields = {}
        key, pos = self._key(body, head.end())
        end = self.fields.read(body, pos) if pos >= 0 else pos
        location = self.faults.places.location(body.start)
        # "% @book{key," is an entry to BibTeX, and broken by the '%' of its next line. That
        # is reported; what its author has set aside is no work with everything missing.
        set_aside = end < 0 and self.text[body.start - location.column + 1] == "%"
        if key and not set_aside:
            work = Work(key=key, type=kind, location=location, fields=body.fields)
            self.entries.append(Entry(work, self.faults.places.location(head.end())))
        return end

    def _preamble(self, body: Body, pos: int) -> int:
        value = self.values.read(pos, body.called)
        end = after_space(self.text, value.end)
        if value.closed and self.text.startswith(body.closer, end):
            return end + 1
        self.faults.report(
            body.start,
            "the @preamble that begins here is not closed",
            "Put one value between the braces, as in '@preamble{\"text\"}'.",
        )
        return ~self.values.entry_after(body.start + 1)

    def _key(self, body: Body, pos: int) -> tuple[str, int]:
        """Read the key and its comma; an empty key is one that is missing."""
        text = self.text
        if pos >= len(text) or text[pos] == "@":
            return "", pos  # an entry that breaks off here: unclosed, which says enough
        found = _KEY[body.closer].match(text, pos)
        if not found or text[pos] == body.closer or FIELD_AHEAD.match(text, pos):
            self.faults.report(
                pos,
                f"{body.called} that begins here has no key, so nothing can cite it",
                "Write a key and a comma after the opening brace: '@book{key, …}'.",
            )
            return "", pos + 1 if text.startswith(",", pos) else pos
        key = found[0]
        body.called = f"the entry '{shown(key)}'"
        after = after_space(self.text, found.end())
        char = text[after : after + 1]
        if char == ",":
            return key, after + 1
        if char in ("", "@", body.closer):
            return key, after
        words = _KEY_IN_WORDS.match(text, pos)
        if words:
            self.faults.report(
                pos,
                f"the key '{shown(words[0])}' holds a space",
                "Write the key as one word, for instance with hyphens.",
            )
            return words[0], after_space(self.text, words.end()) + 1
        if FIELD_AHEAD.match(text, after):
            self.faults.report(
                found.end(), f"a comma is missing after the key '{shown(key)}'", "Put ',' there."
            )
            return key, after
        return key, self.fields.unexpected(after, f"after the key '{shown(key)}'")
