"""Plain text with page marks: form feeds, `[p. 28]`, a line `page 28`, or what a project says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edition.sources.labels import printed_labels
from edition.sources.pages import Page, SourceError

_LABEL = r"(\d{1,4}[a-z]?|[ivxlcdm]{1,9}|[IVXLCDM]{1,9})"
_MARKS = (
    rf"\[(?:p|pp|pg|page|Page|P|S|S\.|с|стр)\.?\s*{_LABEL}\]",
    rf"^[ \t]*(?:[-–—=*]+ *)?[Pp](?:age|AGE)\.? {_LABEL}(?: *[-–—=*]+)?[ \t]*$",
    rf"<pb\b[^>]*\bn=\"{_LABEL}\"[^>]*/?>",
)


def read_plain(data: bytes, marks: Sequence[str] = ()) -> list[Page]:
    """The pages of a plain text.

    A mark begins its page. Where there are form feeds and no marks, each ends a page, whose
    label is the number printed at its head or foot. `marks` are a project's own regular
    expressions, whose first group is the label; they are tried first, on their own.
    """
    text = _decoded(data)
    for pattern in (*marks, *_MARKS):
        try:
            found = list(re.finditer(pattern, text, re.MULTILINE))
        except re.error as error:
            raise SourceError(
                f"the page mark {pattern!r} is no regular expression: {error}",
                "Mend page_marks under [tool.edition].",
            ) from None
        if found:
            return _marked(text, found)
    parts = text.split("\f")
    if len(parts) == 1:
        return [Page(None, text)]
    if not parts[-1].strip():
        parts.pop()
    labels = printed_labels(parts)
    return [Page(label, part.strip()) for label, part in zip(labels, parts, strict=True)]


def _decoded(data: bytes) -> str:
    for codec in (
        ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",)
    ):
        try:
            return data.decode(codec).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    if b"\0" in data[:4096]:
        raise SourceError("a binary file, not a text", "Give the text as UTF-8.")
    return data.decode("cp1252", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _marked(text: str, marks: list[re.Match[str]]) -> list[Page]:
    pages = []
    before = text[: marks[0].start()].strip()
    if before:
        pages.append(Page(None, before))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        label = next((group for group in mark.groups() if group), None)
        pages.append(Page(label, text[mark.end() : end].replace("\f", "\n").strip()))
    return pages
