"""Many at once: nothing promised twice, nothing refused that is there, nobody stuck."""

import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import pytest
from sqlalchemy import func, select, text, update

from tests.kit import (
    NOON,
    TESTER,
    a_bin,
    a_place,
    an_item,
    broken,
    done,
    held,
    promisable,
    shelve,
)
from wms.bins.places import Kind
from wms.kernel.commands import command
from wms.kernel.refusal import Refusal
from wms.stock.actions import adjust, allocate, count, post, release
from wms.stock.moves import Move, Pile, Promises, Reason
from wms.stock.promises import IfShort, Line, Request
from wms.stock.tables import StockBalance


def at_once(database, *jobs):
    """Let all begin in the same moment; returns what each got, or the sentence of its refusal."""
    start = threading.Barrier(len(jobs))

    def run(job):
        start.wait()
        try:
            return database.write(command("test.race", by=TESTER, at=NOON), job).value
        except Refusal as no:
            return no.sentence

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def reserve(here, *lines, if_short=IfShort.REFUSE):
    request = Request("10482", here, tuple(Line(*line) for line in lines), if_short=if_short)

    def do(session):
        [outcome] = allocate(session, [request], by=TESTER, at=NOON)
        return [promise.allocation_id for promise in outcome.promises]

    return do


def carry(*moves):
    return lambda session: post(
        session, [Move(*move, Reason.MOVE) for move in moves], by=TESTER, at=NOON
    )


def test_twenty_reach_for_ten_units_and_ten_get_one(database, here, mug, upper, lower):
    shelve(database, mug, upper, 5)
    shelve(database, mug, lower, 5)

    got = at_once(database, *[reserve(here, (mug, 1))] * 20)

    assert Counter(map(bool, got)) == {True: 10, False: 10}
    assert promisable(database, here, mug) == (10, 0, 10)
    assert broken(database) == []


def test_orders_that_want_the_same_items_in_any_order_do_not_get_stuck(database, here):
    bins = [a_bin(database, here, f"A-{n:02}") for n in range(4)]
    items = [an_item(database, f"SKU-{n}") for n in range(6)]
    for n, item in enumerate(items):
        shelve(database, item, bins[n % 4], 12)
        shelve(database, item, bins[(n + 1) % 4], 12)
    dice = random.Random(7)
    orders = [reserve(here, *((item, 1) for item in dice.sample(items, 3))) for _ in range(24)]

    got = at_once(database, *orders)

    assert all(len(numbers) == 3 for numbers in got)
    assert broken(database) == []


def test_units_carried_to_and_fro_by_many_are_still_as_many(database, here, mug, upper, lower):
    cup = an_item(database, "CUP")
    for item in (mug, cup):
        shelve(database, item, upper, 50)
        shelve(database, item, lower, 50)
    ways = [
        carry((mug, upper, lower, 1), (cup, lower, upper, 2)),
        carry((cup, upper, lower, 1), (mug, lower, upper, 2)),
    ]

    got = at_once(database, *ways * 8)

    assert all(isinstance(numbers, list) for numbers in got)
    assert held(database, upper, mug) + held(database, lower, mug) == 100
    assert (held(database, upper, mug), held(database, upper, cup)) == (58, 58)
    assert broken(database) == []


def test_a_unit_taken_while_it_is_promised_goes_to_one_of_them(database, here, mug, upper):
    bench = a_place(database, here, "BENCH-1", Kind.BENCH)
    for _ in range(10):
        shelve(database, mug, upper, 1)

        promised, carried = at_once(
            database, reserve(here, (mug, 1)), carry((mug, upper, bench, 1))
        )

        assert bool(promised) != isinstance(carried, list)
        if promised:
            done(database, lambda s, n=promised: release(s, n, by=TESTER, at=NOON))
            done(database, carry((mug, upper, bench, 1)))
    assert broken(database) == []


def test_two_who_count_an_unknown_pile_at_once_find_it_once(database, here, mug, upper):
    def say_five(session):
        return count(session, pile=Pile(upper, mug), counted=5, by=TESTER, at=NOON)

    at_once(database, say_five, say_five, say_five, say_five)

    assert held(database, upper, mug) == 5


def reserve_then_release(here, item):
    numbers = []

    def first(session):
        numbers[:] = reserve(here, (item, 2))(session)

    def then(session):
        release(session, numbers, by=TESTER, at=NOON)

    return [first, then]


def take_from(pile):
    def take(session, units):
        adjust(
            session,
            pile=pile,
            difference=-units,
            reason=Reason.LOST,
            promises=Promises.BREAK,
            by=TESTER,
            at=NOON,
        )

    return [lambda session: take(session, 1), lambda session: take(session, 1)]


@pytest.mark.parametrize("second_does", ["reserve", "lose", "carry"])
def test_two_acts_of_two_steps_in_every_order_leave_the_books_balanced(
    database, here, upper, lower, second_does
):
    # Every order in which two acts can begin, do their two steps and commit; where one waits for the other, it waits.
    for turn, first_at in enumerate(combinations(range(6), 3)):
        item = an_item(database, f"SKU-{turn}")
        shelve(database, item, upper, 3)
        shelve(database, item, lower, 1)
        second = {
            "reserve": reserve_then_release(here, item),
            "lose": take_from(Pile(upper, item)),
            "carry": [carry((item, upper, lower, 1)), carry((item, lower, upper, 2))],
        }[second_does]

        in_this_order(database, [reserve_then_release(here, item), second], first_at)

    assert broken(database) == []


def in_this_order(database, acts, first_at):
    order = [0 if place in first_at else 1 for place in range(6)]
    gates = [threading.Semaphore(0), threading.Semaphore(0)]
    passed = [threading.Semaphore(0), threading.Semaphore(0)]

    def run(who):
        gates[who].acquire()

        def do(session):
            for step in acts[who]:
                step(session)
                passed[who].release()
                gates[who].acquire()

        try:
            database.write(command("test.steps", by=TESTER, at=NOON), do)
        except Refusal:
            gates[who].release()
        passed[who].release()

    threads = [threading.Thread(target=run, args=[who]) for who in (0, 1)]
    for thread in threads:
        thread.start()
    for who in order:
        gates[who].release()
        passed[who].acquire(timeout=0.02)  # it may be waiting for the other, as it should
    for who in (0, 1):
        for _ in range(12):
            gates[who].release()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_what_is_there_again_when_the_reason_is_looked_for_is_taken_after_all(
    database, here, mug, upper, lower
):
    """The units are gone when they are to be taken, and back before anybody could say why it did not fit."""
    shelve(database, mug, upper, 2)
    units = update(StockBalance).where(StockBalance.location_id == upper)
    stuck = select(func.count()).select_from(text("pg_locks")).where(text("NOT granted"))
    engine = database.engines.writer

    def let_lie(quantity):
        with engine.begin() as connection:
            connection.execute(units.values(quantity=quantity))

    let_lie(0)
    with engine.connect() as gate, ThreadPoolExecutor(1) as pool:
        gate.execute(text("LOCK TABLE allocation IN ACCESS EXCLUSIVE MODE"))
        job = pool.submit(at_once, database, carry((mug, upper, lower, 2)))
        while not gate.scalar(stuck):
            time.sleep(0.005)
        let_lie(2)
        gate.commit()
        [moved] = job.result()

    assert isinstance(moved, list)
    assert (held(database, upper, mug), held(database, lower, mug)) == (0, 2)
    assert broken(database) == []
