"""What waits for a packer: totes that were put down, whose orders may be packed now."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from wms.bins.places import Kind
from wms.bins.tables import Location, Lpn
from wms.kernel.prepared import among
from wms.kernel.statements import Lookup
from wms.orders.gate import FoState, StopKind
from wms.orders.holds import Step, stoppers
from wms.orders.queries.orders import OPEN_HOLDS
from wms.orders.tables import FulfillmentOrder, OrderHold
from wms.packing.queries import in_tote
from wms.picking.tables import PickRun, ToteBinding

OFFERS = 6
"""How many totes are offered between two orders."""

LOOKED_AT = 24
"""Among how many of those that leave first they are looked for."""

STAGED, UNPACKING = "staged", "unpacking"
PACKABLE = (FoState.PICKED, FoState.PACKING, FoState.PACKED)
GONE = (FoState.REVOKING, FoState.CANCELLED)


@dataclass(frozen=True)
class Standing:
    """Whether a fulfillment order may be packed now: how far it is, and what stops it."""

    fo_id: int
    number: str
    state: FoState
    stop: StopKind | None
    reason: str = ""

    @property
    def may_be_packed(self) -> bool:
        """Whether somebody may put units of it into a box."""
        return self.stop is None and self.state in PACKABLE


def standings(session: Session, fo_ids: Collection[int]) -> dict[int, Standing]:
    """Return how fulfillment orders stand, without locking them: what acts asks the gate again."""
    session.flush()  # the statement runs straight on the driver
    return {row[0]: _standing(*row) for row in _STANDINGS.all(session, fo_ids)}


_HOLD = (
    select(func.min(OrderHold.kind))
    .where(
        OrderHold.order_id == FulfillmentOrder.order_id,
        among(OrderHold.state, OPEN_HOLDS),
        among(OrderHold.blocks, stoppers(Step.PACK)),
    )
    .scalar_subquery()
)
_STANDINGS = Lookup(
    FulfillmentOrder.id,
    lambda wanted: select(
        FulfillmentOrder.id, FulfillmentOrder.number, FulfillmentOrder.state, _HOLD
    ).where(wanted),
)


def _standing(fo_id: int, number: str, state: str, hold: str | None) -> Standing:
    if FoState(state) in GONE:
        return Standing(fo_id, number, FoState(state), StopKind.CANCELLED)
    stop = StopKind.HELD if hold else None
    return Standing(fo_id, number, FoState(state), stop, hold or "")


def waiting_totes(session: Session) -> int:
    """Return how many totes wait for a packer."""
    found = _staged().with_only_columns(func.count(ToteBinding.id)).order_by(None)
    return session.scalar(found) or 0


def is_anything_there(session: Session) -> bool:
    """Tell whether a packer could do something: a tote waits, or stands on a bench and somebody else has it in hand."""
    opened = select(Lpn.location_id).where(Lpn.state == UNPACKING).limit(1)
    return waiting_totes(session) > 0 or session.scalar(opened) is not None


def offered_totes(session: Session, warehouse_id: int | None) -> tuple[str, ...]:
    """Return the codes of totes that can be packed now, what leaves first first."""
    query = _staged()
    if warehouse_id is not None:
        query = query.where(Location.warehouse_id == warehouse_id)
    found: list[str] = []
    for tote_id, code in session.execute(query.limit(LOOKED_AT)):
        if len(found) < OFFERS and _can_be_packed(session, tote_id):
            found.append(code)
    return tuple(found)


def _can_be_packed(session: Session, tote_id: int) -> bool:
    """Tell whether something in it may be packed, or whether it only has to be seen empty."""
    fo_ids = {one.fo_id for one in in_tote(session, tote_id)}
    known = standings(session, fo_ids).values()
    return not fo_ids or any(one.may_be_packed for one in known)


def _staged() -> Select[int, str]:
    packable = or_(
        ToteBinding.fo_id.is_(None),
        FulfillmentOrder.state.in_([state.value for state in PACKABLE]),
    )
    return (
        select(ToteBinding.tote_id, Location.code)
        .join(Lpn, Lpn.location_id == ToteBinding.tote_id)
        .join(Location, Location.id == ToteBinding.tote_id)
        .join(PickRun, PickRun.id == ToteBinding.run_id)
        .outerjoin(FulfillmentOrder, FulfillmentOrder.id == ToteBinding.fo_id)
        .where(
            ToteBinding.ended_at.is_(None),
            Lpn.state == STAGED,
            Location.kind == Kind.TOTE.value,
            packable,
        )
        .order_by(func.coalesce(FulfillmentOrder.ship_by, PickRun.ship_by), ToteBinding.id)
    )
