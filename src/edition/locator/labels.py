"""Where the labels of a locator begin and end in a text."""

import re
from typing import NamedTuple

from edition.locator.label_forms import FORMS
from edition.locator.model import GrammaticalNumber

# White space, the no-break and the narrow ones too: a class that `re` compiles at once.
SPACE = r"\s"

# What is only ever numbered; the rest may bear a name or a compound number (`§ 2.3`).
NUMBERED = frozenset("column elocation folio issue line note opus page plate stanza volume".split())

# After one of these in the singular, a comma and a bare number lead on to a page: `vol. 3, 44`.
HOLDS_PAGES = frozenset("book chapter issue part sub-verbo supplement volume".split())

# Parts of a book that are cited by name, without a label.
NAMED_PARTS = frozenset(
    "abstract|ad loc\\.|acknowledgements|acknowledgments|afterword|appendix|bibliography|colophon"
    "|conclusion|contents|dedication|endpapers|epigraph|epilogue|errata|foreword|frontispiece"
    "|glossary|index|introduction|postface|postscript|preface|prologue|title page|half-title"
    "|back cover|front cover|inside cover|cover|flyleaf|dust jacket|recto|verso"
    "|intro\\.|introd\\.|pref\\.|praef\\.|praefatio|pro[lh]?\\.|pr\\.|prooem\\.|proem|argument"
    "|Anhang|Einleitung|Einl\\.|Einführung|Nachwort|Vorrede|Vorbemerkung|Geleitwort|Register|Motto"
    "|Vorwort|Widmung|Titelblatt|Umschlag|Inhalt|avant-propos|préambule|avertissement|préface"
    "|épilogue|épigraphe|dédicace|postface|conclusion|quatrième de couverture"
    "|page de titre|prólogo|prefacio|introducción|epílogo|prefazione|introduzione|postfazione"
    "|premessa|conclusione|conclusiones|proemio|dedica|dedicatoria|advertencia|nota al testo"
    "|предисловие|введение|послесловие|заключение|приложение|титульный лист|эпиграф|посвящение"
    "|оглавление|вступление".split("|")
)

# The usual way of saying that the pages bear no numbers, and the others.
UNPAGED = "n.p."
_UNPAGED = re.compile(
    rf"(?:n\.[{SPACE}]?p\.|n\.[{SPACE}]?pag\.|s\.[{SPACE}]?p\.|o\.[{SPACE}]?S\."
    rf"|unpag\.|o\.[{SPACE}]?Pag\.|s\.[{SPACE}]?pag\.|(?:unpaginated|unpaged|no pagination"
    r"|not paginated|unpaginiert|non paginé|non paginato|sin paginar|sin paginación"
    r"|senza numerazione|sans pagination|без пагинации"
    r"|ohne (?:Seitenzahl|Seitenangabe|Paginierung))(?![^\W_]))"
    rf"(?=[{SPACE}]*(?:\.?\Z|[,;&(]))",
    re.IGNORECASE,
)

# Abbreviations that serve for one and for several: `fol. 3r–4v`.
_SERVE_BOTH = {"fo", "fol", "loc"}
# What is one in English and several in another language: German Verse, Italian note.
_SERVE_BOTH |= {many.lower() for table in FORMS.values() for _, one, many in table if one != many}

# A form that serves for one and for several, as all do in languages other than English, is
# never a wrong number.
_NUMBERS: dict[str, tuple[str, GrammaticalNumber]] = {}
_OTHER_NUMBER: dict[str, str] = {}
for _language, _forms in FORMS.items():
    for _name, _singular, _plural in _forms:
        _one, _many = (form.lower().rstrip(".'") for form in (_singular, _plural))
        _english = _language == "en" and _one not in _SERVE_BOTH
        if _language == "en":
            _OTHER_NUMBER.setdefault(_one, _many)
            _OTHER_NUMBER.setdefault(_many, _one)
        _NUMBERS.setdefault(_one, (_name, "singular" if _english else "both"))
        _NUMBERS.setdefault(_many, (_name, "plural" if _language == "en" else "both"))

_WORD = re.compile(r"[^\W\d_]+")
_SYMBOL = re.compile("ص ?ص|§§?|¶¶?|№№?|[fF][°º]|[nN](?:°|\\.?º)")
_SUB_VERBO = re.compile(
    rf"(?:s\.[{SPACE}]?[uv](?P<many>[uv])?|sub[{SPACE}]v(?:oce|erbo|(?P<many_words>ocibus|erbis)))"
    r"(?![^\W_])\.?",
    re.IGNORECASE,
)
_CLING_TO_DIGITS = frozenset("p P pp n nn v vv l ll f ff r rr 頁 页 ص ج".split())
_WITHOUT_STOP = frozenset("pPnNvVlLfFrRsSсСтТσصج頁页")
# So written they name a work: Patrologia Graeca and Latina, a Codex or Causa, Livy.
_NO_LABELS = frozenset("PG PL SC C CC CH Liv".split())
# A canto of the Paradiso, not a paragraph.
_CANTO = re.compile(rf"Par\.[{SPACE}]*(?:[0-9]+|[IVX]+)[.,][{SPACE}]*[0-9]")
_DIGIT = re.compile(rf"[{SPACE}]*\[?[0-9]")


# A number before its label: III. Akt, 2nd scene, 3e partie, 1-я глава.
ORDINAL = re.compile(
    rf"(?P<number>[0-9]{{1,4}}|[IVXLC]+)(?:\.?[ºª]|\.|st|nd|rd|th|er|[èe]?re|è?m?e|-[йяе]e?)"
    rf"[{SPACE}]+(?=[^\W\d_]{{2}})"
)


class Label(NamedTuple):
    """A label found in a text: CSL name, its number, where it ends, whether it is marked.

    A marked label, by a full stop or as a symbol, can be nothing else.
    """

    name: str
    number: GrammaticalNumber
    end: int
    marked: bool


def label_at(text: str, start: int) -> Label | None:
    """Return the label that begins at that offset, if one does."""
    if found := _SYMBOL.match(text, start):
        name, number = _NUMBERS[found[0].lower().replace("fº", "f°").replace(" ", "")]
        return Label(name=name, number=number, end=found.end(), marked=True)
    if found := _SUB_VERBO.match(text, start):
        many = found["many"] or found["many_words"]
        return Label(
            name="sub-verbo", number="plural" if many else "singular", end=found.end(), marked=True
        )
    found = _WORD.match(text, start)
    if not found or found[0].lower() not in _NUMBERS or found[0] in _NO_LABELS:
        return None
    if _CANTO.match(text, start):
        return None
    name, number = _NUMBERS[found[0].lower()]
    if len(found[0]) == 1 and found[0].isupper() and found[0] != "P":
        number = "both"  # German V. 3–5, French T. 1–2
    end = found.end()
    stops = (".", "׳", "'") if "א" <= found[0] <= "ת" else (".",)
    if marked := text.startswith(stops, end):
        end += 1
    elif len(set(found[0].lower())) == 1 and not _stands_alone(text, found[0], end):
        return None
    return Label(name=name, number=number, end=end, marked=marked)


def _stands_alone(text: str, word: str, end: int) -> bool:
    """Return True if letters without a full stop are a label: `v 12`, not `v` or `L12`."""
    if text[end : end + 1].isdigit() and word not in _CLING_TO_DIGITS:
        return False  # S12, a page of a supplement
    if word[0] not in _WITHOUT_STOP:
        return False
    return word[0] in "pPnN" or digit_follows(text, end)


def digit_follows(text: str, start: int) -> bool:
    """Return True if a number in figures comes next, after any spaces."""
    return _DIGIT.match(text, start) is not None


def unpaged_at(text: str, start: int) -> int | None:
    """Return the end of words that say `without page numbers`, if they begin at that offset."""
    found = _UNPAGED.match(text, start)
    return found.end() if found else None


def is_foreign(typed: str) -> bool:
    """Return True if a label is written so in other languages than English alone."""
    return typed[0].isalpha() and typed.lower().rstrip(".") not in _OTHER_NUMBER


def other_number_form(typed: str) -> str:
    """Return the typed label in its other number, in the same style: `Pp` gives `P`."""
    stop = "." if typed.endswith(".") else ""
    other = _OTHER_NUMBER[typed.lower().rstrip(".")] + stop
    return other.capitalize() if typed[0].isupper() else other
