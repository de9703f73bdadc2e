"""`anchors.json`: every anchor that the edition ever published, for machines and older releases."""

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from edition.anchors.comparison import citable_anchors
from edition.cite.formats import Cited, address
from edition.project.files import replace_file
from edition.sphinx.cite_card import metadata_of
from edition.sphinx.project import edition_of
from edition.sphinx.redirects import WEB, docname_of, kept_anchors


def write_anchors(app: Sphinx, error: Exception | None) -> None:
    """Write anchors.json: every anchor ever published, and where it is now."""
    if error is not None or app.builder.name not in WEB:
        return
    metadata, edition = metadata_of(app.config), edition_of(app.config)
    live = citable_anchors(edition).anchors
    rows = []
    for entry in sorted(kept_anchors(app.config).values(), key=lambda entry: entry.id):
        row: dict[str, Any] = {
            "id": entry.id,
            "kind": entry.kind,
            "label": entry.label,
            "status": str(entry.status),
            "since": entry.since,
        }
        docname = docname_of(app.config, entry.file)
        if entry.id in live and docname in app.env.found_docs:
            cited = Cited(id=entry.id, page=app.builder.get_target_uri(docname))
            row["address"] = f"{cited.page}#{entry.id}"
            if metadata.url:
                row["url"] = address(metadata, cited)
            row["opening"] = live[entry.id].opening
        for name in ("successors", "aliases"):
            if found := getattr(entry, name):
                row[name] = list(found)
        if entry.reason:
            row["reason"] = entry.reason
        rows.append(row)
    content = {
        "title": metadata.title,
        "release": metadata.release,
        "url": metadata.url,
        "anchors": rows,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    replace_file(Path(app.outdir) / "anchors.json", text.encode())
