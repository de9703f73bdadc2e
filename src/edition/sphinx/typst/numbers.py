"""The numbers that Sphinx gives sections, figures and tables, the same in every output."""

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment


def section_number(env: BuildEnvironment, docname: str, section: nodes.Element) -> str | None:
    """Return the number that Sphinx gives a section, as in every other output."""
    numbers = env.toc_secnumbers.get(docname, {})
    first = isinstance(section.parent, addnodes.start_of_file)
    for key in [""] if first else [f"#{identifier}" for identifier in section["ids"]]:
        if number := numbers.get(key):
            return ".".join(map(str, number))
    return None


def formula_number(env: BuildEnvironment, docname: str, node: nodes.Element) -> str | None:
    """Return the number that Sphinx gives a formula, None for one without."""
    if not node["number"] or not (env.config.math_numfig and env.config.numfig):
        return str(node["number"]) if node["number"] else None
    numbers = env.toc_fignumbers.get(docname, {}).get("displaymath", {})
    found = next((numbers[identifier] for identifier in node["ids"] if identifier in numbers), ())
    return ".".join(map(str, found)) or str(node["number"])


def figure_number(env: BuildEnvironment, docname: str, kind: str, ids: list[str]) -> str | None:
    """Return the number that Sphinx gives a figure or table, as in every other output."""
    numbers = env.toc_fignumbers.get(docname, {}).get(kind, {})
    for identifier in ids:
        if number := numbers.get(identifier):
            words = env.config.numfig_format.get(kind, "%s")
            return str(words % ".".join(map(str, number)))
    return None
