# ruff: noqa: E501  (pages are typed as they look)
"""Texts with pages: notes at their feet or in a list at the end, running heads, page numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from edition.bibliography import read_bibliography
from edition.importer.document import Source
from edition.importer.importing import Imported, import_source
from edition.model import Work

BIBLIOGRAPHY = Path(__file__).parent / "importer/bibliography.bib"
LAMP = (
    "The lamp burned for a year, and the pilot who had seen it wrote of it at length\n"
    "to all the others, who did not answer."
)
Sign = Callable[[int], str]


def raised(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


CALLS: dict[str, Sign] = {
    "glued": str,
    "raised": raised,
    "square": "[{}]".format,
    "round": "({})".format,
    "round apart": " ({})".format,
    "square apart": " [{}]".format,
}
NOTES: dict[str, Sign] = {
    "bare": "{} ".format,
    "stop": "{}. ".format,
    "bracket": "{}) ".format,
    "square": "[{}] ".format,
    "round": "({}) ".format,
    "raised": lambda n: f"{raised(n)} ",
    "raised glued": raised,
}
TURNS = {
    "nothing": "\n",
    "form feed": "\f",
    "form feed and head": "\f88      THE LAMP MAGAZINE\n\n",
    "head": "\n88      THE LAMP MAGAZINE\n\n",
    "number and head": "\n                  87\n\n88      THE LAMP MAGAZINE\n\n",
}
RULES = {"rule": "\n________\n", "dashes": "-----\n\n", "empty line": "\n", "no line": ""}


def imported(text: str, works: dict[str, Work] | None = None) -> Imported:
    found = import_source(Source(format="text", text=text), works or {})
    assert (found.words.read, found.words.differs) == (found.words.written, "")
    return found


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def two_pages(call: Sign, note: Sign, turn: str, rule: str, first: int) -> str:
    return (
        f"On Lamps\n\nThe lamp burned for a year, and the pilot who saw it{call(1)} wrote of it at\n"
        f"length to the others.{call(2)} He went home and said no more about it\n"
        f"{rule}{note(1)}Hart, Letters, p. 3.\n{note(2)}Ibid., p. 5.\n{turn}"
        f"to his wife, who had not asked.{call(first)} She had seen lamps enough, and of pilots one\n"
        f"too many for her taste.{call(first + 1)}\n"
        f"{rule}{note(first)}Keel, Tides, p. 8, where the lamp is\ndrawn.\n{note(first + 1)}Hart, p. 9.\n"
    )


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("call", CALLS)
def test_notes_at_the_foot_of_the_page(call: str, note: str) -> None:
    for turn, rule, first in product(TURNS, RULES, (1, 3)):
        text = two_pages(CALLS[call], NOTES[note], TURNS[turn], RULES[rule], first)
        written = imported(text).text
        where = (turn, rule, first)
        assert re.findall(r"\[\^n\d\](?!:)", written) == [f"[^n{n}]" for n in range(1, 5)], where
        assert "said no more about it to his wife, who had not asked.[^n3]" in written, where
        assert "[^n3]: Keel, Tides, p. 8, where the lamp is drawn." in written, where
        assert "MAGAZINE" not in written, where
        assert "____" not in on_one_line(written.replace("\\", "")), where


@pytest.mark.parametrize("apart", ["\n", "\n\n"])
@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("call", CALLS)
def test_notes_in_a_list_at_the_end_without_a_heading(call: str, note: str, apart: str) -> None:
    body = "\n\n".join(
        f"{LAMP}{CALLS[call](2 * n - 1)} So it was.{CALLS[call](2 * n)}" for n in (1, 2, 3)
    )
    notes = apart.join(f"{NOTES[note](n)}Hart, Letters, p. {n}." for n in range(1, 7))
    found = imported(f"On Lamps\n\n{body}\n\n{notes}\n")
    assert found.notes == 6
    assert found.text.endswith("[^n6]: Hart, Letters, p. 6.\n")


def test_symbols() -> None:
    found = imported(
        f"On Lamps\n\n{LAMP} It was old.* They said so.† And he slept **.\n\n"
        "* Hart, Letters, p. 3.\n† Ibid.\n** Keel, p. 5.\n\n"
        "Then *they* went home *all* of them.*\n\n* Hart, Letters, p. 9.\n\nThen they woke.\n"
    )
    assert "old.[^n1]\nThey said so.[^n2] And he slept[^n3]." in found.text
    assert (
        "Then \\*they\\* went home \\*all\\* of them.[^n4]\n\n[^n4]: Hart, Letters, p. 9."
        in found.text
    )


@pytest.mark.parametrize("own", ["3 Keel, p. 5.\n", ""])
def test_a_note_that_runs_on_over_the_page(own: str) -> None:
    call = "3" if own else ""
    found = imported(
        f"On Lamps\n\n{LAMP} It was old.1 They said so.2\n\n_____\n1 Hart, Letters, p. 3.\n"
        f"2 Keel, in a letter that he wrote to\n\f88    THE LAMP MAGAZINE\n\n{LAMP} He slept.{call} It was\n"
        f"late, and\n\n_____\nhis wife in the year of the lamp.\n{own}\fhe woke. {LAMP}\n"
    )
    assert (
        "[^n2]: Keel, in a letter that he wrote to his wife in the year of the lamp." in found.text
    )
    assert "It was late, and he woke." in found.text
    assert found.notes == 2 + bool(own)
    assert found.left_out == ("running heads and page numbers: 88 THE LAMP MAGAZINE",)


def test_a_list_of_notes_over_several_pages() -> None:
    found = imported(
        f"On Lamps\n\n{LAMP}1 They said so.2 And so.3\n\n{LAMP}4\n\n1. Hart, Letters, p. 3.\n2. Ibid.\n"
        "\f88     THE LAMP MAGAZINE\n\n3. Keel, p. 4.\n4. Hart, p. 9.\n\nWorks Cited\n\nHart, Mary. Letters. 1831.\n"
    )
    assert found.notes == 4
    assert "[^n4]: Hart, p. 9.\n\n## Works Cited" in found.text


def test_running_heads_and_page_numbers() -> None:
    found = imported(
        f"On Lamps\n\n{LAMP} It was old and\n\n             12\n\n13        THE LAMP MAGAZINE\n\n"
        f"it was late. {LAMP}\n\n14\n\nON LAMPS             15\n\n{LAMP}\n"
    )
    assert "It was old and it was late." in found.text
    assert "##" not in found.text
    assert found.left_out == (
        "running heads and page numbers: 12; 13 THE LAMP MAGAZINE; 14; ON LAMPS 15",
    )


def test_running_heads_on_lines_of_their_own_beside_page_numbers() -> None:
    """Name and title by turns, letter-spaced or not, and the rows at the head of a journal's page."""
    found = imported(
        f"On Lamps\n\n{LAMP} It was “old and\n\n64\n\nA N N A  H A R T\n\nThe Journal of Lamps\n\n"
        f"grey when they came”.1 So.\n\n1 Hart, p. 3.\n\n65\n\nOn the Lamp\n\n{LAMP} It was\n\n66\n\n"
        f"ANNA HART\n\nThe Journal of Lamps\n\nlate. {LAMP}\n\n67\n\nOn the Lamp\n\n{LAMP}\n"
    )
    assert "[“old and grey when they came”]{#q1}.[^n1] So." in found.text
    assert "It was late." in found.text
    assert all(word not in found.text for word in ("A N N A", "Journal", "##", "On the Lamp\n"))


@pytest.mark.parametrize("between", ["He woke.\n\n", ""])
def test_a_line_that_recurs_beside_numbers_of_poems_is_no_running_head(between: str) -> None:
    poems = "\n\n".join(f"{n}\n\nThe Pilot’s Song\n\n{LAMP}\n\n{between}" for n in (1, 2, 3))
    found = imported(f"On Lamps\n\n{LAMP}\n\n{poems}")
    assert found.text.count("The Pilot’s Song") == 3
    assert found.left_out == ()


def test_a_running_head_between_paragraphs_and_in_the_list_of_notes() -> None:
    text = (
        "A Title\n\nThe tide came in.1 The lamp\nwent out.\n\n"
        "  12              Of Lamps and Tides\n\nThe boats were late.2 They had\nno oars.3\n\n"
        "               Of Lamps and Tides              13\n\nSo it is told.4\n\nNotes\n\n"
        "1. Of the bar.\n2. Of the quay.\n\n  14              Of Lamps and Tides\n\n"
        "3. Of the rope.\n4. Of the men.\n"
    )
    read = imported(text)
    assert "Of Lamps and Tides" not in read.text
    assert on_one_line(read.text).count("[^n") == 8
    assert "12 Of Lamps and Tides; Of Lamps and Tides 13; 14" in read.left_out[0]


def test_a_missed_call_leaves_its_note_a_paragraph() -> None:
    found = imported(
        f"On Lamps\n\n{LAMP} They said so.2\n\n_____\n1 He is wrong.\n2 Keel, p. 5.\n\n{LAMP}\n"
    )
    assert "They said so.[^n2]\n\n1 He is wrong.\n\n[^n2]: Keel, p. 5." in found.text


@pytest.mark.parametrize(
    "text",
    [
        "There were (1) lamps of tin, (2) of brass and (3) of glass.\n\n1. Tin is cheap.\n\n2. Brass is dear.\n\n3. Glass breaks.",
        "For two reasons: (1) the lamp; (2) the tide.\n\n1. Tin is cheap.\n2. Brass is dear.",
        "See Fig.1 and p.2 and rule 3.\n\n1. Tin is cheap.\n\n2. Brass is dear.",
        "It was so in 1902.\n\n1902 was a good year for lamps.\n\n1903 was not, and nobody bought one.",
        "1 In the beginning was the lamp.2 And it was dark.3 And they lit it.\n\n4 And it burned.5 And they saw.\n\n6 That was all.",
        "It is *tin* and so on.\n\n* Tin is cheap.\n* Brass is dear.",
        "It stood on 3 km2 of land and burned 2 m3 of gas.\n\n2 was the number of its doors.",
        "____\n\nThen they woke.",
    ],
)
def test_what_is_no_note(text: str) -> None:
    found = imported(f"On Lamps\n\n{LAMP} {text}\n\n{LAMP}\n")
    assert found.notes == 0
    assert found.left_out == ()


@pytest.mark.parametrize(
    "heads",
    ["1", "1 Introduction", "CHAPTER 1", "Letter 1", "1 THE LAMP", "I", "The Lamp of 1902"],
)
def test_headings_with_numbers_are_no_running_heads(heads: str) -> None:
    headings = [heads, heads.replace("1", "2", 1), heads.replace("1", "3", 1)]
    found = imported("On Lamps\n\n" + "\n\n".join(f"{h}\n\n{LAMP}" for h in headings) + "\n")
    assert [line[3:] for line in found.text.split("\n") if line.startswith("## ")] == headings


def test_a_quotation_whose_note_is_not_understood_stays_unbound() -> None:
    works = dict(read_bibliography([("b.bib", BIBLIOGRAPHY.read_bytes())]).works)
    text = (
        "On Lamps\n\nThe pilots “were asleep on the bar until noon”,[1] said Hart, and the lamp “had been\n"
        "burning on the hill for forty years”.[2]\n\n"
        "[1] {}\n[2] Hart, Letters, p. 19.\n"
    )

    def bound(first: str) -> list[str]:
        found = imported(text.format(first), works).found
        references = [q.reference for q in found.quotations]
        return ["" if n is None else found.references[n].cited[0].key for n in references]

    assert bound("Keel, Tides, p. 5.") == ["keel-tides", "hart-letters"]
    assert bound("Quill, Chronicle of the Bar, p. 5.") == ["", "hart-letters"]
    assert bound("Quill, Chronicle of the Bar, p. 5; cf. Keel, Tides, p. 9.") == [
        "",
        "hart-letters",
    ]


def test_numbered_headings_of_sections_are_no_notes_of_a_list_at_the_end() -> None:
    """A list whose notes stand on neighbouring lines is one; `1. Boats` heads a section."""
    said = "The lamp was lit in May and the boats came in before the winter.{} Nobody said a word."
    paragraphs = [" ".join(said.format(n + i) for i in range(3)) for n in (1, 4, 7, 10)]
    body = "{}\n\n1. Boats\n\n{}\n\n{}\n\n2. Lamps\n\n{}".format(*paragraphs)
    notes = "\n".join(f"{n} Hart, Winter Boats, p. {n}." for n in range(1, 13))
    text = import_source(
        Source(format="text", text=f"The Harbour\n\n{body}\n\nAnmerkungen\n\n{notes}\n"), {}
    ).text
    assert re.findall("^## .*", text, re.MULTILINE) == ["## 1\\. Boats", "## 2\\. Lamps"]
    assert "[^n3]: Hart, Winter Boats, p. 3." in text


@pytest.mark.parametrize("called", [True, False])
def test_numbers_in_a_column_of_their_own_are_put_before_their_notes(called: bool) -> None:
    """As many notes as numbers, most of them called; other columns of numbers stay as they are."""
    said = "Die Lampe »brannte ein ganzes Jahr«{} und die Boote kamen.{} Niemand sah den »Winter«{} kommen."
    text = said.format(*(1, 2, 3) if called else ("", "", ""))
    column = "1\n\n2\n3\n\nAnna Hart: Winterboote, in:\nLicht und Salz, Köln 1950, S. 7\nebenda\nvgl. Otto Keel: Gezeiten, Bonn 1961, S. 9"
    found = import_source(Source(format="text", text=f"Der Hafen\n\n{text}\n\n{column}\n"), {}).text
    notes = re.findall(r"^\[\^n(\d)\]: (.*)", found, re.MULTILINE)
    begun = [("1", "Anna"), ("2", "ebenda"), ("3", "vgl.")]
    assert [(n, note.split()[0]) for n, note in notes] == begun * called
    assert "2 ebenda" not in found


@pytest.mark.parametrize("called", [True, False])
def test_numbers_alone_between_empty_lines_are_those_of_the_notes_behind_them(called: bool) -> None:
    """As `pdftotext` gives raised numbers; one whose call is lost is told by its neighbours."""
    said = "The lamp was lit.{} The boats came in.{} Nobody said a word. It was winter then.{}"
    notes = "1\n\nHart, Boats, p. 4.\n\n2\n\nKeel, Tides, p. 5.\n\n3\n\nIbid.\n\n4\n\nHart, Boats, p. 6."
    text = f"The Harbour\n\n{said.format(*(1, 2, 4) if called else ('', '', ''))}\n\n{notes}\n"
    found = import_source(Source(format="text", text=text), {})
    begun = [("1", "Hart"), ("2", "Keel"), ("4", "Hart")]
    noted = re.findall(r"^\[\^n(\d)\]: (\w+)", found.text, re.MULTILINE)
    assert [n for n in noted if n != ("3", "Ibid")] == begun * called
    assert found.words.read == found.words.written


def test_a_number_on_the_line_before_its_note_is_that_of_the_note() -> None:
    """`15` alone on its line, behind note 14; a year alone on a line counts nothing."""
    said = "The lamp was lit.{} The boats came in.{} Nobody said a word.{}"
    notes = "1 Hart, Boats, p. 4.\n2\nKeel, Tides, p. 5.\n3\nHart, Boats, p. 6."
    text = f"The Harbour\n\n{said.format(1, 2, 3)}\n\n{notes}\n"
    found = import_source(Source(format="text", text=text), {}).text
    assert re.findall(r"^\[\^n(\d)\]: (\w+)", found, re.MULTILINE) == [
        ("1", "Hart"),
        ("2", "Keel"),
        ("3", "Hart"),
    ]
