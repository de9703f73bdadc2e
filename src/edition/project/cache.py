"""What was read and found before, kept by the content of the files.

Two files in `.edition-cache/`, which may be deleted at any time: the documents, each by its
file's content, and the findings on a project as it was. They are read with their types
checked, so that a damaged or foreign one is as good as none; and they belong to one state of
this program: another version begins anew.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from edition import __version__
from edition.model.diagnostic import Diagnostic
from edition.project.files import is_unfinished, read_file, replace_file

if TYPE_CHECKING:
    from edition.model import Document

FOLDER = ".edition-cache"
_DOCUMENTS = "documents"
_FINDINGS = "findings"
_MOST_BYTES = 1_000_000_000
_Form = TypeVar("_Form", bound=msgspec.Struct)
_OURS = {".gitignore", "CACHEDIR.TAG", "documents", "findings", "locks"}
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by edition; may be deleted.\n"


class Findings(msgspec.Struct):
    """The findings on inputs of a key, while the files beside them stand as they did."""

    key: str
    findings: list[Diagnostic]
    target_states: dict[str, str]


@lru_cache  # a check asks for it twice
def code_state() -> str:
    """Return a digest of this program: the names, sizes and times of its modules."""
    package = str(Path(__file__).parents[1])
    told = []
    # Not with pathlib, which takes three times as long.
    for folder, _, names in os.walk(package):
        for file in (os.path.join(folder, name) for name in names if name.endswith(".py")):
            status = os.stat(file)
            told.append(f"{file.removeprefix(package)} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join([__version__, *sorted(told)]).encode()).hexdigest()


def state_of(settings: object) -> str:
    """Return a digest of what documents depend on besides their texts: program and settings."""
    return hashlib.sha256(f"{code_state()} {settings!r}".encode()).hexdigest()


def read_cache(root: Path, state: str) -> dict[str, Document]:
    """Return the documents known, by `content_key`; none where there is no cache of this state."""
    cache = _read(root, _DOCUMENTS, _documents_form())
    documents: dict[str, Document] = getattr(cache, "documents", {})
    return documents if getattr(cache, "state", "") == state else {}


def _documents_form() -> type[msgspec.Struct]:
    # Made where documents are read: an unchanged project is answered without their types.
    from edition.model import Document

    fields = [("state", str), ("documents", dict[str, Document])]
    return msgspec.defstruct("_Documents", fields)


def read_findings(root: Path, key: str) -> Findings | None:
    """Return the findings on inputs of this key; None where they are not known."""
    cache = _read(root, _FINDINGS, Findings)
    return cache if cache and cache.key == key else None


def _read(root: Path, name: str, form: type[_Form]) -> _Form | None:
    """Return a cache whose digest (its first 32 bytes) and types are right; None for any other."""
    try:
        data = read_file(root / FOLDER / name, _MOST_BYTES)
        digest, packed = data[:32], data[32:]
        if hashlib.sha256(packed).digest() != digest:
            return None
        return msgspec.msgpack.decode(packed, type=form)
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError, OverflowError):
        return None


def own_folder(root: Path) -> Path:
    """Return the folder of a project that this program may write into, made if it is not there.

    Raises OSError where it cannot be written, or holds what somebody else has put there.
    """
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    if not (folder / "CACHEDIR.TAG").exists():
        # A link may lead anywhere.
        names = {file.name for file in folder.iterdir() if not is_unfinished(file.name)}
        if names - _OURS:
            raise OSError(errno.ENOTEMPTY, "not made by this program", str(folder))
        for fixed, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
            replace_file(folder / fixed, text.encode(), lasting=False)
    return folder


def content_key(path: str, data: bytes) -> str:
    """Return the name of a file's content at a path."""
    return hashlib.sha256(path.encode() + b"\0" + data).hexdigest()


def write_cache(root: Path, state: str, documents: Mapping[str, Document]) -> None:
    """Keep the documents; where the folder cannot be written, do without."""
    _write(root, _DOCUMENTS, _documents_form()(state, dict(documents)))


def write_findings(root: Path, findings: Findings) -> None:
    """Keep the findings; where the folder cannot be written, do without."""
    _write(root, _FINDINGS, findings)


def _write(root: Path, name: str, cache: msgspec.Struct) -> None:
    try:
        folder = own_folder(root)
        packed = msgspec.msgpack.encode(cache)
        replace_file(folder / name, hashlib.sha256(packed).digest() + packed, lasting=False)
    except OSError:
        return
