"""Lines that read as the caption of a picture or a table, or as the credit of a picture."""

import re

_PICTURE = re.compile(
    r"(?:fig(?:ure|\.)|photo(?:graph)?|image|illustration|plate|picture|source|credit)s?\b[\s.:]*(?:\d|by|courtesy|of|credit|:)",
    re.IGNORECASE,
)
_TABLE = re.compile(
    r"(?:table|tab\.|tabelle|tableau|tab[ae]ll?a|таблица)\s*\d+(?:[.–-]\d+)*[a-z]?\b", re.IGNORECASE
)
_CREDIT = re.compile(
    r"\bcourtesy\b|\(detail\)|©|\bphotograph(?:ed)? by\b|\bphoto(?: by|:)", re.IGNORECASE
)
_GOES_ON = re.compile(r"[.!?][”\"’»)]*\s|\([^()]*\d[^()]*\)")  # a sentence, or its reference
_MOST_WORDS = 60
_FEW_WORDS = 25


def reads_as_caption(line: str) -> bool:
    """Tell whether a short line begins as a caption does, or names who made a picture."""
    return bool(_PICTURE.match(line) or _TABLE.match(line) or _CREDIT.search(line))


def captions_table(text: str) -> bool:
    """Tell whether a block beside a table is its caption, and no sentence about it."""
    number = _TABLE.match(text)
    if number is None:
        return False
    title, words = text[number.end() :], len(text.split())
    if re.match(r"\s*(?:[.:—–-]|\n|\Z)", title):
        return words <= _MOST_WORDS
    opening = re.match(r"\s+(\w)", title)
    named = opening is not None and not opening[1].islower()
    return named and words <= _FEW_WORDS and not _GOES_ON.search(title)
