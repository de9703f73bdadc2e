"""What the book says of its own accessibility, worked out from the pages that it holds.

Vocabulary: schema.org, with the values of the W3C's "Schema.org Accessibility Properties
for Discoverability Vocabulary"; which of them a book has to have: EPUB Accessibility 1.1.
"""

from collections.abc import Iterable, Iterator, Sequence

from edition.sphinx.epub.pages import Page
from edition.sphinx.translation import _

_MOVING = {"video", "audio", "script", "canvas", "iframe"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def statements(
    pages: Sequence[Page], resources: Iterable[str], *, paged: bool = False, certifier: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield pairs of a schema.org property and its value, in the order of the vocabulary.

    Conformance is claimed only where a `certifier` says so: only a person can judge that.
    """
    resources = list(resources)
    # A cover shows no more than the title page says.
    pages = [page for page in pages if "cover" not in page.types]
    elements = frozenset[str]().union(*(page.elements for page in pages))
    pictures = bool(elements & {"img", "svg"})
    described = all(page.pictures_described for page in pages)
    yield "schema:accessMode", "textual"
    if pictures:
        yield "schema:accessMode", "visual"
    yield "schema:accessModeSufficient", "textual" if described else "textual,visual"
    yield "schema:accessibilityFeature", "tableOfContents"
    yield "schema:accessibilityFeature", "readingOrder"
    if paged:
        yield "schema:accessibilityFeature", "pageBreakMarkers"
        yield "schema:accessibilityFeature", "pageNavigation"
    if elements & _HEADINGS:
        yield "schema:accessibilityFeature", "structuralNavigation"
    yield "schema:accessibilityFeature", "displayTransformability"
    if pictures and described:
        yield "schema:accessibilityFeature", "alternativeText"
    if "math" in elements:
        yield "schema:accessibilityFeature", "MathML"
    still = not elements & _MOVING and not any(name.endswith(".gif") for name in resources)
    yield "schema:accessibilityHazard", "none" if still else "unknown"
    languages = frozenset[str]().union(*(page.languages for page in pages))
    yield "schema:accessibilitySummary", _summary(pictures, described, still, languages, certifier)


def _summary(
    pictures: bool, described: bool, still: bool, languages: frozenset[str], certifier: str
) -> str:
    sentences = [_("Text that reflows and can be enlarged, with a table of contents.")]
    if len(languages) > 1:
        sentences.append(_("Phrases in other languages are marked as such."))
    if not pictures:
        sentences.append(_("There are no pictures."))
    elif described:
        sentences.append(_("Every picture has an alternative text or is decoration."))
    else:
        sentences.append(_("Some pictures have no alternative text."))
    sentences.append(
        _("Nothing moves, flashes or sounds.")
        if still
        else _("Some content may move or sound; its hazards have not been examined.")
    )
    sentences.append(
        _("Assessed against WCAG 2.2, level AA: %s.") % certifier
        if certifier
        else _("Conformance to WCAG has not been assessed.")
    )
    return " ".join(sentences)
