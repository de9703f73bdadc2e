"""The quotations of an edition as questions to the sources."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from edition.bibliography.pages import (
    PageFacts,
    cited_volumes,
    facts_of,
    locator_of,
    possible,
    wrong_volume,
)
from edition.locator import Item, Number
from edition.locator.number import roman_letters
from edition.model import Citation, Edition, Quotation, Work
from edition.model.edition import imported_words
from edition.model.quoted_words import between_ends
from edition.model.text_folding import letters_of
from edition.verify.verdict import Query

_MOST_PAGES = 100

Container = tuple[str, ...]
"""What tells a volume from others: its entry's key, or its title with its volume's number."""


@dataclass(frozen=True)
class Asker:
    """Makes queries of an edition's quotations; `available` are the keys that have a source."""

    edition: Edition
    available: Collection[str]

    def ask(self, quotation: Quotation) -> Query | None:
        """Return what to ask of the sources; None for a quotation that cites no work.

        A work is looked for in its own source, in that of the collection that holds it, and in
        any that another part of the same volume has. Of several works cited the first with a
        source is asked, so that words quoted at second hand are looked for where they were seen.
        """
        if not quotation.citations:
            return None
        first = quotation.citations[0]
        homes = {id(c): self._homes(c) for c in quotation.citations}
        citation = next((c for c in quotation.citations if homes[id(c)]), first)
        named = (citation.key, self._volume(citation))
        (key, volume), *also = homes[id(citation)] or [named]
        labels, open_end = _labels(citation)
        work = self.edition.bibliography.works.get(citation.key)
        return Query(
            key=key,
            volume=volume,
            labels=labels,
            text=self._text(quotation),
            opening=quotation.opening,
            closing=quotation.closing,
            words=quotation.words,
            digest=quotation.digest,
            open_end=open_end,
            locator="" if labels else (citation.locator or ""),
            chapter=_chapter(citation),
            also=tuple(also),
            is_wrong_volume=bool(work and wrong_volume(citation, facts_of(work))),
            is_possible=possible(quotation, self._facts) != "no",
            instead_of=first.key if citation is not first else "",
            cited_key=citation.key,
            is_in_sibling=self._is_in_sibling(citation, {key, *(k for k, _ in also)}),
        )

    def without_source(self) -> list[str]:
        """Return the works quoted that no source holds, in the order of their citations."""
        citations = (c for quotation in self.edition.quotations for c in quotation.citations)
        return list(dict.fromkeys(c.key for c in citations if not self._homes(c)))

    def _text(self, quotation: Quotation) -> str | None:
        """Return the quotation's words, those of an imported text where it has none itself."""
        text = quotation.plain or quotation.text
        imported = None if text else imported_words(self.edition).get(quotation.id or "")
        if imported and quotation.opening:
            # An author's own sentence within the marks is no part of the quotation.
            return between_ends(imported, quotation.opening, quotation.closing) or imported
        return text or imported

    @cached_property
    def _facts(self) -> dict[str, PageFacts]:
        works = self.edition.bibliography.works
        return {key: facts_of(work) for key, work in works.items()}

    def _volume(self, citation: Citation) -> str | None:
        volumes = cited_volumes(citation)
        if volumes:
            return volumes[0]
        work = self.edition.bibliography.works.get(citation.key)
        written = work.get("volume") if work else None
        of_entry = replace(citation, volume=written or None, locator=None)
        return next(iter(cited_volumes(of_entry)), None)

    def _homes(self, citation: Citation) -> list[tuple[str, str | None]]:
        """Return the sources, by key and volume, that may hold a citation's words."""
        works = self.edition.bibliography.works
        work = works.get(citation.key)
        cited = next(iter(cited_volumes(citation)), None)
        homes = {citation.key: cited}
        if work:
            volume = self._volume(citation)
            parent = work
            while (key := parent.get("crossref")) and key in works and key not in homes:
                homes[key] = volume
                parent = works[key]
            for container in _containers(work):
                for key in self._parts[container]:
                    homes.setdefault(key, volume)
        return [(key, volume) for key, volume in homes.items() if key in self.available]

    def _is_in_sibling(self, citation: Citation, homes: set[str]) -> bool:
        """Return whether only other pieces of the volume have a source, not the work itself."""
        works = self.edition.bibliography.works
        own, key = [citation.key], citation.key
        while (work := works.get(key)) and (key := work.get("crossref") or "") not in own:
            own.append(key)
        pieces = {k for k, w in works.items() if w.get("crossref") or w.get("booktitle")}
        return bool(homes & pieces) and homes <= pieces - set(own)

    @cached_property
    def _parts(self) -> dict[Container, list[str]]:
        """The keys of the works in each volume."""
        found: dict[Container, list[str]] = defaultdict(list)
        for work in self.edition.bibliography.works.values():
            for container in _containers(work):
                found[container].append(work.key)
        return found


def _containers(work: Work) -> Iterator[Container]:
    """Yield what tells the volume that a work is in, or is."""
    volume = (work.get("volume") or "").strip()
    parent = work.get("crossref")
    if parent:
        yield "crossref", parent, volume
    title = work.get("booktitle")
    if title:
        yield "title", letters_of(title), volume
    elif volume and not work.type.startswith(("in", "article", "suppperiodical")):
        for name in ("title", "maintitle"):
            yield "title", letters_of(work.get(name) or ""), volume


def _labels(citation: Citation) -> tuple[tuple[str, ...], bool]:
    """Return the labels of the cited pages and folios, and whether they go on (`ff.`)."""
    locator = locator_of(citation)
    items = [
        item
        for part in (locator.parts if locator else ())
        if part.label in ("page", "folio")
        for item in part.items
    ]
    labels = dict.fromkeys(label for item in items for label in _labels_of(item))
    return tuple(labels), any(item.following == "ff" for item in items)


def _labels_of(item: Item) -> Iterator[str]:
    first, last = item.first, item.last or item.first
    if not (isinstance(first.value, int) and isinstance(last.value, int)):
        yield f"{first.prefix}{first.value}{first.suffix}"
        return
    end = min(last.value + (item.following == "f"), first.value + _MOST_PAGES)
    if first.leaf and first.value == end:
        yield f"{first.value}{first.leaf}"
        if last.leaf and last.leaf != first.leaf:
            yield f"{first.value}{last.leaf}"
        return
    for number in range(first.value, end + 1):
        sides: tuple[str, ...] = ("",)
        if first.leaf:
            sides = ("v",) if number == first.value and first.leaf == "v" else ("r", "v")
            sides = ("r",) if number == end and last.leaf == "r" else sides
        for side in sides:
            yield _label(first, number) + side


def _label(like: Number, number: int) -> str:
    if like.sequence == "roman":
        return roman_letters(number)
    suffix = like.suffix if number == like.value else ""
    return f"{like.prefix}{number}{suffix}"


def _chapter(citation: Citation) -> str:
    """Return the one chapter that a citation names; empty where it names none or several."""
    locator = locator_of(citation)
    items = [i for part in (locator.parts if locator else ()) if part.label == "chapter"
             for i in part.items]  # fmt: skip
    if len(items) != 1 or items[0].last or items[0].following:
        return ""
    return str(items[0].first.value)
