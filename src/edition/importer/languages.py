"""The languages that a document declares."""

import re
from collections import Counter
from functools import cache
from typing import Any

from babel import Locale


def primary(language: str) -> str:
    """Return a language without its country or script."""
    return language.casefold().replace("_", "-").split("-")[0]


def main_language(body: Any) -> str:
    """Return the language that most of a text declares, by characters."""
    seen: Counter[str] = Counter()
    for element in body.xpath("descendant-or-self::*[@lang][not(ancestor::*[@lang])]"):
        seen[primary(element.get("lang"))] += len("".join(element.itertext()))
    (most, count), *_ = seen.most_common(1) or [("", 0)]
    return most if count * 2 > len("".join(body.itertext())) else ""


def language_class(code: str) -> str:
    """Return the end of a span of text in a language, which a file may call by its English name."""
    first = re.sub("[^a-z0-9]", "", primary(code))
    return f"]{{.language-{_by_name().get(first, first) if len(first) > 3 else first}}}"


@cache
def _by_name() -> dict[str, str]:
    return {name.casefold(): code for code, name in Locale("en").languages.items()}
