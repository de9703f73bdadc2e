"""Words that the end of a line divided, told by the other words of their text."""

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENED = frozenset(
    "self non anti semi counter quasi ex pre post co re sub neo pseudo ultra inter intra "
    "mid half well all cross vice proto pro extra multi trans super over under".split()
)


class WordForms:
    """The words of a text, and the parts of those with a hyphen, with their numbers."""

    def __init__(self, text: str) -> None:
        self.forms = Counter(w.casefold() for w in _WORD.findall(text))
        self.parts = Counter(p for w in self.forms for p in w.split("-"))

    def is_hyphenation(self, first: str, second: str) -> bool:
        """Tell whether a hyphen at a line's end divides one word, by the text's other words."""
        whole, compound = (first + second).casefold(), f"{first}-{second}".casefold()
        if self.forms[compound] or second[:1].isupper():
            return False
        if self.forms[whole]:
            return True
        if first.casefold() in _HYPHENED and (first.casefold() != "re" or second[0] == "e"):
            return False
        both = self.parts[first.casefold()] > 1 and self.parts[second.casefold()] > 1
        return not both

    def is_remnant(self, first: str, second: str) -> bool:
        """Tell whether a hyphen within a word can only come from a line's end: `conscious-ness`."""
        whole = (first + second).casefold()
        lone = self.forms[second.casefold()] == 0 and self.parts[second.casefold()] == 1
        return lone and self.forms[whole] > 1 and len(second) > 2 and second.islower()
