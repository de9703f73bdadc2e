"""Readers of sources: the pages of each format, and files that no reader should trust."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.formats.page_labels import label_remarks, label_runs, printed_labels
from edition.formats.pages import Page, Source, SourceError
from edition.formats.reading import LARGEST, SUFFIXES, read_pages
from edition.verify.cache import Cache
from edition.verify.folder import find_sources
from edition.verify.index import GramIndex
from edition.verify.reading import read_sources
from verify_support import book, zipped


def pages(
    name: str, data: str | bytes, marks: tuple[str, ...] = ()
) -> list[tuple[str | None, str]]:
    data = data.encode() if isinstance(data, str) else data
    return [(page.label, " ".join(page.text.split())) for page in read_pages(name, data, marks)]


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_pages(name, data)
    assert caught.value.hint
    return caught.value.message


class TestPlainText:
    @pytest.mark.parametrize(
        "text",
        [
            "[p. xii]\nThe lamp.\n[p. 1]\nThe pier.\n",
            "[xii]\nThe lamp.\n[1]\nThe pier.\n".replace("[", "[p."),
            "page xii\nThe lamp.\npage 1\nThe pier.\n",
            "--- Page xii ---\nThe lamp.\n--- Page 1 ---\nThe pier.\n",
            '<pb n="xii"/>The lamp.\r\n<pb n="1"/>The pier.',
        ],
    )
    def test_marks_begin_pages(self, text: str) -> None:
        assert pages("hart.txt", text) == [("xii", "The lamp."), ("1", "The pier.")]

    def test_what_stands_before_the_first_mark_has_no_label(self) -> None:
        assert pages("hart.txt", "Title\n[p. 3]\nThe pier.")[0] == (None, "Title")

    def test_a_projects_own_marks(self) -> None:
        text = "{{7}} The pier. {{8}} The boat."
        assert pages("hart.txt", text, (r"\{\{(\d+)\}\}",)) == [
            ("7", "The pier."),
            ("8", "The boat."),
        ]

    def test_a_reference_in_a_text_with_form_feeds_is_no_mark(self) -> None:
        texts = [f"{n}\n{text}" for n, text in enumerate(book(6), 11)]
        texts[2] += " as was said before [p. 3] and again"
        labels = [label for label, _ in pages("hart.txt", "\f".join(texts))]
        assert labels == [str(n) for n in range(11, 17)]

    @pytest.mark.parametrize("mark", ["[Pg {}]", "{{{}}}", "[S. {}]", "Page {}"])
    def test_marks_of_transcriptions(self, mark: str) -> None:
        text = "\n".join(f"{mark.format(n)}\nThe pier {n}." for n in (7, 8, 9))
        assert [label for label, _ in pages("hart.txt", text)] == ["7", "8", "9"]

    def test_an_encoding_that_cannot_be_told(self) -> None:
        text = "Гавань была тиха в тот вечер. " * 9
        assert "encoding" in refusal("hart.txt", text.encode("cp1251"))
        assert pages("hart.txt", text.encode("utf-16")) == [(None, text.strip())]

    def test_a_binary_file(self) -> None:
        assert "binary" in refusal("hart.txt", b"\0\1\2" * 99)

    def test_form_feeds_take_the_printed_numbers(self) -> None:
        texts = book(8)
        texts = [f"THE PIER {n}\n{text}" if n != 14 else text for n, text in enumerate(texts, 11)]
        labels = [label for label, _ in pages("hart.txt", "\f".join(texts))]
        assert labels == [str(n) for n in range(11, 19)]

    def test_without_marks_it_is_one_page(self) -> None:
        assert pages("hart.txt", "The pier.") == [(None, "The pier.")]

    def test_old_code_pages(self) -> None:
        assert pages("hart.txt", "“Stürme”".encode("cp1252")) == [(None, "“Stürme”")]

    @given(st.binary(max_size=200), st.sampled_from(sorted(SUFFIXES)))
    def test_no_bytes_break_a_reader(self, data: bytes, suffix: str) -> None:
        with suppress(SourceError):
            assert read_pages(f"hart{suffix}", data)


class TestLabels:
    def test_roman_front_matter(self) -> None:
        texts = [
            f"{n}\n{text}"
            for n, text in zip("iii iv v vi vii 1 2 3 4".split(), book(9), strict=True)
        ]
        assert printed_labels(texts) == ["iii", "iv", "v", "vi", "vii", "1", "2", "3", "4"]

    def test_a_few_misread_numbers_mislead_nobody(self) -> None:
        numbers = list(range(21, 41))
        read = {3: "4", 4: "5", 9: "8", 12: "", 13: "1917", 15: "b"}
        texts = [
            f"{read.get(at, number)}\n{text}"
            for at, (number, text) in enumerate(zip(numbers, book(20), strict=True))
        ]
        assert printed_labels(texts) == [str(number) for number in numbers]

    def test_the_first_page_of_a_text_carries_no_number(self) -> None:
        texts = [f"{n}\n{text}" if n > 1 else text for n, text in enumerate(book(6), 1)]
        assert printed_labels(texts)[0] == "1"

    def test_plates_without_numbers_have_none(self) -> None:
        texts = [f"{n}\n{text}" for n, text in enumerate(book(12), 1)]
        texts[6:6] = ["A view of the pier", "The lamp, from the sea"]
        assert printed_labels(texts) == [*"123456", None, None, "7", "8", "9", "10", "11", "12"]

    def test_labels_that_are_not_those_printed_are_told(self) -> None:
        made = [Page(str(n), f"{n + 4}\n{text}") for n, text in enumerate(book(7), 1)]
        assert "labels that are not the numbers printed: 1 (5)" in " ".join(label_remarks(made))

    def test_labels_in_short(self) -> None:
        labels = ["i", "ii", None, "1", "2", "3", "7", "A"]
        assert label_runs(labels) == "i–ii, 1–3, 7, A"

    def test_a_number_that_does_not_fit_is_no_label(self) -> None:
        texts = [f"1917 {text}" for text in book(3)]
        assert printed_labels(texts) == [None, None, None]

    def test_gaps_doubles_and_missing_labels_are_told(self) -> None:
        labels = ["1", "2", "2", "6", None, "7"]
        told = " ".join(label_remarks([Page(label, "text") for label in labels]))
        assert "1 page of 6 without a label" in told
        assert "repeat: 2" in told
        assert "missing: 3–5" in told


TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><p>Not text.</p></teiHeader>
<text><body><pb n="xii"/><p>The <hi>lamp</hi> was<lb/> lit.</p><pb n="1"/><fw>THE PIER</fw>
<p>The pi<lb break="no"/>er.</p></body></text></TEI>"""
ALTO = """<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout>
<Page PHYSICAL_IMG_NR="19" PRINTED_IMG_NR="12"><PrintSpace><TextBlock>
<TextLine><String CONTENT="The"/><SP/><String CONTENT="har"/><HYP/></TextLine>
<TextLine><String CONTENT="bour."/></TextLine></TextBlock></PrintSpace></Page>
<Page PHYSICAL_IMG_NR="20"/></Layout></alto>"""
HOCR = """<!DOCTYPE html><html><body>
<div class="ocr_page" title="image x; ppageno 3; lpageno 7"><span class="ocr_line">
<span class="ocrx_word">The</span> <span class="ocrx_word">pier.</span></span>
<p class="ocr_par"><span class="ocr_line">It <b>stood</b>.</span></p></div>
<div class="ocr_page" title="ppageno 4; lpageno 8"><span class="ocr_line">The boat.</span></div>
</body></html>"""


class TestMarkup:
    def test_tei(self) -> None:
        assert pages("hart.xml", TEI) == [("xii", "The lamp was lit."), ("1", "The pier.")]

    def test_alto_takes_the_printed_number(self) -> None:
        assert pages("hart.xml", ALTO) == [("12", "The har- bour."), (None, "")]

    def test_hocr(self) -> None:
        assert pages("hart.hocr", HOCR) == [("7", "The pier. It stood."), ("8", "The boat.")]

    def test_notes_do_not_divide_the_sentence(self) -> None:
        text = '<TEI><pb n="[iv]"/><p>The lamp<note>Since 1799.</note> was lit.</p></TEI>'
        assert pages("hart.xml", text) == [("iv", "The lamp was lit. * Since 1799.")]

    def test_a_reading_counts_unless_another_is_offered(self) -> None:
        text = (
            '<TEI><pb n="1"/><p>A <sic>lampe</sic> and a <choice><sic>peir</sic>'
            "<corr>pier</corr></choice>.</p></TEI>"
        )
        assert pages("hart.xml", text) == [("1", "A lampe and a pier.")]

    def test_characters_given_by_name(self) -> None:
        text = (
            '<!DOCTYPE TEI.2 PUBLIC "x" "tei2.dtd" [<!ENTITY % more "INCLUDE"> %more;\n'
            "<!-- it's a comment ]> --><!ENTITY ship 'brig &#38; boat'>]>\n"
            '<TEI.2><pb n="1"/><p>The &ship;&mdash;&thorn;e &unheard;pier &amp; lamp.</p></TEI.2>'
        )
        assert pages("hart.xml", text) == [("1", "The brig & boat—þe pier & lamp.")]

    def test_hocr_as_recognisers_write_it(self) -> None:
        text = (
            '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en"><body>'
            "<div class='ocr_page' title='image \"x\"; ppageno 0'><span class='ocr_line'>"
            "<span class='ocrx_word'>The</span> <span class='ocrx_word'>pier</span></span></div>"
            "</body></html>"
        )
        assert pages("hart.hocr", text) == [(None, "The pier")]

    @pytest.mark.parametrize(
        "mark",
        [
            '<span class="pagenum" id="Page_7">[Pg 7]</span>',
            '<span class="pagenum"><a id="Page_7"></a></span>',
            '<a class="pageno" id="p7">7</a>',
            '<span role="doc-pagebreak" aria-label="Page 7"></span>',
        ],
    )
    def test_a_web_page_with_page_numbers(self, mark: str) -> None:
        text = (
            f"<html><head><title>Not text</title></head><body><p>The lamp.<br>{mark}The pier"
            '<a class="fnanchor" href="#n">[1]</a> stood.</p></body></html>'
        )
        assert pages("hart.html", text) == [(None, "The lamp."), ("7", "The pier stood.")]

    def test_an_external_entity_is_refused(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("secret")
        bad = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file://{secret}">]><TEI><p>&x;</p></TEI>'
        assert "entities" in refusal("hart.xml", bad.encode())

    def test_entities_that_multiply_are_refused(self) -> None:
        bad = '<!DOCTYPE TEI [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><TEI>&b;</TEI>'
        assert "entities" in refusal("hart.xml", bad.encode())

    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
    def test_in_another_encoding_too(self, codec: str) -> None:
        bad = (
            '<?xml version="1.0" encoding="utf-16"?>'
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI>&x;</TEI>'
        )
        assert "entities" in refusal("hart.xml", bad.encode(codec))

    def test_deep_nesting_is_refused(self) -> None:
        bad = "<TEI>" + "<div>" * 100_000 + "x" + "</div>" * 100_000 + "</TEI>"
        assert refusal("hart.xml", bad.encode())

    def test_other_xml_is_told_so(self) -> None:
        assert "<svg>" in refusal("hart.xml", b"<svg>text</svg>")


NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>x</title></head><body><nav epub:type="page-list"><ol>
<li><a href="one.xhtml#p1">xii</a></li><li><a href="one.xhtml#p2">1</a></li></ol></nav>
</body></html>"""
ONE = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>Not text</title></head><body>
<p><span id="p1" epub:type="pagebreak" title="xii"/>The lamp was <i>lit</i>.</p>
<p>It burn<span id="p2" role="doc-pagebreak" aria-label="1"/>ed.</p></body></html>"""
EPUB = {
    "META-INF/container.xml": '<container xmlns="x"><rootfiles>'
    '<rootfile full-path="OPS/a.opf"/></rootfiles></container>',
    "OPS/a.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
    '<item id="nav" href="nav.xhtml" properties="nav"/><item id="one" href="one.xhtml"/></manifest>'
    '<spine><itemref idref="one"/></spine></package>',
    "OPS/nav.xhtml": NAV,
    "OPS/one.xhtml": ONE,
}


class TestEpub:
    def test_pages_of_the_print(self) -> None:
        found = pages("hart.epub", zipped(dict(EPUB)))
        assert found == [("xii", "The lamp was lit. It burn"), ("1", "ed.")]

    def test_labels_by_the_list_alone(self) -> None:
        bare = ONE.replace(' epub:type="pagebreak" title="xii"', "").replace(
            ' role="doc-pagebreak" aria-label="1"', ""
        )
        labels = [label for label, _ in pages("hart.epub", zipped({**EPUB, "OPS/one.xhtml": bare}))]
        assert labels == ["xii", "1"]

    def test_headings_in_the_list_are_no_labels(self) -> None:
        nav = NAV.replace("<ol>", "<h2>Pages</h2><ol>")
        bare = ONE.replace(' title="xii"', "")
        made = zipped({**EPUB, "OPS/nav.xhtml": nav, "OPS/one.xhtml": bare})
        assert [label for label, _ in pages("hart.epub", made)] == ["xii", "1"]

    def test_references_to_notes_are_no_text(self) -> None:
        noted = ONE.replace("lit</i>", 'lit</i><a epub:type="noteref" href="#n">1</a>')
        assert pages("hart.epub", zipped({**EPUB, "OPS/one.xhtml": noted}))[0][1] == (
            "The lamp was lit. It burn"
        )

    def test_a_broken_archive(self) -> None:
        assert "broken" in refusal("hart.epub", zipped(dict(EPUB))[:300])

    def test_a_missing_part(self) -> None:
        assert "broken" in refusal("hart.epub", zipped({"mimetype": "x"}))

    def test_a_zip_bomb(self) -> None:
        assert "unpack" in refusal("hart.epub", zipped({**EPUB, "bomb": b"\0" * (40 << 20)}))

    def test_an_encrypted_text(self) -> None:
        locked = '<encryption><CipherReference URI="OPS/one.xhtml"/></encryption>'
        assert "encrypted" in refusal(
            "hart.epub", zipped({**EPUB, "META-INF/encryption.xml": locked})
        )


def pdf(texts: list[str], labels: bool = True, password: str = "") -> bytes:
    """A PDF whose pages are labelled iii, iv, then 1, 2, …"""
    document = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for text in texts:
        page = document.add_blank_page(page_size=(400, 400))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n"))
        page.Contents = document.make_stream(f"BT /F 12 Tf 20 350 Td {lines}ET".encode())
    if labels:
        document.Root.PageLabels = pikepdf.Dictionary(
            Nums=[
                0,
                pikepdf.Dictionary(S=pikepdf.Name.r, St=3),
                2,
                pikepdf.Dictionary(S=pikepdf.Name.D, St=1),
            ]
        )
    out = BytesIO()
    encryption = pikepdf.Encryption(owner="x", user=password) if password else False
    document.save(out, encryption=encryption)
    return out.getvalue()


class TestPdf:
    def test_labels_and_not_sheets(self) -> None:
        found = pages("hart.pdf", pdf(["The lamp was lit.", "The night.", "The pier stood."]))
        assert found == [
            ("iii", "The lamp was lit."),
            ("iv", "The night."),
            ("1", "The pier stood."),
        ]

    def test_without_labels_the_printed_numbers(self) -> None:
        made = pdf(
            [f"{n}\nThe pier stood {w}." for n, w in zip("78901", "abcde", strict=True)], False
        )
        assert [label for label, _ in pages("hart.pdf", made)] != ["1", "2", "3", "4", "5"]

    def test_sheets_that_were_counted_give_way_to_printed_numbers(self) -> None:
        made = pdf([f"{n}\nThe pier stood {n} times" for n in range(31, 39)], labels=False)
        with pikepdf.open(BytesIO(made)) as document:
            decimal = pikepdf.Dictionary(S=pikepdf.Name.D)
            document.Root.PageLabels = pikepdf.Dictionary(Nums=[0, decimal])
            out = BytesIO()
            document.save(out)
        found = [label for label, _ in pages("hart.pdf", out.getvalue())]
        assert found == [str(n) for n in range(31, 39)]

    def test_an_encrypted_one(self) -> None:
        assert "password" in refusal("hart.pdf", pdf(["The pier stood."], password="x"))

    def test_pictures_alone(self) -> None:
        assert "pictures" in refusal("hart.pdf", pdf(["", ""]))

    def test_a_broken_one(self) -> None:
        assert "broken" in refusal("hart.pdf", pdf(["The pier stood."])[:200])


class TestFolder:
    def read(self, folder: Path) -> tuple[list[Source], list[str]]:
        found, problems = find_sources(folder, ["hart", "serrin"])
        sources, more = read_sources(found)
        return sources, [f"{p.path}: {p.message}" for p in (*problems, *more)]

    def test_what_does_not_fit_stops_no_other(self, tmp_path: Path) -> None:
        (tmp_path / "Hart.txt").write_text("[p. 1]\nThe pier.")
        (tmp_path / "serrin.pdf").write_bytes(b"%PDF-1.4 nothing")
        (tmp_path / "stranger.txt").write_text("The boat.")
        sources, problems = self.read(tmp_path)
        assert [source.key for source in sources] == ["hart"]
        assert any("no work has the key “stranger”" in p for p in problems)
        assert any(p.startswith("serrin.pdf: a broken PDF") for p in problems)

    def test_two_sources_for_one_key(self, tmp_path: Path) -> None:
        (tmp_path / "hart.txt").write_text("The pier.")
        (tmp_path / "hart.md").write_text("The pier.")
        (tmp_path / "serrin.txt").write_text("The boat.")
        sources, problems = self.read(tmp_path)
        assert [source.key for source in sources] == ["serrin"]
        assert "two sources for “hart”" in problems[0]

    def test_an_empty_file(self, tmp_path: Path) -> None:
        (tmp_path / "hart.txt").write_text("\n")
        assert self.read(tmp_path) == ([], ["hart.txt: the file is empty"])

    def test_a_file_too_long_to_be_a_book(self, tmp_path: Path) -> None:
        with (tmp_path / "hart.txt").open("wb") as file:
            file.truncate(LARGEST + 1)
        assert "are read" in self.read(tmp_path)[1][0]

    def test_volumes(self, tmp_path: Path) -> None:
        folder = tmp_path / "hart"
        folder.mkdir()
        (folder / "vol-2.txt").write_text("[p. 1]\nThe boat.")
        (folder / "vol-I.txt").write_text("[p. 1]\nThe pier.")
        assert {s.volume: s.pages[0].text for s in self.read(tmp_path)[0]} == {
            "1": "The pier.",
            "2": "The boat.",
        }

    def test_a_folder_of_pages(self, tmp_path: Path) -> None:
        folder = tmp_path / "hart"
        folder.mkdir()
        for number, text in enumerate(book(14), 1):
            (folder / f"scan{number}.txt").write_text(f"{number + 20}\n{text}")
        (one,) = self.read(tmp_path)[0]
        assert [page.label for page in one.pages] == [str(n) for n in range(21, 35)]

    def test_a_blank_page_among_others_has_no_text(self, tmp_path: Path) -> None:
        folder = tmp_path / "hart"
        folder.mkdir()
        for number, text in enumerate(book(14), 1):
            (folder / f"scan{number}.txt").write_text(f"{number + 20}\n{text}")
        (folder / "scan5.txt").write_text(" \n")
        (one,) = self.read(tmp_path)[0]
        assert len(one.pages) == 14
        assert one.pages[4].text == ""
        assert [one.pages[3].label, one.pages[5].label] == ["24", "26"]

    def test_a_folder_of_blank_pages_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "hart").mkdir()
        for name in ("a.txt", "b.txt"):
            (tmp_path / "hart" / name).touch()
        assert self.read(tmp_path) == ([], ["hart: none of the files holds text"])

    def test_of_several_files_the_broken_one_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "hart").mkdir()
        (tmp_path / "hart" / "a.txt").write_text("[p. 1]\nThe pier.")
        (tmp_path / "hart" / "b.pdf").write_bytes(b"%PDF- nothing")
        (problem,) = self.read(tmp_path)[1]
        assert problem.startswith("hart/b.pdf: a broken PDF")

    def test_a_volume_may_be_a_folder_of_pages(self, tmp_path: Path) -> None:
        for volume in (1, 2):
            folder = tmp_path / "hart" / f"vol. {volume}"
            folder.mkdir(parents=True)
            for page in (1, 2, 10):
                (folder / f"{page}.txt").write_text(f"[p. {page}]\nThe pier.")
        read = {s.volume: [p.label for p in s.pages] for s in self.read(tmp_path)[0]}
        assert read == {"1": ["1", "2", "10"], "2": ["1", "2", "10"]}

    def test_formats_that_are_not_read_are_told(self, tmp_path: Path) -> None:
        (tmp_path / "hart.djvu").write_bytes(b"AT&TFORM")
        (tmp_path / "notes.docx").write_bytes(b"PK")  # no source: nobody's business
        assert [p for p in self.read(tmp_path)[1] if "*.djvu" in p]
        assert len(self.read(tmp_path)[1]) == 1

    def test_what_is_no_file(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "hart.txt")
        (tmp_path / "serrin.txt").symlink_to("serrin.txt")
        sources, problems = self.read(tmp_path)
        assert sources == []
        assert any("hart.txt: not a file" in p for p in problems)
        assert any("serrin.txt: cannot be read: Too many" in p for p in problems)

    def test_several_processes_read_the_same(self, tmp_path: Path) -> None:
        (tmp_path / "hart.txt").write_text("[p. 1]\nThe pier.")
        (tmp_path / "serrin.pdf").write_bytes(b"%PDF-1.4 nothing")
        found, _ = find_sources(tmp_path, ["hart", "serrin"])
        assert read_sources(found, workers=2) == read_sources(found)

    def test_page_marks_that_never_finish_take_no_other_text_with_them(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "hart.txt").write_text("[p. 1]\nThe pier.")
        (tmp_path / "serrin.txt").write_text("a" * 60 + "\n[p. 1]\nThe boat.")
        found, _ = find_sources(tmp_path, ["hart", "serrin"])
        for pattern in (r"(a+)+$(x)", r"(a|aa)+(y)"):
            sources, problems = read_sources(found, None, [pattern])
            assert [source.key for source in sources] == ["hart"]
            assert problems[0].path == "serrin.txt"
            assert "page marks of the project take more than 2 s" in problems[0].message

    def test_a_reader_that_takes_too_much_memory(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("edition.project.worker.MEGABYTES", 60)
        (tmp_path / "hart.txt").write_text("[p. 1]\n" * 600_000)
        (tmp_path / "serrin.txt").write_text("[p. 1]\nThe boat.")
        found, _ = find_sources(tmp_path, ["hart", "serrin"])
        sources, problems = read_sources(found)
        assert [source.key for source in sources] == ["serrin"]
        assert problems[0].path == "hart.txt"
        assert "more than 60 MB of memory" in problems[0].message

    def test_a_reader_that_ends_the_process(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        command = [sys.executable, "-c", "input()"]

        def dies(_megabytes: int, _folder: str) -> subprocess.Popen[bytes]:
            return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

        monkeypatch.setattr("edition.project.worker._start", dies)
        (tmp_path / "hart.pdf").write_bytes(pdf(["The pier stood."]))
        found, _ = find_sources(tmp_path, ["hart"])
        _, problems = read_sources(found)
        assert [problem.path for problem in problems] == ["hart.pdf"]
        assert "broke off" in problems[0].message

    def test_a_document_listed_again_and_again_is_read_once(self) -> None:
        once = '<itemref idref="one"/>'
        package = EPUB["OPS/a.opf"].replace(once, once * 9)
        found = pages("hart.epub", zipped({**EPUB, "OPS/a.opf": package}))
        assert found == pages("hart.epub", zipped(dict(EPUB)))

    def test_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match="no folder"):
            find_sources(tmp_path / "none", [])

    def test_the_cache_gives_what_was_read(self, tmp_path: Path) -> None:
        texts = tmp_path / "texts"
        texts.mkdir()
        (texts / "hart.txt").write_text("\n".join(f"[p. {n}]\n{t}" for n, t in enumerate(book(9))))
        cache = Cache(tmp_path / "cache")
        found, _ = find_sources(texts, ["hart"])
        first, _ = read_sources(found, cache)
        again, _ = read_sources(found, cache)
        assert first == again
        made, mapped = cache.corpus(first), cache.corpus(again)
        assert made.spans == mapped.spans
        assert (made.indexed.stream == mapped.indexed.stream).all()
        assert isinstance(made.indexed.index, GramIndex)
        assert isinstance(mapped.indexed.index, GramIndex)
        assert (made.indexed.index.positions == mapped.indexed.index.positions).all()
