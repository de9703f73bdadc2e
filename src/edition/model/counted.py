"""A number with what it counts."""


def counted(number: object, noun: str) -> str:
    """Return `1 page`, `2 pages`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
