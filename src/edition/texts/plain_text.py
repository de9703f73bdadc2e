"""The plain text of an imported text: its MyST without markup, anchors and citations."""

import re
from collections.abc import Iterable, Iterator

_ROLE = re.compile(r"\{(?P<role>[\w:+-]+)\}(?P<ticks>`+)(?P<content>.*?)(?P=ticks)", re.DOTALL)
_KEEPING = frozenset({"sic", "lem", "remark"})
_DROPPING = frozenset({"textnote"})
# An unseen citation, before a reference that keeps its words.
TYPED_ROLE = "cite:typed"
# The words of a reference that a citation cannot hold, after it.
REMARK_CLASS = "{.citation-remark}"
# The mark before an item of a list, as authors type it.
MARKER = re.compile(
    r"(?:(?P<bullet>[-*•·‣▪])"
    r"|(?P<open>\(?)(?P<number>\d{1,3}|[a-z]|[ivx]{1,5})(?P<close>[.)]))[ \t]+(?=\S)"
)


def plain(myst: str, typed: Iterable[str | None]) -> str:
    """Return the text of imported MyST; `typed` are the words of its references, in order."""
    return "\n\n".join(block for block in _Plain(iter(typed)).blocks(myst) if block)


_FENCE = re.compile(r"(:{3,}|`{3,})(?:\{([\w-]+)\})?[ \t]*(.*)")
_OPTION = re.compile(r":[\w-]+:(?:\s|$)")
_TARGET = re.compile(r"\([a-z][a-z0-9-]*\)=\Z")
_NOTE = re.compile(r"\[\^[\w-]+\]:[ \t]*")
_CALL = re.compile(r"\[\^[\w-]+\]")
_REMARK = re.compile(r" ?\[\((?:\\.|[^\\\]])*\)\]\{\.citation-remark\}")
_PICTURE = re.compile(r"!\[(?:\\.|[^\\\]])*\]\(<[^>\n]*>\)")
_CODE = re.compile(r"(`+)(.*?)\1", re.DOTALL)
_TAIL = re.compile(r"\]\{[#.][^}\n]*\}|\]\((?:<[^>\n]*>|[^()\s]*)\)")
_LIST_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s")


_SIGN = re.compile(r"[\\{\[\]!*`\n]| (?=\[\()")


class _Plain:
    def __init__(self, typed: Iterator[str | None]) -> None:
        self.typed = typed

    def blocks(self, myst: str) -> Iterator[str]:
        """Yield the blocks of a text; a quotation's typed reference closes its last one."""
        lines = _without_front_matter(myst).split("\n")
        position = 0
        while position < len(lines):
            line = lines[position]
            if not line.strip() or _TARGET.match(line) or line.startswith(("%", "+++", "---")):
                position += 1
                continue
            if fence := _FENCE.match(line):
                end = next(
                    (n for n in range(position + 1, len(lines)) if lines[n] == fence[1]), len(lines)
                )
                inner = lines[position + 1 : end]
                if fence[2]:
                    yield self._directive(fence[2], bool(fence[3]), inner)
                else:
                    yield "\n".join(inner)
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
        # References that keep their words have none to be put back.
        if name != "quotation" or f"{{{TYPED_ROLE}}}" in inner:
            return "\n\n".join(self.blocks(inner))
        if not cited and (last := inner.rpartition("\n\n"))[2].startswith("{cite:"):
            inner = last[0]
        return "\n\n".join(self.blocks(inner)) + (next(self.typed, "") or "")

    def _block(self, lines: list[str]) -> str:
        if note := _NOTE.match(lines[0]):
            typed = next(self.typed, "") or ""
            lines = [lines[0][note.end() :], *(line.strip() for line in lines[1:])]
            return typed + self.inline("\n".join(lines))
        if lines[0].startswith("|"):
            table = [lines[0], *lines[2:]]
            cells = [c.strip() for row in table for c in re.split(r"(?<!\\)\|", row)[1:-1]]
            return "\n".join(self.inline(c.replace("\\|", "|")) for c in cells if c)
        if re.match(r"#+\s", lines[0]):
            return self.inline(re.sub(r"^#+\s", "", lines[0]))
        if all(line.startswith(">") for line in lines):
            inner = "\n".join(re.sub(r"^> ?", "", line) for line in lines)
            return "\n\n".join(self.blocks(inner))
        if _LIST_ITEM.match(lines[0]):
            rows: list[str] = []
            for line in lines:
                if _LIST_ITEM.match(line.lstrip()):
                    rows.append(line.lstrip())
                else:
                    rows[-1] += "\n" + line.strip()
            return "\n".join(self._item(row) for row in rows)
        return self.inline("\n".join(line.strip() for line in lines))

    def _item(self, row: str) -> str:
        body = self.inline(row)
        lettered = body.startswith("- ") and (m := MARKER.match(body[2:])) and not m["bullet"]
        return body[2:] if lettered else body

    def inline(self, text: str) -> str:
        """Return the text of a paragraph."""
        out: list[str] = []
        opened: list[int] = []
        position = 0
        while sign := _SIGN.search(text, position):
            at = sign.start()
            out.append(text[position:at])
            step = self._step(text, at, out, opened)
            if not step:
                out.append(" " if text[at] == "\n" else text[at])
            position = at + (step or 1)
        return "".join((*out, text[position:]))

    def _step(self, text: str, position: int, out: list[str], opened: list[int]) -> int:
        """Read the markup at a place; return how long it is, 0 where there is none."""
        char = text[position]
        if char == "\\" and position + 1 < len(text):
            out.append(text[position + 1])
            return 2
        if char == "{" and (role := _ROLE.match(text, position)):
            self._role(role, out)
            return len(role[0])
        if char in " [" and (remark := _REMARK.match(text, position)):
            return len(remark[0])
        if char == "[":
            if call := _CALL.match(text, position):
                out.append(next(self.typed, "") or "")
                return len(call[0])
            opened.append(len(out))
        elif char == "]":
            begin = opened.pop() if opened else None
            if begin is not None and (tail := _TAIL.match(text, position)):
                out[begin] = ""
                return len(tail[0])
        elif char == "!" and (picture := _PICTURE.match(text, position)):
            return len(picture[0])
        elif char == "*":
            return 1
        elif char == "`" and (code := _CODE.match(text, position)):
            out.append(code[2])
            return len(code[0])
        return 0

    def _role(self, role: re.Match[str], out: list[str]) -> None:
        name = role["role"]
        if name == TYPED_ROLE:
            return
        if name.startswith("cite:"):
            words = next(self.typed, "")
            if words is not None:
                out.append(words)
            else:
                _drop_blank(out)
        elif name in _KEEPING:
            out.append(lemma_of(role["content"])[0])
        elif name in ("lacuna", "supplied"):
            _drop_blank(out)
        elif name not in _DROPPING:
            out.append(role["content"])


def _drop_blank(out: list[str]) -> None:
    if out and out[-1].endswith(" "):
        out[-1] = out[-1][:-1]


def _without_front_matter(myst: str) -> str:
    if not myst.startswith("---\n"):
        return myst
    end = myst.find("\n---\n", 4)
    return myst[end + 5 :] if end >= 0 else myst


def lemma_of(content: str) -> tuple[str, str]:
    """Return the words of a textual role and what is said of them: `plebian <plebeian>`."""
    match = re.fullmatch(r"(.*?)\s*<(.*)>", content, re.DOTALL)
    return (match[1], match[2]) if match else (content, "")
