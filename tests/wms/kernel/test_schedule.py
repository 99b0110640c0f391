"""The timetable: every job once when it is due, whichever process gets to it, and again when it was stopped."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.bells import notes, write_down
from wms.kernel import schedule
from wms.kernel.clock import SystemClock
from wms.kernel.database import Database
from wms.kernel.schedule import Job
from wms.kernel.tables import ScheduledJob

HOURLY = 3600


def jot(name="job"):
    return Job(HOURLY, lambda session, by, at: write_down(session, name, by, at))


def row(database):
    with database.read() as session:
        return session.scalars(select(ScheduledJob)).one()


def test_a_job_runs_at_once_and_then_when_its_time_has_passed(database, clock):
    jobs = {"tidy": jot()}
    schedule.enter(database, jobs, clock)

    runs = []
    for _ in range(3):
        runs.append(schedule.run_due(database, jobs, clock))
        runs.append(schedule.run_due(database, jobs, clock))
        clock.forward(timedelta(seconds=HOURLY))

    assert runs == [True, False] * 3
    assert notes(database) == ["job"] * 3


def test_entering_again_keeps_the_time_and_takes_the_new_interval(database, clock):
    schedule.enter(database, {"tidy": jot()}, clock)
    schedule.run_due(database, {"tidy": jot()}, clock)

    clock.forward(timedelta(minutes=1))
    schedule.enter(database, {"tidy": Job(60, jot().do)}, clock)

    assert not schedule.run_due(database, {"tidy": jot()}, clock)
    assert row(database).every_s == 60


def test_a_job_that_stops_leaves_nothing_and_comes_later_each_time(database, clock):
    def stop(session, by, at):
        write_down(session, "half", by, at)
        raise RuntimeError("no paper")

    jobs = {"tidy": Job(HOURLY, stop)}
    schedule.enter(database, jobs, clock)
    waits = []

    for _ in range(4):
        assert schedule.run_due(database, jobs, clock)
        waits.append(row(database).due_at - clock.now())
        clock.moment = row(database).due_at

    assert waits == sorted(set(waits))
    assert row(database).trouble == "RuntimeError: no paper"
    assert notes(database) == []


def test_a_job_that_works_again_forgets_its_trouble(database, clock):
    def stop(session, by, at):
        raise RuntimeError

    schedule.enter(database, {"tidy": jot()}, clock)
    schedule.run_due(database, {"tidy": Job(HOURLY, stop)}, clock)
    clock.forward(timedelta(minutes=1))

    schedule.run_due(database, {"tidy": jot()}, clock)

    assert (row(database).trouble, row(database).tries) == (None, 0)
    assert row(database).due_at == clock.now() + timedelta(seconds=HOURLY)


def test_a_process_whose_lease_ran_out_does_not_do_it_a_second_time(database, clock):
    jobs = {"tidy": jot()}
    schedule.enter(database, jobs, clock)

    def overtaken(session, by, at):
        write_down(session, "late", by, at)

    late = schedule._claim(database, jobs, clock)
    clock.forward(schedule.LEASE)
    schedule.run_due(database, jobs, clock)
    act = schedule.housekeeping("tidy", at=clock.now())
    database.write(act, lambda s: schedule._do(s, Job(HOURLY, overtaken), late, clock.now()))

    assert notes(database) == ["job"]


def test_what_a_run_leaves_behind_carries_the_runs_own_number(database, clock):
    uids = []
    jobs = {"tidy": Job(HOURLY, lambda session, *_: uids.append(session.info["command"].uid))}
    schedule.enter(database, jobs, clock)

    schedule.run_due(database, jobs, clock)
    clock.forward(timedelta(seconds=HOURLY))
    schedule.run_due(database, jobs, clock)

    assert len(set(uids)) == 2


@pytest.mark.parametrize("lanes", [2])
def test_several_processes_do_each_job_once(url, lanes):
    houses = [Database(url) for _ in range(2)]
    jobs = {f"tidy {n}": jot(f"job {n}") for n in range(10)}
    together = threading.Barrier(len(houses) * lanes)

    def work(database):
        together.wait()
        schedule.enter(database, jobs, SystemClock())
        until = time.monotonic() + 3
        while time.monotonic() < until and len(notes(database)) < len(jobs):
            schedule.run_due(database, jobs, SystemClock())
        schedule.run_due(database, jobs, SystemClock())

    threads = [
        threading.Thread(target=work, args=(house,)) for house in houses for _ in range(lanes)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(notes(houses[0])) == sorted(f"job {n}" for n in range(10))
    for house in houses:
        house.close()
