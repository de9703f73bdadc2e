"""What a user may rely on when a bibliography is read: places, faults, inheritance, limits."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError
from pybtex.textutils import normalize_whitespace
from pybtex.utils import CaseInsensitiveDict

from edition.bibliography import names, plain, read_bibliography
from edition.bibliography.persons import persons
from edition.model import Bibliography, Work
from edition.model.diagnostic import Finding
from edition.rules import RULES

GOOD = r"""
An introduction, which BibTeX takes for a comment; so is {this}, and "this".

@string{press = "Harbour" # { Press}}
@STRING(town = {Bergen})
@preamble{"\newcommand{\noop}[1]{}" # { more}}
@comment{not an entry, and no fault: title = {A}, book{x, title = {A}}}

@Book{moor-tides,
  Author    = {Moor, Edith and {The Tide
               Society}},
  title     = {The {North {Sea}} and "its" Tides},
  publisher = press,
  address   = town # ", " # {Norway},
  year      = 1911,
  month     = mar # "~1",
  note      = "with {"}quotation{"} marks",
  pages     = {i--iii, 1--310}
}

@article(moor:1912, title = "On ebb", volume = 3, journal = {Ebb}, year = 1912,)
@misc{bare}
@misc{ last, title = {}, note = {%, @ and # are text \{\}}, x-y+z = {ü}, }
trailing words
"""


def read(text: str | bytes, path: str = "works.bib") -> Bibliography:
    content = text if isinstance(text, bytes) else text.encode()
    return read_bibliography([(path, content)])


CODES = {rule.name: rule.code for rule in RULES}


def places(text: str | bytes) -> list[tuple[str, int, int]]:
    return [(CODES[p.rule], p.location.line, p.location.column) for p in read(text).problems]


def fault(text: str | bytes) -> Finding:
    """The one problem of a text."""
    (problem,) = read(text).problems
    return problem


def values(work: Work) -> dict[str, str]:
    return {name: field.value for name, field in work.fields.items()}


def as_pybtex_reads(text: str) -> list[tuple[str, str, dict[str, str]]]:
    found = []
    for kind, (key, fields) in [
        item
        for item in LowLevelParser(text, macros=CaseInsensitiveDict(month_names))
        if item[0].lower() not in ("string", "preamble")
    ]:
        texts: dict[str, str] = {}
        for name, pieces in fields:
            texts.setdefault(name.lower(), normalize_whitespace("".join(pieces)))
        found.append((key, kind.lower(), texts))
    return found


def as_we_read(text: str) -> list[tuple[str, str, dict[str, str]]]:
    return [(work.key, work.type, values(work)) for work in read(text).works.values()]


# Good files


def test_a_good_file_has_no_problems_and_reads_as_pybtex_reads_it() -> None:
    assert read(GOOD).problems == ()
    assert as_we_read(GOOD) == as_pybtex_reads(GOOD)
    assert len(as_we_read(GOOD)) == 4


def test_every_entry_and_field_has_its_place() -> None:
    work = read("\n  @book{moor,\n  Title = {Tides}, year=1911}").works["moor"]
    assert (work.location.path, work.location.line, work.location.column) == ("works.bib", 2, 3)
    places = {n: (f.name, f.location.line, f.location.column) for n, f in work.fields.items()}
    assert places == {"title": ("title", 3, 3), "year": ("year", 3, 20)}
    begins = [(f.value_location.line, f.value_location.column) for f in work.fields.values()]
    assert begins == [(3, 12), (3, 25)]


@pytest.mark.parametrize("typed", ["{ %s}", '"%s"', '"%s" # ""', "\n   {\n  %s}"])
def test_a_value_has_its_place_however_it_is_typed(typed: str) -> None:
    text = "@book{moor, pages   =" + typed % "12-15" + "}"
    place = read(text).works["moor"].fields["pages"].value_location
    assert text.split("\n")[place.line - 1][place.column - 1 :].startswith("12-15")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_line_end_counts_once(newline: str) -> None:
    text = newline.join(["@book{a,", "  title = {A", "    B},", "  year = 1911,", "}", ""])
    work = read(text).works["a"]
    assert work.get("title") == "A B"
    assert work.fields["year"].location.line == 4


def test_values_are_expanded_and_folded() -> None:
    work = read(GOOD).works["moor-tides"]
    assert work.get("author") == "Moor, Edith and {The Tide Society}"
    assert work.get("publisher") == "Harbour Press"
    assert work.get("address") == "Bergen, Norway"
    assert work.get("month") == "March~1"


def test_a_string_serves_the_files_after_it() -> None:
    bibliography = read_bibliography(
        [("strings.bib", b"@string{p = {Press}}"), ("b.bib", b"@book{a, publisher = P}")]
    )
    assert bibliography.problems == ()
    assert bibliography.paths == ("strings.bib", "b.bib")
    assert bibliography.works["a"].get("publisher") == "Press"


def test_an_entry_inside_a_comment_is_read_as_pybtex_reads_it() -> None:
    text = "@comment{ @book{a, title = {A}} }\n@misc{b}"
    assert read(text).problems == ()
    assert as_we_read(text) == as_pybtex_reads(text)


def test_no_files_are_an_empty_bibliography() -> None:
    assert read_bibliography([]) == Bibliography()
    assert read(b"").problems == ()


# Faults of syntax: the text, and where the fault stands

NEXT = "\n@book{next, title = {N}}\n"
SYNTAX = {
    "unclosed entry": ("@book{a,\n  title = {A},\n", 1, 1, "'a' begins here and is not closed"),
    "unclosed entry without comma": ("\n@book{a,\n  title = {A}\n", 2, 1, "next entry on line"),
    "unclosed entry, key alone": ("@book{a,\n", 1, 1, "not closed"),
    "unclosed brace": ("@book{a,\n  title = {A,\n  year = 1911,\n}", 2, 11, "'title' in the entry"),
    "unclosed inner brace": ("@book{a,\n  title = {A {B},\n  year = {1911},\n}", 2, 11, "'{'"),
    "two unclosed braces": ("@book{a,\n  title = {{{A},\n  year = 1911,\n}", 2, 11, "'{'"),
    "unclosed quote": ('@book{a,\n  title = "A,\n  note = "B",\n}', 2, 11, "'\"' that opens"),
    "unclosed quote at the end": ('@book{a,\n  title = "A\n}', 2, 11, "'\"' that opens"),
    "odd brace in quotes": ('@book{a,\n  title = "A } B",\n}', 2, 14, "without its '{'"),
    "quote in quotes": ('@book{a,\n  title = "A "B" C",\n  year = 1}', 2, 15, "unexpected 'B'"),
    "missing comma": ("@book{a,\n  title = {A}\n  year = 1911,\n}", 2, 14, "comma is missing"),
    "missing comma after number": ("@book{a, year = 1911 title = {A}}", 1, 21, "comma is missing"),
    "missing comma after key": ("@book{a\n  title = {A},\n}", 1, 8, "after the key 'a'"),
    "two commas": ("@book{a, title = {A},,\n}", 1, 22, "a comma too many"),
    "key with space": ("@book{a b, title = {A}}", 1, 7, "the key 'a b' holds a space"),
    "missing key": ("@book{\n  title = {A},\n}", 2, 3, "has no key"),
    "missing key before comma": ("@book{, title = {A}}", 1, 7, "has no key"),
    "empty entry": ("@book{}", 1, 7, "has no key"),
    "missing equals": ("@book{a,\n  title {A},\n  year = 1911}", 2, 8, "'=' is missing"),
    "name alone": ("@book{a,\n  title,\n  year = 1911}", 2, 8, "'=' is missing after 'title'"),
    "missing value": ("@book{a,\n  title = ,\n  year = 1911}", 2, 9, "has no value"),
    "missing piece": ("@book{a, title = {A} # }", 1, 22, "has no value after this '#'"),
    "undefined string": ("@book{a,\n  publisher = press,\n}", 2, 15, "defines 'press'"),
    "words without braces": ("@book{a, publisher = Some Press, year = 1}", 1, 22, "'Some Press'"),
    "number with letter": ("@book{a, year = 1911a}", 1, 17, "'1911a' stands without braces"),
    "field given twice": ("@book{a,\n  note = {A},\n  Note = {B},\n}", 3, 3, "line 2 counts"),
    "name with a foreign letter": ("@book{a, größe = {A}}", 1, 10, "'größe' cannot name"),
    "percent": ("@book{a,\n  % note = {A},\n  year = 1911,\n}", 2, 3, "unexpected '%'"),
    "wrong delimiter": ("@book{a, title = {A})", 1, 21, "closed by ')'"),
    "no delimiter": ("@book a, title = {A}}", 1, 1, "'@book' is not followed by '{'"),
    "no type": ("@ {a, title = {A}}", 1, 1, "without an entry type"),
    "address": (
        "Ask moor@example.org about it.",
        1,
        9,
        "'@example.org', in the text",
    ),
    "lost at sign": ("book{a,\n  title = {A},\n}", 1, 1, "'book{a' looks like an entry"),
    "closed too early": ("@book{a,\n  title = {A}},\n  year = 1911,\n}", 2, 14, "ends here"),
    "closed too early, one line": (
        "@book{a, title = {A}}, year = 1911}",
        1,
        21,
        "'year' that follows",
    ),
    "two macros": ("@string{a = {A}, b = {B}}", 1, 16, "takes no comma"),
    "empty string": ("@string{}", 1, 1, "defines nothing"),
    "unclosed string": ("@string{a = {A}\n", 1, 1, "the @string begins here"),
    "unclosed preamble": ('@preamble{"A"\n', 1, 1, "@preamble"),
    "braces too deep": ("@book{a, title = " + "{" * 102 + "}" * 102 + "}", 1, 18, "100 deep"),
}


@pytest.mark.parametrize(("text", "line", "column", "words"), SYNTAX.values(), ids=SYNTAX)
def test_a_fault_is_found_at_its_place_and_the_next_entry_is_read(
    text: str, line: int, column: int, words: str
) -> None:
    bibliography = read(text + NEXT)
    (problem,) = bibliography.problems
    assert problem.rule == "bibliography-syntax"
    assert (problem.location.line, problem.location.column) == (line, column)
    assert words in problem.message
    assert problem.hint
    assert bibliography.works["next"].get("title") == "N"


@pytest.mark.parametrize(("text", "line", "column", "words"), SYNTAX.values(), ids=SYNTAX)
def test_a_fault_at_the_end_of_the_file_stands_where_it_stood(
    text: str, line: int, column: int, words: str
) -> None:
    problem = fault(text)
    assert (problem.location.line, problem.location.column) == (line, column)


def test_every_fault_of_a_file_is_reported() -> None:
    text = "".join(body + "\n\n" for body, *_ in SYNTAX.values())
    assert len(read(text + NEXT).problems) >= len(SYNTAX)
    assert places("@book{a,\n title {A},\n year = 1a,\n note = {B}\n x = y\n}\n@misc{,}") == [
        ("B101", 2, 7),
        ("B101", 3, 9),
        ("B101", 4, 12),
        ("B101", 5, 6),
        ("B101", 7, 7),
    ]


def test_what_an_unclosed_value_swallowed_is_read_again() -> None:
    work = read("@book{a,\n title = {A,\n year = 1911,\n note = {B},\n}" + NEXT).works["a"]
    assert values(work) == {"title": "A", "year": "1911", "note": "B"}


def test_an_undefined_macro_reads_as_its_name_and_the_first_of_two_fields_counts() -> None:
    work = read("@book{a, month = avril, note = {B}, note = {C}}").works["a"]
    assert values(work) == {"month": "avril", "note": "B"}


def test_an_entry_behind_percent_signs_is_reported_and_not_kept() -> None:
    bibliography = read("% @book{old,\n%  title = {A},\n% }\n@misc{b}")
    assert [p.location.line for p in bibliography.problems] == [2]
    assert list(bibliography.works) == ["b"]


@pytest.mark.parametrize(
    "text",
    [
        "See Moor (1911, p. 3).\n  x = y\n}\n",
        "% title = {A},\n",
        "@misc{a, note = {on a line\n@book{b, title = {B}}\n by itself}}",
        "@misc{a, note = {an example\n title = {B}, }, year = 1}",
    ],
)
def test_text_that_is_no_fault_is_silent(text: str) -> None:
    assert read(text).problems == ()


def test_faults_beyond_a_thousand_are_counted_out() -> None:
    problems = read("@ \n" * 5_000).problems
    assert len(problems) == 1_001
    assert "not reported" in problems[-1].message


# Encoding


@pytest.mark.parametrize(
    ("content", "line", "column", "words"),
    [
        (
            b"@book{a,\n title = {Caf\xe9},\n}",
            2,
            14,
            "0xE9 is not UTF-8 (the file is probably Latin-1",
        ),
        (
            b"@book{a, title = {\x93A\x94}}",
            1,
            19,
            "Windows-1252 (CP1252), where it is '“'); 1 more",
        ),
        ("@book{a, title = {é".encode() + b"\xff}}", 1, 20, "damaged or mixed"),
        (b"@book{a,\r\n title = {A\0B}}", 2, 12, "a NUL character"),
        ("@book{a, title = {A}}".encode("utf-16"), 1, 1, "UTF-16"),
    ],
)
def test_a_file_that_is_not_utf_8_is_reported_and_read(
    content: bytes, line: int, column: int, words: str
) -> None:
    problem = fault(content)
    assert problem.rule == "bibliography-encoding"
    assert (problem.location.line, problem.location.column) == (line, column)
    assert words in problem.message
    assert "title" in read(content).works["a"].fields


def test_a_byte_order_mark_is_accepted() -> None:
    bibliography = read(b"\xef\xbb\xbf@book{a, title = {A}}")
    assert bibliography.problems == ()
    assert bibliography.works["a"].location.column == 1


# Keys


def test_keys_that_differ_in_case_are_one_and_the_first_wins() -> None:
    bibliography = read_bibliography(
        [("one.bib", b"@book{Moor, title = {A}}"), ("two.bib", b"\n@book{moor, title = {B}}")]
    )
    (problem,) = bibliography.problems
    assert problem.rule == "duplicate-key"
    assert str(problem.location) == "two.bib:2:7"
    assert "one.bib:1:7" in problem.message
    assert [work.get("title") for work in bibliography.works.values()] == ["A"]


# Crossref

COLLECTED = """
@book{works, author = {Moor, Edith}, editor = {Dahl, Ola}, title = {Collected Tides},
  subtitle = {Writings}, volume = 2, volumes = 7, year = 1911, publisher = {Press},
  address = {Bergen}, edition = {Second}, printing = {1920}, pagetotal = 310,
  translator = {Lie, Kari}, pages = {1--310}, note = {N}, doi = {10.1/x}, url = {http://x},
  isbn = {1}, shorttitle = {CT}, pagesource = {catalogue}}
"""


def test_a_part_inherits_what_is_said_of_its_volume() -> None:
    bibliography = read(
        "@incollection{ebb, title = {On Ebb}, crossref = {WORKS}, pages = {3--9}}" + COLLECTED
    )
    assert bibliography.problems == ()
    work = bibliography.works["ebb"]
    assert {name: field.value for name, field in work.inherited.items()} == {
        "author": "Moor, Edith",
        "bookauthor": "Moor, Edith",
        "editor": "Dahl, Ola",
        "booktitle": "Collected Tides",
        "booksubtitle": "Writings",
        "volume": "2",
        "volumes": "7",
        "year": "1911",
        "publisher": "Press",
        "address": "Bergen",
        "edition": "Second",
        "printing": "1920",
        "pagetotal": "310",
        "translator": "Lie, Kari",
    }
    assert work.get("pages") == "3--9"
    assert work.inherited["booktitle"].location.line == 2


def test_a_part_keeps_its_own_and_takes_no_second_name_for_it() -> None:
    work = read(
        COLLECTED
        + "@inbook{ebb, author = {Vik, Nils}, date = {1899}, location = {Oslo}, crossref = works}"
        "@string{works = {works}}@inbook{flow, date = 1899, location = {O}, author = {V},"
        " booktitle = {Own}, crossref = works}"
    ).works["flow"]
    assert work.get("author") == "V"
    assert work.get("booktitle") == "Own"
    assert work.get("bookauthor") == "Moor, Edith"
    assert not {"year", "address", "author", "booktitle"} & set(work.inherited)


@pytest.mark.parametrize(
    ("child", "parent", "expected"),
    [
        ("book", "mvbook", {"maintitle": "P"}),
        ("article", "periodical", {"journaltitle": "P"}),
        ("inproceedings", "proceedings", {"booktitle": "P"}),
        ("misc", "book", {}),
    ],
)
def test_the_name_of_an_inherited_title(child: str, parent: str, expected: dict[str, str]) -> None:
    works = read(f"@{child}{{c, title={{C}}, crossref={{p}}}}@{parent}{{p, title={{P}}}}").works
    assert {n: f.value for n, f in works["c"].inherited.items()} == expected


def test_a_booktitle_of_the_parent_outweighs_its_title() -> None:
    works = read("@inbook{c, crossref={p}}@book{p, title={P}, booktitle={B}}").works
    assert works["c"].get("booktitle") == "B"


def test_inheritance_passes_through_a_volume() -> None:
    works = read(
        "@incollection{c, crossref={v}}@collection{v, title={V}, crossref={m}}"
        "@mvcollection{m, title={M}, publisher={P}}"
    ).works
    assert {n: f.value for n, f in works["c"].inherited.items()} == {
        "booktitle": "V",
        "maintitle": "M",
        "publisher": "P",
    }


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("@inbook{a,\n  crossref = {b}}", 2, 3, "'b', which no entry has as its key"),
        ("@inbook{a,\n  crossref = {}}", 2, 3, "is empty"),
        ("@inbook{a,\n  crossref = {A}}", 2, 3, "its own crossref"),
        (
            "@book{c, crossref={a}}\n@book{a,crossref={b}}\n@book{b, crossref={a}}",
            2,
            9,
            "a → b → a",
        ),
    ],
)
def test_a_crossref_that_leads_nowhere(text: str, line: int, column: int, words: str) -> None:
    problem = fault(text)
    assert problem.rule == "missing-crossref"
    assert (problem.location.line, problem.location.column) == (line, column)
    assert words in problem.message


XDATA = """
@xdata{v3, booktitle={Works}, date={1838}, volume={3}, xdata={house}}
@xdata{house, publisher={Quay}, location={Whitby}}
@incollection{x1, title={One}, xdata={v3}, pages={1--9}}
@incollection{x2, title={Two}, xdata={house, nothere}, volume={4}}
@set{s, entryset={x1, gone}}
"""


def test_xdata_lends_its_fields_and_is_no_work() -> None:
    bibliography = read(XDATA)
    assert list(bibliography.works) == ["x1", "x2", "s"]
    one, two = bibliography.works["x1"], bibliography.works["x2"]
    assert [one.get(n) for n in ("booktitle", "volume", "publisher", "location")] == [
        "Works",
        "3",
        "Quay",
        "Whitby",
    ]
    assert (two.get("publisher"), two.get("volume")) == ("Quay", "4")


def test_a_name_that_no_entry_has_is_found_at_its_field() -> None:
    found = [(p.rule, p.location.line, p.location.column) for p in read(XDATA).problems]
    assert found == [("missing-crossref", 5, 32), ("missing-crossref", 6, 9)]


def test_xdata_in_a_circle_ends() -> None:
    works = read("@xdata{a, xdata={b}, note={A}} @xdata{b, xdata={a}} @book{c, xdata={b}}").works
    assert works["c"].get("note") == "A"


def test_what_crossref_lends_gives_way_to_xdata() -> None:
    text = "@xdata{d, publisher={Quay}} @book{p, title={P}, publisher={Mill}} "
    works = read(text + "@incollection{c, title={T}, xdata={d}, crossref={p}}").works
    assert (works["c"].get("publisher"), works["c"].get("booktitle")) == ("Quay", "P")


# Text for people


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r"{\'e}t\'{e} {\ss} \L{}\'od\'z \v{C}apek", "été ß Łódź Čapek"),
        (r"na\"{\i}ve, \'\i{}", "naïve, í"),
        ("V.~I. 5--9 --- ``so''", "V. I. 5–9 — “so”"),
        (r"\emph{Ebb} {and {\em Flow}}", "Ebb and Flow"),
        (r"A \& B, 100% \{x\}\\b", "A & B, 100% {x} b"),
        (r"\foreignlanguage{russian}{Прилив}", "Прилив"),
        (r"\url{http://example.org/a%20b}", "http://example.org/a%20b"),
        ("a\\", "a\\"),
        ("", ""),
    ],
)
def test_latex_becomes_plain_text(value: str, expected: str) -> None:
    assert plain(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Moor, Edith and Ola Dahl", ("Moor", "Dahl")),
        ("{The Tide Society} and others", ("The Tide Society", "et al.")),
        (r"Ludwig van Dyck and de la Cr{\'u}z, Ana", ("van Dyck", "de la Crúz")),
        ("A, B, C, D, E", ("A",)),
        ("", ()),
    ],
)
def test_the_names_of_a_field(value: str, expected: tuple[str, ...]) -> None:
    assert names(value) == expected


# Hostile files: none may raise, or take more than a moment

MANY = 10_000
HOSTILE = {
    "nested braces": "@a{b,c=" + "{" * MANY + "}" * MANY + "}",
    "nested braces in quotes": '@a{b,c="' + "{" * MANY + "}" * MANY + '"}',
    "braces without end": "@a{b,c=" + "{" * MANY,
    "brace pairs in an unclosed quote": '@a{b,c="' + "{}" * MANY,
    "huge field": "@a{b,c={" + "word " * 400_000 + "}}",
    "tiny entries": "".join(f"@a{{k{i}}}" for i in range(MANY)),
    "one key": "@a{k}" * MANY,
    "unclosed values": "@a{b,c={\n" * MANY,
    "unclosed quotes": '@a{b,c="{\n' * MANY,
    "values within values": "@a{b," + "c={{\n" * MANY + "}}x\n" * MANY,
    "stray braces": '@a{b,c="' + "x}\n" * MANY,
    "at signs": "@" * MANY,
    "comments": "@comment{" * MANY,
    "commas": "@a{b" + "," * MANY,
    "spaces": "@a{b,c" + " " * MANY + "=\n" * MANY,
    "doubling macros": "@string{a0={ha}}"
    + "".join(f"@string{{a{i + 1}=a{i}#a{i}}}" for i in range(2_000))
    + "@a{b,c=a2000}",
    "a long macro, often": "@string{a={" + "x" * MANY + "}}" + "@a{b,c=a}" * MANY,
    "long circle": "".join(f"@a{{k{i},crossref={{k{(i + 1) % MANY}}}}}" for i in range(MANY)),
    "long chain": "".join(f"@a{{k{i},crossref={{k{i + 1}}}}}" for i in range(MANY)),
    "many fields for many": "@a{p,"
    + "".join(f"f{i}=1," for i in range(MANY))
    + "}"
    + "".join(f"@a{{k{i},crossref={{p}}}}" for i in range(MANY)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_read_to_its_end(text: str) -> None:
    lines = text.count("\n") + 1
    bibliography = read(text)
    assert all(1 <= p.location.line <= lines for p in bibliography.problems)
    expanded = sum(len(f.value) for w in bibliography.works.values() for f in w.fields.values())
    assert expanded <= 1_000_000 + 11 * len(text)


def test_macros_that_double_are_reported_once() -> None:
    problem = fault(HOSTILE["doubling macros"])
    assert "grow too long" in problem.message
    assert problem.location.line == 1


# Properties

PIECES = st.sampled_from(
    (
        *'@{}()",=#%\\ \n\t',
        *("@book{", "@string{", "@comment{", "@preamble{", "\n@misc{k2,", "\n}"),
        *("key,", "title = ", "{A}", '"B"', "1911", "jan", "year", "crossref = {key}", "é", "\0"),
    )
)


@given(st.one_of(st.binary(), st.text().map(str.encode), st.lists(PIECES).map("".join)))
@settings(max_examples=400)
def test_nothing_raises_and_every_problem_has_its_place(content: str | bytes) -> None:
    content = content if isinstance(content, bytes) else content.encode()
    text = content.decode(
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace"
    )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    bibliography = read(content)
    for problem in bibliography.problems:
        assert problem.location.path == "works.bib"
        assert 1 <= problem.location.line <= len(lines)
        assert 1 <= problem.location.column <= len(lines[problem.location.line - 1]) + 1
    assert list(bibliography.problems) == sorted(bibliography.problems, key=lambda p: p.sort_key)
    for work in bibliography.works.values():
        assert work.key
        for field in work.fields.values():
            assert lines[field.location.line - 1]


@given(st.lists(PIECES).map("".join))
@settings(max_examples=400)
@example("@misc{a, title = {A}}")
@example("@misc{a, title = {A}")
def test_pybtex_reads_the_same_or_there_is_a_problem(text: str) -> None:
    if [
        p for p in read(text).problems if p.rule in ("bibliography-syntax", "bibliography-encoding")
    ]:
        return
    try:
        theirs = as_pybtex_reads(text)
    except PybtexError as error:
        pytest.fail(f"pybtex reports {error}, and we report nothing")
    first: dict[str, tuple[str, str, dict[str, str]]] = {}
    for entry in theirs:
        first.setdefault(entry[0].lower(), entry)
    assert as_we_read(text) == list(first.values())


@given(st.one_of(st.text(), st.text(alphabet="\\{}'\"`~^vciaé %,and-")))
@settings(max_examples=400)
def test_text_for_people_never_raises(value: str) -> None:
    assert "\n" not in plain(value)
    assert all(name for name in names(value))


def test_a_name_is_read_as_pybtex_reads_it() -> None:
    assert names("Edith von Moor")[0] == " ".join(
        Person("Edith von Moor").prelast_names + Person("Edith von Moor").last_names
    )


def test_granular_xdata_stands_for_fields_and_for_names_of_lists() -> None:
    text = """
    @xdata{some-names, author = {Reed, John and Vann, Sue}, publisher = {Mill and Quay Press}}
    @book{a, author = {xdata=some-names-author-2 and Dove, Ann}, title = {T}, date = 1920,
      publisher = {xdata=some-names-publisher-2}}
    """
    found = read(text)
    assert not found.problems
    assert found.works["a"].get("author") == "Vann, Sue and Dove, Ann"
    assert found.works["a"].get("publisher") == "Quay Press"


@pytest.mark.parametrize("grain", ["some-names-author-3", "some-names-editor", "others-author"])
def test_granular_xdata_that_stands_for_nothing_is_told(grain: str) -> None:
    text = "@xdata{some-names, author = {Reed, John}} @book{a, author = {xdata=" + grain + "}}"
    assert grain in fault(text).message


def test_an_alias_is_a_key_for_crossref_and_never_that_of_another_entry() -> None:
    text = """
    @collection{whole, ids = {whole, old, older}, title = {Whole}, date = 1920}
    @incollection{part, title = {Part}, crossref = {older}}
    """
    assert read(text).works["part"].get("booktitle") == "Whole"
    assert "old" in fault(text + "@book{old, title = {T}}").message


def test_an_xref_lends_a_part_the_book_that_it_does_not_name() -> None:
    text = """
    @collection{whole, title = {Whole}, date = 1920}
    @incollection{part, title = {Part}, xref = {whole}}
    @incollection{other, title = {Part}, booktitle = {Other}, xref = {whole}}
    """
    works = read(text).works
    assert works["part"].get("booktitle") == "Whole"
    assert works["other"].get("date") is None


@pytest.mark.parametrize(
    "value",
    [
        "Hart, Ann",
        "Hart, Ann B. and Cole, C.-D.",
        "Voline AND O’Neil, Máire",
        "Hart,Ann and  Cole, B.",
        "Hart, Ann~B.",
        "{City of Whitby}",
        "``Hart'', A",
    ],
)
def test_names_with_and_without_signs_are_read_as_pybtex_reads_them(value: str) -> None:
    read = [Person(name) for name in split_name_list(value)]
    expected = [(p.last_names, p.first_names + p.middle_names) for p in read]
    assert [(p.family, p.given) for p in persons(value)] == [
        (plain(" ".join(last)), plain(" ".join(given))) for last, given in expected
    ]
