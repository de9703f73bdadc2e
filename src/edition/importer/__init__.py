"""Import: turn a document from elsewhere into MyST; nothing here writes a file."""
