"""The folder of sources: which files are the text of which work.

A file `KEY.txt` (or .pdf, .epub, …) is the work with that citation key, `KEY vol. 2.txt` a volume
of it. A folder `KEY/` holds a work in several files: volumes where their names carry a number
after `vol`, or end in one and the bibliography or their small number says so; else its parts in
the order of their names.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from edition.formats.page_labels import arabic, label_runs
from edition.formats.pages import Source, SourceError
from edition.formats.reading import SUFFIXES

_NUMBER = r"(\d{1,3}|[ivxlc]{1,7})"
_VOLUME = re.compile(
    rf"(?:^|[\W_])(?:vol(?:ume)?|bd|band|t(?:ome|omo)?|v|том|т)[\W_]*{_NUMBER}$", re.IGNORECASE
)
_BARE = re.compile(rf"(?:^|.*[\W_]){_NUMBER}$", re.IGNORECASE)
# Names of parts that are no volumes, though a number follows.
_PART = re.compile(
    r"(?:^|[\W_])(?:ch(?:ap(?:ter)?)?|kap(?:itel)?|part|pt|sec(?:tion)?|p|pp|pg|page|s|seite|leaf|img"
    r"|scan|fig(?:ure)?|note|preface|appendix|index)[\W_]*\w*$",
    re.IGNORECASE,
)
_EXTRACT = re.compile(
    r"[\W_]+(?:(?:extracts?|excerpts?|partial)|(?:pp?|s)[\W_]*(\d{1,5})(?:\s?[-–_]\s?(\d{1,5}))?)$",
    re.IGNORECASE,
)
_LONGEST_EXTRACT = 2000  # pages
_MANY = 12  # so many files with bare numbers are pages, if nothing says that they are volumes


@dataclass(frozen=True, slots=True)
class Problem:
    """A source that was not read, or not whole: its path, the reason, and what to do."""

    path: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """Files that are one source: a work, or a volume of it.

    `taken_for` says what the files were taken for, and why. `extract` are the labels of the pages
    that an extract holds, if its name tells them; None for the whole text.
    """

    key: str
    volume: str | None
    files: tuple[Path, ...]
    taken_for: str = "the work"
    extract: tuple[str, ...] | None = None


def find_sources(
    folder: Path, works: Mapping[str, int | None] | Iterable[str]
) -> tuple[list[SourceFiles], list[Problem]]:
    """Return the sources in a folder for some works, and what does not fit.

    `works` are their keys, perhaps with the number of volumes that each is known to have. Raises
    SourceError where there is no such folder.
    """
    if not folder.is_dir():
        raise SourceError(
            f"no folder of sources: {folder}",
            "Name one with --sources, or as sources under [tool.edition] in pyproject.toml.",
        )
    volumes = dict(works) if isinstance(works, Mapping) else dict.fromkeys(works)
    known = {key.casefold(): key for key in volumes}
    found: dict[str, list[SourceFiles]] = defaultdict(list)
    problems: list[Problem] = []
    for path in _inside(folder):
        name, extract = _without_extract(_name(path), known)
        key, volume = _key_of(name, known)
        if not path.is_dir() and path.suffix.lower() not in SUFFIXES:
            problems += [_unread(path)] if key else []
        elif key is None:
            said = f"no work has the key “{_name(path)}”"
            problems.append(Problem(path.name, said, "Name it after a citation key."))
        elif path.is_dir() and volume is None and extract is None:
            try:
                inside, strange = _volumes(key, path, volumes[key])
            except SourceError as error:
                problems.append(Problem(path.name, error.message, error.hint))
                continue
            found[key] += inside
            problems += strange
        else:
            files = _texts(path) if path.is_dir() else (path,)
            taken = f"volume {volume}, by the file’s name" if volume else "the work"
            if extract is not None:
                pages = f" of p. {label_runs(extract)}" if extract else ""
                taken = f"an extract{pages}, by the file’s name"
            if files:
                found[key].append(SourceFiles(key, volume, files, taken, extract))
    sources = [s for key, inside in found.items() for s in _single(key, inside, folder, problems)]
    return sources, problems


def _key_of(name: str, known: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return the key that a name is, and the volume where one follows it: `cw vol. 3`."""
    if name.casefold() in known:
        return known[name.casefold()], None
    volume = _VOLUME.search(name)
    key = known.get(name[: volume.start()].strip(" ._-,").casefold()) if volume else None
    if volume and key:
        return key, arabic(volume[1])
    return None, None


def _without_extract(name: str, known: Mapping[str, str]) -> tuple[str, tuple[str, ...] | None]:
    """Return a name without what makes it an extract's, and the pages that it tells.

    `hart.extract` and `hart-pp19-21` are extracts; a name that is a work's key is that work.
    """
    match = None if _key_of(name, known)[0] else _EXTRACT.search(name)
    if not match or not _key_of(name[: match.start()], known)[0]:
        return name, None
    first = int(match[1] or 0)
    last = int(match[2] or first)
    if not match[1] or not first <= last < first + _LONGEST_EXTRACT:
        return name[: match.start()], ()
    return name[: match.start()], tuple(str(page) for page in range(first, last + 1))


def _joined_extracts(same: Sequence[SourceFiles]) -> SourceFiles:
    """Return several extracts of one work or volume as one source."""
    files = tuple(file for source in same for file in source.files)
    pages = [source.extract or () for source in same]
    known = tuple(dict.fromkeys(label for labels in pages for label in labels))
    told = f" of p. {label_runs(known)}" if all(pages) else ""
    taken = f"extracts{told}, by the files’ names"
    return replace(same[0], files=files, taken_for=taken, extract=known if all(pages) else ())


def _single(
    key: str, sources: list[SourceFiles], folder: Path, problems: list[Problem]
) -> list[SourceFiles]:
    """Return the sources of a work, each volume once; tell of others as problems."""
    if not sources:
        said = "a folder without a text"
        problems.append(Problem(key, said, "Put the text of the work into it."))
        return []
    tops = {s.files[0].relative_to(folder).parts[0] for s in sources}
    extracts = all(s.extract is not None for s in sources)
    if len(tops) > 1 and None in {s.volume for s in sources} and not extracts:
        problems.append(
            Problem(
                " and ".join(sorted(tops)),
                f"two sources for “{key}”, so neither was read",
                "Leave one, or put the volumes into one folder.",
            )
        )
        return []
    kept = []
    for volume in dict.fromkeys(s.volume for s in sources):
        same = [s for s in sources if s.volume == volume]
        if len(same) == 1:
            kept += same
            continue
        if all(source.extract is not None for source in same):
            kept.append(_joined_extracts(same))
            continue
        problems.append(
            Problem(
                f"{key}: " + " and ".join(sorted(s.files[0].name for s in same)),
                f"both are volume {volume}, so neither was read",
                "Leave one, or put the parts of the volume into a folder.",
            )
        )
    return kept


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted((p for p in folder.iterdir() if not p.name.startswith(".")), key=_natural)
    except OSError as error:
        raise SourceError(
            f"{folder} cannot be read: {error.strerror}", "Make the folder readable."
        ) from None


def _texts(folder: Path) -> tuple[Path, ...]:
    return tuple(p for p in _inside(folder) if p.suffix.lower() in SUFFIXES and not p.is_dir())


def _volumes(key: str, folder: Path, known: int | None) -> tuple[list[SourceFiles], list[Problem]]:
    """Return the volumes in a work's folder, or its parts in the order of their names."""
    parts: list[tuple[Path, tuple[Path, ...]]] = []
    problems = []
    for path in _inside(folder):
        if path.is_dir():
            files = _texts(path)
            if files:
                parts.append((path, files))
        elif path.suffix.lower() in SUFFIXES:
            parts.append((path, (path,)))
        else:
            problems.append(_unread(path))
    numbers, reason = _volume_numbers([_name(path) for path, _ in parts], known)
    if not numbers:
        files = tuple(file for _, inside in parts for file in inside)
        taken = "the work" if len(files) == 1 else "parts of the work, in the order of their names"
        return ([SourceFiles(key, None, files, taken)] if files else []), problems
    return [
        SourceFiles(key, number, files, f"volume {number}, {reason}")
        for (_, files), number in zip(parts, numbers, strict=True)
    ], problems


def _volume_numbers(names: Sequence[str], known: int | None) -> tuple[list[str], str]:
    """Return the volumes that names give, and by what; none where they are parts of one text."""
    named = [_VOLUME.search(name) for name in names]
    if names and all(named):
        return [arabic(m[1]) for m in named if m], "by the file’s name"
    bare = [None if _PART.search(name) else _BARE.search(name) for name in names]
    numbers = [n for m in bare if m and (n := arabic(m[1])).isdigit()]
    if not names or len(numbers) < len(names) or known == 1:
        return [], ""
    if known is not None and all(n.isdigit() and int(n) <= known for n in numbers):
        return numbers, f"one of {known} that the bibliography names"
    if known is None and len(names) <= _MANY and len(names) == len(set(numbers)):
        return numbers, "because its name ends in a number"
    return [], ""


def _name(path: Path) -> str:
    return path.name if path.is_dir() else path.stem


def _unread(path: Path) -> Problem:
    return Problem(
        path.name,
        f"files like *{path.suffix} are not read" if path.suffix else "what it holds is not told",
        f"Read are {', '.join(sorted(SUFFIXES))}.",
    )


def _natural(path: Path) -> list[tuple[int, str]]:
    return [(int(part or 0), text) for text, part in re.findall(r"(\D*)(\d*)", path.name)]


def sources_report(sources: Iterable[Source]) -> Iterator[dict[str, object]]:
    """Yield one row a source: what was read, and what it was taken for."""
    for source in sources:
        labels = [label for label, _ in groupby(page.label for page in source.pages) if label]
        yield {
            "key": source.key,
            "volume": source.volume,
            "file": source.path,
            "pages": len(source.pages),
            "first": labels[0] if labels else None,
            "last": labels[-1] if labels else None,
            "labels": label_runs(labels),
            "remarks": "; ".join(source.remarks),
            "files": list(source.files),
            "taken_for": source.taken_for,
        }
