"""The file of a shift: when its day begins, what comes in the morning, and what customers tell by the evening."""

import csv
import lzma
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from wms.channels.filed import Filed, FiledOrder, FiledReversal
from wms.channels.grouping import UNTOLD
from wms.channels.imports import ORDERS
from wms.channels.layouts import layout_of
from wms.channels.retail import KEY
from wms.kernel.importing import looked_through

BEGINS_AT = time(7)
"""The shift's first hour, in universal time."""

NO_DAY = date(2026, 1, 5)
"""The day of a shift whose orders do not say when they were placed."""

FRIDAY = 4
TAKES_BACK = "C"


@dataclass(frozen=True)
class Day:
    """What a file of orders is to a shift."""

    file: Path
    filed: tuple[Filed, ...]
    begins: datetime

    @property
    def orders(self) -> list[FiledOrder]:
        """Return what was bought."""
        return [one for one in self.filed if isinstance(one, FiledOrder)]

    @property
    def reversals(self) -> list[FiledReversal]:
        """Return what customers want to give back."""
        return [one for one in self.filed if isinstance(one, FiledReversal)]


def read(file: Path) -> Day:
    """Read a file of orders. Raises SheetRefused and SheetUnreadable."""
    reading = looked_through(ORDERS, file)
    found = layout_of(reading).read(reading) if reading.found is None else reading.found
    filed = tuple(found)
    return Day(file, filed, _begins(filed))


def morning(day: Day, folder: Path) -> Path:
    """Return the file as it was in the morning: nobody had asked to give anything back yet."""
    if not day.reversals or not {".csv", ".xz"} & set(day.file.suffixes):
        return day.file
    early = folder / "morning.csv"
    opened = lzma.open if day.file.suffix == ".xz" else open
    with opened(day.file, "rt", encoding="utf-8-sig", newline="") as whole:
        rows = csv.reader(whole)
        header = next(rows)
        place = next(n for n, name in enumerate(header) if name.strip() in {KEY, "Invoice"})
        kept = [row for row in rows if not row[place].upper().startswith(TAKES_BACK)]
    with early.open("w", encoding="utf-8", newline="") as sheet:
        csv.writer(sheet).writerows([header, *kept])
    return early


def _begins(filed: Iterable[Filed]) -> datetime:
    """Return the morning of the first working day after the last order was placed."""
    placed = [one.head.placed_at for one in filed if isinstance(one, FiledOrder)]
    told = [moment for moment in placed if moment != UNTOLD]
    day = max(told).astimezone(UTC).date() + timedelta(days=1) if told else NO_DAY
    while day.weekday() > FRIDAY:
        day += timedelta(days=1)
    return datetime.combine(day, BEGINS_AT, UTC)
