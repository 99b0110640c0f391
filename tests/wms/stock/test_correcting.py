"""Corrections: what the floor proves is booked, and promises that it disproves are broken, the newest first."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.kit import (
    NOON,
    TESTER,
    a_lot,
    a_place,
    an_item,
    broken,
    done,
    held,
    outside,
    promisable,
    shelve,
)
from wms.bins.places import Kind, Outside
from wms.kernel.refusal import Wrong
from wms.kernel.tables import StoredEvent
from wms.stock.actions import (
    NotEnoughStock,
    PromiseOver,
    adjust,
    allocate,
    change_status,
    count,
    found,
    post,
    release,
    retire_expired,
)
from wms.stock.moves import Move, Pile, Promises, Reason, StockStatus
from wms.stock.promises import Hardness, Line, Request
from wms.stock.tables import Allocation, StockMove


def promise(database, here, item, units, reference="10482", hardness=Hardness.HARD):
    ends = NOON + timedelta(hours=1) if hardness is Hardness.SOFT else None
    request = Request(reference, here, (Line(item, units),), hardness, ends)
    [outcome] = done(database, lambda session: allocate(session, [request], by=TESTER, at=NOON))
    return outcome.promises[0].allocation_id


def state(database, allocation_id):
    with database.read() as session:
        row = session.get(Allocation, allocation_id)
        return row.state, row.consumed


def act(database, action, **facts):
    return done(database, lambda session: action(session, **facts, by=TESTER, at=NOON))


def moves(database, *numbers):
    with database.read() as session:
        query = select(StockMove).where(StockMove.id.in_(numbers)).order_by(StockMove.id)
        return [(m.source_id, m.target_id, m.quantity, m.reason) for m in session.scalars(query)]


def told(database, kind):
    with database.read() as session:
        query = select(StoredEvent.data).where(StoredEvent.type == f"stock.{kind}")
        return list(session.scalars(query.order_by(StoredEvent.id)))


def test_more_and_fewer_come_from_and_go_to_the_right_outside_place(database, here, mug, upper):
    pile = Pile(upper, mug)
    more = act(database, adjust, pile=pile, difference=5, reason=Reason.FOUND)
    lost = act(database, adjust, pile=pile, difference=-1, reason=Reason.LOST)
    scrap = act(database, adjust, pile=pile, difference=-2, reason=Reason.SCRAP, note="crushed")

    assert moves(database, more, lost, scrap) == [
        (outside(database, here, Outside.ADJUSTMENT), upper, 5, "found"),
        (upper, outside(database, here, Outside.LOST), 1, "lost"),
        (upper, outside(database, here, Outside.SCRAP), 2, "scrap"),
    ]
    assert held(database, upper, mug) == 2
    assert broken(database) == []


@pytest.mark.parametrize(
    ("difference", "reason", "note", "sentence"),
    [
        (0, Reason.COUNT, "", "stock.no_difference"),
        (1, Reason.LOST, "", "stock.reason_takes_away"),
        (-1, Reason.FOUND, "", "stock.reason_adds"),
        (1, Reason.ADJUST, " ", "stock.say_why"),
    ],
)
def test_a_correction_says_why_and_the_why_fits(
    database, here, mug, upper, difference, reason, note, sentence
):
    with pytest.raises(Wrong) as no:
        act(
            database, adjust, pile=Pile(upper, mug), difference=difference, reason=reason, note=note
        )

    assert [fault.sentence for fault in no.value.faults] == [sentence]


def test_a_count_books_the_difference_and_a_count_that_agrees_books_nothing(
    database, here, mug, upper
):
    shelve(database, mug, upper, 5)

    booked = act(database, count, pile=Pile(upper, mug), counted=3)
    agreed = act(database, count, pile=Pile(upper, mug), counted=3)

    assert [row[2:] for row in moves(database, booked)] == [(2, "count")]
    assert agreed is None
    assert held(database, upper, mug) == 3


def test_a_count_of_an_empty_bin_finds_what_is_there(database, here, mug, upper):
    act(database, count, pile=Pile(upper, mug), counted=3)

    assert promisable(database, here, mug) == (3, 0, 0)


def test_what_is_promised_stays_unless_the_promise_is_broken_on_purpose(database, here, mug, upper):
    shelve(database, mug, upper, 5)
    older = promise(database, here, mug, 2, "older")
    newer = promise(database, here, mug, 2, "newer")
    pile = Pile(upper, mug)

    with pytest.raises(NotEnoughStock) as no:
        act(database, adjust, pile=pile, difference=-3, reason=Reason.LOST)
    act(
        database,
        adjust,
        pile=pile,
        difference=-3,
        reason=Reason.LOST,
        promises=Promises.BREAK,
    )

    assert no.value.sentence == "stock.promised_here"
    assert (no.value.values["held"], no.value.values["promised"], no.value.values["free"]) == (
        5,
        4,
        1,
    )
    assert (state(database, older)[0], state(database, newer)[0]) == ("hard", "released")
    assert [fact["reference"] for fact in told(database, "PromiseEnded")] == ["newer"]
    assert broken(database) == []


def test_goods_promised_without_a_bin_are_not_taken_from_under_the_promise(
    database, here, mug, upper, lower
):
    shelve(database, mug, upper, 3)
    shelve(database, mug, lower, 3)
    promise(database, here, mug, 4, hardness=Hardness.SOFT)

    with pytest.raises(NotEnoughStock) as no:
        act(database, adjust, pile=Pile(upper, mug), difference=-3, reason=Reason.LOST)

    assert no.value.sentence == "stock.promised_elsewhere"
    assert (no.value.values["held"], no.value.values["free"]) == (6, 2)


def test_a_loss_that_soft_promises_cannot_survive_breaks_the_newest(database, here, mug, upper):
    shelve(database, mug, upper, 6)
    older = promise(database, here, mug, 3, hardness=Hardness.SOFT)
    newer = promise(database, here, mug, 3, hardness=Hardness.SOFT)

    act(
        database,
        adjust,
        pile=Pile(upper, mug),
        difference=-2,
        reason=Reason.LOST,
        promises=Promises.BREAK,
    )

    assert (state(database, older)[0], state(database, newer)[0]) == ("soft", "released")
    assert broken(database) == []


def test_units_on_hold_cannot_be_promised(database, here, mug, upper):
    shelve(database, mug, upper, 5)

    act(
        database,
        change_status,
        pile=Pile(upper, mug),
        quantity=2,
        status=StockStatus.QUARANTINE,
        note="glass in the box",
    )

    assert promisable(database, here, mug) == (3, 0, 0)
    assert held(database, upper, mug, "quarantine") == 2


def test_a_pick_takes_its_promise_along_in_parts(database, here, mug, upper):
    tote = a_place(database, here, "BENCH-1", Kind.BENCH)
    shelve(database, mug, upper, 5)
    promised = promise(database, here, mug, 3)

    def pick(units):
        move = Move(mug, upper, tote, units, Reason.PICK, allocation_id=promised)
        return done(database, lambda session: post(session, [move], by=TESTER, at=NOON))

    pick(1)
    part = state(database, promised)
    between = promisable(database, here, mug)
    pick(2)

    assert part == ("hard", 1)
    assert between == (4, 0, 2)
    assert state(database, promised) == ("consumed", 3)
    assert promisable(database, here, mug) == (2, 0, 0)
    with pytest.raises(PromiseOver):
        pick(1)
    assert broken(database) == []


def test_a_promise_gives_no_more_than_it_said(database, here, mug, upper, lower):
    shelve(database, mug, upper, 5)
    promised = promise(database, here, mug, 2)
    move = Move(mug, upper, lower, 3, Reason.PICK, allocation_id=promised)

    with pytest.raises(PromiseOver) as no:
        done(database, lambda session: post(session, [move], by=TESTER, at=NOON))

    assert (no.value.values["left"], no.value.values["quantity"]) == (2, 3)


def test_a_promise_of_another_bin_cannot_be_taken_from_here(database, here, mug, upper, lower):
    shelve(database, mug, upper, 5)
    promised = promise(database, here, mug, 2)
    shelve(database, mug, lower, 5)
    move = Move(mug, lower, upper, 1, Reason.PICK, allocation_id=promised)

    with pytest.raises(Wrong) as no:
        done(database, lambda session: post(session, [move], by=TESTER, at=NOON))

    assert [fault.sentence for fault in no.value.faults] == ["stock.promise_elsewhere"]


def test_what_the_floor_took_is_booked_although_the_book_had_nothing(database, here, mug, upper):
    bench = a_place(database, here, "BENCH-1", Kind.BENCH)

    numbers = act(
        database, found, pile=Pile(upper, mug), target_id=bench, quantity=2, reason=Reason.PICK
    )

    assert [row[2:] for row in moves(database, *numbers)] == [(2, "found"), (2, "pick")]
    assert (held(database, upper, mug), held(database, bench, mug)) == (0, 2)
    assert told(database, "StockFound") == [
        {"location_id": upper, "item_id": mug, "quantity": 2},
    ]
    assert broken(database) == []


def test_what_the_floor_took_from_others_breaks_their_promises_and_keeps_its_own(
    database, here, mug, upper
):
    bench = a_place(database, here, "BENCH-1", Kind.BENCH)
    shelve(database, mug, upper, 4)
    own = promise(database, here, mug, 2, "own")
    other = promise(database, here, mug, 2, "other")

    act(
        database,
        found,
        pile=Pile(upper, mug),
        target_id=bench,
        quantity=5,
        reason=Reason.PICK,
        allocation_id=own,
    )

    assert (state(database, own), state(database, other)[0]) == (("consumed", 2), "released")
    assert (held(database, upper, mug), held(database, bench, mug)) == (0, 5)
    assert promisable(database, here, mug) == (0, 0, 0)
    assert broken(database) == []


def test_a_late_pick_counts_although_its_promise_was_released(database, here, mug, upper):
    bench = a_place(database, here, "BENCH-1", Kind.BENCH)
    shelve(database, mug, upper, 4)
    own = promise(database, here, mug, 2)
    done(database, lambda session: release(session, [own], by=TESTER, at=NOON))

    act(
        database,
        found,
        pile=Pile(upper, mug),
        target_id=bench,
        quantity=2,
        reason=Reason.PICK,
        allocation_id=own,
    )

    assert (held(database, upper, mug), state(database, own)) == (2, ("released", 0))


def test_goods_that_went_out_of_date_are_set_aside_with_their_promises(database, here, mug, upper):
    milk = an_item(database, "MILK", tracks_lots=True)
    shelve(database, milk, upper, 5, lot_id=a_lot(database, milk, "L1", date(2026, 1, 5)))
    shelve(database, milk, upper, 5, lot_id=a_lot(database, milk, "L2", date(2026, 1, 6)))
    promised = promise(database, here, milk, 2)
    tomorrow = NOON + timedelta(days=1)

    aside = done(database, lambda session: retire_expired(session, by=0, at=tomorrow))
    again = done(database, lambda session: retire_expired(session, by=0, at=tomorrow))

    assert (aside, again) == (1, 0)
    assert held(database, upper, milk, "expired") == 5
    assert promisable(database, here, milk) == (5, 0, 0)
    assert state(database, promised)[0] == "released"
    assert broken(database) == []
