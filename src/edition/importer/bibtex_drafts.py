"""A BibTeX draft of a work that the bibliography lacks, from the words of its reference."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from edition.bibliography.references import Part
from edition.bibliography.references.profile import tokens
from edition.importer.recognised import Missed

_NAME = re.compile(r"(?P<name>(?:[^\W\d_](?:\.|[\w’'-]+)\s*){1,4})(?:,|\s*\(|\s*“|\Z)")
_NOTE = "DRAFT, from the data of a citation's field"
_PLACE_STOP = re.compile(r"\b(?:ed(?:s|ited)?|trans(?:lated)?)\b", re.IGNORECASE)


def drafts(missed: Sequence[Missed], taken: Iterable[str]) -> str:
    """Draft an entry for each work that a missed reference names, each once."""
    keys = {key.casefold() for key in taken}
    entries: list[str] = []
    seen = set[str | tuple[str, str]]()
    works: list[dict[str, Any]] = []
    for one in missed:
        if one.item is not None and one.item.data:
            if one.item.work not in seen:
                seen.add(one.item.work)
                key = _key(_names_and_title(one.item.data), keys)
                keys.add(key)
                works.append({**one.item.data, "id": key, "annote": _NOTE})
            continue
        fields = _fields(one.part)
        if not fields.get("title"):
            continue
        ident = " ".join(tokens(fields.get("author", "") + " " + fields["title"])[:6])
        if ident in seen:
            continue
        seen.add(ident)
        key = _key(fields, keys)
        keys.add(key)
        rows = [f"  {name} = {{{_safe(value)}}}," for name, value in fields.items() if value]
        rows.append(
            f"  annotation = {{DRAFT, to be completed: {_safe(' '.join(one.text.split()))}}},"
        )
        kind = fields.pop("_type", "book")
        body = "\n".join(row for row in rows if not row.startswith("  _type"))
        entries.append(f"@{kind}{{{key},\n{body}\n}}")
    if works:
        from edition.importer.pandoc import bibtex_of

        entries.append(bibtex_of(works).strip())
    return "\n\n".join(entries) + ("\n" if entries else "")


def _names_and_title(data: Mapping[str, Any]) -> dict[str, str]:
    people = data.get("author") or data.get("editor") or [{}]
    author = str(people[0].get("family") or people[0].get("literal") or "")
    return {"author": author, "title": str(data.get("title") or "work")}


def _fields(part: Part) -> dict[str, str]:
    words = re.sub(r"[()\[\]]", " ", part.words)
    quoted = [t.rstrip(",.") for t in part.titles]
    rest = re.sub(r"[“\"„«‘][^”\"“»]*(?:[”\"»]|’(?!\w))", " , ", words) if quoted else words
    pieces = [p.strip(" .,:;") for p in re.split(r"[,:]", rest)]
    pieces = [p for p in pieces if p and not re.fullmatch(r"(?:1[4-9]|20)\d\d[a-z]?", p)]
    author = ""
    if (
        pieces
        and _NAME.fullmatch(pieces[0])
        and (quoted or len(pieces) > 1)
        and len(pieces[0].split()) <= 4
    ):
        author = pieces.pop(0)
        if (
            pieces
            and len(author.split()) == 1
            and re.fullmatch(r"(?:[A-Z]\.?\s*){1,3}|[A-Z][a-z]+", pieces[0])
            and len(pieces) > 1
        ):
            author = f"{author}, {pieces.pop(0)}"
    fields: dict[str, str] = {"_type": "incollection" if quoted and pieces else "book"}
    if author:
        fields["author"] = author
    fields["title"] = quoted[0] if quoted else (pieces.pop(0) if pieces else "")
    if quoted and pieces:
        fields["booktitle"] = pieces.pop(0)
    if part.volume:
        fields["volume"] = part.volume
    pieces = [p for p in pieces if not _PLACE_STOP.search(p)]
    if pieces:
        fields["publisher"] = pieces.pop(0)
    if pieces:
        fields["address"] = pieces.pop(0)
    if part.years:
        fields["year"] = part.years[0]
    return fields


def _key(fields: dict[str, str], taken: set[str]) -> str:
    author = tokens(fields.get("author", "").split(",")[0])
    title = [t for t in tokens(fields["title"]) if len(t) > 3] or tokens(fields["title"])
    base = "-".join([*author[-1:], *title[:1]]) or "work"
    base = re.sub(r"[^a-z0-9-]", "", base) or "work"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def _safe(value: str) -> str:
    return re.sub(r"([&%#$])", r"\\\1", value.replace("{", "(").replace("}", ")").replace("\\", ""))
