"""The board: orders against their trucks, what stands still, and what leads see of it on the start page."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.kit import NOON, a_bin, a_warehouse, an_item, an_order, shelve
from tests.visitors import a_badge, a_person, a_tablet, done
from wms.bins.tables import Warehouse
from wms.desk.queries.board import Board, board
from wms.desk.queries.cut_offs import Next, next_cut_off
from wms.orders.tables import FulfillmentOrder, Order
from wms.packing.tables import Package
from wms.printing.tables import PrinterNow
from wms.stations import actions as stations
from wms.stations.rules import DeviceKind

ROW = re.compile(r'href="/orders/(\d+)"')

STAGE = {
    "allocated": "waiting",
    "picking": "picking",
    "packed": "loading",
    "backordered": "stuck",
    "revoking": "stuck",
}


@pytest.fixture
def item(lite_house):
    item = an_item(lite_house.database, "MUG", name="Blue mug")
    shelve(
        lite_house.database, item, a_bin(lite_house.database, a_warehouse(lite_house.database)), 10
    )
    return item


def the_board(house, at=NOON) -> Board:
    with house.database.read() as session:
        return board(session, session.scalars(select(Warehouse)).one(), at)


def leaves(house, order_id, at, state="allocated"):
    done(
        house,
        lambda s: (
            s.execute(
                update(FulfillmentOrder)
                .where(FulfillmentOrder.order_id == order_id)
                .values(ship_by=at, state=state)
            ).rowcount
        ),
    )


def a_printer(house, condition, *, is_held=False):
    def do(session):
        device = stations.add_device(
            session,
            name="Zebra P2",
            kind=DeviceKind.PRINTER,
            address="zebra+tcp://127.0.0.1:9100",
            by=0,
            at=NOON,
        )
        session.add(
            PrinterNow(
                device_id=device.id, condition=condition, is_held=is_held, told_at=NOON, since=NOON
            )
        )
        return device.id

    return done(house, do)


def test_orders_of_one_truck_are_one_row_by_what_they_wait_for(lite_house, item):
    truck = NOON + timedelta(hours=3)
    for state in ("allocated", "picking", "picking", "packed"):
        leaves(lite_house, an_order(lite_house.database, (item, 1), carrier="UPS"), truck, state)

    [row] = the_board(lite_house).cut_offs

    assert (row.carrier, row.leaves) == ("UPS", truck)
    assert row.counts == {"waiting": 1, "picking": 2, "packing": 0, "loading": 1, "stuck": 0}
    assert the_board(lite_house).left == 4


def test_a_truck_that_is_gone_without_them_is_late_and_comes_first(lite_house, item):
    leaves(lite_house, an_order(lite_house.database, (item, 1)), NOON + timedelta(hours=2))
    leaves(lite_house, an_order(lite_house.database, (item, 1)), NOON - timedelta(hours=1))

    late, in_time = the_board(lite_house).cut_offs

    assert late.is_late(NOON)
    assert not in_time.is_late(NOON)


def test_what_only_waits_for_goods_makes_no_truck_late(lite_house, item):
    order = an_order(lite_house.database, (item, 1))
    leaves(lite_house, order, NOON - timedelta(hours=1), "backordered")

    [row] = the_board(lite_house).cut_offs

    assert row.counts["stuck"] == 1
    assert not row.is_late(NOON)


def test_trucks_of_other_days_stand_together_at_the_end(lite_house, item):
    for days in (0, 2, 3):
        when = NOON + timedelta(days=days, hours=1)
        leaves(lite_house, an_order(lite_house.database, (item, 1), carrier="UPS"), when)

    today, later = the_board(lite_house).cut_offs

    assert today.carrier == "UPS"
    assert (later.leaves, later.counts["waiting"]) == (None, 2)


@pytest.mark.parametrize(
    ("condition", "is_held", "stands"),
    [
        ("ready", False, 0),
        ("busy", False, 0),
        ("paper_out", False, 1),
        ("ready", True, 1),
    ],
)
def test_printers_that_print_nothing_are_told(lite_house, item, condition, is_held, stands):
    a_printer(lite_house, condition, is_held=is_held)

    assert len(the_board(lite_house).printers) == stands


def test_leads_see_trucks_and_printers_on_the_start_page(lead, lite_house, item):
    leaves(lite_house, an_order(lite_house.database, (item, 1), carrier="UPS"), NOON)
    a_printer(lite_house, "paper_out")

    text = lead.get("/").text

    assert "Against the trucks" in text
    assert "UPS" in text
    assert "Zebra P2" in text
    assert "Out of labels" in text
    assert "data-live" in text


def test_a_lead_is_told_how_many_orders_wait_for_a_wave_and_led_there(lead, app, lite_house, item):
    a_badge(lite_house, a_person(lite_house))
    a_tablet(app, lite_house)
    leaves(lite_house, an_order(lite_house.database, (item, 1)), NOON + timedelta(hours=3))

    text = lead.get("/").text

    assert "1 order waits for a wave." in text
    assert 'class="btn btn-primary" href="/waves"' in text
    assert "Nothing waits for you." not in text


CELL = re.compile(r'<a href="(/orders\?stage=[^"]+)">(\d+)</a>')


def test_every_figure_leads_to_just_the_orders_it_counts(lead, lite_house, item):
    now = lite_house.clock.now()
    stands = {}
    for carrier, hours, state in (
        ("UPS", 3, "backordered"),
        ("UPS", 3, "allocated"),
        ("DHL", 3, "picking"),
        ("UPS", 4, "picking"),
        ("UPS", 50, "picking"),
        ("DHL", 60, "picking"),
        ("UPS", 3, "revoking"),
        ("UPS", 3, "packed"),
    ):
        order = an_order(lite_house.database, (item, 1), carrier=carrier)
        leaves(lite_house, order, now + timedelta(hours=hours), state)
        truck = (hours, carrier) if hours <= 24 else None
        stands.setdefault((truck, STAGE[state]), set()).add(order)

    cells = [(html.unescape(url), int(count)) for url, count in CELL.findall(lead.get("/").text)]
    listed = [set(map(int, ROW.findall(lead.get(url).text))) for url, _ in cells]

    assert sorted(map(sorted, listed)) == sorted(map(sorted, stands.values()))
    assert [len(orders) for orders in listed] == [count for _, count in cells]


def test_a_figure_counts_parts_whose_order_is_over_and_leads_to_them(lead, lite_house, item):
    order = an_order(lite_house.database, (item, 1), carrier="UPS")
    leaves(lite_house, order, lite_house.clock.now() + timedelta(hours=3), "revoking")
    done(lite_house, lambda s: s.execute(update(Order).values(state="cancelled")).rowcount)

    [(url, count)] = CELL.findall(lead.get("/").text)

    assert count == "1"
    assert ROW.findall(lead.get(html.unescape(url)).text) == [str(order)]


def shipped(house, order_id, places, left_at):
    """Let an order have left in boxes, one for each place, at this moment."""

    def do(session):
        part = session.scalars(
            select(FulfillmentOrder).where(FulfillmentOrder.order_id == order_id)
        ).one()
        part.state = "shipped"
        for number, place in enumerate(places, 1):
            session.add(
                Package(
                    fo_id=part.id,
                    part=number,
                    number=f"{part.number}/{number}",
                    location_id=place,
                    packed_by=0,
                    state="handed_over",
                    weight_g=500,
                    label_code="L",
                    label_words={},
                    created_at=left_at,
                    handed_over_at=left_at,
                )
            )
        return part.id

    return done(house, do)


def test_orders_that_left_today_are_counted_once_by_the_clock_of_the_warehouse(house):
    database = house.database
    warehouse = a_warehouse(database)
    item = an_item(database, "MUG")
    shelve(database, item, a_bin(database, warehouse), 10)
    for hours in (0, 6, 8):  # there it is seven in the morning
        order = an_order(database, (item, 1))
        places = [a_bin(database, warehouse, f"BOX-{hours}-{number}") for number in (1, 2)]
        shipped(house, order, places, NOON - timedelta(hours=hours))

    assert the_board(house).shipped == 2


def test_a_place_of_the_board_keeps_its_name_and_its_search(lead, lite_house, item):
    leaves(lite_house, an_order(lite_house.database, (item, 1), carrier="UPS"), NOON)
    url = html.unescape(CELL.search(lead.get("/").text)[1])

    text = lead.get(f"{url}&q=nothing+like+it").text

    assert "To release · UPS" in text
    assert "No order fits that." in text
    assert '<input type="hidden" name="stage" value="waiting">' in text


@pytest.mark.parametrize(
    "mistyped",
    [
        "stage=lost&warehouse=1",
        "stage=stuck&warehouse=one",
        "stage=stuck&warehouse=1&leaves=soon",
        "stage=stuck&warehouse=1&leaves=0001-01-01T00:00%2B23:00",
    ],
)
def test_whoever_mistypes_a_place_sees_the_open_orders(lead, lite_house, item, mistyped):
    order = an_order(lite_house.database, (item, 1))

    assert ROW.findall(lead.get(f"/orders?{mistyped}").text) == [str(order)]


def test_the_list_of_orders_tells_the_next_truck_and_what_is_to_go(lead, lite_house, item):
    truck = lite_house.clock.now() + timedelta(hours=3)
    for carrier, at, state in (
        ("UPS", truck, "allocated"),
        ("UPS", truck, "packed"),
        ("UPS", truck, "backordered"),
        ("DHL", truck + timedelta(hours=1), "picking"),
        ("DHL", truck - timedelta(hours=9), "picking"),
    ):
        leaves(lite_house, an_order(lite_house.database, (item, 1), carrier=carrier), at, state)

    with lite_house.database.read() as session:
        upcoming = next_cut_off(session, lite_house.clock.now())

    assert upcoming == Next(truck, "UPS", 2)
    assert "2 orders to go" in lead.get("/orders").text


def test_trucks_that_leave_together_are_told_without_a_name(lite_house, item):
    truck = NOON + timedelta(hours=3)
    for carrier in ("UPS", "DHL"):
        leaves(lite_house, an_order(lite_house.database, (item, 1), carrier=carrier), truck)

    with lite_house.database.read() as session:
        assert next_cut_off(session, NOON) == Next(truck, "", 2)
        assert next_cut_off(session, truck + timedelta(hours=1)) is None


def test_pickers_see_no_board(picker, lite_house, item):
    a_printer(lite_house, "paper_out")

    text = picker.get("/").text

    assert "Against the trucks" not in text
    assert "Zebra P2" not in text
