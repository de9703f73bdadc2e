"""What people, editors and CI services read of the findings."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from edition import report
from edition.model.diagnostic import Diagnostic, Location, RuleInfo, Severity
from edition.report import Format, render, render_rows, wants_colour
from edition.report.cells import cell_width
from edition.report.text import window

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "report"


# Out of order on purpose: the catalogue is published by code.
RULES = (
    RuleInfo("Q201", "quotation-without-reference", "A quotation without one.", Severity.WARNING),
    RuleInfo("L104", "page-outside-entry", "A page that the entry does not have.", Severity.ERROR),
    RuleInfo("L190", "unknown-page-facts", "Nothing to check against.", Severity.NOTE),
)

HARBOUR = """\
# The harbour

The pilot "never saw the light" {cite:p}`novak-harbour{p. 412}`, or so he wrote.
\t\t> 潮が満ちる前に出航した {cite:p}`tanaka-tide{p. 7}`
Cafe\u0301 Zu\u0308rich, said Brandt {cite:p}`brandt-cafe{p. xii}`.
"""
LONG_LINE = (
    "The tide ran out and the tide ran in, " * 12
    + "{cite:p}`novak-harbour{p. 9}` "
    + "as before " * 20
)

SOURCES = {"text/harbour.md": HARBOUR, "text/long.md": LONG_LINE}


def finding(
    path: str,
    line: int = 0,
    column: int = 0,
    *,
    code: str = "L104",
    rule: str = "page-outside-entry",
    severity: Severity = Severity.ERROR,
    message: str = "page 412 is outside the entry",
    hint: str = "",
) -> Diagnostic:
    return Diagnostic(
        code=code,
        rule=rule,
        severity=severity,
        message=message,
        location=Location(path, line, column),
        hint=hint,
    )


def on(source: str, piece: str) -> tuple[int, int]:
    """The line and column at which a piece of a source begins."""
    before = source[: source.index(piece)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def note(path: str, line: int, column: int) -> Diagnostic:
    return finding(
        path,
        line,
        column,
        code="L190",
        rule="unknown-page-facts",
        severity=Severity.NOTE,
        message="nothing says which pages this work has",
    )


FINDINGS = (
    note("text/harbour.md", *on(HARBOUR, "xii")),
    finding(
        "text/long.md",
        *on(LONG_LINE, "p. 9"),
        message="p. 9 is outside novak-harbour, pp. 101–310",
    ),
    finding(
        "text/harbour.md",
        *on(HARBOUR, "p. 412"),
        message="p. 412 is outside novak-harbour, pp. 101–310",
        hint="compare the page, or correct `pages` in bibliography.bib:14",
    ),
    finding(
        "text/harbour.md",
        *on(HARBOUR, "p. 7"),
        message="p. 7 is outside tanaka-tide, pp. 20–41 ({pages} of 1998)",
    ),
    finding(
        "text/harbour.md",
        1,
        code="Q201",
        rule="quotation-without-reference",
        severity=Severity.WARNING,
        message="a quotation has no reference",
        hint="cite the work after it",
    ),
    finding(
        "old: notes, 100%/früh.md",
        severity=Severity.WARNING,
        code="S300",
        rule="unreadable-file",
        message="not UTF-8\r\nat byte 7: 50% read",
        hint="save the file as UTF-8",
    ),
)


def golden(name: str) -> str:
    return (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        ("text", "check.txt"),
        ("json", "check.json"),
        ("sarif", "check.sarif"),
        ("github", "check.github"),
    ],
)
def test_each_format_reads_as_its_golden_file(
    format_: Format, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "__version__", "1.2.3")
    assert render(FINDINGS, format=format_, sources=SOURCES.get, rules=RULES) == golden(name)


@pytest.mark.parametrize("format_", report.FORMATS)
def test_the_order_of_the_findings_given_does_not_matter(format_: Format) -> None:
    forward = render(FINDINGS, format=format_, sources=SOURCES.get, rules=RULES)
    assert render(FINDINGS[::-1], format=format_, sources=SOURCES.get, rules=RULES) == forward


@pytest.mark.parametrize("format_", report.FORMATS)
def test_a_file_name_that_is_not_utf8_can_be_printed(format_: Format) -> None:
    odd = finding("text/caf\udce9.md", 1, 1, hint="rename caf\udce9.md")
    assert render([odd], format=format_).encode("utf-8")


# --- text


def excerpt(source: str, line: int, column: int, width: int = 100) -> tuple[str, str]:
    """The source line and the caret line of a finding, without their gutters."""
    shown = render(
        [finding("a.md", line, column)], format="text", sources=lambda _: source, width=width
    ).splitlines()
    text, caret = shown[2].partition(" | ")[2], shown[3].partition(" | ")[2]
    return text, caret


def test_text_without_findings() -> None:
    assert render([], format="text") == "All checks passed.\n"


@pytest.mark.parametrize(
    ("severities", "words"),
    [
        ("e", "Found 1 error."),
        ("eew", "Found 2 errors, 1 warning."),
        ("nwnwe", "Found 1 error, 2 warnings, 2 notes."),
        ("n", "Found 1 note."),
    ],
)
def test_the_last_line_counts_the_findings(severities: str, words: str) -> None:
    by_letter = {str(severity)[0]: severity for severity in Severity}
    found = [finding("a.md", severity=by_letter[letter]) for letter in severities]
    assert render(found, format="text").splitlines()[-1] == words


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        pytest.param(None, 3, 1, id="unknown file"),
        pytest.param("one\ntwo", 3, 1, id="line past the end"),
        pytest.param("one\ntwo", 0, 0, id="whole file"),
    ],
)
def test_no_excerpt_where_there_is_no_line(source: str | None, line: int, column: int) -> None:
    shown = render([finding("a.md", line, column)], format="text", sources=lambda _: source)
    assert " |" not in shown
    assert shown.startswith("a.md:3:1: L104" if line else "a.md: L104")


def test_a_finding_on_a_whole_line_has_no_caret() -> None:
    shown = render([finding("a.md", 1)], format="text", sources=lambda _: "one line")
    assert "1 | one line" in shown
    assert "^" not in shown


@pytest.mark.parametrize(
    ("source", "place"),
    [
        pytest.param("plain X", "      ^", id="plain"),
        pytest.param("\tX", "    ^", id="tab"),
        pytest.param("ab\tX", "    ^", id="tab after text"),
        pytest.param("文\tX", "    ^", id="tab after a wide character"),
        pytest.param("文字X", "    ^", id="wide"),
        pytest.param("Ｐ１X", "    ^", id="fullwidth"),
        pytest.param("cafe\u0301X", "    ^", id="combining"),
        pytest.param("שָׁX", " ^", id="several combining"),
        pytest.param("\ufeffX", "^", id="byte order mark"),
        pytest.param("\x1b[31mX", "     ^", id="control characters"),
        pytest.param("a\x0cb\u2028cX", "     ^", id="what is no line break"),
    ],
)
def test_the_caret_stands_under_the_place(source: str, place: str) -> None:
    assert excerpt(source, 1, source.index("X") + 1)[1] == place


def test_the_caret_of_a_combining_character_stands_under_its_base() -> None:
    assert excerpt("cafe\u0301", 1, 5)[1] == "   ^"


@pytest.mark.parametrize("column", [4, 99])
def test_a_column_at_or_past_the_end_points_after_the_line(column: int) -> None:
    assert excerpt("abc", 1, column) == ("abc", "   ^")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_the_reader_of_the_source_counts_them(line_end: str) -> None:
    source = line_end.join(["one\x0bstill one", "two\u2028still two", "three"])
    assert excerpt(source, 3, 1)[0] == "three"


def test_nothing_under_check_reaches_the_terminal_as_a_command() -> None:
    shown = render(
        [finding("a\x1b.md", 1, 1, message="bad \x1b[2J\nvalue", hint="drop \x9b5n\u202e it")],
        format="text",
        sources=lambda _: "\x1b]0;title\x07 \u202etext",
    )
    assert all(character == "\n" or character.isprintable() for character in shown)
    assert "bad ␛[2J value" in shown


@pytest.mark.parametrize("width", [0, 40, 80])
@pytest.mark.parametrize("wide", [False, True])
def test_an_excerpt_of_a_long_line_keeps_the_place_in_view(width: int, wide: bool) -> None:
    filler = "潮" if wide else "."
    room = max(width, 24)
    for before in (0, 5, 30, 31, 200):
        source = filler * before + "X" + filler * (200 - before)
        text, caret = excerpt(source, 1, before + 1, width)
        assert cell_width(text) + 4 <= room
        at = next(i for i in range(len(text)) if cell_width(text[:i]) == len(caret) - 1)
        assert text[at] == "X"


def test_what_was_cut_from_a_long_line_is_marked() -> None:
    source = "." * 50 + "X" + "." * 50
    assert window(source, 51, 20)[0] == "…" + "." * 9 + "X" + "." * 8 + "…"
    assert window(source, 1, 20)[0] == "." * 19 + "…"
    assert window(source, 102, 20)[0] == "…" + "." * 18
    assert window("." * 20, 1, 20)[0] == "." * 20


@given(
    st.text(st.sampled_from("ab \t文́\u200d\x1b…"), max_size=200),
    st.integers(0, 210),
    st.integers(20, 60),
)
def test_an_excerpt_never_outgrows_its_room(line: str, column: int, room: int) -> None:
    shown, caret = window(line, column, room)
    assert cell_width(shown) <= room
    assert 0 <= caret < room
    assert "\t" not in shown


def test_colour_is_asked_for_and_changes_no_word() -> None:
    plain = render(FINDINGS, format="text", sources=SOURCES.get)
    coloured = render(FINDINGS, format="text", sources=SOURCES.get, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31mL104\x1b[0m" in coloured
    bare = coloured
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[34m"):
        bare = bare.replace(code, "")
    assert bare == plain


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "wanted"),
    [
        (Terminal, {}, True),
        (Terminal, {"TERM": "xterm-256color", "NO_COLOR": ""}, True),
        (Terminal, {"NO_COLOR": "1"}, False),
        (Terminal, {"TERM": "dumb"}, False),
        (io.StringIO, {}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    stream: Callable[[], io.StringIO], environment: dict[str, str], wanted: bool
) -> None:
    assert wants_colour(stream(), environment) is wanted


# --- json


def check_schema() -> Draft202012Validator:
    schema = json.loads((files("edition.report") / "check.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("findings", [(), FINDINGS], ids=["none", "some"])
def test_json_is_as_its_published_schema_says(findings: tuple[Diagnostic, ...]) -> None:
    check_schema().validate(json.loads(render(findings, format="json")))


def test_the_schema_refuses_what_the_contract_does_not_know() -> None:
    valid = check_schema().is_valid
    told = json.loads(render(FINDINGS, format="json"))
    assert valid(told)
    assert not valid(told | {"more": 1})
    assert not valid({"diagnostics": [], "summary": {"errors": 0}})
    del told["diagnostics"][0]["hint"]
    assert not valid(told)


def test_json_says_what_was_found() -> None:
    told = json.loads(render(FINDINGS, format="json"))
    assert told["summary"] == {"errors": 3, "warnings": 2, "notes": 1, "files": 3}
    assert told["diagnostics"][0] == {
        "code": "S300",
        "rule": "unreadable-file",
        "severity": "warning",
        "message": "not UTF-8\r\nat byte 7: 50% read",
        "path": "old: notes, 100%/früh.md",
        "line": 0,
        "column": 0,
        "hint": "save the file as UTF-8",
    }


def test_json_keeps_letters_as_they_are() -> None:
    assert "früh" in render(FINDINGS, format="json")


# --- sarif


@pytest.mark.parametrize("findings", [(), FINDINGS], ids=["none", "some"])
def test_sarif_is_valid(findings: tuple[Diagnostic, ...]) -> None:
    schema = json.loads((HERE / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    Draft7Validator(schema).validate(json.loads(render(findings, format="sarif", rules=RULES)))


def test_each_sarif_result_points_to_its_rule() -> None:
    [run] = json.loads(render(FINDINGS, format="sarif", rules=RULES))["runs"]
    catalogue = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in catalogue] == ["L104", "L190", "Q201"]
    pointed = [
        (result["ruleId"], catalogue[result["ruleIndex"]]["id"])
        for result in run["results"]
        if "ruleIndex" in result
    ]
    assert len(pointed) == 5
    assert all(said == meant for said, meant in pointed)


def sarif_result(diagnostic: Diagnostic) -> dict[str, object]:
    [run] = json.loads(render([diagnostic], format="sarif", rules=RULES))["runs"]
    result: dict[str, object] = run["results"][0]
    return result


@pytest.mark.parametrize(
    ("line", "column", "region"),
    [
        (0, 0, None),
        (3, 0, {"startLine": 3}),
        (3, 9, {"startLine": 3, "startColumn": 9}),
    ],
)
def test_a_sarif_region_says_no_more_than_is_known(
    line: int, column: int, region: dict[str, int] | None
) -> None:
    place = sarif_result(finding("a.md", line, column))["locations"]
    assert isinstance(place, list)
    assert place[0]["physicalLocation"].get("region") == region


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("text/one two.md", "text/one%20two.md"),
        ("früh/50%.md", "fr%C3%BCh/50%25.md"),
        ("a:b#c?d.md", "a%3Ab%23c%3Fd.md"),
        ("caf\udce9.md", "caf%E9.md"),
    ],
)
def test_a_sarif_path_is_a_relative_uri(path: str, uri: str) -> None:
    place = sarif_result(finding(path))["locations"]
    assert isinstance(place, list)
    assert place[0]["physicalLocation"]["artifactLocation"] == {
        "uri": uri,
        "uriBaseId": "%SRCROOT%",
    }


def test_braces_in_a_sarif_message_are_no_placeholders() -> None:
    told = sarif_result(finding("a.md", message="`key{0}` is odd", hint="write `{p. 1}`"))
    assert told["message"] == {"text": "`key{{0}}` is odd\nHint: write `{{p. 1}}`"}


# --- github


def test_github_escapes_what_would_end_a_property_or_a_line() -> None:
    odd = finding(
        "a,b:c%.md",
        2,
        5,
        severity=Severity.NOTE,
        message="100%: one, two\r\n::error::three",
        hint="look",
    )
    assert render([odd], format="github") == (
        "::notice file=a%2Cb%3Ac%25.md,line=2,col=5,title=L104 page-outside-entry"
        "::100%25: one, two%0D%0A::error::three%0AHint: look\n"
    )


@pytest.mark.parametrize(
    ("line", "column", "properties"),
    [(0, 0, "file=a.md,title"), (7, 0, "file=a.md,line=7,title"), (7, 2, "line=7,col=2,title")],
)
def test_github_is_told_no_more_of_the_place_than_is_known(
    line: int, column: int, properties: str
) -> None:
    assert properties in render([finding("a.md", line, column)], format="github")


def test_github_without_findings_has_nothing_to_say() -> None:
    assert render([], format="github") == ""


# --- listings

COLUMNS = ("id", "line", "speaker", "opening")
ROWS: list[dict[str, object]] = [
    {"id": "q1", "line": 9, "speaker": "Novak", "opening": "The pilot never", "form": "inline"},
    {"id": None, "line": 112, "speaker": None, "opening": 'He said "no",\nand left'},
    {"id": "q3", "line": None, "speaker": "田中", "opening": "潮が満ちる前に, =SUM(A1)"},
]


def test_a_listing_as_text() -> None:
    assert render_rows(ROWS, COLUMNS, "text") == golden("listing.txt")


def test_a_listing_as_text_is_cut_to_the_width() -> None:
    shown = render_rows(ROWS, COLUMNS, "text", width=30)
    assert shown == golden("listing-30.txt")
    assert max(cell_width(line) for line in shown.splitlines()) == 30


def test_a_listing_as_json_has_the_columns_and_their_types() -> None:
    shown = render_rows(ROWS, COLUMNS, "json")
    assert json.loads(shown) == [{name: row[name] for name in COLUMNS} for row in ROWS]
    assert list(json.loads(shown)[0]) == list(COLUMNS)
    assert "田中" in shown
    assert shown.endswith("]\n")


def test_a_listing_as_csv_follows_rfc_4180() -> None:
    assert render_rows(ROWS, COLUMNS, "csv") == (
        "id,line,speaker,opening\r\n"
        "q1,9,Novak,The pilot never\r\n"
        ',112,,"He said ""no"",\nand left"\r\n'
        'q3,,田中,"潮が満ちる前に, =SUM(A1)"\r\n'
    )


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]))] * 2)
    )
)
def test_every_cell_survives_csv(pairs: list[tuple[str, str]]) -> None:
    shown = render_rows([{"a": a, "b": b} for a, b in pairs], ("a", "b"), "csv")
    read = list(csv.reader(io.StringIO(shown, newline="")))
    kept = [[f"'{c}" if c[:1] in tuple("=+-@") else c for c in pair] for pair in pairs]
    assert read == [["a", "b"], *kept]


@given(
    st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.none() | st.integers()})),
    st.integers(8, 40),
)
def test_a_listing_never_outgrows_its_width(rows: list[dict[str, object]], width: int) -> None:
    lines = render_rows(rows, ("a", "b"), "text", width=width).split("\n")
    assert len(lines) == len(rows) + 2
    assert all(cell_width(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("format_", "shown"), [("text", "a  b\n"), ("json", "[]\n"), ("csv", "a,b\r\n")]
)
def test_a_listing_of_nothing(format_: report.RowFormat, shown: str) -> None:
    assert render_rows([], ("a", "b"), format_) == shown


def test_values_that_are_neither_text_nor_number() -> None:
    rows: list[dict[str, object]] = [{"severity": Path("a.md"), "known": True}]
    assert render_rows(rows, ("severity", "known"), "csv").splitlines()[1] == "a.md,true"
    assert json.loads(render_rows(rows, ("severity", "known"), "json")) == [
        {"severity": "a.md", "known": True}
    ]


def test_a_row_without_a_column_is_refused() -> None:
    with pytest.raises(KeyError, match="speaker"):
        render_rows([{"id": "q1"}], ("id", "speaker"), "text")


@pytest.mark.parametrize("format_", report.ROW_FORMATS)
def test_a_listing_with_a_file_name_that_is_not_utf8(format_: report.RowFormat) -> None:
    assert render_rows([{"path": "caf\udce9.md"}], ("path",), format_).encode("utf-8")
