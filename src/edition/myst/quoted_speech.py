"""Quoted words: how many they are, and whether they are a title, a sample or someone’s speech."""

import re

from edition.model.lazy_pattern import lazy
from edition.myst.quotation_marks import MASK

# Soft hyphens, joiners and combining accents belong to the word they stand in.
_LETTERS = "[^\\W_\u00ad\u200b-\u200d\u0300-\u036f]|[\u00ad\u200b-\u200d\u0300-\u036f]"
_WORD = re.compile(rf"(?:{_LETTERS})+(?:[’'‑-](?:{_LETTERS})+)*")
# An editor's brackets and emphasis within a word: `[T]he`, `un*think*able`.
_WITHIN_WORDS = str.maketrans("", "", "[]*\\")
# Chinese, Japanese: no blanks part the words.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆ヶ]")
# Addresses, names of files, code, and what a machine is told.
_ADDRESS = lazy(
    r"\w+://|\bwww\.|\b[\w.+-]+@[\w-]+\.\w|(?:^|\s)(?:[~.]{0,2}/|[A-Za-z]:\\)[\w.-]+"
    r"|[\w-]\.(?:md|txt|pdf|docx?|csv|tsv|xlsx?|json|ya?ml|toml|xml|html?|py|ipynb|rst|tex|bib|png"
    r"|jpe?g|tiff?|svg|zip|gz|sh|exe|cfg|ini|log)\b|[{}<>=|\\]|\w\(\)|--\w"
)
# Only what no historian says: the press, a command, an agent and Claude Monet have words to quote.
_TOLD_TO_A_MACHINE = lazy(
    r"(?:\b(?:prompts?|Chat ?GPT|GPT-?\d\w*|LLMs?|(?:chat)?bot|language model|coding agent|AI agent"
    r"|(?:error|commit|log|status) message|placeholder|checkbox|file ?name"
    r"|Claude (?:Code|Opus|Sonnet|Haiku|\d))\b[^.!?“”\"]{0,40}"
    r"|\b(?:prompt(?:ed|ing)? it|(?:prompt|ask|tell|told|instruct)(?:ed|ing)?"
    r" (?:Claude|the (?:model|assistant)))\b"
    r"(?= (?:to|for|with)|,? *:)[^.!?“”\"]{0,40}"
    r"|\b(?:click|tap|enter|type|select|choose|(?<!the )press|type in|typing"
    r"|search(?:ed|ing)? for)(?:ing|ed)?(?: on)?"
    r"(?: the)?[:,]? *[*_]*"
    r"|\b(?:button|menu|dialog|quer(?:y|ies)|search terms?)"
    r"(?: (?:labell?ed|called|named|marked|like|such as))?[:,]? *[*_]*)\Z",
    re.IGNORECASE,
)
# An example, a gloss or a proverb has no author. Read off lecture notes and manuals.
_SPOKEN_OF = lazy(
    r"(?:\b(?:such as|in other words|that is|as saying|as if to say|mean(?:s|ing|t)?"
    r"|(?:proverb|saying|motto|maxim|slogan|watchword|adage)\b[^.!?“”«»\"]{0,20}"
    r"|c[’']est-à-dire|signifie|cioè|vale a dire|significa|es decir|das heißt|bedeutet|heißt"
    r"|(?:Sprichwort|proverbe|proverbio|refrán|пословица|поговорка)\b[^.!?“”«»\"]{0,20}"
    r"|то есть|означает|значит"
    r"|so[- ]called|sogenannte[mnrs]?|soi-disant|prétendue?s?|cosiddett[aeio]"
    r"|llamad[ao]s?|chamad[ao]s?|так называем\w+|zogenaamde?|såkal[dl]te|så kallade"
    r"|(?:the|an?|this) (?:expression|saying|proverb|adage|idiom|statement|reading|notation)"
    r"|read(?:s|ing)? [^.!?]{0,30}as)|\bi\.e\.|\be\.g\.|\bd\. ?h\.|\bz\. ?B\.)[,:]? *[*_]*\Z",
    re.IGNORECASE,
)
# The sense of a word in another language, right behind it: *ebb* (“the going out of the tide”).
_GLOSSED = lazy(
    r"(?:[=≈]|(?:[*_][^\W\dA-Z_][^*_\0]{0,60}[*_]|[Ͱ-Ͽἀ-῿א-תء-ي一-鿿]['’]?),?\s*\()\s*\Z"
)
_ASKED = lazy(r"\b(?:question|Frage|вопрос)[,:]? *[*_]*\Z", re.IGNORECASE)
# Words that a headline leaves in lower case.
_HEADLINE_SMALL = frozenset(
    "a an the of and or nor but in on at to for by as so if its his her our my no not vs is it "
    "also from with into upon over under their that than then when what this these those "
    "between against during before after about through without within toward towards since "
    "until among de la le les du des et der die das und von".split()
)
# Nouns and participles before the title of a work; the title itself may be in small letters.
_TITLED = lazy(
    r"\b(?:entitled|titled|subtitled|headed|headlined|essay|article|chapter|pamphlet|poem|song"
    r"|novel|lecture|story|hymn|book|review|leaflet|section|paper|post|blog|talk|report|thesis"
    r"|dissertation|film|movie|episode|track|series|manuscript|memo|brochure|volume|column"
    r"|editorial|keynote|documentary|exhibition|project|course|workshop|tutorial|slide|appendix"
    r"|Aufsatz|Buch|Kapitel|Roman|Gedicht|Vortrag|livre|article|chapitre|roman|poème"
    r"|Essay|Artikel|Beitrag|Erzählung|Novelle|Schrift|Studie|Lied|Drama|Rede"
    r"|essai|étude|nouvelle|ouvrage|conférence|conte|pièce|discours"
    r"|saggio|articolo|capitolo|libro|romanzo|poesia|racconto|volume|discorso"
    r"|ensayo|artículo|capítulo|novela|cuento|discurso|ensaio|artigo"
    r"|стать[яеиюё]й?|книг[аеиу]|глав[аеыу]|роман[ае]?|очерк[ае]?|рассказ[ае]?|поэм[аеыу]"
    r"|стихотворени[еия]|эссе|лекци[яию]|доклад[ае]?)[,:]?\s+[*_\[]*\Z"
)
_OWNED = lazy(
    r"\b(?:his|her|their|its|[^\W\d_]+[’']s|see|in|seine[mnr]?|ihre[mnr]?|siehe|voir|dans|sa|son"
    r"|suo|sua|nel|su|véase|см\.|в)\s+[*_\[]*\Z",
    re.IGNORECASE,
)
_YEAR_FOLLOWS = lazy(r"[*_\]]*\s*(?:\((?:1[4-9]|20)[0-9]{2}[a-z]?\)|in [*_]\w)")
_LONGEST_TITLE = 15  # words, chosen by eye: after such a noun what is longer is a sentence
# Titles of works in Chinese and Korean; what they say has stops.
_TITLE_MARKS = "《〈"
_CJK_STOP = lazy("[，。！？；]")


def word_count(text: str) -> int:
    """Return the number of words; of scripts without blanks, that of English for their length.

    Ten characters of Chinese or Japanese are taken for six English words: a rough figure, which
    only decides what is long enough to be a quotation.
    """
    unspaced = len(_UNSPACED.findall(text))
    return len(words(_UNSPACED.sub(" ", text))) + unspaced * 6 // 10


def words(text: str) -> list[str]:
    """Return the words of a text; `pre-war`, `Hart’s`, `[T]he` count as one each."""
    return _WORD.findall(text.translate(_WITHIN_WORDS).replace(MASK, " "))


def is_title(
    inner: str, before: str, mark: str, after: str = "", *, by_capitals: bool = True
) -> bool:
    """Return True if quoted words name a work.

    By their marks, by their capitals, by the noun before, or by whose it is and its year after.
    """
    if mark in _TITLE_MARKS:
        return not _CJK_STOP.search(inner)
    found = words(inner)
    weighty = [w for w in found if w.casefold() not in _HEADLINE_SMALL]
    if by_capitals and len(weighty) > 1 and all(w[0].isupper() or w[0].isdigit() for w in weighty):
        return True
    if not found or len(found) > _LONGEST_TITLE or inner.rstrip().endswith("."):
        return False  # a sentence: no work is called so
    if not found[0][0].isupper():
        return False
    owned = _OWNED.search(before[-40:]) and _YEAR_FOLLOWS.match(after)
    return bool(owned) or _TITLED.search(before[-40:]) is not None


def is_quoted_speech(inner: str, before: str) -> bool:
    """Return False for what no author said: an address, a file's name, code, a prompt."""
    if not inner.strip() or _ADDRESS.search(inner):
        return False
    if not re.search(r"\s", inner.strip()) and not _UNSPACED.search(inner):
        return False
    if (
        _GLOSSED.search(before)
        or _SPOKEN_OF.search(before)
        or (inner.rstrip().endswith("?") and _ASKED.search(before))
    ):
        return False
    return _TOLD_TO_A_MACHINE.search(before[-60:]) is None
