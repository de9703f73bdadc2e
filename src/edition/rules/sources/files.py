"""Files that a source names."""

from edition.model import FileState
from edition.rules.rule import Edition, Finding, Findings, Severity, kept_by_readers, reported, rule


@rule("S107", Severity.ERROR)
def missing_include(edition: Edition) -> Findings:
    yield from kept_by_readers(edition, "missing-include")
    for document in edition.documents:
        for inclusion in document.inclusions:
            if inclusion.state is FileState.MISSING:
                yield Finding(
                    inclusion.location,
                    f"{{{inclusion.directive}}} reads “{inclusion.target}”, and there is no such "
                    "file",
                    "Correct the path, or write the file.",
                )


@rule("S108", Severity.ERROR)
def missing_picture(edition: Edition) -> Findings:
    for document in edition.documents:
        for picture in document.pictures:
            if picture.state is FileState.MISSING:
                named = f"there is no picture “{picture.target}”"
                fault = named if picture.target else "the picture names no file"
                yield Finding(
                    picture.location,
                    f"{fault}: every output would have a hole here",
                    "Correct the path, or put the file there.",
                )


@rule("S105", Severity.ERROR)
def outside_project(edition: Edition) -> Findings:
    for document in edition.documents:
        yield from (p for p in document.problems if p.rule == "outside-project")
        for inclusion in document.inclusions:
            if inclusion.state is FileState.OUTSIDE:
                yield Finding(
                    inclusion.location,
                    f"{{{inclusion.directive}}} reads “{inclusion.target}”, which lies outside of "
                    "the project",
                    "Copy the file into the project; or, where the project begins further up, "
                    'put a pyproject.toml there: source = "docs" under [tool.edition].',
                )


UNREADABLE_SOURCE = reported("unreadable-source", "S104", Severity.ERROR)
