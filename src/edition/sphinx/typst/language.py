"""Language tags (BCP 47), as Typst wants them."""

from docutils import nodes

from edition.model.language_tags import parse_language_tag


def settings(tag: str) -> dict[str, str] | None:
    """Return the arguments of Typst's `text` for a tag such as `ru`, `sr-Latn` or `pt-BR`.

    Variants and extensions have no counterpart in Typst and are left out. None where the
    tag is not a language tag at all.
    """
    parts = parse_language_tag(tag.replace("_", "-"))
    if parts is None:
        return None
    found = {"lang": parts.language}
    if parts.region.isalpha():
        found["region"] = parts.region
    if parts.script:
        found["script"] = parts.script.lower()
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
