"""How a rule is declared: `@rule("L106", Severity.ERROR)` over its check, in a file of its name."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import cleandoc
from itertools import chain
from typing import TypeAlias

from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Finding, Severity

Findings: TypeAlias = Iterator[Finding]
Check: TypeAlias = Callable[[Edition], Findings]

__all__ = [
    "Edition",
    "Finding",
    "Findings",
    "Rule",
    "Severity",
    "afterwards",
    "reported",
    "rule",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way in which an edition can be wrong.

    `page` is the docstring of the rule's module, in MyST: a summary line, the reasons, and
    under `Bad:` and `Good:` examples that a test runs. `code` is never given to another rule.
    """

    code: str
    name: str
    severity: Severity
    check: Check
    page: str

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return cleandoc(self.page).split("\n", 1)[0]

    @property
    def body(self) -> str:
        """The page without its first line."""
        return cleandoc(self.page).partition("\n")[2].strip()

    def diagnostic(self, finding: Finding) -> Diagnostic:
        """Return a finding with this rule's name, code and severity."""
        return Diagnostic(
            code=self.code,
            rule=self.name,
            severity=self.severity,
            message=finding.message,
            location=finding.location,
            hint=finding.hint,
            edits=finding.edits,
        )

    def run(self, edition: Edition) -> Iterator[Diagnostic]:
        """Yield the diagnostics of an edition."""
        return map(self.diagnostic, self.check(edition))


def rule(code: str, severity: Severity) -> Callable[[Check], Rule]:
    """Make a rule of a check; its name is that of the module, its page the module's docstring."""
    return lambda check: _rule(check.__module__, code, severity, check)


def reported(module: str, code: str, severity: Severity) -> Rule:
    """Make the rule of a module whose faults the readers of files find.

    What cannot be read never becomes part of the model, so the reader that met it keeps the
    finding under the rule's name, and the rule passes it on.
    """

    def check(edition: Edition) -> Findings:
        return kept_by_readers(edition, made.name)

    made = _rule(module, code, severity, check)
    return made


def kept_by_readers(edition: Edition, name: str) -> Findings:
    """Yield what the readers of files found under the name of a rule."""
    lock = edition.lock.problems if edition.lock else ()
    problems = (document.problems for document in edition.documents)
    for found in chain(*problems, edition.bibliography.problems, lock):
        if found.rule == name:
            yield found


def afterwards(module: str, code: str, severity: Severity) -> Rule:
    """Make the rule of a module that looks at findings, when all other rules have run."""
    return _rule(module, code, severity, lambda edition: iter(()))


def _rule(module: str, code: str, severity: Severity, check: Check) -> Rule:
    name = module.rpartition(".")[2].replace("_", "-")
    page = sys.modules[module].__doc__ or name
    return Rule(code=code, name=name, severity=severity, check=check, page=page)
