"""Citing the edition: one record of a passage, in the forms that people and programs want."""

from edition.cite.formats import FORMATS, Cited, address
from edition.cite.metadata import Author, Metadata, MetadataError, read_metadata

__all__ = [
    "FORMATS",
    "Author",
    "Cited",
    "Metadata",
    "MetadataError",
    "address",
    "read_metadata",
]
