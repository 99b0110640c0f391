"""The totes of a trip: those on the cart, those it still wants, and codes that would do."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from wms.bins.places import Kind, Role
from wms.bins.tables import Location, Lpn
from wms.kernel.prepared import Prepared
from wms.orders.tables import FulfillmentOrder
from wms.picking.dialogue import Tote, Want, slot_name
from wms.picking.queries.trips.tasks import is_live
from wms.picking.tables import PickRun, PickTask, ToteBinding

SINGLES = "singles"
OFFERS = 4
"""How many codes are offered between two picks."""

RESTS = (Kind.STAGE.value, Kind.BENCH.value, Kind.LANE.value)
"""Where totes are put down, best first: lanes are for parcels where a house has places for totes."""

_PARKED = ("problem", "staged")
_HOLDING = ("filling", "problem")


@dataclass(frozen=True)
class OnTrip:
    """The totes of a trip, and whether any of them holds something that must be put down."""

    on_trip: tuple[Tote, ...]
    holds_units: bool


def totes_on(session: Session, run: PickRun) -> OnTrip:
    """Return the totes that are bound to a trip."""
    rows = _TOTES.all(session, {"run_id": run.id})
    totes = tuple(
        Tote(
            id=tote_id,
            code=code,
            slot=slot_name(slot),
            fo_id=fo_id,
            is_full=bool(is_full),
            is_parked=state in _PARKED,
        )
        for tote_id, code, slot, fo_id, is_full, state in rows
    )
    return OnTrip(totes, any(row[-1] in _HOLDING for row in rows))


def wants_of(session: Session, run: PickRun, totes: Collection[Tote]) -> tuple[Want, ...]:
    """Return the orders of a trip that have no open tote yet, with the slot for each."""
    open_for = {tote.fo_id for tote in totes if tote.is_open}
    if run.kind == SINGLES and None in open_for:
        return ()
    rows = _WANTED.all(session, {"run_id": run.id})
    wanted = [(fo_id, number) for fo_id, number in rows if fo_id not in open_for]
    if not wanted:
        return ()
    [used] = _LAST_SLOT.first(session, {"run_id": run.id}) or (None,)
    slot = 0 if used is None else used + 1
    if run.kind == SINGLES:
        return (Want(None, run.number, slot_name(slot)),)
    return tuple(
        Want(fo_id, number, slot_name(slot + place)) for place, (fo_id, number) in enumerate(wanted)
    )


def offer_codes(session: Session, warehouse_id: int, *, at_start: bool) -> tuple[str, ...]:
    """Return codes of free totes at the start, and later of places where totes are put down."""
    here = (Location.warehouse_id == warehouse_id, Location.archived_at.is_(None))
    if at_start:
        query = (
            select(Location.code)
            .join(Lpn, Lpn.location_id == Location.id)
            .where(*here, Location.kind == Kind.TOTE.value, Lpn.state == "free")
        )
    else:
        is_rest = (Location.kind.in_(RESTS), Location.role == Role.PLAIN.value)
        first = case({kind: place for place, kind in enumerate(RESTS)}, value=Location.kind)
        query = select(Location.code).where(*here, *is_rest).order_by(first)
    return tuple(session.scalars(query.order_by(Location.code).limit(OFFERS)))


_TOTES = Prepared(
    select(
        ToteBinding.tote_id,
        Location.code,
        ToteBinding.slot,
        ToteBinding.fo_id,
        ToteBinding.is_full,
        Lpn.state,
    )
    .join(Location, Location.id == ToteBinding.tote_id)
    .join(Lpn, Lpn.location_id == ToteBinding.tote_id)
    .where(ToteBinding.run_id == bindparam("run_id"), ToteBinding.ended_at.is_(None))
    .order_by(ToteBinding.slot, ToteBinding.id)
)
_WANTED = Prepared(
    select(FulfillmentOrder.id, FulfillmentOrder.number)
    .join(PickTask, PickTask.fo_id == FulfillmentOrder.id)
    .where(PickTask.run_id == bindparam("run_id"), is_live())
    .distinct()
    .order_by(FulfillmentOrder.id)
)
_LAST_SLOT = Prepared(
    select(func.max(ToteBinding.slot)).where(ToteBinding.run_id == bindparam("run_id"))
)
