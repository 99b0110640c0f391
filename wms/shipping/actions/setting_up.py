"""What people set up once: where parcels come from, and how labels of a carrier's lane come about."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins.actions import NoSuchLane
from wms.bins.tables import CarrierLane, Warehouse
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, NotFound, Wrong
from wms.kernel.versions import same_version
from wms.shipping.events import LaneMeansSet, ShipFromSet
from wms.shipping.means import Means
from wms.shipping.tables import LaneMeans, ShipFrom

COUNTRY_LETTERS = 2
NEEDED = ("name", "street1", "city", "zip", "country")
"""Without these no carrier takes a parcel."""


@dataclass(frozen=True)
class Sender:
    """Where the parcels of a warehouse come from, part by part as carriers want it."""

    name: str
    street1: str
    city: str
    zip: str
    country: str
    company: str = ""
    street2: str = ""
    province: str = ""
    phone: str = ""
    email: str = ""


def set_ship_from(
    session: Session,
    *,
    warehouse_id: int,
    sender: Sender,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> ShipFrom:
    """Say where the parcels of a warehouse come from. Raises NotFound, Stale, Wrong."""
    if session.get(Warehouse, warehouse_id) is None:
        raise NotFound(id=warehouse_id)
    _check(sender)
    row = session.get(ShipFrom, warehouse_id, with_for_update=True)
    if row is None:
        row = ShipFrom(warehouse_id=warehouse_id, created_at=at)
        session.add(row)
    else:
        same_version(row, expected)
    for part, value in asdict(sender).items():
        setattr(row, part, value)
    session.flush()
    announce(session, ShipFromSet(warehouse_id), by=by, at=at)
    return row


def set_means(session: Session, *, lane_id: int, means: Means, by: int, at: datetime) -> None:
    """Say how labels of a carrier's lane come about. Labels that were wished for before stay as they are."""
    lane = session.get(CarrierLane, lane_id, with_for_update=True)
    if lane is None or lane.archived_at is not None:
        raise NoSuchLane(id=lane_id)
    row = session.get(LaneMeans, lane_id)
    if row is None:
        session.add(LaneMeans(lane_id=lane_id, means=means))
    elif row.means == means:
        return
    else:
        row.means = means
    session.flush()
    announce(session, LaneMeansSet(lane_id, means.value), by=by, at=at)


def _check(sender: Sender) -> None:
    faults = [
        Fault(part, "shipping.sender_part_missing")
        for part in NEEDED
        if not getattr(sender, part).strip()
    ]
    if sender.country and not _is_country(sender.country):
        faults.append(Fault("country", "shipping.country_two_letters"))
    if faults:
        raise Wrong(*faults)


def _is_country(text: str) -> bool:
    return (
        len(text) == COUNTRY_LETTERS and text.isascii() and text.isalpha() and text == text.upper()
    )
