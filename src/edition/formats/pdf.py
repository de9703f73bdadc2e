"""PDF: the text of each page under its page label (ISO 32000-2, 12.4.2), not its sheet number."""

from contextlib import closing

import pypdfium2  # type: ignore[import-untyped]

from edition.formats.page_labels import printed_labels
from edition.formats.pages import Page, SourceError

_FEWEST_LETTERS = 10  # a page with fewer is a picture, a plate or a blank
_LINE_END_HYPHENS = ("\ufffe", "\2")  # how PDFium gives hyphens that it takes for a line end's


def read_pdf(data: bytes) -> list[Page]:
    """Return the pages of a PDF, without labels where the file has none."""
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            texts = [_text(document[sheet]) for sheet in range(len(document))]
            labels: list[str | None]
            labels = [document.get_page_label(sheet) or None for sheet in range(len(texts))]
    except pypdfium2.PdfiumError as error:
        if "password" in str(error):
            raise SourceError(
                "the PDF is encrypted with a password", "Give a copy that opens without one."
            ) from None
        raise SourceError(
            f"a broken PDF: {str(error).rstrip('.')}", "Repair it, or fetch it anew."
        ) from None
    if texts and all(len(text.strip()) < _FEWEST_LETTERS for text in texts):
        raise SourceError(
            f"its {len(texts)} pages hold pictures only, no text",
            "Run it through optical character recognition first.",
        )
    if labels == [str(sheet + 1) for sheet in range(len(texts))] and len(texts) > 1:
        # The sheets counted, as programs do that know no better; what is printed is better.
        labels = printed_labels(texts)
        if labels.count(None) > len(labels) // 2:
            labels = [str(sheet + 1) for sheet in range(len(texts))]
    return [Page(label, text) for label, text in zip(labels, texts, strict=True)]


def _text(page: pypdfium2.PdfPage) -> str:
    inside = page.get_textpage()
    try:
        text: str = inside.get_text_bounded()
    finally:
        inside.close()
        page.close()
    for hyphen in _LINE_END_HYPHENS:
        text = text.replace(hyphen, "-\n")
    return text.replace("\r\n", "\n")
