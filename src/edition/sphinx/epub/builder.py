"""The Sphinx builder `epub`: the edition as a book of EPUB 3."""

import datetime
import html
from collections.abc import Iterator, Set
from pathlib import Path
from types import MethodType
from typing import Any

from docutils import nodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.locale import _, __
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.matching import Matcher
from sphinx.util.template import SphinxRenderer

from edition.model.language_tags import is_right_to_left
from edition.project.clock import source_date
from edition.sphinx.epub import cover as covers
from edition.sphinx.epub import package
from edition.sphinx.epub.archive import write_archive
from edition.sphinx.epub.contents import nest, with_passages
from edition.sphinx.epub.links import file_of, unlink, without_blanks
from edition.sphinx.epub.pagelist import (
    Beginning,
    PageSourceError,
    beginnings,
    marked,
    printed_pages,
)
from edition.sphinx.epub.pages import Book, Fault, read_book, unpackable
from edition.sphinx.epub.translator import VISITS, EpubTranslator
from edition.sphinx.translation import has_catalogue

logger = logging.getLogger(__name__)

THEME = "edition-epub"
PACKAGE = Path(__file__).parent
TITLE_PAGE = "epub-titlepage"


class EpubBuilder(Epub3Builder):
    """Writes the e-book, and beside it the files that it is made from."""

    default_translator_class = EpubTranslator
    # Nothing is fetched while building; a picture on another site is then told as a fault.
    supported_remote_images = True
    media_types = Epub3Builder.media_types | {".woff2": "font/woff2"}

    def init(self) -> None:
        """Read the settings that every page depends on."""
        self.language = package.language_tag(self.config.epub_language)
        if not package.is_language_tag(self.language):
            logger.warning(
                "%r is not a language tag; write the language as in en, en_GB or pt_BR",
                self.config.epub_language,
                type="edition",
                subtype="language",
            )
        side = ' dir="rtl"' if is_right_to_left(self.language) else ""
        tag = f'lang="{self.language}" xml:lang="{self.language}"{side}'
        self.html_tag = f"{Epub3Builder.html_tag[:-1]} {tag}>"
        self.failed = False
        self._cover_drawn = False
        self.target = Path(self.outdir) / f"{self.config.epub_basename}.epub"
        self.finished = Path(self.outdir) / "content.opf"  # there only beside a finished book
        source = self.config.edition_epub_pages
        self.page_source = Path(self.srcdir, source) if source else None
        self.published = int((source_date() or datetime.datetime.now(datetime.UTC)).timestamp())
        super().init()

    def get_outdated_docs(self) -> Iterator[str]:
        """Yield what Sphinx finds outdated; everything where the design is newer than the book.

        So too where there is no book, or the last build failed.
        """
        folders = [PACKAGE, *(Path(self.confdir, path) for path in self.config.html_static_path)]
        design = max(file.stat().st_mtime for folder in folders for file in folder.rglob("*"))
        if self.page_source and self.page_source.is_file():
            design = max(design, self.page_source.stat().st_mtime)
        made = self.target.exists() and self.finished.exists()
        if made and design <= self.finished.stat().st_mtime:
            yield from super().get_outdated_docs()
        else:
            yield from self.env.found_docs

    def get_theme_config(self) -> tuple[str, dict[str, str | int | bool]]:
        """Return the book's own theme."""
        return THEME, {}

    def init_css_files(self) -> None:
        """Add the book's design and the style sheets for e-books; nothing of the website's."""
        self._css_files = []
        web = [name for name, _attributes in self.config.html_css_files]
        own = [entry for entry in self.config.epub_css_files if entry[0] not in web]
        embedded = self.config.edition_epub_serif == "embedded"
        for name in ("epub.css", *(("libertinus.css", "embedded.css") if embedded else ())):
            self.add_css_file(name)
        for name, attributes in own:
            self.add_css_file(name, **attributes)

    def init_js_files(self) -> None:
        """Add no scripts: a book has none."""
        self._js_files = []

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Let go of the styles and scripts that extensions have registered for websites."""
        super().prepare_writing(docnames)
        self.finished.unlink(missing_ok=True)
        excluded = Matcher(self.config.edition_epub_exclude)
        self.left_out = frozenset(filter(excluded, self.env.found_docs))
        self.init_css_files()
        self.init_js_files()
        self._orig_css_files, self._orig_js_files = list(self._css_files), []
        self.globalcontext |= {"css_files": self._css_files, "script_files": self._js_files}

    def create_translator(self, *args: Any) -> nodes.NodeVisitor:
        """Return Sphinx's translator, with our own way of writing passages and quotations.

        They are put on last: Sphinx looks handlers up by the builder's name or else by its
        format, and one handler for `epub` would hide all those for `html`.
        """
        translator = super().create_translator(*args)
        for visit in VISITS:
            setattr(translator, visit.__name__, MethodType(visit, translator))
        return translator

    def post_process_images(self, doctree: nodes.Node) -> None:
        """Name the pictures; a name within an e-book has no blanks."""
        super().post_process_images(doctree)
        typed = {name for _documents, name in self.env.images.values()}
        for source, name in self.images.items():
            kept, number = "-".join(name.split()), 1
            while kept != name and kept in typed | {*self.images.values()}:
                number += 1
                kept = f"{number}-{'-'.join(name.split())}"
            self.images[source] = kept

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a page, without links to documents that are left out."""
        if docname not in self.left_out:
            unlink(doctree, {self.get_relative_uri(docname, other) for other in self.left_out})
            super().write_doc(docname, doctree)

    def get_toc(self) -> None:
        """Collect the headings of the book's documents."""
        super().get_toc()
        absent = {file_of(self.get_target_uri(name)) for name in self.left_out}
        self.refnodes = [h for h in self.refnodes if file_of(h["refuri"]) not in absent]

    def write_genindex(self) -> None:
        """Write the index, if there is anything in it."""
        self.use_index = bool(IndexEntries(self.env).create_index(self))
        if self.use_index:
            super().write_genindex()
            page = Path(self.outdir, f"genindex{self.out_suffix}")
            page.write_text(without_blanks(page.read_text("utf-8")), "utf-8")

    def handle_finish(self) -> None:
        """Write the pages around the text, and then the book."""
        self.get_toc()
        self.handle_page(
            TITLE_PAGE, package.title_page(self.config, self.published), "titlepage.html"
        )
        book = read_book(self.spine(), self.content_of)
        faults = [
            *book.faults,
            *unpackable(book, self.cover()[0], self.content_of, self.media_types),
        ]
        for fault in faults:
            self.tell(fault)
        if faults:
            self.failed = True
            logger.error("the e-book was not written; one written before is as it was")
            return
        with progress_message(__("writing the e-book")):
            self.write_book(book)

    def spine(self) -> Iterator[str]:
        """Yield the paths of the pages in reading order."""
        image, template = self.cover()
        if image and template:
            name = self.coverpage_name.removesuffix(self.out_suffix)
            self.handle_page(name, {"image": image, "title": self.config.epub_title}, template)
            yield self.coverpage_name
        yield TITLE_PAGE + self.out_suffix
        for heading in self.refnodes:
            if "#" not in heading["refuri"]:
                yield file_of(heading["refuri"])
        for index in self.domain_indices:
            yield index[0] + self.out_suffix
        if self.use_index:
            yield "genindex" + self.out_suffix

    def cover(self) -> tuple[str, str]:
        """Return the cover's picture and the template of its page; draw one where none is given."""
        if self.config.epub_cover:
            image, template = self.config.epub_cover
            return image, template
        if not self.config.edition_epub_draw_cover:
            return "", ""
        target = Path(self.outdir) / covers.PATH
        if not self._cover_drawn:
            told = package.title_page(self.config, self.published)
            drawn = covers.draw(
                title=self.config.epub_title,
                subtitle=self.config.edition_epub_subtitle,
                author=self.config.epub_author,
                foot=told["publisher"] if told["publisher"] != told["author"] else "",
                language=self.language,
            )
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(drawn)
            self._cover_drawn = True
        return covers.PATH, "epub-cover.html"

    def pages_of_print(self, book: Book) -> list[Beginning]:
        """Return the pages of the PDF as places of the book; none where there is no PDF yet."""
        if self.page_source is None or not self.page_source.is_file():
            return []
        files: dict[str, str] = {}
        for page in book.pages:
            for name in page.ids:
                files.setdefault(name, page.path)
        try:
            return beginnings(printed_pages(self.page_source), files)
        except PageSourceError as error:
            logger.warning("edition_epub_pages: %s", error, type="edition", subtype="pages")
            return []

    def content_of(self, path: str) -> bytes | None:
        """Return the content of a file of the book, None where there is none."""
        file = Path(self.outdir) / path
        return file.read_bytes() if file.is_file() else None

    def tell(self, fault: Fault) -> None:
        """Report a fault at the document whose page has it, and at its raw HTML if any."""
        name = fault.page.removesuffix(self.out_suffix)
        if name in self.env.found_docs:
            raw = self.env.get_doctree(name).findall(nodes.raw) if fault.line else ()
            location: Any = next(iter(raw), name)
        else:
            location = None
        place = f" ({fault.page}, line {fault.line})" if fault.line else ""
        logger.error(
            "%s%s. %s", fault.message, place, fault.hint, location=location, type="edition"
        )

    def write_book(self, book: Book) -> None:
        """Write the package document and both tables of contents, and pack everything."""
        headings = [(h["level"], h["text"], h["refuri"]) for h in self.refnodes]
        depth = self.config.epub_tocdepth
        contents = nest(with_passages(headings, book.pages, depth), depth + 1)
        cover = self.cover()[0]
        pages = self.pages_of_print(book)
        files = [page.path for page in book.every_page] + [*book.resources, *filter(None, [cover])]
        entries = {name: self.content_of(name) or b"" for name in files}
        for name in {place.file for place in pages}:
            here = [place for place in pages if place.file == name]
            entries[name] = marked(entries[name].decode(), here).encode()
        context = {
            **package.metadata(self.config, self.language, self.published),
            **package.manifest(self.config, book, self.media_types, cover, paged=bool(pages)),
            "page_list": [(p.label, f"{html.escape(p.file)}#{p.mark}") for p in pages],
            "page_source": html.escape(f"{self.config.epub_title}, PDF, {self.config.release}"),
            "landmarks": self.landmarks(book),
            "html_tag": self.html_tag,
            "contents": contents,
            "words_language": self.language if has_catalogue(self.language) else "en",
            "contents_title": html.escape(_("Table of Contents")),
            "depth": max((entry.depth() for entry in contents), default=1),
        }
        entries["META-INF/container.xml"] = (self.template_dir / "container.xml").read_bytes()
        renderer = SphinxRenderer([PACKAGE / "templates"])
        for name in ("content.opf", "nav.xhtml", "toc.ncx"):
            entries[name] = renderer.render(f"{name}.jinja", context).encode()
        write_archive(self.target, entries, self.published)
        self.finished.write_bytes(entries["content.opf"])

    def landmarks(self, book: Book) -> list[tuple[str, str, str]]:
        """Return the places that reading systems offer a short way to: (type, address, title).

        The text begins at the first passage, or else after the first document.
        """
        title_page = TITLE_PAGE + self.out_suffix
        first = self.config.root_doc + self.out_suffix
        chapters = [p for p in book.pages if p.path not in {title_page, self.coverpage_name}]
        passages = [page for page in chapters if "passage" in page.classes]
        begin = (passages or chapters[1:] or chapters)[0]
        marks = [
            ("titlepage", title_page, self.config.epub_title),
            ("toc", first, _("Table of Contents")),
            ("bodymatter", begin.path, begin.title),
        ]
        marks += [("bibliography", p.path, p.title) for p in chapters if "bibliography" in p.types]
        if self.use_index:
            marks.append(("index", "genindex" + self.out_suffix, _("Index")))
        return [(kind, address, html.escape(title)) for kind, address, title in marks]
