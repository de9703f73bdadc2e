"""The check and the build agree: what Sphinx warns of, the check finds, and the other way round."""

from __future__ import annotations

import json
import re
import subprocess
import sys
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
TABLE = "\n```{table} Pilots\n:name: tab-a\n\n| a |\n|---|\n| b |\n```\n"

# The first document, what conf.py says besides, and the rules that tell of it.
CASES: dict[str, tuple[str, str, set[str]]] = {
    "plain": (f"# Tides\n{CITED}", "", set()),
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
