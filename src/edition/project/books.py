"""Books of Jupyter Book and mystmd: what their own settings say of sources and bibliography.

Jupyter Book has `_config.yml` and `_toc.yml`, mystmd `myst.yml`; neither has to be installed.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, NamedTuple

from edition.model.build import MYSTMD, BuildSettings
from edition.model.errors import EditionError
from edition.project.config import Config
from edition.project.files import read_text_file

CHAPTERS = (".md", ".ipynb")
# What Jupyter Book and mystmd bring with them: none of these names is a misspelt one.
_NAMES = frozenset(
    """
    algorithm anywidget article-info aside assumption axiom bdg blockquote button button-link
    button-ref card card-carousel chem chemicalformula code-cell conjecture corollary criterion
    definition del delete div dropdown embed eval example exercise exercise-end exercise-start
    full-width genindex glue grid grid-item grid-item-card iframe keyboard lemma margin mdast
    mermaid myst nb-code nb-exec-table nb-output observation panels proof property proposition
    raw-cell raw:latex raw:typst remark show-index si smallcaps solution solution-end
    solution-start span strike tab tab-item tab-set tab-set-code tabbed tableofcontents
    table-of-contents tabs theorem thebe-button toc toggle u underline
    """.split()
)
_OF_JUPYTER_BOOK = ("colon_fence", "dollarmath", "linkify", "substitution", "tasklist")
_OF_MYSTMD = ("amsmath", "colon_fence", "deflist", "dollarmath", "strikethrough", "tasklist")
# Rules on what Sphinx does to citations, on names of our own style, and on published anchors.
_IN_NO_BOOK = ("short-title-ambiguous", "unstable-anchor")
_NOT_IN_MYSTMD = (*_IN_NO_BOOK, "footcite-locator", "reordered-keys", "repeated-key")


class Book(NamedTuple):
    """A book's chapters in reading order, its BibTeX files, and what its build knows.

    `ignore` are the rules on what its build does not do.
    """

    folder: Path
    chapters: tuple[Path, ...]
    bibliography: tuple[Path, ...]
    build: BuildSettings
    ignore: tuple[str, ...] = _IN_NO_BOOK

    def settings(self) -> tuple[Path, Config]:
        """Return the root that holds the chapters and the bibliography, and the settings from it.

        Raises EditionError where there is no chapter, or a BibTeX file is not in the project.
        """
        folder = self.folder
        if not self.chapters:
            raise EditionError(
                f"nothing to read: the book in {folder} names no chapter that is there",
                "A chapter is a file of MyST (*.md) or a notebook (*.ipynb).",
            )
        beside = any(not file.is_relative_to(folder) for file in self.bibliography)
        root = folder.parent if beside else folder
        for file in self.bibliography:
            if not file.is_relative_to(root) or not file.is_file():
                raise EditionError(
                    f"no bibliography: {file}, named by the book in {folder}, is not in it",
                    "Correct the path in the book's settings.",
                )
        names = tuple(file.relative_to(root).as_posix() for file in self.bibliography)
        source = folder.relative_to(root).as_posix()
        return root, replace(Config(), source=source, bibliography=names)


def read_book(folder: Path) -> Book | None:
    """Return the book whose settings stand in a folder; None where there are none.

    Raises EditionError where they are no YAML.
    """
    project = _mapping(_yaml(folder / "myst.yml").get("project"))
    if project:
        return _mystmd(folder, project)
    if (folder / "_config.yml").is_file() and (folder / "_toc.yml").is_file():
        return _jupyter_book(folder, _yaml(folder / "_config.yml"))
    return None


def _jupyter_book(folder: Path, config: dict[str, Any]) -> Book:
    sphinx, parse = _mapping(config.get("sphinx")), _mapping(config.get("parse"))
    direct = _mapping(sphinx.get("config"))
    substitutions = _mapping(parse.get("myst_substitutions"))
    named = config.get("bibtex_bibfiles") or direct.get("bibtex_bibfiles")
    extensions = _texts(parse.get("myst_enable_extensions")) or _OF_JUPYTER_BOOK
    language = direct.get("language")
    return Book(
        folder=folder,
        chapters=_chapters(folder, ()),
        bibliography=tuple(_normal(folder / name) for name in _texts(named)),
        build=BuildSettings(
            extensions=("jupyter_book", *_texts(sphinx.get("extra_extensions"))),
            myst_extensions=extensions,
            substitutions=tuple((k, v) for k, v in substitutions.items() if isinstance(v, str)),
            registered=tuple(sorted(_NAMES)),
            language=language if isinstance(language, str) else "",
            numfig=direct.get("numfig") is not False,
        ),
    )


def _mystmd(folder: Path, project: dict[str, Any]) -> Book:
    toc = project.get("toc")
    exclude = _texts(project.get("exclude"))
    chapters = tuple(_named(folder, toc)) if toc else _chapters(folder, exclude)
    named = _texts(project.get("bibliography"))
    files = [folder / name for name in named if "://" not in name]
    elsewhere = len(files) < len(named)  # on another site, where it is not read
    if not named:
        files = [file for file in sorted(folder.rglob("*.bib")) if not _is_built(folder, file)]
    for chapter in chapters:
        files += [chapter.parent / name for name in _of_page(chapter) if "://" not in name]
    return Book(
        folder=folder,
        chapters=chapters,
        bibliography=tuple(dict.fromkeys(_normal(file) for file in files if file.is_file())),
        build=BuildSettings(
            extensions=("mystmd",),
            myst_extensions=(MYSTMD, *_OF_MYSTMD),
            registered=tuple(sorted(_NAMES)),
            numfig=True,
            silenced=("myst.header",),  # a page may begin at ##
            prints_bibliography=True,
        ),
        ignore=(*_NOT_IN_MYSTMD, *(["unknown-key"] if elsewhere else [])),
    )


def _chapters(folder: Path, exclude: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the chapters that `_toc.yml` names; without it, every page in the folder."""
    if (folder / "_toc.yml").is_file():
        return tuple(_named(folder, _yaml(folder / "_toc.yml", whole=True)))
    return tuple(
        file
        for file in sorted(folder.rglob("*"))
        if file.suffix in CHAPTERS
        and not _is_built(folder, file)
        and not any(fnmatch(file.relative_to(folder).as_posix(), p) for p in exclude)
    )


def _named(folder: Path, toc: Any) -> Iterator[Path]:
    """Yield the pages that a table of contents names at any depth, each once, in its order."""
    seen: set[Path] = set()
    for name in _entries(toc):
        pattern = any(sign in name for sign in "*?[")
        inner = name.lstrip("/")
        found = sorted(folder.glob(inner)) if pattern else [_page(folder / inner)]
        for file in map(_normal, found):
            if file.suffix in CHAPTERS and file.is_relative_to(folder) and file not in seen:
                seen.add(file)
                if file.is_file():
                    yield file


def _entries(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _entries(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and key in ("root", "file", "glob", "pattern"):
                yield value
            elif isinstance(value, list | dict):
                yield from _entries(value)


def _page(named: Path) -> Path:
    """Return the file of an entry, which may leave the ending away."""
    if named.suffix in CHAPTERS:
        return named
    return next((f for end in CHAPTERS if (f := Path(f"{named}{end}")).is_file()), named)


def _of_page(chapter: Path) -> tuple[str, ...]:
    """Return the BibTeX files that the front matter of a page names."""
    try:
        text = read_text_file(chapter, "utf-8-sig")
    except (OSError, ValueError):
        return ()
    head = text[4:].partition("\n---")[0]
    if not text.startswith("---\n") or "bibliography:" not in head:
        return ()
    import yaml

    try:
        return _texts(_mapping(yaml.safe_load(head)).get("bibliography"))
    except (yaml.YAMLError, ValueError, RecursionError):
        return ()  # a rule of its own tells so


def _yaml(file: Path, *, whole: bool = False) -> Any:
    """Return a file of settings: the table that it holds or, with `whole`, whatever that is."""
    if not file.is_file():
        return {}
    # Imported here: most projects have no such file.
    import yaml

    try:
        read = yaml.safe_load(read_text_file(file, "utf-8-sig"))
    except OSError as error:
        raise EditionError(f"{file}: {error.strerror}", "Make it readable.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}:{mark.line + 1}" if mark else str(file)
        raise EditionError(f"{place}: not valid YAML", "Mend it; nothing was checked.") from None
    return read if whole else _mapping(read)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()


def _normal(file: Path) -> Path:
    return Path(os.path.normpath(file))


def _is_built(folder: Path, file: Path) -> bool:
    inner = file.relative_to(folder).parts[:-1]
    return any(part.startswith((".", "_")) or part == "node_modules" for part in inner)
