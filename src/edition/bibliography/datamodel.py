"""The data model of BibTeX and biblatex: the types of entries, their fields, what each type needs.

Types and fields are those of Oren Patashnik, *BibTeXing* (1988, section 3), and of the
biblatex manual, sections 2.1 (entry types) and 2.2 (entry fields). Where the two disagree on
what an entry needs, the less demanding one counts, so that an entry which either would take
is complete. To the fields come those that reference managers and catalogues write, and those
in which an edition keeps its page facts.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

_SHORT = 5


def slip_of(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a name is a misspelling of; None where there is none.

    Two letters wrong, missing, too many or changed about make a slip, in a name of up to
    five letters one. The nearest name is given, of equally near ones the first of the
    alphabet.
    """
    limit = 1 if len(name) <= _SHORT else 2
    letters = frozenset(name)
    near = (
        (distance, other)
        for other in known
        # An edit changes the length by one at most, and the set of letters by two.
        if abs(len(other) - len(name)) <= limit
        and len(letters.symmetric_difference(other)) <= 2 * limit
        and 0 < (distance := edit_distance(name, other)) <= limit
    )
    return min(near, default=(0, None))[1]


def edit_distance(first: str, second: str) -> int:
    """Return how many letters to change, add, drop or swap with their neighbour make one the other.

    This is the optimal string alignment distance (Damerau 1964; Wagner and Lowrance 1975).
    """
    before: list[int] = []
    above = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        row = [i]
        for j, other in enumerate(second, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]


class Need(NamedTuple):
    """A fact that an entry must give, in one of several fields.

    `fields` are the usual ones, which messages name; any of `also` will do as well.
    """

    fields: tuple[str, ...]
    also: tuple[str, ...] = ()


# `key` and `label` are how BibTeX and biblatex say that nobody is named.
_UNNAMED = ("key", "label", "shortauthor", "organization")
_PERSONS = Need(
    ("author", "editor"),
    (*_UNNAMED, "shorteditor", "editora", "editorb", "editorc", "translator", "institution"),
)
_AUTHOR = Need(("author",), (*_UNNAMED, "bookauthor"))
# Newspapers seldom name an author, documents of an archive often have none.
_WRITER = Need(("author",), (*_AUTHOR.also, "entrysubtype"))
_HAND = Need(("author",), (*_AUTHOR.also, "howpublished", "library", "archive"))
_TITLE = Need(("title",), ("maintitle",))
_SUBJECT = Need(("title",), ("howpublished", "note", "maintitle", "booktitle"))
_BOOK_TITLE = Need(("booktitle",), ("maintitle",))
# BibTeX's @inbook names the book in `title` and the part by chapter or pages.
_WHOLE = Need(("booktitle", "chapter", "pages"), ("maintitle",))
_JOURNAL = Need(("journal", "journaltitle"), ("shortjournal", "eprint", "issuetitle", "pubstate"))
_DATE = Need(("year", "date"), ("pubstate",))
_SCHOOL = Need(("school", "institution"), ("publisher", "organization"))
_INSTITUTION = Need(("institution",), ("school", "publisher", "organization"))
_ADDRESS_ON_THE_WEB = Need(("url", "doi", "eprint"), ("howpublished", "note"))
_PUBLIC_WORD = Need(("note", "year", "date"), ("howpublished", "pubstate"))

NEEDED: Mapping[str, tuple[Need, ...]] = {
    "article": (_WRITER, _TITLE, _JOURNAL, _DATE),
    **dict.fromkeys("book mvbook collection mvcollection".split(), (_PERSONS, _TITLE, _DATE)),
    **dict.fromkeys(("inbook", "bookinbook"), (_PERSONS, _TITLE, _WHOLE, _DATE)),
    **dict.fromkeys(
        "incollection inproceedings conference".split(), (_AUTHOR, _TITLE, _BOOK_TITLE, _DATE)
    ),
    "inreference": (_TITLE, _BOOK_TITLE, _DATE),
    **dict.fromkeys("booklet manual dataset software".split(), (_TITLE,)),
    "misc": (_SUBJECT,),
    **dict.fromkeys("online electronic www".split(), (_TITLE, _ADDRESS_ON_THE_WEB)),
    **dict.fromkeys(
        "periodical proceedings mvproceedings reference mvreference".split(), (_TITLE, _DATE)
    ),
    **dict.fromkeys("thesis phdthesis mastersthesis".split(), (_AUTHOR, _TITLE, _SCHOOL, _DATE)),
    **dict.fromkeys(("report", "techreport"), (_PERSONS, _TITLE, _INSTITUTION, _DATE)),
    "unpublished": (_HAND, _TITLE, _PUBLIC_WORD),
    "patent": (_TITLE, Need(("number",)), _DATE),
}

# Types of which neither manual says what they need; the parts of software that the package
# biblatex-software has; settings that REVTeX and IEEEtran keep in the form of an entry.
_FREE_TYPES = frozenset(
    """
    suppbook suppcollection suppperiodical set xdata
    customa customb customc customd custome customf
    artwork audio bibnote commentary image jurisdiction legislation legal letter movie music
    performance review standard video
    softwaremodule softwareversion codefragment
    control ieeetranbstctl
    """.split()
)

# Types of works that are part of another: of a book, of a periodical.
PARTS = frozenset(
    """
    inbook incollection inproceedings conference inreference bookinbook suppbook
    suppcollection
    """.split()
)
PERIODICAL_PARTS = frozenset({"article", "suppperiodical"})

ENTRY_TYPES = _FREE_TYPES | frozenset(NEEDED)

_BIBTEX = """
    address annote author booktitle chapter crossref edition editor howpublished institution
    journal key month note number organization pages publisher school series title type volume
    year
    """

_BIBLATEX = """
    abstract addendum afterword annotation annotator authortype bookauthor bookpagination
    booksubtitle booktitleaddon commentator date day doi editora editorb editorc editortype
    editoratype editorbtype editorctype eid entryset entrysubtype eprint eprintclass eprinttype
    eventdate eventtitle eventtitleaddon execute file foreword gender holder ids indexsorttitle
    indextitle introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle
    issuetitleaddon iswc journalsubtitle journaltitle journaltitleaddon keywords label langid
    langidopts language library lista listb listc listd liste listf location mainsubtitle
    maintitle maintitleaddon namea nameb namec nameaddon nameatype namebtype namectype options
    origdate origlanguage origlocation origpublisher origtitle pagetotal pagination part pdf
    presort primaryclass archiveprefix pubstate related relatedoptions relatedstring relatedtype
    reprinttitle shortauthor shorteditor shorthand shorthandintro shortjournal shortseries
    shorttitle sortkey sortname sortshorthand sorttitle sortyear subtitle titleaddon translator
    url urldate usera userb userc userd usere userf venue verba verbb verbc version volumes xdata
    xref
    endday endmonth endyear eventday eventendday eventendmonth eventendyear eventmonth eventyear
    hyphenation origday origendday origendmonth origendyear origmonth origyear urlday urlendday
    urlendmonth urlendyear urlmonth urlyear yeardivision
    """

_MANAGERS = """
    abbrev_source_title access accessdate accessed accessed-date acmid added-at added-by adsabs
    adsnote adsurl affiliation ajournal annotated archive archivelocation art_number
    article-number articleno articlenumber arxiv arxivid assignee author-email author1 bibcode
    bibsource biburl biorxiv call-number callnumber cdate chaptername citation-key
    cited-references city code coden collaboration collaborator collection collections comment
    comments contents copyright country creationdate crossmark da date-added date-modified
    dateadded datemodified dayfiled description dimensions doc-delivery-number document_type
    doi-url ee eissn endnoteref entrytype filename files fjournal folder format formats
    funding-acknowledgement funding-text groups hal_id hal_version id igroup interhash
    internal-note intrahash isbn-10 isbn-13 isbn10 isbn13 issn-l issne issnp issue_date jid
    istranslation journal-iso journalabbr keyword keywords-plus lang languages lastaccessed
    lastchecked lastvisited lccn library-id libraryid lid link local-url localfile markedentry
    medium modificationdate monthfiled mrclass mrnumber mrreviewer nationality
    number-of-cited-references numpages oa oai oclc openalex orcid-numbers owner page_count
    page_end page_start papers parts pdfurl pii place pmcid pmid posted-at preprint price
    printed priority private publdate publication_stage publicationdate quality qualityassured
    ranking rating read readstatus recid references refid relevance remarks research-areas
    researcherid-numbers review reviewed revision rft rights score search serial shelf shelfmark
    signature size slaccitation source sponsor status store subject summary tag tags text
    times-cited timestamp tppubtype translation type2 uid unique-id uri urltype urn
    usage-count-last-180-days usage-count-since-2013 username username2 uuid vgwort
    web-of-science-categories web-of-science-index www yearfiled zbl zblnumber zotero
    """

_EDITIONS = "printing locators pagesource"

FIELDS = frozenset((_BIBTEX + _BIBLATEX + _MANAGERS + _EDITIONS).split())

# Fields that come numbered, or by the dozen, under one beginning.
FIELD_FAMILIES = tuple("bdsk- blog citeulike- mendeley- zotero- opt alt x- x_ _".split())

# Of the fields that a slip may have meant, those that somebody would miss.
_MEANT = frozenset((_BIBTEX + _BIBLATEX + _EDITIONS).split())
_BY_LENGTH = {
    length: [field for field in _MEANT if len(field) == length]
    for length in {len(field) for field in _MEANT}
}
_SHORTEST_SLIP = 4  # letters; in shorter names of fields nobody slips, measured on 17,000 entries
_NUMBERED = re.compile(r"(.+?)[-_]?(?:[0-9]+|(?<![a-c])[a-c])")


@lru_cache(maxsize=4096)
def misspelling(name: str) -> str | None:
    """Return the known field that a field's name is a misspelling of; None for any other name."""
    numbered = _NUMBERED.fullmatch(name)
    if name in FIELDS or name.startswith(FIELD_FAMILIES) or (numbered and numbered[1] in FIELDS):
        return None
    if len(name) < _SHORTEST_SLIP:
        return None
    lengths = range(len(name) - 2, len(name) + 3)
    # The first letter is typed right, or has changed places with the second.
    begins = (name[0], name[1::-1])
    meant = (f for n in lengths for f in _BY_LENGTH.get(n, ()) if f.startswith(begins))
    return slip_of(name, meant)
