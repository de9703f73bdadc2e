"""Findings: what is wrong at a place, and the diagnostic that a report shows of it."""

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Severity(IntEnum):
    """How much a finding matters; the greater value is the graver."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class RuleInfo(NamedTuple):
    """What a catalogue says of a rule: its summary is one sentence, its severity the usual one."""

    code: str
    name: str
    summary: str
    severity: Severity


class Location(NamedTuple):
    """A place in a source file.

    `path` is POSIX, relative to the project's root; `line` and `column` count from 1,
    columns in characters (code points). Column 0 stands for the whole line, line 0 for
    the whole file.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column or 1}"


class Edit(NamedTuple):
    """A change of a source: the characters `old` at `location`, on one line, become `new`."""

    location: Location
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at a place, as a rule finds it; a reader of files adds the rule's name.

    `message` names the offending value and the fact that it breaks; `hint` says what to do.
    `edits`, where there are any, mend the fault exactly and change nothing else.
    """

    location: Location
    message: str
    hint: str = ""
    edits: tuple[Edit, ...] = ()
    rule: str = ""

    @property
    def sort_key(self) -> tuple[Location, str, str, str]:
        """The order of findings in one file: place, then rule, then words."""
        return (self.location, self.rule, self.message, self.hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """A finding with its rule: the name (`page-outside-entry`), the code (`L104`), the severity."""

    code: str
    rule: str
    severity: Severity
    message: str
    location: Location
    hint: str = ""
    edits: tuple[Edit, ...] = ()

    @property
    def sort_key(self) -> tuple[Location, str, str, str]:
        """The total order in which findings are shown: place, then code, then words."""
        return (self.location, self.code, self.message, self.hint)
