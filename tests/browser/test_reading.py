"""Reading on the website in a real browser: what a reader looks for, sees and reaches."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

import page_validators

PROJECT = Path(__file__).parents[2]
WIDTHS = [320, 390, 1024, 1366, 2560]
TEXTS = "opening victor-serge theoretical-background lenins-goal".split()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This edition's website, without a witness."""
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-d", str(out / "trees")]
    command += ["-D", "edition_text=none", str(PROJECT / "docs"), str(out / "html")]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1767225600"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=environment)
    assert done.returncode == 0, done.stderr
    return out / "html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with page_validators.browser() as started:
        yield started


def opened(browser: Browser, address: str, width: int = 1440, height: int = 900) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.goto(address)
    page.add_style_tag(content="html { scroll-behavior: auto !important }")
    return page


def anchors(site: Path, kind: str) -> dict[str, str]:
    rows = json.loads((site / "anchors.json").read_text(encoding="utf-8"))["anchors"]
    return {row["id"]: row["address"] for row in rows if row["kind"] == kind and "address" in row}


@pytest.mark.parametrize("width", WIDTHS)
def test_every_cell_of_the_register_can_be_hit(browser: Browser, site: Path, width: int) -> None:
    page = opened(browser, (site / "quotations.html").as_uri(), width)
    missed = page.evaluate(
        """() => [...document.querySelectorAll("table.quotation-register td")].filter((cell) => {
            cell.scrollIntoView({ block: "center" });
            const box = cell.getBoundingClientRect();
            if (!box.width) return true;
            return [0.05, 0.5, 0.95].some((part) => {
                const at = [box.left + box.width * part, box.top + box.height / 2];
                const hit = document.elementFromPoint(...at);
                return !hit || !(cell.contains(hit) || hit.contains(cell));
            });
        }).map((cell) => cell.parentElement.textContent)"""
    )
    assert missed == []
    assert page.locator("table.quotation-register td").count() > 200
    page.close()


def test_the_search_leads_to_every_id(browser: Browser, site: Path) -> None:
    wanted = anchors(site, "passage") | anchors(site, "quotation")
    assert len(wanted) == 109
    page = browser.new_page()
    for ident, address in wanted.items():
        page.goto((site / "search.html").as_uri() + f"?q={ident}")
        page.wait_for_url("**/" + address, wait_until="commit")
    page.close()


@pytest.mark.parametrize("typed", ["P47", "¶47", "p. 47", " p47 ", "47", "passage 47"])
def test_an_id_is_found_as_people_write_it(browser: Browser, site: Path, typed: str) -> None:
    page = browser.new_page()
    page.goto((site / "search.html").as_uri() + f"?q={typed}")
    page.wait_for_url("**/*.html#p47", wait_until="commit")
    page.close()


def test_a_name_is_found_at_its_entry_and_the_manual_comes_last(
    browser: Browser, site: Path
) -> None:
    page = opened(browser, (site / "search.html").as_uri() + "?q=Leval")
    expect(page.locator("#edition-results li a").first).to_contain_text("Leval, Gaston")
    page.goto((site / "search.html").as_uri() + "?q=anchor")
    shown = page.locator("#edition-results > ol a").evaluate_all("all => all.map(a => a.href)")
    assert not [address for address in shown if "/manual/" in address]
    expect(page.locator("#edition-results summary")).to_contain_text("manual")
    page.close()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("what does Lenin say on centralism", "democratic centralism"),
        ("is q21 checked", "q21"),
        ("who is Leval", "Leval, Gaston (1895–1978)"),
        ("when was the vote", "10 October (23 October) 1917"),
        ("Kindle", "Download"),
        ("“dictatorship of the proletariat”", "dictatorship of the proletariat"),
    ],
)
def test_a_question_finds_what_it_asks_for(
    browser: Browser, site: Path, typed: str, first: str
) -> None:
    page = opened(browser, (site / "search.html").as_uri() + f"?q={typed}")
    expect(page.locator("#edition-results li a").first).to_contain_text(first)
    page.close()


# What a newcomer does on the first page, in two steps at most, and what is seen then. A step is a
# click, or what is typed into the first field.
TASKS = {
    "find p47": (["? p47"], "#p47"),
    "what does Lenin say on centralism": (
        ["? what does Lenin say on centralism"],
        "li:first-child .context:has-text('bodies bound by higher ones')",
    ),
    "is q21 checked": (["? is q21 checked"], "li:first-child .found-kind:has-text('words found')"),
    "cite p30": (["? p30", "#p30 > .permalink"], ".citing-text:has-text('passage p30')"),
    "take it to a Kindle": ([".sidebar-tree a:has-text('Download')"], "p:has-text('Kindle')"),
    "who is Leval": (["? who is Leval"], "li:first-child .context:has-text('Anarchist')"),
    "when was the vote": (["? when was the vote"], "li:first-child a:has-text('October')"),
    "read the text alone": ([".way-read", "label:has-text('Read')"], "[data-view=read] #p1"),
    "read the brief alone": ([".way-read", "label:has-text('Brief')"], "[data-view=brief] #p1"),
    "text/opening, and go back": (["#p2 .name a", ".way-back"], "#p2"),
}


@pytest.mark.parametrize("task", TASKS)
def test_a_newcomer_needs_two_steps(browser: Browser, site: Path, task: str) -> None:
    steps, seen = TASKS[task]
    assert len(steps) <= 2
    start = task.partition(",")[0] if "/" in task else "index"
    page = opened(browser, (site / f"{start}.html").as_uri())
    for step in steps:
        if step.startswith("? "):
            page.locator("#go-to").fill(step.removeprefix("? "))
            page.keyboard.press("Enter")
        else:
            page.locator(step).first.click()
    expect(page.locator(seen).first).to_be_in_viewport()
    page.close()


def test_what_is_known_of_a_quotation_is_told_where_it_is_found(
    browser: Browser, site: Path
) -> None:
    page = opened(browser, (site / "search.html").as_uri() + "?q=is q17 checked")
    found = page.locator("#edition-results li").first
    expect(found.locator(".found-kind")).to_contain_text("Quotation · verified")
    expect(page.locator("#edition-results")).not_to_contain_text("leads straight there")
    page.close()


def test_the_headwords_of_an_index_have_a_column_where_there_is_room(
    browser: Browser, site: Path
) -> None:
    for name in ("persons", "glossary", "chronology"):
        for width in (390, 1024, 1440, 2560):
            page = opened(browser, (site / f"{name}.html").as_uri(), width)
            term, said = (
                page.locator(f"dl.index-entries > {part}").first.evaluate(
                    "e => e.getBoundingClientRect()"
                )
                for part in ("dt", "dd")
            )
            page.close()
            assert (term["right"] <= said["left"]) == (width >= 1440), f"{name} at {width}"
            assert (abs(term["top"] - said["top"]) < 2) == (width >= 1440)


def test_what_an_address_leads_to_has_one_colour(browser: Browser, site: Path) -> None:
    for scheme in ("light", "dark"):
        grounds = set()
        for address in (
            "text/victor-serge.html#p6",
            "text/victor-serge.html#q1",
            "persons.html#person-leval-gaston",
            "bibliography.html#cite-lenin-retain",
        ):
            page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
            name, _sign, fragment = address.partition("#")
            page.goto(f"{(site / name).as_uri()}#{fragment}")
            ground = "e => getComputedStyle(e).backgroundColor"
            grounds.add(page.locator(f"#{fragment}").evaluate(ground))
            page.close()
        assert len(grounds) == 1, scheme


@pytest.mark.parametrize("width", [320, 1440])
def test_lines_of_code_that_are_in_columns_are_kept(
    browser: Browser, site: Path, width: int
) -> None:
    for name, kept in {"architecture": 1, "commands": 2, "tutorial": 0}.items():
        page = opened(browser, (site / "manual" / f"{name}.html").as_uri(), width)
        codes = page.locator("pre[tabindex='0']")
        assert codes.count() >= kept
        for code in codes.all() if kept else []:
            height, line = code.evaluate(
                "e => [e.clientHeight, parseFloat(getComputedStyle(e).lineHeight)]"
            )
            lines = code.inner_text().rstrip("\n").count("\n") + 1
            assert height < (lines + 2) * line, f"{name}: a line is wrapped"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


def test_an_excerpt_has_the_rarest_word_asked_for(browser: Browser, site: Path) -> None:
    page = opened(browser, (site / "search.html").as_uri() + "?q=Lenin centralism")
    expect(page.locator("#edition-results li .context").nth(1)).to_contain_text("central")
    page.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_number_of_every_quotation_is_seen(browser: Browser, site: Path, width: int) -> None:
    seen: set[str] = set()
    for name in TEXTS:
        page = opened(browser, (site / "text" / f"{name}.html").as_uri(), width)
        for number in page.locator("a[data-cite=quotation]").all():
            assert number.is_visible()
            box = number.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            seen.add(number.inner_text().split()[-1].strip("❡ \u2009"))
        page.close()
    assert seen == set(anchors(site, "quotation"))


@pytest.mark.parametrize("name", ["chronology.html", "quotations.html"])
def test_the_words_of_a_drawing_can_be_read_on_a_small_telephone(
    browser: Browser, site: Path, name: str
) -> None:
    page = opened(browser, (site / name).as_uri(), 320)
    sizes = page.locator(".drawing text").evaluate_all(
        """all => all.map(t => parseFloat(t.getAttribute("font-size")) * t.getScreenCTM().a)"""
    )
    assert len(sizes) > 10
    assert min(sizes) >= 9
    beyond = page.locator(".drawing text").evaluate_all(
        """all => all.filter(t => t.getBoundingClientRect().right >
            t.ownerSVGElement.getBoundingClientRect().right + 1).map(t => t.textContent)"""
    )
    assert beyond == []
    page.close()


def test_a_drawing_that_is_printed_begins_below_the_words_before_it(
    browser: Browser, site: Path
) -> None:
    page = opened(browser, (site / "chronology.html").as_uri())
    printed = PdfDocument(page.pdf(format="A4"))
    assert "The Paris Commune" in printed[0].get_textpage().get_text_range()
    page.close()


@pytest.mark.parametrize("width", [1280, 1440, 2560])
def test_every_passage_of_a_page_has_one_measure(browser: Browser, site: Path, width: int) -> None:
    page = opened(browser, (site / "text" / "lenins-goal.html").as_uri(), width)
    texts = page.locator(".passage > .voice-text")
    widths = texts.evaluate_all("all => all.map(e => Math.round(e.getBoundingClientRect().width))")
    assert len(widths) == 5
    assert len(set(widths)) == 1, "with notes beside it, below it and without any"
    page.close()


def test_what_is_printed_repeats_the_head_of_a_table(browser: Browser, site: Path) -> None:
    page = opened(browser, (site / "quotations.html").as_uri())
    with PdfDocument(page.pdf(format="A4", prefer_css_page_size=True)) as printed:
        sheets = [sheet.get_textpage().get_text_range() for sheet in printed]
    rows = [words for words in sheets if re.search(r"\bq\d+\s+p\d+\b", words)]
    assert len(rows) > 2
    assert all("Speaker" in words for words in rows)
    page.goto((site / "index.html").as_uri())
    with PdfDocument(page.pdf(format="A4", prefer_css_page_size=True)) as printed:
        assert len(printed) == 1
    page.close()


def test_every_mark_of_the_time_line_leads_to_its_event(browser: Browser, site: Path) -> None:
    page = opened(browser, (site / "chronology.html").as_uri())
    hrefs = page.locator(".drawing a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert len(hrefs) > 20
    for href in hrefs:
        assert page.locator(href).count() == 1, href
    page.close()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_first_window_has_every_way_in(
    browser: Browser, site: Path, width: int, height: int
) -> None:
    page = opened(browser, (site / "index.html").as_uri(), width, height)
    for selector in (".lede", ".way-read", ".go-to input", ".how-to-cite"):
        box = page.locator(selector).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height, selector
    field, go = (page.locator(f".go-to {part}").bounding_box() for part in ("input", "button"))
    assert field is not None
    assert go is not None
    assert abs(field["y"] - go["y"]) < 2, "the button is beside its field"
    page.locator(".go-to input").fill("p47")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*.html#p47", wait_until="commit")
    page.close()


def test_edges_and_signs_stay_where_they_are_from_page_to_page(
    browser: Browser, site: Path
) -> None:
    names = ["index", "persons", "quotations", "introduction", "text/victor-serge", "search"]
    for width in (390, 1024, 1280, 1366, 1440, 2560):
        edges = set()
        for name in names:
            page = opened(browser, (site / f"{name}.html").as_uri(), width)
            left = "e => Math.round(e.getBoundingClientRect().left)"
            places = [page.locator(part).evaluate(left) for part in ("h1", ".sidebar-brand")]
            sign = page.locator(".theme-toggle").filter(visible=True)
            sign.click(trial=True)  # nothing is above it
            edges.add((*places, sign.evaluate(left)))
            page.close()
        assert len(edges) == 1, f"{width} pixels"


def test_a_finger_slides_along_the_strip_and_goes_where_it_is_lifted(
    browser: Browser, site: Path
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto((site / "text" / "opening.html").as_uri())
    cell = page.locator(".strip-cells > a[href$='#p50']")
    box, row = cell.bounding_box(), page.locator(".strip-cells").nth(2).bounding_box()
    assert box is not None
    assert row is not None
    assert row["height"] >= 44
    touch = context.new_cdp_session(page)
    for kind, x in (("touchStart", row["x"] + 30), ("touchMove", box["x"] + box["width"] / 2)):
        point = {"x": x, "y": row["y"] + 20}
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    expect(page.locator(".preview b")).to_contain_text("p50")
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_url("**/theoretical-background.html#p50", wait_until="commit")
    context.close()


def test_the_first_page_is_light(browser: Browser, site: Path) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "index.html").as_uri(), wait_until="networkidle")
    files = {Path(unquote(url.removeprefix("file://")).partition("?")[0]) for url in asked}
    assert any(file.suffix == ".woff2" for file in files)
    assert sum(file.stat().st_size for file in files) < 145_000
    ours = {"edition.css", "edition.js", "reading.js"}
    assert {path.name for path in (site / "_static").glob("*.*")} & {"libertinus.css"} == set()
    styles = page.locator("link[rel=stylesheet], script[src]").count()
    assert styles <= 2 + len(ours)
    page.close()


class TestVoices:
    def test_notes_begin_beside_their_passage(self, browser: Browser, site: Path) -> None:
        page = opened(browser, (site / "text" / "victor-serge.html").as_uri(), 1280)
        places = page.locator(".passage:has(> .voice-notes:not(.long))").evaluate_all(
            """all => all.map(p => {
                const [text, notes] = [".voice-text", ".voice-notes"].map(
                    (s) => p.querySelector(":scope > " + s).getBoundingClientRect());
                return [notes.left - text.right, Math.abs(notes.top - text.top)];
            })"""
        )
        assert len(places) > 10
        assert all(gap > 0 and fall < 12 for gap, fall in places)
        page.close()

    def test_long_notes_follow_their_passage_in_columns(self, browser: Browser, site: Path) -> None:
        page = opened(browser, (site / "text" / "lenins-goal.html").as_uri(), 1280)
        places = page.locator(".passage:has(> .voice-notes.long)").evaluate_all(
            """all => all.map(p => {
                const [text, notes] = [".voice-text", ".voice-notes"].map(
                    (s) => p.querySelector(":scope > " + s).getBoundingClientRect());
                return [notes.top - text.bottom, notes.width - text.width];
            })"""
        )
        assert len(places) > 1
        assert all(0 <= fall < 30 and more > 200 for fall, more in places)
        page.close()

    def test_on_a_narrow_screen_they_follow(self, browser: Browser, site: Path) -> None:
        page = opened(browser, (site / "text" / "victor-serge.html").as_uri(), 1024)
        text, notes = (page.locator(f"#p6 > .voice-{n}").bounding_box() for n in ("text", "notes"))
        assert text is not None
        assert notes is not None
        assert notes["y"] >= text["y"] + text["height"]
        page.close()

    def test_the_switch_is_remembered_and_works_by_key(self, browser: Browser, site: Path) -> None:
        page = opened(browser, (site / "text" / "victor-serge.html").as_uri())
        page.get_by_role("radio", name="Study").focus()
        expect(page.locator("#p6 .voice-notes")).to_be_visible()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("radio", name="Read")).to_be_checked()
        expect(page.locator("#p6 .voice-notes")).to_be_hidden()
        expect(page.locator("#q1")).to_be_visible()
        page.goto((site / "text" / "opening.html").as_uri())
        expect(page.get_by_role("radio", name="Read")).to_be_checked()
        page.goto((site / "text" / "lenins-goal.html").as_uri())
        page.get_by_role("radio", name="Brief").check()
        expect(page.locator("#q31")).to_be_hidden()
        page.goto((site / "text" / "victor-serge.html").as_uri() + "#q1")
        expect(page.get_by_role("radio", name="Study")).to_be_checked()
        expect(page.locator("#q1")).to_be_visible()
        page.close()

    def test_without_a_script_everything_is_there_in_order(
        self, browser: Browser, site: Path
    ) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto((site / "text" / "victor-serge.html").as_uri())
        for part in ("#p6 > .voice-text", "#p6 > .voice-notes", "#q1", "nav.strip"):
            expect(page.locator(part).first).to_be_visible()
        expect(page.get_by_role("radio")).to_have_count(0)
        context.close()


class TestWays:
    def test_keys(self, browser: Browser, site: Path) -> None:
        page = opened(browser, (site / "text" / "victor-serge.html").as_uri() + "#p6")
        page.keyboard.press("j")
        page.wait_for_url("**/*#p7")
        page.keyboard.press("k")
        page.wait_for_url("**/*#p6")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.name") == "q"
        page.keyboard.type("jk/")
        assert page.url.endswith("#p6")
        page.close()

    @pytest.mark.parametrize("typed", ["who is Leval", "when was the vote", "Kindle"])
    def test_from_a_question_to_its_answer_two_keys_are_needed(
        self, browser: Browser, site: Path, typed: str
    ) -> None:
        page = opened(browser, (site / "text" / "opening.html").as_uri())
        page.keyboard.press("/")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        first = page.locator("#edition-results li a").first
        expect(first).to_be_visible()
        page.keyboard.press("Tab")
        expect(first).to_be_focused()
        page.goto((site / "search.html").as_uri())
        expect(page.locator("#search-field")).to_be_focused()
        page.close()

    @pytest.mark.parametrize("name", ["index", "text/opening", "quotations", "search"])
    def test_what_the_keyboard_is_at_is_seen(self, browser: Browser, site: Path, name: str) -> None:
        page = opened(browser, (site / f"{name}.html").as_uri())
        for _stop in range(50):
            page.keyboard.press("Tab")
            unseen = page.evaluate(
                """() => {
                    const at = document.activeElement;
                    const shown = at.matches(".views input") ? at.nextElementSibling : at;
                    const box = shown.getBoundingClientRect(), style = getComputedStyle(shown);
                    const seen = box.width > 2 && box.height > 2 && style.clipPath === "none";
                    const ok = at === document.body || (seen && style.outlineStyle !== "none");
                    return ok ? "" : at.outerHTML.slice(0, 120);
                }"""
            )
            assert unseen == ""
        page.close()

    def test_a_hidden_bar_comes_into_view_with_the_keyboard(
        self, browser: Browser, site: Path
    ) -> None:
        page = opened(browser, (site / "text" / "victor-serge.html").as_uri(), 900)
        for bar in (".sidebar-drawer", ".toc-drawer"):
            link = page.locator(f"{bar} a").nth(2)
            assert not 0 <= link.evaluate("e => e.getBoundingClientRect().left") < 900
            page.keyboard.press("Tab")
            link.focus()
            page.wait_for_timeout(400)
            box = link.evaluate("e => e.getBoundingClientRect()")
            assert 0 <= box["left"] < box["right"] <= 900, bar
        page.close()

    def test_a_way_back_after_a_jump(self, browser: Browser, site: Path) -> None:
        page = opened(browser, (site / "text" / "victor-serge.html").as_uri())
        page.locator("#p7 .name a").first.click()
        page.wait_for_url("**/*.html#*")
        back = page.locator(".way-back")
        expect(back).to_have_text("← Back to p7")
        back.click()
        page.wait_for_url("**/victor-serge.html#p7")
        page.close()

    def test_a_preview_by_mouse_and_by_key(self, browser: Browser, site: Path) -> None:
        page = opened(browser, (site / "text" / "victor-serge.html").as_uri())
        link = page.locator("#p6 .name a").first
        link.hover()
        expect(page.get_by_role("tooltip")).to_contain_text("Serge")
        assert link.get_attribute("aria-describedby") == "edition-preview"
        page.get_by_role("tooltip").hover()
        page.wait_for_timeout(400)
        expect(page.get_by_role("tooltip")).to_be_visible()
        page.mouse.move(0, 0)
        expect(page.get_by_role("tooltip")).to_have_count(0)
        page.locator("#p6 a.permalink").focus()
        page.keyboard.press("Tab")
        expect(page.get_by_role("tooltip")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("tooltip")).to_have_count(0)
        page.close()

    def test_a_preview_by_a_long_press(self, browser: Browser, site: Path) -> None:
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
        )
        page = context.new_page()
        page.goto((site / "text" / "victor-serge.html").as_uri())
        link = page.locator("#p6 .name a").first
        link.scroll_into_view_if_needed()
        box = link.bounding_box()
        assert box is not None
        touch = context.new_cdp_session(page)
        point = {"x": box["x"] + 4, "y": box["y"] + 8}
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        expect(page.get_by_role("tooltip")).to_contain_text("Serge")
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_timeout(300)
        expect(page.get_by_role("tooltip")).to_be_visible()
        assert "persons" not in page.url
        context.close()

    def test_the_rail_names_every_passage(self, browser: Browser, site: Path) -> None:
        page = opened(browser, (site / "text" / "victor-serge.html").as_uri())
        rail = page.locator(".rail a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        assert [h for h in rail if h[2:].isdigit()] == [f"#p{n}" for n in range(5, 30)]
        order = "all => all.map(e => '#' + e.id)"
        places = page.locator("article :is(section section, .passage)").evaluate_all(order)
        assert rail == places, "headings are where they are in the text"
        expect(page.locator(".rail a").first).to_be_visible()
        page.goto((site / "text" / "victor-serge.html").as_uri() + "#p14")
        current = page.locator(".rail .scroll-current > a").last
        expect(current).to_have_attribute("href", "#p14")
        page.close()

    def test_a_name_is_a_link_once_in_a_passage(self, browser: Browser, site: Path) -> None:
        page = opened(browser, (site / "text" / "victor-serge.html").as_uri())
        twice = page.locator(".passage").evaluate_all(
            """all => all.filter(p => {
                const to = [...p.querySelectorAll(".name a")].map(a => a.hash);
                return new Set(to).size < to.length;
            }).map(p => p.id)"""
        )
        assert twice == []
        page.close()


def test_the_passport_of_a_quotation(browser: Browser, site: Path) -> None:
    page = opened(browser, (site / "text" / "victor-serge.html").as_uri())
    page.locator("#q1 a.permalink").click()
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("Voices")
    expect(card).to_contain_text("page unknown")
    expect(page.locator("#q1 > .mark-unknown")).to_be_visible()
    page.close()
