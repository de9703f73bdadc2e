"""The edition as data: frozen types that every room reads and none changes.

Nothing here reads or writes a file. The words are those of textual scholarship: a
*passage* is a citable unit of the text, a *lemma* the opening and closing words that
stand for a text that the repository does not hold, a *locator* the part of a citation
that says where in the work.
"""

from edition.model.anchor import Anchor, AnchorKind, AnchorStatus, Lock, LockedAnchor
from edition.model.bibliography import Bibliography, Field, Work
from edition.model.document import (
    Document,
    Entry,
    EntryKind,
    FileState,
    Ignore,
    Inclusion,
    LanguageMark,
    Mention,
    NamedUse,
    Picture,
    RawTag,
    Reference,
    Title,
)
from edition.model.edition import Baseline, Deviation, Edition, ImportedText, Known
from edition.model.quotation import (
    BackReference,
    Citation,
    MarkFault,
    MarkFaultKind,
    Passage,
    Prose,
    Quotation,
    QuotationForm,
)

__all__ = [
    "Anchor",
    "AnchorKind",
    "AnchorStatus",
    "BackReference",
    "Baseline",
    "Bibliography",
    "Citation",
    "Deviation",
    "Document",
    "Edition",
    "Entry",
    "EntryKind",
    "Field",
    "FileState",
    "Ignore",
    "ImportedText",
    "Inclusion",
    "Known",
    "LanguageMark",
    "Lock",
    "LockedAnchor",
    "MarkFault",
    "MarkFaultKind",
    "Mention",
    "NamedUse",
    "Passage",
    "Picture",
    "Prose",
    "Quotation",
    "QuotationForm",
    "RawTag",
    "Reference",
    "Title",
    "Work",
]
