"""Rules Q: quoted words and their references."""
