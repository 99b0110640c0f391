"""On which lines of an order units count that came back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Owed:
    """So many units of one line that left the house and have not come back; how many of them were announced here."""

    order_line_id: int
    left: int
    advised: int = 0


def allot(units: int, owed: Sequence[Owed]) -> Iterator[tuple[int, int]]:
    """Spread units that came back over the lines they may belong to: those announced first, then as they were bought.

    Yields a line's number and its units; what no line is owed is left out.
    """
    rest = units
    announced = [(line.order_line_id, min(line.advised, line.left)) for line in owed]
    others = [(line.order_line_id, line.left - min(line.advised, line.left)) for line in owed]
    for order_line_id, left in (*announced, *others):
        taken = min(rest, left)
        rest -= taken
        if taken:
            yield order_line_id, taken
