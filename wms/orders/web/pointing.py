"""Faults of an order's lines told by the rows of the form that sent them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from wms.kernel.refusal import Fault, Wrong

FIELDS = {"item_id": "item", "line": "item"}
"""By the names of a line, the fields of a row."""

ORDER, LINES = "orders.0.", "lines."


@contextmanager
def by_row(places: Sequence[int]) -> Iterator[None]:
    """Raise what is Wrong with the lines as faults of these rows, in the same sequence."""
    try:
        yield
    except Wrong as no:
        faults = (_pointed(fault, places) for fault in no.faults)
        raise type(no)(*faults, **no.values) from None


def _pointed(fault: Fault, places: Sequence[int]) -> Fault:
    where = fault.where.removeprefix(ORDER)
    if not where.startswith(LINES):
        return replace(fault, where="item_0" if where == "lines" else where)
    number, name = where.removeprefix(LINES).split(".", 1)
    return replace(fault, where=f"{FIELDS.get(name, name)}_{places[int(number)]}")
