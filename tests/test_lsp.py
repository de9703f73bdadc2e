"""`edition lsp`, driven over stdio as an editor drives it."""

from __future__ import annotations

import json
import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests_support import Write

pytestmark = pytest.mark.skipif(find_spec("pygls") is None, reason="pygls is not installed")

WORKS = """\
@book{hart, author={Hart, Mary}, title={Letters}, year=1831, pagetotal={xiv, 90},
  pagesource={the copy in the office}, printing={second printing},
  note={zotero://select/library/items/ABCD1234}}
@book{rowe, author={Rowe, Tom}, title={Harbours}, year=1840, pagetotal=300}
"""
TEXT = """\
(tide)=
# The tide 🌊

(p1)=
:::{passage}
🌊🌊 It went out {cite:p}`hart{p. 9}`, said {person}`Rowe`; see [](#p2).
:::

(p2)=
:::{passage}
It came in, pp.12-14 {cite:p}`rowe{pp. 12-14}`.

(q1)=
> The tide went out, and he went with it.
>
> {cite:p}`hart{p. 19}`
:::

:::{person} Rowe, Tom
:dates: 1800–1870
Master of the harbour.
:::
"""
OTHER = "# Other\n\n(p3)=\n:::{passage}\nAs {ref}`p2` and [here](#p2) say, p2 is not p22.\n:::\n"


class Editor:
    """A client of the language server that waits for what it asks."""

    def __init__(self, root: Path, *, encodings: tuple[str, ...] = ("utf-16",)) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "edition", "lsp", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        self.root, self.last, self.messages = root, 0, queue.Queue[dict[str, Any]]()
        self.shown: dict[str, list[dict[str, Any]]] = {}
        self.said: list[str] = []
        self.versions: dict[str, int] = {}
        self.listening = threading.Thread(target=self._listen, daemon=True)
        self.listening.start()
        capabilities = {"general": {"positionEncodings": list(encodings)}}
        self.started = self.ask(
            "initialize",
            {"processId": None, "rootUri": root.as_uri(), "capabilities": capabilities},
        )
        self.tell("initialized", {})

    def _listen(self) -> None:
        assert self.process.stdout is not None
        while line := self.process.stdout.readline():
            if line.startswith(b"Content-Length:"):
                size = int(line.split(b":")[1])
                while self.process.stdout.readline().strip():
                    pass
                self.messages.put(json.loads(self.process.stdout.read(size)))

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def tell(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def answer(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        self.last += 1
        self._send({"id": self.last, "method": method, "params": params})
        while True:
            message = self.messages.get(timeout=60)
            if message.get("id") == self.last and "method" not in message:
                return message
            self._note(message)

    def ask(self, method: str, params: dict[str, Any] | None = None) -> Any:
        message = self.answer(method, params)
        assert "error" not in message, message
        return message["result"]

    def _note(self, message: dict[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            path = message["params"]["uri"].removeprefix(self.root.as_uri() + "/")
            self.shown[path] = message["params"]["diagnostics"]
        if message.get("method") == "window/showMessage":
            self.said.append(message["params"]["message"])

    def open(self, path: str, text: str | None = None) -> None:
        text = (self.root / path).read_text(encoding="utf-8") if text is None else text
        self.versions[path] = 1
        document = {"uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def type(self, path: str, text: str) -> None:
        self.versions[path] += 1
        document = {"uri": self.uri(path), "version": self.versions[path]}
        changes = [{"text": text}]
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def at(self, path: str, text: str, words: str, after: int = 0, **more: Any) -> dict[str, Any]:
        """The parameters of a question about the place of some words, in UTF-16 units."""
        offset = text.index(words) + after
        line = text.count("\n", 0, offset)
        before = text[text.rfind("\n", 0, offset) + 1 : offset]
        position = {"line": line, "character": len(before.encode("utf-16-le")) // 2}
        return {"textDocument": {"uri": self.uri(path)}, "position": position, **more}

    def findings(self, path: str) -> list[tuple[str, str]]:
        """The codes and the marked words; a question first, so that all has arrived."""
        self.ask("textDocument/documentSymbol", {"textDocument": {"uri": self.uri(path)}})
        return [(d["code"], d["message"]) for d in self.shown.get(path, [])]

    def close(self) -> None:
        self.ask("shutdown")
        self.tell("exit", {})
        assert self.process.wait(timeout=20) == 0
        self.listening.join(timeout=20)
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()


@pytest.fixture
def root(project: Write) -> Path:
    return project(
        {
            "pyproject.toml": '[tool.edition]\nbibliography = ["works.bib"]\n',
            "works.bib": WORKS,
            "docs/index.md": "# Index\n\n```{toctree}\ntext\nother\n```\n",
            "docs/text.md": TEXT,
            "docs/other.md": OTHER,
        }
    )


@pytest.fixture
def editor(root: Path) -> Iterator[Editor]:
    started = Editor(root)
    yield started
    started.close()


def marked(text: str, place: dict[str, Any]) -> str:
    """The words of a range of one line, counted in UTF-16 units."""
    line: bytes = text.splitlines()[place["start"]["line"]].encode("utf-16-le")
    return line[place["start"]["character"] * 2 : place["end"]["character"] * 2].decode("utf-16-le")


def applied(texts: dict[str, str], edit: dict[str, Any], editor: Editor) -> dict[str, str]:
    done = dict(texts)
    for uri, edits in edit["changes"].items():
        path = uri.removeprefix(editor.root.as_uri() + "/")
        lines = done[path].splitlines(keepends=True)
        for change in sorted(edits, key=lambda e: -e["range"]["start"]["character"]):
            row = change["range"]["start"]["line"]
            units = lines[row].encode("utf-16-le")
            start, end = (change["range"][k]["character"] * 2 for k in ("start", "end"))
            new = change["newText"].encode("utf-16-le")
            lines[row] = (units[:start] + new + units[end:]).decode("utf-16-le")
        done[path] = "".join(lines)
    return done


def test_findings_follow_what_is_typed_and_not_saved(editor: Editor) -> None:
    editor.open("docs/text.md")
    assert [code for code, _ in editor.findings("docs/text.md")] == ["L108"]
    wrong = TEXT.replace("p. 9", "p. 91")
    editor.type("docs/text.md", wrong)
    found = editor.findings("docs/text.md")
    assert [code for code, _ in found] == ["L105", "L108"]
    assert "beyond the end" in found[0][1]
    first = editor.shown["docs/text.md"][0]
    assert marked(wrong, first["range"]) == "p."
    assert (editor.root / "docs/text.md").read_text(encoding="utf-8") == TEXT
    editor.type("docs/text.md", TEXT.replace("pp. 12-14", "pp. 12–14"))
    assert editor.findings("docs/text.md") == []
    editor.tell("textDocument/didClose", {"textDocument": {"uri": editor.uri("docs/text.md")}})
    assert [code for code, _ in editor.findings("docs/text.md")] == ["L108"]


def test_an_edit_shows_in_other_files_and_the_bibliography_counts(editor: Editor) -> None:
    editor.open("docs/text.md")
    assert editor.findings("docs/other.md") == []
    editor.type("docs/text.md", TEXT.replace("(p2)=", "(p4)=").replace("(#p2)", "(#p4)"))
    assert {code for code, _ in editor.findings("docs/other.md")} == {"A104"}
    editor.type("docs/text.md", TEXT)
    assert editor.findings("docs/other.md") == []
    editor.open("works.bib", WORKS.replace("pagetotal=300", "pagetotal=13"))
    assert "L105" in {code for code, _ in editor.findings("docs/text.md")}


def test_a_quick_fix_mends(editor: Editor) -> None:
    editor.open("docs/text.md")
    editor.findings("docs/text.md")
    (finding,) = editor.shown["docs/text.md"]
    params = {
        "textDocument": {"uri": editor.uri("docs/text.md")},
        "range": finding["range"],
        "context": {"diagnostics": [finding]},
    }
    (action,) = editor.ask("textDocument/codeAction", params)
    assert action["kind"] == "quickfix"
    mended = applied({"docs/text.md": TEXT}, action["edit"], editor)["docs/text.md"]
    assert mended == TEXT.replace("pp. 12-14", "pp. 12–14")
    editor.type("docs/text.md", mended)
    assert editor.findings("docs/text.md") == []


def test_hover(editor: Editor) -> None:
    editor.open("docs/text.md")

    def said(words: str, after: int = 0) -> str:
        shown = editor.ask("textDocument/hover", editor.at("docs/text.md", TEXT, words, after))
        return str(shown["contents"]["value"]) if shown else ""

    work = said("hart{p. 9", 1)
    for words in ("Hart, Mary", "Letters", "xiv, 90", "the copy in the office", "Cited 2 times"):
        assert words in work
    assert "zotero://select/library/items/ABCD1234" in work
    assert "It came in" in said("#p2", 2)
    assert "Not locked" in said("(p1)=", 1)
    person = said("`Rowe`", 2)
    assert "1800–1870" in person
    assert "p1" in person
    assert said("went out") == ""


def test_definition_and_references(editor: Editor) -> None:
    editor.open("docs/text.md")

    def where(words: str, after: int) -> tuple[str, int]:
        found = editor.ask("textDocument/definition", editor.at("docs/text.md", TEXT, words, after))
        return Path(found["uri"]).name, found["range"]["start"]["line"] + 1

    assert where("rowe{pp", 0) == ("works.bib", 4)
    assert where("#p2", 1) == ("text.md", 9)
    assert where("`Rowe`", 2) == ("text.md", 19)
    params = editor.at("docs/text.md", TEXT, "(p2)=", 1, context={"includeDeclaration": True})
    named = editor.ask("textDocument/references", params)
    assert sorted(Path(n["uri"]).name for n in named) == ["other.md"] * 2 + ["text.md"] * 2
    params = editor.at("works.bib", WORKS, "hart,", 1, context={"includeDeclaration": False})
    assert len(editor.ask("textDocument/references", params)) == 2


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("See {cite:p}`", {"hart", "rowe"}),
        ("See {cite:p}`hart{p. 9},ro", {"rowe"}),
        ("See {cite:t}`hart{", {"p.", "pp.", "chap."}),
        ("See [here](#", {"p1", "p2", "q1", "tide"}),
        ("See {ref}`p", {"p1", "p2"}),
        ("As {person}`", {"Rowe, Tom"}),
        ("As {person}`he <", {"rowe-tom"}),
        (":::{quotation} h", {"hart"}),
    ],
)
def test_completion(editor: Editor, typed: str, offered: set[str]) -> None:
    text = f"{TEXT}\n{typed}"
    editor.open("docs/text.md", text)
    params = editor.at("docs/text.md", text, typed, len(typed))
    items = editor.ask("textDocument/completion", params)
    assert offered <= {item["label"] for item in items}
    for item in items:
        edit = item["textEdit"]
        assert edit["range"]["end"]["character"] == len(typed)
        start = edit["range"]["start"]["character"]
        assert start == len(typed) or re.match(r"[\w.-]+$", typed[start:])


def test_no_completion_in_prose(editor: Editor) -> None:
    text = f"{TEXT}\nThe tide"
    editor.open("docs/text.md", text)
    params = editor.at("docs/text.md", text, "\nThe tide", 9)
    assert editor.ask("textDocument/completion", params) == []


def test_rename_everywhere_or_not_at_all(editor: Editor) -> None:
    editor.open("docs/text.md")
    params = editor.at("docs/text.md", TEXT, "(p2)=", 1, newName="return-of-the-tide")
    edit = editor.ask("textDocument/rename", params)
    texts = applied({"docs/text.md": TEXT, "docs/other.md": OTHER}, edit, editor)
    assert texts["docs/text.md"] == TEXT.replace("(p2)=", "(return-of-the-tide)=").replace(
        "(#p2)", "(#return-of-the-tide)"
    )
    assert (
        "{ref}`return-of-the-tide` and [here](#return-of-the-tide) say, p2 is not p22"
        in (texts["docs/other.md"])
    )
    for taken in ("p1", "Not An Id"):
        params = editor.at("docs/text.md", TEXT, "(p2)=", 1, newName=taken)
        assert "error" in editor.answer("textDocument/rename", params)


def test_a_locked_anchor_keeps_its_name(editor: Editor) -> None:
    lock = subprocess.run(
        [sys.executable, "-m", "edition", "anchors", "lock", "--release", "1"],
        cwd=editor.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert lock.returncode == 0, lock.stderr
    editor.open("docs/text.md")
    params = editor.at("docs/text.md", TEXT, "(p2)=", 1, newName="other")
    assert "anchors.lock" in editor.answer("textDocument/rename", params)["error"]["message"]


def test_outline(editor: Editor) -> None:
    editor.open("docs/text.md")
    params = {"textDocument": {"uri": editor.uri("docs/text.md")}}
    symbols = editor.ask("textDocument/documentSymbol", params)
    assert [s["name"] for s in symbols] == ["tide", "p1", "p2"]
    assert [s["name"] for s in symbols[2]["children"]] == ["q1"]
    for symbol in symbols:
        assert symbol["range"]["start"]["line"] <= symbol["selectionRange"]["start"]["line"]


def test_a_file_saved_elsewhere_is_read_again(editor: Editor) -> None:
    editor.open("docs/text.md")
    assert editor.findings("docs/other.md") == []
    (editor.root / "docs/other.md").write_text("# Other\n\n{cite:p}`nobody`\n", encoding="utf-8")
    change = {"uri": editor.uri("docs/other.md"), "type": 2}
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [change]})
    assert "C101" in {code for code, _ in editor.findings("docs/other.md")}


def test_what_is_no_project_is_said_once_and_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    settings = '[tool.edition]\nsource = "."\nbibliography = ["works.bib"]\n'
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    editor = Editor(tmp_path)
    editor.open("a.md")
    editor.type("a.md", "# B\n")
    assert editor.findings("a.md") == []
    assert len([words for words in editor.said if "bibliography" in words]) == 1
    editor.close()


@pytest.mark.parametrize(
    "text", ["", "(p1", "{cite:p}`", "`" * 500, "\ufeff# A\r\n\r\n{cite:p}`hart{", "🌊" * 300]
)
def test_half_typed_text_is_no_fault(editor: Editor, text: str) -> None:
    editor.open("docs/text.md", text)
    for character in (0, 1, len(text), 10_000):
        place = {
            "textDocument": {"uri": editor.uri("docs/text.md")},
            "position": {"line": 0, "character": character},
        }
        for method in ("hover", "completion", "definition", "documentSymbol"):
            editor.ask(f"textDocument/{method}", place)
