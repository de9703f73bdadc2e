"""The headings of the lists at the end of a text: of its notes, and of the works that it uses."""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import pairwise

from edition.model.text_folding import fold

_NOTES_HEADING = re.compile(
    r"(?:end|foot)?not(?:es?|ae|as)|(?:end|fu(?:ß|ss))?noten|anmerkungen|ad?notationes"
    r"|note a piè di pagina|(?:notes de bas de|notas (?:a|al) pie de) (?:page|página)"
    r"|примечания|сноски|комментарии",
    re.IGNORECASE,
)
_WORKS_HEADING = re.compile(
    r"(?:list of )?works (?:cited|consulted|quoted)|(?:list of )?references(?: cited)?"
    r"|reference list|(?:(?:select(?:ed)?|annotated) )?bibliograph(?:y|ie|ia)|bibliograf[ií]a"
    r"|(?:primary|secondary|printed)? ?(?:sources|literature)(?: cited)?|(?:further )?reading"
    r"|(?:quellen- und )?literatur(?:verzeichnis|angaben)?|quellen(?:verzeichnis)?"
    r"|(?:ouvrages|œuvres|oeuvres|travaux|textes) cités|r[ée]f[ée]rences(?: bibliographiques)?"
    r"|(?:opere|obras) cita(?:te|das)|riferimenti(?: bibliografici)?"
    r"|refer[eê]ncias(?: bibliogr[áa]ficas)?|literat(?:ura|uur)(?:lijst)?"
    r"|(?:список )?(?:использованн\w+ )?литератур[аы]|библиография|источники",
    re.IGNORECASE,
)
_SECTION = re.compile(r"\A(?:\d{1,2}(?:\.\d+)*\.?|[IVX]+\.)\s+")  # `7 Notes`
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_LONGEST_HEADING = 60  # letters
_LONGEST_ENTRY = 45  # words for each year in a list of works; more are a text on works


def list_headed(line: str) -> str:
    """Return what a line is the heading of: `notes`, a list of `works`, or nothing."""
    words = line.strip(" \t\f:.#*")
    if len(words) > _LONGEST_HEADING:
        return ""
    words = _SECTION.sub("", words)
    if _NOTES_HEADING.fullmatch(words):
        return "notes"
    return "works" if _WORKS_HEADING.fullmatch(words) else ""


def works_lists(lines: Sequence[str], ends: Collection[int] = ()) -> set[int]:
    """Return which lines head a list of works: one that has a year for every few words.

    It goes as far as the next heading of a list, or one of the lines `ends`.
    """
    heads = [i for i, line in enumerate(lines) if list_headed(line)]
    stops = sorted({*heads, *ends, len(lines)})
    found = set()
    for head in heads:
        text = " ".join(lines[head + 1 : stops[bisect_right(stops, head)]])
        if list_headed(lines[head]) == "works" and (years := len(_YEAR.findall(text))):
            found |= {head} if len(text.split()) <= _LONGEST_ENTRY * years else set()
    return found


def in_alphabet(entries: Sequence[str]) -> bool:
    """Tell whether numbered entries are in the order of the alphabet, as those of no notes are."""
    names = [fold(re.sub(r"\A\W*\d+\W*", "", entry)) for entry in entries]
    return len(names) > 2 and all(a[:3] <= b[:3] for a, b in pairwise(names))
