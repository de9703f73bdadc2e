"""The LaTeX commands and HTML tags that the values of BibTeX fields hold, and what they mean."""

import re

STYLES = {
    **dict.fromkeys(("emph", "textit", "mkbibemph", "mkbibitalic", "textsl"), "italic"),
    **dict.fromkeys(("textbf", "mkbibbold"), "bold"),
    "textsc": "smallcaps",
    **dict.fromkeys(("textsuperscript", "mkbibsuperscript", "sp"), "sup"),
    **dict.fromkeys(("textsubscript", "mkbibsubscript", "sb"), "sub"),
    "texttt": "code",
}
# Catalogues and reference managers write HTML: `<i>Hamlet</i>`, `H<sub>2</sub>O`, `&amp;`.
TAG = re.compile(r"</?(?:(mml|jats):)?([a-z]+)(?:\s[^<>]*)?>", re.IGNORECASE)
TAGS = {
    **dict.fromkeys(("i", "em", "italic"), "italic"),
    **dict.fromkeys(("b", "strong", "bold"), "bold"),
    **dict.fromkeys(("sub", "inf"), "sub"),
    **dict.fromkeys(("sc", "scp"), "smallcaps"),
    **dict.fromkeys(("span", "p", "u"), ""),
    "sup": "sup",
}
CLOSING_TAG = re.compile(r"</(?:jats:)?([a-zA-Z]+)>")
TYPED_TAG = re.compile(
    r"\{?\\textless(?:\{\}|[}\s]){1,2}(/?[a-z]+)\{?\\textgreater(?:\{\}|[}\s]){1,2}"
)
ENTITY = re.compile(r"(?:\{\\&\}|\\?&)(\\?#[0-9]{1,6}|[a-zA-Z]{2,8});")
# Commands that hold to the end of their group, as in `{\em this}`.
SWITCHES = {
    **dict.fromkeys(("em", "it", "itshape", "sl"), "italic"),
    **dict.fromkeys(("bf", "bfseries"), "bold"),
    **dict.fromkeys(("sc", "scshape"), "smallcaps"),
}
QUOTES = frozenset({"enquote", "mkbibquote", "textquote"})
ADDRESSES = frozenset({"url", "nolinkurl", "path"})
# Commands whose first argument is no text for readers.
SETTINGS = frozenset(
    """
    foreignlanguage textcolor color selectlanguage hspace vspace label cite hyphenation
    fontsize fontfamily fontencoding fontseries fontshape
    """.split()
)
# Characters that latexcodec does not know.
NAMED = {
    "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘",
    "textquoteright": "’", "lq": "‘", "rq": "’", "guillemotleft": "«", "guillemotright": "»",
    "textasciitilde": "~", "textbackslash": "\\", "textasciicircum": "^", "textbar": "|",
    "textless": "<", "textgreater": ">", "slash": "/", "textunderscore": "_",
    "mkbibparens": "", "space": " ", "quad": " ", "qquad": " ", "par": " ", "newline": " ",
    "nobreakspace": "\N{NO-BREAK SPACE}", "addnbspace": "\N{NO-BREAK SPACE}", "addspace": " ",
    "bibrangedash": "–", "bibstring": "", "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX",
    "texttimes": "×", "textonehalf": "½", "textonequarter": "¼", "textordfeminine": "ª",
    "textordmasculine": "º", "textsection": "§", "textdagger": "†", "textellipsis": "…",
    "textnumero": "№", "textminus": "−", "textrightarrow": "→", "textquotesingle": "'",
    "guilsinglleft": "‹", "guilsinglright": "›", "quotedblbase": "„", "quotesinglbase": "‚",
    "glqq": "„", "grqq": "“", "flqq": "«", "frqq": "»", "glq": "‚", "grq": "‘", "flq": "‹",
    "frq": "›", "ng": "ŋ", "NG": "Ŋ", "j": "ȷ", "ij": "ĳ", "IJ": "Ĳ",
    "adddot": ".", "addcomma": ",", "addcolon": ":", "ldots": "…", "dots": "…",
}  # fmt: skip
SIGNS = {"\\": " ", " ": " ", ",": "\N{NARROW NO-BREAK SPACE}", ";": " ", ":": " ", "!": ""}
SILENT = "-/"
