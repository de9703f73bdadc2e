# ruff: noqa: E501  (the documents typed here are as their programs write them)
"""What documents hold besides paragraphs: verse, lists in notes, citations in cells, plays."""

from __future__ import annotations

import re

import pytest

from edition.importer.importing import Imported, import_source
from edition.importer.input_formats import read_source
from edition.importer.units import parts_of
from office_documents import csl, docx, field, odt, paragraph, run
from test_importer_producers import blocks, harbour, shown
from tests_support import needs_pandoc

NBSP = "\u00a0"


def cited(data: str | bytes, name: str, *, keep: bool = False) -> Imported:
    """Import a document in whose project the works about the harbour are known."""
    data = data.encode() if isinstance(data, str) else data
    imported = import_source(read_source(data, name), harbour(), keep=keep)
    assert imported.words.differs == ""
    return imported


def tei(body: str, front: str = "") -> str:
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Weirs</title>'
        f"</titleStmt></fileDesc></teiHeader><text>{front}<body>{body}</body></text></TEI>"
    )


PROSE = "The miller knew a song of his own, and sang it every day of that long dry summer."


def jats(body: str, back: str = "") -> str:
    return f"<article><front><article-meta><title-group><article-title>Weirs</article-title></title-group></article-meta></front><body>{body}</body><back>{back}</back></article>"


def rtf(body: str, head: str = "") -> str:
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0 Times;}}{{\f1\fcharset2 Symbol;}}}}{head}{body}}}"


# -- citations ------------------------------------------------------------------------------------


def work(family: str, title: str, year: int, page: str, ident: str = "ITEM-1") -> dict[str, object]:
    data = {
        "id": ident,
        "type": "book",
        "title": title,
        "author": [{"family": family}],
        "issued": {"date-parts": [[year]]},
    }
    return {"id": ident, "locator": page, "label": "page", "itemData": data}


HART = work("Hart", "Letters from the Harbour", 1831, "19")
REED = work("Reed", "A Log of the Bar: Twelve Winters", 1840, "4")


@needs_pandoc
class TestCitations:
    def test_mendeley_calls_the_first_work_of_each_citation_the_same(self) -> None:
        first, second = (field(f"ADDIN CSL_CITATION {csl(one)}", "(1)") for one in (HART, REED))
        data = docx(paragraph(run("She says so "), first, run(" and he does "), second, run(".")))
        keys = [c.key for r in cited(data, "a.docx").found.references for c in r.cited]
        assert keys == ["hart-letters", "reed-log"]

    def test_in_the_cells_of_a_table(self) -> None:
        data = "| Claim | Source |\n|---|---|\n| *one*[^a] | see [@hart-letters, p. 19] |\n| two | [@nobody, 3] |\n\n[^a]: A note.\n"
        text = cited(data, "a.md").text
        assert "| *one*[^n1] | see {cite:p}`hart-letters{p. 19}` |\n| two | [@nobody, 3] |" in text
        kept = cited(data, "a.md", keep=True).text
        assert "`hart-letters{p. 19}`[[@hart-letters, p. 19]]{.typed-reference} |" in kept

    def test_those_of_one_bracket_are_one(self) -> None:
        works = (
            '<ref-list><ref id="A"><element-citation><person-group><name><surname>Hart</surname></name></person-group><source>Letters from the Harbour</source><year>1831</year></element-citation></ref>'
            '<ref id="B"><mixed-citation>Reed, Jonas. <italic>A Log of the Bar: Twelve Winters</italic>. 1840.</mixed-citation></ref></ref-list>'
        )
        link = '<xref ref-type="bibr" rid="{}">{}</xref>'.format
        hart, reed, none = link("A", "Hart 1831"), link("B", "Reed 1840"), link("C", "Crane 1850")
        text = cited(
            jats(f"<p>They say so ({hart}, p. 19; {reed}), but ({hart}; {none}) not. See {link('A', '1')}, {link('B', '2')}</p>", works),
            "a.xml",
        ).text  # fmt: skip
        assert "so {cite:p}`hart-letters{p. 19}` {cite:p}`reed-log`, but" in text
        assert "({cite:p}`hart-letters`; Crane 1850) not." in text
        assert "See {cite:p}`hart-letters`, {cite:p}`reed-log`" in text


# -- verse ----------------------------------------------------------------------------------------


class TestVerse:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            (tei(f'<p>{PROSE}</p>' '<lg><l>The weir is low,</l><l rend="indent">the river slow,</l><l rend="noindent">and so we go.</l></lg>'), "a.xml"),
            (jats(f'<p>{PROSE}</p>' '<verse-group><verse-line>The weir is low,</verse-line><verse-line indent-level="1">the river slow,</verse-line><verse-line>and so we go.</verse-line></verse-group>'), "a.xml"),
            pytest.param("\\documentclass{article}\\begin{document}\\begin{verse}The weir is low,\\\\\n\\vin the river slow,\\\\\nand so we go.\\end{verse}\\end{document}", "a.tex", marks=needs_pandoc),
            ("On Weirs\n\nThe miller knew a song of his own, and sang it every day of the long dry summer.\n\n    The weir is low,\n        the river slow,\n    and so we go.\n\nThen he went home again, as he did every day of that long dry summer.\n", "a.txt"),
        ],
    )  # fmt: skip
    def test_a_line_that_is_set_in(self, text: str, name: str) -> None:
        assert f"low,\\\n> {NBSP * 4}the river slow,\\\n> and so" in shown(text, name).text

    def test_a_stanza_of_two_lines_goes_on_with_the_one_before_it(self) -> None:
        text = "On Weirs\n\nThe miller knew a song of his own, and sang it every day of the long dry summer.\n\n    The weir is low,\n    The river slow,\n    And so we go.\n\n    And when we come\n    we beat the drum.\n"
        assert "And when we come / we beat the drum." in blocks(shown(text, "a.txt"))[-1]

    @pytest.mark.parametrize(
        ("data", "name"),
        [
            pytest.param(docx(
                paragraph(run("The miller knew a song.")),
                "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>"
                + "".join(paragraph(run(line)) for line in ("The weir is low,", "the river slow,", "and so we go."))
                + "</w:tc></w:tr></w:tbl>",
                paragraph(run("Then he went home.")),
            ), "a.docx", marks=needs_pandoc),
            (rtf(rf"\pard {PROSE}\par {PROSE}\par {PROSE}\par\pard\li720 The weir is low,\par\pard\li720 the river slow,\par\pard\li720 and so we go.\par\pard Then he went home, and nobody sang.\par"), "a.rtf"),
            ("<html><body><h1>Weirs</h1><p>The miller knew a song.</p><blockquote><p>The weir is low,</p><p>the river slow,</p><p>and so we go.</p></blockquote></body></html>", "a.html"),
        ],
    )  # fmt: skip
    def test_paragraphs_that_are_lines(self, data: str | bytes, name: str) -> None:
        assert "> The weir is low, / the river slow, / and so we go." in blocks(shown(data, name))

    def test_sentences_in_a_quotation_are_no_lines(self) -> None:
        page = "<html><body><h1>Weirs</h1><blockquote><p>He came.</p><p>He saw it.</p><p>He left.</p></blockquote></body></html>"
        assert "> He came.\n>\n> He saw it.\n>\n> He left." in shown(page, "a.html").text

    def test_the_poems_of_divisions_stay_apart(self) -> None:
        poem = '<div type="textpart"><l>The weir is low,</l><l>the river slow,</l><l>and so we go.</l></div>'
        assert shown(tei(poem * 2), "a.xml").text.count("go.\n\n") == 1

    def test_lines_of_a_division_between_its_paragraphs(self) -> None:
        body = f"<div><head>On Weirs</head><p>{PROSE}</p><p>He sang:</p><l>The weir is low,</l><pb/><l>the river slow.</l><p>Then he went home.</p><note>Late.</note></div>"
        found = blocks(shown(tei(body), "a.xml"))
        verse = "> The weir is low, / []{.page-break}the river slow."
        assert found[-5:-1] == [PROSE, "He sang:", verse, "Then he went home."]


# -- notes, lists, tables and pictures ------------------------------------------------------------


class TestNotes:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            pytest.param("It broke.[^a]\n\n[^a]: Two causes:\n\n    - ice\n    - age\n", "a.md", marks=needs_pandoc),
            pytest.param("\\documentclass{article}\\begin{document}It broke.\\footnote{Two causes: \\begin{itemize}\\item ice\\item age\\end{itemize}}\\end{document}", "a.tex", marks=needs_pandoc),
            (tei("<p>It broke.<note>Two causes: <list><item>ice</item><item>age</item></list></note></p>"), "a.xml"),
        ],
    )  # fmt: skip
    def test_a_list_in_a_note(self, text: str, name: str) -> None:
        assert "[^n1]: Two causes:\n\n    - ice\n    - age\n" in shown(text, name).text

    @needs_pandoc
    def test_a_note_that_is_called_twice_in_markdown(self) -> None:
        text = shown(
            "One.[^a] Two.[^b] Three.[^a]\n\n[^a]: Said *twice*.\n[^b]: Once.\n", "a.md"
        ).text
        assert "One.[^n1]\nTwo.[^n2]\nThree.[^n1]" in text
        assert text.count("Said *twice*.") == 1

    @needs_pandoc
    @pytest.mark.parametrize("sign", ["*", "1.", "+", "-"])
    def test_a_list_in_a_note_that_is_called_twice(self, sign: str) -> None:
        typed = f"One.[^a] Two.[^a]\n\n[^a]: {sign} ice\n    {sign.replace('1', '2')} age\n"
        text = shown(typed, "a.md").text
        assert text.count("ice") == 1
        assert re.search(r"\n    \S+ ice\n    \S+ age\n", text)

    @needs_pandoc
    def test_what_looks_like_a_note_or_a_directive_in_code(self) -> None:
        code = "````\n[^a]: In code.\n\n```{note}\nIt broke {++twice++}.\n```\n````"
        typed = f"One.[^a] So `[^b]` and `[^b]`.[^b]\n\n{code}\n\nTwo.[^a]\n\n[^a]: Said.\n[^b]: Once.\n"
        text = shown(typed, "a.md").text
        assert code in text
        assert "So `[^b]` and `[^b]`.[^n2]" in text
        roles = "See {cite:p}`hart-letters` and {cite:p}`reed-log`, not `{cite:p}` here.\n"
        assert "and {cite:p}`reed-log`, not `{cite:p}` here" in cited(roles, "a.md").text

    @needs_pandoc
    def test_a_drop_capital_stays_with_its_paragraph(self) -> None:
        capital = paragraph(run("T"), properties='<w:framePr w:dropCap="drop" w:lines="3"/>')
        text = shown(
            docx(capital, paragraph(run("he weir was built in a dry year."))), "a.docx"
        ).text
        assert "The weir was built" in text


@needs_pandoc
class TestTables:
    def test_columns_without_a_width(self) -> None:
        cells = "".join(f"<w:tc>{paragraph(run(w))}</w:tc>" for w in ("one", "two", "three"))
        table = f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * 3}</w:tblGrid><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
        assert shown(docx(paragraph(run("Weirs.")), table), "a.docx").text.count("| three |") == 2

    def test_the_head_and_the_caption_of_a_table_of_rtf(self) -> None:
        row = r"\trowd{}\cellx2000\cellx4000\pard\intbl {}\cell {}\cell\row".format
        text = shown(rtf(rf"\pard The weirs.\par\pard Table 1. Weirs\par {row(chr(92) + 'trhdr', 'Weir', 'Year')}{row('', 'Upper', '1801')}\pard Done.\par"), "a.rtf").text  # fmt: skip
        assert (
            ":::{caption}\nTable 1.\nWeirs\n:::\n\n| Weir | Year |\n| --- | --- |\n| Upper | 1801 |"
            in text
        )

    def test_a_table_instead_of_its_picture(self) -> None:
        both = '<table-wrap><alternatives><graphic href="t.tif"/><table><tr><th>Weir</th><th>Year</th></tr><tr><td>Upper</td><td>1801</td></tr></table></alternatives></table-wrap>'
        text = shown(jats(f"<p>The weirs.</p>{both}"), "a.xml").text
        assert "| Upper | 1801 |" in text
        assert "t.tif" not in text


class TestPictures:
    @needs_pandoc
    @pytest.mark.parametrize(
        "typed",
        [
            '![The upper weir](weir.png){width=50% fig-alt="A weir in ice"}',
            '{{< figure src="weir.png" alt="A weir in ice" caption="The upper weir" >}}',
            "```{figure} weir.png\n:alt: A weir in ice\n:name: weir\n\nThe upper weir\n```",
        ],
    )
    def test_caption_and_description_in_markdown(self, typed: str) -> None:
        text = shown(f"It broke.\n\n{typed}\n\nIt was mended.\n", "a.md").text
        assert "![A weir in ice](<weir.png>)\n\n:::{caption}\nThe upper weir\n:::" in text

    def test_a_caption_in_one_paragraph_with_its_picture(self) -> None:
        frame = '<draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:desc>A weir in ice</svg:desc></draw:frame>'
        box = f"<text:p><draw:frame><draw:text-box><text:p>{frame}Figure 1: The weir</text:p></draw:text-box></draw:frame></text:p>"
        text = read_text(odt("<text:p>It broke.</text:p>", box))
        assert "![A weir in ice](<Pictures/a.png>)\n\n:::{caption}\nFigure 1: The weir\n:::" in text


def read_text(data: bytes) -> str:
    return import_source(read_source(data, "a.odt"), {}).text


# -- plays, letters, languages --------------------------------------------------------------------


class TestLettersAndPlays:
    def test_the_persons_of_a_play_are_a_list(self) -> None:
        persons = "<front><castList><head>Persons</head><castItem><role>Mary Hart</role>, <roleDesc>a miller</roleDesc></castItem><castGroup><head>Millers</head><castItem><role>John Reed</role></castItem></castGroup></castList></front>"
        text = shown(tei("<sp><speaker>John Reed</speaker><p>Who is there?</p></sp><sp><speaker>Mary</speaker><p>I am.</p></sp>", persons), "a.xml").text  # fmt: skip
        assert "Persons\n\n(p2)=\n- Mary Hart, a miller\n- Millers\n- John Reed\n" in text
        assert "{caption}" not in text

    def test_notes_and_loose_words_among_the_persons_of_a_play(self) -> None:
        persons = "<front><castList><castItem>Ann</castItem><note>Or Anna.</note><castGroup>Millers: <castItem>John</castItem><note>Old.</note>, his <castItem>Son</castItem></castGroup> and others<castItem>Boys</castItem></castList></front>"
        text = shown(tei("<p>They speak.</p><list><item>one</item><note>Once.</note></list>", persons), "a.xml").text  # fmt: skip
        assert "- Ann[^n1]\n- Millers:\n- John[^n2], his\n- Son\n- and others\n- Boys\n" in text
        assert "- one[^n3]\n" in text

    def test_place_and_day_of_a_letter_are_no_heading(self) -> None:
        letter = rtf(
            r"\pard Letters of a Miller\par\pard\qr Weirton, 3 May 1831\par\pard Dear Ada,\par\pard The boats are late, and the weir is broken again.\par\pard\qr Yours,\line Otto\par\pard The boats came in the end.\par"
        )
        text = shown(letter, "a.rtf").text
        assert "\nWeirton, 3 May 1831\n" in text
        assert "\nYours,\\\nOtto\n" in text

    def test_a_language_called_by_its_name(self) -> None:
        text = shown(tei('<p>He said <foreign xml:lang="Latin">aqua</foreign>.</p>'), "a.xml").text
        assert "[*aqua*]{.language-la}" in text

    def test_greek_in_the_font_symbol(self) -> None:
        typed = rtf(r"\pard The letters of {\f1 abg} here.\par")
        assert "of αβγ here" in shown(typed, "a.rtf").text
        assert "of abg here" in shown(typed.replace("Symbol;", "Symbola;"), "a.rtf").text

    @needs_pandoc
    def test_looks_and_styles_of_word(self) -> None:
        style = '<w:style w:type="paragraph" w:styleId="Epi"><w:name w:val="Epigraph"/></w:style>'
        hebrew = run("שלום", '<w:rtl/><w:lang w:bidi="he-IL"/>')
        data = docx(
            paragraph(run("No water, no wheel."), style="Epi"),
            paragraph(run("It is "), run("gone", "<w:dstrike/>"), run(", he said: "), hebrew),
            styles=style,
        )
        text = shown(data, "a.docx").text
        assert "> No water, no wheel." in text
        assert "[gone]{.strikethrough}" in text
        assert "[שלום]{.language-he}" in text

    @needs_pandoc
    def test_epigraph_and_gloss_of_latex(self) -> None:
        text = shown(
            "\\documentclass{book}\\begin{document}\\chapter{Weirs}\\epigraph{No water, no wheel.}{A miller}\nThey write \\ruby{水}{mizu}.\\end{document}",
            "a.tex",
        ).text
        assert "> No water, no wheel.\n>\n> A miller" in text
        assert "水 (mizu)" in text

    @needs_pandoc
    def test_a_box_of_myst_is_text(self) -> None:
        text = shown("It broke.\n\n```{note}\nNobody paid.\n```\n", "a.md").text
        assert "\nNobody paid.\n" in text


def test_the_caption_of_a_picture_in_a_wiki() -> None:
    page = '<html><body><div id="siteSub">From the wiki</div><h1>Weirs</h1><p>The weir is old.</p><div class="thumb"><img src="w.png" alt="A weir"><div class="thumbcaption">The weir in ice</div></div></body></html>'
    text = import_source(read_source(page.encode(), "a.html"), {}).text
    assert ":::{caption}\nThe weir in ice\n:::" in text
    assert "From the wiki" not in text


@needs_pandoc
def test_the_contents_that_word_makes_are_left_out() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
        + paragraph(run("Millers 17"))
        + "</w:sdtContent></w:sdt>"
    )
    imported = import_source(
        read_source(docx(contents, paragraph(run("The weir is old."))), "a.docx"), {}
    )
    assert "17" not in imported.text
    assert any("Millers" in x for x in imported.left_out)


def test_an_item_of_a_long_list_is_read_with_what_is_right_before_it() -> None:
    page = (
        "<html><body><h1>Weirs</h1><ul>"
        + "".join(f"<li>The weir of {n}.</li>" for n in range(500))
        + "</ul></body></html>"
    )
    unit = next(u for u in import_source(read_source(page.encode(), "a.html"), {}).units if u.items)
    parts = list(parts_of(unit))
    assert [p.text[at:] for p, at in parts] == list(unit.items)
    assert max(len(p.text) for p, _ in parts) < 1100


@needs_pandoc
def test_a_paragraph_that_begins_with_a_sign_is_counted_whole() -> None:
    text = "The weirs.\n\n\\#upper weir. It broke in the second year, and nobody had paid for it.\n"
    assert shown(text, "a.md").words.written == 16


@needs_pandoc
def test_a_text_that_runs_to_the_left_is_no_other_language() -> None:
    hebrew = run("שלום עולם", '<w:rtl/><w:lang w:bidi="he-IL"/>')
    text = shown(docx(paragraph(hebrew), paragraph(hebrew, run(" 1831"))), "a.docx").text
    assert "language-he" not in text
    latin = run("aqua", '<w:rtl w:val="0"/><w:lang w:val="la-Latn"/>')
    assert "[aqua]{.language-la}" in shown(docx(paragraph(run("Here is "), latin)), "a.docx").text
    assert "[aqua]{.language-la}" in shown(docx(paragraph(latin)), "a.docx").text


@needs_pandoc
class TestNothingDropped:
    @pytest.mark.parametrize("name", ["wrapfigure", "SCfigure"])
    def test_figures_that_the_text_runs_around(self, name: str) -> None:
        given = "{r}{4cm}" if name == "wrapfigure" else ""
        figure = rf"\begin{{{name}}}{given}\includegraphics{{weir.png}}\caption{{The weir\footnote{{In ice.}}}}\end{{{name}}}"
        text = shown(
            rf"\documentclass{{article}}\begin{{document}}It broke.{figure} It was mended.\end{{document}}",
            "a.tex",
        ).text
        assert ":::{caption}\nThe weir[^n1]\n:::" in text
        assert "4cm" not in text

    def test_pages_that_follow(self) -> None:
        text = cited(
            "\\documentclass{article}\\begin{document}So she says \\autocite[19\\psqq]{hart-letters}.\\end{document}",
            "a.tex",
        ).text
        assert "{cite:p}`hart-letters{pp. 19ff.}`" in text

    @pytest.mark.parametrize("tag", ["customXml", "smartTag", "bdo"])
    def test_what_wraps_runs_of_word(self, tag: str) -> None:
        aside = "<!-- a place --><?place upper?>"
        wrapped = f'<w:{tag} w:element="place"><w:{tag}Pr/>{aside}{run("the upper weir")}</w:{tag}>'
        data = docx(paragraph(run("He went to "), wrapped, run(" again.")))
        assert "He went to the upper weir again." in shown(data, "a.docx").text

    def test_classes_of_markdown(self) -> None:
        text = shown(
            "::: {.epigraph}\nNo water, no wheel.\n:::\n\nIt is [gone]{.strike}.\n", "a.md"
        ).text
        assert "> No water, no wheel." in text
        assert "[gone]{.strikethrough}" in text


def test_verse_set_as_it_is_typed_keeps_its_indents() -> None:
    page = "<html><body><h1>Weirs</h1><p>He sang.</p><pre>  The weir is low,\n      the river slow,\n  and so we go.</pre></body></html>"
    assert f"low,\\\n> {NBSP * 4}the river slow,\\\n> and" in shown(page, "a.html").text


def test_a_line_below_a_heading_of_a_plain_text() -> None:
    text = shown(
        "On Weirs\n========\n\nThe second year\n~~~~~~~~~~\n\nThe weir was built in a dry year, and nobody knew why.\n\nTable 1: Weirs\n\nUpper, lower.\n\nTable of millers\n\nHart, Reed.\n",
        "a.txt",
    ).text
    assert text.startswith("# On Weirs\n\n## The second year\n\n(p1)=\nThe weir")
    assert ":::{caption}\nTable 1: Weirs\n:::" in text
    assert "## Table of millers\n" in text


@needs_pandoc
def test_notes_of_tables_and_lines_of_verse_of_latex() -> None:
    table = r"\begin{tabular}{ll}Weir & Year\\Upper\tablefootnote{In ice.} & 1801\end{tabular}"
    verse = "\\begin{verse}\\flagverse{5}The weir is low,\\\\\n\\hspace{1em}the river slow,\\\\\nand so we go.\\end{verse}"
    text = shown(rf"\documentclass{{article}}\begin{{document}}The weirs. {table} {verse}\end{{document}}", "a.tex").text  # fmt: skip
    assert "| Upper[^n1] | 1801 |" in text
    assert f"> 5 The weir is low,\\\n> {NBSP * 4}the river slow,\\\n> and" in text


@needs_pandoc
def test_a_citation_in_a_heading() -> None:
    text = cited(
        "# Weirs [@hart-letters, p. 19]\n\nThey broke.\n\n## Ice [@nobody]\n\nIt came.\n", "a.md"
    ).text
    assert "# Weirs {cite:p}`hart-letters{p. 19}`\n" in text
    assert "# Ice [@nobody]\n" in text


@needs_pandoc
@pytest.mark.parametrize(
    ("typed", "caption"),
    [
        ("Table 3.", True),
        ("Table 3: Weirs that broke in the second year.", True),
        ("Table 3 Weirs that broke in the second year", True),
        ("Table 3 shows that the weirs broke [@hart-letters, p. 19]. Nobody paid.", False),
        ("Table 3 shows that the weirs broke.", False),
        ("Table 3, which Hart drew, is older. So are the weirs.", False),
        ("Table 3 (Hart 1831, 19) is older.", False),
    ],
)
def test_a_sentence_about_a_table_is_no_caption(typed: str, *, caption: bool) -> None:
    table = "| Weir | Year |\n|---|---|\n| Upper | 1801 |\n"
    text = cited(f"# Weirs\n\nThey broke.\n\n{typed}\n\n{table}\nSo it was.\n", "a.md").text
    assert ("{caption}" in text) == caption
    assert ("{cite:p}" in text) == ("19" in typed)


def test_references_that_keep_their_words_are_counted_in_their_order() -> None:
    """Calls of notes behind a displayed quotation stand for their own words, not for its."""
    said = "    The boats went out in the evening with the pilots, and came in again before noon."
    notes = "Notes\n\n1 Hart, Letters, p. 3.\n2 Hart, Letters, p. 4.\n"
    text = f"On Boats\n\nThey were old.1 She says so:\n\n{said}\n\n(Hart, Letters, p. 5)\n\nThey came home.2 So it is told.\n\n{notes}"
    kept = cited(text, "a.txt", keep=True).text
    assert ":::{quotation}" in kept
    assert kept.count("{cite:typed}") == 3
