"""What stands around the text of a saved web page: navigation, side bars, share buttons."""

import re
from typing import Any

from edition.importer.css import declarations
from edition.importer.word_count import file_words

NO_TEXT = frozenset(
    "script style head template noscript iframe object svg button select textarea input "
    "canvas audio video map dialog title".split()
)
_AROUND = frozenset("nav aside form menu search".split())
_AROUND_ROLES = frozenset(
    "navigation banner contentinfo complementary search form menu menubar toolbar alert "
    "dialog".split()
)
_AROUND_NAMES = frozenset(
    "nav navbar navigation menu sidebar share sharing sharebar social breadcrumb breadcrumbs "
    "cookie cookies related relatedposts newsletter subscribe comment comments advert "
    "advertisement ads promo masthead widget widgets toolbar skip toc pagination pager sitefooter "
    "siteheader sharedaddy addtoany recommended signup paywall banner noprint dropdown catlinks "
    "printfooter editsection button sidenotes paranumber sitesub".split()
)
_BOILERPLATE = re.compile(r"\bpg-boilerplate\b|\bpgheader\b|\bpgfooter\b|\bpg-(?:header|footer)\b")
GUTENBERG = re.compile(r"\*{3} ?(START|END) OF (?:THE|THIS) PROJECT GUTENBERG EBOOK[^*]*\*{3}")
_JUMP = re.compile(
    r"(?<!\S)(?:skip-link|jump-link|screen-reader-text|sr-only|visually-hidden|hide-text|margin-toggle|(?:mw-)?editsection|entry-footer|post-footer"
    r"|(?:ws-)?noexport)(?!\S)"
)


def words_within(element: Any) -> int:
    """Return the number of words in an element, scripts not counted."""
    return len(file_words(element, ("script", "style")).split())


def is_boilerplate(element: Any) -> bool:
    """Tell whether an element is what a library puts before and after every text of its own."""
    if element.tag == "pre":  # as the library set it before it had names for it
        return bool(GUTENBERG.search(" ".join(element.itertext())))
    return bool(_BOILERPLATE.search(f"{element.get('class')} {element.get('id')}"))


def is_around(element: Any, words: int) -> bool:
    """Tell whether an element is no text but something around it; the page has so many words."""
    tag, role = element.tag, str(element.get("role") or "")
    named = f"{element.get('class')} {element.get('id')}".casefold()
    if role.startswith("doc-") or tag == "body":
        return False
    if tag in _AROUND:
        return "footnote" not in f"{named} {element.get('type')}"
    if role in _AROUND_ROLES or element.get("hidden") is not None or _JUMP.search(named):
        return True
    if declarations(str(element.get("style") or "")).get("display") == "none":
        return True
    if tag in ("header", "footer"):
        inside = any(a.tag in ("article", "main", "section") for a in element.iterancestors())
        around = element.find(".//h1") is None or element.find(".//nav") is not None
        return not inside and (tag == "footer" or around)
    if element.get("aria-hidden") == "true" and not element.get("id"):
        return True
    if tag not in ("div", "section", "ul", "ol", "p", "span"):
        return False
    if not set(re.split(r"[\s_-]+", named)) & _AROUND_NAMES:
        return False
    return element.find(".//h1") is None and words_within(element) * 3 < words


def main_text(body: Any, words: int) -> Any:
    """Return the element that holds the text, if the page says so; else the body."""
    mains = body.xpath(".//main | .//*[@role='main']")
    articles = body.xpath(".//article[not(ancestor::article)]")
    if len(articles) == 1 and (len(mains) != 1 or articles[0] in mains[0].iter()):
        titled = len(mains) == 1 and mains[0].find(".//h1") is not None
        mains = mains if titled and articles[0].find(".//h1") is None else articles
    return mains[0] if len(mains) == 1 and words_within(mains[0]) * 4 > words else body
