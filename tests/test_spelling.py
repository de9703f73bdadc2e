"""The edition's prose is spelt in the British manner; tests/words.txt has its names and terms.

Two tools, because none that comes with its own data does both: pyspellchecker knows words, and
typos knows which of them are American.
"""

from __future__ import annotations

import json
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
from spellchecker import SpellChecker

from edition.loading.load import load
from edition.project.layout import find_project

ROOT = Path(__file__).parents[1]
LIST = ROOT / "tests" / "words.txt"

# Addresses, file names and the like are no words.
_ADDRESS = re.compile(r"\S*[\w-]\.[a-z]{2,}(?:/\S*)?|\S*[/\\_#]\S*")
_WORD = re.compile(r"[^\W\d_]{3,}(?:['’][^\W\d_]+)*")


def listed() -> set[str]:
    return {line.strip() for line in LIST.read_text(encoding="utf-8").splitlines() if line.strip()}


@pytest.fixture(scope="module")
def words() -> dict[str, str]:
    """The words of the edition's pages, with the place where each stands first."""
    found: dict[str, str] = {}
    for document in load(find_project(ROOT)).documents:
        if document.path.startswith("docs/manual/"):
            continue
        for prose in document.prose:
            text = prose.text.replace("\0", " ")
            text = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
            for match in _WORD.finditer(text):
                word = match[0].replace("’", "'").removesuffix("'s").removesuffix("s'")
                found.setdefault(word, str(prose.location(match.start())))
    return found


def test_every_word_is_known(words: dict[str, str]) -> None:
    known = {word.casefold() for word in listed()}
    unknown = SpellChecker(language="en").unknown(words) - known
    assert {w: at for w, at in words.items() if w.casefold() in unknown} == {}


def test_no_word_is_american(words: dict[str, str], tmp_path: Path) -> None:
    pairs = "".join(f"{json.dumps(w.casefold())} = {json.dumps(w.casefold())}\n" for w in listed())
    config = tmp_path / "typos.toml"
    config.write_text(
        f'[default]\nlocale = "en-gb"\n[default.extend-words]\n{pairs}', encoding="utf-8"
    )
    text = tmp_path / "words"
    text.write_text("\n".join(words), encoding="utf-8")
    typos = Path(sysconfig.get_path("scripts")) / "typos"
    result = subprocess.run(
        [str(typos), "--isolated", "--config", str(config), "--format", "json", str(text)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stderr == ""
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert {(line["typo"], *line["corrections"]) for line in lines if "typo" in line} == set()


def test_the_list_has_no_word_too_many(words: dict[str, str]) -> None:
    used = {word.casefold() for word in words}
    assert {word for word in listed() if word.casefold() not in used} == set()
    assert sorted(listed(), key=str.casefold) == LIST.read_text(encoding="utf-8").split()
