"""The cover of an e-book that has no picture of its own: drawn by Typst from its title."""

from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from edition.sphinx.typst.syntax import value

# Where the cover lies in the book, and how many pixels there are to a point: 1600 × 2560 in all.
PATH = "_static/edition-cover.png"
_PIXELS_PER_POINT = 4
_DRAWING = Path(__file__).parent / "cover.typ"


def draw(*, title: str, subtitle: str, author: str, foot: str, language: str) -> bytes:
    """Return the cover as PNG, the same bytes for the same words, with Typst's fonts alone."""
    words = {"title": title, "subtitle": subtitle, "author": author, "foot": foot}
    told = value({**words, "lang": language.partition("-")[0]})
    with TemporaryDirectory() as folder:
        main = Path(folder) / "cover.typ"
        main.write_text(
            f"#let cover = {told}\n{_DRAWING.read_text(encoding='utf-8')}", encoding="utf-8"
        )
        compiler = typst.Compiler(str(main), root=folder, ignore_system_fonts=True)
        drawn = compiler.compile(format="png", ppi=72 * _PIXELS_PER_POINT)
    if not isinstance(drawn, bytes):
        raise TypeError("Typst drew more than one page")
    return drawn
