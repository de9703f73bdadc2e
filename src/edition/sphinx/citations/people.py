"""Names in citations: lists of people, who made a work, who contributed to it."""

from collections.abc import Iterator, Sequence

from edition.bibliography.markup import text_of
from edition.bibliography.persons import OTHERS, Person
from edition.bibliography.record import Record
from edition.sphinx.citations.terms import language, term

# Chicago Manual, 14.76: of more than ten authors a bibliography names seven; a note, of more
# than three, one.
_MOST_LISTED, _LISTED = 10, 7
_MOST_IN_NOTE = 3

# What an editor did, by `editortype`: after the name, before it in a note, before it.
_WORK = {
    "": ("ed.", "eds.", "ed.", "edited by"),
    "editor": ("ed.", "eds.", "ed.", "edited by"),
    "translator": ("trans.", "trans.", "trans.", "translated by"),
    "compiler": ("comp.", "comps.", "comp.", "compiled by"),
    "director": ("dir.", "dirs.", "directed by", "directed by"),
    "founder": ("founder", "founders", "founded by", "founded by"),
    "continuator": ("continuator", "continuators", "continued by", "continued by"),
    "redactor": ("red.", "reds.", "redacted by", "redacted by"),
    "reviser": ("rev.", "revs.", "rev.", "revised by"),
    "collaborator": ("collab.", "collabs.", "with", "with"),
    "organizer": ("organizer", "organizers", "organized by", "organized by"),
    "performer": ("performer", "performers", "performed by", "performed by"),
    "conductor": ("cond.", "conds.", "conducted by", "conducted by"),
    "producer": ("prod.", "prods.", "produced by", "produced by"),
    "reader": ("reader", "readers", "read by", "read by"),
    "annotator": ("annot.", "annots.", "annot.", "annotated by"),
    "commentator": ("comm.", "comms.", "with commentary by", "with commentary by"),
    "none": ("", "", "", ""),
    "introduction": ("", "", "introduction by", "introduction by"),
    "foreword": ("", "", "foreword by", "foreword by"),
    "afterword": ("", "", "afterword by", "afterword by"),
}
_EDITORS = ("editor", "editora", "editorb", "editorc")
_OTHERS = ("translator", "annotator", "commentator", "introduction", "foreword", "afterword")


def in_bibliography(people: Sequence[Person], *, inverted: bool = True) -> str:
    """Return the names of a list, of very many the first seven."""
    named = list(people)
    if len(named) > _MOST_LISTED:
        named = [*named[:_LISTED], OTHERS]
    names = [p.inverted if inverted and not i else p.full for i, p in enumerate(named)]
    return listed(names, comma=inverted and "," in names[0] if names else False)


def in_note(people: Sequence[Person]) -> str:
    """Return the full names as a note has them, of more than three the first."""
    return listed([person.full for person in _few(people)])


def short_names(people: Sequence[Person]) -> str:
    """Return the family names, of more than three the first."""
    return listed([person.short for person in _few(people)])


def attributed(record: Record, names: str, *, addon: bool = True) -> str:
    """Return names as the entry has them attributed: in brackets, or as a pseudonym.

    Chicago Manual, 14.79 to 14.82; biblatex-chicago has `authortype` for it (`anon`, `anon?`),
    biblatex `nameaddon`.
    """
    if not record.named("author"):
        return names
    kind = record.roles["author"]
    if kind in ("anon", "anon?"):
        names = f"[{names}{kind[4:]}]"
    added = text_of(record.text("nameaddon")).strip("[]") if addon else ""
    return f"{names} [{added}]" if added else names


def short_creators(record: Record, *, directors: bool = True) -> tuple[Person, ...]:
    """Return who stands first in a later citation: those that the entry calls so, else creators."""
    people, _, role = creators(record, directors=directors)
    return record.named(f"short{role}") or people


def _few(people: Sequence[Person]) -> list[Person]:
    many = len(people) > _MOST_IN_NOTE or (len(people) > 2 and people[-1] is OTHERS)
    return [people[0], OTHERS] if many else list(people)


def listed(names: list[str], *, comma: bool = False) -> str:
    """Join names; `comma` where the first of two holds one."""
    if names and names[-1] == OTHERS.family:
        before = ", ".join(names[:-1])
        return (
            f"{before}, {term('et al.')}"
            if language() == "en" and (comma or len(names) > 2)
            else (f"{before} {term('et al.')}")
        )
    if len(names) < 3:
        return f"{',' if comma and language() == 'en' else ''} {term('and')} ".join(names)
    serial = "," if language() == "en" else ""  # the comma that English alone has
    return f"{', '.join(names[:-1])}{serial} {term('and')} {names[-1]}"


def creators(record: Record, *, directors: bool = True) -> tuple[tuple[Person, ...], str, str]:
    """Return who stands first in an entry, with the mark after the names, and the role.

    The author; else, for a work that is no part of another, the editor or the translator. The
    director of a film does in a bibliography, but not in a note.
    """
    if record.named("author"):
        return record.named("author"), "", "author"
    if not record.in_book and record.type != "article":
        for role in (*_EDITORS, "translator", "holder"):
            people = record.named(role)
            if people and (directors or record.roles[role] != "director"):
                one, many, _, _ = _words(record, role)
                return people, term(many if len(people) > 1 else one), role
    return (), "", ""


def _words(record: Record, role: str) -> tuple[str, str, str, str]:
    """Return the words for what the people of a role did."""
    if role == "holder":
        return ("", "", "", "")
    kind = record.roles.get(role, "") if role in _EDITORS else role
    other = (f"{kind}", f"{kind}s", f"{kind}", f"{kind}")
    return _WORK.get(kind, other)


def contributors(
    record: Record, *, note: bool, directors: bool = True
) -> Iterator[tuple[str, tuple[Person, ...]]]:
    """Yield what others did for a work, and who; nobody is named a second time."""
    named = [record.named("author"), creators(record, directors=directors and not note)[0]]
    note = note and language() == "en"  # elsewhere “hrsg. von” goes before a name in notes too
    editors, translators = record.named("editor"), record.named("translator")
    both = editors and editors == translators and not record.roles.get("editor")
    for role in (*_EDITORS, *_OTHERS):
        people = record.named(role)
        if not people or people in named or (both and role == "translator"):
            continue
        if both and role == "editor":
            yield term("ed. and trans." if note else "edited and translated by"), people
        else:
            yield term(_words(record, role)[2 if note else 3]), people
