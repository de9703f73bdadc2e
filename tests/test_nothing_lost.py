"""No output loses a word: the words of the sources against those of PDF, EPUB and HTML."""

from __future__ import annotations

import re
import shutil
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from docutils import nodes
from lxml import html
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

ROOTS = Path(__file__).parent / "roots"
# Where the sources are, and the formats that a root is made for.
PROJECTS = {
    "boxes": ("docs", ("PDF", "EPUB", "HTML")),
    "constructs": ("docs", ("PDF", "EPUB", "HTML")),
    "epub": ("docs", ("PDF", "EPUB", "HTML")),
    "harbour": ("docs", ("PDF", "EPUB", "HTML")),
    "typst": (".", ("PDF",)),
}
BUILDERS = {"PDF": "typst", "EPUB": "epub", "HTML": "html"}

pytestmark = pytest.mark.filterwarnings("ignore")


def built(name: str, folder: Path) -> dict[str, Counter[str]]:
    """Build a root: the words of its sources and of each format."""
    place, formats = PROJECTS[name]
    shutil.copytree(ROOTS / name, folder / "root")
    source = folder / "root" / place
    found: dict[str, Counter[str]] = {}
    for format_ in formats:
        builder = BUILDERS[format_]
        out, trees = folder / builder, folder / f"{builder}-trees"
        with patch_docutils(source), docutils_namespace():
            app = Sphinx(source, source, out, trees, builder, status=None, warningiserror=True)
            app.build()
        if format_ == "PDF":
            documents = [app.env.get_doctree(name) for name in sorted(app.env.found_docs)]
            found["sources"] = words("\n".join(map(shown, documents)))
            found[format_] = words(text_of_pdf(out / "edition.pdf"))
        elif format_ == "EPUB":
            (book,) = out.glob("*.epub")
            with zipfile.ZipFile(book) as archive:
                pages = [archive.read(n) for n in archive.namelist() if n.endswith(".xhtml")]
            found[format_] = words("\n".join(map(text_of_page, pages)))
        else:
            pages = [page.read_bytes() for page in out.rglob("*.html")]
            found[format_] = words("\n".join(map(text_of_page, pages)))
    return found


def words(text: str) -> Counter[str]:
    """Count words and numbers, and of Hebrew and Arabic the letters.

    In a PDF the number of a note is glued to its word, and the order of words that run from
    right to left is the viewer's to find.
    """
    pattern = r"[\u0590-\u08ff]|(?:(?![\u0590-\u08ff])[^\W\d_])+|\d+"
    return Counter(re.findall(pattern, unicodedata.normalize("NFKC", text)))


def shown(tree: nodes.document) -> str:
    """Return what a reader is to see, but for formulas and what is made while resolving."""
    unseen = (nodes.Invisible, nodes.raw, nodes.math, nodes.math_block, addnodes.index)
    made = (addnodes.toctree, addnodes.pending_xref, addnodes.only)
    for node in list(tree.findall(lambda n: isinstance(n, (*unseen, *made)))):
        node.parent.remove(node)
    return "\n".join(node.astext() for node in tree.findall(nodes.Text))


def text_of_pdf(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    # A word that a line ends within.
    return re.sub(r"[\ufffe\u00ad]\r?\n?", "", text).replace("\u200b", "")


def text_of_page(page: bytes) -> str:
    root: Any = html.fromstring(page)
    for script in root.xpath("//script | //style"):
        script.getparent().remove(script)
    return "\n".join(root.itertext())


@pytest.mark.parametrize("name", PROJECTS)
def test_every_word_is_in_every_output(name: str, tmp_path: Path) -> None:
    found = built(name, tmp_path)
    sources = found.pop("sources")
    assert {format_: sources - words for format_, words in found.items()} == {
        format_: Counter() for format_ in found
    }


def test_a_lost_word_is_seen() -> None:
    assert words("the tide went out") - words("the tide went") == Counter(["out"])
