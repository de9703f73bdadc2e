"""Every rule against its own examples, and against the cases beside it in tests/rules/.

A case is a folder `<rule>/bad…` or `<rule>/good…` with MyST and BibTeX files; without a .bib
of its own it cites tests/rules/works.bib. `expected.txt` of a bad case lists its findings,
`path:line:column rule`, all of them; a good case has none at all.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from edition.check import check_edition
from edition.loading.load import load
from edition.model.diagnostic import Diagnostic
from edition.project.config import Config
from edition.project.layout import find_project
from edition.rules import RULES
from edition.rules.rule import Rule

CASES = Path(__file__).parent / "rules"
WORKS = (CASES / "works.bib").read_text(encoding="utf-8")

# What no example on a page can show, and where it is tested instead.
WITHOUT_EXAMPLE = {
    "bibliography-encoding": "tests/test_load.py",  # bytes
    "unreadable-source": "tests/test_load.py",  # bytes
    "stale-baseline": "tests/test_adoption.py",  # another day
    "lemma-differs": "tests/test_importer.py",  # a text beside the edition
    "incomplete-book-data": "tests/rules",  # a conf.py
    "script-without-face": "tests/rules",  # the same
    "missing-bibliography": "tests/test_build_agreement.py",  # a conf.py
    "numbers-switched-off": "tests/test_build_agreement.py",  # the same
    "misused-markup": "tests/test_build_agreement.py",  # the same
    "skipped-heading-level": "tests/test_build_agreement.py",  # the same
    "undefined-substitution": "tests/test_build_agreement.py",  # the same
    "unlisted-document": "tests/test_build_agreement.py",  # the same
    "passage-differs": "tests/test_importer.py",  # the same
}


def findings(root: Path, rule: str) -> list[Diagnostic]:
    # An example cites what it shows; that the other works of its bibliography are not cited,
    # and its conf.py says little, is told by the examples of these rules alone.
    aside = {"unused-entry", "incomplete-book-data"} - {rule}
    return check_edition(load(find_project(root)), Config(ignore=tuple(aside)))


def examples(rule: Rule, heading: str) -> tuple[str, str, str]:
    """The MyST, the BibTeX and the lock of anchors of an example in a rule's page."""
    section = re.search(rf"^{heading}:\n(.*?)(?=^[A-Z]\w+:\n|\Z)", rule.body, re.M | re.S)
    if section is None:
        return "", "", ""
    found = {"md": "", "bib": "", "json": ""}
    for fence in re.finditer(r"^(`{3,})(md|bib|json)\n(.*?)^\1$", section[1], re.M | re.S):
        found[fence[2]] += fence[3]
    return found["md"], found["bib"], found["json"]


def write_example(root: Path, example: tuple[str, str, str]) -> None:
    markdown, bibtex, lock = example
    (root / "text.md").write_text(markdown or "Nothing is cited here.\n", encoding="utf-8")
    (root / "bibliography.bib").write_text(bibtex or WORKS, encoding="utf-8")
    if lock:
        (root / "anchors.lock").write_text(lock, encoding="utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
class TestPages:
    def test_bad_example_is_found(self, rule: Rule, tmp_path: Path) -> None:
        if rule.name in WITHOUT_EXAMPLE:
            pytest.skip(f"no page can show it; {WITHOUT_EXAMPLE[rule.name]} does")
        bad = examples(rule, "Bad")
        assert any(bad), "a rule without a bad example"
        write_example(tmp_path, bad)
        assert {f.rule for f in findings(tmp_path, rule.name)} == {rule.name}

    def test_good_example_is_silent(self, rule: Rule, tmp_path: Path) -> None:
        good = examples(rule, "Good")
        if not any(good):
            assert rule.name in {*WITHOUT_EXAMPLE, "missing-crossref"}
            return
        write_example(tmp_path, good)
        assert findings(tmp_path, rule.name) == []

    def test_summary_is_one_sentence(self, rule: Rule) -> None:
        assert rule.summary.endswith(".")
        assert len(rule.summary) <= 100
        assert rule.body


def test_codes_and_names_are_unique() -> None:
    assert len({r.code for r in RULES}) == len(RULES)
    assert len({r.name for r in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"[A-Z]\d{3}", rule.code)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


RULES_FOLDER = Path(__file__).parents[1] / "src" / "edition" / "rules"


def test_every_rule_has_a_page_and_a_code_of_its_own() -> None:
    pages = sorted(path.stem for path in (RULES_FOLDER / "pages").iterdir())
    assert pages == sorted(rule.name for rule in RULES)
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_every_rule_that_is_written_is_in_the_catalogue() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in RULES_FOLDER.glob("*/*.py"))
    written = re.findall(r'^@rule\("(\w+)"|(?:reported|afterwards)\("[\w-]+", "(\w+)"', text, re.M)
    assert sorted(a or b for a, b in written) == sorted(rule.code for rule in RULES)


def test_every_folder_has_the_rules_of_one_letter() -> None:
    for family in {path.parent for path in RULES_FOLDER.glob("*/*.py")}:
        text = "".join(path.read_text(encoding="utf-8") for path in family.glob("*.py"))
        assert len(set(re.findall(r'"([A-Z])\d{3}"', text))) == 1, family.name


@pytest.mark.parametrize(
    "case",
    sorted(p for p in CASES.glob("*/*") if p.is_dir()),
    ids=lambda p: f"{p.parent.name}/{p.name}",
)
def test_case(case: Path, tmp_path: Path) -> None:
    root = tmp_path / "case"
    shutil.copytree(case, root)
    if not list(root.glob("*.bib")):
        (root / "works.bib").write_text(WORKS, encoding="utf-8")
    found = [f"{f.location} {f.rule}" for f in findings(root, case.parent.name)]
    expected = root / "expected.txt"
    wanted = expected.read_text(encoding="utf-8").splitlines() if expected.exists() else []
    assert found == wanted
    assert bool(wanted) == case.name.startswith("bad")


def test_every_rule_has_cases() -> None:
    without = [
        rule.name
        for rule in RULES
        if not list((CASES / rule.name).glob("bad*")) or not list((CASES / rule.name).glob("good*"))
    ]
    assert without == []
