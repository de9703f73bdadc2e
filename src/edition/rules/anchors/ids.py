"""The ids of anchors."""

import re

from edition.model import Anchor
from edition.rules.rule import Edition, Finding, Findings, Severity, kept_by_readers, rule


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
