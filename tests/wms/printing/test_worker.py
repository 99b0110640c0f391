"""Sheets on their way to a printer over a real wire: each comes out once, or somebody is asked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from devices.virtual.printer import VirtualPrinter
from tests.kit import NOON, TESTER, done
from tests.wms.printing.printers import (
    a_bench,
    a_label,
    a_printer,
    act,
    all_is_well,
    ask,
    job,
    now,
    state,
    told,
    tries,
)
from wms.cases.tables import ExceptionCase
from wms.kernel.clock import SetClock
from wms.printing import actions, queries
from wms.printing.actions import attempting
from wms.printing.rules import LONGEST_WAIT
from wms.printing.worker import sending, step, watch
from wms.stations import actions as stations

ALMOST = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    """What a printer may take for a sheet, in tests that wait for nothing."""
    monkeypatch.setattr(sending, "PATIENCE_S", 1.0)


@pytest.fixture
def clock():
    return SetClock(NOON)


@pytest.fixture
def zebra():
    with VirtualPrinter() as played:
        yield played


@pytest.fixture
def printer(database, zebra):
    return a_printer(database, "P1", zebra.address)


def work(database, clock):
    """Do everything that is due at this moment."""
    for _ in range(100):
        if not step(database, clock):
            return
    raise AssertionError("the worker does not come to an end")


def codes(zebra):
    return [code for sheet in zebra.sheets for code in sheet.codes()]


def test_a_sheet_comes_out_and_the_printer_says_so(database, clock, zebra, printer):
    number = ask(database, printer, expects="WXS0001")

    work(database, clock)

    assert state(database, number) == "confirmed"
    assert codes(zebra) == ["WXS0001"]
    assert told(database, "SheetConfirmed")[0]["proof"] == "status"
    assert [(one.outcome, one.ended_at is not None) for one in tries(database, number)] == [
        ("confirmed", True)
    ]
    assert now(database, printer).condition == "ready"
    assert all_is_well(database) == []


def test_sheets_come_out_in_the_order_in_which_they_were_asked_for(database, clock, zebra, printer):
    wanted = [f"WXS000{n}" for n in range(1, 6)]
    for code in wanted:
        ask(database, printer, expects=code)

    work(database, clock)

    assert codes(zebra) == wanted


def test_a_carriers_label_goes_out_as_it_came(database, clock, zebra, printer):
    label = b"^XA^FO50,50^BY3^BCN,100,N,N,N^FD1Z999AA10123456784^FS^XZ"
    number = ask(database, printer, document=label, media_type="application/zpl")

    work(database, clock)

    assert zebra.sheets[0].data.strip() == label
    assert state(database, number) == "confirmed"


def test_a_reprint_says_so_on_the_sheet(database, clock, zebra, printer):
    label = b"^XA^FO50,50^BY3^BCN,100,N,N,N^FD1Z999AA10123456784^FS^XZ"
    ours = ask(database, printer)
    theirs = ask(database, printer, document=label, media_type="application/zpl")
    work(database, clock)

    for number in (ours, theirs):
        act(database, actions.reprint, job_id=number, reason="smeared")
    work(database, clock)

    assert [b"REPRINT 2" in sheet.data for sheet in zebra.sheets] == [False, False, True, True]
    assert zebra.sheets[3].codes() == ["1Z999AA10123456784"]


def test_a_printer_that_says_it_cannot_print_gets_nothing(database, clock, zebra, printer):
    zebra.take_out_paper()
    number = ask(database, printer)

    work(database, clock)

    assert (state(database, number), job(database, number).tries) == ("queued", 1)
    assert now(database, printer).condition == "paper_out"
    assert told(database, "PrinterChanged")[-1]["condition"] == "paper_out"


def test_what_waits_for_a_roll_comes_out_once_when_it_is_loaded(database, clock, zebra, printer):
    zebra.take_out_paper()
    numbers = [ask(database, printer, expects=f"WXS{n}") for n in (1, 2)]
    work(database, clock)

    zebra.load_paper()
    clock.forward(timedelta(seconds=6))
    watch(database, clock)
    work(database, clock)

    assert codes(zebra) == ["WXS1", "WXS2"]
    assert [state(database, number) for number in numbers] == ["confirmed", "confirmed"]


def test_what_waits_is_tried_again_later_and_later_but_never_very_late(database, clock):
    number = ask(database, a_printer(database))
    waits = []

    for _ in range(8):
        work(database, clock)
        waits.append(job(database, number).due_at - clock.now())
        clock.moment = job(database, number).due_at

    assert waits[0] < waits[2] < waits[4]
    assert max(waits) <= LONGEST_WAIT
    assert (state(database, number), len(tries(database, number))) == ("queued", 8)


def test_a_roll_that_ends_on_a_sheet_leaves_it_in_doubt_until_somebody_says(
    database, clock, zebra, printer
):
    zebra.let_paper_last(1)
    first, second = (ask(database, printer, expects=f"WXS{n}") for n in (1, 2))

    work(database, clock)
    zebra.load_paper()
    clock.forward(timedelta(minutes=1))
    watch(database, clock)
    work(database, clock)

    assert state(database, first) == "unsure"
    assert state(database, second) == "confirmed"
    assert codes(zebra) == ["WXS1", "WXS2"]
    act(database, actions.confirm_scanned, code="WXS1")
    assert state(database, first) == "confirmed"


def test_a_line_that_breaks_leaves_the_sheet_in_doubt_and_it_is_not_sent_again(
    database, clock, zebra, printer
):
    zebra.break_off_after(200)
    number = ask(database, printer)

    work(database, clock)
    clock.forward(timedelta(hours=1))
    work(database, clock)

    assert (state(database, number), len(tries(database, number))) == ("unsure", 1)
    assert told(database, "SheetUnsure")[0]["cause"] == "broken_off"
    assert zebra.sheets == []


def test_a_sheet_that_was_not_there_comes_out_on_the_second_try(database, clock, zebra, printer):
    zebra.break_off_after(200)
    number = ask(database, printer, expects="WXS1")
    work(database, clock)

    act(database, actions.did_not_come_out, job_id=number)
    work(database, clock)

    assert (state(database, number), codes(zebra)) == ("confirmed", ["WXS1"])
    assert [one.outcome for one in tries(database, number)] == ["broken_off", "confirmed"]


def test_a_printer_that_falls_silent_leaves_the_sheet_in_doubt(
    database, clock, zebra, printer, monkeypatch
):
    number = ask(database, printer)
    answer = zebra._answer
    heard = []

    def once(*told):
        heard.append(told)
        if len(heard) == 1:
            answer(*told)

    monkeypatch.setattr(zebra, "_answer", once)

    work(database, clock)

    assert state(database, number) == "unsure"
    assert told(database, "SheetUnsure")[0]["cause"] == "silent"


def test_a_printer_that_cannot_say_leaves_the_sheet_sent_until_it_is_scanned(
    database, clock, tmp_path
):
    folder = tmp_path / "sheets"
    folder.mkdir()
    printer = a_printer(database, "P1", f"zebra+file://{folder}")
    number = ask(database, printer, expects="WXS1")

    work(database, clock)

    assert (state(database, number), len(list(folder.iterdir()))) == ("sent", 1)
    act(database, actions.confirm_scanned, code="WXS1")
    assert state(database, number) == "confirmed"


def test_a_held_printer_gets_nothing_until_it_is_let_go(database, clock, zebra, printer):
    act(database, actions.hold_printer, device_id=printer)
    number = ask(database, printer)
    work(database, clock)
    assert (state(database, number), zebra.sheets) == ("queued", [])

    act(database, actions.let_printer_go, device_id=printer)
    work(database, clock)

    assert state(database, number) == "confirmed"


def test_the_next_printer_takes_what_was_not_sent(database, clock, zebra, printer):
    with VirtualPrinter() as other:
        second = a_printer(database, "P2", other.address)
        act(database, actions.set_next, device_id=printer, next_id=second)
        zebra.let_paper_last(1)
        numbers = [ask(database, printer, expects=f"WXS{n}") for n in (1, 2, 3)]

        work(database, clock)

        assert codes(zebra) == ["WXS1"]
        assert codes(other) == ["WXS2", "WXS3"]
        assert [state(database, number) for number in numbers] == [
            "unsure",
            "confirmed",
            "confirmed",
        ]
        assert [one["device_id"] for one in told(database, "SheetRerouted")] == [second, second]


def test_printers_that_name_each_other_do_not_pass_a_sheet_round(database, clock):
    first, second = a_printer(database), a_printer(database, "P2", "zebra+tcp://127.0.0.1:10")
    act(database, actions.set_next, device_id=first, next_id=second)
    act(database, actions.set_next, device_id=second, next_id=first)
    number = ask(database, first)

    work(database, clock)
    clock.forward(timedelta(minutes=5))
    work(database, clock)

    assert state(database, number) == "queued"
    assert len(told(database, "SheetRerouted")) == 1


def test_what_sets_up_printers_is_never_sent(database, clock, zebra, printer):
    harmful = b"^XA^FDx^FS~JR^XZ"
    number = ask(database, printer, document=harmful, media_type="application/zpl")
    after = ask(database, printer)

    work(database, clock)

    assert (state(database, number), state(database, after)) == ("abandoned", "confirmed")
    assert len(zebra.sheets) == 1
    with database.read() as session:
        case = session.scalars(select(ExceptionCase)).one()
    assert (case.kind, case.subject_id) == ("sheet_unprintable", number)
    assert all_is_well(database) == []


def test_a_label_that_no_barcode_can_say_is_given_up_and_told(database, clock, zebra, printer):
    number = ask(database, printer, label=a_label("Größe"))

    work(database, clock)

    assert state(database, number) == "abandoned"


def test_a_printer_is_asked_now_and_then_how_it_is(database, clock, zebra, printer):
    assert watch(database, clock)
    assert not watch(database, clock)
    zebra.open_head()
    clock.forward(timedelta(seconds=31))

    assert watch(database, clock)

    assert now(database, printer).condition == "head_open"


def test_a_sheet_on_its_way_is_not_disturbed_by_questions(database, clock, zebra, printer):
    ask(database, printer)
    done(database, lambda s: attempting.claim_next(s, at=NOON) and None)
    clock.forward(timedelta(seconds=31))

    assert not watch(database, clock)


def cases(database):
    with database.read() as session:
        return [(one.kind, one.state) for one in session.scalars(select(ExceptionCase))]


def report(database, clock):
    done(database, lambda s: actions.report_printers(s, by=TESTER, at=clock.now()))


def test_a_printer_that_is_down_for_a_minute_is_somebodys_business_until_it_prints(
    database, clock, zebra, printer
):
    zebra.take_out_paper()
    watch(database, clock)
    report(database, clock)
    assert cases(database) == []

    clock.forward(timedelta(minutes=1))
    report(database, clock)
    report(database, clock)
    assert cases(database) == [("printer_down", "open")]

    zebra.load_paper()
    watch(database, clock)
    report(database, clock)
    assert cases(database) == [("printer_down", "closed")]


def test_nobody_is_called_to_a_printer_that_was_stopped_by_hand(database, clock, zebra, printer):
    zebra.take_out_paper()
    watch(database, clock)
    act(database, actions.hold_printer, device_id=printer)
    clock.forward(timedelta(minutes=5))

    report(database, clock)

    assert cases(database) == []


@pytest.mark.parametrize("address", ["pdf+queue://office", "zebra+tcp://127.0.0.1:9100/tray"])
def test_a_printer_that_nothing_here_can_speak_to_is_down_and_somebody_is_told(
    database, clock, address
):
    office = a_printer(database, "Office", address)
    number = ask(database, office)

    for _ in range(15):
        work(database, clock)
        watch(database, clock)
        report(database, clock)
        clock.forward(timedelta(seconds=6))

    assert cases(database) == [("printer_down", "open")]
    assert [one["condition"] for one in told(database, "PrinterChanged")] == ["unreachable"]
    assert now(database, office).detail
    assert (state(database, number), len(tries(database, number)) < 10) == ("queued", True)


def revoke(database, device_id):
    done(
        database,
        lambda s: stations.revoke_device(
            s, device_id=device_id, reason="broken", by=TESTER, at=NOON
        ),
    )


def at_bench(database, bench, **facts):
    facts = {"part": "labels", "kind": "house_label", "title": "X", **facts}
    facts.setdefault("label", a_label())
    return act(database, actions.ask_at, station_id=bench, **facts)


def test_the_second_printer_of_a_bench_takes_over_when_the_first_cannot(
    database, clock, zebra, printer
):
    paper, gone = a_printer(database, "Office", "pdf+queue://office"), a_printer(database, "P0")
    with VirtualPrinter() as other:
        second = a_printer(database, "P2", other.address)
        bench = a_bench(database, printer, paper, gone, second)
        revoke(database, gone)
        zebra.take_out_paper()
        number = at_bench(
            database,
            bench,
            label=None,
            document=b"^XA^FO50,50^BY3^BCN,100,N,N,N^FD1Z9^FS^XZ",
            media_type="application/zpl",
        )

        work(database, clock)

        assert (state(database, number), job(database, number).printer_id) == ("confirmed", second)
        assert codes(other) == ["1Z9"]


def test_what_waits_for_a_printer_that_is_not_used_any_more_comes_out_at_its_bench(
    database, clock, zebra, printer
):
    gone = a_printer(database, "P0")
    bench = a_bench(database, gone)
    number = at_bench(database, bench)
    work(database, clock)
    revoke(database, gone)
    report(database, clock)
    assert cases(database) == [("printer_down", "open")]
    with database.read() as session:
        assert [one.name for one in queries.left_waiting(session)] == ["P0"]

    done(
        database,
        lambda s: stations.bind(
            s, station_id=bench, device_id=printer, part="labels", by=TESTER, at=NOON
        ),
    )
    report(database, clock)
    work(database, clock)

    assert (state(database, number), len(zebra.sheets)) == ("confirmed", 1)
    report(database, clock)
    assert cases(database) == [("printer_down", "closed")]
    with database.read() as session:
        assert queries.left_waiting(session) == []
