"""The edition as data: frozen types that every room reads and none changes.

Nothing here reads or writes a file. The words are those of textual scholarship: a
*passage* is a citable unit of the text, a *lemma* the opening and closing words that
stand for a text that the repository does not hold, a *locator* the part of a citation
that says where in the work.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edition.model.anchor import *  # noqa: F403
    from edition.model.bibliography import *  # noqa: F403
    from edition.model.document import *  # noqa: F403
    from edition.model.edition import *  # noqa: F403
    from edition.model.file_state import *  # noqa: F403
    from edition.model.quotation import *  # noqa: F403

# A name is imported from its file when it is asked for: a command that needs a finding alone
# (an unchanged check) does not pay for all the others.
_FILES = {
    "anchor": "Anchor AnchorKind AnchorStatus Lock LockedAnchor",
    "bibliography": "Bibliography Field Work",
    "document": "Document Entry EntryKind Ignore Inclusion LanguageMark Mention NamedUse Picture"
    " RawTag Reference Title",
    "edition": "Baseline Deviation Edition ImportedText Known",
    "file_state": "FileState",
    "quotation": "BackReference Citation MarkFault MarkFaultKind Passage Prose Quotation"
    " QuotationForm",
}
_HOME = {name: file for file, names in _FILES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
