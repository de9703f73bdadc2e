"""The language that is being read, MyST or reStructuredText: the tokens of a text in it."""

from markdown_it.token import Token

from edition.model.diagnostic import Finding
from edition.myst.builder import DocumentBuilder
from edition.myst.markdown import parse_inline, parse_markdown
from edition.myst.restructuredtext import inline_token, read_restructured

OF_EVERY_PAGE = "rst_epilog"
"""The mark of findings on names that conf.py may define for every page."""


def parse(builder: DocumentBuilder, text: str, base: int) -> list[Token]:
    """Return the tokens of a text whose first line is the file's line `base`, from 0."""
    if builder.restructured:
        return read_restructured(text, builder.source, base).tokens
    return parse_markdown(text, builder.extensions, builder.environment)


def parse_again(builder: DocumentBuilder, text: str, base: int) -> list[Token]:
    """Return the tokens of a text that is read elsewhere: nothing in it is kept in mind."""
    if builder.restructured:
        return parse(builder, text, base)
    return parse_markdown(text, builder.extensions, {})


def parse_line(builder: DocumentBuilder, text: str) -> Token:
    """Return one line of text, such as a directive's argument, as an inline token."""
    if builder.restructured:
        return inline_token(text)
    return parse_inline(text, builder.extensions, builder.environment)


def parse_restructured(builder: DocumentBuilder, text: str, base: int) -> list[Token]:
    """Return the tokens of a text in reStructuredText; keep what docutils refuses of it."""
    read, last = read_restructured(text, builder.source, base), len(builder.source.lines) - 1
    for told, rule in ((read.messages, ""), (read.unknown, OF_EVERY_PAGE)):
        for line, message in told:
            place = builder.source.location(min(line, last))
            builder.refused.append(Finding(place, message, "Correct it.", rule=rule))
    return read.tokens
