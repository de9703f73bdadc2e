"""A lemma that disagrees with the quotation’s own text.

Where a `{quotation}` has both a body and a lemma, they overlap: the body begins with the
`:opening:` and ends with the `:closing:`. If not, one of the two is of another place, or was not
changed with the other. Capitals, accents, punctuation, emphasis and line breaks do not count.

Bad:

```md
:::{quotation} hart-letters
:page: 19
:opening: The tide came in
:closing: came back.

The tide went out and never came back.
:::
```

Good:

```md
:::{quotation} hart-letters
:page: 19
:opening: the tide went out
:closing: never came back

The *tide* went out
and “never came back”.
:::
```
"""

import html
import re
import unicodedata

from edition.rules.rule import Edition, Finding, Findings, Severity, rule

# Of the markup, all that is letters and no text.
_MARKUP = re.compile(
    r"^[ \t]*(?:%|:::|```|~~~|:[\w-]+:)[^\n]*"  # comments, fences and their options
    r"|^[ \t]*\([\w.-]+\)=[ \t]*$"  # anchors
    r"|\[\^[^\[\]\s]*\]"  # footnote marks
    r"|\{(?:foot)?cite[\w:]*\}`[^`]*`|\{[\w:+-]+\}(?=`)"  # citations; the names of other roles
    r"|(?<=[\]`*_])\{[^{}\n]*\}"  # attributes
    r"|(?<=\])\([^()\s]*\)"  # where a link leads
    r"|</?[A-Za-z][^<>\n]*>|<!--[^<>]*-->",  # tags
    re.MULTILINE,
)
_RUN = re.compile(r"[^\W_]+")


@rule("Q105", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for quotation in edition.quotations:
        if not quotation.text or not (quotation.opening or quotation.closing):
            continue
        body, opening, closing = map(_runs, (quotation.text, quotation.opening, quotation.closing))
        wrong = []
        if not _begins(body, opening):
            wrong.append(f"does not begin with its opening, “{quotation.opening}”")
        if not _begins(_reversed(body), _reversed(closing)):
            wrong.append(f"does not end with its closing, “{quotation.closing}”")
        if wrong:
            yield Finding(
                quotation.location,
                f"the quotation {' and '.join(wrong)}",
                "Correct the lemma or the body; with a body, the lemma may go.",
            )


def _begins(text: list[str], lemma: list[str]) -> bool:
    """Tell whether whole words of a text have the letters of a lemma, however they are parted."""
    wanted, letters = "".join(lemma), ""
    for run in text:
        if len(letters) >= len(wanted):
            break
        letters += run
    return letters == wanted


def _reversed(runs: list[str]) -> list[str]:
    return [run[::-1] for run in reversed(runs)]


def _runs(text: str) -> list[str]:
    """Return the runs of letters and digits in a text, without markup, case and accents."""
    bare = html.unescape(_MARKUP.sub(" ", text))
    flat = unicodedata.normalize("NFKD", bare.casefold())
    return _RUN.findall("".join(c for c in flat if not unicodedata.combining(c)))
