"""Files of other formats read as pages or as a flow of markup; nothing in them is trusted.

A reader raises SourceError, and nothing else, for a file that it cannot or will not read. Each
module needs its own library alone.
"""
