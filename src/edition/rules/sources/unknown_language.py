"""A mark of a language that the outputs cannot carry.

Screen readers choose their voice by it, and typesetting its hyphens. The mark is a class with a
language tag of BCP 47: two letters where the language has two (ISO 639-1), else three, and
perhaps a script or a region behind a hyphen. `{lang=ru}` is dropped by MyST without a word.

Bad:

```md
The [раион]{.language-xx} and the [совет]{lang=ru}.
```

Good:

```md
The [раион]{.language-ru}, [rajon]{.language-sr-Latn} and [ôtché]{.language-frp}.
```
"""

import re

from edition.rules.rule import Edition, Finding, Findings, Severity, rule

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
# ISO 639-1, the languages of two letters.
_TWO_LETTERS = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv "
    "sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh "
    "zu".split()
)


@rule("S110", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for document in edition.documents:
        for mark in document.languages:
            if not mark.kept:
                yield Finding(
                    mark.location,
                    f"the mark lang={mark.tag} is dropped: no output will have it",
                    f"Write it as a class: {{.language-{mark.tag}}}.",
                )
            elif not _is_tag(mark.tag):
                yield Finding(
                    mark.location,
                    f"“{mark.tag}” is no language tag: screen readers and hyphenation take the "
                    "words for another language",
                    "Write a tag of BCP 47, such as ru, sr-Latn or pt-BR.",
                )


def _is_tag(tag: str) -> bool:
    match = _TAG.fullmatch(tag)
    if match is None:
        return False
    language = match["language"].lower()
    return len(language) == 3 or language in _TWO_LETTERS
