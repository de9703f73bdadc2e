"""References typed in plain words."""

import re
from collections.abc import Iterator

from edition.bibliography.references import (
    Context,
    Part,
    Resolved,
    Resolver,
    Typed,
    find_in_brackets,
    read_reference,
)
from edition.bibliography.references.patterns import YEAR
from edition.model import Edition, Prose
from edition.model.diagnostic import Edit, Location
from edition.rules.ambiguous_references import ambiguous_references, resolver_of
from edition.rules.messages import as_typed_in, beginning
from edition.rules.rule import Finding, Findings, Severity, rule

_PAGE = re.compile(r"(?<![\w.])(?:pp?|S|s|с|vols?|ch|chap)\.\s*[0-9ivxlc][^;)]{0,30}")
# A role is blotted out.
_BESIDE = re.compile(r"[\s,;:.)\]]{0,4}\0")
_BESIDE_BEFORE = re.compile(r"\0[\s,;:(\[]{0,4}\Z")
_INITIALS = re.compile(r"\A(?:[^\W\d_]\.[\s-]?)+")
_NAMES = re.compile(
    r"(?:(?:[^\W\d_]\.[ -]?)*[^\W\d_a-z][\w’'-]+(?:\s+(?:et al\.|and|&|und|et|y|e|и))?,?\s+){0,4}"
    r"[1-2]\d{3}[a-z]?"
)
# A year, as a scan may have it too, behind a name: in the brackets, or right before them.
_YEAR = r"(?<=[\s(\[])[12lI|][\dlI|OoSBg]{3}"
_DATED = re.compile(
    rf"[^\W\d_a-z][^\d()\0]{{0,40}}?{_YEAR}"
    rf"|(?<![^\w’'.\s-])(?<![^\w’'.\s-]\s)[(\[][^()\d\0]{{0,70}}?{_YEAR}"
)


@rule("C110", Severity.WARNING)
def typed_reference(edition: Edition) -> Findings:
    told: set[Location] = set()
    ambiguous: dict[str, set[int]] = {}
    if any(quotation.typed for quotation in edition.quotations):
        for reference in ambiguous_references(edition):
            place = reference.location
            ambiguous.setdefault(place.path, set()).add(place.line)
    for document in edition.documents:
        titles = {title.location.line for title in document.titles}
        for prose in document.prose:
            if prose.places[0].line in titles:
                continue  # what it says is said again, and cited, below it
            if "(" not in prose.text or YEAR.search(prose.text) is None:
                continue
            found = find_in_brackets(prose.text, holding=_DATED)
            if dated := [t for t in found if _is_author_year(t)]:
                for finding in _author_years(prose, dated, resolver_of(edition.bibliography)):
                    told.add(finding.location)
                    yield finding
    for quotation in edition.quotations:
        typed = quotation.typed
        if typed is None:
            continue
        place = typed.location
        if told & {place, place._replace(column=place.column - 1)}:
            continue  # the bracket, or what is in it
        if place.line in ambiguous.get(place.path, ()):
            continue
        told.add(place)
        meant = _meant(typed.text, resolver_of(edition.bibliography))
        page = _PAGE.search(typed.text)
        locator = page[0].strip(" .,") if page else "p. 19"
        role = f"{{cite:t}}`{meant or 'key'}{{{locator}}}`"
        shown = beginning((quotation.text or quotation.opening).split())
        source = typed.text if len(typed.text) <= 60 else typed.text[:59] + "…"
        yield Finding(
            place,
            f"the source of the quotation “{shown}” is typed by hand, “{source}”, "
            "so nothing can check it",
            f"Write {role}."
            if meant
            else f"Enter the work in the bibliography, and write {role} with its key.",
        )


def _is_author_year(typed: Typed) -> bool:
    """Tell whether a bracket is authors and years, each with or without a place."""
    return all(
        not (part.titles or part.back or part.volume)
        and len(part.years) == 1
        and _NAMES.match(part.typed) is not None
        for part in typed.parts
    )


def _author_years(prose: Prose, dated: list[Typed], resolver: Resolver) -> Iterator[Finding]:
    for typed in dated:
        cited = list(filter(None, (_cited(part, resolver) for part in typed.parts)))
        start, author = typed.start, _INITIALS.sub("", typed.parts[0].author)
        if len(set(cited)) < len(cited) or _BESIDE_BEFORE.search(prose.text, 0, start):
            continue
        if not cited or _BESIDE.match(prose.text, typed.end):
            continue  # the citation says it
        if author:
            start = prose.text.rfind(author, 0, start)
            if prose.text[start : typed.start].strip() != author:
                continue  # `Hart’s (1831)`
        written = f"{{cite:{'t' if author else 'p'}}}`{', '.join(cited)}`"
        written = as_typed_in(prose.location(start).path, written)
        words = prose.text[start : typed.end]
        whole = len(cited) == len(typed.parts)
        # `у Лотмана (1970)`: the citation would say `Лотман`.
        as_entered = "." not in author and resolver.knows_names(author)
        exact = whole and as_entered and not any(c in words for c in "\n{}\0")
        edit = Edit(location=prose.location(start), old=words, new=written)
        yield Finding(
            prose.location(start),
            f"“{' '.join(words.split())}” is typed by hand, so nothing can check it",
            f"Write {written}." if whole else f"Write {written}, and enter the other works.",
            (edit,) if exact else (),
        )


def _cited(part: Part, resolver: Resolver) -> str | None:
    """Return a work as a role names it, `{see}hart{p. 12}`; None where it is not certain."""
    meant = resolver.resolve(part, Context())
    if not (isinstance(meant, Resolved) and resolver.names_author_alone(part, meant.key)):
        return None
    place = (
        part.typed[part.typed.find(part.years[0]) + len(part.years[0]) :] if part.locator else ""
    )
    place = " ".join(place.split()).strip(" ,:)]")
    if place[:1].isdigit():
        place = ("pp. " if re.search("[-–,]", place) else "p. ") + place
    place = ", ".join(filter(None, (place, part.remark)))
    return "".join(
        (f"{{{part.prenote}}}" if part.prenote else "", meant.key, f"{{{place}}}" if place else "")
    )


def _meant(text: str, resolver: Resolver) -> str | None:
    """Return the key of the one work that a reference names."""
    for part in read_reference(text, weak=True)[:1]:
        found = resolver.resolve(part, Context())
        return found.key if isinstance(found, Resolved) else None
    return None
