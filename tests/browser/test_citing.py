"""Citing in a real browser: the permalink and its card by mouse, keyboard and touch.

Debian's chromium runs them; where there is none they are skipped, except where
EDITION_REQUIRE_VALIDATORS says that everything has to be there.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from edition.cli import main

CHROMIUM = next((p for p in ("/usr/bin/chromium", shutil.which("chromium")) if p), "")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP harbour.test 127.0.0.1",
]

CONF = """\
project = "Letters from the Harbour"
author = "Mary Hart"
release = version = "0.1.0"
extensions = ["edition.sphinx"]
html_theme = "furo"
edition_formats = {"PDF": "../edition.pdf", "EPUB": "../edition.epub"}
"""
CFF = """\
cff-version: 1.2.0
message: Please name the release.
title: Letters from the Harbour
authors:
  - family-names: Hart
    given-names: Mary
version: 0.1.0
date-released: 2031-05-04
url: https://harbour.example/letters/
"""
WORKS = """\
@book{hart-letters,
  author = {Hart, Mary}, title = {Letters}, publisher = {Quay}, address = {Whitby},
  year = {1931}, pagetotal = {240},
}
"""
FILLER = "\n\n".join(
    f"Paragraph {n} says nothing that anyone would want to cite." for n in range(40)
)
ONE = f"""\
# The first letter

(p1)=
::::{{passage}}
The harbour lay still that evening, and the boats were drawn up high on the sand.

:::{{quotation}} hart-letters
:name: q1
:page: 19
:opening: The tide went out and
:closing: never came back.
:::
::::

(p2)=
Nobody in the town could say when the pilot had gone out.

{FILLER}
"""
TWO = """\
# The second letter

(p3)=
The second letter takes all of this back.
"""


def absent(reason: str) -> None:
    if os.environ.get("EDITION_REQUIRE_VALIDATORS"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition, built with two.md renamed since it was locked."""
    root = tmp_path_factory.mktemp("harbour")
    files = {
        "pyproject.toml": '[tool.edition]\nbibliography = ["works.bib"]\n',
        "works.bib": WORKS,
        "CITATION.cff": CFF,
        "docs/conf.py": CONF,
        "docs/index.md": "# The letters\n\n```{toctree}\none\ntwo\n```\n\n```{bibliography}\n```\n",
        "docs/one.md": ONE,
        "docs/two.md": TWO,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["anchors", "lock", "--project", str(root)])
    assert done.exit_code == 0, done.output
    (root / "docs" / "two.md").rename(root / "docs" / "second.md")
    index = root / "docs" / "index.md"
    index.write_text(index.read_text(encoding="utf-8").replace("two\n", "second\n"), "utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", str(root / "docs"), str(root / "site")]
    built = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert (built.returncode, built.stderr) == (0, "")
    # The same release beside a newer one, which says where its anchors are.
    shutil.copytree(root / "site", root / "server" / "0.1.0")
    newest = {
        "release": "0.2.0",
        "anchors": [{"id": "q9", "aliases": ["q1"], "address": "letters.html#q9"}],
    }
    (root / "server" / "anchors.json").write_text(json.dumps(newest), encoding="utf-8")
    return root


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: Any) -> None:
        """Keep the tests' output clean."""


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[int]:
    handler = partial(Quiet, directory=str(root / "server"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running.server_address[1]
        running.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).is_file():
        absent("chromium is not installed")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def opened(context: BrowserContext, address: str) -> Page:
    """A page; whatever it complains of fails the test."""
    page = context.new_page()
    page.set_default_timeout(5000)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(address)
    return page


@pytest.fixture
def one(root: Path) -> str:
    return (root / "site" / "one.html").as_uri()


@pytest.fixture
def page(browser: Browser, one: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield opened(context, one)
    context.close()


def number(page: Page, ident: str) -> Locator:
    return page.locator(f"a.permalink[href='#{ident}']")


def sign(link: Locator) -> float:
    """How visible the sign is that there is more."""
    page = link.page
    page.wait_for_timeout(200)
    return float(link.evaluate("link => getComputedStyle(link, '::after').opacity"))


def cited(root: Path, ident: str, form: str) -> str:
    result = CliRunner().invoke(main, ["cite", ident, "--format", form, "--project", str(root)])
    assert result.exit_code == 0
    return result.stdout.rstrip("\n")


class TestMouse:
    def test_a_click_opens_the_card(self, page: Page, root: Path) -> None:
        number(page, "q1").click()
        card = page.get_by_role("dialog", name="Cite quotation q1")
        expect(card).to_be_visible()
        expect(card.get_by_role("group", name="Citation")).to_have_text(
            cited(root, "q1", "chicago")
        )
        assert page.url.endswith("one.html#q1")
        card.get_by_role("button", name="Close").click()
        expect(card).to_be_hidden()
        expect(number(page, "q1")).to_be_focused()

    def test_the_sign_appears_on_hover(self, page: Page) -> None:
        link = number(page, "q1")
        assert sign(link) == 0
        link.hover()
        assert sign(link) > 0.5

    def test_a_click_beside_the_card_closes_it(self, page: Page) -> None:
        number(page, "p1").click()
        page.mouse.click(5, 5)
        expect(page.get_by_role("dialog")).to_be_hidden()

    def test_a_plain_paragraph_has_one_too(self, page: Page) -> None:
        number(page, "p2").click()
        expect(page.get_by_role("dialog", name="Cite passage p2")).to_be_visible()

    def test_the_other_formats(self, page: Page) -> None:
        number(page, "q1").click()
        links = page.get_by_role("dialog").get_by_role("link")
        assert [link.get_attribute("href") for link in links.all()] == [
            "../edition.pdf#nameddest=q1",
            "../edition.epub",
        ]

    def test_a_new_tab_is_left_alone(self, page: Page) -> None:
        number(page, "q1").click(modifiers=["Control"])
        expect(page.locator("dialog")).to_be_hidden()


class TestKeyboard:
    def test_enter_tab_and_escape(self, page: Page) -> None:
        link = number(page, "q1")
        link.focus()
        assert sign(link) > 0.5
        assert link.evaluate("l => getComputedStyle(l).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        card = page.get_by_role("dialog")
        expect(card).to_be_visible()
        seen = []
        for _ in range(8):
            seen.append(
                page.evaluate(
                    "() => document.activeElement.closest('dialog') && "
                    "document.activeElement.textContent"
                )
            )
            if len(seen) < 8:
                page.keyboard.press("Tab")
        assert seen[:5] == ["Link", "Citation", "BibTeX", "RIS", "CSL-JSON"]
        assert seen[7] == "Close"
        page.keyboard.press("Escape")
        expect(card).to_be_hidden()
        expect(link).to_be_focused()

    def test_space_opens_it(self, page: Page) -> None:
        number(page, "p1").focus()
        page.keyboard.press("Space")
        expect(page.get_by_role("dialog", name="Cite passage p1")).to_be_visible()

    def test_what_a_screen_reader_says(self, page: Page) -> None:
        link = page.get_by_role("link", name="Passage p1")
        expect(link).to_have_attribute("aria-haspopup", "dialog")
        link.click()
        card = page.get_by_role("dialog")
        for name in ("Link", "Citation", "BibTeX", "RIS", "CSL-JSON"):
            expect(card.get_by_role("button", name=f"Copy {name}", exact=True)).to_be_visible()
        expect(card.get_by_role("status")).to_have_count(1)


class TestTouch:
    def test_a_tap_opens_the_card(self, browser: Browser, one: str) -> None:
        context = browser.new_context(
            viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True
        )
        page = opened(context, one)
        link = number(page, "q1")
        assert sign(link) > 0.5
        box = link.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
        link.tap()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.get_by_role("button", name="Close").tap()
        expect(page.get_by_role("dialog")).to_be_hidden()
        context.close()


class TestCopying:
    BUTTONS = (
        ("Copy Link", "url"),
        ("Copy Citation", "chicago"),
        ("Copy BibTeX", "bibtex"),
        ("Copy RIS", "ris"),
        ("Copy CSL-JSON", "csl-json"),
    )

    def test_the_clipboard_has_what_the_command_says(
        self, browser: Browser, one: str, root: Path
    ) -> None:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = opened(context, one)
        number(page, "q1").click()
        for name, form in self.BUTTONS:
            page.get_by_role("button", name=name, exact=True).click()
            expect(page.get_by_role("status")).to_have_text(re.compile("copied"))
            copied = page.evaluate("() => navigator.clipboard.readText()").rstrip("\n")
            wanted = cited(root, "q1", form)
            if form in ("ris", "csl-json"):  # the site knows its language, too
                copied = re.sub(r'LA  - en\n|,\s+"language": "en"', "", copied)
            assert copied == wanted
        context.close()

    def test_over_plain_http(self, browser: Browser, server: int) -> None:
        context = browser.new_context()
        page = opened(context, f"http://harbour.test:{server}/0.1.0/one.html")
        assert page.evaluate("() => window.isSecureContext") is False
        number(page, "q1").click()
        page.get_by_role("button", name="Copy Link").click()
        expect(page.get_by_role("status")).to_have_text("Link copied.")
        context.close()


class TestWithoutScript:
    @pytest.fixture
    def context(self, browser: Browser) -> Iterator[BrowserContext]:
        context = browser.new_context(
            java_script_enabled=False, viewport={"width": 1280, "height": 800}
        )
        yield context
        context.close()

    def test_the_number_is_a_link(self, context: BrowserContext, one: str) -> None:
        page = opened(context, one)
        number(page, "p2").click()
        assert page.url.endswith("#p2")
        expect(page.locator("dialog")).to_have_count(0)

    def test_an_old_address_shows_the_way(self, context: BrowserContext, root: Path) -> None:
        page = opened(context, (root / "site" / "two.html").as_uri() + "#p3")
        page.locator("#p3 a").click()
        assert page.url.endswith("second.html#p3")


class TestOldAddresses:
    def test_it_is_followed_with_its_fragment(self, page: Page, root: Path) -> None:
        page.goto((root / "site" / "two.html").as_uri() + "#p3")
        page.wait_for_url("**/second.html#p3")
        expect(page.locator("#p3")).to_be_in_viewport()

    def test_a_page_without_a_fragment(self, page: Page, root: Path) -> None:
        page.goto((root / "site" / "two.html").as_uri())
        page.wait_for_url("**/second.html")

    def test_an_older_release_offers_the_newest(self, page: Page, server: int) -> None:
        page.goto(f"http://127.0.0.1:{server}/0.1.0/one.html")
        number(page, "q1").click()
        newer = page.get_by_text("This is release 0.1.0. The newest is 0.2.0")
        expect(newer).to_be_visible()
        expect(newer.get_by_role("link")).to_have_attribute(
            "href", f"http://127.0.0.1:{server}/letters.html#q9"
        )


class TestScreens:
    def test_390_pixels(self, browser: Browser, one: str) -> None:
        context = browser.new_context(viewport={"width": 390, "height": 700})
        page = opened(context, one)
        number(page, "q1").click()
        card = page.get_by_role("dialog")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
        assert card.evaluate("card => card.scrollWidth - card.clientWidth") == 0
        for button in card.get_by_role("button").all():
            box = button.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
            assert box["height"] >= 24
        context.close()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_contrast(self, browser: Browser, one: str, scheme: Any) -> None:
        context = browser.new_context(color_scheme=scheme)
        page = opened(context, one)
        number(page, "q1").click()
        card = page.locator("dialog")
        back = colour(card, "backgroundColor")
        assert (luminance(back) < 0.2) == (scheme == "dark")
        for part in ("h2", ".citing-text", "button", "a"):
            element = card.locator(part).first
            assert contrast(colour(element, "color"), back) >= 4.5, part
        context.close()

    def test_print(self, page: Page) -> None:
        number(page, "q1").click()
        page.emulate_media(media="print")
        expect(page.locator("dialog")).to_be_hidden()
        assert number(page, "q1").evaluate("l => getComputedStyle(l, '::after').display") == "none"
        expect(number(page, "p1")).to_be_visible()


def colour(element: Locator, name: str) -> tuple[float, ...]:
    shown = element.evaluate(f"e => getComputedStyle(e).{name}")
    return tuple(float(value) / 255 for value in re.findall(r"[\d.]+", shown)[:3])


def luminance(colour: tuple[float, ...]) -> float:
    """Relative luminance, WCAG 2.2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
