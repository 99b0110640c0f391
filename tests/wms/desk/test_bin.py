"""The page of a bin: where it is, what is in it, what moved, and what was in it at a time by its own clock."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.kit import a_bin, a_place, a_warehouse, an_item, outside
from tests.visitors import a_person, done
from wms.bins import actions as bins
from wms.bins.actions import Layout
from wms.bins.places import Kind, Outside
from wms.bins.tables import Location
from wms.desk import queries
from wms.kernel.commands import command
from wms.stock import actions as stock
from wms.stock.moves import Move, Pile, Reason, StockStatus

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
"""07:00 in Dayton."""

MINUS = "\N{MINUS SIGN}"


@pytest.fixture(autouse=True)
def _evening(lite_house):
    lite_house.clock.moment = NOON + timedelta(hours=8)


@pytest.fixture
def warehouse(lite_house):
    return a_warehouse(lite_house.database)


@pytest.fixture
def place(lite_house, warehouse):
    return a_bin(lite_house.database, warehouse, "A-03-12-2", capacity_units=24, is_pick_face=True)


@pytest.fixture
def mug(lite_house):
    return an_item(lite_house.database, "MUG-1", name="Blue mug")


def at(house, moment, do, by=1):
    """Do something in one act that happened, and was told, at this moment."""
    return house.database.write(
        command("test", by=by, at=moment), lambda s: do(s, by, moment)
    ).value


@pytest.fixture
def history(lite_house, warehouse, place, mug):
    """A bin that got 10 mugs at noon; Kaya took 4 out at 14:00, and 2 broke at 16:00."""
    database = lite_house.database
    kaya = a_person(lite_house, name="Kaya")
    tote = a_place(database, warehouse, "STAGE-1", Kind.STAGE)
    supplier = outside(database, warehouse)

    def move(source, target, quantity, reason):
        return lambda s, by, when: stock.move(
            s, Move(mug, source, target, quantity, reason, reference="Order 7"), by=by, at=when
        )

    at(lite_house, NOON, move(supplier, place, 10, Reason.RECEIPT))
    at(lite_house, NOON + timedelta(hours=2), move(place, tote, 4, Reason.PICK), by=kaya)
    at(
        lite_house,
        NOON + timedelta(hours=4),
        lambda s, by, when: stock.change_status(
            s, pile=Pile(place, mug), quantity=2, status=StockStatus.DAMAGED, by=by, at=when
        ),
    )
    return place


def cells(text, caption):
    """The table under a caption, row by row, as plain words."""
    table = text.partition(f'<caption class="visually-hidden">{caption}</caption>')[2]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table.partition("</table>")[0], re.DOTALL)[1:]
    plain = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in plain]


def test_a_bin_says_what_is_in_it_and_how_full_it_is(picker, history):
    text = picker.get(f"/bins/{history}").text

    assert "Holds 6 of about 24." in text
    assert cells(text, "What is in it") == [
        ["Blue mug MUG-1", "Available", "4", "0", "4"],
        ["Blue mug MUG-1", "Damaged", "2", "0", "2"],
    ]


def test_what_moved_is_told_newest_first_by_the_clock_of_the_warehouse(picker, history):
    moved = cells(picker.get(f"/bins/{history}").text, "What moved here")

    assert [row[:2] for row in moved] == [
        ["5 Jan 2026, 11:00", "±2"],
        ["5 Jan 2026, 09:00", f"{MINUS}4"],
        ["5 Jan 2026, 07:00", "+10"],
    ]
    assert moved[0][3] == "now Damaged"
    assert moved[1][3:] == ["to STAGE-1", "Picked , Order 7", "Kaya"]
    assert moved[2][3] == "from Supplier"


def test_the_time_machine_shows_then_beside_now_and_who_moved_what_since(picker, history):
    text = picker.get(f"/bins/{history}?at=2026-01-05T08:30").text

    assert "What was here on 5 Jan 2026, 08:30" in text
    assert cells(text, "Then and now") == [
        ["Blue mug MUG-1", "–", "Available", "10", "4"],
        ["Blue mug MUG-1", "–", "Damaged", "0", "2"],
    ]
    since = cells(text, "Who moved what since")
    assert [(row[1], row[-1]) for row in since] == [("±2", "The picker"), (f"{MINUS}4", "Kaya")]


def test_before_anything_came_the_bin_was_empty(picker, history):
    text = picker.get(f"/bins/{history}?at=2026-01-01T00:00").text

    assert [row[3] for row in cells(text, "Then and now")] == ["0", "0"]
    assert len(cells(text, "Who moved what since")) == 3


def test_a_move_at_the_very_moment_counts_as_done(picker, history):
    text = picker.get(f"/bins/{history}?at=2026-01-05T09:00").text

    assert [row[3] for row in cells(text, "Then and now")] == ["6", "0"]
    assert [row[1] for row in cells(text, "Who moved what since")] == ["±2"]


def test_moves_that_the_book_learned_later_are_told(picker, lite_house, warehouse, place, mug):
    supplier = outside(lite_house.database, warehouse)
    late = command("test", by=1, at=NOON + timedelta(hours=3))
    late = type(late)(**{**vars(late), "occurred_at": NOON})
    lite_house.database.write(
        late,
        lambda s: stock.move(s, Move(mug, supplier, place, 5, Reason.RECEIPT), by=1, at=late.at),
    )

    text = picker.get(f"/bins/{place}?at=2026-01-05T08:00").text

    assert [row[3] for row in cells(text, "Then and now")] == ["5"]
    assert "1 of these moves reached the book later" in text


@pytest.mark.parametrize("said", ["soon", "2026-13-45T99:00", "0001-01-01T00:00", "' OR 1=1"])
def test_what_is_no_time_says_so_and_shows_now(picker, history, said):
    answer = picker.get(f"/bins/{history}", query_string={"at": said})

    assert answer.status_code == 200
    assert "That is no day and time." in answer.text
    assert len(cells(answer.text, "What is in it")) == 2


def test_the_future_is_still_to_come(picker, history):
    assert "That is still to come." in picker.get(f"/bins/{history}?at=2036-01-01T00:00").text


def test_the_address_is_told_in_parts_with_the_shelf_around_it(picker, lite_house, warehouse):
    done(
        lite_house,
        lambda session: (
            bins.build_layout(
                session,
                warehouse_id=warehouse,
                layout=Layout(aisles=3, bays=6, levels=3),
                by=1,
                at=lite_house.clock.now(),
            ).count
        ),
    )
    with lite_house.database.read() as session:
        place = session.scalars(select(Location).where(Location.code == "A-02-05-3")).one()
        around = queries.around(session, place)

    text = picker.get(f"/bins/{place.id}").text

    parts = [
        "<small>block</small>A",
        "<small>aisle</small>02",
        "<small>bay</small>05",
        "<small>level</small>3",
    ]
    assert [part in text for part in parts] == [True] * 4
    assert around.here == "05-3"
    assert list(around.shelves[0]) == ["01-3", "03-3", "05-3", "07-3", "09-3", "11-3"]
    assert len(around.shelves) == 3


def test_a_gap_in_the_shelf_stays_a_gap(lite_house, warehouse):
    for bay, level in ((1, 1), (1, 2), (2, 1)):
        place = a_bin(
            lite_house.database, warehouse, f"B-{bay}-{level}", aisle=1, bay=bay, level=level
        )
    with lite_house.database.read() as session:
        around = queries.around(session, session.get_one(Location, place))

    assert [list(shelf) for shelf in around.shelves] == [["01-2", ""], ["01-1", "02-1"]]


def test_a_dock_has_no_shelf(lite_house, warehouse):
    dock = a_place(lite_house.database, warehouse, "DOCK-1", Kind.DOCK)
    with lite_house.database.read() as session:
        assert queries.around(session, session.get_one(Location, dock)) is None


def test_a_lane_says_whose_parcels_wait_and_when_the_truck_leaves(picker, lite_house, warehouse):
    lane = a_place(lite_house.database, warehouse, "LANE-1", Kind.LANE)

    def do(session):
        when = lite_house.clock.now()
        made = bins.open_lane(
            session, warehouse_id=warehouse, carrier="UPS", location_id=lane, by=1, at=when
        )
        leaves = dict.fromkeys(range(7), time(17, 30))
        bins.edit_lane(session, lane_id=made.id, location_id=lane, leaves=leaves, by=1, at=when)

    done(lite_house, do)

    assert "17:30" in picker.get(f"/bins/{lane}").text.partition("Truck")[2][:200]


def test_a_tote_says_where_it_stands_and_where_it_stood(lead, lite_house, warehouse, place):
    tote = done(
        lite_house,
        lambda session: (
            bins.create_lpn(
                session,
                warehouse_id=warehouse,
                code="T-1",
                kind=Kind.TOTE,
                stands_in_id=place,
                by=1,
                at=lite_house.clock.now(),
            ).id
        ),
    )
    stage = a_place(lite_house.database, warehouse, "STAGE-2", Kind.STAGE)

    assert f'href="/bins/{place}">A-03-12-2</a>' in lead.get(f"/bins/{tote}").text
    lead.post(f"/bins/{tote}/move", to="STAGE-2")

    text = lead.get(f"/bins/{tote}").text
    assert f'href="/bins/{stage}">STAGE-2</a>' in text
    stood = text.partition("Where it stood")[2]
    assert stood.index("STAGE-2") < stood.index("A-03-12-2")
    assert "T-1" in lead.get(f"/bins/{stage}").text.partition("What stands on it")[2]


def test_leads_get_the_ways_to_change_and_pickers_do_not(lead, picker, history):
    for_lead, for_picker = lead.get(f"/bins/{history}").text, picker.get(f"/bins/{history}").text

    ways = [f"/bins/{history}/edit", "/stock/adjust?place=A-03-12-2", "/moves/new?place=A-03-12-2"]
    assert [way in for_lead for way in ways] == [True] * 3
    assert [way in for_picker for way in ways] == [False] * 3


def test_only_an_empty_bin_can_be_closed_and_used_again(lead, lite_house, history, warehouse):
    empty = a_bin(lite_house.database, warehouse, "A-9")

    assert f"/bins/{history}/close" not in lead.get(f"/bins/{history}").text
    text = lead.get(f"/bins/{empty}").text
    assert f'action="/bins/{empty}/close"' in text
    lead.post(f"/bins/{empty}/close", _version="1")

    text = lead.get(f"/bins/{empty}").text
    assert "This place is not used any more." in text
    lead.post(f"/bins/{empty}/restore")
    assert "This place is not used any more." not in lead.get(f"/bins/{empty}").text


def test_the_outside_shows_its_moves_only(picker, lite_house, history, warehouse):
    supplier = outside(lite_house.database, warehouse, Outside.SUPPLIER)

    text = picker.get(f"/bins/{supplier}").text

    assert "Outside of the warehouse" in text
    assert len(cells(text, "What moved here")) == 1
    assert "What was here before?" not in text


@pytest.mark.parametrize("number", ["999999", "9" * 30])
def test_a_bin_that_nobody_knows_is_not_found(picker, number):
    assert picker.get(f"/bins/{number}").status_code == 404
