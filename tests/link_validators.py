"""Where links lead nowhere: in a website, an e-book and a PDF.

Each function gives what is dangling as lines that name the place and the target: an empty list
for what is good. Links to other sites are not followed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pikepdf

_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
_SHOWN = re.compile(r'<(?:img|script|source|link)\b[^>]*\b(?:src|href)="([^"]+)"')
_ID = re.compile(r'\bid="([^"]+)"')
_ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:|//", re.IGNORECASE)


def in_site(site: Path) -> list[str]:
    """Links of a website's pages to files and anchors of its own that are not there."""
    names = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    texts = {p: (site / p).read_text(encoding="utf-8") for p in names if p.endswith(".html")}
    return list(_dangling(texts, names))


def in_epub(book: Path) -> list[str]:
    """Links of an e-book's pages, contents and package to what it does not hold."""
    with ZipFile(book) as archive:
        names = set(archive.namelist())
        kinds = (".xhtml", ".opf", ".ncx")
        texts = {n: archive.read(n).decode() for n in names if n.endswith(kinds)}
    package = {n: re.sub(r"<item ", "<a ", t) for n, t in texts.items() if n.endswith(".opf")}
    old = {n: t.replace("<content src=", "<a href=") for n, t in texts.items() if n[-4:] == ".ncx"}
    return list(_dangling({**texts, **package, **old}, names))


def _dangling(texts: Mapping[str, str], names: set[str]) -> Iterator[str]:
    ids = {name: set(_ID.findall(text)) for name, text in texts.items()}
    for name, text in sorted(texts.items()):
        for link in [*_LINK.findall(text), *_SHOWN.findall(text)]:
            if _ELSEWHERE.match(link):
                continue
            path, _, anchor = unquote(link.replace("&amp;", "&")).partition("#")
            path = path.partition("?")[0]
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            target = target if path else name
            if target not in names or (anchor and target in ids and anchor not in ids[target]):
                yield f"{name} → {link}"


def in_pdf(book: Path) -> list[str]:
    """Links, bookmarks and named destinations of a PDF that lead to no page of it."""
    with pikepdf.open(book) as pdf:
        pages = {page.obj.objgen for page in pdf.pages}
        named = _named(pdf)

        def leads(spot: pikepdf.Object | int | None) -> bool:
            if isinstance(spot, pikepdf.String):
                spot = named.get(str(spot))
            if isinstance(spot, pikepdf.Dictionary):
                spot = spot.get("/D")
            return isinstance(spot, pikepdf.Array) and spot[0].objgen in pages

        found = [f"destination {name}" for name, spot in named.items() if not leads(spot)]
        for number, page in enumerate(pdf.pages, 1):
            for note in page.get("/Annots", pikepdf.Array()):
                action = note.get("/A", pikepdf.Dictionary())
                if "/URI" not in action and not leads(action.get("/D", note.get("/Dest"))):
                    found.append(f"page {number}: a link")
        with pdf.open_outline() as outline:
            waiting = list(outline.root)
            while waiting:
                item = waiting.pop()
                waiting += item.children
                spot = item.destination or (item.action.get("/D") if item.action else None)
                if not leads(spot):
                    found.append(f"bookmark {item.title}")
    return found


def destinations_of(book: Path) -> set[str]:
    """The named destinations of a PDF."""
    with pikepdf.open(book) as pdf:
        return set(_named(pdf))


def _named(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    tree = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    spots = pikepdf.NameTree(tree).items() if tree is not None else ()
    return {str(name): spot for name, spot in spots}
