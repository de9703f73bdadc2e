"""Entries, and the passages that name them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from edition.model import Edition, Entry, EntryKind, Mention
from edition.model.edition import answered_once
from edition.model.text_folding import fold, fold_blanks


@dataclass(frozen=True, slots=True)
class Index:
    """The entries of an edition by kind and name, and the passages of each in reading order.

    `by_name` has the keys and all names, as `folded`; of two entries with one name the first.
    `citing` has for each work's key the passages that cite it.
    """

    by_name: Mapping[tuple[EntryKind, str], Entry] = field(default_factory=dict)
    passages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    citing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, kind: EntryKind, name: str) -> Entry | None:
        """Return the entry that a name or a key means."""
        return self.by_name.get((kind, folded(name)))


def folded(name: str) -> str:
    """Return a name without regard to case and to the kind of its blanks."""
    return fold_blanks(name.replace("’", "'"))


def sort_key_of(name: str) -> str:
    """Return the key that a name is sorted by: its letters without accents, é as e."""
    return fold(folded(name))


def names_of(entry: Entry) -> tuple[str, ...]:
    """Return all names of an entry; “Hart, Mary” is also “Mary Hart” and “Hart”."""
    found = [entry.name]
    family, comma, given = entry.name.partition(",")
    if entry.kind is EntryKind.PERSON and comma:
        found = [f"{given.strip()} {family.strip()}", family.strip(), entry.name]
    return tuple(dict.fromkeys((*found, *entry.also)))


@answered_once
def index_of(edition: Edition) -> Index:
    """Return the index of an edition; speakers of quotations count as named."""
    by_name: dict[tuple[EntryKind, str], Entry] = {}
    for entry in edition.entries:
        for name in (entry.key, *names_of(entry)):
            by_name.setdefault((entry.kind, folded(name)), entry)
    order = {passage.id: number for number, passage in enumerate(edition.passages)}
    found: dict[str, set[str]] = {}
    for mention in (*edition.mentions, *speakers(edition)):
        named = by_name.get((mention.kind, folded(mention.target)))
        if named is not None and mention.passage in order:
            found.setdefault(named.id, set()).add(str(mention.passage))
    citing: dict[str, set[str]] = {}
    for citation in edition.citations:
        if citation.passage in order:
            citing.setdefault(citation.key, set()).add(str(citation.passage))
    return Index(by_name, _ordered(found, order), _ordered(citing, order))


def speakers(edition: Edition) -> list[Mention]:
    """Return the speakers of quotations, as if each were named by a role."""
    return [
        Mention(
            kind=EntryKind.PERSON,
            target=quotation.speaker,
            location=quotation.location,
            passage=quotation.passage,
        )
        for quotation in edition.quotations
        if quotation.speaker
    ]


def _ordered(found: Mapping[str, set[str]], order: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(sorted(ids, key=order.__getitem__)) for key, ids in found.items()}
