"""Rules W: an imported text beside the edition."""
