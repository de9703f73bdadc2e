"""A second import of a text that was edited meanwhile: both sides' changes, or a conflict shown."""

from dataclasses import dataclass

_MARKS = ("<<<<<<< ", "=======", ">>>>>>> ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The merged text; `conflicts` are the lines, from 1, on which its conflicts begin."""

    text: str
    conflicts: tuple[int, ...] = ()


def has_conflict(text: str) -> bool:
    """Tell whether a text holds a conflict that was not resolved."""
    lines = text.splitlines()
    return any(line.startswith(_MARKS[0]) for line in lines) and any(
        line.startswith(_MARKS[2]) for line in lines
    )


def merge(base: str, edited: str, imported: str) -> Merged:
    """Merge an edited text with a new import of the same witness; `base` is the import before."""
    from merge3 import Merge3

    if edited in (base, imported):
        return Merged(text=imported)
    if base == imported:
        return Merged(text=edited)
    merger = Merge3(
        base.splitlines(keepends=True),
        edited.splitlines(keepends=True),
        imported.splitlines(keepends=True),
    )
    lines = list(merger.merge_lines(name_a="edited", name_b="imported", reprocess=True))
    return Merged(
        text="".join(lines),
        conflicts=tuple(n for n, line in enumerate(lines, 1) if line.startswith(_MARKS[0])),
    )
