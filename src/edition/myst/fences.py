"""Directives within the walk: each read for what its name says it holds."""

from dataclasses import replace

from edition.model import AnchorKind, Inclusion
from edition.model.build import MYSTMD
from edition.model.directive_options import DIRECTIVE_OPTIONS
from edition.myst.block import Place, directive_body, nesting_too_deep, toctree_entries
from edition.myst.block_quotations import draft_block_quotation, draft_quotation_directive
from edition.myst.blocks import BlockReader
from edition.myst.builder import Paragraph
from edition.myst.directives import (
    LITERAL_BODY,
    NO_ARGUMENT,
    Directive,
    option_faults,
    read_directive,
)
from edition.myst.included import read_included
from edition.myst.index_marks import KINDS, read_entry
from edition.myst.links import glossary_terms, output_names
from edition.myst.markdown import parse_markdown
from edition.myst.media import read_language_option, read_picture_directive
from edition.myst.restructuredtext import read_restructured
from edition.myst.unregistered import note_directive

_MAX_DEPTH = 40  # of directives within directives; the build itself fails not far beyond

_QUOTING = frozenset({"epigraph", "pull-quote", "highlights"})
_FIGURES = frozenset({"figure", "image", "table", "list-table", "csv-table"})
_PASSAGES = frozenset({"passage", "commentary"})


def read_fence(reader: BlockReader, at: Place) -> None:
    """Read a fence: code, or a directive with its options and its body."""
    builder, before = reader.builder, reader.before
    directive = read_directive(at.token, builder.source, at.base)
    if directive is None:
        reader.awaiting = None
        builder.anchor(AnchorKind.BLOCK, at.token.content)
        return
    if directive.name == "verse":  # where an indent is no code
        unindented = (line.lstrip() for line in directive.body.split("\n"))
        directive = replace(directive, body="\n".join(unindented))
    mystmd = MYSTMD in builder.extensions
    if not mystmd or directive.name in DIRECTIVE_OPTIONS:
        builder.problems += option_faults(directive)
    note_directive(builder, directive)
    read_picture_directive(builder, directive)
    read_language_option(builder, directive)
    label = directive.options.get("label")
    if name := directive.options.get("name") or (label if mystmd else None):
        builder.pending.append((name.value.strip(), name.location))
    elif label:
        builder.targets.append(label.value.strip())
    if directive.name == "code-cell":
        builder.targets += output_names(at.token.content)
    if directive.name == "glossary":
        builder.targets += glossary_terms(directive.body)
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


def _container(reader: BlockReader, directive: Directive, quoted: bool) -> None:
    builder, name = reader.builder, directive.name
    reader.awaiting = None
    passage, enclosed, aside = builder.passage, builder.enclosed, builder.aside
    if name == "passage":
        passage = builder.passage = None
        builder.anchor(AnchorKind.PASSAGE, directive.body)
    elif name in _FIGURES:
        builder.anchor(AnchorKind.FIGURE, directive.body.strip() or directive.argument)
    else:
        builder.anchor(AnchorKind.BLOCK, directive.body.strip() or directive.argument)
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
        reader.read(body, base, quoted=quoted)
    reader.awaiting = reader.last = None
    if name in _PASSAGES:
        builder.passage, builder.enclosed, builder.aside = passage, enclosed, aside


def _literal(reader: BlockReader, directive: Directive) -> None:
    builder = reader.builder
    if directive.name == "toctree":
        builder.toctree += toctree_entries(directive.body)
    elif directive.name == "eval-rst":
        read_restructured(builder, directive)
    elif directive.name in ("include", "literalinclude"):
        place = builder.source.location(directive.line, directive.argument_column)
        builder.inclusions.append(
            Inclusion(target=directive.argument, directive=directive.name, location=place)
        )
        if directive.name == "include":
            read_included(reader, directive)


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
