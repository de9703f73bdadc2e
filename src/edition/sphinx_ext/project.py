"""The edition that a Sphinx build works on: loaded once a build, checked, shared by all rooms."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NoReturn

from sphinx.application import Sphinx
from sphinx.config import Config as SphinxConfig
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from edition.checks import run
from edition.config import ConfigError
from edition.diagnostic import Diagnostic, Severity
from edition.load import load
from edition.model import Edition
from edition.project import Project, ProjectError, find_project

logger = logging.getLogger(__name__)

_PROJECT = "_edition_project"
_EDITION = "_edition"
_DIGEST = "edition_bibliography_digest"


def project_of(app: Sphinx) -> Project:
    """The project that the build belongs to."""
    project: Project = getattr(app, _PROJECT)
    return project


def edition_of(app: Sphinx) -> Edition:
    """The edition as loaded at the build's beginning."""
    edition: Edition = getattr(app, _EDITION)
    return edition


def configure(app: Sphinx, config: SphinxConfig) -> None:
    """Hand the settings of pyproject.toml to MyST and sphinxcontrib-bibtex."""
    try:
        project = find_project(Path(app.srcdir))
    except ProjectError as error:
        _stop(error)
    setattr(app, _PROJECT, project)
    config["myst_enable_extensions"] = set(project.config.extensions)
    config["bibtex_bibfiles"] = [str(path) for path in project.bibliography]


def load_and_check(app: Sphinx) -> None:
    """Load the edition once, and pass each finding on as a warning at its file and line."""
    project = project_of(app)
    try:
        edition = load(project)
    except ProjectError as error:
        _stop(error)
    setattr(app, _EDITION, edition)
    try:
        findings = run(edition, project.config)
    except ConfigError as error:
        _stop(error)
    for finding in findings:
        _pass_on(project, finding)
    if any(finding.rule == "unreadable-source" for finding in findings):
        _stop(ProjectError("a source cannot be read", "Nothing was built."))


def _stop(error: ProjectError | ConfigError) -> NoReturn:
    """End the build with the message alone; for an exception Sphinx would show a traceback."""
    logger.error("%s\n  %s", error.message, error.hint)
    raise SystemExit(2)


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> set[str]:
    """Read everything again where the bibliography has changed: any page may cite it."""
    files = project_of(app).bibliography
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    known = getattr(env, _DIGEST, digest)
    setattr(env, _DIGEST, digest)
    return set() if known == digest else env.found_docs - added - removed


def _pass_on(project: Project, finding: Diagnostic) -> None:
    place = finding.location
    where = f"{project.root / place.path}:{place.line or 1}"
    hint = f" {finding.hint}" if finding.hint else ""
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
