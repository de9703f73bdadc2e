"""Citations in the syntax of another program."""

import re
from collections.abc import Iterator, Set

from edition.model import Prose
from edition.model.diagnostic import Edit
from edition.rules.messages import as_typed_in
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

_KEY = r"@(?:\{(?P<braced>[^{}\s]+)\}|(?P<key>[^\W_](?:[\w:.#$%&+?<>~/-]*\w)?))"
_ITEM = re.compile(
    rf"\s*(?P<prefix>[^@]*?)\s*(?P<no_author>-)?{_KEY}\s*(?:,?\s*(?P<locator>[^@\s][^@]*?))?\s*"
)
_PANDOC = re.compile(
    rf"\[(?P<body>[^\[\]@\0]{{0,80}}-?@[^\[\]\0]{{1,300}})\](?![({{])"
    rf"|(?<![\w@./+-]){_KEY}(?:\s*\[(?P<locator>[^\[\]@\0]{{1,60}})\])?"
)
# `[cite/t:see @key p. 3]` is how Org writes what Pandoc writes in brackets.
_ORG = re.compile(r"cite(?:/(?P<style>[a-z/-]*))?:")
# What Quarto numbers, and writes as it writes keys.
_QUARTO = re.compile(r"(?:fig|tbl|lst|sec|eq|thm|exm)-")
_OPTIONS = r"(?:\[[^\[\]\0]*\])"
_LATEX = re.compile(
    rf"\\{{1,2}}(?P<command>[a-zA-Z]*cite[a-zA-Z]*)\*?(?P<around>(?:\([^()\0]*\)){{0,2}})"
    rf"(?P<items>(?:{_OPTIONS}{{0,2}}\{{[^{{}}\0]+\}})+)"
)
_LATEX_ITEM = re.compile(rf"(?P<options>{_OPTIONS}{{0,2}})\{{(?P<keys>[^{{}}]+)\}}")
_RST = re.compile(
    r"(?<![\w:]):(?P<role>(?:foot)?cite(?::[a-z]+)?):(?=\0)|\[(?P<key>[^\[\]\s\0]+)\]_(?!\w)"
)
# A role that can be read is blotted out of the prose.
_ROLE = re.compile(
    r"\{[ \t]*(?P<role>(?:foot)?cite(?::[a-z]+)?)[ \t]*\}"
    r"(?:(?P<blanks>[ \t]*)(?=\0)|[\[(]?(?P<key>[^\W_](?:[\w:.+/-]*\w)?)[\])]?)?"
)
_ROLES = {
    **dict.fromkeys(("textcite", "textcites", "citet", "Textcite", "Citet"), "cite:t"),
    **dict.fromkeys(("citeauthor", "Citeauthor"), "cite:author"),
    "citeyear": "cite:year",
}
_BARE_PAGES = re.compile(r"[0-9ivxlc]+(?:\s*[-–]{1,2}\s*[0-9ivxlc]+)?")


@rule("C109", Severity.WARNING)
def foreign_citation(edition: Edition) -> Findings:
    keys = edition.bibliography.works.keys()
    for document in edition.documents:
        for prose in document.prose:
            if "@" in prose.text:
                yield from _pandoc(prose, keys)
            if "cite" in prose.text:
                yield from _latex(prose, keys)
                yield from _roles(prose, keys)
            if document.path.endswith(".rst"):
                continue
            if "]_" in prose.text or ":cite" in prose.text:
                yield from _restructured_text(prose, keys)


def _pandoc(prose: Prose, keys: Set[str]) -> Iterator[Finding]:
    for found in _PANDOC.finditer(prose.text):
        if found["body"] is None:
            key = (found["braced"] or found["key"]).rstrip(".:")
            if key not in keys:
                continue  # an address, or a name on a social network
            whole = found["locator"] or found["braced"]
            end = found.end() if whole else found.start() + len("@" + key)
            role = f"{{cite:t}}`{key}{_braced(found['locator'])}`"
            yield _finding(prose, found.start(), end, role, certain=True)
            continue
        if prose.text[found.start() - 1 : found.start()] == "^":
            place = prose.location(found.start() - 1)
            yield Finding(
                place,
                "a note within the line, “^[…]”, is of another program and is printed as it is",
                "Write a footnote, `[^1]`, with the citation as a role.",
            )
            continue
        org = _ORG.match(found["body"])
        body = found["body"][org.end() if org else 0 :]
        items = [_ITEM.fullmatch(item) for item in body.split(";")]
        if not all(items):
            continue
        read = [item for item in items if item]
        named = [item["braced"] or item["key"] for item in read]
        no_key = "." in named[0] or (read[0]["prefix"] or "").endswith(('"', "'"))
        if not any(key in keys for key in named) and no_key:
            continue  # an address of mail, or a name in code
        written = ", ".join(
            f"{_braced(item['prefix'])}{key}{_braced(item['locator'])}"
            for item, key in zip(read, named, strict=True)
        )
        certain = all(key in keys for key in named) and not any(i["no_author"] for i in read)
        if not keys & set(named) and all(map(_QUARTO.match, named)):
            role, certain = " and ".join(f"{{ref}}`{key}`" for key in named), False
        else:
            narrative = org and (org["style"] or "").startswith("t")
            role = f"{{cite:{'t' if narrative else 'p'}}}`{written}`"
        yield _finding(prose, found.start(), found.end(), role, certain=certain)


def _latex(prose: Prose, keys: Set[str]) -> Iterator[Finding]:
    for found in _LATEX.finditer(prose.text):
        command = found["command"]
        items = list(_LATEX_ITEM.finditer(found["items"]))
        if not command.endswith("cites"):
            del items[1:]
        around = _two(re.findall(r"\(([^()]*)\)", found["around"]))
        written, named = [], []
        for number, item in enumerate(items, start=1):
            before, after = _two(re.findall(r"\[([^\[\]]*)\]", item["options"]))
            if _BARE_PAGES.fullmatch(after):
                after = ("pp. " if re.search("[-–]", after) else "p. ") + after
            if number == 1:
                before = f"{around[0]} {before}"
            if number == len(items):
                after = f"{after}, {around[1]}"
            *others, last = (key.strip() for key in item["keys"].split(","))
            named += [*others, last]
            others.append(last + _braced(after))
            written += [_braced(before) + others[0], *others[1:]]
        role = f"{{{_ROLES.get(command, 'cite:p')}}}`{', '.join(written)}`"
        if command == "nocite":
            role = "`:all:` or a filter in {bibliography}"
        certain = command != "nocite" and keys >= set(named)
        end = found.start("items") + items[-1].end()
        yield _finding(prose, found.start(), end, role, certain=certain)


def _two(options: list[str]) -> tuple[str, str]:
    """Return the words before and after: one option alone is what comes after."""
    return (options[0], options[1]) if len(options) == 2 else ("", "".join(options))


def _restructured_text(prose: Prose, keys: Set[str]) -> Iterator[Finding]:
    for found in _RST.finditer(prose.text):
        if found["role"]:
            role = "cite:p" if found["role"] == "cite" else found["role"]
            edit = Edit(location=prose.location(found.start()), old=found[0], new=f"{{{role}}}")
            yield Finding(
                prose.location(found.start()),
                f"“{found[0]}” begins a role of reStructuredText, and is printed as it is",
                f"Write {{{role}}} before the backticks.",
                (edit,),
            )
        elif found["key"] in keys:
            role = f"{{cite:p}}`{found['key']}`"
            yield _finding(prose, found.start(), found.end(), role, certain=True)


def _roles(prose: Prose, keys: Set[str]) -> Iterator[Finding]:
    """Yield the roles that lack their backticks, or have blanks before them."""
    for found in _ROLE.finditer(prose.text):
        start, key = found.start(), found["key"]
        place = prose.location(start)
        role = as_typed_in(place.path, f"{{{found['role']}}}`")
        new = role.rstrip("`") if found["blanks"] is not None else None
        if key in keys:
            new = f"{role}{key}`"
        end = found.end() if new else prose.text.index("}", start) + 1
        typed = prose.text[start:end]
        edits = (Edit(location=place, old=typed, new=new),) if new else ()
        yield Finding(
            place,
            f"“{typed.strip()}” is no citation without backticks right behind the braces, and is "
            "printed as it is",
            f"Write {new}." if key in keys else f"Write {role}key`, without a blank.",
            edits,
        )


def _braced(words: str | None) -> str:
    words = " ".join((words or "").split()).strip(" ,")
    words = re.sub(r"(?<=[0-9])--?(?=[0-9])", "–", words)
    return f"{{{words}}}" if words else ""


def _finding(prose: Prose, start: int, end: int, role: str, *, certain: bool) -> Finding:
    typed = prose.text[start:end]
    role = as_typed_in(prose.location(start).path, role)
    edits: tuple[Edit, ...] = ()
    if certain and "\n" not in typed and "\0" not in typed:
        edits = (Edit(location=prose.location(start), old=typed, new=role),)
    return Finding(
        prose.location(start),
        f"“{' '.join(typed.split())}” is a citation of another program, and is printed as it is",
        f"Write {role}.",
        edits,
    )
