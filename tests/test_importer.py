# ruff: noqa: E501  (the parts of DOCX and EPUB files are as long as their names)
"""Importing a witness: what was the carrier's goes, what was the author's stays."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from edition.bibliography import read_bibliography
from edition.cli import main
from edition.importer.collation import apply
from edition.importer.document import Source
from edition.importer.importing import Imported, import_source
from edition.importer.input_formats import read_source
from edition.importer.merging import merge
from edition.importer.normalisation import normalise
from edition.importer.units import Kind
from edition.loading.load import load
from edition.model import Work
from edition.project.layout import find_project
from edition.report.listing import quotation_rows
from edition.texts.errors import WitnessError
from edition.texts.plain_text import plain
from tests_support import needs_pandoc

ESSAYS = Path(__file__).parent / "importer"
BIBLIOGRAPHY = ESSAYS / "bibliography.bib"
HARBOUR = (ESSAYS / "harbour.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def works() -> dict[str, Work]:
    return dict(read_bibliography([("bibliography.bib", BIBLIOGRAPHY.read_bytes())]).works)


@pytest.fixture(scope="module")
def harbour(works: dict[str, Work]) -> Imported:
    return import_text(HARBOUR, works)


def import_text(text: str, works: dict[str, Work]) -> Imported:
    return import_source(Source(format="text", text=text), works)


def references(imported: Imported) -> list[str]:
    bound = sorted(imported.found.references, key=lambda b: b.start)
    return [f"{c.key} {c.place}".strip() for b in bound for c in b.cited]


def unit_texts(imported: Imported, kind: Kind) -> list[str]:
    return [u.text for u in imported.units if u.kind is kind]


class TestRoundTrip:
    @pytest.mark.parametrize("essay", sorted(ESSAYS.glob("*.txt")), ids=lambda p: p.stem)
    def test_stripped_text_is_the_witness_after_the_reported_changes(
        self, essay: Path, works: dict[str, Work]
    ) -> None:
        text = essay.read_text(encoding="utf-8")
        imported = import_text(text, works)
        assert plain(imported.text, imported.typed) == apply(text, imported.changes)

    @given(
        st.lists(
            st.text(
                alphabet=st.sampled_from("abc DEF.,:;-–—“”‘’()[]{}*_`#>%$&<\\|~+=1a)é\u0301אב"),
                min_size=1,
                max_size=60,
            ),
            min_size=2,
            max_size=6,
        )
    )
    def test_no_text_becomes_markup(self, paragraphs: list[str]) -> None:
        text = "Title of it\n\n" + "\n\n".join(f"Word {p.strip()} word." for p in paragraphs)
        try:
            imported = import_text(text, {})
        except WitnessError:
            return
        assert plain(imported.text, imported.typed) == apply(text, imported.changes)


class TestNormalisation:
    def test_hard_lines_and_stray_blanks_go(self, harbour: Imported) -> None:
        assert "so little understood. The harbour was built in haste" in harbour.normalised
        assert "is a wall with a door painted on it" in harbour.normalised

    @pytest.mark.parametrize(
        ("typed", "text"),
        [
            ("The register and the reg-\nister.", "The register and the register."),
            ("A self-made man, and self-\nmade men.", "A self-made man, and self-made men."),
            ("The semi- official pilots.", "The semi-official pilots."),
            ("Of pre- and post-war ships.", "Of pre- and post-war ships."),
            (
                "Consciousness, consciousness, conscious-ness.",
                "Consciousness, consciousness, consciousness.",
            ),
            ("It rose— and fell — twice.", "It rose— and fell — twice."),
            ("Two  blanks\tand a tab.", "Two blanks and a tab."),
        ],
    )
    def test_words_at_line_ends(self, typed: str, text: str) -> None:
        assert normalise(typed).text == text

    def test_dashes_and_marks_change_only_where_asked(self) -> None:
        text = "He said: \"No\" -- and 'yes'."
        assert normalise(text).text == text
        changed = normalise(text, options=frozenset({"dashes", "quotes"}))
        assert changed.text == "He said: “No”—and ‘yes’."
        assert {c.kind for c in changed.changes} == {"dash", "quotation-mark"}

    def test_every_change_is_listed_with_its_line(self, harbour: Imported) -> None:
        lines = HARBOUR.split("\n")
        assert harbour.changes
        for change in harbour.changes:
            assert (
                change.line == HARBOUR.count("\n", 0, change.start) + 1
                or change.before in lines[change.line - 1] + "\n"
            )


class TestStructure:
    def test_headings_captions_and_byline_hold_no_passage(self, harbour: Imported) -> None:
        assert unit_texts(harbour, Kind.TITLE) == [
            "The Lamp and the Bar: A Harbour and Its Critics"
        ]
        assert unit_texts(harbour, Kind.BYLINE) == ["by Anna Quill"]
        assert unit_texts(harbour, Kind.HEADING) == ["The First Winter", "What the law said"]
        assert unit_texts(harbour, Kind.CAPTION) == ["Plan of the mole (detail), courtesy of"]
        assert list(harbour.passages.values()) == [f"p{n}" for n in range(1, 16)]

    def test_a_list_is_one_passage(self, harbour: Imported) -> None:
        (listed,) = [u for u in harbour.units if u.kind is Kind.LIST]
        assert len(listed.items) == 3

    def test_a_portrait_is_no_heading(self) -> None:
        text = (
            "On Pilots\n\nThe pilot Ada Reef was known on the whole coast, and Ada Reef knew it.\n\n"
            "Tobias Keel\n\nTobias Keel came from the north, and was proud of it all his life.\n\n"
            "Ada Reef\n\nNobody else is worth a line in this account of the old harbour.\n"
        )
        imported = import_text(text, {})
        assert unit_texts(imported, Kind.HEADING) == ["Tobias Keel"]
        assert unit_texts(imported, Kind.CAPTION) == ["Ada Reef"]

    def test_notes_hold_no_passage(self) -> None:
        text = "On Pilots\n\nThey drank, and they said so.\n\nNotes\n\n1. All of them.\n\n2. Not all of them.\n"
        assert list(import_text(text, {}).passages.values()) == ["p1"]


# What a person reads in the essays: every reference to a work of the bibliography.
REFERENCES = {
    "harbour": [
        "ness-wreckers",
        "hart-night p. 112",
        "hart-letters p. 19",
        "reed-log vol. 2, p. 380, emphasis in the original",
        "reed-log pp. 381–382",
        "reed-log vol. 2, p. 390",
        "reed-log vol. 2, p. 391",
        "reed-log p. 392",
        "hart-night pp. 115–117",
        "hart-lamps pp. 140–141",
        "hart-lamps p. 145",
        "keel-tides p. 44",
        "moor-silt p. 210",
        "moor-silt p. 210",
    ],
    "dates": [
        "hart-letters p. 19",
        "moor-silt pp. 210–211",
        "keel-tides p. 44",
        "keel-winds p. 12",
        "ness-wreckers p. 31",
        "reed-log vol. 1, p. 12",
        "hart-letters pp. 21–22, my emphasis",
    ],
    "short": [
        "hart-letters p. 3",
        "hart-letters p. 4",
        "stern-preface p. xi",
        "keel-tides p. 88",
        "keel-winds p. 140",
        "keel-winds p. 141",
        "ness-wreckers pp. 14–15",
        "ness-wreckers p. 16",
        "ness-wreckers p. 16",
        "hart-night p. 120",
    ],
}


class TestReferences:
    @pytest.mark.parametrize("essay", REFERENCES)
    def test_each_is_bound_to_its_work_and_page(self, essay: str, works: dict[str, Work]) -> None:
        imported = import_text((ESSAYS / f"{essay}.txt").read_text(encoding="utf-8"), works)
        assert references(imported) == REFERENCES[essay]

    def test_what_is_not_recognised_stays_and_is_reported(self, harbour: Imported) -> None:
        (missed,) = harbour.found.missed
        assert missed.line == 70
        assert "The Long Shore" in missed.text
        assert "(Lydia Crane, The Long Shore, Marsh Books, Leeds, 1950, p. 77.)" in harbour.text

    @pytest.mark.parametrize(
        "typed",
        [
            "(Sarah Moss, The Politics of Ports, p. 3)",
            "(see p. 12 above)",
            "(in 1902)",
            "(Keel, p. 9)",  # two books of his, and none cited before
            "(Collected Works, Volume 7, p. 3)",
            "(ibid., p. 2)",
        ],
    )
    def test_nothing_is_guessed(self, typed: str, works: dict[str, Work]) -> None:
        imported = import_text(
            f"On It\n\nIt was said that “nobody went out in that winter” {typed}.", works
        )
        assert references(imported) == []
        assert typed in imported.text

    def test_quotations_are_bound(self, harbour: Imported) -> None:
        found = harbour.found
        bound = {
            harbour.quotations[n]: found.references[q.reference].cited[0].key
            for n, q in enumerate(found.quotations)
            if q.reference is not None
        }
        assert bound == {
            "q1": "hart-night",
            "q2": "hart-letters",
            "q3": "reed-log",
            "q4": "reed-log",
            "q5": "reed-log",
            "q6": "reed-log",
            "q7": "reed-log",
            "q8": "hart-lamps",
            "q9": "keel-tides",
            "q10": "moor-silt",
        }


def files_of(root: Path) -> dict[Path, bytes]:
    files = (p for p in root.rglob("*") if p.is_file() and ".edition-cache" not in p.parts)
    return {p: p.read_bytes() for p in files}


def run(root: Path, *arguments: str) -> Result:
    before = Path.cwd()
    os.chdir(root)
    try:
        return CliRunner().invoke(main, ["import", *arguments])
    finally:
        os.chdir(before)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "edition"
    root.mkdir()
    (root / "bibliography.bib").write_bytes(BIBLIOGRAPHY.read_bytes())
    (root / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    return root


class TestCommand:
    def test_a_new_edition_is_listed_with_its_quotations(self, project: Path) -> None:
        result = run(project, "harbour.txt")
        assert result.exit_code == 0, result.output
        edition = load(find_project(project))
        assert [p.id for p in edition.passages] == [f"p{n}" for n in range(1, 16)]
        rows = [f"{r['id']} {r['key']} {r['volume']} {r['pages']}" for r in quotation_rows(edition)]
        assert rows == [
            "q1 hart-night 3 112",
            "q2 hart-letters None 19",
            "q3 reed-log 2 380",
            "q4 reed-log None 381-382",
            "q5 reed-log 2 390",
            "q6 reed-log 2 391",
            "q7 reed-log None 392",
            "q8 hart-lamps 3 145",
            "q9 keel-tides None 44",
            "q10 moor-silt 12 210",
            "q11 None None None",
        ]

    def test_the_report_names_line_and_candidates(self, project: Path) -> None:
        output = run(project, "harbour.txt").output
        assert "line 70: reference not recognised" in output
        report = json.loads((project / "witness" / "harbour.json").read_text(encoding="utf-8"))
        assert report["not_recognised"][0]["line"] == 70
        assert {"line", "kind", "before", "after"} <= set(report["changes"][0])

    def test_a_missing_work_is_drafted(self, project: Path) -> None:
        assert run(project, "harbour.txt", "--draft-bibliography").exit_code == 0
        (draft,) = read_bibliography([("d", (project / "draft.bib").read_bytes())]).works.values()
        assert (draft.get("author"), draft.get("title"), draft.get("year")) == (
            "Lydia Crane",
            "The Long Shore",
            "1950",
        )
        assert "DRAFT" in str(draft.get("annotation"))
        again = run(project, "harbour.txt")
        assert "recognised." in again.output
        assert "not recognised" not in again.output

    def test_an_edited_file_is_merged(self, project: Path) -> None:
        run(project, "harbour.txt")
        text = project / "docs" / "harbour.md"
        text.write_text(
            text.read_text(encoding="utf-8").replace("(p1)=", "% mine\n(p1)="), encoding="utf-8"
        )
        (project / "harbour.txt").write_text(
            HARBOUR.replace("lit again", "lit once more"), encoding="utf-8"
        )
        assert run(project, "harbour.txt").exit_code == 0
        merged = text.read_text(encoding="utf-8")
        assert "% mine" in merged
        assert "lit once more" in merged

    def test_a_conflict_is_shown_and_nothing_lost(self, project: Path) -> None:
        run(project, "harbour.txt")
        text = project / "docs" / "harbour.md"
        text.write_text(
            text.read_text(encoding="utf-8").replace("lit again", "lit by me"), encoding="utf-8"
        )
        (project / "harbour.txt").write_text(
            HARBOUR.replace("lit again", "lit once more"), encoding="utf-8"
        )
        result = run(project, "harbour.txt")
        assert result.exit_code == 1
        assert "the text was edited here" in result.output
        merged = text.read_text(encoding="utf-8")
        assert "lit by me" in merged
        assert "lit once more" in merged
        refused = run(project, "harbour.txt")
        assert refused.exit_code == 2
        assert text.read_text(encoding="utf-8") == merged

    def test_a_file_of_the_editors_own_is_never_replaced(self, project: Path) -> None:
        (project / "docs").mkdir()
        (project / "docs" / "harbour.md").write_text("# Mine\n", encoding="utf-8")
        assert run(project, "harbour.txt").exit_code == 2
        assert (project / "docs" / "harbour.md").read_text(encoding="utf-8") == "# Mine\n"

    def test_a_failed_write_leaves_the_project_as_it_was(
        self, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run(project, "harbour.txt")
        before = files_of(project)
        (project / "harbour.txt").write_text(
            HARBOUR.replace("lit again", "lit once more"), encoding="utf-8"
        )
        before[project / "harbour.txt"] = (project / "harbour.txt").read_bytes()

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        assert run(project, "harbour.txt").exit_code == 2
        assert files_of(project) == before


STAND_OFF = """\
# The harbour

(p1)=
::::{passage}
The town is told of in our own words.
::::

(p4)=
::::{passage}
Hart is quoted.

:::{quotation} hart-letters
:name: q2
:page: 19
:opening: The tide went out, and
:closing: until the morning came.
:::
::::
"""


@pytest.fixture
def beside(project: Path) -> Path:
    (project / "docs").mkdir()
    (project / "docs" / "index.md").write_text(STAND_OFF, encoding="utf-8")
    (project / "apparatus").mkdir()
    (project / "apparatus" / "H.toml").write_text(
        'siglum = "H"\n[[note]]\npassage = "p2"\nlemma = "The register had been"\n'
        'kind = "lacuna"\nnote = "the line is cut off"\n'
        '[[note]]\npassage = "p1"\nlemma = "so little understood"\nkind = "sic"\nread = "so well"\n',
        encoding="utf-8",
    )
    result = run(project, "harbour.txt", "--fingerprints")
    assert result.exit_code == 0, result.output
    return project


class TestBeside:
    def test_the_text_lies_where_git_does_not_see_it(self, beside: Path) -> None:
        subprocess.run(["git", "init", "-q"], cwd=beside, check=True)
        subprocess.run(
            ["git", "add", "docs", "apparatus", "bibliography.bib"], cwd=beside, check=True
        )
        status = ["git", "status", "--short", "--untracked-files=all"]
        shown = subprocess.run(
            status, cwd=beside, check=True, capture_output=True, text=True
        ).stdout
        assert (beside / "witness" / "H.md").is_file()
        assert "witness/" not in shown

    def test_notes_are_set_at_their_lemma(self, beside: Path) -> None:
        text = (beside / "witness" / "H.md").read_text(encoding="utf-8")
        assert "{sic}`so little understood <so well>`" in text
        assert "had been {lacuna}`the line is cut off`" in text

    def test_quotations_take_the_numbers_of_the_edition(self, beside: Path) -> None:
        text = (beside / "witness" / "H.md").read_text(encoding="utf-8")
        assert ":name: q2" in text
        assert ":name: q3" not in text

    def test_the_words_of_its_references_are_counted(self, beside: Path) -> None:
        output = run(beside, "harbour.txt").output
        read, written = re.findall(r"(\d+) words read, (\d+) written", output)[0]
        assert read == written
        assert "Words differ" not in output

    def test_another_copys_readings_are_reported(self, beside: Path) -> None:
        (beside / "copy.txt").write_text(
            HARBOUR.replace("so little understood", "so ill understood"), encoding="utf-8"
        )
        output = run(beside, "copy.txt").output
        assert "15 of 15 passages of the witness are in this text" in output
        assert "p1, sentence 1, reads here: " in output
        assert "the text has no “so little understood”" in output

    def test_half_a_text_keeps_its_numbers(self, beside: Path) -> None:
        half = HARBOUR[HARBOUR.index("What the law said") :]
        (beside / "half.txt").write_text(half, encoding="utf-8")
        output = run(beside, "half.txt").output
        assert "of 15 passages of the witness are in this text" in output
        assert "not in this text: p1" in output

    def test_another_text_is_refused(self, beside: Path) -> None:
        before = (beside / "witness" / "H.md").read_bytes()
        other = (
            "On Bread\n\nBread is baked in the morning.\n\nIt is eaten at noon, or not at all.\n"
        )
        (beside / "other.txt").write_text(other, encoding="utf-8")
        result = run(beside, "other.txt")
        assert result.exit_code == 2
        assert "0 of the 15 paragraphs of the witness match" in result.output
        assert (beside / "witness" / "H.md").read_bytes() == before


def zipped(parts: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCX = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f"<w:document {WORD}><w:body>"
    "<w:p><w:r><w:t>On Lamps</w:t></w:r></w:p>"
    '<w:p><w:r><w:t xml:space="preserve">“A lamp is a question that nobody asks,” she wrote (Hart, </w:t></w:r>'
    "<w:r><w:rPr><w:i/></w:rPr><w:t>Letters</w:t></w:r><w:r><w:t>, p. 7).</w:t></w:r></w:p>"
    "</w:body></w:document>",
}
PAGE = (
    "<html><body><h1>On Lamps</h1><p>“A lamp is a question that nobody asks,” she wrote "
    "(Hart, <i>Letters</i>, p. 7).</p><script>alert(1)</script></body></html>"
)
EPUB = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="o/c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    "o/c.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>x</dc:title></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>',
    "o/a.xhtml": PAGE,
}


class TestCarriers:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("a.html", PAGE.encode()),
            pytest.param("a.docx", zipped(dict(DOCX)), marks=needs_pandoc),
            ("a.epub", zipped(dict(EPUB))),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_each_gives_the_same_text(self, name: str, data: bytes, works: dict[str, Work]) -> None:
        carried = read_source(data, name)
        imported = import_source(carried, works)
        assert references(imported) == ["hart-letters p. 7"]
        assert "alert" not in imported.text
        assert imported.text.startswith("# On Lamps\n")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_encodings(self, encoding: str) -> None:
        assert (
            "“à la carte”"
            in read_source("He ate “à la carte” there.\r\n".encode(encoding), "a.txt").text
        )

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "is empty"),
            (b" \n\n", "is empty"),
            (b"\x00\x01\x02\x03" * 50, "binary"),
            (b"%PDF-1.7 ...", "is a PDF"),
            (b"1234 5678\n", "no words"),
            (b"word " * 10_000_000, "50 MB"),
            (zipped({"a.txt": "text"}), "none of a text"),
            (zipped({**DOCX, "word/x.xml": b"a" * 70_000_000}), "unpack to 70 MB"),
            (zipped({**DOCX, "word/x.xml": b"a" * 5_000_000}), "swells"),
            (zipped({**DOCX, "../../x.xml": "a"}), "outside itself"),
            (
                zipped(
                    {
                        **DOCX,
                        "word/document.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
                    }
                ),
                "entities",
            ),
            (zipped({**EPUB, "o/c.opf": "<package"}), "cannot be read: not well-formed"),
            (b"PK\x03\x04 and nothing more", "damaged archive"),
        ],
    )
    def test_what_cannot_be_read_is_refused(self, data: bytes, said: str) -> None:
        with pytest.raises(WitnessError) as refused:
            read_source(data, "a.file")
        assert said in refused.value.message

    def test_an_entity_in_a_page_is_not_followed(self) -> None:
        page = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>Here it is: &x;</p></body></html>'
        assert "root:" not in read_source(page, "a.html").text

    def test_right_to_left_and_combining_letters_stay(self) -> None:
        text = "Titel\n\nשלום לכולם, אמר הוא.\n\nCafe\u0301 au lait, e\u0301crit-il.\n"
        imported = import_text(read_source(text.encode(), "a.txt").text, {})
        assert "שלום לכולם" in imported.text
        assert "Cafe\u0301" in imported.text


class TestMerging:
    @given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
    def test_no_line_of_an_edited_text_is_lost(
        self, edited: list[str], imported: list[str]
    ) -> None:
        base = "a\nb\nc\n"
        mine = "".join(f"mine {line}\n" for line in edited)
        merged = merge(base, mine, "".join(f"{line}\n" for line in imported))
        assert all(line in merged.text.splitlines() for line in mine.splitlines())


def test_an_import_needs_no_sphinx() -> None:
    code = (
        "import sys; import edition.cli.import_\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('sphinx', 'typst', 'pypandoc')))\n"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
