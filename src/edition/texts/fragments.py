"""An imported text as an edition beside it needs it: by passage."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_PASSAGE = re.compile(r"\((?P<id>[a-z][a-z0-9-]*)\)=[ \t]*\Z")
_HEADING = re.compile(r"#{1,6}\s")
_FENCE = re.compile(r"(:{3,}|`{3,})")
_NAMES = re.compile(
    r"^:name:\s*(\S+)\s*$|\]\{#([a-z][a-z0-9-]*)\}|^\(([a-z][a-z0-9-]*)\)=$", re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """The MyST of one passage; `line` is its first line in the file, from 1."""

    id: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An imported text; `anchors` are all ids in it."""

    siglum: str
    path: str
    fragments: Mapping[str, Fragment] = field(default_factory=dict)
    anchors: frozenset[str] = frozenset()


def read_text(myst: str, siglum: str, path: str) -> Text:
    """Cut an imported text at its passages; what stands before the first is left out.

    A passage ends where the next one or a heading begins. An anchor before a quotation begins
    no passage.
    """
    fragments: dict[str, Fragment] = {}
    ident, start, held = "", 0, list[str]()
    fence = ""

    def close() -> None:
        while held and (not held[-1].strip() or held[-1].startswith("%")):
            held.pop()
        if ident and held:
            fragments.setdefault(ident, Fragment(id=ident, text="\n".join(held), line=start))
        held.clear()

    lines = myst.split("\n")
    for number, line in enumerate(lines, 1):
        if mark := _FENCE.match(line):
            fence = "" if fence and line.strip() == fence else fence or mark[1]
        elif not fence and _HEADING.match(line):
            close()
            ident = ""
        elif not fence and (match := _PASSAGE.match(line)):
            following = next((x for x in lines[number:] if x.strip()), "")
            if not following.startswith((">", ":::", "```")):
                close()
                ident, start = match["id"], number + 1
                continue
        if ident:
            held.append(line)
    close()
    anchors = frozenset(name for match in _NAMES.finditer(myst) for name in match.groups() if name)
    return Text(siglum=siglum, path=path, fragments=fragments, anchors=anchors)
