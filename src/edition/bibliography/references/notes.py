"""References in notes, clause by clause."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from edition.bibliography.references.clauses import (
    LEAD,
    OWN,
    TO_ANOTHER,
    between,
    clauses,
    further_place,
    one_typed,
    place_behind,
    place_in,
    unknown_work,
)
from edition.bibliography.references.context import Context, Part, Unresolved
from edition.bibliography.references.evidence import CONTAINED
from edition.bibliography.references.finding import Typed, find_in_brackets, is_year_or_issue
from edition.bibliography.references.grammar import LONGEST, read_reference
from edition.bibliography.references.mentions import Mention
from edition.bibliography.references.patterns import (
    BACK,
    BARE_PAGES,
    CAPITAL,
    INTERNAL,
    LABEL,
    NOTED,
    PRENOTE,
    QUOTED,
    YEAR,
    YEAR_FORM,
    with_figures,
)
from edition.bibliography.references.places import FULL_PLACE, TO_PLACE
from edition.bibliography.references.profile import tells, tokens
from edition.bibliography.references.resolution import Resolver
from edition.bibliography.references.running import (
    apart,
    dated_behind,
    ends_statement,
    find_authors,
    find_pointed,
    mentions_in,
    with_names,
    with_note,
)

_TITLE_BEHIND = re.compile(
    r"(?:\s*\([^()\d]{1,12}\))?[,:]\s+(?:eds?\.,\s+)?[“\"„«*_]*(?:[^\W\d_]{1,3}\s)?"
)
_TITLE_CLOSED = re.compile(r"[”“»’]\s[a-zß-öø-ÿа-яё]{2}")  # a sentence goes on behind it
_NAME_BEHIND = re.compile(
    r"\s*(?:,|/|–|&|\band\b|\bund\b|\bet\b|\be\b|\by\b|\bи\b)?\s*(?:[^\W\d_a-z][\w’'-]*\.?\s)*"
)
_NAME = rf"(?:{CAPITAL}[\w’']+|{CAPITAL}\.)"
_AUTHOR = re.compile(rf"{_NAME}(?:(?:\s|-){_NAME})+[,:]\s")
_BACK_IN_BRACKETS = re.compile(rf"[^;\d()]*?\s\(\s*{BACK.pattern}[^()]*\)")
# `For the quarrel with Hart, ibid., 3`, `Zu den Briefen ebd., S. 3`
_SPOKEN_OF = re.compile(
    r"(?:\A|\s)(?:with|of|on|about|mit|zu|über|avec|sur|con|su|sobre|с|о|об)\s[^\W\d_a-z][\w’'-]*,\s*\Z"
    r"|\A(?:Zu[rm]?|Über|On|About|For|Sur|Pour|Su|Sobre|О|Об)\s[^,;]*\s\Z"
)
_PLACED_BEHIND = re.compile(rf"\s\((?:{LABEL}\s*)?{BARE_PAGES}\)")
_PASSIM = re.compile(r"(?<=,\s)passim\b(?=,\s)")
_CITED_PLACE = re.compile(r",\s+[Ll](?:oc)?\.\s?(?:c(?:it)?|l)\.")
_TO_PERSON = re.compile(r"(?i:nach|bei|laut|gegen|von|by|selon|chez|secondo|según|по|у)\Z")
# `Hart (1831) says`, `Hart (1831), 12–14`: no further page of the clause is of it.
_DATED_BEHIND = re.compile(
    rf"(?:[’']s)?\s\({YEAR_FORM}[a-z]?(?:[,:]\s?(?:{LABEL}\s*)?{BARE_PAGES})?\)(?:,\s(?:{LABEL}\s*)?{BARE_PAGES}(?:,\s*{BARE_PAGES})*)?"
    rf"(?!\s*[.,:]?\s*(?:[“\"„«‘*_\d§]|{LABEL}|[IVXivx]+[,.:]\s|(?:in|ch(?:ap(?:ter|s)?)?|sec(?:t(?:ion)?)?|figs?|vols?|bks?|nos?|Kap|Bd|Abb|Tab|cap|гл)\b))"
    r"(?=;|\.?\s*\Z|,?\s(?!pp?\.|at\s\d)[a-zß-öø-ÿа-яё]{2})"
)
_GOES_ON = re.compile(r",?\s(?!in:?\s)[a-zß-öø-ÿа-яё]")
_MOST_TRIED = 4
"""Names and titles with which a reference is tried to begin: an author, an addressee, an editor."""
# A page of which a scan left no figure: no page is better than that of the reference before.
_PAGE_IN_BRACKETS = re.compile(r"\s\((?:[^()\d]{0,60}\s)?\d{1,4}(?:[-–]\d{1,4})?\)[\s.]*\Z")
_UNREAD = re.compile(r"[.,:]*\s*(?:pp?|[SСс])\.\s*[lIOoSBgЗО|]{1,4}(?!\w)")
_IN_BRACKETS = re.compile(r"(?<=\()[^()]*(?=\))|(?<=\[)\D{0,12}\d+(?=\])")


def find_in_note(text: str, resolver: Resolver) -> list[Typed]:
    """Return the references of a note, clause by clause."""
    typed, text = text, with_figures(text)
    plain = _IN_BRACKETS.sub(lambda m: "\0" * len(m[0]), text)
    plain = QUOTED.sub(lambda m: re.sub(r"[^\0]", "\1", m[0]), plain)  # `“Essay II, 2,” p. 3`
    mentions = mentions_in(text, resolver)
    shortened = apart(resolver.mentions.in_short_titles(text), mentions)
    mentions = sorted([*mentions, *shortened], key=lambda m: m.start)
    mentions = [m for m in mentions if plain[m.start] != "\0"]
    found: list[Typed] = []
    again = False
    for start, end in clauses(text, plain, mentions):
        here = [m for m in between(mentions, start, end) if m.end <= end]
        here_found = list(_Clause(text, plain, start, end, here, resolver).references(again=again))
        found += here_found
        again = bool(here_found)
    ends = {t.end for t in found}
    bracketed = [t for t in find_in_brackets(text) if ends_statement(t, text)]
    bracketed = [t for t in bracketed if not is_year_or_issue(t, text, ends)]
    found += apart(bracketed, found)
    found += apart(find_authors(text, resolver, in_note=True), found)
    found += apart(find_pointed(plain, resolver), found)
    found = [replace(t, text=typed[t.start : t.end]) for t in found]
    return sorted(found, key=lambda t: t.start)


@dataclass(frozen=True)
class _Clause:
    """A clause of a note; in `plain` what stands in brackets is blotted out."""

    text: str
    plain: str
    start: int
    end: int
    mentions: Sequence[Mention]
    resolver: Resolver

    def references(self, *, again: bool) -> Iterator[Typed]:
        """Yield its references, one behind the other.

        With `again`, a place alone is one of the work before: `…, p. 12; cf. vol. 3, p. 40`.
        """
        position = self.start
        while position < self.end:
            lead = PRENOTE.match(self.text[position : self.end])
            begin = position + lead.end() if lead else position
            mention = next(iter(between(self.mentions, begin, self.end)), None)
            if mention and (named := self._named_again(mention)):
                begin, mention = named.start, named
            back = BACK.search(self.text, begin, min(begin + LEAD, self.end))
            if back and not self._is_named(begin, back):
                begin, stop = back.start(), place_behind(self.text, back.end(), self.end)
                if unread := _UNREAD.match(self.text, stop, self.end):
                    stop = unread.end()
                stated = re.search(r"\d", self.text[back.end() : stop])
                if back["person"] and not stated:
                    # `Ders., Werke, S. 3`: the person, and the work is named behind.
                    place = place_in(self.plain, back.end(), self.end)
                    if place is None and YEAR.search(self.plain, back.end(), self.end) is None:
                        return
                    stop = place[1] if place else self.end
                yield from one_typed(self.text, begin, with_note(self.text, stop, self.end))
                position = stop
                continue
            for leading in (TO_PLACE, TO_ANOTHER) if again else ():
                to = leading.match(self.text, begin, self.end)
                if to and self._goes_on(to, mention):
                    begin = to.end()
            stop = place_behind(self.text, begin, self.end)
            led = begin > position  # `16; cf. 34–35`, `12; on the tar, chap. 3`
            alone = led and not self.plain[stop : self.end].strip(" .;,:\1")
            if again and (alone or FULL_PLACE.match(self.text, begin, stop)) and stop > begin:
                yield from further_place(self.text, begin, stop)
                position = stop
                continue
            again = True
            if mention and (bracket := _BACK_IN_BRACKETS.match(self.text, mention.end, self.end)):
                position = bracket.end()  # `Feyerabend (ibid., 285)` is found by its brackets
                continue
            if mention is None:
                if position > self.start:
                    # `Hart, Letters, p. 3, but also Xavier, Ports, p. 4`
                    other = re.compile(rf"[^\d]*?(?={CAPITAL}\w)").match(self.text, begin, self.end)
                    begin = other.end() if other else self.end
                yield from unknown_work(self.text, begin, self.end)
                return
            author = _AUTHOR.match(self.text, begin, mention.start)
            if author and (author[0][1] == "." or tells(tokens(author[0])[0])):
                stop = self._stop(mention)  # of another: `Rolf Tiedemann, Studien zu Benjamin`
            else:
                begin, stop = self._extent(begin, mention)
            found = list(one_typed(self.text, begin, stop)) or self._unplaced(begin, mention, lead)
            yield from found
            position = max(found[-1].end if found else stop, mention.end)

    def _named_again(self, mention: Mention) -> Mention | None:
        """Return the mention of the same person behind a colon (`Hart’s reply: Hart, op. cit.`)."""
        colon = re.compile(r":\s+").match(self.text, mention.end, self.end)
        following = between(self.mentions, colon.end(), colon.end() + 1) if colon else ()
        again = (m for m in following if m.is_person and set(m.keys) & set(mention.keys))
        return next(again, None)

    def _unplaced(self, begin: int, mention: Mention, lead: re.Match[str] | None) -> list[Typed]:
        """Return a work named by author and title, by a title alone, or by both editors."""
        lead_end = lead.end() if lead else 0
        around = self.text[lead_end : mention.start] + self.text[mention.end :]
        whole = not mention.is_person and re.search(r"\w", around) is None
        end, names = mention.end, 0 if whole else 1
        for other in between(self.mentions, mention.end, self.end):
            titled = _TITLE_BEHIND.fullmatch(self.text, end, other.start)
            joined = _NAME_BEHIND.fullmatch(self.text, end, other.start)
            if not ((titled or joined) and set(other.keys) & set(mention.keys)):
                break
            end, names = other.end, 0 if titled else names + 1
            if titled:
                break
        both = lead and any(
            len(self.resolver.profiles[k].surnames) == names > 1 for k in mention.keys
        )
        ended = not self.text[self.end :].strip(" .") or self.text[self.end] == ";"
        ended |= _TITLE_CLOSED.match(self.text, end) is not None
        placed = _PLACED_BEHIND.match(self.text, end)  # `see Hart and Cole (131–45)`
        if not ended or placed or (names and not both):
            return []  # the imprint and the page may be behind a subtitle
        content = self.text[begin:end]
        part = Part(words=content, typed=content, prenote=lead["note"] if lead else "")
        return [Typed(begin, end, content, "note", (part,), weak=True)]

    def _goes_on(self, to: re.Match[str], mention: Mention | None) -> bool:
        """Tell whether words before a place lead to one of the work before, not of the text."""
        end = min(to.end() + LEAD, self.end)
        own = any(p.search(self.text, to.start(), end) for p in (INTERNAL, OWN))
        return not own and (mention is None or mention.start >= to.end())

    def _extent(self, first: int, mention: Mention) -> tuple[int, int]:
        """Return where a reference begins and ends: with the first mention by which it resolves.

        `Oldenburg to Boyle, in The Correspondence of Henry Oldenburg, 2:114` begins with its title.
        """
        behind = between(self.mentions, mention.start, self.end)[:_MOST_TRIED]
        spans = [(self._begin(first, m), self._stop(m)) for m in behind]
        for m, (begin, stop) in zip(behind, spans, strict=True):
            if stop != spans[0][1] or CONTAINED.search(self.text, mention.start, begin):
                break  # the next reference, or the volume that holds an essay
            parts = read_reference(self.text[begin:stop], weak=True)
            near = re.search(r"\w", self.text[mention.end : m.start]) is None
            if near and m is not mention:
                continue  # `Weber, WuG`: a name and its title
            if len(parts) == 1 and not isinstance(
                self.resolver.resolve(parts[0], Context()), Unresolved
            ):
                return begin, stop
        return spans[0]

    def _is_named(self, begin: int, back: re.Match[str]) -> bool:
        """Tell whether a name stands before a word that leads back (`Hart, op. cit.`)."""
        lead = self.text[begin : back.start()]
        if back["ibid"] and _SPOKEN_OF.search(lead):
            return False
        adjacent = r"[^\W\d_a-zß-ÿа-яё]" if back["work"] else r"[^\W\d_a-zß-ÿа-яё][\w’'-]*,\s*\Z"
        return bool(re.search(adjacent, lead)) or bool(between(self.mentions, begin, back.end()))

    def _begin(self, first: int, mention: Mention) -> int:
        """Return where a reference begins: with the given names before its family name or title.

        A noun with a capital that prose leads to is no given name: `zum Bild Boehm, S. 3`.
        """
        begin = with_names(self.text, first, mention.start)
        if re.match(r"(?:Zu[rm]|Beim|[AI]m|Vom)\s", self.text[begin : mention.start]):
            return mention.start
        word = re.match(r"\w+", self.text[begin : mention.start])
        before = self.text[:begin].rstrip()
        if begin > first and word and before[-1:].isalpha() and not _TO_PERSON.search(before):
            given = tokens(word[0])[0]
            people = (self.resolver.profiles[k] for k in mention.keys)
            if not any(given in p.given or given[0] in p.initials for p in people):
                return mention.start
        return begin

    def _stop(self, mention: Mention) -> int:
        """Return where a reference ends: with its page, its brackets, or its clause."""
        dated = _DATED_BEHIND.match(self.text, mention.end, self.end)
        if dated and mention.is_person:
            return with_note(self.text, dated.end(), self.end)
        furthest = min(self.end, mention.end + LONGEST)
        dated = dated_behind(self.text, mention, self.resolver)
        if dated and _GOES_ON.match(self.text, dated.end(), self.end):
            others = (m for m in between(self.mentions, dated.end(), furthest) if m.is_person)
            other = next(others, None)
            if place_in(self.plain, dated.end(), other.start if other else furthest) is None:
                return dated.end()  # `Hart 1831 for the lamps, Cole 1838, 12 for the oil`
        place = place_in(self.plain, mention.end, furthest)
        passim = _PASSIM.search(self.plain, mention.end, place[0] if place else furthest)
        cited = _CITED_PLACE.match(self.text, mention.end, self.end)
        stop = passim.end() if passim else place[1] if place else cited.end() if cited else 0
        if stop := mention.stop or stop:
            return with_note(self.text, stop, self.end)
        closing = re.compile(r"[^;]{0,200}?\([^()]*\d{4}[^()]*\)").match(
            self.text, mention.end, self.end
        )
        if closing:
            return closing.end()
        # `Hart’s ropes are long (Knots 35)`: the bracket is a reference of its own.
        own = _PAGE_IN_BRACKETS.search(self.text, mention.end, self.end)
        return own.start() if own and not NOTED.match(self.text, own.start()) else self.end
