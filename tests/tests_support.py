"""What tests share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import validators

try:
    import pypandoc

    PANDOC = str(pypandoc.get_pandoc_path())
except (ImportError, OSError):
    PANDOC = ""
needs_pandoc = pytest.mark.skipif(
    not PANDOC, reason="pandoc is not installed: sphinx-edition[documents] brings it"
)

Write = Callable[[dict[str, str]], Path]
"""Writes files, by path, into an empty project and gives its root."""


def built(name: str) -> Path:
    """An output of `make`: of this checkout, or of that in the folder EDITION_BUILT names."""
    root = Path(os.environ.get("EDITION_BUILT", Path(__file__).parents[1])).resolve()
    if not (root / "build" / name).exists():
        validators.absent(f"build/{name} is not there; make")
    return root / "build" / name
