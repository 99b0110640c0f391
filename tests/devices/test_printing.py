"""A sheet is sent once, and what is said of it afterwards is true: taken, printed, held, lost or unknown."""

import json
import os
from threading import Timer

import pytest

from devices.address import NoDriver, parse
from devices.printers import zebra
from devices.printers.condition import Condition
from devices.printing import Outcome, look, send
from devices.transports import memory
from devices.virtual.printer import VirtualPrinter
from tests.devices.servers import a_closed_port, listening, reset_when_spoken_to, say_nothing

LABEL = b"^XA^PW812^LL400^FO50,50^BY2^BCN,100,N,N,N,A^FDL-000123^FS^XZ"


@pytest.fixture
def printer():
    with VirtualPrinter() as printer:
        yield printer


def sent(printer, patience_s=5.0, data=LABEL):
    return send(parse(printer.address), data, patience_s=patience_s)


def seen(printer, seconds=5.0):
    return look(parse(printer.address), seconds).condition


def test_a_sheet_that_came_out_is_confirmed(printer):
    found = sent(printer)

    assert (found.outcome, found.condition) == (Outcome.CONFIRMED, Condition.READY)
    assert found.evidence["bytes"] == len(LABEL)
    assert [sheet.codes() for sheet in printer.sheets] == [["L-000123"]]


def test_what_is_confirmed_is_printed_already(printer):
    printer.delay_s = 0.2

    found = sent(printer)

    assert (found.outcome, len(printer.sheets)) == (Outcome.CONFIRMED, 1)


@pytest.mark.parametrize(
    ("trouble", "condition"),
    [
        (VirtualPrinter.take_out_paper, Condition.PAPER_OUT),
        (VirtualPrinter.open_head, Condition.HEAD_OPEN),
        (VirtualPrinter.pause, Condition.PAUSED),
    ],
)
def test_nothing_is_sent_to_a_printer_that_cannot_print(printer, trouble, condition):
    trouble(printer)

    found = sent(printer)

    assert (found.outcome, found.condition) == (Outcome.NOT_SENT, condition)
    assert seen(printer) is condition
    assert (printer.status().formats_waiting, printer.status().labels_left) == (0, 0)


def test_paper_that_ends_with_the_sheet_is_told_and_the_sheet_printed_after_loading(printer):
    printer.delay_s = 0.2
    printer.let_paper_last(1)
    assert sent(printer, data=LABEL.replace(b"^XZ", b"^PQ2^XZ")).outcome is Outcome.BAD
    assert seen(printer) is Condition.PAPER_OUT

    printer.load_paper()

    assert printer.wait_for(2, 5)
    assert seen(printer) is Condition.READY


def test_a_head_that_is_opened_while_the_sheet_waits_is_told(printer):
    printer.delay_s = 3.0
    somebody = Timer(0.1, printer.open_head)
    somebody.start()

    found = sent(printer)

    somebody.join()
    assert (found.outcome, found.condition) == (Outcome.BAD, Condition.HEAD_OPEN)
    assert printer.sheets == []


def test_a_printer_that_is_not_done_in_time_is_not_believed(printer):
    printer.delay_s = 1.0

    found = sent(printer, patience_s=0.3)

    assert (found.outcome, found.condition) == (Outcome.BAD, Condition.BUSY)
    assert found.evidence["after"] == {"labels_left": 1}


def test_a_mute_printer_gets_no_sheet(printer):
    printer.mute()

    found = sent(printer, patience_s=0.2)

    assert (found.outcome, found.condition) == (Outcome.NOT_SENT, Condition.SILENT)
    assert seen(printer, 0.2) is Condition.SILENT
    assert printer.sheets == []


def test_a_printer_that_falls_mute_over_the_sheet_leaves_it_open(printer):
    printer.mute_after(1)

    found = sent(printer, patience_s=0.2)

    assert (found.outcome, found.condition) == (Outcome.SILENT, Condition.SILENT)
    assert printer.wait_for(1, 2)


def test_a_line_that_breaks_within_the_sheet_leaves_it_open(printer):
    printer.break_off_after(20)

    found = sent(printer)

    assert found.outcome is Outcome.BROKEN_OFF
    assert found.evidence["bytes"] > 0
    assert printer.sheets == []
    assert sent(printer).outcome is Outcome.CONFIRMED


def test_a_line_that_breaks_behind_the_sheet_leaves_it_open_though_it_came_out(printer):
    printer.break_off_after(len(LABEL))

    assert sent(printer).outcome is Outcome.BROKEN_OFF
    assert printer.wait_for(1, 2)


def test_a_printer_that_is_off_takes_nothing():
    address = parse(f"zebra+tcp://127.0.0.1:{a_closed_port()}")

    found = send(address, LABEL, patience_s=1)

    assert (found.outcome, found.condition) == (Outcome.NOT_SENT, Condition.UNREACHABLE)
    assert "no connection" in found.evidence["why"]
    assert look(address, 1).condition is Condition.UNREACHABLE


def test_a_printer_that_goes_off_over_the_question_takes_nothing():
    with listening(reset_when_spoken_to) as port:
        address = parse(f"zebra+tcp://127.0.0.1:{port}")

        found = send(address, LABEL, patience_s=1)

        assert (found.outcome, found.condition) == (Outcome.NOT_SENT, Condition.UNREACHABLE)
        assert look(address, 1).condition is Condition.UNREACHABLE


def test_something_that_is_no_printer_gets_no_sheet():
    def chat(line):
        line.recv(100)
        line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with listening(chat) as port:
        found = send(parse(f"zebra+tcp://127.0.0.1:{port}"), LABEL, patience_s=0.2)

    assert (found.outcome, found.condition) == (Outcome.NOT_SENT, Condition.SILENT)


def test_a_printer_behind_a_one_way_line_is_sent_to_and_never_asked():
    heard = []

    def hear(data):
        heard.append(data)
        return b""

    with memory.plugged("one-way", hear):
        address = parse("zebra+virtual://one-way?status=no")
        found = send(address, LABEL, patience_s=1)

        assert (found.outcome, found.condition) == (Outcome.SILENT, Condition.UNKNOWN)
        assert look(address, 1).condition is Condition.UNKNOWN
    assert heard == [LABEL]


def test_one_calm_answer_is_not_believed():
    """A printer may not have looked yet at what it took: it says that nothing waits, and a moment later it does."""
    said = iter(
        [
            zebra.Status(),
            zebra.Status(),
            zebra.Status(labels_left=1),
            zebra.Status(paper_out=True, labels_left=1),
        ]
    )

    def answer(data):
        return zebra.answer(next(said)) if data == zebra.ASK else b""

    with memory.plugged("slow-witted", answer):
        found = send(parse("zebra+virtual://slow-witted"), LABEL, patience_s=2)

    assert (found.outcome, found.condition) == (Outcome.BAD, Condition.PAPER_OUT)


def test_a_printer_whose_memory_is_full_gets_no_sheet():
    def answer(data):
        return zebra.answer(zebra.Status(buffer_full=True, formats_waiting=99))

    with memory.plugged("full", answer):
        found = send(parse("zebra+virtual://full"), LABEL, patience_s=1)

    assert (found.outcome, found.condition) == (Outcome.NOT_SENT, Condition.BUSY)


def test_a_folder_keeps_the_sheet_and_proves_nothing(tmp_path):
    address = parse(f"zebra+file://{tmp_path}")

    found = send(address, LABEL, patience_s=1)

    assert (found.outcome, found.condition) == (Outcome.SILENT, Condition.UNKNOWN)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [LABEL]
    assert look(address, 1).condition is Condition.UNKNOWN


def test_a_folder_that_is_not_there_takes_nothing(tmp_path):
    address = parse(f"zebra+file://{tmp_path}/spool")

    assert send(address, LABEL, patience_s=1).outcome is Outcome.NOT_SENT
    assert look(address, 1).condition is Condition.UNREACHABLE


def test_a_device_that_takes_half_a_sheet_leaves_it_open(tmp_path, monkeypatch):
    monkeypatch.setattr("devices.printing.STEP_S", 0.1)
    path = tmp_path / "lp0"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    found = send(parse(f"zebra+file://{path}"), LABEL * 10_000, patience_s=1)

    os.close(reader)
    assert found.outcome is Outcome.BROKEN_OFF
    assert 0 < found.evidence["bytes"] < len(LABEL) * 10_000


def test_a_printer_that_stops_taking_bytes_leaves_the_sheet_open(monkeypatch):
    monkeypatch.setattr("devices.printing.STEP_S", 0.2)

    with listening(say_nothing) as port:
        address = parse(f"zebra+tcp://127.0.0.1:{port}?status=no")
        found = send(address, b"x" * 50_000_000, patience_s=1)

    assert found.outcome is Outcome.BROKEN_OFF


@pytest.mark.parametrize("text", ["escpos+tcp://p1", "pdf+queue://office"])
def test_a_printer_of_another_tongue_says_so(text):
    with pytest.raises(NoDriver, match="yet"):
        send(parse(text), LABEL, patience_s=1)
    with pytest.raises(NoDriver, match="yet"):
        look(parse(text), 1)


def test_evidence_is_plain_enough_to_be_kept(printer):
    for found in (sent(printer), sent(printer, data=LABEL * 3)):
        assert json.loads(json.dumps(found.evidence)) == found.evidence
