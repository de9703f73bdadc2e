"""The edition as data: frozen types that every room reads and none changes.

Nothing here reads or writes a file. The words are those of textual scholarship: a
*passage* is a citable unit of the text, a *lemma* the opening and closing words that
stand for a text that the repository does not hold, a *locator* the part of a citation
that says where in the work.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edition.model.anchor import Anchor as Anchor
    from edition.model.anchor import AnchorKind as AnchorKind
    from edition.model.anchor import AnchorStatus as AnchorStatus
    from edition.model.anchor import Lock as Lock
    from edition.model.anchor import LockedAnchor as LockedAnchor
    from edition.model.bibliography import Bibliography as Bibliography
    from edition.model.bibliography import Field as Field
    from edition.model.bibliography import Work as Work
    from edition.model.document import Document as Document
    from edition.model.document import Entry as Entry
    from edition.model.document import EntryKind as EntryKind
    from edition.model.document import Ignore as Ignore
    from edition.model.document import Inclusion as Inclusion
    from edition.model.document import LanguageMark as LanguageMark
    from edition.model.document import Mention as Mention
    from edition.model.document import NamedUse as NamedUse
    from edition.model.document import Picture as Picture
    from edition.model.document import RawTag as RawTag
    from edition.model.document import Reference as Reference
    from edition.model.document import Title as Title
    from edition.model.edition import Baseline as Baseline
    from edition.model.edition import Deviation as Deviation
    from edition.model.edition import Edition as Edition
    from edition.model.edition import ImportedText as ImportedText
    from edition.model.edition import Known as Known
    from edition.model.file_state import FileState as FileState
    from edition.model.quotation import BackReference as BackReference
    from edition.model.quotation import Citation as Citation
    from edition.model.quotation import MarkFault as MarkFault
    from edition.model.quotation import MarkFaultKind as MarkFaultKind
    from edition.model.quotation import Passage as Passage
    from edition.model.quotation import Prose as Prose
    from edition.model.quotation import Quotation as Quotation
    from edition.model.quotation import QuotationForm as QuotationForm

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
