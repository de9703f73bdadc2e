"""A library of sources on the disk: their letters, pages and index, mapped into memory.

It grows at its end: a source is added without reading those before it. The letters are one file;
the index is in segments, each of a stretch of it, and small ones are made into one when there are
many. What was added counts when the manifest names it, which is replaced at last.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from edition.formats.pages import Page, Source
from edition.project.atomic import replace_file
from edition.verify.corpus import Corpus, PageSpan, assemble, read_spans
from edition.verify.index import GramIndex, SegmentedIndex, build_index
from edition.verify.placement import IndexedStream

_LARGEST = 1 << 26  # letters of a segment: its index takes .7 GB while it is made
_MANIFEST, _STREAM, _PAGES, _TEXTS = "manifest.json", "stream.bin", "pages.bin", "texts.bin"
_COLUMNS = 7  # of a page: source, number, start and end of its body, letters, text from and to


@dataclass(frozen=True, slots=True)
class StoredPages(Sequence[Page]):
    """The pages of a source, their texts read from the disk when they are asked for."""

    texts: mmap | bytes
    places: NDArray[np.int64]
    labels: Sequence[tuple[str | None, tuple[str, ...], str]]

    def __len__(self) -> int:
        return len(self.labels)

    @overload
    def __getitem__(self, number: int) -> Page: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Page]: ...
    def __getitem__(self, number: int | slice) -> Page | Sequence[Page]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        label, others, file = self.labels[number]
        low, high = self.places[number]
        text = self.texts[low:high].decode("utf-8", "surrogatepass")
        return Page(label, text, others, file)


@dataclass
class Library:
    """The library in a folder, which is made when a source is added."""

    folder: Path
    _manifest: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            self._manifest = json.loads((self.folder / _MANIFEST).read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._manifest = {"sources": [], "segments": [], "letters": 0, "pages": 0, "texts": 0}

    def add(self, sources: Iterable[Source]) -> None:
        """Add sources, each read once; they are in the library when the last one is written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        known = self._manifest
        with (
            self._open(_STREAM, known["letters"]) as stream,
            self._open(_PAGES, known["pages"] * 8 * _COLUMNS) as pages,
            self._open(_TEXTS, known["texts"]) as texts,
        ):
            first = known["letters"]
            for source in sources:
                self._write(source, stream, pages, texts)
                if known["letters"] - first >= _LARGEST:
                    stream.flush()
                    self._index(first, known["letters"])
                    first = known["letters"]
        if known["letters"] > first:
            self._index(first, known["letters"])
        self._join_small()
        replace_file(self.folder / _MANIFEST, json.dumps(known).encode())
        used = {f"{first}-{last}" for first, last in known["segments"]}
        for file in self.folder.glob("*.npy"):
            if file.name.rsplit("-", 1)[0] not in used:
                file.unlink()

    def _open(self, name: str, size: int) -> Any:
        """Open a file to be written at its end; what no manifest names is cut off."""
        file = self.folder / name
        file.touch()
        opened = file.open("r+b")
        opened.truncate(size)
        opened.seek(size)
        return opened

    def _write(self, source: Source, stream: Any, pages: Any, texts: Any) -> None:
        known = self._manifest
        letters, spans, begins = read_spans([source])
        stream.write(letters.tobytes())
        rows = []
        for span, begin in zip(spans, begins.tolist(), strict=False):
            text = source.pages[span.number].text.encode("utf-8", "surrogatepass")
            texts.write(text)
            place = known["texts"]
            known["texts"] += len(text)
            rows.append(
                (len(known["sources"]), span.number, span.start, span.end,
                 known["letters"] + begin, place, known["texts"])
            )  # fmt: skip
        pages.write(np.array(rows, dtype=np.int64).reshape(-1, _COLUMNS).tobytes())
        known["pages"] += len(rows)
        known["letters"] += len(letters)
        described = {name: getattr(source, name) for name in ("key", "path", "digest", "volume",
                     "remarks", "files", "taken_for", "extract")}  # fmt: skip
        labels = [(page.label, page.others, page.file) for page in source.pages]
        known["sources"].append({**described, "labels": labels})

    def _index(self, first: int, last: int) -> None:
        """Index a stretch of the letters as a segment."""
        stream = np.memmap(self.folder / _STREAM, np.uint8, "r")[first:last]
        index = build_index(stream)
        np.save(self.folder / f"{first}-{last}-positions.npy", index.positions)
        np.save(self.folder / f"{first}-{last}-starts.npy", index.starts)
        self._manifest["segments"].append([first, last])

    def _join_small(self) -> None:
        """Make neighbours into one where the later is as large, as long as one can be indexed."""
        segments = self._manifest["segments"]
        while len(segments) > 1:
            (first, middle), (_, last) = segments[-2:]
            if last - first > _LARGEST or 2 * (last - middle) < middle - first:
                return
            del segments[-2:]
            self._index(first, last)

    def corpus(self) -> Corpus:
        """Return the corpus of all sources."""
        known = self._manifest
        rows = np.fromfile(self.folder / _PAGES, np.int64).reshape(-1, _COLUMNS)[: known["pages"]]
        with (self.folder / _TEXTS).open("rb") as opened:
            texts = mmap(opened.fileno(), 0, access=ACCESS_READ) if known["texts"] else b""
        sources, at = [], 0
        for given in known["sources"]:
            values = {**given, "remarks": tuple(given["remarks"]), "files": tuple(given["files"])}
            labels = [(label, tuple(others), file) for label, others, file in values.pop("labels")]
            places = rows[at : at + len(labels), 5:7]
            at += len(labels)
            sources.append(Source(pages=StoredPages(texts, places, labels), **values))
        stream = np.memmap(self.folder / _STREAM, np.uint8, "r")[: known["letters"]]
        index = SegmentedIndex(tuple(self._segments()))
        spans = [PageSpan(*row) for row in rows[:, :4].tolist()]
        begins = np.append(rows[:, 4], known["letters"])
        return assemble(sources, IndexedStream(stream, index), spans, begins)

    def _segments(self) -> Iterator[tuple[int, GramIndex]]:
        for first, last in self._manifest["segments"]:
            positions, starts = (
                np.load(self.folder / f"{first}-{last}-{name}.npy", mmap_mode="r")
                for name in ("positions", "starts")
            )
            yield first, GramIndex(positions, starts, (len(starts) - 1).bit_length() - 1)
