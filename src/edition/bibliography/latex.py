"""LaTeX in BibTeX values: to text with markup, and to plain text.

No command is ever shown: one that says how its argument looks becomes markup, a letter or
an accent its character, a link a link; any other goes, with its arguments left standing.
Reading is linear in the length of the value, without recursion, and never raises.
"""

import codecs
import html
import re
import unicodedata
from functools import lru_cache

from edition.bibliography.latex_commands import (
    ADDRESSES,
    CLOSING_TAG,
    ENTITY,
    NAMED,
    QUOTES,
    SETTINGS,
    SIGNS,
    SILENT,
    STYLES,
    SWITCHES,
    TAG,
    TAGS,
    TYPED_TAG,
)
from edition.bibliography.markup import Rich, Run, link_to, text_of

# An accent with the letter over or under which it is set: `\'e`, `\'{e}`, `\v{c}`, `\d h`, `\=\i`.
_ACCENT = re.compile(
    r"\\(?:([`'^\"~=.])\s*|([bcdHkrtuv])(?:\s+|(?=[{\\])))"
    r"(\{\s*(?:\\[ij]|[^\W\d_]{0,2})\s*\}|\\[ij](?![A-Za-z])(?:\{\}|\s*)|[^\W\d_])"
)
_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361",
}  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z]{1,40})\*?(?:\{\}|[ \t]*)")
_OPTIONS = re.compile(r"(?:\[[^][{}]{0,200}\])+(?=\{)")
_PLAIN_ARGUMENT = re.compile(r"\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_LINE_BREAK = re.compile(r"<br\s*/?>")
_WHOLE_URL = re.compile(r"\{*\\url\s*\{([^{}]*)\}+")
_MATHS = re.compile(r"\$([^$]{1,1000})\$")
_FRACTION = re.compile(r"\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_MATHS_TOKEN = re.compile(
    r"([\^_])\s*(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\s{}\\]))|(\\[A-Za-z]+)\s*|\\(.)|(.)"
)
_ORDINARY = re.compile(r"[^\\{}~$`'<>-]+")
_MARKS = {"``": "“", "''": "”", "<<": "«", ">>": "»", "---": "\N{EM DASH}", "--": "\N{EN DASH}"}
_SPECIAL = re.compile(r"[\\{}~$`'<>&-]")
_BLANKS = re.compile(r"[ \t\n]+")


def plain(value: str) -> str:
    r"""Return a BibTeX value as Unicode text, for messages and listings. Never raises."""
    if not _SPECIAL.search(value):
        return " ".join(value.split())
    return " ".join(text_of(markup(value)).replace("\N{NARROW NO-BREAK SPACE}", " ").split())


@lru_cache(maxsize=16384)
def markup(value: str) -> Rich:
    r"""Return a BibTeX value as text with markup.

    `--` becomes an en dash, `---` an em dash, `~` a space where no line breaks, braces go,
    and maths is set as far as superscripts, subscripts and signs go.
    """
    if "<br" in value:
        value = _LINE_BREAK.sub(" ", value)
    for _ in range(2 * ("&" in value)):  # exporters escape what is escaped
        value = ENTITY.sub(_character, value)
    reader = _Reader(TYPED_TAG.sub(r"<\1>", value))
    reader.read()
    return tuple(_squeezed(reader.runs))


def _character(entity: re.Match[str]) -> str:
    character = html.unescape(typed := f"&{entity[1].lstrip(chr(92))};")
    return entity[0] if character in "\\{}$~" or character == typed else character


def _squeezed(runs: list[Run]) -> list[Run]:
    """Return runs without empty ones, with single blanks, and none at either end."""
    found: list[Run] = []
    for run in runs:
        text = _BLANKS.sub(" ", run.text)
        if not found or found[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if not text:
            continue
        if found and run.is_like(found[-1]):
            found[-1] = Run(found[-1].text + text, run.styles, run.link)
        else:
            found.append(Run(text, run.styles, run.link))
    if found and found[-1].text.endswith(" "):
        last = found.pop()
        if text := last.text.rstrip(" "):
            found.append(Run(text, last.styles, last.link))
    return found


class _Reader:
    """Reads one value; `groups` holds what each open brace goes back to."""

    def __init__(self, value: str) -> None:
        self.value = value
        self.runs: list[Run] = []
        self.styles: frozenset[str] = frozenset()
        self.link = ""
        self.quotes = 0
        self.single_open = False
        self.groups: list[tuple[frozenset[str], str, str]] = []
        self.closed = {name.lower() for name in CLOSING_TAG.findall(value)}

    def put(self, text: str) -> None:
        if text:
            self.runs.append(Run(text, self.styles, self.link))

    def read(self) -> None:
        pos = 0
        while pos < len(self.value):
            ordinary = _ORDINARY.match(self.value, pos)
            if ordinary:
                self.put(ordinary[0])
                pos = ordinary.end()
            else:
                pos = self._special(pos)
        while self.groups:
            self._close()

    def _special(self, pos: int) -> int:
        """Read a sign that means something, and return where to go on."""
        char = self.value[pos]
        if char == "{":
            self._open("")
        elif char == "}":
            if self.groups:
                self._close()
        elif char == "~":
            self.put("\N{NO-BREAK SPACE}")
        elif char == "\\":
            return self._command(pos)
        elif char == "$":
            maths = _MATHS.match(self.value, pos)
            if maths:
                self._maths(maths[1])
                return maths.end()
            self.put(char)
        elif char == "<" and not self.value.startswith("<<", pos):
            return self._tag(pos)
        else:
            mark = next((m for m in _MARKS if self.value.startswith(m, pos)), char)
            opens = not pos or not self.value[pos - 1].isalnum()
            self._mark(mark, opens=opens)
            return pos + len(mark)
        return pos + 1

    def _tag(self, pos: int) -> int:
        """Read an HTML tag; what is none, or is never closed, is text."""
        tag = TAG.match(self.value, pos)
        name = tag[2].lower() if tag else ""
        if not tag or not (tag[1] == "mml" or (name in TAGS and name in self.closed)):
            self.put("<")
            return pos + 1
        self.styles ^= {TAGS.get(name, "")} - {""}
        return tag.end()

    def _mark(self, mark: str, *, opens: bool) -> None:
        if mark == "`" and opens:
            self.single_open = True
            self.put("‘")
        elif mark == "'" and self.single_open:
            self.put("’")
        else:
            self.put(_MARKS.get(mark, mark))

    def _open(self, closer: str) -> None:
        self.groups.append((self.styles, self.link, closer))

    def _close(self) -> None:
        styles, link, closer = self.groups.pop()
        self.put(closer)
        self.quotes -= bool(closer)
        self.styles, self.link = styles, link

    def _command(self, pos: int) -> int:
        accent = _ACCENT.match(self.value, pos)
        if accent:
            letters, mark = accent[3].strip("{} \\"), _COMBINING[accent[1] or accent[2]]
            if letters:  # over or under the first
                self.put(unicodedata.normalize("NFC", letters[0] + mark + letters[1:]))
            return accent.end()
        command = _COMMAND.match(self.value, pos)
        if not command:
            sign = self.value[pos + 1 : pos + 2]
            self.put(SIGNS.get(sign, sign if sign not in SILENT else "") if sign else "\\")
            return pos + 2
        name, end = command[1], command.end()
        options = _OPTIONS.match(self.value, end)
        return self._named(name, options.end() if options else end, command[0])

    def _named(self, name: str, end: int, typed: str) -> int:
        """Carry out a command, and return where to go on."""
        opens = self.value.startswith("{", end)
        if name in SWITCHES:
            self.styles ^= {SWITCHES[name]}
            return end
        if opens and name in STYLES:
            self._open("")
            self.styles ^= {STYLES[name]}
            return end + 1
        if opens and name in QUOTES:
            self.put("‘" if self.quotes % 2 else "“")
            self._open("’" if self.quotes % 2 else "”")
            self.quotes += 1
            return end + 1
        argument = _PLAIN_ARGUMENT.match(self.value, end) if opens else None
        if argument and name in ADDRESSES | {"href", "ensuremath"} | SETTINGS:
            return self._argument(name, argument)
        self.put(NAMED[name] if name in NAMED else _letter(typed))
        return end

    def _argument(self, name: str, argument: re.Match[str]) -> int:
        inside, end = argument[1], argument.end()
        if name == "ensuremath":
            self._maths(inside)
        elif name == "href" and self.value.startswith("{", end):
            self._open("")
            self.link = link_to(address(inside))
            return end + 1
        elif name in ADDRESSES or name == "href":
            shown = address(inside)
            self.runs.append(Run(shown, self.styles, link_to(shown)))
        return end

    def _maths(self, formula: str) -> None:
        tokens = _MATHS_TOKEN.findall(_FRACTION.sub(r"\1/\2", formula))
        for raised, group, single, command, sign, char in tokens:
            outer = self.styles
            if raised:
                self.styles = outer | {"sup" if raised == "^" else "sub"}
                group = group or single
                self.put(_sign(group) if group.startswith("\\") else plain(group))
            elif command:
                self.put(_sign(command))
            elif (sign or char) not in "{}":
                self.put(sign or char)
            self.styles = outer


def address(value: str) -> str:
    """Return a web address without LaTeX's escapes and blanks."""
    if found := _WHOLE_URL.match(value.strip()):
        value = found[1]
    return "".join(re.sub(r"\\([%#&_~{}$])", r"\1", value).split()).strip("{}")


def _sign(command: str) -> str:
    """Return a mathematical command as a character; nothing where it has none."""
    return _letter(f"${command}$").strip("$")


@lru_cache(maxsize=1024)
def _letter(command: str) -> str:
    """Return one LaTeX command as latexcodec reads it; nothing for one that is no letter."""
    import latexcodec  # noqa: F401 (it registers its codec; slow, so only where LaTeX is)

    try:
        text: str = codecs.decode(command, "ulatex")  # type: ignore[call-overload]
    except ValueError:
        return ""
    return "" if "\\" in text else text.replace("{", "").replace("}", "")
