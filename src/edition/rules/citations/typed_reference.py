"""A reference typed in plain words, where a citation can be checked and linked.

Nothing holds `(Hart 1831, p. 541)` against the bibliography, and nobody is led to the work. The
finding is on references in parentheses whose author and year are those of one work, which
`--fix` turns into roles, and on the notes and parentheses that give a quotation its source.

Bad:

```md
The tide is old (Hart 1831, p. 19). She calls it “a wall with a door painted on it”.[^a]

[^a]: Hart, *Letters*, p. 20.
```

Good:

```md
The tide is old {cite:p}`hart-letters{p. 19}`. She calls it “a wall with a door painted on it”.[^a]

[^a]: {cite:t}`hart-letters{p. 20}`.
```
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from edition.bibliography import names, plain
from edition.model import Edition, Prose, Work
from edition.model.diagnostic import Edit, Location
from edition.model.text_folding import fold
from edition.rules.messages import beginning
from edition.rules.rule import Finding, Findings, Severity, rule
from edition.rules.short_references import ambiguous_references

_YEAR = r"(?P<year>(?:1[4-9]|20)[0-9]{2}[a-z]?)(?![-–/0-9\w])"
_PLACE = r"(?:\s*[,:]\s*(?P<place>[^()\0;]{1,40}?))?"
_ONE = r"[^\W\d_a-z][\w’'-]+(?:\s+(?:et al\.|(?:and|&|und|et)\s+[^\W\d_a-z][\w’'-]+))?"
_IN_BRACKETS = re.compile(rf"\((?P<name>{_ONE}),?\s+{_YEAR}{_PLACE}\)")
_IN_THE_SENTENCE = re.compile(rf"(?P<name>{_ONE})\s+\({_YEAR}{_PLACE}\)")
_PAGE = re.compile(r"(?<![\w.])(?:pp?|S|s|с|vols?|ch|chap)\.\s*[0-9ivxlc][^;)]{0,30}")
_WORD = re.compile(r"[^\W\d_]{3,}")


@rule("C110", Severity.WARNING)
def check(edition: Edition) -> Findings:
    works = _by_author(edition.bibliography.works.values())
    told: set[Location] = set()
    ambiguous: dict[str, set[int]] = {}
    if any(quotation.typed for quotation in edition.quotations):
        for reference in ambiguous_references(edition):
            place = reference.location
            ambiguous.setdefault(place.path, set()).add(place.line)
    for document in edition.documents:
        for prose in document.prose:
            if "(" in prose.text:
                for finding in _author_years(prose, works):
                    told.add(finding.location)
                    yield finding
    for quotation in edition.quotations:
        typed = quotation.typed
        if typed is None or told & {typed.location, _before(typed.location)}:
            continue
        if typed.location.line in ambiguous.get(typed.location.path, ()):
            continue
        told.add(typed.location)
        meant = _meant(typed.text, works)
        page = _PAGE.search(typed.text)
        locator = page[0].strip(" .,") if page else "p. 19"
        role = f"{{cite:t}}`{meant.key if meant else 'key'}{{{locator}}}`"
        shown = beginning((quotation.text or quotation.opening).split())
        yield Finding(
            typed.location,
            f"the source of the quotation “{shown}” is typed by hand, “{_short(typed.text)}”, "
            "so nothing can check it",
            f"Write {role}."
            if meant
            else f"Enter the work in the bibliography, and write {role} with its key.",
        )


def _before(place: Location) -> Location:
    return Location(place.path, place.line, place.column - 1)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _by_author(works: Iterable[Work]) -> dict[str, list[Work]]:
    found: dict[str, list[Work]] = {}
    for work in works:
        for person in names(work.get("author") or work.get("editor") or "")[:1]:
            found.setdefault(fold(person), []).append(work)
    return found


def _author_years(prose: Prose, works: Mapping[str, Sequence[Work]]) -> Iterator[Finding]:
    matches = (
        m for pattern in (_IN_BRACKETS, _IN_THE_SENTENCE) for m in pattern.finditer(prose.text)
    )
    for found in matches:
        name, year = found["name"], found["year"]
        place = " ".join((found["place"] or "").split())
        first = fold(re.split(r"\s+(?:et al\.|and|&|und|et)(?=\s|\Z)", name)[0])
        meant = [w for w in works.get(first, ()) if _year(w) == year]
        if len(meant) != 1:
            continue
        if place[:1].isdigit():
            place = ("pp. " if re.search("[-–,]", place) else "p. ") + place
        role = "cite:p" if found.re is _IN_BRACKETS else "cite:t"
        written = f"{{{role}}}`{meant[0].key}{f'{{{place}}}' if place else ''}`"
        typed = found[0]
        exact = "\n" not in typed and "{" not in place and "\0" not in typed
        edit = Edit(location=prose.location(found.start()), old=typed, new=written)
        yield Finding(
            prose.location(found.start()),
            f"“{' '.join(typed.split())}” is typed by hand, so nothing can check it",
            f"Write {written}.",
            (edit,) if exact else (),
        )


def _year(work: Work) -> str:
    return work.get("year") or (work.get("date") or "")[:4]


def _meant(text: str, works: Mapping[str, Sequence[Work]]) -> Work | None:
    """Return the one work whose author and title, or author alone, a reference names."""
    named = [w for word in _WORD.findall(text) for w in works.get(fold(word), ())]
    titled = [w for w in named if _names_title(text, w)]
    for chosen in (titled, named):
        keys = {work.key for work in chosen}
        if len(keys) == 1:
            return chosen[0]
    return None


def _names_title(text: str, work: Work) -> bool:
    titles = (work.get("shorttitle"), work.get("title"))
    letters = fold(text)
    return any(fold(plain(title)).split(":")[0] in letters for title in titles if title)
