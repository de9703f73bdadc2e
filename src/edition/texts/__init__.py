"""Imported texts beside the edition: where their files are, fingerprints, apparatus, passages."""
