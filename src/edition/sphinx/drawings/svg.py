"""Drawings as SVG: lines, boxes and words, in the colour of the text around them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape

from edition.sphinx.breadth import LETTER, breadth

_STYLE = 'font-family="Libertinus Serif, Georgia, serif" fill="currentColor" direction="ltr"'


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on: its width in units, and how much broader than ours its face may be."""

    width: int
    face: float

    def width_of(self, text: str, size: float) -> float:
        """Return how broad words may be."""
        return breadth(text) * size * LETTER * self.face

    def wrapped(self, text: str, width: float, size: float) -> list[str]:
        """Return words as lines for which there is room."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.width_of(longer, size) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines


# As many units as the text of a small telephone has pixels, so that words of ten units and more
# can be read there, in the broadest face that a reading system has.
SCREEN = Sheet(290, 1.4)
# On A5 words of eleven units are of nearly nine points, in large print of more than sixteen.
BOOK = Sheet(362, 1.05)
LARGE_PRINT = Sheet(290, 1.05)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A finished drawing: its SVG, its title, and the same in words for who cannot see it.

    `pieces` are the same drawing in parts, one below the other, between which a page may end;
    `head` goes over them on each page.
    """

    svg: str
    head: str
    pieces: tuple[str, ...]
    title: str
    alternative: str


@dataclass(slots=True)
class Canvas:
    """A drawing in the making; coordinates in units, from the upper left corner."""

    width: int
    parts: list[str] = field(default_factory=list)
    linked: bool = False
    cuts: list[tuple[int, float]] = field(default_factory=lambda: [(0, 0.0)])

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, width: float = 1, faint: bool = False
    ) -> None:
        """Draw a line."""
        shade = ' stroke-opacity="0.25"' if faint else ""
        self.parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'stroke="currentColor" stroke-width="{width:g}"{shade}/>'
        )

    def box(self, x: float, y: float, width: float, height: float, *, filled: bool) -> None:
        """Draw a box, full or open."""
        style = "" if filled else ' fill="none" stroke="currentColor" stroke-dasharray="2 1.5"'
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:g}"{style}/>'
        )

    def words(self, x: float, y: float, text: str, *, size: float) -> None:
        """Write words on the baseline `y`."""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}">{escape(text, quote=False)}</text>'
        )

    def cut(self, y: float) -> None:
        """Let a page end at a height, between what is drawn already and what follows.

        What is above the first such height is the head.
        """
        self.cuts.append((len(self.parts), y))

    @contextmanager
    def link(self, address: str) -> Iterator[None]:
        """Let what is drawn meanwhile lead to an address."""
        self.linked = True
        self.parts.append(f'<a href="{escape(address)}">')
        yield
        self.parts.append("</a>")

    def finished(self, height: float, title: str, alternative: str) -> Drawing:
        """Return the drawing, with its text alternative within; its links are read one by one."""
        label = f"{title.rstrip('.')}. {alternative}"
        role = "group" if self.linked else "img"
        svg = (
            f'{self._opening(0, round(height))} role="{role}" '
            f'aria-label="{escape(title if self.linked else label)}" {_STYLE}>'
            f"<title>{escape(title, quote=False)}</title>"
            f"<desc>{escape(alternative, quote=False)}</desc>"
            f"{''.join(self.parts)}</svg>"
        )
        ends = [*self.cuts[1:], (len(self.parts), height)]
        head, *pieces = (
            f"{self._opening(y, below)} {_STYLE}>{''.join(self.parts[first:last])}</svg>"
            for (first, y), (last, below) in zip(self.cuts, ends, strict=True)
        )
        return Drawing(
            svg=svg, head=head, pieces=tuple(pieces), title=title, alternative=alternative
        )

    def _opening(self, top: float, below: float) -> str:
        box = f"0 {top:g} {self.width} {below - top:g}"
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"'
