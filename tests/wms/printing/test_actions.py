"""Sheets that are asked for: for a printer or a bench, once more, elsewhere, no more; proved by a scan or a person."""

import pytest

from labels import plain
from labels.label import Align, Barcode, Box, Image, Label, Line, Symbology, Text
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
)
from wms.kernel.lifecycle import NotNow
from wms.printing import actions
from wms.printing.actions import attempting
from wms.printing.rules import Condition, Outcome
from wms.stations import actions as stations
from wms.stations.tables import Device


def sent(database, outcome=Outcome.BAD, condition=Condition.PAPER_OUT):
    """Carry out a try at the next sheet, with what came of it."""
    claimed = done(database, lambda session: attempting.claim_next(session, at=NOON))
    act(
        database,
        attempting.record,
        attempt_id=claimed.attempt_id,
        outcome=outcome,
        condition=condition,
        evidence={},
    )
    return claimed.job_id


def a_doubted(database, printer, **facts):
    number = ask(database, printer, **facts)
    sent(database)
    return number


def test_a_sheet_is_asked_for_and_waits_under_a_number_people_can_say(database):
    printer = a_printer(database)

    number = ask(database, printer, subject="package", subject_id=7)

    row = job(database, number)
    assert (row.state, row.number, row.generation) == ("queued", f"L-{number:06d}", 1)
    assert told(database, "SheetAsked")[0]["about_id"] == 7


def test_a_label_is_kept_as_it_was_drawn(database):
    parts = (
        Text(1, 2, 30, 8, "Zürich", 5, bold=True, align=Align.RIGHT),
        Barcode(1, 12, 60, 10, Symbology.GS1_128, "(01)09501101530003"),
        Box(0, 0, 10, 10, 0.5),
        Line(5, 5, 20, is_upright=True),
        Image(1, 1, 5, 5, b"\x89PNG\x00\xff"),
    )
    label = Label(100, 50, parts)

    number = ask(database, a_printer(database), label=label)

    assert plain.label(job(database, number).label) == label


def test_a_bench_gets_its_sheet_from_its_printer(database):
    first, second = a_printer(database), a_printer(database, "P2")
    bench = a_bench(database, first, second)

    number = act(
        database,
        actions.ask_at,
        station_id=bench,
        part="labels",
        kind="x",
        title="X",
        label=a_label(),
    )

    assert (job(database, number).printer_id, job(database, number).station_id) == (first, bench)


def test_a_bench_asks_the_printer_that_is_up(database):
    first, second = a_printer(database), a_printer(database, "P2")
    bench = a_bench(database, first, second)
    act(database, actions.hold_printer, device_id=first)

    number = act(
        database,
        actions.ask_at,
        station_id=bench,
        part="labels",
        kind="x",
        title="X",
        label=a_label(),
    )

    assert job(database, number).printer_id == second


def test_a_bench_without_a_printer_for_it_gets_none(database):
    bench = a_bench(database, a_printer(database))

    assert (
        act(
            database,
            actions.ask_at,
            station_id=bench,
            part="documents",
            kind="x",
            title="X",
            label=a_label(),
        )
        is None
    )


def test_a_printer_that_does_not_understand_a_document_is_not_asked_for_it(database):
    printer = a_printer(database)

    with pytest.raises(actions.UnfitForPrinter):
        ask(database, printer, document=b"%PDF-1.4", media_type="application/pdf")


def test_what_is_no_printer_prints_nothing(database):
    scale = done(
        database,
        lambda s: (
            stations.add_device(
                s,
                name="S",
                kind=stations.DeviceKind.SCALE,
                address="scale+tcp://127.0.0.1:9",
                by=TESTER,
                at=NOON,
            ).id
        ),
    )

    with pytest.raises(actions.NoSuchPrinter):
        ask(database, scale)


def test_the_scan_of_its_barcode_proves_a_sheet(database):
    number = a_doubted(database, a_printer(database), expects="wxs0001")

    found = act(database, actions.confirm_scanned, code="WXS0001")

    assert (found, state(database, number)) == (number, "confirmed")
    assert told(database, "SheetConfirmed")[0]["proof"] == "scan"


def test_a_scan_means_the_newest_sheet_that_is_open_and_went_to_a_printer(database):
    printer = a_printer(database)
    old = a_doubted(database, printer, expects="1Z999")
    new = act(database, actions.reprint, job_id=old, reason="torn")
    sent(database)

    found = act(database, actions.confirm_scanned, code="1Z999")

    assert (found, state(database, new), state(database, old)) == (new, "confirmed", "abandoned")


def test_a_second_sheet_that_only_waits_is_taken_back_when_the_first_still_reads(database):
    printer = a_printer(database)
    old = a_doubted(database, printer, expects="1Z999")
    act(database, actions.came_out, job_id=old)
    new = act(database, actions.reprint, job_id=old, reason="torn")

    found = act(database, actions.confirm_scanned, code="1Z999")

    assert (found, state(database, new), state(database, old)) == (new, "cancelled", "confirmed")
    assert [one["proof"] for one in told(database, "SheetConfirmed")] == ["person"]
    assert act(database, actions.confirm_scanned, code="1Z999") == old


def test_a_sheet_that_a_printer_did_not_take_is_not_proved_by_a_scan(database):
    number = ask(database, a_printer(database), expects="1Z999")
    sent(database, Outcome.NOT_SENT)

    act(database, actions.confirm_scanned, code="1Z999")

    assert state(database, number) == "cancelled"
    assert all_is_well(database) == []


def test_a_sheet_that_was_not_there_and_turns_up_is_proved_and_not_printed_again(database):
    number = a_doubted(database, a_printer(database), expects="1Z999")
    act(database, actions.did_not_come_out, job_id=number)

    act(database, actions.confirm_scanned, code="1Z999")

    assert state(database, number) == "confirmed"


def test_a_sheet_that_was_proved_before_is_found_again(database):
    number = a_doubted(database, a_printer(database), expects="1Z999")

    twice = [act(database, actions.confirm_scanned, code="1Z999") for _ in range(2)]

    assert twice == [number, number]
    assert len(told(database, "SheetConfirmed")) == 1


def test_a_barcode_that_is_on_no_sheet_proves_nothing(database):
    ask(database, a_printer(database))

    assert act(database, actions.confirm_scanned, code="SOMETHING") is None
    assert act(database, actions.confirm_scanned, code="") is None


def test_a_person_says_that_a_sheet_came_out(database):
    number = a_doubted(database, a_printer(database))

    act(database, actions.came_out, job_id=number)

    assert state(database, number) == "confirmed"
    assert told(database, "SheetConfirmed")[0]["proof"] == "person"


def test_a_sheet_that_is_not_there_is_printed_again_under_its_number(database):
    number = a_doubted(database, a_printer(database))

    act(database, actions.did_not_come_out, job_id=number)

    assert (state(database, number), job(database, number).generation) == ("queued", 1)


def test_a_sheet_that_waits_cannot_be_answered_for(database):
    number = ask(database, a_printer(database))

    for verb in (actions.came_out, actions.did_not_come_out):
        with pytest.raises(NotNow):
            act(database, verb, job_id=number)


def test_a_reprint_is_a_sheet_of_its_own_that_says_why(database):
    old = a_doubted(database, a_printer(database), subject="package", subject_id=7)

    new = act(database, actions.reprint, job_id=old, reason="smeared")

    row = job(database, new)
    assert (row.reprint_of_id, row.generation, row.reason) == (old, 2, "smeared")
    assert (row.subject, row.subject_id) == ("package", 7)
    assert state(database, old) == "abandoned"
    assert all_is_well(database) == []


def test_a_sheet_that_waits_is_not_printed_twice(database):
    number = ask(database, a_printer(database))

    with pytest.raises(actions.ComesByItself):
        act(database, actions.reprint, job_id=number, reason="impatient")


def test_only_a_sheet_that_was_not_sent_goes_elsewhere(database):
    first, second = a_printer(database), a_printer(database, "P2")
    number = ask(database, first)

    act(database, actions.reroute, job_id=number, printer_id=second)
    moved = job(database, number).printer_id
    sent(database)

    assert moved == second
    with pytest.raises(NotNow):
        act(database, actions.reroute, job_id=number, printer_id=first)


def test_a_sheet_that_waits_can_be_taken_back_and_one_that_was_sent_cannot(database):
    printer = a_printer(database)
    doubted = a_doubted(database, printer)
    waiting = ask(database, printer)

    act(database, actions.cancel, job_id=waiting)

    assert state(database, waiting) == "cancelled"
    with pytest.raises(NotNow):
        act(database, actions.cancel, job_id=doubted)


def test_nobody_waits_for_sheets_about_what_is_void(database):
    printer = a_printer(database)
    about = {"subject": "package", "subject_id": 7}
    doubted = a_doubted(database, printer, **about)
    waiting, other = (
        ask(database, printer, **about),
        ask(database, printer, subject="package", subject_id=8),
    )

    act(database, actions.cancel_about, **about)

    states = [state(database, number) for number in (doubted, waiting, other)]
    assert states == ["abandoned", "cancelled", "queued"]
    assert all_is_well(database) == []


def test_a_void_sheet_that_is_on_its_way_is_never_sent_again(database):
    printer = a_printer(database)
    number = ask(database, printer, subject="package", subject_id=7)
    claimed = done(database, lambda session: attempting.claim_next(session, at=NOON))

    act(database, actions.cancel_about, subject="package", subject_id=7)
    act(
        database,
        attempting.record,
        attempt_id=claimed.attempt_id,
        outcome=Outcome.NOT_SENT,
        condition=Condition.UNREACHABLE,
        evidence={},
    )

    assert state(database, number) == "abandoned"
    assert all_is_well(database) == []


def test_who_takes_over_is_another_printer_of_the_same_language(database):
    label, other = a_printer(database), a_printer(database, "P2")
    paper = a_printer(database, "Office", "pdf+queue://office")

    act(database, actions.set_next, device_id=label, next_id=other)

    assert now(database, label).next_id == other
    for unfit in (label, paper):
        with pytest.raises(actions.UnfitNext):
            act(database, actions.set_next, device_id=label, next_id=unfit)


def test_only_dots_that_printers_are_built_with(database):
    printer = a_printer(database)

    act(database, actions.set_dpi, device_id=printer, dpi=300)

    assert now(database, printer).dpi == 300
    with pytest.raises(actions.UnknownDpi):
        act(database, actions.set_dpi, device_id=printer, dpi=123)


def an_agent(session):
    agent = Device(name="Agent", kind="agent", created_at=NOON)
    session.add(agent)
    session.flush()
    return agent.id


def test_a_printer_on_the_network_comes_before_an_agent_that_may_be_away(database):
    agent = done(database, an_agent)
    printer = a_printer(database)
    bench = a_bench(database, agent, printer)

    number = act(
        database,
        actions.ask_at,
        station_id=bench,
        part="labels",
        kind="x",
        title="X" * 500,
        label=a_label(),
    )

    assert job(database, number).printer_id == printer
    assert len(job(database, number).title) == 120


def moved_to(session, device_id, address):
    name = session.get_one(Device, device_id).name
    stations.change_device(
        session, device_id=device_id, name=name, address=address, by=TESTER, at=NOON
    )


def test_a_next_printer_that_does_not_understand_a_sheet_any_more_takes_it_not_over(database):
    first, second, third = (a_printer(database, name) for name in ("P1", "P2", "P3"))
    act(database, actions.set_next, device_id=first, next_id=second)
    act(database, actions.set_next, device_id=second, next_id=third)
    done(database, lambda s: moved_to(s, second, "pdf+queue://office"))
    zpl = {"document": b"^XA^FDx^FS^XZ", "media_type": "application/zpl"}
    doubted, theirs, ours = (
        ask(database, first, **zpl),
        ask(database, first, **zpl),
        ask(database, first),
    )

    sent(database)

    assert (state(database, doubted), now(database, first).condition) == ("unsure", "paper_out")
    assert [job(database, one).printer_id for one in (theirs, ours)] == [third, third]


def test_what_no_printer_can_take_over_waits_and_what_became_of_the_others_is_kept(database):
    first, second = a_printer(database), a_printer(database, "P2")
    act(database, actions.set_next, device_id=first, next_id=second)
    done(database, lambda s: moved_to(s, second, "pdf+queue://office"))
    doubted, waits = (
        ask(database, first, document=b"^XA^FDx^FS^XZ", media_type="application/zpl")
        for _ in range(2)
    )

    sent(database)

    assert (state(database, doubted), now(database, first).condition) == ("unsure", "paper_out")
    assert (state(database, waits), job(database, waits).printer_id) == ("queued", first)
