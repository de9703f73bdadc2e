"""Where links lead, and what they find besides anchors: headings, equations, terms, documents."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from markdown_it.token import Token
from myst_parser.slugs import docutils_slugify, github_slugify

from edition.myst.index_marks import split_titled

# Roles that name an id, and what kind of id; those of a kind find nothing of another.
_ID_ROLES = frozenset({"ref", "numref", "any", "term", "eq", "confval", "keyword"})
_FILE_ROLES = frozenset({"doc", "download"})
_DOMAIN = re.compile(r"std:")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# `$$ … $$ (label)` in a text whose dollars are not read as mathematics.
EQUATION = re.compile(r"\$\$[ \t]*\(([^()\s]+)\)[ \t]*$", re.MULTILINE)
# What the options of a `{code-cell}` call the figures that it makes.
OUTPUT_NAME = re.compile(r"^[ \t]+name:[ \t]*['\"]?([^\s'\"]+)", re.MULTILINE)


class Link(NamedTuple):
    """What a link names: an id, a document or file, or both; by which role, with which words."""

    target: str
    document: str
    role: str = ""
    worded: bool = True


def link_target(token: Token, typed: str = "") -> Link | None:
    """Return what a role or a Markdown link names; None for what lies outside of the edition.

    A link brings no words where it is `typed` as `[](…)` or `<…>`.
    """
    if token.type == "myst_role":
        return _role_target(_DOMAIN.sub("", token.meta["name"].lower()), str(token.content))
    if token.type != "link_open" or "external" in str(token.attrGet("class")).split():
        return None
    address = str(token.attrGet("href") or "").removeprefix("project:")
    if address.startswith("path:"):
        return Link("", unquote(address.removeprefix("path:")), "download")
    if _SCHEME.match(address) or "?" in address:
        return None
    document, _, target = address.partition("#")
    return Link(unquote(target), unquote(document), "", not typed.startswith(("[]", "<")))


def _role_target(name: str, content: str) -> Link | None:
    if content.startswith("!"):
        return None  # which says that it is no link
    named = split_titled(content)[1]
    worded = named != content.strip()
    if name in _ID_ROLES:
        return Link(named, "", name, worded)
    # With a colon it is another project's, `python:tutorial`, or an address.
    if name in _FILE_ROLES and named and ":" not in named:
        return Link("", named, name, worded)
    return None


def heading_ids(inline: Token) -> Iterator[str]:
    """Yield the ids that a heading gets by itself: from MyST and from docutils."""
    children = inline.children or ()
    title = "".join(c.content for c in children if c.type in ("text", "code_inline"))
    yield from (github_slugify(title), docutils_slugify(title))


def glossary_terms(body: str) -> Iterator[str]:
    """Yield the ids of the terms that a `{glossary}` explains: its lines that are not indented."""
    for line in body.split("\n"):
        if line[:1].strip() and not line.startswith(("..", ":", "%")):
            yield from term_ids(line.split(" : ")[0])


def term_ids(term: str) -> Iterator[str]:
    """Yield the ids that find a term."""
    term = " ".join(re.sub(r"[*_`]|\[(?=[^\[\]]*\]\()|\]\([^()]*\)", "", term).split())
    yield from (term.lower(), f"term:{term.lower()}", f"term-{docutils_slugify(term)}")
