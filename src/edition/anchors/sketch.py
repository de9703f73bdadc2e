"""What the lock remembers of a text: a digest, to see any change, and a sketch, to measure it.

Both are made from the text's words alone: case, marks on letters, punctuation and line breaks
do not count. The sketch holds hashes of the text's shingles (every run of three words): all of
a short text's, the 64 lowest of a longer one's. Those are a fair sample, from which the share
of one text that stands in another can be told to within some hundredths (A. Broder, "On the
resemblance and containment of documents", 1997). It does not let anyone restore the text.
"""

import base64
import hashlib
import re
from itertools import islice

from edition.model.text_folding import fold

SHINGLE = 3
SIZE = 64
_BYTES = 3
_WORD = re.compile(r"[^\W_]+")


def normal(text: str) -> str:
    """Return the words of a text, in small letters without marks, one blank between two."""
    # Some signs are capitals only when they are decomposed, such as ℕ.
    return " ".join(_WORD.findall(fold(text).casefold()))


def digest(text: str) -> str:
    """Return 16 hexadecimal digits of the SHA-256 of the normal form; empty for no words."""
    words = normal(text)
    return hashlib.sha256(words.encode()).hexdigest()[:16] if words else ""


def shingles(text: str) -> frozenset[bytes]:
    """Return the 24-bit hashes of a text's shingles; of one or two words, their own hash."""
    words = normal(text).split()
    if not words:
        return frozenset()
    last = max(1, len(words) - SHINGLE + 1)
    runs = (" ".join(words[start : start + SHINGLE]) for start in range(last))
    return frozenset(hashlib.blake2b(run.encode(), digest_size=_BYTES).digest() for run in runs)


def sketch(text: str) -> str:
    """Return the sketch: base64 of the lowest hashes in rising order, four characters each.

    A sketch of as many as 64 is that of a longer text; one of fewer holds every shingle.
    """
    lowest = islice(sorted(shingles(text)), SIZE)
    return base64.b64encode(b"".join(lowest)).decode()


def kept(old: str, new: frozenset[bytes]) -> float:
    """Return the share of a sketched text, 0 to 1, that a text of these shingles still holds."""
    hashes = read_sketch(old)
    return len(hashes & new) / len(hashes) if hashes else 1.0


def taken(old: str, new: frozenset[bytes]) -> float:
    """Return the share of a text of these shingles, 0 to 1, that comes from a sketched text."""
    hashes = read_sketch(old)
    if not hashes or not new:
        return 0.0
    # Of a longer text the sketch knows only the hashes up to its highest.
    highest = max(hashes) if len(hashes) == SIZE else b"\xff" * _BYTES
    sample = {one for one in new if one <= highest}
    return len(hashes & sample) / len(sample) if sample else 0.0


def read_sketch(written: str) -> frozenset[bytes]:
    """Return the hashes of a sketch. Raises ValueError for what is none."""
    hashes = base64.b64decode(written, validate=True)
    if len(hashes) % _BYTES:
        raise ValueError("a sketch is a row of groups of four characters")
    return frozenset(hashes[i : i + _BYTES] for i in range(0, len(hashes), _BYTES))
