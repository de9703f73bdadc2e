"""Files of other formats read in a process of their own, within limits of time and memory.

A file may hang its reader, fill the memory or end the process. So a worker reads it: the worker is
ended where it takes too long, the others go on, and the message names the file's limit.

    with Workers(2) as workers:
        pages = workers.read(file, marks)  # from any thread
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Timer
from types import TracebackType
from typing import BinaryIO

from edition.formats.pages import NoTextError, Page, SourceError

MEGABYTES = 1024
"""Memory that a worker may take, above what Python itself takes."""

_SECONDS = 6.0  # for any file: a busy machine's slowest start included
_SECONDS_PER_MEGABYTE = 1.5  # PDFium reads a scanned megabyte in .02 s to .3 s: bench/reading.py
_MOST_LETTERS = 100_000_000  # of a file's text; a book has a million


def seconds_for(size: int) -> float:
    """Return how long a file of so many bytes may take."""
    return _SECONDS + _SECONDS_PER_MEGABYTE * size / 1e6


class Workers:
    """So many processes that read files; each is started when it is needed."""

    def __init__(self, count: int) -> None:
        self._free: SimpleQueue[_Worker] = SimpleQueue()
        self._all = [_Worker() for _ in range(count)]
        for worker in self._all:
            self._free.put(worker)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        for worker in self._all:
            worker.end()

    def read(self, file: Path, marks: Sequence[str] = ()) -> list[Page]:
        """Return the pages of a file. Raises SourceError where it cannot be read within limits."""
        worker = self._free.get()
        try:
            seconds = seconds_for(file.stat().st_size)
            answer = worker.ask(file, marks, seconds)
            if answer is None and marks and worker.ask(file, (), seconds):
                raise SourceError(
                    f"the page marks of the project take more than {seconds:.0f} s on it",
                    "Mend page_marks in pyproject.toml: a repetition within a repetition takes for"
                    " ever.",
                )
        except OSError as error:
            raise SourceError(f"cannot be read: {error.strerror}", "Make it readable.") from None
        finally:
            self._free.put(worker)
        if answer is None:
            raise SourceError(
                f"reading it takes more than {seconds:.0f} s", "Is it broken? Give another copy."
            )
        return _pages(answer)


class _Worker:
    """A process that reads one file after another; after a failure another one is started."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, file: Path, marks: Sequence[str], seconds: float) -> bytes | None:
        """Return the worker's answer, empty where it died; None where it took too long."""
        process = self._process or _start()
        self._process = process
        late = []

        def stop() -> None:
            late.append(True)
            process.kill()

        timer = Timer(seconds, stop)
        timer.start()
        answer = b""
        try:
            request = json.dumps([str(file.resolve()), *marks]).encode()
            if process.stdin and process.stdout:
                process.stdin.write(request + b"\n")
                process.stdin.flush()
                answer = _received(process.stdout)
        except OSError:
            answer = b""
        finally:
            timer.cancel()
        if not answer:
            self.end()
        return None if late and not answer else answer

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            with suppress(OSError):
                self._process.kill()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
            self._process.wait()
            self._process = None


def _start() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(  # noqa: S603  our own interpreter and module
        [sys.executable, "-m", "edition.formats.worker", str(MEGABYTES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,  # Ctrl-C is the command's to handle
    )


def _received(pipe: BinaryIO | object) -> bytes:
    """Return what a worker sends: a line with its length, then so many bytes."""
    reader: BinaryIO = pipe  # type: ignore[assignment]
    length = reader.readline().strip()
    return reader.read(int(length)) if length.isdigit() else b""


def _pages(answer: bytes) -> list[Page]:
    if not answer:
        raise SourceError(
            "the process that read it broke off", "Is it broken? Give another copy or format."
        )
    kind, *rest = json.loads(answer)
    if kind == "pages":
        return [Page(label, text, tuple(others)) for label, text, others in rest]
    raise (NoTextError if kind == "no text" else SourceError)(*rest)


# -- in the worker ------------------------------------------------------------------------------


def serve(megabytes: int) -> None:
    """Read the files that are named on standard input, until it ends."""
    with os.fdopen(os.dup(1), "wb") as answers:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)  # what a library prints is no answer
        _limit_memory(megabytes)
        for line in sys.stdin.buffer:
            file, *marks = json.loads(line)
            data = json.dumps(_read(Path(file), marks, megabytes)).encode()
            answers.write(b"%d\n" % len(data) + data)
            answers.flush()


def _read(file: Path, marks: Sequence[str], megabytes: int) -> list[object]:
    from edition.formats.reading import read_pages

    try:
        pages = read_pages(file.name, file.read_bytes(), marks)
    except NoTextError as error:
        return ["no text", error.message, error.hint]
    except SourceError as error:
        return ["error", error.message, error.hint]
    except (MemoryError, RecursionError):
        hint = "Divide the file, or give the text in another format."
        return ["error", f"reading it takes more than {megabytes} MB of memory", hint]
    except OSError as error:
        return ["error", f"cannot be read: {error.strerror}", "Make it readable."]
    if sum(len(page.text) for page in pages) > _MOST_LETTERS:
        hint = "Divide it into volumes in a folder."
        return ["error", f"its text has more than {_MOST_LETTERS:,} letters", hint]
    return ["pages", *((page.label, page.text, page.others) for page in pages)]


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on this system
        return
    from edition.formats import reading  # noqa: F401  its libraries' own memory does not count

    with suppress(OSError, ValueError):
        used = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        most = used + megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    serve(int(sys.argv[1]))
