"""Regular expressions that are compiled when they are first used."""

import re
from typing import Any, cast


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)  # as `copy` asks before there is a pattern
        # Asked once for each name: what is found is kept.
        value = getattr(re.compile(self.pattern, self.flags), name)
        setattr(self, name, value)
        return value


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that few texts need, or none in most languages.

    To compile all that this program knows takes a fifth of the check of an edition.
    """
    return cast(re.Pattern[str], _Lazy(pattern, flags))
