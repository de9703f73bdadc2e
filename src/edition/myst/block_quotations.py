"""A displayed or structured quotation as written → what is known of it at once."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from edition.locator import refers_back
from edition.model import AnchorKind, BackReference, Citation, Quotation, QuotationForm
from edition.model.diagnostic import Location
from edition.model.lazy_pattern import lazy
from edition.myst.builder import BY_HAND, DocumentBuilder, QuotationDraft
from edition.myst.directives import Directive
from edition.myst.quoted_speech import words

_CITATION = re.compile(r"\(?\{(?:foot)?cite[:a-z]*\}(`+)[^`]+\1\)?|\[\^[^\[\]\s]+\]", re.IGNORECASE)
_BRACKETED = lazy(
    r"[\[(][^()\[\]`]{0,40}\{(?:foot)?cite[:a-z]*\}`[^`]+`[^()\[\]`]{0,80}[\])]\s*\Z", re.IGNORECASE
)
_PICTURE = re.compile(r"!\[[^\[\]]*\](?:\([^()\n]*\))?(?:\{[^{}\n]*\})?")
# A block quote that the forges show as an admonition, `> [!NOTE]`, or that begins with a sign.
_ALERT = lazy(
    r"\[![A-Za-z]+\]|:[a-z_]+:\s|[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"
    r"|(?:[^\w\s]+ ?)?(?:\*\*|__)(?:note|warning|tip|hint|important|caution|info|remark"
    r"|nb|hinweis|achtung|anmerkung|tipp|remarque|attention|nota|примечание|внимание)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"`[^`]+`[.,;]?")
_DASH = re.compile(r"[ \t]*(?:--|—|–|―)")
_REFERENCE_WORDS = 12


def draft_block_quotation(
    builder: DocumentBuilder, place: Location, inlines: Sequence[Token]
) -> QuotationDraft | None:
    """Return the draft of a block quote or quoting directive; None if it quotes nothing."""
    text = quoted_text([t.content for t in inlines])
    said = words(_PICTURE.sub("", text))
    if not said or _ALERT.match(text) or _CODE.fullmatch(text):
        builder.anchor(AnchorKind.BLOCK, text)
        return None
    ident = builder.pending[-1][0] if builder.pending else None
    builder.anchor(AnchorKind.QUOTATION, text, quoted=text)
    return QuotationDraft(
        Quotation(
            form=QuotationForm.DISPLAYED,
            location=place,
            id=ident,
            text=text,
            passage=builder.passage,
        )
    )


def draft_quotation_directive(
    builder: DocumentBuilder, directive: Directive, inlines: Sequence[Token]
) -> QuotationDraft:
    """Return the draft of a {quotation} or {verse}, with the work that its argument names."""
    text = quoted_text([t.content for t in inlines])
    opening = _option(directive, "opening")
    ident = builder.pending[-1][0] if builder.pending else None
    closing = _option(directive, "closing")
    count = _option(directive, "words")
    # What no text stands for is held to its reference and its lemma.
    lemma = (directive.argument, _option(directive, "page"), opening, closing)
    builder.anchor(AnchorKind.QUOTATION, text or opening, quoted=text or " ".join(lemma))
    quotation = Quotation(
        form=QuotationForm.STRUCTURED,
        location=directive.location,
        id=ident,
        text=text or None,
        opening=opening,
        closing=closing,
        words=int(count) if count.isascii() and count.isdecimal() else None,
        digest=_option(directive, "digest") or None,
        speaker=_option(directive, "speaker") or None,
        passage=builder.passage,
    )
    draft = QuotationDraft(quotation)
    if refers_back(directive.argument):
        draft.citations.append(BY_HAND)
        place = builder.source.location(directive.line, directive.argument_column)
        builder.back_references.append(BackReference(text=directive.argument, location=place))
    elif directive.argument:
        draft.citations.append(len(builder.citations))
        builder.citations.append(_named_work(builder, directive))
    return draft


def _option(directive: Directive, name: str) -> str:
    return directive.options[name].value.strip() if name in directive.options else ""


def _named_work(builder: DocumentBuilder, directive: Directive) -> Citation:
    lines = _option(directive, "lines")
    typed = (_option(directive, "page"), f"ll. {lines}" if lines else "")
    page = ", ".join(filter(None, typed)) or None
    place = directive.options.get("page") or directive.options.get("lines")
    builder.group += 1
    return Citation(
        key=directive.argument,
        role="quotation",
        location=builder.source.location(directive.line, directive.argument_column),
        locator=page,
        locator_location=place.location if place else None,
        volume=_option(directive, "volume") or None,
        passage=builder.passage,
        group=builder.group,
    )


def quoted_text(contents: Sequence[str]) -> str:
    """Return the quoted words, without citations, notes and the closing attribution."""
    kept = list(contents)
    if len(kept) > 1 and _is_reference(kept[-1]):
        kept.pop()
    elif kept:
        kept[-1] = _without_attribution(kept[-1])
    return _CITATION.sub("", _BRACKETED.sub("", "\n\n".join(kept))).strip()


def _is_reference(content: str) -> bool:
    cited = _CITATION.search(content)
    short = len(words(_CITATION.sub(" ", content))) <= _REFERENCE_WORDS
    if _DASH.match(content):
        return short or cited is not None
    return cited is not None and short and not words(content[: cited.start()])


def _without_attribution(content: str) -> str:
    lines = content.split("\n")
    for number in range(len(lines) - 1, 0, -1):
        if _DASH.match(lines[number]) and _CITATION.search("\n".join(lines[number:])):
            return "\n".join(lines[:number])
    return content
