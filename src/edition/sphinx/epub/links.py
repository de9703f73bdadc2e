"""Addresses within the e-book, and links to documents that it leaves out."""

import html
import os
import re
from collections.abc import Set
from urllib.parse import unquote

from docutils import nodes


def file_of(address: str) -> str:
    """Return the file that an address in the table of contents points into."""
    return unquote(html.unescape(address).partition("#")[0]).replace(os.sep, "/")


def unlink(doctree: nodes.document, addresses: Set[str]) -> None:
    """Turn links to these addresses into text, and take them out of tables of contents."""
    for reference in list(doctree.findall(nodes.reference)):
        if reference.get("refuri", "").split("#")[0] not in addresses:
            continue
        line = reference.parent.parent
        if any(name.startswith("toctree-l") for name in reference.parent["classes"]):
            line.parent.remove(line)
        else:
            reference.replace_self(reference.children)
    for wrapper in list(doctree.findall(nodes.compound)):
        if "toctree-wrapper" in wrapper["classes"] and not any(wrapper.findall(nodes.reference)):
            wrapper.parent.remove(wrapper)


def without_blanks(page: str) -> str:
    """Return an index whose groups, each an id by its name, have no blanks in their ids."""
    return re.sub(r'(?<= )(?:id="|href="#)[^"]* [^"]*"', lambda m: m[0].replace(" ", "-"), page)
