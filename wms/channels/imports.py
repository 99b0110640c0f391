"""Taking in a file of orders of any kind that is understood here: all of it or nothing, and each order once."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from sqlalchemy.orm import Session

from wms.channels.filed import Filed
from wms.channels.grouping import Row
from wms.channels.intake import Intake
from wms.channels.layouts import LAYOUTS, layout_of
from wms.kernel.importing import Counts, Importer
from wms.kernel.sheets import Doubles, Reading

BATCH = 500
"""Orders that are looked up and brought in together."""

IN_HAND = 10_000
"""Orders of a file that are kept between looking and taking; of a longer file each look reads it again."""


def look_through(reading: Reading[Row]) -> None:
    """Blame what a file shows by itself: cells that cannot be, and orders whose rows stand apart."""
    layout = layout_of(reading)
    doubles = Doubles()
    found: list[Filed] = []
    for filed in layout.read(reading):
        doubles.saw(f"{type(filed).__name__} {filed.channel} {filed.source_id}", filed.row)
        if len(found) <= IN_HAND:
            found.append(filed)
    for row, first in doubles.again():
        reading.blame(row, layout.key, "channels.rows_apart", first=first)
    reading.found = found if len(found) <= IN_HAND else None


def take(
    session: Session, reading: Reading[Row], *, is_trial: bool, by: int, at: datetime
) -> Counts:
    """Bring the orders in, or find out what that would do; blames what does not fit what is here.

    Everything is looked at before anything is written, so that a file with a fault in its last row costs little.
    """
    intake = Intake(session, reading, layout_of(reading), by=by, at=at)
    for batch in _batches(_filed(reading)):
        intake.look(batch)
    if not is_trial and not reading.faults_in_all:
        for batch in _batches(_filed(reading)):
            intake.bring_in(batch)
        intake.finish()
    return intake.counts.told()


ORDERS: Importer[Row] = Importer(
    "orders", LAYOUTS[0].sheet, look_through, take, tuple(its.sheet for its in LAYOUTS[1:])
)


def _filed(reading: Reading[Row]) -> Iterable[Filed]:
    return layout_of(reading).read(reading) if reading.found is None else reading.found


def _batches(filed: Iterable[Filed]) -> Iterator[list[Filed]]:
    rest = iter(filed)
    while batch := list(islice(rest, BATCH)):
        yield batch
