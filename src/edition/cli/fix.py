"""`edition check --fix`: the edits of the findings, in rounds, until there is nothing to mend."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from edition.check import check_edition
from edition.loading.load import with_texts
from edition.loading.notebooks import NOTEBOOK
from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Edit
from edition.model.errors import EditionError
from edition.project.files import read_file, replace_files
from edition.project.layout import Project
from edition.rules.fixes import apply_edits

_ROUNDS = 8
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedFile:
    """A file's text before and after; `path` is how findings show it."""

    path: str
    before: str
    after: str

    def difference(self) -> str:
        """Return the change as a unified diff."""
        lines = unified_diff(
            self.before.splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            f"a/{self.path}",
            f"b/{self.path}",
        )
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def fixed_files(
    project: Project, edition: Edition, wanted: Callable[[Diagnostic], bool]
) -> tuple[list[FixedFile], list[str]]:
    """Return what mending the `wanted` findings changes, and the files left out for their faults.

    Nothing is written. A notebook is not touched, nor a file with a fault of syntax: what it says
    could not be told for sure.
    """
    faulty = {p.location.path for d in edition.documents for p in d.problems}
    faulty |= _misread(edition)
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    left_out: set[str] = set()
    for _ in range(_ROUNDS):
        edits: dict[str, list[Edit]] = defaultdict(list)
        for finding in filter(wanted, check_edition(edition, project.config)):
            for edit in finding.edits:
                path = edit.location.path
                if path in faulty or path.endswith(NOTEBOOK):
                    left_out.add(path)
                else:
                    edits[path].append(edit)
        changed = False
        for path, made in edits.items():
            if path not in before:
                before[path] = after[path] = _text(project.root / path)
            text, count = apply_edits(after[path], made)
            changed = changed or count > 0
            after[path] = text
        if not changed:
            break
        again = with_texts(project, edition, after)
        spoilt = _spoilt(edition, again) & set(after)
        for path in spoilt:
            after[path] = before[path]
            faulty.add(path)
        edition = with_texts(project, edition, after) if spoilt else again
    mended = [
        FixedFile(path=path, before=before[path], after=after[path])
        for path in sorted(after)
        if before[path] != after[path]
    ]
    return mended, sorted(left_out)


def _misread(edition: Edition) -> set[str]:
    """Bibliographies with a fault of syntax; a second entry of a key is left out, and no more."""
    problems = edition.bibliography.problems
    return {p.location.path for p in problems if p.rule != "duplicate-key"}


def _spoilt(before: Edition, after: Edition) -> set[str]:
    """Files that mending would make say something else: it was not exact after all."""
    spoilt = _misread(after)
    for old, new in zip(before.documents, after.documents, strict=True):
        # Mending may write citations for what was typed by hand, and must lose none.
        after_it = iter([citation.key for citation in new.citations])
        if new.problems or not all(citation.key in after_it for citation in old.citations):
            spoilt.update((new.path, *new.included))
    return spoilt


def _text(file: Path) -> str:
    return read_file(file).decode("utf-8").removeprefix(_BOM)


def write_fixed(project: Project, mended: Iterable[FixedFile]) -> None:
    """Put the texts in the files' places, byte-order marks and permissions kept; all or none.

    Raises EditionError where a file was changed since it was read.
    """
    texts: dict[Path, bytes] = {}
    for one in mended:
        file = project.root / one.path
        now = read_file(file).decode("utf-8")
        if now.removeprefix(_BOM) != one.before:
            raise EditionError(f"{one.path} was changed meanwhile", "Run it again.")
        texts[file] = (_BOM * now.startswith(_BOM) + one.after).encode()
    replace_files(texts)
