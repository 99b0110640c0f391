"""Waves when several people press at once, and in any order: no order is in two, and what must hold does."""

import shutil
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kit import NOON, TESTER, done
from tests.wms.waves.making import a_floor, a_hold, an_order
from wms.app.house import listeners
from wms.kernel.commands import command
from wms.kernel.database import Database
from wms.kernel.refusal import Refusal
from wms.waves import actions, queries
from wms.waves.invariants import INVARIANTS
from wms.waves.plan import Filters, Size

WHO = {"by": TESTER, "at": NOON}


def at_once(database, *jobs):
    """Let all begin in the same moment; returns what each got, or the sentence of its refusal."""
    start = threading.Barrier(len(jobs))

    def run(job):
        start.wait()
        try:
            return database.write(command("test.race", **WHO), job).value
        except Refusal as no:
            return no.sentence

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def propose(here):
    """Propose a wave of everything that waits."""
    return lambda session: actions.propose(session, warehouse_id=here, filters=Filters(), **WHO).id


def do(action, wave_id):
    """Do something with a wave."""
    return lambda session: action(session, wave_id=wave_id, **WHO) and None


def broken(database):
    with database.read() as session:
        return [one.name for one in INVARIANTS if list(one.broken(session))]


def test_of_many_who_propose_at_once_one_gets_the_orders(database, here):
    orders = [an_order(database, ("ITEM-11", 2)) for _ in range(6)]

    got = at_once(database, *[propose(here)] * 4)

    assert sorted(map(str, got)) == sorted(["1", *["waves.nothing_waits"] * 3])
    with database.read() as session:
        assert list(queries.live_members(session, 1)) == orders


def test_a_wave_is_released_or_cancelled_but_not_both(database, here):
    an_order(database, ("ITEM-11", 2))
    wave_id = done(database, propose(here))
    done(database, do(actions.plan, wave_id))

    got = at_once(database, do(actions.begin_release, wave_id), do(actions.cancel, wave_id))

    assert got.count(None) == 1
    assert broken(database) == []


def test_of_many_who_release_at_once_one_does(database, here):
    an_order(database, ("ITEM-11", 2))
    wave_id = done(database, propose(here))

    got = at_once(database, *[do(actions.begin_release, wave_id)] * 4)

    assert sorted(map(str, got)) == ["None", *["kernel.not_now"] * 3]


@contextmanager
def a_fresh_house(template):
    """A house for one order of things, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(template, Path(folder, "binwave.sqlite"))
        database = Database(f"sqlite:///{folder}/binwave.sqlite", listeners())
        yield database
        database.close()


VERBS = {
    "plan": actions.plan,
    "release": actions.begin_release,
    "take back": actions.unrelease,
    "start": actions.started,
    "all picked": actions.all_picked,
    "cancel": actions.cancel,
}

acts = st.lists(
    st.tuples(
        st.sampled_from([*VERBS, *VERBS, "propose", "leave", "leave out", "hold"]),
        st.integers(1, 4),
    ),
    max_size=14,
)


@given(acts)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_whatever_is_pressed_in_whatever_order_what_must_hold_holds(sqlite_template, asked):
    with a_fresh_house(sqlite_template) as database:
        here = a_floor(database)
        orders = [an_order(database, ("ITEM-11", n)) for n in (1, 2, 103, 9)]

        def press(name, number):
            order = orders[number - 1]
            if name == "propose":
                size = list(Size)[number - 1]
                filters = {"warehouse_id": here, "filters": Filters(size=size)}
                done(database, lambda session: actions.propose(session, **filters, **WHO).id)
            elif name == "leave":
                done(database, lambda session: actions.leave(session, fo_id=order, **WHO))
            elif name == "leave out":
                out = {"wave_id": number, "fo_id": order}
                done(database, lambda session: actions.leave_out(session, **out, **WHO))
            elif name == "hold":
                a_hold(database, order)
            else:
                done(database, do(VERBS[name], number))

        press("propose", 1)
        for name, number in asked:
            try:
                press(name, number)
            except Refusal:
                continue

        assert broken(database) == []
