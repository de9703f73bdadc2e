"""The files of the hostile runs: a small whole project, a document of each format, and damage."""

# fmt: off
from __future__ import annotations

import json
import math
import os
import random
import re
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import office_documents as office
from verify_support import zipped

_OPENING = """\
# Letters of the harbour

(p1)=
The harbour lay still, and “the tide went out and never came back again that year”
{cite:p}`hart{p. 19}`. See [](#p2) and {person}`Hart, Mary`.[^a]

(p2)=
"""
_QUOTATION = """\
:::{quotation} hart
:name: q1
:page: 20
:speaker: Hart
:opening: The tide went out
:closing: never came back again.
:words: 9
:::
"""
TEXT = (
    _OPENING
    + """\
:::{passage}
Another passage stands here, with *emphasis* and “a word”.

"""
    + _QUOTATION
    + """\
:::

> The boats were gone before the morning came to the quay.
>
> {cite:p}`hart{pp. 21--22}`

[^a]: {cite:t}`pope{§ 4}`; ibid., p. 5; Hart 1931, pp. 7–9.

:::{person} Hart, Mary
:key: hart
Wrote letters.
:::

```{include} part.md
```
"""
)
BUILDABLE = (
    _OPENING
    + """\
::::{passage}
Another passage stands here, with *emphasis* and “a word”; $a^2 < \\frac{b}{c}$.

"""
    + _QUOTATION
    + """\
::::

> The boats were gone before the morning came to the quay.
>
> {cite:p}`hart{pp. 21–22}`

[^a]: {cite:t}`pope{§ 4}`.

| a | b |
|---|--:|
| c | d |

- one
  1. two

    three

:::{person} Hart, Mary
:key: hart
Wrote letters.
:::

:::{verse}
The tide went out,
  and never came back.
:::

```{include} part.md
```

```python
print("a")
```

## Works

```{bibliography}
```
"""
)
WORKS = """\
@string{quay = {Quay}}
@book{hart, author = {Hart, Mary}, title = {Letters of the {Harbour}}, publisher = quay,
  address = {Whitby}, year = {1931}, pagetotal = {240}, pages = {xii, 240}}
@collection{essays, editor = {Pope, Ann and Reed, Tom}, title = {Essays}, year = {1920--1922}, volumes = {3}}
@incollection{pope, author = {Pope, Ann}, title = {On Tides}, crossref = {essays}, pages = {12--40}}
"""
SETTINGS = """\
[tool.edition]
source = "docs"
bibliography = ["bibliography.bib"]
sources = "sources"
page_marks = ['^=== (\\d+) ===$']
uncitable = ["x/*"]
exclude = ["part.md"]
"""
WITNESS = """\
LETTERS OF THE HARBOUR

By Mary Hart

The harbour lay still, and "the tide went out" (Hart 1931, p. 19). Nobody came -- nobody.

Another passage stands here (ibid., p. 20).[1]

[1] Mary Hart, Letters, Whitby 1931, pp. 7-9.
"""
PAGES = "\n".join(
    f"=== {n} ===\nThe tide went out and never came back again that year. The boats were gone before"
    f" the morning came to the quay number {n}.\n"
    for n in range(17, 25)
)
LOCK = """\
# anchors.lock 1 – every published anchor; written by `edition anchors`, kept for good
{"id": "gone", "kind": "passage", "status": "live", "label": "gone", "file": "docs/index.md", "since": "0.1", "digest": "0123456789abcdef"}
{"id": "old", "kind": "passage", "status": "retired", "label": "old", "file": "docs/old.md", "since": "0.1", "until": "0.2", "successors": ["p1"], "reason": "Cut."}
{"id": "p1", "kind": "passage", "status": "live", "label": "p1", "file": "docs/index.md", "since": "0.1", "aliases": ["p0"]}
"""
LEDGER = json.dumps(
    {
        "version": 1,
        "verdicts": [
            {"id": "q1", "key": "hart", "cited": "20", "quotation": "0123456789abcdef", "source": "0123456789abcdef",
             "verdict": "verified", "found": "20", "basis": "lemma", "others": 0, "differing": 0, "date": "2026-01-01", "tool": "0.1"}
        ],
    }
)
CITATION = """\
cff-version: 1.2.0
message: Please cite it.
title: Letters of the harbour
version: 0.3.0
date-released: 2026-11-23
url: https://example.org/
authors:
  - family-names: Hart
    given-names: Mary
  - name: The editors
"""
BASELINE = json.dumps(
    {"version": 1, "findings": [{"path": "docs/index.md", "rule": "unknown-key", "message": "m", "count": 2}]}
)
APPARATUS = """\
siglum = "T"
title = "A copy"

[[note]]
passage = "p1"
lemma = "harbour"
kind = "sic"
read = "harbor"
occurrence = 1
ignore = ["H101"]
"""
PRINTS = json.dumps(
    {"version": 1, "siglum": "T", "blocks": [{"id": "p1", "kind": "paragraph", "exact": "ab", "words": "cd", "sentences": "ef"}]}
)
CONF = 'extensions = ["edition.sphinx"]\nmyst_enable_extensions = ["deflist"]\nmyst_substitutions = {"a": "b"}\n'

PROJECT: dict[str, bytes] = {
    name: text.encode()
    for name, text in {
        "pyproject.toml": SETTINGS,
        "docs/index.md": TEXT,
        "docs/part.md": "A part with {cite:p}`hart`.\n",
        "docs/conf.py": CONF,
        "docs/note.rst": "Note\n====\n\n.. _p9:\n\nWords.\n",
        "docs/book.ipynb": json.dumps({"cells": [{"cell_type": "markdown", "source": ["a"], "metadata": {}}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}),
        "bibliography.bib": WORKS,
        "anchors.lock": LOCK,
        "verified.json": LEDGER,
        "CITATION.cff": CITATION,
        "edition-baseline.json": BASELINE,
        "apparatus/T.toml": APPARATUS,
        "apparatus/T.json": PRINTS,
        "witness/T.md": "(p1)=\nThe harbour lay still.\n",
        "witness/T.json": json.dumps({"typed": ["(p. 1)", None]}),
        "sources/hart.txt": PAGES,
        "in.txt": WITNESS,
    }.items()
}
RECORDS = [
    "anchors.lock", "verified.json", "CITATION.cff", "edition-baseline.json", "apparatus/T.toml",
    "apparatus/T.json", "witness/T.json", "pyproject.toml", "docs/book.ipynb", "docs/index.md",
]
WRITTEN = ["docs/index.md", "anchors.lock", "verified.json", "edition-baseline.json", "bibliography.bib", "CITATION.cff", "witness/T.md"]
READ = [
    ".edition-cache", ".edition-cache/documents", ".edition-cache/findings", ".edition-cache/locks", ".edition-cache/locks/verified.json.lock",
    ".edition-cache/locks/anchors.lock.lock", "docs/b.md", "docs", "sources", "sources/pope.pdf", "sources/hart", "witness/.base/T.md",
    "witness/.gitignore", "draft.bib", "docs/b.md", "witness/B.md", "docs/extension.py", ".git", "fresh", "witness/.base/B.md", "build",
]
EPOCHS = ["²", "9" * 400, "253402300800", "-1", "1.5", "x", "", " ", "0x10", "١", "1e3", "99999999999999", "0"]

ODD_NUMBERS = [0, -1, 1, 2**31, 2**63, 2**64, 10**9, 10**30, 10**400, 1.5, -0.0, 1e308, math.inf, math.nan]
ODD_WORDS = [
    "", " ", "\0", "\n", "\t", "\x1b[2J", "\u202e", "\ufeff", "\ud800", "\udfff", "é", "e\u0301", "書", "😀", "~", "..", "/", "a/../../b",
    "/dev/zero", "/dev/stdin", "-", "--help", "<b>", "{", "}", "{{", "`", "%s", "%(x)s", "{0}", "$", "\\", "\\input{x}", "null", "nan", "1e400", "9" * 5000,
    "0000-00-00", "2026-13-45", "9999999-01-01", "٣", "Ⅷ", "²", "MMMMMMMMMMMM" * 20, "a" * 100_000, "(a+)+$", "(a{99999999999})", "[", "(?P<a>", "(?:", "*",
]
KEYS = ["", "id", "__class__", "\ud800", "a.b", "version", "self", "a" * 1000, "1", "line"]


def nested(chance: random.Random) -> Any:
    value: Any = chance.choice([1, "a", None])
    for _ in range(chance.choice([3, 50, 400, 900])):
        value = [value] if chance.random() < 0.5 else {"a": value}
    return value


def odd(chance: random.Random) -> Any:
    makers: list[Callable[[], Any]] = [
            lambda: chance.choice(ODD_NUMBERS),
            lambda: chance.choice(ODD_WORDS),
            lambda: chance.choice([None, True, False, [], {}, [[]], [None], {"": ""}, [1, "a", None]]),
            lambda: [chance.choice(ODD_WORDS)] * chance.choice([1, 3, 1000]),
            lambda: nested(chance),
    ]
    return chance.choice(makers)()


def changed(value: Any, chance: random.Random) -> Any:
    """A value of JSON with something in it that is odd."""
    if isinstance(value, dict) and value and chance.random() < 0.8:
        made = dict(value)
        name = chance.choice(sorted(made, key=str))
        match chance.randrange(6):
            case 0:
                del made[name]
            case 1:
                made[chance.choice(KEYS)] = odd(chance)
            case _:
                made[name] = changed(made[name], chance)
        return made
    if isinstance(value, list) and value and chance.random() < 0.8:
        made_list = list(value)
        at = chance.randrange(len(made_list))
        made_list[at] = changed(made_list[at], chance)
        return made_list * chance.choice([1, 1, 1, 2])
    return odd(chance)


def as_json(value: Any, chance: random.Random) -> bytes:
    try:
        text = json.dumps(value, ensure_ascii=chance.random() < 0.5)
    except RecursionError:
        text = "[" * 5000
    return text.encode("utf-8", "surrogatepass")


def as_toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return "nan" if math.isnan(value) else "inf" if math.isinf(value) else repr(value)
    if isinstance(value, int):
        return hex(value) if value > 10**300 else str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(k))} = {as_toml(v)}" for k, v in value.items()) + "}"
    return json.dumps(value if isinstance(value, str) else "~")


SETTING_NAMES = (
    "source bibliography exclude uncitable extensions sources page_marks inline_words locators fail_on select ignore"
    " page-marks Source nothing"
).split()


def settings(chance: random.Random) -> bytes:
    names = chance.sample(SETTING_NAMES, chance.randint(1, 3))
    lines = [f"{name} = {as_toml(odd(chance))}" for name in names]
    head = chance.choice(["[tool.edition]\n"] * 8 + ["[[tool.edition]]\n", "[tool]\nedition = 1\n", "tool.edition.", "[tool.edition.source]\n"])
    text = head + "\n".join(lines) + "\n"
    return text.encode("utf-8", "surrogatepass")


def odd_record(name: str, data: bytes, chance: random.Random) -> bytes:
    text = data.decode()
    if name == "anchors.lock":
        lines = text.split("\n")
        at = chance.randrange(1, 4)
        lines[at] = as_json(changed(json.loads(lines[at]), chance), chance).decode("utf-8", "surrogatepass")
        return "\n".join(lines).encode("utf-8", "surrogatepass")
    if name.endswith((".json", ".ipynb")):
        return as_json(changed(json.loads(text), chance), chance)
    if name.endswith(".toml"):
        import tomllib

        table = changed(tomllib.loads(text), chance)
        pairs = table.items() if isinstance(table, dict) else [("a", table)]
        return "".join(f"{json.dumps(str(k))} = {as_toml(v)}\n" for k, v in pairs).encode("utf-8", "surrogatepass")
    import yaml

    if name.endswith(".cff"):
        return as_json(changed(json.loads(json.dumps(yaml.safe_load(text), default=str)), chance), chance)
    front = as_json(changed({"title": "A", "myst": {"substitutions": {"a": "b"}, "enable_extensions": ["deflist"]}, "orphan": True, "tocdepth": 2}, chance), chance)
    return b"---\n" + front + b"\n---\n" + data


PIECES = [
    "`", "{cite:p}`", "{cite:p}`hart{p. ", "{", "}", "“", "”", "‘", "’", "> ", ":::", "::::{passage}\n", "(p1)=\n", ":::{quotation} hart\n:page: ",
    ":words: ", ":digest: ", ":::{person} ", ":key: ", "[^a]", "[^a]: ", "|", "\n\n", "\n", "\t", "\r", "\0", "\ufeff", "%", "% edition: ignore ",
    "@", "@book{", "@string{", "=", '"', "#", ",", "--", "–", "xiv", "pp. ", "f.", "s.v. ", "𝔸", "\u0301", "\u202e", "$", "$$", "<b>", "<!--", "](#", "---\n",
    "crossref = {", "xdata = {", "pages = {", "year = {", "date = {", "author = {", " and ", "\\", "\\'e", "\\&", "ibid.", "9" * 30, "MDCLXVI", "Hart 1931, p. ",
    "```{include} ", "{{ a }}", "```{math}\n", "(", "[", "*", "_", "**", "&#x", "&amp;", "\u2028", "\x85", "{eval-rst}", "{sic}`", "{index}`", "<pb n=\"", "=== ",
]


def odd_text(chance: random.Random, text: str = TEXT) -> bytes:
    return _put_together(text, chance)


def odd_works(chance: random.Random) -> bytes:
    return _put_together(WORKS, chance) if chance.random() < 0.7 else WORKS.encode()


def _put_together(text: str, chance: random.Random) -> bytes:
    if chance.random() < 0.2:
        unit = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 4)))
        return (unit * chance.choice([100, 3000, 20_000 // len(unit) + 1])).encode("utf-8", "surrogatepass")
    for _ in range(chance.randint(1, 8)):
        at, to = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        match chance.randrange(6):
            case 0:
                text = text[:at] + text[to:]
            case 1:
                text = text[:to] + text[at:to] * chance.choice([1, 2, 20]) + text[to:]
            case 2:
                text = text[:at] + chance.choice(PIECES) + text[at:]
            case 3:
                text = text[:at] + chance.choice(PIECES) * chance.choice([2, 30, 500]) + text[to:]
            case 4:
                text = text[:at] + chance.choice(ODD_WORDS) + text[at:]
            case _:
                text = text[:at] + "".join(chance.choice(PIECES) for _ in range(20)) + text[at:]
        text = text[:60_000]
    return text.encode("utf-8", "surrogatepass")


def damaged(name: str, data: bytes, chance: random.Random) -> bytes:
    if name.endswith((".md", ".bib", ".txt")) and chance.random() < 0.5:
        return _put_together(data.decode(), chance)
    return bytes_damaged(data, chance)


def bytes_damaged(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        to = min(to, at + chance.choice([1, 8, 100, 10_000]))
        match chance.randrange(7):
            case 0:
                data = data[:at] + data[to:]
            case 1:
                data = data[:at] + data[at:to] * chance.choice([2, 3, 50]) + data[to:]
            case 2:
                data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
            case 3:
                data = data[:at] + chance.choice([b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80" * 9, b"\r", b"\x1a"]) + data[at:]
            case 4:
                data = re.sub(rb"\d+", lambda m: chance.choice([m[0], m[0], b"0", b"-1", b"9" * 20, b"4294967295"]), data)
            case 5:
                data = data[:at] if chance.random() < 0.3 else data
            case _:
                piece = chance.choice(ODD_WORDS[:-10]).encode("utf-8", "surrogatepass")[:2000]
                data = data[:at] + piece + data[at:]
        data = data[:400_000]
    return data


# -- documents of other formats --------------------------------------------------------------------


def pdf(pages: int = 4, extra: str = "", labels: str = "", content: str = "") -> bytes:
    """A PDF of plain objects; its readers mend the table of their places."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(pages))
    parts = [
        "%PDF-1.5",
        f"1 0 obj << /Type /Catalog /Pages 2 0 R {labels} >> endobj",
        f"2 0 obj << /Type /Pages /Count {pages} /Kids [{kids}] >> endobj",
        "3 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj",
    ]
    for n in range(pages):
        words = content or f"BT /F 12 Tf 72 700 Td (The tide went out and never came back again {n}) Tj ET"
        parts.append(
            f"{10 + 2 * n} 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {11 + 2 * n} 0 R"
            f" /Resources << /Font << /F 3 0 R >> /XObject << /X 5 0 R /Y 6 0 R >> >> >> endobj"
        )
        parts.append(f"{11 + 2 * n} 0 obj << /Length {len(words)} >> stream\n{words}\nendstream endobj")
    parts += [extra, "trailer << /Root 1 0 R /Size 99 >>", "%%EOF"]
    return "\n".join(parts).encode("latin-1", "replace")


def _form(number: int, names: str, times: int) -> str:
    words = f"/{names} Do " * times
    resources = "<< /XObject << /X 5 0 R /Y 6 0 R /Z 7 0 R >> /Font << /F 3 0 R >> >>"
    return (
        f"{number} 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources {resources}"
        f" /Length {len(words)} >> stream\n{words}\nendstream endobj"
    )


def odd_pdf(chance: random.Random) -> bytes:
    makers: list[Callable[[], bytes]] = [
            lambda: pdf(),
            lambda: pdf(extra=_form(5, "X", chance.choice([1, 30])), content="/X Do"),
            lambda: pdf(extra=_form(5, "Y", 30) + "\n" + _form(6, "Z", 30) + "\n" + _form(7, "Q", 30), content="/X Do " * 30),
            lambda: pdf(extra=_form(5, "Y", 9) + "\n" + _form(6, "X", 9), content="/X Do " * 9),
            lambda: pdf(labels="/PageLabels 8 0 R", extra="8 0 obj << /Kids [8 0 R 8 0 R] >> endobj"),
            lambda: pdf(labels="/PageLabels << /Nums [0 << /S /r /St 999999999 >> 2 << /P (" + "9" * 5000 + ") >>] >>"),
            lambda: pdf(labels=f"/PageLabels << /Nums [0 << /S /{chance.choice('DrRaAx')} /St {chance.choice(ODD_NUMBERS[:8])} >>] >>"),
            lambda: pdf(pages=chance.choice([0, 1, 300])),
            lambda: pdf(content="BT /F 12 Tf " + "(a) Tj " * 20_000 + "ET", pages=2),
            lambda: pdf(extra="4 0 obj << /Encrypt 4 0 R >> endobj").replace(b"/Root", b"/Encrypt 4 0 R /Root"),
            lambda: pdf().replace(b"/Kids [", b"/Kids [2 0 R "),
    ]
    made = chance.choice(makers)()
    return made if chance.random() < 0.4 else bytes_damaged(made, chance)


_TEI = "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader><text><body>{}</body></text></TEI>"
_XML_BODIES = [
    "<p><pb n='19'/>The tide went out and never came back <hi>again</hi>.<note n='1'>A note, p. 3.</note></p>",
    "<div><head>One</head><p>The tide went <choice><sic>owt</sic><corr>out</corr></choice> and <app><lem>never</lem><rdg>ever</rdg></app> came.</p></div>",
    "<lg><l>The tide</l><l>went out</l></lg><quote>Gone</quote><list><item>a</item></list><table><row><cell>a</cell></row></table>",
]
_HTML_BODIES = [
    "<h1>Letters</h1><p>The tide went out <i>and never</i> came back again<sup><a href='#n1'>1</a></sup>.</p><p id='n1'>1. Hart 1931, p. 9.</p>",
    "<p><a name='p19'>[19]</a> The tide went out and never came back.</p><blockquote>Gone<br>by</blockquote><table><tr><td>a</table>",
    "<ul><li>a<ul><li>b</ul></ul><pre>x</pre><ruby>書<rt>sho</rt></ruby><img src='a.png'><hr>page 20<hr>",
]
_HOCR = "<html><body>{}</body></html>"
_HOCR_PAGE = "<div class='ocr_page' title='image \"a.png\"; bbox 0 0 100 100; ppageno {}'><span class='ocr_line' title='bbox 1 1 9 9'><span class='ocrx_word' title='bbox 1 1 2 2; x_wconf 90'>The</span> tide went out</span></div>"
_ALTO = "<alto xmlns='http://www.loc.gov/standards/alto/ns-v3#'><Layout>{}</Layout></alto>"
_ALTO_PAGE = "<Page PHYSICAL_IMG_NR='{}' PRINTED_IMG_NR='{}'><PrintSpace><TextBlock><TextLine><String CONTENT='The'/><SP/><String CONTENT='tide'/></TextLine></TextBlock></PrintSpace></Page>"
_BOMB = "<!DOCTYPE a [<!ENTITY a '" + "x" * 100 + "'>" + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)) + "]>"


def odd_markup(body: str, chance: random.Random) -> str:
    """Markup with an element repeated, nested, given odd attributes, or pulled apart."""
    for _ in range(chance.randint(1, 3)):
        found = list(re.finditer(r"<(\w+)([^<>]*)>", body))
        if not found:
            return body
        tag = chance.choice(found)
        name = tag[1]
        match chance.randrange(9):
            case 0:
                body = body[: tag.start()] + tag[0] * chance.choice([100, 3000, 20_000]) + body[tag.end() :]
            case 1:
                depth = chance.choice([50, 500, 5000])
                body = body[: tag.start()] + f"<{name}>" * depth + "x" + f"</{name}>" * depth + body[tag.start() :]
            case 2:
                attributes = "".join(f" a{n}='{n}'" for n in range(chance.choice([10, 3000])))
                body = body[: tag.end() - 1] + attributes + body[tag.end() - 1 :]
            case 3:
                value = chance.choice(ODD_WORDS).replace("'", "").replace("<", "").replace("\0", "")[:6000]
                body = re.sub(r"='[^']*'", lambda m, v=value: f"='{v}'" if chance.random() < 0.5 else m[0], body)  # type: ignore[misc]
            case 4:
                body = body[: tag.start()] + body[tag.end() :]
            case 5:
                body = body.replace(" ", " " + chance.choice(ODD_WORDS[:30]) + " ", 3)
            case 6:
                body += "<p>" + chance.choice(["word ", "“a” ", "(Hart 1931, p. 5) ", "xiv ", "1931 ", "- ", "<pb ", "&lt;", "ibid. "]) * chance.choice([500, 20_000]) + "</p>"
            case 7:
                body = body.replace("<p", f"<{chance.choice(['script', 'style', 'svg', 'math', 'template', 'frameset', 'plaintext', 'p'])}", 1)
            case _:
                body = body * chance.choice([2, 200])
        body = body[:800_000]
    return body


def tei(chance: random.Random) -> bytes:
    text = _TEI.format(odd_markup("".join(_XML_BODIES), chance))
    if chance.random() < 0.1:
        text = _BOMB + text.replace("tide", "&j;")
    return (chance.choice(["", "<?xml version='1.0'?>", "<?xml version='1.0' encoding='utf-16'?>"]) + text).encode("utf-8", "surrogatepass")


def page(chance: random.Random) -> bytes:
    head = chance.choice(["<!DOCTYPE html><meta charset=utf-8>", "<html><head><meta charset='x-none'></head>", "<html><meta charset='utf-7'>", "<p>", "<html><body>"])
    return (head + odd_markup("".join(_HTML_BODIES), chance)).encode("utf-8", "surrogatepass")


def hocr(chance: random.Random) -> bytes:
    return _HOCR.format(odd_markup("".join(_HOCR_PAGE.format(n) for n in range(4)), chance)).encode("utf-8", "surrogatepass")


def alto(chance: random.Random) -> bytes:
    return _ALTO.format(odd_markup("".join(_ALTO_PAGE.format(n, n) for n in range(4)), chance)).encode("utf-8", "surrogatepass")


def jats(chance: random.Random) -> bytes:
    body = odd_markup("<sec><title>One</title><p>The tide <xref ref-type='bibr' rid='b1'>1</xref> went.</p></sec>", chance)
    return f"<article><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front><body>{body}</body></article>".encode("utf-8", "surrogatepass")


def epub(chance: random.Random) -> bytes:
    spine = "<itemref idref='a'/>" * chance.choice([1, 1, 2, 3000])
    href = chance.choice(["a.xhtml", "a.xhtml", "../../etc/passwd", "/dev/zero", "A.xhtml", "a.xhtml#x", "%00", "content.opf"])
    opf = odd_markup if chance.random() < 0.3 else lambda text, _chance: text
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile full-path='content.opf' media-type='application/oebps-package+xml'/></rootfiles></container>",
            "content.opf": opf(f"<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><metadata/><manifest><item id='a' href='{href}' media-type='application/xhtml+xml'/><item id='n' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/></manifest><spine>{spine}</spine></package>", chance).encode("utf-8", "surrogatepass"),
            "a.xhtml": f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{odd_markup(''.join(_HTML_BODIES), chance) if chance.random() < 0.7 else ''.join(_HTML_BODIES)}</body></html>".encode("utf-8", "surrogatepass"),
            "nav.xhtml": "<html><body><nav epub:type='page-list'><ol><li><a href='a.xhtml#p19'>19</a></li></ol></nav></body></html>",
        }
    )


def docx(chance: random.Random) -> bytes:
    paragraphs = [
        office.paragraph(office.run("The tide went out and never came back again.")),
        office.paragraph(office.field("ADDIN ZOTERO_ITEM CSL_CITATION " + office.csl({"id": odd(chance) if chance.random() < 0.5 else 1, "locator": "19", "itemData": {"title": "Letters"}}), "(Hart 1931)")),
        office.paragraph(office.run("Gone, p. 5."), style="Quote"),
    ]
    try:
        body = [odd_markup(p, chance) if chance.random() < 0.5 else p for p in paragraphs]
        return office.docx(*body)
    except (RecursionError, UnicodeEncodeError):
        return office.docx(*paragraphs[:1])


def odt(chance: random.Random) -> bytes:
    body = "<text:p>The tide went out <text:span>again</text:span>.</text:p><text:h>One</text:h>" + f"<text:p>{office.reference_mark('ZOTERO_ITEM CSL_CITATION {}', 'Hart')}</text:p>"
    try:
        return office.odt(odd_markup(body, chance))
    except UnicodeEncodeError:
        return office.odt(body)


def plain(chance: random.Random) -> bytes:
    unit = chance.choice(
        ["word ", "“a” ", "'a' ", "(Hart 1931, p. 5) ", "ibid., p. 5; ", "xiv ", "MDCLXVI ", "1931 ", "- ", "a-\n", "[1] ", "[p. 3] ", "\f", "{12} ", '<pb n="', "<pb ",
         "page 7\n", "Hart, Mary. ", "A. ", "see ", "pp. 3-", "“", "‘", "\"a ", "...", "* ", "> ", "# ", "1. ", "\t", " ", "=== 19 ===\n", "e\u0301", "書", "vol. ", "f. ", "—"]
    )
    return _put_together(WITNESS + unit * chance.choice([3, 500, 20_000]), chance)


def latex(chance: random.Random) -> bytes:
    head = "\\documentclass{article}\\begin{document}\nThe tide \\cite[p.~5]{hart} went \\emph{out}.\n"
    unit = chance.choice(["\\def\\a{\\a\\a}\\a ", "\\input{/etc/passwd}", "{", "\\begin{quote}", "$", "\\footnote{", "\\newcommand{\\x}{\\x}\\x", "\\verb|", "%", "\\cite{"])
    return (head + unit * chance.choice([1, 30, 1000]) + "\\end{document}").encode()


def in_archive(data: bytes, chance: random.Random) -> bytes:
    """An archive with a part that is damaged, or damaged as bytes."""
    if chance.random() < 0.4:
        return bytes_damaged(data, chance)
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except BadZipFile:
        return data
    name = chance.choice(sorted(parts))
    match chance.randrange(4):
        case 0:
            del parts[name]
        case 1:
            parts[name] = b"\0" * chance.choice([0, 10, 50_000_000])
        case _:
            parts[name] = bytes_damaged(parts[name], chance)
    return zipped(parts)  # type: ignore[arg-type]


ARCHIVES = {".epub": epub, ".docx": docx, ".odt": odt}
FORMATS: dict[str, Callable[[random.Random], bytes]] = {
    ".pdf": odd_pdf, ".epub": epub, ".html": page, ".xml": tei, ".tei": tei, ".hocr": hocr, ".alto": alto, ".txt": plain,
    ".md": odd_text,
}
DOCUMENTS = {**FORMATS, ".docx": docx, ".odt": odt, ".jats.xml": jats, ".tex": latex, ".htm": page, "": plain}


def odd_source(chance: random.Random) -> tuple[str, bytes]:
    return _odd(FORMATS, chance)


def odd_document(chance: random.Random) -> tuple[str, bytes]:
    ending, data = _odd(DOCUMENTS, chance)
    return f"in{ending}", data


def _odd(known: dict[str, Callable[[random.Random], bytes]], chance: random.Random) -> tuple[str, bytes]:
    ending = chance.choice(sorted(known))
    data = known[ending](chance)
    if ending in ARCHIVES and chance.random() < 0.5:
        data = in_archive(data, chance)
    elif chance.random() < 0.25:
        data = bytes_damaged(data, chance)
    if chance.random() < 0.04:
        ending = chance.choice(sorted(known))
    return ending, data


# -- what is no file -------------------------------------------------------------------------------


def _fresh(path: Path) -> Path:
    if path.is_dir() and not path.is_symlink():
        path.rename(path.with_name(path.name + ".was"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return path


def _elsewhere(path: Path, name: str) -> None:
    """Make a link to a device or folder that no run can harm: root gets one of its own."""
    target = Path("/dev", name)
    if os.getuid() == 0:  # /dev itself is root's to replace
        target = Path(tempfile.mkdtemp(dir=os.environ["HOSTILE"]), name)
        if name:
            os.mknod(target, stat.S_IFCHR | 0o666, os.makedev(1, DEVICES[name]))
        else:
            (target / "kept").write_bytes(b"kept")
    _fresh(path).symlink_to(target)


DEVICES = {"null": 3, "zero": 5, "full": 7}


def _endless(path: Path) -> None:
    with _fresh(path).open("wb") as out:
        out.truncate(5_000_000_000)


NO_FILES: list[Callable[[Path], Any]] = [
    lambda path: os.mkfifo(_fresh(path)),
    lambda path: _elsewhere(path, "zero"),
    lambda path: _elsewhere(path, "full"),
    lambda path: _elsewhere(path, "null"),
    lambda path: _fresh(path).symlink_to("/proc/self/mem"),
    lambda path: _fresh(path).symlink_to("/proc/kmsg"),
    lambda path: _fresh(path).symlink_to(path.name),
    lambda path: _fresh(path).symlink_to("nowhere"),
    lambda path: _fresh(path).symlink_to(".."),
    lambda path: _elsewhere(path, ""),
    lambda path: _fresh(path).mkdir(),
    _endless,
]


def odd_name(chance: random.Random) -> bytes:
    return chance.choice(
        [b"a b", b" ", b"a\nb", b"\t", "é".encode(), "e\u0301".encode(), "😀".encode(), "書".encode(), b"\xff\xfe", b"a\x80b", b"a" * 255, b"a" * 250,
         "書".encode() * 83, b"-", b"--", b"-x", b"--help", b"-rf", b"~", b"~root", b"$HOME", b"`id`", b"'", b'"', b"%s", b"{}", b"*", b"?", b"[a]", b"\\",
         b"con", b"nul", b"a.", b".a", b"..a", b"a:b", b"|", b"<b>", b"\x1b[2J", b"\x07", "\u202e".encode(), "\ufeff".encode(), b"::error::x", b"hart", b"hart vol. 2",
         b"hart vol. 99999999999999999999", b"hart-pp1-99999", b"index", b"a/../../b", b".", b"..", b"", b"\0", b"=1+1", b"hart.extract", b"ch01", "hart-p²".encode()]
    )


# -- places, settings of books, and what an editor sends -------------------------------------------


def of_another(root: Path) -> None:
    """Give the project to another user, who lets us read it."""
    for path in [root, *root.rglob("*")]:
        os.chown(path, 65534, 65534, follow_symlinks=False)


def read_only(root: Path) -> None:
    for path in [root, *root.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)


def _times(root: Path) -> None:
    moments = [0, 1, -(2**31), 2**31, 2**33, 253402300800, 10**11]
    for number, path in enumerate(sorted(root.rglob("*"))):
        with suppress(OSError, OverflowError):
            os.utime(path, (moments[number % len(moments)],) * 2)


def _clashes(root: Path) -> None:
    for name in ("docs/Index.md", "docs/INDEX.MD", "Bibliography.bib", "Anchors.lock", "sources/HART.txt", "Docs/index.md", "docs/é.md", "docs/e\u0301.md"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(b"# A\n")


def _loops(root: Path) -> None:
    (root / "docs/loop").symlink_to("..")
    (root / "docs/self").symlink_to(".")
    (root / "sources/hart").symlink_to("..")
    (root / "docs/a").symlink_to("b")
    (root / "docs/b").symlink_to("a")


def _deep(root: Path) -> None:
    folder = root / "docs"
    for _ in range(300):
        folder = folder / "deeper-and-deeper"
        try:
            folder.mkdir()
            (folder / "a.md").write_bytes(b"# A\n")
        except OSError:
            return


def _many(root: Path) -> None:
    for number in range(300):
        (root / f"docs/page{number}.md").write_bytes(b"# A\n")


def _git(root: Path) -> None:
    (root / ".git").write_bytes(b"gitdir: /nowhere\n")


def _empty(root: Path) -> None:
    for file in sorted(root.rglob("*")):
        if file.is_file():
            file.write_bytes(b"")


ODD_PLACES: list[Callable[[Path], None]] = [of_another, read_only, _times, _clashes, _loops, _deep, _many, _git, _empty]

MARKS = ["(a+)+$", "(a|aa)+$", "^(\\s*)*([a-z])$", "(.*)*=(x)", "(\\d+\\s*)+x(y)", "(a{99999999999})", "(a", "(?P<a>x)(?P<a>y)", "a", "()", "(.)", "(?=(a*))*$",
         "(?:(?:(?:a?){50}){50}){50}(b)", "(\\ud800)", "(?<=a+)(b)", "([" , "(?s)(.*)(.*)(.*)(.*)(.*)x"]


def book(chance: random.Random) -> dict[str, bytes]:
    """The settings of a book, with something in them that is odd."""
    parse = {"myst_enable_extensions": ["dollarmath"], "myst_substitutions": {"a": "b"}}
    config = {"title": "A", "author": "B", "bibtex_bibfiles": ["works.bib"], "parse": parse, "sphinx": {"config": {"language": "de", "numfig": True}, "extra_extensions": ["a"]}}
    toc = {"format": "jb-book", "root": "intro", "parts": [{"caption": "C", "chapters": [{"file": "part"}, {"glob": "n*"}, {"file": "book.ipynb"}]}]}
    myst = {"version": 1, "project": {"title": "A", "bibliography": ["works.bib"], "exclude": ["x/*"], "toc": [{"file": "intro.md"}, {"title": "C", "children": [{"file": "part.md"}, {"pattern": "*.ipynb"}]}]}}
    if chance.random() < 0.5:
        return {"myst.yml": as_json(changed(myst, chance), chance)}
    odd_one = chance.random() < 0.5
    return {
        "_config.yml": as_json(changed(config, chance) if odd_one else config, chance),
        "_toc.yml": as_json(toc if odd_one else changed(toc, chance), chance),
    }


_CSL = "<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0' class='in-text'><info><title>T</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info><macro name='a'><names variable='author'><name form='short'/></names></macro><citation><layout prefix='(' suffix=')' delimiter='; '><text macro='a'/><date variable='issued'><date-part name='year'/></date><text variable='locator'/></layout></citation><bibliography><layout><text macro='a'/><text variable='title'/></layout></bibliography></style>"


def csl(chance: random.Random) -> bytes:
    text = odd_markup(_CSL, chance) if chance.random() < 0.6 else _CSL
    if chance.random() < 0.2:
        text = text.replace("<names", "<text macro='a'/><names")  # a macro that calls itself
    data = text.encode("utf-8", "surrogatepass")
    return data if chance.random() < 0.6 else bytes_damaged(data, chance)


def messages(chance: random.Random) -> bytes:
    """What an editor may send: a greeting, texts and questions, with something in them that is odd."""
    uri = chance.choice(["file:///nowhere/docs/index.md", "docs/index.md", "file:docs/index.md", *["file:///proc/self/cwd/docs/index.md"] * 9, "untitled:1", "", "file:///dev/zero", "http://[", "file://%00"])
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": odd_text(chance).decode("utf-8", "replace")[:20_000]}
    here: dict[str, Any] = {"textDocument": {"uri": uri}, "position": {"line": chance.choice([0, 3, -1, 10**9]), "character": chance.choice([0, 5, -1, 10**9])}}
    every: list[dict[str, Any]] = [
        {"method": "initialize", "id": 1, "params": {"processId": None, "rootUri": None, "capabilities": {}}},
        {"method": "initialized", "params": {}},
        {"method": "textDocument/didOpen", "params": {"textDocument": document}},
        {"method": "textDocument/didChange", "params": {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": "# A\n"}]}},
        {"method": "textDocument/didChange", "params": {"textDocument": {"uri": uri, "version": 3}, "contentChanges": [{"range": {"start": here["position"], "end": here["position"]}, "text": "x"}]}},
        *({"method": f"textDocument/{name}", "id": number, "params": here} for number, name in enumerate(("hover", "definition", "completion", "documentSymbol", "prepareRename", "nothing"), 2)),
        {"method": "textDocument/rename", "id": 9, "params": here | {"newName": chance.choice(ODD_WORDS[:40])}},
        {"method": "textDocument/references", "id": 10, "params": here | {"context": {"includeDeclaration": True}}},
        {"method": "textDocument/codeAction", "id": 11, "params": {"textDocument": {"uri": uri}, "range": {"start": here["position"], "end": here["position"]}, "context": {"diagnostics": []}}},
        {"method": "textDocument/didSave", "params": {"textDocument": {"uri": uri}}},
        {"method": "textDocument/didClose", "params": {"textDocument": {"uri": uri}}},
        {"method": "shutdown", "id": 12}, {"method": "exit"},
    ]
    sent = every[: chance.choice([1, 5, 99])] if chance.random() < 0.6 else chance.sample(every, len(every))
    data = b""
    for one in sent:
        whole = {"jsonrpc": "2.0", **one}
        body = as_json(changed(whole, chance) if chance.random() < 0.25 else whole, chance)
        length = len(body) if chance.random() < 0.95 else chance.choice([0, 1, len(body) + 5, -1, 10**7, 10**11, 10**30])
        data += b"Content-Length: %d\r\n\r\n" % length + body
    match chance.randrange(8):
        case 0:
            return bytes_damaged(data, chance)
        case 1:
            return data + b"Content-Length: " + b"9" * chance.choice([5, 5000, 3_000_000])
        case 2:
            return b"x" * 30_000_000 + data
    return data


def fault_of(name: str, file: Path, old: bytes) -> str:
    """Return what is wrong with a file that a command may have replaced; nothing if it is whole."""
    data = file.read_bytes()
    if data == old:
        return ""
    if not data:
        return "emptied"
    try:
        if name in ("verified.json", "edition-baseline.json"):
            json.loads(data)
        if name == "anchors.lock":
            if not data.endswith(b"\n"):
                return "cut off"
            for line in data.decode().split("\n"):
                if line and not line.startswith("#"):
                    json.loads(line)
    except ValueError as error:
        return f"half written: {error}"
    return ""


def warm() -> None:
    """Import what the commands import late, so that a forked child need not."""
    for name in ("check", "report", "loading.load", "verify.cache", "verify.folder", "verify.judge", "verify.query",
                 "verify.reading", "importer.importing", "importer.html", "importer.pandoc", "importer.tei"):
        import_module(f"edition.{name}")
    import_module("filelock")
