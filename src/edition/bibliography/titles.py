"""The stop at the end of a title."""

import re
from dataclasses import replace

from edition.bibliography.markup import Rich

# The last word of a title that ends in a stop, which PubMed and catalogues set, and abbreviations.
_LAST_WORD = re.compile(r"(?P<word>[^\s.]*[^\s.…])\.\Z")
_ABBREVIATIONS = frozenset(
    """
    adj adv al bd bros ca cf co corp dept dr ed eds esq etc fig hg hl inc jg jh jr ltd mr mrs ms
    mss no nos nr op prof pt repr rev sr st trans u univ usw vol vols
    """.split()
)


def without_stop(title: Rich) -> Rich:
    """Return a title without the stop of PubMed and catalogues; that of an abbreviation stays."""
    found = _LAST_WORD.search(title[-1].text) if title else None
    word = found["word"].lstrip("([“‘").casefold() if found else ""
    if len(word) < 2 or word in _ABBREVIATIONS:
        return title
    return (*title[:-1], replace(title[-1], text=title[-1].text[:-1]))
