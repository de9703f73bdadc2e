"""Drawings as SVG: lines, marks and words, in the colour of the text around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

WIDTH = 420
_STYLE = 'font-family="Libertinus Serif, Georgia, serif" fill="currentColor"'
# About the width of a letter, as a part of the size of the type.
_LETTER = 0.47


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A finished drawing: its SVG, its title, and the same in words for who cannot see it."""

    svg: str
    title: str
    alternative: str


@dataclass(slots=True)
class Canvas:
    """A drawing in the making; coordinates in units, from the upper left corner."""

    parts: list[str] = field(default_factory=list)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, width: float = 1, faint: bool = False
    ) -> None:
        """Draw a line."""
        shade = ' stroke-opacity="0.25"' if faint else ""
        self.parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'stroke="currentColor" stroke-width="{width:g}"{shade}/>'
        )

    def dot(self, x: float, y: float, radius: float) -> None:
        """Draw a dot."""
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>')

    def words(self, x: float, y: float, text: str, *, size: float, anchor: str = "start") -> None:
        """Write words on the baseline `y`; `anchor` is SVG's start, middle or end."""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}">'
            f"{escape(text, quote=False)}</text>"
        )

    def finished(self, height: float, title: str, alternative: str) -> Drawing:
        """The drawing, with its text alternative within."""
        label = f"{title.rstrip('.')}. {alternative}"
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
            f'role="img" aria-label="{escape(label)}" {_STYLE}>'
            f"<title>{escape(title, quote=False)}</title>"
            f"<desc>{escape(alternative, quote=False)}</desc>"
            f"{''.join(self.parts)}</svg>"
        )
        return Drawing(svg=svg, title=title, alternative=alternative)


def breadth(text: str, size: float) -> float:
    """About how broad words are."""
    return len(text) * size * _LETTER
