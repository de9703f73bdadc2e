"""Inline content: citations, references and quotation marks within a paragraph."""

import re

from markdown_it.token import Token

from edition.locator import back_references
from edition.model import Anchor, AnchorKind, BackReference, Prose, RawTag, Reference
from edition.model.build import MYSTMD
from edition.myst.builder import BY_HAND, DocumentBuilder, Paragraph, opening_words
from edition.myst.citations import add_citation, add_targets, is_citation_role
from edition.myst.directive_faults import struck_out
from edition.myst.hand_typed import foreign_citations, typed_parentheses
from edition.myst.index_marks import is_index_role, read_mention, role_markup_spans
from edition.myst.inline_quotations import mask_spans
from edition.myst.links import link_target
from edition.myst.markdown import Construct, constructs
from edition.myst.media import read_html_pictures, read_language, read_picture
from edition.myst.positions import PlacedText
from edition.myst.quotation_marks import pair_marks, with_plain_marks
from edition.myst.substitutions import read_substitution
from edition.myst.unregistered import note_role

# What may stand behind code, a picture or an address; behind braces a backtick makes a role.
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}(?!`)")
_TICKS = re.compile("`+")
_OPENING = tuple('“„«‘"')

# A role's visible words before the target that it names.
_TITLED = re.compile(r"(.*?)\s*<[^<>]+>\Z", re.DOTALL)


def read_inline(
    builder: DocumentBuilder, inline: Token, text: PlacedText, *, quotes: bool, quoted: bool = False
) -> Paragraph:
    """Read an inline token whose content is `text`.

    With `quotes`, words in quotation marks may be quotations; `quoted` says that the whole
    stands within a displayed quotation.
    """
    masked: list[tuple[int, int]] = []
    references: list[tuple[int, int, list[int] | str]] = []
    named: list[tuple[int, int, str]] = []
    typed: list[tuple[int, int]] = []
    for construct in constructs(inline):
        masked += _no_prose(construct, inline.content)
        if _is_typed_reference(construct, inline.content):
            typed.append((construct.start, construct.end))
        if found := _read_construct(builder, construct, text):
            references.append((construct.start, construct.end, found))
        if construct.token.attrs:
            read_language(builder, construct.token, text.location(construct.start))
        ident = construct.token.attrGet("id")
        if ident and _add_anchor(builder, construct, str(ident), text):
            named.append((construct.start, construct.end, str(ident)))
    if any(t.type == "s_open" for t in inline.children or ()):
        builder.refused.append(struck_out(text.location(0)))
    prose = with_plain_marks(mask_spans(inline.content, masked))
    if not (quoted or builder.aside or builder.passage is None):
        builder.texts.setdefault(builder.passage, []).append(_spoken(inline))
    # The words of a typed reference say what the citation right before them says.
    unlinked = mask_spans(prose, typed)
    lines, places = zip(*text.lines(unlinked), strict=True)
    builder.prose.append(
        Prose(text="\n".join(lines), places=places, quoted=quoted, passage=builder.passage)
    )
    marks = pair_marks(prose)
    # Those within quotations are the quoted author’s.
    back = tuple(
        (start, end)
        for start, end in back_references(unlinked)
        if not any(q.start < start < q.end for q in marks.quoted)
    )
    by_hand = (*back, *foreign_citations(unlinked))
    references += [(start, end, [BY_HAND]) for start, end in by_hand]
    for start, end in typed_parentheses(unlinked):
        inner = " ".join(inline.content[start + 1 : end - 1].split())
        unread = BackReference(text=inner, location=text.location(start + 1))
        references.append((start, end, [builder.add_typed(unread)]))
    references.sort(key=lambda reference: reference[0])
    paragraph = Paragraph(text, prose, references, builder.passage, marks, quotes, back=back)
    paragraph.named = tuple(named)
    builder.paragraphs.append(paragraph)
    return paragraph


def _read_construct(
    builder: DocumentBuilder, construct: Construct, text: PlacedText
) -> list[int] | str | None:
    """Add what a construct holds; return its citations, or the label of its footnote."""
    token, start = construct.token, construct.start
    if token.type == "myst_role":
        note_role(builder, token.meta["name"], token.content, text.location(start))
    if is_citation(token):
        return _read_citation(builder, token, start, text)
    if token.type == "substitution_inline":
        return read_substitution(builder, token.content, text.location(start)) or None
    if token.type == "footnote_ref":
        return str(token.meta["label"])
    if is_index_role(token):
        read_mention(builder, construct, text.location(start))
    elif token.type == "image":
        read_picture(builder, token, text.location(start))
    elif token.type == "html_inline":
        if is_html_extension(token.content, builder):
            read_html_pictures(builder, token.content, text.location(start))
        elif re.match("<[A-Za-z]", token.content):
            builder.raw_tags.append(RawTag(text=token.content, location=text.location(start)))
    elif link := link_target(token, text.content[start : start + 2]):
        builder.references.append(Reference(location=text.location(start), **link._asdict()))
    return None


def _add_anchor(
    builder: DocumentBuilder, construct: Construct, ident: str, text: PlacedText
) -> bool:
    """Add the anchor of a span; return True where it begins with a quotation mark."""
    content, start = text.content, construct.start
    quotes = construct.token.type == "span_open" and content[start + 1 : start + 2] in _OPENING
    at = max(content.find(f"#{ident}", start), start - 1) + 1
    builder.anchors.append(
        Anchor(
            id=ident,
            kind=AnchorKind.QUOTATION if quotes else AnchorKind.BLOCK,
            location=text.location(at),
            opening=opening_words(content[start : construct.end]),
            passage=builder.passage,
        )
    )
    return quotes


def _spoken(inline: Token) -> str:
    """Return the words of a text, whatever markup, links and roles they stand in; no citations."""
    pieces = []
    for token in inline.children or ():
        if token.type == "myst_role":
            titled = _TITLED.match(token.content)
            pieces.append("" if is_citation(token) else titled[1] if titled else token.content)
        elif token.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif token.type in ("text", "code_inline"):
            pieces.append(token.content)
    return "".join(pieces)


def is_citation(token: Token) -> bool:
    """Return True if a token is a citation role."""
    return token.type == "myst_role" and is_citation_role(token.meta["name"])


def _no_prose(construct: Construct, content: str) -> list[tuple[int, int]]:
    """Return the spans of a construct that are no prose: of `[words]{.class}` the tail."""
    start, end = construct.start, construct.end
    if found := _ATTRIBUTES.match(content, end):
        end = found.end()
    match construct.token.type:
        case "span_open":
            return [(max(content.rfind("]{", start, end), start), end)]
        case "link_open":
            tail = max(content.rfind("](", start, end), content.rfind("][", start, end))
            # The words of `[p12](#p12)` are a name, and no page.
            named = construct.token.attrGet("href") == f"#{content[start + 1 : tail]}"
            return [(start if named else max(tail, start), end)]
        case "myst_role" if is_index_role(construct.token):
            return role_markup_spans(construct, content)
    return [(start, end)]


def _is_typed_reference(construct: Construct, content: str) -> bool:
    """Return True for `[Ibid., 3]{.typed-reference}` right behind its citation."""
    classes = str(construct.token.attrGet("class") or "").split()
    return "typed-reference" in classes and content[: construct.start].endswith("`")


def is_html_extension(tag: str, builder: DocumentBuilder) -> bool:
    """Return True if MyST translates a tag: `<img>` where `html_image` is switched on."""
    translated = (("html_image", "<img"), ("html_admonition", '<div class="admonition'))
    return any(name in builder.extensions and tag.startswith(begin) for name, begin in translated)


def _read_citation(
    builder: DocumentBuilder, token: Token, start: int, text: PlacedText
) -> list[int]:
    role = token.meta["name"]
    if targets := token.meta.get("targets"):
        return add_targets(builder, role, targets, text)
    opening = start + len(role) + 2
    ticks = _TICKS.match(text.content, opening)
    content = token.content
    if MYSTMD in builder.extensions:  # where a semicolon parts the keys as well
        content = content.replace(";", ",")
    return add_citation(builder, role, content, text, ticks.end() if ticks else opening + 1)
