"""Further sets of quotations, made from the pages of a given one, or from texts, by a seed.

    python bench/quotation_sets.py DIR OUT --seed 7 [--count 1000] [--noise scan] [--script greek]

DIR holds `pages.json.gz`, or texts (`*.txt`), each a volume: in pages where there are form feeds,
else set in pages of 38 lines with a running head and a few damaged letters. OUT gets
`pages.json.gz` and `quotes.json.gz`. Of every ten quotations one is invented: words of the pages
in new order, of which no three quarters stand anywhere, or the words of a volume that is then
left out. Of the rest a fifth has a wrong citation. `--altered` changes one word of every
quotation, which is then in `altered` (old and new). `--noise` is the kind of damage: `scan`
(letters that scanners confuse), `random` (any letter), `lost` (letters missing), `spaces`.
`--script` writes pages and quotations in another script, letter by letter: `cyrillic`, `greek`
(with accents and final sigma), `german` (long s, ligatures, umlauts, sharp s).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import textwrap
from collections import defaultdict
from pathlib import Path
from typing import Any

from edition.verify.running_heads import body_spans

RATES = (0.0, 0.02, 0.05, 0.10, 0.15)
CONFUSED = [
    ("rn", "m"), ("m", "rn"), ("h", "b"), ("b", "h"), ("e", "c"), ("c", "e"), ("o", "0"),
    ("l", "1"), ("i", "l"), ("s", "5"), ("t", "f"), ("f", "t"), ("a", "o"), ("u", "n"),
    ("n", "u"), ("g", "q"), ("d", "cl"), ("w", "vv"), ("y", "v"), ("r", "i"),
    ("ſ", "f"), ("f", "ſ"), ("k", "t"), ("ſ", "s"), ("ü", "u"), ("ß", "ſs"),
    ("и", "н"), ("н", "и"), ("п", "н"), ("ш", "щ"), ("щ", "ш"), ("е", "с"), ("с", "е"), ("о", "а"),
    ("а", "о"), ("т", "г"), ("г", "т"), ("ы", "м"), ("л", "п"), ("в", "з"), ("й", "и"), ("ь", "ъ"),
    ("ν", "υ"), ("υ", "ν"), ("ο", "σ"), ("σ", "ο"), ("α", "ο"), ("γ", "τ"), ("κ", "χ"), ("ρ", "ο"),
    ("ὶ", "ι"), ("ἰ", "ί"), ("ὸ", "ό"), ("ἐ", "έ"), ("η", "π"), ("θ", "ο"), ("ω", "οι"), ("ε", "c"),
]  # fmt: skip
ELLIPSES = ("...", ". . .", "…", "[...]", "[…]")
INSERTED = ("[sic]", "[emphasis added]", "[the author]")

Record = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--noise", choices=["scan", "random", "lost", "spaces"], default="scan")
    parser.add_argument("--script", choices=["latin", *SCRIPTS], default="latin")
    parser.add_argument("--lengths", type=int, nargs=2, default=(10, 150))
    parser.add_argument("--rates", type=float, nargs="+", default=RATES)
    parser.add_argument("--altered", action="store_true")
    given = parser.parse_args()
    pages = read_pages(given.source)
    chance = random.Random(given.seed)
    maker = Maker(pages, chance, given.noise, tuple(given.lengths), given.rates)
    quotes = maker.quotes(given.count, altered=given.altered)
    kept = [page for page in pages if page["vol"] != maker.left_out]
    if given.script != "latin":
        write = SCRIPTS[given.script]
        for record in (*kept, *quotes):
            record["text"] = write(record["text"])
    given.out.mkdir(parents=True, exist_ok=True)
    for name, records in (("pages", kept), ("quotes", quotes)):
        data = json.dumps(records, ensure_ascii=False).encode()
        (given.out / f"{name}.json.gz").write_bytes(gzip.compress(data, mtime=0))


def read_pages(folder: Path) -> list[Record]:
    """The pages of a set, or those of the texts in a folder."""
    if (folder / "pages.json.gz").exists():
        return list(json.loads(gzip.decompress((folder / "pages.json.gz").read_bytes())))
    found = []
    for volume, file in enumerate(sorted(folder.glob("*.txt"))):
        text = file.read_text(encoding="utf-8")
        pages = text.split("\f") if "\f" in text else set_in_pages(text, file.stem)
        found += [{"vol": volume, "label": n, "text": page} for n, page in enumerate(pages, 1)]
    if not found:
        sys.exit(f"bench/quotation_sets.py: {folder}: neither pages.json.gz nor *.txt")
    return found


def set_in_pages(text: str, title: str) -> list[str]:
    """Lines of 66 letters in pages of 38, under a running head, a letter in 200 damaged."""
    chance = random.Random(title)
    lines = textwrap.wrap(damaged(text, "random", 0.005, chance), 66)
    pages = [lines[at : at + 38] for at in range(0, len(lines), 38)]
    return ["\n".join([f"{title.upper()}  {n}", *page]) for n, page in enumerate(pages, 1)]


class Maker:
    """Draws quotations from the words of the pages."""

    def __init__(
        self,
        pages: list[Record],
        chance: random.Random,
        noise: str,
        lengths: tuple[int, ...],
        rates: list[float] | tuple[float, ...],
    ) -> None:
        self.chance, self.noise, self.lengths, self.rates = chance, noise, lengths, rates
        volumes: dict[int, list[Record]] = defaultdict(list)
        for page in pages:
            volumes[page["vol"]].append(page)
        self.words: dict[int, list[tuple[str, int]]] = {}
        for volume, inside in volumes.items():
            spans = body_spans([page["text"] for page in inside])
            self.words[volume] = [
                (word, page["label"])
                for page, (start, end) in zip(inside, spans, strict=True)
                for word in re.sub(r"-\n", "", page["text"][start:end]).split()
                if any(map(str.isalnum, word))  # a dash alone stands on no page
            ]
        self.left_out = chance.choice(sorted(volumes)) if len(volumes) > 1 else None
        self.follow: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.whole = ""
        for volume, words in self.words.items():
            if volume == self.left_out:
                continue
            self.whole += f" {' '.join(word for word, _ in words)} "
            some = words[: 600_000 // len(volumes)]
            for (a, _), (b, _), (c, _) in zip(some, some[1:], some[2:], strict=False):
                self.follow[a, b].append(c)
        self.pairs = list(self.follow)

    def quotes(self, count: int, *, altered: bool) -> list[Record]:
        found = []
        for number in range(count):
            kind = self.chance.random()
            if altered or kind >= 0.1:
                quote = self.genuine(altered=altered)
            elif kind >= 0.05 or self.left_out is None:
                quote = self.spliced()
            else:
                quote = self.foreign()
            found.append(quote | {"id": number})
        return found

    def length(self) -> int:
        shortest, longest = self.lengths
        return round(shortest * (longest / shortest) ** self.chance.random())

    def genuine(self, *, altered: bool) -> Record:
        chance = self.chance
        volume = chance.choice([v for v in self.words if v != self.left_out])
        words = self.words[volume]
        size = min(self.length(), len(words) // 2)
        elided = not altered and size >= 24 and chance.random() < 0.12
        taken = size + (chance.randrange(4, 60) if elided else 0)
        first = chance.randrange(len(words) - taken)
        inside = words[first : first + taken]
        text = [word for word, _ in inside]
        record: Record = {}
        if altered:
            text, record["altered"] = self.alter(text)
        if elided:
            cut = chance.randrange(8, size - 8)
            text = [*text[:cut], chance.choice(ELLIPSES), *text[cut + taken - size :]]
        elif not altered and chance.random() < 0.05:
            text.insert(chance.randrange(1, len(text)), chance.choice(INSERTED))
        rate = chance.choice(list(self.rates))
        first_page, last_page = inside[0][1], inside[-1][1]
        wrong = chance.random() < 0.2
        shift = chance.choice([-50, -10, -2, -1, 1, 2, 10, 50]) if wrong else 0
        if wrong and first_page + shift < 1:
            shift = abs(shift)

        def spoilt(word: str) -> str:
            whole = word in (*ELLIPSES, *INSERTED)
            return word if whole else damaged(word, self.noise, rate, self.chance)

        return record | {
            "text": " ".join(map(spoilt, text)),
            "vol": volume, "p0": first_page, "p1": last_page, "cvol": volume,
            "cite": [first_page + shift, last_page + shift],
            "rate": rate, "ell": elided, "fab": False, "n": size, "wrong": wrong,
        }  # fmt: skip

    def alter(self, text: list[str]) -> tuple[list[str], list[str]]:
        """One word that is longer than three letters becomes another of the volume."""
        places = [i for i, word in enumerate(text) if word.isalpha() and len(word) > 3]
        if not places:
            places = [len(text) // 2]
        at = self.chance.choice(places)
        words = self.words[min(self.words)]
        while True:
            new = self.chance.choice(words)[0].lower()
            if new.isalpha() and len(new) > 3 and new != text[at].lower():
                break
        return [*text[:at], new, *text[at + 1 :]], [text[at], new]

    def spliced(self) -> Record:
        while True:
            text = list(self.chance.choice(self.pairs))
            size = self.length()
            while len(text) < size:
                after = self.follow.get((text[-2], text[-1]))
                text += [self.chance.choice(after)] if after else self.chance.choice(self.pairs)
            if not self.is_citable(text[:size]):
                return self.invented(text[:size], "markov")

    def is_citable(self, text: list[str]) -> bool:
        """Whether three quarters of the words stand somewhere as they are: then they are real."""
        run = -(-3 * len(text) // 4)
        return any(" ".join(text[at : at + run]) in self.whole for at in range(len(text) - run + 1))

    def foreign(self) -> Record:
        words = self.words[self.left_out or 0]
        rate = self.chance.choice(list(self.rates))
        while True:
            size = min(self.length(), len(words) // 2)
            first = self.chance.randrange(len(words) - size)
            text = [word for word, _ in words[first : first + size]]
            if not self.is_citable(text):
                break
        return self.invented([damaged(word, self.noise, rate, self.chance) for word in text], "out")

    def invented(self, text: list[str], kind: str) -> Record:
        volume = self.chance.choice([v for v in self.words if v != self.left_out])
        page = self.chance.choice(self.words[volume])[1]
        return {
            "text": " ".join(text), "fab": kind, "n": len(text), "rate": 0, "ell": False,
            "wrong": False, "cvol": volume, "cite": [page, page],
        }  # fmt: skip


def damaged(word: str, noise: str, rate: float, chance: random.Random) -> str:
    """A word, or a text, with letters damaged at a rate."""
    letters = alphabet(word)
    found = []
    at = 0
    while at < len(word):
        letter = word[at]
        at += 1
        if chance.random() >= rate or letter.isspace():
            found.append(letter)
        elif noise == "lost":
            continue
        elif noise == "spaces":
            found.append(letter + " ")
        elif noise == "random" or chance.random() < 0.3:
            other = chance.choice(letters)
            found.append(chance.choice(["", other, letter + other]))
        else:
            pairs = [p for p in CONFUSED if word.startswith(p[0], at - 1)]
            old, new = chance.choice(pairs) if pairs else (letter, letter)
            found.append(new)
            at += len(old) - 1
    return "".join(found)


def alphabet(word: str) -> str:
    """Letters of the script that a word begins in."""
    first = next((letter for letter in word if letter.isalpha()), "a")
    if "Ͱ" <= first <= "Ͽ" or "ἀ" <= first <= "῿":
        return "αβγδεζηθικλμνξοπρστυφχψω"
    return "абвгдежзийклмнопрстуфхцчшщъыьэюя" if "Ѐ" <= first <= "ӿ" else LATIN


LATIN = "abcdefghijklmnopqrstuvwxyz"


def by_letter(script: str) -> dict[int, str]:
    letters = script.split()
    table = dict(zip(LATIN, letters, strict=True))
    return str.maketrans(table | {a.upper(): b.upper() for a, b in table.items()})


CYRILLIC = by_letter("а б ц д е ф г х и й к л м н о п щ р с т у в ш ж ы з")
GREEK = by_letter("ά β ξ δ έ φ γ η ί ϊ κ λ μ ν ό π ψ ρ σ τ ύ ϋ ω χ ώ ζ")


def cyrillic(text: str) -> str:
    return text.translate(CYRILLIC)


def greek(text: str) -> str:
    return re.sub(r"σ\b", "ς", text.translate(GREEK))


def german(text: str) -> str:
    text = text.replace("ss", "ß").replace("oo", "ö").replace("ee", "ä").replace("ou", "ü")
    text = re.sub(r"s(?=[a-zäöü])", "ſ", text)
    return text.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ſt", "ﬅ")


SCRIPTS = {"cyrillic": cyrillic, "greek": greek, "german": german}

if __name__ == "__main__":
    main()
