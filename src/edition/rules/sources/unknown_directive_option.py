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

from edition.rules.rule import Severity, reported

RULE = reported(__name__, "S103", Severity.ERROR)
