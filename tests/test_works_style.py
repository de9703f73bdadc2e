"""Who edited and who translated, in the printed bibliography."""

from __future__ import annotations

from typing import Any

import pytest
from pybtex.database import Entry, Person

from edition.sphinx.works_style import WorksStyle


def printed(kind: str, **persons: str) -> str:
    roles = {role: [Person(name)] for role, name in persons.items()}
    entry = Entry(kind, fields={"title": "Tides", "year": "1931"}, persons=roles)
    entry.key = "tides"
    style: Any = WorksStyle()
    return str(style.format_entry("tides", entry).text)


@pytest.mark.parametrize(
    ("persons", "words"),
    [
        ({"author": "Hart, A.", "translator": "Brod, B."}, "Translated by B. Brod."),
        (
            {"author": "Hart, A.", "editor": "Brod, B.", "translator": "Brod, B."},
            "Edited and translated by B. Brod.",
        ),
        (
            {"author": "Hart, A.", "editor": "Cole, C.", "translator": "Brod, B."},
            "Edited by C. Cole. Translated by B. Brod.",
        ),
    ],
)
def test_whoever_edited_and_translated_is_named(persons: dict[str, str], words: str) -> None:
    assert words in printed("book", **persons)


def test_nobody_is_named_twice() -> None:
    assert printed("incollection", author="Brod, B.", translator="Brod, B.").count("Brod") == 1
    assert printed("book", editor="Brod, B.", translator="Brod, B.").count("Brod") == 1


@pytest.mark.parametrize("kind", ["conference", "inproceedings", "inreference", "bookinbook"])
def test_a_part_names_its_book(kind: str) -> None:
    entry = Entry(kind, fields={"title": "Tides", "booktitle": "The Sea", "year": "1931"})
    entry.key = "tides"
    style: Any = WorksStyle()
    assert "In The Sea" in str(style.format_entry("tides", entry).text)
