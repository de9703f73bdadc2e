"""The language server: the sessions of projects, and their findings as the protocol has them."""

import re
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from edition import __version__
from edition.cli.lsp.session import Session
from edition.model.diagnostic import Diagnostic, Location, Severity
from edition.model.errors import EditionError
from edition.project.layout import find_project

_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
_TOKEN = re.compile(r"[^\s`{}()\[\],;]+")


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
        if name is None or not self.is_greeted:
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
        path = session.project.path(file) if file.is_relative_to(root) else ""
        known = session.document(path) or path in session.edition.bibliography.paths
        return (session, path) if known else None

    @property
    def is_greeted(self) -> bool:
        """Tell whether the editor has said what it can do, as it must before all else."""
        try:
            return self.workspace is not None
        except RuntimeError:
            return False

    def changed(self, uri: str) -> None:
        """Take the text that the editor has of a file."""
        found = self.at(uri)
        if found is not None:
            session, path = found
            session.change(path, self.workspace.get_text_document(uri).source)
            self.publish(session)

    def closed(self, uri: str) -> None:
        """Forget the text that the editor had of a file."""
        found = self.at(uri)
        if found is not None:
            found[0].close(found[1])
            self.publish(found[0])

    def reload(self) -> None:
        """Read every project again: a file was saved, or changed by another program."""
        for session in self.sessions.values():
            try:
                session.reload()
            except EditionError as error:
                self.tell(f"{error.message}. {error.hint}")
                continue
            self.publish(session)

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

    def location(self, session: Session, place: Location) -> lsp.Location:
        """Return a place as the protocol has it."""
        return lsp.Location(uri=uri_of(session, place.path), range=self.range(session, place))


def uri_of(session: Session, path: str) -> str:
    """Return the address of a file by its path."""
    return from_fs_path(str(session.project.root / path)) or ""
