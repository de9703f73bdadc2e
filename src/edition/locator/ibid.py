"""Words that stand for a work or a page named before: `ibid.`, `op. cit.`, `loc. cit.`."""

import re
from collections.abc import Iterator

_BACK = re.compile(
    r"(?<![\w.])(?:ib[ií]d(?:em)?(?![\w-])\.?|(?:op|loc|art)(?:\.\s?|\s)cit(?!\w)\.?"
    r"|ebd(?!\w)\.?|ebenda(?=\s*(?:[,.;:)\]]|S\.|\Z))|a\.\s?a\.\s?o(?!\w)\.?"
    r"|там\s+же(?=[.,]\s*(?:[слт]|гл)\.\s*\d))",  # else it is plain Russian for “there too”
    re.IGNORECASE,
)
# Without one of these, there is nothing to look for.
_SIGNS = (
    *("bid", "bíd", "BID", "cit", "CIT", "ebd", "Ebd", "benda", "a.O", "a. O", "A.O"),
    *("там", "Там"),
)
_MENTIONED = re.compile(
    r"\b(?:an?|the|each|every|any|no|such|this|that|these|those|of|word|term|abbreviation|called"
    r"|says?|write|avoid)[ \n]+[*_]*\Z",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[*_]*[,/]?\s*(?:(?:and|or|nor)\s+)?[*_]*")
_OPENING, _CLOSING = "“„«‹‘‚\"'`", "”“»›’‘\"'`"


def back_references(text: str) -> Iterator[tuple[int, int]]:
    """Yield the first and last offset of each such word that is used, in order.

    Where they are merely spoken of (“ibid.”, an *ibid.* of the first edition, ibid. and
    op. cit.), they are not used.
    """
    if not any(sign in text for sign in _SIGNS):
        return
    found = [m.span() for m in _BACK.finditer(text)]
    for i, (start, end) in enumerate(found):
        listed = (i and _BETWEEN.fullmatch(text, found[i - 1][1], start)) or (
            i + 1 < len(found) and _BETWEEN.fullmatch(text, end, found[i + 1][0])
        )
        if not (listed or _is_mentioned(text, start, end)):
            yield start, end


def _is_mentioned(text: str, start: int, end: int) -> bool:
    if start and text[start - 1] in _OPENING:
        return text[end : end + 2].lstrip(",.")[:1] in _CLOSING
    return _MENTIONED.search(text[max(start - 20, 0) : start]) is not None


def refers_back(text: str) -> bool:
    """Return True if a locator or a key holds such words."""
    return any(sign in text for sign in _SIGNS) and _BACK.search(text) is not None
