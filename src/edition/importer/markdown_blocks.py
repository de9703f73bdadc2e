"""Figures, directives and notes of the dialects of Markdown, in words that pandoc reads."""

import re
from collections import Counter

from edition.importer.tree_nodes import NOTED

DIRECTIVE = (
    r"(?m)^(`{3,}|:{3,})[ \t]*\{(note|warning|tip|important|hint|caution|attention|danger|seealso"
    r"|admonition|epigraph|pull-quote|figure|image)\}[ \t]*([^\n]*)\n([\s\S]{0,20000}?)^\1[ \t]*$"
)
_OPTIONS = re.compile(r"(?:[ \t]*:[\w-]+:[^\n]*\n)*")
_ALTERNATIVE = re.compile(r":alt:[ \t]*([^\n]*)")
_CALL = re.compile(r"\[\^([^\]\s]{1,100})\](?!:)")
_NOTE = re.compile(r"(?m)^\[\^([^\]\s]{1,100})\]:[ \t]*(?=[^\s`~|>#-])")


def figure(address: str, alternative: str, caption: str) -> str:
    """Write a picture with its caption."""
    shown = f'\n\n<div class="caption">\n\n{caption}\n\n</div>\n' if caption.strip() else ""
    return f"![{alternative}](<{address}>){shown}"


def figure_of_hugo(found: re.Match[str]) -> str:
    """Write the picture of Hugo's shortcode."""
    given = dict(re.findall(r"(\w+)=\"([^\"]*)\"", found[1]))
    caption = " ".join(given[n] for n in ("title", "caption", "attr") if given.get(n))
    return f"\n\n{figure(given.get('src', ''), given.get('alt', ''), caption)}\n\n"


def directive(found: re.Match[str]) -> str:
    """Write a directive of MyST as what it holds."""
    _, name, argument, inner = found.groups()
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
        return found[0] if number is None else f"{found[0]}{NOTED}{number}{NOTED}"

    return _NOTE.sub(named, text) if often else text
