"""The indexes as pages: entries with their passages, and names that lead to them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import ClassVar, cast
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.config import Config as SphinxConfig
from sphinx.domains.std import StandardDomain
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import OptionSpec

from edition.indexes.calendar import DateError, Span, format_span, read_span
from edition.indexes.entries import Index, index_of, sort_key_of
from edition.model import Entry, EntryKind
from edition.sphinx.directions import set_apart
from edition.sphinx.nodes import cross_reference, passage
from edition.sphinx.options import option_spec
from edition.sphinx.project import edition_of, project_of
from edition.sphinx.translation import _, date_words, spaced

ENTRIES = "index-entries"

_indexes: WeakKeyDictionary[SphinxConfig, Index] = WeakKeyDictionary()


def index_for(config: SphinxConfig) -> Index:
    """Return the index of the build's edition, made once."""
    if config not in _indexes:
        _indexes[config] = index_of(edition_of(config))
    return _indexes[config]


class NameRole(SphinxRole):
    """A name in the text, ``{person}`Hart` ``, that leads to its entry."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Link the words; without an entry leave them plain, as the checks have told."""
        words, target = self.text, self.text
        if words.rstrip().endswith(">") and "<" in words:
            words, _, target = words.rstrip().removesuffix(">").rpartition("<")
        kind = EntryKind(self.name.lower())
        entry = index_for(self.config).find(kind, target)
        shown: list[nodes.Node] = [nodes.Text(words.strip())]
        if "*" in words:  # such as the title of a work
            memo = SimpleNamespace(document=self.inliner.document, reporter=self.inliner.reporter)
            shown = list(self.inliner.parse(words.strip(), self.lineno, memo, nodes.inline())[0])
        if entry is not None:
            inner = nodes.inline("", "", *shown)
            shown = [cross_reference(entry.id, self.env.docname, inner)]
        return [nodes.inline("", "", *shown, classes=["name", str(kind)])], []


class EntryDirective(SphinxDirective):
    """What an index explains: a person, a term (`{gloss}`) or an event."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = option_spec(*(str(kind) for kind in EntryKind))

    def run(self) -> list[nodes.Node]:
        """Return a list of one entry with its passages; `join_entries` makes one list of many."""
        depend_on_everything(self)
        index = index_for(self.config)
        kind = EntryKind(self.name.lower())
        entry = index.find(kind, self.options.get("key") or self.arguments[0])
        if entry is None:
            return []
        term = nodes.term("", "", ids=[entry.id])
        self.set_source_info(term)
        term += self._head(entry)
        definition = nodes.definition("", *self.parse_content_to_nodes())
        definition += _passages(index.passages.get(entry.id, ()), self.env.docname)
        item = nodes.definition_list_item("", term, definition)
        item["sort-key"] = _sort_key(entry)
        std = cast(StandardDomain, self.env.get_domain("std"))
        std.note_hyperlink_target(entry.id, self.env.docname, entry.id, entry.name)
        return [nodes.definition_list("", item, classes=[ENTRIES, f"{kind}-entries"])]

    def _head(self, entry: Entry) -> Iterator[nodes.Node]:
        """Yield name and dates; of an event its date first."""
        span = date_of(entry)
        if span is not None:
            when = format_span(span, date_words(self.config.language))
            when = set_apart(when, self.config.language)
            yield nodes.inline("", when, classes=["when"])
            yield nodes.Text(spaced(f"{when}: ").removeprefix(when))
        yield from self.parse_inline(entry.sort or entry.name)[0]
        if entry.dates and entry.kind is not EntryKind.EVENT:
            yield nodes.inline("", f" ({entry.dates})", classes=["dates"])


def date_of(entry: Entry) -> Span | None:
    """Return the date of an event; None for another entry and where it cannot be read."""
    if entry.kind is not EntryKind.EVENT or not entry.dates:
        return None
    try:
        return read_span(entry.dates, julian=entry.calendar == "julian")
    except DateError:
        return None


def _sort_key(entry: Entry) -> tuple[object, ...]:
    span = date_of(entry)
    return (0, span.sort_key) if span is not None else (1, sort_key_of(entry.sort or entry.name))


def _passages(idents: Iterable[str], docname: str) -> nodes.paragraph:
    """Return the line that lists passages."""
    line = nodes.paragraph(classes=["passages"])
    found = list(idents)
    line += nodes.Text(_("Passages: ") if len(found) != 1 else _("Passage: "))
    for number, (first, last) in enumerate(collapsed(found)):
        if number:
            line += nodes.Text(", ")
        line += cross_reference(first, docname)
        if first != last:
            line += nodes.Text("–")
            line += cross_reference(last, docname)
    return line if found else nodes.paragraph("", _("Named in no passage."), classes=["passages"])


def collapsed(idents: Sequence[str]) -> list[tuple[str, str]]:
    """Return passages as ranges, first and last; three or more that follow each other are one."""
    runs: list[list[str]] = []
    for ident in idents:
        if runs and _follows(runs[-1][-1], ident):
            runs[-1].append(ident)
        else:
            runs.append([ident])
    pairs = ([(r[0], r[-1])] if len(r) > 2 else [(i, i) for i in r] for r in runs)
    return [pair for found in pairs for pair in found]


def _follows(one: str, other: str) -> bool:
    parts = [re.fullmatch(r"(.*?)(\d+)", ident) for ident in (one, other)]
    if parts[0] is None or parts[1] is None or parts[0][1] != parts[1][1]:
        return False
    return int(parts[1][2]) == int(parts[0][2]) + 1


def link_first_mentions(app: Sphinx, doctree: nodes.document) -> None:
    """Link a name where a passage, entry or section first has it; leave it plain after that."""
    seen: set[tuple[int, str]] = set()
    for name in list(doctree.findall(nodes.inline)):
        link = name.children[0] if "name" in name["classes"] and name.children else None
        if not isinstance(link, pending_xref):
            continue
        mention = (id(_scope(name)), str(link["reftarget"]))
        if mention in seen:
            name.children = []
            name += link.children
        seen.add(mention)


def _scope(node: nodes.Node) -> nodes.Node:
    """Return the passage, the entry or the section that a name is in."""
    while node.parent is not None:
        node = node.parent
        if isinstance(node, passage | nodes.definition_list_item | nodes.section):
            return node
        if isinstance(node, nodes.paragraph | nodes.block_quote) and node["ids"]:
            return node
    return node


def depend_on_everything(directive: SphinxDirective) -> None:
    """Build the directive's page again when any source changes."""
    project = project_of(directive.config)
    for file in (*project.sources, *project.bibliography):
        directive.env.note_dependency(str(file))


def join_entries(app: Sphinx, doctree: nodes.document) -> None:
    """Make one list, in order, of the entries that follow each other."""
    lists = [node for node in doctree.findall(nodes.definition_list) if ENTRIES in node["classes"]]
    joined: list[nodes.definition_list] = []
    for node in lists:
        before = node.previous_sibling()
        if joined and before is joined[-1] and before["classes"] == node["classes"]:
            before += node.children
            node.parent.remove(node)
        else:
            joined.append(node)
    for node in joined:
        items = [cast(nodes.Element, item) for item in node.children]
        items.sort(key=lambda item: item["sort-key"])
        for item in items:
            del item["sort-key"]
        node.children = []
        node += items


def add_passages_to_works(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let each entry of a printed bibliography say which passages cite the work."""
    entries = [node for node in doctree.findall(nodes.citation) if "docname" in node]
    if not entries:
        return
    index = index_for(app.config)
    by_id = _keys_by_id(app, index)
    std = cast(StandardDomain, app.env.get_domain("std"))
    for node in entries:
        idents = next((by_id[i] for i in node["ids"] if i in by_id), ())
        if not idents:
            continue
        line = nodes.inline("", f" {_('Cited in')} ", classes=["passages"])
        for number, (first, last) in enumerate(collapsed(idents)):
            if number:
                line += nodes.Text(", ")
            line += _reference(app, std, docname, first)
            if first != last:
                line += nodes.Text("–")
                line += _reference(app, std, docname, last)
        line += nodes.Text(".")
        paragraphs = list(node.findall(nodes.paragraph))
        if paragraphs:
            paragraphs[-1] += line


def _keys_by_id(app: Sphinx, index: Index) -> dict[str, tuple[str, ...]]:
    form = str(app.config.bibtex_cite_id)
    return {nodes.make_id(form.format(key=key)): ids for key, ids in index.citing.items()}


def _reference(app: Sphinx, std: StandardDomain, docname: str, ident: str) -> nodes.Node:
    home, target = std.anonlabels.get(ident, ("", ""))[:2]
    if not home:
        return nodes.inline("", ident)
    uri = app.builder.get_relative_uri(docname, home) + f"#{target}"
    return nodes.reference("", ident, internal=True, refuri=uri)
