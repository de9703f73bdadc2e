"""References bound to works: typed ones by what they say, exact ones by their fields."""

import re
from collections.abc import Mapping, Sequence

from edition.bibliography.references import (
    GIVEN_IN_TEXT,
    Context,
    Part,
    Resolved,
    Resolver,
    Typed,
    Unresolved,
)
from edition.importer.document import Field, Item
from edition.importer.recognised import Bound, Cited, Missed, Recognised
from edition.importer.units import Unit, calls_of

_NAME_AND_YEAR = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?: (?:and|&) [A-ZÀ-Þ][\w’'-]+)?,? \d{4}[a-z]?")


_DECLARED = re.compile(
    r"\A[^.;(]{0,9}[.,]?\s*[(\[]?(?:[^()]{0,40}?\b(?i:hereafter|hereinafter|henceforth|abbreviated|cited\s+(?:in\s+text\s+)?as"
    r"|im\s+(?:folgenden|weiteren)|nachfolgend|künftig|fortan|abgekürzt|zit(?:iert|\.)\s+als|sigle|sigla|désormais|dorénavant|ci-après|abrégé"
    r"|d[’']ora\s+in(?:nanzi|\s+(?:poi|avanti))|in\s+seguito|abbreviato|en\s+(?:adelante|lo\s+sucesivo)|abreviado|далее|в\s+дальнейшем|сокращ[её]нно)\b"
    r"[^().;]{0,50}?(?<![\w’'])|\s*=\s*)(?P<siglum>(?!Sigl)[^\W\d_a-zß-ÿа-яё](?:(?:\.\s?[^\W\d_a-zß-ÿа-яё])+|[\w.]{0,9}))"
)
_DECLARED_WITHIN = 120
"""Characters behind a reference in which a siglum is declared."""
BEFORE = 1000
"""Characters before a reference that tell what it means."""
_NEAR = 200
"""Characters before a reference that are looked at."""


class ReferenceBinder:
    """Binds one reference after the other; `context` is what was cited before."""

    def __init__(self, resolver: Resolver, found: Recognised) -> None:
        self.resolver = resolver
        self.found = found
        self.context = Context()
        self.exact_keys: dict[tuple[str, str], str | None] = {}

    def take(self, one: Typed | Field, unit: Unit, lead: str = "") -> int | None:
        """Bind a reference whose offsets are those of its unit; return its index if known.

        The text before it is `lead`, if that is given.
        """
        self.context.before = lead or _without_calls(unit, max(0, one.start - BEFORE), one.start)
        if isinstance(one, Field):
            return self._bind_exact(one, unit)
        number = self.bind(one, unit.start + one.start, unit.line)
        if number is not None:
            self._declare(unit.text[one.end - 1 : one.end + _DECLARED_WITHIN], number)
        return number

    def _declare(self, text: str, number: int) -> None:
        """Take the siglum that the text gives to a work right behind its reference."""
        cited = self.found.references[number].cited
        if (declared := _DECLARED.search(text)) and len(cited) == 1:
            self.resolver.declare(declared["siglum"], cited[0].key)

    def read_habit(self, unit: Unit, first: int) -> None:
        """Note the work of which a unit says that its pages are given in the text alone.

        It names the work, or it is the one that it cites: `first` references were there before.
        """
        if (said := GIVEN_IN_TEXT.search(unit.text)) is None:
            return
        titled = self.resolver.begun_in(said[0])
        cited = [c.key for b in self.found.references[first:] for c in b.cited]
        self.context.in_text = (titled or cited or [self.context.in_text])[-1]

    def pass_note(self, numbers: Sequence[int | None]) -> None:
        """Take what a note cites for cited where the note is called."""
        if numbers:
            known = [self.found.references[n].cited for n in numbers if n is not None]
            cited = tuple((c.key, c.volume, c.locator) for one in known for c in one)
            self.context.add(cited if len(known) == len(numbers) else ())

    def bind(self, typed: Typed, start: int, line: int) -> int | None:
        """Resolve a typed reference that begins at an offset of the text; its index if known.

        Of several works in brackets, those that are known are bound where others are not.
        """
        cited: list[Cited | None] = []
        before = len(self.context.groups)
        for part in typed.parts:
            resolved = self.resolver.resolve(part, self.context)
            if isinstance(resolved, Unresolved):
                self._miss(typed, part, resolved, line)
                if typed.form != "bracket":
                    return None
                cited.append(None)
            elif typed.form == "note" and not (
                resolved.locator
                or part.years
                or part.remark
                or part.back
                or part.note
                or part.prenote
                or _says_title(resolved)
            ):
                return None  # a person spoken of
            else:
                one = _cited(part, resolved, typed)
                cited.append(one)
                # `Hart 1831, 19; ibid., 21`: the work right before, within the bracket too.
                self.context.add(((one.key, one.volume, one.locator),))
        known = [c for c in cited if c]
        if len(known) == len(cited):
            whole = tuple((c.key, c.volume, c.locator) for c in known)
            self.context.groups[before:] = [whole]
            form = "sentence" if typed.form == "note" else typed.form
            return self._add(typed.text, start, form, line, known)
        if self.context.groups[before:]:
            self.context.groups[before:] = [()]  # `ibid.` would mean one of several
        first = None
        for words in dict.fromkeys(p.typed for p in typed.parts):
            own = [c for c, p in zip(cited, typed.parts, strict=True) if p.typed == words]
            at = typed.text.find(words)
            if at >= 0 and all(own):
                number = self._add(words, start + at, "sentence", line, [c for c in own if c])
                first = number if own[0] and own[0] is cited[0] else first
        return first

    def _add(self, text: str, start: int, form: str, line: int, cited: list[Cited]) -> int:
        before = cited[0].prenote
        if form == "sentence" and before and text.startswith(before):  # no place in such a role
            own = text[len(before) :].lstrip(" ,:")
            start, text = start + len(text) - len(own), own
        self.found.references.append(
            Bound(start, start + len(text), text, form, line, tuple(cited))
        )
        return len(self.found.references) - 1

    def _miss(self, typed: Typed, part: Part, why: Unresolved, line: int) -> None:
        """Report a reference; not what only looked like one, as `(in 1902)` and `(40)`."""
        if part.locator or part.back or part.years or not typed.weak:
            named = part.words[:1].isupper()
            if named or part.back or not typed.weak:
                self.context.add(())  # `ibid.` would mean this one
        if typed.weak and not part.back:
            placed = part.locator or (part.years and typed.form != "note")
            dated = part.years and part.locator and part.words[:1].isupper()
            looks = why.ambiguous or dated or _NAME_AND_YEAR.fullmatch(part.words)
            if not (placed and looks):
                return
        self.found.missed.append(Missed(typed.text, line, why.candidates, why.why, part))

    def _bind_exact(self, field: Field, unit: Unit) -> int | None:
        if any(self._key(i) is None for i in field.items) and field.parts:
            first, *_ = [self._bind_exact(part, unit) for part in field.parts]
            return first
        cited = []
        text = unit.text[field.start : field.end]
        for item in field.items:
            key = self._key(item)
            if key is None:
                why = f"the bibliography has no “{item.key}”"
                self.found.missed.append(Missed(text, unit.line, (), why, Part(words=""), item))
                self.context.add(())
                return None
            place = (item.locator or None, None, item.prefix, item.suffix)
            cited.append(Cited(key, *place, "field", item.suppress_author))
        self.context.add(tuple((c.key, None, c.locator) for c in cited))
        form = "sentence" if field.in_sentence else "bracket"
        return self._add(text, unit.start + field.start, form, unit.line, cited)

    def _key(self, item: Item) -> str | None:
        """Return the key of an exact citation's work: its own, or that of the same work."""
        if item.key in self.resolver.profiles:
            return item.key
        if item.data is None:
            return None
        ident = item.work
        if ident not in self.exact_keys:
            self.exact_keys[ident] = self._same_work(item.data)
        return self.exact_keys[ident]

    def _same_work(self, data: Mapping[str, object]) -> str | None:
        people = data.get("author") or data.get("editor") or []
        families = " ".join(
            str(p.get("family") or p.get("literal") or "")
            for p in people  # type: ignore[attr-defined]
        )
        issued = data.get("issued")
        year = re.search(r"\d{4}", str(issued))
        title = str(data.get("title") or "")
        part = Part(
            words=f"{families}, “{title}” {year[0] if year else ''}",
            titles=(title,),
            years=(year[0],) if year else (),
        )
        resolved = self.resolver.resolve(part, Context())
        return resolved.key if isinstance(resolved, Resolved) and title else None


def _without_calls(unit: Unit, start: int, end: int) -> str:
    """Return a part of a text without the calls of notes, which part no sentences."""
    text, position = "", start
    for at, behind, _ in calls_of(unit, start, end):
        if position <= at:
            text, position = text + unit.text[position:at], behind
    return text + unit.text[position:end]


def _cited(part: Part, resolved: Resolved, typed: Typed) -> Cited:
    named = "" if typed.form == "sentence" and not resolved.locator else resolved.remark
    remark = ", ".join(r for r in (named, part.remark) if r)
    place = (resolved.locator, resolved.volume, part.prenote, remark)
    return Cited(resolved.key, *place, resolved.why)


def _says_title(resolved: Resolved) -> bool:
    return resolved.why in ("title", "the only work that fits")


def located(one: Typed | Field, before: str) -> tuple[bool, bool]:
    """Return whether a reference has a place, and whether it only points to a work.

    Behind a quotation a name in brackets is its source: “…” (Hart).
    """
    if isinstance(one, Field):
        points = one.items[0].prefix.casefold().startswith(("see", "cf", "vgl", "voir"))
        return any(i.locator for i in one.items), points
    closes = one.form == "bracket" and before.rstrip()[-1:] in tuple('”"»“’')
    located = closes or any(p.locator or p.back for p in one.parts)
    return located, one.parts[0].points or not (located or one.parts[0].years)


def is_narrative(typed: Typed) -> bool:
    """Tell whether a reference is part of its sentence: `Keel (1902, p. 44) writes`."""
    return typed.form == "sentence" or bool(typed.parts[0].author)


def alone(unit: Unit) -> Field | None:
    """Return the exact citation beside which a line has no word."""
    outside = ((f, unit.text[: f.start] + unit.text[f.end :]) for f in unit.fields)
    return next((f for f, rest in outside if not re.search(r"\w", rest)), None)


def is_behind_quotation(typed: Typed, text: str) -> bool:
    """Tell whether a name and a page are right behind a quotation: it is of no later work."""
    part = typed.parts[0]
    named = part.locator and part.words[:1].isupper() and len(part.words.split()) < 4
    return bool(named) and words_before(text, typed.start).rstrip()[-1:] in '”"»“’'


def words_before(text: str, at: int) -> str:
    """Return the words right before an offset, as many as tell what a reference belongs to."""
    return text[max(0, at - _NEAR) : at]
