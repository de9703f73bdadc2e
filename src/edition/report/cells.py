"""The cells of a terminal: what a character takes up there, and how text is cut to fit.

A combining character takes no cell of its own, an East Asian wide one takes two. Control
characters are made visible, so that no text under check can move the cursor, change
colours or, with a bidirectional override, show itself in another order than it has.
"""

from typing import NamedTuple

ELLIPSIS = "…"

_BIDIRECTIONAL_CONTROLS = [0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_VISIBLE = {
    **{code: 0x2400 + code for code in range(0x20)},  # Unicode's pictures of them
    0x7F: 0x2421,
    **dict.fromkeys(
        [*range(0x80, 0xA0), 0x2028, 0x2029, *_BIDIRECTIONAL_CONTROLS, *range(0xD800, 0xE000)],
        0xFFFD,
    ),
}
_OBEYED = {code: shown for code, shown in _VISIBLE.items() if chr(code) not in "\t\n\r"}


class Cluster(NamedTuple):
    """A character with the combining ones that follow it, and its width in cells.

    `start` is the index of its first code point in the text.
    """

    text: str
    width: int
    start: int


def visible(text: str) -> str:
    """Replace each control character by one visible character."""
    return text.translate(_VISIBLE)


def harmless(text: str) -> str:
    """Replace the control characters that a terminal obeys; line ends and tabs stay."""
    return text.translate(_OBEYED)


def one_line(text: str) -> str:
    """Put the text on one line: line breaks become spaces, control characters visible."""
    lines = (line.strip() for line in text.splitlines())
    return visible(" ".join(line for line in lines if line))


def _size(character: str) -> int:
    if " " <= character <= "~":
        return 1
    # Imported here: a report without findings, and one of plain letters, do without it.
    from rich.cells import get_character_cell_size

    return get_character_cell_size(character)


def clusters(text: str, *, tab: int = 0) -> list[Cluster]:
    """Divide the text as a terminal shows it; `tab` gives the cells between tab stops.

    Without tab stops a tab is a control character like others.
    """
    found: list[Cluster] = []
    cell = 0
    for start, character in enumerate(text):
        if tab and character == "\t":
            width = tab - cell % tab
            found.append(Cluster(" " * width, width, start))
        else:
            shown = visible(character)
            width = _size(shown)
            if not width and found:
                last = found[-1]
                found[-1] = Cluster(last.text + shown, last.width, last.start)
            else:
                found.append(Cluster(shown, width, start))
        cell += width
    return found


def cell_width(text: str) -> int:
    """Count the cells that the text takes up."""
    if text.isascii():
        return len(text)
    return sum(map(_size, text))


def cut(text: str, room: int) -> str:
    """Replace the end of a text that is wider than `room` cells by an ellipsis."""
    if cell_width(text) <= room:
        return text
    kept = []
    left = room - 1
    for cluster in clusters(text):
        left -= cluster.width
        if left < 0:
            break
        kept.append(cluster.text)
    return "".join(kept) + ELLIPSIS
