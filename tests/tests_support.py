"""Types that tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Write = Callable[[dict[str, str]], Path]
"""Writes files, by path, into an empty project and gives its root."""
