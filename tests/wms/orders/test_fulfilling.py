"""An accepted order becomes work: routed, due by its truck, promised, and split where a part must wait."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from tests.kit import (
    TESTER,
    a_bin,
    a_channel,
    a_draft,
    a_place,
    a_warehouse,
    an_item,
    an_order,
    done,
    promisable,
    shelve,
)
from tests.wms.orders.asking import state_of, the_order, unkept
from tests.wms.orders.fos import WHO, counted, fo_id, fo_ids, parts, promised
from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.bins.tables import PathEdge
from wms.catalog.tables import KitPart
from wms.kernel.tables import Decision
from wms.orders import actions, queries
from wms.orders.actions import NoWarehouse


def decided(database, rule):
    with database.read() as session:
        return list(
            session.scalars(select(Decision).where(Decision.rule == rule).order_by(Decision.id))
        )


def test_every_unit_of_an_order_is_promised_in_a_bin(database, here, mug, bowl):
    order = an_order(database, (mug, 3), (bowl, 1))

    assert parts(database, order) == ["allocated"]
    assert counted(database, fo_id(database, order)) == [(3, 3, 0, 0), (1, 1, 0, 0)]
    assert promisable(database, here, mug) == (100, 0, 3)
    assert state_of(database, order) == "accepted"
    assert unkept(database) == []


def test_two_lines_of_one_item_have_promises_of_their_own(database, mug):
    order = an_order(database, (mug, 3), (mug, 2))

    fo = fo_id(database, order)
    assert [(one.fo_line_id, one.quantity) for one in promised(database, fo)] == [(1, 3), (2, 2)]
    assert unkept(database) == []


def test_what_nobody_has_waits_as_a_part_of_its_own(database, mug):
    cup = an_item(database, "CUP")
    order = an_order(database, (mug, 120), (cup, 2), (mug, 1))

    first, rest = fo_ids(database, order)
    assert parts(database, order) == ["allocated", "backordered"]
    assert counted(database, first) == [(100, 100, 0, 0)]
    assert counted(database, rest) == [(20, 0, 0, 0), (2, 0, 0, 0), (1, 0, 0, 0)]
    assert unkept(database) == []


def test_a_channel_that_ships_whole_keeps_nothing_from_others(database, here, mug):
    slow = a_channel(database, "SLOW", ships_partly=False)

    order = an_order(database, (mug, 101), channel_id=slow)

    assert parts(database, order) == ["backordered"]
    assert promisable(database, here, mug) == (100, 0, 0)
    assert unkept(database) == []


def test_the_higher_priority_then_the_earlier_promise_comes_first(database, shelf, shop):
    cup = an_item(database, "CUP")
    shelve(database, cup, shelf, 2)
    days = {"a": (0, None), "b": (0, date(2026, 1, 8)), "c": (0, date(2026, 1, 7)), "d": (5, None)}
    drafts = [
        a_draft(shop, (cup, 1), number=name, priority=priority, promised_on=day)
        for name, (priority, day) in days.items()
    ]

    orders = done(database, lambda session: actions.bring_in(session, drafts, **WHO))

    got = {name: parts(database, order)[0] for name, order in zip(days, orders, strict=True)}
    assert [name for name, state in got.items() if state == "allocated"] == ["a", "d"]


def test_asked_again_only_what_is_not_covered_is_wanted(database, mug):
    order = an_order(database, (mug, 3))

    again = done(database, lambda session: actions.fulfil(session, [order], **WHO))

    assert again == []
    assert parts(database, order) == ["allocated"]


def test_without_a_warehouse_nothing_can_be_worked_on(database):
    cup = an_item(database, "CUP")

    with pytest.raises(NoWarehouse):
        an_order(database, (cup, 1))


def test_two_channels_may_count_alike(database, mug, shop):
    other = a_channel(database, "OTHER")
    drafts = [a_draft(channel, (mug, 1), number="1001") for channel in (shop, other)]

    done(database, lambda session: actions.bring_in(session, drafts, **WHO))

    with database.read() as session:
        names = queries.fo_names(session, [1, 2])
    assert dict(names) == {1: "1001-1", 2: "1001-1~2"}


def test_a_kit_is_picked_as_its_parts(database, here, mug, bowl):
    kit = an_item(database, "SET")
    done(
        database,
        lambda session: session.add_all(
            [
                KitPart(kit_id=kit, part_id=mug, quantity=2),
                KitPart(kit_id=kit, part_id=bowl, quantity=1),
            ]
        ),
    )

    order = an_order(database, (kit, 3))

    assert counted(database, fo_id(database, order)) == [(6, 6, 0, 0), (3, 3, 0, 0)]
    assert promisable(database, here, mug) == (100, 0, 6)
    assert unkept(database) == []


def test_the_warehouse_that_has_all_of_it_works_on_it(database, mug, bowl):
    far = a_warehouse(database, "FAR", name="Far")
    there = a_bin(database, far, "F-01")
    cup = an_item(database, "CUP")
    shelve(database, cup, there, 1)
    shelve(database, mug, there, 1)

    orders = [an_order(database, (cup, 1), (mug, 1)), an_order(database, (mug, 1), (bowl, 1))]

    with database.read() as session:
        houses = [queries.fos_of(session, order)[0].warehouse_id for order in orders]
    assert houses[0] == far != houses[1]
    first, second = decided(database, "orders.route")
    assert (first.choice["why"], first.choice["passed"][0][1]) == ("has_all", "lacks")
    assert second.subject_id == orders[1]
    assert unkept(database) == []


def test_the_time_to_ship_by_is_the_carriers_last_truck_of_the_promised_day(database, here, mug):
    def truck(session):
        stage = bins.create_location(
            session, warehouse_id=here, code="LANE-1", kind=Kind.LANE, **WHO
        )
        lane = bins.open_lane(
            session, warehouse_id=here, carrier="dhl", location_id=stage.id, **WHO
        )
        leaves = {3: time(17, 30)}
        bins.edit_lane(session, lane_id=lane.id, location_id=stage.id, leaves=leaves, **WHO)

    done(database, truck)

    order = an_order(database, (mug, 1), carrier="DHL", promised_on=date(2026, 1, 9))

    due = datetime(2026, 1, 8, 22, 30, tzinfo=UTC)
    assert the_order(database, order).ship_by == due
    [kept] = decided(database, "orders.ship_by")
    assert kept.choice["why"] == "promised"
    assert kept.choice["passed"] == [["2026-01-09", "no_truck"]]
    assert unkept(database) == []


def test_of_two_bins_the_one_nearer_to_the_bench_is_promised(database, here):
    cup = an_item(database, "CUP")
    far = a_bin(database, here, "A-01-far", x_mm=0, y_mm=9_000, aisle=1)
    near = a_bin(database, here, "A-02-near", x_mm=0, y_mm=2_000, aisle=1)
    a_place(database, here, "BENCH-1", Kind.BENCH, x_mm=0, y_mm=0)
    edge = PathEdge(
        warehouse_id=here, from_x_mm=0, from_y_mm=0, to_x_mm=0, to_y_mm=10_000, length_mm=10_000
    )
    done(database, lambda session: session.add(edge))
    shelve(database, cup, far, 5)
    shelve(database, cup, near, 5)

    order = an_order(database, (cup, 1))

    [promise] = promised(database, fo_id(database, order))
    assert promise.location_id == near
    [choice] = decided(database, "stock.allocate")
    [line] = choice.choice["lines"]
    assert [why for _, why in line["passed"]] == ["farther"]
    ways = sorted(bin_[5] for bin_ in choice.inputs["lines"][0]["bins"])
    assert ways == [2_000, 9_000]


def test_who_acts_is_kept_with_every_choice(database, mug):
    an_order(database, (mug, 1))

    [choice] = decided(database, "orders.ship_by")
    assert (choice.actor_id, choice.subject, choice.subject_id) == (TESTER, "fo", 1)
