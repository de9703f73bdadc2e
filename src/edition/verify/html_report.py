"""The HTML report: each quotation and its source side by side.

It holds quoted text, the source's too: it is not for publication. It is one file without
scripts, for the screen and for paper.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby

from edition.verify.highlight import Segment, side_by_side
from edition.verify.reports import Result, evidence, place_of, summary
from edition.verify.verdict import Judgement, Verdict

# What is to be looked at first comes first.
_HEADINGS = {
    Verdict.DIFFERS: "Other words in the source",
    Verdict.ELSEWHERE: "On another page",
    Verdict.PARTLY: "Found in part",
    Verdict.NOT_FOUND: "Not found",
    Verdict.ENDS: "Opening and closing words found",
    Verdict.UNPAGED: "Found, page not marked in the source",
    Verdict.FOUND: "Found, no page cited",
    Verdict.NO_PAGE: "On a page that the source lacks",
    Verdict.NO_SOURCE: "Nothing to look in",
    Verdict.VERIFIED: "Verified",
}


def as_html(
    results: Sequence[Result],
    sources: Sequence[Mapping[str, object]] = (),
    problems: Sequence[Mapping[str, str]] = (),
    title: str = "",
) -> str:
    """Return the page, as HTML."""
    groups = {v: [r for r in results if r.judgement.verdict is v] for v in _HEADINGS}
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
    style = files(__package__).joinpath("html_report.css").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(name)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
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
    name = result.id if result.has_anchor else "without an anchor"
    title = (
        f'<h3>{escape(name)} <span class="where">{escape(str(result.location))}</span></h3>\n'
        f"<p>{_course(result)}</p>\n"
    )
    notes = "".join(f"<li>{escape(line)}</li>" for line in evidence(found))
    rest = _columns(result) + (f'<ul class="evidence">{notes}</ul>\n' if notes else "")
    if found.verdict is Verdict.VERIFIED and not notes:
        rest = f"<details><summary>Show the words</summary>\n{rest}</details>\n"
    return f'<article class="{_slug(found.verdict)}">\n{title}{rest}</article>'


def _course(result: Result) -> str:
    """Return the cited place and the place found."""
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
        quoted, source = [Segment(text, "")], [Segment("\n".join(pages), "")]
    shown = _with_pages(_ends_around(source), found)
    around = (
        f'<span class="around">…{escape(found.before)} </span>'
        f'{shown}<span class="around"> {escape(found.after)}…</span>'
    )
    marked = "".join(map(_mark, quoted))
    columns = _column("Quotation", marked) + _column("Source", around)
    return f'<div class="pair">\n{columns}</div>\n'


def _ends_around(source: list[Segment]) -> list[Segment]:
    """Return the source with words at either end that are no difference marked as `around`."""
    inside = [n for n, piece in enumerate(source) if piece.text.strip() and piece.kind != "aside"]
    if not inside:
        return source
    return [
        piece if inside[0] <= n <= inside[-1] else Segment(piece.text, "around")
        for n, piece in enumerate(source)
    ]


def _column(name: str, inside: str) -> str:
    return f"<div><h4>{name}</h4><blockquote>{inside}</blockquote></div>\n"


def _with_pages(source: Iterable[Segment], found: Judgement) -> str:
    """Return the source's words, with the numbers of the pages that begin in them."""
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
            parts.append(_mark(Segment(text[begin:cut], piece.kind)))
            parts.append(f'<span class="page">p. {escape(labels.pop(0))}</span> ')
            begin = cut
        parts.append(_mark(Segment(text[begin:], piece.kind)))
        at += len(text)
    return "".join(parts)


def _mark(piece: Segment) -> str:
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
    return str(verdict).replace(",", "").replace(" ", "-")
