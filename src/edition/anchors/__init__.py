"""Anchors that hold: what was published, what has become of it, and what may become of it.

`anchors.lock` is the memory. `compare` tells what has happened since it was written, `renew`
what it ought to say now, and `accept`, `retire`, `merge` and `split` are an editor's decisions.
Nothing here reads or writes a file but `outputs`, which looks into what was built.
"""

from edition.anchors.comparison import (
    OTHER_TEXT,
    SMALL_CHANGE,
    Change,
    Event,
    citable_anchors,
    compare,
    surviving_id,
)
from edition.anchors.lockfile import NAME, read_lock, write_lock
from edition.anchors.renewal import AnchorError, Renewal, accept, merge, renew, retire, split

__all__ = [
    "NAME",
    "OTHER_TEXT",
    "SMALL_CHANGE",
    "AnchorError",
    "Change",
    "Event",
    "Renewal",
    "accept",
    "citable_anchors",
    "compare",
    "merge",
    "read_lock",
    "renew",
    "retire",
    "split",
    "surviving_id",
    "write_lock",
]
