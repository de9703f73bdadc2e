"""A bibliography that is not UTF-8.

Its letters would be read wrongly or not at all. Save the file as UTF-8; an editor shows the
present encoding, which is usually Latin-1 or Windows-1252.
"""

from edition.rules.rule import Severity, reported

RULE = reported(__name__, "B102", Severity.ERROR)
