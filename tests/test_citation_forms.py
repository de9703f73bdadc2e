"""Single forms, each with the rule that it follows; the golden files have every type.

CMOS is the Chicago Manual of Style, 17th ed. (2017), MLA the MLA Handbook, 9th ed. (2021). The
forms were held against the styles that the CSL project publishes for both, and against the
examples of the packages biblatex-chicago, windycity and biblatex-mla.
"""

from __future__ import annotations

import pytest
from docutils import nodes
from sphinx.locale import translators

from edition.bibliography.markup import Rich, rich
from edition.bibliography.record import Record
from edition.sphinx.citations import chicago
from edition.sphinx.citations.doctree import as_nodes
from edition.sphinx.citations.library import sort_key
from edition.sphinx.citations.styles import entry
from edition.sphinx.translation import _read_catalogue
from test_citation_styles import cited, library, one, shown

LETTER = """@letter{a, author={Hart, Mary}, title={To John Reed}, origdate={1831-05-06},
    booktitle={Letters of the Bar}, editor={Dove, Ann}, location={Leeds}, publisher={Mill},
    date={1902}, pages={12--13}}"""
KEPT = """@letter{a, author={Hart, Mary}, title={Letter to John Reed}, date={1831-05-06},
    library={Hull Archive}, shelfmark={Box 3}}"""
ART = """@artwork{a, author={Paint, P.}, title={Storm}, date={1931}, howpublished={oil on canvas},
    institution={Museum of Hull}}"""
FILM = """@movie{a, editor={Reel, R.}, editortype={director}, title={Crumbs}, location={Hull},
    publisher={Mill}, date={2006}, origdate={1994}, howpublished={DVD}}"""
STANDARD = """@standard{a, author={{Rope Body}}, title={References}, number={Z39.29-2005},
    location={Hull}, publisher={RB}, date={2010}}"""
REVIEW = """@article{a, author={Kamp, D.}, title={Dinner}, journaltitle={Tide}, date={2006-04-23},
    related={b}, relatedtype={reviewof}} @book{b, author={Hart, Mary}, title={One}, date={1904}}"""
UNTITLED_REVIEW = REVIEW.replace(" title={Dinner},", "")
SPECIAL = """@article{a, editor={Dove, Ann}, issuetitle={Foam}, journaltitle={Shore}, volume={18},
    number={4}, date={1992}}"""
SET = """@mvbook{a, author={Hart, M.}, title={Works}, volumes={3}, date={1901/1914},
    publisher={Mill}, location={Hull}}"""
REPRINT = """@book{a, author={Hart, M.}, title={Log}, origtitle={Le journal}, origdate={1895},
    origlocation={Paris}, origpublisher={Quai}, date={1999}, publisher={Mill}, location={Hull}}"""
IN_EDITION = """@incollection{a, author={Hart, M.}, title={Bulls}, booktitle={Beasts},
    editor={Dove, A.}, edition={2nd edition}, pages={3--9}, date={1999}, publisher={Mill}}"""
PAPER = """@unpublished{a, author={Hart, M.}, title={Early}, eventtitle={Meeting}, venue={Hull},
    eventdate={2005-03-02}, date={2005}, type={paper}}"""
OLD = "@book{a, author={Hart, M.}, title={Talks}, location={London}, date={1875}}"


@pytest.mark.parametrize(
    ("text", "style", "printed"),
    [
        # CMOS 14.111: a letter in a collection has no marks, and its own date.
        (LETTER, "notes", "Hart, Mary. To John Reed, May 6, 1831. In *Letters of the Bar*, edited "
         "by Ann Dove, 12–13. Leeds: Mill, 1902."),
        (LETTER, "note", "Mary Hart to John Reed, May 6, 1831, in *Letters of the Bar*, ed. Ann "
         "Dove (Leeds: Mill, 1902), 12"),
        # CMOS 14.222 and 14.229: a letter that is kept.
        (KEPT, "note", "Mary Hart, letter to John Reed, May 6, 1831, Box 3, Hull Archive, 12"),
        (KEPT, "mla", "Hart, Mary. Letter to John Reed. 6 May 1831, Box 3, Hull Archive."),
        # CMOS 14.235 and MLA 5.37: date, medium, museum; the medium last.
        (ART, "notes", "Paint, P. *Storm*. 1931. Oil on canvas. Museum of Hull."),
        (ART, "mla", "Paint, P. *Storm*. 1931, Museum of Hull. Oil on canvas."),
        # CMOS 14.265: a film's director, and both its years.
        (FILM, "note", "*Crumbs*, directed by R. Reel, DVD (1994; Hull: Mill, 2006), 12"),
        (FILM, "notes",
         "Reel, R., dir. *Crumbs*. DVD. Hull: Mill, 2006. Originally published 1994."),
        (FILM, "mla", "*Crumbs*. 1994. Directed by R. Reel, Mill, 2006. DVD."),
        # CMOS 14.259.
        (STANDARD, "notes", "Rope Body. *References*. Z39.29-2005. Hull: RB, 2010."),
        # CMOS 14.201 and 14.202; MLA 5.29.
        (REVIEW, "notes",
         "Kamp, D. “Dinner.” Review of *One*, by Mary Hart. *Tide*, April 23, 2006."),
        (UNTITLED_REVIEW, "note",
         "D. Kamp, review of *One*, by Mary Hart, *Tide*, April 23, 2006, 12"),
        (UNTITLED_REVIEW, "mla", "Kamp, D. Review of *One*, by Mary Hart. *Tide*, 23 Apr. 2006."),
        # CMOS 14.178: an issue as a whole.
        (SPECIAL, "mla",
         "Dove, Ann, editor. *Foam*. Special issue of *Shore*, vol. 18, no. 4, 1992."),
        # CMOS 14.117, 14.118: how many volumes where the whole is meant; MLA 5.108: last.
        (SET, "notes", "Hart, M. *Works*. 3 vols. Hull: Mill, 1901–14."),
        (SET, "note", "M. Hart, *Works* (Hull: Mill, 1901–14), 12"),
        (SET, "mla", "Hart, M. *Works*. Mill, 1901–14. 3 vols."),
        # CMOS 14.99: the original of a translation follows.
        (REPRINT, "notes", "Hart, M. *Log*. Hull: Mill, 1999. Originally published as *Le journal* "
         "(Paris: Quai, 1895)."),
        # CMOS 14.100: editor, then edition.
        (IN_EDITION, "notes", "Hart, M. “Bulls.” In *Beasts*, edited by A. Dove, 2nd ed., 3–9. "
         "Mill, 1999."),
        # CMOS 14.217: a paper, by the day on which it was read.
        (PAPER, "notes", "Hart, M. “Early.” Paper, Meeting, Hull, March 2, 2005."),
        # MLA 5.62: before 1900 the city stands for the publisher.
        (OLD, "mla", "Hart, M. *Talks*. London, 1875."),
    ],
)  # fmt: skip
def test_a_form(text: str, style: str, printed: str) -> None:
    if style == "note":
        works = library(text)
        assert cited(works, next(iter(works.all())), "notes") == printed
    else:
        assert one(text, style) == printed


@pytest.mark.parametrize(
    ("fields", "printed", "later"),
    [
        ("authortype={anon},", "[Hart, Mary].", "[Hart], *Log*, 12"),  # CMOS 14.79
        ("authortype={anon?},", "[Hart, Mary?].", "[Hart?], *Log*, 12"),
        ("nameaddon={pseud.},", "Hart, Mary [pseud.].", "Hart, *Log*, 12"),  # CMOS 14.80
    ],
)
def test_an_attributed_work_and_a_pseudonym(fields: str, printed: str, later: str) -> None:
    works = library(f"@book{{a, author={{Hart, Mary}}, {fields} title={{Log}}, date={{1800}}}}")
    record = next(iter(works.all()))
    assert shown(entry("notes", works, record)) == f"{printed} *Log*. 1800."
    assert cited(works, record, "notes", "later") == later


def test_people_of_one_family_name_are_told_apart() -> None:
    """CMOS 15.22 and 14.32, MLA 6.7: by initials, by the given name where these are the same."""
    works = library(
        "@book{a, author={Hart, Mary}, title={A}, date={1904}}"
        "@book{b, author={Hart, John}, title={B}, date={1904}}"
        "@book{c, author={Hart, James}, title={C}, date={1905}}"
        "@book{d, author={Reed, A. B.}, title={D}, date={1905}}"
        "@book{e, author={Reed, Ann B.}, title={E}, date={1905}}"
        "@book{f, author={Dove, D. and Gull, G. and Knot, K. and Hart, Z.}, title={F}, date={1906}}"
    )
    forms = {record.key: cited(works, record, "author-date") for record in works.all()}
    assert forms == {
        "a": "M. Hart 1904, 12",
        "b": "John Hart 1904, 12",
        "c": "James Hart 1905, 12",
        "d": "Reed 1905a, 12",
        "e": "Reed 1905b, 12",
        "f": "Dove et al. 1906, 12",
    }
    first = next(iter(works.all()))
    assert cited(works, first, "notes", "later") == "M. Hart, *A*, 12"
    assert cited(works, first, "mla") == "M. Hart 12"
    assert cited(works, first, "short-title") == "Hart, *A*, p. 12"
    assert shown(entry("author-date", works, first)).startswith("Hart, Mary. 1904")


def order(text: str, *, by_year: bool = False) -> str:
    records = library(text).all()
    return " ".join(r.key for r in sorted(records, key=lambda r: sort_key(r, by_year=by_year)))


def test_the_order_of_the_alphabet() -> None:
    """CMOS 14.65 and 16.41: without articles; letters with a stroke stand with plain ones."""
    works = (
        "@book{z, author={Zorn, A.}, title={T}} @book{o, author={Øst, B.}, title={T}}"
        "@book{p, author={Park, B.}, title={T}} @manual{b, organization={The Board}, title={Z}}"
        "@book{f, title={Der Fluss}, langid={german}, key={f}} @book{l, author={Łódź, C.}}"
        "@book{n, title={1984}, key={n}} @book{h, author={Толстой, Л.}, title={T}}"
        "@book{d, author={de la Cruz, J.}, title={T}} @book{k, title={A Kite}, key={k}}"
    )
    assert order(works) == "n b d f k l o p z h"


def test_works_of_one_author_are_in_the_order_of_their_titles_or_years() -> None:
    """CMOS 14.71 and 15.18."""
    works = "@book{a, author={H, M}, title={A}, date=1999}"
    works += "@book{b, author={H, M}, title={B}, date=1901}"
    assert order(works) == "a b"
    assert order(works, by_year=True) == "b a"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Pilots' Log", "Pilots’ Log"),
        ("'Sea' and 'land'", "‘Sea’ and ‘land’"),
        ("the '90s", "the ’90s"),
        ('9 × 13" of "sea"', '9 × 13" of “sea”'),
    ],
)
def test_straight_marks_are_set_as_latex_sets_them(typed: str, printed: str) -> None:
    assert "".join(node.astext() for node in as_nodes(rich(typed))) == printed
    assert all(isinstance(node, nodes.Text) for node in as_nodes(rich(typed)))


def test_the_edition_is_abbreviated() -> None:
    for typed, printed in (
        ("Second edition", "2nd ed."),
        ("2nd edition", "2nd ed."),
        ("Revised", "Rev. ed."),
        ("Revised and enlarged edition", "Rev. and enl. ed."),
    ):
        text = f"@book{{a, title={{T}}, publisher={{P}}, date=1900, edition={{{typed}}}}}"
        assert one(text) == f"*T*. {printed} P, 1900."


def test_what_several_numbers_and_labelled_ones_look_like() -> None:
    text = "@article{a, title={T}, journaltitle={J}, volume=2, number={3-4}, date={2001-04-05}}"
    assert one(text) == "“T.” *J* 2, nos. 3–4 (April 2001)."  # CMOS 14.171
    assert one(text, "mla") == "“T.” *J*, vol. 2, nos. 3–4, 5 Apr. 2001."
    assert (
        one("@book{a, title={T}, series={R}, number={Bd. 6}, date=2001}") == "*T*. R, Bd. 6. 2001."
    )


def test_foreign_titles_have_the_inner_marks_of_the_edition(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever the language of a title, what it quotes stands within our marks; so in notes."""
    article = "@article{a, author={A, B}, title={Lire ``Proust''}, journaltitle={Flut}, "
    article += "date={2001-21}, volume=3, langid={french}}"
    book = """@book{a, author={Homer}, title={Ilias: Epos}, editor={Roe, J.}, location={Hull},
        publisher={Mill}, date={1999}}"""
    for language, quoted, noted in (
        ("de", "„Lire ‚Proust‘“", "Ilias: Epos, hrsg. von J. Roe (Hull: Mill, 1999), 12"),
        ("fr", "« Lire “Proust” »", "Ilias : Epos, édité par J. Roe (Hull : Mill, 1999), 12"),
    ):
        monkeypatch.setitem(translators, ("general", "edition"), _read_catalogue(language))
        assert quoted in printed(entry("notes", library(article), first(article)))
        assert noted in printed(chicago.note(first(book), "p. 12"))
        assert "spring" not in printed(entry("mla", library(article), first(article)))


def first(text: str) -> Record:
    return next(iter(library(text).all()))


def printed(value: Rich) -> str:
    return "".join(node.astext() for node in as_nodes(value)).replace("\xa0", " ")


def test_names_and_titles_are_printed_as_they_are_meant() -> None:
    text = "@article{a, author={A, B}, title={Tides of the northern harbours.}, journal={eLife}, "
    text += "volume=3, number=01, year=1999, organization={Hull Hospital}}"
    assert one(text) == "A, B. “Tides of the northern harbours.” *eLife* 3, no. 1 (1999)."
    assert one(text, "mla") == (
        "A, B. “Tides of the northern harbours.” *eLife*, vol. 3, no. 1, 1999."
    )
    works = library(text)
    assert "harbours,” *eLife*" in cited(works, next(iter(works.all())), "notes")
    works = library("@article{a, title={Quaint, Adj.}, journal={J}, year=1999}")
    assert "“Quaint, Adj.,” *J*" in cited(works, next(iter(works.all())), "notes")


def test_citations_keep_their_order_beside_the_other_direction() -> None:
    def typed(text: str, *, from_right: bool) -> str:
        found = as_nodes(rich(*text.split("|")), from_right=from_right)
        return "".join(node.astext() for node in found)

    entry = "Hart, Mary. Tides. Leeds: Quay, 1931."
    assert typed(entry, from_right=False) == entry
    assert typed(entry, from_right=True) == f"\u2068{entry}\u2069"
    assert (
        typed("Hart, Tides (1931), ص 3", from_right=True) == "\u2068Hart, Tides (1931)\u2069, ص 3"
    )
    other = "عباس, هناء. كتاب. القاهرة: دار, 1999."
    assert typed(other, from_right=True) == other
    marked = "عباس,\u200e هناء.\u200e كتاب.\u200e القاهرة:\u200e دار,\u200e 1999."
    assert typed(other, from_right=False) == marked
    assert typed("عباس. |كتاب|. Cairo: Nile.", from_right=False) == (
        "عباس.\u200e كتاب.\u200e Cairo: Nile."
    )
