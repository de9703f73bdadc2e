"""What an editor may rely on when a source is read: nothing missed, and every place is true."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.model import AnchorKind, Citation, Document
from edition.model.diagnostic import Location
from edition.myst import markdown, read_document
from edition.project.config import MYST_EXTENSIONS

ALL = frozenset({"attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"})


def read(text: str) -> Document:
    return read_document(text, "a.md", extensions=ALL)


def at(text: str, place: Location) -> str:
    """The rest of the line from a place on, as an editor would see it."""
    line = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))[place.line - 1]
    assert 1 <= place.column <= len(line) + 1
    return line[place.column - 1 :]


def assert_placed(text: str, citations: tuple[Citation, ...]) -> None:
    for citation in citations:
        assert at(text, citation.location).startswith(citation.key)
        if citation.locator is not None:
            assert citation.locator_location is not None
            first = citation.locator.split("\n")[0].split(" ")[0]
            assert at(text, citation.locator_location).startswith(first)


# -- anchors ------------------------------------------------------------------------------

BLOCKS = {
    "paragraph": ("The tide went out.", AnchorKind.PASSAGE),
    "list": ("- The tide went out.\n- Text.", AnchorKind.PASSAGE),
    "numbered list": ("1. The tide went out.", AnchorKind.PASSAGE),
    "heading": ("## The tide went out.", AnchorKind.SECTION),
    "underlined heading": ("The tide went out.\n===", AnchorKind.SECTION),
    "block quote": ("> The tide went out.", AnchorKind.QUOTATION),
    "epigraph": ("```{epigraph}\nThe tide went out.\n```", AnchorKind.QUOTATION),
    "quotation": (":::{quotation} hart\nThe tide went out.\n:::", AnchorKind.QUOTATION),
    "lemma": (":::{quotation} hart\n:opening: The tide went out.\n:::", AnchorKind.QUOTATION),
    "table": ("| The tide went out. |\n|---|\n| a |", AnchorKind.FIGURE),
    "figure": ("```{figure} a.png\nThe tide went out.\n```", AnchorKind.FIGURE),
    "passage": (":::{passage}\nThe tide went out.\n:::", AnchorKind.PASSAGE),
    "passage with emphasis": (
        ":::{passage}\nThe *tide*[^a] [went](x) out.\n:::",
        AnchorKind.PASSAGE,
    ),
    "passage of verse": (
        "::::{passage}\n:::{verse}\n:lines: 1–4\n\nThe tide\n  {sic}`went <gone>` out.\n:::\n::::",
        AnchorKind.PASSAGE,
    ),
    "admonition": (":::{note}\nThe tide went out.\n:::", AnchorKind.BLOCK),
    "code": ("```\nThe tide went out.\n```", AnchorKind.BLOCK),
    "indented code": ("    The tide went out.", AnchorKind.BLOCK),
    "definition": ("The tide went out.\n: Text.", AnchorKind.BLOCK),
}


@pytest.mark.parametrize(("block", "kind"), BLOCKS.values(), ids=BLOCKS.keys())
def test_a_target_before_any_block(block: str, kind: AnchorKind) -> None:
    text = f"Text.\n\n(p12)=\n{block}\n\nMore."
    [anchor] = read(text).anchors
    assert (anchor.id, anchor.kind, anchor.opening) == ("p12", kind, "The tide went out.")
    assert at(text, anchor.location) == "p12)="


def test_a_picture_a_reference_line_and_a_rule_are_no_passages() -> None:
    text = "(a)=\n![x](a.png)\n\n(b)=\n{cite:p}`hart{p. 3}`\n\n(c)=\n***\n\n(d)="
    document = read(text)
    assert [a.kind for a in document.anchors] == [
        AnchorKind.FIGURE,
        AnchorKind.BLOCK,
        AnchorKind.BLOCK,
        AnchorKind.BLOCK,
    ]
    assert not document.passages


def test_stacked_targets_stand_before_one_block() -> None:
    document = read("(old)=\n(new)=\n\n% a comment\nText.")
    assert [a.id for a in document.anchors] == ["old", "new"]
    assert [p.id for p in document.passages] == ["new"]
    assert {a.passage for a in document.anchors} == {"new"}


@pytest.mark.parametrize(
    "text",
    [
        "(p1)=\n{#p2}\nText.",
        "{.small #p1}\nText.",
        "{#p1}\n# Title",
        "{#p1}\n> Text.",
        "{#p1}\n- Text.",
        "{#p1}\n```\ncode\n```",
        "{#p1 .a}\n{.b}\nText.",
        "- Text.\n\n  {#p1}\n  Text.",
        "Some [words]{#p1} and [more]{.a #p11}.",
        "Some `code`{#p1}, ![x](y){#p2}, [z](y){#p3}.",
        ":::{note}\n:name: p1\nText.\n:::",
        "```{note}\n---\nname: p1\n---\nText.\n```",
        ":::{quotation} hart\n:page: 3\n:name: p1\n:::",
        "> :::{note}\n> :name: p1\n> Text.\n> :::",
        ":::{passage}\n(p1)=\nText.\n:::",
        "> (p1)=\n> Text.",
        "- (p1)=\n  Text.",
        "[^a]: (p1)=\n    Text.",
        "```{eval-rst}\n.. _p1:\n\nText.\n```",
        "   (p1)=\nText.",
    ],
)
def test_ids_of_every_spelling_stand_where_they_stand(text: str) -> None:
    anchors = read(text).anchors
    assert anchors
    assert [a.id for a in anchors] == re.findall(r"(?<=[#(_ ])p\d+\b", text)
    for anchor in anchors:
        assert at(text, anchor.location).startswith(anchor.id)


def test_an_id_within_a_quotation_stays_there() -> None:
    anchors = read("> (a)=\n> Text.\n\nMore.").anchors
    assert [(a.id, a.kind, a.opening) for a in anchors] == [("a", AnchorKind.BLOCK, "Text.")]


def test_passages_reach_to_the_next_anchor_or_heading() -> None:
    text = (
        "{cite}`a`\n\n(p1)=\n{cite}`b` begins it well enough for now.\n\n"
        "> {cite}`c`\n\n(p2)=\n- {cite}`d`\n\n# {cite}`e`\n\n{cite}`f`"
    )
    assert [c.passage for c in read(text).citations] == [None, "p1", "p1", "p2", None, None]


def test_a_passage_directive_ends_with_its_fence() -> None:
    text = (
        "(p1)=\n::::{passage}\n{cite}`a`\n\n(b)=\nA block.\n\n"
        ":::{commentary}\n{cite}`b`\n:::\n{cite}`c`\n::::\n\n{cite}`d`"
    )
    document = read(text)
    assert [c.passage for c in document.citations] == ["p1", "p1", "p1", None]
    assert [(a.id, a.kind, a.passage) for a in document.anchors] == [
        ("p1", AnchorKind.PASSAGE, "p1"),
        ("b", AnchorKind.BLOCK, "p1"),
    ]


def test_a_footnote_belongs_to_the_passage_that_refers_to_it() -> None:
    text = (
        "(p1)=\nOne.[^a]\n\n(p2)=\nTwo.[^b]\n\n(p3)=\nThree.\n\n[^b]: {cite}`b`\n[^a]: {cite}`a`\n"
    )
    assert {c.key: c.passage for c in read(text).citations} == {"a": "p1", "b": "p2"}


# -- citations ----------------------------------------------------------------------------

ROLE = "{cite:p}`{see}hart{p. 19}, {cf.}aves{chap. 3}`"
KEYS = ["hart", "aves"]

PLACES = {
    "paragraph": "Text {role} text.",
    "second line": "Text\ntext {role} text.",
    "indented second line": "Text\n   text {role} text.",
    "heading": "# Title {role} #",
    "underlined heading": "Title {role}\n---",
    "list": "- a\n- b {role}",
    "deep list": "- a\n  1. b\n     - c {role}\n       d",
    "list with tabs": "-\ta {role}\n\n\tb",
    "tab before": "a\n\tb {role}",
    "block quote": "> a\n> b {role}",
    "lazy block quote": "> a\nb {role}",
    "block quote in a list": "- a\n\n  > b {role}\n  > c",
    "list in a block quote": "> - a\n>   - b {role}",
    "table": "| a | {role} |\n|---|---|\n| b | c |",
    "table cell": "| a | b | c |\n|:--|---|---|\n| {role} | x | {role} |",
    "equal cells": "| {role} | {role} |\n|---|---|\n| {role} | {role} |",
    "bars in a cell": "| a | b |\n|---|---|\n| x \\| y \\| {role} | z |",
    "table in a list": "- a\n\n  | a | b |\n  |---|---|\n  | a {role} | b |",
    "footnote": "a[^x]\n\n[^x]: b {role}",
    "footnote of two paragraphs": "a[^x]\n\n[^x]: b\n\n    c {role}",
    "definition term": "a {role}\n: b",
    "definition": "a\n: b\n  c {role}",
    "emphasis": "a **b {role}**",
    "link": "a [b {role}](c)",
    "span": "a [b {role}]{.c}",
    "admonition": ":::{note}\na {role}\n:::",
    "admonition, options": ":::{note}\n:class: a\n:name: b\n\na {role}\n:::",
    "admonition, YAML options": "```{note}\n---\nclass: a\nname: b\n---\na {role}\n```",
    "admonition title": ":::{admonition} Title {role}\na\n:::",
    "escaped title": ":::{admonition} \\*Title\\* &amp; {role}\na\n:::",
    "first line of a note": ":::{note} a {role}\n:::",
    "caption": "```{figure} a.png\n:alt: b\n\na {role}\n```",
    "table title": ":::{table} Title {role}\n| a |\n|---|\n| {role} |\n:::",
    "list-table": ":::{list-table}\n* - a\n  - b {role}\n:::",
    "epigraph": "```{epigraph}\na\n\n-- b {role}\n```",
    "pull-quote": ":::{pull-quote}\na {role}\n:::",
    "quotation": ":::{quotation} key\n:page: 3\n\na {role}\n:::",
    "nested fences": ":::::{note}\na\n::::{tip}\nb\n```{note}\nc {role}\n```\n::::\n:::::",
    "fence in a list": "1. a\n\n   :::{note}\n   :class: b\n   c {role}\n   :::",
    "fence in a block quote": "> :::{note}\n> a {role}\n> :::",
    "block quote in a fence": ":::{note}\n> a\n> b {role}\n:::",
    "fence in a footnote": "a[^x]\n\n[^x]: b\n\n    :::{note}\n    c {role}\n    :::",
    "fence in a definition": "a\n: b\n\n  :::{note}\n  c {role}\n  :::",
    "unclosed fence": ":::{note}\na {role}",
    "capitals in a directive’s name": "```{Note}\na {role}\n```",
    "double backticks": "a " + ROLE.replace("`", "``"),
    "bare role": "a {cite}`{see}hart{p. 19}, {cf.}aves{chap. 3}`",
    "author in capitals": "{cite:T}`{see}hart{p. 19}, {cf.}aves{chap. 3}`",
    "footcite": "a {footcite:t}`{see}hart{p. 19}, {cf.}aves{chap. 3}`",
    "two lines": "a {cite:p}`{see}hart{p. 19},\n{cf.}aves{chap. 3}` b",
    "two lines in a block quote": "> a {cite:p}`{see}hart{p. 19},\n>   {cf.}aves{chap. 3}` b",
    "two lines in a fence in a list": "- :::{note}\n  a {cite:p}`hart{p.\n  19}, aves{chap. 3}`",
    "spaces": "a {cite:p}` {see} hart {p. 19} , {cf.} aves {chap. 3} ` b",
    "astral and combining characters": "𝔄 é e\u0301 👩‍🚀 {role}",
    "no-break space at the end": "a {role}\u00a0",
    "wide spaces": "\u3000a {role} b",
    "line of a wide space": "a\n\n\u3000\nb {role}",
    "escapes": "\\*a\\* \\` &amp; \\{ {role}",
    "front matter": "---\ntitle: {cite}`no`\n---\na {role}",
    "long line": "a b " * 20_000 + "{role}",
    "eval-rst": "```{eval-rst}\na\n  b :cite:p:`{see}hart{p. 19}, {cf.}aves{chap. 3}` c\n```",
    "NUL": "a\0b {role}",
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("pattern", PLACES.values(), ids=PLACES.keys())
def test_a_citation_is_found_at_its_place(pattern: str, ending: str) -> None:
    text = pattern.replace("{role}", ROLE).replace("\n", ending)
    citations = tuple(c for c in read(text).citations if c.role != "quotation")
    assert citations
    assert [c.key for c in citations] == KEYS * (len(citations) // 2)
    assert len(citations) == max(2 * pattern.count("{role}"), 2)
    assert {c.key: (c.locator or "").replace(" ", "") for c in citations} == {
        "hart": "p.19",
        "aves": "chap.3",
    }
    assert_placed(text, citations)


def test_a_byte_order_mark_moves_nothing() -> None:
    text = "\ufeff{cite:p}`hart`"
    [citation] = read(text).citations
    assert citation.location == Location("a.md", 1, 10)


def test_keys_of_one_role_share_a_group() -> None:
    groups = [c.group for c in read("{cite}`a, b` {cite}`c`").citations]
    assert groups[0] == groups[1] != groups[2]


NOT_READ = {
    "code": "`{cite}`a``",
    "code block": "```\n{cite}`a`\n```",
    "code with a language": "~~~python\n{cite}`a`\n~~~",
    "indented code": "    {cite}`a`",
    "code directive": "```{code-block} text\n{cite}`a`\n```",
    "mathematics": "$x {cite}`a`$ and\n\n$$\n{cite}`a`\n$$",
    "math directive": "```{math}\n{cite}`a`\n```",
    "raw": "```{raw} html\n{cite}`a`\n```",
    "comment": "% {cite}`a`",
    "HTML comment": "<!-- {cite}`a` -->",
    "HTML block": "<div>\n{cite}`a`\n</div>",
    "front matter": "---\na: '{cite}`a`'\n---",
    "escaped": "\\{cite}`a`",
    "toctree": "```{toctree}\n{cite}`a`\n```",
    "literal in eval-rst": "```{eval-rst}\n``:cite:`a` ``\n```",
    "attributes": "```{.python}\n{cite}`a`\n```",
}


@pytest.mark.parametrize("text", NOT_READ.values(), ids=NOT_READ.keys())
def test_what_is_no_text_is_not_read(text: str) -> None:
    document = read(text)
    assert not document.citations
    assert not document.problems


@pytest.mark.parametrize(
    ("content", "rule", "rest"),
    [
        ("hart{fol. 3{r}}", "brace-in-locator", "{fol. 3{r}}"),
        ("hart{}", "brace-in-locator", "}"),
        ("hart aves", "malformed-citation", "aves"),
        ("hart,", "malformed-citation", ""),
        ("", None, ""),
    ],
)
def test_a_citation_that_cannot_be_read_is_a_problem_at_its_place(
    content: str, rule: str | None, rest: str
) -> None:
    text = f"a\nb {{cite:p}}`{content}` c"
    problems = read(text).problems
    assert [p.rule for p in problems] == ([rule] if rule else [])
    for problem in problems:
        assert at(text, problem.location).startswith(rest)


# -- quotations ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        ":name: q1\n:page: 19\n:volume: 2\n:speaker: Ada Hart\n"
        ":opening: The tide\n:closing: came back.",
        "---\nname: q1\npage: 19\nvolume: 2\nspeaker: Ada Hart\n"
        "opening: The tide\nclosing: came back.\n---",
        ':name:   q1\n:page: "19"\n:volume: 2\n:speaker:  Ada Hart\n'
        ":opening: The tide\n:closing: came back.",
    ],
)
@pytest.mark.parametrize(
    "frame", ["{}", "- a\n\n  {}", "> {}", "::::{{note}}\n{}\n::::", "(p1)=\n{}"]
)
@pytest.mark.parametrize("fence", [":::", "```", ":::::", "~~~"])
def test_a_structured_quotation_with_all_its_options(options: str, frame: str, fence: str) -> None:
    if fence == ":::" and "::::" in frame:
        fence = "```"
    block = f"{fence}{{quotation}} hart\n{options}\n{fence}"
    indent = {"-": "  ", ">": "> "}.get(frame[0], "")
    text = frame.format(block.replace("\n", "\n" + indent))
    document = read(text)
    [quotation] = document.quotations
    [citation] = quotation.citations
    assert (quotation.id, quotation.speaker) == ("q1", "Ada Hart")
    assert (quotation.opening, quotation.closing, quotation.text) == (
        "The tide",
        "came back.",
        None,
    )
    assert (citation.key, citation.locator, citation.volume) == ("hart", "19", "2")
    assert (citation.role, citation.quotation) == ("quotation", "q1")
    assert at(text, quotation.location).startswith(fence)
    assert at(text, citation.location).startswith("hart")
    assert citation.locator_location is not None
    assert at(text, citation.locator_location).lstrip('"').startswith("19")
    assert document.anchors[-1].id == "q1"
    assert not document.problems


def test_an_unknown_option_is_a_problem_on_its_line() -> None:
    text = ":::{quotation} hart\n:page: 3\n:pages: 19\n:::"
    [problem] = read(text).problems
    assert (problem.rule, problem.location.line) == ("unknown-directive-option", 3)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("a\n\n> The tide.", "> The"),
        ("- a\n\n  > The tide.", "> The"),
        ("```{epigraph}\nThe tide.\n```", "```{"),
        ("a “the tide went out and never came”", "“the"),
        ("- a\n  “the tide went out and never came”", "“the"),
        ("> a\n\n| x | “the tide went out and never came” |\n|---|---|", "“the"),
        ("𝔄 e\u0301 ‘the tide went out and never came’", "‘the"),
    ],
)
def test_a_quotation_stands_at_its_first_character(text: str, first: str) -> None:
    assert at(text, read(text).quotations[-1].location).startswith(first)


# -- the rest -----------------------------------------------------------------------------


def test_references_lead_to_anchors() -> None:
    text = "[](#p1) {ref}`p2` {numref}`Fig. <p3>` [x][y] [z](http://a.b/#c)\n\n[y]: #p4"
    references = read(text).references
    assert [r.target for r in references] == ["p1", "p2", "p3", "p4"]
    assert at(text, references[2].location).startswith("{numref}")


def test_a_link_in_a_directive_knows_the_addresses_of_the_document() -> None:
    assert [r.target for r in read(":::{note}\n[x][y]\n:::\n\n[y]: #p4").references] == ["p4"]


def test_tables_of_contents() -> None:
    text = "```{toctree}\n:maxdepth: 2\n\na\nThe second <text/b>\n```"
    assert read(text).toctree == ("a", "text/b")


def test_ignores_speak_for_the_block_below() -> None:
    text = (
        "a\n\n% edition: ignore page-outside-entry, L101 -- printing of 1972\n(p1)=\nb\nc\n\nd\n\n"
        ":::{note}\n% edition: ignore unknown-key\n> e\n>\n> f\n:::\n\n% edition: ignore x -- y"
    )
    first, second, third = read(text).ignores
    assert (first.rules, first.reason) == (("page-outside-entry", "L101"), "printing of 1972")
    assert (first.first_line, first.last_line) == (4, 6)
    assert at(text, first.location).startswith("% edition")
    assert (second.rules, second.reason) == (("unknown-key",), "")
    assert (second.first_line, second.last_line) == (12, 14)
    assert (third.first_line, third.last_line) == (0, 0)


def test_raw_html_is_told_from_comments_and_addresses() -> None:
    text = (
        "a <b>c</b> <!-- d --> <http://e.f>\n\n<!-- g -->\n\n"
        "- <div\n  class='h'>\n\n```{raw} html\n<i>\n```"
    )
    tags = read(text).raw_tags
    assert [t.text.split()[0] for t in tags] == ["<b>", "<div"]
    assert [at(text, t.location)[:2] for t in tags] == ["<b", "<d"]


def test_inclusions() -> None:
    text = "```{include} ../a.md\n:start-line: 3\n```"
    [inclusion] = read(text).inclusions
    assert (inclusion.target, inclusion.directive) == ("../a.md", "include")
    assert at(text, inclusion.location) == "../a.md"


def test_prose_keeps_its_places() -> None:
    text = "# Ibid.\n\n> a {cite}`b`\n> ibid., p. 3 `ibid.`\n\n- c [ibid.](ibid.)"
    places = [
        prose.location(match.start())
        for prose in read(text).prose
        for match in re.finditer(r"(?i)ibid\.", prose.text)
    ]
    assert [(p.line, p.column) for p in places] == [(1, 3), (4, 3), (6, 6)]
    assert [prose.quoted for prose in read(text).prose] == [False, True, False]


def test_a_link_whose_words_are_its_target_is_no_prose() -> None:
    (prose,) = read("See [p12](#p12), [p. 12](#p12), [p12](b.md#p12), [#p12](#p12).\n").prose
    shown = [words for words in prose.text.split("\0") if words]
    assert shown == ["See ", ", [p. 12", ", [p12", ", [#p12", "."]


# -- any text -----------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"\n\n\n   >-:`*_[](){}<>|\\#%$&\t\"'“”‘’«»„!1a.,é𝔄",
        "\r\n",
        "\0",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n    ",
        "\n:::{note} ",
        "\n:::{quotation} hart\n",
        ":page: 3\n",
        "---\n",
        "\n:::\n",
        "\n```{epigraph}\n",
        "\n```\n",
        "{cite:p}`hart{p. 3}`",
        "{cite}`",
        "{see}",
        "`",
        "(p1)=\n",
        "[^a]",
        "\n[^a]: ",
        "{#id .class}",
        "| a | b |\n|---|---|\n",
        "“the tide went out and never came back”",
        " He said. ",
        "% edition: ignore x -- y\n",
        "<div>",
        "<!-- ",
        "-->",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


def locations(document: Document) -> list[Location]:
    found = [
        item.location
        for items in (
            document.anchors,
            document.citations,
            document.quotations,
            document.passages,
            document.references,
            document.ignores,
            document.mark_faults,
            document.raw_tags,
            document.inclusions,
            document.problems,
        )
        for item in items
    ]
    found += [c.locator_location for c in document.citations if c.locator_location]
    return found + [place for prose in document.prose for place in prose.places]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_every_place_lies_in_it(text: str) -> None:
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    for place in locations(read(text)):
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1


WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)
KEY = st.from_regex(r"[a-z][a-z0-9:_-]{0,10}[a-z0-9]", fullmatch=True)
LOCATOR = st.integers(1, 999).map(lambda n: f"p. {n}")
TARGET = st.tuples(st.none() | WORD, KEY, st.none() | LOCATOR)
FRAMES = st.sampled_from(
    [
        "{}\n\n",
        "# {}\n\n",
        "- {}\n\n",
        "> {}\n\n",
        "> - {}\n\n",
        "| a | {} |\n|---|---|\n\n",
        ":::{{note}}\n{}\n:::\n\n",
        "````{{note}}\n:class: x\n\n> {}\n````\n\n",
        "term\n: {}\n\n",
        "```{{epigraph}}\n{}\n```\n\n",
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(FRAMES, WORD, st.lists(TARGET, min_size=1, max_size=3), WORD), max_size=8)
)
def test_known_citations_are_read_back(
    blocks: list[tuple[str, str, list[tuple[str | None, str, str | None]], str]],
) -> None:
    text, known = "", []
    for frame, before, targets, after in blocks:
        typed = ", ".join(
            f"{'{' + pre + '}' if pre else ''}{key}{'{' + post + '}' if post else ''}"
            for pre, key, post in targets
        )
        text += frame.format(f"{before} {{cite:p}}`{typed}` {after}")
        known += targets
    citations = read(text).citations
    assert [(c.prenote, c.key, c.locator) for c in citations] == known
    assert_placed(text, citations)


N = 20_000
HOSTILE = {
    "block quotes": "> " * 1000 + "a",
    "lists": "- " * 1000 + "a",
    "indented lists": "".join("  " * i + "- a\n" for i in range(1000)),
    "fences": "".join(":" * (1003 - i) + "{note}\n" for i in range(1000)),
    "unclosed fences": ":::{note}\n" * 1000,
    "opening marks": "“" * N,
    "opening marks and words": "“a " * N,
    "single marks": "‘as’ " * N,
    "straight marks": ' "a' * N,
    "guillemets": "«»" * N,
    "mixed marks": '“‘"«' * N,
    "opening braces": "{" * N,
    "spaces in a role": "{cite:p}`" + " " * N + "`",
    "braces in a role": "{cite:p}`" + "{}" * N + "`",
    "keys in a role": "{cite:p}`" + "a," * N + "b`",
    "dashes in a block quote": "> " + "a — " * N + "\n> b",
    "spaces in a block quote": "> a" + " " * N + "b\n> c",
    "quotations and references": "“the tide went out and never came” {cite}`a`, " * 500,
    "quotations without references": "“the tide went out and never came” and " * 1000,
    "works and quotations in one sentence": "{cite:t}`a` “x y z u v w” and " * 1000,
    "full stops": "." * N + " A",
    "a long line": "word " * N,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read(text: str) -> None:
    # What takes more than linear time, or a call a level, does not come to an end here.
    assert read(text).path == "a.md"


def test_what_is_nested_too_deep_is_said_not_to_be_read() -> None:
    text = "".join(":" * (103 - i) + "{note}\n" for i in range(100))
    [problem] = read(text).problems
    assert problem.rule == "unreadable-source"
    assert problem.location.line == 41


# -- headings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "ids"),
    [
        ("Straße und Fluß", {"straße-und-fluß", "strasze-und-flusz"}),
        ("Ørsted in Århus", {"ørsted-in-århus", "orsted-in-arhus"}),
        ("Œuvres", {"œuvres", "oeuvres"}),
        ("Łódź", {"łódź", "lodz"}),
    ],
)
def test_headings_have_the_ids_that_the_build_gives_them(title: str, ids: set[str]) -> None:
    assert set(read(f"# {title}\n").headings) == ids


_SIGNS = st.lists(
    st.sampled_from(
        "a 1. - + * _ ** > # ::: :: : ``` ~~~ ` [^a] [^a]: [a](b) ^[ ! $ $$ % +++ {a}`b` {{a}} "
        "{#a} (a)= --- <b> <a@b.c> &amp; \\ \\[ | ~~ = === \t \u00a0 é".split(" ")
    )
    | st.sampled_from(["\n", "\n\n", " ", "    "]),
    max_size=24,
)


@given(_SIGNS, st.frozensets(st.sampled_from(sorted(MYST_EXTENSIONS))))
@settings(max_examples=300, deadline=None)
def test_a_rule_is_asked_wherever_it_may_begin(
    signs: list[str], extensions: frozenset[str]
) -> None:
    text = "".join(signs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "ask_where_it_may_begin", lambda md: None)
        asked_always = markdown._parser.__wrapped__(extensions)
    assert markdown.parse_markdown(text, extensions, {}) == asked_always.parse(f"{text}\n", {})
