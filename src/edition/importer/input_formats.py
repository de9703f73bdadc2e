"""The file that carries a witness → its text: plain text, HTML, DOCX or EPUB.

Nothing in a file is trusted: archives that would swell, that name files outside themselves
or whose XML defines entities are refused before any other library sees them, and nothing is
fetched from anywhere.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

from edition.formats.pages import SourceError
from edition.importer.archives import refuse_hostile
from edition.importer.collation import Change
from edition.importer.html import read_html, without_entities
from edition.texts.errors import WitnessError

MOST_BYTES = 20_000_000
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|p|div|h1|article)\b",
    re.I | re.S,
)
_TYPOGRAPHIC = re.compile("[“”‘’–—…]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a file holds: its kind and encoding, hints by line, changes made on the way."""

    text: str
    kind: str
    encoding: str = "utf-8"
    hints: dict[int, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


def read_carrier(data: bytes, name: str) -> Carried:
    """Read a witness. Raises WitnessError for what holds no text that can be read."""
    if not data.strip():
        raise WitnessError(f"{name} is empty", "Give the file with the text.")
    if len(data) > MOST_BYTES:
        raise WitnessError(
            f"{name} has {len(data) // 1_000_000} MB; a book of a thousand pages has about three",
            "Is it the right file? A longer text can be imported in parts.",
        )
    if data.startswith(b"PK\x03\x04"):
        carried = _archive(data, name)
    elif data.startswith(b"%PDF"):
        raise WitnessError(f"{name} is a PDF", "Save its text as plain text, HTML or DOCX first.")
    elif _HTML.match(data[:4000]):
        carried = _page(without_entities(data), "HTML")
    else:
        carried = _plain_text(data, name)
    if not re.search(r"[^\W\d_]{2}", carried.text):
        raise WitnessError(f"{name} holds no words", "Is it the right file?")
    return carried


# -- plain text -----------------------------------------------------------------------------------


def _plain_text(data: bytes, name: str) -> Carried:
    text, encoding = _decode(data, name)
    controls = sum(c < " " and c not in "\t\n\r\f" for c in text[:100_000])
    if controls > max(3, len(text[:100_000]) // 500):
        raise WitnessError(
            f"{name} is no text but binary data", "Give a plain text, HTML, DOCX or EPUB."
        )
    changes: list[Change] = []
    if text.startswith("\ufeff"):
        changes.append(
            Change(start=0, end=1, before="\ufeff", after="", kind="byte-order-mark", line=1)
        )
    line = 1
    for match in re.finditer(r"\r\n?|\n|[\u2028\u2029\x00\x0b\ufdd0-\ufdd3]", text):
        if match[0] != "\n":
            after = "\n" if match[0] in ("\r\n", "\r", "\u2028", "\u2029", "\x0b") else ""
            changes.append(
                Change(
                    start=match.start(),
                    end=match.end(),
                    before=match[0],
                    after=after,
                    kind="line-ending",
                    line=line,
                )
            )
        line += match[0] in ("\n", "\r\n", "\r")
    pieces, position = [], 0
    for change in changes:
        pieces += [text[position : change.start], change.after]
        position = change.end
    return Carried(
        text="".join((*pieces, text[position:])),
        kind="text",
        encoding=encoding,
        changes=tuple(changes),
    )


def _decode(data: bytes, name: str) -> tuple[str, str]:
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
            raise WitnessError(
                f"{name} is no text but binary data", "Give a plain text, HTML, DOCX or EPUB."
            ) from None
        return _guessed(data, name, error)


def _guessed(data: bytes, name: str, error: UnicodeDecodeError) -> tuple[str, str]:
    """Return a text in an older encoding: the likelier of Windows' own and what a detector says."""
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


def _page(data: bytes, kind: str) -> Carried:
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)|encoding\s*=\s*[\"']([\w-]+)", data[:2000])
    encoding = (declared[1] or declared[2]).decode("ascii") if declared else ""
    encoding = encoding or _decode(data, "the page")[1]
    text, hints = read_html(data, encoding)
    return Carried(text=text, kind=kind, encoding=encoding, hints=hints)


def _archive(data: bytes, name: str) -> Carried:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_hostile(archive, name)
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return _docx(data, name)
            if "META-INF/container.xml" in names:
                return _epub(data, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise WitnessError(f"{name} is a damaged archive", "Save or download it anew.") from None
    raise WitnessError(f"{name} is an archive, but neither DOCX nor EPUB", "Unpack it first.")


def _docx(data: bytes, name: str) -> Carried:
    import mammoth

    try:
        converted = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
            external_file_access=False,
            style_map="p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh\n"
            "p[style-name='Quote'] => blockquote > p:fresh\n"
            "p[style-name='Intense Quote'] => blockquote > p:fresh\n"
            "p[style-name='Caption'] => figcaption:fresh\n",
        )
    except Exception:  # noqa: BLE001  the reader raises what its parsers raise
        raise WitnessError(f"{name} cannot be read as DOCX", "Open it and save it anew.") from None
    page = f"<html><body>{converted.value}</body></html>".encode()
    return _page(b'<meta charset="utf-8">' + page, "DOCX")


def _epub(data: bytes, name: str) -> Carried:
    from edition.formats.epub import open_epub

    text: list[str] = []
    hints: dict[int, str] = {}
    try:
        with open_epub(data) as (archive, parts, _):
            names = frozenset(archive.namelist())
            for part in parts:
                if part.is_navigation or not part.linear or part.path not in names:
                    continue
                page = re.sub(rb"\A\s*<\?xml[^>]*>", b"", without_entities(archive.read(part.path)))
                carried = _page(b'<meta charset="utf-8">' + page, "EPUB")
                if carried.text:
                    offset = sum(t.count("\n") for t in text) + 2 * len(text)
                    hints |= {line + offset: hint for line, hint in carried.hints.items()}
                    text.append(carried.text)
    except SourceError as error:
        raise WitnessError(f"{name} is a damaged EPUB: {error.message}", error.hint) from None
    if not text:
        raise WitnessError(f"{name} holds no text", "Is it the right file?")
    return Carried(text="\n\n".join(text), kind="EPUB", hints=hints)
