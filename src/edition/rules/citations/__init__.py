"""Rules C: the keys and roles of citations."""
