"""A file of any format → its text or its tree; nothing in it is trusted, nothing is fetched."""

import codecs
import io
import re
import zipfile
from dataclasses import replace

from edition.formats.epub import DAMAGED
from edition.formats.hocr import OCR_PAGE, read_hocr
from edition.importer.archives import refuse_hostile
from edition.importer.collation import Change, apply
from edition.importer.document import Source
from edition.importer.page_furniture import GUTENBERG, NO_TEXT
from edition.texts.errors import WitnessError

MOST_BYTES = 100_000_000
MOST_TEXT_BYTES = 20_000_000
"""A book of a thousand pages has three million characters."""

FORMATS = "plain text, HTML, DOCX, ODT, RTF, EPUB, FictionBook, TEI, JATS, LaTeX or Markdown"
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|p|div|h1|article|main)\b",
    re.I | re.S,
)
_TYPOGRAPHIC = re.compile("[“”‘’–—…]")


def read_source(data: bytes, name: str) -> Source:
    """Read a document. Raises WitnessError for what holds no text that can be read."""
    if not data.strip():
        raise WitnessError(f"{name} is empty", "Give the file with the text.")
    archive = data.startswith(b"PK\x03\x04")
    if len(data) > (MOST_BYTES if archive else MOST_TEXT_BYTES):
        raise WitnessError(
            f"{name} has {len(data) // 1_000_000} MB; a book of a thousand pages has about three",
            "Is it the right file? A longer text can be imported in parts.",
        )
    if data.startswith(b"%PDF"):
        raise WitnessError(f"{name} is a PDF", "Save its text as plain text, HTML or DOCX first.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise WitnessError(
            f"{name} is an old Word file, or locked with a password",
            "Save it as DOCX or ODT, without a password, first.",
        )
    source = _archive(data, name) if archive else _text(data, name)
    from edition.importer.tree_nodes import plain_words

    if not re.search(r"[^\W\d_]{2}", source.text or plain_words(source.tree)):
        raise WitnessError(f"{name} holds no words", "Is it the right file?")
    return source


def _text(data: bytes, name: str) -> Source:
    wide = decode(data, name)[0] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
    if re.match(r"\s*<[!?\w]", wide):
        said = re.compile(r"(encoding|charset)(\s*=\s*[\"']?)utf-16\w*", re.IGNORECASE)
        data = said.sub(r"\1\2utf-8", wide).encode()
    ending = name.rpartition(".")[2].casefold()
    if data.startswith(b"{\\rtf"):
        from edition.importer.rtf import read_rtf

        return read_rtf(data)
    if ending in ("md", "markdown"):
        return _by_pandoc(data, "markdown", name, "Markdown")
    if ending in ("tex", "latex", "ltx") or re.match(
        rb"\s*(?:%[^\n]*\n\s*)*\\document(?:class|style)", data
    ):
        return _by_pandoc(data, "latex", name, "LaTeX")
    head = data[:4000]
    marked_up = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
    if marked_up:
        from edition.importer.xml_formats import read_xml

        if (source := read_xml(data, name)) is not None:
            return source
    if _HTML.match(head) or (marked_up and ending in ("html", "htm", "xhtml")):
        return _scan(data, name) if OCR_PAGE.search(data) else _page(data)
    return _plain_text(data, name)


def _by_pandoc(data: bytes, kind: str, name: str, shown: str) -> Source:
    from edition.importer.dialects import plain, typed_words
    from edition.importer.pandoc import read_tree
    from edition.importer.word_count import with_unread_runs

    text, encoding = decode(data, name)
    tree, left_out = read_tree(plain(text, kind).encode(), kind, name)
    left_out = with_unread_runs(left_out, typed_words(text, kind), tree)
    return Source(format=shown, tree=tree, encoding=encoding, left_out=left_out)


# -- archives -------------------------------------------------------------------------------------


def _archive(data: bytes, name: str) -> Source:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_hostile(archive, name)
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:60] if "mimetype" in names else b""
    except DAMAGED:
        raise WitnessError(f"{name} is a damaged archive", "Save or download it anew.") from None
    if any(re.fullmatch(r"word/document\d*\.xml", n) for n in names):
        return _docx(data, name)
    if b"opendocument.text" in kind or ("content.xml" in names and "styles.xml" in names):
        return _odt(data, name)
    if b"epub" in kind or "META-INF/container.xml" in names:
        from edition.importer.epub import read_epub

        return read_epub(data, name)
    raise WitnessError(f"{name} is an archive, but none of a text", f"Give {FORMATS}.")


def _docx(data: bytes, name: str) -> Source:
    from lxml import etree

    from edition.importer.docx import prepared
    from edition.importer.pandoc import read_tree
    from edition.importer.word_count import with_unread

    try:
        signed, fields, words = prepared(data)
    except (etree.LxmlError, *DAMAGED):
        raise WitnessError(f"{name} cannot be read as DOCX", "Open it and save it anew.") from None
    tree, left_out = read_tree(signed, "docx", name)
    left_out = with_unread(left_out, words, tree)
    source = Source(format="DOCX", tree=tree, fields=tuple(fields), left_out=left_out)
    return _with_archive(source, data)


def _odt(data: bytes, name: str) -> Source:
    from edition.importer.odt import read_odt

    try:
        return _with_archive(read_odt(data), data)
    except DAMAGED:
        raise WitnessError(f"{name} cannot be read as ODT", "Open it and save it anew.") from None


def _with_archive(source: Source, data: bytes) -> Source:
    """Add the pictures that a text shows, and say that macros are left out."""
    from edition.importer.tree_nodes import walk

    pictures: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        for address in {n["c"][2][0] for n in walk(source.tree) if n["t"] == "Image"}:
            inside = next((n for n in names if n == address or n.endswith("/" + address)), None)
            if address and inside is not None:
                pictures[address] = archive.read(inside)
    macros = any(n.endswith("vbaProject.bin") or n.startswith("Basic/") for n in names)
    left_out = (*source.left_out, *["macros"][: int(macros)])
    return replace(source, pictures=pictures, left_out=left_out)


# -- web pages ------------------------------------------------------------------------------------


def _page(data: bytes) -> Source:
    from edition.importer.css import Styles
    from edition.importer.elements import element_tree
    from edition.importer.html import read_html
    from edition.importer.saved_pages import prepare
    from edition.importer.word_count import file_words

    # A declaration of entities, which a browser would not read either.
    data = re.sub(rb"<!DOCTYPE[^>\[]*\[.*?\]\s*>", b"", data, count=1, flags=re.S | re.I)
    data = re.sub(rb"\A\s*<\?xml[^>]*>", b"", data)
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:2000])
    encoding = declared[1].decode("ascii") if declared else ""
    try:
        codecs.lookup(encoding)
    except LookupError:
        encoding = decode(data, "the page")[1]
    root, styles = element_tree(data, html=True, encoding=encoding), Styles()
    for sheet in root.iter("style"):
        styles.add("".join(sheet.itertext()))
    prepare(root)
    words = file_words(root, NO_TEXT)
    return read_html(
        root, styles, page=True, words=words, format="HTML", encoding=encoding.casefold()
    )


def _scan(data: bytes, name: str) -> Source:
    """Read what a recogniser of characters wrote; its lines are joined as those of plain text."""
    text = "\n\n\f".join(page.text for page in read_hocr(data, "\n\n"))
    return replace(_plain_text(text.encode(), name), format="hOCR")


# -- plain text -----------------------------------------------------------------------------------


def _plain_text(data: bytes, name: str) -> Source:
    text, encoding = decode(data, name)
    controls = sum(c < " " and c not in "\t\n\r\f" for c in text[:100_000])
    if controls > max(3, len(text[:100_000]) // 500):
        raise WitnessError(f"{name} is no text but binary data", f"Give {FORMATS}.")
    changes: list[Change] = []
    if text.startswith("\ufeff"):
        changes.append(
            Change(start=0, end=1, before="\ufeff", after="", kind="byte-order-mark", line=1)
        )
    line = 1
    for match in re.finditer(r"\r\n?|\n|[\u2028\u2029\x00\x0b]", text):
        if match[0] != "\n":
            changes.append(
                Change(
                    start=match.start(),
                    end=match.end(),
                    before=match[0],
                    after="" if match[0] == "\x00" else "\n",
                    kind="line-ending",
                    line=line,
                )
            )
        line += match[0] in ("\n", "\r\n", "\r")
    text, around = _without_boilerplate(apply(text, changes))
    return Source(
        text=text, format="text", encoding=encoding, changes=tuple(changes), left_out=around
    )


def _without_boilerplate(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without what a library puts around it, the lines kept; and this."""
    found = {m[1]: m for m in GUTENBERG.finditer(text)}
    start, end = found.get("START"), found.get("END")
    first = start.end() if start else 0
    last = end.start() if end else len(text)
    if not found or first >= last:
        return text, ()
    around = tuple(filter(str.strip, (text[:first], text[last:])))
    return "\n" * text.count("\n", 0, first) + text[first:last], around


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of a file and its encoding. Raises WitnessError where none fits."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding), "utf-16"
            except UnicodeDecodeError:
                break
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if b"\0" in data[:100_000]:
            raise WitnessError(f"{name} is no text but binary data", f"Give {FORMATS}.") from None
        return _guessed(data, name, error)


def _guessed(data: bytes, name: str, error: UnicodeDecodeError) -> tuple[str, str]:
    """Return a text in an older encoding: the likelier of Windows' own and a detector's."""
    odd = sum(byte >= 0x80 for byte in data)
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    few = odd < len(data) / 20 or (len(data) < 1000 and odd < len(data) / 4)
    if western and few and (_TYPOGRAPHIC.search(western) or odd < len(data) / 100):
        return western, "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:500_000]).best()
    if best is not None:
        try:
            return data.decode(best.encoding), best.encoding
        except UnicodeDecodeError:
            pass
    raise WitnessError(
        f"{name}: the encoding cannot be told "
        f"(byte 0x{data[error.start]:02X} at offset {error.start})",
        "Save it as UTF-8.",
    ) from None
