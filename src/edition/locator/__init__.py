"""The locator: the part of a citation that says where in the work.

`parse` reads what an editor types between the braces of a citation (`pp. xii–xv, 183–90`,
`vol. 3, p. 44`, `fol. 3r–4v`, `s.v. pilot`) and tells what is wrong with it; two locators
are equal when they point to the same places, however they were typed. `parse_ranges` and
`parse_pagetotal` read the fields of a bibliography that a page is held against.

Nothing here reads a file. Every function takes time in proportion to the length of its
text, and the parsers raise `LocatorError` alone, whatever the text. The labels are those of
the Citation Style Language 1.0.2 (https://docs.citationstyles.org, "Locators") with `plate`,
`canto`, `stanza` and `letter` besides. `tests/locators.json` pins the grammar.
"""

from edition.locator.formatting import format_locator, pages_normal
from edition.locator.ibid import back_references, refers_back
from edition.locator.model import (
    Fault,
    Fix,
    Item,
    Locator,
    LocatorError,
    Number,
    PageField,
    PageRange,
    PageTotal,
    Part,
)
from edition.locator.pagination import pages, parse_pagetotal, volumes
from edition.locator.parsing import parse, parse_ranges
from edition.locator.schemes import SCHEME_NAMES, SCHEMES, scheme_names

__all__ = [
    "SCHEMES",
    "SCHEME_NAMES",
    "Fault",
    "Fix",
    "Item",
    "Locator",
    "LocatorError",
    "Number",
    "PageField",
    "PageRange",
    "PageTotal",
    "Part",
    "back_references",
    "format_locator",
    "pages",
    "pages_normal",
    "parse",
    "parse_pagetotal",
    "parse_ranges",
    "refers_back",
    "scheme_names",
    "volumes",
]
