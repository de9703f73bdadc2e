"""What makes a witness unusable."""

from __future__ import annotations


class WitnessError(Exception):
    """A witness that cannot be imported: `message` says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
