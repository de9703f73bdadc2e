"""Markup that the outputs cannot show, or the build refuses."""

import re

from edition.model import NamedUse
from edition.model.language_tags import parse_language_tag
from edition.rules.queries import KNOWN_EXTENSIONS, unregistered
from edition.rules.rule import Edition, Finding, Findings, Severity, kept_by_readers, reported, rule

_LANGUAGE = "misc.highlighting_failure"


@rule("S116", Severity.ERROR)
def misused_markup(edition: Edition) -> Findings:
    if edition.build is None:
        return
    complete = KNOWN_EXTENSIONS.issuperset(edition.build.extensions)
    silenced, defined = frozenset(edition.build.silenced), frozenset(edition.build.registered)
    for document in edition.documents:
        for fault in document.refused:
            # Its `rule` is Sphinx's name of the warning; an extension may add languages of code.
            if fault.rule in silenced | defined or _is_style(fault.rule):
                continue
            if complete or fault.rule != _LANGUAGE:
                yield fault


def _is_style(named: str) -> bool:
    """Tell whether pybtex has the style of bibliographies in `style:plain`, or this package."""
    kind, _, style = named.partition(":")
    if kind != "style" or style == "edition":
        return kind == "style"
    # Imported here: few texts name a style.
    from importlib.metadata import entry_points

    return any(entry.name == style for entry in entry_points(group="pybtex.style.formatting"))


@rule("S109", Severity.WARNING)
def missing_alternative_text(edition: Edition) -> Findings:
    for document in edition.documents:
        for picture in document.pictures:
            if picture.alternative is None:
                yield Finding(
                    picture.location,
                    f"the picture “{picture.target}” has no alternative text",
                    "Say what it shows: ![a ferry at low water](…), or :alt: in a directive; an "
                    "{image} with an empty :alt: only decorates.",
                )


_NAME = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")
_INSTEAD = {
    "br": "End the line with a backslash.",
    "b": "Write **strong words**.",
    "strong": "Write **strong words**.",
    "i": "Write *emphasis*.",
    "em": "Write *emphasis*.",
    "sup": "Write {sup}`2`.",
    "sub": "Write {sub}`2`.",
    "img": "Write ![what it shows](picture.png), or a {figure}.",
    "a": "Write [words](address), or (anchor)= before the block.",
    "blockquote": "Begin the lines with >.",
    "q": "Type the quotation marks.",
    "hr": "Write --- between blank lines.",
    "span": "Write [words]{.class}.",
    "div": "Write a {div} directive, or an admonition.",
    "table": "Write a Markdown table, or a {list-table}.",
    "p": "Leave a blank line between paragraphs.",
    "cite": "Write {cite:p}`key{p. 19}`.",
}


@rule("S101", Severity.WARNING)
def raw_html(edition: Edition) -> Findings:
    for document in edition.documents:
        for tag in document.raw_tags:
            name = _NAME.match(tag.text)
            shown = f"<{name[1]}>" if name else "a tag"
            yield Finding(
                tag.location,
                f"{shown} is HTML: the PDF leaves it out, and it may break the EPUB",
                _INSTEAD.get(name[1].lower() if name else "")
                or "Say it in MyST, or in a {raw} directive that names its output.",
            )


_LATEX = re.compile(
    r"\\(?P<name>footnote|emph|text(?:it|bf|sc|tt|sf|superscript|quote)|enquote|mkbib\w+|foreignlanguage"
    r"|(?:sub)*section|chapter|paragraph|label|(?:page)?ref|begin|end|url|href|index|caption|includegraphics"
    r")\*?(?:\[[^\]\n]*\])?\{"
    r"|\\(?P<bare>l?dots|textellipsis|textendash|textemdash|noindent|(?:big|med|small)skip|newpage|item|LaTeX)\b"
)
_MYST = {
    "footnote": "Write a note: [^a1] here, and [^a1]: … below.",
    "enquote": "Type the quotation marks.",
    "ref": "Write {ref}`name`.",
    "label": "Write (name)= above the block.",
    "url": "Write <address>.",
    "href": "Write [words](address).",
    **dict.fromkeys(("emph", "textit"), "Write *emphasis*."),
    **dict.fromkeys(("section", "chapter", "subsection"), "Write # before the heading."),
    **dict.fromkeys(("dots", "ldots", "textellipsis"), "Type …."),
}


@rule("S119", Severity.WARNING)
def latex_in_text(edition: Edition) -> Findings:
    for document in edition.documents:
        for prose in document.prose:
            for found in _LATEX.finditer(prose.text):
                name = found["name"] or found["bare"]
                yield Finding(
                    prose.location(found.start()),
                    f"“\\{name}” is LaTeX, and the outputs print it as it is typed",
                    _MYST.get(name, "Say it in MyST."),
                )


@rule("S115", Severity.ERROR)
def undefined_substitution(edition: Edition) -> Findings:
    return kept_by_readers(edition, "undefined-substitution") if edition.build else iter(())


@rule("S112", Severity.ERROR)
def unknown_directive(edition: Edition) -> Findings:
    for use in unregistered(edition, directive=True):
        yield _unregistered(use, f"there is no directive “{use.name}”: what it holds is lost")


def _unregistered(use: NamedUse, message: str) -> Finding:
    meant = f"Did you mean {{{use.suggestion}}}?" if use.suggestion else ""
    other = "Correct its name, or load the extension that has it in conf.py."
    return Finding(use.location, message, meant or other)


UNKNOWN_DIRECTIVE_OPTION = reported("unknown-directive-option", "S103", Severity.ERROR)


@rule("S110", Severity.WARNING)
def unknown_language(edition: Edition) -> Findings:
    for document in edition.documents:
        for mark in document.languages:
            if not mark.kept:
                yield Finding(
                    mark.location,
                    f"the mark lang={mark.tag} is dropped: no output will have it",
                    f"Write it as a class: {{.language-{mark.tag}}}.",
                )
            elif not _is_tag(mark.tag):
                yield Finding(
                    mark.location,
                    f"“{mark.tag}” is no language tag: screen readers and hyphenation take the "
                    "words for another language",
                    "Write a tag of BCP 47, such as ru, sr-Latn or pt-BR.",
                )


def _is_tag(tag: str) -> bool:
    # Imported here, because few texts mark a language.
    from babel import Locale

    found = parse_language_tag(tag)
    if found is None or len(found.language) == 3:
        return found is not None
    return found.language in Locale("en").languages or found.language == "bh"  # not in CLDR


@rule("S113", Severity.ERROR)
def unknown_role(edition: Edition) -> Findings:
    for use in unregistered(edition, directive=False):
        yield _unregistered(use, f"there is no role “{use.name}”: its words are lost")


@rule("S114", Severity.WARNING)
def numbers_switched_off(edition: Edition) -> Findings:
    if edition.build is None or edition.build.numfig:
        return
    for document in edition.documents:
        for reference in document.references:
            if reference.role == "numref":
                yield Finding(
                    reference.location,
                    f"nothing is numbered, so the link to “{reference.target}” has no number",
                    "Set `numfig = True` in conf.py, or write {ref}.",
                )
