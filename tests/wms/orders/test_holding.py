from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.kit import ADA, NOON, TESTER, an_order, done, promisable
from tests.wms.orders.asking import (
    facts,
    fo_states,
    hold_id_of,
    holds_of,
    state_of,
    unkept,
)
from wms.kernel.lifecycle import NotNow
from wms.orders import actions, queries
from wms.orders.holds import HoldKind, Step, stoppers
from wms.orders.queries import NoSuchHold, NoSuchOrder

LATER = NOON + timedelta(hours=2)


def stop(database, order, blocks=Step.RELEASE, kind=HoldKind.MANUAL, reason="Wait", **more):
    return done(
        database,
        lambda session: actions.hold(
            session,
            order_id=order,
            kind=kind,
            blocks=blocks,
            reason=reason,
            **more,
            by=TESTER,
            at=NOON,
        ),
    )


def lift(database, hold, outcome="All good"):
    return done(
        database,
        lambda session: (
            actions.lift(session, hold_id=hold, outcome=outcome, by=TESTER, at=LATER).state
        ),
    )


def test_lifting_what_stopped_an_order_accepts_it(database, here, shop, mug):
    order = an_order(database, (mug, 2), risk="high")
    assert promisable(database, here, mug) == (100, 0, 0)

    lift(database, hold_id_of(database, order))

    assert state_of(database, order) == "accepted"
    assert fo_states(database, order) == ["allocated"]
    assert facts(database, order) == [
        "OrderReceived",
        "HoldOpened",
        "HoldClosed",
        "OrderAccepted",
    ]
    assert unkept(database) == []


def test_an_order_with_two_holds_waits_for_both(database, shop, mug):
    order = an_order(database, (mug, 2), risk="high", contact=replace(ADA, city=""))
    first = hold_id_of(database, order)

    lift(database, first)
    between = state_of(database, order)
    lift(database, first + 1)

    assert (between, state_of(database, order)) == ("received", "accepted")


def test_who_lifts_and_why_is_kept(database, shop, mug):
    order = an_order(database, (mug, 2), risk="medium")
    number = hold_id_of(database, order)

    lift(database, number, "  Called her  ")

    with database.read() as session:
        row = queries.hold(session, number)
    assert (row.state, row.outcome, row.closed_by, row.closed_at) == (
        "lifted",
        "Called her",
        TESTER,
        LATER,
    )


def test_a_hold_is_lifted_once(database, shop, mug):
    number = stop(database, an_order(database, (mug, 1)))
    lift(database, number)

    with pytest.raises(NotNow):
        lift(database, number)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 401, "a\x07b"])
def test_a_hold_says_why(database, shop, mug, reason):
    with pytest.raises(actions.WrongHold) as no:
        stop(database, an_order(database, (mug, 1)), reason=reason)

    assert [fault.where for fault in no.value.faults] == ["reason"]


def test_the_end_of_a_hold_says_why(database, shop, mug):
    number = stop(database, an_order(database, (mug, 1)))

    with pytest.raises(actions.WrongHold) as no:
        lift(database, number, " ")

    assert [fault.where for fault in no.value.faults] == ["outcome"]


def test_overturning_cancels_the_order(database, here, shop, mug):
    order = an_order(database, (mug, 2), risk="medium")
    number = hold_id_of(database, order)

    done(
        database,
        lambda session: (
            actions.overturn(session, hold_id=number, outcome="Stolen card", by=TESTER, at=NOON).id
        ),
    )

    assert state_of(database, order) == "cancelled"
    assert holds_of(database, order) == [("fraud", "release", "overturned")]
    assert promisable(database, here, mug) == (100, 0, 0)
    assert unkept(database) == []


def test_a_hold_ends_in_time_and_the_order_goes_on(database, shop, mug):
    order = an_order(database, (mug, 1), risk="high")
    lift_later = stop(
        database, order, Step.ACCEPT, HoldKind.CUSTOMER_CHANGE, expires_at=NOON + timedelta(hours=1)
    )
    lift(database, hold_id_of(database, order))

    def on_time(at):
        return done(database, lambda session: actions.expire_holds(session, by=0, at=at))

    early, between = on_time(NOON + timedelta(minutes=59)), state_of(database, order)
    ended = on_time(NOON + timedelta(hours=1))

    assert (early, between, ended) == (0, "received", 1)
    assert state_of(database, order) == "accepted"
    with database.read() as session:
        assert queries.hold(session, lift_later).state == "expired"
    assert unkept(database) == []


def test_what_was_escalated_is_ended_by_no_time(database, shop, mug):
    order = an_order(database, (mug, 1))
    number = stop(database, order, expires_at=LATER)

    done(
        database,
        lambda session: actions.escalate(session, hold_id=number, by=TESTER, at=NOON).id,
    )
    ended = done(
        database,
        lambda session: actions.expire_holds(session, by=0, at=LATER + timedelta(days=1)),
    )

    assert ended == 0
    assert holds_of(database, order) == [("manual", "release", "escalated")]


def test_a_hold_ends_later_than_now(database, shop, mug):
    with pytest.raises(actions.WrongHold) as no:
        stop(database, an_order(database, (mug, 1)), expires_at=NOON)

    assert [fault.where for fault in no.value.faults] == ["expires_at"]


def test_a_hold_cannot_end_beyond_the_calendar(database, shop, mug):
    with pytest.raises(actions.WrongHold):
        stop(
            database,
            an_order(database, (mug, 1)),
            expires_at=datetime(9999, 12, 31, 23, tzinfo=UTC),
        )


def test_what_nobody_knows_cannot_be_stopped_or_lifted(database, shop, mug):
    with pytest.raises(NoSuchOrder):
        stop(database, 404)
    with pytest.raises(NoSuchHold):
        lift(database, 404)


def test_an_order_that_is_over_cannot_be_stopped(database, shop, mug):
    order = an_order(database, (mug, 1))
    done(
        database,
        lambda session: actions.cancel(session, order_id=order, reason="No", by=TESTER, at=NOON).id,
    )

    with pytest.raises(actions.OrderOver):
        stop(database, order)


def test_a_step_is_forbidden_by_holds_of_it_and_of_every_step_before():
    assert stoppers(Step.ACCEPT) == (Step.ACCEPT,)
    assert stoppers(Step.PICK) == (Step.ACCEPT, Step.RELEASE, Step.PICK)
    assert stoppers(Step.HANDOVER) == tuple(Step)


def test_the_queue_says_why(database, shop, mug):
    risky = an_order(database, (mug, 1), risk="high", number="#7")
    by_hand = an_order(database, (mug, 1))
    stop(database, by_hand, reason="Ask Ada first")

    with database.read() as session:
        rows = [
            queries.queued(hold, order)
            for hold, order in session.execute(queries.review_asked()).all()
        ]
        counts = queries.review_counts(session)

    assert [(row.order_id, row.why, dict(row.values)) for row in rows] == [
        (risky, "orders.why_risk_high", {}),
        (by_hand, "orders.hold_said", {"reason": "Ask Ada first"}),
    ]
    assert counts == {"fraud": 1, "manual": 1}
