"""Files of other formats read in a process of their own, within limits of time and memory.

A file may hang its reader, fill the memory or end the process. So a worker reads it: the worker is
ended where it takes too long, the others go on, and the message names the file's limit.

    source = read_apart("edition.importer.input_formats:read_source", file, Source)
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from shutil import rmtree
from tempfile import mkdtemp
from threading import Timer
from types import TracebackType
from typing import Any, TypeVar, get_type_hints

import msgspec

from edition.model.errors import EditionError

MEGABYTES = 1024
"""Memory that a worker may take, above what Python itself takes."""

_PATIENCE = 20  # times its limit, by the clock: other programs may have the machine
_SECONDS = 6.0  # for any file, the start of a worker included
_SECONDS_PER_MEGABYTE = 1.5  # PDFium read the scanned PDFs tried in .02 s to .3 s a megabyte
_OWN = "edition.project.worker:ReadingError"  # in the worker this module has another name
_Read = TypeVar("_Read")


class ReadingError(EditionError):
    """A file that cannot be read within the limits; the message says which."""


class TooLongError(ReadingError):
    """A file that takes longer to read than its limit."""


def read_apart(
    reader: str,
    file: Path,
    into: type[_Read],
    per_megabyte: float = _SECONDS_PER_MEGABYTE,
    **arguments: Any,
) -> _Read:
    """Return what a reader (`module:function`) makes of a file, read in a process of its own."""
    with Workers(1) as workers:
        return workers.ask(reader, file, into, per_megabyte, **arguments)


class Workers:
    """So many processes that read files, the memory divided among them; started when needed."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._free: SimpleQueue[_Worker] = SimpleQueue()
        self._all = [_Worker(MEGABYTES // count) for _ in range(count)]
        for worker in self._all:
            self._free.put(worker)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        for worker in self._all:
            worker.end()

    def ask(
        self,
        reader: str,
        file: Path,
        into: type[_Read],
        per_megabyte: float = _SECONDS_PER_MEGABYTE,
        **arguments: Any,
    ) -> _Read:
        """Return what a reader makes of a file: it is called with its `name`, `data` and arguments.

        Arguments are of the types that the reader declares.

        Raises the reader's own error, or ReadingError where it ends, or passes its limits.
        """
        worker = self._free.get()
        try:
            seconds = _SECONDS + per_megabyte * _size(file) / 1e6
            plain = {name: msgspec.to_builtins(value) for name, value in arguments.items()}
            answer = worker.ask([reader, str(file.resolve()), plain, seconds], seconds)
        finally:
            self._free.put(worker)
        if answer is None:
            raise TooLongError(
                f"reading it takes more than {seconds:.0f} s", "Is it broken? Give another copy."
            )
        return _result(answer, into)


def _size(file: Path) -> int:
    try:
        status = file.stat()
    except OSError as error:
        raise ReadingError(f"cannot be read: {error.strerror}", "Make it readable.") from None
    if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for
        raise ReadingError("not a regular file", "Put a file there.")
    return status.st_size


class _Worker:
    """A process that reads one file after another; after a failure another one is started."""

    def __init__(self, megabytes: int) -> None:
        self._megabytes = megabytes
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""  # of what it puts down while it reads, so that none of it is left

    def ask(self, request: Sequence[Any], seconds: float) -> bytes | None:
        """Return the worker's answer, empty where it died; None where it took too long.

        The system ends it after so many seconds of its work, its master where it only waits.
        """
        self._folder = self._folder or mkdtemp(prefix="edition-")
        process = self._process or _start(self._megabytes, self._folder)
        self._process = process
        late = []

        def stop() -> None:
            late.append(True)
            _kill(process)

        timer = Timer(seconds * _PATIENCE, stop)
        timer.start()
        answer = b""
        try:
            if process.stdin and process.stdout:
                process.stdin.write(json.dumps(request).encode() + b"\n")
                process.stdin.flush()
                length = process.stdout.readline().strip()  # then so many bytes
                answer = process.stdout.read(int(length)) if length.isdigit() else b""
        except OSError:
            pass  # it died
        finally:
            timer.cancel()
        if not answer:
            ended_by = self.end()
            return None if late or ended_by == -getattr(signal, "SIGXCPU", 0) else answer
        return answer

    def end(self) -> int:
        """End the process; return its status, 0 where there was none."""
        status = 0
        if self._process is not None:
            _kill(self._process)
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
            status = self._process.wait()
            self._process = None
        rmtree(self._folder, ignore_errors=True)
        self._folder = ""
        return status


def _start(megabytes: int, folder: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)
    return subprocess.Popen(  # noqa: S603  our own interpreter and module
        [sys.executable, "-m", "edition.project.worker", str(megabytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,  # Ctrl-C is the command's to handle
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a worker and what it started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(OSError):
        process.kill()


def _result(answer: bytes, into: type[_Read]) -> _Read:
    if not answer:
        raise ReadingError(
            "the process that read it broke off", "Is it broken? Give another copy or format."
        )
    kind, packed = msgspec.msgpack.decode(answer, type=tuple[str, msgspec.Raw])
    if kind == "read":
        return msgspec.msgpack.decode(packed, type=into)
    name, message, hint = msgspec.msgpack.decode(packed, type=tuple[str, str, str])
    if kind == "missing":
        raise ModuleNotFoundError(message, name=name)
    error: type[EditionError] = _named(name)
    raise error(message, hint)


def _named(path: str) -> Any:
    """Return what a path such as `module:function` names."""
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)


# -- in the worker ------------------------------------------------------------------------------


def serve(megabytes: int) -> None:
    """Read the files that are named on standard input, until it ends."""
    with os.fdopen(os.dup(1), "wb") as answers:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)  # what a library prints is no answer
        limited = False
        for line in sys.stdin.buffer:
            reader, file, arguments, seconds = json.loads(line)
            if not limited:  # the libraries' own memory does not count
                with suppress(ModuleNotFoundError):
                    _named(reader)
                _limit_memory(megabytes)
                limited = True
            _limit_time(seconds)
            data = msgspec.msgpack.encode(_answer(reader, Path(file), arguments, megabytes))
            answers.write(b"%d\n" % len(data) + data)
            answers.flush()


def _answer(reader: str, file: Path, arguments: dict[str, Any], megabytes: int) -> list[object]:
    try:
        function = _named(reader)
        hints = get_type_hints(function) if arguments else {}
        typed = {name: msgspec.convert(value, hints[name]) for name, value in arguments.items()}
        read = function(name=file.name, data=file.read_bytes(), **typed)
        return ["read", msgspec.Raw(msgspec.msgpack.encode(read))]
    except EditionError as error:
        named = f"{type(error).__module__}:{type(error).__name__}"
        return ["error", [named, error.message, error.hint]]
    except ModuleNotFoundError as error:
        return ["missing", [error.name or "", str(error), ""]]
    except (MemoryError, RecursionError):
        message = f"reading it takes more than {megabytes} MB of memory"
        hint = "Divide the file, or give the text in another format."
    except OSError as error:
        message, hint = f"cannot be read: {error.strerror}", "Make it readable."
    return ["error", [_OWN, message, hint]]


def _limit_time(seconds: float) -> None:
    """Have the system end this process, and any that it starts, after so many seconds' work."""
    try:
        import resource
    except ImportError:  # not on this system
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        spent = time.process_time()
        resource.setrlimit(resource.RLIMIT_CPU, (int(spent + seconds) + 1, most))


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on this system
        return
    with suppress(OSError, ValueError):
        used = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        most = used + megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    serve(int(sys.argv[1]))
