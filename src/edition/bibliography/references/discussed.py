"""The works that a text discusses, and the people of their stories: whose a page alone may be.

A reader of criticism takes `Esther says that she is “glad” (18)` for a page of the novel that is
discussed, whichever critic was cited before.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from edition.bibliography.references.mentions import Mention, Mentions
from edition.bibliography.references.patterns import CAPITAL
from edition.bibliography.references.profile import tokens
from edition.bibliography.references.speakers import IN_MARKS, PRONOUNS
from edition.model.lazy_pattern import lazy

LEAST_NAMED = 3
"""Times that a text names the work that it discusses, and the people of its story."""

_WORD = re.compile(rf"(?<![\w’'-]){CAPITAL}[\w-]+")
_HONOURED = lazy(
    rf"\b(?:Mr|Mrs|Miss|Ms|Sir|Lady|Lord|Aunt|Uncle|Madame|Monsieur|Captain)\b\.?\s({CAPITAL}[\w-]+)"
)
# Of someone in a story, and of a critic or a place.
_DOES = lazy(
    rf"(?<![\w’'-])({CAPITAL}[\w-]+)(?:[’']s?\b|\s(?:says?|said|thinks?|thought|tells?|told|asks?|calls?|who|feels?|sees?|goes|comes)\b)"
)
_ELSEWHERE = lazy(
    rf"\b(?:(?i:in|throughout|across|near|the|an?)\s({CAPITAL}[\w-]+)(?![’'\w-])"
    rf"|({CAPITAL}[\w-]+)\s(?:argue[sd]?|notes|noted|observe[sd]?|suggest(?:s|ed)|claim(?:s|ed)|maintains|contends|points\sout|emphasi[sz]es)\b)"
)
_OF_TEXT = lazy(r"\b(?:of|into|from|throughout)\s(?P<word>[A-Z][a-z]{4,})(?!\s[A-Z]|[\w’'-])")
_IN_TEXT = lazy(r"\b(?:In|in)\s(?P<word>[A-Z][a-z]{4,})(?!\s[A-Z]|[\w’'-])")

# `Page numbers of Emma are given in the text`, `All references are to this edition, in brackets`.
GIVEN_IN_TEXT = lazy(
    r"\b(?:(?:[Pp]age\s(?:numbers|references)|[Rr]eferences|[Cc]itations|[Qq]uotations)\b[^.]{0,80}?\b(?:to|of|from|will|are|given|cited)\b[^.]{0,120}?"
    r"|(?:hereafter|henceforth|subsequently)\b[^.]{0,40}?\bcited\b[^.]{0,40}?)"
    r"(?:\b(?:in|within)\s(?:(?:brackets|parentheses)\b|the\s(?:main\s|body\sof\sthe\s)?text\b)|\bparenthetically\b|\bby\spage\s(?:number|alone)\b)"
    r"|\b(?:Seitenzahlen|Seitenangaben|Zitate|Nachweise)\b[^.]{0,120}?\bim\s(?:laufenden\s|fortlaufenden\s)?Text\b"
    r"|\b(?:[Ll]es\s)?(?:références|numéros\sde\spages?|pages)\b[^.]{0,120}?\b(?:dans\sle\s(?:corps\sdu\s)?texte|entre\sparenthèses)\b"
    r"|\b[Ii]\snumeri\sdi\spagina\b[^.]{0,120}?\b(?:nel\stesto|tra\sparentesi)\b"
)


class Discussed:
    """What the whole of a text tells of the works that it discusses."""

    def __init__(self) -> None:
        self.works: Counter[str] = Counter()  # times that each is named
        self.names: dict[str, Counter[str]] = {}  # and the works near which each person is
        self.unknown: frozenset[str] = frozenset()  # whom its own list of works names besides

    def read(self, texts: Iterable[str], mentions: Mentions, articles: frozenset[str]) -> None:
        """Note the works and people of a text's paragraphs."""
        texts = [IN_MARKS.sub(lambda m: f" {m[0][-1]} ", t) for t in texts]
        self._shorten(" ".join(texts), mentions, articles)
        named: list[list[Mention]] = [mentions.in_titles(t) for t in texts]
        every = Counter(m.keys[0] for found in named for m in found if len(m.keys) == 1)
        self.works = Counter(
            {k: n for k, n in every.items() if n >= LEAST_NAMED and k not in articles}
        )
        if not self.works:
            return
        whole = "\n".join(texts)
        people = Counter(_WORD.findall(whole))
        honoured = set(_HONOURED.findall(whole))
        elsewhere = {a or b for a, b in _ELSEWHERE.findall(whole)}
        doing = {w for w in set(_DOES.findall(whole)) - elsewhere if people[w] >= LEAST_NAMED}
        authors = {word for name in mentions.names for word in name} | self.unknown | PRONOUNS
        names = {n for n in honoured | doing if authors.isdisjoint(tokens(n))}
        near: dict[str, Counter[str]] = defaultdict(Counter)
        topic = ""
        for text, found in zip(texts, named, strict=True):
            for _, word, key in sorted(
                [(m.start, "", m.keys[0]) for m in found if m.keys[0] in self.works]
                + [(w.start(), w[0], "") for w in _WORD.finditer(text) if w[0] in names]
            ):
                topic = key or topic
                if word and topic:
                    near[word][topic] += 1
        self.names = {n: near[n] for n in names}

    def told_of(self, sentence: str, topic: str) -> str:
        """Return the work of the people in a sentence, or that named last, if any are named."""
        held = [self.names[w] for w in _WORD.findall(sentence) if w in self.names]
        most = sum(held, Counter[str]()).most_common(1)
        return (most[0][0] if most else topic) if held else ""

    @staticmethod
    def _shorten(text: str, mentions: Mentions, articles: frozenset[str]) -> None:
        """Take the first word of a title for the work where the text does: `in Portrait`."""
        lower = set(re.findall(r"(?<![\w’'-])[a-z]{5,}", text))
        of = Counter(m["word"].lower() for m in _OF_TEXT.finditer(text))
        both = of + Counter(m["word"].lower() for m in _IN_TEXT.finditer(text))
        first: dict[str, set[str]] = defaultdict(set)
        for profile in mentions.profiles.values():
            for title in profile.titles:
                if len(title) > 2 and profile.key not in articles:
                    first[title[0]].add(profile.key)
        for word, count in both.items():
            known = first.get(word, set())
            if count >= LEAST_NAMED and of[word] and word not in lower and len(known) == 1:
                mentions.titles[word].append(((word,), known.pop()))
