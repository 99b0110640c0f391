"""Counts: blind, by two people where it matters, and the book says afterwards what was counted."""

import pytest

from tests.kit import NOON, a_lot, a_place, a_serial, an_item, held, outside, promisable, shelve
from tests.wms.counting.counters import (
    TESS,
    UWE,
    VERA,
    ask,
    count,
    do,
    minute,
    row,
    told,
    unwell,
)
from wms.bins.places import Kind, Outside
from wms.counting import actions, queries
from wms.counting.rules import Tolerance
from wms.counting.things import Thing
from wms.kernel.lifecycle import NotNow
from wms.kernel.refusal import Wrong
from wms.stock import actions as stock
from wms.stock.moves import Move, Pile, Reason, StockStatus
from wms.stock.promises import Line, Request
from wms.stock.queries import balances_of_place


def move(database, item, source, target, units, *, at, occurred_at=None, **facts):
    one = Move(item, source, target, units, Reason.PICK, **facts)
    return do(
        database, lambda s: stock.move(s, one, by=TESS, at=at), at=at, occurred_at=occurred_at
    )


def hold(database, place, item, units, at=NOON):
    do(
        database,
        lambda s: stock.change_status(
            s, pile=Pile(place, item), quantity=units, status=StockStatus.HELD, by=TESS, at=at
        ),
        at=at,
    )


def test_a_count_that_agrees_is_booked_at_once_and_changes_nothing(database, mug, upper):
    shelve(database, mug, upper, 5)
    number = ask(database, upper)

    verdict = count(database, number, {mug: 5}, by=UWE, at=minute(5))

    assert verdict == "accept"
    assert row(database, number).state == "posted"
    assert held(database, upper, mug) == 5
    assert [fact["difference"] for fact in told(database, "counting.CountPosted")] == [0]
    assert unwell(database) == []


def test_one_place_has_one_open_count(database, mug, upper):
    first, second = ask(database, upper), ask(database, upper, "found", by=UWE)

    assert first == second
    assert len(told(database, "counting.CountAsked")) == 1


def test_a_count_that_was_only_asked_for_learns_that_units_are_missing(database, upper):
    number = ask(database, upper)

    ask(database, upper, "short", by=UWE)

    assert row(database, number).cause == "short"


def test_a_place_can_be_counted_again_after_its_count_is_over(database, mug, upper):
    first = ask(database, upper)
    count(database, first, {}, by=UWE, at=minute(1))

    assert ask(database, upper) != first


def test_a_small_difference_is_believed(database, mug, upper):
    shelve(database, mug, upper, 5)
    number = ask(database, upper)

    assert count(database, number, {mug: 4}, by=UWE, at=minute(5)) == "accept"
    assert held(database, upper, mug) == 4


def test_a_share_of_many_is_believed(database, mug, upper):
    shelve(database, mug, upper, 1000)
    number = ask(database, upper)

    verdict = count(database, number, {mug: 990}, by=UWE, at=minute(5), tolerance=Tolerance(0, 1))

    assert verdict == "accept"


def test_a_large_difference_is_counted_again_by_somebody_else_and_then_looked_at(
    database, mug, upper
):
    shelve(database, mug, upper, 9)
    number = ask(database, upper)

    first = count(database, number, {mug: 3}, by=UWE, at=minute(5))
    with pytest.raises(actions.CountedBefore):
        count(database, number, {mug: 3}, by=UWE, at=minute(6))
    second = count(database, number, {mug: 3}, by=VERA, at=minute(7))

    assert (first, second) == ("recount", "review")
    assert held(database, upper, mug) == 9
    assert row(database, number).state == "in_review"
    assert unwell(database) == []


def test_a_second_count_that_agrees_with_the_book_is_believed(database, mug, upper):
    shelve(database, mug, upper, 9)
    number = ask(database, upper)
    count(database, number, {mug: 3}, by=UWE, at=minute(5))

    assert count(database, number, {mug: 9}, by=VERA, at=minute(7)) == "accept"


def test_a_lead_lets_a_count_stand_with_a_reason(database, mug, upper):
    shelve(database, mug, upper, 9)
    number = ask(database, upper)
    count(database, number, {mug: 3}, by=UWE, at=minute(5))
    count(database, number, {mug: 3}, by=VERA, at=minute(7))

    do(
        database,
        lambda s: actions.accept(s, count_id=number, reason="stolen", by=TESS, at=minute(9)) and 0,
        at=minute(9),
    )

    assert held(database, upper, mug) == 3
    assert (row(database, number).state, row(database, number).outcome) == ("posted", "stolen")
    assert [fact["difference"] for fact in told(database, "counting.CountPosted")] == [-6]
    assert unwell(database) == []


def test_a_lead_lets_it_be_counted_once_more(database, mug, upper):
    shelve(database, mug, upper, 9)
    number = ask(database, upper)
    count(database, number, {mug: 3}, by=UWE, at=minute(5))
    count(database, number, {mug: 4}, by=VERA, at=minute(7))

    do(
        database,
        lambda s: actions.recount(s, count_id=number, by=TESS, at=minute(9)) and 0,
        at=minute(9),
    )

    assert (row(database, number).state, row(database, number).round) == ("requested", 3)
    assert count(database, number, {mug: 9}, by=UWE, at=minute(11)) == "accept"


def test_who_finds_as_little_as_the_picker_is_believed(database, mug, upper):
    shelve(database, mug, upper, 9)
    hold(database, upper, mug, 6)
    number = ask(database, upper, "short", by=TESS, at=minute(1))

    verdict = count(database, number, {mug: 3}, by=UWE, at=minute(5))

    assert verdict == "accept"
    assert held(database, upper, mug, StockStatus.HELD) == 0
    assert held(database, upper, mug) == 3
    assert unwell(database) == []


def test_the_picker_alone_is_not_two_people(database, mug, upper):
    shelve(database, mug, upper, 9)
    hold(database, upper, mug, 6)
    number = ask(database, upper, "short", by=TESS, at=minute(1))

    assert count(database, number, {mug: 3}, by=TESS, at=minute(5)) == "recount"


def test_held_units_that_were_found_are_for_sale_again(database, here, mug, upper):
    shelve(database, mug, upper, 9)
    hold(database, upper, mug, 6)
    number = ask(database, upper, "short", at=minute(1))

    count(database, number, {mug: 9}, by=UWE, at=minute(5))

    assert (held(database, upper, mug), held(database, upper, mug, StockStatus.HELD)) == (9, 0)
    assert promisable(database, here, mug)[0] == 9
    assert held(database, outside(database, here, Outside.ADJUSTMENT), mug) == 0
    assert unwell(database) == []


def test_units_that_a_lead_holds_stay_held(database, mug, upper):
    shelve(database, mug, upper, 9)
    hold(database, upper, mug, 6)
    number = ask(database, upper, at=minute(1))

    count(database, number, {mug: 9}, by=UWE, at=minute(5))

    assert held(database, upper, mug, StockStatus.HELD) == 6


def test_damaged_units_are_taken_to_be_still_there(database, mug, upper):
    shelve(database, mug, upper, 5)
    do(
        database,
        lambda s: stock.change_status(
            s, pile=Pile(upper, mug), quantity=2, status=StockStatus.DAMAGED, by=TESS, at=NOON
        ),
    )
    number = ask(database, upper, at=minute(1))

    count(database, number, {mug: 4}, by=UWE, at=minute(5))

    assert (held(database, upper, mug), held(database, upper, mug, "damaged")) == (2, 2)


def test_what_is_gone_cannot_stay_promised(database, here, mug, upper):
    shelve(database, mug, upper, 5)
    request = Request("10482", here, (Line(mug, 4),))
    do(database, lambda s: stock.allocate(s, [request], by=TESS, at=NOON) and 0)
    number = ask(database, upper, at=minute(1))

    count(database, number, {}, by=UWE, at=minute(5))
    count(database, number, {}, by=VERA, at=minute(6))
    do(
        database,
        lambda s: actions.accept(s, count_id=number, reason="gone", by=TESS, at=minute(7)) and 0,
        at=minute(7),
    )

    assert held(database, upper, mug) == 0
    assert promisable(database, here, mug) == (0, 0, 0)
    assert [fact["reference"] for fact in told(database, "stock.PromiseEnded")] == ["10482"]
    assert unwell(database) == []


def test_things_that_the_book_did_not_know_are_there_afterwards(database, mug, upper):
    other = an_item(database, "CUP")
    shelve(database, mug, upper, 2)
    number = ask(database, upper)

    count(database, number, {mug: 2, other: 1}, by=UWE, at=minute(5))

    assert held(database, upper, other) == 1


def test_each_lot_is_counted_for_itself(database, upper):
    cheese = an_item(database, "CHEESE", tracks_lots=True)
    old, new = a_lot(database, cheese, "L1"), a_lot(database, cheese, "L2")
    shelve(database, cheese, upper, 3, lot_id=old)
    shelve(database, cheese, upper, 3, lot_id=new)
    number = ask(database, upper)

    count(database, number, {Thing(cheese, old): 2, Thing(cheese, new): 4}, by=UWE, at=minute(5))

    with database.read() as session:
        lying = {one.lot: one.quantity for one in balances_of_place(session, upper)}
    assert lying == {"L1": 2, "L2": 4}


def test_a_single_piece_found_here_is_no_longer_elsewhere(database, upper, lower):
    phone = an_item(database, "PHONE", tracks_serials=True)
    piece = a_serial(database, phone, "S1")
    shelve(database, phone, lower, 1, serial_id=piece)
    number = ask(database, upper)

    count(database, number, {Thing(phone, 0, piece): 1}, by=UWE, at=minute(5))

    assert (held(database, upper, phone), held(database, lower, phone)) == (1, 0)
    assert unwell(database) == []


def test_what_moved_after_the_last_unit_was_counted_stays_moved(database, mug, upper, lower):
    shelve(database, mug, upper, 9)
    number = ask(database, upper)
    count(database, number, {mug: 5}, by=UWE, at=minute(5))
    count(database, number, {mug: 5}, by=VERA, at=minute(6))
    move(database, mug, upper, lower, 2, at=minute(7))

    do(
        database,
        lambda s: actions.accept(s, count_id=number, reason="so", by=TESS, at=minute(9)) and 0,
        at=minute(9),
    )

    assert held(database, upper, mug) == 3


def test_where_too_much_left_meanwhile_somebody_counts_again(database, mug, upper, lower):
    shelve(database, mug, upper, 9)
    number = ask(database, upper)
    count(database, number, {mug: 5}, by=UWE, at=minute(5))
    count(database, number, {mug: 5}, by=VERA, at=minute(6))
    move(database, mug, upper, lower, 7, at=minute(7))

    do(
        database,
        lambda s: actions.accept(s, count_id=number, reason="so", by=TESS, at=minute(9)) and 0,
        at=minute(9),
    )

    assert held(database, upper, mug) == 0
    with database.read() as session:
        asked = queries.CountsAsked(location_id=upper, open_only=True)
        [again] = queries.counts(session, asked, limit=5).rows
    assert again.reference == f"Count {number}"
    assert unwell(database) == []


def test_a_pick_that_is_told_late_is_not_lost_twice(database, mug, upper, lower):
    shelve(database, mug, upper, 5)
    number = ask(database, upper)
    count(database, number, {mug: 4}, by=UWE, at=minute(10))
    move(database, mug, upper, lower, 1, at=minute(20), occurred_at=minute(5))
    before = held(database, upper, mug)

    corrected = [
        do(database, lambda s: actions.correct_late(s, by=0, at=minute(21)), by=0, at=minute(21))
        for _ in range(2)
    ]

    assert (before, held(database, upper, mug)) == (3, 4)
    assert corrected == [1, 0]
    assert len(told(database, "counting.CountCorrected")) == 1
    assert unwell(database) == []


def test_a_move_of_after_the_count_needs_no_correction(database, mug, upper, lower):
    shelve(database, mug, upper, 5)
    number = ask(database, upper)
    count(database, number, {mug: 4}, by=UWE, at=minute(10))
    move(database, mug, upper, lower, 1, at=minute(20), occurred_at=minute(15))

    do(database, lambda s: actions.correct_late(s, by=0, at=minute(21)), by=0, at=minute(21))

    assert held(database, upper, mug) == 3


def test_a_count_left_in_the_middle_begins_anew(database, mug, upper):
    shelve(database, mug, upper, 2)
    number = ask(database, upper)

    def begin(session):
        actions.claim(session, count_id=number, by=UWE, at=NOON)
        actions.note(session, count_id=number, thing=Thing(mug), counted=1, by=UWE, at=NOON)

    do(database, begin, by=UWE)
    do(database, lambda s: actions.release_overdue(s, by=0, at=minute(60)), by=0, at=minute(60))

    assert row(database, number).state == "requested"
    assert count(database, number, {mug: 2}, by=VERA, at=minute(61)) == "accept"


def test_nobody_counts_where_somebody_counts(database, upper):
    number = ask(database, upper)
    do(database, lambda s: actions.claim(s, count_id=number, by=UWE, at=NOON) and 0, by=UWE)

    with pytest.raises(actions.SomebodyCounts):
        do(database, lambda s: actions.claim(s, count_id=number, by=VERA, at=NOON) and 0, by=VERA)


def test_a_count_under_way_is_not_cancelled(database, upper):
    number = ask(database, upper)
    do(database, lambda s: actions.claim(s, count_id=number, by=UWE, at=NOON) and 0, by=UWE)

    with pytest.raises(NotNow):
        do(
            database,
            lambda s: actions.cancel(s, count_id=number, reason="no", by=TESS, at=NOON) and 0,
        )


def test_the_next_count_is_one_that_the_floor_missed_units_in(database, here, upper, lower):
    ask(database, upper)
    urgent = ask(database, lower, "short")

    taken = do(database, lambda s: actions.claim_next(s, by=UWE, at=NOON).id, by=UWE)

    assert taken == urgent


def test_the_outside_is_not_counted(database, here):
    with pytest.raises(Wrong):
        ask(database, outside(database, here, Outside.SUPPLIER))


def test_nobody_counts_half_a_piece_of_a_serial(database, upper):
    phone = an_item(database, "PHONE", tracks_serials=True)
    piece = a_serial(database, phone, "S1")
    number = ask(database, upper)

    with pytest.raises(Wrong):
        count(database, number, {Thing(phone, 0, piece): 2}, by=UWE, at=minute(5))


def test_a_bench_can_be_counted_too(database, here, mug):
    bench = a_place(database, here, "BENCH-1", Kind.BENCH)
    shelve(database, mug, bench, 2)
    number = ask(database, bench)

    count(database, number, {mug: 1}, by=UWE, at=minute(3))

    assert held(database, bench, mug) == 1
