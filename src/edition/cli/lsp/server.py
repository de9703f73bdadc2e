"""The language server: what an editor asks, answered from the session of the file's project."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from edition import __version__
from edition.cli.lsp import queries
from edition.cli.lsp.completion import choices
from edition.cli.lsp.session import Session
from edition.model import Anchor, AnchorKind, Document
from edition.model.diagnostic import Diagnostic, Edit, Location, Severity
from edition.model.errors import EditionError
from edition.project.layout import find_project

_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
_KINDS = {
    AnchorKind.SECTION: lsp.SymbolKind.Namespace,
    AnchorKind.PASSAGE: lsp.SymbolKind.String,
    AnchorKind.QUOTATION: lsp.SymbolKind.Constant,
}
_TOKEN = re.compile(r"[^\s`{}()\[\],;]+")
_TRIGGERS = ["`", "{", "#", ",", "<", " "]


class _AtPosition(Protocol):
    """What every question about a position says of it."""

    text_document: lsp.TextDocumentIdentifier
    position: lsp.Position


class Server(LanguageServer):
    """The server, and the sessions of the projects that the editor has files of, by their roots."""

    def __init__(self) -> None:
        super().__init__("edition", __version__)
        self.sessions: dict[Path, Session] = {}
        self.shown: dict[str, list[lsp.Diagnostic]] = {}
        self.told = ""

    def at(self, uri: str) -> tuple[Session, str] | None:
        """Return the session of a file and the file's path there; None where it belongs to none."""
        name = to_fs_path(uri)
        if name is None:
            return None
        file = Path(name)
        try:
            root = find_project(file if file.exists() else file.parent).root
            if root not in self.sessions:
                self.sessions[root] = Session(root)
        except EditionError as error:
            self.tell(f"{error.message}. {error.hint}")
            return None
        session = self.sessions[root]
        path = session.path_of(file)
        return (session, path) if path is not None and session.holds(path) else None

    def tell(self, message: str) -> None:
        """Show a message, once where it is the same again."""
        if message != self.told:
            self.told = message
            shown = lsp.ShowMessageParams(type=lsp.MessageType.Warning, message=message)
            self.window_show_message(shown)

    def publish(self, session: Session) -> None:
        """Send the findings of every file whose findings are others than the editor has."""
        found = {
            uri_of(session, path): [self.diagnostic(session, f) for f in findings]
            for path, findings in session.findings().items()
        }
        root = from_fs_path(str(session.project.root)) or ""
        for uri in sorted({*found, *(u for u in self.shown if u.startswith(f"{root}/"))}):
            now = found.get(uri, [])
            if now != self.shown.get(uri, []):
                self.shown[uri] = now
                params = lsp.PublishDiagnosticsParams(uri=uri, diagnostics=now)
                self.text_document_publish_diagnostics(params)

    def diagnostic(self, session: Session, finding: Diagnostic) -> lsp.Diagnostic:
        """Return a finding as the protocol has it."""
        hint = f"\n{finding.hint}" if finding.hint else ""
        return lsp.Diagnostic(
            range=self.range(session, finding.location),
            message=f"{finding.message}{hint}",
            severity=_SEVERITIES[finding.severity],
            code=finding.code,
            source="edition",
        )

    def range(self, session: Session, place: Location, length: int | None = None) -> lsp.Range:
        """Return a place of `length` characters, or to its word's end, in the editor's units."""
        lines = session.text(place.path).splitlines()
        line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
        start = max(place.column - 1, 0)
        if length is None:
            word = _TOKEN.match(line, start)
            end = len(line) if not place.column else word.end() if word else start + 1
        else:
            end = start + length
        codec = self.workspace.position_codec
        row = max(place.line - 1, 0)
        units = [codec.client_num_units(line[:at]) for at in (start, end)]
        return lsp.Range(
            start=lsp.Position(line=row, character=units[0]),
            end=lsp.Position(line=row, character=units[1]),
        )

    def place(self, session: Session, path: str, position: lsp.Position) -> tuple[int, int, str]:
        """Return line and column, from 1, of a position of the editor, and the line's text."""
        lines = session.text(path).splitlines()
        line = lines[position.line] if position.line < len(lines) else ""
        codec, column = self.workspace.position_codec, 0
        units = 0
        while column < len(line) and units < position.character:
            units += codec.client_num_units(line[column])
            column += 1
        return position.line + 1, column + 1, line

    def thing(self, params: _AtPosition) -> tuple[Session, queries.Thing] | tuple[None, None]:
        """Return what stands at a position, with its session."""
        found = self.at(params.text_document.uri)
        if found is None:
            return None, None
        session, path = found
        line, column, _ = self.place(session, path, params.position)
        thing = queries.thing_at(session, path, line, column)
        return (session, thing) if thing else (None, None)

    def location(self, session: Session, place: Location) -> lsp.Location:
        """Return a place as the protocol has it."""
        return lsp.Location(uri=uri_of(session, place.path), range=self.range(session, place))

    def text_edit(self, session: Session, edit: Edit) -> lsp.TextEdit:
        """Return an edit as the protocol has it."""
        where = self.range(session, edit.location, len(edit.old))
        return lsp.TextEdit(range=where, new_text=edit.new)


def uri_of(session: Session, path: str) -> str:
    """Return the address of a file by its path."""
    return from_fs_path(str(session.project.root / path)) or ""


def make_server() -> Server:
    """Return the server with everything that it answers."""
    server = Server()
    _add_documents(server)
    _add_looking(server)
    _add_changing(server)
    return server


def _add_documents(server: Server) -> None:
    def changed(uri: str) -> None:
        found = server.at(uri)
        if found is not None:
            session, path = found
            session.change(path, server.workspace.get_text_document(uri).source)
            server.publish(session)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: lsp.DidOpenTextDocumentParams) -> None:
        changed(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: lsp.DidChangeTextDocumentParams) -> None:
        changed(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: lsp.DidCloseTextDocumentParams) -> None:
        found = server.at(params.text_document.uri)
        if found is not None:
            found[0].close(found[1])
            server.publish(found[0])

    def reload() -> None:
        for session in server.sessions.values():
            try:
                session.reload()
            except EditionError as error:
                server.tell(f"{error.message}. {error.hint}")
                continue
            server.publish(session)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: lsp.DidSaveTextDocumentParams) -> None:
        reload()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_files(params: lsp.DidChangeWatchedFilesParams) -> None:
        reload()


def _add_looking(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        session, thing = server.thing(params)
        if session is None or thing is None:
            return None
        text = queries.description(session, thing)
        return lsp.Hover(
            contents=lsp.MarkupContent(kind=lsp.MarkupKind.Markdown, value=text),
            range=server.range(session, thing.location, thing.length),
        )

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(params: lsp.DefinitionParams) -> lsp.Location | None:
        session, thing = server.thing(params)
        if session is None or thing is None:
            return None
        place = queries.definition(session, thing)
        return server.location(session, place) if place else None

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        session, thing = server.thing(params)
        if session is None or thing is None:
            return []
        places = queries.references(session, thing)
        own = queries.definition(session, thing)
        if params.context.include_declaration and own:
            places = [own, *places]
        return [server.location(session, place) for place in places]

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outline(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        found = server.at(params.text_document.uri)
        document = found[0].document(found[1]) if found else None
        if found is None or document is None:
            return []
        return list(_symbols(server, found[0], document))

    @server.feature(
        lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=_TRIGGERS)
    )
    def completion(params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        found = server.at(params.text_document.uri)
        if found is None:
            return []
        session, path = found
        line, column, text = server.place(session, path, params.position)
        return [
            lsp.CompletionItem(
                label=choice.text.strip(),
                detail=choice.about,
                filter_text=choice.text,
                text_edit=lsp.TextEdit(
                    range=server.range(
                        session, Location(path, line, column - choice.typed), choice.typed
                    ),
                    new_text=choice.text,
                ),
            )
            for choice in choices(session, path, text[: column - 1])
        ]


def _symbols(server: Server, session: Session, document: Document) -> Iterator[lsp.DocumentSymbol]:
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
        yield _symbol(server, session, anchor, last, inner)


def _symbol(
    server: Server, session: Session, anchor: Anchor, last: int, inner: list[Anchor]
) -> lsp.DocumentSymbol:
    own = server.range(session, anchor.location)
    last = max(last - 1, own.end.line)
    return lsp.DocumentSymbol(
        name=anchor.id,
        detail=anchor.opening,
        kind=_KINDS.get(anchor.kind, lsp.SymbolKind.Object),
        range=lsp.Range(start=own.start, end=lsp.Position(line=last + 1, character=0)),
        selection_range=own,
        children=[_symbol(server, session, a, a.location.line, []) for a in inner],
    )


def _add_changing(server: Server) -> None:
    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix]),
    )
    def code_actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        found = server.at(params.text_document.uri)
        if found is None:
            return []
        session, path = found
        actions = []
        for finding in session.findings().get(path, []):
            shown = server.diagnostic(session, finding)
            if not finding.edits or not _overlap(shown.range, params.range):
                continue
            changes: dict[str, list[lsp.TextEdit]] = {}
            for edit in finding.edits:
                uri = uri_of(session, edit.location.path)
                changes.setdefault(uri, []).append(server.text_edit(session, edit))
            actions.append(
                lsp.CodeAction(
                    title=f"Mend: {finding.rule}",
                    kind=lsp.CodeActionKind.QuickFix,
                    diagnostics=[shown],
                    edit=lsp.WorkspaceEdit(changes=changes),
                    is_preferred=True,
                )
            )
        return actions

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_rename(params: lsp.PrepareRenameParams) -> lsp.Range | None:
        session, thing = server.thing(params)
        if session is None or thing is None or thing.kind != "anchor":
            return None
        if queries.locked(session, thing.name):
            raise JsonRpcInvalidParams(
                f"“{thing.name}” is in anchors.lock: someone may have cited it"
            )
        return server.range(session, thing.location, thing.length)

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        session, thing = server.thing(params)
        if session is None or thing is None or thing.kind != "anchor":
            return None
        try:
            edits = queries.renaming(session, thing.name, params.new_name)
        except EditionError as error:
            raise JsonRpcInvalidParams(error.message) from None
        changes: dict[str, list[lsp.TextEdit]] = {}
        for edit in edits:
            uri = uri_of(session, edit.location.path)
            changes.setdefault(uri, []).append(server.text_edit(session, edit))
        return lsp.WorkspaceEdit(changes=changes)


def _overlap(one: lsp.Range, other: lsp.Range) -> bool:
    return one.start <= other.end and other.start <= one.end
