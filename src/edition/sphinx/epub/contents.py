"""The table of contents: a flat list of headings with their levels → a tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; `text` and `href` are ready for XML."""

    text: str
    href: str
    children: list[Entry] = field(default_factory=list)

    def depth(self) -> int:
        """Return how many levels there are from this line downwards, itself included."""
        return 1 + max((child.depth() for child in self.children), default=0)


def nest(headings: Iterable[tuple[int, str, str]], depth: int) -> list[Entry]:
    """Put headings, as (level, text, href), below those that they belong to.

    Levels begin at 1, and what is deeper than `depth` is left out. A heading belongs to
    the last one before it that is of a higher rank, also where a level is skipped. A place
    is listed once, at its first heading.
    """
    top: list[Entry] = []
    above: list[tuple[int, list[Entry]]] = [(0, top)]
    seen: set[str] = set()
    for level, text, href in headings:
        if level > depth or not text or href in seen:
            continue
        seen.add(href)
        while above[-1][0] >= level:
            above.pop()
        entry = Entry(text, href)
        above[-1][1].append(entry)
        above.append((level, entry.children))
    return top
