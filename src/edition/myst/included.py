"""Files that `{include}` reads in: their text is read where it is included."""

from edition.myst.blocks import BlockReader
from edition.myst.builder import DocumentBuilder
from edition.myst.directive_faults import misuse
from edition.myst.directives import Directive
from edition.myst.positions import SourceText

_RULE = "missing-include"
# Of one document: files that include each other several times over could be read without end.
_MOST_INCLUSIONS = 200
# The file may be a source of its own too, whose roles are numbered from one.
_OTHER_GROUPS = 1_000_000
# With these the file is shown as it is, or read by another parser.
_NOT_READ = frozenset({"literal", "code", "parser"})
# With these a file may include another part of itself.
_PARTS = frozenset({"start-line", "end-line", "start-after", "end-before"})


def read_included(reader: BlockReader, directive: Directive) -> None:
    """Read the file of an `{include}`; findings will have its path and lines."""
    builder, options = reader.builder, directive.options
    if builder.include is None or not _NOT_READ.isdisjoint(options):
        return
    found = included_text(builder, directive)
    if found is None:
        return
    if found[0] in builder.open_files:
        if _PARTS.isdisjoint(options):
            fault = f"reads {found[0]}, which includes this text itself: the build never ends"
            hint = "Take the directive out, or include another file."
            builder.problems.append(misuse(directive, fault, hint, _RULE))
        return
    path, text = found
    text = normalised(text)
    outer = builder.source
    builder.source = SourceText(path, tuple(text.split("\n")))
    builder.open_files.append(path)
    builder.group += _OTHER_GROUPS
    typed = {name: option.value for name, option in options.items()}
    for name in ("start-after", "end-before"):
        if (mark := typed.get(name)) and mark not in text:
            fault = f"looks for “{mark[:60]}” as its {name}, and the file has none"
            hint = "Correct the words, or take the option out."
            builder.problems.append(misuse(directive, fault, hint, _RULE))
    part, first = _part(text, typed)
    reader.read(part, first)
    builder.open_files.pop()
    builder.source = outer


def included_text(
    builder: DocumentBuilder, directive: Directive, target: str = ""
) -> tuple[str, str] | None:
    """Return the path and the text of a file that a directive names, by its argument or `target`.

    None where it is not there to be read; what is no UTF-8 is told of.
    """
    if builder.include is None or len(builder.included) >= _MOST_INCLUSIONS:
        return None
    try:
        found = builder.include(builder.source.path, target or directive.argument)
    except UnicodeDecodeError:
        if "encoding" not in directive.options:
            fault = "reads a file that is no UTF-8, which the build cannot"
            hint = "Save the file as UTF-8, or name its :encoding:."
            builder.problems.append(misuse(directive, fault, hint, _RULE))
        return None
    if found is not None:
        builder.included.append(found[0])
    return found


def normalised(text: str) -> str:
    """Return a text as the parser of Markdown has it: one kind of line end, no null characters."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\ufffd")


def _part(text: str, options: dict[str, str]) -> tuple[str, int]:
    """Return the part of a text that the options choose, and its first line, from 0."""
    lines = text.split("\n")
    first = _number(options.get("start-line"), len(lines)) or 0
    last = _number(options.get("end-line"), len(lines))
    part = "\n".join(lines[first:last])
    if (mark := options.get("start-after")) and mark in part:
        before, _, part = part.partition(mark)
        first += (before + mark).count("\n")
    if (mark := options.get("end-before")) and mark in part:
        part = part.partition(mark)[0]
    return part, first


def _number(value: str | None, count: int) -> int | None:
    try:
        number = int(value or "")
    except ValueError:
        return None
    return max(count + number, 0) if number < 0 else number
