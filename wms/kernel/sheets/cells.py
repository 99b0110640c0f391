"""What stands in a cell: its value as its column reads it, how it is shown, and which letters its column has."""

from typing import Any

from wms.kernel.sheets.columns import Broken, Column, Misread
from wms.kernel.sheets.writing import unguarded

SHOWN_SIGNS = 60
"""How much of a cell is repeated in a fault or a sample."""


def value_of(cell: str, column: Column) -> Any:
    """Return what a cell says, or what its column has for an empty one. Raises Misread."""
    if isinstance(cell, Broken):
        raise Misread("kernel.sheet_formula")
    bare = cell.strip()
    if bare[:1] == "'":
        bare = unguarded(bare)
    if not bare:
        if column.is_required:
            raise Misread("kernel.sheet_cell_empty")
        return column.empty
    # `strip` makes a plain text of a figure, and a date must know that it was one.
    return column.read(cell if bare == cell else bare)


def shown(cell: str) -> str:
    """Return what stands in a cell as it can be shown, however long it is and whatever is in it."""
    seen = "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for sign in cell[: SHOWN_SIGNS + 1]
    )
    return seen if len(seen) <= SHOWN_SIGNS else f"{seen[:SHOWN_SIGNS]}…"


def letters(place: int) -> str:
    """Return the letters of a column, as spreadsheets count them."""
    said = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        said = chr(ord("A") + rest) + said
    return said
