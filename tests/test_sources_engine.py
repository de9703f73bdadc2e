"""Pages found by an existing engine, quotations placed in them by us."""

from __future__ import annotations

from pathlib import Path

from edition.sources.engine import Tantivy, judge_by, write_tantivy
from edition.sources.verdict import Asked, Verdict
from sources_support import book, source


def test_the_verdicts_are_those_of_one_corpus(tmp_path: Path) -> None:
    texts = book(30)
    write_tantivy(tmp_path / "index", [source(texts), source(book(9, seed=5), "serrin")])
    engine = Tantivy(tmp_path / "index")
    words = texts[11].split()[20:50]

    def judged(text: list[str], label: str, key: str = "hart") -> tuple[Verdict, tuple[str, ...]]:
        found = judge_by(engine, Asked(key=key, labels=(label,), text=" ".join(text)))
        return found.verdict, found.found

    assert judged(words, "12") == (Verdict.VERIFIED, ("12",))
    assert judged(words, "3") == (Verdict.ELSEWHERE, ("12",))
    assert judged([*words[:9], "lighthouse", *words[10:]], "12") == (Verdict.DIFFERS, ("12",))
    other = "every sailor knew that storms would follow when gulls flew low".split()
    assert judged(other, "12")[0] is Verdict.NOT_FOUND
