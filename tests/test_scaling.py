"""Time grows no faster than the text: each shape is checked, then checked at twice its length."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import office_documents as office
from edition.bibliography import read_bibliography
from edition.bibliography.references import (
    Context,
    Resolved,
    Resolver,
    find_in_brackets,
    find_in_sentences,
    read_reference,
)
from edition.bibliography.references.clauses import TO_ANOTHER
from edition.bibliography.references.grammar import _PARTED
from edition.bibliography.references.lexicon import FEW
from edition.bibliography.references.notes import find_in_note
from edition.bibliography.references.patterns import IMPRINT, REMARK
from edition.bibliography.references.places import TO_PLACE
from edition.check import check_edition
from edition.cli.lsp.session import Session
from edition.formats.pages import Page, Source
from edition.formats.reading import read_pages
from edition.importer.importing import import_source
from edition.importer.input_formats import read_source
from edition.loading.load import load
from edition.model.errors import EditionError
from edition.project.layout import find_project
from edition.report import render
from edition.verify.corpus import build_corpus
from edition.verify.judge import Judge
from edition.verify.verdict import Query
from tests_support import needs_pandoc
from verify_support import book

BIB = "@book{hart, author = {Hart, Mary}, title = {Letters}, year = {1931}, pagetotal = {240}}\n"
pytestmark = pytest.mark.usefixtures("time_of_its_own")
# Seconds of the processor: enough that a tick of the clock and a collection do not decide.
WORTH_MEASURING = 0.06
# Linear shapes measured 1.4 to 2.4 on a loaded machine, quadratic ones 3.4 and more.
MOST = 2.9


def md(text: Callable[[int], str]) -> Callable[[int], dict[str, str]]:
    return lambda n: {"bibliography.bib": BIB, "docs/index.md": text(n)}


def bib(text: Callable[[int], str]) -> Callable[[int], dict[str, str]]:
    return lambda n: {"bibliography.bib": text(n), "docs/index.md": "A\n"}


SHAPES: dict[str, Callable[[int], dict[str, str]]] = {
    "marks-unbalanced": md(lambda n: "“" * n),
    "marks-unbalanced-words": md(lambda n: "“a " * n),
    "apostrophes": md(lambda n: "don't 'a " * n),
    "quotes-one-par": md(lambda n: "“one two three four five six seven” (Hart, p. 1). " * (n // 8)),
    "quotes-cited": md(
        lambda n: "“one two three four five six seven” {cite:p}`hart{p. 1}`. " * (n // 8)
    ),
    "keys-one-role": md(lambda n: "{cite:p}`" + ",".join(["hart"] * n) + "`"),
    "cites": md(lambda n: "{cite:p}`hart{p. 900}` " * (n // 8)),
    "words-quoted": md(lambda n: "“" + "word " * n + "”"),
    "hand-refs": md(lambda n: "(Hart 1931, p. 5) " * (n // 8)),
    "ibid": md(lambda n: "ibid., p. 5. " * (n // 8)),
    "paragraphs": md(lambda n: "“one two three four five six seven”.\n\n" * (n // 16)),
    "anchors": md(lambda n: "".join(f"(p{i})=\nText of it {i} here.\n\n" for i in range(n // 8))),
    "anchors-same": md(lambda n: "(p1)=\nText.\n\n" * (n // 8)),
    "links": md(lambda n: "[](#p1) " * (n // 8)),
    "links-dead": md(lambda n: "".join(f"[](#p{i}) " for i in range(n // 8))),
    "headings": md(lambda n: "".join(f"# H {i}\n\n" for i in range(n // 8))),
    "ignores": md(
        lambda n: (
            "% edition: ignore Q101 -- r\n\n“one two three four five six seven”.\n\n" * (n // 32)
        )
    ),
    "footnotes": md(
        lambda n: "".join(
            f"a[^{i}]\n\n[^{i}]: {{cite:t}}`hart{{p. 900}}`\n\n" for i in range(n // 32)
        )
    ),
    "blockquotes": md(lambda n: "> words of it\n>\n> {cite:p}`hart{p. 900}`\n\n" * (n // 16)),
    "directives": md(lambda n: ":::{quotation} hart\n:page: 900\nwords\n:::\n\n" * (n // 32)),
    "roles": md(lambda n: "{person}`X` " * (n // 8)),
    "html": md(lambda n: "<b>x</b> " * (n // 8)),
    "braces": md(lambda n: "{" * n),
    "brackets": md(lambda n: "[" * n),
    "stars": md(lambda n: "*a " * n),
    "backticks": md(lambda n: "`" * n + " x"),
    "lines": md(lambda n: "a\n" * n),
    "long-locator": md(lambda n: "{cite:p}`hart{p. " + "1, " * n + "2}`"),
    "entries": bib(
        lambda n: "".join(
            f"@book{{k{i}, author={{A{i}, B}}, title={{T {i}}}, year={{1900}}, publisher={{P}}, address={{C}}}}\n"
            for i in range(n // 8)
        )
    ),
    "entries-same-author": bib(
        lambda n: "".join(
            f"@book{{k{i}, author={{A, B}}, title={{T}}, year={{1900}}, publisher={{P}}, address={{C}}}}\n"
            for i in range(n // 16)
        )
    ),
    "entries-same-key": bib(lambda n: "@book{k, title={T}}\n" * (n // 16)),
    "crossrefs": bib(
        lambda n: (
            "@collection{c, title={C}, editor={A, B}, year={1900}, pages={1--9}}\n"
            + "".join(
                f"@incollection{{k{i}, author={{A{i}, B}}, title={{T{i}}}, crossref={{c}}, pages={{5--7}}}}\n"
                for i in range(n // 16)
            )
        )
    ),
    "crossref-chain": bib(
        lambda n: "".join(
            f"@book{{k{i}, title={{T{i}}}, crossref={{k{i + 1}}}}}\n" for i in range(n // 16)
        )
    ),
    "strings": bib(lambda n: "".join(f"@string{{s{i} = {{a}}}}\n" for i in range(n // 8))),
    "authors": bib(
        lambda n: (
            "@book{k, title={T}, author={" + " and ".join(f"A{i}, B" for i in range(n // 8)) + "}}"
        )
    ),
    "bib-braces": bib(lambda n: "@book{k, title={" + "{" * n),
    "bib-at": bib(lambda n: "@" * n),
    "bib-quotes": bib(lambda n: '@book{k, title="' + "a" * n),
    "pages": bib(lambda n: "@book{k, title={T}, pages={" + ", ".join(["1--5"] * (n // 4)) + "}}"),
    "persons": lambda n: {
        "bibliography.bib": BIB,
        "docs/index.md": "".join(f":::{{person}} A{i}, B{i}\nx\n:::\n\n" for i in range(n // 32))
        + "".join(f"A{i} " for i in range(n // 8)),
    },
    "files": lambda n: {
        "bibliography.bib": BIB,
        **{f"docs/f{i}.md": f"(q{i})=\nText [](#q{i})\n" for i in range(n // 64)},
    },
    "includes-nested": lambda n: {
        "bibliography.bib": BIB,
        # In rows of eight: a row is as long as its files, each of which is read with those after it.
        **{
            f"docs/f{i}.md": f"A\n\n```{{include}} f{i + 1}.md\n```\n" if i % 8 else "A\n"
            for i in range(n // 64)
        },
    },
    "includes-same": lambda n: {
        "bibliography.bib": BIB,
        "docs/p.md": "a b\n",
        "docs/index.md": "```{include} p.md\n```\n\n" * (n // 25),
    },
    "substitutions": md(
        lambda n: (
            "---\nmyst:\n  substitutions:\n"
            + "".join(f"    k{i}: v\n" for i in range(n // 20))
            + "---\n"
            + "".join(f"{{{{ k{i} }}}} " for i in range(n // 20))
        )
    ),
    "table": md(lambda n: "| a | b |\n|---|---|\n" + "| c | d |\n" * (n // 10)),
    "table-wide": md(lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + "|b" * n + "|\n"),
    "list-deep": md(lambda n: "".join("  " * i + "- a\n" for i in range(int(n**0.5)))),
    "quotation-deep": md(lambda n: ">" * n + " a\n"),
    "long-word": md(lambda n: "a" * n),
    "roman": md(lambda n: "xiv MDCLXVI " * (n // 12)),
    "years": md(lambda n: "1931 (1931) " * (n // 12)),
    "definitions": md(lambda n: "".join(f"[l{i}]: http://a\n[l{i}] " for i in range(n // 18))),
    "hand-refs-many-works": lambda n: {
        "bibliography.bib": "".join(
            f"@book{{k{i}, title={{T{i} Words}}, author={{Aname{i}, B}}, year={{1900}}}}\n" for i in range(n // 32)
        ),
        "docs/index.md": "".join(f"(Aname{i} 1900, p. 5) " for i in range(n // 32)),
    },
    "keys-unknown": lambda n: {
        "bibliography.bib": "".join(f"@book{{key{i}, title={{T{i}}}}}\n" for i in range(n // 32)),
        "docs/index.md": "".join(f"{{cite:p}}`kez{i}` " for i in range(n // 32)),
    },
    "lock": lambda n: {
        "bibliography.bib": BIB,
        "docs/index.md": "A\n",
        "anchors.lock": "# anchors.lock 1 – x\n" + "".join(LOCKED % i for i in range(n // 64)),
    },
    "lock-renamed": lambda n: {
        "bibliography.bib": BIB,
        "docs/index.md": "".join(f"(q{i})=\nThe text of {i} stands here.\n\n" for i in range(n // 64)),
        "anchors.lock": "# anchors.lock 1 – x\n" + "".join(LOCKED % i for i in range(n // 64)),
    },
    "xdata-chain": bib(
        lambda n: "".join(f"@xdata{{x{i}, xdata={{x{i + 1}}}, note={{a}}}}\n" for i in range(n // 32))
    ),
    **{
        f"field-{field}": bib(lambda n, field=field, unit=unit: f"@book{{k, title={{T}}, {field}={{{unit * (n // len(unit))}}}}}")  # type: ignore[misc]
        for field, unit in {
            "author": "a and ", "title": "\\'e", "date": "19/", "pages": "1-", "note": "--", "isbn": "9-", "keywords": "x, "
        }.items()
    },
}  # fmt: skip

Work = Callable[[], object]
WORKS = dict(read_bibliography([("works.bib", BIB.encode())]).works)


def imported(name: str, unit: str, wrap: str = "{}") -> Callable[[int], Work]:
    """The import of a document with so many letters of a unit, in one line."""

    def make(n: int) -> Work:
        data = wrap.replace("{}", unit * (n // len(unit))).encode()
        return lambda: import_source(read_source(data, name), WORKS, style="", keep=False)

    return make


def source(name: str, unit: str, wrap: str = "{}") -> Callable[[int], Work]:
    """The reading of a source with so many letters of a unit."""

    def make(n: int) -> Work:
        data = wrap.replace("{}", unit * (n // len(unit))).encode()
        return lambda: read_pages(name, data)

    return make


def runs(n: int) -> Work:
    data = office.docx(office.paragraph(*[office.run("tide went ")] * (n // 30)))
    return lambda: import_source(read_source(data, "in.docx"), WORKS, style="", keep=False)


def attributes(n: int) -> Work:
    given = "".join(f" a{i}='{i}'" for i in range(n // 10))
    data = TEI.replace("{}", f"<hi{given}>a</hi>").encode()
    return lambda: read_pages("x.xml", data)


def verified(n: int) -> Work:
    """Verdicts on quotations, so many that they are as long as their source."""
    texts = book(max(n // 800, 1))
    pages = tuple(Page(str(number), text) for number, text in enumerate(texts, 1))
    corpus = build_corpus([Source(key="hart", path="hart.txt", pages=pages, digest="0")])

    def go() -> None:
        judge = Judge(corpus)
        for page in pages:
            judge.judge(
                Query(
                    key="hart", labels=(page.label or "",), text=" ".join(page.text.split()[9:30])
                )
            )

    return go


def edits(n: int) -> Work:
    """An edit in an editor, as often as there are files."""
    folder = TemporaryDirectory()
    count = max(n // 400, 1)
    Path(folder.name, "pyproject.toml").write_text("[tool.edition]\n")
    Path(folder.name, "bibliography.bib").write_text(BIB)
    Path(folder.name, "docs").mkdir()
    for number in range(count):
        Path(folder.name, f"docs/f{number}.md").write_text(f"(q{number})=\nText [](#q{number})\n")
    session = Session(Path(folder.name))

    def go() -> None:
        with folder:
            session.change(
                "docs/f0.md", "(q0)=\n" + "Words {cite:p}`hart{p. 900}` of it. " * (n // 40)
            )
            session.findings()

    return go


TEI = (
    "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><p>The harbour {}</p></body></text></TEI>"
)
PAGE = "<!DOCTYPE html><meta charset=utf-8><p>The harbour {}"
LINE = "The harbour lay still. {}\n"
HOCR = "<html><body><div class='ocr_page' title='ppageno 1'>{}</div></body></html>"
READERS: dict[str, Callable[[int], Work]] = {
    **{
        f"text {unit!r}": imported("in.txt", unit, LINE)
        for unit in (
            "word ", "“a ", "'a' ", "(Hart 1931, p. 5) ", "ibid., p. 5; ", "xiv ", "1931 ", "- ", "a-\n", "a\n", "    a\n",
            "abcdefghij", "書", "[1]\n", "|a|b|\n", "HEADING\n\n", "(", "[", "\t", "\n\nLit.1\n\n__\n1 Hart, p. 3.\n\n88 A\n\nand", "\n\n1. a.2", "5 ", "* a ** ", "“The tide went out” (Hart 1931, p. 5). ",
        )
    },
    **{
        f"{kind} {unit}": read(name, unit, PAGE)
        for kind, name, read in (("page", "in.html", imported), ("page source", "x.html", source))
        for unit in ("word ", "<p>a", "<i>a</i> ", "<sup><a href='#n1'>1</a></sup>", "<a name='p1'></a>", "<td>a", "<li>a", "<span>")
    },
    **{
        f"{kind} {unit}": read("in.xml", unit, TEI)
        for kind, read in (("tei", imported), ("tei source", source))
        for unit in ("<pb n='1'/>a", "<note>a</note>", "<hi>a</hi>", "<lb break='no'/>a", "<choice><sic>a</sic><corr>b</corr></choice>")
    },
    **{
        f"plain source {unit!r}": source("x.txt", unit, LINE)
        for unit in ("word ", "[p. 3] ", "[p. 3", "page 7\n", "<pb ", '<pb n="', "\f", "12\n", "\t", "-", "{12}\n")
    },
    "tei paragraphs": imported("in.xml", "<p>a</p>", TEI.replace("<p>The harbour {}</p>", "<p>A b</p>{}")),
    "tei verses": imported("in.xml", "<lg><l>a</l></lg>", TEI.replace("<p>The harbour {}</p>", "<p>A b</p>{}")),
    "hocr lines": source("x.hocr", "<span class='ocr_line' title='bbox 1 1 9 9'>a</span>", HOCR),
    "hocr pages": source("x.hocr", "</div><div class='ocr_page' title='ppageno 1'>a", HOCR),
    "hocr title": source("x.hocr", "bbox 1 1 1 1; ", "<html><body><div class='ocr_page' title='{}'>a b</div></body></html>"),
    "alto": source("x.alto", "<TextLine><String CONTENT='a'/></TextLine>", "<alto><Layout><Page><PrintSpace>{}</PrintSpace></Page></Layout></alto>"),
    "tei attributes": attributes,
    "docx runs": runs,
    "verified": verified,
    "edits": edits,
}  # fmt: skip
LOCKED = (
    '{"id": "p%d", "kind": "passage", "status": "live", "file": "docs/index.md",'
    ' "digest": "0123456789abcdef", "sketch": "AAAA"}\n'
)


def took(work: Work) -> float:
    begun = time.process_time()
    with suppress(EditionError):
        work()
    return time.process_time() - begun


def seconds(files: dict[str, str]) -> float:
    """Check a project as the command does."""
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            file = Path(folder, name)
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        project = find_project(Path(folder))
        begun = time.process_time()
        found = check_edition(load(project), project.config)
        render(found, format="text", sources=files.get)
        return time.process_time() - begun


def doubled(time_of: Callable[[int], float]) -> None:
    size = 500
    while size < 256_000 and time_of(size) < WORTH_MEASURING:
        size *= 2
    for _ in range(5):  # another process may have had the machine
        once, twice = (min(time_of(n), time_of(n)) for n in (size, 2 * size))
        if twice <= MOST * max(once, WORTH_MEASURING / 4):
            return
    pytest.fail(f"{size} characters take {once:.2f} s, twice as many {twice:.2f} s")


@pytest.mark.parametrize("shape", SHAPES)
def test_shape(shape: str) -> None:
    doubled(lambda size: seconds(SHAPES[shape](size)))


@pytest.mark.parametrize(
    "shape", [pytest.param(s, marks=needs_pandoc) if "docx" in s else s for s in READERS]
)
def test_reader(shape: str) -> None:
    doubled(lambda size: took(READERS[shape](size)))


@pytest.mark.parametrize(
    "typed",
    [
        "Hart says so. ",
        "Mary Hart, Letters (London: Knopf, 1931), 12; ",
        "Hart, Letters, p. 3, esp. 4; ",
        "Hist. Eng. Law. ",
        "chap. 3, ",
        "Ibid., p. 5. ",
        "IIII",
        "Hart, Letters, vol. 1, p. 2, and again vol. 2, p. 3, ",
        "and again vol. 2, p. 3, ",
    ],
)
def test_notes(typed: str) -> None:
    resolver = Resolver(WORKS)
    doubled(lambda size: took(lambda: find_in_note(typed * (size // 8), resolver)))


@pytest.mark.parametrize(
    ("pattern", "lead", "unit"),
    [
        (TO_ANOTHER, "On ", "zum "),
        (TO_ANOTHER, "On ", "der a "),
        (TO_ANOTHER, "On ", "the Abc "),
        (TO_ANOTHER, "On ", "des Abc "),
        (REMARK, "a", " "),
        (REMARK, "a", " ."),
        (_PARTED, "a", " "),
        (_PARTED, "a and", " "),
        (TO_PLACE, "", "a "),
        (TO_PLACE, "", "on "),
        (TO_PLACE, "", "his note on a, "),
        (IMPRINT, ". ", "A-"),
        (IMPRINT, ". ", "A–b/"),
        (IMPRINT, ". ", "A, "),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_patterns(pattern: re.Pattern[str], lead: str, unit: str) -> None:
    """A pattern reads a word in one way, and begins once in a row of blanks."""
    doubled(lambda n: took(lambda: list(pattern.finditer(lead + unit * (n // len(unit))))))


def test_a_note_of_letters_and_hyphens() -> None:
    typed = "[1] Hart, Letters, 3. " + "A-" * 125
    assert took(lambda: import_source(read_source(typed.encode(), "in.txt"), WORKS)) < 1


def test_references_by_the_thousand() -> None:
    """What is quick for hundreds and not for thousands: shapes are measured where they are short."""
    resolver = Resolver(WORKS)

    def time_of(count: int) -> float:
        text = "(Hart 1931, p. 5) " * count
        taken = find_in_brackets(text)
        return took(lambda: find_in_sentences(text, taken, resolver))

    assert time_of(16_000) <= MOST * time_of(8_000)


@pytest.mark.parametrize(
    ("name", "unit", "count"),
    [
        ("in.html", "<p>A short paragraph.</p>", 4_000),
        ("in.html", "<ol><li>An item</li>", 1_500),
        ("in.html", "<li>An item", 1_500),
        ("in.html", "A line<br>", 4_000),
        ("in.html", "A paragraph<br><br>", 2_000),
        ("in.html", "A note<a href='#{n}'>[1]</a><br><br><a name='{n}'>1.</a> Said.<hr>", 1_000),
        ("in.html", "<a href='#{n}'>[1]</a><h2>Notes</h2><h3>One</h3><p id='{n}'>1. Said.</p>", 1_000),
        ("in.html", "<a href='#{n}'>[1]</a><dl><dt id='{n}'>1.</dt><dd>Said.</dd></dl>", 1_000),
        ("in.html", "<p class=MsoListParagraph>1.<span>&nbsp;</span>An item</p>", 1_000),
        ("in.txt", "> He said so.\n\n", 2_000),
        ("in.rtf", r"\trowd\cellx{n}\cellx99999\intbl a\cell b\cell\row", 1_000),
    ],
)  # fmt: skip
def test_blocks_by_the_thousand(name: str, unit: str, count: int) -> None:
    """What a document repeats is read in proportion, though there are thousands of it."""

    def time_of(count: int) -> float:
        text = "".join(unit.replace("{n}", str(number)) for number in range(1, count + 1))
        text = rf"{{\rtf1 A text. {text}}}" if name.endswith("rtf") else f"<p>A text.</p>{text}"
        source = f"A text.\n\n{text[14:]}" if name.endswith("txt") else text
        return took(lambda: import_source(read_source(source.encode(), name), {}))

    for _ in range(3):  # another process may have had the machine
        once, twice = time_of(count), time_of(2 * count)
        if twice <= MOST * once:
            return
    pytest.fail(f"{count} take {once:.2f} s, twice as many {twice:.2f} s")


def test_a_reference_among_works_that_share_its_words() -> None:
    """A reference is held against the works that share its rare words, however many there are."""
    entry = "@book{{k{0}, author={{Hart, {1}. M.}}, title={{The Sea and the Coast of P{0}}}, publisher={{Oxford University Press}}, year={{{2}}}}}"
    entries = (entry.format(i, "ABCDEFGH"[i % 8], 1900 + i % 90) for i in range(2_000))
    resolver = Resolver(dict(read_bibliography([("b.bib", "\n".join(entries).encode())]).works))
    typed = "A. M. Hart, The Sea and the Coast of P8 (Oxford University Press, 1908), p. 3"
    (part,) = read_reference(typed, weak=True)
    found = resolver.resolve(part, Context())
    assert isinstance(found, Resolved)
    assert found.key == "k8"
    held = resolver.evidence.held(resolver.evidence.said(part))
    assert len(resolver.evidence.candidates(held, part.years)) <= FEW
