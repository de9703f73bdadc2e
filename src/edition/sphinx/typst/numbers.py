"""The numbers that Sphinx gives sections, figures and tables, the same in every output."""

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment


def section_number(env: BuildEnvironment, docname: str, section: nodes.Element) -> str | None:
    """Return the number of a section; None for one without."""
    # Sphinx leaves the sections of a file with the document that they were read into.
    top = isinstance(section.parent, nodes.document | addnodes.start_of_file)
    first = top and next(c for c in section.parent.children if isinstance(c, nodes.section))
    keys = [""] if first is section else [f"#{identifier}" for identifier in section["ids"]]
    return _number(env.toc_secnumbers.get(docname, {}), keys)


def formula_number(env: BuildEnvironment, docname: str, node: nodes.Element) -> str | None:
    """Return the number of a formula; None for one without."""
    if not node["number"]:
        return None
    counted = env.config.math_numfig and env.config.numfig
    numbers = env.toc_fignumbers.get(docname, {}).get("displaymath", {}) if counted else {}
    return _number(numbers, node["ids"]) or str(node["number"])


def figure_number(env: BuildEnvironment, docname: str, kind: str, ids: list[str]) -> str | None:
    """Return the number of a figure, table or listing, with the word for it; None without."""
    number = _number(env.toc_fignumbers.get(docname, {}).get(kind, {}), ids)
    return str(env.config.numfig_format.get(kind, "%s") % number) if number else None


def _number(numbers: dict[str, tuple[int, ...]], keys: list[str]) -> str | None:
    found = next((numbers[key] for key in keys if numbers.get(key)), ())
    return ".".join(map(str, found)) or None
