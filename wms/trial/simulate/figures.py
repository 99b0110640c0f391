"""What came of a shift, in numbers that add up."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.orders.tables import FoLine, FulfillmentOrder, Order, OrderLine
from wms.packing.tables import Package
from wms.picking.tables import PickRun, PickTask
from wms.printing.tables import PrintAttempt, PrintJob
from wms.returns.tables import Return
from wms.shipping.tables import Shipment
from wms.trial.simulate.equipment import is_of
from wms.trial.simulate.ledger import ledger_hash

SHIPPED = ("shipped", "delivered", "closed")
BOUGHT = ("bought", "handed_over", "void_requested", "voided", "void_refused")
VOIDED = ("void_requested", "voided", "void_refused")
"""Labels that were paid for and belong to no parcel: their money is asked back, is back, or stays with the carrier."""


@dataclass(frozen=True)
class Worked:
    """What only those know who worked the shift."""

    scans: int
    seconds: float
    planted: Mapping[str, int]
    codes: Collection[str]
    """What scanners read on the sheets that came out of the printers."""


def figures(session: Session, worked: Worked) -> dict[str, Any]:
    """Return what `simulate --json` prints, but for what verify says."""
    states = Counter(
        dict(session.execute(select(Order.state, func.count()).group_by(Order.state)).all())
    )
    shipped = sum(states[state] for state in SHIPPED)
    return {
        "orders": states.total(),
        "orders_shipped": shipped,
        "orders_partly_shipped": states["partly_shipped"],
        "orders_backordered": states.total()
        - shipped
        - states["partly_shipped"]
        - states["cancelled"],
        "orders_cancelled": states["cancelled"],
        "lines": _count(session, OrderLine.id),
        "units": session.scalar(select(func.sum(FoLine.shipped))) or 0,
        "shorts": session.scalar(select(func.count()).where(PickTask.short > 0)) or 0,
        "returns": _count(session, Return.id),
        **_labels(session),
        "packages_shipped": session.scalar(
            select(func.count()).where(Package.state == "handed_over")
        ),
        **_parcels(session),
        "prints_confirmed": len(_proved(session, worked.codes)),
        "walk_metres": int(session.scalar(select(func.sum(PickRun.metres))) or 0),
        "scans": worked.scans,
        "seconds": round(worked.seconds, 1),
        "planted": dict(sorted(worked.planted.items())),
        "ledger_hash": ledger_hash(session),
    }


def faults(told: Mapping[str, Any]) -> list[str]:
    """Return which sums do not come out."""
    ends = ("shipped", "partly_shipped", "backordered", "cancelled")
    sums = {
        "orders": sum(told[f"orders_{end}"] for end in ends),
        "labels_bought": told["packages_shipped"] + told["labels_voided"],
        "packages_shipped": told["parcels_delivered"] + told["parcels_on_their_way"],
    }
    return [
        f"{name} is {told[name]}, its parts are {total}"
        for name, total in sums.items()
        if told[name] != total
    ]


def left_over(session: Session) -> Sequence[tuple[str, str]]:
    """Return fulfillment orders that are neither gone nor waiting for goods: after a shift there are none."""
    ends = ("shipped", "cancelled", "backordered", "allocated", "open")
    query = select(FulfillmentOrder.number, FulfillmentOrder.state)
    rows = session.execute(query.where(FulfillmentOrder.state.not_in(ends)).order_by("number"))
    return [(number, state) for number, state in rows]


def _labels(session: Session) -> dict[str, int]:
    rows = session.execute(
        select(Shipment.state, func.count()).where(Shipment.means == "shippo").group_by("state")
    ).all()
    states = Counter(dict(rows))
    return {
        "labels_bought": sum(states[state] for state in BOUGHT),
        "labels_voided": sum(states[state] for state in VOIDED),
        "return_labels": 0,
    }


def _parcels(session: Session) -> dict[str, int]:
    """Return how many parcels are where, of those that left."""
    gone = select(Shipment.tracking, func.count()).where(Shipment.state == "handed_over")
    ways = Counter(dict(session.execute(gone.group_by(Shipment.tracking)).all()))
    return {
        "parcels_delivered": ways["delivered"],
        "parcels_on_their_way": ways.total() - ways["delivered"],
    }


def _proved(session: Session, codes: Collection[str]) -> set[int]:
    """Return the labels whose printer said that it is done, and whose sheet reads as the label's number."""
    confirmed = (
        select(PrintJob.id, PrintJob.expects)
        .join(PrintAttempt, PrintAttempt.job_id == PrintJob.id)
        .where(PrintAttempt.outcome == "confirmed", PrintJob.expects != "")
    )
    rows = session.execute(confirmed).all()
    return {number for number, code in rows if any(is_of(read, code) for read in codes)}


def _count(session: Session, column: Any) -> int:
    return session.scalar(select(func.count(column))) or 0
