"""The normal form of a locator, for print and for machines."""

from edition.locator.faults import wants_plural
from edition.locator.label_forms import usual_form
from edition.locator.model import Item, Locator, Number, Part
from edition.locator.number import format_number, number_at, roman_letters
from edition.locator.pagination import pages
from edition.locator.remarks import REMARK


def format_locator(locator: Locator) -> str:
    """Return the normal form: usual labels, en dashes, second numbers in full.

    Parsing it gives an equal locator, without faults but for inverted ranges.
    """
    text = ""
    for before, part in zip((None, *locator.parts), locator.parts, strict=False):
        if before:
            text += _joint(before, part)
        text += _part(part)
    if not locator.remark:
        return text
    bare = REMARK.match(locator.remark)
    return f"{text}, {locator.remark}" if bare else f"{text} ({locator.remark})"


def pages_normal(locator: Locator) -> str:
    """Return the pages in ASCII: `129-130`, `xii-xv, 183-190`; `40-41` for 40f., `40-` for 40ff.

    Empty where the locator names no page. An inverted range stays as it is.
    """
    shown = []
    for found in pages(locator):
        roman = found.sequence == "roman"
        prefix = "" if found.sequence in ("arabic", "roman") else found.sequence
        first, last = (
            "" if n is None else roman_letters(n) if roman else f"{prefix}{n}"
            for n in (found.first, found.last)
        )
        shown.append(first if first == last else f"{first}-{last}")
    return ", ".join(shown)


def _joint(before: Part, part: Part) -> str:
    """Return the text between two parts: a semicolon where a comma would join a title."""
    ends_in_text = bool(before.items) and before.items[-1].first.system == "text"
    label = part.label if part.label == "place" else usual_form(part.label, plural=False)
    unmarked = label.isalpha() or _is_named(part)
    return "; " if ends_in_text and unmarked and not before.passim else ", "


def _is_named(part: Part) -> bool:
    """Return True if the part is a named part of a book, without a label."""
    return part.label == "chapter" and not part.typed


def _part(part: Part) -> str:
    if not part.items:
        return f"{usual_form(part.label, plural=True)} passim" if part.typed else "passim"
    text = ""
    for before, item in zip((None, *part.items), part.items, strict=False):
        if before:
            text += _joint_of_items(before, item, part.label)
            text += f"{item.lead} " if item.lead else ""
        text += _item(item)
    if part.label != "place" and not _is_named(part):
        plural = wants_plural(part)
        if plural is None:
            plural = part.number == "plural" or part.items[0].following == "f" or _is_list(part)
        text = f"{usual_form(part.label, plural=plural)} {text}"
    if lead := part.items[0].lead:
        text = f"{lead} {text}"
    if not part.passim:
        return text
    return f"{text}, passim" if _is_named(part) else f"{text} passim"


def _is_list(part: Part) -> bool:
    """Return True if a part that ends in a title holds several numbers before it."""
    return len(part.items) > 2 or part.items[0].last is not None


def _joint_of_items(before: Item, item: Item, label: str) -> str:
    """Return the text between two items; no comma where it would be read as something else."""
    if before.first.system == "text" or (before.note and _note_is_plural(before.note)):
        return "; "
    value = item.first.value
    if isinstance(value, str) and number_at(value, 0, label):
        return " & "  # a title that begins with a number: chap. 3 & 12 Days
    return ", "


def _item(item: Item) -> str:
    text = format_number(item.first)
    if item.last:
        text += f"–{format_number(item.last)}"
    last = item.last or item.first
    if item.following:
        text += f"{_space_after(last)}{item.following}."
    if item.note:
        apart = item.following or last.system == "roman"  # `xiin` is no number
        text += _note(item.note, bare_space=" " if apart else _space_after(last))
    return text


def _note_is_plural(note: Part) -> bool:
    plural = wants_plural(note)
    return note.number == "plural" if plural is None else plural


def _note(note: Part, *, bare_space: str) -> str:
    word = "nn" if _note_is_plural(note) else "n"
    if not note.items:
        return bare_space + word
    return f" {word}. {', '.join(_item(item) for item in note.items)}"


def _space_after(number: Number) -> str:
    """Return the space that keeps `f.` and `n` apart from letters at the end of a number."""
    letters = number.leaf or number.suffix or number.supplied or number.system == "text"
    return " " if letters else ""
