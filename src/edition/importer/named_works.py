"""Works named in the running text with a page, or as the source of a statement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edition.importer.reference import LOCATOR, Part, Typed, find_in_brackets, read_reference
from edition.importer.resolution import Resolver

_SENTENCE_END = re.compile(r"[.!?…][”\"’»)]*\s+(?=[^\W\d_a-zß-ÿ])")
_ACCORDING = re.compile(r"\baccording to\b", re.IGNORECASE)
_AFTER_TITLE = re.compile(
    r"[”\"’]?,?\s*\(?(?P<place>(?:,?\s*(?:[Vv]ol(?:ume|\.)\s*(?:\d+|[IVXLC]+)),?\s*)?"
    + LOCATOR.pattern.replace("(?P<label>", "(?:").replace("(?P<pages>", "(?:")
    + r")\)?"
)


def works_in_sentences(text: str, typed: Sequence[Typed], resolver: Resolver) -> list[Typed]:
    """Return works named in the running text with a page, or as the source of a statement."""
    found: list[Typed] = []
    for key, begin, end in resolver.named(text):
        if any(t.start <= begin < t.end for t in (*typed, *found)):
            continue
        profile = resolver.profiles[key]
        if match := _AFTER_TITLE.match(text, end):
            begin = _from_author(text, begin, profile.families)
            words_of = text[begin : match.end()].strip()
            parts = read_reference(words_of)
            if parts:
                found.append(
                    Typed(
                        start=begin,
                        end=match.end(),
                        text=text[begin : match.end()],
                        form="sentence",
                        parts=parts,
                    )
                )
            continue
        sentence_from = max((m.end() for m in _SENTENCE_END.finditer(text, 0, begin)), default=0)
        lead = text[sentence_from:begin]
        named = any(re.search(rf"(?<!\w){f}(?!\w)", lead, re.IGNORECASE) for f in profile.families)
        following = text[end:]
        stop = _SENTENCE_END.search(following)
        rest = following[: stop.start() if stop else len(following)]
        pages_later = LOCATOR.search(rest) or find_in_brackets(text[end : end + 400])[:1]
        if named and _ACCORDING.search(lead) and not pages_later:
            part = Part(words=f"{' '.join(profile.families)} {text[begin:end]}")
            found.append(
                Typed(start=begin, end=end, text=text[begin:end], form="sentence", parts=(part,))
            )
    return found


def _from_author(text: str, begin: int, families: Sequence[str]) -> int:
    """Return where the author's name begins that stands right before a title: `Hart, Letters`."""
    for family in families:
        if match := re.search(
            rf"(?<!\w){re.escape(family)},\s*[“\"]?\Z", text[:begin], re.IGNORECASE
        ):
            return match.start()
    article = re.search(r"(?<!\w)(?:The|An?)\s\Z", text[:begin])
    begin = article.start() if article else begin
    return begin - 1 if begin and text[begin - 1] in '“"' else begin
