"""Words that are read from the other side than the edition; the order of the notes beside them."""

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.core import publish_doctree
from sphinx.cmd.build import build_main

from edition.sphinx.directions import ISOLATE, POP, is_from_other_side, set_apart
from edition.sphinx.epub.stacking import mark_numbers, name_heads

BIB = """@book{hart, author={Hart, Mary}, title={Tides}, publisher={Q}, address={W}, year={1831}}
@book{namal, author={נמלי, עדה}, title={מכתבים}, publisher={הרציף}, address={יפו}, year={1931}}
"""
TEXT = """# מסע

(p1)=
::::{passage}
הספינה יצאה {cite:p}`hart{p. 19}` עם שחר {cite:p}`namal{עמ׳ 3}`.[^a]

:::{commentary}
הערה.[^b]
:::
::::

> The bar is a door, and nobody has a key to it.
>
> {cite:p}`hart{p. 20}`

[^a]: Of the ship.
[^b]: על ההערה.

```{bibliography}
```
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    """A Hebrew page of the website that quotes and cites in English."""
    root = tmp_path_factory.mktemp("directions")
    settings = '[tool.edition]\nsource = "."\nbibliography = ["works.bib"]\n'
    (root / "pyproject.toml").write_text(settings)
    (root / "works.bib").write_text(BIB, encoding="utf-8")
    (root / "conf.py").write_text(
        'project = "M"\nlanguage = "he"\nextensions = ["edition.sphinx"]\nhtml_theme = "basic"\n'
    )
    (root / "index.md").write_text(TEXT, encoding="utf-8")
    assert build_main(["-q", "-W", "-b", "html", str(root), str(root / "out")]) == 0
    shown = (root / "out" / "index.html").read_text(encoding="utf-8")
    return BeautifulSoup(shown, "html.parser")


def test_a_locator_is_read_on_from_its_work(page: BeautifulSoup) -> None:
    first, second = [c.get_text() for c in page.select(".voice-text .bibtex-citation")]
    assert first == f"({ISOLATE}Hart, Tides{POP}, עמ׳\xa019)"
    assert second == "(נמלי, מכתבים, עמ׳\xa03)"


def test_blocks_of_the_other_side_are_set_apart(page: BeautifulSoup) -> None:
    quoted = page.select_one("blockquote p")
    assert quoted is not None
    assert quoted.get_text() == f"{ISOLATE}The bar is a door, and nobody has a key to it.{POP}"
    assert quoted["class"] == ["from-left"]
    (own,) = [p for p in page.select(".voice-text p") if "הספינה" in p.get_text()]
    assert not own.get_text().startswith(ISOLATE)
    (work,) = [e for e in page.select("ul.bibliography p") if "Hart" in e.get_text()]
    assert work.get_text().startswith(ISOLATE)
    assert work.get_text().endswith(f".{POP} מצוטט בקטע p1.")


def test_the_notes_of_a_passage_are_before_those_of_its_commentary(page: BeautifulSoup) -> None:
    notes = page.select_one(".voice-notes")
    assert notes is not None
    words = notes.get_text()
    assert words.index("Of the ship") < words.index("הערה") < words.index("על ההערה")


@pytest.mark.parametrize(
    ("text", "from_right", "other"),
    [
        ("The tide.", True, True),
        ("The tide.", False, False),
        ("גאות.", False, True),
        ("גאות and tide", False, False),
        ("גאות and tide", True, False),
        ("12–14", True, False),
        ("море, 海", True, True),
    ],
)
def test_the_side_from_which_a_text_is_read(text: str, from_right: bool, other: bool) -> None:
    assert is_from_other_side(text, from_right=from_right) is other
    assert (set_apart(text, "he" if from_right else "en") != text) is other


TABLE = """
======  ======  ======
Kind    Count   {head}
======  ======  ======
rope    12      {word}
lamp    3       new
======  ======  ======
"""


@pytest.mark.parametrize(
    ("head", "word", "room"),
    [("Age", "old", ""), ("State", "torn b", " narrow"), ("A" * 25, "old", " broad")],
)
def test_a_table_tells_how_much_room_its_words_want(head: str, word: str, room: str) -> None:
    rule = "=" * 26
    typed = TABLE.format(head=head, word=word).replace("======\n", f"{rule}\n")
    (table,) = publish_doctree(typed).findall(nodes.table)
    assert name_heads(table) == room
    assert [cell.get("head") for cell in table.findall(nodes.entry)][3:6] == [None, "Count", head]


def test_a_cell_of_numbers_alone_is_told_from_one_of_words() -> None:
    cells = "".join(f"   * - {cell}\n" for cell in ("p1_, p2_", "see p1_", "rope", "p2_"))
    links = ".. _p1: a.html\n.. _p2: b.html\n"
    (table,) = publish_doctree(f".. list-table::\n\n{cells}\n{links}").findall(nodes.table)
    mark_numbers(table)
    told = ["numbers" in cell["classes"] for cell in table.findall(nodes.entry)]
    assert told == [True, False, False, True]
