"""`edition build`: Sphinx's builders, each output replaced only by one that was built whole."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import click

from edition.cli.options import PROJECT, git_says, open_project, say, stop, taking_turns
from edition.project.layout import Project

WORK = "work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A format, its builder, and the ending of its file; the website is a folder."""

    name: str
    builder: str
    suffix: str = ""


# The e-book knows the pages of the PDF, and the website carries both.
OUTPUTS = (
    Output(name="pdf", builder="typst", suffix=".pdf"),
    Output(name="epub", builder="epub", suffix=".epub"),
    Output(name="html", builder="html"),
)
NAMES = tuple(output.name for output in OUTPUTS)


@click.command()
@click.argument("formats", nargs=-1, type=click.Choice(NAMES), metavar="[html|pdf|epub]…")
@click.option("--into", type=click.Path(path_type=Path), help="The folder (default: build).")
@click.option("--no-check", is_flag=True, help="Leave the check to the build, which makes it too.")
@click.option("--allow-warnings", is_flag=True, help="Keep an output that Sphinx warns about.")
@PROJECT
def build(
    formats: tuple[str, ...],
    into: Path | None,
    no_check: bool,
    allow_warnings: bool,
    project: Path,
) -> None:
    """Check a project, then build its PDF, EPUB and website.

    An output is replaced only by one that was built without a warning; where something is
    wrong, the last good one stays.
    """
    opened = open_project(project)
    docs = source_folder(opened)
    folder = into.absolute() if into else opened.root / "build"
    if folder == opened.root or (docs != opened.root and folder.is_relative_to(docs)):
        # The outputs would be read as sources.
        stop(f"{folder} holds the sources", "Name a folder for outputs alone: --into build.")
    if not no_check:
        check_first(opened)
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(date_of(opened))}
    asked = [output for output in OUTPUTS if not formats or output.name in formats]
    with taking_turns(folder / WORK, "the outputs"):
        failed = not _build_all(asked, docs, folder, environment, strict=not allow_warnings)
    if failed:
        sys.exit(1)


def _build_all(
    outputs: Iterable[Output],
    docs: Path,
    folder: Path,
    environment: dict[str, str],
    *,
    strict: bool,
) -> bool:
    """Build outputs, each put in its place where it was built; tell whether all were."""
    whole = True
    for output in outputs:
        target = folder / ("html" if not output.suffix else f"edition{output.suffix}")
        done = _built(output, docs, folder, environment, strict=strict)
        if done is None:
            whole = False
            kept = f"; {_shown(target)} is still the last good one" if target.exists() else ""
            say(f"edition: the {output.name} was not built{kept}", err=True)
            continue
        _replace(done, target)
        say(f"Built {_shown(target / 'index.html' if not output.suffix else target)}")
    return whole


def source_folder(project: Project) -> Path:
    """Return the folder that Sphinx builds; end the command where it cannot."""
    if find_spec("sphinx") is None or find_spec("typst") is None:
        stop(
            "a build needs Sphinx, which is not installed",
            "Run: pip install 'sphinx-edition[build]'",
        )
    folder = project.root / project.config.source
    if not (folder / "conf.py").is_file():
        stop(
            f"no {folder / 'conf.py'}, so Sphinx cannot build the edition",
            "`edition new` writes one with every setting explained; try it in an empty folder.",
        )
    return folder


def check_first(project: Project) -> None:
    """Check the project; print what was found, and end the command where the check fails."""
    from edition.check import findings_of
    from edition.cli.check import show

    found = findings_of(project)
    show(project, found, "text")
    if any(finding.severity >= project.config.fail_on for finding in found):
        say("edition: nothing was built; mend the findings first", err=True)
        sys.exit(1)


def date_of(project: Project) -> int:
    """Return the second that outputs are dated with, so that the same sources give the same bytes.

    It is SOURCE_DATE_EPOCH's, or the last commit's; without git, that of the youngest source.
    """
    from edition.project.clock import source_date

    given = source_date()
    if given is not None:
        return int(given.timestamp())
    shown = git_says("-C", str(project.root), "log", "-1", "--format=%ct")
    if shown.isdigit():
        return int(shown)
    files = (*project.sources, *project.bibliography)
    return max(int(file.stat().st_mtime) for file in files)


def _built(
    output: Output, docs: Path, folder: Path, environment: dict[str, str], *, strict: bool
) -> Path | None:
    """Build one format in the folder of work; return the file or folder made, None if it failed."""
    from rich.console import Console

    work = folder / WORK / output.builder
    for old in work.glob(f"*{output.suffix}") if output.suffix else ():
        old.unlink()
    # Both books and the website each keep their own reading: what they leave out differs.
    doctrees = folder / WORK / "doctrees" / output.builder
    command = [sys.executable, "-m", "edition.sphinx.building", "-q", "-j", "auto"]
    command += ["-b", output.builder]
    command += ["-W", "--keep-going"] if strict else []
    command += ["-d", str(doctrees), str(docs), str(work)]
    with Console(stderr=True).status(f"Building the {output.name}…"):
        code = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    if code:
        # What Sphinx has read it does not read again, and would not warn about a second time.
        (doctrees / "environment.pickle").unlink(missing_ok=True)
        return None
    return next(work.glob(f"*{output.suffix}"), None) if output.suffix else work


def _replace(made: Path, target: Path) -> None:
    """Put what was made in the target's place, as far as the disk allows in one step."""
    new, old = (target.with_name(f"{target.name}.{state}") for state in ("new", "old"))
    if made.is_file():
        shutil.copyfile(made, new)
        new.replace(target)
        return
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(made, new, ignore=shutil.ignore_patterns(".buildinfo*", ".doctrees"))
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _shown(path: Path) -> str:
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
