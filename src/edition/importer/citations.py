"""References written as citations, or kept with a citation unseen."""

from __future__ import annotations

from dataclasses import replace

from edition.importer.document import Mark
from edition.importer.markup import Insertion, escape
from edition.importer.recognised import Bound
from edition.texts.plain_text import REMARK_CLASS, TYPED_ROLE


def citation(bound: Bound) -> str:
    """Write a reference as citation roles, one a key: keys in one role would be sorted."""
    role = "cite:t" if bound.form == "sentence" else "cite:p"
    roles = []
    for n, cited in enumerate(bound.cited):
        own = "cite:yearpar" if cited.suppress_author else role
        note = cited.prenote[:1].lower() + cited.prenote[1:]
        lead = f"{{{note}}}" if note and own != "cite:t" and not (n and note == "and") else ""
        remark = f" [({escape(cited.remark)})]{REMARK_CLASS}" if cited.remark else ""
        roles.append(f"{{{own}}}`{lead}{cited.target}`{remark}")
    return " ".join(roles)


def keep_reference(bound: Bound, marks: list[Mark], insertions: list[Insertion]) -> None:
    """Put an unseen citation before a reference, and a mark around its words."""
    bare = (replace(c, suffix="") for c in bound.cited)
    markup = "".join(f"{{{TYPED_ROLE}}}`{c.target}`" for c in bare)
    insertions.append(Insertion(start=bound.start, end=bound.start, markup=markup))
    if bound.text.count("[") == bound.text.count("]"):
        marks.append(
            Mark(start=bound.start, end=bound.end, before="[", after="]{.typed-reference}")
        )
