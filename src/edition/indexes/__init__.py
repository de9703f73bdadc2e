"""The edition's indexes: who and what its passages name, and where; pure, like the checks.

An entry is defined once, by a directive; the passages that name it are found in their markup.
So nothing is listed twice, and a name added to a passage is in its index by itself.
"""

from edition.indexes.calendar import DateError, DateWords, Span, format_span, read_span
from edition.indexes.entries import Index, index_of, names_of, sort_key_of

__all__ = [
    "DateError",
    "DateWords",
    "Index",
    "Span",
    "format_span",
    "index_of",
    "names_of",
    "read_span",
    "sort_key_of",
]
