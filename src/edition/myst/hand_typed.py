"""References that an editor typed as plain words, where a citation role belongs."""

import re
from collections.abc import Iterator

from edition.locator import LocatorError, parse, refers_back

_YEAR = r"(?:1[4-9]|20)[0-9]{2}(?![0-9])[a-z]?"
_PAGE = (
    r"(?:pp?|S|sig|fols?|vols?|Bd|bk|ch|chap|cols?|[сС]|т)\.?\s*(?:[0-9]|[ivxlc]+\b)"
    r"|(?:ss?|ff?|nn?|ll?|vv?)\.\s*[0-9]"
)
# A place in a work, a year of print with a name, or a title in italics: no mere remark.
_REFERENCE = re.compile(
    rf"(?<![\w.])(?:{_PAGE})"
    rf"|[^\W\d_a-z][\w’'.-]+,? \(?{_YEAR}|\*[^*\n]+\*.{{0,60}}?\b{_YEAR}"
    r"|\A[^\W\d_a-z][\w’'-]+,? [0-9]{1,4}(?:[–-][0-9]+)?\Z"
    r"|,\s+[0-9]{1,4}(?:[–-][0-9]+)?\.?\Z",
    re.DOTALL,
)
_MONTH = (
    r"(?:jan(?:uary|uar|vier)?|enero|gennaio|feb(?:ruary|ruar|rero|braio)?|février|mar(?:ch|s|zo)?"
    r"|märz|apr(?:il)?|avril|abril|may|mai|mayo|maggio|june?|juni|juin|junio|giugno|july?|juli"
    r"|juillet|julio|luglio|aug(?:ust)?|août|agosto|sept?(?:ember|embre|tembre)?|septiembre"
    r"|settembre|oct(?:ober|obre|ubre)?|oktober|ottobre|nov(?:ember|embre|iembre)?|dec(?:ember)?"
    r"|dezember|décembre|diciembre|dicembre|января|февраля|марта|апреля|мая|июня|июля|августа"
    r"|сентября|октября|ноября|декабря|spring|summer|autumn|fall|winter)"
)
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th|er|º|\.)?"
_DAY_OF_MONTH = rf"(?:{_DAY}(?:[–-]{_DAY})?,?\s+)?(?:(?:of|de)\s+)?{_MONTH}\.?(?:\s+{_DAY})?"
# The date of what is told, `(in May 1917)`, names no work.
_DATE = re.compile(
    rf"(?:(?:in|on|of|from|since|by|early|late|mid|the|am|im|vom|en|le|el|il|в|с)[\s-]+)*"
    rf"{_DAY_OF_MONTH}(?:\s*(?:[–—-]|to|and|bis|und|à|et)\s*{_DAY_OF_MONTH})?"
    rf",?\s*(?:de\s+)?(?:{_YEAR})?",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\((?P<inner>[^()\0\n]*(?:\n[^()\0\n]+)?)\)")
# Of an entry, not of the text at hand: “(figure 3)” and “(chapter 2)” may be this book's own.
_IN_A_WORK = frozenset(
    "act article-locator canto column folio fragment line scene stanza sub-verbo verse".split()
)
# What an edition counts itself, and a translation or gloss in marks of its own.
_NO_REFERENCE = re.compile(
    r"(?:(?:see|cf\.|vgl\.|s\.|voir|cfr\.?|véase|см\.)\s+)?(?:fig(?:ure)?s?|tab(?:le|elle|leau|ella)?s?"
    r"|abb(?:ildung)?(?:en)?|eq(?:uation)?s?|exhibit|listing|formel|figura|tabla|ilustración|рис|табл)"
    r"\b\.?\s*[0-9][\w.–-]*\Z|[‘'“„«\"‚‹]",
    re.IGNORECASE,
)
_LONGEST_PLACE = 40
_LONGEST = 400  # characters; a longer note is an argument, not a reference


def is_typed_reference(text: str) -> bool:
    """Return True if a note or parenthesis names a place in a work in plain words."""
    bare = text.strip(" .\n")
    if len(text) > _LONGEST or refers_back(text) or _DATE.fullmatch(bare):
        return False
    if _NO_REFERENCE.match(bare):
        return False
    return _REFERENCE.search(text.strip()) is not None or _is_place(text)


def _is_place(text: str) -> bool:
    """Return True if a text is a place alone that is no page: Gen. 1:3, *Il.* 1.1, § 12."""
    bare = re.sub(r"[*_]", "", text).strip(" .\n")
    if len(bare) > _LONGEST_PLACE or not re.search(r"[0-9]", bare):
        return False
    try:
        locator = parse(bare, worded=False)
    except LocatorError:
        return False
    schemes = {fault.scheme for fault in locator.faults}
    canonical = bool(schemes) and schemes.isdisjoint({"units", "date", "", "a-b"})
    return canonical or any(
        part.typed and (part.label in _IN_A_WORK or part.typed[0] == "§") for part in locator.parts
    )


# A citation of another program, of which a rule speaks.
_FOREIGN = re.compile(
    r"\[[^\[\]\n\0]{0,80}@[\w{][^\[\]\0]{0,200}\](?![({])"
    r"|\\[a-z]*cite[a-z]*\*?(?:\[[^\[\]]{0,80}\]){0,2}\{[^{}\n\0]{1,200}\}"
)


def foreign_citations(prose: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of citations in the syntax of pandoc or LaTeX."""
    if "@" in prose or "cite" in prose:
        yield from (found.span() for found in _FOREIGN.finditer(prose))


def typed_parentheses(prose: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of parentheses that hold a reference typed by hand."""
    if "(" in prose:
        for found in _PARENTHESIS.finditer(prose):
            if is_typed_reference(found["inner"]):
                yield found.span()
