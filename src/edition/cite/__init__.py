"""Citing the edition: one record of a passage, in the forms that people and programs want."""

from edition.cite.formats import FORMATS, Cited, address
from edition.cite.metadata import Author, Metadata, MetadataError, read_metadata
from edition.cite.words import cited_words

__all__ = [
    "FORMATS",
    "Author",
    "Cited",
    "Metadata",
    "MetadataError",
    "address",
    "cited_words",
    "read_metadata",
]
