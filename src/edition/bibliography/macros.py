"""The @string macros of a bibliography, within bounds."""

# What every BibTeX style defines; pybtex has the same names and values.
MONTHS = {
    name[:3].lower(): name
    for name in (
        "January February March April May June July August September October November December"
    ).split()
}

# Twenty definitions that each double the one before make a million letters out of a few
# lines, forty a million million. No honest file comes near these numbers.
ALLOWANCE = 1_000_000
ALLOWANCE_PER_CHARACTER = 10


class Macros:
    """Names and texts, the names in any case, with an allowance for expansion.

    The allowance, in characters, holds for all expansions together and grows with the
    text that is read, so that reading stays linear in time and memory.
    """

    def __init__(self) -> None:
        self._texts = dict(MONTHS)
        self._left = ALLOWANCE

    def allow(self, characters: int) -> None:
        """Make room for a file of so many characters."""
        self._left += ALLOWANCE_PER_CHARACTER * characters

    def define(self, name: str, text: str) -> None:
        """Define a macro, or define it anew."""
        self._texts[name.lower()] = text

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._texts

    def expand(self, name: str) -> str | None:
        """Return the text of a macro; None where it is undefined or the allowance is spent."""
        text = self._texts.get(name.lower())
        if text is None:
            return None
        if len(text) > self._left:
            return None
        self._left -= len(text)
        return text
