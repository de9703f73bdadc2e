"""What a source shows beside words, and in which language: pictures and language marks."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it.token import Token

from edition.model import LanguageMark, Picture
from edition.model.diagnostic import Location
from edition.myst.builder import Gathering
from edition.myst.directives import LITERAL, Directive

_PICTURES = frozenset({"image", "figure"})
_CLASS = "language-"


def read_picture(into: Gathering, token: Token, location: Location) -> None:
    """Gather `![what it shows](file)`; without words it says nothing to whoever cannot see it."""
    into.pictures.append(
        Picture(
            target=str(token.attrGet("src") or ""),
            alternative=token.content.strip() or None,
            location=location,
        )
    )


def read_picture_directive(into: Gathering, directive: Directive) -> None:
    """Gather the picture of an `{image}` or `{figure}`; an empty `:alt:` is the editor's word."""
    if directive.name not in _PICTURES or not directive.argument:
        return
    alternative = directive.options.get("alt")
    into.pictures.append(
        Picture(
            target=directive.argument,
            alternative=alternative.value.strip() if alternative else None,
            location=into.source.location(directive.line, directive.argument_column),
        )
    )


def read_language(into: Gathering, token: Token, location: Location) -> None:
    """Gather the languages that `{.language-ru}` gives to words or a block, and a lost `{lang=ru}`.

    MyST writes the class as `lang` into the outputs and drops the attribute. The class of code
    names a programming language.
    """
    if token.type in ("code_inline", "fence", "code_block"):
        return
    _add(into, str(token.attrGet("class") or "").split(), location)
    if lost := token.attrGet("lang"):
        into.languages.append(LanguageMark(tag=str(lost), location=location, kept=False))


def read_language_option(into: Gathering, directive: Directive) -> None:
    """Gather the languages among the classes of a directive that holds text."""
    option = directive.options.get("class")
    if option is not None and directive.name not in LITERAL:
        _add(into, option.value.split(), option.location)


def _add(into: Gathering, classes: Iterable[str], location: Location) -> None:
    into.languages += [
        LanguageMark(tag=name.removeprefix(_CLASS), location=location)
        for name in classes
        if name.startswith(_CLASS)
    ]
