"""Notes of LaTeX and of reledmac that stand apart from their calls, put where they are called."""

import re
from collections.abc import Iterator

_APART = re.compile(r"\\footnote(?P<kind>mark|text)\b(?:\[(?P<number>[^\]]*)\])?")
_EDITED = re.compile(r"\\edtext(?=\s*\{)")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_IN_APPARATUS = re.compile(r"\\(?P<lemma>lemma\b)|\\[A-Za-z]*note[A-Z]?\b(?:\[[^\]]*\])*")
_STANZA = re.compile(
    r"\\a?stanza\b(?:\[[^\]]*\])?((?:(?!\\a?stanza\b)[\s\S])*?)\\&(?=\s*(?:[\n\\%\[]|\Z))"
)
_LINE = re.compile(r"(?<!\\)&")
_SPACE = re.compile(r"(?:\s|%[^\n]*\n)*")


def with_notes(text: str) -> str:
    """Return LaTeX in which every note stands at the word that calls it."""
    text = _STANZA.sub(_verse, text)
    for edited in reversed(list(_EDITED.finditer(text))):  # the innermost first
        lemma, end = _group(text, edited.end())
        apparatus, end = _group(text, end)
        notes = "".join(_of_apparatus(apparatus))
        text = f"{text[: edited.start()]}{lemma}{notes}{text[end:]}"
    return _paired(text)


def _verse(stanza: re.Match[str]) -> str:
    lines = (line.strip() for line in _LINE.split(stanza[1]))
    return "\n\\begin{verse}\n" + "\\\\\n".join(lines) + "\n\\end{verse}\n"


def _of_apparatus(text: str) -> Iterator[str]:
    """Yield the notes on a lemma, with its short form if it has one."""
    lemma, position = "", 0
    while found := _IN_APPARATUS.search(text, position):
        words, position = _group(text, found.end())
        if found["lemma"]:
            lemma = f"{words}] "
        else:
            yield f"\\footnote{{{lemma}{words}}}"


def _paired(text: str) -> str:
    """Return a text with the texts of notes at their marks: of one number, else in order."""
    marks: list[re.Match[str]] = []
    at: dict[int, str] = {}
    left_out: list[tuple[int, int]] = []
    for found in _APART.finditer(text):
        if found["kind"] == "mark":
            marks.append(found)
            continue
        words, end = _group(text, found.end())
        mark = next((m for m in marks if m["number"] == found["number"]), None)
        if mark is None and marks and found["number"] is None:
            mark = marks[-1]
        if mark is not None:
            marks.remove(mark)
            at[mark.start()] = words
            left_out += [mark.span(), (found.start(), end)]
        else:
            left_out.append((found.start(), end))
            at[found.start()] = words
    pieces, position = [], 0
    for start, end in sorted(left_out):
        if start >= position:
            note = f"\\footnote{{{at[start]}}}" if start in at else ""
            pieces += [text[position:start], note]
            position = end
    return "".join((*pieces, text[position:]))


def _group(text: str, at: int) -> tuple[str, int]:
    """Return what stands in braces from an offset on, and where it ends; nothing where none do."""
    gap = _SPACE.match(text, at)
    start = gap.end() if gap else at
    if text[start : start + 1] != "{":
        return "", at
    depth = 0
    for found in _BRACE.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if not depth:
            return text[start + 1 : found.start()], found.end()
    return "", at
