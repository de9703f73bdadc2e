"""Directives within the walk: each read for what its name says it holds."""

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import groupby

from edition.model import AnchorKind, Inclusion, Reference
from edition.model.build import MYSTMD
from edition.model.diagnostic import Finding, Location
from edition.model.directive_options import DIRECTIVE_OPTIONS
from edition.myst.block import Place, directive_body, toctree_entries
from edition.myst.block_quotations import draft_block_quotation, draft_quotation_directive
from edition.myst.blocks import BlockReader
from edition.myst.builder import DocumentBuilder, Paragraph
from edition.myst.directive_faults import (
    language_fault,
    misuses,
    nesting_too_deep,
    option_faults,
)
from edition.myst.directives import LITERAL_BODY, NO_ARGUMENT, Directive, read_directive
from edition.myst.included import read_included
from edition.myst.index_marks import KINDS, read_entry
from edition.myst.links import glossary_terms, output_names
from edition.myst.markdown import parse_markdown
from edition.myst.media import read_language_option, read_picture_directive
from edition.myst.restructuredtext import read_restructured
from edition.myst.unregistered import note_directive

# In a table of contents: a pattern, an address, the document itself, a page of Sphinx's.
_NO_DOCUMENT = re.compile(r"[*?\[]|://|\A(?:self|genindex|modindex|search)\Z")
_CODE = frozenset({"code-block", "sourcecode", "code"})
_MAX_DEPTH = 40  # of directives within directives; the build itself fails not far beyond

_QUOTING = frozenset({"epigraph", "pull-quote", "highlights"})
_ROW = re.compile(r"\s*[*+-]\s+[*+-](?:\s|\Z)")
_FIGURES = frozenset({"figure", "image", "table", "list-table", "csv-table"})
_PASSAGES = frozenset({"passage", "commentary"})


def read_fence(reader: BlockReader, at: Place) -> None:
    """Read a fence: code, or a directive with its options and its body."""
    builder, before = reader.builder, reader.before
    directive = read_directive(at.token, builder.source, at.base)
    if directive is None:
        reader.awaiting = None
        builder.anchor(AnchorKind.BLOCK, at.token.content)
        if at.token.type == "fence" and not at.token.info.startswith("{"):
            language = at.token.info.split(maxsplit=1)[:1]
            _note_language(builder, language, at.token.content, at.line)
        return
    if directive.name == "verse":  # where an indent is no code
        unindented = (line.lstrip() for line in directive.body.split("\n"))
        directive = replace(directive, body="\n".join(unindented))
    if MYSTMD not in builder.extensions or directive.name in DIRECTIVE_OPTIONS:
        builder.problems += option_faults(directive)
    if MYSTMD not in builder.extensions:  # whose directives take more than docutils' do
        builder.refused += misuses(
            directive,
            lambda: parse_markdown(directive.body, builder.extensions, builder.environment),
        )
    if directive.name in _CODE:
        _note_language(builder, directive.argument.split()[:1], directive.body, directive.line)
    note_directive(builder, directive)
    read_picture_directive(builder, directive)
    read_language_option(builder, directive)
    _note_ids(builder, directive, at.token.content)
    if reader.depth == _MAX_DEPTH:
        builder.problems.append(nesting_too_deep(directive, _MAX_DEPTH))
        return
    reader.depth += 1
    if directive.name == "quotation" or (directive.name == "verse" and directive.argument):
        _structured(reader, directive, before)
    elif directive.name in _QUOTING and not at.quoted:
        _quoting(reader, directive, before)
    else:
        _container(reader, directive, at.quoted)
    reader.depth -= 1


def _note_ids(builder: DocumentBuilder, directive: Directive, code: str) -> None:
    """Add the ids that a directive gives: its name, its label, what it describes or explains."""
    name, label = directive.options.get("name"), directive.options.get("label")
    if label and MYSTMD in builder.extensions:
        name, label = name or label, None
    if name:
        builder.pending.append((name.value.strip(), name.location))
    if label and directive.name == "math":
        builder.label(label.value.strip(), label.location)
    elif label:  # a theorem's, or the like
        builder.targets.append(label.value.strip())
    if directive.name == "figure-md" or ":" in directive.name:  # {py:class} names what it describes
        builder.targets += directive.argument.split("(")[0].split()[:1]
    if directive.name == "code-cell":
        builder.targets += output_names(code)
    if directive.name == "glossary":
        builder.targets += glossary_terms(directive.body)


def _note_language(builder: DocumentBuilder, name: list[str], code: str, line: int) -> None:
    """Add the finding for code whose language is not known or is another."""
    if name and (fault := language_fault(name[0].lower(), code, builder.source.location(line))):
        builder.refused.append(fault)


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
    if directive.name == "toctree":
        for entry, row in toctree_entries(directive):
            if entry in builder.toctree:
                builder.refused.append(_twice(entry, builder.source.location(row)))
            builder.toctree.append(entry)
            if not _NO_DOCUMENT.search(entry):
                place = builder.source.location(row)
                builder.references.append(
                    Reference(target="", document=entry, location=place, role="toctree")
                )
    elif directive.name == "eval-rst":
        read_restructured(builder, directive)
    elif directive.name in ("include", "literalinclude"):
        place = builder.source.location(directive.line, directive.argument_column)
        builder.inclusions.append(
            Inclusion(target=directive.argument, directive=directive.name, location=place)
        )
        if directive.name == "include":
            read_included(reader, directive)


def _twice(entry: str, place: Location) -> Finding:
    return Finding(
        location=place,
        message=f"the table of contents names “{entry}” twice",
        hint="Take one of the two out.",
    )


def _quoting(reader: BlockReader, directive: Directive, before: Paragraph | None) -> None:
    body, base = directive_body(directive)
    tokens = parse_markdown(body, reader.builder.extensions, reader.builder.environment)
    inlines = [t for t in tokens if t.type == "inline"]
    draft = draft_block_quotation(reader.builder, directive.location, inlines)
    held = len(reader.builder.paragraphs)
    reader.walk(tokens, 0, len(tokens), base, quoted=True)
    reader.close_displayed(draft, held, before)


def _structured(reader: BlockReader, directive: Directive, before: Paragraph | None) -> None:
    tokens = parse_markdown(directive.body, reader.builder.extensions, reader.builder.environment)
    inlines = [t for t in tokens if t.type == "inline"]
    draft = draft_quotation_directive(reader.builder, directive, inlines)
    held = len(reader.builder.paragraphs)
    reader.walk(tokens, 0, len(tokens), directive.body_line, quoted=True)
    reader.close_displayed(draft, held, before)
