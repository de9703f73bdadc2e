"""The bibliography: BibTeX files to works, with every place and every fault.

The grammar is that of BibTeX as pybtex reads it, since pybtex is what prints the
bibliography in the end; a test holds both readers against each other. We scan the files
ourselves because pybtex keeps no line for an entry or a field, stops at the first fault,
and takes quadratic time over some malformed files. What is not about places (the parts of
a name, LaTeX letters) is left to pybtex and latexcodec.

Nothing here opens a file.
"""

from collections.abc import Sequence

from edition.bibliography.encoding import decode
from edition.bibliography.inheritance import inherit, keys_in
from edition.bibliography.latex import plain
from edition.bibliography.macros import Macros
from edition.bibliography.persons import names
from edition.bibliography.syntax import read_entries
from edition.bibliography.xdata import resolve_xdata
from edition.model import Bibliography, Work
from edition.model.diagnostic import Finding, Location

__all__ = ["names", "plain", "read_bibliography"]

_OTHER_KEY = "Give this entry a key of its own, or delete it. Upper and lower case are one."
_OTHER_ALIAS = "Take the alias out of `ids`, or give it to one entry only."


def read_bibliography(files: Sequence[tuple[str, bytes]]) -> Bibliography:
    """Read BibTeX files, given as pairs of the path to show and the content.

    Works stand in the order of the files, by the key as typed. Keys that differ in case
    only are one key, of which the first entry counts. An @string serves the files after
    it too. Never raises: every fault is among the `problems`, in their total order, under
    the rules `bibliography-syntax`, `bibliography-encoding`, `duplicate-key` and
    `missing-crossref`.
    """
    works: dict[str, Work] = {}
    first_keys: dict[str, Location] = {}
    problems: list[Finding] = []
    macros = Macros()
    for path, content in files:
        text, encoding_problems = decode(path, content)
        problems += encoding_problems
        entries, syntax_problems = read_entries(path, text, macros)
        problems += syntax_problems
        for entry in entries:
            first = first_keys.setdefault(entry.work.key.lower(), entry.key_location)
            if first is entry.key_location:
                works[entry.work.key] = entry.work
            else:
                message = (
                    f"the key '{entry.work.key}' already names the entry at {first}; "
                    "the first entry counts and this one is not read"
                )
                place = entry.key_location
                problems.append(Finding(place, message, _OTHER_KEY, rule="duplicate-key"))
    for work in works.values():
        for alias in keys_in(work, "ids"):
            place = work.fields["ids"].location
            first = first_keys.setdefault(alias.lower(), place)
            if first is not place and alias.lower() != work.key.lower():
                message = f"the alias '{alias}' already names the entry at {first}, which counts"
                problems.append(Finding(place, message, _OTHER_ALIAS, rule="duplicate-key"))
    works, xdata_problems = resolve_xdata(works)
    works, crossref_problems = inherit(works)
    problems += [*xdata_problems, *crossref_problems]
    return Bibliography(
        works=works,
        paths=tuple(path for path, _ in files),
        problems=tuple(sorted(problems, key=lambda problem: problem.sort_key)),
    )
