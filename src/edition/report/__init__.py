"""What the checks found, in the form that a person, an editor or a CI service reads.

Pure functions: diagnostics in, text out. The caller decides where the text goes.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TextIO, get_args

from edition import __version__
from edition.model.diagnostic import Diagnostic, RuleInfo
from edition.report import github, gitlab, json_report, sarif, text
from edition.report.table import ROW_FORMATS, RowFormat, render_rows

__all__ = [
    "FORMATS",
    "ROW_FORMATS",
    "Format",
    "RowFormat",
    "render",
    "render_rows",
    "wants_colour",
]

Format = Literal["text", "json", "sarif", "github", "gitlab"]
"""The forms in which findings can be had."""

FORMATS: tuple[Format, ...] = get_args(Format)


def render(
    diagnostics: Sequence[Diagnostic],
    *,
    format: Format,  # noqa: A002 - the word of the command line
    sources: Callable[[str], str | None] = lambda _path: None,
    rules: Sequence[RuleInfo] = (),
    colour: bool = False,
    width: int = text.WIDTH,
) -> str:
    """Give the diagnostics, in their total order, in one of the formats.

    `sources` gives the text of a file by its path, or None; `text` shows excerpts from it.
    `rules` is the catalogue that `sarif` publishes. `colour` and `width` (the cells of a
    line) concern `text` only. What it gives ends with a newline; `github` has nothing to say
    without diagnostics and gives the empty string.
    """
    ordered = sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    if format == "text":
        report = text.render(ordered, sources=sources, colour=colour, width=width)
    elif format == "sarif":
        report = sarif.render(ordered, rules=rules, version=__version__)
    else:
        report = {"json": json_report, "github": github, "gitlab": gitlab}[format].render(ordered)
    # A file name that is not UTF-8 has surrogates in it, which no stream takes.
    return report.encode(errors="replace").decode()


def wants_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Tell whether to colour what goes to the stream: a terminal that can, no `NO_COLOR`.

    `NO_COLOR` counts where it is set and not empty (no-color.org).
    """
    return stream.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
