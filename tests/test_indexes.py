"""Indexes: names in passages lead to entries, entries to passages; dates; drawings."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from edition.indexes.calendar import DateError, format_span, gregorian, read_span
from edition.indexes.entries import index_of, sort_key_of
from edition.loading.load import load
from edition.model import Document, EntryKind
from edition.myst.reader import read_document
from edition.project.layout import find_project
from edition.sphinx.drawings.quoted_works import draw_quoted_works
from edition.sphinx.drawings.svg import BOOK, SCREEN
from edition.sphinx.drawings.timeline import draw_timeline
from edition.sphinx.spacing import spaced_text
from page_validators import browser
from tests_support import Write

WORKS = """\
@book{hart-letters,
  author = {Hart, Mary},
  title = {Letters from the Harbour},
  publisher = {Quay Press},
  year = {1931},
  pagetotal = {200},
}
"""
TEXT = """\
# The harbour

(p1)=
:::{passage}
The {person}`master <Rowe>` closed the {gloss}`mole` on {event}`30 April <closing>`.
:::

(p2)=
:::{passage}
It was Ann who wrote.

```{quotation} hart-letters
:name: q1
:page: 19
:speaker: Mary Hart
:opening: The tide
:closing: went out.
```

```{commentary}
She names {person}`Thomas
Rowe` in {cite:t}`hart-letters`.
```
:::

See {person}`Rowe` in the preface.
"""
PEOPLE = """\
# Index

:::{person} Rowe, Thomas
:dates: 1850–1910
Master of the harbour.
:::

:::{person} Hart, Mary
Its chronicler, see {cite:t}`hart-letters`.
:::

:::{gloss} mole
:also: pier
A wall.
:::

:::{event} The *mole* is closed
:key: closing
:date: 1907-04-30
:calendar: julian
By order.
:::

:::{event} The master comes
:date: 1905
From the north.
:::

```{timeline}
```

```{quoted-works}
```

```{quotation-register}
```

```{bibliography}
```
"""
FILES = {
    "pyproject.toml": '[tool.edition]\nsource = "docs"\nbibliography = ["works.bib"]\n',
    "works.bib": WORKS,
    "docs/conf.py": 'extensions = ["edition.sphinx"]\nproject = "Harbour"\n'
    'version = "1"\ncopyright = "nobody"\nauthor = "A. Nobody"\nlanguage = "en"\n',
    "docs/index.md": "# Start\n\n```{toctree}\ntext\nindexes\n```\n",
    "docs/text.md": TEXT.replace("*Ann*", "Ann").replace(
        "in the preface.", "in the preface; {event}`1905 <The master comes>`."
    ),
    "docs/indexes.md": PEOPLE,
}


def document(text: str) -> Document:
    return read_document(text, "text.md")


class TestReading:
    def test_mention(self) -> None:
        read = document("(p1)=\n:::{passage}\nBy the {person}`old master <rowe>`.\n:::\n")
        (mention,) = read.mentions
        assert (mention.kind, mention.target, mention.passage) == (EntryKind.PERSON, "rowe", "p1")
        assert (mention.location.line, mention.location.column) == (3, 8)

    def test_words_of_a_name_are_prose(self) -> None:
        (prose, *_) = document("By {person}`Thomas\nRowe <rowe>`, and no more.\n").prose
        assert prose.text.replace("\0", "") == "By Thomas\nRowe, and no more."

    def test_opening_words_hold_names(self) -> None:
        (anchor, *_) = document("(p1)=\nBy {person}`Rowe <rowe>`, master of all.\n").anchors
        assert anchor.opening == "By Rowe, master of all."

    def test_entry(self) -> None:
        (entry,) = document(
            ":::{person} Rowe, Thomas\n:also: the Master; Tom\n:dates: 1850–1910\nMaster.\n:::\n"
        ).entries
        assert (entry.key, entry.also, entry.dates) == (
            "rowe-thomas",
            ("the Master", "Tom"),
            "1850–1910",
        )
        assert entry.id == "person-rowe-thomas"
        assert entry.explained

    @settings(deadline=None)
    @given(st.text(max_size=40))
    def test_any_role_can_be_read(self, words: str) -> None:
        document(f"(p1)=\nBy {{person}}`{words}` and so on.\n")


class TestIndex:
    def test_passages(self, project: Write) -> None:
        index = index_of(load(find_project(project(FILES))))
        assert index.passages == {
            "person-rowe-thomas": ("p1", "p2"),
            "person-hart-mary": ("p2",),
            "gloss-mole": ("p1",),
            "event-closing": ("p1",),
        }
        assert index.citing == {"hart-letters": ("p2",)}
        for name in ("Rowe", "thomas rowe", "Rowe, Thomas", "rowe-thomas"):
            found = index.find(EntryKind.PERSON, name)
            assert found is not None
            assert found.key == "rowe-thomas"
        assert index.find(EntryKind.TERM, "Rowe") is None


class TestDates:
    @pytest.mark.parametrize(
        ("typed", "julian", "words"),
        [
            ("1917", False, "1917"),
            ("1917-10", True, "October 1917 (old style)"),
            ("1917-10-25", True, "25 October (7 November) 1917"),
            ("1917-12-25", True, "25 December 1917 (7 January 1918)"),
            ("1871-03-18/1871-05-28", False, "18 March – 28 May 1871"),
            ("1871-03-18/1871-03-20", False, "18–20 March 1871"),
            ("1919/1921", False, "1919–1921"),
            ("1917-04-24/1917-04-29", True, "24–29 April 1917 (new style 7–12 May 1917)"),
            ("1907~", False, "about 1907"),
        ],
    )
    def test_written(self, typed: str, julian: bool, words: str) -> None:
        assert (
            format_span(read_span(typed, julian=julian)).replace("\N{NO-BREAK SPACE}", " ") == words
        )

    @pytest.mark.parametrize("typed", ["", "spring 1907", "1907-13", "1907-02-29", "1907/1906"])
    def test_refused(self, typed: str) -> None:
        with pytest.raises(DateError):
            read_span(typed)

    def test_calendars(self) -> None:
        # Pairs of the two calendars: the reform of 1582, and of Russia's in 1918.
        assert gregorian(1582, 10, 5) == date(1582, 10, 15)
        assert gregorian(1918, 2, 1) == date(1918, 2, 14)
        assert gregorian(1900, 2, 29) == date(1900, 3, 13)

    @given(st.dates(min_value=date(1600, 1, 1)))
    def test_any_day_is_read_as_written(self, day: date) -> None:
        span = read_span(day.isoformat())
        assert span.begin == span.end
        assert str(day.year) in format_span(span)


class TestDrawings:
    def test_quoted_works(self, project: Write) -> None:
        edition = load(find_project(project(FILES)))
        drawn = draw_quoted_works(edition, {"hart-letters": "Hart, Letters & <more>"})
        assert drawn is not None
        root = ElementTree.fromstring(drawn.svg)
        assert root.get("role") == "img"
        strokes = [e for e in root.iter() if e.get("stroke-width") == "1.5"]
        assert len(strokes) == len(edition.quotations) == 1
        assert "Hart, Letters & <more>: p2." in drawn.alternative
        assert drawn.alternative in str(root.get("aria-label"))

    def test_rows_of_quoted_works_are_low_and_whole(self, project: Write) -> None:
        # No line is cut in two where a page may end, and a name is nearer to its own line than to
        # the one above.
        edition = load(find_project(project(FILES)))
        drawn = draw_quoted_works(edition, {"hart-letters": "Hart, Letters"}, BOOK)
        assert drawn is not None
        row = ElementTree.fromstring(drawn.pieces[0])
        top, height = map(float, str(row.get("viewBox")).split()[1::2])
        baseline = next(float(e.get("y", 0)) for e in row.iter() if e.tag.endswith("text"))
        axis = max(float(e.get("y2", 0)) for e in row.iter() if e.tag.endswith("line"))
        assert axis + 0.3 <= top + height
        assert axis - baseline < baseline - top
        assert axis - top < 22

    def test_where_nothing_is_quoted_or_dated_nothing_is_drawn(self, project: Write) -> None:
        edition = load(find_project(project(FILES)))
        assert draw_quoted_works(edition, {}) is None
        assert draw_timeline([]) == []

    def test_timeline_is_in_order_and_in_parts(self) -> None:
        spans = [read_span(str(year)) for year in range(1950, 1850, -1)]
        parts = draw_timeline(
            [(s, f"event {s.begin.year}", f"event-{n}") for n, s in enumerate(spans)]
        )
        assert len(parts) == 3
        years = [int(y) for part in parts for y in re.findall(r">(\d{4})</text>", part.svg)]
        assert years == sorted(range(1851, 1951))
        for part in parts:
            ElementTree.fromstring(part.svg)

    def test_the_head_of_a_drawing_is_apart_from_its_pieces(self) -> None:
        spans = [read_span(str(year)) for year in range(1901, 1904)]
        [part] = draw_timeline([(s, f"event {s.begin.year}", "id") for s in spans])
        assert re.findall(r">([JAO])</text>", part.head) == ["J", "A", "J", "O"]
        assert not [svg for svg in part.pieces if ">J</text>" in svg]

    def test_the_book_has_names_in_one_line_that_a_telephone_has_in_two(self) -> None:
        events = [(read_span("1901"), "The weavers leave the mills of Ashcombe", "id")]
        lines = [
            len(re.findall(r'x="114.0"', draw_timeline(events, sheet=sheet)[0].svg))
            for sheet in (SCREEN, BOOK)
        ]
        assert lines == [2, 1]

    def test_a_page_may_end_between_events(self) -> None:
        spans = [read_span(str(year)) for year in range(1901, 1931)]
        [part] = draw_timeline([(s, f"event {s.begin.year}", "id") for s in spans])
        boxes = [re.findall(r"[\d.]+", svg.partition("viewBox=")[2])[:4] for svg in part.pieces]
        ends = [(float(top), float(top) + float(height)) for _x, top, _width, height in boxes]
        assert [above[1] for above in ends[:-1]] == pytest.approx([below[0] for below in ends[1:]])
        for year, svg in zip(range(1901, 1931), part.pieces, strict=True):
            assert re.findall(r"event (\d{4})", svg) == [str(year)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("indexes")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    page = root / "docs" / "text.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace(
            "It was Ann who wrote.", "It was in {event}`1905 <The master comes>`."
        ),
        encoding="utf-8",
    )
    for builder in ("html", "epub", "typst"):
        result = subprocess.run(
            [
                *(sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q"),
                *("-b", builder, str(root / "docs"), str(root / "build" / builder)),
            ],
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert (result.returncode, result.stderr) == (0, "")
    return root / "build"


def test_accents_do_not_move_a_name() -> None:
    names = ["Swain, Geoffrey", "Séjourné, Laurette", "Sedova, Natalia", "Álvarez, Ana"]
    assert sorted(names, key=sort_key_of) == [names[3], names[2], names[1], names[0]]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("see p. 19 and pp. 1–3", "see p.~19 and pp.~1–3"),
        ("vol. 26, nos. 1–2", "vol.~26, nos.~1–2"),
        ("by V. I. Lenin in 1917", "by V.~I. Lenin in 1917"),
        ("by V.~I. Lenin in 1917", "by V.~I. Lenin in 1917"),
        ("by V. Lenin, J. R. R. Rowe", "by V.~Lenin, J.~R.~R. Rowe"),
        ("at the end of p. The next", "at the end of p. The next"),
        ("a stop. 19 men", "a stop. 19 men"),
    ],
)
def test_labels_stay_with_their_numbers(typed: str, kept: str) -> None:
    assert spaced_text(typed.replace("~", "\N{NO-BREAK SPACE}")) == kept.replace(
        "~", "\N{NO-BREAK SPACE}"
    )


class TestPages:
    def test_names_lead_to_entries(self, built: Path) -> None:
        page = html.parse(str(built / "html" / "text.html")).getroot()
        links = page.xpath("//span[contains(@class, 'name')]/a/@href")
        assert links[0] == "indexes.html#person-rowe-thomas"
        assert "indexes.html#gloss-mole" in links

    def test_entries_lead_to_passages_and_are_in_order(self, built: Path) -> None:
        page = html.parse(str(built / "html" / "indexes.html")).getroot()
        terms = page.xpath("//dl[contains(@class, 'event-entries')]/dt/@id")
        assert terms == ["event-the-master-comes", "event-closing"]
        people = page.xpath("//dl[contains(@class, 'person-entries')]/dt/@id")
        assert people == ["person-hart-mary", "person-rowe-thomas"]
        (entry,) = page.xpath("//dt[@id='person-rowe-thomas']/following-sibling::dd[1]")
        assert entry.xpath(".//p[@class='passages']//a/@href") == ["text.html#p1", "text.html#p2"]

    def test_works_lead_to_passages(self, built: Path) -> None:
        page = html.parse(str(built / "html" / "indexes.html")).getroot()
        assert page.xpath("//li[@id='cite-hart-letters']//*[@class='passages']/a/@href") == [
            "text.html#p2"
        ]

    def test_drawings_stand_in_every_format(self, built: Path) -> None:
        page = (built / "html" / "indexes.html").read_text(encoding="utf-8")
        assert page.count('<svg xmlns="http://www.w3.org/2000/svg"') == 2
        (book,) = (built / "epub").glob("*.epub")
        with zipfile.ZipFile(book) as archive:
            chapter = archive.read(
                next(n for n in archive.namelist() if n.endswith("indexes.xhtml"))
            ).decode()
            package = archive.read(
                next(n for n in archive.namelist() if n.endswith(".opf"))
            ).decode()
        assert chapter.count("<svg") == 2
        listed = re.findall(
            r'<li><p><a [^>]*href="#(event-[\w-]+)"><span[^>]*>(.*?)</span></a> '
            r'<span class="dates">(.*?)</span></p></li>',
            chapter,
        )
        assert [ident for ident, *_ in listed] == ["event-the-master-comes", "event-closing"]
        assert listed[1][1] == "The <em>mole</em> is closed"
        assert all(f'id="{ident}"' in chapter and date for ident, _name, date in listed)
        timeline, works = re.findall(r"<svg[^>]*>", chapter)  # the list tells what the first shows
        assert 'aria-hidden="true"' in timeline
        assert chapter.index(timeline) < chapter.index('<ul class="timeline')
        assert 'role="img"' in works
        assert "timeline" not in page.partition("<svg")[0].rpartition("<h1")[2]
        assert 'properties="svg"' in package
        assert "alternativeText" in package
        with pikepdf.open(built / "typst" / "edition.pdf") as pdf:
            described = [
                str(item["/Alt"])
                for item in pdf.objects
                if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
            ]
        assert sum("Time-line" in text or "Works quoted" in text for text in described) >= 2

    def test_register_is_a_table_that_a_script_lets_be_sorted(self, built: Path) -> None:
        page = html.parse(str(built / "html" / "indexes.html")).getroot()
        (table,) = page.xpath("//table[contains(@class, 'sortable')]")
        assert len(table.xpath("./tbody/tr[not(contains(@class, 'group'))]")) == 1
        assert table.xpath(".//button") == []
        with browser() as started:
            shown = started.new_page()
            shown.goto((built / "html" / "indexes.html").as_uri())
            head = shown.locator("table.sortable th").nth(2)
            for direction in ("ascending", "descending"):
                head.locator("button").click()
                assert head.get_attribute("aria-sort") == direction
