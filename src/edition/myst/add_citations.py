"""Citation roles, wherever they are typed, added to a document: in texts and substitutions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import yaml
from markdown_it.token import Token

from edition.locator import refers_back
from edition.model import BackReference, Citation
from edition.model.diagnostic import Finding, Location
from edition.myst.builder import BROKEN, BY_HAND, DocumentBuilder
from edition.myst.citations import Target, malformed_citation, read_targets
from edition.myst.positions import PlacedText

_ROLE = re.compile(r"\{((?:foot)?cite(?::[a-z]+)?)\}`([^`]+)`", re.IGNORECASE)
_NAME = re.compile(r"\s+(?P<name>[\w.-]+)\s*:(?=\s|\Z)")


def add_citation(
    builder: DocumentBuilder, role: str, content: str, text: PlacedText, content_at: int
) -> list[int]:
    """Add the keys of a role whose content begins at an offset; return their indices.

    For a role that cannot be read to its end, BROKEN is returned, for `ibid.` BY_HAND.
    """
    targets, fault = read_targets(content)
    numbers = add_targets(builder, role, targets, text, content_at, ended=fault is not None)
    if fault is None or numbers[:1] == [BY_HAND]:
        return numbers
    place = text.location(content_at + fault.at)
    builder.problems.append(malformed_citation(place, content, brace=fault.brace))
    return [BROKEN]


def add_targets(
    builder: DocumentBuilder,
    role: str,
    targets: Sequence[Target],
    text: PlacedText,
    start: int = 0,
    *,
    ended: bool = False,
) -> list[int]:
    """Add keys whose places count from `start`; return their indices, BY_HAND first for `ibid.`.

    `ended` says that what follows the keys cannot be read.
    """
    builder.group += 1
    first = len(builder.citations)
    by_hand: list[int] = []
    for target in targets:
        key_place = text.location(start + target.key_at)
        if refers_back(target.key):
            by_hand = [BY_HAND]
            builder.back_references.append(BackReference(text=target.key, location=key_place))
            if ended:
                break  # what follows is no key
            continue
        at = target.locator_at
        builder.citations.append(
            Citation(
                key=target.key,
                role=role,
                location=key_place,
                locator=target.locator,
                locator_location=None if at is None else text.location(start + at),
                prenote=target.prenote,
                passage=builder.passage,
                group=builder.group,
            )
        )
    return [*by_hand, *range(first, len(builder.citations))]


def read_front_matter(builder: DocumentBuilder, token: Token, line: int) -> None:
    """Add the citations of the substitutions that a document defines in its front matter."""
    builder.problems += _yaml_faults(builder, token, line)
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


def _yaml_faults(builder: DocumentBuilder, token: Token, line: int) -> Iterator[Finding]:
    """Yield where the front matter is no YAML: the build would read nothing of it."""
    try:
        read = yaml.safe_load(token.content)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line if mark is not None else 0
        why = f": {error.problem}" if isinstance(error, yaml.MarkedYAMLError) else ""
        message = f"the front matter is no YAML, so nothing of it is read{why}"
    else:
        if read is None or isinstance(read, dict):
            return
        row, message = 0, "the front matter holds no names with values, so nothing of it is read"
    yield Finding(
        rule="unreadable-source",
        location=builder.source.location(min(line + 1 + row, len(builder.source.lines) - 1)),
        message=message,
        hint="Write `name: value`, with quotation marks around a value that has a colon or braces.",
    )


def substituted_citations(builder: DocumentBuilder, content: str, place: Location) -> list[int]:
    """Return the citations of the text that a substitution stands for."""
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
