"""The ledger of verdicts: what was found, committed with the project, without a quoted word.

A verdict holds for one quotation and one text of the source. When either changes, its digest
does, and the verdict is stale: as good as none.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from edition.model import Quotation
from edition.model.errors import EditionError
from edition.project.files import read_text_file, replace_file

LEDGER = "verified.json"
"""The file, at the project's root."""

_VERSION = 1
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
_STATUS = {
    "verified": "yes",
    "differs": "differs",
    "found": "found",
    "found, page not marked": "found",
    "opening and closing words found": "ends found",
    "source lacks that page": "unchecked",
    "no source": "unchecked",
}

# How many of the words each basis compares.
_STRENGTH = {"text": 2, "digest": 2, "words": 1, "lemma": 0}


class LedgerError(EditionError):
    """A ledger that cannot be read."""

    def __init__(self, message: str) -> None:
        hint = f"Restore {LEDGER} from version control, or delete it and verify anew."
        super().__init__(message, hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One verdict.

    `quotation` is the digest of the quotation with its citation, `source` that of the source's
    files (empty where there is none). `found` are the labels of the pages where it was found;
    `others` how many more places have the same words; `differing` how many words differ. `date`
    is the day of the verdict (ISO 8601) and `tool` the version that gave it.
    """

    id: str
    key: str
    cited: str
    quotation: str
    source: str
    verdict: str
    found: str
    basis: str
    others: int
    differing: int
    date: str
    tool: str


def read_ledger(file: Path) -> dict[str, Entry]:
    """Return the verdicts by quotation; none where there is no file. Raises LedgerError."""
    try:
        text = read_text_file(file)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise LedgerError(f"{file.name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise LedgerError(f"{file.name} is no ledger: it is not UTF-8") from None
    if _CONFLICT.search(text):
        raise LedgerError(f"{file.name} holds the marks of a merge that was not finished")
    try:
        data = json.loads(text)
        version = data["version"]
        entries = [_entry(given) for given in data["verdicts"]] if version == _VERSION else []
    except json.JSONDecodeError as error:
        raise LedgerError(f"{file.name}:{error.lineno} is no JSON: {error.msg}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise LedgerError(f"{file.name} is no ledger of verdicts") from None
    if version != _VERSION:
        raise LedgerError(f"{file.name} is of version {version}, not {_VERSION}")
    return {entry.id: entry for entry in entries}


def _entry(given: dict[str, Any]) -> Entry:
    for column in fields(Entry):
        if type(given[column.name]) is not column.type:
            raise TypeError(column.name)
    return Entry(**given)


def write_ledger(file: Path, entries: Iterable[Entry]) -> None:
    """Write the verdicts, one a line, in the order of their quotations' ids."""
    ordered = sorted(entries, key=lambda entry: entry.id)
    lines = [json.dumps(asdict(entry), ensure_ascii=False) for entry in ordered]
    inside = ",\n    ".join(lines)
    text = f'{{\n  "version": {_VERSION},\n  "verdicts": [\n    {inside}\n  ]\n}}\n'
    replace_file(file, text.encode())


def merged(old: Mapping[str, Entry], new: Iterable[Entry], present: Iterable[str]) -> list[Entry]:
    """Return the ledger after a run: new verdicts over old ones, quotations that are gone left out.

    A verdict that says what the old one said, of the same texts, keeps the old one's day. One
    from all the words stays where a later run had only the first and last ones of the same texts.
    """
    kept = dict(old)
    for entry in new:
        before = kept.get(entry.id, entry)
        same = replace(before, date="", tool="") == replace(entry, date="", tool="")
        texts = (before.quotation, before.source) == (entry.quotation, entry.source)
        stronger = _STRENGTH.get(before.basis, 0) > _STRENGTH.get(entry.basis, 0)
        kept[entry.id] = before if same or (texts and stronger) else entry
    alive = set(present)
    return [entry for entry in kept.values() if entry.id in alive]


def quotation_digest(quotation: Quotation) -> str:
    """Return the digest of all that a verdict depends on: the words, the work, the locator."""
    cited = [(c.key, c.volume, c.locator) for c in quotation.citations]
    words = " ".join((quotation.text or "").split())
    ends = (quotation.opening, quotation.closing, quotation.words, quotation.digest)
    data = json.dumps([cited, words, ends], ensure_ascii=False)
    return sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def quotation_name(quotation: Quotation) -> str:
    """Return the id, or for a quotation without one a name made from its digest."""
    return quotation.id or f"~{quotation_digest(quotation)[:8]}"


def status(ledger: Mapping[str, Entry], quotation: Quotation) -> str:
    """Return what a listing says of a quotation: `yes`, `found`, `ends found`, `differs`, `no`."""
    entry = ledger.get(quotation_name(quotation))
    if entry is None or entry.quotation != quotation_digest(quotation):
        return "unchecked"
    return _STATUS.get(entry.verdict, "no")
