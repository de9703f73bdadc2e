"""reStructuredText, read by docutils, as the tokens that the walk through a text reads.

Directives and roles are those of Sphinx, which the checker does without: each becomes a fence
or a construct that is read as in MyST. What docutils itself says of the markup is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from markdown_it.token import Token

from edition.myst.directives import LITERAL_BODY, Directive, Option
from edition.myst.positions import SourceText
from edition.myst.registered import HOLDS_TEXT, REGISTERED_DIRECTIVES, is_known_directive

_INLINE = re.compile(
    r"""``(?P<code>.+?)``(?!`)
    |:(?P<role>[\w+.:-]+):`(?P<content>[^`]+)`
    |`(?P<before>[^`]+)`:(?P<after>[\w+.:-]+):
    |\[(?:\#(?P<note>[\w.-]+)|(?P<number>\d+))\]_
    |`(?P<words>[^`<]*)<(?P<address>[^`>]+)>`__?
    |(?P<other>`[^`]+`(?:__?)?|\[(?:\#|\*|[\w.-]+)\]_|\|[^|\s][^|]*\|_?)""",
    re.VERBOSE | re.DOTALL,
)
_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_OPTION = re.compile(r":(?P<name>[^:`]+):(?:\s+(?P<value>.*)|$)")
_BY_LINE = frozenset({"index", "confval"})  # directives whose argument is a list of lines
_HOLDERS = frozenset("only confval describe object option envvar passage commentary".split())
_NOTES = ("citation_reference", "footnote_reference")
_OF_SPHINX = frozenset({"version", "release", "today", "translation progress"})
_EMPHASIS = re.compile(r"\*\*|\*")


@dataclass(slots=True)
class Restructured:
    """The tokens of a text, and what docutils says of it: lines, from 0, and messages.

    `unknown` are names that a text elsewhere may define, which conf.py puts before every page.
    """

    tokens: list[Token] = field(default_factory=list)
    messages: list[tuple[int, str]] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)


def read_restructured(text: str, source: SourceText, base: int) -> Restructured:
    """Read a text whose first line is the file's line `base`, from 0."""
    # Imported here, because most texts are MyST alone.
    from docutils import utils
    from docutils.parsers.rst import Parser

    document = utils.new_document("", _settings().copy())
    read = Restructured()

    def told(message: Any) -> None:
        if message["level"] >= 2:
            words = message.astext().partition(") ")[2].split("\n")[0]
            read.messages.append((base + message.get("line", 1) - 1, words))

    document.reporter.attach_observer(told)
    text = _LINE_ENDS.sub(" ", text)  # which docutils takes for ends of lines
    try:
        with _any_name():
            Parser().parse(text, document)
        _Writer(read.tokens, source, base).children(document, 0)
    except RecursionError:
        read.messages.append((base, "Too many blocks stand within others, so nothing was read."))
        return read
    if ".. include::" not in text:
        lines = text.split("\n")
        for name, typed in _undefined(document):
            line = next((n for n, held in enumerate(lines) if typed in held), 0)
            read.unknown.append((base + line, f"Nothing here has the name “{name}”."))
    return read


@lru_cache(maxsize=1)
def _settings() -> Any:
    from docutils import frontend
    from docutils.parsers.rst import Parser

    settings = frontend.get_default_settings(Parser)
    settings.report_level = settings.halt_level = 5
    settings.warning_stream = False
    return settings


def _undefined(document: Any) -> Iterator[tuple[str, str]]:
    """Yield names that are used and not defined, each as it is typed; of notes others tell."""
    for name, used in document.refnames.items():
        if name not in document.nameids and type(used[0]).__name__ not in _NOTES:
            yield name, used[0].rawsource.split("\n")[0]
    from docutils.nodes import substitution_reference

    for reference in document.findall(substitution_reference):
        name = reference["refname"]
        if name not in document.substitution_defs and name not in _OF_SPHINX:
            yield name, f"|{reference.astext()}|"


@contextmanager
def _any_name() -> Iterator[None]:
    """Let docutils take every directive and role, of which ours are told apart later."""
    from docutils import nodes
    from docutils.parsers.rst import Directive as Base
    from docutils.parsers.rst import directives, roles, states

    class Kept(Base):
        has_content = True

        def run(self) -> list[nodes.Node]:
            if isinstance(self.state, states.SubstitutionDef):
                return [nodes.Text(self.name)]
            lines, name = list(self.content), self.name.lower()
            first = self.block_text.split("\n")[0].partition("::")[2].strip()
            parts = _parts(name, lines, argued=bool(first))
            node = nodes.container(self.block_text, directive=name, at=self.lineno, parts=parts)
            node["begins"] = self.content_offset
            if name not in LITERAL_BODY and name != "glossary":  # for targets and faults
                if is_known_directive(name) or name in HOLDS_TEXT:
                    self._read_content(parts[3], node)
                elif self._is_no_text(parts[3], node):
                    node["parts"] = (*parts[:2], "", parts[3])
                    node.children.clear()
            return [node]

        def _is_no_text(self, at: int, node: nodes.Element) -> bool:
            """Read what another extension takes; tell whether docutils finds faults in it."""
            faults, reporter = list[Any](), self.state.memo.reporter
            outer, reporter.observers = reporter.observers, [faults.append]
            try:
                self._read_content(at, node)
            finally:
                reporter.observers = outer
            return any(told["level"] >= 2 for told in faults)

        def _read_content(self, at: int, node: nodes.Element) -> None:
            memo, titles = self.state.memo, ":" in self.name or self.name.lower() in _HOLDERS
            outer = memo.title_styles, memo.section_level
            if titles:
                memo.title_styles, memo.section_level = [], 0
            self.state.nested_parse(
                self.content[at:], self.content_offset + at, node, match_titles=titles
            )
            memo.title_styles, memo.section_level = outer

    def role(_name: str, rawtext: str, text: str, *_: Any, **__: Any) -> Any:
        return [nodes.inline(rawtext, text)], []

    known = directives.directive, roles.role
    directives.directive = lambda *_: (Kept, [])
    roles.role = lambda *_: (role, [])
    try:
        yield
    finally:
        directives.directive, roles.role = known


def _parts(
    name: str, lines: list[str], *, argued: bool
) -> tuple[str, dict[str, tuple[str, int]], str, int]:
    """Return a directive's argument, its options with their lines, its body and where it begins."""
    signature = REGISTERED_DIRECTIVES.get(name)
    at, argument = 0, ""
    options: dict[str, tuple[str, int]] = {}
    takes = argued and (signature is None or signature.takes_argument)
    takes = takes or (signature is not None and signature.needs_argument)
    while takes and at < len(lines) and lines[at].strip() and not _OPTION.match(lines[at]):
        argument, at = f"{argument}\n{lines[at].strip()}".strip(), at + 1
    if name not in _BY_LINE:
        argument = argument.replace("\n", " ")
    while at < len(lines) and (found := _OPTION.match(lines[at])):
        options[found["name"]] = (found["value"] or "").strip(), at
        at += 1
        while at < len(lines) and lines[at][:1].isspace():
            at += 1
    return argument, options, "\n".join(lines[at:]), at


class _Writer:
    """Writes the tokens of a tree; `base` is the file's line, from 0, of its first line."""

    def __init__(self, tokens: list[Token], source: SourceText, base: int) -> None:
        self.tokens, self.source, self.base = tokens, source, base
        self.at = 0

    def children(self, node: Any, level: int) -> None:
        for child in node.children:
            line = getattr(child, "line", None)
            self.at = max(line - 1, 0) if line else self.at
            self.write(child, level)

    def write(self, node: Any, level: int) -> None:
        name = type(node).__name__
        if node.get("directive") if hasattr(node, "get") else None:
            self._directive(node, level)
        elif name == "title":
            depth, outer = 0, node.parent
            while outer is not None:
                depth, outer = depth + (type(outer).__name__ == "section"), outer.parent
            self._inline("heading", f"h{min(depth, 6)}", node, level)
        elif name in ("paragraph", "term", "attribution", "caption", "line"):
            self._inline("paragraph", "p", node, level)
        elif name == "target" and node["names"] and not node.get("refuri"):
            self._token("myst_target", "", 0, level).content = node["names"][0]
        elif name == "footnote" and node["names"]:
            with self._block("footnote_reference", level, {"label": node["names"][0]}):
                self.children(node, level + 1)
        elif name == "transition":
            self._token("hr", "hr", 0, level)
        elif name in _BLOCKS:
            with self._block(_BLOCKS[name], level):
                self.children(node, level + 1)
        elif name == "literal_block":
            self._token("code_block", "code", 0, level).content = node.astext()
        elif name not in _LEFT_OUT:
            self.children(node, level)

    def _inline(self, kind: str, tag: str, node: Any, level: int) -> None:
        self._token(f"{kind}_open", tag, 1, level)
        content = node.rawsource or node.astext()
        self.tokens.append(inline_token(content, level + 1))
        self._token(f"{kind}_close", tag, -1, level)

    def _directive(self, node: Any, level: int) -> None:
        name = node["directive"].lower()
        argument, options, body, at = node["parts"]
        line, first = self.base + node["at"] - 1, self.base + node["begins"]
        whole = self.source.lines[line] if line < len(self.source.lines) else ""
        place = self.source.location(line, len(whole) - len(whole.lstrip()))
        self.at = node["at"] - 1
        token = self._token("fence", "code", 0, level)
        token.info, token.content = f"{{{name}}} {argument}", body
        token.meta = {
            "directive": Directive(
                name=name,
                argument=argument,
                argument_column=max(whole.find(argument[:20]), 0),
                location=place,
                line=line,
                body=body,
                body_line=first + at,
                options={
                    option: Option(value, self.source.location(first + row))
                    for option, (value, row) in options.items()
                },
            )
        }

    def _token(self, kind: str, tag: str, nesting: Any, level: int) -> Token:
        token = Token(kind, tag, nesting, level=level, map=[self.at, self.at + 1])
        self.tokens.append(token)
        return token

    @contextmanager
    def _block(self, kind: str, level: int, meta: dict[str, Any] | None = None) -> Iterator[None]:
        self._token(f"{kind}_open", "", 1, level).meta = meta or {}
        yield
        self._token(f"{kind}_close", "", -1, level).meta = meta or {}


_BLOCKS = {
    "block_quote": "blockquote",
    "bullet_list": "bullet_list",
    "enumerated_list": "ordered_list",
    "list_item": "list_item",
    "definition_list": "dl",
}
_LEFT_OUT = frozenset({"comment", "system_message", "substitution_definition", "label", "target"})


def inline_token(content: str, level: int = 0) -> Token:
    """Return one line of reStructuredText as an inline token."""
    inner = list(_children(content))
    return Token("inline", "", 0, content=content, level=level, children=inner)


def _children(content: str) -> Iterator[Token]:
    """Yield the constructs of a line of text, each with its place, and the text between them."""
    end = 0
    for found in _INLINE.finditer(content):
        yield Token("text", "", 0, content=_EMPHASIS.sub("", content[end : found.start()]))
        end = found.end()
        kind, attrs, meta, inner = "code_inline", {}, {}, found["code"] or ""
        if role := found["role"] or found["after"]:
            kind, inner = "myst_role", (found["content"] or found["before"]).replace("\n", " ")
            meta = {"name": role}
        elif label := found["note"] or found["number"]:
            kind, meta = "footnote_ref", {"label": label.lower()}
        elif found["address"]:
            kind, attrs = "link_open", {"href": found["address"], "class": "external"}
        meta["span"] = found.span()
        yield Token(kind, "", 0, content=inner, attrs=attrs, meta=meta)
    yield Token("text", "", 0, content=_EMPHASIS.sub("", content[end:]))
