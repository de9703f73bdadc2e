"""What a rule is: a name, a code, a severity, a pure function, and the page that explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import cleandoc

from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Edit, Location, Severity

Check = Callable[[Edition], Iterator[Diagnostic]]


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

    def finding(
        self, location: Location, message: str, hint: str = "", edits: tuple[Edit, ...] = ()
    ) -> Diagnostic:
        """A finding of this rule."""
        return Diagnostic(
            code=self.code,
            rule=self.name,
            severity=self.severity,
            message=message,
            location=location,
            hint=hint,
            edits=edits,
        )


def nothing(edition: Edition) -> Iterator[Diagnostic]:
    """The check of a rule on findings: `run` asks it when the others have spoken."""
    yield from ()


def reported(name: str) -> Check:
    """The check of a rule that the readers of the sources and the bibliography apply.

    What cannot be read never becomes part of the model, so the reader that met it has kept
    the finding; the rule passes it on.
    """

    def check(edition: Edition) -> Iterator[Diagnostic]:
        problems = [p for d in edition.documents for p in d.problems]
        yield from (p for p in (*problems, *edition.bibliography.problems) if p.rule == name)

    return check
