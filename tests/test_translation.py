"""Our own words in the edition's language: whole catalogues, or English throughout."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pypdfium2  # type: ignore[import-untyped]
import pytest
from babel.messages.pofile import read_po
from lxml import html
from sphinx.cmd.build import build_main

from edition.bibliography import read_bibliography
from edition.bibliography.markup import text_of
from edition.bibliography.record import record_of
from edition.bibliography.vocabulary import WORDS as WORDS_OF_BIBLATEX
from edition.indexes.calendar import format_span, read_span
from edition.sphinx.citations.mla import _ROLES
from edition.sphinx.citations.pages import bare_locator
from edition.sphinx.citations.people import _WORK
from edition.sphinx.citations.terms import localized, place_names
from edition.sphinx.html_pages import MENDS, mended
from edition.sphinx.register import COLUMNS
from edition.sphinx.spacing import marked_text
from edition.sphinx.static_files import SAID, STATIC, TEMPLATES
from edition.sphinx.translation import date_words, load_catalogue
from edition.sphinx.typst.settings import WORDS

PACKAGE = Path(__file__).parents[1] / "src" / "edition"
LANGUAGES = ("ar", "de", "el", "es", "fr", "he", "it", "ru")

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    load_catalogue(None, SimpleNamespace(language="en"))  # type: ignore[arg-type]


def translated(language: str) -> dict[str, str]:
    file = PACKAGE / "locale" / language / "LC_MESSAGES" / "edition.po"
    catalogue = read_po(file.open("rb"))
    return {str(m.id): str(m.string) for m in catalogue if m.id}


def citation_terms() -> set[str]:
    """Return every word that a citation may have: constants in calls of `term`, and tables."""
    found = {word for words in _WORK.values() for word in words if word} | set(
        WORDS_OF_BIBLATEX.values()
    )
    found |= {*"“”‘’", "Spring", "Summer", "Fall", "Winter", "ca.", "BCE", *_ROLES.values()}
    for path in (PACKAGE / "sphinx" / "citations").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "term":
                constants = (n for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant))
                found |= {c.value for c in constants if isinstance(c.value, str)}
    return found - {""}


def asked_for() -> set[str]:
    """Return every string that the outputs' code asks a catalogue for."""
    found = {*citation_terms(), *WORDS.values(), *(title for title, _width in COLUMNS)}
    for _pattern, instead in MENDS:
        found |= set(re.findall(r"\{(.+?)\}", instead))
    for path in (*STATIC.glob("*.js"), *TEMPLATES.glob("*.html")):
        found |= set(SAID.findall(path.read_text(encoding="utf-8")))
    for path in (PACKAGE / "sphinx").rglob("*.py"):
        if path.name == "builder.py":  # it asks Sphinx's own catalogue, too
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
                argument = node.args[0]
                if isinstance(argument, ast.Constant):
                    found.add(str(argument.value))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_string(language: str) -> None:
    words = translated(language)
    assert not asked_for() - words.keys()
    assert all(words.values())
    for english, told in words.items():
        placeholders = r"%(?:\(\w+\))?s"
        assert sorted(re.findall(placeholders, english)) == sorted(re.findall(placeholders, told))


def test_french_has_a_space_before_high_marks() -> None:
    for told in translated("fr").values():
        assert not re.search(r"(?<=[^\s\d:;!?])[:;!?»](?!\w)|«(?=\S)| [:;!?»]|« ", told), told


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Paris: Seuil", "Paris\u00a0: Seuil"),
        ("Qui parle? Essai", "Qui parle\u202f? Essai"),
        ("Livre ; suite", "Livre\u202f; suite"),
        (": ", "\u00a0: "),
        ("https://a.example/b?c", "https://a.example/b?c"),
        ("12:30", "12:30"),
        ("déjà\u00a0: vu", "déjà\u00a0: vu"),
    ],
)
def test_french_citations_have_a_space_before_high_marks(typed: str, printed: str) -> None:
    load_catalogue(None, SimpleNamespace(language="fr"))  # type: ignore[arg-type]
    assert localized(typed) == printed
    assert localized(typed, "en") == typed
    load_catalogue(None, SimpleNamespace(language="de"))  # type: ignore[arg-type]
    assert localized(typed) == typed


@pytest.mark.parametrize(
    ("language", "printed"), [("de", "Berlin und Leipzig"), ("en", "Berlin and Leipzig")]
)
def test_two_places_of_publication(language: str, printed: str) -> None:
    load_catalogue(None, SimpleNamespace(language=language))  # type: ignore[arg-type]
    text = "@book{k, title={Flut}, address={Berlin and Leipzig}, year={1908}}"
    [work] = read_bibliography([("w.bib", text.encode())]).works.values()
    assert text_of(place_names(record_of(work))) == printed


@pytest.mark.parametrize("typed", ["Т. 1. С. 3", "т. 1, с. 3"])
def test_a_volume_and_a_page_in_russian_notes(typed: str) -> None:
    load_catalogue(None, SimpleNamespace(language="ru"))  # type: ignore[arg-type]
    assert bare_locator(typed) == "1:3"


SOURCE = """\
# Die Lotsen

(p1)=
Kein Schiff quert die Barre {cite:p}`hart-letters`. Genannt ist {person}`Pilot`.

:::{quotation} hart-letters
:name: q1
:page: 20
:speaker: Ada Pilot
:opening: Niemand, der es
:closing: gesehen hat.
:::

:::{event} Die Flut
:date: 1907-04-30
:calendar: julian
Sie kam.
:::

:::{person} Pilot, Ada
Lotsin.
:::

```{quotation-register}
```

```{bibliography}
```
"""


@pytest.fixture
def pages(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[str, str]:
    """Build a page in a language; the words of its PDF, and of its web page."""
    (tmp_path / "pyproject.toml").write_text(
        '[tool.edition]\nsource = "."\nbibliography = ["w.bib"]\n', encoding="utf-8"
    )
    (tmp_path / "w.bib").write_text(
        "@book{hart-letters, author = {Hart, Mary}, title = {Letters}, address = {Whitby}, "
        "publisher = {Quay}, year = {1831}, pagetotal = {240}}\n",
        encoding="utf-8",
    )
    (tmp_path / "conf.py").write_text(
        f'project = "Die Lotsen"\nauthor = "A. M."\nlanguage = "{request.param}"\n'
        'extensions = ["edition.sphinx"]\nhtml_theme = "furo"\n'
        'edition_pdf_book = {"date": "2026-03-31", "editors": ["A. M."]}\n',
        encoding="utf-8",
    )
    (tmp_path / "index.md").write_text(SOURCE, encoding="utf-8")
    for builder in ("typst", "html"):
        code = build_main(["-q", "-b", builder, str(tmp_path), str(tmp_path / builder)])
        assert code == 0
    with pypdfium2.PdfDocument(tmp_path / "typst" / "edition.pdf") as pdf:
        book = " ".join(page.get_textpage().get_text_range() for page in pdf)
    page = html.parse(str(tmp_path / "html" / "index.html")).getroot()
    article = page.xpath("//article")[0]
    book = re.sub(r"\ufffe\s*", "", book)
    return " ".join(book.split()), " ".join(article.text_content().split())


@pytest.mark.parametrize("pages", ["de", "de_CH"], indirect=True)
def test_german_throughout(pages: tuple[str, str]) -> None:
    for word in ("Herausgegeben von", "Inhalt", "31. März 2026", "Zitierweise"):
        assert word in pages[0]
    for words in pages:
        assert "„Niemand, der es … gesehen hat.“" in words
        for told in ("Nr.", "Stand", "Zitiert in", "Seite möglich", "30. April", "S. 20"):
            assert told in words.replace("\N{NO-BREAK SPACE}", " "), told
        for english in ("Passage", "Speaker", "Cited in", "page possible", "pages", "p. 20"):
            assert english not in words.replace("\N{NO-BREAK SPACE}", " "), english


def test_the_words_that_the_theme_has_in_english_alone() -> None:
    load_catalogue(None, SimpleNamespace(language="de"))  # type: ignore[arg-type]
    page = '<div class="context">\n <span>{}</span></div><div class="title">{}</div>'
    assert mended(page.format("Next", "Home")) == page.format("Weiter", "Titelseite")
    assert mended(page.format("Previous", "Next")) == page.format("Zurück", "Weiter")
    assert mended("<span>Next</span>") == "<span>Next</span>"


@pytest.mark.parametrize("pages", ["pl"], indirect=True)
def test_a_language_without_a_catalogue_is_english_throughout(pages: tuple[str, str]) -> None:
    for words in pages:
        for english in ("Passage", "Cited in", "page possible", "“Niemand, der es … gesehen hat.”"):
            assert english in words, english
    for english in ("Edited by", "Contents", "How to cite", "31 March 2026"):
        assert english in pages[0], english


@pytest.mark.parametrize(
    ("language", "typed", "written"),
    [
        ("fr", "1907-04", "avril 1907"),
        ("fr", "1907-05-01", "1er mai 1907"),
        ("fr", "1907-05-21", "21 mai 1907"),
        ("ru", "1907-04-30", "30 апреля 1907"),
        ("es", "1907-04-30", "30 de abril de 1907"),
        ("it", "1907~", "circa 1907"),
        ("de", "1917-10", "Oktober 1917"),
    ],
)
def test_dates_of_events(language: str, typed: str, written: str) -> None:
    load_catalogue(None, SimpleNamespace(language=language))  # type: ignore[arg-type]
    told = format_span(read_span(typed), date_words(language))
    assert told.replace("\N{NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("The sea is יָם.", "The sea is יָם|."),
        ("Seas: יָם, بحر", "Seas: יָם, بحر|"),
        ("“הים ראה” (p. 3)", "“הים ראה|” (p. 3)"),
        ("He wrote “ים” and “بحر”, twice.", "He wrote “ים|” and “بحر|”, twice."),
        ("قال (محمد) ثم 12 ليلة.", "قال (محمد) ثم 12 ليلة|."),
        ("θάλασσα, море, 海", "θάλασσα, море, 海"),
    ],
)
def test_what_follows_letters_that_go_leftwards_stays_on_their_right(
    typed: str, marked: str
) -> None:
    assert marked_text(typed).replace("\N{LEFT-TO-RIGHT MARK}", "|") == marked


@pytest.mark.parametrize(("language", "marks"), [("en", 3), ("he", 0)])
def test_the_direction_is_marked_in_a_text_that_goes_rightwards(
    language: str, marks: int, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.edition]\nsource = "."\nbibliography = []\n')
    (tmp_path / "conf.py").write_text(
        f'project = "Seas"\nlanguage = "{language}"\nextensions = ["edition.sphinx"]\n',
        encoding="utf-8",
    )
    (tmp_path / "index.md").write_text(
        "# Seas: ים[^a]\n\nA “ים” and `בחר`.\n\n[^a]: יפו.\n", encoding="utf-8"
    )
    out = tmp_path / "pseudoxml"
    assert build_main(["-q", "-W", "-b", "pseudoxml", str(tmp_path), str(out)]) == 0
    written = (out / "index.pseudoxml").read_text(encoding="utf-8")
    assert written.count("\N{LEFT-TO-RIGHT MARK}") == marks
