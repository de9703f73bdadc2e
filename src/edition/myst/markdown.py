"""MyST's own Markdown parser, made to remember where each inline construct stands."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import parse
from myst_parser.config.main import MdParserConfig, merge_file_level
from myst_parser.parsers.mdit import create_md_parser

from edition.model.build import MYSTMD
from edition.myst.mystmd import read_citation
from edition.myst.rule_dispatch import ask_where_it_may_begin

InlineRule = Callable[[StateInline, bool], bool]


# MyST reads an attribution as MyST, `{attribution="Ann Dove, {cite:t}`b{p. 3}`"}`, but the parser
# of attributes refuses the braces of its roles. This serves the build too, in the same process.
def _quoted_value(char: str, pos: int, tokens: parse.TokenState) -> parse.State:
    if char in "{}":
        return parse.State.SCANNING_QUOTED_VALUE
    return parse.handle_scanning_quoted_value(char, pos, tokens)


parse.HANDLERS[parse.State.SCANNING_QUOTED_VALUE] = _quoted_value


# Inline constructs whose place matters: what is not prose, and what carries a reference.
_TRACKED = frozenset(
    "myst_role backticks html_inline autolink link image math_inline footnote_ref span"
    " substitution_inline".split()
)
_ROLE_BEGINS = re.compile(r"\{[\w+:-]+\}`")


def _tracked(rule: InlineRule) -> InlineRule:
    """Wrap an inline rule: the first token it makes gets `meta["span"]`, offsets in the content."""

    def tracked(state: StateInline, silent: bool) -> bool:
        start, made = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[made:]:
                if token.type != "text":
                    token.meta = {**(token.meta or {}), "span": (start, state.pos)}
                    break
        return True

    return tracked


def _at_role(rule: InlineRule) -> InlineRule:
    """Ask MyST's role rule only where a role begins: it copies the rest of the text to look."""

    def at_role(state: StateInline, silent: bool) -> bool:
        return _ROLE_BEGINS.match(state.src, state.pos) is not None and rule(state, silent)

    return at_role


@lru_cache(maxsize=8)
def _parser(extensions: frozenset[str]) -> MarkdownIt:
    # Smart quotes and replacements rewrite the text; we judge what was typed.
    left_out = {"smartquotes", "replacements", "linkify", MYSTMD}
    config = MdParserConfig(enable_extensions=set(extensions) - left_out)
    md = create_md_parser(config, RendererHTML)
    md.core.ruler.disable("wordcount", True)
    if MYSTMD in extensions:
        md.inline.ruler.before("link", "citation", _tracked(read_citation))
    rules = zip(md.inline.ruler.get_active_rules(), md.inline.ruler.getRules(""), strict=True)
    for name, rule in list(rules):
        if name in _TRACKED:
            md.inline.ruler.at(name, _tracked(_at_role(rule) if name == "myst_role" else rule))
    ask_where_it_may_begin(md)
    return md


def parse_markdown(
    text: str, extensions: frozenset[str], environment: dict[str, object]
) -> list[Token]:
    """Return the block tokens of a text, with the project's MyST syntax extensions."""
    # MyST's comments look past the end of a text whose last line is an empty quotation.
    return _parser(extensions).parse(f"{text}\n", environment)


def settings_faults(front_matter: Mapping[str, Any]) -> list[str]:
    """Return what MyST cannot take of its settings in a front matter, in its own words."""
    told: list[str] = []
    if "myst" in front_matter or "html_meta" in front_matter:
        said = {**front_matter}
        said.pop("substitutions", None)  # outside of `myst`, of which another finding tells
        merge_file_level(MdParserConfig(), said, lambda _kind, message: told.append(message))
    return told


def parse_inline(text: str, extensions: frozenset[str], environment: dict[str, object]) -> Token:
    """Return one line of text, such as a directive's argument, as an inline token."""
    return _parser(extensions).parseInline(text, environment)[0]


class Construct(NamedTuple):
    """An inline construct: its token, and where it stands in the content."""

    token: Token
    start: int
    end: int


def constructs(inline: Token) -> Iterator[Construct]:
    """Yield the tracked constructs of an inline token, in the order of their beginnings."""
    for token in inline.children or ():
        span = token.meta.get("span") if token.meta else None
        if span:
            yield Construct(token, *span)
