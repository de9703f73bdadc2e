"""The moment that a build or a verdict is dated with."""

import os
from datetime import UTC, datetime

from edition.model.errors import EditionError


def source_date() -> datetime | None:
    """Return the moment of SOURCE_DATE_EPOCH, in UTC; None where it is not set.

    Raises EditionError where it is no number of seconds since 1970
    (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        if not (epoch.isascii() and epoch.isdigit()):
            raise ValueError
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise EditionError(
            f"SOURCE_DATE_EPOCH is “{epoch[:40]}”, which is no moment before the year 10000",
            "Set it to a number of seconds since 1970, or unset it.",
        ) from None
