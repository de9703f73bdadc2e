"""Citation roles, wherever they are typed, added to a document."""

from edition.locator import refers_back
from edition.model import BackReference, Citation
from edition.myst.builder import BROKEN, BY_HAND, DocumentBuilder
from edition.myst.citations import malformed_citation, read_targets
from edition.myst.positions import PlacedText


def add_citation(
    builder: DocumentBuilder, role: str, content: str, text: PlacedText, content_at: int
) -> list[int]:
    """Add the keys of a role whose content begins at an offset; return their indices.

    For a role that cannot be read to its end, BROKEN is returned, for `ibid.` BY_HAND.
    """
    targets, fault = read_targets(content)
    builder.group += 1
    first = len(builder.citations)
    by_hand = False
    for target in targets:
        key_place = text.location(content_at + target.key_at)
        if refers_back(target.key):
            by_hand = True
            builder.back_references.append(BackReference(text=target.key, location=key_place))
            if fault is not None:
                break  # what follows is no key
            continue
        place = None
        if target.locator_at is not None:
            place = text.location(content_at + target.locator_at)
        builder.citations.append(
            Citation(
                key=target.key,
                role=role,
                location=key_place,
                locator=target.locator,
                locator_location=place,
                prenote=target.prenote,
                passage=builder.passage,
                group=builder.group,
            )
        )
    if by_hand:
        return [BY_HAND, *range(first, len(builder.citations))]
    if fault is not None:
        place = text.location(content_at + fault.at)
        builder.problems.append(malformed_citation(place, content, brace=fault.brace))
        return [BROKEN]
    return list(range(first, len(builder.citations)))
