"""The page for an editor's desk: each quotation and its source side by side.

It holds quoted text, the source's too: it is not for publication. It is one file without
scripts, for the screen and for paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from edition.verify.page_marks import Stretch, side_by_side
from edition.verify.text_report import Result, evidence, place_of, summary
from edition.verify.verdict import Judgement, Verdict

# What is to be looked at first.
_ORDER = (
    Verdict.DIFFERS,
    Verdict.ELSEWHERE,
    Verdict.PARTLY,
    Verdict.NOT_FOUND,
    Verdict.NO_SOURCE,
    Verdict.VERIFIED,
)
_HEADINGS = {
    Verdict.DIFFERS: "Other words in the source",
    Verdict.ELSEWHERE: "On another page",
    Verdict.PARTLY: "Found in part",
    Verdict.NOT_FOUND: "Not found",
    Verdict.NO_SOURCE: "Nothing to look in",
    Verdict.VERIFIED: "Verified",
}


def as_html(
    results: Sequence[Result],
    sources: Sequence[Mapping[str, object]] = (),
    problems: Sequence[Mapping[str, str]] = (),
    title: str = "",
) -> str:
    """The page, as HTML."""
    groups = {verdict: [r for r in results if r.judgement.verdict is verdict] for verdict in _ORDER}
    heading = "Quotations and their sources"
    name = f"{title}: {heading[0].lower()}{heading[1:]}" if title else heading
    body = [
        f"<header>\n<h1>{escape(heading)}</h1>",
        f'<p class="of">{escape(title)}</p>' if title else "",
        f"<p>{escape(summary(results))}</p>",
        _contents(groups, bool(sources), bool(problems)),
        "</header>\n<main>",
        _problems(problems),
        *(_group(verdict, inside) for verdict, inside in groups.items() if inside),
        _sources(sources),
        "</main>",
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(name)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body>\n</html>\n"
    )


def _contents(groups: Mapping[Verdict, Sequence[Result]], sources: bool, problems: bool) -> str:
    links = [
        f'<li><a href="#{_slug(verdict)}">{escape(_HEADINGS[verdict])}</a> {len(inside)}</li>'
        for verdict, inside in groups.items()
        if inside
    ]
    if problems:
        links.insert(0, '<li><a href="#problems">Sources that were not read</a></li>')
    if sources:
        links.append('<li><a href="#sources">What was read</a></li>')
    legend = (
        "<p><mark>another word</mark>, "
        '<mark class="omitted">left out without an ellipsis</mark>, '
        '<mark class="added">not in the source</mark>, '
        '<span class="aside">passed over, or damaged in the source: no difference</span></p>'
    )
    return f'<nav aria-label="Contents"><ul>{"".join(links)}</ul></nav>\n{legend}'


def _group(verdict: Verdict, results: Sequence[Result]) -> str:
    inside = "\n".join(_article(result) for result in results)
    return (
        f'<section aria-labelledby="{_slug(verdict)}">\n'
        f'<h2 id="{_slug(verdict)}">{escape(_HEADINGS[verdict])}</h2>\n{inside}\n</section>'
    )


def _article(result: Result) -> str:
    found = result.judgement
    title = (
        f'<h3>{escape(result.id)} <span class="where">{escape(result.location)}</span></h3>\n'
        f"<p>{_course(result)}</p>\n"
    )
    notes = "".join(f"<li>{escape(line)}</li>" for line in evidence(found))
    rest = _columns(result) + (f'<ul class="evidence">{notes}</ul>\n' if notes else "")
    if found.verdict is Verdict.VERIFIED and not notes:
        rest = f"<details><summary>Show the words</summary>\n{rest}</details>\n"
    return f'<article class="{_slug(found.verdict)}">\n{title}{rest}</article>'


def _course(result: Result) -> str:
    """Where it is said to stand, and where it does."""
    found = result.judgement
    cited = f"cited: {escape(result.cited)}"
    if not found.found:
        return cited
    place = escape(place_of(found.key, found.volume, found.found))
    if found.verdict is Verdict.ELSEWHERE:
        return f"{cited} → <strong>found: {place}</strong>"
    return f"{cited} · found: {place}"


def _columns(result: Result) -> str:
    asked, found = result.asked, result.judgement
    text = asked.text if asked.text is not None else f"{asked.opening} … {asked.closing}"
    if not found.passage:
        return f'<div class="pair">\n{_column("Quotation", escape(text))}</div>\n'
    pages = [words for _, words in found.passage]
    quoted, source = side_by_side(text, "\n".join(pages), found.differences)
    if asked.text is None:
        quoted, source = [Stretch(text, "")], [Stretch("\n".join(pages), "")]
    shown = _with_pages(_ends_around(source), found)
    around = (
        f'<span class="around">…{escape(found.before)} </span>'
        f'{shown}<span class="around"> {escape(found.after)}…</span>'
    )
    return (
        f'<div class="pair">\n{_column("Quotation", _marked(quoted))}{_column("Source", around)}'
        "</div>\n"
    )


def _ends_around(source: list[Stretch]) -> list[Stretch]:
    """What differs at either end and is no difference stands around the quoted words."""
    inside = [n for n, piece in enumerate(source) if piece.text.strip() and piece.kind != "aside"]
    if not inside:
        return source
    return [
        piece if inside[0] <= n <= inside[-1] else Stretch(piece.text, "around")
        for n, piece in enumerate(source)
    ]


def _column(name: str, inside: str) -> str:
    return f"<div><h4>{name}</h4><blockquote>{inside}</blockquote></div>\n"


def _with_pages(source: Iterable[Stretch], found: Judgement) -> str:
    """The source's words, with the numbers of the pages that begin in them."""
    ends = []
    at = 0
    for _, words in found.passage[:-1]:
        at += len(words) + 1
        ends.append(at)
    labels = [label for label, _ in found.passage[1:]]
    parts, at = [], 0
    for piece in source:
        begin = 0
        text = piece.text
        while ends and at + len(text) >= ends[0] > at + begin - 1:
            cut = ends.pop(0) - at
            parts.append(_mark(Stretch(text[begin:cut], piece.kind)))
            parts.append(f'<span class="page">p. {escape(labels.pop(0))}</span> ')
            begin = cut
        parts.append(_mark(Stretch(text[begin:], piece.kind)))
        at += len(text)
    return "".join(parts)


def _marked(pieces: Iterable[Stretch]) -> str:
    return "".join(_mark(piece) for piece in pieces)


def _mark(piece: Stretch) -> str:
    if not piece.text:
        return ""
    text = escape(piece.text)
    if piece.kind in ("aside", "around"):
        return f'<span class="{piece.kind}">{text}</span>'
    if piece.kind == "changed":
        return f"<mark>{text}</mark>"
    return f'<mark class="{piece.kind}">{text}</mark>' if piece.kind else text


def _problems(problems: Sequence[Mapping[str, str]]) -> str:
    if not problems:
        return ""
    rows = "".join(
        f"<dt>{escape(p['path'])}</dt><dd>{escape(p['message'])}. {escape(p['hint'])}</dd>"
        for p in problems
    )
    return (
        '<section aria-labelledby="problems"><h2 id="problems">Sources that were not read</h2>\n'
        f"<dl>{rows}</dl></section>"
    )


def _sources(sources: Sequence[Mapping[str, object]]) -> str:
    if not sources:
        return ""
    rows = []
    for key, volumes in groupby(sources, key=lambda row: row["key"]):
        for row in volumes:
            name = place_of(str(key), str(row["volume"]) if row["volume"] else None, ())
            cells = (name, row["file"], row["pages"], row["labels"], row["remarks"])
            inside = "".join(f"<td>{escape(str(cell))}</td>" for cell in cells[1:])
            rows.append(f'<tr><th scope="row">{escape(str(cells[0]))}</th>{inside}</tr>')
    head = "".join(f'<th scope="col">{h}</th>' for h in ("Work", "File", "Pages", "Labels", ""))
    head = head.replace("></th>", ' aria-label="Remarks"></th>')
    return (
        '<section aria-labelledby="sources"><h2 id="sources">What was read</h2>\n'
        '<div class="wide" tabindex="0" role="region" aria-labelledby="sources">'
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>{''.join(rows)}</tbody>\n</table></div>"
        "</section>"
    )


def _slug(verdict: Verdict) -> str:
    return str(verdict).replace(" ", "-")


_STYLE = """
:root { color-scheme: light dark; --paper: #fffefb; --ink: #1d1b18; --quiet: #625d55;
  --line: #d8d2c6; --link: #1b4f8a; --changed: #ffe39a; --omitted: #ffd0c4; --added: #cfe8c8; }
@media (prefers-color-scheme: dark) { :root { --paper: #191816; --ink: #e9e5dc; --quiet: #a8a196;
  --line: #45413a; --link: #9cc4f2; --changed: #65510f; --omitted: #71301f; --added: #29502a; } }
* { box-sizing: border-box; }
body { background: var(--paper); color: var(--ink); margin: 0 auto; max-width: 76rem;
  padding: 2rem 1.25rem 4rem; overflow-wrap: break-word;
  font: 1.0625rem/1.55 "Libertinus Serif", Charter, Georgia, "Times New Roman", serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.25rem; margin: 3rem 0 0; }
h3 { font-size: 1rem; margin: 0; }
h4 { color: var(--quiet); font-size: .85rem; font-weight: normal; margin: 0 0 .15rem; }
p { margin: .35rem 0; }
a { color: var(--link); }
.of { font-style: italic; }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; list-style: none; padding: 0; }
article { border-top: 1px solid var(--line); margin-top: 1rem; padding-top: 1rem; }
article > p, .where, .around, .aside { color: var(--quiet); }
article > p strong { color: var(--ink); }
.where { font-weight: normal; margin-left: .6rem; }
.pair { display: grid; gap: 1rem 2.5rem; grid-template-columns: repeat(2, minmax(0, 1fr));
  margin: .6rem 0; }
blockquote { margin: 0; }
.around { font-size: .92em; }
mark { background: var(--changed); border-bottom: 2px solid; color: inherit; padding: 0 .1em; }
mark.omitted { background: var(--omitted); border-bottom-style: dashed; }
mark.added { background: var(--added); border-bottom-style: double; border-bottom-width: 3px; }
.aside { font-style: italic; }
.page { border: 1px solid var(--line); border-radius: .2em; color: var(--quiet);
  font-size: .8em; padding: 0 .3em; white-space: nowrap; }
.evidence { margin: .4rem 0 0; padding-left: 1.2rem; }
summary { color: var(--link); cursor: pointer; width: max-content; }
dt { font-weight: bold; } dd { margin: 0 0 .6rem 1.2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .95rem; margin-top: .8rem; min-width: 36rem; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem 1rem .3rem 0; text-align: left;
  vertical-align: top; }
thead th { color: var(--quiet); font-weight: normal; }
@media (max-width: 44rem) { .pair { grid-template-columns: minmax(0, 1fr); } }
@media print {
  :root { --paper: #fff; --ink: #000; --quiet: #444; --line: #999; --link: #000;
    --changed: none; --omitted: none; --added: none; }
  @page { margin: 18mm; }
  body { font-size: 9.5pt; max-width: none; padding: 0; }
  nav, summary { display: none; }
  article { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .pair { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  details::details-content { block-size: auto; content-visibility: visible; }
  table { min-width: 0; }
}
"""
