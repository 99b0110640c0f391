"""Several at once: no sheet is sent by two, and no printer gets two sheets at once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from devices.printing import ANSWER_S, STEP_S
from devices.virtual.printer import VirtualPrinter
from tests.kit import NOON, done
from tests.wms.printing.printers import (
    a_printer,
    act,
    all_is_well,
    ask,
    job,
    state,
    told,
    tries,
)
from wms.kernel.clock import SetClock
from wms.kernel.commands import HOUSE, housekeeping
from wms.kernel.lifecycle import NotNow
from wms.printing import actions
from wms.printing.actions import attempting, rows, telling
from wms.printing.actions.attempting import LEASE
from wms.printing.rules import ASKING, Condition, Outcome
from wms.printing.tables import PrinterNow
from wms.printing.worker import step, watch
from wms.printing.worker.sending import PATIENCE_S

WORKERS = 4


def at_once(*jobs):
    start = threading.Barrier(len(jobs))

    def run(do):
        start.wait()
        return do()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(run, do) for do in jobs]]


def claim(database, at=NOON):
    act = housekeeping("printing.claim", at=at)
    return database.write(act, lambda session: attempting.claim_next(session, at=at)).value


def record(database, claimed, outcome, at=NOON, condition=Condition.READY):
    act = housekeeping("printing.record", at=at)
    facts = {"outcome": outcome, "condition": condition, "evidence": {}}
    database.write(
        act,
        lambda session: attempting.record(
            session, attempt_id=claimed.attempt_id, **facts, by=HOUSE, at=at
        ),
    )


def test_several_workers_print_each_sheet_once_and_in_order(database):
    with VirtualPrinter() as first, VirtualPrinter() as second:
        printers = [
            a_printer(database, f"P{n}", one.address) for n, one in ((1, first), (2, second))
        ]
        wanted = {printer: [] for printer in printers}
        for n in range(16):
            printer = printers[n % 2]
            wanted[printer].append(f"WXS{n:04d}")
            ask(database, printer, expects=f"WXS{n:04d}")
        clock = SetClock(NOON)

        def work():
            idle = 0
            while idle < 20:
                idle = 0 if step(database, clock) else idle + 1

        at_once(*[work] * WORKERS)

        printed = [
            [code for sheet in one.sheets for code in sheet.codes()] for one in (first, second)
        ]
    assert printed == list(wanted.values())
    assert len(told(database, "SheetConfirmed")) == 16
    assert all_is_well(database) == []


def test_of_several_workers_one_gets_the_sheet(database):
    printer = a_printer(database)
    for _ in range(5):
        number = ask(database, printer)

        got = at_once(*[lambda: claim(database)] * WORKERS)

        mine = [one for one in got if one is not None]
        assert [one.job_id for one in mine] == [number]
        record(database, mine[0], Outcome.CONFIRMED)


def test_a_printer_gets_one_sheet_at_a_time(database):
    printer = a_printer(database)
    first, second = ask(database, printer), ask(database, printer)

    claimed = claim(database)
    meanwhile = claim(database)
    record(database, claimed, Outcome.CONFIRMED)

    assert (claimed.job_id, meanwhile, claim(database).job_id) == (first, None, second)


def test_a_sheet_that_must_wait_holds_up_those_behind_it(database):
    printer = a_printer(database)
    first = ask(database, printer)
    ask(database, printer)

    record(database, claim(database), Outcome.NOT_SENT)

    assert claim(database) is None
    assert claim(database, job(database, first).due_at).job_id == first


def test_who_comes_back_after_the_lease_changes_nothing(database):
    number = ask(database, a_printer(database))
    claimed = claim(database)
    later = NOON + LEASE

    assert claim(database, later) is None
    in_doubt = state(database, number)
    record(database, claimed, Outcome.NOT_SENT, later)

    assert (in_doubt, state(database, number)) == ("unsure", "unsure")
    assert told(database, "SheetUnsure")[0]["cause"] == "worker_died"
    assert [one.outcome for one in tries(database, number)] == ["lease_expired"]
    assert all_is_well(database) == []


def test_who_comes_back_late_does_not_end_the_next_try(database):
    number = ask(database, a_printer(database))
    slow = claim(database)
    later = NOON + LEASE
    claim(database, later)
    done(
        database,
        lambda s: actions.did_not_come_out(s, job_id=number, by=1, at=later),
    )
    second = claim(database, later)

    record(database, slow, Outcome.CONFIRMED, later)

    assert (state(database, number), second.attempt) == ("sending", 2)
    record(database, second, Outcome.CONFIRMED, later)
    assert state(database, number) == "confirmed"


def test_a_scan_at_the_bench_and_the_word_of_the_printer_confirm_one_sheet_once(database):
    number = ask(database, a_printer(database), expects="WXS1")
    claimed = claim(database)

    at_once(
        lambda: act(database, actions.confirm_scanned, code="WXS1"),
        lambda: record(database, claimed, Outcome.CONFIRMED),
    )

    assert state(database, number) == "confirmed"
    assert len(told(database, "SheetConfirmed")) == 1
    assert all_is_well(database) == []


def test_one_says_yes_one_says_no_and_one_is_heard(database):
    for n in range(5):
        number = ask(database, a_printer(database, f"P{n}"))
        record(database, claim(database), Outcome.BROKEN_OFF)

        def answer(verb, number=number):
            try:
                act(database, verb, job_id=number)
            except NotNow as no:
                return no.sentence
            return "heard"

        got = at_once(
            lambda a=answer: a(actions.came_out), lambda a=answer: a(actions.did_not_come_out)
        )

        assert sorted(got) == ["heard", "kernel.not_now"]
        if state(database, number) == "queued":
            record(database, claim(database), Outcome.CONFIRMED)


def test_a_bench_agent_and_the_house_do_not_get_the_same_sheet(database):
    printer = a_printer(database)
    number = ask(database, printer)

    def agents():
        act = housekeeping("printing.claim", at=NOON)
        return database.write(
            act, lambda s: attempting.claim_next(s, printer_id=printer, at=NOON)
        ).value

    got = at_once(lambda: claim(database), agents)

    assert [one.job_id for one in got if one] == [number]


def test_a_lease_is_longer_than_the_longest_try():

    longest = timedelta(seconds=2 * STEP_S + ANSWER_S + PATIENCE_S)

    assert 2 * longest < LEASE


def test_a_sheet_that_is_taken_back_while_others_are_passed_on_costs_no_answer(database):
    first, second = a_printer(database), a_printer(database, "P2")
    act(database, actions.set_next, device_id=first, next_id=second)
    proved, waits, moves = (ask(database, first) for _ in range(3))
    claimed = claim(database)
    is_held = threading.Event()

    def take_back(session):
        actions.cancel(session, job_id=waits, by=1, at=NOON)
        session.flush()
        is_held.set()
        time.sleep(0.5)

    def tell():
        is_held.wait(5)
        record(database, claimed, Outcome.CONFIRMED, condition=Condition.PAPER_OUT)

    at_once(lambda: done(database, take_back), tell)

    assert [state(database, one) for one in (proved, waits, moves)] == [
        "confirmed",
        "cancelled",
        "queued",
    ]
    assert job(database, moves).printer_id == second
    assert all_is_well(database) == []


def wait_until_asked(database, printer, clock):
    """Wait until somebody holds the printer to ask how it is."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with database.read() as session:
            if session.get_one(PrinterNow, printer).told_at > clock.now():
                return
        time.sleep(0.01)
    raise AssertionError("nobody asks the printer")


def test_a_sheet_that_comes_while_a_printer_is_asked_how_it_is_waits_for_the_answer(database):
    clock = SetClock(NOON)
    with VirtualPrinter(lines=1, answer_s=0.6) as busy, VirtualPrinter() as other:
        printer, second = (
            a_printer(database, "P1", busy.address),
            a_printer(database, "P2", other.address),
        )
        act(database, actions.set_next, device_id=printer, next_id=second)
        assert watch(database, clock)  # the other one, of which nothing is known yet
        clock.forward(timedelta(minutes=1))
        answered = threading.Thread(target=lambda: watch(database, clock))
        answered.start()
        wait_until_asked(database, printer, clock)
        number = ask(database, printer, expects="WXS1")
        while step(database, clock):
            pass
        meanwhile = state(database, number)
        answered.join()
        while step(database, clock):
            pass

        assert (meanwhile, state(database, number)) == ("queued", "confirmed")
        assert [one.outcome for one in tries(database, number)] == ["confirmed"]
        assert [one["condition"] for one in told(database, "PrinterChanged")] == ["ready"] * 2
        assert [sheet.codes() for sheet in busy.sheets] == [["WXS1"]]


def test_a_printer_is_asked_or_gets_a_sheet_and_never_both(database):
    clock = SetClock(NOON)
    number = ask(database, a_printer(database))

    def question():
        act = housekeeping("printing.watch", at=clock.now())
        return database.write(act, lambda s: telling.ask_next(s, at=act.at)).value

    for _ in range(12):
        claimed, asked = at_once(lambda: claim(database, clock.now()), question)
        assert not (claimed and asked)
        if claimed:
            record(database, claimed, Outcome.NOT_SENT, clock.now())
        clock.forward(timedelta(minutes=2))
    assert claim(database, clock.now()).job_id == number


def test_who_died_while_asking_a_printer_holds_up_no_sheet_for_long(database):
    number = ask(database, a_printer(database))
    done(database, lambda s: telling.ask_next(s, at=NOON) and None)

    assert claim(database) is None
    assert claim(database, NOON + ASKING).job_id == number


def test_a_scan_and_a_void_that_speak_of_the_same_sheets_never_block_each_other(database):
    printer = a_printer(database)
    numbers = [ask(database, printer, expects="WXS1") for _ in range(2)]
    runs, is_held = [], threading.Event()

    def rising(session):
        runs.append("void")
        rows.held(session, numbers[0])
        is_held.set()
        time.sleep(0.3)
        rows.held(session, numbers[1])

    def scan(session):
        runs.append("scan")
        actions.confirm_scanned(session, code="WXS1", by=1, at=NOON)

    def scanned():
        is_held.wait(5)
        done(database, scan)

    at_once(lambda: done(database, rising), scanned)

    assert sorted(runs) == ["scan", "void"]
