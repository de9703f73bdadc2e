"""The plain text of an imported text: its MyST without markup, anchors and citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_ROLE = re.compile(r"\{(?P<role>[\w:+-]+)\}(?P<ticks>`+)(?P<content>.*?)(?P=ticks)", re.DOTALL)
_KEEPING = frozenset({"sic", "lem", "remark"})
_DROPPING = frozenset({"textnote"})
# The mark before an item of a list, as authors type it.
MARKER = re.compile(
    r"(?:(?P<bullet>[-*•·‣▪])"
    r"|(?P<open>\(?)(?P<number>\d{1,3}|[a-z]|[ivx]{1,5})(?P<close>[.)]))[ \t]+(?=\S)"
)


def plain(myst: str, typed: Iterable[str | None]) -> str:
    """Return the text of imported MyST; `typed` are the words of its references, in order."""
    return "\n\n".join(block for block in _Plain(iter(typed)).blocks(myst) if block)


_FENCE = re.compile(r"(:{3,})\{([\w-]+)\}[ \t]*(.*)")
_OPTION = re.compile(r":[\w-]+:(?:\s|$)")
_TARGET = re.compile(r"\([a-z][a-z0-9-]*\)=\Z")
_LIST_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s")


class _Plain:
    def __init__(self, typed: Iterator[str | None]) -> None:
        self.typed = typed

    def blocks(self, myst: str) -> Iterator[str]:
        """Yield the blocks of a text; a quotation's typed reference closes its last one."""
        lines = _without_front_matter(myst).split("\n")
        position = 0
        while position < len(lines):
            line = lines[position]
            if not line.strip() or _TARGET.match(line) or line.startswith("%"):
                position += 1
                continue
            if fence := _FENCE.match(line):
                end = next(
                    (n for n in range(position + 1, len(lines)) if lines[n] == fence[1]), len(lines)
                )
                yield self._directive(fence[2], bool(fence[3]), lines[position + 1 : end])
                position = end + 1
                continue
            end = position
            while end < len(lines) and lines[end].strip() and not _FENCE.match(lines[end]):
                end += 1
            yield self._block(lines[position:end])
            position = end

    def _directive(self, name: str, cited: bool, lines: list[str]) -> str:
        body = list(lines)
        while body and (_OPTION.match(body[0])):
            body.pop(0)
        inner = "\n".join(body).strip()
        if name != "quotation":
            return "\n\n".join(self.blocks(inner))
        if not cited and (last := inner.rpartition("\n\n"))[2].startswith("{cite:"):
            inner = last[0]
        return "\n\n".join(self.blocks(inner)) + (next(self.typed, "") or "")

    def _block(self, lines: list[str]) -> str:
        if lines[0].startswith("#"):
            return self.inline(re.sub(r"^#+\s", "", lines[0]))
        if all(line.startswith(">") for line in lines):
            inner = "\n".join(re.sub(r"^> ?", "", line) for line in lines)
            return "\n\n".join(self.blocks(inner))
        if _LIST_ITEM.match(lines[0]):
            rows: list[str] = []
            for line in lines:
                if _LIST_ITEM.match(line):
                    rows.append(line)
                else:
                    rows[-1] += " " + line.strip()
            return "\n".join(self._item(row) for row in rows)
        return self.inline(" ".join(lines))

    def _item(self, row: str) -> str:
        body = self.inline(row)
        lettered = body.startswith("- ") and (m := MARKER.match(body[2:])) and not m["bullet"]
        return body[2:] if lettered else body

    def inline(self, text: str) -> str:
        """Return the text of a paragraph."""
        out: list[str] = []
        opened: list[int] = []
        position = 0
        while position < len(text):
            char = text[position]
            role = _ROLE.match(text, position) if char == "{" else None
            if char == "\\" and position + 1 < len(text):
                out.append(text[position + 1])
                position += 2
                continue
            if role is not None:
                self._role(role, out)
                position = role.end()
                continue
            if char == "[":
                opened.append(len(out))
            elif char == "]":
                tail = re.match(r"\]\{[#.][^}\n]*\}", text[position:])
                begin = opened.pop() if opened else None
                if tail and begin is not None:
                    out[begin] = ""
                    position += tail.end()
                    continue
            elif char == "*":
                position += 1
                continue
            out.append(char)
            position += 1
        return "".join(out)

    def _role(self, role: re.Match[str], out: list[str]) -> None:
        name = role["role"]
        if name.startswith("cite:"):
            words = next(self.typed, "")
            if words is not None:
                out.append(words)
            elif out and out[-1] == " ":
                out.pop()
        elif name in _KEEPING:
            out.append(lemma_of(role["content"])[0])
        elif name in ("lacuna", "supplied"):
            if out and out[-1] == " ":
                out.pop()
        elif name not in _DROPPING:
            out.append(role["content"])


def _without_front_matter(myst: str) -> str:
    if not myst.startswith("---\n"):
        return myst
    end = myst.find("\n---\n", 4)
    return myst[end + 5 :] if end >= 0 else myst


def lemma_of(content: str) -> tuple[str, str]:
    """Return the words of a textual role and what is said of them: `plebian <plebeian>`."""
    match = re.fullmatch(r"(.*?)\s*<(.*)>", content, re.DOTALL)
    return (match[1], match[2]) if match else (content, "")
