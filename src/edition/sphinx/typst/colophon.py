"""What a colophon tells of a book beyond its words: how to cite it, and what it was made from."""

import datetime
import hashlib
from pathlib import Path

from sphinx.config import Config
from sphinx.environment import BuildEnvironment


def digest(env: BuildEnvironment) -> str:
    """Return the SHA-256 of the sources: every document and bibliography, by path, in order.

    Each file adds its path within the source folder, its length in bytes and its content, so
    that no two sets of files have one digest by the shifting of a boundary.
    """
    files = [Path(env.doc2path(name)) for name in env.found_docs]
    files += [Path(env.srcdir, name) for name in getattr(env.config, "bibtex_bibfiles", ())]
    whole = hashlib.sha256()
    named = {_name(path, Path(env.srcdir)): path for path in files if path.is_file()}
    for name, path in sorted(named.items()):
        content = path.read_bytes()
        whole.update(f"{name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def _name(path: Path, folder: Path) -> str:
    try:
        return path.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return path.name


def citation(config: Config) -> str | None:
    """Return how to cite the edition; None where only its title is known."""
    if "edition.sphinx" not in config.extensions:
        return None
    from edition.cite.formats import FORMATS, Cited
    from edition.sphinx.cite_card import metadata_of

    return FORMATS["chicago"](metadata_of(config), Cited(page="")).strip()


def released(config: Config) -> datetime.date | None:
    """Return the day of the release, as the citation has it; None where it is not known."""
    if "edition.sphinx" not in config.extensions:
        return None
    from edition.sphinx.cite_card import metadata_of

    return metadata_of(config).date
