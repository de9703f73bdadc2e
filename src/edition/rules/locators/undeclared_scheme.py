"""A canonical reference of a work whose entry does not say how it is cited.

Plato is cited by the pages of Stephanus, Aristotle by those of Bekker, poems by book and line,
the Bible by chapter and verse, Kant by the first and second edition, films by the time. Such a
reference is the same in every edition, and no page of this one. Declare the scheme in the entry,
`locators = {stephanus}`, or in the settings; then the reference is read by it, and a misprint in
it is found. The schemes are `stephanus`, `bekker`, `book-line`, `book-chapter-section`,
`act-scene-line`, `chapter-verse`, `a-b`, `fragment`, `signature`, `folio`, `timecode`, `units`
(of an archive: `box 3, folder 12`) and `date`; a label such as `column` or `section` says what
bare numbers count.

Bad:

```md
{cite:p}`ethics{1094a1–b5}`
```

```bib
@book{ethics,
  author = {Aristotle},
  title = {Ethics},
  publisher = {Quay Press},
  address = {Whitby},
  year = {1894},
}
```

Good:

```md
{cite:p}`ethics{1094a1–b5}`
```

```bib
@book{ethics,
  author = {Aristotle},
  title = {Ethics},
  publisher = {Quay Press},
  address = {Whitby},
  year = {1894},
  locators = {bekker},
}
```
"""

from edition.rules.queries import faults
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("L111", Severity.NOTE)
def check(edition: Edition) -> Findings:
    for citation, place, fault, _edits in faults(edition, "undeclared-scheme"):
        name = fault.scheme or "…"
        yield Finding(
            place,
            fault.message,
            f"Declare it: `locators = {{{name}}}` in the entry, or "
            f'`locators.{citation.key} = "{name}"` under [tool.edition].',
        )
