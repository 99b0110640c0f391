"""Orders on pages: by hand, changed, stopped, merged."""

import pytest

from tests import visitors
from tests.kit import an_item, an_order
from tests.wms.orders.asking import hold_id_of, holds_of, state_of, the_order, unkept, wanted
from wms.orders.tables import OrderContact
from wms.people.policy import Role


@pytest.fixture
def database(lite_house):
    return lite_house.database


@pytest.fixture
def app(lite_house):
    return visitors.open_app(lite_house)


@pytest.fixture
def ana(app, lite_house):
    return visitors.as_role(app, lite_house, Role.SUPERVISOR)


TYPED = {
    "name": "Ada Byron",
    "street1": "12 Mill Street",
    "city": "Dayton",
    "zip": "45402",
    "province": "OH",
    "country": "us",
    "channel": "desk",
    "payment": "paid",
    "currency": "eur",
    "item_0": "MUG",
    "quantity_0": "2",
    "price_0": "6,25",
}


def text(answer):
    return answer.get_data(as_text=True)


def test_an_order_is_taken_in_by_hand(ana, database, here, mug):
    assert ana.get("/orders/new").status_code == 200

    answer = ana.post("/orders", **TYPED, _key="k-1")
    again = ana.post("/orders", **TYPED, _key="k-1")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/orders/1")
    assert again.headers["Location"] == "/orders/1"
    order = the_order(database, 1)
    assert (order.state, order.number, order.currency, order.total_minor) == (
        "accepted",
        "D1",
        "EUR",
        1_250,
    )
    assert wanted(database, 1) == [(mug, 2)]
    assert unkept(database) == []


def test_an_item_is_found_by_part_of_its_name(ana, database, here, shelf):
    heart = an_item(database, "85123A", name="White hanging heart")

    ana.post("/orders", **TYPED | {"item_0": "hanging"})

    assert wanted(database, 1) == [(heart, 2)]


def test_what_fits_several_items_is_asked_back(ana, database, here):
    an_item(database, "85123A", name="White heart")
    an_item(database, "85123B", name="Blue heart")

    looked = ana.post("/orders", **TYPED | {"item_0": "heart", "find": "1"})
    answer = ana.post("/orders", **TYPED | {"item_0": "heart"})

    assert looked.status_code == 200
    assert "85123A White heart; 85123B Blue heart" in text(looked)
    assert answer.status_code == 422
    assert "Type the SKU of the one you mean." in text(answer)
    assert 'value="6,25"' in text(answer)


def test_what_nobody_knows_is_told_by_its_row(ana, database, here, mug):
    answer = ana.post("/orders", **TYPED | {"item_3": "NOBODY", "quantity_3": "1"})

    assert answer.status_code == 422
    assert 'id="item_3-refused"' in text(answer)


def test_an_order_of_nothing_is_not_taken_in(ana, database, here):
    answer = ana.post("/orders", **TYPED | {"item_0": "", "quantity_0": ""})

    assert answer.status_code == 422
    assert "Add a line." in text(answer)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("quantity_0", "none"),
        ("price_0", "a lot"),
        ("promised_on", "tomorrow"),
        ("payment", "maybe"),
        ("priority", "high"),
        ("channel", "nowhere"),
        ("currency", "EURO"),
    ],
)
def test_what_cannot_be_kept_stands_by_its_field(ana, database, here, mug, field, typed):
    answer = ana.post("/orders", **TYPED | {field: typed})

    assert answer.status_code == 422
    assert f'id="{field}-refused"' in text(answer)


def test_a_note_of_several_lines_is_kept(ana, database, here, mug):
    ana.post("/orders", **TYPED | {"note": "Ring twice.\r\nThen wait."})

    assert the_order(database, 1).note == "Ring twice.\r\nThen wait."


def test_lines_are_changed_dropped_and_added(ana, database, here, shop, mug, bowl):
    order = an_order(database, (mug, 1), (bowl, 1))
    page = text(ana.get(f"/orders/{order}/lines"))
    version = the_order(database, order).version
    assert 'value="MUG"' in page

    answer = ana.post(
        f"/orders/{order}/lines",
        _version=version,
        item_1="BOWL",
        quantity_1="4",
        item_2="MUG",
        quantity_2="3",
    )

    assert answer.status_code == 303
    assert wanted(database, order) == [(mug, 0), (bowl, 4), (mug, 3)]
    late = ana.post(f"/orders/{order}/lines", _version=version, item_0="BOWL", quantity_0="1")
    assert late.status_code == 412


def test_another_item_in_a_row_is_another_line(ana, database, here, shop, mug, bowl):
    order = an_order(database, (mug, 1))

    ana.post(f"/orders/{order}/lines", item_0="BOWL", quantity_0="2")

    assert wanted(database, order) == [(mug, 0), (bowl, 2)]


def test_units_of_a_line_are_taken_out(ana, database, shop, mug, bowl):
    order = an_order(database, (mug, 3), (bowl, 1))

    ana.post(f"/orders/{order}/lines/1/cancel", quantity="2")
    ana.post(f"/orders/{order}/lines/2/cancel")

    assert wanted(database, order) == [(mug, 1), (bowl, 0)]


def test_the_address_is_changed(ana, database, shop, mug):
    order = an_order(database, (mug, 3))
    assert "12 Mill Street" in text(ana.get(f"/orders/{order}/address"))
    whole = {
        name: TYPED[name] for name in ("name", "street1", "city", "zip", "province", "country")
    }

    wrong = ana.post(f"/orders/{order}/address", **whole | {"city": ""})
    right = ana.post(f"/orders/{order}/address", **whole | {"street1": "13 Mill Street"})

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert 'id="city-refused"' in text(wrong)
    with database.read() as session:
        contact = session.get_one(OrderContact, order)
    assert (contact.street1, contact.country) == ("13 Mill Street", "US")


def test_an_order_is_stopped_and_set_free(ana, database, shop, mug):
    order = an_order(database, (mug, 3))
    assert ana.get(f"/orders/{order}/hold").status_code == 200

    bare = ana.post(f"/orders/{order}/hold", reason=" ")
    short = ana.post(f"/orders/{order}/hold", reason="Ask first")
    ana.post(
        f"/orders/{order}/hold",
        reason="May change",
        kind="customer_change",
        blocks="pick",
        hours="2",
    )
    ana.post(f"/holds/{hold_id_of(database, order)}/lift", reason="She said yes")

    assert (bare.status_code, short.status_code) == (422, 303)
    assert holds_of(database, order) == [
        ("manual", "release", "lifted"),
        ("customer_change", "pick", "active"),
    ]


def test_a_hold_is_handed_on_and_overturned(ana, database, shop, mug):
    order = an_order(database, (mug, 3), risk="high")
    hold = hold_id_of(database, order)

    ana.post(f"/holds/{hold}/escalate")
    ana.post(f"/holds/{hold}/overturn", reason="Stolen card")

    assert holds_of(database, order) == [("fraud", "accept", "overturned")]
    assert state_of(database, order) == "cancelled"


def test_an_order_is_cancelled(ana, database, shop, mug):
    order = an_order(database, (mug, 3))

    answer = ana.post(f"/orders/{order}/cancel", reason="Ordered twice")
    again = ana.post(f"/orders/{order}/cancel", reason="Ordered twice")

    assert (answer.status_code, state_of(database, order)) == (303, "cancelled")
    assert again.status_code == 409


def test_money_is_said_to_have_come(ana, database, shop, mug):
    order = an_order(database, (mug, 3), payment="unpaid")

    ana.post(f"/orders/{order}/payment", verb="capture")

    assert the_order(database, order).payment == "paid"


def test_orders_of_one_customer_are_merged(ana, database, shop, mug):
    first, second = an_order(database, (mug, 1)), an_order(database, (mug, 2))
    assert f'value="{second}"' in text(ana.get(f"/orders/{first}/merge"))

    nothing = ana.post(f"/orders/{first}/merge")
    answer = ana.post(f"/orders/{first}/merge", other=[str(second)])

    assert (nothing.status_code, answer.status_code) == (422, 303)
    assert answer.headers["Location"] == f"/orders/{first}"
    assert wanted(database, first) == [(mug, 1), (mug, 2)]


@pytest.mark.parametrize("path", ["lines", "address", "hold", "merge"])
def test_what_nobody_knows_has_no_page(ana, path):
    assert ana.get(f"/orders/404/{path}").status_code == 404
    assert ana.post(f"/orders/404/{path}", reason="x", **TYPED, other="1").status_code == 404


@pytest.mark.parametrize("role", [Role.PICKER, Role.PACKER])
def test_the_floor_changes_no_orders(app, lite_house, database, shop, mug, role):
    order = an_order(database, (mug, 1))
    mia = visitors.as_role(app, lite_house, role)

    assert mia.get("/orders/new").status_code == 403
    assert mia.post(f"/orders/{order}/cancel", reason="x").status_code == 403
