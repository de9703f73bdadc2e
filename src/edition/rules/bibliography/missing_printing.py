"""A volume of collected or selected works whose printing is not said.

Such volumes are printed again over decades, and their pages move: page 289 of the printing of
1964 need not be page 289 of that of 1977. The year alone does not tell which one the pages
are of. Say it in `printing` or `edition`, or in a note (“Fourth printing”). A part need not
repeat what the volume says that its `crossref` names; if the volume does not say it, the
volume is what is reported.

Bad:

```bib
@book{hart-works-3,
  author = {Hart, Mary},
  title = {Collected Works},
  volume = {3},
  year = {1938},
}
```

Good:

```bib
@book{hart-works-3,
  author = {Hart, Mary},
  title = {Collected Works},
  volume = {3},
  year = {1938},
  printing = {1938 (the first)},
}
```
"""

import re

from edition.bibliography import plain
from edition.model import Work
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

_TITLES = ("title", "booktitle", "maintitle", "series")
_PERIODICALS = frozenset({"article", "periodical", "suppperiodical"})
# How collected and selected works are called in the languages of scholarship.
_COLLECTED = re.compile(
    r"""
    \b(?: (?:collected|selected|complete|miscellaneous|posthumous)\b
          .*\b(?:works?|writings|papers|letters|essays|poems|plays|stories|speeches
               |correspondence|prose)\b
      | (?:gesammelte|sämtliche|saemtliche|ausgewählte)\b
          .*\b(?:werke|schriften|briefe|aufsätze|reden)\b
      | (?:werke|schriften|briefwechsel|\w*gesamtausgabe) \b
      | opera\ omnia | omnia\ opera | opere\b | scritti\ scelti
      | œuvres | oeuvres | écrits\ (?:choisis|complets) | correspondance\ (?:complète|générale)
      | obras\b | escritos\ (?:escogidos|completos)
      | verzamelde\ werken | samlede\ (?:skrifter|verker|værker) | samlade\ skrifter
      | dzieła\b | sebrané\ spisy
      | собрание\ сочинений | сочинени[яй]\b | избранные
      | sobranie\ sochinenii | sochineniia\b
    )
    # "Works", "The Works of …", "Political Writings, 1902–5", but not "How a Lamp Works"
    | (?: ^ | \b(?:the | early | later? | major | minor | prose | poetical | dramatic | literary
                 | philosophical | political | historical | scientific | theological)\  | ['’]s?\  )
      (?:works|writings|papers|letters|correspondence) (?= \ (?:of|by|and)\b | \s*[,:;.(] | $ )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SAYS_PRINTING = re.compile(
    r"""
    \b(?: (?:re)?print(?:ing|ings|ed)? | impressions? | reissued? | editions?
      | \d+(?:st|nd|rd|th)\s eds?\b | (?:first|second|third|fourth|fifth|revised)\s ed\b
      | \w*aufl(?:age)?\b | nachdruck | tirage | réimpr\w* | édition | ristampa | edizione
      | reimpresión | edición | изд\w* | тираж
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_NOTES = ("note", "addendum", "titleaddon", "annotation", "annote", "edition", "printing")
_LONGEST = 1000


@rule("B117", Severity.WARNING)
def check(edition: Edition) -> Findings:
    works = edition.bibliography.works
    keys = {key.casefold(): key for key in works}
    for work in works.values():
        volume = _collected_volume(work)
        if not volume or _says_printing(work):
            continue
        crossref = work.fields.get("crossref")
        parent = works.get(keys.get(crossref.value.casefold(), "")) if crossref else None
        if parent is not None and _collected_volume(parent):
            continue  # the volume's own entry is where it belongs
        yield Finding(
            work.location,
            f"“{work.key}” stands in volume {volume} of “{_collection(work)}”, but does not say "
            "of which printing its pages are",
            "Add `printing` or `edition`, or a note that says it.",
        )


def _collected_volume(work: Work) -> str:
    """Return the volume of collected works that a work is or stands in; empty where it is none."""
    volume = work.get("volume") or ""
    periodical = work.get("journal") or work.get("journaltitle") or work.type in _PERIODICALS
    return volume if volume and not periodical and _collection(work) else ""


def _collection(work: Work) -> str:
    """Return the title of the collected works, as the entry gives it; empty where it names none."""
    titles = (plain((work.get(name) or "")[:_LONGEST]) for name in reversed(_TITLES))
    return next((title for title in titles if _COLLECTED.search(title)), "")


def _says_printing(work: Work) -> bool:
    if work.get("edition") or work.get("printing"):
        return True
    notes = (work.get(name) or "" for name in _NOTES)
    return any(_SAYS_PRINTING.search(note[:_LONGEST]) for note in notes)
