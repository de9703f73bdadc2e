"""What pandoc passes over in LaTeX and Markdown, put into words that it reads."""

import json
import re
import tomllib
from collections.abc import Callable, Sequence

from edition.importer.german_shorthands import with_german
from edition.importer.latex_environments import with_environments
from edition.importer.latex_notes import with_notes
from edition.importer.markdown_blocks import (
    figure,
    figure_of_hugo,
    named_notes,
    with_directives,
)
from edition.importer.tree_nodes import PAGE_BREAK
from edition.importer.word_count import ACCENT

Rules = Sequence[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]]

_GROUP = r"\{((?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*)\}"
_CITED = r"((?:\[[^\]]*\]){0,2}\{[^{}]*\})"  # the pages and the key of a reference
_GIVEN = r"\[\{?((?:\\\w+(?:\[[^\]]*\])*\{[^{}]*\})|[^\[\]{}\\]*)\}?\]"  # one typed, or a command
_VERBATIM = re.compile(
    r"\\(?:verb\*?([^\w\s*])[^\n]*?\1|(?:url|nolinkurl|path|href)\{[^{}]*\}"
    r"|begin\{(verbatim|Verbatim|lstlisting)\}[\s\S]*?\\end\{\2\})"
)
_KEPT = "\ue110"  # of the private use area, around the number of what is not read
_FULL_STOP = r"(?:\[([.,;:!?]?)\])?"


def _rules(*rows: tuple[str, str | Callable[[re.Match[str]], str]]) -> Rules:
    return [(re.compile(pattern), meant) for pattern, meant in rows]


def _cited_in_multimarkdown(found: re.Match[str]) -> str:
    return f"[@{found[2]}, {found[1]}]" if found[1] else f"[@{found[2]}]"


_KOMA = {"part": "part", "chap": "chapter", "sec": "section"}
_LATEX = _rules(
    (r"\\pandocbounded\{(\\includegraphics(?:\[[^\]]*\])?\{[^}]*\})\}", r"\1"),
    (
        r"\\begin\{(?:wrap|sideways|floating|margin|SC)(figure|table)\*?\}"
        r"(?:\[[^\]]*\]|\{[^{}]*\})*",
        r"\\begin{\1}",
    ),
    (r"\\end\{(?:wrap|sideways|floating|margin|SC)(figure|table)\*?\}", r"\\end{\1}"),
    (r"\\psq(q?)\b", lambda m: "ff." if m[1] else "f."),
    (r"\\endfirsthead[\s\S]*?\\endhead\b", r"\\endhead"),  # the head once more, for each page
    (rf"\\(?:markboth{_GROUP}{_GROUP}|markright{_GROUP})", ""),
    (r"\\cline\{[^{}]*\}", r"\\hline"),
    (r"\\og\b(?:\{\})?\s*", "«\u00a0"),
    (r"[ \t]{0,9}\\fg\b(?:\{\})?", "\u00a0»"),
    (r"\\(begin|end)\{otherlanguage\*\}", r"\\\1{otherlanguage}"),
    (r"\\selectlanguage\{\w*\}|(?<!command\{)\\tightlist\b", ""),
    (r"(?<=rule)\\noalign\{\}", ""),
    (r"\\bottomrule\s*\\endlastfoot", ""),
    (
        r"\\includegraphics(?:\[[^\]]*?alt=\{([^}]*)\}[^\]]*\])\{([^}]*)\}",
        r"\\href{picture:\2}{\1}",
    ),
    (r"(?<!\\let)(?<!command\{)\\(?:newpage|clearpage|pagebreak)\b", f"\n\n{PAGE_BREAK}\n\n"),
    (
        r"\\(?:endnote|pagenote|tablefootnote|sidenote|sidefootnote|marginnote|marginpar|led(?:left|right|inner|outer|side)note"
        r"|footnote[A-Z])(?=\{)",
        r"\\footnote",
    ),
    # reledmac
    (r"(?<!\\let)(?<!command\{)\\(?:pstart|pend|autopar)\b(?:\[([^\]]*)\])?", r"\n\n\1\n\n"),
    (r"\\eled(chapter|section|subsection|subsubsection)\b", r"\\\1"),
    # csquotes: a quotation with its reference
    (r"\\(?:foreign|hyphen)((?:text|block)c?quote)\*?\{\w*\}", r"\\\1"),
    (r"\\begin\{(?:foreign|hyphen)(display\w*)\}\{\w*\}", r"\\begin{\1}"),
    (r"\\end\{(?:foreign|hyphen)(display\w*)\}", r"\\end{\1}"),
    (rf"\\textcquote\*?{_CITED}{_FULL_STOP}{_GROUP}", r"\\enquote{\3\2} \\autocite\1"),
    (
        rf"\\blockcquote\*?{_CITED}{_FULL_STOP}{_GROUP}",
        r"\\begin{quote}\3\2 \\autocite\1\\end{quote}",
    ),
    (rf"\\textquote\*?{_GIVEN}{_FULL_STOP}{_GROUP}", r"\\enquote{\3\2} (\1)"),
    (rf"\\blockquote\*?{_GIVEN}{_FULL_STOP}{_GROUP}", r"\\begin{quote}\3\2 (\1)\\end{quote}"),
    (r"\\textquote\*?(?=\{)", r"\\enquote"),
    (
        rf"\\begin\{{displaycquote\}}{_CITED}{_FULL_STOP}((?:(?!\\end\{{)[\s\S])*)\\end\{{displaycquote\}}",
        r"\\begin{quote}\3 \\autocite\1\\end{quote}",
    ),
    (
        rf"\\begin\{{displayquote\}}{_GIVEN}((?:(?!\\end\{{)[\s\S])*)\\end\{{displayquote\}}",
        r"\\begin{quote}\2 (\1)\\end{quote}",
    ),
    (r"\((\\\w*cite\w*(?:\[[^\]]*\])*\{[^{}]*\})\)", r"\1"),
    (r"\\begin\{quoting\}\[[^\]]*\]", r"\\begin{quote}"),
    (r"\\(begin|end)\{(?:displayquote|quoting|displaycquote)\}", r"\\\1{quote}"),
    (r"\\(?:fullcite|citetitle|smartcite|supercite|notecite)\b\*?", r"\\autocite"),
    (r"\\footfullcite\b", r"\\footcite"),
    (r"\\(?:begin|end)\{abstract\}", r"\n\n"),  # of several pandoc keeps the last one
    # KOMA-Script
    (r"\\add(part|chap|sec)\*?(?=[\[{])", lambda m: rf"\{_KOMA[m[1]]}*"),
    (r"\\begin\{addmargin\*?\}(?:\[[^\]]*\])?\{[^{}]*\}", r"\\begin{quote}"),
    (r"\\end\{addmargin\*?\}", r"\\end{quote}"),
    (rf"\\dictum(?:\[([^\]]*)\])?{_GROUP}", r"\\begin{quote}\2\n\n\1\\end{quote}"),
    (
        rf"\\epigraph{_GROUP}\s*{_GROUP}",
        r"\\begin{quote}\1\n\n\2\\end{quote}",
    ),
    (rf"\\ruby(?:\[[^\]]*\])?{_GROUP}{_GROUP}", r"\1 (\2)"),
    (r"\\begin\{labeling\}(?:\[[^\]]*\])?\{[^{}]*\}", r"\\begin{description}"),
    (r"\\end\{labeling\}", r"\\end{description}"),
    # cells of tables
    (r">\{\\(?:ragged\w+|centering)(?:\\arraybackslash)?\}", ""),
    (rf"(\\multicolumn\{{\d+\}}){_GROUP}", r"\1{l}"),
    (r"(\\multirow\{\d+\})\{=\}", r"\1{*}"),
    (r"\\begin\{minipage\}(?:\[\w\])?\{[^{}]*\}(?:\\(?:ragged\w+|centering|array\w+))*\s*", ""),
    (r"\s*\\end\{minipage\}", ""),
    (r"(\\[\"'`^~=.])(?:\{\\i\}|\\i(?![a-zA-Z])(?:\{\}|[ ])?)", r"\1{i}"),
    # enumitem: the letters of a list
    *(
        (
            rf"(\\begin\{{enumerate\}})\[[^\]]*?label\s*=\s*\{{?([^\\\],]*)\\{name}\*([^\],}}]*)\}}?[^\]]*\]",
            rf"\1[\g<2>{sign}\3]",
        )
        for name, sign in zip(("alph", "Alph", "roman", "Roman", "arabic"), "aAiI1", strict=True)
    ),
    # verse
    (r"\\\\\*", r"\\\\"),
    (r"\\\\!?(?:\[[^\]]*\])?[ \t]*(?=\n[ \t]*\n|\n[ \t]*\\end\{)", ""),
    (r"\\\\!", r"\n\n"),
    (r"\\begin\{verse\}\[[^\]]*\]", r"\\begin{verse}"),
    (r"\\verseline\b", r"\\\\"),
    (r"\\(begin|end)\{poem\}", r"\\\1{verse}"),
    (r"\\(?:begin|end)\{stanza\}", r"\n\n"),
    (r"\\(?:poemlines|verselinenumbersright|setverselinenums)\b(?:\{[^{}]*\})*", ""),
    (r"\\oldstylenums(?=\{)", ""),
    (r"\\vin\b\s*|(?<=\\\\\n)(?:\\hspace\*?\{[^{}]*\}|\\q?quad\b)[ \t]*", "~~~~"),
    (r"\\flagverse\{([^{}]*)\}", r"\1 "),
    (r"\\vgap\b|\\settowidth\{[^{}]*\}\{[^{}]*\}", ""),
    (r"\\poemtitle\*?(?:\[[^\]]*\])?(?=\{)", r"\\subsection*"),
    (r"\\begin\{multicols\*?\}\{\d\}|\\end\{multicols\*?\}", ""),
    (r"\{\\sc(?:shape)?\s+([^{}]*)\}", r"\\textsc{\1}"),
)  # fmt: skip

_MARKDOWN = _rules(
    # CriticMarkup
    (r"\{\+\+((?:(?!\+\+\})[\s\S]){1,5000})\+\+\}", r"[\1]{.insertion}"),
    (r"\{--((?:(?!--\})[\s\S]){1,5000})--\}", r"[\1]{.deletion}"),
    (
        r"\{~~((?:(?!~>|~~\})[\s\S]){0,5000})~>((?:(?!~~\})[\s\S]){0,5000})~~\}",
        r"[\1]{.deletion}[\2]{.insertion}",
    ),
    (r"\{==((?:(?!==\})[\s\S]){1,5000})==\}", r"\1"),
    (r"\{>>((?:(?!<<\})[\s\S]){0,5000})<<\}", r"[\1]{.comment-start}"),
    # elements of hypertext that are not pandoc's own
    (r"(?i)<blockquote\b[^<>]*>", '\n\n<div class="quote">\n\n'),
    (r"(?i)</blockquote>", "\n\n</div>\n\n"),
    (r"(?i)<p */>", "<br>"),
    (r"(?i)<(sup|sub|u|s|small-caps)>([^<>]*)</\1>", r'<span class="\1">\2</span>'),
    (r"(?i)<(i|em|cite|dfn|var)>(?=\S)([^<>*]+)(?<=\S)</\1>", r"*\2*"),
    (r"(?i)<(b|strong)>(?=\S)([^<>*]+)(?<=\S)</\1>", r"**\2**"),
    (r"(?m)^\\(?:newpage|pagebreak|clearpage)[ \t]*$", PAGE_BREAK),
    (r"(?m)^[ \t]*<!--[ \t]*page[ -]?break[ \t]*-->[ \t]*$", PAGE_BREAK),
    # Obsidian, Zettlr and Quarto
    (r"(?m)^(>[ >]*)\[![\w-]+\][+-]?+[ \t]*(\S[^\n]*)$", r"\1**\2**\n\1"),
    (r"(?m)^>[ >]*\[![\w-]+\][+-]?[ \t]*\n", ""),
    (r"(?<![\w%])%%((?:(?!\n[ \t]*\n)[^%]){1,5000})%%(?!\w)", r"[\1]{.comment-start}"),
    (r"(?m)[ \t]+\^[\w-]+$", ""),
    (
        r"!\[\[([^\[\]|]+\.(?:png|jpe?g|gif|svg|webp|bmp))(?:\|(?:\d+(?:x\d+)?|([^\]]*)))?\]\]",
        r"![\2](<\1>)",
    ),
    (r"!\[\[([^\[\]]+)\]\]", r"[[\1]]"),
    (r"\[\[([^\[\]|]+)\]\](?=\()", r"[\\[\1\\]]"),  # a link in brackets
    (r"\{\{<\s*pagebreak\s*>\}\}", PAGE_BREAK),
    (r"\{\{<\s*figure\b([^{}]{1,1000})>\}\}", figure_of_hugo),
    (
        r"(?m)^!\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\(([^()\s]+)\)"
        r"\{[^{}\n]{0,300}?\b(?:fig-)?alt=\"([^\"\n]*)\"[^{}\n]*\}[ \t]*$",
        lambda m: figure(m[2], m[3], m[1]),
    ),
    (r"(\{\{[<%][^{}\n]{1,300}[>%]\}\})", r"`\1`{=shortcode}"),
    # MultiMarkdown
    (r"(?m)^\[#[\w:.-]+\]:[ \t]*", ""),
    (r"(?:\[([^\[\]\n]*)\])?\[#([\w:.-]+)\]", _cited_in_multimarkdown),
    (r"(?m)^(`{3,}|~{3,})[ \t]*\{(\w+)[^}\n]*\}[ \t]*$", r"\1\2"),
    (r"(\$\$)[ \t]*\{#eq-[\w-]+\}", r"\1"),
    # MyST
    (r"\{(?:foot)?cite(?::(?:p|ps|alp|alps))?\}`([\w:.+-]+(?:,[ ]*[\w:.+-]+)*)`", r"[@{\1}]"),
    (r"\{cite:(?:t|ts|ct)\}`([\w:.+-]+)`", r"@{\1}"),
    (r"(?m)^\(([\w:.-]+)\)=[ \t]*$\n?", ""),
)  # fmt: skip


def plain(text: str, kind: str) -> str:
    """Return LaTeX or Markdown in which pandoc reads what it would pass over."""
    kept: list[str] = []

    def keep(typed: str) -> str:
        kept.append(typed)
        return f"{_KEPT}{len(kept) - 1}{_KEPT}"

    text = text.replace(_KEPT, "")
    if kind == "markdown":
        text = named_notes(with_directives(_FRONT.sub(_front_matter, text), keep))
    rules = {"latex": _LATEX, "markdown": _MARKDOWN}.get(kind, ())
    if kind == "latex":
        text = with_notes(_VERBATIM.sub(lambda m: keep(m[0]), text))
        text = with_german(text)
    for pattern, meant in rules:
        text = pattern.sub(meant, text)
    if kind == "latex":
        text = with_environments(text)
    text = re.sub(f"{_KEPT}(\\d+){_KEPT}", lambda m: kept[int(m[1])], text)
    return re.sub(r"\[@\{([^{}]*)\}\]", _keys, text) if kind == "markdown" else text


_ACCENTED = re.compile(
    r"\\(?:[\"'`^~=.]|[uvHtcdbrk](?![a-zA-Z]))\s*(?:\{\\?\w*\}|\\?\w)"
    r"|\\(?:ss|ae|oe|o|l|i|j|aa|AE|OE|O|L|AA)(?![a-zA-Z])(?:\{\}|\s)?"
)
_NO_WORDS = {
    "latex": re.compile(
        r"\\iffalse\b[\s\S]{0,5000}?\\fi\b|\\begin\{comment\}[\s\S]{0,5000}?\\end\{comment\}"
        r"|(?<!\\)%.*|\\-|\\\w{0,30}(?:cite|ref|label|input|include|usepackage|begin|end|index|biblio"
        r"|space|length|counter|hyper|documentclass|resource|style|language|name)\w{0,30}\*?"
        r"(?:\[[^\]]{0,300}\]|\{[^{}]{0,300}\})*|\\[a-zA-Z@]+\*?(?:\[[^\]]{0,300}\])*"
    ),
    "markdown": re.compile(
        r"\A---\n.*?\n(?:---|\.\.\.)\n|<!--.{0,5000}?-->|<[^<>]*>|!\[\[[^\]]{0,300}\]\]"
        r"|!\[[^\]]{0,2000}\]\([^)]{0,2000}\)|\]\([^)]{0,2000}\)|[\w+]{2,12}://\S+|\{[^{}]*\}"
        r"|^[ ]*(?:```|~~~|:[\w-]+:).*?$|\[\[[^\]|\n]{0,300}\||%%.{0,5000}?%%"
        r"|^[ ]*\[[^\]\n]{1,300}\]:\s*\S+(?:[ ]+[\"'(][^\n]*)?|\]\[[^\]\n]{0,300}\]"
        r"|(?<!\w)_|_(?!\w)|[*\\]",
        re.DOTALL | re.MULTILINE,
    ),
}


def typed_words(text: str, kind: str) -> str:
    """Return LaTeX or Markdown without its markup, told by its look alone, not by a parser.

    The places of letters with an accent are marked, so that their words are not compared.
    """
    if kind == "latex":
        text = text.partition("\\begin{document}")[2].partition("\\end{document}")[0] or text
        text = _ACCENTED.sub(ACCENT, text)
    else:
        text = re.sub(r"\\(?=\w)", " ", text)
    return _NO_WORDS[kind].sub(lambda m: "" if m[0] in "*_\\-" else " ", text)


_FRONT = re.compile(
    r"\A\ufeff?(?:\+\+\+[ \t]*\n(?P<toml>[\s\S]*?\n)\+\+\+[ \t]*(?:\n|\Z)"
    r"|(?P<keys>(?:Title|Author|Date|Subtitle):.*\n(?:[^\W\d_][\w ]{0,30}:.*\n)*)(?=[ \t]*\n))"
)


def _front_matter(found: re.Match[str]) -> str:
    """Return the front matter of Hugo, or of MultiMarkdown, as the YAML that pandoc reads."""
    try:
        values = tomllib.loads(found["toml"] or "")
    except tomllib.TOMLDecodeError:
        return found[0]
    for line in (found["keys"] or "").splitlines():
        name, _, value = line.partition(":")
        values[name.casefold()] = value.strip()
    shown = (f"{k}: {json.dumps(values[k], default=str)}" for k in _SHOWN if k in values)
    return "\n".join(("---", *shown, "---", ""))


_SHOWN = ("title", "subtitle", "author", "date", "abstract")


def _keys(found: re.Match[str]) -> str:
    return f"[{'; '.join(f'@{key.strip()}' for key in found[1].split(','))}]"
