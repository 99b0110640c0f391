from dataclasses import replace

import pytest

from tests.kit import ADA, NOON, TESTER, an_item, an_order, done, promisable
from tests.wms.orders.asking import (
    decisions,
    facts,
    fo_states,
    holds_of,
    state_of,
    the_order,
    unkept,
    wanted,
)
from tests.wms.orders.test_ending import cancel, release
from wms.catalog.tables import KitPart
from wms.kernel.refusal import Stale
from wms.orders import actions, queries
from wms.orders.actions import LineEdit
from wms.orders.drafts import Contact
from wms.orders.queries import NoSuchLine
from wms.orders.tables import OrderContact


def cancel_line(database, order, number, quantity):
    def do(session):
        line = queries.line(session, order, number)
        return actions.cancel_line(
            session, line_id=line.id, quantity=quantity, by=TESTER, at=NOON
        ).state

    return done(database, do)


def edit(database, order, *lines, expected=None):
    return done(
        database,
        lambda session: (
            actions.edit_lines(
                session, order_id=order, lines=lines, expected=expected, by=TESTER, at=NOON
            ).state
        ),
    )


def send_to(database, order, contact, expected=None):
    return done(
        database,
        lambda session: (
            actions.change_address(
                session, order_id=order, contact=contact, expected=expected, by=TESTER, at=NOON
            ).state
        ),
    )


def test_fewer_units_of_a_line_set_the_others_free(database, here, shop, mug, bowl):
    order = an_order(database, (mug, 5), (bowl, 1))

    cancel_line(database, order, 1, 2)

    assert wanted(database, order) == [(mug, 3), (bowl, 1)]
    assert fo_states(database, order) == ["cancelled", "allocated"]
    assert promisable(database, here, mug) == (100, 0, 3)
    assert state_of(database, order) == "accepted"
    assert unkept(database) == []


def test_without_any_line_left_the_order_is_cancelled(database, here, shop, mug, bowl):
    order = an_order(database, (mug, 1), (bowl, 1))

    cancel_line(database, order, 1, 1)
    last = cancel_line(database, order, 2, 1)

    assert last == "cancelled"
    assert promisable(database, here, bowl) == (100, 0, 0)
    assert unkept(database) == []


def test_a_line_of_a_stopped_order_can_be_taken_out(database, here, shop, mug, bowl):
    order = an_order(database, (mug, 1), (bowl, 1), risk="high")

    cancel_line(database, order, 1, 1)

    assert state_of(database, order) == "received"
    assert promisable(database, here, bowl) == (100, 0, 0)
    assert unkept(database) == []


def test_what_waits_for_goods_can_be_taken_out_while_the_rest_is_picked(database, here, shop, mug):
    order = an_order(database, (mug, 150))
    release(database, order)

    with pytest.raises(actions.OrderUnderWay):
        cancel_line(database, order, 1, 51)
    cancel_line(database, order, 1, 20)
    fewer = fo_states(database, order)
    cancel_line(database, order, 1, 30)

    assert fewer == ["released", "cancelled", "backordered"]
    assert fo_states(database, order) == ["released", "cancelled", "cancelled"]
    assert (state_of(database, order), wanted(database, order)) == (
        "in_fulfillment",
        [(mug, 100)],
    )
    assert unkept(database) == []


def test_a_kit_that_was_begun_is_taken_out_as_far_as_no_part_began(database, here, shop, mug, bowl):
    kit = an_item(database, "SET")
    done(
        database,
        lambda session: session.add_all(
            [
                KitPart(kit_id=kit, part_id=mug, quantity=10),
                KitPart(kit_id=kit, part_id=bowl, quantity=4),
            ]
        ),
    )
    order = an_order(database, (kit, 12))
    release(database, order)

    with pytest.raises(actions.OrderUnderWay):
        cancel_line(database, order, 1, 1)

    assert unkept(database) == []


@pytest.mark.parametrize("quantity", [0, 4, -1])
def test_no_more_is_taken_out_than_is_wanted(database, shop, mug, quantity):
    order = an_order(database, (mug, 3))

    with pytest.raises(actions.WrongLines):
        cancel_line(database, order, 1, quantity)


def test_a_line_that_is_not_there_cannot_be_taken_out(database, shop, mug):
    order = an_order(database, (mug, 3))

    with pytest.raises(NoSuchLine):
        cancel_line(database, order, 2, 1)


def test_lines_change_until_the_floor_begins(database, here, shop, mug, bowl):
    order = an_order(database, (mug, 5))

    edit(database, order, LineEdit(1, mug, 7), LineEdit(None, bowl, 2))
    more = wanted(database, order), promisable(database, here, bowl)
    release_last(database, order)

    assert more == ([(mug, 7), (bowl, 2)], (100, 0, 2))
    with pytest.raises(actions.OrderUnderWay):
        edit(database, order, LineEdit(1, mug, 1))
    assert unkept(database) == []


def release_last(database, order):
    from wms.orders.tables import FulfillmentOrder

    with database.read() as session:
        fo = session.query(FulfillmentOrder.id).filter_by(order_id=order, state="allocated").one()
    done(database, lambda session: actions.release(session, [fo[0]], by=TESTER, at=NOON))


def test_a_line_that_is_left_out_is_cancelled_and_can_come_back(database, here, shop, mug, bowl):
    order = an_order(database, (mug, 5), (bowl, 1))

    edit(database, order, LineEdit(2, bowl, 1))
    without = wanted(database, order)
    edit(database, order, LineEdit(1, mug, 2), LineEdit(2, bowl, 1))

    assert without == [(mug, 0), (bowl, 1)]
    assert wanted(database, order) == [(mug, 2), (bowl, 1)]
    assert promisable(database, here, mug) == (100, 0, 2)
    assert facts(database, order).count("OrderChanged") == 2
    assert unkept(database) == []


def test_a_new_personal_wish_stops_the_order(database, shop, mug):
    order = an_order(database, (mug, 1))

    edit(database, order, LineEdit(1, mug, 1), LineEdit(None, mug, 1, 0, "For Tim"))
    wish = holds_of(database, order)
    edit(database, order, LineEdit(1, mug, 1))

    assert wish == [("personalisation", "pick", "active")]
    assert holds_of(database, order) == [("personalisation", "pick", "lifted")]


def test_a_wish_that_was_made_stops_nothing_until_it_changes(database, shop, mug, bowl):
    order = an_order(database, (mug, 1))
    edit(database, order, LineEdit(1, mug, 1, personalisation="For Tim"))
    with database.read() as session:
        [hold] = queries.holds(session, [order])[order]
    done(
        database,
        lambda session: (
            actions.lift(session, hold_id=hold.id, outcome="Made", by=TESTER, at=NOON).id
        ),
    )

    edit(database, order, LineEdit(1, mug, 1), LineEdit(None, bowl, 1))
    made = holds_of(database, order)
    edit(database, order, LineEdit(1, mug, 2), LineEdit(2, bowl, 1))

    assert made == [("personalisation", "pick", "lifted")]
    assert holds_of(database, order)[1:] == [("personalisation", "pick", "active")]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (LineEdit(9, 1, 1), "lines.0.line"),
        (LineEdit(1, 2, 1), "lines.0.item_id"),
        (LineEdit(None, 99, 1), "lines.0.item_id"),
        (LineEdit(1, 1, 0), "lines.0.quantity"),
    ],
)
def test_lines_that_cannot_be_are_told_by_their_field(database, shop, mug, bowl, line, where):
    order = an_order(database, (mug, 1))

    with pytest.raises(actions.WrongLines) as no:
        edit(database, order, line)

    assert [fault.where for fault in no.value.faults] == [where]
    assert wanted(database, order) == [(mug, 1)]


def test_a_whole_address_lets_the_order_go_on(database, here, shop, mug):
    order = an_order(database, (mug, 2), contact=Contact(name="Ada Byron", country="US"))
    assert state_of(database, order) == "received"

    assert send_to(database, order, ADA) == "accepted"

    assert holds_of(database, order) == [("address", "accept", "lifted")]
    assert promisable(database, here, mug) == (100, 0, 2)
    assert [made.choice["accepted"] for made in decisions(database, order)] == [False, True]
    with database.read() as session:
        assert session.get_one(OrderContact, order).street1 == "12 Mill Street"
    assert unkept(database) == []


def test_a_new_address_opens_no_hold_that_somebody_lifted(database, shop, mug):
    order = an_order(database, (mug, 2), payment="unpaid")
    with database.read() as session:
        [hold] = queries.holds(session, [order])[order]
    done(
        database,
        lambda session: (
            actions.lift(session, hold_id=hold.id, outcome="Pays by bill", by=TESTER, at=NOON).id
        ),
    )

    send_to(database, order, replace(ADA, street1="13 Mill Street"))

    assert holds_of(database, order) == [("payment", "release", "lifted")]


def test_an_address_that_no_parcel_finds_is_not_taken(database, shop, mug):
    order = an_order(database, (mug, 2))

    with pytest.raises(actions.WrongAddress) as no:
        send_to(database, order, replace(ADA, city="", zip=""))

    assert [fault.where for fault in no.value.faults] == ["city", "zip"]


def test_the_address_changes_while_the_floor_picks(database, shop, mug):
    order = an_order(database, (mug, 2))
    release(database, order)

    send_to(database, order, replace(ADA, street1="13 Mill Street"))

    assert facts(database, order)[-1] == "OrderChanged"


def test_whoever_saw_another_version_looks_again(database, shop, mug):
    order = an_order(database, (mug, 2))
    seen = the_order(database, order).version
    send_to(database, order, ADA, expected=seen)

    with pytest.raises(Stale):
        send_to(database, order, ADA, expected=seen)
    with pytest.raises(Stale):
        edit(database, order, LineEdit(1, mug, 1), expected=seen)


def test_what_is_over_stays_as_it_is(database, shop, mug):
    order = an_order(database, (mug, 2))
    cancel(database, order)

    for change in (
        lambda: send_to(database, order, ADA),
        lambda: edit(database, order, LineEdit(1, mug, 1)),
        lambda: cancel_line(database, order, 1, 1),
    ):
        with pytest.raises(actions.OrderOver):
            change()
