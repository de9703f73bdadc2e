"""What counts as damage of a scan: little, and never a word that may be another."""

from __future__ import annotations

import random

import pytest

from edition.verify.lexicon import NO_WORDS
from edition.verify.vocabulary import Vocabulary

# Our own sentences; the words matter, not what they say.
STOCK = (
    "the harbour was quiet and the boats that lay in it had lost their colour to the salt "
    "with every year he said that no stranger would come before the winter had gone over them "
    "she could hear the water under the bridge and knew for certain which of the lamps was hers "
    "and it is said of him that he never gave an answer to any question about the moral of a story "
    "not one of them would open the heavy door for a friend when the wind came from the north"
).split()
DAMAGED = (
    "tbe tbat wbich bave baving sbe wbo hcavy ncver qucstion frorn winler anowcr liarbour bridgc "
    "certam heav coutd wouid everv bcfore undcr sfory gonc qniet saft"
).split()


def scan(*further: str, damaged: bool = True, seed: int = 3) -> Vocabulary:
    """A text of some thousand words, with or without the damage of a scan."""
    chance = random.Random(seed)
    words = chance.choices(STOCK, k=6000)
    for word in (*(DAMAGED if damaged else ()), *further):
        words[chance.randrange(len(words))] = word
    return Vocabulary((" ".join(words),))


@pytest.fixture(scope="module")
def bad() -> Vocabulary:
    return scan("mortal", "Kornilov", *["Trotsky"] * 12, "Trotskv", *["Kornilov"] * 8, "Komilov")


class TestDamage:
    @pytest.mark.parametrize(
        ("source", "quoted"),
        [
            ("tbe", "the"),
            ("wbich", "which"),
            ("hcavy", "heavy"),
            ("qucstion", "question"),
            ("Tbe", "The"),
            ("Komilov", "Kornilov"),
            ("1", "I"),
        ],
    )
    def test_of_a_scan(self, bad: Vocabulary, source: str, quoted: str) -> None:
        assert bad.is_damage(source, quoted)

    @pytest.mark.parametrize(
        ("source", "quoted"),
        [
            ("mortal", "moral"),  # a word, if it stands but once
            ("bad", "had"),
            ("now", "not"),
            ("cave", "gave"),
            ("1917", "1918"),
            ("19l7", "1917"),
            ("Serge", "Sorge"),
            ("Trotskv", "Trotsky"),  # a name: who can tell
            ("tbe", "tie"),  # the likelier word is another
            ("tbe", "toe"),
            ("labour", "labor"),
            ("honour", "honor"),
            ("ex amination", "examinations"),
            ("hethen", "be then"),
            ("qucstion no", "question"),
            ("qucstionno", "question"),
            ("noqucstion", "question"),
            ("qucstiona", "question"),
        ],
    )
    def test_another_word_is_another_word(self, bad: Vocabulary, source: str, quoted: str) -> None:
        assert not bad.is_damage(source, quoted)

    @pytest.mark.parametrize(("source", "quoted"), [("tbe", "the"), ("hcavy", "heavy"), ("1", "I")])
    def test_there_is_none_in_a_clean_text(self, source: str, quoted: str) -> None:
        assert not scan("tbe", damaged=False).is_damage(source, quoted)

    def test_nor_in_a_language_that_is_not_known(self) -> None:
        words = " ".join(["jedna", "dva", "tři", "čtyři", "pět"] * 400)
        assert not Vocabulary((words,)).is_damage("jcdna", "jedna")

    def test_nor_without_the_lists_of_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("edition.verify.vocabulary.words_of_language", lambda _code: NO_WORDS)
        assert not scan().is_damage("tbe", "the")
