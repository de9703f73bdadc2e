"""Citing the edition: one record of a passage, in the forms that people and programs want."""
