"""Language tags as BCP 47 (RFC 5646, "langtag") writes them, without extensions."""

import re
from dataclasses import dataclass

from edition.model.lazy_pattern import lazy

_TAG = lazy(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)(?P<private>-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)


_RIGHT_TO_LEFT = frozenset("ar ckb dv fa he ps sd syr ug ur yi".split())
_RIGHT_TO_LEFT_SCRIPTS = frozenset("Arab Hebr Syrc Thaa Nkoo Adlm Rohg".split())


@dataclass(frozen=True, slots=True)
class LanguageTag:
    """The parts of a tag in their usual capitals: `sr`, `Latn`, `RS`."""

    language: str
    script: str = ""
    region: str = ""
    rest: str = ""

    def __str__(self) -> str:
        return "-".join(filter(None, (self.language, self.script, self.region))) + self.rest


def parse_language_tag(tag: str) -> LanguageTag | None:
    """Return the parts of a tag, None where it is no tag."""
    found = _TAG.fullmatch(tag)
    if found is None:
        return None
    script, region = found["script"] or "", found["region"] or ""
    rest = (found["variants"] + (found["private"] or "")).lower()
    return LanguageTag(found["language"].lower(), script.title(), region.upper(), rest)


def is_right_to_left(tag: str) -> bool:
    """Return whether a language is written from right to left."""
    found = parse_language_tag(tag.replace("_", "-"))
    if found is None:
        return False
    if found.script:
        return found.script in _RIGHT_TO_LEFT_SCRIPTS
    return found.language in _RIGHT_TO_LEFT
