"""Roles that name an entry of an index, and the directives that define one."""

import re

from markdown_it.token import Token

from edition.model import Entry, EntryKind, Mention
from edition.model.diagnostic import Location
from edition.model.text_folding import fold
from edition.myst.builder import DocumentBuilder
from edition.myst.directives import Directive
from edition.myst.markdown import Construct

KINDS = {str(kind): kind for kind in EntryKind}
# After ISO 9 and ELOT 743, without their accents.
_LATIN = {
    ord(letter): latin
    for letters, spelling in (
        (
            "абвгдежзиклмнопрстуфхцчшщъыьэюяіґ",
            "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh",
        ),
        ("αβγδεζηθικλμνξοπρστυφχψω", "a v g d e z i th i k l m n x o p r s t y f ch ps o"),
    )
    for letter, latin in zip(
        letters, [*spelling.split(), "shch", "", "y", "", "e", "yu", "ya", "i", "g"], strict=False
    )
}
_TITLED = re.compile(r"(?P<words>.+?)\s*<(?P<target>[^<>]+)>", re.DOTALL)


def is_index_role(token: Token) -> bool:
    """Return True if a token is a role that names an entry."""
    return token.type == "myst_role" and token.meta["name"].lower() in KINDS


def read_mention(builder: DocumentBuilder, construct: Construct, place: Location) -> None:
    """Add the entry that a role names."""
    content = str(construct.token.content)
    builder.mentions.append(
        Mention(
            kind=KINDS[construct.token.meta["name"].lower()],
            target=split_titled(content)[1],
            location=place,
            passage=builder.passage,
        )
    )


def split_titled(content: str) -> tuple[str, str]:
    """Return the words that a role shows and the target: `she <hart>`, or the same for both."""
    typed = content.strip()
    match = _TITLED.fullmatch(typed) if typed.endswith(">") else None
    return (match["words"], match["target"].strip()) if match else (content, typed)


def role_markup_spans(construct: Construct, content: str) -> list[tuple[int, int]]:
    """Return the spans of an index role that are markup: all but the words that it shows."""
    start, end = construct.start, construct.end
    words = split_titled(str(construct.token.content))[0].strip()
    # In the source a blank of the role may be the end of a line.
    at = content.replace("\n", " ").find(words, content.index("`", start), end) if words else -1
    return [(start, at), (at + len(words), end)] if at >= 0 else [(start, end)]


def read_entry(builder: DocumentBuilder, directive: Directive) -> None:
    """Add the entry that a directive defines."""
    options = {name: option.value.strip() for name, option in directive.options.items()}
    dated = directive.options.get("date") or directive.options.get("dates")
    builder.entries.append(
        Entry(
            kind=KINDS[directive.name],
            key=options.get("key") or entry_key(directive.argument),
            name=directive.argument,
            location=directive.location,
            also=tuple(n.strip() for n in options.get("also", "").split(";") if n.strip()),
            dates=dated.value.strip() if dated else "",
            dates_location=dated.location if dated else None,
            calendar=options.get("calendar", ""),
            explained=bool(directive.body.strip()),
            sort=options.get("sort", ""),
        )
    )


def entry_key(name: str) -> str:
    """Return the key of an entry that was given none: its name in plain small letters.

    A name without Latin letters is transliterated, and a character of another script than
    Cyrillic and Greek becomes its code point, as in `u5b6b-u6587`.
    """
    plain = fold(name)
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if c.isascii()))
    if not words:
        spelt = (
            c if c.isascii() else f" u{ord(c):x} "
            for c in plain.translate(_LATIN)
            if c.isascii() or c.isalnum()
        )
        words = re.findall(r"[a-z0-9]+", "".join(spelt))
    return "-".join(words)
