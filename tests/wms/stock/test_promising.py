"""Promising stock: nothing twice, nothing refused that is there, and every choice with its reasons."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.kit import (
    NOON,
    TESTER,
    a_bin,
    a_lot,
    a_place,
    an_item,
    broken,
    done,
    promisable,
    shelve,
)
from wms import wiring
from wms.bins.places import Kind
from wms.kernel.decisions import replay
from wms.kernel.lifecycle import NotNow
from wms.kernel.refusal import Wrong
from wms.kernel.tables import Decision
from wms.stock.actions import NoBinForPromise, allocate, expire, promote, release
from wms.stock.promises import Hardness, IfShort, Line, Request
from wms.stock.tables import Allocation, StockBalance

LATER = NOON + timedelta(minutes=15)


def ask(here, *lines, reference="10482", **facts):
    return Request(reference, here, tuple(Line(item, units) for item, units in lines), **facts)


def soft(here, *lines, **facts):
    return ask(here, *lines, hardness=Hardness.SOFT, expires_at=LATER, **facts)


def get(database, *requests, at=NOON):
    return done(database, lambda session: allocate(session, requests, by=TESTER, at=at))


def places_of(database, outcome):
    with database.read() as session:
        return [
            (session.get(StockBalance, promise.balance_id).location_id, promise.quantity)
            for promise in outcome.promises
        ]


def states(database):
    with database.read() as session:
        return list(session.scalars(select(Allocation.state).order_by(Allocation.id)))


def test_a_hard_promise_names_its_bin_and_a_soft_one_does_not(database, here, mug, upper):
    shelve(database, mug, upper, 5)

    hard, weak = get(database, ask(here, (mug, 2)), soft(here, (mug, 1)))

    assert places_of(database, hard) == [(upper, 2)]
    assert [promise.balance_id for promise in weak.promises] == [None]
    assert promisable(database, here, mug) == (5, 1, 2)
    assert broken(database) == []


def test_what_one_request_of_a_batch_gets_the_next_no_longer_finds(database, here, mug, upper):
    shelve(database, mug, upper, 5)

    first, second, third = get(
        database, ask(here, (mug, 3)), ask(here, (mug, 3)), ask(here, (mug, 2))
    )

    assert [bool(one.promises) for one in (first, second, third)] == [True, False, True]
    [short] = second.shortages
    assert (short.item_id, short.quantity, short.free) == (mug, 3, 2)
    assert promisable(database, here, mug) == (5, 0, 5)


def test_an_order_of_which_one_line_is_short_gets_nothing(database, here, mug, upper):
    cup = an_item(database, "CUP")
    shelve(database, mug, upper, 5)
    shelve(database, cup, upper, 1)

    [outcome] = get(database, ask(here, (mug, 1), (cup, 2)))

    assert outcome.promises == ()
    assert promisable(database, here, mug) == (5, 0, 0)


def test_a_request_may_take_what_there_is(database, here, mug, upper):
    shelve(database, mug, upper, 2)

    [outcome] = get(database, ask(here, (mug, 5), if_short=IfShort.TAKE_WHAT_IS_THERE))

    assert [promise.quantity for promise in outcome.promises] == [2]
    assert [short.free for short in outcome.shortages] == [2]


def test_what_was_never_stocked_is_short_and_no_bug(database, here, mug):
    [outcome] = get(database, ask(here, (mug, 1)))

    assert [(short.item_id, short.free) for short in outcome.shortages] == [(mug, 0)]


def test_two_lines_of_one_item_are_one(database, here, mug, upper):
    shelve(database, mug, upper, 3)

    [outcome] = get(database, ask(here, (mug, 2), (mug, 2)))

    assert [(short.quantity, short.free) for short in outcome.shortages] == [(4, 3)]


def test_goods_on_a_dock_or_in_a_tote_are_not_promised(database, here, mug, upper):
    shelve(database, mug, a_place(database, here, "DOCK-1", Kind.DOCK), 5)

    [outcome] = get(database, ask(here, (mug, 1)))

    assert outcome.promises == ()


def test_what_expires_first_goes_first_and_what_expired_does_not_go(database, here, upper, lower):
    milk = an_item(database, "MILK", tracks_lots=True)
    third = a_bin(database, here, "A-03")
    for place, code, day in ((upper, "L1", 3), (lower, "L2", 20), (third, "L3", 9)):
        lot = a_lot(database, milk, code, date(2026, 1, day))
        shelve(database, milk, place, 2, lot_id=lot)

    [outcome] = get(database, ask(here, (milk, 3)))

    assert places_of(database, outcome) == [(third, 2), (lower, 1)]


def test_a_lot_is_good_through_its_last_day_by_the_clock_of_its_warehouse(database, here, upper):
    milk = an_item(database, "MILK", tracks_lots=True)
    lot = a_lot(database, milk, "L1", date(2026, 1, 5))
    shelve(database, milk, upper, 2, lot_id=lot)
    before_midnight, after = NOON + timedelta(hours=16, minutes=59), NOON + timedelta(hours=17)

    [still] = get(database, ask(here, (milk, 1)), at=before_midnight)
    [over] = get(database, ask(here, (milk, 1)), at=after)

    assert (len(still.promises), len(over.promises)) == (1, 0)


def test_the_choice_is_kept_with_what_was_weighed_and_comes_out_the_same_again(
    database, here, mug, upper, lower
):
    shelve(database, mug, upper, 1)
    shelve(database, mug, lower, 9)

    [outcome] = get(database, ask(here, (mug, 4)))

    rules = {(rule.name, rule.version): rule for rule in wiring.RULES}
    with database.read() as session:
        [made] = session.scalars(select(Decision))
        again = list(replay(session, rules))
    assert (made.subject, made.subject_id) == ("allocation", outcome.promises[0].allocation_id)
    assert [bin_[1] for bin_ in made.inputs["lines"][0]["bins"]] == ["A-01", "A-02"]
    assert made.choice["lines"][0]["passed"][0][1] == "more_bins"
    assert again == []


def test_released_units_are_free_again_once(database, here, mug, upper):
    shelve(database, mug, upper, 5)
    hard, weak = get(database, ask(here, (mug, 2)), soft(here, (mug, 3)))
    numbers = [promise.allocation_id for one in (hard, weak) for promise in one.promises]

    done(database, lambda session: release(session, numbers, by=TESTER, at=NOON))

    assert promisable(database, here, mug) == (5, 0, 0)
    assert states(database) == ["released", "released"]
    with pytest.raises(NotNow):
        done(database, lambda session: release(session, numbers, by=TESTER, at=NOON))
    assert broken(database) == []


def test_soft_promises_end_by_themselves_and_hard_ones_do_not(database, here, mug, upper):
    shelve(database, mug, upper, 5)
    get(database, ask(here, (mug, 2)), soft(here, (mug, 3)))

    early = done(database, lambda session: expire(session, by=0, at=LATER - timedelta(seconds=1)))
    due = done(database, lambda session: expire(session, by=0, at=LATER))

    assert (early, due) == (0, 1)
    assert states(database) == ["hard", "expired"]
    assert promisable(database, here, mug) == (5, 0, 2)


def test_a_promise_whose_time_is_over_stands_in_nobodys_way(database, here, mug, upper):
    shelve(database, mug, upper, 5)
    get(database, soft(here, (mug, 5)))

    [early] = get(database, ask(here, (mug, 1)), at=LATER - timedelta(seconds=1))
    [due] = get(database, ask(here, (mug, 5)), at=LATER)

    assert (len(early.promises), len(due.promises)) == (0, 1)
    assert states(database) == ["expired", "hard"]
    assert broken(database) == []


def test_a_soft_promise_turns_hard_in_as_many_bins_as_it_takes(database, here, mug, upper, lower):
    shelve(database, mug, upper, 2)
    shelve(database, mug, lower, 2)
    [weak] = get(database, soft(here, (mug, 3)))
    numbers = [promise.allocation_id for promise in weak.promises]

    [outcome] = done(database, lambda session: promote(session, numbers, by=TESTER, at=NOON))

    assert sorted(places_of(database, outcome)) == [(upper, 2), (lower, 1)]
    assert outcome.promises[0].allocation_id == numbers[0]
    assert promisable(database, here, mug) == (4, 0, 3)
    assert states(database) == ["hard", "hard"]
    assert broken(database) == []


def test_the_last_units_promised_softly_can_still_turn_hard(database, here, mug, upper):
    shelve(database, mug, upper, 3)
    [weak] = get(database, soft(here, (mug, 3)))
    numbers = [promise.allocation_id for promise in weak.promises]

    done(database, lambda session: promote(session, numbers, by=TESTER, at=NOON))

    assert promisable(database, here, mug) == (3, 0, 3)


def test_a_promise_of_goods_that_went_out_of_date_finds_no_bin(database, here, upper):
    milk = an_item(database, "MILK", tracks_lots=True)
    shelve(database, milk, upper, 3, lot_id=a_lot(database, milk, "L1", date(2026, 1, 5)))
    [weak] = get(database, soft(here, (milk, 2), reference="A"))
    numbers = [promise.allocation_id for promise in weak.promises]
    tomorrow = NOON + timedelta(days=1)

    with pytest.raises(NoBinForPromise):
        done(database, lambda session: promote(session, numbers, by=TESTER, at=tomorrow))

    assert states(database) == ["soft"]


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"hardness": Hardness.SOFT}, "requests.0.expires_at"),
        ({"hardness": Hardness.SOFT, "expires_at": NOON}, "requests.0.expires_at"),
        ({"expires_at": LATER}, "requests.0.expires_at"),
    ],
)
def test_a_promise_that_is_not_clear_about_its_end_is_refused(database, here, mug, facts, where):
    with pytest.raises(Wrong) as no:
        get(database, ask(here, (mug, 1), **facts))

    assert [fault.where for fault in no.value.faults] == [where]


def test_a_request_for_nothing_is_refused(database, here, mug):
    with pytest.raises(Wrong) as no:
        get(database, ask(here), ask(here, (mug, 0)))

    wheres = [fault.where for fault in no.value.faults]
    assert wheres == ["requests.0.lines", "requests.1.lines.0.quantity"]
