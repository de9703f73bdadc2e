"""A source that cannot be opened, or is not UTF-8.

Nothing in it was checked. Save it as UTF-8, and see that you may read it. The same is said of
front matter that is no YAML: the build reads nothing of it.
"""

from edition.rules.rule import Severity, reported

RULE = reported(__name__, "S104", Severity.ERROR)
