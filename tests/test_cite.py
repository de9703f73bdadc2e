"""Citations of a passage: each format read by another program, and what the command says."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import rispy
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pybtex.database import BibliographyData, parse_string
from pybtex.richtext import Text

from edition import __version__
from edition.cite.formats import FORMATS, Cited
from edition.cite.metadata import Author, Metadata, MetadataError, read_metadata
from edition.cite.words import cited_words
from edition.cli import main
from tests_support import Write

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((ROOT / "tests" / "csl-data-schema-1.0.2.json").read_text(encoding="utf-8"))

CFF = """\
cff-version: 1.2.0
message: Please name the release.
title: "Letters & Papers from the Harbour: 100% {complete}"
authors:
  - family-names: Hart
    given-names: Mary
  - name: The Quay Society
version: 1.2.0
date-released: 2031-05-04
url: https://harbour.example/letters
license: CC-BY-4.0
"""
METADATA = read_metadata(CFF)
Q21 = Cited(id="q21", label="q21", kind="quotation", page="text/one.html")


def pybtex(text: str) -> BibliographyData:
    return parse_string(text, "bibtex")


class TestLanguages:
    @pytest.mark.parametrize(
        ("language", "cited"),
        [
            ("de", "Mary Hart und @, Fassung 1.2.0 (4. Mai 2031), Zitat q21, "),
            (
                "de-CH",
                "Mary Hart und @, Fassung 1.2.0 (4. Mai 2031), Zitat q21, ",
            ),
            ("fr", "Mary Hart et @, version 1.2.0 (4 mai 2031), citation q21, "),
            (
                "es",
                "Mary Hart y @, versión 1.2.0 (4 de mayo de 2031), cita q21, ",
            ),
            (
                "it",
                "Mary Hart e @, versione 1.2.0 (4 maggio 2031), citazione q21, ",
            ),
            ("ru", "Mary Hart и @, выпуск 1.2.0 (4 мая 2031), цитата q21, "),
            (
                "pl",
                "Mary Hart and @, release 1.2.0 (4 May 2031), quotation q21, ",
            ),
        ],
    )
    def test_our_own_words(self, language: str, cited: str) -> None:
        metadata = replace(METADATA, words=cited_words(language, METADATA.date))
        found = FORMATS["chicago"](metadata, Q21).replace("\N{NO-BREAK SPACE}", " ")
        assert found.startswith(cited.replace("@", f"The Quay Society, {METADATA.title}"))

    def test_the_first_of_a_month_in_french(self) -> None:
        assert (
            cited_words("fr", datetime.date(2031, 5, 1))["day"] == "1er\N{NO-BREAK SPACE}mai 2031"
        )

    def test_the_command_takes_the_language_of_conf_py(self, project: Write) -> None:
        root = project(
            {
                "pyproject.toml": "[tool.edition]\nbibliography = []\n",
                "CITATION.cff": CFF,
                "docs/conf.py": 'language = "de"\n',
                "docs/index.md": "# Flut\n\n(p1)=\n:::{passage}\nSie kam.\n:::\n",
            }
        )
        done = CliRunner().invoke(main, ["cite", "p1", "--project", str(root)])
        assert "Fassung 1.2.0" in done.output
        assert "Stelle p1" in done.output


class TestFormats:
    def test_chicago(self) -> None:
        assert FORMATS["chicago"](METADATA, Q21) == (
            "Mary Hart and The Quay Society, Letters & Papers from the Harbour: 100% {complete}, "
            "release 1.2.0 (4 May 2031), quotation q21, "
            "https://harbour.example/letters/text/one.html#q21."
        )

    def test_bibtex_read_by_pybtex(self) -> None:
        (entry,) = pybtex(FORMATS["bibtex"](METADATA, Q21)).entries.values()
        assert entry.key == "hart-1.2.0-q21"
        assert [str(p) for p in entry.persons["author"]] == ["Hart, Mary", "{The Quay Society}"]
        assert entry.fields["year"] == "2031"
        assert entry.fields["month"] == "May"
        assert entry.fields["url"] == "https://harbour.example/letters/text/one.html#q21"
        title = Text.from_latex(entry.fields["title"]).render_as("text")
        assert title.startswith("Letters & Papers from the Harbour: 100% ")

    def test_ris_read_by_rispy(self) -> None:
        (record,) = rispy.loads(FORMATS["ris"](METADATA, Q21))
        assert record["type_of_reference"] == "ELEC"
        assert record["authors"] == ["Hart, Mary", "The Quay Society"]
        assert record["title"] == METADATA.title
        assert record["year"] == "2031"
        assert record["date"] == "2031/05/04"
        assert record["edition"] == "Release 1.2.0"
        assert record["section"] == "q21"
        assert record["urls"] == ["https://harbour.example/letters/text/one.html#q21"]

    def test_csl_json_by_its_schema(self) -> None:
        items = json.loads(FORMATS["csl-json"](METADATA, Q21))
        Draft7Validator(SCHEMA).validate(items)
        (item,) = items
        assert item["author"] == [
            {"family": "Hart", "given": "Mary"},
            {"literal": "The Quay Society"},
        ]
        assert item["issued"] == {"date-parts": [[2031, 5, 4]]}
        assert (item["section"], item["version"]) == ("q21", "1.2.0")

    def test_url(self) -> None:
        parts = urlsplit(FORMATS["url"](METADATA, Q21))
        assert (parts.netloc, parts.path, parts.fragment) == (
            "harbour.example",
            "/letters/text/one.html",
            "q21",
        )

    def test_two_passages_and_two_releases_have_keys_of_their_own(self) -> None:
        later = read_metadata(CFF.replace("1.2.0\ndate", "1.3.0\ndate"))
        keys = {
            next(iter(pybtex(FORMATS["bibtex"](m, Cited(id=i, label=i))).entries))
            for m in (METADATA, later)
            for i in ("p1", "p2")
        }
        assert len(keys) == 4


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf", "Co", "Cn")),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip())


@given(TEXT, TEXT, TEXT)
def test_any_words_survive_every_format(title: str, family: str, release: str) -> None:
    metadata = Metadata(title=title, authors=(Author(family=family, group=True),), release=release)
    cited = Cited(id="p1", label="p1", page="one.html")
    (entry,) = pybtex(FORMATS["bibtex"](metadata, cited)).entries.values()
    assert entry.key.endswith("p1")
    (record,) = rispy.loads(FORMATS["ris"](metadata, cited))
    assert record["title"] == " ".join(title.split())
    (item,) = json.loads(FORMATS["csl-json"](metadata, cited))
    Draft7Validator(SCHEMA).validate([item])
    assert item["title"] == title
    assert title in FORMATS["chicago"](metadata, cited)


class TestMetadata:
    def test_read(self) -> None:
        assert METADATA.authors[0] == Author(family="Hart", given="Mary")
        assert METADATA.date == datetime.date(2031, 5, 4)
        assert METADATA.url == "https://harbour.example/letters/"

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("title:", "titel:", "no “title”"),
            ("version: 1.2.0\n", "", "no “version”"),
            ("  - name: The Quay Society", "  - nam: The", "neither “name”"),
            ("2031-05-04", "next spring", "2026-03-31"),
            ("2031-05-04", '"2031-15-04"', "2026-03-31"),
            ("authors:", "authors: [", "line 5: not YAML"),
        ],
    )
    def test_what_is_wrong_is_said(self, old: str, new: str, said: str) -> None:
        with pytest.raises(MetadataError, match=said):
            read_metadata(CFF.replace(old, new))

    def test_the_edition_and_the_package_are_one_release(self) -> None:
        text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
        assert read_metadata(text).release == __version__


def cite(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["cite", *(str(a) for a in arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


class TestCommand:
    @pytest.fixture
    def root(self, project: Write) -> Path:
        return project(
            {
                "pyproject.toml": "[tool.edition]\n",
                "bibliography.bib": "",
                "CITATION.cff": CFF,
                "docs/text/one.md": "(p1)=\nThe tide was out.\n\n(p7)=\n(p2)=\nIt came back.\n",
            }
        )

    @pytest.mark.parametrize("form", list(FORMATS))
    def test_formats(self, root: Path, form: str) -> None:
        result = cite("p1", "--format", form, "--project", root)
        assert result.exit_code == 0
        cited = Cited(id="p1", label="p1", page="text/one.html")
        assert result.stdout.rstrip("\n") == FORMATS[form](METADATA, cited).rstrip("\n")
        assert result.stderr == ""

    def test_a_second_name_is_cited_by_the_first(self, root: Path) -> None:
        assert cite("p7", "--format", "url", "--project", root).stdout.endswith("one.html#p2\n")

    def test_no_such_anchor(self, root: Path) -> None:
        result = cite("p9", "--project", root)
        assert result.exit_code == 2
        assert "no anchor “p9”" in result.stderr

    def test_without_metadata(self, root: Path) -> None:
        (root / "CITATION.cff").unlink()
        result = cite("p1", "--project", root)
        assert result.exit_code == 2
        assert "CITATION.cff" in result.stderr
        assert "cff-version: 1.2.0" in result.stderr
