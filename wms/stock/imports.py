"""Stock from a file: what each line says comes to lie there, on top of what lies there already.

The same file counts once: its contents are written into the reference of its moves, and a second taking finds them.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.places import Outside
from wms.bins.queries import outside
from wms.bins.tables import Location
from wms.catalog import actions as catalog
from wms.catalog.tables import Item
from wms.kernel.importing import Counts, Importer
from wms.kernel.sheets import Line, Reading
from wms.stock.actions import post
from wms.stock.actions.breaking import hold_item
from wms.stock.lines import Known, look_up
from wms.stock.moves import NONE, Move, Reason
from wms.stock.sheet import SHEET, StockRow, look_through
from wms.stock.tables import StockMove

BATCH = 500
"""Lines that are looked up and posted together."""

Lines = Sequence[Line[StockRow]]


def take(
    session: Session, reading: Reading[StockRow], *, is_trial: bool, by: int, at: datetime
) -> Counts:
    """Post what the lines say, batch by batch; on a trial only count and blame."""
    intake = _Intake(session, reading, is_trial, by, at, f"file {_digest(reading.file)}")
    for batch in _batches(reading.lines()):
        intake.take(batch)
    return intake.counts


STOCK: Importer[StockRow] = Importer("stock", SHEET, look_through, take)


@dataclass
class _Intake:
    """One file on its way into the house."""

    session: Session
    reading: Reading[StockRow]
    is_trial: bool
    by: int
    at: datetime
    reference: str
    counts: dict[str, int] = field(default_factory=lambda: {"created": 0, "unchanged": 0})
    beyond: dict[int, int] = field(default_factory=dict)
    """By warehouse, the place from which stock comes that was always there."""
    dates: dict[tuple[int, str], date] = field(default_factory=dict)
    """By item and lot, the date that the file gave first."""
    is_known: bool | None = None
    """Whether this very file was taken before; None until its first line is looked at."""

    def take(self, batch: Lines) -> None:
        """Look the lines up, blame what does not fit, and post the rest."""
        known = look_up(self.session, batch)
        fitting = [line for line in batch if not self._is_blamed(line, known)]
        if fitting and self.is_known is None:
            self.is_known = self._was_taken(fitting[0], known)
        self.counts["unchanged" if self.is_known else "created"] += len(fitting)
        if not (self.is_trial or self.is_known or self.reading.faults_in_all):
            post(
                self.session,
                [self._move(line, known) for line in fitting],
                by=self.by,
                at=self.at,
            )

    def _was_taken(self, line: Line[StockRow], known: Known) -> bool:
        if not self.is_trial:
            # Two who take the same file at once meet at its first item: the later one finds the earlier one's moves.
            place, item = _sure(line.row, known)
            hold_item(self.session, (place.warehouse_id, item.id), self.at)
        taken = select(StockMove.id).where(StockMove.reference == self.reference).limit(1)
        return self.session.scalar(taken) is not None

    def _is_blamed(self, line: Line[StockRow], known: Known) -> bool:
        before = self.reading.faults_in_all
        row = line.row
        place, item = known.place(row), known.item(row)
        if place is None:
            self._blame(line, "location", "stock.unknown_place", id=row.location)
        elif place.archived_at is not None:
            self._blame(line, "location", "stock.place_archived", place=place.code)
        if item is None:
            self._blame(line, "sku", "stock.unknown_item", id=row.sku)
        else:
            self._blame_goods(line, item, known)
        return self.reading.faults_in_all > before

    def _blame_goods(self, line: Line[StockRow], item: Item, known: Known) -> None:
        row = line.row
        if item.tracks_lots and not row.lot:
            self._blame(line, "lot", "stock.lot_wanted", sku=item.sku)
        if item.tracks_serials and not row.serial:
            self._blame(line, "serial", "stock.serial_wanted", sku=item.sku)
        if row.expiry:
            lot = known.lots.get((item.id, row.lot))
            first = self.dates.setdefault((item.id, row.lot), row.expiry)
            known_date = (lot and lot.expires_on) or first
            if known_date != row.expiry:
                said = {"lot": row.lot, "known": str(known_date), "said": str(row.expiry)}
                self._blame(line, "expiry", "catalog.lot_has_other_date", **said)
        if known.serials.get((item.id, row.serial)) in known.shelved:
            self._blame(line, "serial", "stock.serial_shelved", serial=row.serial, sku=item.sku)

    def _blame(self, line: Line[StockRow], column: str, sentence: str, **values: object) -> None:
        self.reading.blame(line.number, column, sentence, **values)

    def _move(self, line: Line[StockRow], known: Known) -> Move:
        row = line.row
        place, item = _sure(row, known)
        return Move(
            item.id,
            self._beyond(place.warehouse_id),
            place.id,
            row.quantity,
            Reason.OPENING,
            lot_id=self._lot(item, row, known),
            serial_id=self._serial(item, row, known),
            status_from=row.status,
            reference=self.reference,
        )

    def _beyond(self, warehouse_id: int) -> int:
        if warehouse_id not in self.beyond:
            self.beyond[warehouse_id] = outside(self.session, warehouse_id, Outside.ADJUSTMENT)
        return self.beyond[warehouse_id]

    def _lot(self, item: Item, row: StockRow, known: Known) -> int:
        if not row.lot:
            return NONE
        lot = known.lots.get((item.id, row.lot))
        if lot and (row.expiry is None or lot.expires_on == row.expiry):
            return lot.id
        return catalog.lot(
            self.session, item_id=item.id, code=row.lot, expires_on=row.expiry, at=self.at
        ).id

    def _serial(self, item: Item, row: StockRow, known: Known) -> int:
        if not row.serial:
            return NONE
        serial_id = known.serials.get((item.id, row.serial))
        return (
            serial_id
            or catalog.serial(self.session, item_id=item.id, code=row.serial, at=self.at).id
        )


def _sure(row: StockRow, known: Known) -> tuple[Location, Item]:
    """Return place and item of a line that was found to fit."""
    place, item = known.place(row), known.item(row)
    assert place
    assert item
    return place, item


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()[:32]


def _batches(lines: Iterator[Line[StockRow]]) -> Iterator[list[Line[StockRow]]]:
    while batch := list(islice(lines, BATCH)):
        yield batch
