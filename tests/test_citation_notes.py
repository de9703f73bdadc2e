"""What a reader finds where an edition cites in notes, or in any other style that it chooses."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from lxml import html

from tests_support import Write

WORKS = """
@book{letters, author={Hart, Mary}, title={Letters from the Harbour}, shorttitle={Letters},
  publisher={Quay Press}, address={Whitby}, year={1831}, pagetotal={240}, keywords={Quoted}}
@incollection{night, author={Hart, Mary}, title={The Harbour at Night}, volume={3},
  booktitle={Collected Works}, publisher={Quay Press}, address={Whitby}, year={1838},
  printing={1838}, pages={101--130}}
@book{aves, author={Aves, Tom}, title={Voyages}, publisher={Mill}, address={Hull}, year={1927}}
"""
TEXT = """\
# On {cite:t}`letters{p. 3}`, twice

(sec)=
## Of {cite:p}`night{p. 112}`

She wrote so {cite:p}`{see}letters{p. 12}`. He agreed {cite:p}`letters{p. 13}`, and
{cite:t}`letters{p. 14}` said {cite:p}`letters{p. 4}, night{vol. 3, p. 112}`.[^a]
See {ref}`sec` and {ref}`the-table`.

[^a]: A note of mine; {cite:t}`night{p. 115}`.

> The tide went out.
>
> {cite:p}`letters{p. 20}`

(the-table)=
:::{list-table} A table after {cite:t}`aves`
* - A
  - {cite:p}`letters{p. 16}`
:::
"""
CONF = """
project = "The Bar"
author = "Anne"
copyright = "Anne"
version = release = "1.0"
language = "en"
extensions = ["edition.sphinx"]
html_theme = "furo"
epub_basename = "edition"
smartquotes = False
"""


def edition(project: Write, settings: str, text: str = TEXT, works: str = WORKS) -> Path:
    return project(
        {
            "docs/index.md": "# The Bar\n\n```{toctree}\none\nworks\n```\n",
            "docs/one.md": text,
            "docs/works.md": "# Works\n\n```{bibliography}\n:all:\n```\n",
            "docs/conf.py": CONF + settings,
            "bibliography.bib": works,
            "pyproject.toml": "[tool.edition]\n",
        }
    )


def build_anyway(root: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html"]
    command += [str(root / "docs"), str(root / "build" / "html")]
    subprocess.run(command, capture_output=True, check=True, timeout=300)


def build(root: Path, builder: str = "html") -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", builder]
    command += [str(root / "docs"), str(root / "build" / builder)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert (result.returncode, result.stderr) == (0, "")


def page(root: Path, name: str) -> html.HtmlElement:
    return html.parse(str(root / "build" / "html" / name)).getroot()


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture
def in_notes(project: Write) -> Path:
    return edition(project, 'edition_citation_style = "notes"\nedition_ibid = True\n')


NOTES = [
    "Mary Hart, Letters from the Harbour (Whitby: Quay Press, 1831), 3.",
    "Mary Hart, “The Harbour at Night,” in Collected Works, vol. 3 "
    "(Whitby: Quay Press, 1838), 112.",
    "See Hart, Letters, 12.",
    "Ibid., 13.",
    "Ibid., 14.",
    "Hart, Letters, 4; Hart, “Harbour at Night,” 3:112.",
    "A note of mine; Hart, “Harbour at Night,” 115.",
    "Tom Aves, Voyages (Hull: Mill, 1927).",
]


def test_a_first_note_is_full_and_later_ones_are_short(in_notes: Path) -> None:
    build(in_notes)
    one = page(in_notes, "one.html")
    notes = {
        note.xpath("string(span[@class='label'])").strip("[]"): words(note)
        for note in one.xpath("//aside[contains(@class, 'footnote') and @role]")
    }
    printed = [re.sub(r"^\[\d+\] (\([\d,]+\) )?", "", notes[str(n)]) for n in range(1, 9)]
    assert printed == NOTES
    text = words(one.xpath("//article")[0])
    assert "She wrote so.[3]" in text
    assert "He agreed,[4] and Hart[5] said.[6],[7]" in text
    assert "Hart, Letters, 20" in words(one.xpath("//blockquote")[0])


def test_titles_and_captions_are_named_by_their_words_alone(in_notes: Path) -> None:
    build(in_notes)
    one = page(in_notes, "one.html")
    assert "See Of and A table after Aves." in words(one.xpath("//article")[0])
    assert one.xpath("string(//title)").startswith("On Hart, twice")
    index = words(page(in_notes, "index.html").xpath("//article")[0])
    assert "On Hart, twice" in index
    assert "{p." not in index


def test_the_book_has_the_same_notes(in_notes: Path) -> None:
    build(in_notes, "typst")
    with pypdfium2.PdfDocument(in_notes / "build" / "typst" / "edition.pdf") as book:
        text = " ".join("\n".join(p.get_textpage().get_text_range() for p in book).split())
        bookmarks = [item.get_title() for item in book.get_toc()]
    for note in NOTES:
        assert note in text
    assert bookmarks == ["On Hart, twice", "Of", "Works"]


def test_the_e_book_has_them_too(in_notes: Path) -> None:
    build(in_notes, "epub")
    page = (in_notes / "build" / "epub" / "one.xhtml").read_text(encoding="utf-8")
    assert words(html.fromstring(page.encode())).count("Ibid.") == 2


def test_the_notes_of_commentary_follow_those_of_its_passage(project: Write) -> None:
    text = (
        "# One\n\n(p1)=\n:::{passage}\nThe sea {cite:p}`letters{p. 3}`.\n\n"
        "```{commentary}\nElsewhere {cite:p}`letters{p. 7}`.\n```\n:::\n"
    )
    root = edition(project, 'edition_citation_style = "notes"\n', text)
    build(root, "typst")
    with pypdfium2.PdfDocument(root / "build" / "typst" / "edition.pdf") as book:
        read = " ".join("\n".join(p.get_textpage().get_text_range() for p in book).split())
    assert "The sea.1 " in read
    assert "Elsewhere.2 " in read
    assert read.index("Mary Hart, Letters from") < read.index("Hart, Letters, 7.")


STYLES = {
    "short-title": ("(see Hart, Letters, p. 12)", "On Hart, Letters, p. 3, twice"),
    "author-date": ("(see Hart 1831, 12)", "On Hart (1831, 3), twice"),
    "mla": ("(see Hart, Letters 12)", "On Hart (Letters 3), twice"),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_citation_reads_alike_wherever_it_is_taken_up(project: Write, style: str) -> None:
    root = edition(project, f'edition_citation_style = "{style}"\n')
    build(root)
    inline, title = STYLES[style]
    one = page(root, "one.html")
    assert inline in words(one.xpath("//article")[0])
    assert "{p." not in words(one.xpath("//article")[0])  # the texts of {ref} have words, too
    assert one.xpath("string(//title)").startswith(title)
    assert title in words(page(root, "index.html").xpath("//article")[0])
    searched = (root / "build" / "html" / "edition-records.js").read_text(encoding="utf-8")
    records = json.loads(searched.removeprefix("window.EDITION_RECORDS = ").rstrip(";\n"))
    found = " ".join(f"{r['title']} {r['text']}" for r in records if r["page"] == "one.html")
    assert title in found
    assert inline in found


@pytest.mark.parametrize("style", ["short-title", "notes"])
def test_a_citation_in_a_chapter_s_title_does_not_stop_the_book(project: Write, style: str) -> None:
    long = "Nobody asked what the second keeper thought of the ships.\n\n" * 120
    root = edition(project, f'edition_citation_style = "{style}"\n', TEXT + "\n" + long)
    build(root, "typst")
    assert (root / "build" / "typst" / "edition.pdf").exists()


def listed(root: Path) -> list[str]:
    works = page(root, "works.html")
    found = works.xpath("//p[contains(@class, 'rubric')] | //ul[@class='bibliography simple']/li")
    found = found or works.xpath("//ul[contains(@class, 'bibliography')]/li")
    return [words(element).partition(".")[0] for element in found]


@pytest.mark.parametrize("style", ["short-title", "author-date", "notes"])
def test_the_copies_of_a_title_with_a_citation_double_no_id(project: Write, style: str) -> None:
    contents = "# On {cite:p}`letters`\n\n```{contents}\n```\n\n## Of {cite:p}`aves`\n\nSo.\n"
    root = edition(project, f"edition_citation_style = '{style}'\n", contents)
    build(root)
    for name in ("index.html", "one.html"):
        ids = page(root, name).xpath("//@id")
        assert len(ids) == len(set(ids))
        assert not page(root, name).xpath("//a//a")


@pytest.mark.parametrize(
    ("settings", "order"),
    [
        ("", ["Hart, Mary", "Hart, Mary", "Aves, Tom"]),
        ('edition_bibliography_order = "alphabetical"', ["Aves, Tom", "Hart, Mary", "Hart, Mary"]),
        ('edition_citation_style = "mla"', ["Aves, Tom", "Hart, Mary", "Hart, Mary"]),
    ],
)
def test_the_order_of_the_bibliography(project: Write, settings: str, order: list[str]) -> None:
    root = edition(project, settings)
    build(root)
    assert listed(root) == order


def test_a_bibliography_in_groups_has_headings(project: Write) -> None:
    groups = '{"Works quoted": "quoted", "Literature": ""}'
    root = edition(project, f"edition_bibliography_groups = {groups}")
    build(root)
    article = words(page(root, "works.html").xpath("//article")[0])
    places = [article.index(w) for w in ("Works quoted", "Letters", "Literature", "Aves", "Night")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('edition_citation_style = "chicago"', 'it can be "short-title", "author-date"'),
        ('edition_bibliography_order = "random"', 'it can be "file", "alphabetical"'),
        ("edition_bibliography_groups = {'A': 1}", "gives each heading its keyword"),
    ],
)
def test_a_setting_that_is_none_is_told(project: Write, setting: str, message: str) -> None:
    root = edition(project, setting)
    command = [sys.executable, "-m", "sphinx", "-q", str(root / "docs"), str(root / "build")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert result.returncode == 2
    assert message in result.stderr


def test_works_cited_without_a_bibliography_keep_their_words(project: Write) -> None:
    root = edition(project, "")
    (root / "docs" / "works.md").write_text("# Works\n", encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(root / "docs")]
    subprocess.run([*command, str(root / "build" / "html")], check=True, capture_output=True)
    assert "(see Hart, Letters, p. 12)" in words(page(root, "one.html").xpath("//article")[0])


def test_an_entry_of_pybtex_s_styles_is_printed_too(project: Write) -> None:
    works = WORKS + (
        "@book{g, author={family=Goethe, given=J. W., prefix=von}, title={D}, date={1819}}"
        "@thesis{t, author={Clay, Cy}, title={Rope}, institution={Hull}, date={1998}}"
        "@online{o, author={Dee, Di}, title={Page}, url={https://example.org}, date={2001}}"
    )
    settings = 'bibtex_default_style = "plain"\nbibtex_reference_style = "author_year"\n'
    text = "# One\n\n{cite:p}`g`, {cite:p}`letters`, {cite:p}`t`, {cite:p}`o`\n"
    root = edition(project, settings, text, works)
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(root / "docs")]
    subprocess.run([*command, str(root / "build" / "html")], check=True, capture_output=True)
    article = words(page(root, "one.html").xpath("//article")[0])
    assert "von Goethe, 1819" in article
    assert "Clay, 1998" in article
    assert "Rope" in words(page(root, "works.html").xpath("//article")[0])


@pytest.mark.parametrize(
    ("language", "note", "listed"),
    [
        (
            "de",
            "„The Harbour at Night“, in Collected Works, Bd. 3",
            "„Neues“. Flut, 28. Oktober 1852",
        ),
        ("fr", "« The Harbour at Night », dans Collected Works, t. 3", "Flut, 28 octobre 1852"),
        ("ru", "«The Harbour at Night», в кн.: Collected Works, т. 3", "Flut, 28 октября 1852"),
        ("sv", "“The Harbour at Night,” in Collected Works, vol. 3", "Flut, October 28, 1852"),
    ],
)
def test_a_citation_is_in_the_edition_s_language_or_wholly_in_english(
    project: Write, language: str, note: str, listed: str
) -> None:
    works = (
        WORKS
        + "@article{n, author={Aves, Tom}, title={Neues}, journaltitle={Flut}, date={1852-10-28}}"
    )
    settings = f'language = "{language}"\nedition_citation_style = "notes"\n'
    root = edition(project, settings, "# One\n\nNight {cite:p}`night`.\n", works)
    build(root)
    assert note in words(page(root, "one.html").xpath("//article")[0]).replace("\xa0", " ")
    assert listed in words(page(root, "works.html").xpath("//article")[0]).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("de", "(Hart, Letters, Kap. 3, Anm. 12–14; Bd. 2, S. 5) und (Hart, Letters, Sp. 4)"),
        ("fr", "(Hart, Letters, chapitre 3, notes 12–14 ; t. 2, p. 5)"),
        ("ru", "(Hart, Letters, гл. 3, прим. 12–14; т. 2, с. 5)"),
        ("es", "(Hart, Letters, cap. 3, notas 12–14; vol. 2, p. 5)"),
        ("it", "(Hart, Letters, cap. 3, note 12–14; vol. 2, p. 5)"),
        ("en", "(Hart, Letters, chap. 3, nn. 12–14; vol. 2, p. 5)"),
    ],
)
def test_the_labels_of_a_locator_are_in_the_edition_s_language(
    project: Write, language: str, printed: str
) -> None:
    text = "{cite:p}`letters{chap. 3, nn. 12–14; vol. 2, p. 5}` und {cite:p}`letters{Sp. 4}`"
    root = edition(project, f'language = "{language}"\n', f"# One\n\n{text}\n")
    build_anyway(root)
    assert printed in words(page(root, "one.html").xpath("//article")[0]).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "title", "printed"),
    [
        ("de", "Kleists „Marionetten“", "„Kleists ‚Marionetten‘“. Flut"),
        ("fr", "«~La mer~»", "« “La mer” ». Flut"),
        ("ru", "О «Колоколе»", "«О „Колоколе“». Flut"),
        ("en", "Kleists „Marionetten“ und »Käthchen«", "“Kleists ‘Marionetten’ und ‘Käthchen.’” F"),
    ],
)
def test_marks_in_a_title_are_inner_marks(
    project: Write, language: str, title: str, printed: str
) -> None:
    works = (
        f"@article{{n, title={{{title}}}, journaltitle={{Flut}}, date={{1852}}, "
        f"langid={{{language}}}}}\n@book{{b, title={{Der „Bote“}}, date={{1853}}, key={{b}}}}"
    )
    text = "# One\n\n{cite:p}`n{p. 3}`, {cite:p}`b{p. 4}`.\n"
    root = edition(project, f'language = "{language}"\n', text, works)
    build_anyway(root)
    listed = words(page(root, "works.html").xpath("//article")[0]).replace("\xa0", " ")
    assert printed in listed
    assert "Der „Bote“" in listed


def test_a_cited_title_in_quotation_marks_is_no_numbered_quotation(project: Write) -> None:
    text = "# One\n\n| a |\n|---|\n| {cite:t}`n{p. 3}` |\n"
    works = "@article{n, title={News}, journaltitle={Flut}, date={1852}, key={n}}"
    root = edition(project, "", text, works)
    build(root, "typst")
    with pypdfium2.PdfDocument(root / "build" / "typst" / "edition.pdf") as pdf:
        book = " ".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    assert "“News”" in book
    assert not re.search(r"\bid\d+\b", book)


def test_a_locator_that_ends_in_a_full_stop_ends_the_sentence(project: Write) -> None:
    text = "# One\n\nThe sea {cite:p}`letters{fol. 3 rev.}`. See {cite:t}`night{pp. 112 ff.}`.\n"
    in_text = edition(project, "", text)
    build_anyway(in_text)
    assert "112 ff." in (shown := words(page(in_text, "one.html").xpath("//article")[0]))
    assert ".." not in shown
    in_notes = edition(project, 'edition_citation_style = "notes"\n', text)
    build_anyway(in_notes)
    assert "112 ff." in (shown := words(page(in_notes, "one.html").xpath("//article")[0]))
    assert ".." not in shown


def test_the_notes_of_a_paragraph_of_a_passage_are_in_order(project: Write) -> None:
    text = (
        "# One\n\n(p1)=\n:::{passage}\nThe sea,[^a] the tide[^b] and the bar.[^c]\n:::\n\n"
        "[^a]: First.\n[^b]: Second.\n[^c]: Third.\n"
    )
    root = edition(project, "", text)
    build(root)
    asides = page(root, "one.html").xpath("//aside[@role='doc-footnote']")
    assert [words(aside).split()[-1] for aside in asides] == [
        "First.",
        "Second.",
        "Third.",
    ]


def test_others_follow_names_without_a_comma_but_in_english(project: Write) -> None:
    works = (
        "@book{b, title={Werke}, date={1943}, location={Weimar}, "
        "editor={Petersen, Julius and Wiese, Benno and others}, author={Schiller, Friedrich}}"
    )
    root = edition(project, 'language = "de"\n', "# One\n\n{cite:p}`b{S. 4}`.\n", works)
    build_anyway(root)
    assert "Benno Wiese u. a." in words(page(root, "works.html").xpath("//article")[0]).replace(
        "\xa0", " "
    )


@pytest.mark.parametrize(
    ("locator", "shown"),
    [("vol. 1, p. 44", "Bd. 1, 44"), ("S. 25 ff.", "25 ff."), ("chap. 3", "Kap. 3")],
)
def test_the_register_gives_a_place_as_it_is_cited(
    project: Write, locator: str, shown: str
) -> None:
    text = (
        "# One\n\n(q1)=\n> The tide went out, and he went.\n>\n"
        f"> {{cite:p}}`aves{{{locator}}}`\n\n```{{quotation-register}}\n```\n"
    )
    root = edition(project, 'language = "de"\n', text)
    build_anyway(root)
    (cell,) = page(root, "one.html").xpath("//*[contains(@class, 'cited-page')]")
    assert words(cell).replace("\xa0", " ") == shown


KEYS = [
    "müller",
    "Пушкин",
    "Толстой",
    "a:b",
    "a-b",
    "DBLP:conf/x+y",
    "易仕和2013",
    "o'neil_1",
    "X.Y",
]


def test_every_key_has_an_anchor_of_its_own(project: Write) -> None:
    works = "".join(
        f"@book{{{key}, author={{Hart, M{number}}}, title={{T{number}}}, year=1900}}\n"
        for number, key in enumerate(KEYS)
    )
    text = "# One\n\n" + " ".join(f"{{cite:p}}`{key}`" for key in KEYS) + "\n"
    root = edition(project, "", text, works)
    build(root)
    anchors = page(root, "works.html").xpath("//ul[contains(@class, 'bibliography')]/li/@id")
    assert len(set(anchors)) == len(KEYS)
    assert anchors[0].startswith("cite-muller")
    links = page(root, "one.html").xpath("//span[@class='bibtex-citation']//a/@href")
    assert [link.partition("#")[2] for link in links] == anchors


def test_a_footcite_is_a_full_note_of_any_type(project: Write) -> None:
    works = WORKS + "@thesis{t, author={Clay, Cy}, title={Rope}, institution={Hull}, date={1998}}"
    text = "# One\n\nSo {footcite}`aves` and {footcite}`t`.\n\n```{footbibliography}\n```\n"
    root = edition(project, "", text, works)
    build(root)
    found = words(page(root, "one.html").xpath("//article")[0])
    assert "Tom Aves, Voyages (Hull: Mill, 1927)." in found
    assert "Cy Clay, “Rope” (Hull, 1998)." in found


def test_a_work_cited_by_an_alias_is_the_work(project: Write) -> None:
    works = WORKS.replace("shorttitle={Letters},", "shorttitle={Letters}, ids={old, hart:1},")
    text = "# One\n\n{cite:p}`old{p. 3}`, {cite:t}`hart:1{p. 300}`; {cite:p}`letters{p. 4}`.\n"
    root = edition(project, 'edition_citation_style = "notes"\n', text, works)
    build_anyway(root)
    article = words(page(root, "one.html").xpath("//article")[0])
    for note in (NOTES[0], "Hart, Letters, 300.", "Hart, Letters, 4."):
        assert note in article
    links = page(root, "one.html").xpath("//aside//a[starts-with(@href, 'works.html')]/@href")
    assert set(links) == {"works.html#cite-letters"}
    check = [sys.executable, "-m", "edition", "check"]
    found = subprocess.run(check, capture_output=True, text=True, timeout=60, cwd=root).stdout
    assert "C101" not in found
    assert "one.md:3" in found
    assert "p. 300" in found


def test_a_heading_is_linked_by_its_words_without_the_mark_of_its_note(project: Write) -> None:
    text = TEXT.replace("See {ref}`sec`", "See [](#sec)")
    root = edition(project, 'edition_citation_style = "notes"\n', text)
    build(root)
    assert "See Of and A table" in words(page(root, "one.html").xpath("//article")[0])


def test_titles_are_marked_with_their_language(project: Write) -> None:
    works = WORKS + "@book{d, author={Aves, T.}, title={Der Fluss}, langid={german}, date=1900}"
    root = edition(project, "", "# One\n\nSo {cite:p}`d`.\n", works)
    build(root)
    for name in ("one.html", "works.html"):
        assert words(page(root, name).xpath("//*[@lang='de']")[0]) == "Der Fluss"
