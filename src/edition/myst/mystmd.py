"""The dialect of mystmd: citations as in Pandoc, and links to labels written like citations."""

import re
from collections.abc import Iterable, Set
from dataclasses import replace

from markdown_it.rules_inline import StateInline

from edition.model import Document, Reference
from edition.myst.citations import Target

_KEY = r"(?:\{(?P<braced>[^{}\s]+)\}|(?P<key>\w(?:[\w:.#$%&+?~/-]*\w)?))"
_IN_TEXT = re.compile(rf"@{_KEY}(?:[ ]*\[(?P<after>[^\]\n]{{1,50}})\])?")
_ITEM = re.compile(rf"(?P<before>[^@]*?)-?@{_KEY}(?P<after>.*)", re.DOTALL)
_ADDRESS = re.compile(r"\S*://|www\.|(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/|$)", re.IGNORECASE)
_LABEL = re.compile(r"\\label\{([^{}]+)\}|^#\|[ \t]*label:[ \t]*(\S+)", re.MULTILINE)
_PART = re.compile(r"-[a-z]$")
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_FAR = 300  # characters, more than a citation within the text or an address has
_DOI = re.compile(r"(?:https?:|doi:)?(?://[\w.]*doi\.org/)?10\.\d{4,9}/", re.IGNORECASE)


def read_citation(state: StateInline, silent: bool) -> bool:
    """Read `@key [p. 3]` or `[see @key, p. 3; @other]` as the role that it stands for."""
    sign = state.src[state.pos : state.pos + 1]
    if sign not in ("@", "[") or state.linkLevel:
        return False
    role, (targets, end) = ("t", _in_text(state)) if sign == "@" else ("p", _bracketed(state))
    if not targets:
        return False
    if not silent:
        token = state.push("myst_role", "", 0)
        token.meta = {"name": f"cite:{role}", "targets": targets}
        token.content = state.src[state.pos : end]
    state.pos = end
    return True


def _in_text(state: StateInline) -> tuple[list[Target], int]:
    before = state.src[max(state.pos - _FAR, 0) : state.pos]
    word = before.split()[-1] if before.strip() and not before[-1].isspace() else ""
    found = _IN_TEXT.match(state.src[state.pos : state.pos + _FAR])
    if not found or before[-1:].isalnum() or _ADDRESS.match(word):
        return [], 0
    return [_target(found, state.pos)], state.pos + found.end()


def _bracketed(state: StateInline) -> tuple[list[Target], int]:
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    if end < 0 or state.src[end + 1 : end + 2] in ("(", "["):
        return [], 0
    targets, at = [], state.pos + 1
    for item in state.src[at:end].split(";"):
        found = _ITEM.fullmatch(item)
        if not found:
            return [], 0
        targets.append(_target(found, at))
        at += len(item) + 1
    return targets, end + 1


def _target(found: re.Match[str], start: int) -> Target:
    """Return the key of a match that begins at `start`; a locator is what follows with a number."""
    name = "braced" if found["braced"] else "key"
    locator, at = None, None
    if re.search(r"\d", found["after"] or ""):
        locator = found["after"].strip(", \t\n")
        at = start + found.start("after") + found["after"].index(locator)
    return Target(
        key=found[name],
        key_at=start + found.start(name),
        prenote=(found.groupdict().get("before") or "").strip() or None,
        locator=locator,
        locator_at=at,
    )


def labels_within(text: str) -> list[str]:
    """Return the labels in formulas and in the cells of code of a text."""
    return [formula or output for formula, output in _LABEL.findall(text)]


def with_cross_references(documents: Iterable[Document], works: Set[str]) -> list[Document]:
    """Return documents of mystmd, in which `@label` is a link and a DOI needs no entry."""
    read = list(documents)
    labels = {anchor.id.casefold() for document in read for anchor in document.anchors}
    labels |= {target.casefold() for document in read for target in document.targets}

    def is_work(key: str) -> bool:
        whole = _PART.sub("", key).casefold()  # a figure's parts have its label and a letter
        return key in works or not ({key.casefold(), whole} & labels or _DOI.match(key))

    found = []
    for document in read:
        # A link may name a label as the page has it: small letters, digits and hyphens.
        named = (*(anchor.id for anchor in document.anchors), *document.targets)
        shown = (_NOT_IN_ID.sub("-", name.casefold()).strip("-") for name in named)
        document = replace(document, targets=tuple(dict.fromkeys((*document.targets, *shown))))
        others = [c for c in document.citations if not is_work(c.key)]
        links = [
            Reference(target=c.key, location=c.location)
            for c in others
            if c.key.casefold() in labels
        ]
        if others:
            document = replace(
                document,
                citations=tuple(c for c in document.citations if is_work(c.key)),
                references=(*document.references, *links),
            )
        found.append(document)
    return found
