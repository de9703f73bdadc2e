"""LaTeX: lists and dialogues in environments that pandoc does not know, and blanks by command."""

import re

_LIST = re.compile(r"\\begin\{(\w+\*?)\}\s*(?:\[[^\[\]]*\]\s*)?\\item\b(\s*\[)?")
_KNOWN = frozenset({"itemize", "enumerate", "description"})
_SPEAKER = re.compile(r"\\Character(?:\[[^\[\]]*\])?\{([^{}]*)\}\{(\w+)\}")
_TABLE = re.compile(r"\\begin\{(tabular\w?\*?|longtable|tabulary)\}[\s\S]*?\\end\{\1\}")
_SET_IN = re.compile(r"(\\\\\n[ \t]*)~~~~")  # as verse is, below a line that ends
_BLANK = re.compile(
    r"(?P<formula>\\begin\{(equation|align|gather|multline|math|displaymath|eqnarray)(\*?)\}"
    r"[\s\S]{0,20000}?\\end\{\2\3\}|(?<!\\)\\\[(?:(?!(?<!\\)\\\[)[\s\S]){0,20000}?\\\]"
    r"|(?<!\\)\\\((?:(?!(?<!\\)\\\()[\s\S]){0,5000}?\\\)"
    r"|(?<!\\)\$\$[^$]{1,20000}\$\$|(?<!\\)\$[^$]{1,5000}\$)"
    r"|\\(?:q?quad|en(?:space|skip)|hfill?)(?![a-zA-Z])[ \t]*|\\hspace\*?\{(?P<width>[^{}]*)\}"
)


def with_environments(text: str) -> str:
    """Return LaTeX with environments that pandoc knows, and blanks for commands of space."""
    lists = {found[1]: found[2] for found in reversed([*_LIST.finditer(text)])}
    for name, labelled in lists.items():
        if name not in _KNOWN:
            known = "description" if labelled else "enumerate" if "enum" in name else "itemize"
            text = re.sub(rf"\\(begin|end)\{{{re.escape(name)}\}}", rf"\\\1{{{known}}}", text)
    if "{dialogue}" in text:
        text = re.sub(r"\\speak\s*\{([^{}]*)\}", r"\n\n\\textsc{\1} ", text)
        text = re.sub(r"\\direct\*?(?=\{)", r"\\emph", text)
    speakers = {found[2]: found[1] for found in reversed([*_SPEAKER.finditer(text)])}
    for command, speaker in speakers.items():
        named = speaker.replace("\\", r"\\")
        text = re.sub(rf"\\{command}speaks\b", rf"\n\n\\textsc{{{named}}} ", text)
    text = _TABLE.sub(lambda m: _SET_IN.sub(r"\1", m[0]), text)
    text = _SPEAKER.sub(r"\\Character{\1}", text)
    return re.sub(r"\\(?:begin|end)\{(?:dialogue|drama\*?)\}", "\n\n", _BLANK.sub(_blank, text))


def _blank(found: re.Match[str]) -> str:
    if found["formula"]:
        return found[0]
    width = (found["width"] or "").strip()
    return "" if width.startswith("-") or re.match(r"0+(?:\.0*)?(?![\d.])", width) else " "
