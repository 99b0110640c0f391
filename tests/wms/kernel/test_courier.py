"""Facts are told at least once, in order for each thing, once in effect; a deaf reaction holds up nobody else."""

import threading
import time
from datetime import timedelta
from itertools import pairwise

import psycopg
import pytest
from sqlalchemy import select

from tests.bells import BellRung, notes, ring, write_down
from tests.kit import NOON
from wms import wiring
from wms.kernel import courier, deliveries
from wms.kernel.clock import SetClock, SystemClock
from wms.kernel.commands import command, housekeeping
from wms.kernel.courier import Courier, Duties
from wms.kernel.database import Database
from wms.kernel.events import DeliveryDied
from wms.kernel.tables import Delivery
from wms.trial import postgres

HOUR = timedelta(hours=1)


class Deaf(Exception):
    """For these tests: the reaction cannot do its work today."""


class Ear:
    """A reaction that writes down what it hears, unless it is deaf to it."""

    def __init__(self, name):
        self.name = name
        self.deaf_to = set()
        self.heard = []

    def __call__(self, session, event, by, at):
        self.heard.append(event.note)
        write_down(session, f"{self.name}: {event.note}", by, at)
        if event.note in self.deaf_to:
            raise Deaf(event.note)


@pytest.fixture
def ears():
    return {name: Ear(name) for name in ("left", "right")}


@pytest.fixture
def belfry(url, ears):
    opened = Database(url, {BellRung: tuple(ears)})
    yield opened
    opened.close()


def deliver_all(database, ears, clock):
    """Deliver what is due at this moment; returns how many times something was told."""
    told = 0
    while courier.deliver(database, {BellRung: ears}, clock):
        told += 1
    return told


def write(database, clock, do):
    return database.write(command("test", by=7, at=clock.now()), do).value


def the_dead(database):
    with database.read() as session:
        return [(row.reaction, row.tries, row.trouble) for row in deliveries.dead(session)]


def kill(database, ears, clock):
    """Let a reaction that stops each time be told until it is dead."""
    for _ in range(deliveries.TRIES):
        deliver_all(database, ears, clock)
        clock.forward(HOUR * 2)


def test_every_reaction_is_told_every_fact_in_order_once(belfry, ears, clock):
    ring(belfry, clock.now(), "one", "two")

    told = deliver_all(belfry, ears, clock)
    again = deliver_all(belfry, ears, clock)

    assert (told, again) == (4, 0)
    assert [ear.heard for ear in ears.values()] == [["one", "two"]] * 2
    assert sorted(notes(belfry)) == ["left: one", "left: two", "right: one", "right: two"]


def test_a_deaf_reaction_holds_up_nobody_and_is_told_again(belfry, ears, clock):
    ears["left"].deaf_to = {"one"}
    ring(belfry, clock.now(), "one", "two")
    ring(belfry, clock.now(), "elsewhere", bell=2)

    deliver_all(belfry, ears, clock)

    assert sorted(notes(belfry)) == [
        "left: elsewhere",
        "right: elsewhere",
        "right: one",
        "right: two",
    ]

    ears["left"].deaf_to = set()
    clock.forward(HOUR)
    deliver_all(belfry, ears, clock)

    assert [words for words in notes(belfry) if words.startswith("left")] == [
        "left: elsewhere",
        "left: one",
        "left: two",
    ]


def test_the_wait_grows_with_every_try(belfry, ears, clock):
    ears["left"].deaf_to = {"one"}
    ring(belfry, clock.now(), "one")
    waits = []

    for _ in range(deliveries.TRIES - 1):
        deliver_all(belfry, ears, clock)
        with belfry.read() as session:
            due = session.scalar(select(Delivery.due_at).where(Delivery.done_at.is_(None)))
        waits.append(due - clock.now())
        clock.moment = due

    assert all(later > sooner for sooner, later in pairwise(waits))
    assert timedelta(minutes=10) < sum(waits, timedelta()) < timedelta(minutes=25)


def test_after_ten_tries_it_is_dead_and_parks_only_its_own(belfry, ears, clock):
    ears["left"].deaf_to = {"one"}
    ring(belfry, clock.now(), "one", "two")

    kill(belfry, ears, clock)
    left_alone = deliver_all(belfry, ears, clock)

    assert left_alone == 0
    assert the_dead(belfry) == [("left", deliveries.TRIES, "Deaf: one")]
    assert sorted(notes(belfry)) == ["right: one", "right: two"]


def test_a_death_is_a_fact_of_its_own(url, ears, clock):
    graves = []
    reactions = {
        BellRung: {"left": ears["left"]},
        DeliveryDied: {"bury": lambda _session, event, *_: graves.append(event)},
    }
    database = Database(url, {fact: tuple(named) for fact, named in reactions.items()})
    ears["left"].deaf_to = {"one"}
    ring(database, clock.now(), "one")

    for _ in range(deliveries.TRIES + 1):
        while courier.deliver(database, reactions, clock):
            pass
        clock.forward(HOUR * 2)

    assert [(grave.reaction, grave.tries) for grave in graves] == [("left", deliveries.TRIES)]
    database.close()


def test_who_dies_of_hearing_about_death_is_not_announced_again(url, clock):
    def swoon(session, event, by, at):
        raise Deaf

    reactions = {BellRung: {"left": swoon}, DeliveryDied: {"bury": swoon}}
    database = Database(url, {fact: tuple(named) for fact, named in reactions.items()})
    ring(database, clock.now(), "one")

    for _ in range(3 * deliveries.TRIES):
        while courier.deliver(database, reactions, clock):
            pass
        clock.forward(HOUR * 2)

    assert [reaction for reaction, *_ in the_dead(database)] == ["left", "bury"]
    database.close()


def test_a_dead_delivery_that_is_replayed_arrives_before_those_behind_it(belfry, ears, clock):
    ears["left"].deaf_to = {"one"}
    ring(belfry, clock.now(), "one", "two")
    kill(belfry, ears, clock)
    ears["left"].deaf_to = set()

    with belfry.read() as session:
        number = deliveries.dead(session)[0].id
    write(belfry, clock, lambda s: deliveries.replay(s, delivery_id=number, by=7, at=clock.now()))
    deliver_all(belfry, ears, clock)

    assert [words for words in notes(belfry) if words.startswith("left")] == [
        "left: one",
        "left: two",
    ]
    assert the_dead(belfry) == []


def test_a_dead_delivery_that_is_dismissed_lets_those_behind_it_go_on(belfry, ears, clock):
    ears["left"].deaf_to = {"one"}
    ring(belfry, clock.now(), "one", "two")
    kill(belfry, ears, clock)

    with belfry.read() as session:
        number = deliveries.dead(session)[0].id
    write(
        belfry,
        clock,
        lambda s: deliveries.dismiss(s, delivery_id=number, reason="by hand", by=7, at=clock.now()),
    )
    deliver_all(belfry, ears, clock)

    assert [words for words in notes(belfry) if words.startswith("left")] == ["left: two"]
    assert the_dead(belfry) == []


@pytest.mark.parametrize("end", ["replay", "dismiss"])
def test_what_was_put_aside_behind_the_dead_goes_on_when_it_is_settled(belfry, ears, clock, end):
    ears["left"].deaf_to = {"one"}
    ring(belfry, clock.now(), "one", "two")
    ring(belfry, clock.now(), "elsewhere", bell=2)
    kill(belfry, ears, clock)
    ears["left"].deaf_to = set()
    ring(belfry, clock.now(), "three")
    ring(belfry, clock.now(), "elsewhere too", bell=2)
    write(belfry, clock, lambda s: deliveries.park(s, at=clock.now()))

    deliver_all(belfry, ears, clock)
    others = {words for words in notes(belfry) if words.startswith("left")}
    with belfry.read() as session:
        number = deliveries.dead(session)[0].id
        waiting = session.scalars(select(Delivery.due_at).where(Delivery.id > number)).all()
    settle = {
        "replay": lambda s: deliveries.replay(s, delivery_id=number, by=7, at=clock.now()),
        "dismiss": lambda s: deliveries.dismiss(
            s, delivery_id=number, reason="by hand", by=7, at=clock.now()
        ),
    }
    write(belfry, clock, settle[end])
    deliver_all(belfry, ears, clock)

    assert others == {"left: elsewhere", "left: elsewhere too"}
    assert sum(due > clock.now() for due in waiting) == 2
    told = [words for words in notes(belfry) if words.startswith("left") and "else" not in words]
    assert told == ["left: one"] * (end == "replay") + ["left: two", "left: three"]


def test_only_the_dead_can_be_replayed_or_dismissed(belfry, ears, clock):
    ring(belfry, clock.now(), "one")

    with pytest.raises(deliveries.NotDead):
        write(belfry, clock, lambda s: deliveries.replay(s, delivery_id=1, by=7, at=clock.now()))
    deliver_all(belfry, ears, clock)
    with pytest.raises(deliveries.NotDead):
        write(
            belfry,
            clock,
            lambda s: deliveries.dismiss(s, delivery_id=1, reason="", by=7, at=clock.now()),
        )


def claim(database, clock, seconds=30):
    until = clock.now() + timedelta(seconds=seconds)
    act = housekeeping("test.claim", at=clock.now())
    return database.write(
        act,
        lambda session: deliveries.claim(session, ["left", "right"], until=until, at=clock.now()),
    ).value


def test_what_a_dead_courier_held_is_told_when_its_lease_runs_out(belfry, ears, clock):
    ring(belfry, clock.now(), "one")
    claim(belfry, clock)
    claim(belfry, clock)

    at_once = deliver_all(belfry, ears, clock)
    clock.forward(timedelta(seconds=31))
    later = deliver_all(belfry, ears, clock)

    assert (at_once, later) == (0, 2)


def test_a_courier_that_wakes_up_too_late_does_nothing(belfry, ears, clock):
    ring(belfry, clock.now(), "one")
    late = claim(belfry, clock)
    clock.forward(timedelta(seconds=31))
    deliver_all(belfry, ears, clock)
    known = {(BellRung.type_name(), name): (BellRung, ear) for name, ear in ears.items()}

    write(belfry, clock, lambda s: deliveries.tell(s, late, known, at=clock.now()))
    write(belfry, clock, lambda s: deliveries.put_off(s, late, "too late", at=clock.now()))

    assert sorted(notes(belfry)) == ["left: one", "right: one"]
    with belfry.read() as session:
        assert session.get_one(Delivery, late.id).trouble is None


def test_a_courier_that_dies_each_time_gives_up_in_the_end(belfry, ears, clock):
    ring(belfry, clock.now(), "one")
    for _ in range(deliveries.TRIES):
        claim(belfry, clock)
        claim(belfry, clock)
        clock.forward(timedelta(seconds=31))

    deliver_all(belfry, ears, clock)

    assert [tries for _, tries, _ in the_dead(belfry)] == [deliveries.TRIES + 1] * 2
    assert notes(belfry) == []


def test_what_a_reaction_leaves_behind_carries_the_deliverys_own_number(belfry, ears, clock):
    seen = []
    ring(belfry, clock.now(), "one")
    reactions = {BellRung: dict.fromkeys(ears, lambda s, *_: seen.append(s.info["command"].uid))}

    while courier.deliver(belfry, reactions, clock):
        pass

    assert [housekeeping("", at=clock.now(), key=f"delivery:{n}").uid for n in (1, 2)] == seen


def test_under_two_couriers_everything_is_told_once_in_order(url, ears, clock):
    belfries = [Database(url, {BellRung: tuple(ears)}) for _ in range(2)]
    for bell in range(1, 6):
        ring(belfries[0], clock.now(), *map(str, range(12)), bell=bell)
    heard = []

    def hear(name):
        return lambda session, event, by, at: write_down(
            session, f"{name} {event.bell_id} {event.note}", by, at
        )

    duties = Duties({BellRung: {name: hear(name) for name in ears}})
    couriers = [Courier(database, duties, SystemClock()) for database in belfries]
    for one in couriers:
        one.start()
    until = time.monotonic() + 30
    while len(heard) < 120 and time.monotonic() < until:
        time.sleep(0.05)
        heard = notes(belfries[0])
    ended = [one.finish(5) for one in couriers]

    assert ended == [True, True]
    assert len(heard) == len(set(heard)) == 120
    for name in ears:
        for bell in range(1, 6):
            row = [words for words in heard if words.startswith(f"{name} {bell} ")]
            assert row == [f"{name} {bell} {n}" for n in range(12)]
    for database in belfries:
        database.close()


@pytest.fixture
def running(belfry, ears):
    at_work = Courier(belfry, Duties({BellRung: ears}), SystemClock())
    at_work.start()
    yield at_work
    at_work.finish(5)


def wait_for(what, seconds=10.0):
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not come in time"
        time.sleep(0.005)


def test_a_commit_wakes_the_courier_long_before_it_would_look(belfry, ears, monkeypatch):
    monkeypatch.setattr(courier, "POLL_S", {"sqlite": 60.0, "postgresql": 60.0})
    at_work = Courier(belfry, Duties({BellRung: ears}), SystemClock())
    at_work.start()
    time.sleep(0.5)  # by now it has looked, found nothing and waits

    ring(belfry, SystemClock().now(), "one")
    wait_for(lambda: len(notes(belfry)) == 2)

    assert at_work.finish(5)


def test_work_that_an_act_leaves_behind_is_looked_at_at_once(belfry, monkeypatch):
    monkeypatch.setattr(courier, "POLL_S", {"sqlite": 60.0, "postgresql": 60.0})
    looks = []
    work = {"printing": lambda _database, _clock: bool(looks.append(1))}
    at_work = Courier(belfry, Duties(works=work), SystemClock())
    at_work.start()
    wait_for(lambda: looks)
    time.sleep(0.5)  # by now it has found nothing and waits
    before = len(looks)

    act = command("test", by=1, at=SystemClock().now())
    belfry.write(act, lambda session: session.info.update(wake=True))
    wait_for(lambda: len(looks) > before)

    assert at_work.finish(5)


def test_a_courier_finishes_what_it_has_in_hand(belfry):
    begun = threading.Event()

    def slowly(session, event, by, at):
        begun.set()
        time.sleep(0.3)
        write_down(session, event.note, by, at)

    at_work = Courier(
        belfry, Duties({BellRung: dict.fromkeys(("left", "right"), slowly)}), SystemClock()
    )
    at_work.start()
    ring(belfry, SystemClock().now(), "one")
    begun.wait(5)

    in_time = at_work.finish(5)
    ring(belfry, SystemClock().now(), "two")
    time.sleep(0.2)

    assert in_time
    assert set(notes(belfry)) == {"one"}


def test_a_courier_says_when_it_could_not_finish(belfry):
    begun = threading.Event()

    def slowly(session, event, by, at):
        begun.set()
        time.sleep(0.5)

    at_work = Courier(belfry, Duties({BellRung: {"left": slowly}}), SystemClock())
    at_work.start()
    ring(belfry, SystemClock().now(), "one")
    begun.wait(5)

    assert not at_work.finish(0.05)
    assert at_work.finish(5)


def test_on_sqlite_a_new_courier_takes_over_at_once_what_the_dead_one_held(sqlite_url, ears):
    database = Database(sqlite_url, {BellRung: tuple(ears)})
    ring(database, SystemClock().now(), "one")
    claim(database, SystemClock(), seconds=3600)
    claim(database, SystemClock(), seconds=3600)

    at_work = Courier(database, Duties({BellRung: ears}), SystemClock())
    at_work.start()
    wait_for(lambda: len(notes(database)) == 2)

    assert at_work.finish(5)
    database.close()


def test_on_sqlite_works_are_told_to_take_over_before_anything_begins(sqlite_url):
    database = Database(sqlite_url)
    told = []
    duties = Duties(
        works={"sheets": lambda _database, _clock: told.append("work") is not None},
        take_overs={"sheets": lambda _session, at: told.append(at)},
    )

    at_work = Courier(database, duties, SetClock(NOON))
    at_work.start()
    wait_for(lambda: "work" in told)

    assert at_work.finish(5)
    assert told[0] == NOON
    assert told.count(NOON) == 1
    database.close()


def test_a_courier_outlives_a_database_that_is_away(postgres_server, ears):
    address = postgres.make(postgres_server, "away", "template_wms")
    belfry = Database(address, {BellRung: tuple(ears)})
    at_work = Courier(belfry, Duties({BellRung: ears}), SystemClock())
    at_work.start()

    with psycopg.connect(postgres_server, autocommit=True) as chief:
        chief.execute("ALTER DATABASE away ALLOW_CONNECTIONS false")
        chief.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'away'"
        )
        time.sleep(0.6)
        chief.execute("ALTER DATABASE away ALLOW_CONNECTIONS true")
    ring(belfry, SystemClock().now(), "one")
    wait_for(lambda: len(notes(belfry)) == 2)

    assert at_work.finish(5)
    belfry.close()
    postgres.drop(postgres_server, "away")


def test_one_step_does_one_thing_that_is_due(belfry, ears):
    clock = SetClock()
    ring(belfry, clock.now(), "one")
    duties = Duties({BellRung: ears})

    assert [courier.step(belfry, duties, clock) for _ in range(3)] == [True, True, False]


def test_what_somebody_waits_for_is_told_before_a_flood_of_other_facts(belfry):
    order = []
    ears = {"left": lambda *_: order.append("left"), "right": lambda *_: order.append("right")}
    for bell in range(20):
        ring(belfry, SystemClock().now(), "ding", bell=bell)

    at_work = Courier(belfry, Duties({BellRung: ears}, urgent=frozenset({"right"})), SystemClock())
    at_work.start()
    try:
        wait_for(lambda: len(order) >= 40)
    finally:
        at_work.finish(5)

    assert order[:18].count("left") <= 2, "a second lane may begin with another while one is told"


def test_only_reactions_that_are_there_can_be_urgent():
    known = {name for named in wiring.REACTIONS.values() for name in named}

    assert known >= wiring.URGENT
