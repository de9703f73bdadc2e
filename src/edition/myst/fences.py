"""Directives within the walk: each read for what its name says it holds."""

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import groupby

from edition.model import AnchorKind, Inclusion
from edition.model.build import MYSTMD
from edition.model.diagnostic import Location
from edition.model.directive_options import DIRECTIVE_OPTIONS
from edition.myst.block_facts import Place, directive_body
from edition.myst.block_quotations import draft_block_quotation, draft_quotation_directive
from edition.myst.blocks import BlockReader
from edition.myst.builder import DocumentBuilder, Paragraph, QuotationDraft
from edition.myst.contents_faults import csv_fault
from edition.myst.dialect import parse, parse_again, parse_restructured
from edition.myst.directive_faults import (
    OF_FILES,
    class_as_name,
    misuse,
    misuses,
    nesting_too_deep,
    option_faults,
)
from edition.myst.directives import LITERAL_BODY, NO_ARGUMENT, Directive, read_directive
from edition.myst.included import included_text, read_included
from edition.myst.index_marks import KINDS, read_entry
from edition.myst.links import OUTPUT_NAME, glossary_terms
from edition.myst.listings import (
    chosen_lines,
    excluded_option,
    language_fault,
    listing_faults,
)
from edition.myst.media import read_language_option, read_picture_directive
from edition.myst.toctrees import read_toctree
from edition.myst.unregistered import note_directive

# What a {literalinclude} shows is not what stands in the file, or not as UTF-8.
_CHANGING = frozenset({"diff", "prepend", "append", "encoding"})
_CODE = frozenset({"code-block", "sourcecode", "code"})
_MAX_DEPTH = 40  # of directives within directives; the build itself fails not far beyond

_QUOTING = frozenset({"epigraph", "pull-quote", "highlights"})
_ROW = re.compile(r"\s*[*+-]\s+[*+-](?:\s|\Z)")
_FIGURES = frozenset({"figure", "image", "table", "list-table", "csv-table"})
# In these sections and their like may stand as outside; {panels} are parted by rules.
_OPEN = frozenset({"only", "panels", *DIRECTIVE_OPTIONS})
_PASSAGES = frozenset({"passage", "commentary"})


def read_fence(reader: BlockReader, at: Place) -> None:
    """Read a fence: code, or a directive with its options and its body."""
    builder, before = reader.builder, reader.before
    directive = read_directive(at.token, builder.source, at.base)
    if directive is None:
        reader.awaiting = None
        if at.token.info.startswith("{."):
            builder.refused.append(class_as_name(at.token.info, builder.source.location(at.line)))
        builder.anchor(AnchorKind.BLOCK, at.token.content)
        if at.token.type == "fence" and not at.token.info.startswith("{"):
            language = at.token.info.split(maxsplit=1)[:1]
            _note_language(builder, language, at.token.content, at.line, forced=False)
        return
    if directive.name == "verse":  # where an indent is no code
        unindented = (line.lstrip() for line in directive.body.split("\n"))
        directive = replace(directive, body="\n".join(unindented))
    if MYSTMD not in builder.extensions or directive.name in DIRECTIVE_OPTIONS:
        builder.problems += option_faults(directive)
    if MYSTMD not in builder.extensions:  # whose directives take more than docutils' do
        builder.refused += misuses(
            directive,
            lambda content: parse_again(builder, content, directive.body_line),
            enclosed=reader.boxes + at.token.level > 0,
            restructured=builder.restructured,
        )
    if directive.name in _CODE:
        _note_listing(builder, directive, directive.body.removeprefix("\n"))
    if directive.name == "highlight":
        builder.highlight = directive.argument
    note_directive(builder, directive)
    read_picture_directive(builder, directive)
    read_language_option(builder, directive)
    _note_ids(builder, directive, at.token.content)
    if reader.depth == _MAX_DEPTH:
        builder.problems.append(nesting_too_deep(directive, _MAX_DEPTH))
        return
    boxed = directive.name not in _OPEN
    reader.depth += 1
    reader.boxes += boxed
    if directive.name == "quotation" or (directive.name == "verse" and directive.argument):
        _quotation(reader, directive, before, structured=True)
    elif directive.name in _QUOTING and not at.quoted:
        _quotation(reader, directive, before, structured=False)
    else:
        _container(reader, directive, at.quoted)
    reader.depth -= 1
    reader.boxes -= boxed


def _note_ids(builder: DocumentBuilder, directive: Directive, code: str) -> None:
    """Add the ids that a directive gives: its name, its label, what it describes or explains."""
    name, label = directive.options.get("name"), directive.options.get("label")
    if label and MYSTMD in builder.extensions:
        name, label = name or label, None
    if name and name.value.strip():  # an empty one names nothing
        builder.pending.append((name.value.strip(), name.location))
    if label and directive.name == "math":
        builder.label(label.value.strip(), label.location)
    elif label:  # a theorem's, or the like
        builder.targets.append(label.value.strip())
    if directive.name == "figure-md" or ":" in directive.name:  # {py:class} names what it describes
        builder.targets += directive.argument.split("(")[0].split()[:1]
    if directive.name == "code-cell":
        builder.targets += OUTPUT_NAME.findall(code)
    if directive.name == "confval":
        builder.targets += (f"confval:{name}" for name in directive.argument.split("\n"))
    if directive.name == "glossary":
        builder.targets += glossary_terms(directive.body)


def _note_language(
    builder: DocumentBuilder, name: list[str], code: str, line: int, *, forced: bool
) -> None:
    """Add the finding for code whose language is not known or is another."""
    language, place = (name or [builder.highlight])[0].lower(), builder.source.location(line)
    if language and (fault := language_fault(language, code, place, forced=forced)):
        builder.refused.append(fault)


def _note_listing(builder: DocumentBuilder, directive: Directive, code: str) -> None:
    named = directive.options.get("language")
    language = [named.value] if named else directive.argument.split()[:1]
    if directive.name == "literalinclude" and not named:
        language = []
    forced = "force" in directive.options
    _note_language(builder, language, code, directive.line, forced=forced)
    builder.refused += listing_faults(directive, code.removesuffix("\n").split("\n"))


def _container(reader: BlockReader, directive: Directive, quoted: bool) -> None:
    builder, name = reader.builder, directive.name
    reader.awaiting = None
    passage, enclosed, aside = builder.passage, builder.enclosed, builder.aside
    if name == "passage":
        passage = builder.passage = None
        builder.anchor(AnchorKind.PASSAGE, directive.body)
    else:
        kind = AnchorKind.FIGURE if name in _FIGURES else AnchorKind.BLOCK
        content = directive.body.strip() or directive.argument
        builder.anchor(kind, content, titled=_is_titled(directive))
    if name in KINDS:
        read_entry(builder, directive)
    if name in _PASSAGES:
        builder.enclosed = True
        builder.aside = aside or name == "commentary"
    if name in LITERAL_BODY:
        _literal(reader, directive)
    else:
        body, base = directive_body(directive)
        if base > directive.line and directive.argument:
            untitled = name in NO_ARGUMENT and not quoted
            reader.argument(directive.argument, directive.line, quotes=untitled)
        held = len(builder.paragraphs)
        reader.read(body, base, quoted=quoted)
        if name == "list-table":
            _join_rows(builder.paragraphs[held:], body, base)
    reader.awaiting = reader.last = None
    if name in _PASSAGES:
        builder.passage, builder.enclosed, builder.aside = passage, enclosed, aside


def _join_rows(cells: list[Paragraph], body: str, base: int) -> None:
    """Tell the cells of a list that is a table which row each is in."""
    starts = [n for n, line in enumerate(body.splitlines(), base) if _ROW.match(line)]
    for _, row in groupby(cells, lambda c: bisect_right(starts, c.text.location(0).line - 1)):
        joined = tuple(row)
        for cell in joined:
            cell.row = joined


def _is_titled(directive: Directive) -> bool:
    """Return True if a link to the block may take its words from a caption there."""
    match directive.name:
        case "figure":
            return bool(directive.body.strip())
        case "table" | "list-table" | "csv-table":
            return bool(directive.argument)
        case "code-block" | "sourcecode" | "literalinclude":
            return "caption" in directive.options
    return directive.name not in NO_ARGUMENT or directive.name == "passage"


def _literal(reader: BlockReader, directive: Directive) -> None:
    builder = reader.builder
    for option in ("file", "diff"):
        if named := directive.options.get(option):
            _name_file(builder, directive, named.value, named.location)
    if directive.name == "toctree":
        read_toctree(builder, directive)
    elif directive.name == "eval-rst":
        _restructured(reader, directive)
    elif directive.name == "csv-table":
        _csv_table(builder, directive)
    elif directive.name in ("include", "literalinclude"):
        place = builder.source.location(directive.line, directive.argument_column)
        _name_file(builder, directive, directive.argument, place)
        if directive.name == "include":
            if code := directive.options.get("code"):
                _note_language(builder, code.value.split()[:1], "", directive.line, forced=True)
            read_included(reader, directive)
        else:
            _listed_file(builder, directive)


def _restructured(reader: BlockReader, directive: Directive) -> None:
    builder = reader.builder
    outer, builder.restructured = builder.restructured, True
    tokens = parse_restructured(builder, directive.body, directive.body_line)
    reader.walk(tokens, 0, len(tokens), directive.body_line, quoted=False)
    builder.restructured = outer


def _name_file(builder: DocumentBuilder, directive: Directive, target: str, at: Location) -> None:
    builder.inclusions.append(Inclusion(target=target, directive=directive.name, location=at))


def _listed_file(builder: DocumentBuilder, directive: Directive) -> None:
    """Read the file that a `{literalinclude}` shows a part of."""
    if clash := excluded_option(directive):
        builder.refused.append(clash)
    elif not directive.options.keys() & _CHANGING and (found := included_text(builder, directive)):
        lines, faults = chosen_lines(directive, found[1])
        builder.refused += faults
        if not faults:
            _note_listing(builder, directive, "\n".join(lines))


def _csv_table(builder: DocumentBuilder, directive: Directive) -> None:
    """Read the rows of a `{csv-table}`, or of the file that it names."""
    content = directive.body.removeprefix("\n")
    if OF_FILES & directive.options.keys():
        named = directive.options.get("file")
        if content.strip() or directive.options.keys() >= OF_FILES:
            fault = "has more than one source"
            builder.refused.append(misuse(directive, fault, "Leave one."))
            return
        if named is None:
            return
        found = included_text(builder, directive, named.value)
        if found is None or "encoding" in directive.options:
            return
        content = found[1]
    if wrong := csv_fault(directive, content):
        builder.refused.append(misuse(directive, *wrong))


def _quotation(
    reader: BlockReader, directive: Directive, before: Paragraph | None, *, structured: bool
) -> None:
    builder = reader.builder
    body, base = directive.body, directive.body_line
    if not structured:
        body, base = directive_body(directive)
    tokens = parse(builder, body, base)
    inlines = [t for t in tokens if t.type == "inline"]
    draft: QuotationDraft | None
    if structured:
        draft = draft_quotation_directive(builder, directive, inlines)
    else:
        draft = draft_block_quotation(builder, directive.location, inlines)
    held = len(builder.paragraphs)
    reader.walk(tokens, 0, len(tokens), base, quoted=True)
    reader.close_displayed(draft, held, before)
