"""The check and the build agree: what Sphinx warns of, the check finds, and the other way round."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from base64 import b64decode
from collections import defaultdict
from pathlib import Path

import pytest

from edition.check import check_edition
from edition.loading.load import load
from edition.model.diagnostic import Severity
from edition.model.directive_options import DIRECTIVE_OPTIONS
from edition.myst.registered import (
    DOMAINS,
    REGISTERED_DIRECTIVES,
    REGISTERED_ROLES,
    UNIMPLEMENTED_ROLES,
)
from edition.project.layout import find_project

BIB = """@book{hart, author={Hart, Mary}, title={Tides}, publisher={Q}, address={W}, year={1831},
  pagetotal={400}}
"""
CONF = 'project = "Tides"\nextensions = ["edition.sphinx"]\nhtml_theme = "basic"\n'
CITED = "\n{cite:p}`hart{p. 3}`\n\n```{bibliography}\n```\n"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
STYLED = "\n{cite:p}`hart{p. 3}`\n\n```{bibliography}\n:style: nobodys\n```\n"
REGISTERED = """
from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style
register_plugin("pybtex.style.formatting", "nobodys", Style)
"""
TABLE = "\n```{table} Pilots\n:name: tab-a\n\n| a |\n|---|\n| b |\n```\n"

# The first document, what conf.py says besides, and the rules that tell of it.
CASES: dict[str, tuple[str, str, set[str]]] = {
    "plain": (f"# Tides\n{CITED}", "", set()),
    "no style": (f"# Tides\n{STYLED}", "", {"S116"}),
    "a style": (f"# Tides\n{STYLED.replace('nobodys', 'alpha')}", "", set()),
    "a style of one's own": (f"# Tides\n{STYLED}", REGISTERED, set()),
    "no bibliography": ("# Tides\n\n{cite:p}`hart{p. 3}`\n", "", {"C111"}),
    "misspelt role": (f"# Tides\n\n{{cit:p}}`hart{{p. 3}}`\n{CITED}", "", {"S113"}),
    "no role": (f"# Tides\n\n{{passage}}`x`\n{CITED}", "", {"S113"}),
    "misspelt directive": (f"# Tides\n\n```{{epigrph}}\nText.\n```\n{CITED}", "", {"S112"}),
    "misspelt option": (
        f"# Tides\n\n```{{table}} Pilots\n:widht: 3\n\n| a |\n|---|\n| b |\n```\n{CITED}",
        "",
        {"S103"},
    ),
    "numbers off": (f"# Tides\n\nSee {{numref}}`tab-a`.\n{TABLE}{CITED}", "", {"S114"}),
    "numbers on": (f"# Tides\n\nSee {{numref}}`tab-a`.\n{TABLE}{CITED}", "numfig = True\n", set()),
    "headings of other documents": (
        f"# Tides\n\n[there](other.md#the-quay), [below](#die-straße)\n\n## Die Straße\n{CITED}"
        "\n```{toctree}\nother\n```\n",
        "",
        set(),
    ),
    "no such heading": (
        f"# Tides\n\n[there](other.md#the-key)\n{CITED}\n```{{toctree}}\nother\n```\n",
        "",
        {"A104"},
    ),
    "syntaxes of conf.py": (
        f"# Tides\n\n{{{{ who }}}} wrote $a^2$.\n{CITED}",
        'myst_enable_extensions = ["dollarmath", "substitution"]\n'
        'myst_substitutions = {"who": "Mary {cite:p}`hart{p. 3}`"}\n',
        set(),
    ),
    "attribution as an attribute": (
        f'# Tides\n\n{{attribution="Ann, {{cite:t}}`hart{{p. 5}}`"}}\n> The tide.\n{CITED}',
        'myst_enable_extensions = ["attrs_block"]\n',
        set(),
    ),
    "included": (f"# Tides\n\n```{{include}} _part.txt\n```\n{CITED}", "", set()),
    "no such term": (f"# Tides\n\nThe {{term}}`Ebb`.\n{CITED}", "", {"A104"}),
    "a term": (
        f"# Tides\n\nThe {{term}}`ebb`.\n\n```{{glossary}}\nEbb\n: Low water.\n```\n{CITED}",
        "",
        set(),
    ),
    "no such equation": (f"# Tides\n\nSee {{eq}}`ebb`.\n{CITED}", "", {"A104"}),
    "two equations of one label": (
        f"# Tides\n\n$$a$$ (e)\n\n$$b$$ (e)\n{CITED}",
        'myst_enable_extensions = ["dollarmath"]\n',
        {"A101"},
    ),
    "nothing to download": (f"# Tides\n\n{{download}}`log.csv`\n{CITED}", "", {"A104"}),
    "no such file": (f"# Tides\n\n[the log](log.pdf)\n{CITED}", "", {"A104"}),
    "a document outside": (f"# Tides\n\n[the log](../pyproject.toml)\n{CITED}", "", set()),
    "a document by its file": (f"# Tides\n\n{{doc}}`index.md`\n{CITED}", "", {"A104"}),
    "a link without words": (f"# Tides\n\n(p1)=\nThe tide.\n\n{{ref}}`p1`\n{CITED}", "", {"A104"}),
    "a passage gives its words": (
        f"# Tides\n\n(p1)=\n:::{{passage}}\nThe tide.\n:::\n\n{{ref}}`p1`\n{CITED}",
        "",
        set(),
    ),
    "a number without a caption": (
        f"# Tides\n\n{{numref}}`t`\n\n```{{table}}\n:name: t\n\n| a |\n|---|\n| b |\n```\n{CITED}",
        "numfig = True\n",
        {"A104"},
    ),
    "no such document in the contents": (
        f"# Tides\n\n```{{toctree}}\nlog\n```\n{CITED}",
        "",
        {"A104"},
    ),
    "named twice in the contents": (
        f"# Tides\n\n```{{toctree}}\nother\nother\n```\n{CITED}",
        "",
        {"S116"},
    ),
    "in no contents": (f"# Tides\n\n[there](other.md)\n{CITED}", "", {"S118"}),
    "no substitution": (
        f"# Tides\n\nBy {{{{ who }}}}.\n{CITED}",
        'myst_enable_extensions = ["substitution"]\n',
        {"S115"},
    ),
    "substitutions worked out": (
        f"# Tides\n\nBy {{{{ who }}}}.\n{CITED}",
        'myst_enable_extensions = ["substitution"]\nmyst_substitutions = dict(who="Ann")\n',
        set(),
    ),
    "levels skipped": (f"# Tides\n\n### Low\n{CITED}", "", {"S117"}),
    "an empty note": (f"# Tides\n\n```{{note}}\n```\n{CITED}", "", {"S116"}),
    "a note on one line": (f"# Tides\n\n```{{note}} The tide.\n```\n{CITED}", "", set()),
    "rows of two lengths": (
        f"# Tides\n\n```{{list-table}}\n* - a\n  - b\n* - c\n```\n{CITED}",
        "",
        {"S116"},
    ),
    "an unknown language of code": (f"# Tides\n\n```klingon\nQapla\n```\n{CITED}", "", {"S116"}),
    "code of another language": (f"# Tides\n\n```json\n{{a}}\n```\n{CITED}", "", {"S116"}),
    "a width that is none": (
        f"# Tides\n\n```{{table}} Pilots\n:width: broad\n\n| a |\n|---|\n| b |\n```\n{CITED}",
        "",
        {"S116"},
    ),
}

# Built in one project: below the title of a document, and the rules that tell of it.
KINDS: dict[str, tuple[str, set[str]]] = {
    # options
    "a class that is none": ("```{note}\n:class: ?\nText.\n```\n", {"S116"}),
    "classes": ("```{note}\n:class: dropdown a-b\nText.\n```\n", set()),
    "an empty caption": ("```{code-block} python\n:caption:\n\na = 1\n```\n", {"S116"}),
    "a place that is none": ("```{figure} log.png\n:align: around\n:alt: x\n\nC.\n```\n", {"S116"}),
    "a picture’s place": (
        "```{figure} log.png\n:align: center\n:width: 50%\n:figclass: a\n:alt: x\n\nC.\n```\n",
        set(),
    ),
    "a width of a figure": ("```{figure} log.png\n:figwidth: wide\n:alt: x\n\nC.\n```\n", {"S116"}),
    "a depth below nought": ("```{contents}\n:depth: -1\n```\n", {"S116"}),
    "contents of a page": ("```{contents} Below\n:depth: 2\n:local:\n```\n", set()),
    "two marks for one": ("```{csv-table}\n:delim: ab\n\na, b\n```\n", {"S116"}),
    "semicolons": ("```{csv-table}\n:delim: ;\n\na;b\n```\n", set()),
    "neither open nor closed": ("```{tip}\n:collapsible: x\nText.\n```\n", {"S116"}),
    "a level that is none": ("```{rubric} Words\n:heading-level: 7\n```\n", {"S116"}),
    "a level": ("```{rubric} Words\n:heading-level: 2\n```\n", set()),
    "a comment among options": ("```{figure} log.png\n:alt: the #3\n\nC.\n```\n", {"S116"}),
    "a quoted sign": ('```{figure} log.png\n:alt: "the #3"\n\nC.\n```\n', set()),
    "an encoding that is none": ("```{include} _part.txt\n:encoding: klingon\n```\n", {"S116"}),
    "no columns": ("```{hlist}\n:columns: x\n\n- a\n- b\n```\n", {"S116"}),
    "columns": ("```{hlist}\n:columns: 2\n\n- a\n- b\n```\n", set()),
    # arguments and contents
    "more than one word": ("```{code-block} python now\na = 1\n```\n", {"S116"}),
    "an option of a program without its name": ("```{option}\nText.\n```\n", {"S116"}),
    "a text where none can be": ("```{program} prog\nText.\n```\n", {"S116"}),
    "a text in the first line": ("```{footer} The end.\n```\n", set()),
    "a list of thanks": ("```{acks}\n* Ann\n* Ben\n```\n", set()),
    "no list of thanks": ("```{acks}\nAnn, Ben\n```\n", {"S116"}),
    "a directive of reStructuredText": ("```{replace} x\n```\n", {"S116"}),
    "a sidebar in a note": ("````{note}\n```{sidebar} S\nText.\n```\n````\n", {"S116"}),
    "a sidebar": ("```{sidebar} S\nText.\n```\n", set()),
    "no caption": ("```{figure} log.png\n:alt: x\n\n- a\n```\n", {"S116"}),
    "a caption and more": ("```{figure} log.png\n:alt: x\n\nC.\n\n- a\n```\n", set()),
    "a picture without its caption": ("```{figure-md} f\n![x](log.png)\n```\n", {"S116"}),
    "a picture with its caption": ("```{figure-md} fm\n![x](log.png)\n\nC.\n```\n", set()),
    "a class for a name": ("```{.python}\na = 1\n```\n", {"S116"}),
    "a formula that is none": ("```{math}\n```\n", {"S116"}),
    # tables
    "all rows are heads": ("```{list-table}\n:header-rows: 1\n\n* - a\n  - b\n```\n", {"S116"}),
    "a head": ("```{list-table}\n:header-rows: 1\n\n* - a\n* - b\n```\n", set()),
    "rows that are numbered": ("```{list-table}\n* 1. a\n* 1. b\n```\n", {"S116"}),
    "widths of no table": ("```{csv-table}\n:widths: 1 2 3\n\na, b\n```\n", {"S116"}),
    "widths": ("```{csv-table} T\n:widths: 20, 80\n:header: a, b\n\n1, 2\n```\n", set()),
    "an open quotation mark": ('```{csv-table}\n"a, b\n```\n', {"S116"}),
    "a table’s file": ("```{csv-table}\n:file: _rows.csv\n```\n", set()),
    "no file of a table": ("```{csv-table}\n:file: rows.csv\n```\n", {"S107"}),
    "a file and rows": ("```{csv-table}\n:file: _rows.csv\n\na, b\n```\n", {"S116"}),
    "widths of a Markdown table": (
        "```{table} T\n:widths: 1 2\n\n| a |\n|---|\n| b |\n```\n",
        {"S116"},
    ),
    # listings
    "a line beyond the last": (
        "```{code-block} python\n:emphasize-lines: 9\n\na = 1\n```\n",
        {"S116"},
    ),
    "lines": (
        "```{code-block} python\n:emphasize-lines: 1,2-3\n\na = 1\nb = 2\nc = 3\n```\n",
        set(),
    ),
    "Python that nobody can run": ("```python\na = $b\n```\n", {"S116"}),
    "Python with formatted words": ('```python\nf"{a}" if b else a\n```\n', set()),
    "too much taken away": ("```{code-block} python\n:dedent: 2\n\na = 1\n```\n", {"S116"}),
    "no such words": ("```{literalinclude} _code.py\n:start-after: zz\n```\n", {"S116"}),
    "words": ("```{literalinclude} _code.py\n:start-after: tide\n:end-before: ebb\n```\n", set()),
    "no such object": ("```{literalinclude} _code.py\n:pyobject: zz\n```\n", {"S116"}),
    "an object": ("```{literalinclude} _code.py\n:pyobject: Pilot.name\n:dedent: 4\n```\n", set()),
    "no such lines": ("```{literalinclude} _code.py\n:lines: 90-\n```\n", {"S116"}),
    "chosen lines": ("```{literalinclude} _code.py\n:lines: 1-2, 5-\n```\n", set()),
    "two beginnings": (
        "```{literalinclude} _code.py\n:start-at: def\n:start-after: a\n```\n",
        {"S116"},
    ),
    "code of another language read in": (
        "```{literalinclude} _code.py\n:language: json\n```\n",
        {"S116"},
    ),
    "code that is forced": ("```{code-block} json\n:force:\n\n{a}\n```\n", set()),
    "a language for all": ("```{highlight} json\n```\n\n```\n{a\n```\n", {"S116"}),
    # roles
    "no such number format": ("{numref}`Tab. %d <t1>`\n", {"S116"}),
    "a number format": ("{numref}`Tab. {number} <t1>`, {numref}`Tab. %s <t1>`\n", set()),
    "half an entry": ("{index}`words <pair: a>`\n", {"S116"}),
    "an entry": ("{index}`words <pair: a; b>`, {index}`pair: c`\n", set()),
    "half an entry of a directive": ("```{index} triple: a; b\n```\n", {"S116"}),
    "entries": ("```{index} single: a; b\n```\n\n```{index} ! c, d\n```\n", set()),
    "a role kept back": ("{target}`x`\n", {"S116"}),
    "a weakness without a number": ("{cwe}`x`\n", {"S116"}),
    "a role of no domain": ("{py:nothing}`x`\n", {"S113"}),
    "a directive of no domain": ("```{py:nothing} x\n```\n", {"S112"}),
    "roles of Python": ("{func}`f`, {py:class}`C`, {c:func}`f`\n", set()),
    "a role that the text makes": ("```{role} custom\n```\n\n{custom}`x`\n", set()),
    "no such default role": ("```{default-role} klingon\n```\n", {"S113"}),
    "no setting": ("{confval}`nothing`\n", {"A104"}),
    "a setting": ("```{confval} tide\nText.\n```\n\n{confval}`tide`\n", set()),
    # conditions, glossaries, indexes
    "half a condition": ("```{only} html and\nText.\n```\n", {"S116"}),
    "a tag with a hyphen": ("```{only} my-tag\nText.\n```\n", {"S116"}),
    "a condition": ("```{only} html and not (latex or text)\nText.\n```\n", set()),
    "terms without an explanation": ("```{glossary}\none\n\ntwo\n  Text.\n```\n", {"S116"}),
    "terms too near": ("```{glossary}\nthree\n  Text.\nfour\n  Text.\n```\n", {"S116"}),
    "terms": ("```{glossary}\nfive\nsix\n  Text.\n\nseven\n  Text.\n```\n\n{term}`six`\n", set()),
    "no filter": ("```{bibliography}\n:filter: a b\n```\n", {"S116"}),
    # links
    "a document for a label": ("{ref}`other`\n", {"A104"}),
    "a heading for a label": ("## Low water\n\n{ref}`low-water`\n", {"A104"}),
    "a heading for anything": ("## Low water\n\n{any}`low-water`\n", {"A104"}),
    "anything": ("{any}`t1`, {any}`other`\n", set()),
    "a link to nothing": ("[words]()\n", {"A104"}),
    "a link without words to no title": ("[](#n0)\n", {"A104"}),
    "a link without words to a place near": ("(n1)=\nText.\n\n[](#n1)\n", set()),
    "a link without words": ("(n2)=\n## Low water\n\n[](#n2)\n", set()),
    "a number of a section": ("(n3)=\n## Low water\n\n{numref}`n3`\n", {"A104"}),
    "no file by its path": ("[words](path:log.pdf)\n", {"A104"}),
    "a file by its path": ("[words](path:_rows.csv)\n", set()),
    "two addresses of one name": ("[x][a]\n\n[a]: https://a.b\n[a]: https://c.d\n", {"S116"}),
    "a role silenced": ("{ref}`!nothing`\n", set()),
    # tables of contents
    "a pattern that nothing fits": ("```{toctree}\n:glob:\n\nnothing/*\n```\n", {"A104"}),
    "a pattern without glob": ("```{toctree}\nsub/*\n```\n", {"A104"}),
    "a pattern": ("```{toctree}\n:glob:\n\nsub/*\n```\n", set()),
    "twice, by name and file": ("```{toctree}\nsub/a\nsub/a.md\n```\n", {"S116"}),
    "twice, in two tables": ("```{toctree}\nsub/a\n```\n\n```{toctree}\nsub/a\n```\n", set()),
    "an address twice": ("```{toctree}\nhttps://a.b\nA <https://a.b>\n```\n", set()),
    "pages that Sphinx writes": ("```{toctree}\n/genindex\n/search\nself\n```\n", set()),
    "a page without a title": ("```{toctree}\nmore/untitled\n```\n", {"A104"}),
    "a page with a title here": ("```{toctree}\nHere <more/untitled>\n```\n", {"A104"}),
    # blocks in reStructuredText
    "no such work": ("```{eval-rst}\n:cite:p:`nobody`\n```\n", {"C101"}),
    "a block": ("```{eval-rst}\n.. note:: See :cite:p:`hart{p. 3}` and :ref:`t1`.\n```\n", set()),
    "a block with faults": ("```{eval-rst}\nSee *this and :klingon:`x`.\n```\n", {"S113", "S116"}),
    # rules, pictures, words struck out
    "a rule at the end": ("Text.\n\n---\n", {"S116"}),
    "a rule at the beginning": ("---\n\nText.\n", {"S116"}),
    "two rules": ("Text.\n\n---\n\n---\n\nText.\n", {"S116"}),
    "a rule in a list": ("- a\n\n  ---\n\n  b\n", {"S116"}),
    "a rule before the notes": ("Text[^a].\n\n---\n\n[^a]: Note.\n", {"S116"}),
    "a rule before a heading": ("Text.\n\n---\n\n## Low water\n\nText.\n", set()),
    "a rule": ("Text.\n\n---\n\nText.\n", set()),
    "no width": ("![x](log.png){width=wide}\n", {"S116"}),
    "a width": ("![x](log.png){width=50% align=left}\n", set()),
    "a picture without a file": ("![x]()\n", {"S108"}),
    "HTML for a lost picture": ('<img src="lost.png" alt="x">\n', {"S108"}),
    "HTML without a picture": ('<img alt="x">\n', {"S116"}),
    "HTML for a picture": ('<img src="log.png" alt="x" width="50%">\n', set()),
    "words struck out": ("A ~~b~~ c.\n", {"S116"}),
}
# In reStructuredText, below the title of a document.
RESTRUCTURED: dict[str, tuple[str, set[str]]] = {
    "a citation": (":cite:p:`hart{p. 3}` and :cite:t:`hart{p. 4}`\n", set()),
    "no work": ("See :cite:p:`hart{p. 3},\nnobody{p. 4}`.\n", {"C101"}),
    "no such work in a note": (".. note::\n\n   :cite:p:`nobody`\n", {"C101"}),
    "an unknown role": (":klingon:`x`\n", {"S113"}),
    "an unknown directive": (".. klingon:: x\n\n   Text.\n", {"S112"}),
    "an unknown option": (".. note::\n   :klingon: x\n\n   Text.\n", {"S103"}),
    "a wrong value": (".. image:: log.png\n   :alt: x\n   :width: wide\n", {"S116"}),
    "emphasis without an end": ("*Text.\n", {"S116"}),
    "no such target": ("There is nothing_ here.\n", {"S116"}),
    "targets": (
        "`words`_, low_ and `there <https://a.b>`_\n\n.. _words: https://a.b\n.. _low:\n\nText.\n",
        set(),
    ),
    "no such substitution": ("A |tide|.\n", {"S116"}),
    "a substitution": ("A |tide|, |version|.\n\n.. |tide| replace:: ebb\n", set()),
    "no such note": ("Text [#n]_.\n", {"A104"}),
    "notes": ("Text [#n]_ [1]_ [#]_.\n\n.. [#n] One.\n.. [1] Two.\n.. [#] Three.\n", set()),
    "a line too short": ("Low water\n-----\n\nText.\n", {"S116"}),
    "no such label of another": (":ref:`nothing`\n", {"A104"}),
    "labels": (".. _a_label:\n\nLow water\n---------\n\n:ref:`a_label`, :ref:`Here <t1>`\n", set()),
    "a label without a title": (".. _b_label:\n\nText.\n\n:ref:`b_label`\n", {"A104"}),
    "no such other document": (":doc:`nothing`\n", {"A104"}),
    "a broken table": ("=== ===\na   b\n=== ==\n", {"S116"}),
    "rows of two numbers": (".. list-table::\n\n   * - a\n     - b\n   * - c\n", {"S116"}),
    "a lost picture": (".. figure:: lost.png\n   :alt: x\n\n   Caption.\n", {"S108"}),
    "entries of an index": (".. index::\n   single: a; b\n   pair: c; d\n", set()),
    "half an index’s entry": (".. index:: pair: a\n", {"S116"}),
    "code": (".. code-block:: json\n   :caption: C\n\n   {}\n", set()),
    "code that is none": (".. code-block:: json\n\n   {a}\n", {"S116"}),
    "much at once": (
        "* a\n\n  * b\n\n1. c\n\n| e\n| f\n\n::\n\n   g *h\n\nterm\n   i\n\n.. comment :x:`y`\n",
        set(),
    ),
}
# Settings of MyST in the front matter of a document.
MATTER: dict[str, tuple[str, set[str]]] = {
    "an unknown setting": ("myst:\n  klingon: 1", {"S116"}),
    "no such syntax": ("myst:\n  enable_extensions: [klingon]", {"S116"}),
    "a number for a description": ("myst:\n  html_meta:\n    description: 3", {"S116"}),
    "a description": ("myst:\n  html_meta:\n    description: tides", set()),
    "substitutions that are none": ("myst:\n  substitutions: words", {"S116"}),
    "no settings": ("myst: words", {"S116"}),
    "a title": ("title: Tides\nauthor: Ann", set()),
}


@pytest.mark.parametrize(("text", "conf", "codes"), CASES.values(), ids=CASES.keys())
def test_check_and_build_agree(tmp_path: Path, text: str, conf: str, codes: set[str]) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (tmp_path / "bibliography.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.edition]\n", encoding="utf-8")
    (docs / "conf.py").write_text(CONF + conf, encoding="utf-8")
    (docs / "index.md").write_text(text, encoding="utf-8")
    (docs / "_part.txt").write_text("The tide {cite:p}`hart{p. 4}`.\n", encoding="utf-8")
    if re.search(r"\bother\b", text):
        (docs / "other.md").write_text("# Other\n\n## The quay\n\nText.\n", encoding="utf-8")
    found = check_edition(load(find_project(tmp_path)))
    assert {f.code for f in found if f.severity > Severity.NOTE} == codes
    # The extension passes the check's findings on; here Sphinx is to speak for itself.
    silent = "import edition.sphinx.project as p; p._pass_on = lambda *_: None\n"
    (docs / "conf.py").write_text(silent + CONF + conf, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", str(docs), str(tmp_path / "o")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode != 0) is bool(codes), run.stderr
    if "attribution" in text:
        page = (tmp_path / "o" / "index.html").read_text(encoding="utf-8")
        assert "{attribution" not in page
        assert 'class="attribution"' in page


Told = dict[str, tuple[set[str], str]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Return what the check finds in each of these, and what Sphinx says of it."""
    root = tmp_path_factory.mktemp("kinds")
    for folder in ("sub", "more"):
        (root / "docs" / folder).mkdir(parents=True)
    (root / "docs/log.png").write_bytes(b64decode(PNG))
    texts = [f"# Tides\n\n{text}" for text, _ in KINDS.values()]
    texts += [f"---\n{matter}\n---\n# Tides\n" for matter, _ in MATTER.values()]
    texts += [f"Tides\n=====\n\n{text}" for text, _ in RESTRUCTURED.values()]
    titles = (*KINDS, *MATTER, *RESTRUCTURED)
    names = dict(zip((f"k{n}" for n in range(len(texts))), titles, strict=True))
    syntax = "attrs_inline attrs_block deflist dollarmath html_image strikethrough".split()
    silent = "import edition.sphinx.project as p; p._pass_on = lambda *_: None\n"
    more = f'numfig = True\nexclude_patterns = ["_*"]\nmyst_enable_extensions = {syntax}\n'
    index = f"# Tides\n\n```{{table}} Pilots\n:name: t1\n\n| a |\n|---|\n| b |\n```\n{CITED}"
    listed = "\n".join([*names, "other", "sub/a"])
    files = {
        "pyproject.toml": "[tool.edition]\n",
        "bibliography.bib": BIB,
        "docs/conf.py": silent + CONF + more,
        "docs/index.md": f"{index}\n```{{toctree}}\n{listed}\n```\n",
        "docs/other.md": "# Other\n",
        "docs/sub/a.md": "# A\n",
        "docs/more/untitled.md": "---\norphan: true\n---\n\n(n0)=\nText.\n",
        "docs/_part.txt": "Text.\n",
        "docs/_rows.csv": "a,b\nc,d\n",
        "docs/_code.py": "# tide\n\nclass Pilot:\n    def name(self):\n        return 1\n\n# ebb\n",
        **{
            f"docs/{name}{'.rst' if titles[n] in RESTRUCTURED else '.md'}": texts[n]
            for n, name in enumerate(names)
        },
    }
    for path, text in files.items():
        (root / path).write_text(text, encoding="utf-8")
    found: dict[str, set[str]] = defaultdict(set)
    for finding in check_edition(load(find_project(root))):
        if finding.severity > Severity.NOTE:
            found[Path(finding.location.path).stem].add(finding.code)
    run = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(root / "docs"), str(root / "o")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    said: dict[str, str] = defaultdict(str)
    for line in run.stderr.splitlines():
        if place := re.search(r"/docs/(\S+?)\.(?:md|rst)\b", line):
            said[place[1]] += line
    return {title: (found[name], said[name]) for name, title in names.items()}


@pytest.mark.parametrize("name", [*KINDS, *MATTER, *RESTRUCTURED])
def test_check_and_build_agree_on_each_kind(told: Told, name: str) -> None:
    codes = {**KINDS, **MATTER, **RESTRUCTURED}[name][1]
    found, said = told[name]
    assert found == codes, said
    assert bool(said) is bool(codes), said


def test_every_registered_name_and_option_is_known(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "index.md").write_text("# Tides\n", encoding="utf-8")
    (tmp_path / "bibliography.bib").write_text(BIB, encoding="utf-8")
    code = """
import json, sys
from importlib import import_module
from docutils.parsers.rst import directives, roles
from edition.model.directive_options import DIRECTIVE_OPTIONS
from edition.myst.registered import REGISTERED_DIRECTIVES
# Imports the module that it names; takes another value when it runs; of rules of our own.
LEFT = {("include", "parser"), ("image", "align"), ("bibliography", "list"), ("hlist", "columns")}
LEFT.add(("restructuredtext-test-directive", "option"))
LEFT |= {(name, option) for name in DIRECTIVE_OPTIONS for option in DIRECTIVE_OPTIONS[name]}
from sphinx.application import Sphinx
folder, out = sys.argv[1:]
app = Sphinx(folder, folder, out, out, "html", status=None, warning=None)
for name, (module, cls) in directives._directive_registry.items():
    if name not in directives._directives:
        module = import_module("docutils.parsers.rst.directives." + module)
        directives._directives[name] = getattr(module, cls)
known = {name: [c.required_arguments > 0, c.required_arguments + c.optional_arguments > 0,
                c.final_argument_whitespace, c.has_content,
                sorted(getattr(c, "option_spec", None) or {})]
         for name, c in directives._directives.items()}
domains = {name: [sorted(d.directives), sorted(d.roles)] for name, d in app.env.domains.items()}
def refuses(convert, value):
    try:
        convert(value or None)
    except (ValueError, TypeError, AttributeError):
        return True
    return False
from docutils.parsers.rst.directives import flag
from edition.myst.option_values import is_wrong_value
values = (",3,-1,0,1.5,x,50%,50 %,3em,3 parsecs,auto,grid,1 2,1 x,left,top,around,open,utf-8,"
          "tab,ab,lazy,image,none,entry,!!,a b,continue,bullet").split(",")
others = [(name, option, value)
          for name, cls in directives._directives.items() if name in REGISTERED_DIRECTIVES
          for option, convert in (getattr(cls, "option_spec", None) or {}).items()
          if convert is not flag and (name, option) not in LEFT
          for value in values if refuses(convert, value) is not is_wrong_value(name, option, value)]
print(json.dumps([known, sorted(roles._roles), domains, others]))
"""
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), str(tmp_path / "o")],
        capture_output=True,
        text=True,
        check=True,
    )
    known, roles, domains, others = json.loads(run.stdout.splitlines()[-1])
    assert others == []
    missing = {name for name in known if ":" not in name} - REGISTERED_DIRECTIVES.keys()
    assert missing == set()
    assert {name for name in roles if ":" not in name} <= REGISTERED_ROLES | UNIMPLEMENTED_ROLES
    for name in known.keys() & REGISTERED_DIRECTIVES.keys() - DIRECTIVE_OPTIONS.keys():
        ours = REGISTERED_DIRECTIVES[name]
        needs, takes, words, content, options = known[name]
        assert (needs, takes, content) == (
            ours.needs_argument,
            ours.takes_argument,
            ours.holds_content,
        ), name
        assert not takes or words is ours.words, name
        assert set(options) - ours.options == set(), name
    for name, (directives, roles_of_it) in domains.items():
        if name in DOMAINS:
            assert (frozenset(directives), frozenset(roles_of_it)) == DOMAINS[name], name
