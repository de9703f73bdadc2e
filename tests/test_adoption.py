"""Taking the checker up on an old text: ignores, the baseline, and mending."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from edition.cli import main
from tests_support import Write

WORKS = (Path(__file__).parent / "rules" / "works.bib").read_text(encoding="utf-8")
WRONG = "She says so {cite:p}`hart-letters{p. 541}`.\n"


def edition(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def rules(root: Path) -> list[tuple[str, int, str]]:
    shown = json.loads(edition("check", root, "--format", "json").stdout)["diagnostics"]
    return [(d["path"], d["line"], d["rule"]) for d in shown if d["severity"] != "note"]


class TestIgnores:
    @pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
    def test_heeded_in_every_format(self, project: Write, form: str) -> None:
        text = "% edition: ignore page-beyond-book -- the printing of 1972\n" + WRONG
        root = project({"bibliography.bib": WORKS, "text.md": text})
        result = edition("check", root, "--format", form)
        assert result.exit_code == 0
        assert "page-beyond-book" not in result.stdout or form == "sarif"

    def test_speaks_for_the_next_block_only(self, project: Write) -> None:
        text = f"% edition: ignore L105 -- the printing of 1972\n{WRONG}\n{WRONG}"
        root = project({"bibliography.bib": WORKS, "text.md": text})
        assert rules(root) == [("text.md", 4, "page-beyond-book")]

    def test_speaks_for_a_whole_directive_behind_its_anchor(self, project: Write) -> None:
        text = (
            "% edition: ignore page-beyond-book -- the printing of 1972\n"
            f"(p1)=\n:::{{passage}}\n{WRONG}\n{WRONG}:::\n"
        )
        root = project({"bibliography.bib": WORKS, "text.md": text})
        assert rules(root) == []

    @pytest.mark.parametrize(
        ("comment", "said"),
        [
            ("page-beyond-book", "gives no reason"),
            ("page-beyond-buk -- a reason", "Did you mean “page-beyond-book”?"),
            ("unknown-key -- a reason", "silences nothing"),
            ("-- a reason", "names no rule"),
        ],
    )
    def test_one_that_does_nothing_is_found(self, project: Write, comment: str, said: str) -> None:
        text = f"Before.\n\n% edition: ignore {comment}\n{WRONG}"
        root = project({"bibliography.bib": WORKS, "text.md": text})
        result = edition("check", root)
        assert said in result.stdout
        assert ("text.md", 3, "unused-ignore") in rules(root)
        assert ("text.md", 4, "page-beyond-book") in rules(root)


class TestBaseline:
    def test_known_findings_are_silent_and_new_ones_are_not(self, project: Write) -> None:
        root = project({"bibliography.bib": WORKS, "text.md": WRONG})
        assert edition("check", root, "--write-baseline").exit_code == 0
        assert rules(root) == []
        text = root / "text.md"
        text.write_text(f"A line before.\n\n{WRONG}\n{WRONG}", encoding="utf-8")
        assert rules(root) == [("text.md", 5, "page-beyond-book")]

    def test_a_fault_that_is_gone_is_found(self, project: Write) -> None:
        root = project({"bibliography.bib": WORKS, "text.md": WRONG})
        edition("check", root, "--write-baseline")
        (root / "text.md").write_text(WRONG.replace("541", "19"), encoding="utf-8")
        assert rules(root) == [("edition-baseline.json", 0, "stale-baseline")]
        edition("check", root, "--write-baseline")
        assert rules(root) == []

    def test_writing_it_anew_keeps_what_it_knew(self, project: Write) -> None:
        root = project({"bibliography.bib": WORKS, "text.md": WRONG})
        edition("check", root, "--write-baseline")
        edition("check", root, "--write-baseline")
        assert rules(root) == []

    @pytest.mark.parametrize("content", ["", "[]", '{"version": 2}', '{"version": 1}', "\0"])
    def test_a_damaged_one_is_refused(self, project: Write, content: str) -> None:
        root = project(
            {"bibliography.bib": WORKS, "text.md": WRONG, "edition-baseline.json": content}
        )
        result = edition("check", root)
        assert result.exit_code == 2
        assert "edition-baseline.json" in result.stderr


class TestMending:
    FAULTY = (
        "She says {cite:p}`hart-letters{pp. 12}` and {cite:t}`hart-letters{p. 12-14}`,\r\n"
        "and again {cite:p}`hart-letters{p. 3},hart-letters{p. 9}`.\t \r\n"
        ":::{quotation} hart-letters\r\n:page: 19-21\r\n:opening: The tide - so she says\r\n:::"
    )
    MENDED = (
        "She says {cite:p}`hart-letters{p. 12}` and {cite:t}`hart-letters{pp. 12–14}`,\r\n"
        "and again {cite:p}`hart-letters{p. 3}` {cite:p}`hart-letters{p. 9}`.\t \r\n"
        ":::{quotation} hart-letters\r\n:page: 19–21\r\n:opening: The tide - so she says\r\n:::"
    )

    def faulty(self, project: Write) -> Path:
        root = project({"bibliography.bib": WORKS})
        (root / "text.md").write_bytes(self.FAULTY.encode())
        return root

    def test_mends_exactly_and_nothing_else(self, project: Write) -> None:
        root = self.faulty(project)
        (root / "text.md").chmod(0o640)
        result = edition("check", root, "--fix")
        assert (root / "text.md").read_bytes() == self.MENDED.encode()
        assert (root / "text.md").stat().st_mode & 0o777 == 0o640
        assert result.exit_code == 0
        assert not [name for name in os.listdir(root) if name.startswith(".text")]

    def test_is_done_after_once(self, project: Write) -> None:
        root = self.faulty(project)
        edition("check", root, "--fix")
        before = (root / "text.md").stat()
        edition("check", root, "--fix")
        assert (root / "text.md").stat().st_mtime_ns == before.st_mtime_ns

    def test_diff_changes_nothing(self, project: Write) -> None:
        root = self.faulty(project)
        result = edition("check", root, "--fix", "--diff")
        assert (root / "text.md").read_bytes() == self.FAULTY.encode()
        assert "+She says {cite:p}`hart-letters{p. 12}`" in result.stdout
        assert result.exit_code == 1

    def test_a_byte_order_mark_stays(self, project: Write) -> None:
        root = self.faulty(project)
        (root / "text.md").write_bytes(b"\xef\xbb\xbf" + self.FAULTY.encode())
        edition("check", root, "--fix")
        assert (root / "text.md").read_bytes() == b"\xef\xbb\xbf" + self.MENDED.encode()

    def test_never_a_file_with_a_fault_of_syntax(self, project: Write) -> None:
        root = self.faulty(project)
        text = self.FAULTY.encode() + b"\r\n\r\n{cite:p}`hart-letters{fol. 3{r}}`\r\n"
        (root / "text.md").write_bytes(text)
        result = edition("check", root, "--fix")
        assert (root / "text.md").read_bytes() == text
        assert "text.md has faults of syntax and is not mended" in result.stderr

    def test_only_what_is_not_ignored(self, project: Write) -> None:
        text = (
            "% edition: ignore singular-plural -- as the source has it\n"
            "She says {cite:p}`hart-letters{pp. 12}`.\n"
        )
        root = project({"bibliography.bib": WORKS, "text.md": text})
        edition("check", root, "--fix")
        assert (root / "text.md").read_text(encoding="utf-8") == text

    def test_entries_of_the_bibliography(self, project: Write) -> None:
        works = WORKS.replace("101--130", "101-130")
        root = project({"bibliography.bib": works, "text.md": "Nothing.\n"})
        edition("check", root, "--fix")
        assert (root / "bibliography.bib").read_text(encoding="utf-8") == WORKS

    def test_entries_of_a_bibliography_that_has_one_twice(self, project: Write) -> None:
        again = WORKS + WORKS[WORKS.index("@") :].split("\n\n")[0] + "\n"
        works = again.replace("101--130", "101-130")
        root = project({"bibliography.bib": works, "text.md": "Nothing.\n"})
        edition("check", root, "--fix")
        assert (root / "bibliography.bib").read_text(encoding="utf-8") == again


class TestZotero:
    @pytest.mark.parametrize(
        ("field", "link"),
        [
            ("note = {zotero://select/library/items/ABCD1234}", "library/items/ABCD1234"),
            ("file = {C\\:\\\\m\\\\Zotero\\\\storage\\\\QRST5678\\\\a.pdf:application/pdf}",
             "library/items/QRST5678"),
            ("file = {A.pdf:/home/m/Zotero/storage/QRST5678/A.pdf:application/pdf}",
             "library/items/QRST5678"),
            ("zotero = {ABCD1234}", "library/items/ABCD1234"),
            ("note = {Citation Key: hart\\_1831}", "items/@hart_1831"),
        ],
    )  # fmt: skip
    def test_a_finding_on_an_entry_names_its_item(
        self, field: str, link: str, project: Write
    ) -> None:
        works = (
            "@book{other, author={A}, title={T}, publisher={P}, year=1900}\n"
            f"@book{{hart, author={{H}}, title={{T}}, pagetotal=90, pagesource={{s}},\n {field}}}\n"
        )
        root = project({"works.bib": works, "a.md": "{cite:p}`hart{p. 91}` {cite:p}`other`\n"})
        shown = json.loads(edition("check", root, "--format", "json").stdout)["diagnostics"]
        told = {d["rule"]: d["hint"] for d in shown if "Zotero" in d["hint"]}
        assert told.keys() == {"missing-field", "page-beyond-book"}
        assert all(hint.endswith(f"In Zotero: zotero://select/{link}") for hint in told.values())

    def test_no_link_where_the_entry_has_none(self, project: Write) -> None:
        works = "@book{hart, title={T}, note={Zotero}, file={:a.pdf:pdf}, zotero={my item}}\n"
        root = project({"works.bib": works, "a.md": "{cite:p}`hart{p. 91}`\n"})
        assert "zotero://" not in edition("check", root).stdout
