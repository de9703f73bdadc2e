"""hOCR: what recognisers of characters write, as pages (the hOCR specification 1.2)."""

import re

from edition.formats.markup_events import events
from edition.formats.pages import Page, SourceError

_LABEL = re.compile(r"\blpageno\s+\"?([\w.]+)")
OCR_PAGE = re.compile(rb"""class\s*=\s*["'][^"']*\bocr_page\b""")
_LETTER = ["ocrx_cinfo"]  # each letter has an element of its own in scans of the Internet Archive
_LINES = frozenset({"ocr_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"})


def read_hocr(data: bytes, between: str = "\n") -> list[Page]:
    """Return the pages of an hOCR file; the label is `lpageno`, the printed number.

    `between` is put between two paragraphs.
    """
    pages: list[tuple[str | None, list[str]]] = []
    within: list[list[str]] = []
    for event in events(data, html=True):
        classes = event.attributes.get("class", "").split()
        if event.kind == "start":
            within.append(classes)
        elif event.kind == "end" and within:
            classes = within.pop()
        if event.kind == "start" and "ocr_page" in classes:
            found = _LABEL.search(event.attributes.get("title", ""))
            pages.append((found[1] if found else None, []))
        elif not pages:
            continue
        elif event.kind == "start" and "ocr_par" in classes:
            pages[-1][1].append("\v")
        elif event.kind == "start" and _LINES.intersection(classes):
            pages[-1][1].append("\n")
        elif event.kind == "text":
            pages[-1][1].append(re.sub(r"\s+", " ", event.value))
        elif event.kind == "end" and event.value in ("span", "p") and classes != _LETTER:
            pages[-1][1].append(" ")
    if not pages:
        raise SourceError("an hOCR file without pages", "Was it cut off?")
    texts = [
        re.sub(r"\s*\n\s*|\s*\v\s*", lambda m: between if "\v" in m[0] else "\n", "".join(text))
        for _, text in pages
    ]
    texts = [text.strip() for text in texts]
    return [Page(label, text) for (label, _), text in zip(pages, texts, strict=True)]
