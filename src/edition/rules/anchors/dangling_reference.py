"""Links, and what they lead to."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from edition.model import AnchorKind, Document, FileState, Reference
from edition.model.text_folding import fold_blanks
from edition.rules.messages import suggestions
from edition.rules.rule import Edition, Finding, Findings, Severity, kept_by_readers, rule

_SPHINX = frozenset({"genindex", "modindex", "py-modindex", "search"})
# Roles that find one kind of thing, the sign of a page that may hold it unread, and its name.
_KINDS = {
    "term": ("glossary::", "term of a glossary"),
    "eq": ("math::", "equation"),
    "confval": ("confval::", "setting"),
}
# Roles that find what has a label alone, and neither documents nor headings.
_LABELLED = frozenset({"ref", "numref", "keyword"})
# Extensions that read what other projects or programs hold, or write pages about it.
_ELSEWHERE = re.compile(r"intersphinx|autosectionlabel|autodoc|autosummary|autoapi|apidoc|breathe")
# Names of texts end so; what ends otherwise is a file to download.
_READ = frozenset((".md", ".rst", ".ipynb", ".txt", ".html"))
# A file that could not be read may hold the id.
_UNREAD = frozenset({"unreadable-source", "outside-project"})


@rule("A104", Severity.ERROR)
def dangling_reference(edition: Edition) -> Findings:
    yield from kept_by_readers(edition, "dangling-reference")
    if any(p.rule in _UNREAD for d in edition.documents for p in d.problems):
        return
    goals = _Goals(edition)
    elsewhere = edition.build is not None and _ELSEWHERE.search(" ".join(edition.build.extensions))
    for document in edition.documents:
        headings = frozenset(map(fold_blanks, document.headings))
        for reference in document.references:
            missing = goals.missing(reference, headings)
            if missing and not (elsewhere and goals.may_be_elsewhere(reference)):
                yield Finding(reference.location, missing, goals.suggested(reference))


class _Goals:
    """What links can lead to, all in small letters."""

    def __init__(self, edition: Edition) -> None:
        # Without a build, nothing checks other files and the words of links.
        self.built = edition.build is not None
        self.documents = {document.path: document for document in edition.documents}
        self.paths = frozenset(path.casefold() for path in self.documents)
        self.known = _SPHINX | {fold_blanks(anchor.id) for anchor in edition.anchors}
        self.known |= {fold_blanks(target) for d in edition.documents for target in d.targets}
        self.known |= {fold_blanks(ident) for ident in edition.elsewhere}
        self.known |= {entry.id.casefold() for entry in edition.entries}
        self.known |= {f"cite-{key.casefold()}" for key in edition.bibliography.works}
        # Sections have numbers where a table of contents numbers them.
        self.numbered = any(document.numbered for document in edition.documents)
        self.sections = {fold_blanks(a.id) for a in edition.anchors if a.kind is AnchorKind.SECTION}
        self.untitled = {fold_blanks(ident) for d in edition.documents for ident in d.untitled}
        self._own: dict[str, frozenset[str]] = {}
        self._suggested = suggestions(self.known, cutoff=0.8)

    def missing(self, reference: Reference, headings: frozenset[str]) -> str:
        """Return what a link does not find; empty where it finds all, `headings` its own page's."""
        source = reference.location.path.casefold()
        if reference.document:
            named = fold_blanks(reference.document)
            if reference.role == "toctree" and self._is_nameless_page(reference):
                return f"“{reference.document}” has no title, so no contents can list it"
            if reference.role in ("", "download") and reference.state is FileState.MISSING:
                other = not self.built and not named.endswith(".md")
                labelled = not reference.role and self.holds(named, source)
                return "" if other or labelled else self._missing_from(reference)
            return self._missing_from(reference)
        kind, target = reference.role, fold_blanks(unquote(reference.target))
        if kind in _KINDS:
            page, what = _KINDS[kind]
            if f"{kind}:{target}" in self.known or page in self.known:
                return ""
            return f"there is no {what} “{reference.target}”, so the link leads nowhere"
        if self.built and not target and not kind:
            return "the link names nothing, so it leads nowhere"
        equation = kind == "" and f"eq:{target}" in self.known
        labelled = self.built and kind in _LABELLED
        if (
            self._is_labelled(target)
            or (target in headings and not (self.built and kind))
            or (not labelled and (equation or self.holds(target, source)))
        ):
            return self._nameless(reference, target)
        return f"nothing in the edition has the id “{reference.target}”, so the link leads nowhere"

    def may_be_elsewhere(self, reference: Reference) -> bool:
        """Tell whether an extension may know what a link names, and no id here is like it."""
        if reference.document.endswith(".md") or reference.role in ("term", "eq", "download"):
            return False
        return not self.suggested(reference).startswith("Did")

    def _nameless(self, reference: Reference, target: str) -> str:
        """Return what a link without words finds that has none either."""
        if not self.built:
            return ""
        if reference.role == "numref" and target in self.sections and not self.numbered:
            return f"“{reference.target}” is a section, and no table of contents numbers those"
        own = self.documents.get(reference.location.path)
        far = own is None or target not in self._ids_of(own)
        silent = not reference.worded and (reference.role == "ref" or (far and not reference.role))
        if target in self.untitled and (silent or reference.role == "numref"):
            return f"“{reference.target}” has no title or caption, so the link has no words"
        return ""

    def _is_nameless_page(self, reference: Reference) -> bool:
        """Tell whether an entry of contents names a page without a title."""
        page = self.documents.get(reference.file)
        if page is None or not self.built or reference.state is not FileState.PRESENT:
            return False
        return not page.titles and not page.inclusions

    def holds(self, target: str, source: str) -> bool:
        """Tell whether a target is an id, or names a document from the source folder or above."""
        if self._is_labelled(target):
            return True
        name = target.strip("/") + ".md"
        folders = PurePosixPath(source).parents
        return any((folder / name).as_posix() in self.paths for folder in folders)

    def _is_labelled(self, target: str) -> bool:
        """Tell whether a target is known, or of another project, as in `python:tut-using`."""
        project, colon, _ = target.partition(":")
        elsewhere = colon and not any(ident.startswith(f"{project}:") for ident in self.known)
        return target in self.known or bool(elsewhere)

    def _missing_from(self, reference: Reference) -> str:
        """Return what a link that names a document does not find; empty where it finds all."""
        if reference.state is FileState.MISSING and reference.role == "glob":
            return f"no document fits “{reference.document}”"
        if reference.state is FileState.MISSING:
            what = "file" if _is_file(reference) else "document"
            return f"there is no {what} “{reference.document}”, so the link leads nowhere"
        target, document = fold_blanks(reference.target), self.documents.get(reference.file)
        if not target or document is None or target in self._ids_of(document):
            return ""
        return (
            f"nothing in {reference.file} has the id “{reference.target}”, so the link leads "
            "to the top of the page at best"
        )

    def _ids_of(self, document: Document) -> frozenset[str]:
        if document.path not in self._own:
            anchors = (anchor.id for anchor in document.anchors)
            entries = (entry.id for entry in document.entries)
            own = (*anchors, *entries, *document.headings, *document.targets)
            self._own[document.path] = frozenset(map(fold_blanks, own))
        return self._own[document.path]

    def suggested(self, reference: Reference) -> str:
        """Return what was meant, where it can be told; else what to do."""
        if reference.state is FileState.MISSING:
            what = "put the file there" if _is_file(reference) else "write the document"
            return f"Correct the path, or {what}."
        if reference.role == "toctree" and self._is_nameless_page(reference):
            return "Give it a heading."
        if self._nameless(reference, fold_blanks(unquote(reference.target))):
            if reference.role == "numref":
                return "Write {ref}, or give it a caption or :numbered: contents."
            return f"Write its words: {{ref}}`the words <{reference.target}>`."
        meant = self._suggested(fold_blanks(reference.target))
        return meant or "Correct the id, or put the anchor before its block."


def _is_file(reference: Reference) -> bool:
    """Tell whether a link names what is copied, not read: `data.csv`, not `text.md` or `text`."""
    suffix = PurePosixPath(reference.document).suffix.lower()
    typed = re.fullmatch(r"\.[a-z][a-z0-9]{1,4}", suffix) and suffix not in _READ
    return reference.role == "download" or (not reference.role and bool(typed))
