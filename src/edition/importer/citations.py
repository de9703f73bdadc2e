"""References written as citations, or kept with a citation unseen."""

from dataclasses import replace

from edition.bibliography.references.patterns import QUOTING
from edition.importer.document import Mark
from edition.importer.markup import Insertion, escape
from edition.importer.recognised import Bound
from edition.texts.plain_text import REMARK_CLASS, TYPED_ROLE

_KEPT_CLASS = "]{.typed-reference}"


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
    insertions.append(Insertion(start=bound.start, end=bound.start, markup=_unseen(bound)))
    if bound.text.count("[") == bound.text.count("]"):
        marks.append(Mark(start=bound.start, end=bound.end, before="[", after=_KEPT_CLASS))


def _unseen(bound: Bound) -> str:
    """Write the citations of a reference whose words are kept."""
    bare = (replace(c, suffix="") for c in bound.cited)
    return "".join(f"{{{TYPED_ROLE}}}`{c.target}`" for c in bare)


def quotation_directive(bound: Bound, name: str, body: str) -> str:
    """Write a displayed quotation: its work as argument, or a citation as its last line."""
    cited = bound.cited
    head = [f":name: {name}"] if name else []
    second_hand = cited[0].prenote.casefold().startswith(QUOTING)
    argument = ""
    if len(cited) == 1 and not second_hand and not cited[0].suffix:
        argument = f" {cited[0].key}"
        if cited[0].volume:
            head.append(f":volume: {cited[0].volume}")
        if cited[0].locator:
            head.append(f":page: {cited[0].locator}")
    else:
        body += f"\n\n{citation(bound)}"
    options = "\n".join((*head, "")) if head else ""
    fence = ":::" if ":::" not in body else "::::"
    return f"{fence}{{quotation}}{argument}\n{options}\n{body}\n{fence}"
