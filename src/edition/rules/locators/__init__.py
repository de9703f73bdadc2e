"""Rules L: what a citation says of pages and volumes."""
