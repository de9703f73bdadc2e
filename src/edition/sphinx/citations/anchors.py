"""The anchors of works in the printed bibliography: one each, whatever letters a key has."""

import hashlib
from collections.abc import Iterable

from docutils.nodes import make_id

_DIGEST_LENGTH = 8


class AnchorForm(str):
    """The form of anchors (`cite-{key}`), which knows those of keys that would share one.

    docutils keeps ASCII letters and digits of an id: of two keys in Cyrillic nothing is left.
    """

    anchors: dict[str, str]

    def format(self, *args: object, **values: object) -> str:
        """Return the anchor of a key."""
        key = str(values.get("key", ""))
        return self.anchors.get(key) or str.format(self, *args, **values)


def anchor_form(form: str, keys: Iterable[str]) -> str:
    """Return the form of anchors for a bibliography with these keys."""
    taken: set[str] = set()
    anchors: dict[str, str] = {}
    for key in keys:
        made = make_id(form.format(key=key, bibliography_count=1))
        whole = len(make_id(key).replace("-", "")) == sum(c.isalnum() for c in key)
        if not whole or made in taken:
            digest = hashlib.sha256(key.encode()).hexdigest()[:_DIGEST_LENGTH]
            made = anchors[key] = f"{made}-{digest}"
        taken.add(made)
    if not anchors or "{key}" not in form:
        return form
    known = AnchorForm(form)
    known.anchors = anchors
    return known
