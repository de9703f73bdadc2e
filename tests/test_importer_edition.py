"""This edition with its witness: what is recognised in the article, and what is never published.

These tests need a copy of the article, which the repository may not hold: EDITION_WITNESS names it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from edition.bibliography import read_bibliography
from edition.cli import main
from edition.importer.collation import apply
from edition.importer.document import Source
from edition.importer.importing import Imported, import_source, passage_at
from edition.importer.input_formats import read_source
from edition.importer.units import PASSAGES, Kind
from edition.loading.load import load
from edition.locator import pages_normal, parse
from edition.project.layout import find_project
from edition.texts import layout
from edition.texts.apparatus import LONGEST_LEMMA
from edition.texts.fingerprint import bare, sentences
from edition.texts.plain_text import MARKER, plain
from test_edition import REGISTER

ROOT = Path(__file__).parents[1]
WITNESS = os.environ.get("EDITION_WITNESS", "")
WORD = re.compile(r"[^\W_]+")
RE = {"re": "http://exslt.org/regular-expressions"}
SENTENCE = 9  # words from which words in a row are a sentence of the article and no term of it

needs_witness = pytest.mark.skipif(
    not WITNESS, reason="the article is in copyright: EDITION_WITNESS names no copy of it"
)


class TestApparatus:
    """What the repository says of the text: facts and lemmata."""

    @pytest.mark.parametrize("siglum", layout.sigla(ROOT))
    def test_lemmata_are_short_and_fingerprints_complete(self, siglum: str) -> None:
        apparatus = layout.apparatus_of(ROOT, siglum)
        assert apparatus is not None
        assert all(len(note.lemma.split()) <= LONGEST_LEMMA for note in apparatus.notes)
        known = [one.id for one in layout.fingerprints_of(ROOT, siglum) if one.id]
        assert known == [f"p{n}" for n in range(1, 75)]

    def test_the_six_lacunae_and_the_cut_caption(self) -> None:
        apparatus = layout.apparatus_of(ROOT, "T")
        assert apparatus is not None
        lacunae = [note.passage for note in apparatus.notes if note.kind == "lacuna"]
        assert lacunae == ["p5", "p6", "p8", "p9", "p11", "p11", "p14"]


@pytest.fixture(scope="module")
def text() -> str:
    return read_source(Path(WITNESS).read_bytes(), "witness").text


@pytest.fixture(scope="module")
def imported(text: str) -> Imported:
    """The article in a project of its own, as an editor of a free text would import it."""
    works = read_bibliography([("b", (ROOT / "bibliography.bib").read_bytes())]).works
    return import_source(Source(format="text", text=text), works)


@needs_witness
class TestArticle:
    def test_round_trip(self, imported: Imported, text: str) -> None:
        assert plain(imported.text, imported.typed) == apply(text, imported.changes)

    def test_passages(self, imported: Imported) -> None:
        assert sum(u.kind in PASSAGES for u in imported.units) == 74

    def test_quotations(self, imported: Imported) -> None:
        works = read_bibliography([("b", (ROOT / "bibliography.bib").read_bytes())]).works
        rows = []
        for n, quotation in enumerate(imported.found.quotations):
            assert quotation.reference is not None
            cited = imported.found.references[quotation.reference].cited[0]
            volume = cited.volume or works[cited.key].get("volume") or "-"
            passage = passage_at(quotation.start, imported.units, imported.passages)
            pages = pages_normal(parse(cited.locator or ""))
            rows.append(f"{imported.quotations[n]} {passage} {cited.key} {volume} {pages}")
        wanted = [row.split()[:5] for row in REGISTER.splitlines()]
        # A volume that the author names but once is not carried over to later references.
        typed = [row.split() for row in rows]
        assert [r[:3] + r[4:] for r in typed] == [r[:3] + r[4:] for r in wanted]
        assert [r[0] for r, w in zip(typed, wanted, strict=True) if r[3] != w[3]] == ["q25"]

    def test_other_references(self, imported: Imported) -> None:
        quoting = {q.reference for q in imported.found.quotations}
        others = [
            (c.key, c.place)
            for n, bound in enumerate(imported.found.references)
            if n not in quoting and not bound.repeats
            for c in bound.cited
        ]
        assert sorted(others) == [
            ("getzler-kronstadt", ""),
            ("lenin-political-situation", "pp. 176–178"),
            ("lenin-slogans", "pp. 183–190"),
        ]
        assert imported.found.missed == []

    def test_doubled_references(self, imported: Imported) -> None:
        lines = [bound.line for bound in imported.found.references if bound.repeats]
        assert lines == [258, 415]

    def test_every_note_finds_its_lemma(self, text: str) -> None:
        project = find_project(ROOT)
        edition = load(project)
        laid = import_source(
            Source(format="text", text=text),
            edition.bibliography.works,
            apparatus=layout.apparatus_of(ROOT, "T"),
            known=layout.fingerprints_of(ROOT, "T"),
            quoted=tuple(q for q in edition.quotations if q.id),
        )
        assert (laid.matched, laid.known) == (74, 74)
        assert (laid.unplaced, laid.variants, laid.missing, laid.extra, laid.unquoted) == (
            (),
            (),
            (),
            (),
            (),
        )
        assert sorted(laid.quotations.values()) == sorted(f"q{n}" for n in range(1, 36))
        assert plain(laid.text, laid.typed) == laid.normalised


def copied(target: Path) -> Path:
    """The files that git knows or would take, in a folder of their own."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    return target


def build(root: Path, builder: str) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, "docs", f"build/{builder}"]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=600)
    assert result.returncode == 0, result.stderr


def long_sentences(text: str) -> Iterator[str]:
    for sentence in sentences(" ".join(text.split())):
        words = bare(sentence)
        if len(words.split()) >= SENTENCE:
            yield words


@needs_witness
def test_the_repository_holds_no_sentence_of_the_article(text: str) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    wanted = list(long_sentences(text))
    for name in filter(None, listed.split("\0")):
        try:
            held = bare((ROOT / name).read_text(encoding="utf-8"))
        except (UnicodeDecodeError, OSError):
            continue
        assert [s for s in wanted if s in held] == [], name


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The companion and the full edition, as HTML and EPUB."""
    companion = copied(tmp_path_factory.mktemp("companion"))
    full = copied(tmp_path_factory.mktemp("full"))
    before = Path.cwd()
    os.chdir(full)
    try:
        result = CliRunner().invoke(main, ["import", str(Path(WITNESS).absolute())])
    finally:
        os.chdir(before)
    assert result.exit_code == 0, result.output
    for root in (companion, full):
        build(root, "html")
        build(root, "epub")
    return companion, full


@needs_witness
class TestTwoBuilds:
    @staticmethod
    def ids(root: Path, name: str) -> set[str]:
        page = html.parse(str(root / "build" / "html" / "text" / name)).getroot()
        return {i for i in page.xpath("//@id") if re.fullmatch(r"[pq]\d+", i)}

    @pytest.mark.parametrize(
        "name", ["opening", "victor-serge", "theoretical-background", "lenins-goal"]
    )
    def test_same_pages_same_anchors(self, roots: tuple[Path, Path], name: str) -> None:
        companion, full = (self.ids(root, f"{name}.html") for root in roots)
        assert companion == full

    @staticmethod
    def base_text(root: Path) -> dict[str, str]:
        """The text that each passage of the website shows, without what editors add to it."""
        found: dict[str, str] = {}
        for file in (root / "build" / "html" / "text").glob("*.html"):
            page = html.parse(str(file)).getroot()
            for passage in page.xpath("//*[contains(@class, 'passage-words')]"):
                for added in passage.xpath(
                    ".//*[@role='doc-noteref' or contains(@class, 'lacuna')"
                    " or contains(@class, 'supplied') or contains(@class, 'visually-hidden')"
                    " or contains(@class, 'permalink') or contains(@class, 'textual-note')"
                    " or starts-with(@class, 'mark')]"  # what is known of a quotation's page
                ):
                    tail = added.tail or ""
                    added.clear()
                    added.tail = tail
                ident = passage.xpath(
                    "ancestor::*[re:match(@id, '^p[0-9]+$')][1]/@id", namespaces=RE
                )
                found[str(ident[0])] = passage.text_content()
        return found

    def test_the_base_text_is_the_witness_word_for_word(
        self, roots: tuple[Path, Path], imported: Imported
    ) -> None:
        shown = self.base_text(roots[1])
        wanted: dict[str, str] = {}
        passage = ""
        for i, unit in enumerate(imported.units):
            passage = "" if unit.kind is Kind.HEADING else imported.passages.get(i, passage)
            if passage:
                # The numbers of a list are set by the browser.
                lines = [MARKER.sub("", item, count=1) for item in unit.items] or [unit.text]
                wanted[passage] = " ".join((wanted.get(passage, ""), *lines))
        assert shown.keys() == wanted.keys()
        differing = [p for p in wanted if WORD.findall(shown[p]) != WORD.findall(wanted[p])]
        assert differing == []

    def test_every_lemma_is_in_the_text_that_it_annotates(self, roots: tuple[Path, Path]) -> None:
        shown = self.base_text(roots[1])
        apparatus = layout.apparatus_of(ROOT, "T")
        assert apparatus is not None
        for note in apparatus.notes:
            assert " ".join(note.lemma.split()) in " ".join(shown[note.passage].split()), note

    def test_git_sees_nothing_of_the_text(self, roots: tuple[Path, Path]) -> None:
        full = roots[1]
        subprocess.run(["git", "init", "-q"], cwd=full, check=True)
        shown = subprocess.run(
            ["git", "status", "--short", "-uall"],
            cwd=full,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        assert [
            row
            for row in shown.splitlines()
            if "witness/" in row and "src/" not in row and "tests/" not in row
        ] == []

    def test_the_companion_holds_no_sentence(self, roots: tuple[Path, Path], text: str) -> None:
        wanted = list(long_sentences(text))
        pages = list((roots[0] / "build" / "html").rglob("*.html"))
        words = {p.name: bare(html.parse(str(p)).getroot().text_content()) for p in pages}
        with zipfile.ZipFile(next((roots[0] / "build" / "epub").glob("*.epub"))) as book:
            for part in book.namelist():
                if part.endswith((".xhtml", ".html", ".js")):
                    words[part] = bare(re.sub(r"<[^>]*>", " ", book.read(part).decode()))
        for script in (roots[0] / "build" / "html").rglob("search*.js"):
            words[script.name] = bare(script.read_text(encoding="utf-8", errors="replace"))
        for name, held in words.items():
            assert [s for s in wanted if s in held] == [], name

    def test_the_full_edition_holds_every_sentence(
        self, roots: tuple[Path, Path], text: str
    ) -> None:
        # A note's letter and a citation stand where the words are joined, so most are compared.
        pages = (roots[1] / "build" / "html" / "text").glob("*.html")
        held = " ".join(bare(html.parse(str(p)).getroot().text_content()) for p in pages)
        wanted = list(long_sentences(text))
        found = [s for s in wanted if " ".join(s.split()[1:7]) in held]
        assert len(found) > 0.9 * len(wanted)
