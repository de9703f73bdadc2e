"""Findings as workflow commands, which GitHub Actions shows beside the lines of a change.

Format and escapes: GitHub Docs, "Workflow commands for GitHub Actions".
"""

from collections.abc import Sequence

from edition.model.diagnostic import Diagnostic, Severity
from edition.report.cells import harmless

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Write one command a line, in the order given; the hint is the message's second line.

    GitHub takes the paths from the repository's root.
    """
    return "".join(f"{_command(diagnostic)}\n" for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    location = diagnostic.location
    properties = {"file": location.path}
    if location.line:
        properties["line"] = str(location.line)
        if location.column:
            properties["col"] = str(location.column)
    properties["title"] = f"{diagnostic.code} {diagnostic.rule}"
    words = harmless(diagnostic.message)
    if diagnostic.hint:
        words += f"\nHint: {harmless(diagnostic.hint)}"
    listed = ",".join(
        f"{name}={value.translate(_IN_PROPERTY)}" for name, value in properties.items()
    )
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{words.translate(_IN_MESSAGE)}"
