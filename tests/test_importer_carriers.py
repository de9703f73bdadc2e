# ruff: noqa: E501  (the documents typed here are as their programs write them)
"""Documents as the programs of scholars write them: managers' fields, saved pages, dialects."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner

from edition.bibliography import read_bibliography
from edition.cli import main
from edition.importer.importing import Imported, import_source
from edition.importer.input_formats import read_source
from edition.importer.word_count import with_unread
from edition.model import Work
from edition.texts.errors import WitnessError
from office_documents import csl, docx, field, odt, paragraph, run
from test_importer_documents import ZOTERO
from tests_support import needs_pandoc


@pytest.fixture(scope="module")
def works() -> dict[str, Work]:
    data = (Path(__file__).parent / "importer" / "bibliography.bib").read_bytes()
    return dict(read_bibliography([("bibliography.bib", data)]).works)


def read(text: str | bytes, name: str, works: dict[str, Work] | None = None) -> Imported:
    data = text.encode() if isinstance(text, str) else text
    imported = import_source(read_source(data, name), works or {})
    assert imported.words.differs == ""
    return imported


# -- the fields of reference managers -------------------------------------------------------------

ENDNOTE = (
    "<EndNote><Cite><Author>Hart</Author><Year>1831</Year><Prefix>see </Prefix><Pages>19</Pages>"
    '<record><ref-type name="Book">6</ref-type><contributors><authors><author>Hart, Mary</author>'
    '</authors></contributors><titles><title><style face="normal">Letters from the Harbour</style>'
    "</title></titles><dates><year>1831</year></dates></record></Cite></EndNote>"
)
UNKNOWN = ENDNOTE.replace("Hart", "Crane").replace("Letters from the Craneour", "The Long Shore")


def packed(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def nested(code: str, shown: str) -> str:
    """A field of EndNote's as Word keeps a long one: its data apart, and once more within."""
    data = f'<w:fldData xml:space="preserve">{packed(code)}</w:fldData>'
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return (
        f"{begin}<w:r><w:instrText> ADDIN EN.CITE </w:instrText></w:r>{begin}<w:r><w:instrText> "
        f"ADDIN EN.CITE.DATA </w:instrText></w:r>{end}"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}{end}'
    )


def control(tag: str, content: str) -> str:
    properties = f'<w:sdtPr><w:tag w:val="{tag}"/><w:id w:val="1"/></w:sdtPr>'
    return f"<w:sdt>{properties}<w:sdtContent>{content}</w:sdtContent></w:sdt>"


CITAVI = {
    "Entries": [
        {
            "PageRange": {"OriginalString": "33-34"}, "Prefix": "vgl. ",
            "Reference": {
                "Title": "Letters from the Harbour", "ReferenceType": "Book", "Year": "1831",
                "Authors": [{"LastName": "Hart", "FirstName": "Mary"}],
            },
        }
    ]
}  # fmt: skip
MENDELEY = "MENDELEY_CITATION_v3_" + packed(csl(ZOTERO))


@needs_pandoc
class TestManagers:
    @pytest.mark.parametrize(
        ("shown", "wanted"),
        [
            (field(f" ADDIN EN.CITE {ENDNOTE}", "(1)"), "{cite:p}`{see}hart-letters{p. 19}`"),
            (nested(ENDNOTE, "(1)"), "{cite:p}`{see}hart-letters{p. 19}`"),
            (control(MENDELEY, run("(1)")), "{cite:p}`{see}hart-letters{p. 19}`"),
            (
                field(f" ADDIN CitaviPlaceholder{{{packed(json.dumps(CITAVI))}}}", "(1)"),
                "{cite:p}`{vgl.}hart-letters{pp. 33–34}`",
            ),
        ],
    )
    def test_each_is_read(self, shown: str, wanted: str, works: dict[str, Work]) -> None:
        data = docx(paragraph(run("She says so, and at length "), shown, run(" in the book.")))
        assert f"at length {wanted} in the book." in read(data, "a.docx", works).text

    def test_bookmarks_of_zotero(self, works: dict[str, Work]) -> None:
        code = f"ZOTERO_ITEM CSL_CITATION {csl(ZOTERO)}"
        shown = (
            '<w:bookmarkStart w:id="7" w:name="ZOTERO_BREF_abc"/>' + run("(1)")
            + '<w:bookmarkEnd w:id="7"/>'
        )  # fmt: skip
        data = io.BytesIO(docx(paragraph(run("She says so, and at length "), shown, run("."))))
        pieces = "".join(
            f'<property name="ZOTERO_BREF_abc_{n}"><lpwstr>{escape(code[i : i + 100])}</lpwstr></property>'
            for n, i in enumerate(range(0, len(code), 100), 1)
        )
        with zipfile.ZipFile(data, "a") as archive:
            archive.writestr("docProps/custom.xml", f"<Properties>{pieces}</Properties>")
        assert "{cite:p}`{see}hart-letters{p. 19}`." in read(data.getvalue(), "a.docx", works).text

    def test_what_the_bibliography_lacks_is_drafted(self, works: dict[str, Work]) -> None:
        from edition.importer.bibtex_drafts import drafts

        shown = field(f" ADDIN EN.CITE {UNKNOWN}", "(1)")
        imported = read(docx(paragraph(run("She says so, and at length "), shown)), "a.docx", works)
        draft = drafts(imported.found.missed, works)
        (entry,) = read_bibliography([("draft.bib", draft.encode())]).works.values()
        assert entry.get("author") == "Crane, Mary"

    def test_a_damaged_field_is_text(self, works: dict[str, Work]) -> None:
        for code in ("ADDIN EN.CITE <EndNote><Cite>", "ADDIN CitaviPlaceholder{!!!}"):
            data = docx(paragraph(run("She says so, and at length "), field(code, "(so there)")))
            assert "(so there)" in read(data, "a.docx", works).text


# -- what Word and its kin say by styles and shapes ------------------------------------------------


def style(name: str, kind: str = "paragraph", look: str = "") -> str:
    ident = name.replace(" ", "")
    return f'<w:style w:type="{kind}" w:styleId="{ident}"><w:name w:val="{name}"/>{look}</w:style>'


STYLES = (
    style("Normal") + style("Body Extract", look='<w:pPr><w:ind w:left="720"/></w:pPr>')
    + style("Verse") + style("Emphasis", "character", "<w:rPr><w:i/></w:rPr>")
    + style("List Paragraph", look='<w:pPr><w:ind w:left="720"/></w:pPr>')
)  # fmt: skip
BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
    f"{paragraph(run('A box beside it.'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
RUBY = f"<w:ruby><w:rt>{run('gloss')}</w:rt><w:rubyBase>{run('word')}</w:rubyBase></w:ruby>"


@needs_pandoc
def test_what_styles_and_shapes_of_docx_say() -> None:
    indent = '<w:ind w:left="720" w:right="720"/>'
    hanging = '<w:ind w:left="720" w:hanging="720"/>'
    data = docx(
        paragraph(
            run("The lamp "), run("burned", '<w:rStyle w:val="Emphasis"/>'), BOX, run(" all.")
        ),
        paragraph(run("Set in by its style."), style="BodyExtract"),
        paragraph(run("It went on."), style="Normal"),
        paragraph(run("Set in by hand."), style="Normal", properties=indent),
        paragraph(
            run("A glossed "),
            RUBY,
            run(", and a soft"),
            "<w:r><w:softHyphen/></w:r>",
            run("ened one."),
        ),
        paragraph(run("Hart, Mary. Letters."), style="Normal", properties=hanging),
        paragraph(run("An item without a sign."), style="ListParagraph"),
        paragraph(run("It sang:"), style="Normal"),
        *(
            paragraph(run(line), style="Verse")
            for line in ("The tide,", "went out.", "", "And he,", "too.")
        ),
        styles=STYLES,
    )
    text = read(data, "a.docx").text
    assert "The lamp *burned* all.\n\n(p2)=\nA box beside it.\n\n> Set in by its style.\n" in text
    assert "\n> Set in by hand.\n\n(p4)=\nA glossed word (gloss), and a softened one.\n" in text
    assert "\nHart, Mary.\nLetters.\n" in text
    assert "\nAn item without a sign.\n" in text
    assert text.endswith("> The tide,\\\n> went out.\n>\n> And he,\\\n> too.\n")


def drawn(*boxes: str) -> str:
    """A group of text boxes as Word draws it, and once more for older programs."""
    inner = "".join(
        f"<wps:txbx><w:txbxContent>{paragraph(run(box))}</w:txbxContent></wps:txbx>"
        for box in boxes
    )
    return (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<mc:Choice Requires="wps"><w:drawing>{inner}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


@needs_pandoc
def test_boxes_of_docx_beside_the_words_that_hold_them() -> None:
    held = paragraph(run("The lamp "), drawn("A box.", "Another box."), run("burned."))
    imported = read(docx(held), "a.docx")
    assert "The lamp burned.\n\n(p2)=\nA box.\n\n(p3)=\nAnother box.\n" in imported.text
    assert imported.left_out == ()


def cell(text: str, merge: str = "") -> str:
    return f"<w:tc><w:tcPr>{merge}</w:tcPr>{paragraph(run(text))}</w:tc>"


@needs_pandoc
def test_rows_of_docx_that_are_longer_than_the_first() -> None:
    late = f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("1829")}{cell("forty")}'
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="9"/><w:gridCol w:w="9"/></w:tblGrid>'
    rows = f"<w:tr>{cell('Year')}{cell('Ships')}</w:tr><w:tr>{late}</w:tr>"
    imported = read(docx(paragraph(run("It burned.")), f"<w:tbl>{grid}{rows}</w:tbl>"), "a.docx")
    assert "| Year | Ships |  |\n|  | 1829 | forty |" in imported.text
    assert imported.left_out == ()


@needs_pandoc
def test_words_that_pandoc_passes_over_are_listed() -> None:
    rows = (("Year", '<w:vMerge w:val="restart"/>'), ("burned", "<w:vMerge/>"))
    table = "".join(f"<w:tr>{cell(*row)}{cell('Ships', '')}</w:tr>" for row in rows)
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="9"/><w:gridCol w:w="9"/></w:tblGrid>'
    data = docx(paragraph(run("The lamp burned.")), f"<w:tbl>{grid}{table}</w:tbl>")
    assert read(data, "a.docx").left_out == ("words that were passed over: burned",)


NUMBERED = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
    'style:num-prefix="(" style:num-suffix=")" style:num-format="a" text:start-value="3"/>'
    "</text:list-style>"
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('<html><body><p>It sang:</p><ol type="a" start="3"><li>lamp</li><li>tide</li></ol></body></html>', "a.html"),
        ('<TEI><text><body><p>It sang:</p><list rend="lower-alpha"><item>lamp</item><item>tide</item></list></body></text></TEI>', "a.xml"),
        ('<article><front/><body><p>It sang:</p><list list-type="alpha-lower"><list-item><p>lamp</p></list-item><list-item><p>tide</p></list-item></list></body></article>', "b.xml"),
    ],
)  # fmt: skip
def test_letters_before_items_are_kept(text: str, name: str) -> None:
    first, second = "cd" if "start" in text else "ab"
    assert f"- {first}.\u00a0lamp\n- {second}.\u00a0tide\n" in read(text, name).text


@needs_pandoc
def test_numbers_of_items_as_their_document_has_them() -> None:
    text = "It sang:\n\niv. lamp\nv.  tide\n\n     (A) ebb\n     (B) flood\n"
    items = "- iv.\u00a0lamp\n- v.\u00a0tide\n  - (A)\u00a0ebb\n  - (B)\u00a0flood\n"
    assert items in read(text, "a.md").text
    latex = r"\begin{enumerate}[label=(\roman*), nosep]\item lamp\end{enumerate}"
    assert "- (i)\u00a0lamp\n" in read(f"It sang: {latex}", "a.tex").text


def test_a_list_of_odt_that_begins_late() -> None:
    items = "".join(
        f"<text:list-item><text:p>{w}</text:p></text:list-item>" for w in ("lamp", "tide")
    )
    data = odt(
        f'<text:p>It sang:</text:p><text:list text:style-name="L1">{items}</text:list>',
        styles=NUMBERED,
    )
    assert "- (c)\u00a0lamp\n- (d)\u00a0tide\n" in read(data, "a.odt").text


def test_formulas_sheets_and_lines_of_code_of_odt() -> None:
    def shown(number: int) -> str:
        return (
            f'<text:p>Here <draw:frame><draw:object xlink:href="./Object {number}"/>'
            f'<draw:image xlink:href="./Replacements/{number}"/></draw:frame> it is.</text:p>'
        )

    formula = "<math><semantics><mi>lamp</mi><annotation>l a m p</annotation></semantics></math>"
    old = f'<!DOCTYPE math PUBLIC "-//OpenOffice.org//DTD Modified W3C MathML 1.01//EN" "math.dtd">{formula}'
    code = '<text:p text:style-name="Preformatted_20_Text">{}</text:p>'
    data = odt(
        shown(1), shown(2), code.format("lamp {"), code.format('<text:s text:c="4"/>burn();'),
        parts={"Object 1/content.xml": old, "Object 2/content.xml": "<document><p>Cells</p></document>"},
    )  # fmt: skip
    text = read(data, "a.odt").text
    assert "Here `lamp` it is.\n" in text
    assert "Here ![](<Replacements/2>) it is.\n\n```\nlamp {\n    burn();\n```\n" in text


def test_an_odt_with_a_password_is_told() -> None:
    locked = {
        "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
        "styles.xml": "\0\0",
    }
    with pytest.raises(WitnessError, match="is encrypted"):
        read_source(odt("", parts=locked), "a.odt")


@pytest.mark.parametrize(
    ("shown", "page"), [("1831, p. 19", "p. 19"), ("Hart 1831", ""), ("1,2", "")]
)
def test_the_page_within_a_reference_of_jats(shown: str, page: str) -> None:
    cited = f'<xref ref-type="bibr" rid="B1">{shown}</xref>'
    listed = (
        '<ref id="B1"><mixed-citation>Hart, <source>Lamps</source>, 1831.</mixed-citation></ref>'
    )
    text = f"<article><front/><body><p>Lit ({cited}).</p></body><back><ref-list>{listed}</ref-list></back></article>"
    (field,) = (f for u in read(text, "a.xml").units for f in u.fields)
    assert [i.locator for i in field.items] == [page]


def test_an_article_of_jats_in_a_set() -> None:
    article = "<article><front/><body><p>The lamp burned.</p></body></article>"
    whole = f"<pmc-articleset>{article}</pmc-articleset>"
    assert "The lamp burned.\n" in read(whole, "a.xml").text
    with pytest.raises(WitnessError, match="holds no words"):
        read("<pmc-articleset><front/></pmc-articleset>", "a.xml")


def test_an_odt_in_one_file() -> None:
    spaces = "".join(f' xmlns:{n}="urn:{n}"' for n in ("office", "style", "fo", "text"))
    look = '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    body = '<text:p>The lamp <text:span text:style-name="T1">burned</text:span>.</text:p>'
    flat = f"<?xml version='1.0'?><office:document{spaces}>{look}<office:body><office:text>{body}</office:text></office:body></office:document>"
    assert "The lamp *burned*.\n" in read(flat, "a.fodt").text
    with pytest.raises(WitnessError, match="holds no text"):
        read_source(flat.replace("body>", "presentation>").encode(), "a.fodt")


def test_stanzas_and_glosses_of_odt() -> None:
    lines = ("The tide,", "went out.", "", "And he,", "too.")
    gloss = "<text:ruby><text:ruby-base>word</text:ruby-base><text:ruby-text>gloss</text:ruby-text></text:ruby>"
    data = odt(
        f"<text:p>A {gloss} of it.</text:p><text:p>It went on.</text:p><text:p>It sang:</text:p>",
        *(f'<text:p text:style-name="Verse">{line}</text:p>' for line in lines),
    )
    text = read(data, "a.odt").text
    assert "A word (gloss) of it." in text
    assert "> The tide,\\\n> went out.\n>\n> And he,\\\n> too.\n" in text


def test_a_bracket_alone_within_a_quotation_does_not_end_its_anchor() -> None:
    imported = read(
        "A Title\n\nHe wants [to “row the boats] … and sing” (Keel 7). So it is.", "a.txt"
    )
    assert "[“row the boats\\] … and sing”]{#q1} (Keel 7)" in imported.text
    assert imported.words.read == imported.words.written
    assert not imported.words.differs


@needs_pandoc
def test_nothing_within_code_is_escaped() -> None:
    text = "Type `a\\b{c}_d` or ``x`y`` and $\\frac{a}{b}_1$, *z*.\n\n| A | B |\n|---|---|\n| `a\\_b` | c |\n"
    written = read(text, "a.md").text
    assert "Type `a\\b{c}_d` or ``x`y`` and {math}`\\frac{a}{b}_1`, *z*.\n" in written
    assert "| `a\\_b` | c |" in written


# -- LaTeX and Markdown ---------------------------------------------------------------------------


@needs_pandoc
class TestDialects:
    @pytest.mark.parametrize(
        ("typed", "wanted"),
        [
            (r"\textcquote[12]{keel-tides}{the sea rose}", "“the sea rose”"),
            (r"\foreigntextquote{german}{das Meer}", "“das Meer”"),
            (r"\textquote[the pilot][.]{the sea rose}", "“the sea rose.”\n(the pilot)"),
            ("\\begin{multicols}{2}\nIn columns.\n\\end{multicols}", "says In columns."),
            (r"{\sc The Sea} rose", "[The Sea]{.smallcaps} rose"),
            (
                "A sign\\footnotemark{} and more.\n\\footnotetext{What it says.}",
                "[^n1]: What it says.",
            ),
        ],
    )
    def test_latex(self, typed: str, wanted: str) -> None:
        text = (
            f"\\documentclass{{article}}\\begin{{document}}\nShe says {typed}.\n\\end{{document}}\n"
        )
        imported = read(text, "a.tex")
        assert wanted in imported.text
        assert not imported.left_out

    @pytest.mark.parametrize(
        "typed",
        [
            r"\blockcquote[12]{keel-tides}{The sea rose, \emph{as it} must.}",
            "\\begin{displaycquote}[12]{keel-tides}\nThe sea rose, \\emph{as it} must.\n\\end{displaycquote}",
            "\\begin{displayquote}[{\\autocite[12]{keel-tides}}]\nThe sea rose, \\emph{as it} must.\n\\end{displayquote}",
        ],
    )
    def test_displayed_quotations_of_latex(self, typed: str, works: dict[str, Work]) -> None:
        imported = read(f"\\section{{A}}\nShe says:\n\n{typed}\n\nSo be it, then.", "a.tex", works)
        assert (
            "{quotation} keel-tides\n:name: q1\n:page: p. 12\n\nThe sea rose, *as it* must."
            in imported.text
        )

    @pytest.mark.parametrize(
        ("typed", "wanted", "notes"),
        [
            (
                r"The \edtext{lamp \edtext{burned}{\Bfootnote{shone B}}}{\lemma{lamp \dots}\Afootnote[nosep]{om. A}\Aendnote{So M.}} on.",
                "The lamp burned[^n1][^n2][^n3] on.",
                ("shone B", "lamp …] om. A", "lamp …] So M."),
            ),
            (
                "\\beginnumbering\\stanza The tide,&\nwent \\edtext{out}{\\Afootnote{off A}},&\nit did.\\&\n\\endnumbering",
                "> The tide,\\\n> went out[^n1],\\\n> it did.\n",
                ("off A",),
            ),
            (
                r"One\footnotemark[1], two\footnotemark{} and three\footnotemark[2].\footnotetext[2]{Third.}\footnotetext[1]{First.}\footnotetext{Second.}",
                "One[^n1], two[^n2] and three[^n3].",
                ("First.", "Second.", "Third."),
            ),
            (r"Type \verb|\edtext{a}{b}| and \verb+\footnotetext+.", r"Type `\edtext{a}{b}` and `\footnotetext`.", ()),
            (r"{\let\newpage\relax The lamp burned.}", "The lamp burned.", ()),
        ],
    )  # fmt: skip
    def test_notes_of_latex_apart_from_their_calls(
        self, typed: str, wanted: str, notes: tuple[str, ...]
    ) -> None:
        text = read(typed, "a.tex").text
        assert wanted in text
        for number, note in enumerate(notes, 1):
            assert f"[^n{number}]: {note}" in " ".join(text.split())

    def test_latex_whose_own_commands_cannot_be_followed(self) -> None:
        own = "\\newcommand{\\bq}{\\begin{quote}}\\renewenvironment{quote}{\\begin{list}{}}{\\bq}\n"
        imported = read(
            f"{own}The lamp burned.\n\n\\begin{{quote}}All night.\\end{{quote}}\n", "a.tex"
        )
        assert "> All night.\n" in imported.text
        assert imported.left_out[0].startswith(
            "what the document defines: pandoc cannot read a.tex: line "
        )

    def test_stanzas_of_latex(self) -> None:
        text = (
            "\\begin{verse}\nThe tide went out, \\\\*\n\\vin and he went too. \\\\!\n\n"
            "Nobody said \\\\\na word of it. \\\\!\n\\end{verse}\n\nSo it went on for a while."
        )
        assert (
            "> The tide went out,\\\n> \u00a0\u00a0\u00a0\u00a0and he went too.\n>\n> Nobody said\\\n> a word of it.\n"
            in read(text, "a.tex").text
        )

    def test_changes_and_comments_in_markdown(self) -> None:
        text = "The lamp {++was lit++}{--burned--} {~~dimly~>well~~} {==all night==}{>>really?<<}."
        imported = read(text, "a.md")
        assert "The lamp was lit well all night." in imported.text
        assert imported.left_out == ("deleted words: burned", "deleted words: dimly", "1 comment")

    @pytest.mark.parametrize(
        ("typed", "wanted"),
        [
            ("the 3<sup>rd</sup> lamp", "the 3[rd]{.superscript} lamp"),
            ("the <i>third</i> lamp", "the *third* lamp"),
            ("the ==third== lamp", "the third lamp"),
            ("the [[Lamps/Third|third]] lamp of [[Harbour]]", "the third lamp of Harbour"),
            ("<blockquote>Nobody asked.</blockquote>", "> Nobody asked."),
            ("the lamp {cite:p}`hart-letters` burned", "the lamp {cite:p}`hart-letters` burned"),
            ("the lamp {unknown-role}`three` burned", "the lamp \\{unknown-role}`three` burned"),
            ("One page.\n\n\\newpage\n\nAnother page.", "\n\n+++\n\n"),
            ("One page.\n\n{{< pagebreak >}}\n\nAnother page.", "\n\n+++\n\n"),
            ("> [!note]- The lamp\n> It burned.", "> **The lamp**\n>\n> It burned.\n"),
            ("> [!quote]\n> It burned.", "> It burned.\n"),
            ("It burned ![[lamp.png|300]] well. ^a1", "It burned ![](<lamp.png>) well.\n"),
            ("As ![[Lamps]] has it.", "As Lamps has it.\n"),
            ("```{r}\nlamp(1)\n```", "```\nlamp(1)\n```"),
            ("$$a_1$$ {#eq-lamp}", "{math}`a_1`\n"),
            ("> [!note]-\n> Lit.", "> Lit.\n"),
            ("In <cite>Lamps</cite>, lit.", "In *Lamps*, lit.\n"),
            ("Lit ![](a.png) again.", "Lit ![](<a.png>) again.\n"),
            ("Lit.[p. 3][#hart]\n\n[#hart]: Hart, *Lamps*, 1831.", "Hart, *Lamps*, 1831.\n"),
        ],
    )
    def test_markdown(self, typed: str, wanted: str, works: dict[str, Work]) -> None:
        imported = read(f"# On Lamps\n\n{typed}\n", "a.md", works)
        assert wanted in imported.text
        assert not imported.left_out

    @pytest.mark.parametrize(
        "front",
        [
            '+++\ntitle = "On Lamps"\ndate = 1831-05-03\n+++\n',
            "Title: On Lamps\nDate: 1831-05-03\n",
        ],
    )
    def test_the_front_matter_of_hugo_and_of_multimarkdown(self, front: str) -> None:
        imported = read(f"{front}\nLit.{{{{< note >}}}}Oil.{{{{< /note >}}}}\n", "a.md")
        assert imported.text.startswith("# On Lamps\n\n1831-05-03\n")
        assert "Lit.Oil.\n" in imported.text
        assert imported.left_out[0] == "shortcode markup: {{< note >}}"

    def test_a_comment_of_obsidian_is_left_out(self) -> None:
        imported = read("The lamp %%really?%% burned, 5%% or more.\n", "a.md")
        assert "The lamp burned, 5%% or more.\n" in imported.text
        assert imported.left_out == ("1 comment",)


# -- pages that programs and libraries save -------------------------------------------------------

WORD = """\
<html><head><meta charset="utf-8"><meta name=Generator content="Microsoft Word 15"></head><body lang=EN-GB>
<p class=MsoTitle>On Lamps</p><p class=MsoNormal>The lamp burned<a style='mso-footnote-id:ftn1' href="#_ftn1"
name="_ftnref1" title=""><span class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a> all
night<span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1" name="_msoanchor_1">[A1]</a></span>.</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><![endif]>The lamp</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span>its wick</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.<span>&nbsp;&nbsp; </span></span>The pilot</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>The bar</p>
<p class=MsoCaption>Table 1: Ships</p>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>
<a href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> It did not.</p></div></div>
<div style='mso-element:comment-list'><div style='mso-element:comment'><div class=msocomtxt><p><a class=msocomoff
href="#_msoanchor_1">[A1]</a>Really?</p></div></div></div></body></html>
"""
GOOGLE = """\
<html><head><meta charset="utf-8"></head><body class="doc-content"><p class="title"><span>On Lamps</span></p>
<p><span>The lamp burned</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span> all night.</span></p>
<ul class="c6 lst-kix_z-0 start"><li><span>The lamp</span></li></ul><ul class="c6 lst-kix_z-1 start"><li>
<span>its wick</span></li></ul><ul class="c6 lst-kix_z-0"><li><span>The pilot</span></li></ul>
<hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;It did not.</span></p></div></body></html>
"""
WIKISOURCE = """\
<html lang="en"><body><div id="headertemplate" class="ws-noexport"><p>← Contents</p></div><p><span class="pagenum
ws-pagenum" id="5" data-page-number="5" title="Page:Lamps.djvu/9"></span>The lamp burned<sup><a href="#cite_note-1"
id="cite_ref-1">[1]</a></sup> all night, and the pilot slept.</p><ol class="references"><li id="cite_note-1"><span
class="mw-cite-backlink">↑ <sup><a href="#cite_ref-1">1.0</a></sup></span> <span>See page <a href="#5">5</a>.</span>
</li></ol></body></html>
"""
INDEX = """\
<html lang="en"><body><h1>Lamps</h1><p id="page5">The lamp burned<a href="#f1" id="r1">A</a> all night.</p><h2>Index</h2>
<p><a href="#iL">L</a> <a href="#iP">P</a></p><ul><li id="iL">Lamp, the, <a href="#page5">5</a>.</li>
<li id="iP">Pilot, <a href="#page5">5</a>.</li></ul><p id="f1"><a href="#r1">A</a> It did not, says page <a
href="#page5">5</a>.</p></body></html>
"""
HOCR = """\
<html><body><div class='ocr_page' title='ppageno 0'><p class='ocr_par'><span class='ocr_line'>The lamp burned con-</span>
<span class='ocr_line'>stantly.</span></p><p class='ocr_par'><span class='ocr_line'>The pilot slept, and</span></p></div>
<div class='ocr_page'><p class='ocr_par'><span class='ocr_line'>did not wake.</span></p></div></body></html>
"""


class TestSavedPages:
    def test_word(self) -> None:
        imported = read(WORD, "a.htm")
        assert "1. The lamp\n   - its wick\n2. The pilot\n\n(p3)=\n- The bar\n" in imported.text
        assert ":::{caption}\nTable 1: Ships\n:::" in imported.text
        assert "The lamp burned[^n1] all night." in imported.text
        assert imported.text.endswith("[^n1]: It did not.\n")
        assert imported.left_out == ("1 comment",)

    def test_google_docs(self) -> None:
        text = read(GOOGLE, "a.html").text
        assert "- The lamp\n  - its wick\n" in text
        assert text.endswith("[^n1]: It did not.\n")

    def test_wikisource(self) -> None:
        imported = read(WIKISOURCE, "a.html")
        assert '[]{.page-break title="5"}The lamp burned[^n1] all night' in imported.text
        assert imported.text.endswith("[^n1]: See page 5.\n")
        assert imported.left_out == ("← Contents",)

    def test_letters_and_pages_of_an_index_are_no_notes(self) -> None:
        imported = read(INDEX, "a.html")
        assert imported.notes == 1
        assert "burned[^n1] all night" in imported.text
        assert "L P\n" in imported.text
        assert "- Lamp, the, 5.\n- Pilot, 5." in imported.text
        assert imported.text.endswith("[^n1]: It did not, says page 5.\n")

    def test_a_scan(self) -> None:
        text = read(HOCR, "a.hocr").text
        assert "The lamp burned constantly." in text
        assert "The pilot slept, and did not wake." in text

    def test_a_scan_with_an_element_a_letter(self) -> None:
        words = "The lamp of the harbour burned.".split()
        spans = (
            "".join(f'<span class="ocrx_cinfo" title="x_bboxes 1 2 3 4">{c}</span>' for c in word)
            for word in words
        )
        line = " ".join(f'<span class="ocrx_word" title="bbox 1 2 3 4">{s}</span>' for s in spans)
        line = f'<p class="ocr_par"><span class="ocr_line">{line}</span></p>'
        page = f'<html><body><div class="ocr_page" title="bbox 0 0 1 1">{line}</div></body></html>'
        assert "The lamp of the harbour burned." in read(page, "a.hocr").text

    @pytest.mark.parametrize(
        ("table", "wanted"),
        [
            ("<tr><td rowspan=2>A</td><td>b</td></tr><tr><td>c</td></tr>", "| A | b |\n|  | c |"),
            (
                "<tr><td colspan=2>A</td><td>b</td></tr><tr><td>c<td>d<td>e</tr>",
                "| A |  | b |\n| c | d | e |",
            ),
        ],
    )
    def test_cells_that_span_others(self, table: str, wanted: str) -> None:
        text = read(
            f"<html><body><p>The ships of it all.</p><table>{table}</table></body></html>", "a.html"
        ).text
        assert wanted in text


# -- markup ---------------------------------------------------------------------------------------


def test_a_blank_of_tei_is_one() -> None:
    body = '<p>In the year<space dim="horizontal"/>1811 the lamp burned.</p>'
    text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'
    assert "In the year 1811 the lamp burned." in read(text, "a.xml").text


def test_letters_and_answers_within_an_article() -> None:
    stub = (
        "<front-stub><title-group><article-title>An answer</article-title></title-group><contrib-group>"
        "<contrib contrib-type='author'><name><surname>Hart</surname><given-names>Mary</given-names></name>"
        "</contrib></contrib-group></front-stub>"
    )
    notes = "<fn-group><fn id='f1'><label>Funding</label><p>The harbour paid.</p></fn></fn-group>"
    text = read(
        "<article><front><article-meta><title-group><article-title>On Lamps</article-title></title-group>"
        f"</article-meta></front><body><p>It burned.</p></body><back>{notes}</back>"
        f"<sub-article>{stub}<body><p>It did not.</p></body></sub-article></article>",
        "a.xml",
    ).text
    assert "## An answer\n\nMary Hart\n\n(p3)=\nIt did not.\n" in text
    assert "Funding. The harbour paid." in " ".join(text.split())


def test_titles_of_an_article_are_kept_or_listed() -> None:
    text = (
        "<article><front><article-meta><title-group><article-title>On Lamps</article-title>"
        "<trans-title-group><trans-title>Sobre faroles</trans-title></trans-title-group>"
        "<alt-title>Lamps</alt-title></title-group></article-meta><notes><p>It was paid.</p></notes></front>"
        "<body><p>It burned.</p></body></article>"
    )
    imported = read(text, "a.xml")
    assert "# On Lamps\n\nSobre faroles\n" in imported.text
    assert "It was paid." in imported.text
    assert imported.left_out == ("Lamps",)


def test_words_of_a_file_that_its_tree_does_not_hold() -> None:
    tree = [{"t": "Para", "c": [{"t": "Str", "c": "The lamp burned"}]}]
    words = "T he lamp burned and the lamp shone lamp"
    assert with_unread(("shone",), words, tree) == (
        "shone",
        "words that were passed over: lamp lamp and the",
    )


def test_a_table_in_a_table_keeps_its_caption() -> None:
    inner = "<table><tr><td>a</td><td>b</td></tr></table>"
    page = f"<html><body><p>It burned.</p><table><caption>Ships</caption><tr><td>x</td><td>{inner}</td></tr></table></body></html>"
    assert ":::{caption}\nShips\n:::" in read(page, "a.html").text


def text_of_tei(body: str, beside: str = "") -> str:
    return f"<TEI><text><body>{body}</body></text>{beside}</TEI>"


def test_lines_of_a_print_in_tei() -> None:
    imported = read(
        text_of_tei(
            '<pb n="1"/><p>Das Waſ-<lb/>ſer lief, Rad-<lb/>und Mühle.</p><lg><l>Das Rad,</l><lb/>'
            "<l>es geht,</l><lb/><l>es ſteht.</l><lb/></lg>"
        ),
        "a.xml",
    )
    assert "Das Waſſer lief, Rad- und Mühle.\n" in imported.text
    assert "> Das Rad,\\\n> es geht,\\\n> es ſteht.\n" in imported.text


@needs_pandoc
def test_a_table_of_latex_has_its_head_once() -> None:
    head = "Name & Oil \\\\"
    table = f"\\begin{{longtable}}{{ll}}\n{head}\n\\endfirsthead\n{head}\n\\endhead\nBar & 3 \\\\\n\\end{{longtable}}"
    imported = read(
        f"\\begin{{document}}\n\\selectlanguage{{english}}\nLit.\n\n{table}\n\\end{{document}}\n",
        "a.tex",
    )
    assert imported.text.count("| Name | Oil |") == 1
    assert "english" not in imported.text


def test_notes_of_tei_that_name_their_places() -> None:
    text = text_of_tei(
        '<p>The lamp<anchor xml:id="a"/> burned <seg xml:id="b">all night</seg>.</p>'
        '<div><note target="#a">It did not.</note></div>',
        '<standOff><note target="#b">Or nearly.</note><note target="#z">Lost.</note></standOff>',
    )
    imported = read(text, "a.xml")
    assert "The lamp[^n1] burned all night[^n2]." in imported.text
    assert "[^n1]: It did not.\n\n[^n2]: Or nearly.\n" in imported.text
    assert imported.left_out == ("Lost.",)


def test_every_text_of_a_corpus_is_read() -> None:
    one = "<TEI><teiHeader><titleStmt><title>{}</title></titleStmt></teiHeader><text><body><p>{} burned.</p></body></text></TEI>"
    corpus = (
        f"<teiCorpus>{one.format('Lamps', 'A lamp')}{one.format('Masts', 'A mast')}</teiCorpus>"
    )
    text = read(corpus, "a.xml").text
    assert "# Lamps\n\n(p1)=\nA lamp burned.\n\n## Masts\n\n(p2)=\nA mast burned.\n" in text


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<p><w>The</w><w>lamp</w><pc>,</pc> <w part='I'>bur</w><w part='F'>ned</w></p>", "The lamp, burned"),
        ("<p>It shone.</p><listWit><witness>The codex A.</witness><witness>The codex B.</witness></listWit>", "The codex A.\n\n(p3)=\nThe codex B."),
    ],
)  # fmt: skip
def test_words_of_tei_that_the_file_does_not_divide(body: str, wanted: str) -> None:
    assert wanted in read(text_of_tei(body), "a.xml").text


def test_a_transcription_is_left_out_beside_a_text_and_else_read() -> None:
    source = "<sourceDoc><surface><zone><line>The lamp</line><line>burned.</line></zone></surface></sourceDoc>"
    assert read(text_of_tei("<p>It shone.</p>", source), "a.xml").left_out == ("The lamp burned.",)
    assert "The lamp burned.\n" in read(f"<TEI>{source}</TEI>", "a.xml").text


def test_the_root_of_xml_is_found_behind_its_licence_and_another_is_refused() -> None:
    licence = f"<?xml version='1.0'?><!-- {'a <TEI> of licences ' * 400} --><!DOCTYPE TEI>"
    assert "It shone." in read(licence + text_of_tei("<p>It shone.</p>"), "a.xml").text
    with pytest.raises(WitnessError, match="its root is <project>"):
        read_source(b"<?xml version='1.0'?><project>The lamp</project>", "a.xml")
    with pytest.raises(WitnessError, match="not well-formed"):
        read_source(b"<TEI><text><p>The lamp</text></TEI>", "a.xml")
    assert read_source(b"<strong>The lamp</strong> burned.", "a.html").format == "HTML"


def test_no_part_of_an_article_is_passed_over() -> None:
    text = (
        "<article><front><article-meta><title-group><article-title>Lamps</article-title>"
        "</title-group></article-meta></front><article-body><p>The lamp burned.</p></article-body>"
        "<appendix><p>It went out.</p></appendix></article>"
    )
    written = read(text, "a.xml").text
    assert "The lamp burned." in written
    assert "It went out." in written


def tei(body: str, back: str = "") -> str:
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body><back>{back}</back></text></TEI>'


REFERENCES = (
    '<listBibl><biblStruct xml:id="b7"><monogr><author><persName><forename>Mary</forename> <surname>Hart</surname>'
    '</persName></author><title level="m">Letters from the Harbour</title><imprint><date when="1831">1831</date>'
    "</imprint></monogr></biblStruct></listBibl>"
)


def test_quotations_of_tei_with_their_references(works: dict[str, Work]) -> None:
    text = tei(
        "<p>She says so:</p><cit><quote><p>The lamp burned.</p></quote><bibl corresp='#b7'>Hart, 19</bibl></cit>"
        "<epigraph><quote>Nobody asked.</quote><bibl>The pilot</bibl></epigraph>"
        "<p>He <cit><quote>“said so”</quote> <bibl>once</bibl></cit> too, at some length.</p>",
        REFERENCES,
    )
    written = read(text, "a.xml", works).text
    assert "{quotation} hart-letters\n:name: q1\n:page: p. 19\n\nThe lamp burned.\n" in written
    assert "> Nobody asked.\n>\n> The pilot\n" in written
    assert "He “said so” once too, at some length." in written


def test_words_of_actors_go_on_after_a_direction() -> None:
    body = "<sp><speaker>ANN</speaker><p>So it does. <stage>Aside.</stage> Alas.</p></sp>"
    assert "So it does.\n*Aside.*\nAlas." in read(tei(body), "a.xml").text


def test_what_an_editor_of_tei_gave_is_listed() -> None:
    body = "<p>In <choice><sic>teh</sic><corr>the</corr></choice> harbour it burned.</p>"
    imported = read(tei(body), "a.xml")
    assert "In teh harbour" in imported.text
    assert imported.left_out == ("corr: the",)


JATS = """\
<article><front><article-meta><title-group><article-title>On Lamps<xref ref-type="fn" rid="f0">*</xref></article-title>
</title-group><author-notes><fn id="f0"><p>Read to the pilots.</p></fn></author-notes><abstract><title>Abstract</title>
<p>Short.</p></abstract></article-meta></front><body><sec><title>The Bar</title><p>She says so, and at length
<xref ref-type="bibr" rid="B1">[1]</xref>, in two ways:</p><list list-type="order"><list-item><label>3.</label><p>One</p>
</list-item><list-item><label>4.</label><p>Two</p></list-item></list></sec></body><back><ref-list><ref id="B1"><label>1
</label><element-citation publication-type="book"><person-group person-group-type="author"><name><surname>Hart</surname>
<given-names>Mary</given-names></name></person-group><source>Letters from the Harbour</source><year>1831</year>
</element-citation></ref></ref-list></back></article>
"""


def test_an_article_with_its_list_of_works(works: dict[str, Work]) -> None:
    text = read(JATS, "a.xml", works).text
    assert "and at length {cite:p}`hart-letters`, in two ways" in text
    assert "## Abstract\n" in text
    assert "\n## The Bar\n" in text
    assert "3. One\n4. Two\n" in text
    assert "On Lamps[^n1]\n" in text
    assert "[^n1]: Read to the pilots." in text


def test_a_poem_is_one_quotation() -> None:
    stanzas = '<div class="stanza"><p>The tide went out,<br>and he went too.</p></div>' * 2
    page = f"<html><body><p>He slept.</p><p>He woke.</p><p>He was heard to sing:</p><div class=poem>{stanzas}</div></body></html>"
    wanted = "> The tide went out,\\\n> and he went too.\n>\n> The tide went out,\\\n> and he went too.\n"
    assert wanted in read(page, "a.html").text


def test_a_book_of_fiction_with_remarks_of_its_editor() -> None:
    text = (
        '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">'
        "<description><title-info><book-title>Lamps</book-title><annotation><p>About lamps.</p></annotation>"
        "</title-info></description><body><title><p>Lamps</p></title><section><p>The lamp burned<a l:href='#c1' "
        "type='comment'>{1}</a> all night.</p></section></body><body name='comments'><title><p>Remarks</p></title>"
        "<section id='c1'><title><p>1</p></title><p>It did not.</p></section></body></FictionBook>"
    )
    written = read(text, "a.fb2").text
    assert "# Lamps\n\n(p1)=\nAbout lamps.\n" in written
    assert "The lamp burned[^n1] all night." in written
    assert written.endswith("[^n1]: It did not.\n")


GUTENBERG = """\
The Project Gutenberg EBook of Lamps

*** START OF THIS PROJECT GUTENBERG EBOOK LAMPS ***

The lamp burned all night, as it had done before.

*** END OF THIS PROJECT GUTENBERG EBOOK LAMPS ***

Updated editions will replace the previous one.
"""


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_what_a_library_puts_around_a_text_is_listed(name: str) -> None:
    head, text, tail = (
        part.strip()
        for part in GUTENBERG.partition("The lamp burned all night, as it had done before.")
    )
    page = f"<html><body><pre>{head}</pre><p>{text}</p><pre>{tail}</pre></body></html>"
    imported = read(GUTENBERG if name == "a.txt" else page, name)
    assert imported.text == f"(p1)=\n{text}\n"
    assert "The Project Gutenberg EBook of Lamps" in imported.left_out[0]
    assert "Updated editions" in imported.left_out[1]


def test_a_text_without_a_title_builds_too() -> None:
    text = read(
        "<html><body><p>Before it all, at length.</p><h2>One</h2><hr><p>It burned.</p></body></html>",
        "a.html",
    ).text
    assert "\n# One\n\n(p2)=\nIt burned.\n" in text


@pytest.mark.parametrize("call", ["[1]", "1", "¹"])
def test_a_first_paragraph_that_ends_with_a_call_is_no_title(call: str) -> None:
    text = read(
        f"It burned all night.{call}\n\nNobody slept.\n\n{call} Or so he said.\n", "a.txt"
    ).text
    assert text.startswith("(p1)=\nIt burned all night.[^n1]\n")


BUILT = """\
<html lang="en"><body><p>Before it all, at length.</p><hr><h2>The <i>Bar</i></h2><hr><p>The lamp burned<a href="#f1"
id="r1"><sup>1</sup></a> *all* night_long_ [so] {it} `was` <a href="#nowhere">said</a> at <q>noon</q>; 3 &lt; 4, $5
and $6, a|b, ~~no~~.</p><img src="mole.png" alt="Plan [of] the *mole*"><img src="../away.png" alt="away">
<p>1. The first</p><p>- no list</p><p># no heading</p><p>::: no fence</p><p>(p1)=</p><p>+ plus | pipe</p>
<table><caption>Ships</caption><tr><th>Year</th><th colspan=2>a|b</th></tr><tr><td>1829</td><td>forty <b>lost</b></td>
<td>x<br>y</td></tr></table><ul><li>One<ol start=4><li>four<p>and on</p></li></ol></li><li><blockquote>said</blockquote>
</li></ul><blockquote><p>Nobody asked<a href="#f2" id="r2"><sup>2</sup></a>.</p><ul><li>one</li></ul></blockquote>
<pre>plain ``` text</pre><div class=poem><p>The tide,<br>&nbsp;&nbsp;and he,<br>went out.</p></div><h5>Deep</h5><p>End.</p>
<div id="f1" class="footnote"><p><a href="#r1">1</a> It did <em>not</em>.</p><blockquote>Not at all.</blockquote></div>
<div id="f2" class="footnote"><p><a href="#r2">2</a> They did<a href="#f3" id="r3"><sup>3</sup></a>.</p></div>
<div id="f3" class="footnote"><p><a href="#r3">3</a> A note on a note.</p></div></body></html>
"""


def test_what_is_imported_builds_without_a_warning(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    picture = (Path(__file__).parent / "importer" / "mole.png").read_bytes()
    (saved / "page.html").write_text(BUILT, encoding="utf-8")
    (saved / "mole.png").write_bytes(picture)
    (tmp_path / "away.png").write_bytes(picture)  # outside the document's folder: not taken
    folder = tmp_path / "edition"
    options = ["--no-ask", "--ci", "none", "--theme", "alabaster", "--title", "Lamps"]
    result = CliRunner().invoke(
        main, ["new", str(folder), "--from", str(saved / "page.html"), *options]
    )
    assert result.exit_code == 0, result.output
    assert [f.read_bytes() for f in folder.rglob("*.png")] == [picture]
    build = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-b",
        "html",
        str(folder / "docs"),
        str(tmp_path / "out"),
    ]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    warnings = [line for line in done.stderr.splitlines() if "away.png" not in line]
    assert (done.returncode, warnings) == (0, [])


# -- RTF ------------------------------------------------------------------------------------------

RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}{\f1\fcharset204 Times;}}
{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s15\li720 Quote;}{\s16 Title;}{\*\cs18 \additive\super footnote reference;}}
{\info{\title Not the text}}{\header\pard Lamps, 7\par}
\pard\s16\qc On Lamps\par\pard\s1\outlinelevel0\b The Bar\b0\par
\pard\s0 The lamp{\super\chftn}{\footnote\pard\s17{\super\chftn} It {\i did} not.\par Nor the next.} burned \u8220?all\u8221?
 caf\'e9 {\f1\'ec\'e8\'f0} {\scaps night}\_long {\lang1031 die Flut}, {\deleted badly}{\revised well}.{\*\annotation Really?}\par
\pard\s15\li720 Nobody asked.\par And nobody knew.\par
\pard\s0 It went on.\par\pard\s0\li720\ri720 Set in by hand.\par\pard\s0\li720\fi-720 Hart, Mary: Letters.\par
\pard\li1440 The tide,\line and he,\line went out.\par\pard It went on.\par
\trowd\cellx2000\cellx4000\pard\intbl Year\cell Ships\cell\row
\trowd\cellx2000\cellx4000\pard\intbl 1829\cell forty{\super\chftn}{\*\footnote\pard{\super\chftn} Perhaps.} {\b lost}\par or so\cell\row
\pard{\listtext\pard\plain 1.\tab}\ilvl0 One\par{\listtext\pard\plain a)\tab}\ilvl1 within\par{\listtext\pard\plain 2.\tab}\ilvl0 Two\par
\pard She says so {\field{\*\fldinst{ADDIN ZOTERO_ITEM CSL_CITATION \{"citationItems":[\{"id":1,"locator":"19","itemData":
\{"id":"h","type":"book","title":"Letters from the Harbour","author":[\{"family":"Hart","given":"Mary"\}],"issued":\{"date-parts"
:[["1831"]]\}\}\}]\}}}{\fldrslt{(1)}}} and {\field{\*\fldinst{HYPERLINK "https://example.org/a"}}{\fldrslt{there}}}.\page Over.\par
}"""


def test_rtf(works: dict[str, Work]) -> None:
    imported = read(RTF.replace("\n ", "\n"), "a.rtf", works)
    for form in (
        "# On Lamps\n\n## The Bar\n",
        "The lamp[^n1] burned “all”café мир [night]{.smallcaps}\u2011long [die Flut]{.language-de}, well.\n",
        "> Nobody asked.\n>\n> And nobody knew.\n",
        "> Set in by hand.\n",
        "\nHart, Mary: Letters.\n",
        "> The tide,\\\n> and he,\\\n> went out.\n",
        "| Year | Ships |\n| 1829 | forty[^n2] **lost** or so |\n",
        "1. One\n   - a)\u00a0within\n2. Two\n",
        "She says so {cite:p}`hart-letters{p. 19}` and [there](https://example.org/a).[]{.page-break}Over.",
        "[^n1]: It *did* not.\n\n    Nor the next.\n",
        "[^n2]: Perhaps.\n",
    ):
        assert form in imported.text
    assert imported.left_out == ("Lamps, 7", "deleted words: badly", "1 comment")


@pytest.mark.parametrize(
    "odd",
    [
        r"\u-9216? and \u55357?\u56832? and \u56832?", r"\'00\'0b\u11?\u65535?", "}}}} {{{ ",
        r"\outlinelevel-9 \ilvl999999999 \fi-999999999 ", "{\\footnote " * 2000, r"{\listtext " + "9" * 9000 + ")}",
        r"{\field{\*\fldinst HYPERLINK}{\fldrslt}}{\fldrslt x}", r"{\pict\pngblip 8}", r"\cell\row\cell\par\row",
    ],
)  # fmt: skip
def test_odd_rtf_is_read(odd: str) -> None:
    data = rf"{{\rtf1 The lamp burned.\par {odd} It went out.\par}}".encode()
    imported = import_source(read_source(data, "a.rtf"), {})
    assert "It went out." in " ".join(imported.text.split()).replace("\\", "")


ERUDIT = """<article xmlns="http://www.erudit.org/xsd/article" xmlns:xlink="http://www.w3.org/1999/xlink" lang="fr">
<admin><revue><titrerev>Revue du port</titrerev></revue></admin>
<liminaire><grtitre><titre>La lampe</titre><sstitre>et le pilote</sstitre></grtitre>
<grauteur><auteur id="a1"><nompers><prenom>Marie</prenom><nomfamille>Quill</nomfamille></nompers></auteur></grauteur>
<resume lang="fr"><alinea>Un résumé.</alinea></resume></liminaire>
<corps><section1><titre>Le feu</titre><para><alinea>La <marquage typemarq="italique">lampe</marquage><renvoi idref="no1" typeref="note">1</renvoi> brûle.</alinea>
<bloccitation><alinea>Rien ne brûle.</alinea></bloccitation>
<listeord numeration="decimal"><elemliste><alinea>Un.</alinea></elemliste><elemliste><alinea>Deux.</alinea></elemliste></listeord>
<verbatim><bloc><ligne>La mer,</ligne><ligne>le sable,</ligne><ligne>le vent</ligne></bloc></verbatim></para>
<section2><titre>Le phare</titre><tableau><tabtexte><tabentete><tabligne><tabcelluled><alinea>An</alinea></tabcelluled><tabcelluled><alinea>Feu</alinea></tabcelluled></tabligne></tabentete>
<tabgrligne><tabligne><tabcelluled><alinea>1830</alinea></tabcelluled><tabcelluled><alinea>Huile</alinea></tabcelluled></tabligne></tabgrligne></tabtexte></tableau></section2></section1></corps>
<partiesann><grnote><note id="no1"><no>1</no><alinea>Une note.</alinea></note></grnote>
<grbiblio><biblio><titre>Bibliographie</titre><refbiblio>Quill, Marie, <marquage typemarq="italique">Le port</marquage>.</refbiblio></biblio></grbiblio></partiesann>
</article>"""


def test_an_article_of_erudit() -> None:
    found = read(ERUDIT, "article.xml")
    for wanted in (
        "# La lampe\n\net le pilote\n\nMarie Quill\n\n",
        "\n## Le feu\n",
        "La *lampe*[^n1] brûle.\n",
        "> Rien ne brûle.\n",
        "1. Un.\n2. Deux.\n",
        "> La mer,\\\n> le sable,\\\n> le vent\n",
        "\n### Le phare\n",
        "| An | Feu |\n| --- | --- |\n| 1830 | Huile |\n",
        "[^n1]: Une note.\n",
        "\n## Bibliographie\n",
        "Quill, Marie, *Le port*.",
    ):
        assert wanted in found.text
    assert ".language" not in found.text
    assert found.left_out == ("Revue du port", "Marie Quill")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_page_in_utf_16(encoding: str) -> None:
    page = '<html><head><meta charset="utf-16"></head><body><h1>Größe</h1><p>Ein Wort über Größe.</p></body></html>'
    data = (page if encoding == "utf-16" else f"\ufeff{page}").encode(encoding)
    assert read(data, "page.html").text.startswith("# Größe\n\n")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (
            "  The lamp is lit,\n     The lamp is out.\n\n  The end.",
            "> The lamp is lit,\\\n> \u00a0\u00a0\u00a0The lamp is out.",
        ),
        ("<code>Print 1\nStop</code>", "```\nPrint 1\nStop\n```"),
        ("Year   Ships\n1830   40", "```\nYear   Ships"),
        ("x = 1\ny = 2", "```\nx = 1"),
    ],
)
def test_verse_that_a_page_sets_as_it_is_typed(typed: str, wanted: str) -> None:
    page = f"<html><body><h1>Songs</h1><p>A word before.</p><pre>{typed}</pre><p>After.</p></body></html>"
    assert wanted in read(page, "page.html").text


def test_a_note_whose_anchor_follows_the_number_that_leads_back() -> None:
    page = (
        '<html><body><h1>Songs</h1><p><a name="ft01"></a>A word<a class="fn" href="#fn01">&nbsp;1&nbsp;</a> here.</p>'
        '<p class="fn"><span><a class="fn" href="#ft01">&nbsp;1&nbsp;</a></span><a name="fn01"></a>A note.</p></body></html>'
    )
    assert read(page, "page.html").text == "# Songs\n\n(p1)=\nA word[^n1] here.\n\n[^n1]: A note.\n"


def test_a_note_among_lines_of_verse() -> None:
    body = "<sp><speaker>ORESTE</speaker><l>Une ligne,</l><note>Une note.</note><l>une autre,</l><l>et la mer</l></sp>"
    text = read(f"<TEI><text><body>{body}</body></text></TEI>", "play.xml").text
    assert "> Une ligne,[^n1]\\\n> une autre,\\\n> et la mer\n" in text


@needs_pandoc
def test_a_text_that_is_set_in_throughout_is_no_quotation() -> None:
    set_in = '<w:pPr><w:ind w:left="720"/></w:pPr>'
    many = "".join(
        f"<w:p>{set_in}{run(f'A sentence of the text, number {n}.')}</w:p>" for n in range(4)
    )
    plain = f"<w:p>{run('A last one.')}</w:p>"
    quoted = f"<w:p>{run('A first one.')}</w:p>" * 4 + f"<w:p>{set_in}{run('A quotation.')}</w:p>"
    assert ">" not in read(docx(many + plain), "a.docx").text
    assert "> A quotation." in read(docx(quoted), "a.docx").text


@needs_pandoc
@pytest.mark.parametrize(
    ("name", "text", "lost"),
    [
        (
            "a.tex",
            "\\begin{document}Words, \\strange[width]{red}{of all that is kept}. \\putin{key}{three lost words}{a}\\end{document}",
            "",
        ),
        (
            "a.tex",
            '\\newcommand{\\lose}[1]{}\\begin{document}Words \\lose{of all that is lost} here, f\\"ur alle.\\end{document}',
            "of all that is lost",
        ),
        (
            "a.tex",
            "\\begin{document}\\begin{abstract}Ein Satz davor.\\end{abstract}Words.\\begin{abstract}Noch ein Satz.\\end{abstract}\\end{document}",
            "",
        ),
        (
            "a.md",
            "A word in | a `code_name \\here` and *some* [words](http://a.b/c/d/e) ![a picture of it](a.png).\n\n<!-- one two three four -->\n",
            "",
        ),
        (
            "a.md",
            "A word.\n\n*[HTML]: one two three\n\n| a | b |\n|---|---|\n| c | d<p/>one two *three*. |\n",
            "",
        ),
    ],
)
def test_words_are_counted_apart_from_the_reader(name: str, text: str, lost: str) -> None:
    found = read(text, name)
    listed = [one.partition("passed over: ")[2] for one in found.left_out if "passed over" in one]
    assert listed == [lost][: bool(lost)]


ASIDES = """<h1>On Lamps (1831–1902)</h1><p>It was so (Hart 1831, 7; Keel 1902, 44).</p><h2>Tides (44)</h2>
<h2>Hart (1831) and the lamps</h2><p>He said so (Keel 1902, 45), and once more (ibid.).</p>
<table><caption>Table 1. Ships. Source: Hart 1831, p. 8.</caption><tr><th>n (%)</th><th>Book</th></tr>
<tr><td>12 (44)</td><td>Keel 1902, 46</td></tr><tr><td>pp. 3–4</td><td>so <i>he</i> (Hart 1831, 9)
and (ibid., 10)</td></tr></table><p>Source: Keel 1902, p. 47.</p>
<figure><img src="a.png" alt="a"><figcaption>The mole in 1902 (Hart 1831, 11)</figcaption></figure>
<p>They did (ibid.).</p>"""


def test_headings_captions_and_cells_keep_the_words_of_their_references(
    works: dict[str, Work],
) -> None:
    imported = read(ASIDES, "a.html", works)
    bound = sorted(imported.found.references, key=lambda b: b.start)
    assert [f"{c.key} {c.place}".strip() for b in bound for c in b.cited] == [
        "hart-letters p. 7", "keel-tides p. 44", "hart-letters", "keel-tides p. 45",
        "keel-tides p. 45", "hart-letters p. 8", "keel-tides p. 46", "hart-letters p. 9",
        "hart-letters p. 10", "keel-tides p. 47", "hart-letters p. 11", "keel-tides p. 47",
    ]  # fmt: skip
    for kept in (
        "## Hart {cite:typed}`hart-letters`[(1831)]{.typed-reference} and the lamps",
        "Source: {cite:typed}`hart-letters{p. 8}`[Hart 1831, p. 8]{.typed-reference}.",
        "| 12 (44) | {cite:typed}`keel-tides{p. 46}`[Keel 1902, 46]{.typed-reference} |",
        "{cite:typed}`hart-letters{p. 10}`[(ibid., 10)]{.typed-reference} |",
        "[(Hart 1831, 11)]{.typed-reference}\n:::",
        "## Tides (44)",
        "\n\n| n (%) | Book |",
        "Source: {cite:p}`keel-tides{p. 47}`",
    ):
        assert kept in imported.text


def level(number: int, counting: str, shown: str) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{counting}"/>'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
    )


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="7">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "%2)")}'
    f'{level(2, "bullet", "•")}</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
)
BULLETED = (
    '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="List Bullet"/><w:pPr><w:numPr>'
    '<w:ilvl w:val="2"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
)


def item(text: str, depth: int) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="3"/></w:numPr>'
    return paragraph(run(text), properties=numbered)


def note(number: int, *paragraphs: str) -> str:
    return f'<w:footnote w:id="{number}">{"".join(paragraphs)}</w:footnote>'


def note_call(number: int, sign: str = "", before: str = "") -> str:
    own = f'w:customMarkFollows="1" w:id="{number}"' if sign else f'w:id="{number}"'
    return f"<w:r>{before}<w:footnoteReference {own}/>{sign}</w:r>"


@needs_pandoc
def test_a_list_in_a_note_of_word() -> None:
    held = note(
        1,
        paragraph(run("There were:")),
        *(item(f"ship {n};", depth) for n, depth in enumerate((0, 1, 1, 0), 1)),
        paragraph(run("a lamp;"), style="B"),
        paragraph(run("no more.")),
    )
    text = paragraph(run("They drank"), note_call(1), run("."))
    imported = read(docx(text, notes=held, numbering=NUMBERING, styles=BULLETED), "a.docx")
    assert imported.text.endswith(
        "[^n1]: There were:\n\n    1. ship 1;\n       - a)\u00a0ship 2;\n       - b)\u00a0ship 3;\n"
        "    2. ship 4;\n       - a lamp;\n\n    no more.\n"
    )


@needs_pandoc
def test_a_note_with_a_mark_of_its_own_is_not_counted(works: dict[str, Work]) -> None:
    text = (
        paragraph(run("On Lamps"), note_call(1, '<w:sym w:font="Symbol" w:char="F02A"/>'), style="Title"),
        paragraph(
            run("They drank"), note_call(2), run(", the"), note_call(3, "<w:t>†</w:t>", "<w:t> pilots</w:t>"),
            run(" slept"), note_call(4, "<w:proofErr/></w:r><w:r><w:t>**, and she</w:t>"), run(" said."),
        ),
    )  # fmt: skip
    texts = ("* Thanks to Ada.", "Hart, Letters, p. 7.", "A remark.", "** See Hart (n. 1), p. 8.")
    held = "".join(note(n, paragraph(run(words))) for n, words in enumerate(texts, 1))
    imported = read(docx(*text, notes=held), "a.docx", works)
    assert imported.text == (
        "# On Lamps[^m1]\n\n(p1)=\nThey drank[^n1], the pilots[^m2] slept[^m3], and she said.\n\n"
        "[^m1]: \\* Thanks to Ada.\n\n[^n1]: {cite:t}`hart-letters{p. 7}`.\n\n[^m2]: †\u00a0A remark.\n\n"
        "[^m3]: \\*\\* See {cite:t}`hart-letters{p. 8}`.\n"
    )


@needs_pandoc
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (
            "\\begin{dialogue}\\speak{Keel} It is out. \\direct{He sits.}\n\\speak{Hart} No.\\end{dialogue}",
            "[Keel]{.smallcaps} It is out.\n*He sits.*\n\n(p3)=\n[Hart]{.smallcaps} No.",
        ),
        ("\\begin{asparadesc}\\item[Keel] One.\\end{asparadesc}", "- Keel\n\n  One."),
        ("\\begin{compactenum}\\item One.\\item Two.\\end{compactenum}", "1. One.\n2. Two."),
        (
            "\\begin{tabular}{ll}a & b\\\\\n\\quad Ness & 1838\\quad(lost)\\\\\n\\end{tabular}",
            "| a | b |\n| Ness | 1838 (lost) |",
        ),
        (
            "w\\hspace{0pt}ord\\qquad two\\hfill three $a\\quad b$ \\$5\\quad\\$6",
            "word two three {math}`a\\quad b` \\$5 \\$6",
        ),
        ("One\\\\[2pt] two\\quad three. \\[ x\\quad y \\]", "two three."),
    ],
)
def test_environments_and_blanks_of_latex(typed: str, wanted: str) -> None:
    imported = read(f"\\section{{On Lamps}}\n\nThe lamp was lit.\n\n{typed}\n", "a.tex")
    assert wanted in imported.text
    assert imported.left_out == ()
