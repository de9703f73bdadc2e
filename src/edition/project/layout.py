"""Where a project's files lie: its root, its settings, its sources, its bibliography.

This is the edge that looks at the disk; what it finds is read by `load`.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from edition.model.build import BuildSettings
from edition.model.errors import EditionError
from edition.project.config import Config, ConfigError, names_any, read_config
from edition.project.files import read_text_file
from edition.project.sphinx_conf import read_conf

if TYPE_CHECKING:
    from edition.project.books import Book

_NEAR = 3
# Folders of documentation, as Sphinx's quickstart and others name them, in a project's folder.
_DOCUMENTATION = frozenset({"doc", "docs", "source"})
_OF_BOOKS = ("myst.yml", "_toc.yml")
_UNCHECKED = (".ipynb", ".rst")
_NOT_SOURCES = frozenset({"build", "_build", "dist", "node_modules", "__pycache__"})


class ProjectError(EditionError):
    """A project that cannot be worked on: `message` says why, `hint` what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project on disk; `root` is absolute. `sources` lie below it, in the order of paths.

    `unchecked` are the pages in the source folder that the build may read and we do not: those
    left out by the settings, notebooks and reStructuredText. `outside` are symbolic links in
    the source folder that lead out of the project and are not followed; `build` is what the
    conf.py there says. `chapters` are a book's sources in the order of its table of contents.
    """

    root: Path
    config: Config
    sources: tuple[Path, ...]
    bibliography: tuple[Path, ...]
    unchecked: tuple[Path, ...] = ()
    outside: tuple[Path, ...] = ()
    build: BuildSettings | None = None
    chapters: tuple[Path, ...] = ()

    @property
    def lock(self) -> Path:
        """The file of published anchors, which need not exist."""
        return self.root / "anchors.lock"

    @property
    def uncitable(self) -> tuple[str, ...]:
        """The paths of sources whose anchors promise nothing."""
        patterns = self.config.uncitable
        return tuple(self.path(file) for file in self.sources if self.is_named(file, patterns))

    @property
    def restructured(self) -> tuple[Path, ...]:
        """The pages in reStructuredText that the build reads."""
        if self.build is None or self.chapters:
            return ()
        return tuple(f for f in self.unchecked if f.suffix == ".rst" and not self._left_out(f))

    def is_named(self, file: Path, patterns: Iterable[str]) -> bool:
        """Tell whether a file is in the source folder, and one of some patterns there names it."""
        folder = self.root / self.config.source
        return file.is_relative_to(folder) and names_any(patterns, file.relative_to(folder))

    def _left_out(self, file: Path) -> bool:
        return self.is_named(file, (*self.config.exclude, *self.not_built))

    @property
    def not_built(self) -> tuple[str, ...]:
        """The patterns of pages that conf.py leaves out of the build."""
        return self.build.exclude if self.build else ()

    @property
    def unread(self) -> tuple[str, ...]:
        """The kinds of pages that the build may read and the checker does not, one a page."""
        if self.chapters:
            return ()  # a book's build reads no other page than its chapters
        left = set(self.unchecked).difference(self.restructured)
        kinds = (f.suffix for f in sorted(left) if not self._left_out(f))
        return tuple(kind for kind in kinds if kind in _UNCHECKED)

    def path(self, file: Path) -> str:
        """Return how findings show a file: POSIX, from the root; bytes not UTF-8 as escapes."""
        shown = file.relative_to(self.root).as_posix()
        return os.fsencode(shown).decode("utf-8", "backslashreplace")


def find_project(start: Path) -> Project:
    """Return the project that a file or folder belongs to.

    Its root is the nearest folder, from `start` upwards, whose pyproject.toml has a
    `[tool.edition]` table; else the book of Jupyter Book or mystmd that it belongs to; else the
    nearest that holds a BibTeX file, at most two folders up; else `start` itself.
    Raises EditionError where there is no such path, no source, or not the bibliography that the
    settings name; a text that cites nothing needs none.
    """
    start = Path(os.path.abspath(start))
    if not start.exists():
        raise ProjectError(f"no such file or folder: {start}", "Check the path.")
    folder = start if start.is_dir() else start.parent
    book = next((found for place in (folder, *folder.parents) if (found := _book(place))), None)
    for root in (folder, *folder.parents):
        config = _config_of(root)
        if config is not None:
            # A book in another project's folders, and not among its sources, is its own.
            nearer = book is not None and root in book.folder.parents
            if nearer and not folder.is_relative_to(root / config.source):
                break
            return _configured(root, config)
    if book := book or _book_below(folder):
        root, config = book.settings()
        return _project(root, config, book.bibliography)
    near = (folder, *folder.parents)[:_NEAR]
    return _unconfigured(next((f for f in near if _bib_files(f)), folder))


def _config_of(root: Path) -> Config | None:
    file = root / "pyproject.toml"
    try:
        return read_config(read_text_file(file, "utf-8-sig")) if file.is_file() else None
    except UnicodeDecodeError:
        raise ProjectError(f"{file}: not UTF-8", "TOML files are UTF-8; convert it.") from None
    except OSError as error:
        raise ProjectError(f"{file}: {error.strerror}", "Make it readable.") from None
    except ConfigError as error:
        place = f"{file}:{error.line}" if error.line else str(file)
        raise ProjectError(f"{place}: {error.message}", error.hint) from None


def _configured(root: Path, config: Config) -> Project:
    bibliography = tuple(dict.fromkeys(_inside(root, name) for name in config.bibliography))
    for file in bibliography:
        if not file.is_file():
            raise ProjectError(
                f"no bibliography: {file} does not exist, so no citation can be checked",
                f"Create it, or name the BibTeX files in {root / 'pyproject.toml'}: "
                'bibliography = ["works.bib"] under [tool.edition], [] for a text that cites none.',
            )
    return _project(root, config, bibliography)


def _book(folder: Path) -> "Book | None":
    """Return the book of Jupyter Book or mystmd whose settings stand in a folder."""
    if not any((folder / name).is_file() for name in _OF_BOOKS):
        return None
    # Imported here: most projects are none.
    from edition.project.books import read_book

    return read_book(folder)


def _book_below(folder: Path) -> "Book | None":
    """Return the book in a folder right below; None where there is none, or more than one."""
    places = {file.parent for name in _OF_BOOKS for file in folder.glob(f"*/{name}")}
    found = [book for place in sorted(places) if (book := _book(place))]
    return found[0] if len(found) == 1 else None


def _unconfigured(folder: Path) -> Project:
    """Return the project of a folder without settings.

    It begins above a folder of documentation, whose pages may include what is beside it.
    """
    source = folder / "docs" if (folder / "docs").is_dir() else folder
    files = _bib_files(folder) or _bib_files(source)
    root = folder
    while root.name in _DOCUMENTATION and not (root / "anchors.lock").exists():
        root = root.parent
    names = tuple(file.relative_to(root).as_posix() for file in files)
    config = replace(Config(), source=source.relative_to(root).as_posix(), bibliography=names)
    return _project(root, config, files)


def _bib_files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(f for f in folder.glob("*.bib") if f.is_file()))


def _inside(root: Path, name: str) -> Path:
    """Return a path that the settings name; it must lie in the project."""
    path = Path(os.path.normpath(root / name))
    if not path.is_relative_to(root):
        raise ProjectError(
            f"{root / 'pyproject.toml'} names “{name}”, which lies outside of the project",
            "Move it into the project, or pyproject.toml to a folder that holds both.",
        )
    return path


def _project(root: Path, config: Config, bibliography: tuple[Path, ...]) -> Project:
    folder = _inside(root, config.source)
    if not folder.is_dir():
        raise ProjectError(
            f"no sources: {folder} is not a folder",
            "Name the folder of the MyST files in pyproject.toml: "
            'source = "docs" under [tool.edition].',
        )
    if not is_inside(root, folder):
        raise ProjectError(
            f"{folder} is a symbolic link that leads out of the project, and is not followed",
            "Move the sources into the project.",
        )
    build = read_conf(folder)
    # A page that the build leaves out is read where another one includes it.
    found = _Sources(root, folder, (*config.exclude, *(build.exclude if build else ())))
    book = _book(folder)
    if book:
        found.keep(book.chapters)
        config = replace(config, ignore=(*config.ignore, *book.ignore))
    readable = build is not None and any(f.suffix == ".rst" for f in found.unchecked)
    if not (found.sources or found.outside or readable):
        raise ProjectError(
            f"nothing to read: {folder} holds no MyST file (*.md)",
            "Write a first one, such as index.md.",
        )
    if build is not None:
        build = replace(build, path=(folder / "conf.py").relative_to(root).as_posix())
    return Project(
        root=root,
        config=config,
        sources=tuple(sorted(found.sources)),
        bibliography=bibliography,
        unchecked=tuple(sorted(found.unchecked)),
        outside=tuple(sorted(found.outside)),
        build=book.build if book else build,
        chapters=book.chapters if book else (),
    )


class _Sources:
    """What the source folder holds: a symbolic link is followed where it stays in the project."""

    def __init__(self, root: Path, folder: Path, exclude: tuple[str, ...]) -> None:
        self.root, self.folder, self.exclude = root, folder, exclude
        self.sources: list[Path] = []
        self.unchecked: list[Path] = []
        self.outside: list[Path] = []
        self._followed = {os.path.realpath(folder)}
        walk = os.walk(folder, onerror=_unreadable_folder, followlinks=True)
        for current, folders, files in walk:
            folders[:] = [f for f in folders if self._enters(Path(current, f))]
            for name in files:
                self._take(Path(current, name))

    def _enters(self, path: Path) -> bool:
        if path.name.startswith((".", "_")) or path.name in _NOT_SOURCES:
            return False
        if (path / ".base").is_dir():  # texts of witnesses, which stand beside the sources
            return False
        if not path.is_symlink():
            return True
        if not is_inside(self.root, path):
            self.outside.append(path)
            return False
        # What it leads to may be read under its own name, or hold the link itself.
        real = Path(os.path.realpath(path))
        own = Path(os.path.realpath(self.folder))
        if real.is_relative_to(own) or own.is_relative_to(real) or str(real) in self._followed:
            return False
        self._followed.add(str(real))
        return True

    def keep(self, chapters: tuple[Path, ...]) -> None:
        """Take a book's chapters, notebooks too, for the sources; all else is left unread."""
        pages = {*self.sources, *self.unchecked}
        self.sources = [f for f in chapters if is_inside(self.root, f) and not self._excluded(f)]
        self.unchecked = sorted(pages.difference(self.sources))

    def _excluded(self, path: Path) -> bool:
        return names_any(self.exclude, path.relative_to(self.folder))

    def _take(self, path: Path) -> None:
        if not path.name.endswith((".md", *_UNCHECKED)):
            return
        if path.is_symlink() and not is_inside(self.root, path):
            self.outside.append(path)
            return
        read = path.name.endswith(".md") and not self._excluded(path)
        (self.sources if read else self.unchecked).append(path)


def is_inside(root: Path, path: Path) -> bool:
    """Tell whether a path, its symbolic links followed, stays below the root."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _unreadable_folder(error: OSError) -> NoReturn:
    raise ProjectError(
        f"{error.filename}: {error.strerror}, so its sources cannot be checked",
        "Make the folder readable.",
    )
