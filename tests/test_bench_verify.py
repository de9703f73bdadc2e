"""The benchmark of locating: what it reads and prints."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from verify_support import book

BENCH = Path(__file__).parent.parent / "bench"
FIELDS = {
    "recall",
    "right_page",
    "fabricated_accepted",
    "wrong_cites_corrected",
    "false_page_alarms",
    "ms_mean",
    "ms_p50",
    "ms_p95",
    "index_s",
    "peak_mb",
}


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCH / script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def write(folder: Path, name: str, records: list[dict[str, object]]) -> None:
    (folder / f"{name}.json.gz").write_bytes(gzip.compress(json.dumps(records).encode()))


def test_one_object_from_the_fields_that_a_set_must_have(tmp_path: Path) -> None:
    texts = book(30)
    write(tmp_path, "pages", [{"vol": 0, "label": n, "text": t} for n, t in enumerate(texts, 1)])
    inside = " ".join(texts[11].split()[20:50])
    real: dict[str, object] = {"text": inside, "vol": 0, "p0": 12, "p1": 12, "fab": False}
    invented = "every sailor knew that storms would follow when gulls flew low over chimneys"
    quotes: list[dict[str, object]] = [
        real | {"cvol": 0, "cite": [12, 12]},
        real | {"cvol": 0, "cite": [9, 9]},
        {"text": invented, "cvol": 0, "cite": [9, 9], "fab": "out"},
    ]
    write(tmp_path, "quotes", quotes)
    done = run("verify.py", str(tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found) >= FIELDS
    assert (found["recall"], found["right_page"], found["fabricated_accepted"]) == (1, 1, 0)
    assert (found["wrong_cites_corrected"], found["false_page_alarms"]) == (1, 0)


@pytest.mark.parametrize("content", [None, b"no gzip"])
def test_a_set_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    if content:
        (tmp_path / "pages.json.gz").write_bytes(content)
    done = run("verify.py", str(tmp_path), "--json")
    assert done.returncode == 1
    assert "pages.json.gz" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_set_from_a_folder_of_texts(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for number in (1, 2, 3):
        text = "\n".join(book(40, seed=number))
        (tmp_path / "texts" / f"book-{number}.txt").write_text(text, encoding="utf-8")
    done = run("quotation_sets.py", str(tmp_path / "texts"), str(tmp_path), "--count", "40")
    assert done.returncode == 0, done.stderr
    done = run("verify.py", str(tmp_path), "--json")
    assert json.loads(done.stdout)["recall"] == 1
