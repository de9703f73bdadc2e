"""Exact citations: the fields of Zotero, Mendeley and Word, and pandoc's citation elements."""

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from edition.importer.document import Item
from edition.locator import LocatorError, format_locator, parse
from edition.texts.errors import WitnessError

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
_NAMED = re.compile(r"[^\W\d_]+\.?\s|[^\W\d_]+\.\d")
"""A locator that says itself what it counts: `fol. 3`."""
_NUMBER_ONLY = re.compile(
    r"[\divxlc]+(?:\s*[-–—]\s*[\divxlc]+)?(?:\s*ff?\.?)?(?:,\s*\d+(?:\s*[-–—]\s*\d+)?)*\Z"
)


def locator_of(typed: str, label: str = "page") -> str:
    """Return a locator in its normal form, as typed where it has none."""
    typed = " ".join(typed.replace("--", "–").split())
    if not typed:
        return ""
    if _NUMBER_ONLY.fullmatch(typed) or (label != "page" and not _NAMED.match(typed)):
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
                data=one.get("work"),
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
    for sign, begins, read in (("EN.CITE", "<EndNote", _items_of_endnote),
                               ("CitaviPlaceholder", "{", _items_of_citavi)):  # fmt: skip
        if sign in code and (begin := code.find(begins)) >= 0:
            try:
                return tuple(read(code[begin:]))
            except (ValueError, KeyError, TypeError, AttributeError, WitnessError):
                return ()
    return ()


def decoded(packed: str) -> str:
    """Return the text that a field holds in base 64; nothing if it holds none."""
    try:
        return base64.b64decode("".join(packed.split())).decode("utf-8").rstrip("\0")
    except ValueError:
        return ""


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


_ENDNOTE = {
    "Book": "book", "Edited Book": "book", "Book Section": "chapter", "Thesis": "thesis",
    "Journal Article": "article-journal", "Magazine Article": "article-magazine",
    "Newspaper Article": "article-newspaper", "Web Page": "webpage", "Report": "report",
}  # fmt: skip
_CITAVI = {
    "Book": "book", "BookEdited": "book", "CollectedWorks": "book", "Contribution": "chapter",
    "JournalArticle": "article-journal", "NewspaperArticle": "article-newspaper",
    "InternetDocument": "webpage", "Thesis": "thesis",
}  # fmt: skip


def _items_of_endnote(code: str) -> Iterator[Item]:
    """Yield the items of `<EndNote><Cite><Author>…</Cite></EndNote>`."""
    # Its library is of an extra, which the command's help does without.
    from edition.importer.elements import element_tree

    root = element_tree(code[: code.rindex(">") + 1].encode())

    def words(element: Any, path: str) -> str:
        found = None if element is None else element.find(path)
        return "" if found is None else " ".join("".join(map(str, found.itertext())).split())

    for cite in root.iter("Cite"):
        record = cite.find("record")
        kind = record.find("ref-type") if record is not None else None
        container = words(record, "titles/secondary-title") or words(
            record, "periodical/full-title"
        )
        data: dict[str, Any] = {
            "type": _ENDNOTE.get("" if kind is None else kind.get("name") or "", "document"),
            "title": words(record, "titles/title"),
            "container-title": container,
            "publisher": words(record, "publisher"),
            "publisher-place": words(record, "pub-location"),
            "volume": words(record, "volume"),
            "issue": words(record, "number"),
            "page": words(record, "pages"),
        }
        for role, path in (("author", "authors"), ("editor", "secondary-authors")):
            names = [] if record is None else record.findall(f"contributors/{path}/author")
            data[role] = [_person(" ".join("".join(map(str, n.itertext())).split())) for n in names]
        number = words(cite, "RecNum") or words(record, "rec-number")
        year = words(record, "dates/year") or words(cite, "Year")
        yield _item(
            data,
            key=f"{words(cite, 'Author') or words(record, 'label')} {year}".strip() or number,
            year=year,
            locator=words(cite, "Pages"),
            prefix=words(cite, "Prefix"),
            suffix=words(cite, "Suffix"),
            suppress_author=cite.get("ExcludeAuth") == "1",
        )


def _items_of_citavi(code: str) -> Iterator[Item]:
    """Yield the items of Citavi's placeholder, whose entries are JSON in base 64."""
    data = json.loads(decoded(code.strip("{} ")))
    for entry in data["Entries"]:
        work = entry.get("Reference") or {}
        pages = entry.get("PageRange") or ""
        if isinstance(pages, dict):
            pages = pages.get("OriginalString") or ""
        pages = re.sub(r".*<os>(.*?)</os>.*", r"\1", pages, flags=re.DOTALL)
        people = {"author": "Authors", "editor": "Editors"}
        own: dict[str, Any] = {
            role: [
                {"family": p.get("LastName") or "", "given": p.get("FirstName") or ""}
                for p in work.get(theirs) or ()
            ]
            for role, theirs in people.items()
        }
        publishers = work.get("Publishers") or ()
        own |= {
            "type": _CITAVI.get(str(work.get("ReferenceType")), "document"),
            "title": work.get("Title") or "",
            "publisher": ", ".join(p.get("Name") or "" for p in publishers),
            "publisher-place": work.get("PlaceOfPublication") or "",
            "container-title": (work.get("Periodical") or {}).get("Name") or "",
            "volume": work.get("Volume") or "",
        }
        names = " ".join(p["family"] for p in own["author"])
        year = str(work.get("YearResolved") or work.get("Year") or "")
        key = work.get("CitationKey") or work.get("BibTeXKey") or f"{names} {year}".strip()
        yield _item(
            own,
            key=str(key or work.get("Id")),
            year=year,
            locator=str(pages),
            prefix=str(entry.get("Prefix") or ""),
            suffix=str(entry.get("Suffix") or ""),
            suppress_author=False,
        )


_MARKED = {
    "booktitle": "container-title", "journal": "container-title", "address": "publisher-place",
    "pages": "page", "number": "issue",
}  # fmt: skip
_KINDS = {"article": "article-journal", "inbook": "chapter", "incollection": "chapter",
          "phdthesis": "thesis", "mastersthesis": "thesis", "www": "webpage"}  # fmt: skip
_OF_MARKS = frozenset((*_MARKED, "title", "publisher", "volume", "edition"))


def item_of_mark(given: Mapping[str, str]) -> Item:
    """Return the item of a mark of ODT's own, whose attributes are a work's, as BibTeX has them."""
    data: dict[str, Any] = {_MARKED.get(k, k): v for k, v in given.items() if k in _OF_MARKS}
    data["type"] = _KINDS.get(str(given.get("bibliography-type")), "book")
    for role in ("author", "editor"):
        names = re.split(r"\s*;\s*|\s+and\s+", str(given.get(role) or ""))
        data[role] = [_person(name) for name in names if name]
    year = str(given.get("year") or "")
    key = str(given.get("identifier") or year)
    return _item(data, key=key, year=year, locator="", prefix="", suffix="", suppress_author=False)


def _person(name: str) -> dict[str, str]:
    family, _, given = name.partition(",")
    return {"family": family.strip(), "given": given.strip()}


def _item(data: dict[str, Any], *, key: str, year: str, **typed: Any) -> Item:
    """Return an item with its work's data; its year, page and words as they were typed."""
    if year:
        data["issued"] = {"date-parts": [[year]]}
    data = {name: value for name, value in data.items() if value} | {"id": key}
    typed["locator"] = locator_of(typed["locator"])
    typed |= {name: typed[name].strip(" ,") for name in ("prefix", "suffix")}
    return Item(key=key, data=data if data.get("title") else None, **typed)
