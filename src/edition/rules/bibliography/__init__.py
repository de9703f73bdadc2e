"""Rules B: the entries of the bibliography."""
