"""The works that a TEI or JATS file lists, as data of the Citation Style Language by their ids."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from edition.importer.elements import words_of
from edition.importer.tree_nodes import Node, plain_words

_LEAD = re.compile(
    r"\s*(?P<family>[^\W\d_][^,;\d]{1,30}),\s*(?P<given>[^\W\d_][^,;(\d]{0,30}?)[.,]?\s*"
    r"(?:\(?\d{4}[a-z]?\)?[.,:]?\s*)?"
)
"""Who wrote a book whose title follows."""

Works = Mapping[str, Mapping[str, Any]]

_ENTRIES = ("biblStruct", "bibl", "biblFull", "mixed-citation", "element-citation", "citation")
_PEOPLE = ("author", "editor", "name", "string-name", "collab")
_KINDS = {"book": "book", "journal": "article-journal", "chapter": "chapter", "thesis": "thesis"}


def listed_works(root: Any) -> Works:
    """Return the works with an id and a title; the outermost entry has the id."""
    found: dict[str, Mapping[str, Any]] = {}
    for entry in root.iter(*_ENTRIES):
        holder = entry if entry.get("id") else entry.getparent()
        ident = str(holder.get("id") or "") if holder is not None else ""
        if ident and ident not in found and (data := _data(entry)).get("title"):
            found[ident] = data | {"id": ident}
    return found


def citation(link: Any, inner: list[Node], works: Works) -> Node:
    """Return the exact citation that a link with a key is, as pandoc has it."""
    key, locator = str(link.get("data-key")), str(link.get("data-locator") or "")
    in_sentence = re.match(r"\s*[^\W\d_][^()\d]*\(\d{4}", plain_words(inner))
    one = {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": [{"t": "Str", "c": locator}] if locator else [],
        "citationMode": {"t": "AuthorInText" if in_sentence else "NormalCitation"},
        "work": works.get(key),
    }
    return {"t": "Cite", "c": [[one], inner]}


def _data(entry: Any) -> dict[str, Any]:
    def first(*paths: str) -> str:
        return next((w for p in paths if (w := words_of(entry.find(f".//{p}")))), "")

    article = first("article-title", "chapter-title", "analytic/title", "title[@level='a']")
    source = first("source", "monogr/title", "title[@level='m']", "title[@level='j']", "title")
    year = re.search(r"\d{4}", first("year", "date") or _dated(entry))
    kind = _KINDS.get(str(entry.get("publication-type") or ""), "book")
    data: dict[str, Any] = {
        "type": ("article-journal" if kind == "book" else kind) if article else kind,
        "title": article or source,
        "container-title": source if article and source != article else "",
        "author": list(_people(entry, "author")),
        "editor": list(_people(entry, "editor")),
        "issued": {"date-parts": [[year[0]]]} if year else "",
        "publisher": first("publisher", "publisher-name"),
        "publisher-place": first("pubPlace", "publisher-loc"),
        "volume": first("volume", "biblScope[@unit='volume']"),
    }
    if not data["title"] and (typed := _LEAD.fullmatch(entry.text or "")):  # nothing is tagged
        year = re.search(r"\b\d{4}\b", words_of(entry))
        data |= {"title": words_of(entry.find("italic")), "author": [typed.groupdict()]}
        data["issued"] = {"date-parts": [[year[0]]]} if year else ""
    return {name: value for name, value in data.items() if value}


def _dated(entry: Any) -> str:
    date = entry.find(".//date")
    return "" if date is None else str(date.get("when") or "")


def _people(entry: Any, role: str) -> Iterator[dict[str, str]]:
    for person in entry.iter(*_PEOPLE):
        group = next(person.iterancestors("person-group"), None)
        own = person.tag if person.tag in ("author", "editor") else "author"
        if person.find(".//name") is not None or any(
            a.tag in _PEOPLE for a in person.iterancestors()
        ):
            continue
        if (str(group.get("person-group-type")) if group is not None else own) != role:
            continue
        family = next((words_of(person.find(f".//{n}")) for n in ("surname", "family")), "")
        given = " ".join(words_of(g) for n in ("forename", "given-names") for g in person.iter(n))
        words = words_of(person)
        if family or "," in words:
            last, _, first = words.partition(",")
            yield {"family": family or last.strip(), "given": given or first.strip()}
        else:
            given, _, family = words.rpartition(" ")
            yield {"family": family, "given": given}
