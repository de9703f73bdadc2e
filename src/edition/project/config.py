"""The settings of a project: one place, `[tool.edition]` in pyproject.toml.

The command line and the Sphinx build read the same table, so that both see the same text.
Each setting is declared once, below, with its type, default and help; the manual's table and
the messages about a wrong value come from that declaration.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import PurePath
from typing import Any

from edition.model.diagnostic import Severity
from edition.model.errors import EditionError

TABLE = "tool.edition"

_HEADING = re.compile(r"\s*\[([\w\s.\"'-]+)\]\s*(?:#.*)?$")


class ConfigError(EditionError):
    """A configuration that cannot be used.

    `line` is the line of pyproject.toml that is to blame (0 where none can be told).
    """

    def __init__(self, message: str, hint: str = "", line: int = 0) -> None:
        super().__init__(message, hint)
        self.line = line


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError("a text that is not empty")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError("a list of texts")
    return tuple(value)


def _patterns(value: Any) -> tuple[str, ...]:
    for pattern in _texts(value):
        try:
            groups = re.compile(pattern, re.MULTILINE).groups
        except (re.error, OverflowError, RecursionError) as error:
            raise TypeError(f"regular expressions (here: {error})") from None
        if not groups:
            raise TypeError("expressions with round brackets around the page")
    return _texts(value)


# What MyST-Parser 5 knows (its MdParserConfig refuses any other name, without a place).
MYST_EXTENSIONS = frozenset(
    "alert amsmath attrs_block attrs_image attrs_inline colon_fence deflist dollarmath fieldlist"
    " gfm_autolink html_admonition html_image linkify replacements section_ref smartquotes"
    " strikethrough substitution tasklist".split()
)


def _extensions(value: Any) -> tuple[str, ...]:
    unknown = sorted(set(_texts(value)) - MYST_EXTENSIONS)
    if unknown:
        raise TypeError(f"names of MyST's extensions, and “{unknown[0]}” is none")
    return _texts(value)


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise TypeError("a table of texts")
    return tuple(value.items())


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise TypeError("a whole number from 1 up")
    return value


def _severity(value: Any) -> Severity:
    if not isinstance(value, str) or value.upper() not in Severity.__members__:
        raise TypeError('"note", "warning" or "error"')
    return Severity[value.upper()]


def _setting(default: Any, read: Callable[[Any], Any], text: str) -> Any:
    return field(default=default, metadata={"read": read, "help": text})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting, with its default."""

    source: str = _setting("docs", _text, "The folder of MyST sources, from the project's root.")
    bibliography: tuple[str, ...] = _setting(
        ("bibliography.bib",), _texts, "The BibTeX files, from the project's root."
    )
    exclude: tuple[str, ...] = _setting(
        (), _texts, "Sources to leave out: glob patterns from the source folder."
    )
    uncitable: tuple[str, ...] = _setting(
        (), _texts, "Sources whose anchors are not locked, such as a manual: glob patterns."
    )
    extensions: tuple[str, ...] = _setting(
        ("attrs_inline", "colon_fence", "deflist"),
        _extensions,
        "MyST's optional syntaxes; the build gets them as myst_enable_extensions.",
    )
    sources: str = _setting(
        "", _text, "The folder with the texts of the works quoted, from the project's root."
    )
    page_marks: tuple[str, ...] = _setting(
        (),
        _patterns,
        "Page marks of plain texts: regular expressions whose first group is the page.",
    )
    inline_words: int = _setting(
        6, _count, "From how many words on a text in quotation marks wants a reference."
    )
    locators: tuple[tuple[str, str], ...] = _setting(
        (),
        _pairs,
        "How works are cited by their canonical references: the key and the scheme of each.",
    )
    fail_on: Severity = _setting(
        Severity.WARNING, _severity, "The least severity that makes a check fail."
    )
    select: tuple[str, ...] = _setting((), _texts, "Rules to apply, by name or code; none is all.")
    ignore: tuple[str, ...] = _setting((), _texts, "Rules not to apply, by name or code.")


def read_config(pyproject: str) -> Config | None:
    """Return the settings in the text of a pyproject.toml; None where it has no `[tool.edition]`.

    Raises ConfigError for TOML that cannot be read, an unknown setting or a wrong value.
    """
    try:
        data = tomllib.loads(pyproject)
    except (ValueError, RecursionError) as error:
        # Besides its own error it may raise for digits without end, and for brackets within.
        found = re.search(r"at line (\d+)", str(error))
        raise ConfigError(
            f"pyproject.toml is not valid TOML: {error}",
            "Mend the file; nothing was checked.",
            int(found[1]) if found else 0,
        ) from None
    tool = data.get("tool")
    table = tool.get("edition") if isinstance(tool, dict) else None
    if table is None:
        return None
    if not isinstance(table, dict):
        raise ConfigError(f"{TABLE} is not a table", f"Begin it with [{TABLE}].")
    known = {f.name: f for f in fields(Config)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        line = setting_line(pyproject, key)
        if name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f"Did you mean “{close[0]}”?" if close else f"It knows {', '.join(known)}."
            raise ConfigError(f"[{TABLE}] has no setting “{key}”", hint, line)
        if name in values:
            raise ConfigError(f"[{TABLE}] gives “{name}” twice", "Delete one of the two.", line)
        metadata = known[name].metadata
        try:
            values[name] = metadata["read"](value)
        except TypeError as error:
            raise ConfigError(
                f"[{TABLE}] {key} wants {error}, not {_shown(value)}", metadata["help"], line
            ) from None
    return Config(**values)


def _shown(value: Any) -> str:
    try:
        shown = repr(value)
    except ValueError:  # a number of more digits than Python writes
        return "this number"
    return shown if len(shown) < 80 else f"{shown[:80]}…"


def setting_line(pyproject: str, key: str) -> int:
    """Return the line, from 1, of a setting in our table; 0 where it cannot be told."""
    name = rf"[\"']?{re.escape(key)}[\"']?\s*="
    inside = re.compile(rf"\s*{name}")
    dotted = re.compile(
        rf"\s*(?:(?:tool\s*\.\s*)?edition\s*\.\s*{name}|.*\bedition\s*=\s*{{.*{name})"
    )
    table = ""
    for number, line in enumerate(pyproject.splitlines(), 1):
        if heading := _HEADING.match(line):
            table = re.sub(r"[\s\"']", "", heading[1])
        elif inside.match(line) if table == TABLE else dotted.match(line):
            return number
    return 0


def names_any(patterns: Iterable[str], inner: PurePath) -> bool:
    """Tell whether a glob pattern, or a folder, names a path from the source folder."""
    path = inner.as_posix()
    return any(fnmatch(path, p) or path.startswith(p.rstrip("/") + "/") for p in patterns)
