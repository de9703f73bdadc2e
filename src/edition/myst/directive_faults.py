"""What the build refuses of a directive: its options, its argument, its content."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache

from markdown_it.token import Token

from edition.model.diagnostic import Finding, Location
from edition.model.directive_options import DIRECTIVE_OPTIONS
from edition.myst.directives import NO_ARGUMENT, Directive
from edition.myst.registered import REGISTERED_DIRECTIVES

# As the classes of docutils, Sphinx and MyST say; `{person}` and its like have a rule of their own.
_NEEDS_ARGUMENT = frozenset(
    "admonition centered class codeauthor cssclass default-domain deprecated describe figure"
    " highlight image include index literalinclude moduleauthor object only productionlist raw"
    " rst-class rubric sectionauthor tabularcolumns title topic version-added version-changed"
    " version-deprecated version-removed versionadded versionchanged versionremoved".split()
)
_NEEDS_CONTENT = frozenset(
    "admonition attention caution compound container danger epigraph error footer header highlights"
    " hint important line-block meta note parsed-literal pull-quote seealso sidebar tip topic"
    " warning".split()
)
_TAKES_NO_CONTENT = frozenset(
    "centered codeauthor contents default-domain default-role highlight image include index"
    " literalinclude moduleauthor rubric section-numbering sectionauthor sectnum tabularcolumns"
    " target-notes title".split()
)
_LENGTH = r"[0-9]*\.?[0-9]+ *(?:em|ex|px|in|cm|mm|pt|pc|ch|rem|vw|vh|vmin|vmax|Q)?"
_COUNT, _INTEGER = "[0-9]+", "[+-]?[0-9]+"
# What the values of options look like, as docutils reads them.
_VALUES = {
    "height": _LENGTH,
    "width": rf"{_LENGTH}|[0-9]*\.?[0-9]+ *%",
    "scale": rf"{_COUNT} *%?",
    "align": "left|center|right",
    "linenothreshold": "[1-9][0-9]*",
    **dict.fromkeys(("header-rows", "stub-columns"), _COUNT),
    **dict.fromkeys(("maxdepth", "lineno-start", "tab-width", "start-line", "end-line"), _INTEGER),
}


_ONE_LIST = ["bullet_list_open", "bullet_list_close"]
_ONE_TABLE = ["table_open", "table_close"]


def misuses(directive: Directive, tokens: Callable[[], list[Token]]) -> Iterator[Finding]:
    """Yield what the build would refuse; `tokens` parses the content as MyST."""
    name = directive.name
    content = directive.body.strip() or (directive.argument if name in NO_ARGUMENT else "")
    if name in _NEEDS_ARGUMENT and not directive.argument:
        yield _misuse(directive, "lacks what follows its name", f"Write {{{name}}} …, on one line.")
    elif name in _NEEDS_CONTENT and not content:
        yield _misuse(directive, "holds nothing, and the build refuses it", "Fill or remove it.")
    elif name in _TAKES_NO_CONTENT and directive.body.strip():
        yield _misuse(directive, "can hold no text, and the build refuses it", "Remove the text.")
    if name == "list-table" and (fault := _list_fault(tokens(), directive)):
        yield _misuse(directive, fault, "Write one list, and in each of its items a list of cells.")
    if name == "hlist" and [t.type for t in tokens() if not t.level] != _ONE_LIST:
        yield _misuse(directive, "wants one list, and holds something else", "Write - a, - b.")
    if name == "csv-table" and not (content or {"file", "url"} & directive.options.keys()):
        yield _misuse(directive, "holds nothing, and names no :file:", "Fill or remove it.")
    if name == "table" and [t.type for t in tokens() if not t.level] != _ONE_TABLE:
        yield _misuse(directive, "wants one table, and holds something else", "Write | a | b |.")
    for option, typed in directive.options.items():
        if _is_wrong_value(name, option, typed.value):
            yield Finding(
                location=replace(typed.location, column=1),
                message=f"“{typed.value[:60]}” is no {option} that {{{name}}} can have",
                hint="Correct the value; the build drops the option.",
            )


def language_fault(language: str, content: str, place: Location) -> Finding | None:
    """Return the finding for code in a language that the build has no colours for."""
    match _is_lexed(language, content):
        case None:
            message = f"there is no language “{language}” to colour code by"
            hint = "Write one that Pygments knows, such as python, or text."
        case False:
            message = f"the code is no {language}, so it cannot be coloured as such"
            hint = "Name its language, or write text."
        case _:
            return None
    # An extension may know further languages.
    return Finding(location=place, message=message, hint=hint, rule=LANGUAGE)


LANGUAGE = "language"  # the mark of what an extension may add
# Sphinx's own names, and those for which it looks no lexer up or takes any text.
_PLAIN = frozenset(
    "none default guess text md markdown rst rest restructuredtext console pycon python3 ipython"
    " ipython3".split()
)


@lru_cache(maxsize=4096)
def _is_lexed(language: str, content: str) -> bool | None:
    """Tell whether code is of its language; None where that is not known."""
    if language in _PLAIN:
        return True
    # Imported here, because most texts hold no code.
    from pygments import lex, lexers, token, util

    try:
        lexer = lexers.get_lexer_by_name(language)
    except util.ClassNotFound:
        return None
    return all(kind is not token.Error for kind, _ in lex(content, lexer))


def option_faults(directive: Directive) -> Iterator[Finding]:
    """Yield the findings of `unknown-directive-option`."""
    known = REGISTERED_DIRECTIVES.get(directive.name)
    if known is None or not (known or directive.name in DIRECTIVE_OPTIONS):
        return
    if directive.fault:
        yield Finding(
            rule="unknown-directive-option",
            location=directive.location,
            message=f"the options of {{{directive.name}}} cannot be read: {directive.fault}",
            hint="Write one option a line, as in `:name: q1`.",
        )
    for name, option in directive.options.items():
        place = replace(option.location, column=1)
        if name not in known:
            close = get_close_matches(name, known, n=1)
            yield Finding(
                rule="unknown-directive-option",
                location=place,
                message=f"{{{directive.name}}} has no option “{name}”",
                hint=(f"Did you mean “{close[0]}”? " if close else "")
                + f"It takes {', '.join(sorted(known))}.",
            )


def _is_wrong_value(directive: str, name: str, value: str) -> bool:
    if directive == "figure-md" or directive in DIRECTIVE_OPTIONS or name not in _VALUES:
        return False
    return re.fullmatch(_VALUES[name], value.strip()) is None


def _misuse(directive: Directive, fault: str, hint: str) -> Finding:
    return Finding(
        location=directive.location,
        message=f"{{{directive.name}}} {fault}",
        hint=hint,
    )


def _list_fault(tokens: list[Token], directive: Directive) -> str:
    """Return what is wrong with the list of a `{list-table}`; empty where nothing is."""
    outer = [t.type for t in tokens if t.level == 0 and t.type != "myst_line_comment"]
    if outer != _ONE_LIST:
        return "wants one list, and holds something else"
    rows: list[int] = []
    for token in tokens:
        if token.type == "list_item_open" and token.level == 1:
            rows.append(0)
        elif token.type == "list_item_open" and token.level == 3:
            rows[-1] += 1
    if len(set(rows)) > 1 or 0 in rows:
        return f"has rows of {', '.join(map(str, sorted(set(rows))))} cells, where all need as many"
    widths = directive.options.get("widths")
    given = widths.value.replace(",", " ").split() if widths else []
    if given and given[0].isdecimal() and len(given) != rows[0]:
        return f"has {rows[0]} columns, and {len(given)} widths for them"
    return ""


# A directive's first line that no fence of backticks can have, since backticks are in it.
_NO_FENCE = re.compile(r"`{3,}\{(?P<name>[\w:+-]+)\}[^\n`]*`{1,2}(?!`)")


def backticks_in_fence(content: str, place: Location) -> Iterator[Finding]:
    """Yield the finding for a paragraph that is meant to be a directive."""
    if found := _NO_FENCE.match(content):
        yield Finding(
            location=place,
            message=f"{{{found['name']}}} is no directive here: its line holds a backtick, which a "
            "fence of backticks cannot have",
            hint=f"Open and close it with colons, `:::{{{found['name']}}} …`.",
        )


def nesting_too_deep(directive: Directive, depth: int) -> Finding:
    """Return the finding for a directive that `depth` others surround."""
    return Finding(
        rule="unreadable-source",
        message=f"the directive {{{directive.name}}} stands within {depth} others, "
        "so nothing in it was checked",
        location=directive.location,
        hint="Nest fewer directives.",
    )
