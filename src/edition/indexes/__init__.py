"""The edition's indexes: who and what its passages name, and where; pure, like the checks.

An entry is defined once, by a directive; the passages that name it are found in their markup.
So nothing is listed twice, and a name added to a passage is in its index by itself.
"""
