"""Citations by author and short title: *Lenin, “On Slogans”, Collected Works 25, p. 185*.

A reference style for sphinxcontrib-bibtex, named `short_title`. A work's `shorttitle` is
shown, else its title; a part of a collected work names the collection and its volume.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pybtex.richtext import BaseText, Tag, Text
from pybtex.style.template import Node
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import (
    BaseReferenceStyle,
    BracketStyle,
    GroupReferenceStyle,
    PersonStyle,
)
from sphinxcontrib.bibtex.style.referencing.extra_author import ExtraAuthorReferenceStyle
from sphinxcontrib.bibtex.style.referencing.extra_empty import ExtraEmptyReferenceStyle
from sphinxcontrib.bibtex.style.referencing.extra_label import ExtraLabelReferenceStyle
from sphinxcontrib.bibtex.style.referencing.extra_year import ExtraYearReferenceStyle
from sphinxcontrib.bibtex.style.template import (
    join,
    join2,
    pre_text,
    reference,
)

from edition.bibliography.datamodel import PARTS, PERIODICAL_PARTS

if TYPE_CHECKING:
    from pybtex.database import Entry


def _node(function: Any) -> Node:
    return Node(function.__name__, function)


_LABEL = re.compile(r"(?<=[a-z§¶]\.) (?=[\d\[]|[ivxlcdm]+\b)", re.IGNORECASE)
_INNER = str.maketrans("“”", "‘’")


def latex(value: str, *, quoted: bool = False) -> Text:
    """A field's value as rich text; within quotation marks (`quoted`) its own are single."""
    if quoted:
        value = re.sub(r'"([^"]*)"', r"‘\1’", value).translate(_INNER)
        value = value.replace("``", "‘").replace("''", "’")
    return Text.from_latex(value)


def short_title(entry: Entry) -> BaseText:
    """The short title, in quotation marks for a part of a work, in italics for a whole one."""
    title = entry.fields.get("shorttitle") or entry.fields.get("title") or entry.key
    volume, collection = entry.fields.get("volume"), entry.fields.get("booktitle")
    if entry.type not in PARTS | PERIODICAL_PARTS:
        whole = Tag("em", latex(title))
        return Text(whole, "\N{NO-BREAK SPACE}", volume) if volume else whole
    quoted = Text("“", latex(title, quoted=True), "”")
    if volume and collection:
        return Text(quoted, ", ", Tag("em", latex(collection)), "\N{NO-BREAK SPACE}", volume)
    return quoted


@_node
def _names(children: Any, data: dict[str, Any], full: bool, person: PersonStyle) -> BaseText:
    """Family names of the authors, else of the editors, else nothing."""
    for role in ("author", "editor"):
        if data["entry"].persons.get(role):
            names: BaseText = person.names(role, full=full).format_data(data)
            return names
    return Text()


@_node
def _short_title(children: Any, data: dict[str, Any]) -> BaseText:
    return short_title(data["entry"])


@_node
def _locator(children: Any, data: dict[str, Any]) -> BaseText:
    """The locator as typed; a label never parts from its number at a line's end."""
    return Text(_LABEL.sub("\N{NO-BREAK SPACE}", data["reference_info"].post_text or ""))


@dataclass
class ShortTitleRoles(BaseReferenceStyle):
    """Author, short title, locator; in parentheses for the parenthetical roles."""

    bracket: BracketStyle = field(default_factory=BracketStyle)
    person: PersonStyle = field(default_factory=PersonStyle)

    def role_names(self) -> Iterable[str]:
        """The roles, with `s` for all authors, `al` without brackets, `c` for a capital."""
        return ["p", "ps", "alp", "alps", "t", "ts", "ct", "cts"]

    def outer(self, role_name: str, children: list[BaseText]) -> Node:
        """Join the citations of one role."""
        return self.bracket.outer(
            children, brackets=role_name in ("p", "ps"), capfirst=role_name.startswith("c")
        )

    def inner(self, role_name: str) -> Node:
        """One citation."""
        return join2(sep1=" ", sep2=", ")[
            pre_text,
            reference[
                join(sep=", ")[
                    _names(full=role_name.endswith("s"), person=self.person), _short_title()
                ]
            ],
            _locator(),
        ]


@dataclass
class ShortTitleStyle(GroupReferenceStyle):
    """The whole style: the roles above, and the usual author, year, label and empty ones."""

    bracket: BracketStyle = field(
        default_factory=lambda: BracketStyle(left="(", right=")", sep="; ")
    )
    person: PersonStyle = field(default_factory=PersonStyle)

    def __post_init__(self) -> None:
        """Put the roles together."""
        self.styles.extend(
            [
                ShortTitleRoles(bracket=self.bracket, person=self.person),
                ExtraAuthorReferenceStyle(bracket=self.bracket, person=self.person),
                ExtraLabelReferenceStyle(bracket=self.bracket),
                ExtraYearReferenceStyle(bracket=self.bracket),
                ExtraEmptyReferenceStyle(),
            ]
        )
        super().__post_init__()


def register() -> None:
    """Make the style known to sphinxcontrib-bibtex."""
    register_plugin(
        "sphinxcontrib.bibtex.style.referencing", "short_title", ShortTitleStyle, force=True
    )
