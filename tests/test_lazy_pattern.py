"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from edition.model.lazy_pattern import lazy


def test_a_pattern_is_compiled_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(re, "compile", pytest.fail)
    lamp = lazy("lamps?", re.IGNORECASE)
    assert lamp.pattern == "lamps?"
    monkeypatch.undo()
    assert lamp.findall("Lamp, lamps") == ["Lamp", "lamps"]
    assert lamp.fullmatch("LAMPS")
