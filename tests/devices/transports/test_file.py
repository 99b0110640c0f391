"""Files as printers: a folder gets one whole file a job, a device may take half."""

import os
from contextlib import closing
from threading import Thread

import pytest

from devices.address import parse
from devices.transports import BrokenOff, NothingSent, open_wire


def wire_to(path, seconds=1.0):
    return closing(open_wire(parse(f"zebra+file://{path}"), seconds))


def test_a_folder_gets_one_file_a_job(tmp_path):
    with wire_to(tmp_path) as wire:
        wire.send(b"one")
        wire.send(b"two")

    found = sorted(tmp_path.iterdir())
    assert sorted(file.read_bytes() for file in found) == [b"one", b"two"]
    assert {file.suffix for file in found} == {".job"}


def test_a_folder_says_nothing(tmp_path):
    with wire_to(tmp_path) as wire:
        assert not wire.answers
        assert wire.receive(0.01) == b""


def test_a_folder_that_was_taken_away_keeps_nothing(tmp_path):
    folder = tmp_path / "spool"
    folder.mkdir()

    with wire_to(folder) as wire:
        folder.rmdir()
        with pytest.raises(NothingSent, match="no file can be made"):
            wire.send(b"one")


def test_no_half_file_stays_when_the_disk_is_full(tmp_path, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    with wire_to(tmp_path) as wire:
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(NothingSent, match="No space"):
            wire.send(b"one")

    assert list(tmp_path.iterdir()) == []


def test_a_path_that_is_not_there_takes_nothing(tmp_path):
    with pytest.raises(NothingSent, match="cannot be opened"):
        open_wire(parse(f"zebra+file://{tmp_path}/lp0"), 1)


def test_an_ordinary_file_is_no_printer(tmp_path):
    file = tmp_path / "notes"
    file.write_text("mine")

    with pytest.raises(NothingSent, match="ordinary file"):
        open_wire(parse(f"zebra+file://{file}"), 1)

    assert file.read_text() == "mine"


@pytest.fixture
def pipe(tmp_path):
    """A named pipe stands for a device file: it may be full, and it may go away."""
    path = tmp_path / "lp0"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    yield path, reader
    os.close(reader)


def test_a_device_that_nobody_plugged_in_takes_nothing(tmp_path):
    os.mkfifo(tmp_path / "lp0")

    with pytest.raises(NothingSent):
        open_wire(parse(f"zebra+file://{tmp_path}/lp0"), 1)


def test_a_slow_device_gets_all_bytes(pipe):
    path, reader = pipe
    data, came = bytes(range(256)) * 2_000, bytearray()
    os.set_blocking(reader, True)

    def take():
        while len(came) < len(data):
            came.extend(os.read(reader, 5_000))

    thread = Thread(target=take)
    with wire_to(path, 5) as wire:
        thread.start()
        wire.send(data)
        thread.join(5)

    assert bytes(came) == data


def test_a_device_that_takes_no_more_is_given_up_in_the_middle(pipe):
    path, _ = pipe

    with wire_to(path, 0.1) as wire, pytest.raises(BrokenOff) as found:
        wire.send(b"x" * 1_000_000)

    assert 0 < found.value.sent < 1_000_000


def test_a_full_device_takes_not_one_byte(pipe):
    path, _ = pipe

    with wire_to(path, 0.1) as wire:
        with pytest.raises(BrokenOff):
            wire.send(b"x" * 1_000_000)
        with pytest.raises(NothingSent, match="takes no more"):
            wire.send(b"y" * os.fpathconf(wire.handle, "PC_PIPE_BUF"))


def test_a_device_that_is_pulled_out_takes_no_byte_more(tmp_path):
    path = tmp_path / "lp0"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    with wire_to(path) as wire:
        os.close(reader)
        with pytest.raises(NothingSent, match="0 of 3 bytes"):
            wire.send(b"one")
