"""The state of a file that a source names."""

from enum import StrEnum


class FileState(StrEnum):
    """Whether there is the file that a link or an inclusion names, within the project."""

    PRESENT = "present"
    MISSING = "missing"
    OUTSIDE = "outside"  # beyond the project's root, by its path or through a symbolic link
