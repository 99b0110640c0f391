"""Two at once on one move: one does it, the other is told, and no unit is in two places."""

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.kit import NOON, held, shelve
from tests.wms.moving.test_actions import act, all_is_well, carried, row, wish
from wms.kernel.commands import command
from wms.kernel.refusal import Refusal
from wms.moving import actions


def at_once(database, *jobs):
    """Let all begin in the same moment; returns what each got, or the sentence of its refusal."""
    start = threading.Barrier(len(jobs))

    def run(job):
        who, do = job
        start.wait()
        try:
            return database.write(command("test.race", by=who, at=NOON), do).value
        except Refusal as no:
            return no.sentence

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def claim(task, who):
    return who, lambda s: actions.claim(s, move_task_id=task, by=who, at=NOON).worker_id


def claim_next(who):
    def do(session):
        task = actions.claim_next(session, by=who, at=NOON)
        return task.id if task else None

    return who, do


def test_two_who_claim_one_move_do_not_both_have_it(database, people, here, mug, tote):
    for _ in range(5):
        task = wish(database, tote, mug, 1)

        got = at_once(database, *(claim(task, who) for who in people))

        assert sorted(map(str, got)) in (
            sorted([str(who), "moving.somebody_elses"]) for who in people
        )
        assert row(database, task).worker_id in people


def test_two_who_get_work_get_different_moves(database, people, here, mug, tote):
    tasks = [wish(database, tote, mug, 1) for _ in range(2)]

    got = at_once(database, *(claim_next(who) for who in people))

    assert sorted(got) == tasks


def test_a_move_is_lifted_or_cancelled_and_not_both(database, people, here, mug, tote):
    shelve(database, mug, tote, 5)
    for _ in range(5):
        task = wish(database, tote, mug, 1)
        act(database, actions.claim, task)
        before = held(database, tote, mug)

        got = at_once(
            database,
            (1, lambda s, task=task: actions.lift(s, move_task_id=task, by=1, at=NOON).state),
            (2, lambda s, task=task: actions.cancel(s, move_task_id=task, by=2, at=NOON).state),
        )

        state = row(database, task).state
        assert got in (["in_hand", "kernel.not_now"], ["moving.somebody_elses", "cancelled"]) or (
            got == ["kernel.not_now", "cancelled"]
        )
        assert held(database, tote, mug) == before - (state == "in_hand")
        assert all_is_well(database) == []


def test_a_move_is_dropped_or_taken_away_and_not_both(database, people, here, mug, upper, tote):
    shelve(database, mug, tote, 5)
    for _ in range(5):
        task = wish(database, tote, mug, 1, target_id=upper)
        act(database, actions.claim, task)
        act(database, actions.lift, task)

        got = at_once(
            database,
            (
                1,
                lambda s, task=task: (
                    actions.drop(s, move_task_id=task, location_id=upper, by=1, at=NOON).state
                ),
            ),
            (2, lambda s, task=task: actions.release(s, move_task_id=task, by=2, at=NOON).state),
        )

        assert row(database, task).state in ("done", "queued")
        assert sum(not said.startswith(("kernel.", "moving.")) for said in got) == 1
        assert held(database, carried(database, here), mug) == 0
        if row(database, task).state == "queued":
            act(database, actions.cancel, task)
        assert all_is_well(database) == []


def test_the_same_scan_sent_twice_drops_once(database, people, here, mug, upper, tote):
    shelve(database, mug, tote, 1)
    task = wish(database, tote, mug, 1, target_id=upper)
    act(database, actions.claim, task)
    act(database, actions.lift, task)
    scan = command("floor.scan", by=1, at=NOON, key="scan 1")

    def drop(session):
        return actions.drop(session, move_task_id=task, location_id=upper, by=1, at=NOON).state

    first, second = database.write(scan, drop), database.write(scan, drop)

    assert (first.value, second.value, second.replayed) == ("done", "done", True)
    assert held(database, upper, mug) == 1
