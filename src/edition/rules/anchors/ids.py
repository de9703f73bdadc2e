"""The ids of anchors."""

import re

from edition.model import Anchor
from edition.model.diagnostic import Location
from edition.rules.rule import Edition, Finding, Findings, Severity, kept_by_readers, rule

_KINDS = {"eq": "equation", "term": "term"}


@rule("A101", Severity.ERROR)
def duplicate_anchor(edition: Edition) -> Findings:
    yield from kept_by_readers(edition, "duplicate-anchor")
    first: dict[str, Anchor] = {}
    for anchor in edition.anchors:
        known = first.setdefault(anchor.id, anchor)
        if known is not anchor:
            yield Finding(
                anchor.location,
                f"the anchor “{anchor.id}” already stands at {known.location}",
                "Give this place an id of its own; keep the older one, which may be cited.",
            )
    # Equations, and terms of a glossary, that several documents define.
    home: dict[str, str] = {}
    for document in edition.documents if edition.build else ():
        for target in document.targets:
            kind, colon, name = target.partition(":")
            if colon and kind in _KINDS and home.setdefault(target, document.path) != document.path:
                yield Finding(
                    Location(document.path, 1, 1),
                    f"the {_KINDS[kind]} “{name}” is defined in {home[target]} too",
                    "Define it once.",
                )


# docutils folds runs of hyphens into one and drops them at the end.
_STABLE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@rule("A102", Severity.ERROR)
def unstable_anchor(edition: Edition) -> Findings:
    for anchor in edition.anchors:
        if not _STABLE.fullmatch(anchor.id):
            yield Finding(
                anchor.location,
                f"the anchor “{anchor.id}” would be renamed in the outputs",
                "Use small letters, digits and single hyphens, with a letter first: p12.",
            )
