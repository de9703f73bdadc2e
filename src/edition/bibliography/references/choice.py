"""Which of several works that fit a typed reference is meant."""

import re
from collections.abc import Sequence

from edition.bibliography.references.agreement import named_as_authors, same_year
from edition.bibliography.references.antecedents import Antecedents
from edition.bibliography.references.context import Context, Part
from edition.bibliography.references.evidence import CLEAR_LEAD
from edition.bibliography.references.patterns import LOCATOR
from edition.bibliography.references.profile import share


class Choice(Antecedents):
    """Chooses between works by page, volume, year, and by the people that the sentence names."""

    def best(
        self,
        part: Part,
        said: Sequence[str],
        held: frozenset[str],
        fit: Sequence[tuple[float, str]],
    ) -> list[str]:
        """Return the works that fit best, and those that may be meant as well."""
        best = [key for score, key in fit if score > fit[0][0] - CLEAR_LEAD]
        whole = [key for _, key in fit if tuple(said) in self.profiles[key].titles]
        if whole and best[0] not in whole:
            best = whole  # `Life of Vico`, beside a work by Vico
        best = self._holding(part, held, best)
        best += [k for k in self._of_letter(part, [k for _, k in fit]) if k not in best]
        named = [k for _, k in fit if self.evidence.by_name_alone(said, self.profiles[k])]
        if named and best[0] not in named:
            best += [k for k in named if k not in best]  # the title is a person's name
        return self.in_list(best)

    def _holding(self, part: Part, held: frozenset[str], best: list[str]) -> list[str]:
        """Leave out pieces without the page, where their book is named by its title."""
        profiles = self.profiles
        whole = [k for k in best if any(share(t, held) == 1 for t in profiles[k].titles)]
        books = [k for k in whole if not profiles[k].ranges]
        inside = [k for k in best if profiles[k].has(part.pages[:1])]
        return inside if books and not part.titles else best

    def titled_alike(
        self, part: Part, said: Sequence[str], keys: Sequence[str], best: Sequence[str]
    ) -> list[str]:
        """Return the works that a title cut short may begin, as `Ozu` does two: its beginning."""
        named = any(self.evidence.by_name_alone(said, self.profiles[k]) for k in keys)
        if named or part.volume or part.years:
            return []
        known = self.profiles[best[0]].explains
        unknown = {
            w for k in keys for w in self.profiles[k].family_names.intersection(said)
        } - known
        begun = tuple(t for t in said if t not in unknown)
        alike = [k for k in keys if any(t[: len(begun)] == begun for t in self.profiles[k].titles)]
        alike = self.in_list(alike)
        if unknown and (edited := [k for k in alike if unknown <= self.profiles[k].people]):
            return edited  # `Essays, ed. Hart`, beside another's Essays
        if len(best) > 1 and len(alike) == 1:
            return [k for k in alike if k in best]  # and no word of another's: `Treatise`
        if len(alike) < 2 or best[0] not in alike:
            return []
        # `Tess 124` is a book: where pages have no label, articles have quotation marks.
        books = [k for k in alike if not (self.profiles[k].is_article or part.titles)]
        return books if len(books) == 1 and not LOCATOR.search(part.typed) else alike

    def _of_letter(self, part: Part, fit: Sequence[str]) -> list[str]:
        """Return the works of a year with a letter, `1999b`, where none of them has a letter."""
        lettered = any(len(y) > 4 for y in part.years)
        if not lettered or any(len(y) > 4 for k in fit for y in self.profiles[k].years):
            return []
        return [k for k in fit if same_year(part, self.profiles[k])]

    def among(
        self,
        part: Part,
        said: Sequence[str],
        fit: Sequence[str],
        best: Sequence[str],
        context: Context,
    ) -> tuple[str, str] | None:
        """Return the only one of several works that can be meant."""
        people = self.mentions.of_people(context.before) if part.author else []
        if people and context.before.rstrip()[people[-1].end :] in ("", "’s", "'s"):
            best = [k for k in best if k in people[-1].keys] or best
            fit = [k for k in fit if k in people[-1].keys] or fit
        if part.years:
            dated = [k for k in best if same_year(part, self.profiles[k])]
            if len(dated) == 1:
                return dated[0], "author and year"
            if dated and (exact := [k for k in dated if set(part.years) & self.profiles[k].years]):
                if len(exact) > 1:  # `Hart 2022` is no work of Hart and others
                    held = self.evidence.held(said)
                    exact = [k for k in exact if named_as_authors(said, held, self.profiles[k])]
                return (exact[0], "author and year") if len(exact) == 1 else None
        if part.titles and (essays := [k for k in best if self.profiles[k].is_article]):
            best = essays  # in quotation marks
        whole = [k for k in best if self.profiles[k].children]
        if part.volume and len(whole) == 1:
            return whole[0], "volume"
        spoken = "" if part.back else self.spoken(context.before)
        people = self.people(spoken, in_one=True)
        titled = not self.evidence.by_name_alone(said, self.profiles[best[0]])
        if titled and people and best[0] in people[-1].keys:
            return best[0], "the work of the person named before"  # `Hart and Her Letters`
        held = self.evidence.held(said)
        own = [k for k in fit if k in best or held & set(self.profiles[k].families)]
        # `Farber` is the author of one book rather than the third of another's four.
        if part.back == "work" and re.search(r"\b[Aa]rt\.", part.typed):
            own = [k for k in own if self.profiles[k].is_article] or own
        alone = [k for k in own if named_as_authors(said, held, self.profiles[k])]
        own = self.holding(self.in_list(alone or own), part)
        if len(best) == 1 and not self.evidence.by_name_alone(said, self.profiles[best[0]]):
            return best[0], "the only work that fits"
        if len(own) == 1:
            return own[0], "the only work of this author"
        return self._of_author(part, own, spoken, context)

    def _of_author(
        self, part: Part, own: Sequence[str], spoken: str, context: Context
    ) -> tuple[str, str] | None:
        """Return the one of an author's works that the text has led to."""
        noted = context.notes.get(part.note, frozenset()).intersection(own)
        if len(noted) == 1:
            return min(noted), "the work cited in the note"
        named = {k for m in self.mentions.in_titles(spoken) for k in m.keys if k in own}
        if len(named) == 1:
            return named.pop(), "the work named before"
        if not self.evidence.of_one_person(own):
            meant = {k for m in self.mentions.of_people(spoken) for k in own if k in m.keys}
            return (meant.pop(), "the person named before") if len(meant) == 1 else None
        if (back := self._behind(part, own, context)) is not None:
            return back, "the work cited last"
        cited = context.keys & set(own)
        sole = part.back and cited and len((cited | context.named) & set(own)) == 1
        return (cited.pop(), "the only work of this author cited before") if sole else None

    def _behind(self, part: Part, own: Sequence[str], context: Context) -> str | None:
        """Return the last of an author's works to be cited, if `op. cit.` can mean no other.

        It is right before, or is the only book among articles.
        """
        last = context.last_of(own) if part.back else None
        if last is None:
            return None
        articles = {k for k in own if self.profiles[k].is_article}
        only_book = part.back == "work" and {*own} - articles == {last}
        right_before = [c[0] for c in context.last] == [last]
        return last if right_before or only_book else None

    def of_speaker(self, alike: Sequence[str], context: Context) -> list[str]:
        """Return those works whose author the sentence names last, or the paragraph cites."""
        for mention in reversed(self.mentions.of_people(self.spoken(context.before))):
            if meant := [k for k in alike if k in mention.keys]:
                return meant
        here = context.here
        return [k for k in alike if k in here]
