"""Generate an edition of any size, for the benchmarks.

    python bench/generate.py FOLDER [--words 1000000] [--files 1000] [--citations 20000]
                             [--works 2000] [--faults 0]

Everything is made up and comes from one seed: the same numbers give the same bytes.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

SYLLABLES = (
    "ha bor tide lan tern pi lot quay me lo wind sal ter mor ning gull ro pe ship da wn".split()
)


def word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4)))


def sentence(chance: random.Random, words: int) -> str:
    made = [word(chance) for _ in range(words)]
    return " ".join([made[0].capitalize(), *made[1:]]) + "."


def work(chance: random.Random, number: int) -> tuple[str, tuple[int, int]]:
    first = chance.randint(1, 300)
    kind = number % 3
    fields = {
        "author": f"{word(chance).capitalize()}, {word(chance).capitalize()}",
        "title": f"{sentence(chance, 5)[:-1].title()} {number}",
        "year": str(chance.randint(1800, 2020)),
    }
    if kind == 0:
        name = "book"
        fields |= {"publisher": word(chance).title(), "address": "Whitby", "pagetotal": "600"}
    elif kind == 1:
        name = "incollection"
        fields |= {
            "booktitle": f"Papers {number}",
            "publisher": "Quay",
            "pages": f"{first}--{first + 40}",
        }
    else:
        name = "article"
        fields |= {"journal": "The Log", "volume": str(number), "pages": f"{first}--{first + 40}"}
    body = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items())
    return f"@{name}{{work-{number},\n{body}}}\n", (1, 600) if kind == 0 else (first, first + 40)


def generate(
    folder: Path, words: int, files: int, citations: int, works: int, faults: int = 0
) -> None:
    chance = random.Random(1921)
    entries = [work(chance, n) for n in range(works)]
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    (folder / "bibliography.bib").write_text("\n".join(e[0] for e in entries), encoding="utf-8")
    (folder / "pyproject.toml").write_text("[tool.edition]\n", encoding="utf-8")
    (folder / "docs" / "conf.py").write_text(
        'extensions = ["myst_parser", "sphinxcontrib.bibtex"]\n'
        'bibtex_bibfiles = ["../bibliography.bib"]\n'
        'myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]\n',
        encoding="utf-8",
    )
    names = [f"part-{n:04}" for n in range(files)]
    toc = "\n".join(names)
    (folder / "docs" / "index.md").write_text(
        f"# Everything\n\n```{{toctree}}\n{toc}\n```\n\n```{{bibliography}}\n```\n",
        encoding="utf-8",
    )
    wrong = set(chance.sample(range(citations), faults))
    number = passage = 0
    for i, name in enumerate(names):
        share = citations * (i + 1) // files - citations * i // files
        lines = [f"# Part {i}\n"]
        each = max(words // files // max(share, 1), 24)
        for _ in range(share):
            passage += 1
            key = chance.randrange(works)
            first, last = entries[key][1]
            page = last + 999 if number in wrong else chance.randint(first, last)
            number += 1
            cited = f"{{cite:p}}`work-{key}{{p. {page}}}`"
            lines.append(f"(p{passage})=\n{sentence(chance, each - 20)}\n")
            if passage % 2:
                lines.append(f"> {sentence(chance, 20)}\n>\n> {cited}\n")
            else:
                lines.append(f"She wrote that “{sentence(chance, 12)[:-1]}” {cited}, and so on.\n")
        (folder / "docs" / f"{name}.md").write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    for name, default in (
        ("words", 1_000_000),
        ("files", 1000),
        ("citations", 20_000),
        ("works", 2000),
        ("faults", 0),
    ):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    generate(given.folder, given.words, given.files, given.citations, given.works, given.faults)


if __name__ == "__main__":
    main()
