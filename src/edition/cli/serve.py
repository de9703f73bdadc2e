"""`edition serve`: the website at a local address, built again after every change."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from edition.cli.build import WORK, date_of, source_folder
from edition.cli.options import PROJECT, open_project, stop


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--open", "in_browser", is_flag=True, help="Open it in the browser.")
@PROJECT
def serve(port: int, in_browser: bool, project: Path) -> None:
    """Show the website at a local address, rebuilt after every change.

    Ctrl-C ends it. Port 0 takes one that is free.
    """
    opened = open_project(project)
    docs = source_folder(opened)
    if find_spec("sphinx_autobuild") is None:
        stop(
            "this needs sphinx-autobuild, which is not installed",
            "Run: pip install 'sphinx-edition[serve]'",
        )
    work = opened.root / "build" / WORK
    watched = [*opened.bibliography, opened.root / "pyproject.toml"]
    watched += [folder for n in ("apparatus", "witness") if (folder := opened.root / n).is_dir()]
    command = [sys.executable, "-m", "sphinx_autobuild", "-q", "--port", str(port)]
    command += [f"--watch={file}" for file in watched if file.exists()]
    command += ["--open-browser"] if in_browser else []
    command += ["-d", str(work / "doctrees" / "serve"), str(docs), str(work / "serve")]
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(date_of(opened))}
    sys.exit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603
