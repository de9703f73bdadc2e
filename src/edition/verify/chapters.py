"""The chapters of a source, by its headings or the names of its files."""

import re

from edition.formats.page_labels import arabic
from edition.verify.corpus import Corpus

_NUMBER = r"(\d{1,3}|[ivxlc]{1,7})\b"
_WORD = r"(?:chapter|chap|ch|kapitel|kap|chapitre|cap[ií]tulo|capitolo|hoofdstuk|kapitola|глава)"
_HEADING = re.compile(rf"^[\W_]*{_WORD}\b\.?\s*{_NUMBER}", re.IGNORECASE | re.MULTILINE)
_FILE = re.compile(rf"(?:^|[^^\W\d_]|[\W_]){_WORD}[\s._-]*{_NUMBER}(?:\.\w+)?$", re.IGNORECASE)


def chapter_at(corpus: Corpus, place: int) -> str | None:
    """Return the number of the chapter at a place of the stream; None where nothing tells it."""
    page = corpus.page_at(place)
    source = corpus.spans[page].source
    offsets = corpus.offsets(page)
    inside = min(place - int(corpus.begins[page]), len(offsets) - 1)
    # Headings that look like running heads are headings here.
    before = corpus.spans[page].start + (int(offsets[inside]) if len(offsets) else 0)
    text = corpus.page(page).text[:before]
    while True:
        headings = list(_HEADING.finditer(text))
        if headings:
            return arabic(headings[-1][1])
        name = _FILE.search(corpus.page(page).file)
        if name:
            return arabic(name[1])
        page -= 1
        if page < 0 or corpus.spans[page].source != source:
            return None
        text = corpus.page(page).text
