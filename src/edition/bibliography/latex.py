"""BibTeX values as people read them: LaTeX to Unicode, and the names of persons."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

# Beyond this length no value is a list of names, and pybtex's splitting is quadratic.
LONGEST_LIST = 20_000

# A command whose first argument is not text to be read.
_TWO_ARGUMENTS = re.compile(r"\\(?:foreignlanguage|textcolor|href)\s*\{[^{}]*\}")
# An accent with its letter, an accent that is itself a letter (`\v{c}`), or a word (`\ss`).
_ARGUMENT = r"(?:\{\s*(?:[A-Za-z]{1,2}|\\[ij])\s*\}|\\[ij](?![A-Za-z])(?:\{\})?|[A-Za-z])"
_LETTER = re.compile(
    rf"\\(?:[`'^\"~=.]\s*{_ARGUMENT}"
    rf"|[bcdHkrtuv](?:\s*\{{\s*(?:[A-Za-z]{{1,2}}|\\[ij])\s*\}}|\s*\\[ij](?![A-Za-z])|\s+[A-Za-z])"
    r"|[A-Za-z]{1,30}(?:\{\}|[ \t]*))"
)
# latexcodec knows accents over i and j, but not over LaTeX's dotless ones.
_DOTLESS = re.compile(r"(?<=.)\{?\s*\\([ij])(?![A-Za-z])(?:\{\})?\s*\}?")
_NO_SPACE = re.compile(r"\\[-/]")
_SPACING = re.compile(r"\\[\\,;:! ]|~")
_BRACE_OR_ESCAPE = re.compile(r"\\(.)|[{}]")
_MARKS = {"``": "“", "''": "”", "---": "\N{EM DASH}", "--": "\N{EN DASH}"}
_MARK = re.compile("|".join(_MARKS))


def plain(value: str) -> str:
    r"""Return a BibTeX value as Unicode text, for messages and listings. Never raises.

    LaTeX's letters and accents become characters, `--` an en dash, `---` an em dash,
    ties and LaTeX's spaces a space; braces go, and commands (`\emph`) go with their
    arguments left standing.
    """
    text = value
    if "\\" in text:
        # A line break first, or `\\b` would be read as the accent `\b`.
        text = text.replace("\\\\", " ")
        text = _LETTER.sub(lambda m: _letter(m[0]), _TWO_ARGUMENTS.sub("", text))
        text = _NO_SPACE.sub("", text)
    text = _MARK.sub(lambda m: _MARKS[m[0]], _SPACING.sub(" ", text))
    text = _BRACE_OR_ESCAPE.sub(lambda m: m[1] or "", text)
    return " ".join(text.split())


@lru_cache(maxsize=1024)
def _letter(command: str) -> str:
    """Return one LaTeX command as latexcodec reads it; nothing for one that is no letter."""
    import latexcodec  # noqa: F401 (it registers its codec; slow, so only where LaTeX is)

    dotted = _DOTLESS.sub(r"{\1}", command)
    try:
        text: str = codecs.decode(dotted, "ulatex")  # type: ignore[call-overload]
    except ValueError:
        return ""
    return "" if text.startswith("\\") else text


def names(value: str) -> tuple[str, ...]:
    """Return the family names in an author or editor field, for messages. Never raises.

    A name in braces is given whole, `de` and `von` stand with the family name, and
    `others` is "et al.". A field that is no list of names is given as one.
    """
    from pybtex.bibtex.utils import split_name_list
    from pybtex.database import Person
    from pybtex.errors import capture
    from pybtex.exceptions import PybtexError

    whole = plain(value)
    if not whole:
        return ()
    if len(value) > LONGEST_LIST:
        return (whole,)
    found: list[str] = []
    try:
        with capture():  # a name with too many commas is another rule's business
            for name in split_name_list(value):
                if name.strip().lower() == "others":
                    found.append("et al.")
                    continue
                person = Person(name)
                found.append(plain(" ".join(person.prelast_names + person.last_names)))
    except (PybtexError, ValueError, IndexError):
        return (whole,)
    return tuple(name for name in found if name) or (whole,)
