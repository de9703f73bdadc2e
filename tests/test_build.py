"""`edition build` and `edition serve`, run as a user runs them."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib.util import find_spec
from pathlib import Path

import pytest

EDITION = [sys.executable, "-m", "edition"]
CONF = """\
project = "Tide"
release = version = "1"
author = "Ana Brod"
copyright = "2031, Ana Brod"
extensions = ["edition.sphinx"]
language = "en"
"""
COMPLAINT = """\
from sphinx.util.logging import getLogger


def complain(app, doctree):
    getLogger("tide").warning("the tide is late")


def setup(app):
    app.connect("doctree-read", complain)
"""
FILES = {
    "pyproject.toml": "[tool.edition]\n",
    "bibliography.bib": "@book{hart, author={Hart, M}, title={Letters}, year=1831, pagetotal=90}\n",
    "docs/conf.py": CONF,
    "docs/index.md": "# Tide\n\n(p1)=\nThe tide went out {cite:p}`hart{p. 9}`.\n\n"
    "```{bibliography}\n```\n",
}


def edition(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    return subprocess.run(
        [*EDITION, *words],
        cwd=root,
        capture_output=True,
        text=True,
        env=clean | environment,
        check=False,
    )


@pytest.fixture
def tide(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def test_all_three_come_in_their_order_and_the_e_book_knows_the_pages(tide: Path) -> None:
    conf = tide / "docs" / "conf.py"
    conf.write_text(
        CONF + 'edition_epub_pages = "../build/edition.pdf"\nepub_basename = "other"\n', "utf-8"
    )
    done = edition(tide, "build")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "All checks passed.",
        "Built build/edition.pdf",
        "Built build/edition.epub",
        "Built build/html/index.html",
    ]
    from zipfile import ZipFile

    with ZipFile(tide / "build" / "edition.epub") as book:
        assert "page-list" in book.read("nav.xhtml").decode()
    assert not list((tide / "build").glob("*.new"))
    assert not list((tide / "build").glob("*.old"))


def test_one_format_from_elsewhere_into_a_folder(
    tide: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    done = edition(elsewhere, "build", "html", "--project", str(tide), "--into", "out")
    assert done.returncode == 0, done.stderr
    assert {p.name for p in (elsewhere / "out").iterdir()} == {"html", "work"}
    assert not (tide / "build").exists()


def test_findings_end_the_build_before_it_begins(tide: Path) -> None:
    (tide / "docs" / "index.md").write_text("# Tide\n\n{cite:p}`hart{p. 99}`\n", encoding="utf-8")
    done = edition(tide, "build", "html")
    assert done.returncode == 1
    assert "page-beyond-book" in done.stdout
    assert "nothing was built" in done.stderr
    assert not (tide / "build").exists()


def test_what_fails_leaves_the_last_good_output(tide: Path) -> None:
    assert edition(tide, "build", "html", "pdf").returncode == 0
    good = (tide / "build" / "html" / "index.html").read_bytes()
    book = (tide / "build" / "edition.pdf").read_bytes()
    # What no check can know: an extension that is not content with a page as it reads it.
    (tide / "docs" / "conf.py").write_text(f"{CONF}{COMPLAINT}", encoding="utf-8")
    index = tide / "docs" / "index.md"
    index.write_text(f"{index.read_text()}\nAnd came in again.\n", encoding="utf-8")
    for _again in range(2):  # what was read once is not forgiven
        done = edition(tide, "build", "html", "pdf")
        assert done.returncode == 1
        assert "the tide is late" in done.stderr
    assert "build/html is still the last good one" in done.stderr
    assert (tide / "build" / "html" / "index.html").read_bytes() == good
    assert (tide / "build" / "edition.pdf").read_bytes() == book
    lenient = edition(tide, "build", "html", "--allow-warnings", "--no-check")
    assert lenient.returncode == 0
    assert (tide / "build" / "html" / "index.html").read_bytes() != good


def test_the_date_is_the_last_commit_s_and_the_bytes_are_the_same(tide: Path) -> None:
    import pikepdf

    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(tide)]
    when = {"GIT_COMMITTER_DATE": "2021-03-04T05:06:07Z", "GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z"}
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "a"]):
        subprocess.run([*git, *words], check=True, env=os.environ | when)
    assert edition(tide, "build", "pdf").returncode == 0
    with pikepdf.open(tide / "build" / "edition.pdf") as pdf:
        assert "20210304050607" in str(pdf.docinfo["/CreationDate"])
    first = (tide / "build" / "edition.pdf").read_bytes()
    (tide / "docs" / "index.md").touch()
    assert edition(tide, "build", "pdf", "--into", "again").returncode == 0
    assert (tide / "again" / "edition.pdf").read_bytes() == first
    assert edition(tide, "build", "pdf", SOURCE_DATE_EPOCH="1").returncode == 0
    assert (tide / "build" / "edition.pdf").read_bytes() != first
    wrong = edition(tide, "build", "pdf", SOURCE_DATE_EPOCH="soon")
    assert (wrong.returncode, "SOURCE_DATE_EPOCH" in wrong.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("build", "--into", "."), "holds the sources"),
        (("build", "--into", "docs/out"), "holds the sources"),
        (("build", "docx"), "docx"),
        (("serve", "--port", "99999"), "99999"),
    ],
)
def test_what_cannot_be_is_refused(tide: Path, words: tuple[str, ...], said: str) -> None:
    done = edition(tide, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_without_conf_py_it_says_what_to_do(tide: Path) -> None:
    (tide / "docs" / "conf.py").unlink()
    done = edition(tide, "build")
    assert done.returncode == 2
    assert "edition new" in done.stderr


def test_serve_shows_the_site_and_what_is_changed(tide: Path) -> None:
    if find_spec("sphinx_autobuild") is None:
        pytest.skip("sphinx-autobuild is not installed")
    with subprocess.Popen(
        [*EDITION, "serve", "--port", "0"],
        cwd=tide,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as server:
        try:
            assert server.stdout is not None
            lines: list[str] = []
            while not (found := re.search(r"http://[\d.]+:\d+", lines[-1] if lines else "")):
                line = server.stdout.readline()
                assert line, "".join(lines)
                lines.append(line)
            until("The tide went out", found[0])
            index = tide / "docs" / "index.md"
            index.write_text(index.read_text().replace("went out", "came in"), encoding="utf-8")
            until("The tide came in", found[0])
        finally:
            os.killpg(server.pid, signal.SIGKILL)


def until(words: str, address: str) -> None:
    end = time.monotonic() + 60
    shown = ""
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=10) as page:
                shown = page.read().decode()
        except (urllib.error.URLError, http.client.HTTPException, ConnectionError):
            shown = ""  # not there yet, or cut off because the page is being written anew
        if words in shown:
            return
        time.sleep(0.3)
    raise AssertionError(f"“{words}” is not shown: {shown[:300]}")
