"""What German in babel means by a quotation mark and a character."""

import re

_BABEL = re.compile(r"\\usepackage\[([^\]]*)\]\{babel\}")
_GERMAN = re.compile(r"germanb|n?(?:german|austrian|swissgerman)")
_SCOPES = re.compile(
    r"%.*|\\[^a-zA-Z]|\\selectlanguage\{(?P<on>\w*)\}"
    r"|\\(?:foreignlanguage\*?(?:\[[^\]]*\])?\{(?P<words>\w*)\}\s*\{"
    r"|begin\{otherlanguage\*?\}(?:\[[^\]]*\])?\{(?P<block>\w*)\})"
    r"|(?P<opens>\{|\\begin\{[^{}]*\})|(?P<closes>\}|\\end\{[^{}]*\})"
    r"|\"(?P<short>[aouAOUs`'<>=~\"-])"
)
_PAIRED = re.compile(
    r"\n\s*\n|(?P<before>(?<![\w\\\"])\"(?=\w))|(?<=[\w.,;:!?…])\"(?![\w`'<>=~\"-])"
)
_SHORTHANDS = {
    "`": "„", "'": "“", "<": "«", ">": "»", "=": "-", "~": "-", '"': "", "-": "", "s": "ß",
    "a": "ä", "o": "ö", "u": "ü", "A": "Ä", "O": "Ö", "U": "Ü",
}  # fmt: skip


def with_german(text: str) -> str:
    """Return LaTeX without the shorthands of babel, where its language is German."""
    named = re.split(r"\s*,\s*", found[1].strip(" ,\n")) if (found := _BABEL.search(text)) else []
    if not any(_GERMAN.fullmatch(n.removeprefix("main=")) for n in named):
        return text
    main = [n for n in named if n.startswith("main=")] or [n for n in named if "=" not in n]
    scopes = [bool(_GERMAN.fullmatch(main[-1].removeprefix("main=")))]
    paired, opened = set[int](), list[int]()  # marks of quotations, before a word and behind one
    for mark in _PAIRED.finditer(text):
        if mark["before"]:
            opened.append(mark.start())
        elif mark[0] != '"':
            opened = []
        elif opened:
            paired.add(opened.pop())

    def read(found: re.Match[str]) -> str:
        match found.lastgroup:
            case "on":
                scopes[-1] = bool(_GERMAN.fullmatch(found["on"]))
            case "words" | "block":
                scopes.append(bool(_GERMAN.fullmatch(found[found.lastgroup])))
            case "opens":
                scopes.append(scopes[-1])
            case "closes":
                del scopes[max(1, len(scopes) - 1) :]
            case "short" if scopes[-1] and found.start() not in paired:
                return _SHORTHANDS[found["short"]]
        return found[0]

    return _SCOPES.sub(read, text)
