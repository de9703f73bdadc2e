"""Entities of XML files: characters given by name are read, all others refused or dropped.

Older TEI and EPUB 2 name characters (`&mdash;`) and declare or borrow the names; hostile files
use the same means to read other files or to fill memory.
"""

import re
from html.entities import html5

from edition.formats.pages import SourceError

_DOCTYPE = re.compile(
    rb"""<!DOCTYPE\s[^\[>"']*(?:(?:"[^"]*"|'[^']*')[^\[>"']*)*
    (?P<subset>\[(?:[^\]"'<]|"[^"]*"|'[^']*'|<!--.*?-->|<(?!!--))*\]\s*)?>""",
    re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_DECLARED = re.compile(rb"""<!ENTITY\s+([\w.:-]+)\s+(?:"([^"]*)"|'([^']*)'|(?:SYSTEM|PUBLIC)\b)""")
_PLAIN = re.compile(rb"(?:[^&%<]|&#(?:\d{1,7}|x[\da-fA-F]{1,6});){1,64}")
_USED = re.compile(rb"&([A-Za-z_][\w.:-]{0,40});")
_XML = (b"amp", b"lt", b"gt", b"quot", b"apos")
_WIDE = {b"<\0": "utf-16-le", b"\0<": "utf-16-be", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_MOST = 1_000_000  # entities in a file


def without_entities(data: bytes) -> bytes:
    """Return the document without its DOCTYPE, characters in the place of their names.

    A name without a declaration is dropped. Raises SourceError where a file uses
    an entity that leads out of it or holds others.
    """
    data = _narrow(data)
    if b"&" not in data and b"<!DOCTYPE" not in data:
        return data
    declared: dict[bytes, bytes | None] = {}
    doctype = _DOCTYPE.search(data)
    if doctype:
        for found in _DECLARED.finditer(_COMMENT.sub(b"", doctype["subset"] or b"")):
            value = found[2] if found[2] is not None else found[3]
            plain = value is not None and _PLAIN.fullmatch(value)
            declared.setdefault(found[1], value if plain else None)
        data = data[: doctype.start()] + data[doctype.end() :]
    if b"<!ENTITY" in data:
        raise _hostile()
    done, count = _USED.subn(lambda match: _character(match, declared), data, count=_MOST)
    if count == _MOST:
        raise _hostile()
    return done


def _narrow(data: bytes) -> bytes:
    """Return a document in UTF-16 as UTF-8, without the declaration that says otherwise."""
    codec = _WIDE.get(data[:2])
    if codec is None:
        return data
    text = data.decode(codec, "replace").lstrip("\ufeff")
    return re.sub(r"\A<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")


def _character(match: re.Match[bytes], declared: dict[bytes, bytes | None]) -> bytes:
    name = match[1]
    if name in _XML:
        return match[0]
    if name in declared:
        value = declared[name]
        if value is None:
            raise _hostile()
        return value
    known = html5.get(f"{name.decode('ascii', 'replace')};", "")
    return "".join(f"&#{ord(character)};" for character in known).encode()


def _hostile() -> SourceError:
    return SourceError(
        "the file uses entities that could read other files or fill memory",
        "Write the characters themselves, and remove the declarations.",
    )
