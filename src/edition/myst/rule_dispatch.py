"""The rules of the Markdown parser, each asked only where what it reads may begin.

The parser asks every rule on every line and at every sign, and most look at one character to say
no: that took a tenth of the time of a text (bench/check.py).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

# The characters that each rule begins with, behind the indentation; other rules are always asked.
_BLOCKS = {
    "attr": "{",
    "blockquote": ">",
    "colon_fence": ":",
    "fence": "`~",
    "fieldlist": ":",
    "footnote_def": "[",
    "front_matter": "-",
    "heading": "#",
    "hr": "*-_",
    "html_block": "<",
    "list": "*+-0123456789",
    "math_block": "$",
    "myst_block_break": "+",
    "myst_line_comment": "%",
    "myst_target": "(",
    "reference": "[",
    "substitution_block": "{",
}
_INLINE = {
    "autolink": "<",
    "backticks": "`",
    "emphasis": "*_",
    "entity": "&",
    "escape": "\\",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "html_inline": "<",
    "image": "!",
    "link": "[",
    "math_inline": "$",
    "myst_role": "{",
    "newline": "\n",
    "span": "[",
    "strikethrough": "~",
    "substitution_inline": "{",
}

Rule = Callable[..., bool]


class _Asked(dict[str, Sequence[Rule]]):
    """The rules to ask, by the character that stands there."""

    def __init__(self, rules: Sequence[tuple[str | None, Rule]]) -> None:
        self.rules = rules

    def __missing__(self, first: str) -> Sequence[Rule]:
        # Behind a blank of another kind, a rule may look at what follows.
        blank = first.isspace() and first != "\n"
        self[first] = [r for begins, r in self.rules if blank or begins is None or first in begins]
        return self[first]


def ask_where_it_may_begin(md: MarkdownIt) -> None:
    """Make a parser, whose rules are all set, ask each where its first character stands."""
    _replace_chains(md.block.ruler, _BLOCKS, _at_line)
    _replace_chains(md.inline.ruler, _INLINE, _at_sign)


def _replace_chains(
    ruler: Ruler[Any], begins: Mapping[str, str], asking: Callable[[_Asked], Rule]
) -> None:
    of_rule = ruler.getRules
    names = dict(zip(of_rule(), map(begins.get, ruler.get_active_rules()), strict=True))

    @cache
    def one_rule(chain: str = "") -> list[Rule]:
        return [asking(_Asked([(names[rule], rule) for rule in of_rule(chain)]))]

    ruler.getRules = one_rule  # type: ignore[method-assign]


def _at_line(asked: _Asked) -> Rule:
    def read(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        at = state.bMarks[line] + state.tShift[line]
        for rule in asked[state.src[at : at + 1]]:  # noqa: SIM110 - a generator takes half the gain
            if rule(state, line, end, silent):
                return True
        return False

    return read


def _at_sign(asked: _Asked) -> Rule:
    def read(state: StateInline, silent: bool) -> bool:
        for rule in asked[state.src[state.pos]]:  # noqa: SIM110 - as above
            if rule(state, silent):
                return True
        return False

    return read
