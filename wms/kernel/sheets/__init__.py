"""Sheets: CSV and XLSX files of rows, found by their header, read one row at a time and blamed cell by cell.

A slice says what its file looks like, then reads it twice: once to find everything that is wrong, once to apply it.

    BINS = Sheet((Column("code", code(), is_required=True), Column("level", whole(0, 99))), make=BinRow)

    reading = Reading(path, BINS)
    for line in reading.lines():          # line.number is the spreadsheet's row, line.row a BinRow
        if not known(line.row.zone):
            reading.blame(line.number, "zone", "bins.no_such_zone", zone=line.row.zone)
    reading.refuse_if_wrong()             # raises SheetRefused: at most 100 faults, and how many there are in all
    for line in reading.lines(): ...      # the second time, inside the one transaction

A column that the file does not have leaves the row's own default; an empty cell gives `Column.empty`.
`reading.has("zone")` tells which it was, so that an import changes only what the file speaks of.
"""

from wms.kernel.sheets.columns import (
    Column,
    Misread,
    Sheet,
    code,
    day,
    one_of,
    prose,
    text,
    whole,
    yes_no,
)
from wms.kernel.sheets.doubles import Doubles
from wms.kernel.sheets.kinds import fitting
from wms.kernel.sheets.reading import Line, Reading
from wms.kernel.sheets.refused import FAULT_LIMIT, SheetRefused, SheetUnreadable
from wms.kernel.sheets.writing import csv_lines

__all__ = [
    "FAULT_LIMIT",
    "Column",
    "Doubles",
    "Line",
    "Misread",
    "Reading",
    "Sheet",
    "SheetRefused",
    "SheetUnreadable",
    "code",
    "csv_lines",
    "day",
    "fitting",
    "one_of",
    "prose",
    "text",
    "whole",
    "yes_no",
]
