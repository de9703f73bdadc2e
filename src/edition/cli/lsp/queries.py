"""The thing at a place of the text, its definition and the references to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from edition.bibliography import plain
from edition.bibliography.pages import facts_of
from edition.cli.lsp.session import Session
from edition.indexes.entries import index_of
from edition.model import Work
from edition.model.diagnostic import Edit, Location
from edition.model.errors import EditionError
from edition.rules.zotero import zotero_link

_WORD = re.compile(r"[^\s`{}()\[\]<>,;#\"“”‘’]+")
_ID = re.compile(r"[a-z][a-z0-9-]*")
_ENTRY_ROLE = re.compile(r"\{(person|gloss|event)\}`([^`]*)`")
_WORK_KEY = re.compile(r"^\s*@\w+\s*[{(]\s*([^\s,]+)")


@dataclass(frozen=True, slots=True)
class Thing:
    """A work, an anchor or an entry that the text names at a place of `length` characters."""

    kind: Literal["work", "anchor", "entry"]
    name: str
    location: Location
    length: int


def thing_at(session: Session, path: str, line: int, column: int) -> Thing | None:
    """Return what stands at a place, line and column from 1; None where nothing does."""
    lines = session.text(path).splitlines()
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    for role in _ENTRY_ROLE.finditer(text):
        if role.start() < column <= role.end() + 1:
            for mention in session.edition.mentions:
                if mention.location.path == path and mention.location.line == line:
                    entry = index_of(session.edition).find(mention.kind, mention.target)
                    named = role[2].rpartition("<")[2].rstrip(">").strip() or role[2]
                    if entry and mention.target in (named, role[2]):
                        place = Location(path, line, role.start(2) + 1)
                        return Thing("entry", entry.id, place, len(role[2]))
    word = next((w for w in _WORD.finditer(text) if w.start() < column <= w.end() + 1), None)
    if word is None:
        return None
    place = Location(path, line, word.start() + 1)
    for citation in session.edition.citations:
        if citation.location == place and citation.key == word[0]:
            return Thing("work", word[0], place, len(word[0]))
    if path in session.edition.bibliography.paths:
        key = _WORK_KEY.match(text)
        if key and key.start(1) == word.start() and key[1] in session.edition.bibliography.works:
            return Thing("work", key[1], place, len(key[1]))
    name = word[0].lstrip("#").rstrip("=")
    if _names_anchor(text, word.start(), word[0]) and anchor_place(session, name):
        at = word.start() + word[0].index(name) + 1
        return Thing("anchor", name, Location(path, line, at), len(name))
    return None


def _names_anchor(text: str, start: int, word: str) -> bool:
    before = text[:start]
    return (
        before.endswith(("](#", "{#"))
        or bool(re.search(r"\]\([^)\s]*#$", before))
        or text.lstrip().startswith(f"({word.rstrip('=')})=")
        or bool(re.match(r"\s*:name:\s*$", before))
        or bool(re.search(r"\{(?:ref|numref)\}`(?:[^`<]*<)?$", before))
    )


def anchor_place(session: Session, name: str) -> Location | None:
    """Return where an anchor is defined; None where there is no such anchor."""
    found = (a.location for a in session.edition.anchors if a.id == name)
    return next(found, None)


def definition(session: Session, thing: Thing) -> Location | None:
    """Return where a thing is defined: the entry of the bibliography, the anchor, the index."""
    if thing.kind == "work":
        work = session.edition.bibliography.works.get(thing.name)
        return work.location if work else None
    if thing.kind == "anchor":
        return anchor_place(session, thing.name)
    return next((e.location for e in session.edition.entries if e.id == thing.name), None)


def references(session: Session, thing: Thing) -> list[Location]:
    """Return where a thing is named, its definition left out."""
    edition = session.edition
    if thing.kind == "work":
        return [c.location for c in edition.citations if c.key == thing.name]
    if thing.kind == "anchor":
        links = (r for d in edition.documents for r in d.references)
        return [r.location for r in links if r.target == thing.name]
    index = index_of(edition)
    named = ((m, index.find(m.kind, m.target)) for m in edition.mentions)
    return [mention.location for mention, entry in named if entry and entry.id == thing.name]


def description(session: Session, thing: Thing) -> str:
    """Return what is known of a thing, in Markdown."""
    if thing.kind == "work":
        work = session.edition.bibliography.works.get(thing.name)
        return _of_work(session, work) if work else f"No entry has the key `{thing.name}`."
    if thing.kind == "anchor":
        return _of_anchor(session, thing.name)
    entry = next(e for e in session.edition.entries if e.id == thing.name)
    passages = index_of(session.edition).passages.get(entry.id, ())
    lines = [f"**{entry.name}**" + (f" ({entry.dates})" if entry.dates else "")]
    lines += [f"Also: {', '.join(entry.also)}"] if entry.also else []
    lines += [f"Passages: {', '.join(passages)}"] if passages else []
    return "\n\n".join(lines)


def _of_work(session: Session, work: Work) -> str:
    def value(name: str) -> str:
        return plain(work.get(name) or "")

    author = value("author") or value("editor")
    head = f"**{author}**, *{value('title')}*" if author else f"*{value('title')}*"
    year = value("year") or value("date")
    lines = [head + (f" ({year})" if year else "")]
    facts = facts_of(work)
    known = [f"pp. {value('pages')}"] if facts.ranges else []
    known += [f"{value('pagetotal') or value('pages')} pages"] if facts.total else []
    known += [f"vol. {facts.volume}"] if facts.volume else []
    lines.append("Pages known: " + "; ".join(known) if known else "Its pages are not known.")
    lines += [f"Seen: {value('pagesource')}"] if value("pagesource") else []
    lines += [f"Printing: {value('printing')}"] if value("printing") else []
    cited = sum(c.key == work.key for c in session.edition.citations)
    lines.append(f"Cited {cited} times" if cited != 1 else "Cited once")
    lines += [f"[In Zotero]({link})" for link in (zotero_link(work),) if link]
    return "\n\n".join(lines)


def _of_anchor(session: Session, name: str) -> str:
    anchor = next(a for a in session.edition.anchors if a.id == name)
    lines = [f"**{name}**, {anchor.kind}, {anchor.location.path}:{anchor.location.line}"]
    text = anchor.text or anchor.opening
    lines += [text if len(text) < 600 else f"{text[:600]}…"] if text else []
    lines.append("Locked: it was published." if locked(session, name) else "Not locked yet.")
    return "\n\n".join(lines)


def locked(session: Session, name: str) -> bool:
    """Tell whether an anchor was published, under this name or as a second one."""
    lock = session.edition.lock
    return lock is not None and (
        name in lock.anchors or any(name in entry.aliases for entry in lock.anchors.values())
    )


def renaming(session: Session, name: str, new: str) -> list[Edit]:
    """Return the edits that rename an anchor everywhere.

    Raises EditionError where it was published, the new name is no id or taken, or a place
    that names it is written in a way that cannot be changed exactly.
    """
    if locked(session, name):
        raise EditionError(f"“{name}” is in anchors.lock: someone may have cited it")
    if not _ID.fullmatch(new):
        raise EditionError(f"“{new}” is no id: use a-z, 0-9 and hyphens, a letter first")
    if anchor_place(session, new) is not None or locked(session, new):
        raise EditionError(f"there is an anchor “{new}” already")
    edits = []
    for document in session.edition.documents:
        lines = session.text(document.path).splitlines()
        for number, line in enumerate(lines, 1):
            edits += [
                Edit(location=Location(document.path, number, at + 1), old=name, new=new)
                for at in _named_in(line, name)
            ]
    if not _is_exact(session, name, new, edits):
        raise EditionError(f"“{name}” cannot be renamed exactly: change it by hand")
    return edits


def _named_in(line: str, name: str) -> Iterator[int]:
    for word in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", line):
        if _names_anchor(line, word.start(), name):
            yield word.start()


def _is_exact(session: Session, name: str, new: str, edits: list[Edit]) -> bool:
    """Tell whether the edits rename every definition and reference, and change nothing else."""
    from edition.loading.load import with_texts
    from edition.rules.fixes import apply_edits

    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.location.path, []).append(edit)
    texts = {path: apply_edits(session.text(path), made)[0] for path, made in by_path.items()}
    after = with_texts(session.project, session.edition, texts)

    def renamed(ident: str | None) -> str | None:
        return new if ident == name else ident

    for old, now in zip(session.edition.documents, after.documents, strict=True):
        anchors = [renamed(a.id) for a in old.anchors], [a.id for a in now.anchors]
        links = [renamed(r.target) for r in old.references], [r.target for r in now.references]
        if anchors[0] != anchors[1] or links[0] != links[1] or old.problems != now.problems:
            return False
    return True
