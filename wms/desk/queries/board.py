"""The supervisor's board: orders against their trucks, printers that stand still, money that may have been spent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import distinct, func, or_, select
from sqlalchemy.orm import Session

from wms.bins.tables import Warehouse
from wms.desk.queries.stages import AHEAD, STAGES
from wms.desk.queries.waves import Card, cards
from wms.orders.gate import FoState
from wms.orders.tables import FulfillmentOrder, Order
from wms.packing.tables import Package
from wms.printing import queries as printing
from wms.printing.queries import Printer
from wms.printing.tables import PrintJob
from wms.shipping.tables import Shipment
from wms.waves import queries as waves

ROWS = 8
"""Most trucks, waves and printers that are shown: a board is read from a distance."""

ASKED_TOO_LONG = timedelta(minutes=2)
"""A purchase that stands so long without an answer is in doubt, whatever it is called."""


@dataclass
class CutOff:
    """The orders that one truck is to take, by what they wait for. `leaves` is None where they may go any time."""

    leaves: datetime | None
    carrier: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))

    @property
    def left(self) -> int:
        """How many are not on the truck yet and could be."""
        return sum(count for stage, count in self.counts.items() if stage != "stuck")

    def is_late(self, at: datetime) -> bool:
        """Whether the truck is gone without them."""
        return self.leaves is not None and self.leaves < at and self.left > 0


@dataclass(frozen=True)
class Doubt:
    """A label that may have been bought."""

    shipment_id: int
    package: str
    carrier: str
    asked_at: datetime | None
    cost_minor: int
    currency: str


@dataclass(frozen=True)
class Board:
    """How the day stands in one warehouse."""

    cut_offs: Sequence[CutOff]
    shipped: int
    """Fulfillment orders that left today, by the warehouse's own clock."""
    waves: Sequence[Card]
    printers: Sequence[Printer]
    unsure: int
    """Sheets of which nobody knows whether they came out."""
    doubts: Sequence[Doubt]

    @property
    def stands_still(self) -> bool:
        """Whether money, a printer or a sheet waits for somebody."""
        return bool(self.doubts or self.printers or self.unsure)

    @property
    def waiting(self) -> int:
        """How many fulfillment orders are in no wave yet and could be."""
        return sum(one.counts["waiting"] for one in self.cut_offs)

    @property
    def left(self) -> int:
        """How many fulfillment orders are still to go."""
        return sum(one.left for one in self.cut_offs)


def board(session: Session, warehouse: Warehouse, at: datetime) -> Board:
    """Return how the day stands."""
    return Board(
        cut_offs=_cut_offs(session, warehouse, at),
        shipped=_shipped_today(session, warehouse, at),
        waves=[*cards(session, waves.in_motion(session, warehouse.id), at)][:ROWS],
        printers=[one for one in printing.printers(session) if not one.is_up][:ROWS],
        unsure=session.scalar(select(func.count(PrintJob.id)).where(PrintJob.state == "unsure"))
        or 0,
        doubts=_doubts(session, at),
    )


def _cut_offs(session: Session, warehouse: Warehouse, at: datetime) -> list[CutOff]:
    """Return the trucks with what they wait for, those that are late first."""
    live = [state.value for states in STAGES.values() for state in states]
    query = (
        select(FulfillmentOrder.ship_by, Order.carrier, FulfillmentOrder.state, func.count())
        .join(Order, Order.id == FulfillmentOrder.order_id)
        .where(FulfillmentOrder.warehouse_id == warehouse.id, FulfillmentOrder.state.in_(live))
        .group_by(FulfillmentOrder.ship_by, Order.carrier, FulfillmentOrder.state)
    )
    stage_of = {state.value: stage for stage, states in STAGES.items() for state in states}
    rows: dict[tuple[datetime | None, str], CutOff] = {}
    for leaves, carrier, state, count in session.execute(query):
        near = leaves is not None and leaves <= at + AHEAD
        key = (leaves, carrier) if near else (None, "")
        row = rows.setdefault(key, CutOff(*key))
        row.counts[stage_of[state]] += count
    far = at + AHEAD * 2
    return sorted(rows.values(), key=lambda row: (row.leaves or far, row.carrier))


def _shipped_today(session: Session, warehouse: Warehouse, at: datetime) -> int:
    zone = ZoneInfo(warehouse.time_zone)
    midnight = datetime.combine(at.astimezone(zone), time(), zone)
    # Joined to nothing, the state cannot be looked up in an index: SQLite would walk all that ever left
    # instead of what left today.
    state = FulfillmentOrder.state.concat("")
    gone = (
        select(func.count(distinct(Package.fo_id)))
        .join(FulfillmentOrder, FulfillmentOrder.id == Package.fo_id)
        .where(
            FulfillmentOrder.warehouse_id == warehouse.id,
            state == FoState.SHIPPED.value,
            Package.handed_over_at >= midnight,
        )
    )
    return session.scalar(gone) or 0


def _doubts(session: Session, at: datetime) -> list[Doubt]:
    overdue = (Shipment.state == "buying") & (Shipment.asked_at < at - ASKED_TOO_LONG)
    query = (
        select(
            Shipment.id,
            Package.number,
            Shipment.carrier,
            Shipment.asked_at,
            Shipment.cost_minor,
            Shipment.currency,
        )
        .join(Package, Package.id == Shipment.package_id)
        .where(or_(Shipment.state == "in_doubt", overdue))
        .order_by(Shipment.asked_at)
        .limit(ROWS)
    )
    return [Doubt(*row) for row in session.execute(query)]
