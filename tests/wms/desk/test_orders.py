"""The list of orders with its views and its search, and the page of one order with every why."""

import re
from datetime import timedelta

import pytest

from tests.kit import (
    ADA,
    NOON,
    TESTER,
    a_bin,
    a_channel,
    a_place,
    a_warehouse,
    an_item,
    an_order,
    done,
    shelve,
)
from tests.visitors import as_role, open_app
from tests.wms.orders.fos import one_of_two_short, parts
from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.desk import queries
from wms.desk.queries import View
from wms.kernel.tables import Decision
from wms.orders import actions as orders
from wms.orders.drafts import Contact, Payment
from wms.orders.holds import HoldKind, Step
from wms.orders.tables import FulfillmentOrder
from wms.people.policy import Role
from wms.picking.tables import PickRun, ToteBinding
from wms.waves.tables import Wave

GRACE = Contact(
    name="Grace Hopper",
    email="grace@example.com",
    street1="7 Dock Road",
    city="Reno",
    zip="89501",
    province="NV",
    country="US",
)


@pytest.fixture
def warehouse(house):
    return a_warehouse(house.database)


@pytest.fixture
def mug(house, warehouse):
    """Ten mugs in A-01."""
    item_id = an_item(house.database, "MUG-1", name="White mug")
    shelve(house.database, item_id, a_bin(house.database, warehouse, "A-01"), 10)
    return item_id


@pytest.fixture
def lead(house):
    return as_role(open_app(house), house, Role.SUPERVISOR)


@pytest.fixture
def picker(house):
    return as_role(open_app(house), house, Role.PICKER)


def listed(house, view: View = View.OPEN, q: str = "", at=NOON) -> list[str]:
    with house.database.read() as session:
        found = queries.orders_listed(session, view, q, at, limit=50, cursor=None)
    assert found.total == len(found.rows)
    if not q and view is not View.ALL:
        assert found.counts[view] == found.total
    return [one.order.number for one in found.rows]


def hold(house, order_id: int, *, kind=HoldKind.MANUAL, blocks=Step.RELEASE) -> int:
    return done(
        house.database,
        lambda session: orders.hold(
            session,
            order_id=order_id,
            kind=kind,
            blocks=blocks,
            reason="Asked by phone",
            by=TESTER,
            at=NOON,
        ),
    )


def test_an_order_is_in_the_views_that_speak_of_it(house, mug):
    db = house.database
    an_order(db, (mug, 2), number="good")
    an_order(db, (mug, 1), number="risky", risk="high")
    an_order(db, (mug, 1), number="unpaid", payment=Payment.UNPAID)
    an_order(db, (mug, 90), number="short")
    cancelled = an_order(db, (mug, 1), number="over")
    done(db, lambda s: orders.cancel(s, order_id=cancelled, reason="no", by=TESTER, at=NOON))

    assert listed(house) == ["short", "unpaid", "risky", "good"]
    assert listed(house, View.ALL) == ["over", "short", "unpaid", "risky", "good"]
    assert listed(house, View.NEW) == ["short", "unpaid", "risky", "good"]
    assert listed(house, View.NEW, at=NOON + timedelta(days=2)) == []
    assert listed(house, View.REVIEW) == ["risky"]
    assert listed(house, View.HELD) == ["unpaid", "risky"]
    assert listed(house, View.READY) == ["short", "good"]
    assert listed(house, View.SHORT) == ["short"]


def test_what_is_late_longest_comes_first(house, mug):
    an_order(house.database, (mug, 1), number="tomorrow", placed_at=NOON)
    an_order(house.database, (mug, 1), number="next", placed_at=NOON)
    with house.database.read() as session:
        due = session.get(FulfillmentOrder, 1).ship_by

    assert listed(house, View.LATE) == []
    assert listed(house, View.LATE, at=due + timedelta(minutes=1)) == ["tomorrow", "next"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("10481", ["10481"]),
        ("1048", ["10482", "10481"]),
        ("hopper", ["10482"]),
        ("grace@example.com", ["10482"]),
        ("MUG-1", ["10481"]),
        ("mug-1", ["10481"]),
        ("WXTT-7", ["10482"]),
        ("T-7", ["10482"]),
        ("nobody", []),
    ],
)
def test_an_order_is_found_by_what_is_known_of_it(house, warehouse, mug, words, found):
    db = house.database
    cup = an_item(db, "CUP-1")
    shelve(db, cup, a_bin(db, warehouse, "A-02"), 5)
    an_order(db, (mug, 1), number="10481", contact=ADA)
    second = an_order(db, (cup, 1), number="10482", contact=GRACE)
    a_bound_tote(db, warehouse, "T-7", second)

    assert listed(house, q=words) == found


def a_bound_tote(database, warehouse_id: int, code: str, order_id: int) -> None:
    """Put a tote to an order as picking does: the rows that say so."""

    def do(session):
        tote = bins.create_lpn(
            session, warehouse_id=warehouse_id, code=code, kind=Kind.TOTE, by=TESTER, at=NOON
        )
        wave = Wave(
            warehouse_id=warehouse_id,
            number="1",
            state="released",
            filters={},
            plan={},
            created_at=NOON,
        )
        session.add(wave)
        session.flush()
        run = PickRun(
            warehouse_id=warehouse_id,
            wave_id=wave.id,
            number="R-1",
            kind="cluster",
            state="open",
            created_at=NOON,
        )
        session.add(run)
        session.flush()
        part = session.query(FulfillmentOrder).filter_by(order_id=order_id).one()
        bound = ToteBinding(tote_id=tote.id, run_id=run.id, slot=1, fo_id=part.id, bound_at=NOON)
        session.add(bound)

    done(database, do)


def test_the_list_tells_what_somebody_should_know(house, mug, picker):
    db = house.database
    an_order(db, (mug, 1), number="10481", contact=GRACE, carrier="UPS")
    an_order(db, (mug, 90), number="10482")
    an_order(db, (mug, 1), number="10483", payment=Payment.AUTHORIZED)

    page = picker.get("/orders").text

    assert "3 orders are open." in page
    assert "Grace Hopper" in page
    assert "Reno NV" in page
    assert "Short 81 units" in page
    assert "Hold: Payment" in page
    assert "Authorized" in page


@pytest.mark.parametrize("said", ["view=none", "q=%25", "q=%00%ff", "view=late&q=" + "x" * 5_000])
def test_whatever_is_asked_the_list_answers(house, mug, picker, said):
    assert picker.get(f"/orders?{said}").status_code == 200


def test_a_search_that_finds_nothing_leads_to_all_orders(house, mug, picker):
    an_order(house.database, (mug, 1), number="10481")

    assert 'href="/orders?view=all&amp;q=10999"' in picker.get("/orders?q=10999").text
    assert "Search for something else" in picker.get("/orders?view=all&q=10999").text


def test_a_cursor_of_another_list_is_refused(house, picker):
    assert picker.get("/orders?cursor=W10").status_code == 400


def test_the_page_of_an_order_tells_lines_with_bins_and_the_customer(house, mug, lead):
    number = an_order(
        house.database,
        (mug, 2),
        number="10481",
        contact=GRACE,
        currency="USD",
        total_minor=8640,
        gift_note="Happy first home",
    )

    page = lead.get(f"/orders/{number}").text

    assert "Order 10481" in page
    assert "White mug" in page
    assert ">A-01</a>" in page
    assert "7 Dock Road" in page
    assert "86.40 USD" in page
    assert "Happy first home" in page
    assert "Order 10481 came in from Channel shop" in page
    assert "All of 10481-1 is promised in bins" in page


def test_why_this_bin_names_the_winner_first_and_says_what_the_others_lacked(
    house, warehouse, mug, lead
):
    db = house.database
    shelve(db, mug, a_bin(db, warehouse, "B-09"), 1)
    shelve(db, mug, a_bin(db, warehouse, "A-02", is_pick_face=True), 5)
    number = an_order(db, (mug, 2))

    page = lead.get(f"/orders/{number}").text
    rows = re.findall(r"<td>(A-01|A-02 \(pick face\)|B-09)</td>.*?<td>([^<]*)</td></tr>", page)

    assert "Why A-02?" in page
    assert rows[0] == ("A-02 (pick face)", "Chosen: 2")
    assert dict(rows[1:]) == {"A-01": "No pick face", "B-09": "No pick face"}


def test_why_it_is_short_is_said_beside_what_was_found(house, mug, lead):
    number = an_order(house.database, (mug, 90))

    page = lead.get(f"/orders/{number}").text

    assert "Short: 80 of 90 units" in page
    assert "Backordered" in page


def test_nothing_to_promise_has_its_why_too(house, mug, lead):
    bare = an_item(house.database, "BARE")
    number = an_order(house.database, (bare, 1))

    assert "Why nothing of BARE?" in lead.get(f"/orders/{number}").text


def test_why_it_is_held_says_what_was_looked_at(house, mug, lead):
    number = an_order(house.database, (mug, 1), risk="high")

    page = lead.get(f"/orders/{number}").text

    assert "Why is it not accepted?" in page
    assert "Stops from the start" in page
    assert "The shop says the risk is high." in page
    assert "Nothing is promised yet: the order is not accepted." in page


def test_why_this_ship_by_says_which_truck_was_chosen(house, mug, lead):
    number = an_order(house.database, (mug, 1), promised_on=(NOON + timedelta(days=5)).date())

    page = lead.get(f"/orders/{number}").text

    assert "Chosen: the last truck that keeps the promised day" in page


def test_why_this_warehouse_says_what_the_others_lacked(house, warehouse, mug, lead):
    a_warehouse(house.database, "RNO", name="Reno")
    number = an_order(house.database, (mug, 2))

    page = lead.get(f"/orders/{number}").text

    assert "Why DAY?" in page
    assert "Chosen: it has all of it" in page
    assert "Lacks something" in page


def test_every_choice_made_for_an_order_has_words(house, warehouse, mug, lead):
    a_warehouse(house.database, "RNO", name="Reno")
    number = an_order(house.database, (mug, 2))
    with house.database.read() as session:
        made = session.query(Decision).count()
        told = queries.story(session, number).decisions

    page = lead.get(f"/orders/{number}").text

    assert len(told) == made >= 4
    assert page.count('class="because"') == made
    assert "desk." not in re.sub(r"href=\S+", "", page)
    assert "rule." not in page


def test_a_kit_is_shown_with_its_parts(house, warehouse, mug, lead):
    from wms.catalog.tables import KitPart

    db = house.database
    gift = an_item(db, "SET-1", name="Gift set")
    done(db, lambda session: session.add(KitPart(kit_id=gift, part_id=mug, quantity=2)))
    number = an_order(db, (gift, 1))

    page = lead.get(f"/orders/{number}").text

    assert "Gift set" in page
    assert "its parts below" in page
    assert ">A-01</a>" in page


def test_a_hold_by_hand_stands_on_the_page_until_it_is_lifted(house, mug, lead):
    number = an_order(house.database, (mug, 1))
    hold_id = hold(house, number)

    before = lead.get(f"/orders/{number}").text
    answer = lead.post(f"/holds/{hold_id}/lift", reason="She called back", _key="one")
    after = lead.get(f"/orders/{number}").text

    assert "Stopped by hand, stops before it is released: Asked by phone" in before
    assert answer.status_code == 303
    assert "No holds" in after
    assert "She called back" in after


def test_an_order_that_nobody_knows_is_not_found(house, lead):
    assert lead.get("/orders/999").status_code == 404


def test_a_picker_sees_an_order_and_no_button_of_a_lead(house, mug, picker):
    number = an_order(house.database, (mug, 1))

    page = picker.get(f"/orders/{number}").text

    assert f'action="/orders/{number}/cancel"' not in page
    assert "White mug" in page


def test_the_search_opens_an_order_by_its_number(house, mug, lead):
    number = an_order(house.database, (mug, 1), number="10481", contact=GRACE)

    exact, part = lead.get("/search?q=10481"), lead.get("/search?q=hopper").text

    assert exact.headers["Location"] == f"/orders/{number}"
    assert f'href="/orders/{number}"' in part


def test_the_pages_of_bin_and_item_say_for_whom_units_are_kept(house, warehouse, mug, lead):
    number = an_order(house.database, (mug, 3), number="10481")
    with house.database.read() as session:
        [kept] = queries.kept_of_item(session, mug, limit=5)

    for path in (f"/stock/items/{mug}", f"/bins/{kept.location_id}"):
        page = lead.get(path).text
        assert f'href="/orders/{number}"' in page
        assert "10481-1" in page
    assert (kept.units, kept.part) == (3, "10481-1")


def test_what_waits_for_its_last_units_can_be_let_go_on_its_page(house, warehouse, mug, lead):
    cup = an_item(house.database, "CUP-1")
    shelve(house.database, cup, a_bin(house.database, warehouse, "B-01"), 2)
    slow = a_channel(house.database, "SLOW", ships_partly=False)
    order = an_order(house.database, (mug, 1), (cup, 2), channel_id=slow)
    bench = a_place(house.database, warehouse, "BENCH-1", Kind.BENCH)
    fo, _ = one_of_two_short(house.database, order, bench)
    assert "Ship what is picked" in lead.get(f"/orders/{order}").text

    answer = lead.post(f"/fulfillment-orders/{fo}/ship-partial")

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/orders/{order}")
    assert parts(house.database, order) == ["picked", "backordered"]
    assert "Ship what is picked" not in lead.get(f"/orders/{order}").text
