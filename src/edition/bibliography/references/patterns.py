"""The words and numbers of typed references, in the languages that they are typed in."""

import re

from roman_numerals import InvalidRomanNumeralError, RomanNumeral

_NUMBER = r"(?:\d{1,4}[a-fnrv]?|(?!ici\b)[ivxlc]{1,7})"
_AND_NEXT = r"(?:\s*(?:ff?\b\.?|sqq?\b\.?|et\s+(?:seqq?|suiv)\b\.?|и\s+сле?д?\b\.?))?"
# `30n2`, `110 n. 5`; a note behind a comma is told apart by its label.
_NOTE_OF = r"(?:\s?nn?\.?\s?\d{1,3}(?:[-–]\d{1,3})?)?"
PAGES = rf"{_NUMBER}(?:\s*[-–—]\s*{_NUMBER})?{_NOTE_OF}{_AND_NEXT}"
NOTE_TO_PAGE = (
    r"(?:,?\s*(?:nn?|[Ff]n|Anm|note|[Ff]ußnote|figs?|Abb|pl|прим)\b\.?\s*\d{1,3}(?:[-–]\d{1,3})?)"
)
LABEL = (
    r"(?:pp?\.|pp?(?=\s*\d)|[Pp]ages?(?=\s+[\divxlc])|pgs?\.|págs?\.|[SsСс]\.(?=\s*[\divxlc])"
    r"|[Сс]тр\.|Seiten?(?=\s+\d))"
)
_LIST = rf"{PAGES}(?:\s*(?:,|and|und|et|и|&|;)\s*(?!\d{{4}}\b){PAGES}(?![\w:.]))*"
LOCATOR = re.compile(rf"(?<![\w.])(?P<label>{LABEL})\s*(?P<pages>{_LIST})(?!\w)")
# `S. 689–758, hier S. 701`, `pp. 103–19 (p. 105)`: the whole, and the page that is meant.
_HERE = rf"(?:,?\s*\b(?:hier|ici|here|at|здесь):?\s+(?:{LABEL}\s*)?|\s*\((?={LABEL}))"
HERE = re.compile(rf"(?:{LABEL}\s*)?{PAGES}{_HERE}(?=(?:{LABEL}\s*)?{PAGES}(?!\w))")
AFTER_PAGE = re.compile(rf"(?:{_HERE}(?:{LABEL}\s*)?{PAGES}(?!\w)\)?)?(?:{NOTE_TO_PAGE})?")

YEAR_FORM = r"(?:1[4-9]\d\d|20\d\d)"
# Pages without a label; a letter alone is no roman number.
_NO_YEARS = rf"(?!{YEAR_FORM}(?:(?![\d–-])|\s*[–-]\s*{YEAR_FORM}(?!\d)))"
BARE_PAGES = rf"{_NO_YEARS}(?=\d|[ivxlc]{{2}})(?:{PAGES})(?!\w)"
YEAR = re.compile(rf"(?<![\d–:-])({YEAR_FORM})([a-z])?(?![\d–\w-])")
VOLUME = re.compile(
    r"(?<!\w)(?:[Vv]olume|[Vv]ols?\.?|v\.(?=\s*\d)|[Bb]and|[Bb]d\.|[Tt]ome|[Tt]om\.?|[Tt]\.(?=\s*[\dIVX])"
    r"|[Тт]\.(?=\s*[\dIVX])|[Тт]ом)\s*(\d{1,3}|[IVXLC]{1,6}|[ivxlc]{1,6})(?!\w)"
)
# A comma after the volume, or the page's own colon: `3:145`, `2: 380`.
VOLUME_PAGE = re.compile(r"(?<![\d:])(\d{1,3})\s*:\s*(?=\d{1,4}(?!\d))")
VOLUME_BARE = re.compile(r",\s*(\d{1,3}|[ivx]{1,5}|[IVX]{1,5})\s*(?=,)")
# Where in a work other than on a page, and notes to a page.
OTHER_PLACE = re.compile(
    r"(?<![\w.])(?:ch(?:ap)?s?\.|chapters?|secs?\.|§§?|figs?\.|fols?\.|cols?\.|paras?\.|ll?\.|nn?\.|bk\.|pt\."
    r"|canto|stanza|verses?)\s*[\divxlc]+(?:\s*[-–]\s*[\divxlc]+)?(?!\w)"
)
ISSUE = re.compile(r",?\s*\b(?:no|nr|Nr|H|Heft|№)\.?\s*\d+(?:[-–/]\d+)?|№\s*\d+")

REMARK = re.compile(
    r"[.,;:(\s]*(?P<remark>(?:\b[Mm]y\s+(?:emphasis|italics|translation)"
    r"|\b(?:[Ee]mphasis|[Ii]talics?)\s+(?:(?:is|are)\s+)?(?:in\s+(?:the\s+)?original|added|mine|ours|supplied|in\s+text)"
    r"|\b[Tt]ranslation\s+(?:mine|modified|amended)|\b[Oo]riginal\s+(?:emphasis|italics)"
    r"|\b[Hh]ervorhebung\s+(?:im\s+Original|hinzugefügt|von\s+mir)|\b[Mm]eine\s+(?:Hervorhebung|Übersetzung)"
    r"|\b[Tt]raduction\s+de\s+l[’']auteur|\b[Кк]урсив\s+(?:мой|наш|автора)))[.)\s]*"
)
SECOND_HAND = (
    r"(?:[Aa]s\s+)?(?:[Qq]uoted|[Cc]ited|[Qq]td\.?|[Rr]eproduced|[Rr]eprinted|[Cc]it\.)\s*(?:in|by|from|after)\b"
    r"|[Zz]it\.\s*(?:nach|n\.|in|bei)(?!\w)|[Zz]itiert\s+(?:nach|in|bei)\b"
    r"|[Cc]ité(?:e|s|es)?\s+(?:par|dans|d[’']après)|[Цц]ит\.\s*по\b:?|[Aa]pud\b"
)
PRENOTE = re.compile(
    rf"\A\s*(?P<note>{SECOND_HAND}"
    r"|(?:[Bb]ut\s+)?[Ss]ee(?:,?\s+(?:also|e\.g\.|for\s+example|especially|esp\.|further))?(?!\w)"
    r"|(?:[Bb]ut\s+)?[Cc]f\.?(?=\s)|[Cc]ontra\b|[Vv]ide\b|[Ee]t(?=\s)|[Cc]ompare\b|[Ee]\.g\.|[Ff]rom\b|[Ii]n(?=\s+[A-ZÀ-Þ])|[Vv]gl\.|[Ss]iehe(?:\s+auch)?\b|[Ss]\.\s+(?:auch|dazu)"
    r"|[Ss]owie\b|[Aa]nders\b|[Dd]agegen\b|[Ee]benso\b|[Ss]o\s+auch\b|[Ww]ie\b|[Aa]lso\b|[Aa]nd(?=\s+[A-ZÀ-Þ])|(?:[Mm]ais\s+)?[Vv]oir(?:\s+aussi)?\b|[Сс]м\.(?:\s+также)?|[Сс]р\.)[,:]?\s+"
)
QUOTING = ("quoted", "cited", "qtd", "as quoted", "as cited", "cit.", "zit", "cité", "цит", "apud")
POINTING = ("see", "but see", "cf", "compare", "e.g", "vgl", "siehe", "s.", "voir", "см", "ср")

# Scans read an I as l or 1, a d as cl.
_IBID = (
    r"(?:[IiLl1|]\s?bi(?:d|cl)(?:em)?\.?|[IiLl1|]bld\.?|[Ee]bd\.?|[Ee]benda|[Тт]ам\s+же"
    r"|[Aa]\.\s?a\.\s?O\.?)"
)
_WORK = (
    r"(?:[Oo]p\.?\s*[Cc]it\.?|[Oo]\.\s?c\.|(?:[Aa]rt|[Oo]uvr)\.\s*[Cc]it(?:ée?\b|\.?)"
    r"|[Уу]каз\.\s*соч\.?)"
)
_PLACE = r"(?:[Ll]oc\.?\s*[Cc]it\.?|[Ll]\.\s?c\.)"
_PERSON = r"(?:[Ii]dem|[Ee]adem|[Ii]d\.|[Dd]ers\.|[Dd]ies\.|[Оо]н\s+же)"
BACK = re.compile(
    rf"(?<!\w)(?:{_PERSON},?\s+(?={_IBID}|{_WORK}|{_PLACE}))?"
    rf"(?:(?P<ibid>{_IBID})|(?P<work>{_WORK})|(?P<place>{_PLACE})|(?P<person>{_PERSON}))(?!\w)"
)
QUOTED = re.compile(r"[“\"„«‘](?P<title>[^”\"“»]{2,200}?)[,.?!]?(?:[”\"“»]|’(?!\w))")
# `(wie Anm. 6)`, `(see note 4 above)`: where the work was cited first.
_NOTED = re.compile(r"\s*\([^()\d]{0,12}\b(?:Anm|Fn|nn?|note|прим)\b\.?\s*\d+[^()\d]{0,8}\)")
RESPECTIVELY = re.compile(r",?\s*\brespectively\b\.?")

_DIGITS = str.maketrans("lI|OoSBg", "11100589")
_SCANNED_PAGES = re.compile(
    r"(?<!\w)(pp?|S|с)([.,]\s?|\s)([\dlI|OoSBg]{1,4}(?:\s?[-–—]\s?[\dlI|OoSBg]{1,4})?)(?=[\s.,;:)\]]|\Z)"
)
_SCANNED_VOLUME = re.compile(r"(?<=\bvol\.\s)[\dlI|O]{1,4}(?=[,.]?\s)")
_SCANNED_YEAR = re.compile(
    r"(?<!\w)((?:[1lI|][4-9S]|2[0O])[\dlI|OoSBg]{2})(?=[a-z]?(?:[\s.,;:)\]]|\Z))"
)
_DIVIDED_PAGE = re.compile(r"(?<!\w)(p\.\s?\d{1,2})\s(\d{1,2})(?=\s*[.,;:)\]]|\s*\Z)")


def mended(text: str) -> str:
    """Return a reference with the letters that a scan made of its figures as figures again."""

    def pages(match: re.Match[str]) -> str:
        return f"{match[1]}. {_figures(match[3])}"

    text = _NOTED.sub("", re.sub(r"(?<=\w)\s+(?=[.,;:](?:\s|\Z))", "", text))
    text = _SCANNED_VOLUME.sub(_numeral, _SCANNED_PAGES.sub(pages, text))
    text = _SCANNED_YEAR.sub(lambda m: _figures(m[1]), text)
    return _DIVIDED_PAGE.sub(r"\1\2", text)


def _numeral(match: re.Match[str]) -> str:
    """Return a volume's figures, or its roman number: `Il`, `l2`."""
    return _figures(match[0]).replace("l", "I").replace("|", "I")


def _figures(typed: str) -> str:
    """Return figures for letters, if a figure is among them."""
    return typed.translate(_DIGITS) if re.search(r"\d", typed) else typed


def number_of(volume: str) -> str:
    """Return a volume's number in arabic figures."""
    if volume.isdecimal():
        return str(int(volume))
    try:
        return str(int(RomanNumeral.from_string(volume)))
    except (InvalidRomanNumeralError, ValueError):
        return volume
