"""What a source shows beside words, and in which language: pictures and language marks."""

from collections.abc import Iterable, Iterator, Mapping

from markdown_it.token import Token

from edition.model import LanguageMark, Picture, Reference
from edition.model.build import MYSTMD
from edition.model.diagnostic import Finding, Location
from edition.myst.builder import DocumentBuilder
from edition.myst.directives import LITERAL_BODY, Directive
from edition.myst.option_values import is_wrong_value

_PICTURES = frozenset({"image", "figure"})
_SIZES = frozenset({"width", "height", "align"})
_CLASS = "language-"


def read_picture(builder: DocumentBuilder, token: Token, location: Location) -> None:
    """Add `![alternative](file)`; without alternative words a blind reader gets nothing."""
    _add_picture(builder, str(token.attrGet("src") or ""), token.content.strip() or None, location)
    typed = {name: str(value) for name, value in token.attrs.items() if name in _SIZES}
    builder.refused += _wrong_values(typed, location)


def read_html_pictures(builder: DocumentBuilder, html: str, location: Location) -> None:
    """Add each `<img src="file" alt="words">`, which MyST reads as an `{image}`."""
    # Imported here, because most texts have no such tag.
    from myst_parser.parsers.parse_html import tokenize_html

    for element in tokenize_html(html).strip(inplace=True, recurse=False):
        if element.name != "img":
            continue
        typed = {name: value or "" for name, value in element.attrs.items()}
        if "src" in typed:
            _add_picture(builder, typed["src"], typed.get("alt"), location)
        else:
            fault = "the tag <img> names no file, so the build refuses it"
            builder.refused.append(Finding(location, fault, 'Write <img src="…" alt="…">.'))
        sizes = {name: typed[name].strip() for name in _SIZES & typed.keys()}
        builder.refused += _wrong_values(sizes, location)


def _wrong_values(typed: Mapping[str, str], location: Location) -> Iterator[Finding]:
    for name, value in typed.items():
        if is_wrong_value("image", name, value):
            yield Finding(
                location,
                f"“{value[:60]}” is no {name} that a picture can have",
                "Correct the value; the build drops it.",
            )


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
