"""The witness: from a text that an editor has in hand to MyST.

`carrier` reads the file, `normalisation` undoes what the carrier did, `structure` tells
paragraphs from headings, lists and quotations, `reference` reads the references that the
author typed, and `myst` writes. Nothing here writes a file.
"""
