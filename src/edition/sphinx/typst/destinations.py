"""Named destinations and the last of the metadata, put into the PDF that Typst made.

Typst names destinations for headings only. A reader's `edition.pdf#p12` needs one for
every anchor: PDF 1.7 (ISO 32000-1), 12.3.2.3 "Named destinations" and 7.9.6 "Name trees".
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from edition.project.atomic import replacing
from edition.sphinx.typst.bookmarks import Bookmark, add_bookmarks

# A destination is the top edge of the window: one line above the anchor's own place,
# which Typst gives as the baseline of the text.
HEADROOM = 14.0


def finish(
    document: bytes,
    places: Iterable[tuple[str, int, float]],
    metadata: Mapping[str, str | list[str]],
    target: Path,
    passages: Iterable[tuple[str, str, str]] = (),
) -> None:
    """Add destinations and XMP properties, and put the PDF where it belongs.

    `places` gives each name's page, from 1, and its distance from the top of that page in
    points. `passages` gives those that have a bookmark: their names, labels and titles.
    `metadata` gives XMP properties by qualified name (`dc:rights`). The file is
    written beside its target and moved over it, so a reader never sees half a book; the
    same input gives the same bytes.
    """
    places = list(places)
    spots = {name: (page, max(0.0, top - HEADROOM)) for name, page, top in places}
    with pikepdf.open(BytesIO(document)) as pdf:
        add_bookmarks(
            pdf,
            [Bookmark(label, title, spots[n]) for n, label, title in passages if n in spots],
        )
        pages = list(pdf.pages)  # to find one by its number takes as long as to find all
        heights = [float(page.mediabox[3]) for page in pages]
        names: list[Any] = []
        for name, page, top in sorted(places, key=lambda place: _key(place[0])):
            y = max(0.0, round(heights[page - 1] - max(0.0, top - HEADROOM), 2))
            spot = [pages[page - 1].obj, pikepdf.Name.XYZ, 0, y, 0]
            names += [pikepdf.String(_key(name)), pikepdf.Array(spot)]
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


def _key(name: str) -> bytes:
    """Return the bytes of a name: as a link's fragment gives them, UTF-8."""
    return name.encode()
