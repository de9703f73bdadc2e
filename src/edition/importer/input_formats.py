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
from pathlib import PurePosixPath

from edition.formats.pages import SourceError
from edition.importer.collation import Change
from edition.importer.myst import EMPHASIS, SENTINELS, STRONG
from edition.texts.errors import WitnessError

MOST_BYTES = 20_000_000
_MOST_UNPACKED = 60_000_000
_MOST_RATIO = 200
_MOST_PARTS = 5_000
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|p|div|h1|article)\b",
    re.I | re.S,
)
_SKIPPED = frozenset(
    "script style nav head template noscript iframe object svg form button aside".split()
)
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li blockquote figcaption caption pre div section article td th dt dd "
    "header footer main body figure address ul ol dl table tr hr center".split()
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
        carried = _html(_xhtml_text(data), "HTML")
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
    """A text in an older encoding: the likelier of Windows' own and what a detector says."""
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


# -- HTML -----------------------------------------------------------------------------------------


def _xhtml_text(data: bytes) -> bytes:
    """Without a declaration of entities, which a browser would not read either."""
    return re.sub(rb"<!DOCTYPE[^>\[]*\[.*?\]\s*>", b"", data, count=1, flags=re.S | re.I)


def _html(data: bytes, kind: str) -> Carried:
    from edition.formats.markup import events

    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)|encoding\s*=\s*[\"']([\w-]+)", data[:2000])
    encoding = (declared[1] or declared[2]).decode("ascii") if declared else ""
    if not encoding:
        encoding = _decode(data, "the page")[1]
    reader = _HtmlBlocks()
    try:
        for event in events(data, html=True, encoding=encoding):
            reader.read(event.kind, event.value)
    except SourceError as error:
        raise WitnessError(
            f"the HTML cannot be read: {error.message}", "Save the page anew, or as plain text."
        ) from None
    text, hints = reader.result()
    return Carried(text=text, kind=kind, encoding=encoding, hints=hints)


class _HtmlBlocks:
    """The blocks of a page in order, each a line of text with a hint."""

    def __init__(self) -> None:
        self.blocks: list[tuple[str, str]] = []
        self.pieces: list[str] = []
        self.hint = "p"
        self.skipped = 0
        self.open: list[tuple[str, bool, tuple[str, str] | None]] = [("p", False, None)]

    def result(self) -> tuple[str, dict[int, str]]:
        """Return the text, an empty line between two blocks, and the hints by line."""
        headed = any(re.fullmatch(r"h[1-6]", hint) for _, hint in self.blocks)
        lines = [text for text, _ in self.blocks]
        hints = {
            2 * n + 1: hint for n, (_, hint) in enumerate(self.blocks) if hint != "p" or headed
        }
        return "\n\n".join(lines), hints

    def flush(self) -> None:
        """End the block that was being read."""
        text = " ".join("".join(self.pieces).split())
        self.pieces = []
        if text.strip(SENTINELS + " "):
            self.blocks.append((text, self.hint))

    def read(self, kind: str, value: str) -> None:
        """Read the start or end of an element, or text."""
        if self.skipped or (kind == "start" and value in _SKIPPED):
            self.skipped += {"start": 1, "end": -1, "text": 0}[kind]
        elif kind == "start":
            self._start(value)
        elif kind == "end":
            self._end()
        else:
            self.pieces.append(_clean(value))

    def _start(self, tag: str) -> None:
        hint = self.open[-1][0]
        if tag in _BLOCKS:
            self.flush()
            self.hint = hint = _hint(tag, hint)
        if tag == "br":
            self.pieces.append("\n")
        marks = None
        if not re.fullmatch(r"h[1-6]", hint):
            marks = EMPHASIS if tag in ("em", "i", "cite") else None
            marks = STRONG if tag in ("strong", "b") else marks
        if marks:
            self.pieces.append(marks[0])
        self.open.append((hint, tag in _BLOCKS, marks))

    def _end(self) -> None:
        _, is_block, marks = self.open.pop()
        if marks:
            self.pieces.append(marks[1])
        if is_block:
            self.flush()
        around, is_block, _ = self.open[-1]
        if is_block:
            self.hint = around


def _hint(tag: str, around: str) -> str:
    if re.fullmatch(r"h[1-6]", tag):
        return tag
    if tag == "blockquote":
        return "quote"
    if tag in ("figcaption", "caption"):
        return "caption"
    if tag == "li":
        return "li"
    return around


def _clean(text: str | None) -> str:
    return re.sub(f"[{SENTINELS}\x00]", "", text or "")


# -- archives -------------------------------------------------------------------------------------


def _archive(data: bytes, name: str) -> Carried:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_hostile(archive, name)
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return _docx(data, name)
            if "META-INF/container.xml" in names:
                return _epub(data, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise WitnessError(f"{name} is a damaged archive", "Save or download it anew.") from None
    raise WitnessError(f"{name} is an archive, but neither DOCX nor EPUB", "Unpack it first.")


def _refuse_hostile(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or total > _MOST_UNPACKED:
        raise WitnessError(
            f"{name} would unpack to {total // 1_000_000} MB in {len(parts)} files",
            "It is refused.",
        )
    for part in parts:
        path = PurePosixPath(part.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0:1]:
            raise WitnessError(
                f"{name} holds a file outside itself: {part.filename}", "It is refused."
            )
        if part.file_size > 1_000_000 and part.file_size > _MOST_RATIO * max(1, part.compress_size):
            times = part.file_size // max(1, part.compress_size)
            raise WitnessError(
                f"{name}: {part.filename} swells {times} times",
                "It is refused.",
            )
        if part.flag_bits & 1:
            raise WitnessError(f"{name} is encrypted", "Save it without a password.")
    for part in parts:
        if part.filename.endswith((".xml", ".rels", ".opf", ".ncx")):
            head = archive.read(part)
            if b"<!ENTITY" in head or head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head[:64]:
                raise WitnessError(f"{name}: {part.filename} defines entities", "It is refused.")
            if b"<!DOCTYPE" in head and not part.filename.endswith((".ncx", ".opf")):
                raise WitnessError(f"{name}: {part.filename} has a document type", "It is refused.")


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
    return _html(b'<meta charset="utf-8">' + page, "DOCX")


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
                page = re.sub(rb"\A\s*<\?xml[^>]*>", b"", _xhtml_text(archive.read(part.path)))
                carried = _html(b'<meta charset="utf-8">' + page, "EPUB")
                if carried.text:
                    offset = sum(t.count("\n") for t in text) + 2 * len(text)
                    hints |= {line + offset: hint for line, hint in carried.hints.items()}
                    text.append(carried.text)
    except SourceError as error:
        raise WitnessError(f"{name} is a damaged EPUB: {error.message}", error.hint) from None
    if not text:
        raise WitnessError(f"{name} holds no text", "Is it the right file?")
    return Carried(text="\n\n".join(text), kind="EPUB", hints=hints)
