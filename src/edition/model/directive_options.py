"""The options of our own directives, for the checker and for the build."""

_EVERYWHERE = frozenset({"name", "class"})

# An option that a directive does not know stops its part of the build.
DIRECTIVE_OPTIONS = {
    "quotation": _EVERYWHERE
    | {"page", "volume", "speaker", "opening", "closing", "words", "digest"},
    "verse": _EVERYWHERE | {"page", "volume", "speaker", "lines"},
    "passage": _EVERYWHERE,
    "title-page": frozenset(),
    "commentary": _EVERYWHERE,
    "person": frozenset({"key", "also", "dates", "sort"}),
    "gloss": frozenset({"key", "also", "sort"}),
    "event": frozenset({"key", "also", "date", "calendar"}),
}
