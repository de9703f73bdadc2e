"""The rules, in folders by subject, and their pages in `pages`; the catalogue finds them.

A rule is pure: it looks at an edition and yields findings. The command line, the build, the
reports and the manual all read this catalogue.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from importlib import import_module
from pkgutil import iter_modules

from edition.model.errors import EditionError
from edition.rules.rule import Rule

# The catalogue's order is published (in SARIF, rules have numbers): by letter, then by number.
_LETTERS = "LCQBAISW"
_PLACES = {"B110": "B1135", "W101": "S1011", "W102": "S1012", "S102": "T102", "S106": "T106"}


def _discovered() -> Iterator[Rule]:
    for folder in iter_modules(__path__):
        if folder.ispkg:
            package = import_module(f"{__name__}.{folder.name}")
            for file in iter_modules(package.__path__):
                module = import_module(f"{package.__name__}.{file.name}")
                yield from (value for value in vars(module).values() if isinstance(value, Rule))


def _place(rule: Rule) -> tuple[int, str]:
    place = _PLACES.get(rule.code, rule.code)
    return f"{_LETTERS}T".index(place[0]), place


RULES: tuple[Rule, ...] = tuple(sorted(_discovered(), key=_place))


def find_rule(name: str) -> Rule:
    """Return the rule of a name or code; EditionError, with a suggestion, where there is none."""
    for rule in RULES:
        if name in (rule.name, rule.code):
            return rule
    close = get_close_matches(name, [n for r in RULES for n in (r.name, r.code)], n=1)
    hint = f"Did you mean “{close[0]}”?" if close else "`edition rules` lists them all."
    raise EditionError(f"there is no rule “{name}”", hint)
