"""The error of a witness that cannot be used."""

from edition.model.errors import EditionError


class WitnessError(EditionError):
    """A witness that cannot be imported: `message` says why, `hint` what to do."""
