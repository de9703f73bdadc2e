"""Number and digest of a quotation's words, written into the stand-off quotations of an edition.

The repository then says of a quotation how long it is, and can hold another text against it,
without holding its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from edition.texts.fingerprint import bare, digest

_FENCE = re.compile(r"(?P<fence>:{3,}|`{3,})\{quotation\}")
_OPTION = re.compile(r":(?P<name>[a-z-]+):[ \t]*(?P<value>.*)")
_OURS = ("words", "digest")


def facts(text: str) -> tuple[int, str]:
    """Return how many words a quotation has, and the digest of its words."""
    words = bare(text)
    return len(words.split()), digest(words, 8)


def with_facts(myst: str, quotations: Mapping[str, str]) -> str:
    """Return a source with the facts of its stand-off quotations; `quotations` are their words."""
    lines = myst.split("\n")
    out: list[str] = []
    position = 0
    while position < len(lines):
        out.append(lines[position])
        opened = _FENCE.match(lines[position].strip())
        position += 1
        if opened is None:
            continue
        first = position
        while position < len(lines) and _OPTION.match(lines[position].strip()):
            position += 1
        options = lines[first:position]
        closes = position < len(lines) and lines[position].strip() == opened["fence"]
        out += _options(options, quotations) if closes else options
    return "\n".join(out)


def _options(options: list[str], quotations: Mapping[str, str]) -> list[str]:
    read = [_OPTION.match(line.strip()) for line in options]
    values = {m["name"]: m["value"].strip() for m in read if m}
    text = quotations.get(values.get("name", ""))
    if text is None:
        return options
    words, sign = facts(text)
    blanks = options[0][: len(options[0]) - len(options[0].lstrip())]
    kept = [line for line, m in zip(options, read, strict=True) if m and m["name"] not in _OURS]
    return [*kept, f"{blanks}:words: {words}", f"{blanks}:digest: {sign}"]
