"""Tables of contents: the documents that a `{toctree}` names."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from edition.model import Reference
from edition.model.diagnostic import Finding
from edition.myst.builder import DocumentBuilder
from edition.myst.directives import Directive

_ADDRESS = re.compile(r"\w+://|self\Z")
_PATTERN = re.compile(r"[*?\[]")
_TITLED = re.compile(r"(?P<title>.+?)\s*<(?P<target>[^<]*?)>", re.DOTALL)
_SUFFIX = re.compile(r"\.(?:md|rst|ipynb|txt)\Z")


def read_toctree(builder: DocumentBuilder, directive: Directive) -> None:
    """Add the documents that a table of contents puts in order; note what is there twice."""
    builder.numbered |= "numbered" in directive.options
    seen = set()
    for entry, titled, row in _entries(directive):
        builder.toctree.append(entry)
        if _ADDRESS.match(entry):
            continue
        place = builder.source.location(row)
        pattern = "glob" in directive.options and not titled and _PATTERN.search(entry)
        named = _SUFFIX.sub("", entry)
        if not pattern and named == _SUFFIX.sub("", PurePosixPath(builder.path).name):
            fault = f"the table of contents names its own document, “{entry}”"
            builder.refused.append(Finding(place, fault, "Take it out, or write self."))
        elif named in seen and not pattern:
            fault = f"the table of contents names “{entry}” twice"
            builder.refused.append(Finding(place, fault, "Take one of the two out."))
        else:
            role = "glob" if pattern else "toctree"
            builder.references.append(
                Reference(target="", document=entry, location=place, role=role)
            )
        seen.add(named)


def _entries(directive: Directive) -> Iterator[tuple[str, bool, int]]:
    """Yield what each line names, whether it brings a title, and its line."""
    lines = [(directive.argument, directive.line)] if directive.argument else []
    lines += [(line, n) for n, line in enumerate(directive.body.split("\n"), directive.body_line)]
    for line, row in lines:
        if line.strip() and not line.lstrip().startswith(":"):
            titled = _TITLED.fullmatch(line.rstrip())
            yield (titled["target"] if titled else line.rstrip()), titled is not None, row
