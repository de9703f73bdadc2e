"""An edition on themes other than furo: readable on a telephone and on a desk, nothing cut."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sphinx.cmd.build import build_main

import page_validators

# alabaster comes with Sphinx; the others are looked at where they are installed.
THEMES = ["furo", "alabaster", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme"]
TITLE = "The Letters of the Pilots of the Northern Harbour to the Harbour Master"
PAGES = ["index", "letters", "register"]

pytestmark = pytest.mark.filterwarnings("ignore")

SOURCES = {
    "pyproject.toml": '[tool.edition]\nsource = "docs"\nbibliography = ["w.bib"]\n',
    "w.bib": "@book{hart, author = {Hart, Mary}, title = "
    "{Letters from the Harbour, Gathered by a Friend of Ships and with Notes}, "
    "address = {Whitby}, publisher = {Quay}, year = {1831}, pagetotal = {240}}\n",
    "docs/index.md": """\
# The pilots of the harbour

```{title-page}
The pilots’ letters, with notes on every one of them.
```

```{toctree}
letters
register
```
""",
    "docs/letters.md": """\
# The letters of the Donaudampfschifffahrtsgesellschaftskapitänshafen

(p1)=
::::{passage}
No ship crosses the bar before the flood, and none that is laden crosses it in winter.[^n]

:::{quotation} hart
:name: q1
:page: 20
:speaker: Ada Pilot
:opening: No one who
:closing: seen it all.
:::

:::{commentary}
The pilot wrote this in May; there are two accounts of it, which do not agree about the day.
:::
::::

(the-letter-of-the-harbour-master)=
:::{passage}
A passage whose number the margin cannot hold, with some more words to fill a second line.
:::

:::{quotation} hart
:name: the-quotation-of-the-harbour-master
:page: 31
:speaker: Ada Pilot
:opening: Whoever has
:closing: them all before.
:::

## What is claimed

| Claim | Passages | Evidence cited | State of the evidence | Who disputes it |
|---|---|---|---|---|
| The harbour was closed all winter | p1 | None | The letter says so | Quay alone |

[^n]: A note on this.
""",
    "docs/register.md": "# Register\n\n```{quotation-register}\n```\n\n```{bibliography}\n```\n",
}

# What no page may have: something broader than the screen or than the box that cuts it off, words
# over other words, words too small to read, and a text column of a few words.
FAULTS = """() => {
    const faults = [], root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) faults.push("the page is broader than the screen");
    const box = (e) => e.getBoundingClientRect();
    const seen = (e) => e.getClientRects().length && getComputedStyle(e).visibility !== "hidden";
    const main = document.querySelector("article, div.body, .rst-content");
    for (const cell of main.querySelectorAll("td, th")) {
        if (!seen(cell)) continue;
        const [end, edge] = [cell, cell.closest("table").parentElement].map((e) => box(e).right);
        if (end > edge + 1) faults.push("cut: " + cell.textContent);
    }
    for (const text of main.querySelectorAll("p, figcaption, td, a.permalink")) {
        if (!seen(text) || !text.textContent.trim()) continue;
        const size = parseFloat(getComputedStyle(text).fontSize);
        if (size < 11) faults.push(`${size}px: ${text.textContent}`);
    }
    for (const number of main.querySelectorAll("a.permalink")) {
        const holder = number.parentElement;
        for (const words of holder.querySelectorAll("p, blockquote")) {
            const [a, b] = [box(number), box(words)];
            const beside = a.right <= b.left + 1 || b.right <= a.left + 1;
            const apart = beside || a.bottom <= b.top + 1 || b.bottom <= a.top;
            if (seen(words) && !apart) faults.push("over words: " + number.textContent);
        }
        if (box(number).left < 0) faults.push("beyond the edge: " + number.textContent);
    }
    for (const note of main.querySelectorAll(".voice aside.footnote p")) {
        const colour = (of) => getComputedStyle(of).color;
        const pale = colour(note) !== colour(note.closest(".voice"));
        if (pale) faults.push("pale: " + note.textContent);
    }
    for (const text of main.querySelectorAll(".passage > .voice-text")) {
        if (box(text).width < Math.min(300, root.clientWidth - 90)) faults.push("a narrow column");
    }
    return faults;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with page_validators.browser() as started:
        yield started


def made(
    folder: Path,
    theme: str,
    sources: dict[str, str],
    project: str = TITLE,
    *,
    warnings: bool = False,
) -> Path:
    if find_spec(theme) is None:
        pytest.skip(f"{theme} is not installed")
    conf = f'project = "{project}"\nextensions = ["edition.sphinx"]\nhtml_theme = "{theme}"\n'
    for name, content in {**sources, "docs/conf.py": conf}.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, encoding="utf-8")
    out = folder / "out"
    options = ["-q"] if warnings else ["-q", "-W"]
    assert build_main([*options, str(folder / "docs"), str(out)]) == 0
    return out


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_can_be_read(theme: str, tmp_path: Path, browser: Browser) -> None:
    out = made(tmp_path, theme, SOURCES)
    for width in (320, 768, 1024, 1280, 1440):
        page = browser.new_page(viewport={"width": width, "height": 900})
        for name in PAGES:
            page.goto((out / f"{name}.html").as_uri())
            assert page.evaluate(FAULTS) == [], f"{name} at {width} pixels"
            assert "documentation" not in page.title()
        page.close()


VOICES = {
    "docs/letters.md": """\
# The letters

(p1)=
::::{passage}
No ship crosses the bar before the flood, the pilot says.

:::{commentary}
The pilot wrote this in May; there are two accounts of it, which do not agree about the day.
:::
::::

(p2)=
::::{passage}
No ship that is laden crosses it in winter.

:::{commentary}
The harbour master says otherwise, and names three ships; the letters of that winter are lost.
His own book has them, with the days on which they came. All three were laden with timber for
the new quay, and one of them lay on the bar for a night before the flood took her off again.
:::
::::
""",
    "docs/register.md": "# Register\n\n```{bibliography}\n:all:\n```\n",
    "witness/H.md": "(p1)=\n"
    + "The bar is shallow, and the flood is short. " * 12
    + "\n\n(p2)=\n"
    + "In winter the ice is on the bar, and no ship is. " * 5
    + "\n",
}


LETTERS = "parseFloat(getComputedStyle(document.documentElement).fontSize) / 2"


def test_beside_its_notes_a_text_has_60_letters_a_line(tmp_path: Path, browser: Browser) -> None:
    out = made(tmp_path, "furo", SOURCES | VOICES)
    for width in (1024, 1280, 1313, 1366, 1440, 1536, 1600, 1680, 1920, 2560):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto((out / "letters.html").as_uri())
        letter = page.evaluate(LETTERS)
        text, brief, notes = (
            page.locator(f"#p1 > .voice-{name}").evaluate("e => e.getBoundingClientRect()")
            for name in ("text", "brief", "notes")
        )
        page.close()
        assert 59 < text["width"] / letter < 67, width
        assert (brief["right"] <= notes["left"]) == (width >= 1440), width
        if width < 1280:
            continue
        assert brief["left"] >= text["right"]
        assert abs(brief["top"] - text["top"]) < 12
        assert width >= 1440 or 0 <= notes["top"] - brief["bottom"] < 30
        assert min(brief["width"], notes["width"]) > 240
        assert max(brief["width"], notes["width"]) < text["width"]
        assert max(brief["right"], notes["right"]) <= width


def test_a_note_that_is_out_of_sight_is_shown_at_its_call(tmp_path: Path, browser: Browser) -> None:
    out = made(tmp_path, "furo", SOURCES)
    page = browser.new_page(viewport={"width": 390, "height": 320})
    page.goto((out / "letters.html").as_uri())
    call = page.locator("#p1 a.footnote-reference").first
    call.scroll_into_view_if_needed()
    call.hover()
    page.evaluate("window.dispatchEvent(new Event('scroll'))")  # the page had not come to rest
    expect(page.get_by_role("tooltip")).to_contain_text("A note on this.")
    page.mouse.move(0, 0)
    page.set_viewport_size({"width": 1440, "height": 900})
    call.hover()
    page.wait_for_timeout(600)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    page.close()


CALLED = {
    "docs/letters.md": "# The letters\n\n(p1)=\n::::{passage}\n"
    + "No ship crosses the bar before the flood. " * 20
    + "None did that day.[^n] "
    + "One did at night, and no other ship did. " * 20
    + "\n\n:::{commentary}\nOn all of it.\n:::\n::::\n\n"
    + "[^n]: A note on this.\n",
}


def test_a_note_begins_beside_its_call(tmp_path: Path, browser: Browser) -> None:
    out = made(tmp_path, "furo", SOURCES | CALLED)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto((out / "letters.html").as_uri())
    page.wait_for_timeout(300)
    top = "e => e.getBoundingClientRect().top"
    call = page.locator("#p1 a.footnote-reference").first.evaluate(top)
    note = page.locator("#p1 aside.footnote > .label").first.evaluate(top)
    assert abs(note - call) < 16
    page.close()


def test_a_brief_that_is_read_alone_is_set_as_a_text(tmp_path: Path, browser: Browser) -> None:
    out = made(tmp_path, "furo", SOURCES | VOICES)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto((out / "letters.html").as_uri())
    face = "e => [getComputedStyle(e).fontSize, e.getBoundingClientRect().left]"
    text = page.locator("#p1 > .voice-text").evaluate(face)
    page.get_by_role("radio", name="Brief").check()
    assert page.locator("#p1 > .voice-brief").evaluate(face) == text
    assert not page.locator(".voice-text, .voice-label").filter(visible=True).count()
    page.close()


def test_notes_longer_than_the_text_take_both_columns_beside_it(
    tmp_path: Path, browser: Browser
) -> None:
    out = made(tmp_path, "furo", SOURCES | VOICES)
    for width in (1440, 1680, 2560):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto((out / "letters.html").as_uri())
        text, brief, notes = (
            page.locator(f"#p2 > .voice-{name}").evaluate("e => e.getBoundingClientRect()")
            for name in ("text", "brief", "notes")
        )
        page.close()
        assert min(brief["left"], notes["left"]) >= text["right"]
        assert abs(brief["top"] - text["top"]) < 12
        assert 0 <= notes["top"] - brief["bottom"] < 30
        assert notes["width"] > text["width"]


EVENT = "# Letters\n\n:::{event} The flood\n:key: flood\n:date: 1831-05-02\nIn May.\n:::\n"


def test_a_time_line_leads_to_events_on_another_page(tmp_path: Path, browser: Browser) -> None:
    pages = {"docs/letters.md": EVENT, "docs/register.md": "# Years\n\n```{timeline}\n```\n"}
    out = made(tmp_path, "furo", SOURCES | pages, warnings=True)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto((out / "register.html").as_uri())
    assert not page.locator("ul.timeline").count()  # that is for an e-book
    page.locator(".drawing a").click()
    page.wait_for_url("**/letters.html#event-flood")
    expect(page.locator("#event-flood")).to_be_in_viewport()
    page.close()


ALONE = "# Letters\n\n" + "".join(
    f"::::{{passage}}\n:name: p{number}\n\n{'The ship waits for the flood. ' * text}\n\n"
    f":::{{commentary}}\n{'What the pilot meant is disputed. ' * notes}\n:::\n::::\n\n"
    for number, (text, notes) in enumerate([(9, 4), (9, 15), (3, 50)], 1)
)


@pytest.mark.parametrize("theme", ["furo", "sphinx_book_theme"])
def test_notes_without_a_brief_fill_the_side_of_their_text(
    theme: str, tmp_path: Path, browser: Browser
) -> None:
    out = made(tmp_path, theme, SOURCES | {"docs/letters.md": ALONE})
    for width in (1280, 1366, 1440, 1680, 2560) if theme == "furo" else (1440,):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto((out / "letters.html").as_uri())
        letter = page.evaluate(LETTERS)
        for ident in ("p1", "p2", "p3"):
            text, notes = (
                page.locator(f"#{ident} > .voice-{name}").evaluate("e => e.getBoundingClientRect()")
                for name in ("text", "notes")
            )
            assert 59 < text["width"] / letter < 67 or theme != "furo"
            if ident == "p3":
                assert notes["top"] >= text["bottom"]
            else:
                assert notes["left"] >= text["right"]
                assert notes["width"] / letter / 0.8 > 50 or theme != "furo"
                assert 0.55 < notes["height"] / text["height"] < 2.2
        page.close()


@pytest.mark.parametrize("theme", THEMES)
def test_a_link_at_the_head_leads_past_the_bar_to_the_switch(
    theme: str, tmp_path: Path, browser: Browser
) -> None:
    out = made(tmp_path, theme, SOURCES)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto((out / "letters.html").as_uri())
    skip = page.locator(".skip-to-views")
    for _tab in range(2):  # the first may be the theme's own, to the text
        page.keyboard.press("Tab")
        if skip.evaluate("e => e === document.activeElement"):
            break
    expect(skip).to_be_in_viewport(ratio=1)
    expect(skip).to_have_text("Choose what to show")
    assert skip.evaluate("e => e.getBoundingClientRect().height") > 24
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Study")).to_be_focused()
    expect(skip).not_to_be_in_viewport(ratio=0.9)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".voice-notes").first).to_be_hidden()
    page.close()


def test_the_bar_at_the_end_stands_beside_a_page_of_one_column(
    tmp_path: Path, browser: Browser
) -> None:
    plain = "# The harbour\n\nA word.\n\n" + "## The bar\n\nThe bar is of sand.\n\n"
    note = "# The harbour\n\nA word.[^n]\n\n## The bar\n\nSand.\n\n[^n]: A note on it.\n"
    out = made(tmp_path, "furo", SOURCES | {"docs/letters.md": plain, "docs/register.md": note})
    for width in (1366, 1440, 2560):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto((out / "letters.html").as_uri())
        side = "e => [e.getBoundingClientRect().left, e.getBoundingClientRect().right]"
        rem = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        _, end = page.locator("article section p").first.evaluate(side)
        assert 0 < page.locator(".toc-drawer").evaluate(side)[0] - end < 12 * rem
        page.goto((out / "register.html").as_uri())
        _, end = page.locator("aside.footnote").evaluate(side)
        assert page.locator(".toc-drawer").evaluate(side)[0] >= end
        page.close()


PICTURES = {
    "docs/harbour.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="90"/>',
    "docs/letters.md": "# The letters\n\nWords before.\n\n"
    + "".join(
        f"```{{figure}} harbour.svg\n:figwidth: {width}\n:align: {side}\n:alt: The harbour\n"
        "The harbour in May.\n```\n\nWords that run beside it, where there is room for them.\n\n"
        for width, side in (("1600px", "left"), ("50%", "right"), ("80%", "center"))
    ),
}


def test_a_picture_keeps_to_its_place(tmp_path: Path, browser: Browser) -> None:
    out = made(tmp_path, "furo", SOURCES | PICTURES, warnings=True)
    for width in (320, 390, 1440):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto((out / "letters.html").as_uri())
        assert page.evaluate(FAULTS) == []
        beyond = page.locator("figure, figure img").evaluate_all(
            "all => all.filter(e => e.getBoundingClientRect().right > "
            "e.closest('section').getBoundingClientRect().right + 1).length"
        )
        floats = page.locator("figure").evaluate_all(
            "all => all.map(e => getComputedStyle(e).float)"
        )
        assert beyond == 0
        assert (set(floats) == {"none"}) == (width < 1000)
        page.close()


LONG = "Donaudampfschifffahrtsgesellschaft"
MANY = {
    "docs/letters.md": "# Briefe\n\n"
    + "".join(
        f"(stelle-ueber-die-hafenordnung-{n})=\n"
        ":::{passage}\nDas Schiff liegt vor der Barre.\n:::\n\n"
        for n in range(1, 201)
    )
    + f"""\
(p201)=
::::{{passage}}
:::{{quotation}} hart
:name: q1
:page: 20
:speaker: Clara von und zu Hafenmeister-{LONG}
:opening: Die {LONG}
:closing: vor der Barre.
:::
::::
""",
    "docs/register.md": f"# {LONG}\n\n"
    f":::{{event}} Gründung der {LONG}\n:date: 1830-05\nEin Ereignis.\n:::\n\n"
    "```{timeline}\n```\n\n```{quoted-works}\n```\n\n"
    "```{quotation-register}\n```\n\n```{bibliography}\n```\n",
}


@pytest.mark.parametrize("theme", THEMES)
def test_many_passages_and_long_names_fit(theme: str, tmp_path: Path, browser: Browser) -> None:
    out = made(tmp_path, theme, SOURCES | MANY, LONG, warnings=True)
    for width in (390, 1440):
        page = browser.new_page(viewport={"width": width, "height": 900})
        for name in PAGES:
            page.goto((out / f"{name}.html").as_uri())
            assert page.evaluate(FAULTS) == [], f"{name} at {width} pixels"
        page.close()


def test_a_long_drawing_stands_in_columns_and_an_edition_without_briefs_offers_none(
    tmp_path: Path, browser: Browser
) -> None:
    events = "".join(
        f":::{{event}} Sturm {year}\n:date: {year}-05\nEin Ereignis.\n:::\n\n"
        for year in range(1801, 1861)
    )
    register = {"docs/register.md": f"# Register\n\n```{{timeline}}\n```\n\n{events}"}
    out = made(tmp_path, "furo", SOURCES | register, warnings=True)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto((out / "register.html").as_uri())
    first, second = (page.locator(".drawing").nth(n).bounding_box() for n in range(2))
    assert first is not None
    assert second is not None
    assert (second["y"], second["x"] > first["x"]) == (first["y"], True)
    page.goto((out / "letters.html").as_uri())
    assert page.locator(".views label").all_inner_texts() == ["Read", "Study"]
    page.close()


LEFTWARDS = {
    "docs/letters.md": "# מכתבים\n\n(p1)=\n:::{passage}\nהאנייה עומדת לפני השער.\n:::\n",
    "docs/register.md": "# נספח\n\n:::{event} סערה\n:date: 1925-02-03\nמה שקרה.\n:::\n\n"
    "```{timeline}\n```\n\n```{quotation-register}\n```\n\n```{bibliography}\n:all:\n```\n",
}


def test_a_text_that_goes_leftwards(tmp_path: Path, browser: Browser) -> None:
    made(tmp_path, "furo", SOURCES | LEFTWARDS, warnings=True)
    out = tmp_path / "he"
    options = ["-q", "-D", "language=he", str(tmp_path / "docs"), str(out)]
    assert build_main(options) == 0
    page = browser.new_page()
    page.goto((out / "register.html").as_uri())
    begin, number = (
        page.locator(".drawing text").filter(has_text=words).bounding_box()
        for words in ("סערה", "1925")
    )
    assert begin is not None
    assert number is not None
    drawn = page.locator(".drawing svg").bounding_box()
    assert drawn is not None
    for box in (begin, number):
        assert drawn["x"] <= box["x"] < box["x"] + box["width"] <= drawn["x"] + drawn["width"] + 1
    assert number["x"] < begin["x"]
    assert page.locator("table.quotation-register").count() == 0
    expect(page.get_by_text("עדיין אין ציטוטים ממוספרים.")).to_be_visible()
    said = page.locator("p.passages").evaluate(
        """p => { const range = document.createRange(); range.selectNodeContents(p);
            return [range.getBoundingClientRect().right, p.getBoundingClientRect().right]; }"""
    )
    assert abs(said[0] - said[1]) < 2, "our own words begin where the others do"
    page.goto((out / "letters.html").as_uri())
    assert page.locator(".views").count() == 0, "nothing is there to be hidden"
    before, after = (page.locator(f".{name}-page").bounding_box() for name in ("prev", "next"))
    assert before is not None
    assert after is not None
    assert after["x"] < before["x"], "the next page is where the reading goes"
    page.close()


OTHER_SIDE = {
    "docs/letters.md": "# Letters\n\n(p1)=\n:::{passage}\nNo ship.\n:::\n\n"
    ":::{verse}\nהים כחול ורחב\nאין רוח\n:::\n\n> The bar is a door.\n",
    "docs/register.md": "# Works\n\n```{bibliography}\n:all:\n```\n",
}


def test_what_is_read_from_the_other_side_begins_there(tmp_path: Path, browser: Browser) -> None:
    out = made(tmp_path, "furo", SOURCES | OTHER_SIDE, warnings=True)
    page = browser.new_page()
    page.goto((out / "letters.html").as_uri())
    edge = page.locator("article > section").evaluate("e => e.getBoundingClientRect().right")
    for number in range(2):
        line = page.locator(".verse .line").nth(number)
        end = line.evaluate(
            """line => { const range = document.createRange(); range.selectNodeContents(line);
                return range.getBoundingClientRect().right; }"""
        )
        assert abs(end - edge) < 3
    page.goto((out / "index.html").as_uri())
    assert page.locator(".strip-range").inner_text() == "p1"
    assert (
        build_main(["-q", "-D", "language=he", str(tmp_path / "docs"), str(tmp_path / "he")]) == 0
    )
    page.goto((tmp_path / "he" / "letters.html").as_uri())
    style = page.locator("article blockquote").evaluate(
        """e => { const s = getComputedStyle(e);
            return [s.borderLeftWidth, s.paddingLeft, s.paddingRight]; }"""
    )
    assert style[:2] == ["0px", "0px"]
    assert float(style[2].removesuffix("px")) > 10
    said = page.locator("article blockquote p")
    left = said.evaluate("e => getComputedStyle(e).direction")
    assert left == "ltr"
    page.close()
