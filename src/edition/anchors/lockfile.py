"""The form of anchors.lock: after a line that says what it is, one JSON object a line.

The lines are sorted by id (`LC_ALL=C sort` agrees), keys have one order, and what is empty is
left out, so that a difference between two versions reads as a list of what happened. JSON
Lines (jsonlines.org) lets any program read it. Unknown keys are refused: a newer form would
have another number in its first line.
"""

import json
from collections.abc import Iterable
from typing import Any

from edition.anchors.sketch import read_sketch
from edition.model import AnchorKind, AnchorStatus, Lock, LockedAnchor
from edition.model.diagnostic import Finding, Location

NAME = "anchors.lock"
HEADER = "# anchors.lock 1 – every published anchor; written by `edition anchors`, kept for good"
_MARK = "# anchors.lock "
_LISTS = frozenset({"formerly", "successors", "aliases"})
_ORDER = (
    "id kind status label file since until formerly successors aliases reason kept digest sketch"
).split()
_HINT = "Take the line from the last good version of the file; it is not edited by hand."
_NEEDED = ("id", "kind", "status", "file")


def write_lock(anchors: Iterable[LockedAnchor]) -> str:
    """Return the text of a lock file."""
    lines = [_line(anchor) for anchor in sorted(anchors, key=lambda a: a.id)]
    return "\n".join([HEADER, *lines]) + "\n"


def _line(anchor: LockedAnchor) -> str:
    values = {name: getattr(anchor, name) for name in _ORDER}
    values["status"] = str(anchor.status)
    if anchor.kept == 1.0:
        del values["kept"]
    shown = {name: value for name, value in values.items() if value not in ("", ())}
    return json.dumps(shown, ensure_ascii=False)


def read_lock(text: str, path: str = NAME) -> Lock:
    """Read a lock file; `path` is what findings show.

    A line that cannot be read becomes a finding of `malformed-lock` and is left out.
    """
    anchors: dict[str, LockedAnchor] = {}
    problems: list[Finding] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            if line.startswith("#"):
                if line.startswith(_MARK) and not line.startswith(f"{_MARK}1 "):
                    raise ValueError(
                        "the file has a form that this version of the software does not know"
                    )
                continue
            anchor = _anchor(line, number)
            if anchor.id in anchors:
                raise ValueError(f"“{anchor.id}” already has line {anchors[anchor.id].line}")
            anchors[anchor.id] = anchor
        except ValueError as error:
            fault = f"the line cannot be read ({error}), so its anchor is not held to anything"
            problems.append(Finding(Location(path, number), fault, _HINT, rule="malformed-lock"))
    return Lock(path=path, anchors=anchors, problems=tuple(problems))


def _anchor(line: str, number: int) -> LockedAnchor:
    try:
        values = json.loads(line)
        json.dumps(values, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} in column {error.colno}") from None
    except UnicodeEncodeError:
        raise ValueError("half of a character: a surrogate without its other half") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(values, dict):
        raise ValueError("not an object of keys and values")
    for name in _NEEDED:
        if name not in values:
            raise ValueError(f"no “{name}”")
    given = {name: _value(name, value) for name, value in values.items()}
    given.setdefault("label", given["id"])
    return LockedAnchor(**given, line=number)


def _value(name: str, value: Any) -> Any:
    if name not in _ORDER:
        raise ValueError(f"a key that is not known: “{name}”")
    if name in _LISTS:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise ValueError(f"“{name}” is not a list of texts")
        return tuple(value)
    if name == "kept":
        if not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ValueError("“kept” is not a number from 0 to 1")
        return float(value)
    if not isinstance(value, str):
        raise ValueError(f"“{name}” is not a text")
    if name == "kind" and value not in {str(kind) for kind in AnchorKind}:
        raise ValueError(f"there is no kind “{value}”")
    if name == "sketch":
        read_sketch(value)
    if name == "status":
        known = {str(status): status for status in AnchorStatus}
        if value not in known:
            raise ValueError(f"there is no status “{value}”; there are {', '.join(known)}")
        return known[value]
    return value
