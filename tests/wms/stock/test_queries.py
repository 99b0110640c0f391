"""What others may ask about stock."""

from datetime import date, timedelta

import pytest

from tests.kit import NOON, TESTER, a_lot, an_item, done, outside, shelve
from wms.bins.places import Outside
from wms.kernel.commands import Command, fresh_key
from wms.kernel.refusal import NotFound
from wms.stock import queries
from wms.stock.actions import allocate, post, release, reverse
from wms.stock.moves import Move, Reason, StockStatus
from wms.stock.promises import Line, Request


@pytest.fixture
def cup(database):
    return an_item(database, "CUP", name="Enamel cup")


def move(database, *moves, happened=NOON, recorded=NOON):
    act = Command("test", fresh_key(), TESTER, recorded, occurred_at=happened)
    return database.write(act, lambda s: post(s, moves, by=TESTER, at=recorded)).value


def ask(database, question, *facts, **more):
    with database.read() as session:
        return question(session, *facts, **more)


def test_a_place_tells_what_lies_in_it_and_what_of_it_is_free(database, here, mug, cup, upper):
    lot = a_lot(database, cup, "L7", date(2026, 9, 1))
    shelve(database, mug, upper, 5)
    shelve(database, cup, upper, 2, lot_id=lot)
    request = Request("10482", here, (Line(mug, 3),))
    done(database, lambda session: allocate(session, [request], by=TESTER, at=NOON))

    first, second = ask(database, queries.balances_of_place, upper)

    assert (first.sku, first.name, first.lot, first.expires_on) == (
        "CUP",
        "Enamel cup",
        "L7",
        date(2026, 9, 1),
    )
    assert (second.quantity, second.reserved, second.free, second.location) == (5, 3, 2, "A-01")


def test_empty_balances_are_not_told(database, here, mug, upper):
    shelve(database, mug, upper, 5)
    away = outside(database, here, Outside.CUSTOMER)
    move(database, Move(mug, upper, away, 5, Reason.SHIP))

    assert ask(database, queries.balances_of_place, upper) == []
    assert ask(database, queries.balances_of_item, mug) == []


def test_balances_come_a_page_at_a_time_and_all_of_them_without_end(database, upper):
    items = [an_item(database, f"SKU-{n}") for n in range(5)]
    for item in items:
        shelve(database, item, upper, 1)
    asked = queries.Asked(location_id=upper)

    first = ask(database, queries.balances, asked, limit=3)
    rest = ask(database, queries.balances, asked, limit=3, cursor=first.next_cursor)
    every = ask(database, lambda session: list(queries.every_balance(session, asked)))

    assert [one.item_id for one in (*first.rows, *rest.rows)] == items
    assert rest.next_cursor is None
    assert [one.item_id for one in every] == items


def test_what_can_be_promised_follows_from_what_lies_and_what_is_promised(
    database, here, mug, cup, upper
):
    shelve(database, mug, upper, 5)
    request = Request("10482", here, (Line(mug, 3),))
    done(database, lambda session: allocate(session, [request], by=TESTER, at=NOON))

    known = ask(database, queries.availability, [mug, cup], here)

    assert (known[mug].sellable, known[mug].available_to_promise) == (5, 2)
    assert known[cup].available_to_promise == 0


def test_items_that_lie_somewhere_are_found_by_part_of_their_name(database, here, mug, cup, upper):
    shelve(database, mug, upper, 5)
    shelve(database, cup, upper, 2)
    an_item(database, "CUPBOARD")

    found = ask(database, queries.stocked, words="cUp", limit=10)

    assert [(one.sku, one.on_hand) for one in found.rows] == [("CUP", 2)]


def test_moves_are_found_by_item_place_person_reason_reference_and_time(
    database, here, mug, cup, upper, lower
):
    late = NOON + timedelta(days=1)
    shelve(database, mug, upper, 5)
    shelve(database, cup, lower, 5)
    [one] = move(database, Move(mug, upper, lower, 1, Reason.MOVE, reference="10482"))
    [two] = move(database, Move(cup, lower, upper, 1, Reason.PUTAWAY), happened=late, recorded=late)

    def numbers(**asked):
        found = ask(database, queries.moves, queries.MoveAsked(**asked), limit=10)
        return [row.id for row in found.rows]

    assert numbers(item_id=mug) == [one, one - 2]
    assert numbers(location_id=upper) == [two, one, one - 2]
    assert numbers(reason=Reason.PUTAWAY) == [two]
    assert numbers(reference="10482") == [one]
    assert numbers(since=late) == [two]
    assert numbers(until=NOON, location_id=lower) == [one, one - 1]
    assert numbers(actor_id=TESTER + 1) == []


def test_a_move_is_told_with_names_and_with_what_took_it_back(database, here, mug, upper, lower):
    shelve(database, mug, upper, 5)
    [number] = move(database, Move(mug, upper, lower, 2, Reason.MOVE, note="to the front"))
    [undo] = done(database, lambda s: reverse(s, [number], note="was right", by=TESTER, at=NOON))

    told = ask(database, queries.move, number)

    assert (told.sku, told.source, told.target, told.actor) == ("MUG", "A-01", "A-02", "Tess")
    assert (told.reversed_by_id, told.note) == (undo, "to the front")
    with pytest.raises(NotFound):
        ask(database, queries.move, undo + 1)


def test_promises_are_told_with_their_places(database, here, mug, upper):
    shelve(database, mug, upper, 5)
    request = Request("10482", here, (Line(mug, 3),))
    [outcome] = done(database, lambda s: allocate(s, [request], by=TESTER, at=NOON))
    number = outcome.promises[0].allocation_id

    [told] = ask(database, queries.promised, queries.PromisedAsked(reference="10482"), limit=5).rows
    done(database, lambda session: release(session, [number], by=TESTER, at=NOON))
    [over] = ask(database, queries.promised, queries.PromisedAsked(id=number), limit=5).rows

    assert (told.sku, told.location, told.quantity, told.state) == ("MUG", "A-01", 3, "hard")
    assert (over.state, over.ended_at) == ("released", NOON)


def test_the_time_machine_tells_what_was_in_a_bin_at_a_minute(database, here, mug, upper, lower):
    minutes = [NOON + timedelta(minutes=n) for n in range(4)]
    supplier = outside(database, here)
    for at, way in zip(
        minutes, ((supplier, upper, 5), (upper, lower, 2), (lower, upper, 1)), strict=False
    ):
        source, target, units = way
        move(database, Move(mug, source, target, units, Reason.MOVE), happened=at, recorded=at)

    def lay(place, at):
        return [
            (one.sku, one.quantity) for one in ask(database, queries.content_at, place, at).lays
        ]

    before = NOON - timedelta(seconds=1)
    assert lay(upper, before) == []
    assert [lay(upper, at) for at in minutes] == [
        [("MUG", 5)],
        [("MUG", 3)],
        [("MUG", 4)],
        [("MUG", 4)],
    ]
    assert lay(lower, minutes[3]) == [("MUG", 1)]


def test_the_time_machine_tells_conditions_apart(database, here, mug, upper):
    shelve(database, mug, upper, 5)
    move(database, Move(mug, upper, upper, 2, Reason.STATUS, status_to=StockStatus.DAMAGED))

    lays = ask(database, queries.content_at, upper, NOON).lays

    assert [(one.status, one.quantity) for one in lays] == [("available", 3), ("damaged", 2)]


def test_a_move_that_was_recorded_late_counts_when_it_happened_and_says_so(
    database, here, mug, upper, lower
):
    shelve(database, mug, upper, 5)
    happened, learned = NOON + timedelta(minutes=2), NOON + timedelta(minutes=30)
    move(database, Move(mug, upper, lower, 2, Reason.MOVE), happened=happened, recorded=learned)

    then = ask(database, queries.content_at, upper, NOON + timedelta(minutes=5))
    now = ask(database, queries.content_at, upper, learned)

    assert [(one.quantity, one.learned_later) for one in then.lays] == [(3, 1)]
    assert (then.learned_later, now.learned_later) == (1, 0)
