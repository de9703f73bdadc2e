"""Comments that ask the checker to be silent: `% edition: ignore RULE -- reason`."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from edition.model import Ignore
from edition.myst.positions import SourceText

_IGNORE = re.compile(r"\s*edition:\s*ignore\b(?P<rest>.*)", re.IGNORECASE)
_REASON = re.compile(r"(?:^|\s)(?:--|—|–)(?:\s|$)")
_NO_BLOCK = frozenset({"myst_line_comment", "myst_target", "front_matter"})


def read_ignores(
    tokens: Sequence[Token], position: int, source: SourceText, base: int
) -> Iterator[Ignore]:
    """Yield the ignores of a comment token, with the lines of the block that follows it.

    `base` is the file's line, from 0, on which the parsed text begins.
    """
    comment = tokens[position]
    if comment.map is None or "edition:" not in comment.content.casefold():
        return
    first, last = _following_block(tokens, position, base)
    for row, content in enumerate(comment.content.split("\n")):
        match = _IGNORE.match(content)
        if match is None:
            continue
        line = base + comment.map[0] + row
        rules, *reason = _REASON.split(match["rest"], maxsplit=1)
        yield Ignore(
            location=source.location(line, max(source.lines[line].find("%"), 0)),
            rules=tuple(rules.replace(",", " ").split()),
            reason=reason[0].strip() if reason else "",
            first_line=first,
            last_line=last,
        )


def _following_block(tokens: Sequence[Token], position: int, base: int) -> tuple[int, int]:
    """Return the first and last line of the block after the comment, from 1; else 0."""
    first = base + (tokens[position].map or [0, 0])[1] + 1
    for token in tokens[position + 1 :]:
        if token.nesting < 0:
            break
        if token.map and token.type not in _NO_BLOCK:
            return first, base + token.map[1]
    return 0, 0
