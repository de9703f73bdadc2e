"""How the tests ask Lighthouse for its marks.

Lighthouse comes from `.ci/package-lock.json` and runs in Debian's chromium; it looks at pages over
http, so a website is served on a port of this machine while it does. It tells nobody.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from page_validators import ARGUMENTS, CHROMIUM, module
from validators import absent

CATEGORIES = ("accessibility", "best-practices")


def faults(site: Path, pages: Iterable[str]) -> list[str]:
    """What keeps pages of a website from full marks, each `page audit: title`."""
    command = ["node", str(module("lighthouse/cli/index.js"))]
    if not CHROMIUM:
        absent("chromium is not installed")
    found: list[str] = []
    with _served(site) as address, TemporaryDirectory() as folder:
        for page in pages:
            found += [f"{page} {fault}" for fault in _asked(command, f"{address}/{page}", folder)]
    return found


def _asked(command: list[str], address: str, folder: str) -> Iterator[str]:
    report = Path(folder) / "report.json"
    options = [
        f"--only-categories={','.join(CATEGORIES)}",
        "--output=json",
        f"--output-path={report}",
        "--no-enable-error-reporting",
        "--quiet",
        f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}",
    ]
    environment = {**os.environ, "CHROME_PATH": CHROMIUM, "HOME": folder, "CI": "1"}
    done = subprocess.run(
        [*command, address, *options], env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, f"Lighthouse did not answer: {done.stderr}"
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    for name in CATEGORIES:
        marks = told["categories"][name]
        if marks["score"] == 1:
            continue
        for reference in marks["auditRefs"]:
            audit = told["audits"][reference["id"]]
            if reference["weight"] and audit["score"] not in (None, 1):
                yield f"{audit['id']}: {audit['title']}"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_told: object) -> None:
        """Say nothing of each request."""


@contextmanager
def _served(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
