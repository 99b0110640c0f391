"""Parcels for a house that is looked at: one on its way, one whose label is in doubt, one without, one that waits."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.kit import a_draft
from tests.pages.printed import CARRIER_LABEL
from tests.visitors import done
from wms.bins.places import Kind
from wms.bins.tables import CarrierLane, Location, Lpn
from wms.kernel.services import Services
from wms.orders import actions as orders
from wms.orders.tables import Channel
from wms.packing import actions as packing
from wms.packing import queries as packages
from wms.packing.tables import Package
from wms.picking import actions as picking
from wms.picking.tables import PickTask
from wms.shipping import actions as shipping
from wms.shipping.actions import Sender, buying, failing, tracking
from wms.shipping.actions.rows import held
from wms.shipping.gateway import Bought, Document, Quote, Rate, Status, Step, Track
from wms.shipping.lifecycle import Verb
from wms.shipping.means import Means
from wms.shipping.tables import Shipment
from wms.shipping.worker import GRACE
from wms.stock.moves import NONE
from wms.stock.tables import StockBalance
from wms.waves import actions as waves
from wms.waves.plan import Filters

PARCELS = 4

NUMBER = "1Z999AA10123456784"

QUOTE = Quote(
    "0c1f",
    (
        Rate("r1", "UPS", "Ground", 1184, "USD", 3),
        Rate("r2", "UPS", "Next Day Air", 4310, "USD", 1),
        Rate("r3", "USPS", "Priority Mail", 992, "USD", 2),
    ),
    (),
)


def fill(house: Services) -> None:
    """Pack four orders, and let their labels come to different ends."""
    at = house.clock.now()
    who: dict[str, Any] = {"by": 0, "at": at}
    run_id = done(house, lambda session: _sell(session, who))
    done(house, lambda session: _pick(session, run_id, who))
    boxes = done(house, lambda session: _pack(session, who))
    done(house, lambda session: _send(session, boxes[0], who))
    done(house, lambda session: _doubt(session, boxes[1], who))
    done(house, lambda session: _fail(session, boxes[2], who))
    done(house, lambda session: _wait(session, boxes[3], who))


def _sell(session: Session, who: dict[str, Any]) -> int:
    shop = session.scalars(select(Channel.id).order_by(Channel.id).limit(1)).one()
    pile = session.scalars(
        select(StockBalance).where(
            StockBalance.status == "available",
            StockBalance.lot_id == NONE,
            StockBalance.serial_id == NONE,
            StockBalance.quantity - StockBalance.reserved > PARCELS,
        )
    ).first()
    assert pile is not None, "nothing lies anywhere"
    drafts = [
        a_draft(shop, (pile.item_id, 1), source_id=f"#20{n:02}", carrier="UPS", placed_at=who["at"])
        for n in range(PARCELS)
    ]
    orders.bring_in(session, drafts, **who)
    wave = waves.propose(session, warehouse_id=1, filters=Filters(carrier="UPS"), **who)
    return picking.release(session, wave_id=wave.id, **who)[0]


def _pick(session: Session, run_id: int, who: dict[str, Any]) -> None:
    run = picking.take_over(session, run_id=run_id, **who)
    tasks = session.scalars(select(PickTask).where(PickTask.run_id == run_id)).all()
    totes = session.scalars(
        select(Lpn.location_id)
        .join(Location, Location.id == Lpn.location_id)
        .where(Lpn.kind == Kind.TOTE, Lpn.state == "free")
        .order_by(Lpn.location_id)
        .limit(len(tasks))
    ).all()
    for task, tote_id in zip(tasks, totes, strict=True):
        picking.load(session, run, tote_id=tote_id, fo_id=task.fo_id, **who)
        picking.take(session, run, task_id=task.id, tote_id=tote_id, quantity=1, **who)
    bench = session.scalars(select(Location.id).where(Location.kind == Kind.BENCH).limit(1)).one()
    picking.drop(session, run, place_id=bench, **who)


def _pack(session: Session, who: dict[str, Any]) -> list[int]:
    totes = session.scalars(select(Lpn.location_id).where(Lpn.state == "staged")).all()
    boxes = []
    for tote_id in totes:
        picking.open_tote(session, tote_id=tote_id, **who)
        [waits] = packages.in_tote(session, tote_id)
        box = packing.open_package(session, fo_id=waits.fo_id, station_id=None, **who)
        thing = {name: value for name, value in vars(waits).items() if name != "fo_id"}
        packing.put_in(session, package_id=box.id, tote_id=tote_id, **thing, **who)
        packing.close(session, package_id=box.id, box_type_id=1, **who)
        weight_g = box.expected_g or 480
        packing.weigh(session, package_id=box.id, weight_g=weight_g, by_hand=True, **who)
        boxes.append(box.id)
    home = Sender("Practice house", "1 Dock Road", "Dayton", "45404", "US", province="OH")
    shipping.set_ship_from(session, warehouse_id=1, sender=home, **who)
    return boxes


def _bought(session: Session, box: int, who: dict[str, Any], *, number: str) -> Shipment:
    row = _buying(session, box, who)
    told = Bought(f"t-{box}", number, "https://www.ups.com/track", "")
    sheet = Document("application/zpl", CARRIER_LABEL)
    one = held(session, row.id)
    buying.is_bought(session, one, told, sheet, verb=Verb.CARRIER_OK, **who)
    return row


def _buying(session: Session, box: int, who: dict[str, Any]) -> Shipment:
    row = shipping.wish(session, package_id=box, **who)
    assert row is not None
    row.means = Means.SHIPPO
    one = held(session, row.id)
    buying.rated(session, one, QUOTE, **who)
    buying.intend(session, one, lease=GRACE, **who)
    return row


def _send(session: Session, box: int, who: dict[str, Any]) -> None:
    row = _bought(session, box, who, number=NUMBER)
    packing.stage(session, package_id=box, **who)
    lane = session.scalars(select(CarrierLane.id).where(CarrierLane.carrier == "UPS")).one()
    shipping.hand_over(session, lane_id=lane, package_id=box, **who)
    at = who["at"]
    told = (
        ("Shipment information received", "Dayton", Status.PRE_TRANSIT, 40),
        ("Departed from facility", "Columbus", Status.IN_TRANSIT, 25),
        ("Nobody at home, a notice was left", "Newark", Status.IN_TRANSIT, 5),
    )
    steps = tuple(
        Step(words, status, "", words, place, n == len(told) - 1, at - timedelta(minutes=ago))
        for n, (words, place, status, ago) in enumerate(told)
    )
    tracking.note(session, Track("UPS", row.tracking_number or "", "", steps), **who)


def _doubt(session: Session, box: int, who: dict[str, Any]) -> None:
    row = _buying(session, box, who)
    buying.is_in_doubt(session, held(session, row.id), "read timed out", grace=GRACE, **who)


def _fail(session: Session, box: int, who: dict[str, Any]) -> None:
    row = _buying(session, box, who)
    said = "The recipient's postal code does not fit its state."
    failing.fail(session, held(session, row.id), Verb.CARRIER_REFUSED, said, is_last=True, **who)


def _wait(session: Session, box: int, who: dict[str, Any]) -> None:
    _bought(session, box, who, number="1Z999AA10123456793")
    assert session.get_one(Package, box).state == "labelled"
