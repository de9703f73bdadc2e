"""What a source shows beside words, and in which language: pictures and language marks."""

from collections.abc import Iterable

from markdown_it.token import Token

from edition.model import LanguageMark, Picture, Reference
from edition.model.build import MYSTMD
from edition.model.diagnostic import Location
from edition.myst.builder import DocumentBuilder
from edition.myst.directives import LITERAL_BODY, Directive

_PICTURES = frozenset({"image", "figure"})
_CLASS = "language-"


def read_picture(builder: DocumentBuilder, token: Token, location: Location) -> None:
    """Add `![alternative](file)`; without alternative words a blind reader gets nothing."""
    _add_picture(builder, str(token.attrGet("src") or ""), token.content.strip() or None, location)


def read_picture_directive(builder: DocumentBuilder, directive: Directive) -> None:
    """Add the picture of an `{image}` or `{figure}`; an empty `:alt:` is a decision."""
    if directive.name not in _PICTURES or not directive.argument:
        return
    alternative = directive.options.get("alt")
    _add_picture(
        builder,
        directive.argument,
        alternative.value.strip() if alternative else None,
        builder.source.location(directive.line, directive.argument_column),
    )


def _add_picture(
    builder: DocumentBuilder, target: str, alternative: str | None, location: Location
) -> None:
    if target.startswith("#") and MYSTMD in builder.extensions:  # what stands elsewhere, shown here
        builder.references.append(Reference(target=target[1:], location=location))
    else:
        builder.pictures.append(Picture(target=target, alternative=alternative, location=location))


def read_language(builder: DocumentBuilder, token: Token, location: Location) -> None:
    """Add the languages of `{.language-ru}` on words or a block, and a lost `{lang=ru}`.

    MyST writes the class as `lang` into the outputs and drops the attribute. The class of code
    names a programming language.
    """
    if token.type in ("code_inline", "fence", "code_block"):
        return
    _add(builder, str(token.attrGet("class") or "").split(), location)
    if lost := token.attrGet("lang"):
        builder.languages.append(LanguageMark(tag=str(lost), location=location, kept=False))


def read_language_option(builder: DocumentBuilder, directive: Directive) -> None:
    """Add the languages among the classes of a directive that holds text."""
    option = directive.options.get("class")
    if option is not None and directive.name not in LITERAL_BODY:
        _add(builder, option.value.split(), option.location)


def _add(builder: DocumentBuilder, classes: Iterable[str], location: Location) -> None:
    builder.languages += [
        LanguageMark(tag=name.removeprefix(_CLASS), location=location)
        for name in classes
        if name.startswith(_CLASS)
    ]
