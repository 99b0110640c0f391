"""Moves that somebody has to do: from the wish to the place, with all that can come between."""

from datetime import timedelta

import pytest

from tests.kit import NOON, TESTER, a_bin, a_lot, an_item, broken, done, held, shelve
from wms.kernel.commands import command
from wms.kernel.lifecycle import NotNow
from wms.kernel.refusal import Refusal, Wrong
from wms.kernel.tables import Decision, StoredEvent
from wms.moving import actions, queries
from wms.moving.invariants import INVARIANTS
from wms.moving.tables import MoveTask
from wms.stock.actions import NotEnoughStock
from wms.stock.moves import StockStatus

LATER = NOON + timedelta(hours=1)


def as_(database, who, do):
    return database.write(command("test", by=who, at=NOON), do).value


def wish(database, source, item, quantity, **facts):
    facts.setdefault("kind", actions.Kind.PUT_BACK)
    facts.setdefault("why", actions.Why.CANCELLED)
    return done(
        database,
        lambda session: actions.ask(
            session, source_id=source, item_id=item, quantity=quantity, **facts, by=TESTER, at=NOON
        ),
    )


def act(database, verb, task, who=TESTER, **facts):
    as_(
        database,
        who,
        lambda session: verb(session, move_task_id=task, **facts, by=who, at=NOON) and None,
    )


def row(database, task):
    with database.read() as session:
        return queries.task(session, task)


def carried(database, here, who=TESTER):
    return done(
        database,
        lambda session: actions.hands(session, warehouse_id=here, user_id=who, by=who, at=NOON),
    )


def told(database, name):
    with database.read() as session:
        return [one.data for one in session.query(StoredEvent).filter_by(type=name)]


def all_is_well(database):
    with database.read() as session:
        wrong = [one.name for one in INVARIANTS if list(one.broken(session))]
    return [*wrong, *broken(database)]


def test_units_go_from_the_tote_through_the_hands_into_the_bin(database, here, mug, upper, tote):
    shelve(database, mug, tote, 3)
    task = wish(database, tote, mug, 3, target_id=upper, reference="10482", fo_id=77)

    act(database, actions.claim, task)
    act(database, actions.lift, task)
    in_hand = held(database, carried(database, here), mug)
    act(database, actions.drop, task, location_id=upper)

    assert in_hand == 3
    assert (held(database, tote, mug), held(database, upper, mug)) == (0, 3)
    assert row(database, task).state == "done"
    assert told(database, "moving.MoveTaskEnded") == [
        {
            "move_task_id": task,
            "kind": "put_back",
            "fo_id": 77,
            "state": "done",
            "asked": 3,
            "moved": 3,
        }
    ]
    assert all_is_well(database) == []


def test_without_a_target_the_house_suggests_the_bin_with_its_like(
    database, here, mug, upper, lower, tote
):
    shelve(database, mug, lower, 5)
    shelve(database, mug, tote, 2)
    task = wish(database, tote, mug, 2)

    act(database, actions.claim, task)
    act(database, actions.lift, task)

    assert row(database, task).target_id == lower
    with database.read() as session:
        [why] = session.query(Decision).filter_by(rule="moving.suggest")
        assert (why.choice["took"], why.choice["why"]) == (lower, "same_item")
        assert why.choice["passed"] == [[upper, "without_its_like"]]
    assert all_is_well(database) == []


def test_what_is_set_aside_goes_where_nothing_is_sold_from(database, here, mug, upper, tote):
    shelve(database, mug, tote, 1, status_to=StockStatus.QUARANTINE)
    task = wish(database, tote, mug, 1, status=StockStatus.QUARANTINE)
    apart = a_bin(database, here, "Q-01", role="quarantine")

    act(database, actions.claim, task)
    act(database, actions.lift, task)

    assert row(database, task).target_id == apart
    assert all_is_well(database) == []


def test_where_no_bin_is_apart_any_bin_takes_what_is_set_aside(database, mug, upper, tote):
    shelve(database, mug, tote, 1, status_to=StockStatus.QUARANTINE)
    task = wish(database, tote, mug, 1, status=StockStatus.QUARANTINE)

    act(database, actions.claim, task)
    act(database, actions.lift, task)

    assert row(database, task).target_id == upper


def test_a_full_bin_is_passed_over_and_refused(database, here, mug, tote):
    small = a_bin(database, here, "B-01", capacity_units=4)
    shelve(database, mug, small, 3)
    shelve(database, mug, tote, 2)
    free = a_bin(database, here, "B-02")
    task = wish(database, tote, mug, 2, target_id=small)
    act(database, actions.claim, task)
    act(database, actions.lift, task)

    with pytest.raises(actions.PlaceFull):
        act(database, actions.drop, task, location_id=small)

    assert row(database, task).target_id == free
    assert row(database, task).state == "in_hand"


def test_a_bin_for_one_item_refuses_another(database, here, mug, tote):
    other = an_item(database, "CUP")
    only = a_bin(database, here, "B-01", mixing="one_item")
    shelve(database, other, only, 1)
    shelve(database, mug, tote, 1)
    task = wish(database, tote, mug, 1)
    act(database, actions.claim, task)
    act(database, actions.lift, task)

    with pytest.raises(actions.OneItemOnly):
        act(database, actions.drop, task, location_id=only)


def test_a_bin_for_one_lot_refuses_another(database, here, tote):
    cheese = an_item(database, "CHEESE", tracks_lots=True)
    old, new = a_lot(database, cheese, "L1"), a_lot(database, cheese, "L2")
    only = a_bin(database, here, "B-01", mixing="one_lot")
    shelve(database, cheese, only, 1, lot_id=old)
    shelve(database, cheese, tote, 1, lot_id=new)
    task = wish(database, tote, cheese, 1, lot_id=new)
    act(database, actions.claim, task)
    act(database, actions.lift, task)

    with pytest.raises(actions.OneLotOnly):
        act(database, actions.drop, task, location_id=only)


def test_a_bin_that_carries_less_refuses_what_weighs_more(database, here, mug, tote):
    weak = a_bin(database, here, "B-01", capacity_g=500)
    shelve(database, mug, tote, 2)
    task = wish(database, tote, mug, 2)
    act(database, actions.claim, task)
    act(database, actions.lift, task)

    with pytest.raises(actions.PlaceTooWeak):
        act(database, actions.drop, task, location_id=weak)


def test_nobody_puts_goods_down_in_somebodys_tote(database, here, mug, upper, tote):
    shelve(database, mug, upper, 2)
    task = wish(database, upper, mug, 2, kind="relocate", why="asked")
    act(database, actions.claim, task)
    act(database, actions.lift, task)

    with pytest.raises(actions.NoPlaceToPut):
        act(database, actions.drop, task, location_id=tote)


def test_what_was_lifted_can_be_put_back_where_it_came_from(database, here, mug, upper, tote):
    shelve(database, mug, tote, 2)
    task = wish(database, tote, mug, 2, target_id=upper)
    act(database, actions.claim, task)
    act(database, actions.lift, task)

    act(database, actions.put_down_source, task)

    assert held(database, tote, mug) == 2
    assert (row(database, task).state, row(database, task).lifted) == ("assigned", 0)
    assert all_is_well(database) == []


def test_fewer_than_asked_are_moved_and_somebody_is_told_to_count(
    database, here, mug, upper, lower
):
    shelve(database, mug, upper, 5)
    task = wish(database, upper, mug, 5, kind="relocate", why="asked", target_id=lower)
    act(database, actions.claim, task)

    act(database, actions.lift, task, quantity=3)
    act(database, actions.drop, task, location_id=lower)

    assert held(database, lower, mug) == 3
    assert held(database, upper, mug, StockStatus.HELD) == 2
    assert [fact["found"] for fact in told(database, "moving.UnitsMissing")] == [3]
    assert all_is_well(database) == []


def test_nothing_there_ends_the_move_and_somebody_is_told_to_count(database, here, mug, upper):
    shelve(database, mug, upper, 5)
    task = wish(database, upper, mug, 5, kind="relocate", why="asked")
    act(database, actions.claim, task)

    act(database, actions.short, task)

    assert (row(database, task).state, row(database, task).moved) == ("done", 0)
    assert held(database, upper, mug, StockStatus.HELD) == 5
    assert [fact["found"] for fact in told(database, "moving.UnitsMissing")] == [0]


def test_what_is_promised_does_not_leave_by_a_move(database, here, mug, upper):
    from wms.stock.actions import allocate
    from wms.stock.promises import Line, Request

    shelve(database, mug, upper, 5)
    request = Request("10482", here, (Line(mug, 4),))
    done(database, lambda session: allocate(session, [request], by=TESTER, at=NOON) and None)
    task = wish(database, upper, mug, 2, kind="relocate", why="asked")
    act(database, actions.claim, task)

    with pytest.raises(NotEnoughStock):
        act(database, actions.lift, task)

    assert row(database, task).state == "assigned"


def test_a_move_in_somebodys_hands_is_not_cancelled(database, here, mug, upper, tote):
    shelve(database, mug, tote, 2)
    task = wish(database, tote, mug, 2)
    act(database, actions.claim, task)
    act(database, actions.lift, task)

    with pytest.raises(NotNow):
        act(database, actions.cancel, task)


def test_a_cancelled_move_is_over_and_says_so(database, here, mug, tote):
    task = wish(database, tote, mug, 2, fo_id=5)

    act(database, actions.cancel, task)

    assert row(database, task).state == "cancelled"
    assert [fact["state"] for fact in told(database, "moving.MoveTaskEnded")] == ["cancelled"]


def test_a_lease_that_ran_out_gives_the_move_to_others(database, people, here, mug, tote):
    task = wish(database, tote, mug, 2)
    act(database, actions.claim, task)

    released = done(database, lambda session: actions.release_overdue(session, by=0, at=LATER))

    assert released == 1
    act(database, actions.claim, task, people[1])
    assert row(database, task).worker_id == people[1]


def test_what_is_in_hand_stays_in_hand_when_the_lease_runs_out(database, here, mug, upper, tote):
    shelve(database, mug, tote, 2)
    task = wish(database, tote, mug, 2)
    act(database, actions.claim, task)
    act(database, actions.lift, task)

    done(database, lambda session: actions.release_overdue(session, by=0, at=LATER))

    assert row(database, task).state == "in_hand"


def test_a_lead_takes_a_move_out_of_somebodys_hands(database, people, here, mug, upper, tote):
    shelve(database, mug, tote, 2)
    task = wish(database, tote, mug, 2)
    act(database, actions.claim, task, people[1])
    act(database, actions.lift, task, people[1])

    act(database, actions.release, task, people[0])

    assert held(database, tote, mug) == 2
    assert (row(database, task).state, row(database, task).worker_id) == ("queued", None)
    assert all_is_well(database) == []


def test_the_others_cannot_do_what_somebody_has(database, people, here, mug, tote):
    shelve(database, mug, tote, 2)
    task = wish(database, tote, mug, 2)
    act(database, actions.claim, task, people[0])

    with pytest.raises(actions.SomebodyElses):
        act(database, actions.claim, task, people[1])
    with pytest.raises(actions.SomebodyElses):
        act(database, actions.lift, task, people[1])


def test_what_orders_wait_for_comes_first(database, here, mug, upper, tote):
    wish(database, upper, mug, 1, kind="relocate", why="asked")
    urgent = wish(database, tote, mug, 1)

    taken = done(database, lambda session: actions.claim_next(session, by=TESTER, at=NOON).id)

    assert taken == urgent


def test_a_wish_that_makes_no_sense_is_refused(database, here, mug, upper):
    with pytest.raises(Wrong) as no:
        wish(database, upper, 404, 0, target_id=upper)

    assert {fault.where for fault in no.value.faults} == {"item_id", "quantity", "target_id"}


def test_what_was_lifted_offline_is_booked_whatever_the_book_says(
    database, here, mug, upper, lower
):
    shelve(database, mug, upper, 1)
    task = wish(database, upper, mug, 3, kind="relocate", why="asked", target_id=lower)
    act(database, actions.claim, task)

    act(database, actions.lift, task, happened=True)
    act(database, actions.put_down_source, task)

    assert held(database, upper, mug) == 3
    assert all_is_well(database) == []


def test_a_second_load_is_not_sent_into_a_bin_that_the_first_will_fill(database, here, mug, tote):
    small = a_bin(database, here, "B-01", capacity_units=3)
    large = a_bin(database, here, "B-02")
    shelve(database, mug, tote, 5)
    first, second = wish(database, tote, mug, 3), wish(database, tote, mug, 2)
    for task in (first, second):
        act(database, actions.claim, task)
        act(database, actions.lift, task)

    assert [row(database, task).target_id for task in (first, second)] == [small, large]


def test_elsewhere_is_the_next_best_bin(database, here, mug, upper, lower, tote):
    shelve(database, mug, tote, 1)
    task = wish(database, tote, mug, 1, target_id=upper)
    act(database, actions.claim, task)
    act(database, actions.lift, task)

    act(database, actions.redirect, task, reason="full")

    assert row(database, task).target_id == lower


def test_a_task_of_which_nothing_is_known_is_told(database, here):
    with pytest.raises(Refusal):
        act(database, actions.cancel, 404)
    with database.read() as session:
        assert session.get(MoveTask, 404) is None
