"""The printer that is only played behaves as real ones do."""

import socket
import time
from io import BytesIO

import pytest
from PIL import Image

from devices.address import parse
from devices.printers.zebra import HostStatus
from devices.printing import look
from devices.virtual.printer import VirtualPrinter


def label(text, extra=""):
    data = f"^XA^PW400^LL200^FO30,30^BY2^BCN,80,N,N,N,A^FD{text}^FS{extra}^XZ"
    return data.encode()


@pytest.fixture
def printer():
    with VirtualPrinter() as printer:
        yield printer


@pytest.fixture
def line(printer):
    with socket.create_connection((printer.host, printer.port), timeout=5) as line:
        yield line


def asked(line):
    line.sendall(b"~HS")
    heard = HostStatus()
    while not (found := heard.receive(line.recv(1_000))):
        pass
    return found[0]


def test_it_prints_in_the_order_it_was_sent(printer, line):
    for text in ("ONE", "TWO", "THREE"):
        line.sendall(label(text))

    assert printer.wait_for(3, 5)
    assert [sheet.codes() for sheet in printer.sheets] == [["ONE"], ["TWO"], ["THREE"]]


def test_it_prints_copies(printer, line):
    line.sendall(label("TWICE", "^PQ2"))

    assert printer.wait_for(2, 5)
    assert [sheet.data for sheet in printer.sheets] == [label("TWICE", "^PQ2")] * 2


def test_a_sheet_is_a_picture_of_its_size(printer, line):
    line.sendall(label("ONE"))
    printer.wait_for(1, 5)

    with Image.open(BytesIO(printer.sheets[0].png())) as picture:
        assert picture.size == (400, 200)
        assert round(picture.info["dpi"][0]) == 203


def test_pictures_fall_into_the_folder(tmp_path):
    folder = tmp_path / "bench" / "1"
    with VirtualPrinter(folder=folder) as printer:
        with socket.create_connection((printer.host, printer.port)) as line:
            line.sendall(label("ONE") + label("TWO"))
        assert printer.wait_for(2, 5)

    assert [file.name for file in sorted(folder.iterdir())] == ["00001.png", "00002.png"]


def test_out_of_paper_it_holds_labels_and_prints_them_after_loading(printer, line):
    printer.take_out_paper()
    line.sendall(label("ONE") + label("TWO"))

    status = until(lambda: asked(line), lambda found: found.formats_waiting == 1)

    assert (status.paper_out, status.labels_left) == (True, 1)
    assert printer.sheets == []
    printer.load_paper()
    assert printer.wait_for(2, 5)
    assert not asked(line).paper_out


def until(ask, is_so):
    for _ in range(200):
        if is_so(found := ask()):
            return found
        time.sleep(0.01)
    raise AssertionError(found)


def test_paper_lasts_as_long_as_it_lasts(printer, line):
    printer.let_paper_last(2)
    line.sendall(label("ONE") + label("TWO") + label("THREE"))

    assert printer.wait_for(2, 5)

    assert until(lambda: asked(line), lambda found: found.paper_out)
    assert len(printer.sheets) == 2


@pytest.mark.parametrize(
    ("stop", "go", "flag"),
    [
        (VirtualPrinter.open_head, VirtualPrinter.close_head, "head_open"),
        (VirtualPrinter.pause, VirtualPrinter.resume, "paused"),
    ],
)
def test_it_waits_while_it_is_kept_from_printing(printer, line, stop, go, flag):
    stop(printer)
    line.sendall(label("ONE"))

    assert getattr(until(lambda: asked(line), lambda found: found.labels_left), flag)

    go(printer)
    assert printer.wait_for(1, 5)
    assert not getattr(asked(line), flag)


def test_half_a_label_is_told_and_forgotten_with_its_line(printer, line):
    line.sendall(label("HALF")[:20])
    assert asked(line).partial_format

    line.close()
    with socket.create_connection((printer.host, printer.port)) as other:
        other.sendall(label("WHOLE"))
        assert printer.wait_for(1, 5)
        assert not asked(other).partial_format

    assert [sheet.codes() for sheet in printer.sheets] == [["WHOLE"]]


def test_it_answers_one_line_while_another_is_open(printer, line):
    line.sendall(label("ONE")[:20])

    assert look(parse(printer.address), 2).condition == "ready"


def test_it_says_who_it_is(line):
    line.sendall(b"~HI")

    assert line.recv(100) == b"\x02BINWAVE VIRTUAL,V1.0,203,8192KB\x03\r\n"


def test_all_that_waits_can_be_thrown_away(printer, line):
    printer.pause()
    line.sendall(label("ONE") + label("TWO"))
    until(lambda: asked(line), lambda found: found.formats_waiting)

    line.sendall(b"~JA")

    assert until(lambda: asked(line), lambda found: found.is_idle)


def test_it_is_cut_after_so_many_bytes_and_then_well_again(printer, line):
    printer.break_off_after(len(label("ONE")) + 10)

    line.sendall(label("ONE") + label("TWO"))
    with pytest.raises(OSError, match="reset"):
        line.recv(1)

    assert printer.wait_for(1, 5)
    with socket.create_connection((printer.host, printer.port)) as other:
        other.sendall(label("THREE"))
        assert printer.wait_for(2, 5)
    assert [sheet.codes() for sheet in printer.sheets] == [["ONE"], ["THREE"]]


def test_it_knows_when_the_first_byte_came(printer, line):
    printer.delay_s = 0.1
    before = time.monotonic()

    line.sendall(label("ONE")[:5])
    time.sleep(0.1)
    line.sendall(label("ONE")[5:])

    assert printer.wait_for(1, 5)
    sheet = printer.sheets[0]
    assert before <= sheet.arrived_at
    assert sheet.printed_at - sheet.arrived_at > 0.15


def test_settings_from_an_earlier_label_count(printer, line):
    line.sendall(b"^XA^PW300^LL150^XZ^XA^FO10,10^GB50,50,50^FS^XZ")

    assert printer.wait_for(1, 5)
    assert printer.sheets[0].picture().size == (300, 150)


def test_switched_off_it_is_gone():
    with VirtualPrinter() as printer:
        address = parse(printer.address)
        assert look(address, 2).condition == "ready"

    assert look(address, 1).condition == "unreachable"


def test_its_port_can_be_taken_again_at_once():
    with VirtualPrinter() as first:
        port = first.port

    with VirtualPrinter(port=port) as second:
        assert look(parse(second.address), 2).condition == "ready"
