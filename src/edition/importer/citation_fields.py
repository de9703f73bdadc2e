"""Exact citations: the fields of Zotero, Mendeley and Word, and pandoc's citation elements."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from edition.importer.document import Item
from edition.locator import LocatorError, format_locator, parse

# The labels of the Citation Style Language, as a locator has them.
_LABELS = {
    "page": "p.", "chapter": "chap.", "section": "sec.", "paragraph": "para.", "note": "n.",
    "volume": "vol.", "figure": "fig.", "line": "l.", "verse": "v.", "folio": "fol.",
    "column": "col.", "part": "pt.", "book": "bk.", "issue": "no.", "opus": "op.",
    "sub verbo": "s.v.", "sub-verbo": "s.v.",
}  # fmt: skip
_LOCATED = re.compile(
    r"[,\s]*(?P<locator>(?:[^\W\d_]{1,8}\.?\s*)?[\divxlc][\divxlcfnrv\s.,–—&-]*?(?:ff?\.)?)"
    r"(?P<rest>(?:[,;:.]\s+|\s+(?=[^\W\d_]{3})|\s*\Z).*)\Z",
    re.DOTALL,
)
_NUMBER_ONLY = re.compile(
    r"[\divxlc]+(?:\s*[-–—]\s*[\divxlc]+)?(?:\s*ff?\.?)?(?:,\s*\d+(?:\s*[-–—]\s*\d+)?)*\Z"
)


def locator_of(typed: str, label: str = "page") -> str:
    """Return a locator in its normal form, as typed where it has none."""
    typed = " ".join(typed.replace("--", "–").split())
    if not typed:
        return ""
    if _NUMBER_ONLY.fullmatch(typed):
        several = re.search(r"[-–—,]|\df", typed)
        sign = _LABELS.get(label, "p.")
        typed = f"{'pp.' if several and sign == 'p.' else sign} {typed}"
    try:
        return format_locator(parse(typed))
    except LocatorError:
        return re.sub(r"[{}]", "", typed)


def split_suffix(suffix: str) -> tuple[str, str]:
    """Return the locator that begins the words after a key, and the words that are left."""
    text = suffix.strip()
    braced = re.match(r",?\s*\{([^{}]*)\}\s*(.*)", text, re.DOTALL)
    if braced:
        return locator_of(braced[1]), braced[2].strip(" ,")
    found = _LOCATED.fullmatch(text)
    if found is None:
        return "", text.strip(" ,")
    typed = found["locator"].strip(" ,")
    if not _NUMBER_ONLY.fullmatch(typed):
        try:
            parse(typed)
        except LocatorError:
            return "", text.strip(" ,")
    return locator_of(typed), found["rest"].strip(" ,")


def cited_items(citations: Sequence[Any], words: Callable[[Any], str]) -> tuple[Item, ...]:
    """Return the items of pandoc's citation element; `words` gives the text of inlines."""
    items = []
    for one in citations:
        locator, suffix = split_suffix(words(one["citationSuffix"]))
        items.append(
            Item(
                key=one["citationId"],
                locator=locator,
                prefix=words(one["citationPrefix"]).strip(" ,"),
                suffix=suffix,
                suppress_author=one["citationMode"]["t"] == "SuppressAuthor",
            )
        )
    return tuple(items)


def items_of_code(code: str, sources: Mapping[str, Mapping[str, Any]]) -> tuple[Item, ...]:
    """Return the items of a field code; `sources` are the works that Word keeps, by tag."""
    code = code.strip()
    if "CSL_CITATION" in code and (begin := code.find("{")) >= 0:
        try:
            data, _ = json.JSONDecoder().raw_decode(code[begin:])
            return tuple(_items_of_csl(data))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return ()
    if code.upper().startswith("CITATION "):
        return tuple(_items_of_word(code, sources))
    return ()


def _items_of_csl(data: Mapping[str, Any]) -> Iterator[Item]:
    for one in data["citationItems"]:
        work = dict(one.get("itemData") or {})
        locator = locator_of(str(one.get("locator") or ""), str(one.get("label") or "page"))
        uris = one.get("uris") or one.get("uri") or [""]
        key = work.get("citation-key") or work.get("id") or one.get("id") or uris[0]
        yield Item(
            key=str(key),
            locator=locator,
            prefix=str(one.get("prefix") or "").strip(" ,"),
            suffix=str(one.get("suffix") or "").strip(" ,"),
            suppress_author=bool(one.get("suppress-author")),
            data=work or None,
        )


def _items_of_word(code: str, sources: Mapping[str, Mapping[str, Any]]) -> Iterator[Item]:
    r"""Yield the items of `CITATION Har31 \p 19 \f "see" \m Ree40 \p 3 \l 1033`."""
    for part in re.split(r"\\m\s+", code[len("CITATION ") :]):
        tag = part.split("\\", 1)[0].strip()
        switches = {
            m[1]: (m[2] or m[3] or "").strip()
            for m in re.finditer(r'\\([a-z])(?:\s+"([^"]*)"|\s+([^\s\\]+))?', part)
        }
        yield Item(
            key=tag,
            locator=locator_of(switches.get("p", "")),
            prefix=switches.get("f", ""),
            suffix=switches.get("s", ""),
            suppress_author="n" in switches,
            data=sources.get(tag),
        )
