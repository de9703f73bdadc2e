"""Text that is code somewhere else stays text: every field of an edition, in every output.

Each field holds the same words around each attack. An output must hold the words, or escape
them, and must never hold the attack as what it would do there.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import html

from edition.cli import main
from tests_support import Write

SECRET = "opensesame-of-the-host"
ATTACKS = {
    "html": '<script>alert("x")</script><img src=x onerror=alert(1)>',
    "entity": "&lt;script&gt;&#x3C;b&#x3E;",
    "close": "</title></script>--></style>]]>",
    "typst": '#read("secret.txt") #import "secret.txt" #eval("1+1") $1+1$ @p1 <p1>',
    "latex": r"\\input{secret.txt}\\write18{id}\\csname x\\endcsname %",
    "jinja": "{{ 7*7 }}{% raw %}",
    "json": '"},{"@type":"Person","name":"x',
    "formula": "=cmd|'/c calc'!A1",
    "terminal": "a\u202eb",
}
CONF = """\
extensions = ["edition.sphinx"]
project = "Edition"
author = "Ann Hart"
copyright = "2026 Ann Hart"
version = release = "1.0"
html_theme = "furo"
smartquotes = False
suppress_warnings = ["myst.header", "edition"]
epub_show_urls = "no"
"""


def escaped(text: str) -> str:
    """What an editor types in MyST so that it reads as the text."""
    return re.sub(r"([\\`*_{}\[\]<>$#&~^|@\"'(=:%-])", r"\\\1", text)


def bibtex(text: str) -> str:
    plain = text.replace("\\", "").replace("{", "(").replace("}", ")")
    return re.sub(r"([#$%&_])", r"\\\1", plain)


def files(attack: str) -> dict[str, str]:
    typed = escaped(attack)
    work = bibtex(attack)
    return {
        "pyproject.toml": "[tool.edition]\n",
        "secret.txt": SECRET,
        "docs/secret.txt": SECRET,
        "bibliography.bib": "@book{hart,\n"
        f"  author = {{Hart {work}, Mary}},\n  title = {{Letters {work}}},\n"
        f"  publisher = {{Quay {work}}},\n  address = {{Whitby}},\n  year = {{1931}},\n"
        f"  note = {{Note {work}}},\n  url = {{javascript:alert(1)}},\n"
        "  pagetotal = {240},\n}\n",
        "docs/conf.py": CONF,
        "docs/index.md": f"# Title {typed}\n\n(p1)=\n:::{{passage}}\nText {typed} ends.\n\n"
        f":::{{quotation}} hart\n:name: q1\n:page: 19\n:speaker: Speaker {attack}\n"
        f":opening: The tide {attack.partition(' ')[0]}\n:closing: came back.\n:::\n\n"
        f":::{{commentary}}\nNote {typed} ends.[^a]\n:::\n:::\n\n[^a]: Foot {typed} ends.\n\n"
        f"[link](javascript:alert(1))\n\n:::{{person}} Name {typed}\n:key: n\nWho {typed}.\n:::\n\n"
        "```{quotation-register}\n```\n\n```{bibliography}\n:all:\n```\n",
        "CITATION.cff": "cff-version: 1.2.0\nmessage: m\nversion: 1.0\nauthors:\n"
        f"  - name: {json.dumps('Author ' + attack)}\ntitle: {json.dumps('Edition ' + attack)}\n",
    }


def sphinx(root: Path, builder: str) -> Path:
    out = root / "build" / builder
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", builder, root / "docs", out],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return out


def harmless(page: str) -> None:
    """A page in which no attack has become markup."""
    tree: Any = html.fromstring(page.encode())
    assert not [s for s in tree.iter("script") if "alert(" in (s.text or "") and not s.get("type")]
    assert not tree.xpath("//@onerror")
    assert not [a for a in tree.xpath("//@href") if a.strip().lower().startswith("javascript:")]
    for data in tree.xpath("//script[@type='application/ld+json']"):
        json.loads(data.text)


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_website(project: Write, attack: str) -> None:
    out = sphinx(project(files(ATTACKS[attack])), "html")
    for page in out.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        harmless(text)
        assert SECRET not in text
        assert "49" not in re.findall(r"Title (\S+)", text)


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_book(project: Write, attack: str) -> None:
    root = project(files(ATTACKS[attack]))
    out = sphinx(root, "typst")
    assert SECRET not in words_of(next(out.glob("*.pdf")))


def words_of(pdf: Path) -> str:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_e_book(project: Write, attack: str) -> None:
    out = sphinx(project(files(ATTACKS[attack])), "epub")
    with zipfile.ZipFile(next(out.glob("*.epub"))) as book:
        for name in book.namelist():
            if name.endswith((".xhtml", ".opf", ".ncx")):
                text = book.read(name).decode()
                harmless(text)
                assert SECRET not in text


@pytest.mark.parametrize("attack", ATTACKS)
def test_latex(project: Write, attack: str) -> None:
    out = sphinx(project(files(ATTACKS[attack])), "latex")
    for source in out.glob("*.tex"):
        text = source.read_text(encoding="utf-8")
        body = text[text.index(r"\begin{document}") :]
        assert r"\input{secret" not in body
        assert r"\write18" not in body


def invoked(root: Path, *command: str) -> Result:
    """The result of a command as a terminal has it: nothing is taken out of what it prints."""
    shown = CliRunner(env={"GITHUB_ACTIONS": "true"}).invoke(
        main, [*command, "--project", str(root)], color=True
    )
    assert shown.exit_code in (0, 1, 2), shown.exception
    return shown


TOLD = {"escape": "\x1b[2J\x1b]0;x\x07", "annotation": "::error file=x::y%0A"}
SOURCE = "[p. 19]\n{0}\nThe tide {0} went out and never came back again.\n{0} and so on.\n"
SAYS = [
    ["verify", "--dry-run"],
    ["verify", "--dry-run", "--suggest"],
    ["sources"],
    ["find", "never came back"],
    ["cite", "p1"],
    ["cite", "p1", "--format", "bibtex"],
    ["cite", "p1", "--format", "ris"],
    ["anchors", "diff"],
    ["anchors", "lock"],
    ["digest"],
    ["check", "--diff"],
    ["import", "in.txt", "--as", "B"],
    ["list", "anchors"],
]


@pytest.mark.parametrize("command", SAYS, ids=" ".join)
@pytest.mark.parametrize("attack", TOLD)
def test_nothing_that_a_command_says_commands(
    project: Write, monkeypatch: pytest.MonkeyPatch, attack: str, command: list[str]
) -> None:
    text = TOLD[attack]
    entry = {"id": "old", "kind": "passage", "status": "live", "file": text, "label": text}
    root = project(
        {
            **files(""),
            "pyproject.toml": '[tool.edition]\nsources = "sources"\n',
            "sources/hart.txt": SOURCE.format(text),
            f"sources/hart{text.replace('/', '')}.txt": "words",
            f"docs/a{text.replace('/', '')}.md": f"(p2)=\n{text} {{cite:p}}`no`\n\n({text})=\nA\n",
            "anchors.lock": f"# anchors.lock 1 – x\n{json.dumps(entry)}\n",
            "CITATION.cff": f"title: {json.dumps('A ' + text)}\nversion: {json.dumps(text)}\n"
            f"authors:\n  - name: {json.dumps(text)}\nurl: {json.dumps(text)}\n",
            "in.txt": f"A text.\n\n{text} and (Hart{text} 1931, p. 5).\n",
        }
    )
    monkeypatch.chdir(root)
    shown = invoked(root, *command)
    for said in (shown.stdout, shown.stderr):
        assert "\x1b]" not in said
        assert "\x1b[2J" not in said
        assert "\x07" not in said
        if command[0] != "check":  # a line of a difference begins with its sign
            assert not re.search(r"^\s*::error", said, re.MULTILINE)


@pytest.mark.parametrize("attack", ["html", "entity", "close"])
def test_the_page_of_verdicts(project: Write, attack: str) -> None:
    text = ATTACKS[attack]
    root = project(
        {
            "pyproject.toml": "[tool.edition]\n",
            "bibliography.bib": "@book{hart, title = {Letters}, year = {1931}}\n",
            "docs/index.md": f"“The tide {escaped(text)} went out” {{cite:p}}`hart{{p. 19}}`\n",
            "sources/hart.txt": SOURCE.format(text),
        }
    )
    shown = invoked(
        root, "verify", "--dry-run", "--sources", str(root / "sources"), "--format", "html"
    )
    harmless(shown.stdout)
    assert not html.fromstring(shown.stdout).xpath("//script")


@pytest.mark.parametrize("attack", [*ATTACKS, *TOLD])
def test_the_reports(project: Write, attack: str) -> None:
    text = {**ATTACKS, **TOLD}[attack]
    root = project(
        {
            "bibliography.bib": f"@book{{hart, title = {{A {bibtex(text)}}}, year = {{x}}}}\n",
            "docs/index.md": f":::{{quotation}} hart\n:name: q1\n:speaker: {text}\n"
            f":opening: {text}\n"
            f":closing: b.\n:::\n\n"
            f"::error::{text} {{cite:p}}`nobody{{p. {text[:5]}}}`\n",
        }
    )
    for form in ("text", "json", "sarif", "github"):
        shown = invoked(root, "check", "--format", form)
        assert "\x1b]" not in shown.stdout
        assert "\x1b[2J" not in shown.stdout
        if form in ("json", "sarif"):
            json.loads(shown.stdout)
        if form == "github":
            assert all(
                re.match(r"::(error|warning|notice) file=", line)
                for line in shown.stdout.splitlines()
            )
    for what in ("quotations", "citations", "works"):
        for form in ("json", "csv", "text"):
            shown = invoked(root, "list", what, "--format", form)
            assert "\x1b" not in shown.stdout
            if form == "csv":
                for row in csv.reader(io.StringIO(shown.stdout)):
                    assert not [cell for cell in row if cell[:1] in "=@\t\r" and cell]


def test_the_book_reads_nothing_outside_the_project(project: Write, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text(SECRET, encoding="utf-8")
    root = project(files("plain"))
    link = f"![p]({tmp_path / 'outside.txt'})\n\n```{{include}} {tmp_path / 'outside.txt'}\n```\n"
    page = root / "docs" / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + link, encoding="utf-8")
    shown = CliRunner().invoke(main, ["check", "--project", str(root), "--format", "json"])
    assert "outside-project" in shown.stdout
