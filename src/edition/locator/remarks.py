"""Words of a locator that are no place: before it, beside it, and to the reader."""

import re

from edition.locator.labels import SPACE, label_at

# Words for the work in which a scholar found the words quoted.
SECOND_HAND = (
    r"(?:(?:as[ ])?(?:cited|quoted|reprinted|qtd\.?|quot\.|repr\.)[ ](?:in|by|from|after)"
    r"|zit(?:iert|\.)[ ](?:nach|bei|in)|abgedruckt[ ](?:in|bei)"
    r"|cité[ese]*[ ](?:par|dans|d['’]après)"
    r"|cit(?:ato|ado|ata|ada|\.)[ ](?:in|da|en|por|par)|цит\.?[ ](?:по|в))(?![^\W_])"
)
# The words of a remark to the reader that is no place.
_EMPHASIS = "emphasis|italics?|underlining|underscoring|highlighting|bold|capitals"
REMARK = re.compile(
    rf"(?:(?:my|our|original|author['’]s)[ ](?:{_EMPHASIS}|trans(?:lation|\.)|punctuation|spelling)"
    rf"|{_EMPHASIS}|translation|transl?\.|tr\.[ ]mine|translated[ ]by[ ]me|modified|emended|adapted"
    r"|mod\.|sic|Herv(?:orhebung|orh\.|\.)|(?:meine|eigene|unsere)[ ](?:Übersetzung|Hervorhebung)"
    r"|Übers(?:etzung|\.)"
    r"|(?:ma|notre)[ ]traduction|traduction|trad\.|je[ ](?:souligne|traduis)|nous[ ]soulignons"
    r"|(?:c['’]est[ ](?:moi|nous)[ ]qui[ ])?soulign\w+|italiques"
    r"|(?:(?:la|mi|nuestra)[ ])?(?:traducción|cursivas?)"
    r"|(?:mia|nostra)[ ]traduzione|traduzione|corsivo"
    r"|(?:minha|nossa)[ ]tradução|tradução|grifos?|itálicos?"
    r"|(?:mijn|onze)[ ]vertaling|vertaling|cursivering|tłum(?:aczenie|\.)|podkr\w*\.?"
    r"|курсив|выделено|подч[её]ркнуто|разрядка|перевод|пер\.)(?![^\W_])"
    rf"|{SECOND_HAND}",
    re.IGNORECASE,
)
# Where on the page, behind its number.
POSITION = re.compile(
    r"(?:(?:left|right|inner|outer)(?:[ -]hand)?(?:[ ](?:column|margin|side))?|top|middle|bottom"
    r"|above|below|margin|oben|unten|links|rechts|Mitte|[ou]|v\.[ ]?[ou]"
    r"|en[ ](?:haut|bas)|infra|supra"
    r"|(?:sub|in|ad)[ ](?:fin[ei]?|init(?:io)?|medio|calce|marg(?:ine)?)"
    r"|(?:linke|rechte|l\.|re?\.)[ ](?:Sp(?:alte|\.)|Rand)|colonne[ ](?:de[ ])?(?:gauche|droite)"
    r"|(?:a[ ])?(?:destra|sinistra)|вверху|внизу|слева|справа"
    r"|(?:en|in|in[ ]der|na)[ ](?:note|nota|Anm\.|Anmerkung|Fußnote))\.?\Z",
    re.IGNORECASE,
)

# Words before a place: what follows is one of several, or only to be compared.
LEAD = re.compile(
    rf"(?P<lead>(?:see[{SPACE}])?esp\.?|especially|bes\.|insb\.|here|hier|ici|cf\.?|cp\."
    rf"|(?-i:conf\.|Conf\.(?=[ ]pp?\.))|vgl\.?|voir|ср\.|см\.|see(?:[{SPACE}]also)?|siehe|véase"
    rf"|vid\.|facing|opposite|opp\.(?=[{SPACE}]pp?\.)|between|following|after|before"
    rf"|nach|vor[ ]allem|vor|gegenüber|zwischen|entre|après|avant|между|после|перед"
    rf"|ad(?=[{SPACE}](?:vv?|ll?)\.)|e\.[{SPACE}]?g\.|z\.[{SPACE}]?B\.|[uv]\.[{SPACE}]?a\.(?=[{SPACE}](?:S|pp?)\.)"
    rf"|p\.[{SPACE}]?ex\.|notamment|surtout|en[ ]particulier|especialmente|soprattutto|specie"
    r"|spec\.|in[ ]part\.|zwł\.|szczególnie|zvl\.|особенно|особ\.|ca\.|circa|etwa"
    r"|approx\.|around|about)"
    rf"(?![^\W_]):?[{SPACE}]*",
    re.IGNORECASE,
)
# The name of an editor behind a page of his edition.
_EDITOR = re.compile(r"(?:ed\.?[ ]|éd\.?[ ]|hg\.?[ ])?(?P<name>[^\W\d_]+(?:[-–’'][^\W\d_]+)*\.?)\Z")
_USUAL_LEADS = {"esp": "esp.", "especially": "esp.", "cf": "cf.", "vgl": "vgl.", "here": "here"}


def one_line(text: str) -> str:
    """Return the text with every run of spaces made one."""
    return re.sub(rf"[{SPACE}]+", " ", text).strip()


def lead_of(found: re.Match[str] | None) -> str:
    """Return the word before a place in its usual form, empty where there is none."""
    typed = one_line(found["lead"]) if found else ""
    return _USUAL_LEADS.get(typed.lower().rstrip("."), typed)


def editor_at(text: str, start: int) -> bool:
    """Return True if the rest names whose edition a page is of: p. 12 Kühn, p. 12 K."""
    found = _EDITOR.match(text, start)
    if found is None or not found["name"][0].isupper():
        return False
    return label_at(text, start) is None or len(found["name"].rstrip(".")) == 1
