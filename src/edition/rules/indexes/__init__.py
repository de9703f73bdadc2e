"""Rules I: persons, terms and events."""
