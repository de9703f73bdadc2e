"""Texts made comparable: without case, accents and kinds of blanks."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Return a text without case and accents, compatible characters made one (Unicode NFKD)."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold_blanks(text: str) -> str:
    """Return a text without regard to case and to the kind and number of its blanks."""
    return " ".join(text.casefold().split())
