"""The Sphinx builder `typst`: the whole edition as one book in PDF."""

import datetime
import shutil
from collections.abc import Iterable, Set
from importlib.resources import files
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.errors import ConfigError
from sphinx.locale import __
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.matching import Matcher
from sphinx.util.nodes import inline_all_toctrees

from edition.project.clock import source_date
from edition.sphinx.html_tags import read_tags
from edition.sphinx.nodes import part
from edition.sphinx.typst.back_index import back_index
from edition.sphinx.typst.compilation import QUESTION, BookError, Compiled, compile_book
from edition.sphinx.typst.destinations import finish
from edition.sphinx.typst.labels import WITHIN
from edition.sphinx.typst.settings import (
    Layout,
    check_settings,
    front_matter,
    read_day,
    template_options,
)
from edition.sphinx.typst.syntax import expression, value
from edition.sphinx.typst.translator import BookTranslator
from edition.sphinx.typst.writer import Writer

logger = logging.getLogger(__name__)

MAIN = "book.typ"
PACKAGE = Path(str(files("edition.sphinx.typst")))

# How often a book is set anew at most, to bring notes to the pages of their passages. The 60
# passages with notes of every length in test_typst.py need no second round.
_ROUNDS = 8
# A book of more pages is set once: each setting of 1,000 pages takes some 15 s.
_PAGES = 400
# The blank space in points, eight lines, that a page may have at its foot for the sake of a note.
_GAP = 110
# So much blank is worse than a note overleaf.
_BLANK = 0.4


class TypstBuilder(Builder):
    """Writes `edition.pdf`, and beside it the Typst files that it is made from."""

    name = "typst"
    format = "typst"
    epilog = __("The book is in %(outdir)s.")
    allow_parallel = False
    default_translator_class = BookTranslator
    supported_image_types = [  # noqa: RUF012  the form that Sphinx gives this attribute
        "image/svg+xml",
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
    ]
    # Pictures on other sites are left where they are: a build needs no network.
    supported_remote_images = True

    def init(self) -> None:
        """Read the settings, so that a wrong one is told before any work."""
        config = self.config
        self.failed = False
        self.lacking = ""
        self.start: str = config.root_doc
        self.target = Path(self.outdir) / config.edition_pdf_name
        self.fonts = [Path(self.confdir) / folder for folder in config.edition_pdf_fonts]
        self.template = (
            Path(self.confdir) / config.edition_pdf_template
            if config.edition_pdf_template
            else PACKAGE / "template.typ"
        )
        for path in (self.template, *self.fonts):
            if not path.exists():
                raise ConfigError(
                    f"edition_pdf_template or edition_pdf_fonts: no such file: {path}"
                )
        check_settings(config)
        day = read_day(config.edition_pdf_book.get("date"))
        self.published = source_date() or day or datetime.datetime.now(datetime.UTC)

    def get_outdated_docs(self) -> Iterable[str]:
        """Return every document where the book is older than a file that it is made from.

        A build that failed leaves Typst files that are younger than the book, or none.
        """
        made = _changed(self.target)
        sources = [Path(self.env.doc2path(name)) for name in self.env.found_docs]
        design = [self.template, *PACKAGE.glob("*.py"), *PACKAGE.glob("*.typ")]
        changed = map(_changed, [*sources, *design, Path(self.outdir) / "typst" / MAIN])
        return self.env.found_docs if not made or any(not c or c > made for c in changed) else ()

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a document within the book."""
        return WITHIN + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the same address from everywhere, because the book is one."""
        return self.get_target_uri(to, typ)

    def write_documents(self, _docnames: Set[str]) -> None:
        """Make the book; one changed document changes it all."""
        try:
            with progress_message(__("assembling the book"), nonl=False):
                tree = self.assemble()
            with progress_message(__("translating to Typst")):
                main = self.write_sources(tree)
            with progress_message(__("setting the book")):
                self.write_pdf(main)
        except BookError as error:
            self.failed = True
            for message, place in error.causes:
                logger.error("%s", message, location=place, type="edition", subtype="pdf")

    def assemble(self) -> nodes.document:
        """Return one tree of the documents in reading order, its references resolved."""
        left_out = Matcher(self.config.edition_pdf_exclude)
        tree = self.env.get_doctree(self.start)
        for line in list(tree.findall(nodes.paragraph)):
            if self.config.author and line.astext() == self.config.author:
                line.parent.remove(line)  # the title page has it
        for contents in list(tree.findall(addnodes.toctree)):
            held = [n for n in contents["includefiles"] if not left_out(n)]
            if contents.get("caption") and held:
                contents.parent.insert(0, part(title=contents["caption"]))
        traversed = [self.start, *filter(left_out, sorted(self.env.found_docs))]
        tree = inline_all_toctrees(self, set(), self.start, tree, str, traversed)
        tree["docname"] = self.start
        self.env.resolve_references(tree, self.start, self)
        self.post_process_images(tree)
        read_tags(tree)
        return tree

    def write_sources(self, tree: nodes.document) -> Path:
        """Write the Typst files, each beside its images; return the main one."""
        folder = Path(self.outdir) / "typst"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "images").mkdir(parents=True)
        for source, name in self.images.items():
            shutil.copyfile(Path(self.srcdir) / source, folder / "images" / name)
        shutil.copyfile(PACKAGE / "template.typ", folder / "template.typ")
        (folder / "options.typ").write_text(template_options(self.config), encoding="utf-8")
        design = "template.typ"
        if self.template != PACKAGE / "template.typ":
            design = "design.typ"
            shutil.copyfile(self.template, folder / design)
        translator = self.create_translator(tree, self)
        if not isinstance(translator, Writer):
            raise ConfigError("the builder typst needs a translator that derives from its own")
        tree.walkabout(translator)
        self.destinations = translator.labels.destinations
        self.commented, self.called = translator.commented, translator.called
        self.passages = translator.passages
        front = front_matter(self.env, self.published)
        front["passages"] = [
            [(mark, anchor) for anchor, mark, _title, held in self.passages if held == chapter]
            for chapter in range(translator.chapter + 1)
        ]
        if translator.title_notes:
            front["title_notes"] = translator.title_notes
        index = back_index(translator)
        noted = [name for _chapter, name in self.commented]
        ends = [*self.called, *translator.sections]  # of notes and headings
        asked = (sorted(translator.labels.known), noted, ends, translator.tables)
        question = f"({(PACKAGE / QUESTION).read_text('utf-8')})({', '.join(map(value, asked))})"
        (folder / QUESTION).write_text(question, encoding="utf-8")
        main = folder / MAIN
        main.write_text(
            f"// Made from the edition's sources; the book's design is in template.typ.\n"
            f"#import {value(design)}: *\n{(PACKAGE / 'prelude.typ').read_text('utf-8')}"
            f"#show: {expression('book.with', **front)}\n\n"
            f"{translator.astext()}\n{index}\n#chapter-end\n",
            encoding="utf-8",
        )
        return main

    def write_pdf(self, main: Path) -> None:
        """Compile, add the destinations, and put the PDF in place."""
        compiled = self.compile(main)
        for message, place in compiled.warnings:
            # A reference names its page only where that is another: where naming it moves it to
            # another page, Typst ends after five attempts. One page number may be left out.
            unsettled = "did not converge" in message or "did not stabilize" in message
            report = logger.info if unsettled else logger.warning
            report("%s", message, location=place, type="edition", subtype="typst")
        book = front_matter(self.env, self.published)
        metadata: dict[str, str | list[str]] = {}
        for key, name in (("rights", "dc:rights"), ("identifier", "dc:identifier")):
            if book.get(key):
                metadata[name] = str(book[key])
        if book.get("publisher"):
            metadata["dc:publisher"] = [str(book["publisher"])]
        marks = [entry[:3] for entry in self.passages]
        finish(compiled, self.destinations, metadata, self.target, marks)

    def compile(self, main: Path) -> Compiled:
        """Compile, and again while notes are not on their pages or last pages nearly empty.

        A chapter begins on a page of its own, so its first passage whose note begins on another
        page is mended at once; what comes after it in the chapter may have come right by that.
        A block whose note is set on the page before or after begins a new page where that leaves
        little blank. A chapter whose last page has few lines, or in which another note begins
        overleaf, begins higher, or else lower; where that does not help, the page before the last
        is left shorter. The last two rows of a table are kept together where the last is alone
        overleaf. A page that is left half blank may have become needless by a later change, so it
        is tried without. The best of these books is kept.
        """
        layouts, tried = [Layout()], list[Compiled]()
        while len(tried) <= _ROUNDS:
            made = self.compile_once(main, layouts[-1])
            tried.append(made)
            layouts.append(self.mended(made, layouts[-1]))
            pages = max((page for page, _top in made.places.values()), default=0)
            if layouts[-1] in layouts[:-1] or pages > _PAGES:
                break
        return min(tried, key=_faults)

    def mended(self, made: Compiled, layout: Layout) -> Layout:
        """Return the layout that mends the faults of a book that was set by another."""
        chapters = {**{name: chapter for chapter, name in self.commented}, **self.called}
        blank = _half_blank(made)
        astray = set(made.astray) - layout.fresh
        first = {chapter: name for chapter, name in reversed(self.commented) if name in astray}
        near = {name for name, away, gap in made.notes if away < 0 or gap < _GAP}
        late = {name for name, _away, _gap in made.notes} - near | blank
        wrong = {chapter for chapter, _name in made.short} | {chapters[name] for name in late}
        short = wrong - layout.loose
        shorter = {name for chapter, name in made.short if chapter in layout.loose and name}
        return Layout(
            fresh=(layout.fresh | set(first.values()) | near) - blank,
            tight=(layout.tight | short) - (layout.tight & short),
            loose=layout.loose | (layout.tight & short),
            shorter=layout.shorter | shorter,
            held=layout.held | set(made.parted),
        )

    def compile_once(self, main: Path, layout: Layout) -> Compiled:
        """Compile, and again where fonts lack letters, with their numbers in place of these."""
        moment = int(self.published.timestamp())
        while True:
            options = template_options(self.config, layout, self.lacking)
            main.with_name("options.typ").write_text(options, encoding="utf-8")
            try:
                return compile_book(main, self.fonts, moment)
            except BookError as error:
                if not set(error.letters) - set(self.lacking):
                    raise
                self.lacking += error.letters
                for message, place in error.causes:
                    logger.warning("%s", message, location=place, type="edition", subtype="letter")


def _half_blank(made: Compiled) -> set[str]:
    """Return the passages and notes before which a page ends too early.

    A heading that would stand alone at the foot of a page leaves no less.
    """
    return {
        name
        for name, share in made.blank.items()
        if share > _BLANK and not name.startswith("heading ")
    }


def _faults(made: Compiled) -> int:
    """Return how many notes are on another page than their call, and how many pages are bad."""
    pages = len(made.short) + len(made.parted) + len(_half_blank(made))
    return len(made.astray) + len(made.notes) + pages


def _changed(path: Path) -> float | None:
    """Return when a file was last changed; None where there is none."""
    try:
        return path.stat().st_mtime
    except OSError:
        return None
