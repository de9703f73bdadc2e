"""Formulas: TeX as typed → MathML, which browsers and reading systems show without a script."""

import re
from html import escape
from xml.etree import ElementTree

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

# The names of MathML are written without a prefix, as HTML wants them.
ElementTree.register_namespace("", "http://www.w3.org/1998/Math/MathML")
# The converter aligns only in this one environment.
_ALIGNED = re.compile(r"\\(begin|end)\{(aligned|align|gathered|gather|eqnarray)\*?\}")
# How many children an element must have.
_CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2}


class FormulaError(ValueError):
    """A formula that cannot be converted."""


def read_formula(tex: str, *, display: bool = False) -> ElementTree.Element:
    """Return a formula as MathML; raise FormulaError for a command that nobody knows."""
    tex = _ALIGNED.sub(r"\\\1{split}", tex.strip())
    if "\\begin" not in tex and re.search(r"(?<!\\)&|\\\\", tex):
        tex = rf"\begin{{split}}{tex}\end{{split}}"
    try:
        formula = ElementTree.fromstring(  # noqa: S314  the converter's own, just written
            convert(tex, display="block" if display else "inline").replace(">&<", ">&amp;<")
        )
    except Exception as error:  # the converter documents none
        raise FormulaError(str(error) or type(error).__name__) from error
    for element in formula.iter():
        name, words = name_of(element), (element.text or "").strip()
        if words.startswith("\\") and len(words) > 1:
            raise FormulaError(f"the command {words} is not known")
        if words == "&":
            raise FormulaError("an & is in no table")
        if len(element) < _CHILDREN.get(name, 0):
            raise FormulaError("a command lacks an argument")
    return formula


def name_of(element: ElementTree.Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def warn_formula(node: nodes.Element, error: FormulaError) -> None:
    """Tell that a formula is printed as typed."""
    logger.warning(
        "the formula is printed as it is typed: %s",
        error,
        location=node,
        type="edition",
        subtype="math",
    )


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line."""
    self.body.append(_markup(node))
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own, with its number."""
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})</span>')
    self.body.append(f"{_markup(node, display=True)}</div>\n")
    raise nodes.SkipNode


def _markup(node: nodes.Element, *, display: bool = False) -> str:
    try:
        formula = read_formula(node.astext(), display=display)
    except FormulaError as error:
        warn_formula(node, error)
        return f"<code>{escape(node.astext())}</code>"
    formula.set("alttext", " ".join(node.astext().split()))
    return ElementTree.tostring(formula, encoding="unicode")


def choose_renderer(_app: Sphinx, config: Config) -> None:
    """Write MathML where no other renderer is chosen; Sphinx's own fetches a script."""
    if config.html_math_renderer is None:
        config["html_math_renderer"] = "mathml"


def setup(app: Sphinx) -> None:
    """Register the renderer of formulas for HTML and EPUB."""
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math_block, None))
    app.connect("config-inited", choose_renderer)
