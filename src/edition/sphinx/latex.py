"""The edition in LaTeX: plain environments, so that any class can set them.

The PDF is made with Typst; this is another way, for those who have a TeX. The look of a passage,
a quotation, a restatement, a note and a listed work look like is said once, in `PREAMBLE`, and a
`preamble` of one's own in `latex_elements` comes after it.
"""

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.latex import LaTeXBuilder, default_latex_engine
from sphinx.builders.latex.constants import LUALATEX_DEFAULT_FONTPKG
from sphinx.config import Config
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.matching import Matcher
from sphinx.util.texescape import escape
from sphinx.writers.latex import LaTeXTranslator

from edition.sphinx.nodes import commentary, drawing, passage, quotation, restatement

# The face of the other PDF where TeX has it, and else what Sphinx chooses: one with Cyrillic.
_FACE = rf"""
\IfFontExistsTF{{Libertinus Serif}}{{%
  \setmainfont{{Libertinus Serif}}[Numbers=OldStyle]\setmonofont{{DejaVu Sans Mono}}[Scale=0.8]%
}}{{%
{LUALATEX_DEFAULT_FONTPKG.strip()}
}}
"""
PREAMBLE = r"""
\usepackage{marginnote}
\newcommand{\editionlabel}[1]{\AddToHookNext{para/begin}{%
  \marginnote{\normalfont\footnotesize #1}}}
\newenvironment{editionpassage}{\par}{\par\medskip}
\newenvironment{editionquotation}{\begin{quote}\small}{\end{quote}}
\newcommand{\editionlemma}[1]{\emph{#1}}
\newenvironment{editionrestatement}{\begin{quote}\small\color{black!70}}{\end{quote}}
\newenvironment{editioncommentary}{\begin{savenotes}\begin{leftbar}\small}%
  {\end{leftbar}\end{savenotes}}
\newenvironment{editionworks}{\par\setlength{\parindent}{0pt}\setlength{\parskip}{0.4\baselineskip}%
  \everypar{\hangindent=1.5em\hangafter=1}}{\par}
\newenvironment{sphinxclassworks}{\begin{editionworks}}{\end{editionworks}}
\AtBeginEnvironment{longtable}{\footnotesize}
\AtBeginEnvironment{tabulary}{\footnotesize}
\fancypagestyle{normal}{\fancyhf{}\renewcommand{\headrulewidth}{0pt}%
  \fancyhead[LE,RO]{\small\thepage}\fancyhead[CE]{\small\emph{\editiontitle}}%
  \fancyhead[CO]{\small\emph{\nouppercase{\leftmark}}}}
\fancypagestyle{plain}{\fancyhf{}\renewcommand{\headrulewidth}{0pt}\fancyfoot[C]{\small\thepage}}
\renewcommand{\chaptermark}[1]{\markboth{#1}{}}
\newcommand{\editionletter}[1]{\symbol{\numexpr #1 - 903 - 26*((2*#1 - 2025)/52)\relax}}
\renewcommand{\thefootnote}{\ifnum\value{footnote}<1000 \arabic{footnote}\else
  \editionletter{\number\value{footnote}}\fi}
\setcounter{secnumdepth}{-1}
\raggedbottom
"""
ELEMENTS = {
    "papersize": "a5paper",
    "pointsize": "10pt",
    "extraclassoptions": "openany",
    "fncychap": "",
    "sphinxsetup": "TitleColor={rgb}{0,0,0}, InnerLinkColor={rgb}{0,0,0}, "
    "OuterLinkColor={rgb}{0,0,0}, HeaderFamily=\\rmfamily, "
    "hmargin={18mm,25mm}, vmargin={22mm,24mm}, marginpar=16mm",
}


class LaTeXBook(LaTeXBuilder):
    """Sphinx's builder; the book's contents are named so, not after the first part of it."""

    def get_contentsname(self, _indexfile: str) -> str:
        """Return nothing, so that TeX writes its own word in the book's language."""
        return ""

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the place of a document in the book; raise NoUri where it is left out."""
        if Matcher(self.config.edition_pdf_exclude)(docname):
            raise NoUri(docname, typ)
        return super().get_target_uri(docname, typ)


class LeaveOut(SphinxPostTransform):
    """Leaves out what `edition_pdf_exclude` keeps from the book, before links are resolved."""

    default_priority = 2
    formats = ("latex",)

    def run(self, **_kwargs: object) -> None:
        """Take those documents out of the tree."""
        left_out = Matcher(self.config.edition_pdf_exclude)
        for document in list(self.document.findall(addnodes.start_of_file)):
            if left_out(document["docname"]):
                document.parent.remove(document)


class WorksListed(SphinxPostTransform):
    """Leaves each list of works where the source has it; Sphinx would move all to the end."""

    default_priority = 740  # Sphinx does so at 750
    formats = ("latex",)

    def run(self, **_kwargs: object) -> None:
        """Make a paragraph of each entry, with its anchor."""
        for entry in list(self.document.findall(nodes.citation)):
            container = entry.parent
            if "docname" not in entry or not isinstance(container, nodes.container):
                continue  # one that an author typed
            container["classes"] = ["works"]
            for block in entry.children:
                if isinstance(block, nodes.paragraph):
                    target = nodes.target("", "", ids=entry["ids"])
                    entry.replace_self(nodes.paragraph("", "", target, *block.children))


class LettersAsNumbers(SphinxPostTransform):
    """Numbers the lettered notes on the text, as TeX and Sphinx know notes by their numbers.

    From 1000 on, `PREAMBLE` shows a number as its letter.
    """

    default_priority = 590  # Sphinx looks for notes at 600
    formats = ("latex",)

    def run(self, **_kwargs: object) -> None:
        """Give each lettered note a number of its own, and its references the same."""
        numbers: dict[tuple[str, str], str] = {}
        for count, note in enumerate(_lettered(self.document, nodes.footnote)):
            letter = ord(note[0].astext()[-1]) - ord("a")
            number = numbers[note["docname"], note["ids"][0]] = str(1000 + 26 * count + letter)
            note[0] = nodes.label("", number)
        for reference in _lettered(self.document, nodes.footnote_reference):
            number = numbers.get((reference["docname"], reference["refid"]), "")
            reference.children = []
            reference += nodes.Text(number)


class ColumnsByContent(SphinxPostTransform):
    """Gives each column of a table the width that its words ask for, where none is given."""

    default_priority = 800
    formats = ("latex",)

    def run(self, **_kwargs: object) -> None:
        """Set the widths, in hundredths of the table's."""
        for table in self.document.findall(nodes.table):
            columns = list(table.findall(nodes.colspec))
            if "colwidths-given" in table["classes"] or len(columns) < 2:
                continue
            asked = [3.0] * len(columns)
            for row in table.findall(nodes.row):
                for number, cell in enumerate(row.children[: len(columns)]):
                    text = cell.astext()
                    longest = max(map(len, text.split()), default=0)
                    asked[number] = max(asked[number], longest, len(text) ** 0.75)
            for column, width in zip(columns, asked, strict=True):
                column["colwidth"] = max(1, round(100 * width / sum(asked)))
            table["classes"].append("colwidths-given")


def _lettered(tree: nodes.document, kind: type[nodes.Element]) -> list[nodes.Element]:
    found: list[nodes.Element] = list(tree.findall(kind))
    classes = ("textual-note", "textual-mark")
    return [node for node in found if any(name in node["classes"] for name in classes)]


def choose_defaults(app: Sphinx, config: Config) -> None:
    """Set a book's page, and an engine that knows every script, where nothing else is set."""
    if config.latex_engine == default_latex_engine(config) == "pdflatex":
        config["latex_engine"] = "lualatex"
    given = dict(config.latex_elements)
    defaults = dict(ELEMENTS)
    if config.latex_engine in ("lualatex", "xelatex"):
        defaults["fontpkg"] = _FACE
    if config.latex_table_style == ["booktabs", "colorrows"]:
        config["latex_table_style"] = ["booktabs"]
    short = str(config.edition_pdf_book.get("short-title", config.project))
    title = f"\\newcommand{{\\editiontitle}}{{{escape(short, config.latex_engine)}}}\n"
    preamble = title + PREAMBLE + given.pop("preamble", "")
    config["latex_elements"] = {**defaults, **given, "preamble": preamble}


def _label(self: LaTeXTranslator, node: nodes.Element) -> None:
    before = node.previous_sibling()
    told = before.get("refid") if isinstance(before, nodes.target) else None
    for ident in node["ids"]:
        if ident != told:  # Sphinx has put that one before the block
            self.body.append(self.hypertarget(ident))
    if node.get("label"):
        self.body.append(rf"\editionlabel{{{self.encode(node['label'])}}}%")
    self.body.append("\n")


def _begin(self: LaTeXTranslator, kind: str) -> None:
    self.body.append(f"\n\n\\begin{{edition{kind}}}\n")


def _end(self: LaTeXTranslator, kind: str) -> None:
    self.body.append(f"\n\\end{{edition{kind}}}\n\n")


def visit_passage(self: LaTeXTranslator, node: passage) -> None:
    """Begin a passage, its number in the margin."""
    _begin(self, "passage")
    _label(self, node)


def depart_passage(self: LaTeXTranslator, _node: passage) -> None:
    """End the passage."""
    _end(self, "passage")


def visit_quotation(self: LaTeXTranslator, node: quotation) -> None:
    """Begin a quotation; the lemma of one that is not reprinted is set apart from words quoted."""
    _begin(self, "quotation")
    _label(self, node)
    if node.get("standoff"):
        for lemma in node.findall(nodes.paragraph):
            words = nodes.emphasis("", "", *lemma.children)
            lemma.children = []
            lemma += words


def depart_quotation(self: LaTeXTranslator, _node: quotation) -> None:
    """End the quotation."""
    _end(self, "quotation")


def visit_restatement(self: LaTeXTranslator, _node: restatement) -> None:
    """Begin a passage told in the editors' words, below its text."""
    _begin(self, "restatement")


def depart_restatement(self: LaTeXTranslator, _node: restatement) -> None:
    """End the restatement."""
    _end(self, "restatement")


def visit_commentary(self: LaTeXTranslator, _node: commentary) -> None:
    """Begin a note of the editors, beside a rule."""
    _begin(self, "commentary")


def depart_commentary(self: LaTeXTranslator, _node: commentary) -> None:
    """End the note."""
    _end(self, "commentary")


def visit_drawing(self: LaTeXTranslator, node: drawing) -> None:
    """Say in words what is drawn."""
    self.body.append(f"\n\n{self.encode(node['title'])}. {self.encode(node['alternative'])}\n\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the builder in place of Sphinx's, its defaults, and how our nodes look."""
    app.add_builder(LaTeXBook, override=True)
    app.connect("config-inited", choose_defaults, priority=700)
    app.add_post_transform(LeaveOut)
    app.add_post_transform(LettersAsNumbers)
    app.add_post_transform(WorksListed)
    app.add_post_transform(ColumnsByContent)
    app.add_node(passage, override=True, latex=(visit_passage, depart_passage))
    app.add_node(quotation, override=True, latex=(visit_quotation, depart_quotation))
    app.add_node(restatement, override=True, latex=(visit_restatement, depart_restatement))
    app.add_node(commentary, override=True, latex=(visit_commentary, depart_commentary))
    app.add_node(drawing, override=True, latex=(visit_drawing, None))
