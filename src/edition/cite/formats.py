"""A passage as other programs and other people's notes want it cited.

Chicago: *The Chicago Manual of Style*, 17th edition, notes, for a web edition. BibTeX:
`@misc`, which every style knows. RIS: the format of Research Information Systems, as Zotero
and EndNote read it. CSL-JSON: csl-data.json of the Citation Style Language 1.0.2.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from edition.cite.metadata import Metadata
from edition.cite.words import MONTHS

# Not \{ and \}: BibTeX counts every brace.
_BRACES = {"{": "left", "}": "right"}
_LATEX = str.maketrans(
    {brace: rf"\textbrace{side}{{}}" for brace, side in _BRACES.items()}
    | {sign: f"\\{sign}" for sign in "&%$#_"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What is cited: an anchor of the edition.

    `kind` is the word for it (`passage`, `quotation`), `page` the page that holds it, from the
    site's root. Without an id it is the whole page, without a page the whole edition.
    """

    id: str = ""
    label: str = ""
    kind: str = "passage"
    page: str = ""


def address(metadata: Metadata, cited: Cited) -> str:
    """Return the address of a passage; from the site's root where the edition has none."""
    fragment = f"#{cited.id}" if cited.id else ""
    return f"{metadata.url}{cited.page}{fragment}"


def chicago(metadata: Metadata, cited: Cited) -> str:
    """Return the citation for a note, as plain text."""
    names = [author.name for author in metadata.authors]
    who = names[0] if len(names) == 1 else ""
    if len(names) > 3:
        who = f"{names[0]} {_word(metadata, 'et al.')}"
    elif len(names) > 1:
        who = f"{', '.join(names[:-1])} {_word(metadata, 'and')} {names[-1]}"
    day = metadata.date
    written = f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""
    when = f" ({metadata.words.get('day', written)})" if day else ""
    parts = [who, metadata.title]
    if metadata.release:
        parts.append(f"{_word(metadata, 'release')} {metadata.release}{when}")
    if cited.id:
        parts.append(f"{_word(metadata, cited.kind)} {cited.label}")
    if metadata.doi:
        parts.append(f"https://doi.org/{metadata.doi}")
    if metadata.url:
        parts.append(address(metadata, cited))
    return ", ".join(parts) + "."


def bibtex(metadata: Metadata, cited: Cited) -> str:
    """Return a BibTeX entry; braces keep the title's capitals and a group's name."""
    fields: dict[str, str] = {
        "author": " and ".join(
            f"{{{_latex(a.family)}}}" if a.group else _latex(a.sort_name) for a in metadata.authors
        ),
        "title": f"{{{_latex(metadata.title)}}}",
    }
    if metadata.release:
        fields["edition"] = f"{_word(metadata, 'Release')} {_latex(metadata.release)}"
    if day := metadata.date:
        fields |= {
            "year": str(day.year),
            "month": MONTHS[day.month - 1][:3].lower(),
            "day": str(day.day),
        }
    if cited.id:
        fields["note"] = _latex(f"{_word(metadata, cited.kind).capitalize()} {cited.label}")
    if metadata.doi:
        fields["doi"] = metadata.doi
    if metadata.url:
        fields["url"] = address(metadata, cited)
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},"
        for name, value in fields.items()
    ]
    return "\n".join([f"@misc{{{_key(metadata, cited)},", *lines, "}"]) + "\n"


def ris(metadata: Metadata, cited: Cited) -> str:
    """Return a RIS record of type ELEC, an electronic source."""
    lines = [("TY", "ELEC"), ("ID", _key(metadata, cited))]
    lines += [("AU", author.sort_name) for author in metadata.authors]
    lines.append(("TI", metadata.title))
    if day := metadata.date:
        lines += [("PY", str(day.year)), ("DA", f"{day.year}/{day.month:02}/{day.day:02}")]
    if metadata.release:
        lines.append(("ET", f"{_word(metadata, 'Release')} {metadata.release}"))
    if cited.id:
        lines += [
            ("SE", cited.label),
            ("N1", f"{_word(metadata, cited.kind).capitalize()} {cited.label}"),
        ]
    if metadata.language:
        lines.append(("LA", metadata.language))
    if metadata.doi:
        lines.append(("DO", metadata.doi))
    if metadata.url:
        lines.append(("UR", address(metadata, cited)))
    lines.append(("ER", ""))
    return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in lines) + "\n"


def csl_json(metadata: Metadata, cited: Cited) -> str:
    """Return a list of one CSL item."""
    item: dict[str, Any] = {
        "id": _key(metadata, cited),
        "type": "webpage",
        "title": metadata.title,
        "author": [
            {"literal": a.family}
            if a.group or not a.given
            else {"family": a.family, "given": a.given}
            for a in metadata.authors
        ],
    }
    if metadata.release:
        item |= {
            "version": metadata.release,
            "edition": f"{_word(metadata, 'Release')} {metadata.release}",
        }
    if day := metadata.date:
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    if cited.id:
        item["section"] = cited.label
        item["note"] = f"{_word(metadata, cited.kind).capitalize()} {cited.label}"
    if metadata.language:
        item["language"] = metadata.language
    if metadata.doi:
        item["DOI"] = metadata.doi
    if metadata.url:
        item["URL"] = address(metadata, cited)
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Metadata, Cited], str]] = {
    "chicago": chicago,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
    "url": address,
}


def _word(metadata: Metadata, word: str) -> str:
    """Return one of our own words in the edition's language."""
    return metadata.words.get(word, word)


def _key(metadata: Metadata, cited: Cited) -> str:
    """Return a key that two passages, or two releases of one, never share."""
    family = unicodedata.normalize("NFKD", metadata.authors[0].family).casefold()
    name = re.sub(r"[^a-z0-9]+", "-", family).strip("-") or "edition"
    release = re.sub(r"[^A-Za-z0-9.]+", "-", metadata.release).strip("-")
    return "-".join(part for part in (name, release, cited.id) if part)


def _latex(text: str) -> str:
    return text.translate(_LATEX)
