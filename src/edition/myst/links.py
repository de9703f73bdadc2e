"""Where links lead, and what they find besides anchors: headings, equations, terms, documents."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from markdown_it.token import Token
from myst_parser.slugs import docutils_slugify, github_slugify

_ANCHOR_ROLES = frozenset({"ref", "numref", "std:ref", "std:numref"})
_DOCUMENT_ROLES = frozenset({"doc", "std:doc"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_EQUATION = re.compile(r"\$\$[ \t]*\(([^()\s]+)\)[ \t]*$", re.MULTILINE)
_OUTPUT = re.compile(r"^[ \t]+name:[ \t]*['\"]?([^\s'\"]+)", re.MULTILINE)


def link_target(token: Token) -> tuple[str, str] | None:
    """Return the id and the document that a role or a Markdown link names, one of them or both.

    None where it names neither: a link to another place, to a picture or to data.
    """
    if token.type == "myst_role":
        name = token.meta["name"].lower()
        if name in _ANCHOR_ROLES:
            return _named(str(token.content)), ""
        document = _named(str(token.content)) if name in _DOCUMENT_ROLES else ""
        # With a colon it is another project's, `python:tutorial`.
        return ("", document) if document and ":" not in document else None
    if token.type != "link_open":
        return None
    address = str(token.attrGet("href") or "").removeprefix("project:")
    if _SCHEME.match(address):
        return None
    document, _, target = address.partition("#")
    if document and not document.endswith(".md"):
        return None
    return (unquote(target), unquote(document)) if target or document else None


def _named(content: str) -> str:
    """Return what a role names: ``p12`` or ``the words <p12>``."""
    if content.endswith(">") and (at := content.rfind("<")) >= 0:
        return content[at + 1 : -1].strip()
    return content.strip()


def heading_ids(inline: Token) -> Iterator[str]:
    """Yield the ids that a heading gets by itself: from MyST and from docutils."""
    children = inline.children or ()
    title = "".join(c.content for c in children if c.type in ("text", "code_inline"))
    yield from (github_slugify(title), docutils_slugify(title))


def output_names(options: str) -> Iterator[str]:
    """Yield the ids that the options of a `{code-cell}` give to the figures that it makes."""
    yield from _OUTPUT.findall(options)


def glossary_terms(body: str) -> Iterator[str]:
    """Yield the ids of the terms that a `{glossary}` explains: its lines that are not indented."""
    for line in body.split("\n"):
        if line[:1].strip() and not line.startswith(("..", ":", "%")):
            term = line.split(" : ")[0].strip().lower()
            yield term
            yield f"term-{docutils_slugify(term)}"


def equation_labels(text: str) -> Iterator[str]:
    """Yield the labels behind displayed mathematics, `$$ … $$ (label)`."""
    if "$$" in text:
        yield from _EQUATION.findall(text)
