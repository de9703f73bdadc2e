"""What a file of the Citation Style Language says of the style that it describes."""

import re
from dataclasses import dataclass
from pathlib import Path

_LOCALE = re.compile(r"<style\b[^>]*\bdefault-locale=\"([\w-]+)\"")
_SUBSTITUTE = re.compile(r"\bsubsequent-author-substitute(?:-rule)?=\"[^\"]*\"")
_MACRO = re.compile(r"<macro\b[^>]*\bname=\"([^\"]+)\"[^>]*>(.*?)</macro>", re.DOTALL)
_CITATION = re.compile(r"<citation\b.*?</citation>", re.DOTALL)
_CALLED = re.compile(r"\bmacro=\"([^\"]+)\"")
_IN_NOTES = re.compile(r"<style\b[^>]*\bclass=\"note\"")
_DEPENDENT = re.compile(r"<link\b[^>]*\brel=\"independent-parent\"")


@dataclass(frozen=True, slots=True)
class Described:
    """A style as its file describes it, `text` being the whole.

    `locale` is the language that it is written for, if any. `parent` says that it only names
    another style, `in_notes` that it cites in notes, `in_numbers` by numbers.
    """

    text: str
    locale: str
    parent: bool
    in_notes: bool
    in_numbers: bool

    def with_names(self) -> str:
        """Return the style without a dash for the names of the entry before."""
        return _SUBSTITUTE.sub("", self.text)


def described(file: Path) -> Described:
    """Read a style; raises OSError."""
    text = file.read_text(encoding="utf-8", errors="replace")
    locale = _LOCALE.search(text)
    in_notes = bool(_IN_NOTES.search(text))
    return Described(
        text=text,
        locale=locale[1] if locale else "",
        parent=bool(_DEPENDENT.search(text)),
        in_notes=in_notes,
        in_numbers=not in_notes and _cites(text, "citation-number"),
    )


def _cites(text: str, variable: str) -> bool:
    """Return whether the citations of a style have a variable, be it by a macro."""
    macros = dict(_MACRO.findall(text))
    todo: list[str] = _CITATION.findall(text)
    seen: set[str] = set()
    while todo:
        part = todo.pop()
        if f'variable="{variable}"' in part:
            return True
        called = set(_CALLED.findall(part)) - seen
        seen |= called
        todo += [macros[name] for name in called if name in macros]
    return False
