"""The other way to a book: what an editor who sets the edition with LaTeX relies on."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sphinx.cmd.build import build_main

from tests_support import Write

pytestmark = [
    pytest.mark.filterwarnings("ignore:'myst_parser:PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

BIBLIOGRAPHY = """\
@book{ash-coast,
  author = {Ash, Vera},
  title = {The Coast in Winter},
  publisher = {Quay Press},
  address = {Whitby},
  year = {1907},
  pagetotal = {320},
}
"""
TEXT = """\
# The harbour

(p1)=
:::{passage}
The tide {sic}`cmae <came>` in, as [the manual](manual.md) says.

:::{quotation} ash-coast
:name: q1
:page: 12
:opening: The tide went
:closing: never came back.
:::

:::{commentary}
Nobody saw it.[^sea]
:::
:::

(p2)=
:::{passage}
It {sic}`wnet <went>` out; see [p1](#p1).
:::

[^sea]: A note on the sea.

## Works

```{bibliography}
```

## After the works

The end.
"""
CONF = 'project = "The Harbour"\nauthor = "Ana Brod"\nlanguage = "en"\n'
CONF += 'extensions = ["edition.sphinx"]\nedition_pdf_exclude = ["manual"]\n'

Tex = Callable[..., str]


@pytest.fixture
def tex(project: Write, capfd: pytest.CaptureFixture[str]) -> Tex:
    def build(conf: str = "") -> str:
        root = project(
            {
                "pyproject.toml": "[tool.edition]\n",
                "bibliography.bib": BIBLIOGRAPHY,
                "docs/conf.py": CONF + conf,
                "docs/index.md": "# Book\n\n```{toctree}\n:caption: Parts\ntext\nmanual\n```\n",
                "docs/text.md": TEXT,
                "docs/manual.md": "# Manual\n\nOf the software.\n",
            }
        )
        code = build_main(["-q", "-W", "-b", "latex", str(root / "docs"), str(root / "out")])
        said = capfd.readouterr().err
        assert (code, said) == (0, ""), said
        return next((root / "out").glob("*.tex")).read_text(encoding="utf-8")

    return build


def body(text: str) -> str:
    return text.partition(r"\begin{document}")[2]


def test_each_kind_of_matter_has_an_environment_of_its_own(tex: Tex) -> None:
    text = body(tex())
    for kind, count in (("passage", 2), ("quotation", 1), ("commentary", 1)):
        assert text.count(rf"\begin{{edition{kind}}}") == count
        assert text.count(rf"\end{{edition{kind}}}") == count
    assert r"\editionlabel{p1}" in text
    assert r"\editionlabel{q1}" in text
    lemma = text.partition(r"\begin{editionquotation}")[2].partition(r"\end")[0]
    assert r"\sphinxstyleemphasis{“The tide went … never came back.”}" in lemma


def test_an_anchor_is_defined_once(tex: Tex) -> None:
    labels = re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", body(tex()))
    assert "text:p1" in labels
    assert len(labels) == len(set(labels))


def test_no_note_is_lost_and_no_two_have_one_number(tex: Tex) -> None:
    text = body(tex())
    numbers = re.findall(r"\\begin\{footnote\}\[(\d+)\]", text)
    assert len(numbers) == len(set(numbers)) == 3
    assert {int(n) % 26 for n in numbers if int(n) >= 1000} == {1000 % 26}  # both are an “a”
    for words in ("sic; read came.", "sic; read went.", "A note on the sea."):
        assert words in text


def test_works_are_listed_where_the_source_lists_them(tex: Tex) -> None:
    text = body(tex())
    assert "thebibliography" not in text
    listed = text.index("Whitby: Quay Press")
    assert text.index(r"\section{Works}") < listed < text.index(r"\section{After the works}")


def test_what_is_left_out_of_the_book_is_not_in_it(tex: Tex) -> None:
    text = body(tex())
    assert "Of the software" not in text
    assert "the manual" in text
    assert "manual:" not in text
    assert "{manual" not in text


def test_defaults_are_those_of_a_book_and_can_be_changed(tex: Tex) -> None:
    text = tex()
    assert "a5paper" in text
    assert "fontspec" in text
    text = tex('latex_elements = {"papersize": "a4paper", "preamble": "% mine"}\n')
    assert "a4paper" in text
    assert text.index(r"\newenvironment{editionpassage}") < text.index("% mine")
