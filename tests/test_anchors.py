"""The lock of published anchors: what may happen to them, what may not, and what is said."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from edition.anchors.comparison import OTHER_TEXT, SMALL_CHANGE
from edition.anchors.lockfile import read_lock, write_lock
from edition.anchors.sketch import digest, kept, shingles, sketch, taken
from edition.cli import main
from edition.model import AnchorKind, AnchorStatus, LockedAnchor
from tests_support import Write

WORKS = "@book{hart-letters, author={Hart, Mary}, title={Letters}, publisher={Quay}, year={1931}}\n"
ONE = """\
# One

(p1)=
The harbour lay still that evening, and the boats were drawn up high on the sand below the wall.

(p2)=
Nobody in the town could say when the pilot had gone out, or whether anyone had gone with him.
His lamp was found the next morning on the third step, filled and trimmed but never lit.

(p3)=
Hart gives the hour of the tide from memory, and she is wrong by a whole night, as her own
almanac shows.
"""
TWO = """\
# Two

(p4)=
The second letter takes all of this back and blames the printer, who had been dead for a year.

(q1)=
:::{quotation} hart-letters
:page: 19
:opening: The tide went out and
:closing: never came back.
:::
"""
CFF = "title: Letters\nversion: {}\nauthors:\n  - name: Quay\n"


def edition(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def findings(root: Path) -> list[tuple[str, str]]:
    """The anchors' findings: the rule, and the id that the message names first."""
    shown = edition("check", root, "--format", "json")
    assert shown.exit_code in (0, 1), shown.output
    return [
        (found["rule"], found["message"].split("“")[1].split("”")[0])
        for found in json.loads(shown.stdout)["diagnostics"]
        if found["code"].startswith("A")
    ]


def anchors(root: Path, *arguments: str) -> Result:
    return edition("anchors", *arguments, "--project", root)


def locked(root: Path) -> dict[str, LockedAnchor]:
    return dict(read_lock((root / "anchors.lock").read_text(encoding="utf-8")).anchors)


def edit(root: Path, old: str, new: str, name: str = "one") -> None:
    file = root / "docs" / "text" / f"{name}.md"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def release(root: Path, version: str) -> None:
    (root / "CITATION.cff").write_text(CFF.format(version), encoding="utf-8")


@pytest.fixture
def root(project: Write) -> Path:
    root = project(
        {
            "pyproject.toml": "[tool.edition]\n",
            "bibliography.bib": WORKS,
            "docs/index.md": "# Letters\n\n```{toctree}\ntext/one\ntext/two\n```\n",
            "docs/text/one.md": ONE,
            "docs/text/two.md": TWO,
        }
    )
    release(root, "0.1.0")
    assert anchors(root, "lock").exit_code == 0
    release(root, "0.2.0")
    return root


class TestLock:
    def test_nothing_was_published_without_a_lock(self, root: Path) -> None:
        (root / "anchors.lock").unlink()
        assert findings(root) == []
        assert not (root / "anchors.lock").exists()

    def test_what_it_keeps(self, root: Path) -> None:
        entries = locked(root)
        assert list(entries) == ["p1", "p2", "p3", "p4", "q1"]
        assert entries["q1"].kind == "quotation"
        assert entries["p4"].file == "docs/text/two.md"
        assert {e.since for e in entries.values()} == {"0.1.0"}
        assert all(e.digest and e.sketch for e in entries.values())
        assert findings(root) == []

    def test_locking_again_changes_nothing(self, root: Path) -> None:
        before = (root / "anchors.lock").read_bytes()
        assert anchors(root, "lock").exit_code == 0
        assert (root / "anchors.lock").read_bytes() == before

    def test_one_sorted_line_an_anchor(self, root: Path) -> None:
        lines = (root / "anchors.lock").read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# anchors.lock 1")
        assert lines[1:] == sorted(lines[1:])
        assert [json.loads(line)["id"] for line in lines[1:]] == ["p1", "p2", "p3", "p4", "q1"]

    def test_check_never_writes_it(self, root: Path) -> None:
        before = (root / "anchors.lock").read_bytes()
        edit(root, "(p3)=", "(p9)=")
        edition("check", root)
        assert (root / "anchors.lock").read_bytes() == before

    def test_a_manual_promises_nothing(self, root: Path) -> None:
        (root / "pyproject.toml").write_text('[tool.edition]\nuncitable = ["text/two.md"]\n')
        (root / "anchors.lock").unlink()
        assert anchors(root, "lock").exit_code == 0
        assert list(locked(root)) == ["p1", "p2", "p3"]

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ('{"id": "p1"', "not JSON"),
            ("[]", "not an object"),
            ('{"id": "p1", "kind": "passage", "status": "live"}', "no “file”"),
            ('{"id": "p1", "kind": "passage", "status": "gone", "file": "a"}', "“gone”"),
            ('{"id": "p1", "kind": "page", "status": "live", "file": "a"}', "“page”"),
            ('{"id": 1, "kind": "passage", "status": "live", "file": "a"}', "“id”"),
            ('{"id": "p1", "kind": "passage", "status": "live", "file": "a", "x": 1}', "“x”"),
            ('{"id": "p1", "kind": "passage", "status": "live", "file": "a", "sketch": "*"}', ""),
            ("<<<<<<< HEAD", "not JSON"),
        ],
    )
    def test_a_line_that_cannot_be_read(self, root: Path, line: str, said: str) -> None:
        text = (root / "anchors.lock").read_text(encoding="utf-8").splitlines()
        text[1] = line
        (root / "anchors.lock").write_text("\n".join(text), encoding="utf-8")
        result = edition("check", root)
        assert result.exit_code == 1
        assert "anchors.lock:2" in result.stdout
        assert "malformed-lock" in result.stdout
        assert said in result.stdout
        refused = anchors(root, "lock")
        assert refused.exit_code == 2
        assert "anchors.lock:2" in refused.stderr


class TestAllowed:
    def test_inserting_before_others(self, root: Path) -> None:
        edit(root, "(p1)=", "(p5)=\nA passage that was found later stands first.\n\n(p1)=")
        assert findings(root) == [("unlocked-anchor", "p5")]
        assert edition("check", root).exit_code == 0
        anchors(root, "lock")
        assert findings(root) == []
        assert locked(root)["p5"].since == "0.2.0"
        assert locked(root)["p1"].since == "0.1.0"

    def test_moving_to_another_file(self, root: Path) -> None:
        passage = ONE[ONE.index("(p3)=") :]
        edit(root, passage, "")
        edit(root, "# Two\n", f"# Two\n\n{passage}", "two")
        assert findings(root) == [("unlocked-anchor", "p3")]
        anchors(root, "lock")
        assert locked(root)["p3"].status is AnchorStatus.MOVED
        assert locked(root)["p3"].formerly == ("docs/text/one.md",)
        assert findings(root) == []

    def test_renaming_a_file(self, root: Path) -> None:
        (root / "docs/text/one.md").rename(root / "docs/text/first.md")
        edit(root, "text/one", "text/first", "../index")
        assert {rule for rule, _ in findings(root)} == {"unlocked-anchor"}
        anchors(root, "lock")
        assert locked(root)["p1"].formerly == ("docs/text/one.md",)
        assert findings(root) == []

    def test_splitting(self, root: Path) -> None:
        edit(root, "His lamp", "\n(p5)=\nHis lamp")
        assert findings(root) == [("unlocked-anchor", "p2"), ("unlocked-anchor", "p5")]
        anchors(root, "lock")
        assert locked(root)["p2"].status is AnchorStatus.SPLIT
        assert locked(root)["p2"].successors == ("p5",)
        assert findings(root) == []

    def test_merging_by_taking_an_id_out(self, root: Path) -> None:
        edit(root, "\n\n(p2)=\n", "\n")
        assert findings(root) == [("lost-anchor", "p2")]
        assert "`edition anchors lock` records the merge" in edition("check", root).stdout
        anchors(root, "lock")
        entries = locked(root)
        assert entries["p2"].status is AnchorStatus.MERGED
        assert entries["p2"].successors == ("p1",)
        assert entries["p1"].aliases == ("p2",)
        assert findings(root) == []

    def test_merging_by_stacking_the_ids(self, root: Path) -> None:
        edit(root, "\n\n(p2)=\n", "\n")
        edit(root, "(p1)=\n", "(p2)=\n(p1)=\n")
        assert findings(root) == [("unlocked-anchor", "p2")]
        anchors(root, "lock")
        assert locked(root)["p2"].status is AnchorStatus.MERGED
        assert locked(root)["p1"].aliases == ("p2",)
        assert findings(root) == []

    def test_merging_twice_carries_every_id_on(self, root: Path) -> None:
        edit(root, "\n\n(p3)=\n", "\n")
        anchors(root, "lock")
        edit(root, "\n\n(p2)=\n", "\n")
        anchors(root, "lock")
        assert locked(root)["p1"].aliases == ("p2", "p3")
        assert findings(root) == []

    def test_merging_what_was_rewritten_is_declared(self, root: Path) -> None:
        edit(root, ONE[ONE.index("(p3)=") :], "")
        assert findings(root) == [("lost-anchor", "p3")]
        assert anchors(root, "lock").exit_code == 1
        assert anchors(root, "merge", "p3", "p2", "--reason", "Said there.").exit_code == 0
        assert locked(root)["p2"].aliases == ("p3",)
        assert findings(root) == []

    def test_retiring(self, root: Path) -> None:
        edit(root, ONE[ONE.index("(p3)=") :], "")
        result = anchors(root, "retire", "p3", "--reason", "A doublet.", "--see", "p2")
        assert result.exit_code == 0
        entry = locked(root)["p3"]
        assert entry.status is AnchorStatus.RETIRED
        assert (entry.reason, entry.successors, entry.until) == ("A doublet.", ("p2",), "0.2.0")
        assert findings(root) == []

    def test_markup_is_no_change(self, root: Path) -> None:
        edit(root, "the boats were drawn up", "the [boats](#p2) were {abbr}`drawn` *up*")
        edit(root, "the pilot", "the {ref}`pilot <p4>`")
        edit(root, "His lamp", "{cite:t}`hart-letters` His lamp")
        assert findings(root) == []

    def test_form_is_no_change(self, root: Path) -> None:
        edit(root, "still that evening, and the boats", "STILL *that*\nevening – and the boats")
        assert findings(root) == []


class TestForbidden:
    def test_a_bare_removal(self, root: Path) -> None:
        edit(root, ONE[ONE.index("(p3)=") :], "")
        assert findings(root) == [("lost-anchor", "p3")]
        result = edition("check", root)
        assert result.exit_code == 1
        assert "since release 0.1.0 in docs/text/one.md" in result.stdout
        refused = anchors(root, "lock")
        assert refused.exit_code == 1
        assert "p3 lost" in refused.stderr
        assert locked(root)["p3"].status is AnchorStatus.LIVE

    def test_a_new_name_for_the_same_text(self, root: Path) -> None:
        edit(root, "(p3)=", "(p9)=")
        assert ("lost-anchor", "p3") in findings(root)
        assert "call that (p3)= again" in edition("check", root).stdout

    def test_numbering_anew_after_an_insertion(self, root: Path) -> None:
        renumbered = ONE.replace("(p3)=", "(p5)=").replace("(p2)=", "(p3)=")
        renumbered = renumbered.replace("(p1)=", "(p1)=\nAn inserted line.\n\n(p2)=")
        (root / "docs/text/one.md").write_text(renumbered, encoding="utf-8")
        found = findings(root)
        assert {("replaced-anchor", "p1"), ("replaced-anchor", "p2")} <= set(found)
        assert "they stand under “p2” now" in edition("check", root).stdout
        assert anchors(root, "lock").exit_code == 1

    def test_a_retired_id_used_again(self, root: Path) -> None:
        passage = ONE[ONE.index("(p3)=") :]
        edit(root, passage, "")
        anchors(root, "retire", "p3", "--reason", "A doublet.")
        edit(root, "# One\n", "# One\n\n(p3)=\nQuite another thing.\n")
        assert findings(root) == [("reused-anchor", "p3")]
        assert anchors(root, "lock").exit_code == 1

    def test_an_absorbed_id_used_again(self, root: Path) -> None:
        edit(root, "\n\n(p2)=\n", "\n")
        anchors(root, "lock")
        edit(root, "# One\n", "# One\n\n(p2)=\nQuite another thing.\n")
        assert findings(root) == [("reused-anchor", "p2")]

    def test_another_text_under_an_old_id(self, root: Path) -> None:
        edit(root, ONE[ONE.index("Hart gives") :], "Of the weather there is no record at all.\n")
        assert findings(root) == [("replaced-anchor", "p3")]
        assert edition("check", root).exit_code == 1
        assert anchors(root, "lock").exit_code == 1
        assert anchors(root, "accept", "p3", "--reason", "Rewritten.").exit_code == 0
        assert findings(root) == []
        assert locked(root)["p3"].reason == "Rewritten."

    @pytest.mark.parametrize("ident", ["12", "c1.p12", "глава", "p1"])
    def test_an_id_that_is_none_is_not_locked(self, root: Path, ident: str) -> None:
        before = (root / "anchors.lock").read_bytes()
        edit(root, "# One\n", f"# One\n\n({ident})=\nSomething of its own.\n")
        result = anchors(root, "lock")
        assert result.exit_code == 1
        assert f"“{ident}”" in result.stderr
        assert (root / "anchors.lock").read_bytes() == before


class TestDrift:
    def test_a_small_change_is_information(self, root: Path) -> None:
        edit(root, "evening", "morning")
        assert findings(root) == [("changed-anchor", "p1")]
        assert edition("check", root).exit_code == 0
        anchors(root, "lock")
        assert findings(root) == []

    def test_a_middling_change_is_a_warning_until_it_is_accepted(self, root: Path) -> None:
        edit(root, "the boats were drawn up high on the sand", "not one boat was to be seen on it")
        assert findings(root) == [("drifted-anchor", "p1")]
        assert edition("check", root).exit_code == 1
        anchors(root, "lock")
        assert findings(root) == [("drifted-anchor", "p1")]
        anchors(root, "accept", "p1", "--reason", "The boats had been miscounted.")
        assert findings(root) == []

    def test_many_small_changes_add_up(self, root: Path) -> None:
        rules = []
        for old, new in [
            ("that evening", "one night"),
            ("drawn up", "pulled"),
            ("harbour lay", "basin was"),
            ("below the wall", "by the quay"),
        ]:
            edit(root, old, new)
            rules += [rule for rule, _ in findings(root)]
            anchors(root, "lock")
        assert rules[0] == "changed-anchor"
        assert rules[-1] == "drifted-anchor"

    def test_a_corrected_page_of_a_stand_off_quotation(self, root: Path) -> None:
        edit(root, ":page: 19", ":page: 91", "two")
        assert findings(root) == [("changed-anchor", "q1")]


class TestDecisions:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("retire", "p1", "--reason", "x"), "still stands"),
            (("retire", "p77", "--reason", "x"), "not in the lock"),
            (("accept", "p77", "--reason", "x"), "not in the lock"),
            (("merge", "p1", "p2"), "still stands"),
            (("split", "p1", "p77"), "no anchor “p77”"),
        ],
    )
    def test_what_would_break_a_promise(
        self, root: Path, arguments: tuple[str, ...], said: str
    ) -> None:
        before = (root / "anchors.lock").read_bytes()
        result = anchors(root, *arguments)
        assert result.exit_code == 2
        assert said in result.stderr
        assert (root / "anchors.lock").read_bytes() == before

    def test_see_must_name_an_anchor(self, root: Path) -> None:
        edit(root, ONE[ONE.index("(p3)=") :], "")
        result = anchors(root, "retire", "p3", "--reason", "x", "--see", "p99")
        assert result.exit_code == 2
        assert "p99" in result.stderr

    def test_a_reason_is_asked_for(self, root: Path) -> None:
        assert anchors(root, "accept", "p1").exit_code == 2

    def test_a_split_can_be_declared(self, root: Path) -> None:
        edit(root, ONE[ONE.index("Hart gives") :], "One.\n\n(p6)=\nTwo, rewritten.\n")
        assert anchors(root, "split", "p3", "p6", "--reason", "Rewritten in two.").exit_code == 0
        assert locked(root)["p3"].successors == ("p6",)
        assert findings(root) == []


def committed(root: Path) -> None:
    name = ("-c", "user.name=A", "-c", "user.email=a@b.example")
    commands = ("init", "-q", "-b", "main"), ("add", "."), ("commit", "-q", "-m", "First")
    for command in (*commands, ("tag", "v0.1.0")):
        subprocess.run(["git", "-C", str(root), *name, *command], check=True, timeout=60)


class TestDiff:
    def test_nothing(self, root: Path) -> None:
        result = anchors(root, "diff")
        assert (result.exit_code, result.stdout) == (0, "Nothing has happened to the anchors.\n")

    def test_working_tree(self, root: Path) -> None:
        edit(root, "(p3)=", "(p9)=")
        result = anchors(root, "diff")
        assert result.exit_code == 1
        assert "p3 lost; the words stand under p9" in result.stdout

    def test_json(self, root: Path) -> None:
        edit(root, "evening", "morning")
        (row,) = json.loads(anchors(root, "diff", "--format", "json").stdout)
        assert (row["id"], row["event"], row["path"]) == ("p1", "changed", "docs/text/one.md")
        assert SMALL_CHANGE <= row["kept"] < 1

    def test_since_a_tag(self, root: Path) -> None:
        committed(root)
        edit(root, "(p1)=", "(p5)=\nA passage that was found later.\n\n(p1)=")
        anchors(root, "lock")
        assert anchors(root, "diff").stdout == "Nothing has happened to the anchors.\n"
        assert "p5 added" in anchors(root, "diff", "v0.1.0").stdout
        result = anchors(root, "diff", "v9")
        assert result.exit_code == 2
        assert "no such output and no such revision" in result.stderr

    def test_since_a_revision_with_links(self, root: Path) -> None:
        outer = root / "outer.md"
        for number, file in ((7, root / "linked.md"), (8, outer)):
            file.write_text(f"(p{number})=\nPassage {number} of a file that is linked.\n")
        (root / "docs/text/linked.md").symlink_to("../../linked.md")
        (root / "docs/text/outer.md").symlink_to(outer)  # no link into the revision
        lock = (root / "anchors.lock").read_bytes()
        (root / "anchors.lock").unlink()
        committed(root)
        (root / "anchors.lock").write_bytes(lock)
        for name in ("linked", "outer"):
            (root / f"docs/text/{name}.md").unlink()
        said = anchors(root, "diff", "v0.1.0").stdout
        assert "p7 lost" in said
        assert "p8" not in said

    def test_a_built_page(self, root: Path, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        page.write_text('<p id="p1"></p><p id="p2"></p><p class="departed" id="p3"></p>')
        result = anchors(root, "diff", str(page))
        assert result.exit_code == 1
        assert [line.split()[1] for line in result.stdout.splitlines()] == ["p3", "p4", "q1"]

    def test_what_is_no_output(self, root: Path) -> None:
        for name in ("broken.pdf", "broken.epub"):
            (root / name).write_text("not that")
            result = anchors(root, "diff", str(root / name))
            assert result.exit_code == 2
            assert name in result.stderr


WORD = st.text("abcdefghij", min_size=1, max_size=4)
WORDS = st.lists(WORD, min_size=3, max_size=200).map(" ".join)


class TestSketch:
    @given(WORDS)
    def test_a_text_keeps_all_of_itself(self, text: str) -> None:
        assert kept(sketch(text), shingles(text)) == 1.0
        assert taken(sketch(text), shingles(text)) == 1.0

    @given(WORDS, WORDS)
    def test_a_part_is_found_in_the_whole(self, first: str, second: str) -> None:
        whole = f"{first} {second}"
        assert kept(sketch(first), shingles(whole)) == 1.0

    @given(st.text(max_size=200))
    def test_any_text_has_a_digest_and_a_small_sketch(self, text: str) -> None:
        assert len(digest(text)) in (0, 16)
        assert len(sketch(text)) <= 256

    def test_shares_of_long_texts_are_near_the_truth(self) -> None:
        draw = random.Random(7)
        words = [f"w{draw.randrange(5000)}" for _ in range(2000)]
        for tenths in (2, 4, 6, 8):
            there = words[: 200 * tenths] + [f"x{draw.randrange(5000)}" for _ in range(500)]
            found = kept(sketch(" ".join(words)), shingles(" ".join(there)))
            assert found == pytest.approx(tenths / 10, abs=0.2)

    def test_marks_case_and_punctuation_do_not_count(self) -> None:
        assert digest("Grüße, *Élan*!") == digest("grusse elan")

    def test_other_scripts_count(self) -> None:
        assert digest("Глава первая") != digest("Глава вторая")

    def test_thresholds_are_in_order(self) -> None:
        assert 0 < OTHER_TEXT < SMALL_CHANGE < 1


NAMES = st.text("pq0123456789-", min_size=1, max_size=6)
PLAIN = st.text(st.characters(codec="utf-8"), max_size=20)


@given(
    st.lists(
        st.builds(
            LockedAnchor,
            id=NAMES,
            kind=st.sampled_from([str(kind) for kind in AnchorKind]),
            file=PLAIN.filter(bool),
            label=PLAIN.filter(bool),
            status=st.sampled_from(AnchorStatus),
            since=PLAIN,
            reason=PLAIN,
            aliases=st.lists(NAMES).map(tuple),
            successors=st.lists(NAMES).map(tuple),
            kept=st.floats(0, 1),
            digest=PLAIN,
            sketch=PLAIN.map(sketch),
        ),
        unique_by=lambda anchor: anchor.id,
    )
)
def test_what_is_written_is_read_again(entries: list[LockedAnchor]) -> None:
    text = write_lock(entries)
    lock = read_lock(text)
    assert lock.problems == ()
    assert write_lock(lock.anchors.values()) == text
