"""The front matter tells the truth of what was built: the companion, or the full edition."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pytest

ROOT = Path(__file__).parents[1]
OURS = "Words of ours in the place of the article."
PAGES = ("index", "introduction", "download")
NOT_HERE = ("is not reprinted here", "contains neither the article", "go to the article")
HERE = ("This full edition", "from a copy that its owner supplied", "owner’s own use")


class Built(NamedTuple):
    """What a reader sees of a build: its first pages, the e-book's and the book's titles."""

    pages: str
    epub: str
    pdf: str


def built(root: Path, *, full: bool) -> Built:
    """Build all three outputs of this edition, with a text of one passage if it is the full one."""
    for name in ("docs", "bibliography.bib", "pyproject.toml", "CITATION.cff"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, root / name)
    if full:
        (root / "witness").mkdir()
        (root / "witness" / "T.md").write_text(f"(p1)=\n{OURS}\n", encoding="utf-8")
    for builder in ("html", "epub", "typst"):
        subprocess.run(
            [sys.executable, "-m", "sphinx", "-q", "-b", builder, root / "docs", root / builder],
            check=True,
            capture_output=True,
        )
    with zipfile.ZipFile(root / "epub" / "edition.epub") as archive:
        package = next(name for name in archive.namelist() if name.endswith(".opf"))
        epub = archive.read(package).decode()
    book = pypdfium2.PdfDocument(root / "typst" / "edition.pdf")
    pdf = " ".join(book[number].get_textpage().get_text_range() for number in range(4))
    pages = " ".join(_text(root / "html" / f"{name}.html") for name in (*PAGES, "text/opening"))
    return Built(pages, html.unescape(epub), re.sub(r"\s+", " ", pdf))


def _text(page: Path) -> str:
    body = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]+>", " ", page.read_text(encoding="utf-8"))
    return re.sub(r"\s+", " ", html.unescape(body))


@pytest.fixture(scope="module")
def companion(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.mktemp("companion"), full=False)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.mktemp("full"), full=True)


def test_the_companion_says_that_it_lacks_the_article(companion: Built) -> None:
    assert OURS not in companion.pages
    assert [said for said in NOT_HERE if said not in companion.pages] == []
    assert [said for said in HERE if said in companion.pages] == []
    assert "companion edition" in companion.epub
    assert "companion edition" in companion.pdf


def test_the_full_edition_says_that_it_has_it(full: Built) -> None:
    assert OURS in full.pages
    assert [said for said in HERE if said not in full.pages] == []
    assert [said for said in NOT_HERE[:2] if said in full.pages] == []
    assert "with restatement and commentary" in full.epub
    assert ">Ronald Tabor</dc:creator>" in full.epub
    assert "with restatement and commentary" in full.pdf
    told = full.pages + full.epub + full.pdf.partition("Contents")[0]
    assert "companion edition" not in told.lower()


def test_one_form_of_citation(companion: Built) -> None:
    cited = subprocess.run(
        [sys.executable, "-m", "edition", "cite", "p21", "--project", ROOT],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    readme = re.sub(r"\s*\n>? ?|\*", " ", (ROOT / "README.md").read_text(encoding="utf-8"))
    squeezed = re.sub(r" +(?=[,.])", "", re.sub(r" +", " ", readme))
    assert cited in squeezed
    assert cited in companion.pages
