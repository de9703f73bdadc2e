"""Options written into a directive of a text that is there, all else left as it is."""

import re
from collections.abc import Mapping

_FENCE = re.compile(r"(?P<indent>[ \t>]*)(?P<fence>:{3,}|`{3,}|~{3,})\{[\w-]+\}")
_BLOCK = "---"


def with_options(text: str, line: int, options: Mapping[str, str]) -> str:
    """Return a text in which the directive on a line (from 1) has some options.

    An option that the directive has is replaced, another one is put after those that it has, as
    `:name: value` or, in a block between lines of `---`, as `name: value`. A line on which no
    directive begins changes nothing.
    """
    lines = text.split("\n")
    fence = _FENCE.match(lines[line - 1]) if 0 < line <= len(lines) else None
    if fence is None:
        return text
    indent, first = fence["indent"], line
    in_block = first < len(lines) and lines[first].removeprefix(indent).strip() == _BLOCK
    first += in_block
    colon = "" if in_block else ":"
    last = first
    while last < len(lines) and _is_option(lines[last].removeprefix(indent), in_block=in_block):
        last += 1
    ending = "\r" if lines[line - 1].endswith("\r") else ""
    for name, value in options.items():
        written = f"{indent}{colon}{name}: {value}{ending}"
        pattern = re.compile(rf"{re.escape(indent)}{colon}{re.escape(name)}:(?:\s|$)")
        at = next((n for n in range(first, last) if pattern.match(lines[n])), None)
        if at is None:
            lines.insert(last, written)
            last += 1
        else:
            lines[at] = written
    return "\n".join(lines)


def _is_option(line: str, *, in_block: bool) -> bool:
    if in_block:
        return line.strip() != _BLOCK
    return re.match(r":[\w-]+:(?:\s|$)", line) is not None
