"""sphinxcontrib-bibtex's domain, given the works that the edition has read."""

import weakref
from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from pybtex.database import BibliographyData, Entry
from pybtex.database import Person as BibtexPerson
from pybtex.richtext import Text
from pybtex.style import FormattedEntry
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.nodes import make_refnode
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime
from sphinxcontrib.bibtex.directives import BibliographyKey
from sphinxcontrib.bibtex.domain import BibtexDomain, _FilterVisitor
from sphinxcontrib.bibtex.domain import Citation as ListedWork

from edition.bibliography.citations import aliases_of
from edition.bibliography.datamodel import NEEDED, PARTS
from edition.bibliography.markup import text_of
from edition.bibliography.persons import OTHERS, persons
from edition.bibliography.record import year_of
from edition.model import Work
from edition.sphinx.citations.anchors import anchor_form
from edition.sphinx.citations.csl import is_ordered, style_of
from edition.sphinx.citations.library import Library, sort_key
from edition.sphinx.citations.plugins import BIBLIOGRAPHY, NoteStyle
from edition.sphinx.citations.plugins import WORK as ORIGIN
from edition.sphinx.citations.styles import entry_in, note_in
from edition.sphinx.project import edition_of, listed_works, project_of

logger = logging.getLogger(__name__)

WORK = "work"
"""The type of reference from the words of a citation to the entry of a work."""

_PEOPLE = ("author", "editor", "translator")
# What pybtex's own styles know under another name.
_FOR_BIBTEX = {"journaltitle": "journal", "location": "address", "institution": "school"}

_BIBTEX_TYPES = frozenset(
    """
    article book booklet inbook incollection inproceedings manual mastersthesis misc phdthesis
    proceedings techreport unpublished
    """.split()
)

_libraries: weakref.WeakKeyDictionary[Any, Library] = weakref.WeakKeyDictionary()


def library_of(config: Any) -> Library:
    """Return the library of the build that a configuration belongs to."""
    if config not in _libraries:
        works = edition_of(config).bibliography.works
        _libraries[config] = Library(works, listed_works(config))
    return _libraries[config]


def give_works(app: Sphinx) -> None:
    """Hand over the works as read, before sphinxcontrib-bibtex has pybtex read the files."""
    domain = cast(BibtexDomain, app.env.get_domain("cite"))
    files = [Path(app.confdir, file).resolve() for file in app.config.bibtex_bibfiles]
    data = BibliographyData()
    ours = app.config.bibtex_default_style == BIBLIOGRAPHY
    keys: dict[Path, dict[str, None]] = {file: {} for file in files}
    root = project_of(app.config).root
    works = edition_of(app.config).bibliography.works
    for key, work in works.items():
        data.entries[key] = _bibtex_entry(key, work, ours=ours)
        keys.setdefault((root / work.location.path).resolve(), {})[key] = None
    for alias, key in aliases_of(works).items():
        data.entries[alias] = data.entries[key]
    NoteStyle.write = partial(note_in, app.config, library_of(app.config))
    app.config["bibtex_cite_id"] = anchor_form(app.config.bibtex_cite_id, data.entries)
    domain.data["bibdata"] = BibData(
        encoding=app.config.bibtex_encoding,
        bibfiles={file: BibFile(get_mtime(file), keys[file]) for file in files},
        data=data,
    )


def _bibtex_entry(key: str, work: Work, *, ours: bool) -> Entry:
    """Return an entry as pybtex has it; for its own styles, of a type that they know."""
    values = {name: field.value for name, field in (*work.inherited.items(), *work.fields.items())}
    for name, bibtex in _FOR_BIBTEX.items():
        if name in values:
            values.setdefault(bibtex, values[name])
    if year := year_of(work):
        values.setdefault("year", year)
    people = {
        role: [
            BibtexPerson("others")
            if person is OTHERS
            else BibtexPerson(
                first=_escaped(person.given),
                prelast=_escaped(person.prefix),
                last=f"{{{_escaped(person.family)}}}",
                lineage=_escaped(person.suffix),
            )
            for person in persons(values.pop(role))
        ]
        for role in _PEOPLE
        if role in values
    }
    read = Entry(work.type if ours else _bibtex_type(work.type), fields=values, persons=people)
    read.key = key
    setattr(read, ORIGIN, work)
    return read


def _bibtex_type(kind: str) -> str:
    if kind in _BIBTEX_TYPES:
        return kind
    if kind in PARTS:
        return "incollection"
    others = {"thesis": "phdthesis", "report": "techreport", "suppperiodical": "article"}
    return others.get(kind, "book" if kind in NEEDED and NEEDED[kind] == NEEDED["book"] else "misc")


def _escaped(name: str) -> str:
    return "".join(c for c in name if c not in "\\{}")


class Citations(BibtexDomain):
    """The domain `cite`: its lists hold our entries, its references lead from our words."""

    data_version = 105

    def get_filtered_entries(
        self, bibliography_key: BibliographyKey
    ) -> Iterable[tuple[str, Entry]]:
        """Yield the entries that a `{bibliography}` lists, in time linear in their number."""
        citing: dict[str, set[str]] = defaultdict(set)
        for reference in self.citation_refs:
            for target in reference.targets:
                citing[target.key].add(reference.docname)
        bibliography = self.bibliographies[bibliography_key]
        chosen = set(bibliography.keys)
        for found in self.get_entries(bibliography.bibfiles):
            key = bibliography.keyprefix + found.key
            cited = citing.get(key, set())
            visitor = _FilterVisitor(found, bibliography_key.docname, cited)
            try:
                passes = visitor.visit(bibliography.filter_)
            except (ValueError, TypeError) as error:
                logger.warning(
                    "syntax error in :filter: expression; %s",
                    error,
                    location=(bibliography_key.docname, bibliography.line),
                    type="bibtex",
                    subtype="filter_syntax_error",
                )
                passes = bool(cited)
            if passes or found.key in chosen:
                yield key, found

    def get_formatted_entries(
        self,
        bibliography_key: BibliographyKey,
        docnames: list[str],
        tooltips: bool,
        tooltips_style: str,
    ) -> Iterable[tuple[Entry, FormattedEntry, FormattedEntry | None]]:
        """Yield the entries of a list in our order; they are written where they are printed."""
        if self.bibliographies[bibliography_key].style != BIBLIOGRAPHY:
            yield from super().get_formatted_entries(
                bibliography_key, docnames, tooltips, tooltips_style
            )
            return
        entries = [found for _, found in self.get_filtered_entries(bibliography_key)]
        library = library_of(self.env.config)
        if (style := style_of(self.env.config, library)) and not is_ordered(self.env.config):
            places = {key: place for place, key in enumerate(style.entries)}
            entries.sort(key=lambda found: places.get(found.key, len(places)))
        elif _alphabetical(self.env.config):
            by_year = self.env.config.edition_citation_style == "author-date"
            entries.sort(key=lambda found: _sort_key(library, found.key, by_year=by_year))
        prefix = self.bibliographies[bibliography_key].labelprefix
        for found in entries:
            yield found, FormattedEntry(found.key, Text(""), prefix + found.key), None

    def resolve_xref(  # type: ignore[override]
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: Any,
        contnode: nodes.Element,
    ) -> nodes.Element:
        """Lead from the words of a citation to the entry; without one, leave the words."""
        if typ != WORK:
            found: nodes.Element = super().resolve_xref(
                env, fromdocname, builder, typ, target, node, contnode
            )
            return found
        listed = self._listed(fromdocname).get(target) or self._listed("").get(target)
        if listed is None:
            logger.warning(
                'could not find bibtex key "%s"',
                target,
                location=node,
                type="bibtex",
                subtype="key_not_found",
            )
            return contnode
        library = library_of(env.config)
        record = library.get(target)
        if style_of(env.config, library) and record and not entry_in(env.config, library, record):
            return contnode  # a style may leave a work out of its bibliography
        home = listed.bibliography_key.docname
        reference = make_refnode(builder, fromdocname, home, listed.citation_id, contnode.children)
        if env.config.bibtex_tooltips:
            reference["reftitle"] = self._tooltip(target)
        return reference

    def _tooltip(self, key: str) -> str:
        library = library_of(self.env.config)
        record = library.get(key)
        return text_of(entry_in(self.env.config, library, record)) if record else key

    def _listed(self, docname: str) -> dict[str, ListedWork]:
        """Return the works listed in a document, or in all of them, by key."""
        held = self.__dict__.setdefault("_held", {})
        if held.get("") is None or held["size"] != len(self.citations):
            held.clear()
            held.update({"": {}, "size": len(self.citations)})
            for work in self.citations:
                if self.bibliographies[work.bibliography_key].list_ == "citation":
                    held[""][work.key] = work
                    held.setdefault(work.bibliography_key.docname, {})[work.key] = work
        found: dict[str, ListedWork] = held.get(docname, {})
        return found


def _alphabetical(config: Any) -> bool:
    order = config.edition_bibliography_order
    if config.edition_bibliography_groups or order == "alphabetical":
        return bool(order != "file")
    return not order and str(config.edition_citation_style) != "short-title"


def _sort_key(library: Library, key: str, *, by_year: bool) -> tuple[str, str, str]:
    record = library.get(key)
    return sort_key(record, by_year=by_year) if record else (key, "", "")
