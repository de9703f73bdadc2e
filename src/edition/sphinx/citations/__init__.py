"""Citations and the bibliography as the outputs print them, in one of several styles.

sphinxcontrib-bibtex brings the roles and the `{bibliography}` directive. We give it the works
that the edition has read, so that pybtex never reads a file, and write the words of each
citation while the documents are read: so they are there wherever a text is taken up again, in
a table of contents, a bookmark, a running head, the text of a `{ref}` or a search result.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from edition.sphinx.citations import csl, domain, notes, plugins, printed, text
from edition.sphinx.citations.styles import ORDERS, STYLES


def setup(app: Sphinx) -> None:
    """Register settings, domain and transforms."""
    add_settings(app)
    plugins.register()
    app.add_domain(domain.Citations, override=True)
    app.connect("config-inited", _check, priority=90)
    app.connect("builder-inited", domain.give_works, priority=400)
    app.add_transform(notes.NotesForCitations)
    app.add_transform(text.WordsOfCitations)
    app.connect("doctree-read", text.take_notes_off_labels, priority=400)
    app.add_post_transform(printed.PrintedBibliography)
    app.connect("doctree-resolved", printed.as_lists)


def add_settings(app: Sphinx) -> None:
    """Declare what conf.py may set."""
    app.add_config_value(
        "edition_citation_style", "short-title", "env", str, "How citations are printed."
    )
    app.add_config_value("edition_ibid", False, "env", bool, "Write “ibid.” in notes.")
    app.add_config_value("edition_bibliography_order", "", "env", str, "file or alphabetical.")
    app.add_config_value(
        "edition_bibliography_groups", {}, "env", dict, "Headings, each with its keyword."
    )


def _check(app: Sphinx, config: Config) -> None:
    for name, known, more in (
        ("edition_citation_style", STYLES, ", or the name of a file that ends in .csl"),
        ("edition_bibliography_order", ORDERS, ""),
    ):
        value = config[name]
        if more and value.endswith(csl.ENDING):
            _name_style(config, Path(app.confdir) / value)
        elif value not in known:
            words = ", ".join(f'"{word}"' for word in known if word)
            raise ConfigError(f"{name} is {value!r}; it can be {words}{more}")
    groups = config.edition_bibliography_groups
    if not all(isinstance(word, str) for pair in groups.items() for word in pair):
        raise ConfigError(
            "edition_bibliography_groups gives each heading its keyword: "
            '{"Works quoted": "quoted", "Literature": ""}'
        )


def _name_style(config: Config, file: Path) -> None:
    if fault := csl.style_fault(file):
        raise ConfigError(f"edition_citation_style: {file} {fault}")
    csl.name_file(config, file)
