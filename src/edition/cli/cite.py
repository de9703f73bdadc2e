"""`edition cite`."""

from dataclasses import replace
from pathlib import Path, PurePosixPath

import click

from edition.anchors.comparison import citable_anchors, surviving_id
from edition.cite.formats import FORMATS, Cited
from edition.cite.metadata import Metadata, MetadataError, read_metadata
from edition.cite.words import cited_words
from edition.cli.options import PROJECT, open_edition, open_project, say, stop
from edition.model import Edition
from edition.project.files import read_text_file
from edition.project.layout import Project

_MINIMUM = (
    "Write one beside pyproject.toml, with cff-version: 1.2.0, message, title, version and "
    "authors (a list of family-names and given-names, or of name), and the site's url."
)


@click.command()
@click.argument("ident", metavar="ID")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="chicago", show_default=True
)
@PROJECT
def cite(ident: str, form: str, project: Path) -> None:
    """Print a citation of the passage, quotation or other anchor ID.

    Our own words in it are in the language of the edition, as conf.py has it.

    Who made the edition, its title, release and address are read from CITATION.cff.
    """
    opened = open_project(project)
    metadata = metadata_of(opened)
    language = (opened.build.language if opened.build else "").replace("_", "-")
    words = cited_words(language, metadata.date)
    metadata = replace(metadata, language=metadata.language or language, words=words)
    cited = _cited(opened, open_edition(opened), ident)
    if form == "url" and not metadata.url:
        say("edition: CITATION.cff has no url, so the address is from the site's root", err=True)
    say(FORMATS[form](metadata, cited).rstrip("\n"))


def metadata_of(project: Project) -> Metadata:
    """Return what CITATION.cff says; end the command where it cannot be read."""
    file = project.root / "CITATION.cff"
    try:
        return read_metadata(read_text_file(file))
    except FileNotFoundError:
        stop(f"no {file}, so it is not known what to cite", _MINIMUM)
    except OSError as error:
        stop(f"{file}: {error.strerror}", "Make it readable.")
    except UnicodeDecodeError:
        stop(f"{file}: not UTF-8", "Save it as UTF-8.")
    except MetadataError as error:
        stop(f"{file}: {error}", _MINIMUM)


def _cited(project: Project, edition: Edition, ident: str) -> Cited:
    locked = edition.lock.anchors if edition.lock else {}
    now = citable_anchors(edition)
    name = now.aliases.get(ident) or surviving_id(ident, locked)
    anchor = now.anchors.get(name) or next((a for a in edition.anchors if a.id == ident), None)
    if anchor is None:
        entry = locked.get(name)
        if entry is None:
            stop(f"there is no anchor “{ident}”", "`edition list anchors` has them all.")
        see = f"; see {', '.join(entry.successors)}" if entry.successors else ""
        reason = f": {entry.reason}" if entry.reason else ""
        stop(f"“{ident}” is no longer in the edition ({entry.status}{reason}){see}", "")
    inner = PurePosixPath(anchor.location.path).relative_to(project.config.source)
    page = inner.with_suffix(".html").as_posix()
    return Cited(id=anchor.id, label=anchor.id, kind=str(anchor.kind), page=page)
