"""Figures, directives and notes of the dialects of Markdown, in words that pandoc reads."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable

from edition.importer.tree_nodes import NOTED

_DIRECTIVE = re.compile(
    r"[ \t]*\{(note|warning|tip|important|hint|caution|attention|danger|seealso"
    r"|admonition|epigraph|pull-quote|figure|image)\}[ \t]*([^\n]*)"
)
_FENCE = re.compile(
    r"(?P<prefix>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)"
    r"(?P<fence>`{3,}|~{3,}|:{3,})(?P<info>[^`\n]*)"
)
_CODE = re.compile(  # behind the name of a role of MyST it is none
    r"(?<![`\\])(\{[\w:+-]{1,30}\})?(`+)(?!`)((?:[^`\n\ue110]|\n(?![ \t]*\n)){1,2000})(?<!`)\2(?!`)"
)
_OPTIONS = re.compile(r"(?:[ \t]*:[\w-]+:[^\n]*\n)*")
_ALTERNATIVE = re.compile(r":alt:[ \t]*([^\n]*)")
_CALL = re.compile(r"\[\^([^\]\s]{1,100})\](?!:)")
_NOTE = re.compile(r"(?m)^ {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*")


def figure(address: str, alternative: str, caption: str) -> str:
    """Write a picture with its caption."""
    shown = f'\n\n<div class="caption">\n\n{caption}\n\n</div>\n' if caption.strip() else ""
    return f"![{alternative}](<{address}>){shown}"


def figure_of_hugo(found: re.Match[str]) -> str:
    """Write the picture of Hugo's shortcode."""
    given = dict(re.findall(r"(\w+)=\"([^\"]*)\"", found[1]))
    caption = " ".join(given[n] for n in ("title", "caption", "attr") if given.get(n))
    return f"\n\n{figure(given.get('src', ''), given.get('alt', ''), caption)}\n\n"


def with_directives(text: str, keep: Callable[[str], str]) -> str:
    """Write the directives of MyST as what they hold; let `keep` put a sign for what is code."""
    lines = text.split("\n")
    fences = [(n, found) for n, line in enumerate(lines) if (found := _FENCE.fullmatch(line))]
    bare = defaultdict[tuple[str, int], list[tuple[int, int]]](list)  # lines, with their lengths
    for number, fence in fences:
        if not fence["info"].strip():
            bare[_kind(fence)].append((number, len(fence["fence"])))
    unclosed = dict.fromkeys(map(_kind, (f for _, f in fences)), len(text) + 1)
    written: list[str] = []
    at = 0
    for number, fence in fences:
        kind, length = _kind(fence), len(fence["fence"])
        named = None if "~" in kind or fence["prefix"] else _DIRECTIVE.fullmatch(fence["info"])
        if number < at or length >= unclosed[kind] or (":" in kind and not named):
            continue
        ends = bare[kind]
        after = range(bisect_right(ends, (number, length)), len(ends))
        end = next((ends[i][0] for i in after if ends[i][1] >= length), None)
        if end is None:
            unclosed[kind] = length  # nor is a longer one
            continue
        inner = "\n".join(lines[number + 1 : end])
        written += lines[at:number]
        if named:
            written += [_directive(named[1], named[2], f"{inner}\n")]
        else:
            written += [lines[number], *([keep(inner)] if inner else []), lines[end]]
        at = end + 1
    text = "\n".join((*written, *lines[at:]))
    return _CODE.sub(lambda m: m[0] if m[1] else keep(m[0]), text)


def _kind(fence: re.Match[str]) -> tuple[str, int]:
    """Return the sign of a fence, and in how many quotations it stands."""
    return fence["fence"][0], fence["prefix"].count(">")


def _directive(name: str, argument: str, inner: str) -> str:
    options = _OPTIONS.match(inner)
    body = inner[options.end() :].strip() if options else inner
    if name in ("figure", "image"):
        alternative = _ALTERNATIVE.search(options[0] if options else "")
        return figure(argument.strip(), alternative[1].strip() if alternative else "", body)
    kind = "quote" if name in ("epigraph", "pull-quote") else name
    head = f"**{argument}**\n\n" if name == "admonition" and argument else f"{argument}\n\n"
    return f'<div class="{kind}">\n\n{head.lstrip()}{body}\n\n</div>'


def named_notes(text: str) -> str:
    """Give a name to each note that is called several times: pandoc reads several notes."""
    often = [label for label, count in Counter(_CALL.findall(text)).items() if count > 1]
    numbers = {label: n for n, label in enumerate(often)}

    def named(found: re.Match[str]) -> str:
        number = numbers.get(found[1])
        sign = f"{found[0]}{NOTED}{number}{NOTED}\n\n    "  # apart: it may begin with a list
        return found[0] if number is None else sign

    return _NOTE.sub(named, text) if often else text
