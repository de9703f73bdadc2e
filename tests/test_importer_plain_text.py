# ruff: noqa: E501  (texts are typed as they look)
"""Plain texts as libraries and word processors write them: verse, bracketed notes, signs."""

from __future__ import annotations

import re

import pytest

from edition.bibliography import read_bibliography
from edition.importer.collation import apply
from edition.importer.document import Source
from edition.importer.importing import Imported, import_source
from edition.importer.input_formats import read_source
from edition.texts.plain_text import plain

PROSE = (
    "The pilots of the lower harbour kept a book of songs, in which each man wrote down\n"
    "what he had heard at sea, and the book was read aloud when the winter had come and\n"
    "the boats lay on the sand.\n"
)
SONG = "  The lamp is lit, the lamp is out,\n  The pilot goes to bed;\n  And who shall bring the ship about\n"


def imported(text: str) -> Imported:
    found = import_source(Source(format="text", text=text), {})
    assert (found.words.read, found.words.differs) == (found.words.written, "")
    return found


def cited(text: str) -> Imported:
    works = dict(read_bibliography([("a.bib", WORKS.encode())]).works)
    return import_source(Source(format="text", text=f"A Book of Songs\n\n{text}"), works)


def typed(text: str) -> str:
    return imported(f"A Book of Songs\n\n{PROSE}\n{text}\n{PROSE}").text


class TestVerse:
    @pytest.mark.parametrize(
        "song",
        [
            SONG,
            SONG.replace("  ", ""),
            "    Who lit the lamp?\n    Nobody knows.\n",
            "a lamp in the dark\na word on the sand\nand then nothing\nfor a year\n",
            "  The lamp is lit upon the farther shore of all the western sea,\n  And no one knows,\n  Nor shall be told,\n  Whose hand it was that trimmed it.\n",
        ],
    )
    def test_lines_are_kept(self, song: str) -> None:
        lines = [line.strip() for line in song.splitlines()]
        assert "> " + "\\\n> ".join(lines) in typed(song).replace("?\n> ", "? ")

    def test_its_stanzas_are_one_poem(self) -> None:
        text = typed(f"{SONG}\n{SONG.replace('lit', 'dim')}")
        assert "\n>\n> The lamp is dim" in text

    def test_the_line_below_is_its_author_and_no_heading(self) -> None:
        assert "## Olav Ness" not in typed(f"{SONG}\nOlav Ness\n")

    @pytest.mark.parametrize(
        "prose",
        [
            "    “The boats lay on the sand, and nobody in the house said a word until\n    the winter was over and the lamp was lit again,” she wrote.\n",
            "No. 1, for one voice       12\nNo. 2, for two voices      14\n",
            "Second Division 22 6 5 0 1\nThird Division 44 13 2 1\nSecond Division 9 0 1 0\n",
            "Plan of the mole as it was meas-\nured by the engineer\nin the last year\n",
            "The songs were copied by his sister, who had learned her letters from the\nschoolmaster; she wrote them in the order in which they came, and the last\nof them is not finished.\n",
        ],
    )
    def test_other_lines_are_not(self, prose: str) -> None:
        assert "\\\n" not in typed(prose)

    def test_who_speaks_again_and_again_is_no_heading(self) -> None:
        lines = (
            f"{who}\n\nA word of {who.casefold()} on the weather.\n" for who in ("KARI", "OLAV")
        )
        assert "## " not in typed("\n".join((*lines, "")) * 4)


@pytest.mark.parametrize(
    ("sign", "wanted"),
    [
        ("_The Long Shore_", "*The Long Shore*"),
        ("_Sailing to\nthe North_, 1840", "*Sailing to the North*, 1840"),
        ("a_name_of_code and __both__", "a\\_name\\_of\\_code and \\_\\_both\\_\\_"),
        ("“_here_”", "“*here*”"),
    ],
)
def test_underscores_around_words_are_emphasis(sign: str, wanted: str) -> None:
    text = typed(f"It is told in full in {sign} by the pilot who lived there and\nsaw it all.\n")
    assert wanted in text.replace("\n", " ")


def test_a_text_with_a_line_a_paragraph() -> None:
    line = (
        "The pilots kept a book of songs, and each man wrote down what he had heard at sea in it. "
        * 3
    )
    found = imported(
        f"A Book of Songs\nby Mary Hart\n{line}\n{line}\nThe Winter\n{line}\n- one\n- two\n{line}"
    )
    kinds = " ".join(str(unit.kind) for unit in found.units)
    assert kinds == "title byline paragraph paragraph heading paragraph list paragraph"


WORKS = """@book{keel, author = {Keel, Anna}, title = {The Lamp}, publisher = {Ferry}, year = {1902}}
@book{hart, author = {Hart, Ole}, title = {The Winter Boats}, publisher = {Ferry}, year = {1931}}"""


class TestListsOfWorks:
    @pytest.mark.parametrize(
        "heading",
        "References Works_Cited BIBLIOGRAPHY: Literaturverzeichnis Références Opere_citate "
        "Referências_bibliográficas Список_литературы Primary_sources".split(),
    )
    @pytest.mark.parametrize(
        "entries",
        [
            "Hart, O. (1931) The Winter Boats. Ferry.\nKeel, A. (1902) The Lamp. Ferry.",
            "Hart, Ole. The Winter Boats. Ferry, 1931.\n\nKeel, Anna. The Lamp. Ferry, 1902.",
        ],
    )
    def test_stay_as_they_are(self, heading: str, entries: str) -> None:
        end = f"{heading.replace('_', ' ')}\n\n{entries}\n"
        found = cited(f"{PROSE}\n{PROSE}\nThe lamp is lit (Keel 1902, p. 3).\n\n{end}")
        assert [r.cited[0].key for r in found.found.references] == ["keel"]
        head, _, listed = found.text.partition("\n\n## ")
        assert "{cite:p}`keel{p. 3}`" in head
        assert [" ".join(e.split()) for e in listed.split("\n\n")[1:]] == re.split("\n+", entries)

    def test_whose_entries_hang(self) -> None:
        entries = "Hart, Ole. The Winter Boats, and what was said\n    of them. Ferry, 1931.\nKeel, Anna. The Lamp.\n    Ferry, 1902.\n"
        listed = cited(f"{PROSE}\nReferences\n\n{entries}").text.partition("## References\n\n")[2]
        assert [e.split(",")[0] for e in listed.split("\n\n")] == ["Hart", "Keel"]

    def test_below_a_bold_line_of_a_document_with_headings(self) -> None:
        page = b"<h1>Boats</h1><h2>One</h2><p>It burns (Keel 1902, 3).</p><p><b>References</b></p><p>Keel, A. (1902) The Lamp. Ferry.</p>"
        works = dict(read_bibliography([("a.bib", WORKS.encode())]).works)
        found = import_source(read_source(page, "a.html"), works)
        assert [r.cited[0].place for r in found.found.references] == ["p. 3"]

    def test_what_comes_after_is_text_again(self) -> None:
        found = cited(
            f"{PROSE}\nReferences\n\nHart, O. The Boats. 1931.\n\nAppendix\n\nIt burns (Keel 1902, 3).\n"
        )
        assert [r.cited[0].key for r in found.found.references] == ["keel"]

    def test_those_with_numbers_that_the_text_calls_are_notes(self) -> None:
        text = cited(
            f"{PROSE}The lamp.[1] The boats.[2]\n\nReferences\n\n1. Keel, The Lamp, p. 3.\n2. Hart, Winter Boats, p. 9.\n"
        ).text
        assert "The lamp.[^n1]" in text
        assert "[^n1]: {cite:t}`keel{p. 3}`" in text


class TestNotes:
    def test_called_behind_marks_with_blanks_as_old_books_have_them(self) -> None:
        text = cited(
            'It is " a lamp that nobody on the shore has seen " 1 at all, and " the boats lay on the sand ".2\n\n'
            "Notes\n\n1. Keel, The Lamp, p. 3.\n\n2. Hart, Winter Boats, p. 9.\n"
        )
        quoted = [q.reference for q in text.found.quotations]
        assert [text.found.references[n].cited[0].key for n in quoted if n is not None] == [
            "keel",
            "hart",
        ]

    def test_typed_as_markdown_has_them(self) -> None:
        text = typed("The lamp.[^a] The boats.[^2]\n\n[^a]: Lit in May.\n[^2]: Ashore by then.\n")
        assert "The lamp.[^n1] The boats.[^n2]" in " ".join(text.split())
        assert "[^n1]: Lit in May.\n\n[^n2]: Ashore by then." in text

    def calls(self, text: str) -> list[tuple[str, str]]:
        """Return the word before each call, and the first word of its note."""
        notes = dict(re.findall(r"^\[\^(\w+)\]: (\w+)", text, re.MULTILINE))
        return [
            (word, notes[label])
            for word, label in re.findall(r"(\w+)\W{0,3}\[\^(\w+)\](?!:)", text)
        ]

    @pytest.mark.parametrize(
        ("name", "one", "two"),
        [("Footnote", "1", "2"), ("Voetnoot", "A", "B"), ("Note", "*", "**")],
    )
    def test_in_brackets_below_their_paragraphs(self, name: str, one: str, two: str) -> None:
        text = (
            f"The lamp[{one}] was lit by\nthe pilot[{two}] himself.\n\n"
            f"[{name} {one}: Oil, and\nno gas [a second lamp].]\n\n"
            f"[{name} {two}: Ness was his name.\n\nHe died young.]\n\n"
            f"{PROSE}\nIt was seen[{one}] from afar.\n\n  [{name} {one}: Twice.]\n"
        )
        written = typed(text)
        assert self.calls(written) == [("lamp", "Oil"), ("pilot", "Ness"), ("seen", "Twice")]
        assert "no gas [a second lamp].\n" in written
        assert "    He died young.\n" in written
        assert f"[{name}" not in written

    def test_brackets_that_nothing_calls_stay(self) -> None:
        assert "[Footnote 3: Oil.]" in typed("[Footnote 3: Oil.]\n")

    def test_at_the_end_with_numbers_that_begin_anew(self) -> None:
        notes = "Notes\n\nChapter One\n\n1. Oil.\n\n2. Ness.\n\nHe died.\n\nChapter Two\n\n1. Twice.\n\nWorks Cited\n\nHart.\n"
        written = typed(
            f"CHAPTER ONE\n\nThe lamp.1 The pilot.2\n\nCHAPTER TWO\n\nWas it seen?1\n\n{notes}"
        ).rpartition("Hart")[0]
        assert self.calls(written) == [("lamp", "Oil"), ("pilot", "Ness"), ("seen", "Twice")]
        assert "\n    He died.\n\n## Chapter Two\n" in written
        assert "\n## Works Cited\n" in written

    def test_a_list_of_steps_does_not_hide_the_notes_at_the_end(self) -> None:
        steps = "The songs of part 1 and part 2:\n\n1. The lamp is lit.\n\n2. The lamp is out.\n"
        calls = "The lamp.[1] The pilot.[2] The boat.[3] The sand.[4]\n"
        notes = "NOTES:\n\n[1] Oil.\n\n[2] Ness.\n\n[3] Wood.\n\n[4] Wet.\n"
        found = imported(f"A Book of Songs\n\n{PROSE}\n{steps}\n{calls}\n{PROSE}\n{notes}")
        assert found.notes == 4

    def test_whose_lines_begin_with_years_and_numbers(self) -> None:
        body = "A Book of Songs\n\nThe lamp.1 The pilot.2 The boat.3\n\n"
        notes = "Notes\n\n1. Oil, 9\n(1968): 201.\n2. Ness; see n.\n9.\n\n3. Wood, pp.\n12-14.\n"
        written = typed(body + notes)
        assert "[^n1]: Oil, 9 (1968): 201.\n" in written
        assert "[^n2]: Ness; see n. 9.\n" in written
        assert "[^n3]: Wood, pp. 12-14." in written

    @pytest.mark.parametrize("heading", ["Notes", "ENDNOTES:", "Anmerkungen", "Примечания"])
    def test_their_heading_goes_if_all_are_called(self, heading: str) -> None:
        body = f"A Book of Songs\n\nThe lamp.[1]\n\nThe pilot.[2]\n\n{heading}\n\n[1] Oil.\n\n"
        for rest, left_out in (("[2] Ness.\n", (heading,)), ("[2] Ness.\n\n[3] Sand.\n", ())):
            found = imported(body + rest)
            assert found.left_out == left_out
            assert (heading in found.text) is not bool(left_out)
            assert plain(found.text, found.typed) == apply(body + rest, found.changes).strip()

    def test_of_several_paragraphs_at_a_foot(self) -> None:
        text = "The lamp[1] was lit by the pilot[2] himself.\n\n[1] Oil.\n\nIt was bought in town.\n\n[2] Ness.\n"
        written = typed(text)
        assert self.calls(written) == [("lamp", "Oil"), ("pilot", "Ness")]
        assert "    It was bought in town.\n" in written

    def test_typed_in_a_document_with_markup(self) -> None:
        page = (
            "<html><body><h1>A Book of Songs</h1><p>The lamp<sup>1</sup> was lit by the <i>pilot</i>.2 In 1843 it went out.</p>"
            "<h2>Notes</h2><ol><li>Oil, in <i>Songs</i>.</li><li>Ness.</li></ol><h2>Bibliography</h2><p>Hart.</p></body></html>"
        )
        found = import_source(read_source(page.encode(), "a.html"), {})
        assert self.calls(found.text) == [("lamp", "Oil"), ("pilot", "Ness")]
        assert "[^n1]: Oil, in *Songs*." in found.text
        assert "# Notes" not in found.text
        assert found.left_out == ("Notes",)
        assert found.words.differs == ""

    def test_within_a_list_with_empty_lines(self) -> None:
        written = typed(
            "The songs are:\n\n1. The lamp.[1]\n\n2. The _pilot_.[2]\n\nThe end of it is near.\n\nNotes\n\n[1] Oil.\n\n[2] Ness.\n\n[3] Sand.\n"
        ).rpartition("[3]")[0]
        assert "1. The lamp.[^n1]\n\n2. The *pilot*.[^n2]\n" in written


@pytest.mark.parametrize(
    ("typed", "cells"),
    [
        (
            "Year      Ships    Lost\n1838         12       4\n1839        114      10\n1840          9",
            "Year Ships Lost|1838 12 4|1839 114 10|1840 9 ",
        ),
        ("Port\tShips\tLamps\nNess\t12\toil\nHull\t14\tgas", "Port Ships Lamps|Ness 12 oil|Hull 14 gas"),
        ("Name       Age\n--------------\nAda Reef    44\nA. Quill    31", "Name Age|Ada_Reef 44|A._Quill 31"),
        ("|a|b|\n|---|---|\n| 1 | x *y* |\n| 2 |   |", "a b|1 x_*y*|2 "),
        (
            "+------+-----------+\n| Year | Said      |\n+======+===========+\n| 1838 | The tide  |\n"
            "|      | went out. |\n+------+-----------+\n| 1839 | It rose.  |\n+------+-----------+",
            "Year Said|1838 The_tide_went_out.|1839 It_rose.",
        ),
    ],
)  # fmt: skip
def test_a_table_of_blanks_or_lines(typed: str, cells: str) -> None:
    text = f"On Ships\n\n{PROSE}\n\n{typed}\n\n{PROSE}\n"
    imported = import_source(Source(format="text", text=text), {})
    table = next(u for u in imported.units if u.items)
    rows = [[c.replace("_", " ") for c in row.split(" ")] for row in cells.split("|")]
    assert list(table.items) == [cell for row in rows for cell in row if cell]
    for row in rows:
        assert "| " + " | ".join(c.replace("*", "\\*") for c in row) + " |" in imported.text
    assert imported.words.differs == ""
    assert plain(imported.text, imported.typed) == apply(text, imported.changes)


@pytest.mark.parametrize(
    "typed",
    [
        "They sang in halls     of the old king\nand drank in winter    to the drowned men\n"
        "until the morning      came in from sea",
        "REEF        a pilot of the harbour\nQUILL       keeper of the lamp\nKEEL        a merchant of Ness",
        "The lamps ............ 1\nThe pilots .......... 12\nThe wrecks .......... 44",
        "And so it  was said,   that nothing    was ever\nthe same   again in    the harbour,    and that\n"
        "no  one    would go    out at night    in winter.",
        "1.\tThe lamp was out\n2.\tThe pilot was asleep\n3.\tThe tide was high",
        "It stood so | in the book,\nand so it | was sung.",
    ],
)  # fmt: skip
def test_blanks_in_prose_and_verse_make_no_table(typed: str) -> None:
    text = f"On Ships\n\n{PROSE}\n\n{typed}\n\n{PROSE}\n"
    imported = import_source(Source(format="text", text=text), {})
    assert "| --- |" not in imported.text
