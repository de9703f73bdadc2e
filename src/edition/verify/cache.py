"""What was read and indexed, kept on the disk under the digest of what it was made from.

Nothing in it is ever out of date: another content has another name. It holds the text of the
sources, so it lies with the user's caches and never in the project.
"""

import gzip
import json
import os
import shutil
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edition.formats.pages import Page, Source
from edition.project.files import read_file, replacing, unfinished
from edition.verify.corpus import Corpus, PageSpan, assemble, build_corpus
from edition.verify.index import GramIndex
from edition.verify.placement import IndexedStream

_FORMAT = "3"  # another number wherever what is kept would be read otherwise
_DIGESTS = "digests"
_ARRAYS = ("stream", "positions", "starts", "leaves", "begins")


def default_folder() -> Path:
    """Return the user's folder for caches (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "edition"


@dataclass(frozen=True, slots=True)
class Cache:
    """A cache in a folder, which is made when something is kept."""

    folder: Path

    def pages(self, name: str) -> list[Page] | None:
        """Return the pages kept under a name; None where there are none that can be read."""
        try:
            kept = json.loads(gzip.decompress(read_file(self._file(name))))
            return [Page(label, text, tuple(others)) for label, text, others in kept]
        except (OSError, EOFError, ValueError, TypeError, RecursionError, zlib.error):
            return None

    def keep_pages(self, name: str, pages: Sequence[Page]) -> None:
        """Keep pages; a cache that cannot be written is done without."""
        file = self._file(name)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with (
                replacing(file) as beside,
                gzip.open(beside, "wt", encoding="utf-8", compresslevel=3) as out,
            ):
                rows = [(page.label, page.text, page.others) for page in pages]
                json.dump(rows, out, ensure_ascii=False)
        except OSError:
            return

    def corpus(self, sources: Sequence[Source]) -> Corpus:
        """Return the corpus of the sources; map its index from the disk if it was made before."""
        folder = self.folder / "index" / _name(sources)
        try:
            return _mapped(folder, sources)
        except (OSError, ValueError):
            shutil.rmtree(folder, ignore_errors=True)
            corpus = build_corpus(sources)
        _keep(folder, corpus)
        return corpus

    def _file(self, name: str) -> Path:
        return self.folder / "pages" / _FORMAT / f"{name}.json.gz"


def _name(sources: Sequence[Source]) -> str:
    hashed = sha256(_FORMAT.encode())
    for source in sources:
        for page in source.pages:
            hashed.update(page.text.encode("utf-8", "surrogatepass") + b"\0")
        hashed.update(b"\1")
    return hashed.hexdigest()


def _mapped(folder: Path, sources: Sequence[Source]) -> Corpus:
    """Map the arrays. Raises OSError or ValueError where one is not as it was written."""
    if read_file(folder / _DIGESTS) != _digests(folder):
        raise ValueError(f"{folder} is damaged")
    stream, positions, starts, spans, begins = (
        np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS
    )
    indexed = IndexedStream(
        stream, GramIndex(positions, starts, (len(starts) - 1).bit_length() - 1)
    )
    return assemble(sources, indexed, [PageSpan(*row) for row in spans.tolist()], np.array(begins))


def _digests(folder: Path) -> bytes:
    found = []
    for name in _ARRAYS:
        file = folder / f"{name}.npy"
        if not file.is_file():  # a pipe would be waited for
            raise FileNotFoundError(file)
        with file.open("rb") as opened:
            found.append(file_digest(opened, "blake2b").digest())
    return b"".join(found)


def _keep(folder: Path, corpus: Corpus) -> None:
    """Write the arrays beside, then move the folder in place."""
    index = corpus.indexed.index
    rows = [(span.source, span.number, span.start, span.end) for span in corpus.spans]
    arrays: tuple[NDArray[Any], ...] = (
        corpus.indexed.stream,
        index.positions,
        index.starts,
        np.array(rows, dtype=np.int64).reshape(-1, 4),
        corpus.begins,
    )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = unfinished(folder)
        beside.mkdir()
    except OSError:
        return
    try:
        for name, array in zip(_ARRAYS, arrays, strict=True):
            np.save(beside / f"{name}.npy", array)
        (beside / _DIGESTS).write_bytes(_digests(beside))
        beside.replace(folder)
    except BaseException as error:
        shutil.rmtree(beside, ignore_errors=True)
        if not isinstance(error, OSError):
            raise
