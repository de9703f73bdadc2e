"""Documents read by pandoc into its tree; the only place where it is run."""

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from edition.importer.tree_nodes import plain_words
from edition.texts.errors import WitnessError

_SECONDS = 8.0
_SECONDS_PER_MEGABYTE = {"docx": 60.0}
"""A DOCX of 1,500 pages with 10,000 notes (0.63 MB) took 34 s, as Markdown (3.7 MB) 17 s."""

_MEMORY = "1200m"
_SKIPPED = re.compile(
    r"(?:Skipped '|Could not load include file )((?:\\\w+\{)?[^'\n]*?)'? at .* line"
)
_UNKNOWN = re.compile(r"^\\(\w+)\{", re.MULTILINE)
_WHERE = re.compile(r"\(line (\d+), column \d+\):\s*(.+)")
_NO_WORDS = re.compile(
    r"\.(?:sty|cls|bib)\b|\\\w*(?:style|space|width|length|counter|font|size|page|colou?r|skip|bib|maketitle"
    r"|index|label|path|setup|theme|def|new|geometry|toc|contents)\w*|\\\w+\Z",
)
_READERS = {
    "docx": "docx+styles+empty_paragraphs",
    "latex": "latex",
    "markdown": "markdown-auto_identifiers-implicit_figures+mark+wikilinks_title_after_pipe",
}


def pandoc_program() -> str:
    """Return where pandoc is. Raises ImportError where the wheel is not installed."""
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def read_tree(data: bytes, kind: str, name: str) -> tuple[Sequence[Any], tuple[str, ...]]:
    """Return the tree of a document, its title first, and a list of what was left out.

    Raises WitnessError for a document that pandoc refuses.
    """
    refused: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"document.{kind}"
        file.write_bytes(data)
        options = ["--track-changes=all"] if kind == "docx" else []
        seconds = _SECONDS + _SECONDS_PER_MEGABYTE.get(kind, 12.0) * len(data) / 1e6
        options += ["--verbose", "--to=json", str(file), f"--from={_READERS[kind]}"]
        try:
            output, said = _run(options, b"", name, seconds)
        except WitnessError as error:
            if kind != "latex" or error.message.startswith("pandoc gave up"):
                raise
            options[-1] += "-latex_macros"
            output, said = _run(options, b"", name, seconds)
            refused.append(f"what the document defines: {error.message}")
        if unknown := sorted(set(_UNKNOWN.findall("\n".join(_passed_over(said))))):
            # What a command holds that pandoc does not know are words all the same.
            known = "".join(rf"\providecommand{{\{m}}}[1]{{#1}}" for m in unknown)
            file.write_bytes(known.encode() + data)
            with suppress(WitnessError):
                output, said = _run(options, b"", name, seconds)
    try:
        data_read = json.loads(output)
        blocks, meta = list(data_read["blocks"]), data_read["meta"]
    except (ValueError, KeyError, RecursionError):
        raise WitnessError(f"{name} is nested too deeply", "Save it as plain text.") from None
    left_out = [*refused, *(f"{kind} markup: {found}" for found in _passed_over(said))]
    return [*_front(meta, blocks, left_out), *blocks], tuple(left_out)


def _passed_over(said: str) -> list[str]:
    """Return what pandoc says that it skipped, if words may be in it, each once."""
    return [f for f in dict.fromkeys(_SKIPPED.findall(said)) if not _NO_WORDS.search(f)]


def _front(meta: dict[str, Any], blocks: Sequence[Any], left_out: list[str]) -> Iterator[Any]:
    """Yield title, subtitle, authors, date and abstract, which pandoc takes out of the text."""
    attributes = ["", [], []]
    title = _inlines(meta.get("title"))
    first = next((b for b in blocks if b["t"] == "Header"), None)
    if title and first and plain_words(title).strip() == plain_words(first["c"][2]).strip():
        left_out.append("the title, which the first heading repeats")
    elif title:
        yield {"t": "Header", "c": [1, attributes, title]}
    for name in ("subtitle", "author", "date"):
        value = meta.get(name)
        values = value["c"] if value and value["t"] == "MetaList" else [value]
        for one in values:
            if inlines := _inlines(one):
                para = [{"t": "Para", "c": inlines}]
                yield {"t": "Div", "c": [["", ["byline"], []], para]}
    abstract = meta.get("abstract")
    if abstract and abstract["t"] == "MetaBlocks":
        yield from abstract["c"]
    elif inlines := _inlines(abstract):
        yield {"t": "Para", "c": inlines}


def _inlines(value: Any) -> list[Any]:
    if not isinstance(value, dict):
        return []
    match value["t"]:
        case "MetaInlines":
            return list(value["c"])
        case "MetaString":
            return [{"t": "Str", "c": value["c"]}]
        case "MetaBlocks":
            return [x for b in value["c"] if b["t"] in ("Para", "Plain") for x in b["c"]]
        case "MetaMap":
            return _inlines(value["c"].get("name"))
    return []


def bibtex_of(works: Sequence[Any]) -> str:
    """Return works that are given as CSL data as BibLaTeX entries."""
    data = json.dumps(works).encode()
    return _run(["--from=csljson", "--to=biblatex"], data, "the fields")[0].decode("utf-8")


def _run(
    arguments: Sequence[str], data: bytes, name: str, seconds: float = _SECONDS
) -> tuple[bytes, str]:
    """Run pandoc so that it reads no other file and fetches nothing; also what it remarks."""
    command = [pandoc_program(), "+RTS", f"-M{_MEMORY}", "-RTS", "--sandbox", *arguments]
    try:
        done = subprocess.run(  # noqa: S603  our own arguments
            command, input=data, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise WitnessError(
            f"pandoc gave up {name} after {seconds:.0f} seconds", "Import it in parts."
        ) from None
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        lines = said.strip().splitlines()
        where = _WHERE.search(said)
        reason = lines[-1] if lines else f"it ended with {done.returncode}"
        reason = f"line {where[1]}: {where[2]}" if where else reason
        raise WitnessError(
            f"pandoc cannot read {name}: {reason}", "Open the document and save it anew."
        )
    return done.stdout, said
