"""Names that differ from a known one by a slip of the keyboard."""

from collections.abc import Iterable

_SHORT = 5


def slip_of(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a name is a misspelling of; None where there is none.

    Two letters wrong, missing, too many or changed about make a slip, in a name of up to
    five letters one. The nearest name is given, of equally near ones the first of the
    alphabet.
    """
    limit = 1 if len(name) <= _SHORT else 2
    letters = frozenset(name)
    near = (
        (distance, other)
        for other in known
        # An edit changes the length by one at most, and the set of letters by two.
        if abs(len(other) - len(name)) <= limit
        and len(letters.symmetric_difference(other)) <= 2 * limit
        and 0 < (distance := edit_distance(name, other)) <= limit
    )
    return min(near, default=(0, None))[1]


def edit_distance(first: str, second: str) -> int:
    """Return how many letters to change, add, drop or swap with their neighbour make one the other.

    This is the optimal string alignment distance (Damerau 1964; Wagner and Lowrance 1975).
    """
    before: list[int] = []
    above = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        row = [i]
        for j, other in enumerate(second, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
