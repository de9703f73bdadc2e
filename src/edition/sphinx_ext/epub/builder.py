"""The Sphinx builder `epub`: the edition as a book of EPUB 3."""

from __future__ import annotations

import datetime
import html
import os
import re
import time
import uuid
from collections.abc import Iterator, Set
from pathlib import Path
from types import MethodType
from typing import Any
from urllib.parse import unquote

from docutils import nodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.config import Config
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.errors import SphinxError
from sphinx.locale import _, __
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.i18n import format_date
from sphinx.util.template import SphinxRenderer

from edition.sphinx_ext.epub import accessibility
from edition.sphinx_ext.epub.archive import write_archive
from edition.sphinx_ext.epub.contents import Entry, nest
from edition.sphinx_ext.epub.pages import Book, Fault, Page, read_book
from edition.sphinx_ext.epub.translator import EpubTranslator, visit_passage, visit_quotation

logger = logging.getLogger(__name__)

THEME = "edition-epub"
TEMPLATES = Path(__file__).parent / "templates"
TITLE_PAGE = "epub-titlepage"
UNSET = frozenset({"", "unknown"})  # what Sphinx gives a setting that nobody has set

# Tags such as en, en-GB, sr-Latn, ca-valencia (BCP 47, "langtag" without extensions).
_TAG = re.compile(
    r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
)


class EpubError(SphinxError):
    """A book that could not be made."""

    category = "EPUB error"


def language_tag(language: str) -> str:
    """The BCP 47 tag for one of Sphinx's languages: en_GB → en-GB, sr@latin → sr-Latn."""
    name, _at, variant = language.partition("@")
    tag = name.replace("_", "-")
    if not variant:
        return tag
    if variant in {"latin", "cyrillic"}:
        first, *rest = tag.split("-")
        return "-".join([first, variant[:4].title().replace("Lati", "Latn"), *rest])
    return f"{tag}-{variant}"


def identifier(config: Config) -> str:
    """What names the book: the one configured, or one made from its title and author.

    The latter stays the same from release to release as long as these two do.
    """
    if config.epub_identifier not in UNSET:
        return str(config.epub_identifier)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{config.epub_title}\n{config.epub_author}").urn


class EpubBuilder(Epub3Builder):
    """Writes the e-book, and beside it the files that it is made from."""

    default_translator_class = EpubTranslator
    # Nothing is fetched while building; a picture on another site is then told as a fault.
    supported_remote_images = True
    media_types = Epub3Builder.media_types | {".woff2": "font/woff2"}  # noqa: RUF012

    def init(self) -> None:
        """Read the settings that every page depends on."""
        self.language = language_tag(self.config.epub_language)
        if not _TAG.fullmatch(self.language):
            logger.warning(
                "%r is not a language tag; write the language as in en, en_GB or pt_BR",
                self.config.epub_language,
                type="edition",
                subtype="language",
            )
        self.html_tag = (
            f'{Epub3Builder.html_tag[:-1]} lang="{self.language}" xml:lang="{self.language}">'
        )
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        self.published = int(epoch) if epoch else int(time.time())
        super().init()

    def get_theme_config(self) -> tuple[str, dict[str, str | int | bool]]:
        """The book's own theme."""
        return THEME, {}

    def init_css_files(self) -> None:
        """The book's design, and after it what was made for e-books; nothing of the website's."""
        self._css_files = []
        web = [name for name, _attributes in self.config.html_css_files]
        own = [entry for entry in self.config.epub_css_files if entry[0] not in web]
        for name, attributes in [("epub.css", {}), *own]:
            self.add_css_file(name, **attributes)

    def init_js_files(self) -> None:
        """A book has no scripts."""
        self._js_files = []

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Let go of the styles and scripts that extensions have registered for websites."""
        super().prepare_writing(docnames)
        self.init_css_files()
        self.init_js_files()
        self._orig_css_files, self._orig_js_files = list(self._css_files), []
        self.globalcontext |= {"css_files": self._css_files, "script_files": self._js_files}

    def create_translator(self, *args: Any) -> nodes.NodeVisitor:
        """Sphinx's translator, with our own way of writing passages and quotations.

        They are put on last: Sphinx looks handlers up by the builder's name or else by its
        format, and one handler for `epub` would hide all those for `html`.
        """
        translator = super().create_translator(*args)
        for name, visit in (("passage", visit_passage), ("quotation", visit_quotation)):
            setattr(translator, f"visit_{name}", MethodType(visit, translator))
        return translator

    def write_genindex(self) -> None:
        """Write the index, if there is anything in it."""
        self.use_index = bool(IndexEntries(self.env).create_index(self))
        if self.use_index:
            super().write_genindex()

    def handle_finish(self) -> None:
        """Write what stands around the pages, and then the book."""
        self.get_toc()
        self.handle_page(TITLE_PAGE, self.title_page(), "titlepage.html")
        book = read_book(self.spine(), self.content_of)
        if book.faults:
            for fault in book.faults:
                self.tell(fault)
            raise EpubError(
                f"{len(book.faults)} faults, see above; the book was not written, "
                "and one written before stays as it was"
            )
        with progress_message(__("writing the e-book")):
            self.write_book(book)

    def spine(self) -> Iterator[str]:
        """The paths of the pages in reading order."""
        if self.config.epub_cover and self.config.epub_cover[1]:
            image, template = self.config.epub_cover
            name = self.coverpage_name.removesuffix(self.out_suffix)
            self.handle_page(name, {"image": image, "title": self.config.epub_title}, template)
            yield self.coverpage_name
        yield TITLE_PAGE + self.out_suffix
        for heading in self.refnodes:
            if "#" not in heading["refuri"]:
                yield _path(heading["refuri"])
        for index in self.domain_indices:
            yield index[0] + self.out_suffix
        if self.use_index:
            yield "genindex" + self.out_suffix

    def content_of(self, path: str) -> bytes | None:
        """The content of a file of the book, None where there is none."""
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

    def title_page(self) -> dict[str, Any]:
        """What the title page tells."""
        config = self.config
        day = datetime.datetime.fromtimestamp(self.published, tz=datetime.UTC)
        form = config.today_fmt or _("%b %d, %Y")
        return {
            "title": html.escape(config.epub_title),
            "subtitle": config.edition_epub_subtitle,
            "author": config.epub_author,
            "release_label": _("Release"),
            "date": config.today or format_date(form, date=day, language=config.language),
            "rights": _set(config.epub_copyright),
            "publisher": _set(config.epub_publisher),
        }

    def write_book(self, book: Book) -> None:
        """Write the package document and both tables of contents, and pack everything."""
        headings = [(h["level"], h["text"], h["refuri"]) for h in self.refnodes]
        contents = nest(headings, self.config.epub_tocdepth)
        context = {
            **self.content_metadata(),
            "language": self.language,
            "identifier": html.escape(identifier(self.config)),
            "contents": contents,
            "contents_title": html.escape(_("Table of Contents")),
            "depth": max((entry.depth() for entry in contents), default=1),
            "landmarks": list(self.landmarks(book, contents)),
        } | self.manifest(book)
        files = [page.path for page in book.every_page] + list(book.resources)
        entries = {name: self.content_of(name) or b"" for name in files}
        entries["META-INF/container.xml"] = (self.template_dir / "container.xml").read_bytes()
        renderer = SphinxRenderer([TEMPLATES])
        for name in ("content.opf", "nav.xhtml", "toc.ncx"):
            text = renderer.render(f"{name}.jinja", context)
            Path(self.outdir, name).write_text(text, encoding="utf-8", newline="\n")
            entries[name] = text.encode()
        target = Path(self.outdir) / f"{self.config.epub_basename}.epub"
        write_archive(target, entries, self.published)

    def content_metadata(self) -> dict[str, Any]:
        """What the package document says of the book, ready for XML."""
        config = self.config
        given = {
            "title": config.epub_title,
            "subtitle": config.edition_epub_subtitle,
            "author": config.epub_author,
            "contributor": _set(config.epub_contributor),
            "publisher": _set(config.epub_publisher),
            "description": _set(config.epub_description),
            "rights": _set(config.epub_copyright),
            "release": config.release,
            "uid": config.epub_uid,
        }
        moment = time.gmtime(self.published)
        direction = "rtl" if config.epub_writing_mode == "vertical" else "ltr"
        return {name: html.escape(str(value)) for name, value in given.items()} | {
            "date": time.strftime("%Y-%m-%d", moment),
            "modified": time.strftime("%Y-%m-%dT%H:%M:%SZ", moment),
            "direction": direction,
        }

    def manifest(self, book: Book) -> dict[str, Any]:
        """The files of the book, the order of its pages, and what was seen in them."""
        cover = self.config.epub_cover[0] if self.config.epub_cover else None
        ids = {page.path: f"page-{n}" for n, page in enumerate(book.every_page, 1)}
        items = [
            (ids[page.path], page.path, self.media_types[".xhtml"], _properties(page))
            for page in book.every_page
        ]
        resources = sorted({*book.resources, *([cover] if cover else [])})
        for n, name in enumerate(resources, 1):
            media_type = self.media_types.get(Path(name).suffix.lower())
            if media_type is None or self.content_of(name) is None:
                raise EpubError(f"{name}: not there, or of a kind that e-books cannot hold")
            items.append((f"file-{n}", name, media_type, "cover-image" if name == cover else ""))
        return {
            "items": items,
            "spine": [(ids[page.path], True) for page in book.pages]
            + [(ids[page.path], False) for page in book.beside],
            "cover": next((item[0] for item in items if item[3] == "cover-image"), ""),
            "accessibility": list(accessibility.statements(book.every_page, book.resources)),
        }

    def landmarks(self, book: Book, contents: list[Entry]) -> Iterator[tuple[str, str, str]]:
        """The places that reading systems offer a short way to: (type, address, title).

        The text begins at the first passage, or else after the first document.
        """
        title = html.escape(self.config.epub_title)
        first = self.config.root_doc + self.out_suffix
        yield "titlepage", TITLE_PAGE + self.out_suffix, title
        yield "toc", first, html.escape(_("Table of Contents"))
        chapters = [page for page in book.pages if page.path != TITLE_PAGE + self.out_suffix]
        passages = [page for page in chapters if "passage" in page.classes]
        begin = (passages or chapters[1:] or chapters)[0]
        yield "bodymatter", begin.path, html.escape(begin.title)
        for page in chapters:
            if "bibliography" in page.types:
                yield "bibliography", page.path, html.escape(page.title)
        if self.use_index:
            yield "index", "genindex" + self.out_suffix, html.escape(_("Index"))


def _set(value: str) -> str:
    return "" if value in UNSET else str(value)


def _path(address: str) -> str:
    """The file that an address in the table of contents stands for."""
    return unquote(html.unescape(address)).replace(os.sep, "/")


def _properties(page: Page) -> str:
    """What the manifest has to say of a page (EPUB 3.3, "Manifest properties")."""
    found = {"math": "mathml", "script": "scripted", "svg": "svg"}
    return " ".join(sorted(word for name, word in found.items() if name in page.elements))
