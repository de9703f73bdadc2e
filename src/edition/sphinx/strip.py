"""The article as one strip: a cell for each passage, as wide as it is long, quotations ticked.

Rows are the documents that hold passages. Speakers who are quoted most have a lane each, so
that a tick tells its speaker by its height, not by its colour alone.
"""

from collections import Counter
from collections.abc import Callable
from html import escape
from itertools import groupby

from edition.model import Edition, Quotation
from edition.model.quotation import Passage
from edition.sphinx.translation import _

LANES = 3

Address = Callable[[str, str], str]
"""The address of an anchor (second) in the document of a path (first)."""


def lanes_of(edition: Edition) -> dict[str, int]:
    """Return the lanes of the speakers that are quoted most, from the top; others share one."""
    counts = Counter(q.speaker for q in edition.quotations if q.id and q.passage and q.speaker)
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {speaker: lane for lane, (speaker, _count) in enumerate(most[:LANES])}


def strip_html(
    edition: Edition,
    lengths: dict[str, int],
    titles: dict[str, str],
    address: Address,
    here: str = "",
) -> str:
    """Return the strip.

    `lengths` are those of the passages, `titles` the names of the documents by their paths.
    `here` is the path of the document whose page has the strip, if it is a small map.
    """
    lanes = lanes_of(edition)
    quoted: dict[str, list[Quotation]] = {}
    for quotation in edition.quotations:
        if quotation.passage and quotation.id:
            quoted.setdefault(quotation.passage, []).append(quotation)
    rows: list[str] = []
    most = 1
    for path, held in groupby(edition.passages, key=lambda p: p.location.path):
        passages = list(held)
        cells = "".join(
            _cell(p, lengths.get(p.id, 1), quoted.get(p.id, []), lanes, address(path, p.id))
            for p in passages
        )
        total = sum(lengths.get(p.id, 1) for p in passages)
        most = max(most, total)
        current = ' aria-current="page"' if path == here else ""
        unseen = ' tabindex="-1"' if here else ""  # on a small map the cells alone are seen
        rows.append(
            f'<div class="strip-part" style="--n:{total};--cells:{len(passages)}">'
            f'<a class="strip-name" href="{escape(address(path, ""))}"{current}{unseen}>'
            f'{escape(titles.get(path, path))} <span class="strip-range">'
            f"{'–'.join(dict.fromkeys((passages[0].id, passages[-1].id)))}</span></a>"
            f'<span class="strip-cells">{cells}</span></div>'
        )
    if not rows:
        return ""
    style = "strip strip-small" if here else "strip"
    name = escape(_("Passages"))
    return f'<nav class="{style}" style="--most:{most}" aria-label="{name}">{"".join(rows)}</nav>'


def _cell(
    passage: Passage, length: int, quotations: list[Quotation], lanes: dict[str, int], href: str
) -> str:
    ticks = "".join(
        f'<i class="lane-{lanes.get(q.speaker or "", LANES)}" '
        f'style="inset-inline-start:{100 * (n + 0.5) / len(quotations):.0f}%"></i>'
        for n, q in enumerate(quotations)
    )
    speakers = Counter(q.speaker or _("others") for q in quotations)
    names = ", ".join(f"{name} ({n})" if n > 1 else str(name) for name, n in speakers.items())
    said = _("%s, quoted: %s") % (passage.id, names) if names else passage.id
    return (
        f'<a href="{escape(href)}" style=--n:{max(length, 1)} '
        f'aria-label="{escape(said)}">{ticks}</a>'
    )


def key_html(edition: Edition) -> str:
    """Return the words that tell the lanes apart."""
    lanes = lanes_of(edition)
    if not lanes:
        return ""
    counts = Counter(q.speaker for q in edition.quotations if q.id and q.passage)
    rest = sum(count for speaker, count in counts.items() if speaker not in lanes)
    named = [(name, lane, counts[name]) for name, lane in lanes.items()]
    named += [(_("others"), LANES, rest)] if rest else []
    items = [
        f'<span class="strip-speaker"><i class="lane-{lane}"></i>{escape(name)} ({count})'
        for name, lane, count in named
    ]
    said = _("Each cell is a passage, each tick a quotation: %s.") % ",</span> ".join(items)
    return f'<p class="strip-key">{said}</span></p>'
