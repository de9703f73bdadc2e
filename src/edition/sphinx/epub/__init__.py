"""The edition as an e-book: Sphinx's EPUB 3 builder, with a book's pages and true metadata.

`sphinx-build -b epub docs build/epub` writes `build/epub/<epub_basename>.epub`. It takes
Sphinx's own `epub_*` settings, but for these: `epub_theme`, `epub_guide`, `epub_tocdup` and
`epub_tocscope` do nothing, because the design is `theme/static/epub.css` and the tables of
contents of new and old reading systems are one, with hidden chapters too; and
`epub_css_files` adds to the design only what `html_css_files` does not name already.

A page that no e-book may hold, because of raw HTML that is no XML or a picture that is
nowhere, ends the build with an error, and the last good book stays where it is.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import ENUM
from sphinx.util.typing import ExtensionMetadata

from edition.sphinx.epub.builder import THEME, EpubBuilder

_UNKNOWN = "unknown"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder in place of Sphinx's, its theme, and its settings."""
    app.add_builder(EpubBuilder, override=True)
    app.add_html_theme(THEME, str(Path(__file__).parent / "theme"))
    app.add_config_value(
        "edition_epub_subtitle", "", "epub", str, "The line below the title of the e-book."
    )
    app.add_config_value(
        "edition_epub_exclude",
        [],
        "epub",
        (list, tuple),
        "Patterns of documents that the e-book leaves out, such as manual/**.",
    )
    app.add_config_value(
        "edition_epub_pages",
        "",
        "epub",
        str,
        "The PDF whose pages the e-book knows, from the sources' folder; none if it is not there.",
    )
    app.add_config_value(
        "edition_epub_draw_cover",
        True,
        "epub",
        bool,
        "Draw a cover where epub_cover names none.",
    )
    app.add_config_value(
        "edition_epub_serif",
        "system",
        "epub",
        ENUM("system", "embedded"),
        "The face: the reading system's own, or Libertinus Serif, which the e-book then carries.",
    )
    app.add_config_value(
        "edition_epub_certifier",
        "",
        "epub",
        str,
        "Who has assessed the e-book against WCAG 2.2, level AA, and says that it conforms.",
    )
    # Around Sphinx's own look at what EPUB 3 asks for.
    app.connect("builder-inited", _say_unknown, priority=100)
    app.connect("builder-inited", _say_nothing, priority=900)
    app.connect("build-finished", _tell_failure)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _say_unknown(app: Sphinx) -> None:
    """Name rights and version that conf.py lacks as Sphinx names a publisher that it lacks.

    Else an e-book of a small edition is lost to a warning; rule S120 tells of them before.
    """
    if app.builder.name == "epub":
        app.config.epub_copyright = app.config.epub_copyright or _UNKNOWN
        app.config.version = app.config.version or _UNKNOWN


def _say_nothing(app: Sphinx) -> None:
    """Print the word nowhere."""
    if app.config.version == _UNKNOWN:
        app.config.version = ""


def _tell_failure(app: Sphinx, _error: Exception | None) -> None:
    """Let a build that made no book end as one that failed."""
    if isinstance(app.builder, EpubBuilder) and app.builder.failed:
        app.statuscode = 1
