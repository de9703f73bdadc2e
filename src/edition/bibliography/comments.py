"""The text between entries: to BibTeX a comment, to us sometimes an entry that got lost."""

import re

from edition.bibliography.faults import Faults, shown
from edition.bibliography.values import NAME

_LOST_ENTRY = re.compile(
    rf"^[ \t]*+({NAME})[ \t]*+[{{(]\s*+([^\s,={{}}()\"]++)\s*+,\s*+{NAME}\s*+=", re.MULTILINE
)
_LOST_FIELD = re.compile(
    rf"^[ \t]*+({NAME})[ \t]*+=[ \t]*+(?:[{{\"]|[0-9]++[ \t]*+,?+[ \t]*+$)", re.MULTILINE
)
# Right after an entry anything like a field is one, wherever on the line.
_FIELD_AFTER_ENTRY = re.compile(rf"[\s,}})]*+({NAME})[ \t]*+=[ \t]*+[{{\"0-9A-Za-z]")


def look_for_lost(text: str, start: int, end: int, closed: str, faults: Faults) -> None:
    """Report entries without their '@', and the first field outside of any entry.

    `closed` names the entry that ends at `start`, if one does ("the entry 'key'").
    """
    entries = list(_LOST_ENTRY.finditer(text, start, end))
    for entry in entries:
        faults.report(
            entry.start(1),
            f"'{shown(entry[1])}{{{shown(entry[2])}' looks like an entry without its '@'; "
            "it is not read",
            "Put '@' before it.",
        )
    # The fields of a lost entry are lost with it: that is one fault.
    end = entries[0].start() if entries else end
    field = _FIELD_AFTER_ENTRY.match(text, start, end) if closed else None
    field = field or _LOST_FIELD.search(text, start, end)
    if not field:
        return
    name = shown(field[1])
    if not closed:
        faults.report(
            field.start(1),
            f"the field '{name}' stands outside of any entry; it is not read",
            "Fields stand between the braces of an entry, after its key.",
        )
    elif not faults.on_line_of(start - 1):  # else what is wrong there made it end too soon
        faults.report(
            start - 1,
            f"{closed} ends here, and the field '{name}' that follows is not read",
            "Look for a closing brace too many here, or above.",
        )
