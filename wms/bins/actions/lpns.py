"""Totes, cartons, pallets and carts: what has a number of its own and stands now here, now there."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins.actions.locations import NoSuchLocation, add
from wms.bins.events import LpnMoved, LpnUsed
from wms.bins.lifecycle import LPN, LpnState, LpnVerb
from wms.bins.places import MOVABLE, Kind, Place
from wms.bins.queries import layers_below, standing_in
from wms.bins.rules.places import is_sscc, nesting
from wms.bins.tables import Location, Lpn, LpnMove, Warehouse
from wms.codes import actions as codes
from wms.codes import queries as known
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, NotFound, Refusal, Wrong

SLOT_LIMIT = 200
"""Totes on one cart: more do not fit through an aisle."""


class NoSuchLpn(NotFound):
    """There is no such tote, carton, pallet or cart."""

    sentence = "bins.no_such_lpn"


class CannotStandThere(Refusal):
    """The thing would hold itself, or too many layers would stand on each other."""

    sentence = "bins.cannot_stand_there"


class CartFull(Refusal):
    """Every slot of the cart has its tote."""

    sentence = "bins.cart_full"


def create_lpn(
    session: Session,
    *,
    warehouse_id: int,
    code: str,
    kind: Kind,
    sscc: str | None = None,
    slots: int | None = None,
    stands_in_id: int | None = None,
    by: int,
    at: datetime,
) -> Location:
    """Make a tote, carton, pallet or cart; both its code and its SSCC can be scanned from now on."""
    if found := _faults(session, kind, sscc, slots):
        raise Wrong(*found)
    location = add(
        session, warehouse_id=warehouse_id, place=Place(code=code, kind=kind), by=by, at=at
    )
    session.add(Lpn(location_id=location.id, kind=kind, sscc=sscc, state=LPN.start, slots=slots))
    if sscc:
        codes.register(session, code=sscc, kind=known.Kind.LPN, target_id=location.id, at=at)
    session.flush()
    if stands_in_id is not None:
        move_lpn(session, lpn_id=location.id, to_id=stands_in_id, by=by, at=at)
    return location


def move_lpn(session: Session, *, lpn_id: int, to_id: int | None, by: int, at: datetime) -> LpnMove:
    """Note that it stands somewhere else now; None: nobody knows where. What it holds goes with it."""
    location = _moving(session, lpn_id)
    target = _target(session, location, to_id) if to_id is not None else None
    act = session.info["command"]
    move = LpnMove(
        location_id=lpn_id,
        from_id=location.parent_id,
        to_id=to_id,
        actor_id=by,
        device_id=act.device_id,
        occurred_at=act.occurred_at or at,
        recorded_at=at,
    )
    session.add(move)
    location.parent_id = target.id if target else None
    announce(session, LpnMoved(lpn_id, move.from_id, to_id), by=by, at=at)
    session.flush()
    return move


def use_lpn(session: Session, *, lpn_id: int, verb: LpnVerb, by: int, at: datetime) -> LpnState:
    """Note what is done with a tote, carton, pallet or cart. Raises NoSuchLpn, NotNow where its life has no such step.

    Whether it is empty is in the ledger: whoever says so looks there first.
    """
    _moving(session, lpn_id)
    row = session.get_one(Lpn, lpn_id, with_for_update=True, populate_existing=True)
    after = transition(row, LPN, verb)
    session.flush()
    announce(session, LpnUsed(lpn_id, verb.value, after.value), by=by, at=at)
    return after


def _faults(session: Session, kind: Kind, sscc: str | None, slots: int | None) -> list[Fault]:
    found = []
    if kind not in MOVABLE:
        found.append(Fault("kind", "bins.kind_stands_still"))
    if sscc is not None and not is_sscc(sscc):
        found.append(Fault("sscc", "bins.no_sscc"))
    elif sscc is not None and session.scalar(select(Lpn.location_id).where(Lpn.sscc == sscc)):
        found.append(Fault("sscc", "bins.sscc_taken", {"sscc": sscc}))
    if slots is not None and (kind is not Kind.CART or not 1 <= slots <= SLOT_LIMIT):
        found.append(Fault("slots", "bins.slots", {"limit": SLOT_LIMIT}))
    return found


def _moving(session: Session, lpn_id: int) -> Location:
    location = session.get(Location, lpn_id, with_for_update={"key_share": True})
    if location is None or location.kind not in MOVABLE or location.archived_at is not None:
        raise NoSuchLpn(id=lpn_id)
    return location


def _target(session: Session, location: Location, to_id: int) -> Location:
    if location.parent_id == to_id:
        return session.get_one(Location, to_id)
    target = session.get(Location, to_id)
    if target is None or target.archived_at is not None or target.kind == Kind.OUTSIDE:
        raise NoSuchLocation(id=to_id)
    if target.warehouse_id != location.warehouse_id:
        raise CannotStandThere(
            Fault("to_id", "bins.other_warehouse"), code=location.code, there=target.code
        )
    if target.kind in MOVABLE:
        _nest(session, location, target)
    return target


def _nest(session: Session, location: Location, target: Location) -> None:
    # Two moves at once could close a ring that neither of them sees, so only one nests at a time in a warehouse.
    session.get_one(Warehouse, location.warehouse_id, with_for_update={"key_share": True})
    above = standing_in(session, target.id)
    if wrong := nesting(location.id, above, layers_below(session, location.id)):
        raise CannotStandThere(Fault("to_id", wrong), code=location.code, there=target.code)
    cart = session.get_one(Lpn, target.id)
    on_it = select(func.count()).where(
        Location.parent_id == target.id, Location.archived_at.is_(None)
    )
    if cart.slots is not None and (session.scalar(on_it) or 0) >= cart.slots:
        raise CartFull(code=target.code, slots=cart.slots)
