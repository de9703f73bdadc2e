"""An ISBN that cannot be one.

It has ten or thirteen digits, the last of which is reckoned from the others, so that a slip
shows. Hyphens and spaces do not matter, nor does a remark in round brackets; several stand
side by side, parted by a comma or a semicolon.

Bad:

```bib
@book{pilot-log,
  author = {Pilot, A.},
  title = {The Pilot's Log},
  year = {1978},
  isbn = {978-0-306-40615-8},
}
```

Good:

```bib
@book{pilot-log,
  author = {Pilot, A.},
  title = {The Pilot's Log},
  year = {1978},
  isbn = {978-0-306-40615-7; 0-306-40615-2 (pbk.)},
}
```
"""

from edition.bibliography.identifiers import compact_isbn, is_sbn_field, isbn_fault, isbns
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("B112", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        field = work.fields.get("isbn")
        if field is None:
            continue
        for number in isbns(field.value):
            sbn = is_sbn_field(field.value) and len(compact_isbn(number)) == 9
            if fault := isbn_fault(f"0{number}" if sbn else number):
                yield Finding(
                    field.location,
                    f"the ISBN “{number[:60]}” of “{work.key}” {fault}",
                    "Compare it with the book; the two ISBNs of a book differ in their last digit.",
                )
