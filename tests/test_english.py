"""The pages are written in plain English: no turn that a reader has to read twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "rules" not in path.parts)

# Found by a copy editor in earlier drafts; each has a plain equivalent, given beside it.
BANNED = {
    r"\bwhoever\b": "anyone who, readers who",
    r"\bof all it\b": "name the thing",
    r"\bit stands\b": "it is",
    r"\bstands? so\b": "is so spelt",
    r"\bis said of\b": "about",
    r"\beverybody whom\b": "everyone",
    r"\bas (?:he|she) told\b": "as he recounted",
    r"\bby the article\b": "according to the article",
    r"\bfor the article,": "in the article",
    r"\bquoted to show\b": "say what the quotation says",
    r"\bin any use but\b": "except for",
    r"\bthe first being how\b": "first, how",
    r"\bthe same have\b": "so do",
    r"\bknows the pages\b": "includes the page numbers",
    r"\bbe it\b": "whether",
}


def turns(text: str) -> list[str]:
    """The banned turns in a page, with what to write instead; code is not read."""
    prose = re.sub(r"(?ms)^(`{3,})(?!\{).*?^\1`*$|``.*?``|`[^`\n]*`", " ", text)
    prose = re.sub(r"\s+", " ", prose)
    found = ((p, m) for p in BANNED for m in re.finditer(p, prose, re.IGNORECASE))
    return [f"“{match[0]}”: write {BANNED[pattern]}" for pattern, match in found]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_no_page_has_a_banned_turn(path: Path) -> None:
    assert turns(path.read_text(encoding="utf-8")) == []


def test_a_banned_turn_is_found_across_lines() -> None:
    assert turns("For\nwhoever asks, it\nstands there.") == [
        "“whoever”: write anyone who, readers who",
        "“it stands”: write it is",
    ]
    assert turns("A `whoever` in code, and a ruler whosoever.") == []
