"""The edition that a Sphinx build works on: loaded once a build, checked, shared by all rooms."""

import hashlib
from pathlib import Path
from typing import NoReturn
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.config import Config as SphinxConfig
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from edition.check import check_edition
from edition.loading.load import load
from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Severity
from edition.model.errors import EditionError
from edition.project.files import read_file
from edition.project.layout import Project, ProjectError, find_project

logger = logging.getLogger(__name__)

_DIGEST = "edition_bibliography_digest"

# In place of sphinxcontrib-bibtex's defaults, which print another order than `reordered-keys`
# expects, labels that no reader of an edition wants, and ids that change.
_STYLES = {
    "bibtex_default_style": ("alpha", "edition"),
    "bibtex_reference_style": ("label", "short_title"),
    "bibtex_cite_id": ("", "cite-{key}"),
}

_EVERY_LEVEL = 6

# Faults on which Sphinx, pybtex or sphinxcontrib-bibtex end with a traceback.
_BREAKING = frozenset(
    {
        "bibliography-encoding",
        "bibliography-syntax",
        "brace-in-locator",
        "duplicate-key",
        "malformed-citation",
        "unreadable-source",
    }
)

# By the build's configuration, which directives and transforms have at hand.
_projects: WeakKeyDictionary[SphinxConfig, Project] = WeakKeyDictionary()
_editions: WeakKeyDictionary[SphinxConfig, Edition] = WeakKeyDictionary()


def project_of(config: SphinxConfig) -> Project:
    """Return the project that the build belongs to."""
    return _projects[config]


def edition_of(config: SphinxConfig) -> Edition:
    """Return the edition as loaded at the build's beginning."""
    return _editions[config]


def listed_works(config: SphinxConfig) -> dict[str, None] | None:
    """Return the keys of the works that the bibliography lists, in the order of first citation.

    None means every work: a bibliography lists uncited ones, or citations stand in files that we
    do not read.
    """
    edition = edition_of(config)
    if edition.elsewhere or any(document.lists_uncited for document in edition.documents):
        return None
    return dict.fromkeys(citation.key for citation in edition.citations)


def configure(app: Sphinx, config: SphinxConfig) -> None:
    """Hand the settings of pyproject.toml to MyST and sphinxcontrib-bibtex."""
    try:
        project = find_project(Path(app.srcdir))
    except ProjectError as error:
        _stop(error)
    _projects[config] = project
    config["myst_enable_extensions"] = {
        *project.config.extensions,
        *config["myst_enable_extensions"],
    }
    if "myst_heading_anchors" not in config or not config["myst_heading_anchors"]:
        config["myst_heading_anchors"] = _EVERY_LEVEL  # links to headings of any document
    for name, (default, ours) in _STYLES.items():
        if config[name] == default:
            config[name] = ours
    config["bibtex_bibfiles"] = [str(path) for path in project.bibliography]


def load_and_check(app: Sphinx) -> None:
    """Load the edition once, and pass each finding on as a warning at its file and line."""
    project = project_of(app.config)
    try:
        edition = load(project)
    except ProjectError as error:
        _stop(error)
    _editions[app.config] = edition
    try:
        findings = check_edition(edition, project.config)
    except EditionError as error:
        _stop(error)
    for finding in findings:
        _pass_on(project, finding)
    if any(finding.rule in _BREAKING for finding in findings):
        _stop(ProjectError("Sphinx cannot build with these faults", "Nothing was built."))


def _stop(error: EditionError) -> NoReturn:
    """End the build with the message alone; for an exception Sphinx would show a traceback."""
    logger.error("%s\n  %s", error.message, error.hint)
    raise SystemExit(2)


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> set[str]:
    """Read everything again where the bibliography has changed, or what it lists."""
    files = project_of(app.config).bibliography
    contents = [read_file(file) for file in files]
    if app.config.edition_citation_style != "short-title":  # letters and numbers follow the list
        contents.append("\0".join(listed_works(app.config) or ()).encode())
    digest = hashlib.sha256(b"".join(contents)).hexdigest()
    known = getattr(env, _DIGEST, digest)
    setattr(env, _DIGEST, digest)
    return set() if known == digest else env.found_docs - added - removed


def _pass_on(project: Project, finding: Diagnostic) -> None:
    place = finding.location
    where = f"{project.root / place.path}:{place.line or 1}"
    hint = f". {finding.hint}" if finding.hint else ""
    report = logger.info if finding.severity is Severity.NOTE else logger.warning
    report(
        "%s: %s%s",
        finding.rule,
        finding.message,
        hint,
        location=where,
        type="edition",
        subtype=finding.rule,
    )
