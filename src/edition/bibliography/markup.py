"""Text with markup: runs of characters that share a style and a link.

The fields of an entry are read into this form, and citations are put together in it. The
styles are `italic`, `bold`, `smallcaps`, `sup`, `sub` and `code`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

_STOPS = (".", "?", "!", "…")
_CLOSING = "”’"
_INNER = str.maketrans("“”", "‘’")
_WEB = re.compile(r"(?:https?|ftp)://[^\s/]", re.IGNORECASE)
_INNER_CAPITAL = re.compile(r"[^\W\d_A-Z]+[A-Z]")
_NO_WORD = re.compile(r"\S+[:/@]\S")  # an address, or the number of a preprint
# Marks of one pair that are not English: straight, „German“, « French » or »Danish«.
_FOREIGN = re.compile(r'"([^"]*)"|„([^„“”]*)[“”]|«\s*([^«»]*?)\s*»|»([^«»]*)«')


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style; `link` is where they lead, `language` a tag, if any."""

    text: str
    styles: frozenset[str] = frozenset()
    link: str = ""
    language: str = ""

    def is_like(self, other: Run) -> bool:
        """Return whether two runs differ in nothing but their characters."""
        return replace(self, text="") == replace(other, text="")


Rich = tuple[Run, ...]


def rich(*parts: str | Rich) -> Rich:
    """Return the parts, one after the other, as one text."""
    found: list[Run] = []
    for part in parts:
        for run in (Run(part),) if isinstance(part, str) else part:
            if not run.text:
                continue
            if found and run.is_like(found[-1]):
                found[-1] = replace(run, text=found[-1].text + run.text)
            else:
                found.append(run)
    return tuple(found)


def text_of(value: Rich) -> str:
    """Return the characters alone."""
    return "".join(run.text for run in value)


def join(parts: Iterable[str | Rich], between: str) -> Rich:
    """Return the parts that are not empty with `between` between them."""
    whole: list[str | Rich] = []
    for part in parts:
        if part:
            whole += [between, part] if whole else [part]
    return rich(*whole)


def styled(value: str | Rich, style: str) -> Rich:
    """Return a text in a style; what was in that style already is set off by its absence."""
    return tuple(replace(run, styles=run.styles ^ {style}) for run in rich(value))


def linked(address: str) -> Rich:
    """Return an address that leads to itself."""
    return (Run(address, link=link_to(address)),)


def link_to(address: str) -> str:
    """Return where an address leads; nothing where it is none of the web."""
    if address.lower().startswith("www."):
        return f"https://{address}"
    return address if _WEB.match(address) else ""


def quoted(value: Rich, stop: str = "") -> Rich:
    """Return a text in quotation marks, its own made single, with a stop before the last mark."""
    single = partial(_FOREIGN.sub, lambda marked: f"‘{marked[marked.lastindex or 0]}’")
    inner = tuple(replace(run, text=single(run.text).translate(_INNER)) for run in value)
    return rich("“", ended(inner, stop) if stop else inner, "”")


def typographic(value: Rich) -> Rich:
    """Return a text with apostrophes and quotation marks for straight ones, as LaTeX prints them.

    Those in links and code stay, and so does the sign for inches.
    """
    if not any("'" in run.text or '"' in run.text for run in value):
        return value
    whole, runs, begun, double = text_of(value), [], 0, False
    for run in value:
        letters = list(run.text)
        for place, sign in enumerate(letters if not run.link and "code" not in run.styles else ()):
            before, after = whole[: begun + place][-1:], whole[begun + place + 1 :]
            opens = not before or before.isspace() or before in "([–—“‘/"
            if sign == '"' and (opens or double):
                double = opens
                letters[place] = "“" if opens else "”"
            elif sign == "'":
                quotes = opens and not after[:1].isdigit() and re.search(r"\S'(?!\w)", after)
                letters[place] = "‘" if quotes else "’"
        begun += len(run.text)
        runs.append(replace(run, text="".join(letters)))
    return tuple(runs)


def ended(value: Rich, stop: str = ".") -> Rich:
    """Return a text with a stop at its end, unless it ends in one; a comma gives way to `?`."""
    text = text_of(value).rstrip(_CLOSING)
    if not text or text.endswith(("?", "!", stop)) or (stop == "." and text.endswith(_STOPS)):
        return value
    # A stop goes before the closing marks; ’ is one where ‘ opens.
    last = value[-1]
    closing = "”’" if "‘" in last.text else "”"
    body = last.text.rstrip(closing)
    if body != last.text:
        return rich(value[:-1], (replace(last, text=body + stop + last.text[len(body) :]),))
    return rich(value, stop)


def capitalized(value: Rich) -> Rich:
    """Return a text whose first letter is a capital, unless it is a name such as *eLife*."""
    if not value or value[0].link or _NO_WORD.match(value[0].text):
        return value
    if "italic" in value[0].styles or _INNER_CAPITAL.match(value[0].text):
        return value
    first = value[0]
    return (replace(first, text=first.text[:1].upper() + first.text[1:]), *value[1:])


# The last word of a title that ends in a stop, which PubMed and catalogues set, and abbreviations.
_LAST_WORD = re.compile(r"(?P<word>[^\s.]*[^\s.…])\.\Z")
_ABBREVIATIONS = frozenset(
    """
    adj adv al bd bros ca cf co corp dept dr ed eds esq etc fig hg hl inc jg jh jr ltd mr mrs ms
    mss no nos nr op prof pt repr rev sr st trans u univ usw vol vols
    """.split()
)


def without_stop(title: Rich) -> Rich:
    """Return a title without the stop of PubMed and catalogues; that of an abbreviation stays."""
    found = _LAST_WORD.search(title[-1].text) if title else None
    word = found["word"].lstrip("([“‘").casefold() if found else ""
    if len(word) < 2 or word in _ABBREVIATIONS:
        return title
    return (*title[:-1], replace(title[-1], text=title[-1].text[:-1]))
