"""The names in the text that lead to entries."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from edition.indexes.entries import folded, index_of, names_of, speakers
from edition.model import Entry, EntryKind, Prose
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("I101", Severity.WARNING)
def undefined_entry(edition: Edition) -> Findings:
    index = index_of(edition)
    mentions = list(edition.mentions)
    if any(entry.kind is EntryKind.PERSON for entry in edition.entries):
        mentions += speakers(edition)
    for mention in mentions:
        if index.find(mention.kind, mention.target) is not None:
            continue
        known = [name for kind, name in index.by_name if kind is mention.kind]
        close = get_close_matches(folded(mention.target), known, n=1)
        hint = f"Did you mean “{close[0]}”? " if close else ""
        yield Finding(
            mention.location,
            f"no {{{mention.kind}}} entry has the name or key “{mention.target}”",
            f"{hint}Define it with the directive {{{mention.kind}}}, or add the name to :also:.",
        )


_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


@rule("I105", Severity.NOTE)
def unmarked_name(edition: Edition) -> Findings:
    index = index_of(edition)
    wanted: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for entry in edition.entries:
        if entry.kind is EntryKind.PERSON:
            for name in names_of(entry):
                words = tuple(_WORD.findall(name))
                if words and words[0][0].isupper() and "," not in name:
                    wanted.setdefault(words[0], []).append((words, entry))
    told: set[tuple[str, str]] = set()
    for document in edition.documents:
        for prose in document.prose:
            for entry, at in _named(prose, wanted):
                passage = str(prose.passage)
                listed = passage in index.passages.get(entry.id, ())
                if listed or (entry.id, passage) in told:
                    continue
                told.add((entry.id, passage))
                yield Finding(
                    prose.location(at),
                    f"{passage} names “{entry.name}”, and nothing marks the name",
                    f"Mark it once in the passage: {{person}}`… <{entry.key}>`.",
                )


def _named(
    prose: Prose, wanted: dict[str, list[tuple[tuple[str, ...], Entry]]]
) -> Iterator[tuple[Entry, int]]:
    if prose.passage is None or prose.quoted:
        return
    found = list(_WORD.finditer(prose.text))
    words = [match[0].removesuffix("'s") for match in found]
    for number, word in enumerate(words):
        longest: tuple[str, ...] = ()
        meant = None
        for name, entry in wanted.get(word, ()):
            fits = tuple(words[number : number + len(name)]) == name
            if fits and len(name) > len(longest):
                longest, meant = name, entry
        if meant is not None:
            yield meant, found[number].start()
