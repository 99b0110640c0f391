"""Two at once on one place: one counts, the other is told; what moves meanwhile stays moved."""

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.kit import held, shelve
from tests.wms.counting.counters import TESS, UWE, VERA, ask, count, minute, row, unwell
from wms.counting import actions
from wms.counting.rules import Tolerance
from wms.counting.things import Thing
from wms.kernel.commands import command
from wms.kernel.refusal import Refusal
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason


def at_once(database, *jobs):
    """Let all begin in the same moment; returns what each got, or the sentence of its refusal."""
    start = threading.Barrier(len(jobs))

    def run(job):
        who, at, act = job
        start.wait()
        try:
            return database.write(command("test.race", by=who, at=at), act).value
        except Refusal as no:
            return no.sentence

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def asking(place, who):
    return (
        who,
        minute(1),
        lambda s: actions.ask(s, location_id=place, cause="short", by=who, at=minute(1)),
    )


def test_two_who_ask_for_a_count_ask_for_one(database, upper, lower):
    for place in (upper, lower):
        first, second = at_once(database, asking(place, TESS), asking(place, UWE))

        assert first == second


def test_two_who_claim_one_count_do_not_both_have_it(database, upper):
    number = ask(database, upper)

    def claiming(who):
        return (
            who,
            minute(1),
            lambda s: actions.claim(s, count_id=number, by=who, at=minute(1)).worker_id,
        )

    got = at_once(database, claiming(UWE), claiming(VERA))

    assert sorted(map(str, got)) in (
        sorted([str(who), "counting.somebody_counts"]) for who in (UWE, VERA)
    )


def test_a_count_is_accepted_or_cancelled_and_not_both(database, mug, upper):
    shelve(database, mug, upper, 9)
    for n in range(4):
        number = ask(database, upper, at=minute(n))
        before = held(database, upper, mug)
        for who in (UWE, VERA):
            found = {mug: before - 2}
            count(database, number, found, by=who, at=minute(n), tolerance=Tolerance(0, 0))

        verdicts = {"count_id": number, "reason": "so", "by": TESS, "at": minute(n)}
        got = at_once(
            database,
            (TESS, minute(n), lambda s, said=verdicts: actions.accept(s, **said).state),
            (TESS, minute(n), lambda s, said=verdicts: actions.cancel(s, **said).state),
        )

        is_posted = row(database, number).state == "posted"
        assert sorted(got) == sorted(["kernel.not_now", "posted" if is_posted else "cancelled"])
        assert held(database, upper, mug) == before - (2 if is_posted else 0)
        assert unwell(database) == []


def test_units_that_leave_while_the_count_is_booked_leave_once(database, mug, upper, lower):
    shelve(database, mug, upper, 40)
    for n in range(10, 60, 10):
        number = ask(database, upper, at=minute(n))
        before = held(database, upper, mug)

        at_once(
            database,
            (UWE, minute(n + 1), counting(number, mug, before - 1, minute(n + 1))),
            (TESS, minute(n + 2), taking(mug, upper, lower, minute(n + 2))),
        )

        assert held(database, upper, mug) == before - 2
        assert unwell(database) == []


def counting(number, item, units, at):
    def do(session):
        who = {"count_id": number, "by": UWE, "at": at}
        actions.claim(session, **who)
        actions.note(session, thing=Thing(item), counted=units, **who)
        return actions.submit(session, **who).value

    return do


def taking(item, source, target, at):
    away = Move(item, source, target, 1, Reason.PICK)
    return lambda s: stock.move(s, away, by=TESS, at=at)
