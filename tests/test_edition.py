"""The edition itself: complete, in order, and true to the list of the article's references."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edition.check import check_edition
from edition.loading.load import load
from edition.model import AnchorKind, Edition
from edition.myst.quoted_speech import words
from edition.project.layout import Project, find_project
from edition.report.listing import citation_rows, quotation_rows

ROOT = Path(__file__).parents[1]

# The article's references, read from the article: quotation, passage, work, volume, pages, speaker.
REGISTER = """\
q1 p14 serge-danger - 102 Victor Serge
q2 p15 serge-danger - 52 Victor Serge
q3 p15 serge-danger - 127 Victor Serge
q4 p16 serge-danger - 81 Victor Serge
q5 p18 serge-danger - 124 Victor Serge
q6 p18 serge-danger - 124 Victor Serge
q7 p18 serge-danger - 80 Victor Serge
q8 p18 serge-danger - 142 Victor Serge
q9 p19 serge-danger - 128 Victor Serge
q10 p19 serge-danger - 133 Victor Serge
q11 p20 serge-danger - 129-130 Victor Serge
q12 p23 zurbrugg-encounters - 85 Armando Borghi
q13 p24 zurbrugg-encounters - 91 Gaston Leval
q14 p25 birchall-introduction - 9 Ian Birchall
q15 p31 lenin-retain 26 119 V. I. Lenin
q16 p31 lenin-fear 26 401 V. I. Lenin
q17 p42 lenin-assume 26 19 V. I. Lenin
q18 p42 lenin-assume 26 20 V. I. Lenin
q19 p43 lenin-onlooker 26 180 V. I. Lenin
q20 p47 lenin-theses 26 143 V. I. Lenin
q21 p48 lenin-left-wing 31 41 V. I. Lenin
q22 p49 lenin-civil-war 26 32 V. I. Lenin
q23 p51 lenin-two-tactics 9 29 V. I. Lenin
q24 p55 sukhanov-revolution 2 380 V. I. Lenin
q25 p56 sukhanov-revolution 2 380-381 N. N. Sukhanov
q26 p57 lenin-central-committee 25 289 V. I. Lenin
q27 p61 serge-danger - 99 Victor Serge
q28 p63 aves-workers - 107 Leon Trotsky
q29 p66 lenin-retain 26 116 V. I. Lenin
q30 p69 lenin-left-wing 31 24 V. I. Lenin
q31 p70 lenin-retain 26 127 V. I. Lenin
q32 p70 lenin-onlooker 26 179 V. I. Lenin
q33 p71 lenin-assume 26 21 V. I. Lenin
q34 p72 swain-origins - 68 Geoffrey Swain
q35 p73 lenin-cec 26 289 V. I. Lenin
"""
PARTS = {"opening": (1, 4), "victor-serge": (5, 29), "theoretical-background": (30, 69)}


@pytest.fixture(scope="module")
def project() -> Project:
    return find_project(ROOT)


@pytest.fixture(scope="module")
def edition(project: Project) -> Edition:
    return load(project)


def test_nothing_is_found_but_notes(project: Project, edition: Edition) -> None:
    assert [str(f) for f in check_edition(edition, project.config) if f.severity > 1] == []


def test_all_passages_in_order(edition: Edition) -> None:
    assert [p.id for p in edition.passages] == [f"p{n}" for n in range(1, 75)]


def test_each_part_holds_its_passages(edition: Edition) -> None:
    held: dict[str, list[int]] = {}
    for passage in edition.passages:
        held.setdefault(Path(passage.location.path).stem, []).append(int(passage.id[1:]))
    parts = PARTS | {"lenins-goal": (70, 74)}
    assert held == {name: list(range(a, b + 1)) for name, (a, b) in parts.items()}


def test_register(edition: Edition) -> None:
    rows = [
        f"{r['id']} {r['passage']} {r['key']} {r['volume'] or '-'} {r['pages']} {r['speaker']}"
        for r in quotation_rows(edition)
    ]
    assert rows == REGISTER.splitlines()


def test_pages_are_possible_where_limits_were_seen(edition: Edition) -> None:
    rows = quotation_rows(edition)
    assert {r["key"] for r in rows if r["possible"] == "unknown"} == {
        "serge-danger",
        "birchall-introduction",
        "sukhanov-revolution",
    }
    states = [r["possible"] for r in rows]
    assert (states.count("yes"), states.count("unknown"), states.count("no")) == (20, 15, 0)


def test_references_that_quote_nothing(edition: Edition) -> None:
    rows = {
        (r["passage"], r["key"], r["volume"], r["pages"])
        for r in citation_rows(edition)
        if r["quotation"] is None and str(r["path"]).startswith("docs/text/")
    }
    assert ("p40", "lenin-political-situation", "25", "176-178") in rows
    assert ("p40", "lenin-slogans", "25", "183-190") in rows
    assert ("p11", "getzler-kronstadt", None, None) in rows


def test_quotation_ids_are_anchors(edition: Edition) -> None:
    anchored = [a.id for a in edition.anchors if a.kind is AnchorKind.QUOTATION]
    assert anchored == [f"q{n}" for n in range(1, 36)]


def test_no_more_than_a_lemma_is_given(edition: Edition) -> None:
    for quotation in edition.quotations:
        assert quotation.text is None, quotation.location
        assert 0 < len(quotation.opening.split()) <= 5, quotation.location
        assert len(quotation.closing.split()) <= 5, quotation.location


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.md")), ids=lambda p: p.stem)
def test_prose_quotes_no_more_than_terms(path: Path) -> None:
    if "rules" in path.parts or "manual" in path.parts:
        return
    for quoted in re.findall(r"“([^”]*)”", path.read_text(encoding="utf-8")):
        assert len(words(quoted)) <= 12, quoted
