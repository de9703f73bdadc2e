"""The values of options, converted as docutils does: what it refuses, the build drops."""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from operator import attrgetter

from edition.myst.directives import Directive

# Functions of docutils, and the options that they read; with its directive's name where another
# directive reads an option of that name in another way.
_READ_BY = """
class_option: class figclass
encoding: encoding
images.Figure.align: figure.align
images.Figure.figwidth_value: figwidth figure-md.width
images.Image.loading: loading
length_or_percentage_or_unitless: width
length_or_unitless: height
nonnegative_int: header-rows stub-columns contents.depth
parts.Contents.backlinks: backlinks
percentage: scale
positive_int: hlist.columns linenothreshold
single_char_or_unicode: escape quote
single_char_or_whitespace_or_unicode: delim
tables.align: align
"""


def _whole_number(value: str | None) -> int | None:
    return None if value is None else int(value)


def _count(value: str | None) -> int | None:
    number = _whole_number(value)
    if number is not None and number < 0:
        raise ValueError(value)
    return number


@lru_cache(maxsize=64)
def _function(name: str) -> Callable[[str | None], object]:
    # Imported here, because many texts have no option that needs it.
    docutils = "docutils.parsers.rst.directives"
    module, _, rest = name.partition(".")
    place = import_module(f"{docutils}.{module}") if rest else import_module(docutils)
    function: Callable[[str | None], object] = attrgetter(rest or name)(place)
    return function


def _required(value: str | None) -> str:
    if value is None:
        raise ValueError(value)
    return value


def _widths(value: str | None) -> object:
    return value if value == "auto" else _function("positive_int_list")(value)


def _one_of(*values: str | None) -> Callable[[str | None], None]:
    def check(value: str | None) -> None:
        if value not in values:
            raise ValueError(value)

    return check


# Those that Sphinx and its extensions read by functions of their own.
_OTHERS: dict[str, Callable[[str | None], object]] = {
    **dict.fromkeys(("dedent", "code.number-lines"), _count),
    **dict.fromkeys(
        "append caption csv-table.file diff emphasize-lines end-at end-before language lines prefix"
        " prepend pyobject raw.file start-after start-at subtitle suffix target url".split(),
        _required,
    ),
    **dict.fromkeys(("include.number-lines", "numbered"), _whole_number),
    **dict.fromkeys(
        "depth end-line heading-offset lineno-start maxdepth sectnum.start start-line"
        " tab-width".split(),
        lambda value: int(value or ""),
    ),
    "widths": _widths,
    "table.widths": lambda value: value if value == "grid" else _widths(value),
    "collapsible": _one_of(None, "open", "closed"),
    "heading-level": _one_of(*"123456"),
    "literalinclude.caption": lambda value: value,
    "bibliography.start": lambda value: value == "continue" or _function("positive_int")(value),
    "bibliography.list": _one_of("bullet", "enumerated", "citation"),
}
_NAMES = {
    option: function
    for function, _, options in (
        line.partition(":") for line in _READ_BY.strip().replace("\n  ", " ").split("\n")
    )
    for option in options.split()
}


def is_wrong_value(directive: str, option: str, value: str) -> bool:
    """Tell whether the build cannot convert the value of a directive's option."""
    try:
        _read(directive, option, value)
    except (ValueError, TypeError, AttributeError):
        return True
    return False


def converted(directive: Directive, option: str) -> object:
    """Return the value of an option as the build has it; None where it has none."""
    typed = directive.options.get(option)
    try:
        return _read(directive.name, option, typed.value) if typed else None
    except (ValueError, TypeError, AttributeError):
        return None


def _read(directive: str, option: str, value: str) -> object:
    whole = f"{directive}.{option}"
    key = whole if whole in _NAMES or whole in _OTHERS else option
    if key in _OTHERS:
        return _OTHERS[key](value or None)  # docutils reads an empty value as none
    return _function(_NAMES[key])(value or None) if key in _NAMES else value
