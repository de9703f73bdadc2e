# ruff: noqa: E501  (references are typed on one line)
"""How many references are recognised, in essays of our own in each habit of citing."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from edition.bibliography import read_bibliography
from edition.bibliography.references import (
    Context,
    Resolved,
    Resolver,
    find_in_brackets,
)
from edition.bibliography.references.notes import find_in_note
from edition.importer.document import Source
from edition.importer.importing import Imported, import_source

ESSAYS = Path(__file__).parent / "importer" / "habits"
BIBLIOGRAPHIES = Path(__file__).parent / "importer"
HABITS = {
    "dates": "author-date",
    "dates-names": "author-date",
    "dates+homer": "author-date",
    "french": "author-title",
    "german": "author-date",
    "german-names": "author-date",
    "mla": "mla",
    "mla-names": "mla",
    "mla+homer": "mla",
    "notes": "notes",
    "notes-names": "notes",
    "notes+homer": "notes",
    "russian": "author-title",
    "scan": "author-title",
    "scan-names": "author-title",
    "titles": "author-title",
    "titles+homer": "author-title",
}
RECALL, PRECISION = 0.90, 0.98


def imported(name: str, style: str = "") -> Imported:
    bibliography = "russian" if name == "russian" else "bibliography"
    bibliography = "weavers" if "-" in name else "translators" if "+" in name else bibliography
    data = (BIBLIOGRAPHIES / f"{bibliography}.bib").read_bytes()
    works = dict(read_bibliography([("bibliography.bib", data)]).works)
    text = (ESSAYS / f"{name}.txt").read_text(encoding="utf-8")
    return import_source(Source(format="text", text=text), works, style=style)


def references(found: Imported) -> list[str]:
    bound = sorted(found.found.references, key=lambda b: b.start)
    return [f"{c.key} {c.place}".strip() for b in bound for c in b.cited]


@pytest.mark.parametrize("name", HABITS)
class TestEachHabit:
    def test_recall_precision_and_keys(self, name: str) -> None:
        wanted = Counter(json.loads((ESSAYS / f"{name}.json").read_text(encoding="utf-8")))
        found = Counter(references(imported(name)))
        right = (wanted & found).total()
        assert right / wanted.total() >= RECALL, wanted - found
        assert right / found.total() >= PRECISION, found - wanted
        keys = [Counter(r.split()[0] for r in side.elements()) for side in (wanted, found)]
        assert not keys[1] - keys[0], "a wrong key"

    def test_words_are_kept_in_order(self, name: str) -> None:
        count = imported(name).words
        assert (count.read, count.differs) == (count.written, "")

    def test_the_habit_is_guessed(self, name: str) -> None:
        assert imported(name).found.style == HABITS[name]


def test_a_given_habit_is_taken() -> None:
    assert imported("mla", "author-title").found.style == "author-title"
    # Without the habit, a number alone is no page.
    assert len(references(imported("mla", "author-title"))) < len(references(imported("mla")))


def bound(text: str, bibliography: str = "bibliography") -> Imported:
    data = (BIBLIOGRAPHIES / f"{bibliography}.bib").read_bytes()
    works = dict(read_bibliography([("bibliography.bib", data)]).works)
    whole = f"On It\n\nThe coast was poor in those years, and nobody said so.\n\n{text}\n"
    return import_source(Source(format="text", text=whole), works)


class TestNothingIsGuessed:
    def test_two_works_that_fit_are_named(self) -> None:
        found = bound("“Nobody went out in that long winter” (Keel, p. 9).").found
        assert found.references == []
        assert found.missed[0].candidates == ("keel-tides", "keel-winds")

    def test_ibid_after_two_works_or_an_unknown_one(self) -> None:
        two = "It is told twice (Hart, Letters, p. 3; Ness, Wreckers and Pilots, p. 4). So it is (ibid., p. 5)."
        unknown = "It is told (Fitz, The Politics of Ports, p. 9). So it is (ibid., p. 10)."
        assert references(bound(two)) == ["hart-letters p. 3", "ness-wreckers p. 4"]
        assert references(bound(unknown)) == []

    def test_a_year_is_no_page(self) -> None:
        assert references(bound("He says so (Keel 1902, 1909).")) == ["keel-tides", "keel-winds"]
        assert (
            references(bound("It was cold (in 1902), and 40 ships (12 of them large) went.")) == []
        )

    def test_a_volume_is_not_carried_over(self) -> None:
        text = "He counted (Reed, A Log of the Bar, vol. 2, p. 380). He slept (Reed, A Log of the Bar, p. 12)."
        assert references(bound(text)) == ["reed-log vol. 2, p. 380", "reed-log p. 12"]

    def test_a_remark_is_not_lost(self) -> None:
        found = bound("He counted (Jonas Reed, A Log of the Bar, 1840 reprint, p. 380).")
        assert "{cite:p}`reed-log{p. 380}` [(1840 reprint)]{.citation-remark}" in found.text
        assert found.words.differs == ""

    def test_people_of_one_name_are_told_apart(self) -> None:
        text = "So says Robert Mills (Robert Mills 2001, 15), and E. Mills (1902a, 4) too."
        assert references(bound(text, "weavers")) == ["mills2001 p. 15", "mills1902a p. 4"]
        assert references(bound("So he says (van den Berg 101).", "weavers")) != [
            "bergson1910 p. 101"
        ]

    def test_one_work_cited_before_does_not_decide(self) -> None:
        found = bound(
            "The sea rose (Keel, The Politics of Tides, p. 4), and fell (Keel, p. 9)."
        ).found
        assert [b.text for b in found.references] == ["(Keel, The Politics of Tides, p. 4)"]
        assert found.missed[0].candidates == ("keel-tides", "keel-winds")

    def test_ibid_within_a_bracket_is_the_work_right_before(self) -> None:
        text = "He says so (Hart, Letters, p. 3; ibid., p. 4), and again (ibid., p. 5)."
        assert references(bound(text)) == [
            "hart-letters p. 3",
            "hart-letters p. 4",
            "hart-letters p. 5",
        ]

    def test_ibid_after_a_bracket_with_a_work_not_known(self) -> None:
        text = "He says so (Hart, Letters, p. 3; Fitz, The Ports, p. 4), and again (ibid., p. 5)."
        assert references(bound(text)) == ["hart-letters p. 3"]


BIOGRAPHY = """
@book{life, author={Vale, Ida}, title={Mary Hart}, year={1950}}
@book{harbour, author={Hart, Mary}, title={The Harbour}, year={1838}}
@collection{volume, editor={Hart, Mary}, title={Essays on Ports}, year={1840}}
@book{rivers, author={Hart, Mary}, title={Rivers of the North}, year={1842}, volumes={3}}
@book{other, author={Hart, Edwin}, title={Rivers of the South}, year={1899}}
@article{first, author={Ness, Jon}, title={On Rope}, year={1999}, pages={10--20}}
@article{second, author={Ness, Jon}, title={On Tar}, year={1999}, pages={30--40}}
@book{solo, author={Oster, Nils}, title={Tides}, year={2001}}
@book{trio, author={Oster, Nils and Vane, Ida and Crick, Tom}, title={Harbours and Nets}, year={2001}}
@book{alone, author={Quill, Ann}, title={Salt and Sand}, year={2004}}
"""


def noted(text: str) -> list[tuple[str, str]]:
    works = dict(read_bibliography([("bibliography.bib", BIOGRAPHY.encode())]).works)
    resolver = Resolver(works)
    found = []
    for typed in find_in_note(text, resolver):
        for part in typed.parts:
            meant = resolver.resolve(part, Context())
            found.append((typed.text, meant.key if isinstance(meant, Resolved) else ""))
    return found


class TestAnotherWorkIsNotTaken:
    @pytest.mark.parametrize(
        "typed",
        [
            "Mary Hart, Letters from the Coast, vol. 2, p. 3",  # no page of the book on her
            "Rolf Adler, Studies of Mary Hart, p. 3",
            "M. Hart, Lamps: A History of Rivers, p. 3",
            "Mary Hart, “A Quiet Bay,” in Essays on Ports (London, 1840), 12",
            "R. Hart, p. 12",
            "Ness 1999b, 25",
        ],
    )
    def test_for_a_name_or_a_word_alone(self, typed: str) -> None:
        assert {key for _, key in noted(typed)} <= {""}

    @pytest.mark.parametrize(
        ("typed", "key"),
        [
            ("Vale, Mary Hart, p. 3", "life"),
            ("Mary Hart, The Harbour, p. 3", "harbour"),
            ("E. Hart, Rivers, p. 3", "other"),
            ("Hart, Mary, ed., Essays on Ports, p. 3", "volume"),
            ("M. Hart, RN II, p. 3", ""),
            ("Mary Hart, Riv. of the North, ii. 44", "rivers"),
            ("Oster et al., p. 9", "trio"),
            ("Oster et al. 2001, 9", "trio"),
            ("Oster u. a. 2001, S. 9", "trio"),
            ("Oster and others, p. 9", "trio"),
            ("Oster, p. 9", "solo"),
            ("Quill et al., p. 9", ""),
            ("Quill et al., Salt and Sand, p. 9", "alone"),
        ],
    )
    def test_and_that_which_is_meant_is(self, typed: str, key: str) -> None:
        assert [found for _, found in noted(typed)] == [key]

    @pytest.mark.parametrize(
        "typed",
        [
            "Mary Hart, The Harbour, p. 3. Adler says otherwise on p. 50.",
            "Mary Hart, The Harbour, p. 3. In the second chapter of the thesis, p. 40, more is said.",
            "Mary Hart, The Harbour, p. 3; see above, p. 12.",
            "Mary Hart, The Harbour, p. 3. I return to this on p. 40.",
            "Mary Hart, The Harbour, p. 3. Torno su questo a p. 40.",
            "Mary Hart, The Harbour, p. 3; see also the review in The Times, 4 May 1931, p. 12.",
            "Mary Hart, The Harbour, p. 3. On trouvera plus loin, à la p. 40, la suite.",
        ],
    )
    def test_nor_the_work_before_for_a_page_of_something_else(self, typed: str) -> None:
        assert [key for _, key in noted(typed)] == ["harbour"]

    def test_a_place_that_is_not_understood_is_not_the_one_before(self) -> None:
        text = "He says so (Hart, Letters, p. 3), and again (ibid., p. xyz9)."
        assert references(bound(text)) == ["hart-letters p. 3"]


PLACED = """
@book{history, author={Vale, Ida}, title={Lanterns: A History}, year={1950}}
@book{sea, author={Ness, Jon}, title={Lanterns and the Sea}, year={1961}}
@article{rope, author={Ness, Jon}, title={On Rope and Tar}, year={1999}}
@book{harbour, author={Hart, Mary}, title={The Harbour}, year={1838}}
@book{shore, author={Берегов, П. А. and Лодкин, И. И. and Сетев, О. О.}, title={Берега}, year={2005}}
"""


def placed(text: str) -> list[tuple[str, str]]:
    works = dict(read_bibliography([("bibliography.bib", PLACED.encode())]).works)
    resolver, context, found = Resolver(works), Context(), []
    for typed in find_in_note(text, resolver):
        for part in typed.parts:
            meant = resolver.resolve(part, context)
            assert isinstance(meant, Resolved), typed
            context.add(((meant.key, meant.volume, meant.locator),))
            assert meant.volume is None
            found.append((f"{meant.key} {meant.locator or ''}".strip(), part.remark))
    return found


RUSSIAN = """
@book{lotman, author={Лотман, Юрий Михайлович}, title={Структура художественного текста}, year={1970}}
@book{tolstoy, author={Толстой, Лев Николаевич}, title={Сочинения}, volumes={22}, year={1978/1985}}
@book{tolstaya, author={Толстая, Светлана Михайловна}, title={Пространство слова}, year={2008}}
"""


class TestRussianNames:
    @pytest.mark.parametrize(
        ("typed", "key"),
        [
            ("у Ю. М. Лотмана [1970: 5]", "lotman"),
            ("Лотманом [1970: 5]", "lotman"),
            ("С. М. Толстой [2008: 5]", "tolstaya"),
            ("Толстую [2008: 5]", "tolstaya"),
            ("Толстым [1980, т. 3: 5]", "tolstoy"),
            ("Толстым [1980: 5]", ""),
            ("Лотманова [1970: 5]", ""),
        ],
    )
    def test_are_known_in_every_case(self, typed: str, key: str) -> None:
        works = dict(read_bibliography([("bibliography.bib", RUSSIAN.encode())]).works)
        resolver = Resolver(works)
        (found,) = find_in_brackets(typed)
        meant = resolver.resolve(found.parts[0], Context(before=typed[: found.start]))
        assert (meant.key if isinstance(meant, Resolved) else "") == key

    def test_are_not_replaced_by_a_citation_that_inflects_nothing(self) -> None:
        works = dict(read_bibliography([("bibliography.bib", RUSSIAN.encode())]).works)
        resolver = Resolver(works)
        assert resolver.knows_names("Лотман")
        assert not resolver.knows_names("Лотмана")


class TestThePlaceThatIsMeant:
    @pytest.mark.parametrize(
        ("typed", "place"),
        [
            ("Hart, The Harbour, Paris, 2001, II, 3, p. 69", ("harbour p. 69", "II, 3")),
            ("Hart, The Harbour, IV, 4, p. 158", ("harbour p. 158", "IV, 4")),
            ("Hart, The Harbour, 244, table 5.2", ("harbour p. 244, tbl. 5.2", "")),
            ("Hart, The Harbour, 12, 244, tables 5.2", ("harbour pp. 12, 244, tbls. 5.2", "")),
            ("Hart, The Harbour, 244, note 5", ("harbour p. 244, n. 5", "")),
            ("Hart, The Harbour, 244 n. 5", ("harbour p. 244, n. 5", "")),
            ("Hart, The Harbour, table 5.2", ("harbour", "table 5.2")),
            ("Hart, The Harbour 10 praef. 3", ("harbour 10 praef. 3", "")),
            ("Hart, The Harbour, pr. 3", ("harbour pr. 3", "")),
            ("Ness, On Rope and Tar, 1999, Sp. 686–710, hier Sp. 692", ("rope col. 692", "")),
            ("Ness, On Rope and Tar, 1999, Sp. 686–710, hier 692", ("rope col. 692", "")),
            ("Ness, On Rope and Tar, 1999, S. 686–710, hier S. 692", ("rope p. 692", "")),
            ("Ness, On Rope and Tar 117", ("rope p. 117", "")),
            ("Ness, On Rope and Tar, 273, on 4.72–5", ("rope p. 273", "on 4.72–5")),
            ("Hart, The Harbour, I, xxvi, p. 150", ("harbour p. 150", "I, xxvi")),
            ("Hart, The Harbour, III. 2. 12–14", ("harbour III. 2. 12–14", "")),
            ("Hart, The Harbour, iii. 2. 12", ("harbour iii. 2. 12", "")),
            ("Hart, The Harbour, 1. Akt, 2. Szene", ("harbour act 1, sc. 2", "")),
            ("Hart, The Harbour, A51=B75", ("harbour A51=B75", "")),
            ("Hart, The Harbour, A 51f./B 75f.", ("harbour A 51f./B 75f", "")),
            ("Hart, The Harbour, B XVI", ("harbour B XVI", "")),
            ("Hart, The Harbour, p. 24, 1. 563", ("harbour p. 24, l. 563", "")),
            ("Hart, The Harbour, nos. 12, 31–34, 77", ("harbour nos. 12, 31–34, 77", "")),
            ("Hart, The Harbour III, lect. 1, n. 340", ("harbour III, lect. 1, n. 340", "")),
            ("Hart, The Harbour 11362", ("harbour p. 11362", "")),
            ("Marcus Wray, “Introduction,” in Hart, The Harbour, p. xxiv", ("harbour p. xxiv", "")),
            ("Wray, Vorwort zu Hart, The Harbour, S. 9", ("harbour p. 9", "")),
            ("Préface à Hart, The Harbour, p. 9", ("harbour p. 9", "")),
        ],
    )
    def test_behind_a_book_or_before_a_table(self, typed: str, place: tuple[str, str]) -> None:
        assert placed(typed) == [place]

    def test_behind_a_book_of_the_work_cited_last(self) -> None:
        found = placed("Hart, The Harbour, p. 6. Ibid., IV, 4, p. 158.")
        assert found == [("harbour p. 6", ""), ("harbour p. 158", "IV, 4")]

    def test_behind_a_book_of_the_work_cited_right_before(self) -> None:
        found = placed("Hart, The Harbour, II, 12, p. 438 ; III, 2, p. 805.")
        assert found == [("harbour p. 438", "II, 12"), ("harbour p. 805", "III, 2")]

    @pytest.mark.parametrize(
        ("typed", "places"),
        [
            ("pp. 143–50, with the table at p. 147", ["harbour pp. 143–150", "harbour p. 147"]),
            ("S. 3, und das Bild auf S. 14", ["harbour p. 3", "harbour p. 14"]),
            ("p. 12, avec la carte à la p. 14", ["harbour p. 12", "harbour p. 14"]),
            ("p. 12, and my own remark on p. 14", ["harbour p. 12"]),
            ("p. 12, and Xavier on p. 14", ["harbour p. 12"]),
        ],
    )
    def test_to_which_the_words_behind_a_page_lead(self, typed: str, places: list[str]) -> None:
        assert [place for place, _ in placed(f"Hart, The Harbour, {typed}")] == places

    def test_of_two_short_forms_that_a_comma_joins(self) -> None:
        found = placed("But see Ness, “On Rope,” 160, and Hart, The Harbour, 430.")
        assert found == [("rope p. 160", ""), ("harbour p. 430", "")]


def imported_text(text: str) -> Imported:
    works = dict(read_bibliography([("bibliography.bib", PLACED.encode())]).works)
    whole = f"On It\n\nIt was so in those years, and nobody said so.\n\n{text}\n"
    return import_source(Source(format="text", text=whole), works)


CRITICS = """
@book{house, author={Hale, Thomas}, title={The Household Muse}, year={1962}}
@book{pamela, author={Richard, Samuel}, title={Pamela; or, Virtue}, year={1958}}
@book{roads, author={Corr, Ida}, title={Roads and Rumours}, year={1994}}
@book{faust, author={Goethe, Johann Wolfgang von}, title={Faust}, year={1986}}
@book{eden, author={Milton, John}, title={Paradise Lost}, shorthand={PL}, year={1971}}
@book{lear, author={Shakespeare, William}, title={King Lear}, year={1952}}
@book{plays, author={Aeschylus}, title={Oresteia: Agamemnon, Libation Bearers}, year={1922}}
@book{balzac, author={Dumas, Ann}, title={Balzac comptable}, year={1989}}
@book{peau, author={Balzac, Honoré de}, title={La Peau}, year={1976}}
"""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (
            "Hale likes her (Household Muse 83). But he holds that Pamela “is no servant at all” (84).",
            ["house p. 83", "house p. 84"],
        ),
        (
            "Corr is good on gossip (Corr 33). She draws a map (40; see also Hale 12)."
            " “Everyone arrives,” she writes, “at a place” (45).",
            ["roads p. 33", "roads p. 40", "house p. 12", "roads p. 45"],
        ),
        (
            "A lie (qtd. in Hale 7). So it goes (Adler, qtd. in Corr 77).",
            ["house p. 7", "roads p. 77"],
        ),
        (
            "Nobody asks (Corr 2). Nobody asks why (Corr 266; Hale).",
            ["roads p. 2", "roads p. 266", "house"],
        ),
        (
            "Nobody asks (Corr 2). Others doubt it (Proctor 88; Hale 160).",
            ["roads p. 2", "house p. 160"],
        ),
        ("Nobody asks (Corr 2). He says so (Goethe 1641).", ["roads p. 2", "faust p. 1641"]),
        ("Nobody asks (Corr 2). He says so (Goethe 1986).", ["roads p. 2", "faust"]),
        (
            "Shelley had it (King Lear 3.4.140). The poem has it (PL 1.84).\n\nIt is a “shape” (2.681).",
            ["lear 3.4.140", "eden 1.84", "eden 2.681"],
        ),
        (
            "Nobody asks (Corr 2). In the Agamemnon he cries (Agamemnon 1343).",
            ["roads p. 2", "plays p. 1343"],
        ),
        (
            "It is so (Hale 5). Corr (1994: 7) has it. Corr claims that Hale was no critic (9).",
            ["house p. 5", "roads p. 7", "roads p. 9"],
        ),
        (  # the work cited last, or that of the speaker
            "Corr (1994: 7) follows Hale (1962: 3). “Everyone arrives at a place,” Corr claims (ibid.: 8).",
            ["roads p. 7", "house p. 3"],
        ),
        ("It is so (Balzac comptable, Paris, PUF, 1989, p. 140).", ["balzac p. 140"]),
    ],
)
def test_the_work_that_an_essay_on_books_means(typed: str, found: list[str]) -> None:
    works = dict(read_bibliography([("bibliography.bib", CRITICS.encode())]).works)
    text = f"On It\n\nIt was so in those years, and nobody said so.\n\n{typed}\n"
    assert references(import_source(Source(format="text", text=text), works, style="mla")) == found


def test_a_book_and_chapter_are_no_pages() -> None:
    found = imported_text("It is told (Hart, The Harbour, IV, 4, p. 158).")
    assert "{cite:p}`harbour{p. 158}` [(IV, 4)]{.citation-remark}" in found.text
    assert found.words.differs == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Jon Ness thinks that nobody went out (Lanterns, p. 117).", ["sea p. 117"]),
        ("Ida Vale thinks that nobody went out (Lanterns, p. 117).", ["history p. 117"]),
        ("Everybody thinks that nobody went out (Lanterns, p. 117).", []),
        ("Nobody went out (Vale, Lanterns, p. 117).", ["history p. 117"]),
        (
            "Nobody went out (Vale, Lanterns, p. 11). It was late (Lanterns, p. 12).",
            ["history p. 11", "history p. 12"],
        ),
    ],
)
def test_a_title_cut_short_is_that_of_the_person_named(typed: str, found: list[str]) -> None:
    assert references(imported_text(typed)) == found


@pytest.mark.parametrize(
    "typed",
    ["(см. обзор в [Берегов 2005: 70])", "[Берегов и др. 2005: 70]", "(Берегов и др. 2005: 70)"],
)
def test_russian_brackets_and_others(typed: str) -> None:
    found = imported_text(f"Так было всегда {typed}, и никто не спорил.")
    assert references(found) == ["shore p. 70"]


def test_a_title_of_signs_alone_hinders_no_reference() -> None:
    data = (
        b"@book{a, author={Pilot, Ada}, title={``}}\n@book{b, author={Hart, Mary}, title={Lamps}}"
    )
    works = dict(read_bibliography([("bibliography.bib", data)]).works)
    (found,) = find_in_brackets("So it was (Hart, Lamps, p. 12).")
    resolved = Resolver(works).resolve(found.parts[0], Context())
    assert isinstance(resolved, Resolved)
    assert (resolved.key, resolved.locator) == ("b", "p. 12")


def test_a_month_is_no_author() -> None:
    text = "The lamps were out (they were lit again by June 1831, three months before the others)."
    imported = import_source(Source(format="text", text=f"Title\n\n{text}"), {})
    assert (imported.found.references, imported.found.missed) == ([], [])


@pytest.mark.parametrize("sign", "×÷")
def test_a_sign_before_a_number_is_no_word(sign: str) -> None:
    text = f"It is large (6 {sign} 9 inches; 6 {sign} 1.2), see p. 3."
    imported = import_source(Source(format="text", text=f"Title\n\n{text}"), {})
    assert imported.found.references == []
