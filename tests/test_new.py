"""`edition new`: what it writes builds at once, passes its own check and overwrites nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path
from unittest.mock import MagicMock

import pypdfium2  # type: ignore[import-untyped]
import pytest
import yaml
from click.testing import CliRunner, Result

from edition.cite.metadata import read_metadata
from edition.cli import main
from edition.cli.new import STYLES, THEMES, sample_words, templates
from edition.project.config import Config, read_config
from edition.sphinx.citations.styles import STYLES as OWN_STYLES

ESSAY = """\
On Pilots

The council says that “a harbour without a pilot is a wall with a door painted on it” (Hart, p. 19).

They go out at night.

Works cited

Hart, Mary. Letters from the Harbour. Whitby: Quay Press, 1831.
"""


def new(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["new", *words], input=typed)


def built(root: Path, *formats: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "edition", "build", *formats],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def content(root: Path) -> dict[str, bytes]:
    files = (f for f in root.rglob("*") if f.is_file() and ".edition-cache" not in f.parts)
    return {f.relative_to(root).as_posix(): f.read_bytes() for f in files}


def test_it_checks_and_builds_at_once_in_three_formats(tmp_path: Path) -> None:
    made = new(
        "tide", "--title", 'The “Tide”: a_b*c {x} `y` $1 | \\z <b> "q"', "--author", "Mary Hart"
    )
    assert made.exit_code == 0, made.output
    assert "edition build" in made.output
    checked = CliRunner().invoke(main, ["check", "--fail-on", "note", "--project", "tide"])
    assert checked.output == "All checks passed.\n"
    built(tmp_path / "tide")
    page = (tmp_path / "tide/build/html/index.html").read_text(encoding="utf-8")
    assert "The “Tide”: a_b*c {x} `y` $1 | \\z &lt;b&gt; &quot;q&quot;</h1>".replace(
        "&quot;", '"'
    ) in page.replace("&quot;", '"').replace('<a class="headerlink"', "</h1><a")
    assert 'href="edition.pdf"' in page
    assert '<form class="go-to"' in page
    with pypdfium2.PdfDocument(tmp_path / "tide/build/edition.pdf") as book:
        pages = [leaf.get_textpage().get_text_range().strip() for leaf in book]
    # The author is on the title page and what is behind it, and on no page alone.
    assert pages[0].startswith("Mary Hart")
    assert not [page for page in pages if re.fullmatch(r"Mary Hart\s*\d*", page)]


@pytest.mark.parametrize(
    ("language", "style", "theme"),
    [
        ("de", "author-year", "alabaster"),
        ("grc", "label", "furo"),
        ("zh-Hant-TW", "label", "furo"),
        ("ru", "notes", "furo"),
    ],
)
def test_other_languages_styles_and_themes_build(
    language: str, style: str, theme: str, tmp_path: Path
) -> None:
    made = new("x", "--language", language, "--style", style, "--theme", theme)
    assert made.exit_code == 0, made.output
    built(tmp_path / "x", "html", "epub")
    page = (tmp_path / "x/build/html/text.html").read_text(encoding="utf-8")
    assert re.search(rf'<html[^>]* lang="{language}"', page)
    assert ('role="doc-noteref"' in page) == (style == "notes")


@pytest.mark.parametrize("language", ["de", "es", "fr-CA", "it", "ru"])
def test_the_sample_is_in_the_language_of_the_edition(language: str, tmp_path: Path) -> None:
    english, words = sample_words("en"), sample_words(language)
    assert words.keys() == english.keys()
    assert not {key for key in words if words[key] == english[key]} - {"page"}
    assert new("x", "--language", language, "--title", "T", "--author", "Ann Hart").exit_code == 0
    written = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "x/docs").iterdir())
    written += (tmp_path / "x/CITATION.cff").read_text(encoding="utf-8")
    for key, told in words.items():
        assert told in written, key
    assert not [key for key in english if key != "page" and english[key] in written]
    checked = CliRunner().invoke(main, ["check", "--fail-on", "note", "--project", "x"])
    assert checked.output == "All checks passed.\n"


def test_a_sample_in_a_language_without_words_is_english_throughout() -> None:
    assert sample_words("grc") == sample_words("en")


def test_every_style_of_citations_is_on_offer() -> None:
    assert set(OWN_STYLES) < set(STYLES)


@pytest.mark.parametrize("form", ["txt", "html"])
def test_a_document_becomes_the_text(form: str, tmp_path: Path) -> None:
    document = tmp_path / f"pilots.{form}"
    text = ESSAY
    if form == "html":
        text = "".join(f"<p>{part}</p>" for part in ESSAY.split("\n\n"))
    document.write_text(text, encoding="utf-8")
    made = new("pilots", "--from", str(document), "--author", "Mary Hart")
    assert made.exit_code == 0, made.output
    root = tmp_path / "pilots"
    assert "a harbour without a pilot" in (root / "docs/text.md").read_text(encoding="utf-8")
    assert "{sample" not in (root / "bibliography.bib").read_text(encoding="utf-8")
    checked = CliRunner().invoke(main, ["check", "--project", "pilots"])
    assert checked.output == "All checks passed.\n"
    built(root, "html")


def test_a_document_that_begins_without_a_heading_has_the_title_of_the_edition(
    tmp_path: Path,
) -> None:
    """What has a heading further on, such as a list of works, is not named after it."""
    document = tmp_path / "tides.txt"
    document.write_text(
        f"{ESSAY.split(chr(10) * 2)[-1]}\n\nWorks Cited\n\nHart, Mary. *Pilots*. 1831.\n"
    )
    made = new("tides", "--from", str(document), "--title", "On Tides")
    assert made.exit_code == 0, made.output
    text = (tmp_path / "tides/docs/text.md").read_text(encoding="utf-8")
    assert re.findall("^#+ .*", text, re.MULTILINE) == ["# On Tides", "## Works Cited"]


def test_a_document_cites_the_bibliography_that_is_there(tmp_path: Path) -> None:
    root, works = (
        tmp_path / "pilots",
        "@book{hart, author={Hart, Mary}, title={Pilots}, year=1831}\n",
    )
    root.mkdir()
    (root / "bibliography.bib").write_text(works, encoding="utf-8")
    document = tmp_path / "pilots.txt"
    document.write_text(
        "They were paid by the tide (Hart, *Pilots*, p. 12).\n\nNobody knew why.\n",
        encoding="utf-8",
    )
    made = new("pilots", "--from", str(document), "--title", "On [Pilots]")
    assert made.exit_code == 0, made.output
    assert (root / "bibliography.bib").read_text(encoding="utf-8") == works
    text = (root / "docs/text.md").read_text(encoding="utf-8")
    assert "{cite:p}`hart{p. 12}`" in text
    assert text.startswith("# On \\[Pilots\\]\n"), "the contents lead to a heading"
    built(root, "html")


def test_a_document_that_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04 no archive")
    before = content(tmp_path)
    for document in ("bad.docx", "absent.txt"):
        made = new("x", "--from", document)
        assert made.exit_code == 2, made.output
        assert content(tmp_path) == before
        assert sorted(os.listdir(tmp_path)) == ["bad.docx"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    root = tmp_path / "x"
    (root / "docs").mkdir(parents=True)
    (root / "docs" / "conf.py").write_text("mine")
    (root / "letter.txt").write_text("mine")
    refused = new("x")
    assert refused.exit_code == 2
    assert "docs/conf.py" in refused.output
    assert content(root) == {"docs/conf.py": b"mine", "letter.txt": b"mine"}
    (root / "docs" / "conf.py").unlink()
    os.symlink("nowhere", root / "README.md")
    assert new("x").exit_code == 2
    (root / "README.md").unlink()
    assert new("x").exit_code == 0
    assert (root / "letter.txt").read_text() == "mine"
    once = content(root)
    assert new("x").exit_code == 2
    assert content(root) == once
    assert new("x/letter.txt").exit_code == 2


def test_it_asks_for_what_is_not_given(tmp_path: Path) -> None:
    answers = "Of Tides\nMary Hart\nfr\nauthor-year\nalabaster\nnone\n"
    made = new("x", "--ask", typed=answers)
    assert made.exit_code == 0, made.output
    conf = (tmp_path / "x/docs/conf.py").read_text(encoding="utf-8")
    for line in ('project = "Of Tides"', 'language = "fr"', 'html_theme = "alabaster"'):
        assert line in conf
    assert not (tmp_path / "x" / ".github").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--title", " "),
        ("--title", "a\x07b"),
        ("--author", ""),
        ("--language", "English, please"),
        ("--style", "mine"),
    ],
)
def test_what_cannot_be_is_refused(words: tuple[str, str], tmp_path: Path) -> None:
    made = new("x", *words)
    assert made.exit_code == 2
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("service", ["github", "gitlab", "none"])
def test_every_file_is_what_its_readers_expect(service: str, tmp_path: Path) -> None:
    made = new(
        "x", "--ci", service, "--title", 'A: "b" # c', "--author", "Hart, Mary", "--author", "Bo"
    )
    assert made.exit_code == 0
    root = tmp_path / "x"
    assert read_config((root / "pyproject.toml").read_text()) == Config()
    metadata = read_metadata((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert metadata.title == 'A: "b" # c'
    json.loads((root / ".vscode/settings.json").read_text())
    for file in (*root.rglob("*.yml"), *root.rglob("*.yaml"), root / "CITATION.cff"):
        assert yaml.safe_load(file.read_text(encoding="utf-8"))
    assert (root / ".github").exists() == (service == "github")
    assert (root / ".gitlab-ci.yml").exists() == (service == "gitlab")
    assert not any("<<" in text for text in map(bytes.decode, content(root).values()))


def test_every_setting_is_explained() -> None:
    from edition.sphinx import citations, cite_card, downloads, epub, typst
    from edition.sphinx import text as witness

    app = MagicMock()
    for add in (
        citations.add_settings,
        typst.setup,
        epub.setup,
        cite_card.add_settings,
        downloads.setup,
        witness.setup,
    ):
        add(app)
    conf = templates()["docs/conf.py"]
    for call in app.add_config_value.call_args_list:
        assert re.search(rf"^(# )?{call.args[0]} = ", conf, re.M), call.args[0]
    table = templates()["pyproject.toml"]
    for setting in fields(Config):
        assert re.search(rf"^(# )?{setting.name} = ", table, re.M), setting.name
    # What is commented is the default.
    shown = tomllib.loads(re.sub(r"^# (\w+ = )", r"\1", table, flags=re.M))["tool"]["edition"]
    assert read_config(table) == Config()
    for setting in fields(Config):
        value, default = shown[setting.name], setting.default
        if isinstance(default, tuple):
            assert list(value) == list(default)
        else:
            assert value == default or value == str(default)


def test_what_is_offered_is_in_the_help() -> None:
    said = new("--help").output
    for word in (*STYLES, *THEMES):
        assert word in said


def test_the_ten_minutes_of_the_package_s_page(tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "src/README.md").read_text(encoding="utf-8")
    text, works, said = (
        re.search(rf"^(`{{3,}}){kind}\n(.*?)^\1$", page, re.M | re.S)[2]  # type: ignore[index]
        for kind in ("md", "bib", "text")
    )
    assert new("essay").exit_code == 0
    (tmp_path / "essay/docs/text.md").write_text(text, encoding="utf-8")
    (tmp_path / "essay/bibliography.bib").write_text(works, encoding="utf-8")
    shown = CliRunner().invoke(main, ["check", "--project", "essay"])
    assert shown.stdout.startswith(said.strip())
    assert "Found 1 error." in shown.stdout
    (tmp_path / "essay/docs/text.md").write_text(text.replace("142", "112"), encoding="utf-8")
    built(tmp_path / "essay", "html")
