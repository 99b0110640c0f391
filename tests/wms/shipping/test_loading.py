"""Parcels go into their truck by scan, and only those that may."""

from datetime import timedelta

import pytest

from tests.kit import TESTER, done
from tests.tablet import at_tablet
from wms.floor.turn import Order, Tone
from wms.orders import actions as orders
from wms.packing import actions as packing
from wms.shipping import actions as shipping
from wms.shipping.tables import Manifest


@pytest.fixture
def loader(lite_dock):
    return Loader(lite_dock)


class Loader:
    """Somebody with a tablet at the lanes."""

    def __init__(self, dock):
        self.dock = dock
        self.show = at_tablet(dock)

    def scan(self, code):
        return self.show(code=code)

    def press(self, order):
        return self.show(order=order)


def test_a_staged_parcel_goes_into_the_truck_of_its_carrier_and_its_order_is_shipped(dock):
    box = dock.staged(carrier="UPS")
    fo = dock.package(box).fo_id

    dock.load("UPS", box)
    dock.act(shipping.leave, lane_id=dock.lanes["UPS"])

    label = dock.label_of(box)
    assert (label.state, dock.package(box).state, dock.fo_state(fo)) == (
        "handed_over",
        "handed_over",
        "shipped",
    )
    assert dock.loaded() == [label.id]
    with dock.database.read() as session:
        [truck] = session.query(Manifest).all()
    assert (truck.number, truck.closed_at is not None) == (f"M-{truck.id:06d}", True)
    assert dock.broken() == []


@pytest.mark.parametrize(
    ("make", "carrier", "refusal"),
    [
        ("staged", "USPS", shipping.OtherLane),
        ("labelled", "UPS", shipping.LabelNotSeen),
        ("weighed", "UPS", shipping.NoLabelYet),
    ],
)
def test_a_parcel_that_is_not_ready_stays_here(lite_dock, make, carrier, refusal):
    box = getattr(lite_dock, make)(carrier="UPS")

    with pytest.raises(refusal):
        lite_dock.load(carrier, box)
    assert lite_dock.loaded() == []


def test_a_parcel_of_a_cancelled_order_stays_here(lite_dock):
    box = lite_dock.staged(carrier="UPS")
    lite_dock.cancel(lite_dock.package(box).fo_id)

    with pytest.raises(shipping.ParcelCancelled):
        lite_dock.load("UPS", box)


def test_a_parcel_of_a_held_order_stays_here(lite_dock):
    box = lite_dock.staged(carrier="UPS")
    order_id = lite_dock.order_of(lite_dock.package(box).fo_id)
    lite_dock.act(orders.hold, order_id=order_id, kind="manual", blocks="handover", reason="asked")

    with pytest.raises(shipping.ParcelHeld):
        lite_dock.load("UPS", box)


def test_a_parcel_leaves_once(lite_dock):
    box = lite_dock.staged(carrier="UPS")
    lite_dock.load("UPS", box)

    with pytest.raises(shipping.LeftAlready):
        lite_dock.load("UPS", box)


def test_a_truck_leaves_once_and_not_empty(lite_dock):
    box = lite_dock.staged(carrier="UPS")
    with pytest.raises(shipping.NothingLoaded):
        lite_dock.act(shipping.leave, lane_id=lite_dock.lanes["UPS"])
    lite_dock.load("UPS", box)
    with lite_dock.database.read() as session:
        [truck] = session.query(Manifest).all()
    lite_dock.act(shipping.truck_left, manifest_id=truck.id)

    with pytest.raises(shipping.LeftBefore):
        lite_dock.act(shipping.truck_left, manifest_id=truck.id)


def test_loading_by_scans_from_the_tile_to_the_truck(loader):
    dock = loader.dock
    box, other = dock.staged(carrier="UPS"), dock.staged(carrier="USPS")
    first = loader.press(Order.WORK)
    stray = loader.scan(dock.package(box).label_code)
    lane = loader.scan("LANE-UPS")
    with pytest.raises(shipping.OtherLane):
        loader.scan(dock.package(other).label_code)
    number = loader.scan(dock.package(box).number)
    loaded = loader.scan(dock.package(box).label_code)
    undo = loader.press(Order.UNDO)
    away = loader.press(Order.DONE)
    loader.scan("LANE-USPS")
    loader.scan("420" + "90001" + dock.package(other).label_code)
    home = loader.press(Order.DONE)

    assert (first.step, set(first.expects)) == ("lane", {"LANE-UPS", "LANE-USPS"})
    assert stray.say.id == "shipping.scan_a_lane"
    assert (lane.step, lane.amount.of, lane.target) == ("parcel", 1, "UPS")
    assert number.say.id == "shipping.scan_its_label"
    assert (loaded.tone, loaded.amount.done) == (Tone.LINE, 1)
    assert undo.say.id == "shipping.cannot_unload"
    assert (away.tone, away.step) == (Tone.TASK, "lane")
    assert home.process == ""
    assert len(dock.loaded()) == 2


def test_a_parcel_that_wears_a_void_label_is_sent_to_a_bench(loader):
    dock = loader.dock
    box, other = (dock.staged(carrier="UPS") for _ in range(2))
    number = dock.package(box).label_code
    dock.void(box)
    loader.press(Order.WORK)
    loader.scan("LANE-UPS")

    void = loader.scan(number)
    strange = loader.scan("1Z4711")

    assert [turn.say.id for turn in (void, strange)] == [
        "shipping.label_is_void",
        "shipping.unknown_parcel",
    ]
    assert loader.scan(dock.package(other).label_code).say.id == "shipping.loaded"


def test_two_boxes_of_an_order_leave_one_by_one(lite_dock):
    [fo] = lite_dock.pick([("MUG", 2), ("LAMP", 1)], carrier="UPS")
    first = lite_dock.open(fo)
    mugs, lamp = lite_dock.waiting(fo)
    lite_dock.put_in(first, *mugs)
    lite_dock.close(first, "S")
    lite_dock.weigh(first)
    second = lite_dock.do(packing.open_package, fo_id=fo, station_id=lite_dock.station)
    lite_dock.put_in(second, *lamp)
    lite_dock.close(second, "L")
    lite_dock.weigh(second)
    lite_dock.settle()
    lite_dock.buy()
    for box in (first, second):
        lite_dock.do(packing.stage, package_id=box)
    lite_dock.load("UPS", first)
    between = lite_dock.fo_state(fo)
    lite_dock.clock.forward(timedelta(hours=1))
    lite_dock.load("UPS", second)

    assert (between, lite_dock.fo_state(fo)) == ("packed", "shipped")
    assert lite_dock.ledger()["sold"] == 2
    assert lite_dock.broken() == []


def test_a_truck_leaves_after_its_last_parcel_whoever_looked_at_the_clock_first(dock):
    dock.means("UPS", "own")
    box = dock.weighed(carrier="UPS")
    dock.do(packing.stage, package_id=box)
    lane, asked = dock.lanes["UPS"], dock.clock.now()
    loaded = asked + timedelta(milliseconds=40)
    truck = {"lane_id": lane, "by": TESTER}

    done(
        dock.database,
        lambda s: shipping.hand_over(s, **truck, package_id=box, at=loaded).parcels,
    )
    done(dock.database, lambda s: shipping.leave(s, **truck, at=asked).id)

    dock.settle()
    with dock.database.read() as session:
        assert session.query(Manifest).one().closed_at == loaded
    assert dock.broken() == []
