"""What the build refuses of a directive: its options, its argument, its content."""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from markdown_it.token import Token

from edition.model.diagnostic import Finding, Location
from edition.model.directive_options import DIRECTIVE_OPTIONS
from edition.myst.contents_faults import CONTENTS
from edition.myst.directives import Directive
from edition.myst.markup_faults import LOGIC, glossary_faults, index_fault, is_expression
from edition.myst.option_values import is_wrong_value
from edition.myst.registered import REGISTERED_DIRECTIVES

# What their classes ask of content besides; `{person}` and its like have a rule of their own.
_NEEDS_CONTENT = frozenset(
    "acks admonition attention caution code compound container danger epigraph error footer header"
    " highlights hint important line-block math note parsed-literal pull-quote raw role seealso"
    " sidebar tip topic warning".split()
)
OF_FILES = frozenset({"file", "url"})
"""Options that name where a content is, in place of it."""
_NOT_IN_MYST = {
    "meta": "Write html_meta under myst in the front matter.",
    **dict.fromkeys(("date", "replace", "unicode"), "Write a substitution of MyST’s."),
}
# What docutils lets stand at the top of a document or section alone.
_OUTERMOST = frozenset({"contents", "sidebar", "topic"})


def misuses(
    directive: Directive,
    tokens: Callable[[str], list[Token]],
    *,
    enclosed: bool,
    restructured: bool,
) -> Iterator[Finding]:
    """Yield what the build would refuse; `tokens` parses the content as MyST.

    A directive is `enclosed` where another block is around it.
    """
    name, signature = directive.name, REGISTERED_DIRECTIVES.get(directive.name)
    if signature is None or name in DIRECTIVE_OPTIONS:
        return
    wordless = not signature.takes_argument  # then the content may begin on the first line
    content = directive.body
    if (wordless or name == "math") and directive.argument:
        content = f"{directive.argument}\n{content}"
    if signature.needs_argument and not directive.argument:
        yield misuse(directive, "lacks what follows its name", f"Write {{{name}}} …, on one line.")
    elif not (wordless or signature.words) and len(directive.argument.split()) > 1:
        yield misuse(directive, "takes one word on its line, and has more", "Take the rest out.")
    elif name in _NEEDS_CONTENT and not content.strip() and not OF_FILES & directive.options.keys():
        yield misuse(directive, "holds nothing, and the build refuses it", "Fill or remove it.")
    elif not signature.holds_content and content.strip():
        yield misuse(directive, "can hold no text, and the build refuses it", "Remove the text.")
    elif name in _NOT_IN_MYST and not restructured:
        yield misuse(directive, "works in reStructuredText alone", _NOT_IN_MYST[name])
    elif name in _OUTERMOST and enclosed:
        yield misuse(directive, "may not stand within another block", "Put it outside.")
    if directive.commented and signature.options:
        fault = "loses what follows the # among its options, a comment"
        yield misuse(directive, fault, "Put quotation marks around the value.")
    yield from _content_faults(directive, lambda: tokens(content))
    for option, typed in directive.options.items():
        if option in signature.options and is_wrong_value(name, option, typed.value):
            yield Finding(
                location=typed.location._replace(column=1),
                message=f"“{typed.value[:60]}” is no {option} that {{{name}}} can have",
                hint="Correct the value; the build drops the option.",
            )


def _content_faults(directive: Directive, tokens: Callable[[], list[Token]]) -> Iterator[Finding]:
    name, argument = directive.name, directive.argument
    if name == "only" and argument and not is_expression(argument, LOGIC):
        yield misuse(directive, "has no condition that can be read", "Write html and not latex.")
    if (filtered := directive.options.get("filter")) and not is_expression(filtered.value):
        yield misuse(directive, "has a :filter: that cannot be read", "Write docname in docnames.")
    for entry in argument.split("\n") if name == "index" else ():
        if entry and (fault := index_fault(entry)):
            yield misuse(directive, fault, "Write pair: one; two.")
    if name == "glossary":
        for line, what in glossary_faults(directive.body):
            place = directive.location._replace(line=directive.body_line + line + 1, column=1)
            yield Finding(place, f"{what}, in a {{glossary}}", "Write terms between empty lines.")
    if name in CONTENTS and (wrong := CONTENTS[name](tokens(), directive)):
        yield misuse(directive, *wrong)


def option_faults(directive: Directive) -> Iterator[Finding]:
    """Yield the findings of `unknown-directive-option`."""
    signature = REGISTERED_DIRECTIVES.get(directive.name)
    known = signature.options if signature else frozenset[str]()
    if not (known or directive.name in DIRECTIVE_OPTIONS):
        return
    if directive.fault:
        yield Finding(
            rule="unknown-directive-option",
            location=directive.location,
            message=f"the options of {{{directive.name}}} cannot be read: {directive.fault}",
            hint="Write one option a line, as in `:name: q1`.",
        )
    for name, option in directive.options.items():
        place = option.location._replace(column=1)
        if name not in known:
            close = get_close_matches(name, known, n=1)
            yield Finding(
                rule="unknown-directive-option",
                location=place,
                message=f"{{{directive.name}}} has no option “{name}”",
                hint=(f"Did you mean “{close[0]}”? " if close else "")
                + f"It takes {', '.join(sorted(known))}.",
            )


def misuse(directive: Directive, fault: str, hint: str, rule: str = "") -> Finding:
    """Return the finding for a directive that the build refuses."""
    return Finding(directive.location, f"{{{directive.name}}} {fault}", hint, rule=rule)


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


def class_as_name(info: str, place: Location) -> Finding:
    """Return the finding for `{.python}`, a language of Pandoc's spelling."""
    language = info.strip(" {}.") or "text"
    message = f"{info.strip()} names no directive, so what it holds is lost"
    return Finding(place, message, f"Write ```{language.split()[0]}.")


def struck_out(place: Location) -> Finding:
    """Return the finding for words struck out, of which MyST warns each time."""
    message = "words are struck out (~~), which no output but HTML shows"
    hint = "Write it in other words, or silence myst.strikethrough in conf.py."
    return Finding(place, message, hint, rule="myst.strikethrough")


def nesting_too_deep(directive: Directive, depth: int) -> Finding:
    """Return the finding for a directive that `depth` others surround."""
    return Finding(
        rule="unreadable-source",
        message=f"the directive {{{directive.name}}} stands within {depth} others, "
        "so nothing in it was checked",
        location=directive.location,
        hint="Nest fewer directives.",
    )
