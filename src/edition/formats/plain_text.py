"""Plain text with page marks: form feeds, `[p. 28]`, a line `page 28`, or what a project says."""

import re
import signal
from collections.abc import Sequence
from threading import current_thread, main_thread
from typing import NoReturn

from edition.formats.pages import Page, SourceError

_LABEL = r"(\d{1,4}[a-z]?|[ivxlcdm]{1,9}|[IVXLCDM]{1,9})"
_BRACES = rf"\{{{_LABEL}\}}"
_SECONDS, _SECONDS_PER_MILLION = 2.0, 1.0  # of letters; `re` looks at ten million a second
_FEWEST_BRACES = 3  # fewer may be anything
_MARKS = (
    rf"\[(?:[Pp]|pp|[Pp]g|[Pp]age|S|с|стр|[Ff]|[Ff]ol|[Ff]olio|Bl)\.?\s*{_LABEL}\]",
    rf"^[ \t]*(?:[-–—=*]+ *)?[Pp](?:age|AGE)\.? {_LABEL}(?: *[-–—=*]+)?[ \t]*$",
    rf"<pb\b[^<>]{{0,200}}\bn=\"{_LABEL}\"[^<>]{{0,200}}/?>",
    _BRACES,
)
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SAMPLE = 100_000
_MOST_FOREIGN = 0.25
_FEW = 50


def read_plain(data: bytes, marks: Sequence[str] = ()) -> list[Page]:
    """Return the pages of a plain text.

    A mark begins its page. Where there are form feeds and fewer marks, each ends a page without
    a label. `marks` are a project's own regular expressions, whose first group is the label;
    they are tried first, on their own.
    """
    text = _decoded(data)
    own = [_found_in_time(pattern, text) for pattern in marks]
    known = page_marks(text)
    found = next(filter(None, own), known)
    parts = text.split("\f")
    if not parts[-1].strip():
        parts.pop()
    # A mark in a text with form feeds may be a reference of its author's.
    if found and (found is not known or len(found) + 1 >= len(parts)):
        return divided(text, found)
    return [Page(None, part.strip()) for part in parts]


def page_marks(text: str) -> list[re.Match[str]]:
    """Return the marks of the one kind that is most frequent in a text."""
    known = max((_found(pattern, text) for pattern in _MARKS), key=len)
    if known and known[0].re.pattern == _BRACES and len(known) < _FEWEST_BRACES:
        return []
    return known


def _found_in_time(pattern: str, text: str) -> list[re.Match[str]]:
    """Return the places of a project's own mark, unless it looks for them for ever."""
    seconds = _SECONDS + _SECONDS_PER_MILLION * len(text) / 1e6

    def end(_signal: int, _frame: object) -> NoReturn:
        raise SourceError(
            f"the page marks of the project take more than {seconds:.0f} s on it",
            "Mend page_marks in pyproject.toml: a repetition within a repetition takes for ever.",
        )

    timer = getattr(signal, "ITIMER_REAL", None)  # not on every system
    if timer is None or current_thread() is not main_thread():
        return _found(pattern, text)
    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(timer, seconds)
    try:
        return _found(pattern, text)
    finally:
        signal.setitimer(timer, 0)
        signal.signal(signal.SIGALRM, before)


def _found(pattern: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(pattern, text, re.MULTILINE))


def _decoded(data: bytes) -> str:
    wide = _WIDE.get(data[:2])
    if not wide and b"\0" in data[:4096]:
        raise SourceError("a binary file, not a text", "Give the text as UTF-8.")
    for codec in (wide, "utf-8-sig") if wide else ("utf-8-sig",):
        try:
            return _one_line_end(data.decode(codec))
        except UnicodeDecodeError:
            continue
    # Of Western European texts few letters lie outside ASCII.
    sample = data[:_SAMPLE]
    foreign = sum(byte > 127 for byte in sample)
    if foreign > max(_MOST_FOREIGN * len(sample), _FEW):
        raise SourceError(
            "a text in an encoding that cannot be told for certain", "Save it as UTF-8."
        )
    return _one_line_end(data.decode("cp1252", "replace"))


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def divided(text: str, marks: Sequence[re.Match[str]]) -> list[Page]:
    """Return the pages of a text that such marks begin; what is before the first has no label."""
    pages = []
    before = text[: marks[0].start()].strip()
    if before:
        pages.append(Page(None, before))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        label = next((group for group in mark.groups() if group), None)
        pages.append(Page(label, text[mark.end() : end].replace("\f", "\n").strip()))
    return pages
