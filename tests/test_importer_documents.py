# ruff: noqa: E501  (so are the documents typed here)
"""Documents in every format, opened: their text, notes, quotations, tables and citations."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from edition.bibliography import read_bibliography
from edition.importer.document import Source
from edition.importer.importing import Imported, import_source
from edition.importer.input_formats import read_source
from edition.importer.units import Kind
from edition.model import Work
from edition.texts.errors import WitnessError
from office_documents import csl, docx, field, odt, paragraph, reference_mark, run, zipped
from tests_support import PANDOC, needs_pandoc

ESSAYS = Path(__file__).parent / "importer"


@pytest.fixture(scope="module")
def works() -> dict[str, Work]:
    data = (ESSAYS / "bibliography.bib").read_bytes()
    return dict(read_bibliography([("bibliography.bib", data)]).works)


def cited(imported: Imported) -> list[str]:
    bound = sorted(imported.found.references, key=lambda b: b.start)
    return [c.target for b in bound for c in b.cited]


ESSAY = """\
---
title: The Harbour and Its Lamps
author: Anna Quill
---

# The First Winter

The *harbour* was **built** in [haste]{.smallcaps}, and [die Flut kam]{lang=de} at night.[^a] \
See [the register](https://example.org/register).

> A lamp is a question that nobody asks.
>
> It is answered by ships.

| The tide went out,
| and he went with it,
| and nobody said a word.

1. The lamp was out.
2. The pilot was asleep.
    - He said so.
    - Twice.

![Plan of the mole](mole.png)

| Year | Ships |
|------|-------|
| 1829 | forty *lost* |
| 1830 | two |

## What the law said

“Silt is the only law that this harbour has obeyed.”[^b]

[^a]: Mary Hart, *Letters from the Harbour*, p. 19.

[^b]: Ibid., p. 21.

    A second paragraph of it.
"""
# What pandoc's own writer leaves out of a format; documents typed below have it.
LACKS = {
    "latex": set(),
    "jats": {"verse", "alternative"},
    "tei": {"alternative", "language"},
    "docx": set(),
    "odt": {"alternative"},
    "epub": set(),
    "html": set(),
    "markdown": set(),
}
FORMS = {
    "title": "# The Harbour and Its Lamps",
    "heading": "## The First Winter",
    "lower heading": "### What the law said",
    "emphasis": "*harbour* was **built**",
    "small caps": "[haste]{.smallcaps}",
    "language": "[die Flut kam]{.language-de}",
    "call at the word": "at night.[^n1]",
    "link": "[the register](https://example.org/register)",
    "quotation": "> A lamp is a question that nobody asks.\n>\n> It is answered by ships.",
    "verse": "> The tide went out,\\\n> and he went with it,\\\n> and nobody said a word.",
    "list": "1. The lamp was out.\n2. The pilot was asleep.\n   - He said so.\n   - Twice.",
    "alternative": "![Plan of the mole]",
    "table": "| Year | Ships |\n| --- | --- |\n| 1829 | forty *lost* |\n| 1830 | two |",
    "note": "[^n1]: {cite:t}`hart-letters{p. 19}`.",
    "long note": "[^n2]: {cite:t}`hart-letters{p. 21}`.\n\n    A second paragraph of it.",
}


def written(folder: Path, kind: str) -> Path:
    """The essay in a format, as pandoc writes it."""
    source = folder / "essay.md"
    source.write_text(ESSAY, encoding="utf-8")
    if kind == "markdown":
        return source
    picture = Path(__file__).parent / "importer" / "mole.png"
    (folder / "mole.png").write_bytes(picture.read_bytes())
    ending = {"latex": "tex", "jats": "xml"}.get(kind, kind)
    target = folder / f"essay.{ending}"
    to = {"html": "html5", "jats": "jats_archiving"}.get(kind, kind)
    command = [PANDOC, "-s", "essay.md", "-t", to, "-o", target.name]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return target


@needs_pandoc
class TestFormats:
    @pytest.mark.parametrize("kind", LACKS)
    def test_nothing_is_lost(self, kind: str, tmp_path: Path, works: dict[str, Work]) -> None:
        file = written(tmp_path, kind)
        imported = import_source(read_source(file.read_bytes(), file.name), works)
        assert imported.words.differs == ""
        for name, form in FORMS.items():
            if name not in LACKS[kind]:
                assert form in imported.text, name

    def test_pictures_of_an_archive_come_with_it(self, tmp_path: Path) -> None:
        for kind in ("docx", "odt", "epub"):
            file = written(tmp_path, kind)
            source = read_source(file.read_bytes(), file.name)
            assert [data[:4] for data in source.pictures.values()] == [b"\x89PNG"], kind


ZOTERO = {
    "id": 12,
    "itemData": {
        "id": 12, "type": "book", "title": "Letters from the Harbour",
        "author": [{"family": "Hart", "given": "Mary"}], "issued": {"date-parts": [["1831"]]},
    },
    "locator": "19", "label": "page", "prefix": "see ",
}  # fmt: skip
SUPPRESSED = {
    "id": 13,
    "itemData": {
        "id": "keel-tides", "type": "book", "title": "The Politics of Tides",
        "author": [{"family": "Keel", "given": "Tobias"}], "issued": {"date-parts": [[1902]]},
    },
    "locator": "44-45", "label": "page", "suppress-author": True, "suffix": ", with the map",
}  # fmt: skip
UNKNOWN = {
    "id": 14,
    "itemData": {
        "id": 14, "type": "book", "title": "The Long Shore", "publisher": "Marsh Books",
        "author": [{"family": "Crane", "given": "Lydia"}], "issued": {"date-parts": [[1950]]},
    },
    "locator": "77",
}  # fmt: skip


@needs_pandoc
class TestFields:
    def test_zotero_and_mendeley_in_docx(self, works: dict[str, Work]) -> None:
        data = docx(
            paragraph(run("On Lamps"), style="Heading1"),
            paragraph(
                run("“A lamp is a question that nobody asks,” she wrote "),
                field(f" ADDIN ZOTERO_ITEM CSL_CITATION {csl(ZOTERO)}", "(see Hart, 19)"),
                run(". Keel has it too "),
                field(f"ADDIN CSL_CITATION {csl(SUPPRESSED, ZOTERO)}", "(44–45, with the map; 19)"),
                run("."),
            ),
        )
        imported = import_source(read_source(data, "essay.docx"), works)
        assert (
            cited(imported)
            == [
                "hart-letters{p. 19}",
                "keel-tides{pp. 44–45, with the map}",
                "hart-letters{p. 19}",
            ]
            or cited(imported)[1] == "keel-tides{pp. 44–45}"
        )
        assert "{cite:p}`{see}hart-letters{p. 19}`" in imported.text
        assert "{cite:yearpar}`keel-tides{pp. 44–45" in imported.text
        assert "with the map" in imported.text
        assert imported.words.differs == ""

    def test_what_the_bibliography_lacks_is_drafted_from_the_field(
        self, works: dict[str, Work]
    ) -> None:
        from edition.importer.bibtex_drafts import drafts

        code = f"ADDIN ZOTERO_ITEM CSL_CITATION {csl(UNKNOWN)}"
        data = docx(paragraph(run("She says so, and at length "), field(code, "(Crane, 77)")))
        imported = import_source(read_source(data, "essay.docx"), works)
        assert cited(imported) == []
        assert "(Crane, 77)" in imported.text
        draft = drafts(imported.found.missed, works)
        (entry,) = read_bibliography([("draft.bib", draft.encode())]).works.values()
        title = (entry.get("title") or "").replace("{", "").replace("}", "")
        assert (entry.get("author"), title) == ("Crane, Lydia", "The Long Shore")
        assert entry.get("publisher") == "Marsh Books"

    def test_words_own_citations(self, works: dict[str, Work]) -> None:
        source = (
            "<b:Source><b:Tag>Har31</b:Tag><b:SourceType>Book</b:SourceType><b:Title>Letters from "
            "the Harbour</b:Title><b:Year>1831</b:Year><b:Author><b:Author><b:NameList><b:Person>"
            "<b:Last>Hart</b:Last><b:First>Mary</b:First></b:Person></b:NameList></b:Author>"
            "</b:Author></b:Source>"
        )
        code = ' CITATION Har31 \\p 19 \\f "see " \\l 2057 '
        data = docx(
            paragraph(run("She says so, and at length "), field(code, "(see Hart, 1831, p. 19)")),
            sources=source,
        )
        imported = import_source(read_source(data, "essay.docx"), works)
        assert "{cite:p}`{see}hart-letters{p. 19}`" in imported.text

    def test_zotero_in_odt(self, works: dict[str, Work]) -> None:
        mark = reference_mark(f"ZOTERO_ITEM CSL_CITATION {csl(ZOTERO)} RNDabc", "(see Hart, 19)")
        data = odt(f"<text:p>She says so, and at length {mark}.</text:p>")
        imported = import_source(read_source(data, "essay.odt"), works)
        assert "{cite:p}`{see}hart-letters{p. 19}`." in imported.text

    @pytest.mark.parametrize(
        ("typed", "wanted"),
        [
            ("[@hart-letters, p. 3]", "{cite:p}`hart-letters{p. 3}`"),
            ("[see @hart-letters, pp. 3-5]", "{cite:p}`{see}hart-letters{pp. 3–5}`"),
            ("[-@keel-tides, 44]", "{cite:yearpar}`keel-tides{p. 44}`"),
            (
                "[@hart-letters, 3; cf. @keel-tides, chap. 2]",
                "{cite:p}`hart-letters{p. 3}` {cite:p}`{cf.}keel-tides{chap. 2}`",
            ),
            ("@keel-tides [p. 44]", "{cite:t}`keel-tides{p. 44}`"),
        ],
    )
    def test_markdown(self, typed: str, wanted: str, works: dict[str, Work]) -> None:
        text = f"# On Lamps\n\nShe says so, and at length {typed} in the book.\n"
        assert wanted in import_source(read_source(text.encode(), "a.md"), works).text

    @pytest.mark.parametrize(
        ("typed", "wanted"),
        [
            (r"\autocite[12]{hart-letters}", "{cite:p}`hart-letters{p. 12}`"),
            (r"\autocite[see][12--14]{hart-letters}", "{cite:p}`{see}hart-letters{pp. 12–14}`"),
            (r"\textcite[3]{keel-tides}", "{cite:t}`keel-tides{p. 3}`"),
            (r"\parencites[1]{hart-letters}[2]{keel-tides}", "{cite:p}`keel-tides{p. 2}`"),
            (r"\footcite[4]{hart-letters}", "[^n1]: {cite:p}`hart-letters{p. 4}`"),
        ],
    )
    def test_latex(self, typed: str, wanted: str, works: dict[str, Work]) -> None:
        text = (
            "\\documentclass{article}\\begin{document}\nShe says so "
            + typed
            + ".\n\\end{document}\n"
        )
        assert wanted in import_source(read_source(text.encode(), "a.tex"), works).text


@needs_pandoc
class TestWordProcessing:
    def test_odt_with_styles_lists_and_pictures(self) -> None:
        data = odt(
            '<text:p text:style-name="Verse">The tide went out,</text:p><text:p '
            'text:style-name="Verse">and he went.</text:p><text:p><draw:frame><draw:image '
            'xlink:href="Pictures/mole.png"/><svg:desc>Plan of the mole</svg:desc></draw:frame>'
            "</text:p><text:list><text:list-item><text:p>One</text:p></text:list-item></text:list>"
            "<text:list><text:list-item><text:list><text:list-item><text:p>In</text:p>"
            "</text:list-item></text:list></text:list-item></text:list>"
        )
        text = import_source(read_source(data, "a.odt"), {}).text
        assert "The tide went out,\\\nand he went." in text.replace("> ", "")
        assert "![Plan of the mole](<Pictures/mole.png>)" in text
        assert "- One\n  - In" in text

    def test_tracked_changes_are_accepted_or_shown(self) -> None:
        changed = (
            '<w:del w:id="1" w:author="A" w:date="2020-01-01T00:00:00Z"><w:r>'
            "<w:delText>badly</w:delText></w:r></w:del>"
            '<w:ins w:id="2" w:author="A" w:date="2020-01-01T00:00:00Z"><w:r><w:t>well</w:t></w:r></w:ins>'
        )
        data = docx(paragraph(run("The lamp burned "), changed, run(" that night.")))
        source = read_source(data, "a.docx")
        accepted = import_source(source, {})
        assert "The lamp burned well that night." in accepted.text
        assert accepted.left_out == ("deleted words: badly",)
        shown = import_source(source, {}, show_changes=True)
        assert "[badly]{.deletion}[well]{.insertion}" in shown.text

    def test_comments_are_counted(self) -> None:
        comment = (
            '<w:comment w:id="0" w:author="A" w:date="2020-01-01T00:00:00Z"><w:p><w:r><w:t>Really?'
            "</w:t></w:r></w:p></w:comment>"
        )
        marked = (
            '<w:commentRangeStart w:id="0"/>' + run("burned")
            + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        )  # fmt: skip
        data = docx(paragraph(run("The lamp "), marked, run(" all night.")), comments=comment)
        imported = import_source(read_source(data, "a.docx"), {})
        assert "The lamp burned all night." in imported.text
        assert imported.left_out == ("1 comment",)

    def test_quotations_by_style_and_by_indent(self) -> None:
        styles = (
            '<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Zitat"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="Normal" w:default="1"><w:name w:val="Normal"/></w:style>'
        )
        data = docx(
            paragraph(run("They were asked.")),
            paragraph(run("We did not see the lamp."), style="Zitat"),
            paragraph(run("And again they were asked.")),
            paragraph(run("We saw it too late."), properties='<w:ind w:left="720" w:right="720"/>'),
            styles=styles,
        )
        text = import_source(read_source(data, "a.docx"), {}).text
        assert "> We did not see the lamp." in text
        assert "> We saw it too late." in text

    def test_page_breaks_and_languages(self) -> None:
        data = docx(
            paragraph(run("The first page, he said, "), run("die Flut", '<w:lang w:val="de-DE"/>')),
            paragraph('<w:r><w:br w:type="page"/></w:r>'),
            paragraph(run("The second page.")),
        )
        text = import_source(read_source(data, "a.docx"), {}).text
        assert "[die Flut]{.language-de}" in text
        assert "\n\n+++\n\n" in text

    def test_macros_are_left_out_and_named(self) -> None:
        import io
        import zipfile

        data = io.BytesIO(docx(paragraph(run("The lamp burned."))))
        with zipfile.ZipFile(data, "a") as archive:
            archive.writestr("word/vbaProject.bin", b"\0" * 20)
        source = read_source(data.getvalue(), "a.docx")
        assert "macros" in source.left_out


TEI = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>On Lamps</title>
</titleStmt></fileDesc></teiHeader><text><body><div><head>The Bar</head>
<p>The <hi rend="italic">pilot</hi> slept<note place="foot">He was old.</note> and
<foreign xml:lang="de">die Flut kam</foreign>.<pb n="4"/> She says so
<ref target="#hart-letters">Hart, p. 19</ref>, and <bibl corresp="#keel-tides">Keel,
<biblScope unit="page">44</biblScope></bibl>.</p>
<lg><l>The tide went out,</l><l>and he went with it.</l></lg>
<quote><p>Nobody asked.</p></quote>
<table><row role="label"><cell>Year</cell><cell>Ships</cell></row><row><cell>1829</cell><cell>forty</cell></row></table>
</div></body></text></TEI>
"""


def test_tei(works: dict[str, Work]) -> None:
    text = import_source(read_source(TEI.encode(), "a.xml"), works).text
    for form in (
        "# On Lamps",
        "## The Bar",
        "*pilot* slept[^n1] and",
        "die Flut kam*]{.language-de}",
        'title="4"}',
        "{cite:p}`hart-letters{p. 19}`",
        "{cite:p}`keel-tides{p. 44}`",
        "> The tide went out,\\\n> and he went with it.",
        "> Nobody asked.",
        "| 1829 | forty |",
        "[^n1]: He was old.",
    ):
        assert form in text, form


PAGE = """\
<!doctype html><html><head><title>x</title></head><body>
<header class="site-header"><a href="/">The Gazette</a></header>
<nav><ul><li><a href="/a">News</a></li><li><a href="/b">Tides</a></li></ul></nav>
<div class="layout"><article><h1>On Lamps</h1><div class="share-buttons"><a href="#">Share this</a></div>
<p>The pilot slept<a href="#fn1"><sup>1</sup></a> all night.<br>Nobody asked.</p>
<p>He wrote <i lang="de">die Flut kam</i> and <span style="font-variant: small-caps">no more</span>.
<img src="https://example.org/mole.png" alt="Plan of the mole"></p>
<blockquote><p>We did not see the lamp.</p></blockquote>
<table><tr><th>Year</th><th>Ships</th></tr><tr><td>1829</td><td>forty</td></tr></table>
<section class="footnotes"><hr><ol><li id="fn1"><p>He was old. <a href="#ref1">↩</a></p></li></ol></section>
</article><aside class="sidebar"><p>Most read this week</p></aside></div>
<footer>© The Gazette</footer><script>alert(1)</script></body></html>
"""


@pytest.fixture(scope="module")
def page() -> Imported:
    return import_source(read_source(PAGE.encode(), "a.html"), {})


class TestWebPage:
    def test_its_text_is_kept(self, page: Imported) -> None:
        for form in (
            "# On Lamps",
            "slept[^n1] all night.\\\nNobody asked.",
            "{.language-de}",
            "[no more]{.smallcaps}",
            "![Plan of the mole](<https://example.org/mole.png>)",
            "> We did not see the lamp.",
            "| 1829 | forty |",
            "[^n1]: He was old.",
        ):
            assert form in page.text, form
        assert page.words.differs == ""

    def test_what_is_around_it_is_left_out_and_listed(self, page: Imported) -> None:
        for words in ("Gazette", "News", "Share this", "Most read", "alert"):
            assert words not in page.text, words
        listed = " ".join(page.left_out)
        for words in ("The Gazette", "News", "Share this", "Most read"):
            assert words in listed, words

    def test_a_picture_elsewhere_is_named_and_not_fetched(self, page: Imported) -> None:
        assert any("not fetched: https://example.org/mole.png" in one for one in page.left_out)


GUTENBERG = """\
<!DOCTYPE html><html lang="en"><head><style>.q {margin-left: 5%; margin-right: 10%}</style></head><body>
<section class="pg-boilerplate pgheader"><h2>The eBook of Lamps</h2></section><h1>ON LAMPS</h1>
<p><span class="pagenum"><a id="Page_1"></a>[Pg 1]</span></p><p>The pilot slept,<a id="FNanchor_1"></a><a
href="#Footnote_1" class="fnanchor">[1]</a> and <span class="smcap">no more</span>.<span class="pagenum"><a
id="Page_2"></a>[Pg 2]</span></p><p class="q">We did not see the lamp.</p><p>He sang.</p>
<div class="poem"><div class="stanza"><div class="verse">The tide went out,</div><div class="verse">and he
went.</div></div></div><div class="footnotes"><h3>FOOTNOTES:</h3><div class="footnote"><p><a
id="Footnote_1"></a><a href="#FNanchor_1">[1]</a> He was old.</p><p>Very.</p></div></div></body></html>
"""


def test_a_transcription_with_pages_lines_and_notes() -> None:
    imported = import_source(read_source(GUTENBERG.encode(), "a.html"), {})
    for form in (
        "# ON LAMPS",
        '[]{.page-break title="1"}The pilot slept,[^n1] and [no more]{.smallcaps}.',
        '[]{.page-break title="2"}',
        "> We did not see the lamp.",
        "> The tide went out,\\\n> and he went.",
        "[^n1]: He was old.\n\n    Very.",
    ):
        assert form in imported.text, form
    assert "FOOTNOTES:" in imported.left_out
    assert any("The eBook of Lamps" in one for one in imported.left_out)
    assert imported.words.differs == ""


def test_chapters_that_numbers_lead_to_are_no_notes() -> None:
    page = (
        '<h1>On Lamps</h1><p><a href="#c1">I</a> <a href="#c2">II</a></p><div id="c1"><p>The lamp.'
        '</p></div><div id="c2"><p>The mole.</p></div>'
    )
    imported = import_source(
        read_source(f"<html><body>{page}</body></html>".encode(), "a.html"), {}
    )
    assert imported.notes == 0
    assert "The lamp." in imported.text


def e_book(*parts: str, style: str = "") -> bytes:
    names = [f"p{n}.xhtml" for n in range(len(parts))]
    items = "".join(
        f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in names
    )
    spine = "".join(f'<itemref idref="{n}"/>' for n in names)
    rootfile = '<container><rootfiles><rootfile full-path="o/c.opf"/></rootfiles></container>'
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": rootfile,
        "o/c.opf": f"<package><metadata><title>On Lamps</title></metadata><manifest>{items}"
        f"</manifest><spine>{spine}</spine></package>",
        "o/s.css": style,
    }
    body = '<html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
    return zipped(
        {**files, **{f"o/{n}": body.format(p) for n, p in zip(names, parts, strict=True)}}
    )


def test_an_e_book_whose_notes_are_in_another_part_and_whose_looks_are_in_its_style() -> None:
    data = e_book(
        '<h1>One</h1><p>The <span class="c3">pilot</span> slept.<a href="p2.xhtml#n1"><sup>1</sup></a></p>'
        '<p class="c6">Nobody asked.</p><p>So it was.</p>',
        "<h1>Two</h1><p>The mole.</p>",
        '<h1>Notes</h1><p id="n1"><a href="p0.xhtml#r1">1</a> He was old.</p>',
        style=".c3 {font-style: italic} .c6 {margin: 0 2em}",
    )
    imported = import_source(read_source(data, "a.epub"), {})
    for form in (
        "# On Lamps",
        "## One",
        "The *pilot* slept.[^n1]",
        "> Nobody asked.",
        "[^n1]: He was old.",
    ):
        assert form in imported.text, form
    assert imported.left_out == ("Notes",)


JATS = """\
<article><front><article-meta><title-group><article-title>On Lamps</article-title></title-group>
</article-meta></front><body><sec><title>The Bar</title><p>The <sc>pilot</sc> slept<xref ref-type="fn" rid="f1"
>1</xref> (<xref ref-type="bibr" rid="hart-letters">Hart</xref>, 19).</p><verse-group><verse-line>The tide went
out,</verse-line><verse-line>and he went.</verse-line></verse-group><fig><alt-text>Plan of the mole</alt-text>
<graphic xlink:href="mole.png" xmlns:xlink="http://www.w3.org/1999/xlink"/></fig></sec></body><back><fn-group>
<fn id="f1"><label>1</label><p>He was old.</p></fn></fn-group></back></article>
"""
FICTIONBOOK = """\
<FictionBook xmlns:l="http://www.w3.org/1999/xlink"><description><title-info><book-title>On Lamps</book-title>
</title-info></description><body><section><title><p>The Bar</p></title><p>The <emphasis>pilot</emphasis> slept<a
l:href="#n1" type="note">1</a>.</p><poem><stanza><v>The tide went out,</v><v>and he went.</v></stanza></poem>
</section></body><body name="notes"><section id="n1"><title><p>1</p></title><p>He was old.</p></section></body>
</FictionBook>
"""


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        (JATS, ("slept[^n1] {cite:p}`hart-letters{p. 19}`.", "![Plan of the mole](<mole.png>)")),
        (FICTIONBOOK, ("The *pilot* slept[^n1].",)),
    ],
)
def test_jats_and_fictionbook(text: str, forms: tuple[str, ...], works: dict[str, Work]) -> None:
    imported = import_source(read_source(text.encode(), "a.xml"), works)
    common = (
        "# On Lamps",
        "## The Bar",
        "> The tide went out,\\\n> and he went.",
        "[^n1]: He was old.",
    )
    for form in (*forms, *common):
        assert form in imported.text, form
    assert imported.words.differs == ""


@needs_pandoc
def test_words_in_latex_that_pandoc_does_not_know() -> None:
    text = (
        "\\documentclass{article}\\begin{document}\\poemtitle{The Tide} The \\textls{lamp} burned.\\endnote{A year.}"
        " \\include{other}\\end{document}"
    )
    imported = import_source(read_source(text.encode(), "a.tex"), {})
    for words in ("The Tide", "The lamp burned.[^n1]", "[^n1]: A year."):
        assert words in imported.text, words
    assert imported.left_out == ("latex markup: other.tex",)


def test_notes_of_rtf() -> None:
    text = r"{\rtf1\ansi{\pard It burned.{\super\chftn}{\*\footnote\chftn\pard\plain A year.}\par}}"
    imported = import_source(read_source(text.encode(), "a.rtf"), {})
    assert "It burned.[^n1]" in imported.text
    assert "[^n1]: A year." in imported.text


def test_marks_of_the_same_words_are_nested() -> None:
    page = "<html><body><p>He is <b><i>so <u>old</u></i></b>, <i><b>very</b></i>.</p></body></html>"
    imported = import_source(read_source(page.encode(), "a.html"), {})
    assert "***so [old]{.underline}***, ***very***." in imported.text


def test_quotations_one_after_another_stay_apart(works: dict[str, Work]) -> None:
    page = (
        "<h1>On Lamps</h1><p>They said so, and more than once.</p><blockquote><p>Silt.</p></blockquote>"
        "<blockquote><p>Nobody asked (Hart, <i>Letters</i>, p. 3).</p></blockquote>"
    )
    imported = import_source(
        read_source(f"<html><body>{page}</body></html>".encode(), "a.html"), works
    )
    assert "> Silt.\n\n:::{quotation} hart-letters" in imported.text


class TestBadInput:
    def test_a_document_is_read_within_limits(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from click.testing import CliRunner

        from edition.cli import main

        monkeypatch.setattr("edition.project.worker._SECONDS", 0.0)
        monkeypatch.setattr("edition.project.worker._PATIENCE", 1)
        (tmp_path / "a.html").write_text(PAGE)
        monkeypatch.chdir(tmp_path)
        result = CliRunner().invoke(main, ["import", "a.html"])
        assert result.exit_code == 2
        assert "a.html: reading it takes more than 0 s" in result.output

    def test_a_document_without_pandoc_names_the_extra(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from click.testing import CliRunner

        from edition.cli import main

        (tmp_path / "absent").mkdir()
        missing = 'raise ModuleNotFoundError("No module named pypandoc", name="pypandoc")'
        (tmp_path / "absent" / "pypandoc.py").write_text(missing)
        monkeypatch.syspath_prepend(str(tmp_path / "absent"))
        (tmp_path / "a.docx").write_bytes(docx(paragraph(run("The lamp burned."))))
        monkeypatch.chdir(tmp_path)
        result = CliRunner().invoke(main, ["import", "a.docx"])
        assert result.exit_code == 2
        assert "sphinx-edition[documents]" in result.output

    @needs_pandoc
    def test_a_document_that_pandoc_refuses(self) -> None:
        data = zipped({"word/document.xml": "<w/>"})
        with pytest.raises(WitnessError, match=r"pandoc cannot read a\.docx"):
            read_source(data, "a.docx")

    def test_a_broken_e_book(self) -> None:
        data = zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "<container"})
        with pytest.raises(WitnessError, match=r"a\.epub cannot be read"):
            read_source(data, "a.epub")

    def test_a_deep_page(self) -> None:
        page = "<html><body>" + "<div>" * 50_000 + "word by word" + "</div>" * 50_000
        with pytest.raises(WitnessError):
            read_source(page.encode(), "a.html")

    def test_two_hundred_megabytes(self) -> None:
        with pytest.raises(WitnessError, match="210 MB"):
            read_source(b"PK\x03\x04" + b"x" * 210_000_000, "a.docx")

    @pytest.mark.parametrize(
        "unit",
        [
            "(Hart, Letters, p. 3) ",
            "“a” ",
            "(",
            "[",
            "ship-",
            "xi, ",
            "1831, ",
            "p. 3, ",
            "Ibid. ",
            "(Keel 1902) ",
        ],
    )
    def test_a_long_line_takes_time_in_proportion(self, unit: str, works: dict[str, Work]) -> None:
        def seconds(count: int) -> float:
            text = "On Lamps\n\nThe lamp burned and " + unit * count + " all night long.\n"
            begin = time.process_time()
            import_source(Source(format="text", text=text), works)
            return time.process_time() - begin

        seconds(200)
        small, large = seconds(1_000), seconds(4_000)
        assert large < 4 * small * 3 + 0.5

    def test_ten_thousand_notes(self, works: dict[str, Work]) -> None:
        body = " ".join(f"It burned for a year.[{n}]" for n in range(1, 10_001))
        notes = "\n\n".join(f"[{n}] Hart, Letters, p. {n % 200 + 1}." for n in range(1, 10_001))
        paragraphs = body.replace(".[50] ", ".[50]\n\n")
        begin = time.process_time()
        imported = import_source(
            Source(format="text", text=f"On Lamps\n\n{paragraphs}\n\nNotes\n\n{notes}\n"), works
        )
        assert imported.notes == 10_000
        assert len(imported.found.references) == 10_000
        assert time.process_time() - begin < 60


def test_verse_holds_no_passage() -> None:
    page = "<h1>On Lamps</h1><p>He sang of it, and long.</p><p>The tide went out,<br>and he went,<br>and came.</p>"
    imported = import_source(read_source(page.encode(), "a.html"), {})
    assert [u.kind for u in imported.units] == [Kind.TITLE, Kind.PARAGRAPH, Kind.QUOTE]
