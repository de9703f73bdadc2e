"""Quotations located in the text of the works quoted, and the ledger of what was found.

`ledger` needs the standard library alone; all else the libraries of the extra `verify`.
"""

from importlib.util import find_spec

_LIBRARIES = ("edlib", "lxml", "numpy", "pypdfium2", "rapidfuzz")


def missing_libraries() -> list[str]:
    """Return the libraries of the extra `verify` that are not installed."""
    return [name for name in _LIBRARIES if find_spec(name) is None]
