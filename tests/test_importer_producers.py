# ruff: noqa: E501  (the documents typed here are as their programs write them)
"""Documents as other programs and older habits write them, each by what must stand in its MyST."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from edition.bibliography import read_bibliography
from edition.importer.citation_fields import locator_of
from edition.importer.importing import Imported
from edition.importer.input_formats import read_source
from edition.model import Work
from edition.texts.errors import WitnessError
from office_documents import docx, odt, paragraph, run
from test_importer_carriers import read
from tests_support import needs_pandoc


def shown(text: str | bytes, name: str) -> Imported:
    """Import a document of which no word may be missing."""
    imported = read(text, name)
    assert not [x for x in imported.left_out if "passed over" in x]
    return imported


def harbour() -> dict[str, Work]:
    """Return the works that these documents cite."""
    data = (Path(__file__).parent / "importer" / "bibliography.bib").read_bytes()
    return dict(read_bibliography([("bibliography.bib", data)]).works)


def blocks(imported: Imported) -> list[str]:
    """Return the blocks of a text without anchors, each on one line; ` / ` is a line break."""
    text = (
        re.sub(r"(?m)^\(\w+\)=\n", "", imported.text)
        .replace("\\\n> ", " / ")
        .replace("\\\n", " / ")
    )
    return [" ".join(b.replace("\n> ", " ").split()) for b in text.strip().split("\n\n")]


# -- pages without styles -------------------------------------------------------------------------

BREAKS = """<HTML><BODY><CENTER><H1>On Weirs</H1></CENTER>
The weir was built in a dry year.<A HREF="#1">[1]</A> Nobody wrote down who had paid for it, and the book is lost.<BR><BR>
&nbsp;&nbsp;&nbsp;In the second year the river rose<A HREF="#2">[2]</A> and took away the gate, the wheel and the miller.<BR>
&nbsp;&nbsp;&nbsp;Then the parish met.
<HR>
<B>NOTES</B><BR>
<A NAME="1">1.</A> The parish book is lost.<BR>
<A NAME="2">2.</A> So says the miller, p.
9. above the gate.<BR><BR>
He was asked twice.<BR>
</BODY></HTML>"""

ANCHORS = """<p>The ferry ran<a href="#n1" name="t1"><sup>1</sup></a> on feast days.<a href="#n2" name="t2"><sup>2</sup></a>
<h3>Footnotes</h3><p><a name="n1"></a><a href="#t1">1</a>. Until the bridge came.<br>
<a name="n2"></a><a href="#t2">2</a>. Six in all.<br>They are in the missal."""

TERMS = """<p>A gate<a href="#a" id="ra">*</a> hangs on a post,<a href="#b" id="rb">[2]</a> and swings.</p><hr>
<dl><dt><a id="a" href="#ra">*</a></dt><dd>Of five bars.</dd>
<dt id="b">[<a href="#rb">2</a>]</dt><dd><p>Of oak.</p></dd><dd>Or elm.</dd></dl>"""

ROWS = """<p>A gate<a href="#a" id="ra">1</a> hangs on a post,<a href="#b" id="rb">2</a> and swings.</p><h3>Notes</h3>
<table><tr id="a"><td><a href="#ra">1</a>.</td><td>Of oak.</td></tr><tr><td><a id="b" href="#rb">2</a></td><td>Of elm.</td></tr></table>"""


class TestOlderPages:
    def test_paragraphs_and_notes_divided_by_line_breaks(self) -> None:
        imported = shown(BREAKS, "a.html")
        assert blocks(imported) == [
            "# On Weirs",
            "The weir was built in a dry year.[^n1] Nobody wrote down who had paid for it, and the book is lost.",
            "In the second year the river rose[^n2] and took away the gate, the wheel and the miller.",
            "Then the parish met.",
            "---",
            "[^n1]: The parish book is lost.",
            "[^n2]: So says the miller, p. 9. above the gate.",
            "He was asked twice.",
        ]
        assert "NOTES" in imported.left_out

    @pytest.mark.parametrize(
        ("page", "notes"),
        [
            (ANCHORS, ["[^n1]: Until the bridge came.", "[^n2]: Six in all. / They are in the missal."]),
            (ROWS, ["[^n1]: Of oak.", "[^n2]: Of elm."]),
            (TERMS, ["[^n1]: Of five bars.", "[^n2]: Of oak.", "Or elm."]),
        ],
    )  # fmt: skip
    def test_notes_that_an_anchor_or_a_term_begins(self, page: str, notes: list[str]) -> None:
        assert blocks(shown(page, "a.html"))[-len(notes) :] == notes

    def test_pages_of_an_index_divide_no_paragraph(self) -> None:
        page = (
            '<p>Gates, <a href="#p1">1</a>, <a href="#p2">2</a></p><p><a name="p1"></a>One gate is '
            'red<br><a name="p2"></a>and two are green, as all know.</p>'
        )
        assert "One gate is red / and two are green, as all know." in blocks(shown(page, "a.html"))

    def test_a_note_that_calls_the_next_one_thousands_of_times(self) -> None:
        notes = "".join(
            f'<p id="n{i}">[{i}] Said.<a href="#n{i + 1}">[{i + 1}]</a></p>' for i in range(1, 3000)
        )
        page = f'<p>One.<a href="#n1">[1]</a></p>{notes}<p id="n3000">[3000] Done.</p>'
        with pytest.raises(WitnessError, match="nested too deeply"):
            read(page, "a.html")

    def test_stanzas_in_one_paragraph_are_a_poem(self) -> None:
        page = "<h1>A</h1><p>He sang of it.</p><p>And again.</p><p>Once more.</p><p>Low is the tide,<br>slow is the oar;<br><br>wide is the river,<br>far is the shore.</p>"
        text = read(page, "a.html").text
        assert "> Low is the tide,\\\n> slow is the oar;\n>\n> wide is the river,\\\n> far" in text

    def test_headings_of_notes_are_left_out_wherever_they_stand(self) -> None:
        page = (
            '<h1>A</h1><p>One<a href="#n1">[1]</a> and two.<a href="#n2">[2]</a></p><h2>Notes</h2>'
            '<h3>Chapter 1</h3><p id="n1">1. First note.</p><h3>Chapter 2</h3><p id="n2">2. Second.</p>'
            "<p>Set in oak.</p>"
        )
        imported = shown(page, "a.html")
        assert blocks(imported)[2:] == ["Set in oak.", "[^n1]: First note.", "[^n2]: Second."]


# -- saved pages ----------------------------------------------------------------------------------

WORD = """<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span>The cart</p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;text-indent:-18.0pt'><span style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span>its wheel</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt'>2.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span>The sack</p>
<p class=MsoListParagraph>No item.</p>"""

FLOATED = """<style>.Look {text-decoration:underline}</style><p>See<div>one <div style="display:inline; position:relative"><a class="Look" href="https://example.org/x">the plan</a><div style="display:inline"> of May</div></div>.<span title="Footnote"><a href="#ftn1" id="b1">1</a></span></div></p>
<ol><li><p><span style="display:block;float:left;min-width:0cm;">1.</span>stone</p></li></ol>
<p class="Footnote"><span><a id="ftn1" href="#b1">1</a></span>Or earth.</p><p class="Footnote">Or a small animal.</p><p>The end.</p>"""


def noted(note: str) -> list[str]:
    """Return the blocks of a page with one call, and what its note is and what follows it."""
    return blocks(
        shown(f"<p>It was wet.<a href='#f1' id='r1'>1</a></p>{note}<p>So it ends.</p>", "a.html")
    )


class TestSavedPages:
    def test_a_name_is_what_an_element_is_called_as_a_whole(self) -> None:
        page = (
            "<h1>Weirs</h1><p>One.</p><p class='not-sr-only'>Two.</p><p class='a sr-only'>Jump.</p>"
        )
        assert blocks(shown(page, "a.html"))[1:] == ["One.", "Two."]

    def test_what_follows_a_note_and_is_another_or_no_note(self) -> None:
        note = "<p class='fnote'><a id='f1' href='#r1'>1</a> Or damp.</p>{}<p class='fnote'>{}</p> Loose."
        starred = noted(note.format("", "* A starred note."))
        assert starred[-1] == "[^n1]: Or damp."
        assert "\\* A starred note." in starred[1]
        loose = noted(note.format("Between.", "And it ended."))
        assert [" ".join(loose[1:])[:30].strip(), loose[-1]] == [
            "Between. And it ended. Loose.",
            "[^n1]: Or damp.",
        ]
        assert noted(note.format("", "Or dry."))[1:] == [
            "Loose.",
            "So it ends.",
            "[^n1]: Or damp.",
            "Or dry.",
        ]

    def test_lists_whose_numbers_word_typed(self) -> None:
        text = shown(WORD, "a.htm").text
        assert "1. The cart\n   - its wheel\n2. The sack\n" in text
        assert "No item." in text

    @pytest.mark.parametrize(
        ("item", "wanted"),
        [
            ("<span>1.<span>&nbsp;&nbsp;</span>First words</span> and more", "1. First words and more"),
            ("<a name='b'></a>1.<span>&nbsp; </span>First", "1. First"),
            ("<span>1.</span><span>&nbsp;<b>Bold</b> words</span>", "1. **Bold** words"),
            ("See number <span>12.<span>&nbsp;</span></span> of it", "See number 12. of it"),
            ("<span>1.</span> See <span>&nbsp;</span>it", "1\\. See it"),
            ("<span>&nbsp;<b>Bold</b></span> words", "**Bold** words"),
        ],
    )  # fmt: skip
    def test_only_the_number_of_an_item_of_word_is_taken(self, item: str, wanted: str) -> None:
        page = (
            f"<p>One.</p><p class='MsoListParagraph' style='margin-left:.in'>{item}.</p><p>Two.</p>"
        )
        assert blocks(shown(page, "a.htm"))[1:-1] == [f"{wanted}."]

    def test_words_that_word_counts_items_with(self) -> None:
        page = "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>Rule One:</span> No dogs.</p>"
        assert "- Rule One: No dogs." in shown(page, "a.htm").text

    def test_lines_lists_and_notes_of_libreoffice(self) -> None:
        found = blocks(shown(FLOATED, "a.xhtml"))
        assert "one [the plan](https://example.org/x) of May.[^n1]" in found
        assert found[-4:] == ["1. stone", "The end.", "[^n1]: Or earth.", "Or a small animal."]

    @pytest.mark.parametrize("tag", ["span class='sidenote'", "span class='marginnote'"])
    def test_notes_in_the_margin(self, tag: str) -> None:
        page = f"<p>A fence<label for='a' class='margin-toggle'>⊕</label><{tag}>In wood.</span> falls.</p>"
        assert blocks(shown(page, "a.html")) == ["A fence[^n1] falls.", "[^n1]: In wood."]

    def test_the_comments_of_google_docs_are_counted_alone(self) -> None:
        page = (
            '<p>One<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> word.</p>'
            '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>check</span></p></div>'
        )
        assert shown(page, "a.html").left_out == ("1 comment",)

    def test_a_title_before_the_heading_of_a_page_names_the_author(self) -> None:
        page = '<p class="title">Ada Fern</p><h1>Mills</h1><p>One.</p><p class="quoteb">The wheel turns.</p>'
        assert blocks(shown(page, "a.html")) == [
            "Ada Fern",
            "# Mills",
            "One.",
            "> The wheel turns.",
        ]

    def test_verse_that_begins_with_small_letters(self) -> None:
        page = "<h1>A</h1><p>One.</p><p>Two.</p><pre>Thorn and bramble,\nbriar and sloe,\nlet it\ngrow.</pre>"
        assert "> Thorn and bramble, / briar and sloe, / let it / grow." in blocks(
            shown(page, "a.html")
        )

    def test_the_name_of_a_file_describes_no_picture(self) -> None:
        assert (
            "![](<b/a.png>)"
            in read('<p>A <img src="b/a.png" alt="../b/a.png"> is.</p>', "a.html").text
        )

    def test_a_capital_that_a_page_sets_apart_is_not_missed(self) -> None:
        page = "<p>Bridges</p><p><span>B</span>ridges were few.</p><nav>Bridges</nav>"
        shown(page, "a.html")


# -- TEI and JATS ---------------------------------------------------------------------------------

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div><head>Deiche</head>{}</div></body></text></TEI>'
JATS = "<article><front><article-meta/></front><body>{}</body><back>{}</back></article>"
ENTRY = (
    '<ref-list><ref id="r1"><element-citation><name><surname>Hart</surname></name><source>Letters from the Harbour'
    "</source><year>1831</year></element-citation></ref></ref-list>"
)


class TestScholarlyMarkup:
    def test_the_call_of_a_note_stands_at_the_word_before_it(self) -> None:
        text = TEI.format(
            '<p>Der Deich <note place="foot" n="a)">Oder Damm.</note>hielt <note>Fast.</note>, sagt er.</p>'
        )
        assert "Der Deich[^n1] hielt [^n2], sagt er." in blocks(shown(text, "a.xml"))

    def test_a_picture_within_a_line(self) -> None:
        text = TEI.format(
            '<p>See <figure><head>A plan</head><graphic url="a.png"/></figure> here.</p>'
        )
        assert "See ![A plan](<a.png>) here." in blocks(read(text, "a.xml"))

    def test_a_sentence_with_an_exact_citation_is_no_line_of_reference(self) -> None:
        works = '<listBibl><bibl xml:id="h"><author>Mary Hart</author>, <title>Letters from the Harbour</title></bibl></listBibl>'
        text = TEI.format(
            f'<p>One.</p><p>“It was low”; see also <ref target="#h">Hart, p. 22</ref>.</p>{works}'
        )
        bound = read(text, "a.xml", harbour()).text
        assert "see also {cite:p}`hart-letters{p. 22}`" in bound

    def test_what_is_said_of_a_picture_is_not_missed(self) -> None:
        figure = '<fig><alt-text>A clay pit</alt-text><graphic href="pit.jpg"/></fig>'
        assert "![A clay pit](<pit.jpg>)" in shown(JATS.format(figure, ""), "a.xml").text

    def test_a_quotation_by_the_type_of_its_paragraph(self) -> None:
        text = JATS.format('<p>One.</p><p content-type="quotation">No dike.</p>', "")
        assert "> No dike." in blocks(shown(text, "a.xml"))

    def test_an_author_within_the_sentence(self) -> None:
        text = JATS.format(
            '<p><xref ref-type="bibr" rid="r1">Hart (1831)</xref> says so.</p>', ENTRY
        )
        assert "{cite:t}`hart-letters` says so." in read(text, "a.xml", harbour()).text


# -- LaTeX ----------------------------------------------------------------------------------------


@needs_pandoc
class TestLatex:
    @pytest.mark.parametrize(
        ("typed", "wanted"),
        [
            ("\\begin{verse}One,\\\\ two,\\\\!\nthree,\\\\ four.\\end{verse}", "> One, / two, > three, / four."),
            (r"\addchap{Foreword} Text.", "# Foreword\n\nText."),
            (r"\begin{addmargin}[1em]{2em}Who comes, pays.\end{addmargin}", "> Who comes, pays."),
            (r"\dictum[Fern]{Water has no beams.}", "> Water has no beams. > Fern"),
            (r"\begin{labeling}{xx}\item[Mole] a dam\end{labeling}", "- Mole\n\na dam"),
            (r"\pstart[\subsection*{More}] It goes.\pend", "# More\n\nIt goes."),
            (r"na\"\i ve, \'{\i}", "naïve, í"),
            (r"It ends.\sidefootnote{Here.}", "It ends.[^n1]\n\n[^n1]: Here."),
            (
                "\\begin{tabular}{>{\\raggedright\\arraybackslash}p{3cm}l}\\toprule\\noalign{}\n\\multicolumn{2}{@{}>{\\raggedright}p{(\\linewidth - 4pt) * \\real{0.6}}}{%\n"
                "\\begin{minipage}[t]{\\linewidth}\\raggedright\nThing\\end{minipage}}\\\\ \\multirow{2}{=}{stones} & 4\\\\ & 5"
                "\\end{tabular}",
                "| Thing | | | stones | 4 | | | 5 |",
            ),
        ],
    )  # fmt: skip
    def test_what_classes_and_packages_add(self, typed: str, wanted: str) -> None:
        found = "\n\n".join(
            blocks(
                shown(rf"\documentclass{{book}}\begin{{document}}{typed}\end{{document}}", "a.tex")
            )
        )
        assert wanted in found

    def test_german_quotation_marks_and_vowels(self) -> None:
        head = r"\documentclass{book}\usepackage[ngerman]{babel}\begin{document}"
        text = read(
            head + '"`Der Hafen"\' l"auft, Stra"se, Hafen"=Amt. \\verb|"a|\\end{document}', "a.tex"
        ).text
        assert '„Der Hafen“ läuft, Straße, Hafen-Amt.\n`"a`' in text

    @pytest.mark.parametrize(
        ("languages", "typed", "wanted"),
        [
            ("ngerman,english", 'He said "such things are "also" here" and "one" of "us".', 'He said "such things are "also" here" and "one" of "us".'),
            ("ngerman,english", r'So "a {\selectlanguage{ngerman} l"auft} "a', 'So "a läuft "a'),
            ("ngerman,english", r'\begin{otherlanguage*}{ngerman}L"auft.\end{otherlanguage*} "a', '[Läuft.]{.language-de} (p3)= "a'),
            ("english,main=ngerman,french", r'L"auft \foreignlanguage{english}{"a}', 'Läuft ["a]{.language-en}'),
            ("ngerman", r'"Uber den "Ofen" l"auft "Ol. \url{http://a.example/?q="a"}', 'Über den "Ofen" läuft Öl. [http://a.example/?q="a"](http://a.example/?q="a")'),
        ],
    )  # fmt: skip
    def test_shorthands_of_german_alone(self, languages: str, typed: str, wanted: str) -> None:
        head = rf"\documentclass{{book}}\usepackage[{languages}]{{babel}}\begin{{document}}"
        text = read(rf"{head}One.\par {typed}\end{{document}}", "a.tex").text
        assert wanted in " ".join(text.split())


@needs_pandoc
def test_calls_of_notes_in_markdown_that_are_links_in_brackets() -> None:
    text = '# Weirs\n\nIt is old.<sup>[1](#note1)</sup> It leaks.[[2]](#note2) So.\n\n## Notes\n\n<a name="note1"></a>1. As the mill.\n\n<a name="note2">2.</a> In spring.\n'
    assert blocks(read(text, "a.md"))[1:] == [
        "It is old.[^n1] It leaks.[^n2] So.",
        "[^n1]: As the mill.",
        "[^n2]: In spring.",
    ]


# -- word processors ------------------------------------------------------------------------------

PICTURE = r"{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv A plan}}{\sp{\sn wzName}{\sv Nine}}}\pngblip 89504e47}}"


def rtf(text: str) -> Imported:
    """Import an RTF of no style."""
    return shown(rf"{{\rtf1\ansi {text}}}", "a.rtf")


class TestRtf:
    def test_cells_span_columns_by_their_right_edges(self) -> None:
        rows = (
            r"\trowd\cellx2000\cellx3010\pard\intbl Thing\cell Count\cell\row"
            r"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl stones\cell wet\cell 4\cell\row\pard End."
        )
        assert blocks(rtf(rows)) == [
            "| | | | | --- | --- | --- | | Thing | | Count | | stones | wet | 4 |",
            "End.",
        ]

    def test_numbers_and_bullets_typed_before_hanging_paragraphs(self) -> None:
        items = (
            r"{\pard\li360\fi-360 1.\tab stone\par}{\pard\li720\fi-360 \bullet\tab wet\par}"
            r"{\pard\li360\fi-360 2.\tab a dog\par}{\pard 3. No item.\par}"
        )
        assert "1. stone\n   - wet\n2. a dog\n\n" in rtf(items).text

    def test_items_are_within_others_by_their_indent_alone(self) -> None:
        hung = r"\pard\fi-360\li{} {}\tab {}\par".format
        rows = ((720, "1.", "stone"), (720, "2.", "a dog"), (1440, "-", "wet"), (1440, "-", "old"))
        items = "".join(hung(*row) for row in (*rows, (720, "3.", "a cart")))
        assert (
            "1. stone\n2. a dog\n   - wet\n   - old\n3. a cart\n" in rtf(f"One.\\par{items}").text
        )

    def test_items_that_are_set_in_without_end(self) -> None:
        items = (rf"\pard\fi-360\li{n * 100} -\tab stone {n}\par" for n in range(1, 1500))
        assert "- stone 1499" in rtf(rf"One.\par{''.join(items)}").text

    def test_typed_items_leave_the_level_of_the_next_paragraphs(self) -> None:
        items = r"\pard\fi-360\li720 1.\tab stone\par {\listtext 2.\tab}a dog\par"
        assert "1. stone\n2. a dog\n" in rtf(rf"One.\par{items}").text

    def test_a_speech_that_a_dash_begins_is_no_item(self) -> None:
        speech = r"\pard\fi-360\li720 \endash\tab Who comes, he asked.\par \endash\tab A dog.\par"
        assert blocks(rtf(rf"One.\par{speech}"))[1:] == ["– Who comes, he asked.", "– A dog."]

    def test_what_is_said_of_a_picture(self) -> None:
        assert "See ![A plan](<picture-1.png>) here." in rtf(rf"See {PICTURE} here.\par").text

    def test_deleted_words_are_listed_once(self) -> None:
        assert rtf(r"A {\deleted dark }lamp.\par").left_out == ("deleted words: dark",)

    def test_a_heading_is_not_bold_as_a_whole(self) -> None:
        assert rtf(r"{\pard\outlinelevel0 \b All of it\par}{\pard One.\par}").text.startswith(
            "# All of it\n"
        )
        assert shown("<h1><b>One {\\i two}</b></h1><p>Text.</p>", "a.html").text.startswith("# One")


@needs_pandoc
def test_the_words_beside_a_picture_in_a_run_of_docx() -> None:
    picture = '<w:drawing><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing>'
    words = '<w:t xml:space="preserve">{}</w:t>'
    parts = "".join(
        (
            words.format("Of May, with "),
            picture,
            words.format(" in line, "),
            picture,
            words.format("and more."),
        )
    )
    assert blocks(shown(docx(paragraph(f"<w:r><w:rPr><w:b/></w:rPr>{parts}</w:r>")), "a.docx")) == [
        "**Of May, with in line, and more.**"
    ]


class TestOdt:
    def test_headings_that_a_list_numbers(self) -> None:
        head = '<text:h text:outline-level="{}">{}</text:h>'
        inner = (
            f"<text:list><text:list-item>{head.format(2, 'Deeper')}</text:list-item></text:list>"
        )
        data = odt(
            f"<text:list><text:list-item>{head.format(1, 'What was left')}</text:list-item></text:list>",
            f"<text:p>One.</text:p><text:list><text:list-item>{inner}</text:list-item></text:list><text:p>Two.</text:p>",
        )
        assert blocks(shown(data, "a.odt")) == ["# What was left", "One.", "## Deeper", "Two."]

    def test_headings_after_a_list_that_goes_on(self) -> None:
        one = "<text:list><text:list-item><text:p>stone</text:p></text:list-item></text:list>"
        head = '<text:list text:continue-numbering="true"><text:list-item><text:h text:outline-level="1">Next</text:h></text:list-item></text:list>'
        assert blocks(
            shown(odt("<text:p>One.</text:p>", one, head, "<text:p>Two.</text:p>"), "a.odt")
        )[1:] == ["- stone", "# Next", "Two."]

    def test_cells_that_span_others_which_the_file_does_not_name(self) -> None:
        row = "<table:table-row>{}</table:table-row>"
        cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
        rows = (
            cell.format(' table:number-columns-spanned="2"', "Thing") + cell.format("", "Count"),
            cell.format(' table:number-rows-spanned="2"', "stones")
            + cell.format("", "wet")
            + cell.format("", "4"),
            cell.format("", "dry") + cell.format("", "5"),
        )
        data = odt(
            f"<table:table>{''.join(map(row.format, rows))}</table:table>", "<text:p>End.</text:p>"
        )
        table = "| Thing | | Count | | stones | wet | 4 | | | dry | 5 |"
        assert table in blocks(shown(data, "a.odt"))[0]

    def test_the_pictures_of_one_file(self) -> None:
        with zipfile.ZipFile(
            io.BytesIO(
                odt(
                    "<text:p>See <draw:frame><draw:image><office:binary-data>iVBORw0=</office:binary-data></draw:image></draw:frame> here.</text:p>"
                )
            )
        ) as archive:
            content = archive.read("content.xml").decode()
        source = read_source(
            content.replace("office:document-content", "office:document").encode(), "a.fodt"
        )
        assert source.pictures == {"picture-1.png": b"\x89PNG\r"}
        assert not source.left_out


# -- plain text -----------------------------------------------------------------------------------

MAIL = """\
On Moles

Hart wrote last week that the mole would have to be mended before
the winter came, and that nobody had asked the masons:

> The mole is cracked in three places, and the third of them is
> below the water.
>
> I have told the Board.

I do not agree with her at all.
> > The Board never answers.
> That is not so; it answered me.
"""

LISTED = """\
A rope is made of three strands, and a strand is made of many yarns, and a yarn
is made of hemp.1 It holds as long as it is dry.2 Then it is only a wet rope.

Notes

1. Or of manila, says Hart; see the plate that faces page
9. above the ropewalk there was once a loft for hemp.
2. A day, in May.
"""

LAYOUT = """\
       The first dredger in the river was a boat with a wheel in it, and the
wheel was turned by two horses that walked in a ring.1 It lifted mud, and re-
fused stones.

1
    They were changed at noon.

                                    1
\f                              ADA FERN

       The second was driven by steam, and it is described by a visitor, who
saw it from the quay in the year in which it came.
"""


class TestPlainText:
    def test_the_quotations_of_an_e_mail(self) -> None:
        assert blocks(shown(MAIL, "a.txt"))[2:] == [
            "> The mole is cracked in three places, and the third of them is below the water. > I have told the Board.",
            "I do not agree with her at all.",
            "> The Board never answers. > That is not so; it answered me.",
        ]

    def test_one_sign_is_no_quotation(self) -> None:
        assert r"\> 5 feet" in shown("On Moles\n\nThe mole is high.\n\n> 5 feet\n", "a.txt").text

    def test_signs_in_running_prose_are_no_quotation(self) -> None:
        text = "On Moles\n\nThe mole is high, where 4 is\n> 3 feet and the wall of it\n> 2 feet.\n\nIt is high where 5 is\n> 4 feet. So it was built.\n"
        one = text.replace("\n> 2", " > 2")
        assert "> " not in [b[:2] for b in blocks(shown(one, "a.txt"))]
        assert "where 5 is > 4 feet" in " ".join(blocks(shown(one, "a.txt")))

    def test_notes_with_names_are_called_in_any_order(self) -> None:
        text = "On Moles\n\nA mole[^x-y] is high[^1] and[^2] old.[^x-y]\n\n[^1]: One.\n[^2]: Two.\n[^x-y]: Three.\n"
        assert blocks(shown(text, "a.txt"))[1:] == [
            "A mole[^n3] is high[^n1] and[^n2] old.[^n3]",
            "[^n1]: One.",
            "[^n2]: Two.",
            "[^n3]: Three.",
        ]

    def test_a_line_of_a_note_that_begins_with_a_page_is_no_item(self) -> None:
        note = "[^n1]: Or of manila, says Hart; see the plate that faces page 9. above the ropewalk there was once a loft for hemp."
        assert note in blocks(shown(LISTED, "a.txt"))

    def test_a_note_whose_number_has_a_line_of_its_own(self) -> None:
        found = blocks(shown(LAYOUT, "a.txt"))
        assert "walked in a ring.[^n1] It lifted mud, and refused stones." in found[0]
        assert found[1] == "[^n1]: They were changed at noon."

    def test_the_empty_lines_of_a_typewriter(self) -> None:
        found = blocks(shown(TYPED, "a.txt"))
        assert found[1:] == [
            "A bellows is a lung made of leather and it breathes as long as somebody is paid to make it breathe. The boy who did it was paid a penny, and he slept at the handle.",
            "When he was asked he answered with a rhyme:",
            "> Up goes the leather, / down goes the wind, / out goes the fire / that nobody minds.",
            "He was let go in the spring.",
        ]

    def test_paragraphs_of_one_line_are_not_in_double_spacing(self) -> None:
        text = "\n\n".join(f"The ship number {n} left the quay." for n in range(12))
        assert len(blocks(shown(text, "a.txt"))) == 12


TYPED = "\n\n".join(
    (
        "                              ON BELLOWS\n",
        "     A bellows is a lung made of leather and it breathes as long as",
        "somebody is paid to make it breathe. The boy who did it was paid a",
        "penny, and he slept at the handle.",
        "     When he was asked he answered with a rhyme:\n",
        "          Up goes the leather,",
        "          down goes the wind,",
        "          out goes the fire",
        "          that nobody minds.\n",
        "     He was let go in the spring.\n",
    )
)


# -- notes without a heading -----------------------------------------------------------------------

BARE = """<h1>On Locks</h1><p>A lock is a hinge that says no{one} It says it twice, and then the key turns.</p>
<p>The smith who wrote this kept no key{two} and had no door to speak of in his house.</p><p>{first} Or not yet.</p><p>{second} Not one.</p>{more}"""


class TestNotesWithoutHeading:
    @pytest.mark.parametrize(
        ("signs", "more"),
        [
            (("[1]", "[2]"), ""),
            (("[1]", "[2]"), "<p>Written by Ada Fern in the month of May.</p>"),
            ((" (1)", " (2)"), ""),
        ],
    )
    def test_numbers_in_brackets_at_the_end(self, signs: tuple[str, str], more: str) -> None:
        one, two = signs
        page = BARE.format(one=one, two=two, first=one.strip(), second=two.strip(), more=more)
        found = blocks(shown(page, "a.html"))
        assert "says no[^n1] It" in found[1]
        assert "no key[^n2] and" in found[2]
        assert found[3:5] == ["[^n1]: Or not yet.", "[^n2]: Not one."]

    def test_lines_of_one_paragraph(self) -> None:
        page = BARE.format(one="[1]", two="[2]", first="[1]", second="[2]", more="")
        page = page.replace("yet.</p><p>", "yet.<br>")
        found = blocks(shown(page, "a.html"))
        assert found[3:5] == ["[^n1]: Or not yet.", "[^n2]: Not one."]

    @pytest.mark.parametrize(
        ("two", "second", "more"),
        [
            ("", "[2]", ""),  # not called
            ("[2]", "[3]", ""),  # another number
            ("[2]", "[2]", "<p>The text goes on here and goes on.</p>" * 4),
        ],
    )
    def test_numbers_that_no_notes_answer(self, two: str, second: str, more: str) -> None:
        page = BARE.format(one="[1]", two=two, first="[1]", second=second, more=more)
        assert f"{second} Not one." in shown(page, "a.html").text


# -- what is exact stays exact -----------------------------------------------------------------------

CITING = """<article xmlns:xlink="x"><front><article-meta><title-group><article-title>Pitch</article-title></title-group></article-meta></front>
<body><p>The caulkers of the harbour have a rule that nobody wrote down.</p>{text}<p>After it, everyone went home and nobody spoke.</p></body><back><ref-list><ref id="b1">
<mixed-citation publication-type="book"><string-name><surname>Hart</surname>, <given-names>Mary</given-names></string-name>. <year>1831</year>. <source>Letters from the Harbour</source>.</mixed-citation></ref></ref-list></back></article>"""
XREF = '<xref ref-type="bibr" rid="b1">Hart 1831</xref>'
MARK = '<text:bibliography-mark text:identifier="{key}" text:bibliography-type="book" text:author="Hart, Mary" text:title="Letters from the Harbour" text:year="1831">[H31]</text:bibliography-mark>'


class TestExactCitations:
    @pytest.mark.parametrize("tail", [", 22", ", p. 22", ", p. 22."])
    def test_the_page_behind_the_reference_of_a_quotation(self, tail: str) -> None:
        quoted = f"<disp-quote><p>First the oakum, then the pitch.</p><attrib>{XREF}{tail}</attrib></disp-quote>"
        found = read(CITING.format(text=quoted), "a.xml", works=harbour()).text
        assert ":::{quotation} hart-letters\n:name: q1\n:page: p. 22\n" in found

    @pytest.mark.parametrize("tail", [", p. 22", ", pp. 20–21"])
    def test_the_page_behind_a_citation(self, tail: str) -> None:
        found = read(
            CITING.format(text=f"<p>So it is ({XREF}){tail} and so it was, {XREF}{tail}.</p>"),
            "a.xml",
            works=harbour(),
        ).text
        assert f"and so it was, {{cite:p}}`hart-letters{{{tail[2:]}}}`." in found

    def test_a_citation_within_a_displayed_quotation(self) -> None:
        quoted = f"<disp-quote><p>First the oakum (so {XREF} has it), then the pitch, and then the sea.</p></disp-quote>"
        found = read(CITING.format(text=quoted), "a.xml", works=harbour()).text
        assert "> First the oakum (so {cite:p}`hart-letters` has it)" in " ".join(found.split("\n"))

    @pytest.mark.parametrize("tail", [", 1831", ", pp. 20–21, 33", ", p. 2 and 3"])
    def test_what_is_no_single_page_behind_a_citation(self, tail: str) -> None:
        text = f"<p>So it was, and so it is and will be, says {XREF}{tail}.</p>"
        found = read(CITING.format(text=text), "a.xml", works=harbour()).text
        assert f"says {{cite:p}}`hart-letters`{tail}." in found

    def test_a_citation_in_a_caption(self) -> None:
        table = f"<table-wrap><caption><p>Prices, after {XREF}, p. 22</p></caption><table><tr><td>a</td><td>b</td></tr></table></table-wrap>"
        found = read(CITING.format(text=table), "a.xml", works=harbour()).text
        assert "Prices, after {cite:p}`hart-letters{p. 22}`" in found

    @pytest.mark.parametrize("key", ["hart-letters", "another-key"])
    def test_the_marks_of_works_of_odt(self, key: str) -> None:
        mark = MARK.format(key=key)
        data = odt(
            "<text:h>Corks</text:h>",
            f"<text:p>A cork floats {mark}, p. 9.</text:p>",
            f"<text:p>It sank as it was bound to sink, says {mark}, and it came up.</text:p>",
        )
        found = blocks(read(data, "a.odt", works=harbour()))
        assert found[1] == "A cork floats {cite:p}`hart-letters{p. 9}`."
        assert found[2].endswith("says {cite:p}`hart-letters`, and it came up.")

    @pytest.mark.parametrize(
        ("locator", "label", "shown_as"),
        [("II", "chapter", "chap. II"), ("fol. 3r", "folio", "fol. 3r"), ("II", "page", "p. II")],
    )
    def test_the_label_of_a_locator_in_roman_numbers(
        self, locator: str, label: str, shown_as: str
    ) -> None:
        assert locator_of(locator, label) == shown_as


# -- other constructions of the same formats ---------------------------------------------------------

BOOK_PART = """<?xml version="1.0"?><book-part-wrapper xml:lang="en"><book-part><book-part-meta><title-group><title>Tar</title></title-group></book-part-meta>
<body><p>Tar runs<fn id="x1"><label>*</label><p>In June.</p></fn> in the sun.</p><sec><title>Below</title><p>It drips.</p></sec></body></book-part></book-part-wrapper>"""
BOOK = """<?xml version="1.0"?><book><book-meta><book-title-group><book-title>On Ships</book-title></book-title-group></book-meta><book-body>
<book-part><book-part-meta><title-group><title>Tar</title></title-group></book-part-meta><body><p>Tar runs.</p><sec><title>Below</title><p>It drips.</p></sec></body></book-part></book-body></book>"""
DRUPAL = """<html><body><main><div><h1>Levers</h1></div><article><div><p>A lever is a stick and a stone, and a stone is not a stick.</p>
<p style="padding-left: 30px;">Give me a stick that is long enough.</p><p>Nobody gave him one, and the harbour is still where it was.</p></div></article></main></body></html>"""


def deleted_end(first: str, second: str) -> bytes:
    mark = '<w:rPr><w:del w:id="3" w:author="a"/></w:rPr>'
    return docx(
        paragraph(run("On Buckets, and on what they hold and do not hold.")),
        paragraph(run(first), properties=mark),
        paragraph(run(second)),
    )


class TestOtherConstructions:
    def test_a_chapter_and_a_book_in_bits(self) -> None:
        assert blocks(shown(BOOK_PART, "a.xml")) == [
            "# Tar", "Tar runs[^n1] in the sun.", "## Below", "It drips.", "[^n1]: In June.",
        ]  # fmt: skip
        assert [b for b in blocks(shown(BOOK, "a.xml")) if b[0] == "#"] == [
            "# On Ships", "## Tar", "### Below",
        ]  # fmt: skip

    def test_a_title_beside_the_article_and_a_quotation_set_in_by_padding(self) -> None:
        found = blocks(shown(DRUPAL, "a.html"))
        assert found[0] == "# Levers"
        assert found[2] == "> Give me a stick that is long enough."

    def test_a_division_set_in_is_a_quotation(self) -> None:
        page = '<h1>Sand</h1><div>It goes where it is blown, and it stays there.</div><div style="margin-left: 40px">Plant the grass in March.</div><div>So the rule says, and it was broken.</div>'
        assert "> Plant the grass in March." in blocks(shown(page, "a.html"))

    def test_classes_of_lines_that_are_numbered(self) -> None:
        page = '<h1>Slips</h1><p>They sang on the slip, and they sang in the mud:</p><p class="poem0">Down to the water,</p><p class="poem1">down to the mud.</p><p>They fell, and they rose again.</p>'
        assert "> Down to the water, / down to the mud." in blocks(shown(page, "a.html"))

    def test_a_note_whose_number_has_a_star(self) -> None:
        page = '<h1>Winches</h1><p>It asks for no wage. <a href="#n2" name="f2">[2*]</a></p><p>It is of iron, and it is red.</p><h4>Notes</h4><p><a name="n2">2*.</a> The star is the printer’s.</p>'
        found = blocks(shown(page, "a.html"))
        assert found[1] == "It asks for no wage.[^n1]"
        assert found[-1] == "[^n1]: The star is the printer’s."

    @needs_pandoc
    def test_a_paragraph_whose_end_is_deleted(self) -> None:
        found = blocks(shown(deleted_end("Two halves ", "of one paragraph."), "a.docx"))
        assert found[1:] == ["Two halves of one paragraph."]

    @needs_pandoc
    def test_a_table_of_one_cell_is_a_frame(self) -> None:
        cell = f"<w:tc><w:tcPr/>{paragraph(run('Fire on the sea.'))}{paragraph(run('Smoke on the hill.'))}</w:tc>"
        frame = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1000"/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>'
        data = docx(paragraph(run("It was seen from three parishes, and from the sea.")), frame)
        assert blocks(shown(data, "a.docx"))[1:] == ["Fire on the sea.", "Smoke on the hill."]

    @needs_pandoc
    def test_running_heads_and_verse_of_latex(self) -> None:
        text = r"""\documentclass{book}\begin{document}\chapter{Ash}\markboth{Ash}{Ash} It bends, says \og elle \fg{} so.
\begin{tabular}{ll}Tree & Colour \\ \cline{1-2} ash & white \\ \end{tabular}
\begin{poem}\begin{stanza}Ash for the oar,\verseline oak for the door,\verseline elm for evermore.\end{stanza}\end{poem}
\iffalse some hidden words here \fi\begin{comment}some other words here\end{comment}\end{document}"""
        found = blocks(shown(text, "a.tex"))
        assert found[1] == "It bends, says « elle » so."
        assert "| ash | white |" in found[2]
        assert found[3] == "> Ash for the oar, / oak for the door, / elm for evermore."

    @needs_pandoc
    def test_small_capitals_and_labels_of_links_in_markdown(self) -> None:
        text = '# Nails\n\n[Fern]{.sc} has [it][one label here].\n\n[one label here]: https://example.org/n "A title of it"\n'
        found = shown(text, "a.md").text
        assert "[Fern]{.smallcaps} has [it](https://example.org/n" in found
