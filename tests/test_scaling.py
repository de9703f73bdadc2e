"""Time grows no faster than the text: each shape is checked, then checked at twice its length."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from edition.check import check_edition
from edition.loading.load import load
from edition.project.layout import find_project
from edition.report import render

BIB = "@book{hart, author = {Hart, Mary}, title = {Letters}, year = {1931}, pagetotal = {240}}\n"
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
}


def seconds(files: dict[str, str], runs: int = 1) -> float:
    """Check a project as the command does; the quickest of some runs."""
    best = float("inf")
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            file = Path(folder, name)
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        project = find_project(Path(folder))
        for _ in range(runs):
            for cached in Path(folder).glob(".edition-cache/*"):
                cached.unlink()
            begun = time.process_time()
            found = check_edition(load(project), project.config)
            render(found, format="text", sources=files.get)
            best = min(best, time.process_time() - begun)
    return best


@pytest.mark.parametrize("shape", SHAPES)
def test_shape(shape: str) -> None:
    size = 500
    while size < 256_000 and seconds(SHAPES[shape](size)) < WORTH_MEASURING:
        size *= 2
    for _ in range(3):  # another process may have had the machine
        once, twice = seconds(SHAPES[shape](size), 2), seconds(SHAPES[shape](2 * size), 2)
        if twice <= MOST * max(once, WORTH_MEASURING / 4):
            return
    pytest.fail(f"{size} characters take {once:.2f} s, twice as many {twice:.2f} s")
