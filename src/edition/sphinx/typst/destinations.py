"""Named destinations, links and the last of the metadata, put into the PDF that Typst made.

Typst names destinations for headings only. A reader's `edition.pdf#p12` needs one for
every anchor: PDF 1.7 (ISO 32000-1), 12.3.2.3 "Named destinations" and 7.9.6 "Name trees".
"""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from edition.project.files import replacing
from edition.sphinx.translation import _
from edition.sphinx.typst.bookmarks import Bookmark, add_bookmarks
from edition.sphinx.typst.compilation import Compiled

# A destination is the top edge of the window: one line above the anchor's own place,
# which Typst gives as the baseline of the text.
HEADROOM = 14.0
# How the template writes an address within the book; `cross-reference` says why.
_WITHIN = "within-the-book:"


def finish(
    compiled: Compiled,
    destinations: Mapping[str, str],
    metadata: Mapping[str, str | list[str]],
    target: Path,
    passages: Iterable[tuple[str, str, str]] = (),
) -> None:
    """Add destinations, links and XMP properties, and put the PDF where it belongs.

    `destinations` gives the anchor of each destination by its name, `passages` those that have
    a bookmark: their anchors, labels and titles. `metadata` gives XMP properties by qualified
    name (`dc:rights`). The file is written beside its target and moved over it, so a reader
    never sees half a book; the same input gives the same bytes.
    """
    spots = {a: (page, max(0.0, top - HEADROOM)) for a, (page, top) in compiled.places.items()}
    with pikepdf.open(BytesIO(compiled.document)) as pdf:
        add_bookmarks(pdf, [Bookmark(label, title, spots[a]) for a, label, title in passages])
        pages = list(pdf.pages)  # to find one by its number takes as long as to find all
        targets: dict[str, Any] = {}
        for anchor, (page, top) in spots.items():
            y = max(0.0, round(float(pages[page - 1].mediabox[3]) - top, 2))
            targets[anchor] = [pages[page - 1].obj, pikepdf.Name.XYZ, 0, y, 0]
        for link, address in _links(pages):
            anchor = address.removeprefix(_WITHIN)
            link.Dest = pikepdf.Array(targets[anchor])
            link.Contents = pikepdf.String(f"{_('p.')} {pages[spots[anchor][0] - 1].label}")
            del link.A
        names: list[Any] = []
        for name in sorted(destinations, key=str.encode):
            names += [pikepdf.String(name.encode()), pikepdf.Array(targets[destinations[name]])]
        if names:
            limits = [names[0], names[-2]]
            leaf = pikepdf.Dictionary(Names=pikepdf.Array(names), Limits=pikepdf.Array(limits))
            tree = pikepdf.Dictionary(Kids=pikepdf.Array([pdf.make_indirect(leaf)]))
            pdf.Root.Names = pikepdf.Dictionary(Dests=pdf.make_indirect(tree))
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            for key, words in metadata.items():
                xmp[key] = words
        with replacing(target) as beside:
            pdf.save(
                beside,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )


def _links(pages: list[pikepdf.Page]) -> Iterator[tuple[Any, str]]:
    """Yield the links that the template wrote, each with its address."""
    for page in pages:
        for annotation in page.obj.get("/Annots", []):
            action = annotation.get("/A", pikepdf.Dictionary())
            if "/URI" in action and bytes(action.URI).startswith(_WITHIN.encode()):
                yield annotation, bytes(action.URI).decode()
