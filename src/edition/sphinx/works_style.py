"""The bibliography's look: a pybtex formatting style, named `edition`, after Chicago's habits.

Author. *Title*. Edited by …. Place: Publisher, year. A part of a work is set in quotation
marks and names the whole, its volume and the part's pages. Notes to the reader come last.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pybtex.plugin
from pybtex.database import Entry
from pybtex.richtext import BaseText, Symbol, Tag, Text
from pybtex.style.formatting import BaseStyle
from pybtex.style.template import Node

from edition.bibliography.datamodel import PARTS as BOOK_PARTS
from edition.bibliography.datamodel import PERIODICAL_PARTS
from edition.sphinx.short_title import latex

PARTS = BOOK_PARTS | PERIODICAL_PARTS


class WorksStyle(BaseStyle):
    """One entry is one paragraph; its label is its key, which no output shows."""

    default_sorting_style = "none"
    default_label_style = "number"

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.format_labels = _keys
        self.sort = in_file_order

    def get_entry_template(self, entry: Entry) -> Node:
        """The template of an entry of any type."""
        return Node(entry.type, _paragraph)

    # pybtex looks a template up as `get_<type>_template`; ours is one for all types.
    def __getattr__(self, name: str) -> Any:
        if name.startswith("get_") and name.endswith("_template"):
            return self.get_entry_template
        raise AttributeError(name)


ORDER = "edition_order"


def in_file_order(entries: Iterable[Entry]) -> list[Entry]:
    """The entries as the bibliography's files have them: an editor's own order of kinds."""
    return sorted(entries, key=lambda entry: getattr(entry, ORDER, 0))


def _keys(entries: Iterable[Entry]) -> Iterable[str]:
    return (entry.key for entry in entries)


def _paragraph(children: Any, data: dict[str, Any]) -> BaseText:
    entry: Entry = data["entry"]
    sentences = [_responsible(entry), _title(entry), *_whole(entry), *_people(entry)]
    sentences += [_imprint(entry), _identifier(entry), _field(entry, "note")]
    return Text(" ").join(_stopped(part) for part in sentences if str(part))


def _stopped(part: BaseText) -> BaseText:
    """A sentence with its full stop, unless it ends in a stop of its own."""
    return part if str(part).rstrip("”").endswith((".", "?", "!", "…")) else Text(part, ".")


def _field(entry: Entry, name: str) -> Text:
    value = entry.fields.get(name)
    return latex(value) if value else Text()


def _persons(entry: Entry, role: str, *, inverted: bool) -> Text:
    names = [_name(person, inverted and i == 0) for i, person in enumerate(entry.persons[role])]
    if len(names) < 3:
        return Text(" and ").join(names)
    return Text(Text(", ").join(names[:-1]), ", and ", names[-1])


def _name(person: Any, inverted: bool) -> Text:
    given = " ".join([*person.first_names, *person.middle_names])
    family = " ".join([*person.prelast_names, *person.last_names])
    lineage = " ".join(person.lineage_names)
    parts = [family, given, lineage] if inverted else [" ".join(p for p in (given, family) if p)]
    if not inverted and lineage:
        parts.append(lineage)
    return latex(", ".join(part for part in parts if part))


def _responsible(entry: Entry) -> Text:
    if entry.persons.get("author"):
        return _persons(entry, "author", inverted=True)
    if entry.persons.get("editor") and entry.type not in PARTS:
        mark = ", eds" if len(entry.persons["editor"]) > 1 else ", ed"
        return Text(_persons(entry, "editor", inverted=True), mark, ".")
    return Text()


def _title(entry: Entry) -> BaseText:
    if entry.type in PARTS:
        title = latex(entry.fields.get("title", ""), quoted=True)
        stop = "" if str(title).endswith((".", "?", "!", "…")) else "."
        return Text("“", title, stop, "”")
    return Text(Tag("em", _field(entry, "title")), _volume(entry))


def _volume(entry: Entry) -> str:
    if volume := entry.fields.get("volume"):
        return f", vol.\N{NO-BREAK SPACE}{volume}"
    if volumes := entry.fields.get("volumes"):
        return f", {volumes} vols."
    return ""


def _whole(entry: Entry) -> list[Text]:
    """The collection or journal that a part stands in, with volume and pages."""
    pages = _field(entry, "pages")
    if entry.type == "article":
        parts: list[Any] = [Tag("em", _field(entry, "journal"))]
        if volume := entry.fields.get("volume"):
            parts.append(f" {volume}")
        if number := entry.fields.get("number"):
            parts.append(f", no.\N{NO-BREAK SPACE}{number}")
        if when := " ".join(filter(None, (entry.fields.get(f) for f in ("month", "year")))):
            parts.append(f" ({when})")
        return [Text(*parts, *(": ", pages) if str(pages) else ())]
    if entry.type in PARTS and entry.fields.get("booktitle"):
        book = Text("In ", Tag("em", _field(entry, "booktitle")), _volume(entry))
        return [Text(book, ", ", pages) if str(pages) else book]
    return [Text("Pp. ", pages)] if str(pages) else []


def _people(entry: Entry) -> list[Text]:
    """Editors and translators who have not been named yet; who did both is named once."""
    named = [entry.persons.get("author")]
    if entry.type not in PARTS and not named[0]:
        named.append(entry.persons.get("editor"))
    editors, translators = entry.persons.get("editor"), entry.persons.get("translator")
    roles = [("Edited by", editors, "editor"), ("Translated by", translators, "translator")]
    if editors == translators:
        roles = [("Edited and translated by", editors, "editor")]
    return [
        Text(f"{lead} ", _persons(entry, role, inverted=False))
        for lead, people, role in roles
        if people and people not in named
    ]


def _imprint(entry: Entry) -> Text:
    """Edition, then place, publisher and year; the printing where it says more than the year."""
    if entry.type == "article":
        return Text()
    place, publisher = _field(entry, "address"), _field(entry, "publisher")
    made = Text(place, ": ", publisher) if str(place) and str(publisher) else Text(place, publisher)
    parts = [part for part in (made, _field(entry, "year")) if str(part)]
    printing = entry.fields.get("printing")
    if printing and printing != entry.fields.get("year"):
        parts.append(Text("printing of ", printing))
    imprint = Text(", ").join(parts)
    if edition := entry.fields.get("edition"):
        edition_text = latex(edition if "ed" in edition.split() else f"{edition} ed.")
        return Text(edition_text, " ", imprint)
    return imprint


def _identifier(entry: Entry) -> Text:
    if isbn := entry.fields.get("isbn"):
        return Text("ISBN", Symbol("nbsp"), isbn)
    return Text()


def register() -> None:
    """Make the style known to pybtex, and the writers that every citation asks for.

    pybtex finds a writer by reading the metadata of every installed package, each time anew,
    which takes longer than all else that is done for a citation.
    """
    pybtex.plugin.register_plugin("pybtex.style.formatting", "edition", WorksStyle)
    for name in ("docutils", "plaintext"):
        writer = pybtex.plugin.find_plugin("pybtex.backends", name)
        pybtex.plugin.register_plugin("pybtex.backends", name, writer, force=True)
