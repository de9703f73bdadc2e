"""Whom a sentence quotes: its speaker, or its subject."""

import re
from collections.abc import Sequence
from dataclasses import replace

from edition.bibliography.references.mentions import Mention
from edition.bibliography.references.patterns import CAPITAL
from edition.model.lazy_pattern import lazy

SAYS = (
    r"(?:sa(?:ys?|id)|wr(?:ites?|ote)|calls?|called|argues?|argued|notes?|noted|adds?|added|claims?"
    r"|claimed|observes?|observed|remarks?|remarked|insists?|insisted|finds?|found|puts?|tells?|told"
    r"|reports?|reported|states?|stated|asks?|asked|recalls?|recalled|maintains?|suggests?|thinks?"
    r"|thought|holds?|held|complain(?:s|ed)|conclude[sd]?|explain(?:s|ed)|show(?:s|ed)|describe[sd]?"
    r"|believe[sd]?|warn(?:s|ed)|admit(?:s|ted)|concede[sd]?|object(?:s|ed)|repli(?:es|ed)"
    r"|stress(?:es|ed)|emphasi[sz]e[sd]?|contend(?:s|ed)|sp(?:eaks?|oke)\s(?:of|about)|respond(?:s|ed)|counter(?:s|ed)|declare[sd]?"
    r"|assert(?:s|ed)|acknowledge[sd]?|propose[sd]?|comment(?:s|ed)|discuss(?:es|ed)|define[sd]?|dub(?:s|bed)|term(?:s|ed)"
    r"|judge[sd]?|deride[sd]?|ridicule[sd]?|lament(?:s|ed)|criticize[sd]?|point(?:s|ed)\s(?:out|to)|identif(?:ies|ied)"
    r"|interpret(?:s|ed)|characteri[sz]e[sd]?|attribute[sd]?|ascribe[sd]?|schreibt|sagt|meint|écrit|dit|пишет|говорит)\b"
)
SAID = lazy(rf"\b{SAYS}\s*\Z")
SPEAKS = lazy(
    rf"\s(?:also\s|himself\s|herself\s)?{SAYS}|\s*,\s(?:for\swhom|to\swhom|für\sd(?:en|ie)|pour\s(?:qui|lequel)|per\scui)\s"
)
SPEAKER = lazy(
    rf"(?<![\w’])([^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z][\w’'-]+){{0,2}})(?!\ssay\b)(?:{SPEAKS.pattern})"
)
# `Hart’s reading of Emma turns to “…”`, and no `Hart’s Emma`.
_READS = lazy(
    r"\s(?:[a-z]+\s|\d{4}\s){0,2}(?:reading|treatment|study|analysis|essay|account|discussion|interpretation|article"
    r"|critique|review|commentary)\s(?:of|on)\b"
)
_HE = r"(?:he|she|er|sie|elle|он|она)"
# A sentence whose subject is named before it.
OF_ANOTHER = lazy(
    r"(?:(?:And|But|Yet|So|Still|Und|Aber|Doch|Et|Mais|Ma|Pero|Но|И|А)\s)?"
    r"(?i:his|her|he|she|er|seine?|ihre?|il|elle|son|sa|ses|он|она|его|её)\s(?!is\s)"
    rf"|.*\b{_HE}\s(?:also\s)?{SAYS}"
)
# Someone named before, and not Hart: `Hart, he says, was wrong`.
HE_SAYS = lazy(rf",\s{_HE}\s(?:also\s)?{SAYS},")

# `She gave Hart his due`: of her or of Hart.
_PRONOUN_AND_NAME = lazy(rf"\b{_HE}\s+(?:[a-zß-öø-ÿа-яё]+\s+){{1,2}}{CAPITAL}[\w-]+(?![’'])")

PRONOUNS = frozenset(
    "he she it they we i you one nobody everybody this that these those another both who the "
    "his her others some many few all none er sie es wir man il elle on ils nous он она они "
    "мы".split()
)

SENTENCE = lazy(
    r"(?<=[.!?])(?<!\b[A-ZÀ-ÞА-Я]\.)(?<!\b[MD]r\.)(?<!\bMrs\.)(?<!\bSt\.)[”\"»’]?\s+(?=[A-ZÀ-ÞА-Я“\"„«‘])"
)
# What may stand before the subject of a sentence, and its given names.
_AS_SUBJECT = lazy(
    r"(?:\A|[,;:—–(“”\"»’]|\b(?i:so\sd(?:oes|id)|nor\sd(?:oes|id)|and|but|yet|or|while|whereas|that|as|for|though|although|because|since|if|when|where"
    r"|und|aber|doch|während|dass|als|wie|et|mais|que|comme|tandis|ma|che|e|y|pero|и|но|а|что|как))\s*"
    rf"(?:{CAPITAL}\.[\s-]?|{CAPITAL}[\w’-]*\.?[\s-]+){{0,4}}\Z"
)
_BOTH = re.compile(r"\s*(?:and|&|und|et|e|y|и)\s")
IN_MARKS = lazy(r"[“\"„«][^”\"“»]*[”\"“»]")
SUBJECT = lazy(
    r"(?:[A-Z][a-z]+(?:\s[a-z]+){0,2},\s)?(?:(?:But|And|Yet|So|When|Aber|Doch|Mais|Но|И|А)\s)?(?P<name>[^\W\d_a-zа-я][\w-]+(?:\s[^\W\d_a-zа-я][\w-]+)?)(?:[’']s)?\s+(?=[a-zß-öø-ÿа-яё])"
)
_THE_SAME = frozenset("he she er sie il elle он она".split())
_THAT = lazy(r"\b(?:that|dass|daß|que|che|что)\s")


def quoted_people(people: Sequence[Mention], sentence: str) -> list[Mention]:
    """Return those of the people in a sentence whom it may quote, the likeliest last.

    Hart in `Hart says that Cole was`, in `Hart, on whom Cole draws, has it`, and in `Hart goes on
    with Cole’s story`.
    """
    told = _THAT.search(sentence, people[0].end) if people else None
    first = told.start() if told else len(sentence)
    speak = [m for m in people if speaks(m, sentence)]
    may = [m for m in people if m.end <= first or m in speak]
    may = [m for m in may if m.start > sentence.rfind(";")] or may
    if len({m.keys for m in may}) < 2 or speak:
        return speak or may
    subjects = [m for m in may if is_subject(m, sentence)] or may[:1]
    if len(subjects) > 1 and _BOTH.match(sentence, subjects[-2].end):
        one, other = (m.keys for m in subjects[-2:])
        both = tuple(k for k in one if k in other) or (*one, *other)
        subjects[-1] = replace(subjects[-1], keys=both)
    return subjects


def subject_of(sentence: str, before: str) -> str:
    """Return the first name of a sentence, or of that before it: `But Lily left. She had “spots”`.

    `before` is the text as far as the sentence's end, with its references.
    """
    first = SUBJECT.match(sentence)
    if first and first["name"].casefold() in _THE_SAME:
        sentences = SENTENCE.split(re.sub(r"\([^()]*\)", " ", before))[-2:-1]
        first = SUBJECT.match(sentences[0]) if sentences else None
    return first["name"] if first else ""


def by_pronoun(sentence: str) -> bool:
    """Tell whether the person named in a sentence is the object of a pronoun."""
    return _PRONOUN_AND_NAME.search(sentence) is not None


def is_subject(person: Mention, sentence: str) -> bool:
    """Tell whether a person is the subject of a sentence, for all that is before and behind."""
    whose = sentence[: person.end].endswith(("’s", "'s"))
    return not whose and _AS_SUBJECT.search(sentence[: person.start]) is not None


def speaks(person: Mention, sentence: str) -> bool:
    """Tell whether a person says what a sentence quotes: no `Hart’s claim`."""
    whose = sentence[: person.end].endswith(("’s", "'s"))
    return not whose and SPEAKS.match(sentence, person.end) is not None


def reads(person: Mention, sentence: str) -> bool:
    """Tell whether the reading, by a person, of a work begins a sentence."""
    whose = sentence[: person.end].endswith(("’s", "'s"))
    leads = _AS_SUBJECT.search(sentence[: person.start])
    return whose and leads is not None and _READS.match(sentence, person.end) is not None
