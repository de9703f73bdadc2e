"""The kinds of hostile runs: each makes, from a source of chance, a project and what is done in it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import hostile_files as files

COMMAND_LINES: list[list[str]] = [
    ["check"],
    ["check", "--format", "sarif"],
    ["check", "--format", "github"],
    ["check", "--format", "gitlab"],
    ["check", "--diff"],
    ["check", "--fix"],
    ["check", "--write-baseline"],
    ["list", "quotations"],
    ["list", "citations", "--format", "csv"],
    ["list", "anchors", "--format", "json"],
    ["list", "works"],
    ["anchors", "lock"],
    ["anchors", "diff"],
    ["anchors", "diff", "HEAD"],
    ["anchors", "accept", "p1", "--reason", "r"],
    ["cite", "p1"],
    ["cite", "q1", "--format", "bibtex"],
    ["digest"],
    ["rules"],
    ["verify", "--dry-run"],
    ["verify"],
    ["verify", "--format", "html"],
    ["sources"],
    ["find", "the tide"],
    ["import", "in.txt"],
    ["new", "fresh", "--no-ask"],
]


def nothing(_root: Path) -> None:
    return


@dataclass
class Run:
    """One command, or several at once, in one project. `before` and `mount` do what no file can.

    `kept` tells what is missing afterwards of what was decided, `together` what is wrong with the
    exit statuses of all.
    """

    files: dict[str, bytes]
    command: list[str]
    before: Callable[[Path], None] = nothing
    environment: dict[str, str] = field(default_factory=dict)
    shell: str = ""
    python: list[str] = field(default_factory=list)
    stdin: bytes = b""
    killed: float = 0.0
    signal: int = signal.SIGKILL
    beside: list[list[str]] = field(default_factory=list)
    accepted: set[int] = field(default_factory=lambda: {0, 1, 2})
    place: str = "the project"
    mount: Callable[[Path], None] = nothing
    after: Callable[[Path], None] = nothing
    kept: Callable[[Path], str] = lambda _root: ""
    together: Callable[[list[int]], str] = lambda _codes: ""


def any_file(chance: random.Random) -> Run:
    """One file of a project is damaged as bytes, or put together from pieces of its kind."""
    made = dict(files.PROJECT)
    name = chance.choice(sorted(made))
    made[name] = files.damaged(name, made[name], chance)
    return Run(made, chance.choice(COMMAND_LINES))


def settings(chance: random.Random) -> Run:
    made = dict(files.PROJECT)
    made["pyproject.toml"] = files.settings(chance)
    return Run(made, chance.choice(COMMAND_LINES))


def records(chance: random.Random) -> Run:
    """Our own files, still JSON, YAML or TOML, with odd values."""
    made = dict(files.PROJECT)
    name = chance.choice(files.RECORDS)
    made[name] = files.odd_record(name, made[name], chance)
    return Run(made, chance.choice(COMMAND_LINES))


def source(chance: random.Random) -> Run:
    made = {n: d for n, d in files.PROJECT.items() if not n.startswith("sources/")}
    name, data = files.odd_source(chance)
    made[f"sources/hart{name}"] = data
    command = chance.choice(
        [["verify"], ["sources"], ["find", "tide went"], ["verify", "--suggest"]]
    )
    return Run(made, command)


def imported(chance: random.Random) -> Run:
    made = dict(files.PROJECT)
    name, data = files.odd_document(chance)
    made[name] = data
    extra = chance.choice(
        [[], ["--references", "cite"], ["--draft-bibliography"], ["--fingerprints"]]
    )
    return Run(made, ["import", name, "--as", "B", *extra])


def texts(chance: random.Random) -> Run:
    made = dict(files.PROJECT)
    made["docs/index.md"] = files.odd_text(chance)
    made["bibliography.bib"] = files.odd_works(chance)
    return Run(made, chance.choice(COMMAND_LINES))


def no_file(chance: random.Random) -> Run:
    """A file that is a pipe, a link to a device, a folder, a loop, closed, or endless."""
    made = dict(files.PROJECT)
    name = chance.choice([*made, *files.READ])
    made.pop(name, None)
    kind = chance.choice(files.NO_FILES)
    command = chance.choice(COMMAND_LINES)
    if name == "in.txt":
        command = ["import", "in.txt"]
    return Run(made, command, before=lambda root: kind(root / name))


def names(chance: random.Random) -> Run:
    """Odd names of files and folders, and odd words on the command line."""
    made = dict(files.PROJECT)
    odd = files.odd_name(chance)
    command = chance.choice(COMMAND_LINES)
    where = chance.choice(
        [
            "docs/{}.md",
            "docs/{}/index.md",
            "sources/{}.txt",
            "{}.bib",
            "sources/hart/{}.txt",
            "apparatus/{}.toml",
        ]
    )

    def before(root: Path) -> None:
        target = os.fsencode(root) + b"/" + os.fsencode(where).replace(b"{}", odd)
        try:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as out:
                out.write(made["docs/index.md"])
        except (OSError, ValueError):
            return

    shown = os.fsdecode(odd)
    if chance.random() < 0.5 and b"\0" not in odd:
        command = chance.choice(
            [["cite", shown], ["verify", shown], ["check", shown], ["import", shown], ["find", shown],
             ["anchors", "diff", shown], ["anchors", "retire", shown, "--reason", shown], ["list", shown],
             ["import", "in.txt", "--as", shown], ["import", "in.txt", "--into", shown],
             ["check", "--select", shown], ["new", shown, "--no-ask"], ["rules", shown], ["sources", "--sources", shown],
             ["build", "--into", shown], ["check", "--project", shown], ["digest", "q1", "--words", shown], [shown]]
        )  # fmt: skip
    return Run(made, command, before)


SHELLS = [">&-", "> /dev/full", "2>&-", "2> /dev/full", "> /dev/full 2>&1", "| /usr/bin/head -c 1", "| /bin/true",
          "<&-", ">&- 2>&- <&-", "< /dev/zero", "| /bin/cat"]  # fmt: skip
ENVIRONMENTS = [
    {"LC_ALL": "C"}, {"LC_ALL": "de_DE.ISO-8859-1", "PYTHONIOENCODING": "latin-1"}, {"PYTHONIOENCODING": "ascii"},
    {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}, {"LC_ALL": "tr_TR.UTF-8"}, {"COLUMNS": "0"},
    {"COLUMNS": "²"}, {"COLUMNS": "1"}, {"TERM": "", "NO_COLOR": "1"}, {"FORCE_COLOR": "1", "COLUMNS": "7"},
    {"HOME": "/dev/null/x"}, {"HOME": ""}, {"HOME": "relative"}, {"XDG_CACHE_HOME": "/dev/null"}, {"XDG_CACHE_HOME": "/proc"},
    {"XDG_CACHE_HOME": ""}, {"TMPDIR": "/dev/null/x"}, {"PATH": ""}, {"PATH": "/nowhere"}, {"TZ": "x"}, {"TZ": "a" * 3000},
    {"TZ": "Pacific/Kiritimati"}, {"PYTHONHASHSEED": "0"}, {"PYTHONDONTWRITEBYTECODE": "1"}, {"PYTHONSAFEPATH": "1"},
    {"GITHUB_ACTIONS": "true"}, {"GIT_DIR": "/nowhere"}, {"http_proxy": "http://127.0.0.1:1", "https_proxy": "x"},
    *({"SOURCE_DATE_EPOCH": epoch} for epoch in files.EPOCHS),
]  # fmt: skip
FOLDERS = [
    "a b", "é ü ß", "it's", 'the "first"', "a#b", "50% off", "%41%20", "a&b;c", "(x)", "[a-z]", "{a}", "$HOME", "~", "-x", "a\nb", "書", "\u202e",
    "a\\b", "a:b", "a?b=c", "*", "<b>", "::error::x", "docs", "source", "witness", "/".join(["d" * 200] * 15), "/".join(["dd"] * 300),
]  # fmt: skip


def places(chance: random.Random) -> Run:
    """Locales, interpreters, outputs, clocks, folders and users that are not the usual ones."""
    command = chance.choice([c for c in COMMAND_LINES if c[0] != "new"])
    run = Run(dict(files.PROJECT), command)
    for _ in range(chance.choice([1, 1, 2, 3])):
        match chance.randrange(5):
            case 0:
                run.environment |= chance.choice(ENVIRONMENTS)
            case 1:
                run.shell = chance.choice(SHELLS)
            case 2:
                run.python = chance.choice(
                    [["-O"], ["-OO"], ["-X", "utf8=0"], ["-W", "error"], ["-X", "dev"], ["-s"]]
                )
            case 3:
                run.place = chance.choice(FOLDERS)
            case _:
                odd = chance.choice(files.ODD_PLACES)
                run.before = lambda root, odd=odd: odd(root)  # type: ignore[misc]
                if odd in (files.of_another, files.read_only):
                    run.environment["EDITION_NO_RIGHT"] = "1"
    run.shell = run.shell or " "
    run.environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    return run


WRITERS = [
    ["check", "--fix"],
    ["check", "--write-baseline"],
    ["check"],
    ["anchors", "lock"],
    ["anchors", "accept", "p1", "--reason", "r"],
    ["anchors", "retire", "gone", "--reason", "r"],
    ["verify"],
    ["import", "in.txt", "--as", "B"],
    ["import", "in.txt", "--as", "B", "--fingerprints", "--draft-bibliography"],
    ["digest"],
]


def killed(chance: random.Random) -> Run:
    """A writing command is ended by force at a random moment; the next ones find all in order."""
    command = chance.choice(WRITERS)
    return Run(dict(files.PROJECT), command, killed=chance.uniform(0.001, 0.8))


def interrupted(chance: random.Random) -> Run:
    """A command is asked to end at a random moment: it leaves nothing behind."""
    how = chance.choice([signal.SIGTERM, signal.SIGINT, signal.SIGINT, signal.SIGHUP])
    made = dict(files.PROJECT)
    others = [
        ["new", "fresh", "--no-ask", "--from", "in.txt"],
        ["new", "fresh", "--no-ask"],
        ["import", "in.html"],
        ["lsp"],
    ]
    command = chance.choice(COMMAND_LINES + WRITERS + others)
    moment = chance.uniform(0.001, 1.2)
    made["in.html"] = files.page(chance)
    if chance.random() < 0.1:
        made = buildable(files.BUILDABLE.encode())
        command, moment = ["build", "html", "--allow-warnings"], chance.uniform(0.1, 5)
    run = Run(made, command, killed=moment, signal=how)
    run.environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    return run


def two_writers(chance: random.Random) -> Run:
    """Commands that write at once: each one's decision is there afterwards."""
    if chance.random() < 0.4:
        return Run(dict(files.PROJECT), chance.choice(WRITERS), beside=[chance.choice(WRITERS)])
    return chance.choice([verdicts, decisions, imports, mendings, beginnings])(chance)


def all_well(codes: list[int]) -> str:
    return "" if set(codes) <= {0, 1} else f"exit {codes}"


def holds(name: str, words: list[str]) -> Callable[[Path], str]:
    def kept(root: Path) -> str:
        text = (root / name).read_text("utf-8") if (root / name).exists() else ""
        return "; ".join(f"{name} has lost {word!r}" for word in words if word not in text)

    return kept


def verdicts(_chance: random.Random) -> Run:
    made = dict(files.PROJECT)
    of_all = "".join(
        f"(q{n})=\n> The boats were gone before the morning came to the quay number {n}.\n>\n> {{cite:p}}`hart{{p. {n}}}`\n\n"
        for n in range(17, 22)
    )
    made["docs/index.md"] = ("# Letters\n\n" + of_all).encode()
    made["verified.json"] = b'{"version": 1, "verdicts": []}\n'
    one, *others = [["verify", f"q{n}"] for n in range(17, 21)]
    lines = [f'{{"id": "q{n}", "key": "hart", "cited": "{n}"' for n in range(17, 21)]
    return Run(made, one, beside=others, kept=holds("verified.json", lines), together=all_well)


def decisions(_chance: random.Random) -> Run:
    made = dict(files.PROJECT)
    row = files.LOCK.split("\n")[1]
    rows = [row.replace('"gone"', f'"gone{n}"') for n in range(4)]
    made["anchors.lock"] = (files.LOCK + "\n".join(rows) + "\n").encode()
    one, *others = [["anchors", "retire", f"gone{n}", "--reason", f"reason {n}"] for n in range(4)]
    reasons = [f'"reason {n}"' for n in range(4)]
    return Run(made, one, beside=others, kept=holds("anchors.lock", reasons), together=all_well)


def imports(_chance: random.Random) -> Run:
    made = dict(files.PROJECT)
    names = ["Marlow", "Quill", "Tarn"]
    for name in names:
        text = f"The boats had gone by then ({name}, A., “Notes of {name}”, London: Pier, 1912, p. 7). Nobody came.\n\n[1] Ann {name}, Notes of {name}, London 1912, p. 7.\n"
        made[f"{name}.txt"] = files.WITNESS.encode() + b"\n" + text.encode()
    one, *others = [["import", f"{n}.txt", "--as", n, "--draft-bibliography"] for n in names]

    def kept(root: Path) -> str:
        gone = [n for n in names if not (root / f"witness/{n}.md").exists()]
        return f"not imported: {gone}" if gone else holds("draft.bib", names)(root)

    return Run(made, one, beside=others, kept=kept, together=all_well)


def mendings(_chance: random.Random) -> Run:
    made = dict(files.PROJECT)
    quotation = files.TEXT[files.TEXT.index(":::{quotation}") :].partition("\n:::\n")[0]
    text = f"# A\n\nOf it {{cite:p}}`hart{{pp. 21-22}}` speaks.\n\n{quotation}\n:::\n"
    made["docs/index.md"] = text.replace(":words: 9\n", "").encode()
    made["words.txt"] = b"The tide went out and never came back again."
    digest = ["digest", "q1", "--words", "words.txt"]
    kept = holds("docs/index.md", ["{pp. 21–22}`", ":digest:"])
    return Run(made, ["check", "--fix"], beside=[digest], kept=kept, together=all_well)


def beginnings(_chance: random.Random) -> Run:
    titles = ["First title", "Second title"]
    one, other = [["new", "fresh", "--no-ask", "--title", title] for title in titles]

    def kept(root: Path) -> str:
        texts = [
            f.read_text("utf-8", "replace") for f in (root / "fresh").rglob("*") if f.is_file()
        ]
        found = {title for title in titles for text in texts if title in text}
        return "" if len(found) == 1 else f"the edition is of {found}"

    def together(codes: list[int]) -> str:
        return "" if sorted(codes) == [0, 2] else f"exit {codes}"

    return Run(dict(files.PROJECT), one, beside=[other], kept=kept, together=together)


def no_right(chance: random.Random) -> Run:
    """A file or folder without the right to read or write it, for a user who is not root."""
    made = dict(files.PROJECT)
    name = chance.choice(
        [
            *made,
            "docs",
            "apparatus",
            "witness",
            "witness/.base",
            "sources",
            ".edition-cache",
            ".edition-cache/locks",
            "",
        ]
    )
    mode = chance.choice([0o000, 0o200, 0o400, 0o444, 0o500, 0o555])

    def before(root: Path) -> None:
        file = root / name
        if not file.exists():
            file.mkdir(parents=True)
        file.chmod(mode)

    run = Run(made, chance.choice(COMMAND_LINES + WRITERS), before)
    run.environment["EDITION_NO_RIGHT"] = "1"
    return run


def full_disk(chance: random.Random) -> Run:
    """No file may grow past so many bytes: the writing ends as on a full disk."""
    run = Run(dict(files.PROJECT), chance.choice(WRITERS))
    run.environment["EDITION_ROOM"] = str(chance.choice([0, 1, 40, 200, 1000, 4000]))
    return run


def full_folder(chance: random.Random) -> Run:
    """A disk with so much room: the project's own, of 256 KB, where the system lets us mount one."""
    run = Run(dict(files.PROJECT), chance.choice(WRITERS))
    room = chance.choice([0, 4096, 8192, 20_000, 60_000])

    def mount(root: Path) -> None:
        if os.getuid() == 0 and shutil.which("mount"):
            subprocess.run(
                ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", root],
                check=False,
                capture_output=True,
            )

    def before(root: Path) -> None:
        if os.path.ismount(root):
            usage = shutil.disk_usage(root)
            (root / "filler").write_bytes(b"x" * max(0, usage.free - room))

    def after(root: Path) -> None:
        if os.path.ismount(root):
            subprocess.run(["umount", "-l", root], check=False)

    run.mount, run.before, run.after = mount, before, after
    return run


def caches(chance: random.Random) -> Run:
    """What was read and found before is damaged, cut off or emptied."""
    run = Run(
        dict(files.PROJECT), chance.choice([["verify"], ["sources"], ["find", "tide"], ["check"]])
    )

    def before(root: Path) -> None:
        environment = os.environ | run.environment | {"PYTHONPATH": os.pathsep.join(sys.path)}
        environment |= {"XDG_CACHE_HOME": str(root.parent / "cache")}
        first = [sys.executable, "-m", "edition", "verify", "--dry-run"]
        subprocess.run(first, cwd=root, env=environment, capture_output=True, check=False)
        kept = [
            p
            for f in (root.parent / "cache", root / ".edition-cache")
            for p in f.rglob("*")
            if p.is_file()
        ]
        for file in chance.sample(sorted(kept), min(len(kept), chance.choice([1, 1, 3]))):
            file.write_bytes(files.bytes_damaged(file.read_bytes(), chance))

    run.before = before
    return run


def buildable(text: bytes) -> dict[str, bytes]:
    made = {name: files.PROJECT[name] for name in ("docs/part.md", "bibliography.bib")}
    made["pyproject.toml"] = b'[tool.edition]\nexclude = ["part.md"]\n'
    made["docs/conf.py"] = files.CONF.encode() + b'exclude_patterns = ["part.md"]\n'
    return made | {"docs/index.md": text}


def built(chance: random.Random) -> Run:
    """An odd text is built, or in an odd style; what stops a build, the check has found."""
    made = buildable(files.BUILDABLE.encode())
    if chance.random() < 0.25:
        made["docs/conf.py"] += b'edition_citation_style = "odd.csl"\n'
        made["docs/odd.csl"] = files.csl(chance)
    else:
        made["docs/index.md"] = files.odd_text(chance, files.BUILDABLE)
        if chance.random() < 0.4:
            made["bibliography.bib"] = files.odd_works(chance)
    output = chance.choice(["html", "epub", "pdf"])
    run = Run(made, ["build", output, "--no-check", "--allow-warnings"])
    run.environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    return run


def marks(chance: random.Random) -> Run:
    """Page marks of the user's that look for ever, and texts in which they do."""
    made = dict(files.PROJECT)
    pattern = chance.choice(files.MARKS)
    made["pyproject.toml"] = files.SETTINGS.replace("^=== (\\d+) ===$", pattern).encode()
    text = chance.choice(
        [
            "a" * 60,
            "a" * 100_000,
            "1 " * 5000,
            " " * 50_000,
            "=== 1" * 9000,
            "\n" * 90_000,
            "ab" * 40,
        ]
    )
    made["sources/hart.txt"] = f"{text}!\n[p. 1]\n{text}?\n".encode()
    if chance.random() < 0.3:
        made["sources/pope.txt"] = made["sources/hart.txt"] + b"another\n"
    command = chance.choice([["verify"], ["sources"], ["find", "tide"], ["check"]])
    return Run(made, command)


def books(chance: random.Random) -> Run:
    """A book of Jupyter Book or mystmd, its settings, notebooks or pages odd."""
    made = {
        "intro.md": files.TEXT.encode(),
        "part.md": b"# Part\n",
        "works.bib": files.WORKS.encode(),
    }
    made |= {
        "note.rst": files.PROJECT["docs/note.rst"],
        "book.ipynb": files.PROJECT["docs/book.ipynb"],
    }
    made |= files.book(chance)
    name = chance.choice(sorted(made))
    if chance.random() < 0.3:
        made[name] = files.bytes_damaged(made[name], chance)
    return Run(made, chance.choice(COMMAND_LINES))


def editor(chance: random.Random) -> Run:
    """What an editor may send to the language server, and what none would."""
    return Run(dict(files.PROJECT), ["lsp"], stdin=files.messages(chance), accepted={0, 1, 2})


def outputs(chance: random.Random) -> Run:
    """`anchors diff` on a website, an e-book or a PDF that is odd."""
    made = dict(files.PROJECT)
    ending, data = files.odd_source(chance)
    name = chance.choice(
        [f"out{ending}", f"out/a{ending}", "out.epub", "out.pdf", "out/index.html"]
    )
    made[name] = data
    return Run(made, ["anchors", "diff", name.partition("/")[0]])


KINDS: dict[str, tuple[int, Callable[[random.Random], Run]]] = {
    "file": (10, any_file),
    "settings": (6, settings),
    "records": (10, records),
    "source": (10, source),
    "import": (10, imported),
    "texts": (14, texts),
    "caches": (6, caches),
    "no-file": (8, no_file),
    "names": (8, names),
    "places": (5, places),
    "killed": (5, killed),
    "interrupted": (6, interrupted),
    "two-writers": (4, two_writers),
    "no-right": (4, no_right),
    "full-disk": (3, full_disk),
    "full-folder": (3, full_folder),
    "marks": (2, marks),
    "books": (6, books),
    "lsp": (4, editor),
    "outputs": (3, outputs),
    "built": (1, built),
}
