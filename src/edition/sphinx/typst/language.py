"""Language tags (BCP 47), as Typst wants them."""

from __future__ import annotations

import re

from docutils import nodes

_TAG = re.compile(
    r"(?P<lang>[a-z]{2,3})(?:[-_](?P<script>[a-z]{4}))?(?:[-_](?P<region>[a-z]{2}))?"
    r"(?:[-_][a-z0-9]{2,8})*",
    re.IGNORECASE,
)


def settings(tag: str) -> dict[str, str] | None:
    """Return the arguments of Typst's `text` for a tag such as `ru`, `sr-Latn` or `pt-BR`.

    Variants and extensions have no counterpart in Typst and are left out. None where the
    tag is not a language tag at all.
    """
    match = _TAG.fullmatch(tag)
    if match is None:
        return None
    found = {"lang": match["lang"].lower()}
    if match["region"]:
        found["region"] = match["region"].upper()
    if match["script"]:
        found["script"] = match["script"].lower()
    return found


def tag_of(node: nodes.Element) -> str:
    """Return the language tag that a node carries, as `lang` or as docutils' class `language-…`.

    On literal text and blocks that class names a programming language.
    """
    if node.get("lang"):
        return str(node["lang"])
    if isinstance(node, nodes.literal | nodes.literal_block):
        return ""
    classes: list[str] = node.get("classes", [])
    for name in classes:
        if name.startswith("language-"):
            return name.removeprefix("language-")
    return ""
