"""An option that one of this package’s directives does not know.

The build drops the whole directive then, and with it the quotation.

Bad:

````md
:::{quotation} hart-letters
:page: 19
:openning: The tide went out and
:::
````

Good:

````md
:::{quotation} hart-letters
:page: 19
:opening: The tide went out and
:closing: and never came back.
:::
````
"""

from __future__ import annotations

from edition.model.diagnostic import Severity
from edition.rules.rule import Rule, reported

RULE = Rule(
    code="S103",
    name="unknown-directive-option",
    severity=Severity.ERROR,
    check=reported("unknown-directive-option"),
    page=__doc__,
)
