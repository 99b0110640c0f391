"""Workers killed with a sheet on its way: nothing comes out twice by itself, and nothing is lost in silence."""

import os
import random
import signal
import time
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import get_context

import pytest
from sqlalchemy import select

from devices import printing
from devices.address import parse
from devices.virtual.printer import VirtualPrinter
from tests.kit import NOON
from tests.wms.printing.printers import a_printer, act, all_is_well, ask, state, told, tries
from wms.kernel.clock import SetClock
from wms.kernel.commands import housekeeping
from wms.kernel.database import Database
from wms.printing import actions
from wms.printing.actions import attempting
from wms.printing.actions.attempting import LEASE
from wms.printing.drawing import Sheet, data
from wms.printing.rules import Language
from wms.printing.tables import PrintJob
from wms.printing.worker import step

SHEETS = 8
LONGEST_S = 30
"""More than any of this takes, even on a busy machine."""


@pytest.fixture
def zebra():
    with VirtualPrinter(delay_s=0.02) as played:
        yield played


def codes(zebra):
    return sorted(code for sheet in zebra.sheets for code in sheet.codes())


def work(database, clock):
    while step(database, clock):
        pass


def claim(database):
    act = housekeeping("printing.claim", at=NOON)
    return database.write(act, lambda s: attempting.claim_next(s, at=NOON)).value


def test_a_house_that_begins_anew_sees_at_once_to_what_its_dead_had_in_hand(sqlite_url, zebra):
    database = Database(sqlite_url)
    mine, theirs = (
        ask(database, a_printer(database, name, address))
        for name, address in (("P1", zebra.address), ("P2", None))
    )
    claim(database)
    agents = housekeeping("printing.claim", at=NOON)
    database.write(
        agents, lambda s: attempting.claim_next(s, printer_id=_printer_of(s, theirs), at=NOON)
    )
    act = housekeeping("courier.take_over", at=NOON)
    database.write(act, lambda s: actions.end_leases(s, at=NOON))

    work(database, SetClock(NOON))

    assert (state(database, mine), state(database, theirs)) == ("unsure", "sending")
    assert codes(zebra) == []
    assert all_is_well(database) == []
    database.close()


def _printer_of(session, job_id):
    return session.get_one(PrintJob, job_id).printer_id


def test_a_worker_that_dies_before_the_first_byte_leaves_a_doubt_and_no_sheet(database, zebra):
    number = ask(database, a_printer(database, "P1", zebra.address))
    clock = SetClock(NOON)

    claim(database)
    work(database, clock)
    on_its_way = state(database, number)
    clock.forward(LEASE)
    work(database, clock)

    assert (on_its_way, state(database, number)) == ("sending", "unsure")
    assert zebra.sheets == []


def test_a_worker_that_dies_after_the_last_byte_leaves_a_doubt_and_one_sheet(database, zebra):
    number = ask(database, a_printer(database, "P1", zebra.address), expects="WXS1")
    clock = SetClock(NOON)

    claimed = claim(database)
    sheet = Sheet(claimed.label, claimed.document, claimed.media_type, claimed.generation)
    printing.send(parse(zebra.address), data(sheet, Language.ZPL, 203), patience_s=5)
    clock.forward(LEASE)
    work(database, clock)
    clock.forward(timedelta(days=1))
    work(database, clock)

    assert (state(database, number), codes(zebra)) == ("unsure", ["WXS1"])
    assert len(tries(database, number)) == 1
    act(database, actions.confirm_scanned, code="WXS1")
    assert state(database, number) == "confirmed"
    assert all_is_well(database) == []


def _work_until_killed(url: str, clock: SetClock) -> None:
    database = Database(url)
    while True:
        if not step(database, clock):
            time.sleep(0.002)


@contextmanager
def a_worker(url, clock):
    """A worker in a process of its own, killed at the end without a word."""
    process = get_context("fork").Process(target=_work_until_killed, args=(url, clock))
    process.start()
    try:
        yield process
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.join()


def _wait_for_one_on_its_way(database):
    until = time.monotonic() + LONGEST_S
    query = select(PrintJob.id).where(PrintJob.state == "sending").limit(1)
    while time.monotonic() < until:
        with database.read() as session:
            if session.scalar(query) is not None:
                return
        time.sleep(0.001)
    raise AssertionError("no sheet was ever on its way")


def _unsure(database):
    query = select(PrintJob).where(PrintJob.state == "unsure").order_by(PrintJob.id)
    with database.read() as session:
        return list(session.scalars(query).all())


def _still(zebra):
    """Wait until the printer has nothing more to print."""
    until = time.monotonic() + LONGEST_S
    while zebra.status().formats_waiting or zebra.status().labels_left:
        assert time.monotonic() < until
        time.sleep(0.01)


def test_killed_in_the_middle_again_and_again_each_sheet_comes_out_once(database, url, zebra):
    printer = a_printer(database, "P1", zebra.address)
    wanted = [f"WXS{n:04d}" for n in range(SHEETS)]
    clock, chance = SetClock(NOON), random.Random(7)

    for code in wanted:
        ask(database, printer, expects=code)
        with a_worker(url, clock):
            _wait_for_one_on_its_way(database)
            time.sleep(chance.uniform(0, 0.06))
        clock.forward(LEASE)
        work(database, clock)
        _still(zebra)

    doubts = _unsure(database)
    printed_alone = codes(zebra)
    assert len(set(printed_alone)) == len(printed_alone)  # nothing twice by itself
    assert len(told(database, "SheetUnsure")) == len(doubts) > 0
    for job in doubts:
        came = job.expects in printed_alone
        act(database, actions.came_out if came else actions.did_not_come_out, job_id=job.id)
    work(database, clock)
    _still(zebra)
    assert codes(zebra) == wanted
    assert _unsure(database) == []
    assert all_is_well(database) == []
