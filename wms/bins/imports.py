"""Bins from a file: new ones are made, known ones are described anew where the file says something else."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins import actions, queries
from wms.bins.places import FIXED, Place, holds_sellable
from wms.bins.rules.places import faults
from wms.bins.sheet import COLUMN_OF, FACTS, SHEET, BinRow, look_through
from wms.bins.tables import Location
from wms.codes import queries as codes
from wms.kernel.importing import Counts, Importer
from wms.kernel.refusal import Fault
from wms.kernel.sheets import Line, Reading

BATCH = 500
"""Rows that are looked up together."""

NOT_YET = 0
"""The number of a zone that a trial would make."""


def take(
    session: Session, reading: Reading[BinRow], *, is_trial: bool, by: int, at: datetime
) -> Counts:
    """Make and change bins, batch by batch; on a trial only count and blame."""
    intake = Intake(session, reading, is_trial, by, at)
    lines = reading.lines()
    while batch := list(islice(lines, BATCH)):
        intake.take(batch)
    return dict(intake.counts)


BINS = Importer("bins", SHEET, look_through, take)


@dataclass
class Intake:
    """One file on its way into the house."""

    session: Session
    reading: Reading[BinRow]
    is_trial: bool
    by: int
    at: datetime

    def __post_init__(self) -> None:
        """Look up what rows may speak of."""
        self.counts = Counter({"created": 0, "changed": 0, "unchanged": 0, "zones": 0})
        self.warehouses = {one.code: one.id for one in queries.warehouses(self.session)}
        self.zones = {(one.warehouse_id, one.code): one.id for one in queries.zones(self.session)}

    @property
    def writes(self) -> bool:
        """Whether rows are kept: not on a trial, and not once a cell was blamed, because then nothing will be."""
        return not self.is_trial and not self.reading.faults_in_all

    def take(self, batch: Sequence[Line[BinRow]]) -> None:
        """Sort the rows into those to make, those to change and those that say nothing new, and do it."""
        known, taken = self._known(batch)
        new: dict[int, list[Place]] = defaultdict(list)
        changed: dict[int, Place] = {}
        for line in batch:
            warehouse_id = self._warehouse(line)
            if warehouse_id is None:
                continue
            old = known.get((warehouse_id, line.row.code))
            place = self._place(line.row, old, warehouse_id)
            if self._is_blamed(line, place, old, taken):
                continue
            if old is None:
                new[warehouse_id].append(place)
            elif place != actions.place_of(old):
                changed[old.id] = place
            else:
                self.counts["unchanged"] += 1
        self.counts.update(created=sum(map(len, new.values())), changed=len(changed))
        if self.writes:
            self._write(new, changed)

    def _write(self, new: Mapping[int, Sequence[Place]], changed: Mapping[int, Place]) -> None:
        for warehouse_id, places in new.items():
            actions.create_locations(
                self.session, warehouse_id=warehouse_id, places=places, by=self.by, at=self.at
            )
        for location_id, place in sorted(changed.items()):
            actions.edit_location(
                self.session, location_id=location_id, place=place, by=self.by, at=self.at
            )

    def _known(
        self, batch: Sequence[Line[BinRow]]
    ) -> tuple[dict[tuple[int, str], Location], set[str]]:
        """Return the places that have these codes, and which codes stand for anything at all."""
        wanted = [line.row.code for line in batch]
        rows = self.session.scalars(select(Location).where(Location.code.in_(wanted)))
        return {(row.warehouse_id, row.code): row for row in rows}, set(
            actions.clashes(self.session, 0, wanted)
        )

    def _warehouse(self, line: Line[BinRow]) -> int | None:
        said = line.row.warehouse
        if not said and len(self.warehouses) == 1:
            return next(iter(self.warehouses.values()))
        if said not in self.warehouses:
            known = ", ".join(self.warehouses)
            self.reading.blame(line.number, "warehouse", "bins.no_warehouse_called", known=known)
        return self.warehouses.get(said)

    def _place(self, row: BinRow, old: Location | None, warehouse_id: int) -> Place:
        said = {
            fact: getattr(row, COLUMN_OF.get(fact, fact))
            for fact in FACTS
            if old is None or self.reading.has(COLUMN_OF.get(fact, fact))
        }
        before = actions.place_of(old) if old else Place(code=row.code, kind=row.kind)
        if self.reading.has("zone"):
            said["zone_id"] = self._zone(warehouse_id, row.zone)
        return replace(before, **said)

    def _zone(self, warehouse_id: int, code: str) -> int | None:
        if code and (warehouse_id, code) not in self.zones:
            self.counts["zones"] += 1
            self.zones[warehouse_id, code] = self._new_zone(warehouse_id, code)
        return self.zones.get((warehouse_id, code))

    def _new_zone(self, warehouse_id: int, code: str) -> int:
        if not self.writes:
            return NOT_YET
        return actions.create_zone(
            self.session, warehouse_id=warehouse_id, code=code, name=code, by=self.by, at=self.at
        ).id

    def _is_blamed(
        self, line: Line[BinRow], place: Place, old: Location | None, taken: set[str]
    ) -> bool:
        wrong = [*faults(place), *(_misfits(place, old) if old else _hindrances(place, taken))]
        for fault in wrong:
            column = COLUMN_OF.get(fault.where, fault.where)
            self.reading.blame(line.number, column, fault.sentence, **fault.values)
        return bool(wrong)


def _misfits(place: Place, old: Location) -> Iterator[Fault]:
    """Yield why a known place cannot become what the file says."""
    if old.archived_at is not None:
        yield Fault("code", "bins.code_archived", {"code": old.code})
    if old.kind not in FIXED or place.kind != old.kind:
        yield Fault("kind", "bins.kind_stays", {"kind": old.kind})
    elif old.holds_sellable != holds_sellable(place.kind, place.role):
        yield Fault("role", "bins.sold_otherwise", {"code": old.code})


def _hindrances(place: Place, taken: set[str]) -> Iterator[Fault]:
    """Yield why a new place cannot be made."""
    if place.kind not in FIXED:
        yield Fault("kind", "bins.kind_moves", {"kinds": ", ".join(FIXED)})
    if wrong := codes.unfit(place.code, codes.Kind.LOCATION):
        yield Fault("code", wrong.sentence, wrong.values)
    elif place.code in taken:
        yield Fault("code", "bins.code_taken", {"code": place.code})
