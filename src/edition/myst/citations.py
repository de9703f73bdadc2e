"""What stands inside a citation role: keys, each with words before it and a locator after.

The grammar is sphinxcontrib-bibtex's (its `citation_target` module), read with the place of
every part: ``{see}hart{p. 3}, {cf.}aves{pp. 4–5}``.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from edition.locator import refers_back
from edition.model import BackReference, Citation
from edition.model.diagnostic import Finding, Location
from edition.myst.builder import BROKEN, BY_HAND, DocumentBuilder
from edition.myst.positions import PlacedText

_TARGET = re.compile(
    r"\s*(?:\{(?P<pre>[^{}]+)\}\s*)?(?P<key>[^{}\s,]+)\s*(?:\{(?P<post>[^{}]*)\}\s*)?"
)
_BRACED = re.compile(r"\{[^{}]*\}")
# The names of roles are the same in capitals: {cite:T} begins a sentence.
_ROLE = re.compile(r"(?:foot)?cite(?::[a-z]+)?", re.IGNORECASE)


def is_citation_role(name: str) -> bool:
    """Return True if a role is one of sphinxcontrib-bibtex's."""
    return _ROLE.fullmatch(name) is not None


class Target(NamedTuple):
    """A key with its pre-text and locator; `key_at` and `locator_at` are offsets."""

    key: str
    key_at: int
    prenote: str | None
    locator: str | None
    locator_at: int | None


class TargetFault(NamedTuple):
    """Where a role stops making sense; `brace` where braces inside a locator are to blame."""

    at: int
    brace: bool


def read_targets(content: str) -> tuple[list[Target], TargetFault | None]:
    """Return the keys of a role's content as far as it can be read, and the fault that ended it.

    An empty locator (`{}`) breaks the build as an unreadable one does, and is a fault.
    """
    targets: list[Target] = []
    position = 0
    while True:
        match = _TARGET.match(content, position)
        if match is None:
            # Braces hold braces or have no partner; `{see}` alone lacks a key.
            rest = _BRACED.sub("", content[position:])
            return targets, TargetFault(at=position, brace="{" in rest)
        if match["post"] == "":
            return targets, TargetFault(at=match.start("post"), brace=True)
        targets.append(
            Target(
                key=match["key"],
                key_at=match.start("key"),
                prenote=match["pre"],
                locator=match["post"],
                locator_at=match.start("post") if match["post"] is not None else None,
            )
        )
        position = match.end()
        if position >= len(content):
            return targets, None
        if content[position] != ",":
            return targets, TargetFault(at=position, brace=content[position] in "{}")
        position += 1


def malformed_citation(place: Location, content: str, *, brace: bool) -> Finding:
    """Return the finding for a role whose content sphinxcontrib-bibtex could not read."""
    return Finding(
        rule="brace-in-locator" if brace else "malformed-citation",
        message=f"the citation “{content}” cannot be read from here on; the build would stop",
        location=place,
        hint="Write keys parted by commas, each with {words before} and {locator} at most; "
        "no braces or empty braces within them.",
    )


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
