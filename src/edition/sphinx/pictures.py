"""Pictures whose names have blanks or other letters than ASCII: docutils and MyST alter both."""

from pathlib import Path
from urllib.parse import unquote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)


def find_pictures(app: Sphinx, doctree: nodes.document) -> None:
    """Give each picture the name that its file has.

    MyST writes `%20` for a blank, and `{figure}` leaves blanks out. The words of a picture without
    a file stand in its place.
    """
    for picture in list(doctree.findall(nodes.image)):
        typed = unquote(str(picture["uri"]))
        if not typed:
            logger.warning("a picture names no file", location=picture, type="edition")
            picture.replace_self(nodes.inline("", str(picture.get("alt", ""))))
            continue
        if "://" in typed or typed.startswith("data:"):
            continue
        folder = Path(app.srcdir if typed.startswith("/") else Path(str(doctree["source"])).parent)
        file = folder / typed.removeprefix("/")
        if not file.is_file() and file.parent.is_dir():
            same = [f for f in file.parent.iterdir() if f.name.replace(" ", "") == file.name]
            typed = str(Path(typed).with_name(same[0].name)) if same else str(picture["uri"])
        picture["uri"] = typed
