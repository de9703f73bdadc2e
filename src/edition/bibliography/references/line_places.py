"""Which play or poem a place of every edition alone is in: `3.4.140`, `2.681`."""

import re
from collections import Counter

from edition.bibliography.references.context import Context
from edition.bibliography.references.evidence import Evidence
from edition.bibliography.references.patterns import LINES
from edition.bibliography.references.profile import tokens
from edition.bibliography.references.speakers import SENTENCE

_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-zа-я][\w’'-]+")
_MOST_CITED = 3
"""Places from which a work is the subject of an essay that cites another by lines too."""

_NEAR = 3000
"""Characters before a place in which its play is named: all would take the square of a text."""


def works_of_lines(place: str, sentence: str, context: Context, evidence: Evidence) -> set[str]:
    """Return the works that may be meant: those named, of the people named, or cited so before."""
    people = {k for m in evidence.mentions.of_people(sentence) for k in m.keys}
    here = len(context.groups) - context.paragraph
    cited = [
        [(c[0], c[2].split("–")[0].count(".")) for c in g if c[2] and re.match(LINES, c[2])]
        for g in reversed(context.groups)
    ]
    levels = place.split("–")[0].count(".")
    every = [c for g in cited for c in g]
    last = {c[0] for c in next((g for g in cited[:here] if g), every)}
    alike = {k for k, many in every if many == levels}  # `2.681`, and no `3.4.140`
    meant = last & alike or last
    most = Counter(k for k, _ in every).most_common(2)
    if len(meant) > 1 and most[0][1] >= _MOST_CITED and most[0][1] > 2 * most[1][1]:
        meant = {most[0][0]}
    cited_people = people & {k for k, _ in every}
    if here and meant and cited_people.isdisjoint(meant):
        cited_people |= meant if cited_people else set()  # a poet, or a person of another's poem
    either = (_named(sentence, evidence), cited_people, people, meant)
    found = next((set(keys) for keys in either if keys), set())
    if len(found) == 1:
        return found
    near = " ".join((*context.nearby, context.before))[-_NEAR:]
    for earlier in reversed(SENTENCE.split(near)):
        named = _named(earlier, evidence)
        if named := named & found if found else named:
            return named
    return found


def _named(sentence: str, evidence: Evidence) -> set[str]:
    """Return the works with a short title in a sentence; `Hamlet` before `Hamlet and Oedipus`."""
    found: dict[int, set[str]] = {1: set(), 2: set()}
    for word in {tokens(m[0])[0] for m in _CAPITAL.finditer(sentence)}:
        near = evidence.near(word)
        longest = 1 if near & evidence.families else 2
        for meant in near:
            for key in evidence.naming.get(meant, ()):
                for title in evidence.profiles[key].titles:
                    if meant in title and len(title) <= longest:
                        found[len(title)].add(key)
    return found[1] or found[2]
