"""Where a file stands that a source names."""

from enum import StrEnum


class FileState(StrEnum):
    """Where the file stands that a link or an inclusion names."""

    PRESENT = "present"
    MISSING = "missing"
    OUTSIDE = "outside"  # beyond the project's root, by its path or through a symbolic link
