"""The numbers of books and articles: ISBN and DOI, as people type them into an entry."""

import re

_LONGEST = 1000

_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ISBN_LABEL = re.compile(r"\b(?:e-?)?(I?SBN)(?:[- ]?1[03])?(?![0-9])\s*:?", re.IGNORECASE)
_LIST = re.compile(r"[;,/|]|\band\b|\bund\b|\bet\b")
_DASHES = str.maketrans({**dict.fromkeys("-‐‑‒–—−"), "Х": "X", "х": "X"})  # Cyrillic, too

# The resolver, or that of a publisher or library (doi.acm.org, doi-org.example.edu).
_DOI_PREFIX = re.compile(
    r"(?:https?://)?(?:dx\.|www\.)?doi[.-][a-z0-9.-]+/(?=10[./])|doi\s*:\s*", re.IGNORECASE
)
# The handbook sets no length for the registrant; those given have four digits or more.
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+|10/[A-Za-z0-9]{3,}")


def isbns(value: str) -> list[str]:
    """Return the ISBNs in a field, as typed, without labels and remarks such as `(pbk.)`.

    Several stand side by side, parted by a comma, a semicolon, a slash, “and” or a space.
    """
    if len(value) > _LONGEST:
        return [value]
    text = _ISBN_LABEL.sub(" ", _REMARK.sub(" ; ", value))
    return [number for part in _LIST.split(text) for number in _side_by_side(part.split())]


def _side_by_side(words: list[str]) -> list[str]:
    """Join words into numbers: parts of an ISBN may be parted by spaces, and so may two ISBNs."""
    numbers: list[str] = []
    start = 0
    for end in range(1, len(words) + 1):
        piece = " ".join(words[start:end])
        following = len(compact_isbn(words[end])) if end < len(words) else 10
        if len(compact_isbn(piece)) in (10, 13) and (following >= 10 or not isbn_fault(piece)):
            numbers.append(piece)
            start = end
    return [*numbers, " ".join(words[start:])] if start < len(words) else numbers


def compact_isbn(number: str) -> str:
    """Return an ISBN without its hyphens and spaces, its `X` a capital."""
    return "".join(number.translate(_DASHES).split()).upper()


def isbn13(number: str) -> str:
    """Return the thirteen digits of a valid ISBN, which one of ten digits has too."""
    digits = compact_isbn(number)
    if len(digits) == 13:
        return digits
    first = "978" + digits[:-1]
    return f"{first}{-_weighted(first) % 10}"


def isbn_fault(number: str) -> str:
    """Return what is wrong with one ISBN, empty for nothing (ISBN Users' Manual, 7th ed., 2017)."""
    digits = compact_isbn(number)
    if not re.fullmatch(r"[0-9]*[0-9X]", digits, re.ASCII):
        return "is not made of digits"
    # Of an ISSN (ISO 3297) and of an ISBN of ten digits the last weighs 1, the one before it 2.
    falling = sum(n * (10 if d == "X" else int(d)) for n, d in enumerate(reversed(digits), 1)) % 11
    if len(digits) == 8 and not falling:
        return "is the ISSN of a periodical, which the field `issn` is for"
    if len(digits) == 10:
        return "has a check digit that does not fit" if falling else ""
    if len(digits) != 13:
        return f"has {len(digits)} digits instead of 10 or 13"
    if digits[-1] == "X":
        return "is not made of digits"
    if digits[:3] not in ("978", "979"):
        return "does not begin with 978 or 979"
    return "has a check digit that does not fit" if _weighted(digits) % 10 else ""


def is_sbn_field(value: str) -> bool:
    """Return whether a field says that its number is an SBN, the nine digits of before 1970."""
    return any(label[1].upper() == "SBN" for label in _ISBN_LABEL.finditer(value))


def _weighted(digits: str) -> int:
    return sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits))


def bare_doi(value: str) -> str:
    """Return a DOI without LaTeX's escapes, and without the resolver or label before it."""
    text = _unescaped(value)
    prefix = _DOI_PREFIX.match(text)
    return text[prefix.end() :] if prefix else text


def has_resolver(value: str) -> bool:
    """Return whether a DOI is typed with its resolver (`https://doi.org/…`) or label (`doi:…`)."""
    return _DOI_PREFIX.match(_unescaped(value)) is not None


def is_doi(text: str) -> bool:
    """Return whether a text has the form `10.1234/suffix`, or that of a short DOI, `10/abcde`.

    Source: ISO 26324; DOI Handbook, section 2.2; shortdoi.org.
    """
    return _DOI.fullmatch(text) is not None


def _unescaped(value: str) -> str:
    text = value.replace("\\url", "").replace("$<$", "<").replace("$>$", ">")
    return re.sub(r"[\\{}]", "", text).strip()
