"""Finds what stands twice in a column of a million rows, in twelve bytes a row."""

from array import array
from collections.abc import Iterator

_BUCKETS = 256
_MASK = 2**64 - 1


class Doubles:
    """Remembers where each text was, by a 64-bit hash: of four million, two share one in a file out of a million."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._hashes = [array("Q") for _ in range(_BUCKETS)]
        self._rows = [array("I") for _ in range(_BUCKETS)]

    def saw(self, text: str, row: int) -> None:
        """Remember that this text stands in this row."""
        number = hash(text) & _MASK
        bucket = number % _BUCKETS
        self._hashes[bucket].append(number)
        self._rows[bucket].append(row)

    def again(self) -> Iterator[tuple[int, int]]:
        """Yield each row that repeats a text, with the row where that text stands first."""
        for hashes, rows in zip(self._hashes, self._rows, strict=True):
            first: dict[int, int] = {}
            for number, row in zip(hashes, rows, strict=True):
                if first.setdefault(number, row) != row:
                    yield row, first[number]
