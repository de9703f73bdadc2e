"""A project as an editor has it: files, and texts not saved yet, checked after each edit."""

from collections.abc import Mapping
from pathlib import Path

from edition.check import recheck, rule_findings, settle
from edition.loading.load import load, with_texts
from edition.model import Document, Edition
from edition.model.diagnostic import Diagnostic
from edition.project.files import read_text_file
from edition.project.layout import Project, find_project


class Session:
    """One project; `texts` are the unsaved texts of its files, by path."""

    def __init__(self, root: Path) -> None:
        self.project: Project = find_project(root)
        self.texts: dict[str, str] = {}
        self.reload()

    def reload(self) -> None:
        """Read everything again: a file has changed on the disk, come or gone."""
        self.project = find_project(self.project.root)
        self.edition: Edition = load(self.project)
        if self.texts:
            self.edition = with_texts(self.project, self.edition, self.texts)
        self._raw = rule_findings(self.edition, self.project.config)

    def change(self, path: str, text: str) -> None:
        """Take the unsaved text of a file; the other files are not read again."""
        if self.texts.get(path) == text:
            return
        self.texts[path] = text
        before = self.document(path)
        changed = with_texts(self.project, self.edition, {path: text})
        self.edition = changed
        after = self.document(path)
        config = self.project.config
        if before is None or after is None or before.entries != after.entries:
            self._raw = rule_findings(changed, config)
        else:
            self._raw = recheck(changed, config, path, self._raw)

    def close(self, path: str) -> None:
        """Forget the unsaved text of a file."""
        if self.texts.pop(path, None) is not None:
            self.reload()

    def document(self, path: str) -> Document | None:
        """Return the document at a path; None where it is none of the sources."""
        return next((d for d in self.edition.documents if d.path == path), None)

    def findings(self) -> Mapping[str, list[Diagnostic]]:
        """Return the findings, by path."""
        by_path: dict[str, list[Diagnostic]] = {}
        for finding in settle(self.edition, self.project.config, self._raw):
            by_path.setdefault(finding.location.path, []).append(finding)
        return by_path

    def text(self, path: str) -> str:
        """Return the text of a file as the editor has it; empty where it cannot be read."""
        if path in self.texts:
            return self.texts[path]
        try:
            return read_text_file(self.project.root / path, "utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return ""
