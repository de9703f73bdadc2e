"""The words of citations ("edited by", "vol."), in the language of the edition."""

from __future__ import annotations

from sphinx.locale import get_translation

_translated = get_translation("edition")


def term(english: str) -> str:
    """Return a word of a citation, translated where the edition's language has it."""
    return str(_translated(english)) if english else ""
