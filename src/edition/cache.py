"""Documents read before, kept by the content of their files.

One file in `.edition-cache/`, which may be deleted at any time. It is read with its types
checked, so that a damaged or foreign one is as good as none; and it belongs to one state of
the reader: another version, or other settings, begins anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from edition.model import Document

FOLDER = ".edition-cache"
_FILE = "documents"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by edition; may be deleted.\n"


class _Cache(msgspec.Struct):
    state: str
    documents: dict[str, Document]


def state_of(settings: Iterable[object]) -> str:
    """What the cache depends on besides the texts: the reader's code and its settings."""
    package = Path(__file__).parent
    code = [package / "model.py", package / "diagnostic.py"]
    code += sorted((package / "source").glob("*.py"))
    digest = hashlib.sha256(repr(sorted(map(str, settings))).encode())
    for file in code:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def read_cache(root: Path, state: str) -> dict[str, Document]:
    """The documents known, by `content_key`; none where there is no cache of this state."""
    try:
        data = (root / FOLDER / _FILE).read_bytes()
        cache = msgspec.msgpack.decode(data, type=_Cache)
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError, OverflowError):
        return {}
    return cache.documents if cache.state == state else {}


def content_key(path: str, data: bytes) -> str:
    """The name of a file's content at a path."""
    return hashlib.sha256(path.encode() + b"\0" + data).hexdigest()


def write_cache(root: Path, state: str, documents: Mapping[str, Document]) -> None:
    """Keep the documents; where the folder cannot be written, do without."""
    folder = root / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
            if not (folder / name).exists():
                (folder / name).write_text(text, encoding="utf-8")
        beside = folder / f"{_FILE}.{os.getpid()}"
        beside.write_bytes(msgspec.msgpack.encode(_Cache(state, dict(documents))))
        beside.replace(folder / _FILE)
    except OSError:
        return
