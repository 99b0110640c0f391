"""Two at once on one order: one comes first, the other sees it, and nothing is kept for nobody."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.kit import ADA, NOON, TESTER, a_draft, an_order, done, promisable
from tests.wms.orders.asking import fo_states, hold_id_of, state_of, unkept, wanted
from tests.wms.orders.test_ending import fo_of
from wms.kernel.commands import command
from wms.kernel.refusal import Refusal
from wms.orders import actions
from wms.orders.actions import LineEdit
from wms.orders.holds import HoldKind, Step
from wms.orders.lifecycle import PaymentVerb

ROUNDS = 6


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


def cancel(order):
    return lambda session: (
        actions.cancel(session, order_id=order, reason="No", by=TESTER, at=NOON).state
    )


def lift(hold):
    return lambda session: (
        actions.lift(session, hold_id=hold, outcome="Good", by=TESTER, at=NOON).state
    )


def release(fo):
    return lambda session: actions.release(session, [fo], by=TESTER, at=NOON)


def stop(order):
    return lambda session: actions.hold(
        session,
        order_id=order,
        kind=HoldKind.MANUAL,
        blocks=Step.RELEASE,
        reason="Wait",
        by=TESTER,
        at=NOON,
    )


def edit(order, item):
    return lambda session: (
        actions.edit_lines(
            session, order_id=order, lines=[LineEdit(1, item, 3)], by=TESTER, at=NOON
        ).state
    )


def move(order):
    return lambda session: (
        actions.change_address(session, order_id=order, contact=ADA, by=TESTER, at=NOON).state
    )


def pay(order):
    return lambda session: (
        actions.pay(session, order_id=order, verb=PaymentVerb.CAPTURE, by=TESTER, at=NOON).payment
    )


def test_cancelled_and_accepted_at_once_nothing_stays_kept(database, here, shop, mug):
    for _ in range(ROUNDS):
        order = an_order(database, (mug, 2), risk="high")

        got = at_once(database, cancel(order), lift(hold_id_of(database, order)))

        assert got[0] == "cancelled"
        assert got[1] in {"lifted", "kernel.not_now"}
        assert state_of(database, order) == "cancelled"
    assert promisable(database, here, mug) == (100, 0, 0)
    assert unkept(database) == []


def test_cancelled_and_released_at_once_the_floor_gives_it_back(database, here, shop, mug):
    for _ in range(ROUNDS):
        order = an_order(database, (mug, 2))

        got = at_once(database, cancel(order), release(fo_of(database, order)))

        if got[0] == "cancelled":
            assert fo_states(database, order) == ["cancelled"]
        else:
            assert got[0] == "in_fulfillment"
            assert fo_states(database, order) == ["revoking"]
    assert promisable(database, here, mug) == (100, 0, 0)
    assert unkept(database) == []


def test_stopped_and_released_at_once_one_comes_first(database, here, shop, mug):
    for _ in range(ROUNDS):
        order = an_order(database, (mug, 1))

        at_once(database, stop(order), release(fo_of(database, order)))

        assert fo_states(database, order)[0] in {"allocated", "released"}
    assert unkept(database) == []


def test_changed_and_cancelled_at_once_ends_cancelled(database, here, shop, mug):
    for _ in range(ROUNDS):
        order = an_order(database, (mug, 1), payment="unpaid")

        at_once(database, edit(order, mug), cancel(order), move(order), pay(order))

        assert state_of(database, order) == "cancelled"
    assert promisable(database, here, mug) == (100, 0, 0)
    assert unkept(database) == []


def test_changed_and_released_at_once_keeps_what_is_wanted(database, here, shop, mug):
    kept = 0
    for _ in range(ROUNDS):
        order = an_order(database, (mug, 1))

        at_once(database, edit(order, mug), release(fo_of(database, order)))

        kept += wanted(database, order)[0][1]
    assert promisable(database, here, mug) == (100, 0, kept)
    assert unkept(database) == []


def test_lifted_twice_at_once_is_lifted_once(database, here, shop, mug):
    for _ in range(ROUNDS):
        order = an_order(database, (mug, 1), risk="high")
        hold = hold_id_of(database, order)

        got = at_once(database, lift(hold), lift(hold), lift(hold))

        assert sorted(got) == ["kernel.not_now", "kernel.not_now", "lifted"]
        assert fo_states(database, order) == ["allocated"]
    assert unkept(database) == []


def test_told_by_many_at_once_it_comes_in_once(database, here, shop, mug):
    drafts = [a_draft(shop, (mug, 1), source_id=f"S-{n}") for n in range(5)]

    def take_in(session):
        return actions.bring_in(session, drafts, by=TESTER, at=NOON)

    got = at_once(database, take_in, take_in, take_in)

    assert sum(number is not None for numbers in got for number in numbers) == 5
    assert promisable(database, here, mug) == (100, 0, 5)
    assert unkept(database) == []


def test_merged_and_cancelled_at_once_loses_no_unit(database, here, shop, mug):
    for _ in range(ROUNDS):
        one, other = an_order(database, (mug, 1)), an_order(database, (mug, 1))

        at_once(
            database,
            lambda session, pair=(one, other): (
                actions.merge(session, order_ids=pair, by=TESTER, at=NOON).id
            ),
            cancel(other),
        )

        done(database, cancel(one))
        assert (state_of(database, one), state_of(database, other)) == ("cancelled", "cancelled")
    assert promisable(database, here, mug) == (100, 0, 0)
    assert unkept(database) == []


@pytest.mark.parametrize("seed", range(3))
def test_anything_at_once_leaves_the_house_in_order(database, here, shop, mug, bowl, seed):
    import random

    dice = random.Random(seed)
    for _ in range(ROUNDS):
        order = an_order(database, (mug, 1), payment=dice.choice(["paid", "unpaid"]), risk="medium")
        hold = hold_id_of(database, order)
        jobs = [
            cancel(order),
            lift(hold),
            stop(order),
            edit(order, mug),
            move(order),
            pay(order),
            release(fo_of(database, order)),
        ]

        at_once(database, *dice.sample(jobs, 4))

    assert unkept(database) == []
