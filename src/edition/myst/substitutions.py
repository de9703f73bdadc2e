"""Front matter, and the substitutions that it and conf.py define: `{{ name }}` in the text."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from markdown_it.token import Token

from edition.model.diagnostic import Finding, Location
from edition.myst.builder import DocumentBuilder
from edition.myst.citations import add_citation
from edition.myst.markdown import settings_faults
from edition.myst.positions import PlacedText

_ROLE = re.compile(r"\{((?:foot)?cite(?::[a-z]+)?)\}`([^`]+)`", re.IGNORECASE)
_IN_MYST = "Correct the name or its value, under `myst:` in the front matter."
_NAME = re.compile(r"\s+(?P<name>[\w.-]+)\s*:(?=\s|\Z)")
ANY_NAME = "*"  # among those of conf.py: it computes them, so any name may be defined


def read_front_matter(builder: DocumentBuilder, token: Token, line: int) -> None:
    """Add what a document says of itself: its substitutions with their citations, `orphan`."""
    said = _read_yaml(builder, token, line)
    builder.orphan = "orphan" in said
    of_myst = said.get("myst")
    in_myst = of_myst if isinstance(of_myst, dict) else {}
    begins = builder.source.location(line)
    builder.refused += (Finding(begins, fault, _IN_MYST) for fault in settings_faults(said))
    if "substitutions" in said:
        message = "`substitutions` stands outside of `myst`, where MyST wants it"
        hint = "Write `myst:` on the line above, and indent what follows."
    elif "substitution" not in builder.extensions and isinstance(
        in_myst.get("substitutions"), dict
    ):
        message = "the extension “substitution” is off, so each `{{ name }}` is printed as it is"
        hint = "Name it in `myst_enable_extensions` of conf.py."
    else:
        message = hint = ""
    if message:
        builder.problems.append(Finding(begins, message, hint, rule="undefined-substitution"))
    for place in (said, in_myst):
        defined = place.get("substitutions")
        builder.names |= set(map(str, defined)) if isinstance(defined, dict) else set()
    inside, name = False, ""
    for row, typed in enumerate(token.content.split("\n"), line + 1):
        if typed.strip() == "substitutions:":
            inside = True
            continue
        if typed[:1].strip():
            inside = False
        if not inside:
            continue
        if found := _NAME.match(typed):
            name = found["name"]
            builder.substituted.setdefault(name, [])
        text = PlacedText(typed, builder.source, row)
        for role in _ROLE.finditer(typed):
            numbers = add_citation(builder, role[1], role[2], text, role.start(2))
            builder.substituted.setdefault(name, []).extend(numbers)


def _read_yaml(builder: DocumentBuilder, token: Token, line: int) -> Mapping[str, Any]:
    """Return the front matter; note where it is no YAML, and the build would read nothing of it."""
    # Imported here, because many texts have no front matter.
    import yaml

    try:
        read = yaml.safe_load(token.content)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line if mark is not None else 0
        why = f": {error.problem}" if isinstance(error, yaml.MarkedYAMLError) else ""
        message = f"the front matter is no YAML, so nothing of it is read{why}"
    else:
        if read is None or isinstance(read, dict):
            return read or {}
        row, message = 0, "the front matter holds no names with values, so nothing of it is read"
    builder.problems.append(
        Finding(
            rule="unreadable-source",
            location=builder.source.location(min(line + 1 + row, len(builder.source.lines) - 1)),
            message=message,
            hint="Write `name: value`, with quotation marks around a value that has a colon or "
            "braces.",
        )
    )
    return {}


def read_substitution(builder: DocumentBuilder, content: str, place: Location) -> list[int]:
    """Return the citations of the text that a substitution stands for; note where none does."""
    if fault := _fault(content.strip(), builder.names):
        builder.problems.append(
            Finding(
                rule="undefined-substitution",
                location=place,
                message=f"“{{{{{content}}}}}” {fault}, so nothing stands for it",
                hint="Define the name under `myst: substitutions:` in the front matter, or in "
                "`myst_substitutions` of conf.py.",
            )
        )
    name = content.split("|")[0].strip()
    if name in builder.substituted:
        return builder.substituted[name]
    numbers: list[int] = []
    for role in _ROLE.finditer(builder.substitutions.get(name, "")):
        shown = PlacedText(role[2], builder.source, place.line - 1)
        found = add_citation(builder, role[1], role[2], shown, 0)
        for number in found:
            if number >= 0:
                citation = builder.citations[number]
                builder.citations[number] = replace(
                    citation,
                    location=place,
                    locator_location=place if citation.locator else None,
                )
        numbers += found
    return numbers


def _fault(content: str, names: set[str]) -> str:
    if content in names or ANY_NAME in names:
        return ""
    # Imported here, because few texts hold more than the name of a substitution.
    from jinja2 import Environment, TemplateError
    from jinja2.meta import find_undeclared_variables

    # MyST evaluates a substitution with Jinja, strictly, and with Sphinx's environment at hand.
    jinja = Environment(autoescape=True)  # nothing is ever rendered
    try:
        asked = find_undeclared_variables(jinja.parse(f"{{{{{content}}}}}"))
    except TemplateError as error:
        return f"is no expression ({error})"
    unknown = sorted(asked - names - {"env", *jinja.globals})
    return f"names what is not defined, “{unknown[0]}”" if unknown else ""
