"""`edition verify` on sources as people have them: volumes, parts, marks, markup, chapters."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from edition.cli import main
from edition.model.quoted_words import quotation_digests
from tests_support import Write

KEEPER = "The keeper climbed the winding stair and trimmed the great lamp."
ROPE = "Every rope on the pier had been tied by the same pair of careful hands."
TWO_PAGES = f"[p. 12]\n{KEEPER}\n[p. 13]\nAnother page with some other words on it.\n"
BOOK = "@book{b, author={Dove, Ann}, title={Book}, year={1838}, pagetotal={xxiv, 400}}\n"
Verify = Callable[..., Result]


def quoted(words: str, cited: str, name: str = "q1") -> str:
    return f"({name})=\n> {words}\n>\n> {{cite:p}}`{cited}`\n\n"


@pytest.fixture
def verify(project: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Verify:
    """Run a command in a project with these quotations, sources and entries."""

    def run(text: str, sources: dict[str, str], *arguments: str, bib: str = BOOK) -> Result:
        root = project(
            {
                "pyproject.toml": '[tool.edition]\nsource = "docs"\nsources = "texts"\n',
                "bibliography.bib": bib,
                "docs/index.md": f"# Title\n\n{text}",
                "texts/readme.md": "",
                **{f"texts/{name}": content for name, content in sources.items()},
            }
        )
        (root / "texts" / "readme.md").unlink(missing_ok=True)
        monkeypatch.chdir(root)
        monkeypatch.setenv("XDG_CACHE_HOME", str(root / "cache"))
        return CliRunner().invoke(main, list(arguments) or ["verify"], catch_exceptions=False)

    return run


def verdict(result: Result) -> str:
    return result.stdout.splitlines()[0].split("  ", 1)[1]


class TestVolumes:
    BIB = """@collection{cw, editor={Pilot, Ada}, title={Works}, volume={3}, year={1838}}
@incollection{piece, author={Hart, Mary}, title={The Harbour}, crossref={cw}, pages={10--20}}
@incollection{other, author={Hart, Mary}, title={The Pier}, crossref={cw}, pages={1--9}}
@incollection{apart, author={Hart, Mary}, title={Apart}, booktitle={Works}, volume={3}}
@incollection{strange, author={Hart, Mary}, title={Strange}, booktitle={Works}, volume={4}}
@book{solo, author={Hart, Mary}, title={Solo}, year={1838}, volume={2}}
"""

    @pytest.mark.parametrize("cited", ["piece{p. 12}", "piece{vol. 3, p. 12}", "apart{p. 12}"])
    @pytest.mark.parametrize("file", ["cw.txt", "cw vol. 3.txt", "cw/vol-3.txt", "other.txt"])
    def test_the_file_of_a_volume_serves_its_parts(
        self, verify: Verify, cited: str, file: str
    ) -> None:
        result = verify(quoted(KEEPER, cited), {file: TWO_PAGES}, bib=self.BIB)
        assert verdict(result).startswith("verified: ")
        assert result.exit_code == 0

    def test_a_sibling_piece_is_named_where_the_work_has_no_source(self, verify: Verify) -> None:
        for words, said in ((ROPE, "no source: piece"), (KEEPER, "found, page not marked: piece")):
            sources = {"other.txt": f"It was late.\n{KEEPER}\nNobody came.\n"}
            result = verify(quoted(words, "piece{p. 12}"), sources, bib=self.BIB)
            assert verdict(result).startswith(said)
            assert ("piece itself has no source; its words are not in other.txt" in result.stdout
                    ) is (words == ROPE)  # fmt: skip

    def test_the_file_of_another_volume_serves_none(self, verify: Verify) -> None:
        result = verify(quoted(KEEPER, "strange{p. 12}"), {"cw.txt": TWO_PAGES}, bib=self.BIB)
        assert verdict(result).startswith("no source")

    @pytest.mark.parametrize(
        ("cited", "said"),
        [("solo{vol. 2, p. 12}", "verified"), ("solo{vol. 5, p. 12}", "elsewhere")],
    )
    def test_a_book_in_one_file_cited_with_its_volume(
        self, verify: Verify, cited: str, said: str
    ) -> None:
        assert said in verdict(verify(quoted(KEEPER, cited), {"solo.txt": TWO_PAGES}, bib=self.BIB))

    def test_a_volume_without_its_file_is_not_held_against_the_quotation(
        self, verify: Verify
    ) -> None:
        bib = "@book{b, author={Dove, Ann}, title={Book}, year={1838}, volumes={2}}"
        result = verify(quoted(ROPE, "b{vol. 2, p. 12}"), {"b/vol-1.txt": TWO_PAGES}, bib=bib)
        assert verdict(result).startswith("no source")
        assert "no text of volume 2" in result.stdout


class TestExtracts:
    TEXT = f"It was late.\n{KEEPER}\nNobody came.\n"

    @pytest.mark.parametrize(
        ("file", "cited", "said"),
        [
            ("b.extract.txt", "b{p. 40}", "source lacks that page"),
            ("b-pp19-21.txt", "b{p. 40}", "source lacks that page"),
            ("b p. 40.txt", "b{p. 40}", "not found"),
            ("b-pp39–41.txt", "b{p. 40}", "not found"),
            ("b.txt", "b{p. 40}", "not found"),
        ],
    )
    def test_what_lies_outside_is_not_held_against_the_quotation(
        self, verify: Verify, file: str, cited: str, said: str
    ) -> None:
        result = verify(quoted(ROPE, cited), {file: self.TEXT})
        assert verdict(result).startswith(said), result.stdout
        found = verify(quoted(KEEPER, cited), {file: self.TEXT})
        assert verdict(found).startswith("found, page not marked")

    def test_several_extracts_are_one_source(self, verify: Verify) -> None:
        files = {"b-pp19-21.txt": self.TEXT, "b-p30.txt": "Another page of quite other words.\n"}
        assert verdict(verify(quoted(ROPE, "b{p. 40}"), files)).startswith("source lacks")
        assert verdict(verify(quoted(ROPE, "b{p. 30}"), files)).startswith("not found")
        assert (
            "extracts of p. 19–21, 30" in verify(quoted(ROPE, "b{p. 30}"), files, "sources").stdout
        )

    def test_a_key_that_ends_like_an_extract_is_a_work(self, verify: Verify) -> None:
        bib = BOOK.replace("{b,", "{b-p19,")
        result = verify(quoted(ROPE, "b-p19{p. 40}"), {"b-p19.txt": self.TEXT}, bib=bib)
        assert verdict(result).startswith("not found")


class TestStandOff:
    LEMMA = ":::{{quotation}} b\n:name: q1\n:page: 12\n:opening: {}\n:closing: {}\n{}:::\n"
    LONG = (
        "The keeper climbed the winding stair and trimmed the great lamp before he lay down to"
        " sleep in the small room under the roof where the wind was never still."
    )
    SOURCE = f"[p. 12]\nIt was late. {LONG} They waited.\n[p. 13]\nNobody came.\n"

    def lemma(self, opening: str, closing: str, options: str = "") -> str:
        return self.LEMMA.format(opening, closing, options)

    def test_first_and_last_words_verify_nothing(self, verify: Verify) -> None:
        text = self.lemma("The keeper climbed the winding", "wind was never still.")
        result = verify(text, {"b.txt": self.SOURCE})
        assert verdict(result).startswith("opening and closing words found: b, p. 12")
        assert result.exit_code == 0

    @pytest.mark.parametrize("closing", ["the wind was ever still.", "the winds was never still."])
    def test_a_lemma_with_another_word_differs(self, verify: Verify, closing: str) -> None:
        text = self.lemma("The keeper climbed the winding", closing)
        assert verdict(verify(text, {"b.txt": self.SOURCE})).startswith("differs")

    def test_a_word_left_out_of_a_lemma_differs(self, verify: Verify) -> None:
        text = self.lemma("The keeper climbed winding stair", "wind was never still.")
        assert verdict(verify(text, {"b.txt": self.SOURCE})).startswith("differs")

    def test_ends_far_apart_are_not_one_quotation(self, verify: Verify) -> None:
        between = "\n".join(f"Word {n} of a long and tedious list of words." for n in range(300))
        source = f"[p. 12]\nThe keeper climbed the stair. {between}\nThe wind was never still.\n"
        text = self.lemma("The keeper climbed the stair", "wind was never still.", ":words: 20\n")
        assert not verdict(verify(text, {"b.txt": source})).startswith(("opening", "verified"))

    def test_ends_in_two_files_are_not_one_quotation(self, verify: Verify) -> None:
        sources = {
            "b/vol-1.txt": "[p. 12]\nSome words. The keeper climbed the stair again.\n",
            "b/vol-2.txt": "[p. 12]\nNobody came. The wind was never still.\n",
        }
        text = self.lemma("The keeper climbed the stair", "wind was never still.")
        assert not verdict(verify(text, sources)).startswith(("opening", "verified"))

    @pytest.mark.parametrize(
        ("opening", "closing", "options"),
        [
            ("The harbour was the", "of the sea was still.", ""),
            ("The harbour was the", "of the sea was still.", ":words: 30\n"),
            ("It was", "of the", ":words: 12\n"),
            ("The keeper climbed the winding", "and nobody was in the town.", ""),
            ("The keeper climbed winding stair", "wind was never still.", ":words: 90\n"),
        ],
    )
    def test_other_words_are_not_found(
        self, verify: Verify, opening: str, closing: str, options: str
    ) -> None:
        source = f"{self.SOURCE}The end of the day. It was the keeper of the pier.\n"
        text = self.lemma(opening, closing, options)
        assert verdict(verify(text, {"b.txt": source})).startswith("not found")

    def test_an_omission_shows_in_the_number_of_words(self, verify: Verify) -> None:
        text = self.lemma("The keeper climbed the winding", "wind was never still.", ":words: 15\n")
        result = verify(text, {"b.txt": self.SOURCE})
        assert verdict(result).startswith("differs")
        assert "30 words in the source, 15 in the quotation" in result.stdout

    @pytest.mark.parametrize(
        "source",
        [SOURCE, SOURCE.replace("lamp", "lamp[3]"), SOURCE.replace(". The keeper", ".The keeper")],
    )
    def test_a_digest_verifies_word_for_word(self, verify: Verify, source: str) -> None:
        options = f":words: 30\n:digest: {quotation_digests(self.LONG)}\n"
        text = self.lemma("The keeper climbed the winding", "wind was never still.", options)
        assert verdict(verify(text, {"b.txt": source})).startswith("verified: b, p. 12")

    @pytest.mark.parametrize(("word", "said"), [("great", "verified"), ("gray", "differs")])
    def test_a_digest_of_parts_between_ellipses(self, verify: Verify, word: str, said: str) -> None:
        words = f"The keeper climbed … trimmed the {word} lamp […] the wind was never still."
        options = f":words: 12\n:digest: {quotation_digests(words)}\n"
        text = self.lemma("The keeper climbed", "wind was never still.", options)
        assert verdict(verify(text, {"b.txt": self.SOURCE})).startswith(said)

    def test_the_command_writes_what_verifies(self, verify: Verify, tmp_path: Path) -> None:
        text = self.lemma("The keeper climbed the winding", "wind was never still.")
        (tmp_path / "words.txt").write_text(self.LONG)
        words = str(tmp_path / "words.txt")
        result = verify(text, {"b.txt": self.SOURCE}, "digest", "q1", "--words", words)
        assert (result.exit_code, result.stdout) == (0, "Written into 1 quotation.\n")
        written = (tmp_path / "docs" / "index.md").read_text()
        assert ":words: 30\n:digest: " in written
        assert "stair and trimmed" not in written
        result = CliRunner().invoke(main, ["verify"])
        assert verdict(result).startswith("verified: b, p. 12")

    @pytest.mark.parametrize(
        "words",
        [
            f"She wrote it so. {LONG}",
            f"{LONG} I have seen it myself.",
            f"{LONG} [The lamp is meant.]",
            f"{LONG[:-1]} [sic] … as I said.",
        ],
    )
    def test_the_command_takes_the_words_between_the_ends(
        self, verify: Verify, tmp_path: Path, words: str
    ) -> None:
        text = self.lemma("The keeper climbed the winding", "wind was never still.")
        (tmp_path / "words.txt").write_text(words)
        given = str(tmp_path / "words.txt")
        result = verify(text, {"b.txt": self.SOURCE}, "digest", "q1", "--words", given)
        assert result.exit_code == 0, result.stderr
        result = CliRunner().invoke(main, ["verify"])
        assert verdict(result).startswith("verified: b, p. 12")

    @pytest.mark.parametrize("first", ["A keeper", "[A] keeper"])
    def test_the_command_takes_a_capital_in_brackets(
        self, verify: Verify, tmp_path: Path, first: str
    ) -> None:
        text = self.lemma("A keeper climbed the winding", "trimmed the lamp.")
        (tmp_path / "words.txt").write_text(
            f"{first} climbed the winding stair and trimmed the lamp."
        )
        given = str(tmp_path / "words.txt")
        source = "[p. 12]\nOnce a keeper climbed the winding stair and trimmed the lamp.\n"
        assert verify(text, {"b.txt": source}, "digest", "q1", "--words", given).exit_code == 0
        result = CliRunner().invoke(main, ["verify"])
        assert verdict(result).startswith("verified: b, p. 12")

    def test_the_command_refuses_other_words(self, verify: Verify, tmp_path: Path) -> None:
        text = self.lemma("The keeper climbed the winding", "wind was never still.")
        (tmp_path / "words.txt").write_text(ROPE)
        words = str(tmp_path / "words.txt")
        result = verify(text, {"b.txt": self.SOURCE}, "digest", "q1", "--words", words)
        assert result.exit_code == 1
        assert "do not begin and end" in result.stderr


class TestImported:
    ESSAY = f"""Essay on Lamps

Much has been said on lamps, and little of it by people who have kept one in the winter.

"{KEEPER}" (Dove, Book, p. 12)

That is what she says of the keeper, and there is no cause to doubt it at all, as we shall see.
"""
    BESIDE = """(p1)=
Our restatement of the first paragraph, with none of its words.

:::{quotation} b
:name: q1
:page: 12
:opening: The keeper climbed the
:closing: the great lamp.
:::

(p2)=
A second paragraph is restated here as well, in words of ours.
"""

    @pytest.mark.parametrize(
        "marked", ["As she says it: {}", "{} So much for her.", "Well, [so] {}"]
    )
    def test_words_of_the_author_within_the_marks_are_left_out(
        self, verify: Verify, tmp_path: Path, marked: str
    ) -> None:
        (tmp_path / "apparatus").mkdir()
        essay = self.ESSAY.replace(KEEPER, marked.format(KEEPER))
        (tmp_path / "essay.txt").write_text(essay)
        arguments = ("import", str(tmp_path / "essay.txt"), "--as", "T", "--fingerprints")
        result = verify(self.BESIDE, {"b.txt": f"[p. 12]\n{KEEPER}\n"}, *arguments)
        assert "written into 1 stand-off" in result.stdout
        digest = quotation_digests(KEEPER)
        assert f":words: 11\n:digest: {digest}\n" in (tmp_path / "docs/index.md").read_text()
        assert verdict(CliRunner().invoke(main, ["verify"])).startswith("verified: b, p. 12")

    def test_an_import_lets_quotations_be_verified_without_the_text(
        self, verify: Verify, tmp_path: Path
    ) -> None:
        source = {"b.txt": f"[p. 12]\nSo. {KEEPER} End.\n[p. 13]\nMore.\n"}
        (tmp_path / "apparatus").mkdir()
        (tmp_path / "essay.txt").write_text(self.ESSAY)
        arguments = ("import", str(tmp_path / "essay.txt"), "--as", "T", "--fingerprints")
        assert "written into 1 stand-off" in verify(self.BESIDE, source, *arguments).stdout
        written = (tmp_path / "docs" / "index.md").read_text()
        assert f":words: 11\n:digest: {quotation_digests(KEEPER)}\n:::" in written
        (tmp_path / "docs" / "index.md").write_text(f"# Title\n\n{self.BESIDE}")
        for stage, basis in (("with the imported text", "text"), ("with the digest", "digest")):
            shown = json.loads(CliRunner().invoke(main, ["verify", "--format", "json"]).stdout)
            (found,) = shown["quotations"]
            assert (found["verdict"], found["basis"]) == ("verified", basis), stage
            shutil.rmtree(tmp_path / "witness", ignore_errors=True)
            (tmp_path / "docs" / "index.md").write_text(written)


class TestPages:
    def test_a_source_without_marks_is_no_fault(self, verify: Verify) -> None:
        result = verify(quoted(KEEPER, "b{p. 12}"), {"b.txt": f"It was late. {KEEPER}\n"})
        assert verdict(result) == "found, page not marked: b, p. 12"
        assert result.exit_code == 0

    def test_other_words_in_a_source_without_marks_differ(self, verify: Verify) -> None:
        other = KEEPER.replace("great", "small")
        result = verify(quoted(other, "b{p. 12}"), {"b.txt": f"It was late. {KEEPER}\n"})
        assert verdict(result).startswith("differs")

    def test_a_copy_that_lacks_the_page(self, verify: Verify) -> None:
        result = verify(quoted(ROPE, "b{p. 50}"), {"b.txt": TWO_PAGES})
        assert verdict(result) == "source lacks that page: b, p. 50"
        assert "the source has p. 12–13" in result.stdout
        assert result.exit_code == 0

    def test_a_page_that_the_book_cannot_have_is_not_lacking(self, verify: Verify) -> None:
        result = verify(quoted(ROPE, "b{p. 999}"), {"b.txt": TWO_PAGES})
        assert (verdict(result), result.exit_code) == ("not found: b, p. 999", 1)

    def test_invented_words_on_a_page_that_is_there(self, verify: Verify) -> None:
        result = verify(quoted(ROPE, "b{p. 12}"), {"b.txt": TWO_PAGES})
        assert (verdict(result), result.exit_code) == ("not found: b, p. 12", 1)

    @pytest.mark.parametrize("label", ["0012", "p. 12", "[12]", "S. 12", "12."])
    def test_labels_in_other_forms(self, verify: Verify, label: str) -> None:
        source = f'<TEI><text><pb n="{label}"/><p>{KEEPER}</p><pb n="13"/><p>More.</p></text></TEI>'
        assert verdict(verify(quoted(KEEPER, "b{p. 12}"), {"b.xml": source})).startswith("verified")

    @pytest.mark.parametrize(
        ("label", "cited", "said"),
        [
            ("12r", "fol. 12r", "verified"),
            ("f. 12r", "fol. 12r", "verified"),
            ("fol. 12 verso", "fol. 12v", "verified"),
            ("12r", "fol. 12", "verified"),
            ("12", "fol. 12r", "verified"),
            ("12r", "fol. 12v", "elsewhere"),
            ("12r", "fols. 11v–12r", "verified"),
        ],
    )
    def test_folios(self, verify: Verify, label: str, cited: str, said: str) -> None:
        source = (
            f'<TEI><text><pb n="{label}"/><p>{KEEPER}</p><pb n="12v"/><p>More.</p></text></TEI>'
        )
        result = verify(quoted(KEEPER, f"b{{{cited}}}"), {"b.xml": source})
        assert verdict(result).startswith(said)

    @pytest.mark.parametrize("mark", ["<p>page 12</p>", "<center>page 12</center>", "[p. 12]"])
    def test_lines_of_a_web_page_that_are_marks(self, verify: Verify, mark: str) -> None:
        page = f"<body><p>Title</p>{mark}<p>{KEEPER}</p>{mark.replace('12', '13')}<p>More.</p>"
        assert verdict(verify(quoted(KEEPER, "b{p. 12}"), {"b.html": page})).startswith("verified")

    def test_a_reference_within_a_web_page_is_no_mark(self, verify: Verify) -> None:
        page = f"<body><p>He says so [p. 28] himself. {KEEPER}</p>"
        result = verify(quoted(KEEPER, "b{p. 12}"), {"b.html": page})
        assert verdict(result) == "found, page not marked: b, p. 12"

    def test_the_year_of_a_web_page_is_no_page(self, verify: Verify) -> None:
        pages = {
            f"b/part-{name}.html": f"<h1>Chapter {n}</h1><p>{words}</p>"
            f"<p>Last updated on 3 May {2008 + n}</p>"
            for n, (name, words) in enumerate(zip("abc", (KEEPER, ROPE, "More."), strict=True), 1)
        }
        result = verify(quoted(KEEPER, "b{p. 2009}"), pages)
        assert verdict(result) == "found, page not marked: b, p. 2009"

    def test_two_editions_are_paginated(self, verify: Verify) -> None:
        source = (
            '<TEI><text><pb ed="A" n="3"/><p>The keeper climbed the winding <pb ed="B" n="17"/>'
            'stair and trimmed the great lamp.</p><pb ed="A" n="4"/><p>More.</p></text></TEI>'
        )
        for cited in ("p. 3", "p. 17"):
            result = verify(quoted(KEEPER, f"b{{{cited}}}"), {"b.xml": source})
            assert verdict(result).startswith("verified")


class TestChapters:
    SOURCE = f"[p. 2]\nChapter 1\nNobody came.\n[p. 4]\nCHAPTER II\n{ROPE}\n"

    @pytest.mark.parametrize(
        ("cited", "said", "told"),
        [
            ("chap. 2", "found: b, chap. 2 → b, p. 4", "in chapter 2"),
            ("chap. 1", "elsewhere: b, chap. 1 → b, p. 4", "in chapter 2, not 1"),
            ("§ 3", "found: b, § 3 → b, p. 4", "“§ 3” is not a page"),
        ],
    )
    def test_locators_that_are_no_pages(
        self, verify: Verify, cited: str, said: str, told: str
    ) -> None:
        result = verify(quoted(ROPE, f"b{{{cited}}}"), {"b.txt": self.SOURCE})
        assert verdict(result) == said
        assert told in result.stdout

    def test_a_file_may_be_a_chapter(self, verify: Verify) -> None:
        sources = {"b/ch01.txt": "Nobody came.", "b/ch02.txt": f"It was late. {ROPE}"}
        result = verify(quoted(ROPE, "b{chap. 2}"), sources)
        assert verdict(result).startswith("found")
        assert "in chapter 2" in result.stdout


class TestWords:
    @pytest.mark.parametrize(
        "typed",
        [
            "The {person}`keeper <master>` climbed the *winding* stair and {sic}`trimmed`"
            " the lamp.",
            "The keeper [climbed](https://example.org/x) the **winding** stair and trimmed"
            " the {lem}`lamp <B: lantern>`.",
            "The [keeper]{.sc} climbed the winding stair and trimmed the lamp{textnote}`x <y>`.",
        ],
    )
    def test_markup_is_compared_as_its_words(self, verify: Verify, typed: str) -> None:
        source = "[p. 12]\nThe keeper climbed the winding stair and trimmed the lamp.\n"
        assert verdict(verify(quoted(typed, "b{p. 12}"), {"b.txt": source})).startswith("verified")

    @pytest.mark.parametrize(
        ("source", "quotation", "shown"),
        [
            (
                "水先人のいない港は扉の描かれた壁であると、誰もが知っていた。船は朝まで待った。",
                "水先人のいない港は窓の描かれた壁であると、誰もが知っていた。",
                "“窓” where the source has “扉”",
            ),
            (
                "ท่าเรือที่ไม่มีคนนำร่องคือกำแพงที่มีประตูวาดอยู่บนนั้น ทุกคนรู้ดี",
                "ท่าเรือที่ไม่มีคนนำร่องคือกำแพงที่มีประตูวาดอยู่บนนี้น ทุกคนรู้ดี",
                "where the source has",
            ),
        ],
    )
    def test_scripts_without_spaces_by_the_character(
        self, verify: Verify, source: str, quotation: str, shown: str
    ) -> None:
        text = {"b.txt": f"[p. 12]\n{source}\n"}
        result = verify(quoted(quotation, "b{p. 12}"), text)
        assert verdict(result).startswith("differs")
        assert shown in result.stdout
        assert len(result.stdout.splitlines()[1]) < 60
        right = source.partition("。")[0]
        assert verdict(verify(quoted(right, "b{p. 12}"), text)).startswith("verified")

    @pytest.mark.parametrize(
        "source",
        [
            f"SHE WROTE THIS.{KEEPER}They slept.",
            KEEPER.replace("stair", "stair[50]"),
            KEEPER.replace("stair ", "stair¹² "),
            KEEPER.replace("stair ", "stair [50] "),
        ],
    )
    def test_glued_words_and_numbers_of_notes(self, verify: Verify, source: str) -> None:
        text = {"b.txt": f"[p. 12]\n{source}\n[p. 13]\nMore.\n"}
        assert verdict(verify(quoted(KEEPER, "b{p. 12}"), text)) == "verified: b, p. 12"

    def test_the_cited_work_counts_though_another_has_no_notes(self, verify: Verify) -> None:
        noted = KEEPER.replace("stair", "stair[50]").replace("great", "great[51]")
        sources = {"b.txt": f"[p. 12]\n{noted}\n", "c.txt": f"[p. 3]\n{KEEPER}\n"}
        bib = f"{BOOK}@book{{c, author={{Hart, Mary}}, title={{C}}, year=1900}}\n"
        for cited in ("b{p. 12}", "b", "b{§ 3}"):
            found = verdict(verify(quoted(KEEPER, cited), sources, bib=bib))
            assert found.startswith(("verified: b", "found: b"))

    @pytest.mark.parametrize(
        "markup",
        [
            "<app><lem>winding</lem><rdg>narrow</rdg></app>",
            "<app><rdg>winding</rdg><rdg>narrow</rdg></app>",
            "<choice><sic>windign</sic><corr>winding</corr></choice>",
            "<choice><orig>wynding</orig><reg>winding</reg></choice>",
        ],
    )
    def test_apparatus_and_choices_of_tei(self, verify: Verify, markup: str) -> None:
        text = KEEPER.replace("winding", markup)
        source = f'<TEI><text><pb n="12"/><p>{text}</p></text></TEI>'
        assert verdict(verify(quoted(KEEPER, "b{p. 12}"), {"b.xml": source})).startswith("verified")

    def test_ruby_is_no_text(self, verify: Verify) -> None:
        text = KEEPER.replace("lamp", "<ruby>lamp<rp>(</rp><rt>akari</rt><rp>)</rp></ruby>")
        page = f'<p><span class="pagenum">12</span>{text}</p>'
        assert verdict(verify(quoted(KEEPER, "b{p. 12}"), {"b.html": page})).startswith("verified")


class TestFolder:
    BIB = "@book{b, author={Dove, Ann}, title={Book}, year={1838}}\n@book{c, title={C}, year=1900}"

    def rows(self, result: Result) -> list[dict[str, object]]:
        return list(json.loads(result.stdout)["sources"])

    @pytest.mark.parametrize(
        ("names", "volumes"),
        [
            (("appendix", "index", "preface-x"), [None]),
            (("ch01", "ch02", "ch10"), [None]),
            (("civil", "mild", "preface"), [None]),
            (("vol-1", "vol-2"), ["1", "2"]),
            (("Band I", "Band II"), ["1", "2"]),
            (("1", "2"), ["1", "2"]),
            (tuple(f"vol-{n}" for n in range(1, 15)), [str(n) for n in range(1, 15)]),
            (tuple(f"{n:03}" for n in range(1, 15)), [None]),
        ],
    )
    def test_what_files_are_taken_for(
        self, verify: Verify, names: tuple[str, ...], volumes: list[str | None]
    ) -> None:
        files = {f"b/{name}.txt": f"Text of {name}. Nobody knew." for name in names}
        result = verify("", files, "sources", "--format", "json")
        assert [row["volume"] for row in self.rows(result)] == volumes

    def test_more_than_twelve_volumes_that_the_bibliography_names(self, verify: Verify) -> None:
        files = {f"b/{n}.txt": f"[p. 1]\nText of {n}." for n in range(1, 15)}
        bib = "@book{b, author={Dove, Ann}, title={Book}, year={1838}, volumes={14}}"
        result = verify("", files, "sources", "--format", "json", bib=bib)
        assert [row["volume"] for row in self.rows(result)] == [str(n) for n in range(1, 15)]

    def test_a_volume_in_two_files_is_told(self, verify: Verify) -> None:
        files = {"b/vol-1.txt": TWO_PAGES, "b/vol 1.md": TWO_PAGES, "b/vol-2.txt": TWO_PAGES}
        result = verify("", files, "sources")
        assert "both are volume 1, so neither was read" in result.stderr
        assert "b vol. 2" in result.stdout

    def test_the_listing(self, verify: Verify) -> None:
        files = {"b/vol-1.txt": TWO_PAGES.replace("13", "15"), "b/vol-2.txt": "No marks."}
        result = verify(quoted(KEEPER, "c{p. 3}"), files, "sources", bib=self.BIB)
        assert "b vol. 1  b/vol-1.txt: 2 pages, 12, 15" in result.stdout
        assert "taken for volume 1, by the file’s name" in result.stdout
        assert "pages that are missing: 13–14" in result.stdout
        assert "c  no file" in result.stdout


class TestReport:
    def test_a_quotation_without_an_anchor_is_named(self, verify: Verify) -> None:
        text = f"> {KEEPER}\n>\n> {{cite:p}}`b{{p. 12}}`\n"
        result = verify(text, {"b.txt": TWO_PAGES})
        assert result.stdout.startswith(
            "docs/index.md:3:1 “The keeper climbed the winding …”  verified"
        )

    def test_a_long_difference_is_readable(self, verify: Verify) -> None:
        added = " ".join(f"and he counted {n} steps" for n in range(12))
        text = KEEPER.replace("stair", f"stair {added}")
        source = {"b.txt": f"[p. 12]\n{KEEPER} {ROPE}\n"}
        result = verify(quoted(f"{text} {ROPE}", "b{p. 12}"), source)
        assert max(map(len, result.stdout.splitlines())) < 250

    def test_listings_show_the_new_verdicts(self, verify: Verify) -> None:
        source = {"b.txt": f"It was late. {KEEPER}\n"}
        verify(quoted(KEEPER, "b{p. 12}"), source)
        rows = json.loads(
            CliRunner().invoke(main, ["list", "quotations", "--format", "json"]).stdout
        )
        assert [row["verified"] for row in rows] == ["found"]

    def test_faults_are_findings(self, verify: Verify) -> None:
        text = quoted(KEEPER.replace("great", "small"), "b{p. 12}") + quoted(
            KEEPER, "b{p. 13}", "q2"
        )
        text += quoted(KEEPER, "b{p. 12}", "q3")
        arguments = ("verify", "--format", "sarif")
        (run,) = json.loads(verify(text, {"b.txt": TWO_PAGES}, *arguments).stdout)["runs"]
        assert [found["ruleId"] for found in run["results"]] == ["V101", "V102"]
        shown = verify(text, {"b.txt": TWO_PAGES}, "verify", "--format", "github").stdout
        assert "file=docs/index.md,line=4" in shown
