from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from tests.kit import ADA, NOON, TESTER, a_draft, an_order, done, promisable
from tests.wms.orders.asking import decisions, facts, fo_states, holds_of, state_of, unkept
from wms.codes.queries import Kind, resolve
from wms.kernel.commands import command
from wms.orders import queries
from wms.orders.actions import WrongDrafts, bring_in
from wms.orders.tables import Order, OrderContact, OrderSource


def take_in(database, *drafts):
    return done(database, lambda session: bring_in(session, drafts, by=TESTER, at=NOON))


def test_an_order_that_nothing_stops_is_accepted_and_its_units_are_kept(
    database, here, shop, mug, bowl
):
    order = an_order(database, (mug, 2), (bowl, 1))

    assert state_of(database, order) == "accepted"
    assert fo_states(database, order) == ["allocated"]
    assert promisable(database, here, mug) == (100, 0, 2)
    assert facts(database, order) == ["OrderReceived", "OrderAccepted"]
    assert unkept(database) == []


def test_the_same_order_told_again_is_known(database, shop, mug):
    [first] = take_in(database, a_draft(shop, (mug, 1), source_id="S-1"))

    again = take_in(database, a_draft(shop, (mug, 7), source_id="S-1"))

    assert (first, again) == (1, [None])
    assert unkept(database) == []


def test_an_order_told_twice_in_one_file_counts_once(database, shop, mug):
    one, two = (a_draft(shop, (mug, units), source_id="S-1") for units in (1, 2))

    numbers = take_in(database, one, two, a_draft(shop, (mug, 1), source_id="S-2"))

    assert numbers == [1, None, 2]


def test_two_channels_may_call_their_orders_alike(database, here, shop, mug):
    from tests.kit import a_channel

    other = a_channel(database, "market")

    numbers = take_in(database, *[a_draft(one, (mug, 1), source_id="S-1") for one in (shop, other)])

    assert numbers == [1, 2]
    assert unkept(database) == []


def test_a_thousand_orders_and_the_same_again(database, here, shop, mug):
    drafts = [a_draft(shop, (mug, 1), source_id=f"S-{n}") for n in range(1_000)]

    first, again = take_in(database, *drafts), take_in(database, *drafts)

    assert first == list(range(1, 1_001))
    assert again == [None] * 1_000
    assert promisable(database, here, mug) == (100, 0, 100)
    assert unkept(database) == []


def test_the_same_command_gets_the_same_numbers(database, shop, mug):
    draft = a_draft(shop, (mug, 1))
    act = command("orders.bring_in", by=TESTER, at=NOON, key="once")

    def do(session):
        return bring_in(session, [draft], by=TESTER, at=NOON)

    first, again = database.write(act, do), database.write(act, do)

    assert (first.value, again.value, again.replayed) == ([1], [1], True)


def test_none_comes_in_where_one_cannot(database, shop, mug):
    good, bad = a_draft(shop, (mug, 1)), a_draft(shop, (mug, 0))

    with pytest.raises(WrongDrafts) as no:
        take_in(database, good, bad)

    assert [fault.where for fault in no.value.faults] == ["orders.1.lines.0.quantity"]
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Order)) == 0


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"lines": ()}, "lines"),
        ({"source_id": ""}, "source_id"),
        ({"number": "1" * 65}, "number"),
        ({"note": "a\x00b"}, "note"),
        ({"payment": "maybe"}, "payment"),
        ({"priority": 10**9}, "priority"),
        ({"total_minor": -1}, "total"),
        ({"placed_at": datetime(1, 1, 1, tzinfo=UTC)}, "placed_at"),
        ({"channel_id": 99}, "channel_id"),
        ({"contact": replace(ADA, street1="x" * 201)}, "street1"),
        ({"contact": replace(ADA, name="\ud800")}, "name"),
    ],
)
def test_what_cannot_be_kept_is_told_by_its_field(database, shop, mug, change, where):
    draft = replace(a_draft(shop, (mug, 1)), **change)

    with pytest.raises(WrongDrafts) as no:
        take_in(database, draft)

    assert [fault.where for fault in no.value.faults] == [f"orders.0.{where}"]


def test_an_item_that_nobody_knows_is_told_by_its_line(database, shop, mug):
    with pytest.raises(WrongDrafts) as no:
        take_in(database, a_draft(shop, (mug, 1), (99, 1)))

    assert [fault.where for fault in no.value.faults] == ["orders.0.lines.1.item_id"]


def test_a_note_may_have_several_lines(database, shop, mug):
    [order] = take_in(database, a_draft(shop, (mug, 1), note="Ring twice.\nThen wait."))

    assert state_of(database, order) == "accepted"


@pytest.mark.parametrize(
    ("facts_", "held", "state"),
    [
        ({"payment": "unpaid"}, ("payment", "release"), "accepted"),
        ({"payment": "authorized"}, ("payment", "release"), "accepted"),
        ({"payment": "refunded"}, ("payment", "accept"), "received"),
        ({"risk": "High"}, ("fraud", "accept"), "received"),
        ({"risk": "medium"}, ("fraud", "release"), "accepted"),
        ({"contact": replace(ADA, zip="")}, ("address", "accept"), "received"),
        ({"contact": replace(ADA, country="")}, ("address", "accept"), "received"),
    ],
)
def test_what_stops_an_order_stops_it_from_its_step_on(
    database, here, shop, mug, facts_, held, state
):
    order = an_order(database, (mug, 2), **facts_)

    assert holds_of(database, order) == [(*held, "active")]
    assert state_of(database, order) == state
    assert promisable(database, here, mug)[2] == (2 if state == "accepted" else 0)
    assert unkept(database) == []


def test_an_address_without_a_postcode_is_whole_where_there_are_none(database, shop, mug):
    order = an_order(database, (mug, 1), contact=replace(ADA, zip="", country="HK"))

    assert holds_of(database, order) == []


def test_a_personal_wish_stops_before_picking(database, shop, mug):
    draft = a_draft(shop, (mug, 1))
    draft = replace(draft, lines=(replace(draft.lines[0], personalisation="For Tim"),))

    [order] = take_in(database, draft)

    assert holds_of(database, order) == [("personalisation", "pick", "active")]
    assert state_of(database, order) == "accepted"


def test_why_is_kept_without_anything_personal(database, shop, mug):
    order = an_order(database, (mug, 1), risk="high", contact=replace(ADA, city=""))

    [made] = decisions(database, order)

    assert made.rule == "orders.check"
    assert made.inputs == {
        "missing": ["city"],
        "payment": "paid",
        "risk": "high",
        "personalised": 0,
    }
    assert made.choice == {
        "accepted": False,
        "holds": [["address", "accept"], ["fraud", "accept"]],
    }


def test_an_order_can_be_scanned(database, shop, mug):
    order = an_order(database, (mug, 1))

    with database.read() as session:
        [meaning] = resolve(session, f"WXO{order}")

    assert (meaning.kind, meaning.target_id) == (Kind.ORDER, order)


def test_what_the_channel_said_is_kept_word_for_word(database, shop, mug):
    order = an_order(database, (mug, 1), payload={"Name": "#1001", "Note Attributes": ["x"]})

    with database.read() as session:
        said = session.get_one(OrderSource, order).payload
        contact = session.get_one(OrderContact, order)

    assert said == {"Name": "#1001", "Note Attributes": ["x"]}
    assert (contact.name, contact.zip) == ("Ada Byron", "45402")


def test_what_nobody_has_waits_for_goods(database, here, shop, mug):
    order = an_order(database, (mug, 150))

    assert state_of(database, order) == "accepted"
    assert fo_states(database, order) == ["allocated", "backordered"]
    assert unkept(database) == []


def test_orders_have_names(database, shop, mug):
    order = an_order(database, (mug, 1), number="#1001")

    with database.read() as session:
        assert queries.names(session, [order]) == {order: "#1001"}
        assert queries.channel_names(session, [shop]) == {shop: "Channel shop"}
