"""The words of a quotation as its readers see them: MyST without roles, links, emphasis, notes."""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from edition.myst.citations import is_citation_role
from edition.myst.index_marks import split_titled
from edition.myst.markdown import parse_inline

_MARKUP = re.compile(r"[\\`*_<>&!~$^{}]|\](?=[(\[])")
_NOTE = re.compile(r"\[\^[^\[\]\s]+\]")
# Roles whose content is an editor's, or no text at all.
_UNSPOKEN = frozenset("textnote lacuna supplied raw eq numref cite footcite download".split())
_UNSPOKEN_CLASSES = frozenset({"typed-reference"})  # the reference as its author typed it
_EXPLAINED = frozenset({"abbr", "abbreviation"})
_SPACE = frozenset({"softbreak", "hardbreak"})
_SPOKEN = frozenset({"text", "code_inline", "math_inline", "text_special"})


def plain_words(myst: str, extensions: frozenset[str]) -> str:
    """Return the words that readers see of a text of MyST, paragraph by paragraph."""
    if not _MARKUP.search(myst):
        return myst
    environment: dict[str, object] = {}
    blocks = (
        "".join(_spoken(parse_inline(block, extensions, environment)))
        for block in re.split(r"\n\s*\n", _NOTE.sub("", myst))
    )
    return "\n\n".join(block.strip() for block in blocks).strip()


def _spoken(inline: Token) -> Iterator[str]:
    hidden = 0
    for token in inline.children or ():
        if token.type == "span_open" and (hidden or token.attrGet("class") in _UNSPOKEN_CLASSES):
            hidden += 1
        elif token.type == "span_close" and hidden:
            hidden -= 1
        elif hidden:
            continue
        elif token.type in _SPOKEN:
            yield token.content
        elif token.type in _SPACE:
            yield "\n"
        elif token.type in ("myst_role", "substitution_inline"):
            yield _words_of_role(str((token.meta or {}).get("name", "")), token.content)


def _words_of_role(name: str, content: str) -> str:
    if not name or name in _UNSPOKEN or is_citation_role(name):
        return ""
    if name in _EXPLAINED:
        return re.sub(r"\s*\([^()]*\)\s*\Z", "", content)
    return split_titled(content)[0]
