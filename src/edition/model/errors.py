"""The one error that ends a command: what is wrong, and what to do."""


class EditionError(Exception):
    """Work that cannot go on: `message` says why, `hint` what to do; every error of ours is one."""

    def __init__(self, message: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
