"""Titles of antiquity and the books of the Bible, as they are cut short in references."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile

# Words of titles that are cited by those of another language; a few letters begin any of a row.
_ROWS = """carmina odes oden poems|epistulae epistolae epistles letters briefe lettres lettere
|sermones satirae satires satiren|leges laws nomoi gesetze lois|opera works werke|dies days tage
|respublica republic publica politeia staat|officiis duties pflichten devoirs|finibus ends
|historia historiae histories history histoire geschichte|civitate city gottesstaat cite
|dei god gottes dieu|confessiones confessions bekenntnisse|anima soul seele|natura nature natur
|rerum things dinge|familiares friends freunde
|amicitia friendship|senectute age|oratore orator|ira anger zorn|ars art kunst
|amatoria love liebe amour|clementia mercy clemency|beneficiis benefits favours
|vita vitae lives leben vies|bellum bello war krieg guerre|gallico gallicum gallic
|civili civile civil|metamorphoses verwandlungen|politica politics politik|ethica ethics ethik
|nicomachea nicomachean nikomachische|animalium animals tiere|naturalis natural naturkunde
|etymologiae origines|dialogi dialogues|apologia apology apologie
|ecclesiastica ecclesiastical|antiquitates antiquities
|aeneis aeneid eneide|ilias iliad iliade|odyssea odyssey odyssee|georgica georgics georgiques
|eclogae eclogues bucolica|poetica poetics poetik poetique|rhetorica rhetoric rhetorik
|nubes clouds|aves birds|ranae frogs|vespae wasps|equites knights|persae persians
|troades trojan|supplices suppliants|tyrannus king rex|oeconomicus household|caelo heavens"""
_SAME = {word: tuple(row.split()) for row in _ROWS.split("|") for word in row.split()}
# Titles of works whose parts have names: of a life, a dialogue, a speech.
WHOLES = frozenset(
    "works opera oeuvres werke opuscula vitae vita lives leben vies moralia fabulae dialogues"
    " dialogi speeches orationes tragedies tragoediae comedies comoediae plays poems".split()
)
# Words before the one by which a work is cited: `Att.`, Epistulae ad Atticum; `Mil.`, Pro Milone.
KINDS = frozenset((*_SAME["epistulae"], *"ars ad pro contra adversus to against".split()))
_LIVES = frozenset((*_SAME["vitae"], "vitae"))
BIBLES = frozenset("bible bibel biblia vulgata vulgate septuagint septuaginta testament".split())
# Each letter but the first is behind the one before, or a vowel: `Hdt.`, `Phd.`, `Smp.`.
_LEFT_OUT = re.compile(r"(?![ivxlc]+\Z)[a-z][^\W\daeiou]{1,3}")
_BOOKS = """genesis gn exodus leviticus numbers numeri nm deuteronomy dtn joshua josua judges ruth
samuel kings chronicles ezra nehemiah esther job hiob psalms proverbs ecclesiastes qohelet koh
canticles isaiah jesaja jeremiah lamentations ezekiel hesekiel daniel hosea joel amos obadiah jonah
micah nahum habakkuk zephaniah haggai zechariah sacharja malachi tobit judith maccabees wisdom
sirach matthew mt mark luke john jn acts apostelgeschichte apg romans corinthians korinther
galatians ephesians philippians colossians kolosser thessalonians timothy titus philemon hebrews
james jakobus peter petrus jude revelation offenbarung apocalypse""".split()


# As the MLA Handbook abbreviates them, by a word of the title.
_PLAYS = dict(
    pair.split("=")
    for pair in """ado=ado antony=ant cleopatra=ant coriolanus=cor cymbeline=cym errors=err
    hamlet=ham julius=jc caesar=jc john=jn lear=lr lucrece=luc macbeth=mac measure=mm midsummer=mnd
    merchant=mv othello=oth pericles=per romeo=rom juliet=rom shrew=shr sonnets=son verona=tgv
    timon=tim titus=tit tempest=tmp twelfth=tn troilus=tro cressida=tro venus=ven windsor=wiv
    winters=wt""".split()
)


def sigla_of_plays(title: Iterable[str]) -> frozenset[str]:
    """Return the abbreviation of a play of Shakespeare's by the words of its title."""
    return frozenset(_PLAYS[word] for word in title if word in _PLAYS)


def translations(word: str) -> tuple[str, ...]:
    """Return the words that a word of a title is in other languages, itself among them."""
    return _SAME.get(word, (word,))


def is_book(word: str) -> bool:
    """Tell whether a word is a book of the Bible, or begins one."""
    return len(word) > 1 and any(book.startswith(word) for book in _BOOKS)


def own_length(title: Sequence[str]) -> int:
    """Return how many words of a title are of this work, and not of its kind."""
    return sum(w not in KINDS for w in title) or 1


def spellings(word: str) -> tuple[str, ...]:
    """Return a word with either letter at its beginning: `Juv.`, Iuvenalis; `Jug.`, Iugurtha."""
    other = re.sub(r"\Ai(?=[aou])", "j", word)
    return (word, other) if other != word else (word, re.sub(r"\Aj", "i", word))


def may_hold(titles: Iterable[Sequence[str]], part: Sequence[str], place: str) -> bool:
    """Tell whether a work can have a part of a name.

    No life is `Mor. 385b`, `De Is. 3` or `Quaest. conv. 2.1`.
    """
    if not any(_LIVES.intersection(title) for title in titles):
        return True
    names = all(word.istitle() or word in ("mai", "min") for word in part)
    return names and part[0] not in ("De", "In") and not re.search(r"\d{2,}[a-f]", place)


LETTERS_LEFT_OUT = 0.5
"""How sure a word is of which letters are left out: `Hdt.`; of given names it is not."""


class ShortWords:
    """Words, with the works that hold each, found by their first letters."""

    def __init__(self, near: Callable[[str], Iterable[str]]) -> None:
        self.near = near
        self.keys: dict[str, set[str]] = defaultdict(set)
        self.in_order: list[str] = []
        self.found: dict[tuple[str, bool], list[tuple[str, float]]] = {}

    def add(self, word: str, key: str) -> None:
        """Add a word of a work."""
        self.keys[word].add(key)

    def fits(self, word: str, short: bool) -> list[tuple[str, float]]:
        """Return the words that one is, with how sure it is: whole, begun, or letters left out."""
        if (word, short) not in self.found:
            self.found[word, short] = list(self._fitting(word, short))
        return self.found[word, short]

    def _fitting(self, word: str, short: bool) -> Iterator[tuple[str, float]]:
        self.in_order = self.in_order or sorted(self.keys)
        if len(word) > 3:
            yield from ((w, 1.0) for w in self.near(word) if w in self.keys)
        if word in self.keys:
            yield word, 1.0
        if not short and len(word) < 4:
            return
        at = bisect_left(self.in_order, word)
        for other in takewhile(lambda w: w.startswith(word), self.in_order[at:]):
            yield other, 0.9
        if short and _LEFT_OUT.fullmatch(word):
            first = bisect_left(self.in_order, word[0])
            contracted = re.compile("(?:.*[aeiouy])?".join(word))
            for other in takewhile(lambda w: w[0] == word[0], self.in_order[first:]):
                if contracted.match(other):
                    yield other, LETTERS_LEFT_OUT
