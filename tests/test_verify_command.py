"""`edition verify` and `edition find`, the ledger, and what listings make of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from edition.cli import main
from edition.model import Citation, Quotation, QuotationForm
from edition.model.diagnostic import Location
from edition.verify.judge import Judge
from edition.verify.ledger import (
    Entry,
    LedgerError,
    merged,
    quotation_digest,
    read_ledger,
    status,
    write_ledger,
)
from edition.verify.verdict import Judgement, Query
from tests_support import Write

PIER = """[p. 1]
The keeper climbed the winding stair and trimmed the great lamp once more.
[p. 2]
All along the quay the harbour was quiet that evening, and every lamp was lit. They waited for the
[p. 3]
tide. Nobody in the town remembered the stranger, and nobody cared to ask. In the morning
the boat was gone.
"""
BIB = "@book{pier, author={Hart, Ann}, title={The Pier}, year=1901, pages={1--40}}\n" + (
    "@book{gone, author={Hart, Ann}, title={Gone}, year=1902}\n"
)
Run = Callable[..., Result]


def displayed(name: str, words: str, cited: str) -> str:
    """A displayed quotation in MyST."""
    return f"({name})=\n> {words}\n>\n> {{cite:p}}`{cited}`\n\n"


RIGHT = displayed("q1", "The harbour was quiet that evening, and every lamp was lit.", "pier{p. 2}")
MOVED = displayed("q2", "The keeper climbed the winding stair and trimmed the lamp.", "pier{p. 3}")
OTHER = displayed("q3", "Nobody in the village remembered the stranger … gone.", "pier{p. 3}")

TWICE = displayed(
    "q8",
    "They waited for the tide. Nobody in the town remembered the stranger, "
    "and nobody dared to ask.",
    "pier{pp. 2-3}",
) + displayed("q9", "The keeper climbed the old winding stair and trimmed the lamp.", "pier{p. 1}")
NONE = displayed("q4", "Every window in the street was dark by then.", "gone{p. 3}")
LEMMA = """:::{quotation} pier
:name: q5
:page: 3
:opening: Nobody in the town
:closing: cared to ask.
:words: 12
:::
"""
NO_PAGE = displayed("q6", "They waited for the tide. Nobody in the town remembered.", "pier")


@pytest.fixture
def run(project: Write, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a project with these quotations."""

    def run_with(quotations: str, *arguments: str, pier: str = PIER) -> Result:
        root = project(
            {
                "pyproject.toml": '[tool.edition]\nsource = "docs"\nsources = "texts"\n',
                "bibliography.bib": BIB,
                "docs/index.md": f"# Title\n\n{quotations}",
                "texts/pier.txt": pier,
            }
        )
        monkeypatch.chdir(root)
        monkeypatch.setenv("XDG_CACHE_HOME", str(root / "cache"))
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
        return CliRunner().invoke(main, list(arguments), catch_exceptions=False)

    return run_with


def verdicts(result: Result) -> dict[str, str]:
    return {q["id"]: q["verdict"] for q in json.loads(result.stdout)["quotations"]}


class TestVerify:
    def test_the_verdicts(self, run: Run) -> None:
        result = run("\n".join([RIGHT, MOVED, OTHER, NONE, LEMMA]), "verify", "--format", "json")
        assert verdicts(result) == {
            "q1": "verified",
            "q2": "elsewhere",
            "q3": "differs",
            "q4": "no source",
            "q5": "opening and closing words found",
        }
        assert result.exit_code == 1

    def test_all_verified_is_clean(self, run: Run) -> None:
        result = run(RIGHT, "verify")
        assert (result.exit_code, result.stdout) == (0, "q1  verified: pier, p. 2\n1 verified.\n")

    def test_the_evidence_is_shown(self, run: Run) -> None:
        shown = run(MOVED + OTHER, "verify").stdout
        assert "q2  elsewhere: pier, p. 3 → pier, p. 1" in shown
        assert "left out without an ellipsis: “great”" in shown
        assert "“village” where the source has “town”" in shown

    def test_only_those_asked_for(self, run: Run) -> None:
        result = run(RIGHT + MOVED, "verify", "q1", "--format", "json")
        assert verdicts(result) == {"q1": "verified"}
        result = run(RIGHT, "verify", "q9")
        assert (result.exit_code, "q9" in result.stderr) == (2, True)

    def test_the_page_side_by_side_is_safe(self, run: Run) -> None:
        page = run(
            OTHER, "verify", "--format", "html", pier=PIER.replace("the s", "the <s> s")
        ).stdout
        assert "<mark>village</mark>" in page
        assert "&lt;s&gt;" in page
        assert "<s>" not in page

    def test_the_page_side_by_side_marks_the_very_words(self, run: Run) -> None:
        page = run(TWICE + RIGHT + NONE, "verify", "--format", "html").stdout
        assert "and nobody <mark>dared</mark> to ask" in page
        assert "and nobody <mark>cared</mark> to ask" in page
        assert 'the <mark class="omitted">great</mark> lamp' in page
        assert 'the <mark class="added">old</mark> winding' in page
        assert 'waited for the <span class="page">p. 3</span>' in " ".join(page.split())
        assert (
            page.index("Other words") < page.index("Nothing to look in") < page.index("<details>")
        )
        assert "1–3</td>" in page

    def test_what_was_read_is_told(self, run: Run) -> None:
        result = run(RIGHT, "verify", pier=PIER.replace("[p. 3]", "[p. 5]"))
        assert "pier  pier.txt: 3 pages, 1–2, 5" in result.stderr
        assert "pages that are missing: 3–4" in result.stderr

    def test_at_second_hand(self, run: Run) -> None:
        words = "The harbour was quiet that evening, and every lamp was lit."
        quoted = f"(q7)=\n> {words}\n>\n> {{cite:p}}`gone{{p. 9}}`, {{cite:p}}`pier{{p. 2}}`\n\n"
        shown = run(quoted, "verify").stdout
        assert "q7  verified: pier, p. 2" in shown
        assert "at second hand: there is no text of gone" in shown

    def test_a_page_is_suggested_where_none_is_cited(self, run: Run) -> None:
        shown = run(NO_PAGE + RIGHT, "verify", "--suggest").stdout
        assert "pier, p. 2–3" in shown
        assert "q1" not in shown

    def test_a_broken_source_stops_no_other(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "texts").mkdir()
        (tmp_path / "texts" / "gone.pdf").write_bytes(b"%PDF- nothing")
        result = run(RIGHT + NONE, "verify", "--format", "json")
        assert verdicts(result) == {"q1": "verified", "q4": "no source"}
        assert "gone.pdf: a broken PDF" in result.stderr

    def test_no_folder_of_sources(self, run: Run) -> None:
        result = run(RIGHT, "verify", "--sources", "nowhere")
        assert result.exit_code == 2
        assert "no folder of sources" in result.stderr

    def test_a_single_word_is_found_wherever_it_stands(self, run: Run) -> None:
        found = run(RIGHT, "find", "lamp").stdout
        assert found.count("pier, p.") == 2
        assert "trimmed the great lamp once more" in found
        assert run(RIGHT, "find", "lam").exit_code == 1
        assert "1 more place;" in run(RIGHT, "find", "lamp", "--most", "1").stdout

    @pytest.mark.parametrize("words", ["", "  ", "…", "“ ”"])
    def test_there_is_nothing_to_find_in_words_without_a_letter(self, run: Run, words: str) -> None:
        result = run(RIGHT, "find", words)
        assert result.exit_code == 2
        assert "no letter" in result.stderr

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
    def test_a_full_disk_is_told(self, run: Run, tmp_path: Path) -> None:
        run(RIGHT, "verify")
        command = [sys.executable, "-m", "edition", "find", "lamp"]
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False
            )
        assert done.returncode == 2
        assert "edition: the output cannot be written" in done.stderr
        assert "Traceback" not in done.stderr

    def test_find(self, run: Run) -> None:
        found = run(RIGHT, "find", "the boat was gone")
        assert found.stdout.startswith("pier, p. 3\n")
        assert run(RIGHT, "find", "seven brass candlesticks upon a shelf").exit_code == 1


class TestLedger:
    def test_it_holds_no_quoted_words(self, run: Run, tmp_path: Path) -> None:
        run("\n".join([RIGHT, MOVED, OTHER, NONE, LEMMA]), "verify")
        text = (tmp_path / "verified.json").read_text()
        assert not any(word in text for word in ("harbour", "keeper", "village", "town", "Nobody"))
        assert '"date": "2026-01-01"' in text

    def test_listings_show_it_until_the_quotation_changes(self, run: Run) -> None:
        def listed(quotations: str) -> list[str]:
            rows = json.loads(run(quotations, "list", "quotations", "--format", "json").stdout)
            return [row["verified"] for row in rows]

        both = RIGHT + MOVED + OTHER
        assert listed(both) == ["unchecked"] * 3
        run(both, "verify")
        assert listed(both) == ["yes", "no", "differs"]
        assert listed(RIGHT.replace("p. 2", "p. 3") + MOVED + OTHER)[0] == "unchecked"

    def test_another_source_gives_another_verdict(self, run: Run, tmp_path: Path) -> None:
        run(RIGHT, "verify")
        before = read_ledger(tmp_path / "verified.json")["q1"]
        run(RIGHT, "verify", pier=PIER.replace("harbour", "haven"))
        after = read_ledger(tmp_path / "verified.json")["q1"]
        assert (before.verdict, after.verdict) == ("verified", "differs")
        assert before.source != after.source

    def test_a_dry_run_leaves_it(self, run: Run, tmp_path: Path) -> None:
        run(RIGHT, "verify", "--dry-run")
        assert not (tmp_path / "verified.json").exists()

    def test_what_is_read_is_what_was_written(self, tmp_path: Path) -> None:
        entries = [entry("q2"), entry("q1")]
        write_ledger(tmp_path / "verified.json", entries)
        assert read_ledger(tmp_path / "verified.json") == {e.id: e for e in entries}
        assert read_ledger(tmp_path / "none.json") == {}

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("", "no JSON"),
            ("[]", "no ledger"),
            ("{}", "no ledger"),
            ('{"version": 9, "verdicts": []}', "version 9"),
            ('{"version": 1, "verdicts": 5}', "no ledger"),
            ('{"version": 1, "verdicts": [{"id": "q1"}]}', "no ledger"),
            ("{x", "verified.json:1 is no JSON"),
            ("[" * 100_000, "no ledger"),
            ('{"version": 1,\n<<<<<<< HEAD\n', "merge"),
        ],
    )
    def test_what_is_no_ledger(self, tmp_path: Path, text: str, told: str) -> None:
        (tmp_path / "verified.json").write_text(text)
        with pytest.raises(LedgerError, match=told):
            read_ledger(tmp_path / "verified.json")

    def test_values_of_another_kind_are_refused(self, tmp_path: Path) -> None:
        write_ledger(tmp_path / "verified.json", [entry("q1")])
        data = json.loads((tmp_path / "verified.json").read_text())
        data["verdicts"][0]["verdict"] = {}
        (tmp_path / "verified.json").write_text(json.dumps(data))
        with pytest.raises(LedgerError, match="no ledger"):
            read_ledger(tmp_path / "verified.json")

    def test_a_damaged_one_ends_the_command_and_stays(self, run: Run, tmp_path: Path) -> None:
        run(RIGHT, "verify")
        (tmp_path / "verified.json").write_text("<<<<<<< ours\n")
        result = run(RIGHT, "verify")
        assert result.exit_code == 2
        assert "delete it and verify anew" in result.stderr
        assert (tmp_path / "verified.json").read_text() == "<<<<<<< ours\n"

    def test_broken_off_it_holds_what_was_found(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        judge = Judge.judge

        def broken_off(self: Judge, asked: Query) -> Judgement:
            if asked.labels == ("3",):
                raise KeyboardInterrupt
            return judge(self, asked)

        run(RIGHT + MOVED, "verify")
        with monkeypatch.context() as patch:
            patch.setattr(Judge, "judge", broken_off)
            result = run(RIGHT + MOVED, "verify")
        assert result.exit_code == 2
        assert "Run it again" in result.stderr
        assert set(read_ledger(tmp_path / "verified.json")) == {"q1", "q2"}

    def test_the_same_verdict_keeps_its_day(self) -> None:
        old, new = entry("q1"), replace(entry("q1"), date="2027-01-01", tool="9")
        assert merged({"q1": old}, [new], ["q1"]) == [old]
        other = replace(new, verdict="differs")
        assert merged({"q1": old}, [other], ["q1"]) == [other]

    def test_a_verdict_from_all_the_words_outlasts_one_from_the_first_and_last(self) -> None:
        full = entry("q1")
        ends = replace(full, verdict="opening and closing words found", basis="lemma")
        assert merged({"q1": full}, [ends], ["q1"]) == [full]
        assert merged({"q1": ends}, [full], ["q1"]) == [full]
        for changed in (replace(ends, source="0" * 16), replace(ends, quotation="0" * 16)):
            assert merged({"q1": full}, [changed], ["q1"]) == [changed]

    def test_quotations_that_are_gone_go(self) -> None:
        assert merged({"q1": entry("q1")}, [], ["q2"]) == []

    @pytest.mark.parametrize(
        ("verdict", "shown"),
        [
            ("verified", "yes"),
            ("differs", "differs"),
            ("elsewhere", "no"),
            ("partly found", "no"),
            ("not found", "no"),
            ("found", "found"),
            ("found, page not marked", "found"),
            ("opening and closing words found", "ends found"),
            ("source lacks that page", "unchecked"),
            ("no source", "unchecked"),
        ],
    )
    def test_the_status(self, verdict: str, shown: str) -> None:
        place = Location("a.md", 1)
        citation = Citation(key="pier", role="cite:p", location=place, locator="p. 2")
        quotation = Quotation(
            form=QuotationForm.INLINE, location=place, id="q1", text="Words.", citations=(citation,)
        )
        known = replace(entry("q1"), quotation=quotation_digest(quotation), verdict=verdict)
        assert status({"q1": known}, quotation) == shown
        assert status({"q1": known}, replace(quotation, text="Others.")) == "unchecked"
        assert status({}, quotation) == "unchecked"


def entry(name: str) -> Entry:
    return Entry(
        id=name,
        key="pier",
        cited="2",
        quotation="ab",
        source="cd",
        verdict="verified",
        found="2",
        basis="text",
        others=0,
        differing=0,
        date="2026-01-01",
        tool="1",
    )
