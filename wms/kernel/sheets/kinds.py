"""Which kind a file is: a workbook or text, and which of several sheets knows most of its columns."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from wms.kernel.refusal import Fault
from wms.kernel.sheets import texts, workbook
from wms.kernel.sheets.columns import Sheet
from wms.kernel.sheets.refused import SheetUnreadable
from wms.kernel.sheets.texts import Numbered
from wms.kernel.sheets.writing import unguarded


def fitting(file: Path, sheets: Sequence[Sheet[Any]]) -> Sheet[Any]:
    """Return the kind of sheet that knows most of the file's columns; the first where two know as many."""
    for _, cells in rows(file, sheets) if len(sheets) > 1 else ():
        said = [unguarded(cell.strip()) for cell in cells if cell.strip()]
        if said:
            return max(sheets, key=lambda sheet: sum(sheet.column(its) is not None for its in said))
    return sheets[0]


def rows(file: Path, sheets: Sequence[Sheet[Any]]) -> Iterator[Numbered]:
    """Return the rows of a workbook or of a text, told apart by how the file begins. Raises SheetUnreadable."""
    with file.open("rb") as data:
        head = data.read(8)
    if head.startswith(b"PK\x03\x04"):
        return workbook.rows(file)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetUnreadable(Fault("file", "kernel.sheet_old_workbook"))

    def knows(header: str) -> bool:
        said = unguarded(header.strip())
        return any(sheet.column(said) is not None for sheet in sheets)

    return texts.rows(file, knows)
