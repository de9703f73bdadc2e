"""What the server answers: hovers, goals, completions, outlines, quick fixes and renaming."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams

from edition.cli.lsp import queries
from edition.cli.lsp.completion import choices
from edition.cli.lsp.server import Server, uri_of
from edition.cli.lsp.session import Session
from edition.model import Anchor, AnchorKind, Document
from edition.model.diagnostic import Edit, Location
from edition.model.errors import EditionError

_KINDS = {
    AnchorKind.SECTION: lsp.SymbolKind.Namespace,
    AnchorKind.PASSAGE: lsp.SymbolKind.String,
    AnchorKind.QUOTATION: lsp.SymbolKind.Constant,
}
_TRIGGERS = ["`", "{", "#", ",", "<", " "]


class _AtPosition(Protocol):
    """What every question about a position says of it."""

    text_document: lsp.TextDocumentIdentifier
    position: lsp.Position


def make_server() -> Server:
    """Return the server with all that it answers."""
    server = Server()
    completing = lsp.CompletionOptions(trigger_characters=_TRIGGERS)
    fixing = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    renaming = lsp.RenameOptions(prepare_provider=True)
    for event in (lsp.TEXT_DOCUMENT_DID_OPEN, lsp.TEXT_DOCUMENT_DID_CHANGE):
        server.feature(event)(lambda ls, params: ls.changed(params.text_document.uri))
    server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)(
        lambda ls, params: ls.closed(params.text_document.uri)
    )
    for event in (lsp.TEXT_DOCUMENT_DID_SAVE, lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES):
        server.feature(event)(lambda ls, _params: ls.reload())
    server.feature(lsp.TEXT_DOCUMENT_HOVER)(_hover)
    server.feature(lsp.TEXT_DOCUMENT_DEFINITION)(_definition)
    server.feature(lsp.TEXT_DOCUMENT_REFERENCES)(_references)
    server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(_outline)
    server.feature(lsp.TEXT_DOCUMENT_COMPLETION, completing)(_completion)
    server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, fixing)(_code_actions)
    server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)(_prepare_rename)
    server.feature(lsp.TEXT_DOCUMENT_RENAME, renaming)(_rename)
    return server


def _thing(ls: Server, params: _AtPosition) -> tuple[Session, queries.Thing] | tuple[None, None]:
    """Return what stands at a position, with its session."""
    found = ls.at(params.text_document.uri)
    if found is None:
        return None, None
    session, path = found
    line, column, _ = ls.place(session, path, params.position)
    thing = queries.thing_at(session, path, line, column)
    return (session, thing) if thing else (None, None)


def _hover(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    session, thing = _thing(ls, params)
    if session is None or thing is None:
        return None
    text = queries.description(session, thing)
    return lsp.Hover(
        contents=lsp.MarkupContent(kind=lsp.MarkupKind.Markdown, value=text),
        range=ls.range(session, thing.location, thing.length),
    )


def _definition(ls: Server, params: lsp.DefinitionParams) -> lsp.Location | None:
    session, thing = _thing(ls, params)
    if session is None or thing is None:
        return None
    place = queries.definition(session, thing)
    return ls.location(session, place) if place else None


def _references(ls: Server, params: lsp.ReferenceParams) -> list[lsp.Location]:
    session, thing = _thing(ls, params)
    if session is None or thing is None:
        return []
    places = queries.references(session, thing)
    own = queries.definition(session, thing)
    if params.context.include_declaration and own:
        places = [own, *places]
    return [ls.location(session, place) for place in places]


def _outline(ls: Server, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
    found = ls.at(params.text_document.uri)
    document = found[0].document(found[1]) if found else None
    if found is None or document is None:
        return []
    return list(_symbols(ls, found[0], document))


def _completion(ls: Server, params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
    found = ls.at(params.text_document.uri)
    if found is None:
        return []
    session, path = found
    line, column, text = ls.place(session, path, params.position)
    return [
        lsp.CompletionItem(
            label=choice.text.strip(),
            detail=choice.about,
            filter_text=choice.text,
            text_edit=lsp.TextEdit(
                range=ls.range(session, Location(path, line, column - choice.typed), choice.typed),
                new_text=choice.text,
            ),
        )
        for choice in choices(session, text[: column - 1])
    ]


def _symbols(ls: Server, session: Session, document: Document) -> Iterator[lsp.DocumentSymbol]:
    """Yield the sections and passages of a document, its quotations below their passages."""
    end = len(session.text(document.path).splitlines())
    tops = [a for a in document.anchors if a.kind is not AnchorKind.QUOTATION or not a.passage]
    for number, anchor in enumerate(tops):
        last = tops[number + 1].location.line - 1 if number + 1 < len(tops) else end
        inner = [
            a
            for a in document.anchors
            if a.kind is AnchorKind.QUOTATION and a.passage == anchor.id and a is not anchor
        ]
        yield _symbol(ls, session, anchor, last, inner)


def _symbol(
    ls: Server, session: Session, anchor: Anchor, last: int, inner: list[Anchor]
) -> lsp.DocumentSymbol:
    own = ls.range(session, anchor.location)
    last = max(last - 1, own.end.line)
    return lsp.DocumentSymbol(
        name=anchor.id,
        detail=anchor.opening,
        kind=_KINDS.get(anchor.kind, lsp.SymbolKind.Object),
        range=lsp.Range(start=own.start, end=lsp.Position(line=last + 1, character=0)),
        selection_range=own,
        children=[_symbol(ls, session, a, a.location.line, []) for a in inner],
    )


def _code_actions(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    found = ls.at(params.text_document.uri)
    if found is None:
        return []
    session, path = found
    actions = []
    for finding in session.findings().get(path, []):
        shown = ls.diagnostic(session, finding)
        here, asked = shown.range, params.range
        if not finding.edits or here.start > asked.end or asked.start > here.end:
            continue
        actions.append(
            lsp.CodeAction(
                title=f"Mend: {finding.rule}",
                kind=lsp.CodeActionKind.QuickFix,
                diagnostics=[shown],
                edit=_workspace_edit(ls, session, finding.edits),
                is_preferred=True,
            )
        )
    return actions


def _prepare_rename(ls: Server, params: lsp.PrepareRenameParams) -> lsp.Range | None:
    session, thing = _thing(ls, params)
    if session is None or thing is None or thing.kind != "anchor":
        return None
    if queries.locked(session, thing.name):
        raise JsonRpcInvalidParams(f"“{thing.name}” is in anchors.lock: someone may have cited it")
    return ls.range(session, thing.location, thing.length)


def _rename(ls: Server, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    session, thing = _thing(ls, params)
    if session is None or thing is None or thing.kind != "anchor":
        return None
    try:
        edits = queries.renaming(session, thing.name, params.new_name)
    except EditionError as error:
        raise JsonRpcInvalidParams(error.message) from None
    return _workspace_edit(ls, session, edits)


def _workspace_edit(ls: Server, session: Session, edits: Iterable[Edit]) -> lsp.WorkspaceEdit:
    changes: dict[str, list[lsp.TextEdit]] = {}
    for edit in edits:
        uri = uri_of(session, edit.location.path)
        where = ls.range(session, edit.location, len(edit.old))
        changes.setdefault(uri, []).append(lsp.TextEdit(range=where, new_text=edit.new))
    return lsp.WorkspaceEdit(changes=changes)
