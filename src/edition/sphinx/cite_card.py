"""Citing from the built pages: the permalink's card, and metadata for machines."""

import html
import json
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config as SphinxConfig
from sphinx.errors import ConfigError
from sphinx.transforms.post_transforms import SphinxPostTransform

from edition.anchors.comparison import citable_anchors
from edition.cite.formats import FORMATS, Cited, address
from edition.cite.metadata import Author, Metadata, MetadataError, read_metadata
from edition.cite.words import cited_words
from edition.model import Anchor, AnchorKind
from edition.project.files import read_text_file
from edition.sphinx.nodes import permalink
from edition.sphinx.passport import bar_html
from edition.sphinx.project import edition_of, project_of
from edition.sphinx.redirects import WEB, docname_of
from edition.sphinx.register import passports_of
from edition.sphinx.translation import _

# What a card puts its anchor's id for; an id that no edition would give.
PLACEHOLDER = "anchor-0-id"
CITED = {AnchorKind.PASSAGE: "passage", AnchorKind.QUOTATION: "quotation"}

_metadata: WeakKeyDictionary[SphinxConfig, Metadata] = WeakKeyDictionary()


def add_settings(app: Sphinx) -> None:
    """Declare what a card can offer besides the citation."""
    app.add_config_value(
        "edition_formats",
        {},
        "html",
        dict,
        "The other formats: their names, and where they are from the site's first page.",
    )
    app.add_config_value(
        "edition_newest",
        "../anchors.json",
        "html",
        str,
        "Where an older release finds the newest one's anchors, from the site's first page.",
    )


def metadata_of(config: SphinxConfig) -> Metadata:
    """Return the edition's metadata: CITATION.cff, or else the build's own configuration.

    `html_baseurl` goes before the address in CITATION.cff, so that the pages of an old release
    can live beside the current ones. Raises ConfigError where the file cannot be used.
    """
    if config not in _metadata:
        file = project_of(config).root / "CITATION.cff"
        try:
            found = read_metadata(read_text_file(file))
        except FileNotFoundError:
            author = Author(family=config.author or "Anonymous", group=True)
            found = Metadata(title=config.project, authors=(author,), release=config.release)
        except (OSError, UnicodeDecodeError, MetadataError) as error:
            raise ConfigError(f"CITATION.cff: {error}") from None
        url = config.html_baseurl.rstrip("/") + "/" if config.html_baseurl else found.url
        language = (config.language or "").replace("_", "-")
        words = cited_words(language, found.date)
        _metadata[config] = replace(found, url=url, language=language, words=words)
    return _metadata[config]


_LISTS = (nodes.bullet_list, nodes.enumerated_list, nodes.definition_list)
_LABELLED = (nodes.paragraph, nodes.block_quote, nodes.inline, *_LISTS)


class Labels(SphinxPostTransform):
    """Gives a passage or quotation that is plain Markdown its label, in every output."""

    default_priority = 900

    def run(self, **_keywords: Any) -> None:
        """Look for paragraphs, lists, block quotes and words that carry a citable id."""
        citable = _citable(self.config)
        for node in list(self.document.findall(nodes.Element)):
            if not isinstance(node, _LABELLED):
                continue
            ident = next((i for i in node["ids"] if i in citable), None)
            if ident is None or set(node["classes"]) & {"departed", "tombstone"}:
                continue
            kind = CITED[citable[ident].kind]
            node["label"], node["label-kind"] = ident, kind


class Permalinks(SphinxPostTransform):
    """Puts that label beside it in HTML and EPUB."""

    default_priority = 901
    formats = ("html",)

    def run(self, **_keywords: Any) -> None:
        """Look for what has a label."""
        for node in list(self.document.findall(nodes.Element)):
            if kind := node.get("label-kind"):
                inline = isinstance(node, nodes.inline)
                node["classes"] += ["cited", f"cited-{kind}"]
                # In a list, whose children are items, within the first text.
                place = node.next_node(nodes.TextElement) if isinstance(node, _LISTS) else node
                link = permalink("", ident=node["label"], kind=kind, inline=inline)
                (place or node).insert(0, link)


def _citable(config: SphinxConfig) -> dict[str, Anchor]:
    anchors = citable_anchors(edition_of(config)).anchors
    return {ident: anchor for ident, anchor in anchors.items() if anchor.kind in CITED}


def add_to_page(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: nodes.document
) -> None:
    """Add meta tags, JSON-LD and what the card needs to a page."""
    if app.builder.name not in WEB:
        return
    metadata = metadata_of(app.config)
    here = Cited(page=app.builder.get_target_uri(page))
    title = _plain(str(context.get("title") or ""))
    tags = _meta_tags(app, metadata, here, title if page != app.config.root_doc else "")
    anchors = [
        anchor
        for anchor in _citable(app.config).values()
        if docname_of(app.config, anchor.location.path) == page
    ]
    lines = [f'<meta name="{name}" content="{html.escape(content)}">' for name, content in tags]
    lines.append('<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">')
    lines.append(_script("application/ld+json", "", _linked_data(metadata, here, title, anchors)))
    if anchors:
        kinds = sorted({CITED[anchor.kind] for anchor in anchors})
        lines.append(
            _script(
                "application/json", "edition-citing", _card(app, metadata, page, kinds, anchors)
            )
        )
    context["metatags"] = context.get("metatags", "") + "\n" + "\n".join(lines)


def _meta_tags(app: Sphinx, metadata: Metadata, here: Cited, title: str) -> list[tuple[str, str]]:
    """Return Highwire's tags, which Zotero and Google Scholar read, and Dublin Core's fifteen."""
    tags = [("citation_title", title or metadata.title)]
    if title:
        tags.append(("citation_book_title", metadata.title))
    tags += [("citation_author", author.sort_name) for author in metadata.authors]
    day = metadata.date
    if day:
        tags.append(("citation_publication_date", day.strftime("%Y/%m/%d")))
    tags.append(("citation_language", metadata.language))
    if metadata.doi:
        tags.append(("citation_doi", metadata.doi))
    if metadata.url:
        tags.append(("citation_public_url", address(metadata, here)))
        if pdf := app.config.edition_formats.get("PDF"):
            tags.append(("citation_pdf_url", urljoin(metadata.url, pdf)))
    tags.append(("DC.title", title or metadata.title))
    tags += [("DC.creator", author.sort_name) for author in metadata.authors]
    if day:
        tags.append(("DC.date", day.isoformat()))
    tags += [("DC.language", metadata.language), ("DC.relation.ispartof", metadata.title)]
    if metadata.licence:
        tags.append(("DC.rights", metadata.licence))
    if metadata.url:
        tags.append(("DC.identifier", address(metadata, here)))
    return [(name, content) for name, content in tags if content]


def _linked_data(
    metadata: Metadata, here: Cited, title: str, anchors: list[Anchor]
) -> dict[str, Any]:
    """Return the page in schema.org's vocabulary: a part of the edition, with its passages."""
    whole: dict[str, Any] = {"@type": "Book", "name": metadata.title}
    whole |= {"version": metadata.release}
    if metadata.url:
        whole["url"] = metadata.url
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Chapter",
        "name": title or metadata.title,
        "isPartOf": whole,
        "author": [
            {"@type": "Organization" if a.group else "Person", "name": a.name}
            for a in metadata.authors
        ],
        "inLanguage": metadata.language,
        "version": metadata.release,
    }
    if metadata.date:
        found["datePublished"] = metadata.date.isoformat()
    if metadata.licence:
        found["license"] = metadata.licence
    if metadata.url:
        found["url"] = address(metadata, here)
    found["hasPart"] = [
        {
            "@type": "Quotation" if anchor.kind is AnchorKind.QUOTATION else "CreativeWork",
            "identifier": anchor.id,
            "url": _own_address(metadata, replace(here, id=anchor.id)),
        }
        for anchor in anchors
    ]
    return found


def _own_address(metadata: Metadata, cited: Cited) -> str:
    """Return an address; without one of the edition, one that is relative to the page itself."""
    return address(metadata, cited) if metadata.url else f"#{cited.id}"


def _card(
    app: Sphinx, metadata: Metadata, page: str, kinds: list[str], anchors: list[Anchor]
) -> dict[str, Any]:
    """Return the card for any anchor of a page, with `PLACEHOLDER` for its id.

    The texts are those of `edition cite`; the script only puts in the id.
    """
    here = app.builder.get_target_uri(page)
    root = "../" * page.count("/")
    if app.builder.name == "dirhtml":
        root = "../" * here.rstrip("/").count("/") + ("../" if here else "")
    texts = {
        kind: {
            form: write(metadata, Cited(id=PLACEHOLDER, label=PLACEHOLDER, kind=kind, page=here))
            for form, write in FORMATS.items()
        }
        for kind in kinds
    }
    return {
        "placeholder": PLACEHOLDER,
        "release": metadata.release,
        "page": here,
        "absolute": bool(metadata.url),
        "newest": root + app.config.edition_newest,
        "texts": texts,
        "passports": {
            anchor.id: _passport(app.config, anchor.id)
            for anchor in anchors
            if anchor.id in passports_of(app.config)
        },
        "formats": [
            {"name": name, "href": _from_page(root, href)}
            for name, href in app.config.edition_formats.items()
        ],
    }


def _passport(config: SphinxConfig, ident: str) -> dict[str, Any]:
    """Return what the card tells of a quotation."""
    known = passports_of(config)[ident]
    return {
        "words": _("“%s”") % known.lemma if known.lemma else "",
        "voices": list(known.voices),
        "printing": known.printing,
        "page": known.cited,
        "bar": bar_html(known),
        "mark": known.mark,
        "state": known.state,
    }


def _from_page(root: str, href: str) -> str:
    return href if "://" in href or href.startswith("/") else root + href


def _script(kind: str, ident: str, content: dict[str, Any]) -> str:
    written = json.dumps(content, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    named = f' id="{ident}"' if ident else ""
    return f'<script type="{kind}"{named}>{written}</script>'


def _plain(title: str) -> str:
    """Return a page's title without its markup."""
    parts = [part.partition(">")[2] if i else part for i, part in enumerate(title.split("<"))]
    return html.unescape("".join(parts)).strip()
