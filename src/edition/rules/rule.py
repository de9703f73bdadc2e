"""How a rule is declared: `@rule("L106", Severity.ERROR)` over a check that has its name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Finding, Severity

Findings: TypeAlias = Iterator[Finding]
Check: TypeAlias = Callable[[Edition], Findings]

__all__ = ["Edition", "Finding", "Findings", "Rule", "Severity", "afterwards", "reported", "rule"]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One way in which an edition can be wrong; `code` is never given to another rule."""

    code: str
    name: str
    severity: Severity
    check: Check

    @cached_property
    def page(self) -> str:
        """The rule's page in MyST, from `pages/`.

        A summary line, the reasons, and under `Bad:` and `Good:` examples that a test runs.
        """
        page = Path(__file__).with_name("pages") / f"{self.name}.md"
        return page.read_text(encoding="utf-8").strip()

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.split("\n", 1)[0]

    @property
    def body(self) -> str:
        """The page without its first line."""
        return self.page.partition("\n")[2].strip()

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
    """Make a rule of a check, which has the rule's name."""
    return lambda check: Rule(
        code=code, name=check.__name__.replace("_", "-"), severity=severity, check=check
    )


def reported(name: str, code: str, severity: Severity) -> Rule:
    """Make a rule whose faults the readers of files find.

    What cannot be read never becomes part of the model, so the reader that met it keeps the
    finding under the rule's name, and the rule passes it on.
    """
    return Rule(
        code=code,
        name=name,
        severity=severity,
        check=lambda edition: kept_by_readers(edition, name),
    )


def kept_by_readers(edition: Edition, name: str) -> Findings:
    """Yield what the readers of files found under the name of a rule."""
    lock = edition.lock.problems if edition.lock else ()
    problems = (document.problems for document in edition.documents)
    for found in chain(*problems, edition.bibliography.problems, lock):
        if found.rule == name:
            yield found


def afterwards(name: str, code: str, severity: Severity) -> Rule:
    """Make a rule that looks at findings, when all other rules have run."""
    return Rule(code=code, name=name, severity=severity, check=lambda edition: iter(()))
