"""A TCP wire says exactly how much of what was sent has been taken."""

import socket
from contextlib import closing
from threading import Event

import pytest

from devices.address import parse
from devices.transports import BrokenOff, NothingSent, open_wire
from tests.devices.servers import (
    a_closed_port,
    listening,
    reset,
    reset_when_spoken_to,
    say_nothing,
)


def wire_to(port, seconds=2.0):
    return closing(open_wire(parse(f"zebra+tcp://127.0.0.1:{port}"), seconds))


def test_what_is_sent_arrives_whole_and_in_order():
    came, over = bytearray(), Event()
    data = bytes(range(256)) * 4_000

    def keep(line):
        while part := line.recv(65_536):
            came.extend(part)
        over.set()

    with listening(keep) as port:
        with wire_to(port) as wire:
            wire.send(data)
        assert over.wait(5)

    assert bytes(came) == data


def test_what_the_device_says_is_heard():
    with listening(lambda line: line.sendall(b"hello")) as port, wire_to(port) as wire:
        assert wire.receive(2) == b"hello"


def test_silence_is_nothing():
    with listening(say_nothing) as port, wire_to(port) as wire:
        assert wire.receive(0.05) == b""


def test_a_device_that_hangs_up_is_noticed():
    with (
        listening(socket.socket.close) as port,
        wire_to(port) as wire,
        pytest.raises(BrokenOff, match="hung up"),
    ):
        wire.receive(2)


def test_a_device_that_loses_its_power_is_noticed():
    with listening(reset_when_spoken_to) as port, wire_to(port) as wire:
        wire.send(b"ready?")

        with pytest.raises(BrokenOff, match="broke"):
            wire.receive(5)


def test_where_nobody_listens_nothing_is_sent():
    with pytest.raises(NothingSent, match="no connection"):
        open_wire(parse(f"zebra+tcp://127.0.0.1:{a_closed_port()}"), 1)


def test_a_name_that_nobody_knows_sends_nothing():
    with pytest.raises(NothingSent, match="no connection"):
        open_wire(parse("zebra+tcp://printer.invalid:9100"), 1)


def test_a_name_that_cannot_be_one_sends_nothing():
    with pytest.raises(NothingSent):
        open_wire(parse(f"zebra+tcp://{'a' * 64}:9100"), 1)


def test_a_line_that_is_already_broken_takes_not_one_byte():
    with listening(reset_when_spoken_to) as port, wire_to(port) as wire:
        wire.send(b"ready?")
        with pytest.raises(BrokenOff):
            wire.receive(5)

        with pytest.raises(NothingSent, match="first byte"):
            wire.send(b"^XA^XZ")


def test_a_device_that_takes_no_more_is_given_up_in_the_middle():
    with (
        listening(say_nothing) as port,
        wire_to(port, 0.2) as wire,
        pytest.raises(BrokenOff) as found,
    ):
        wire.send(b"x" * 50_000_000)

    assert 0 < found.value.sent < 50_000_000


def test_a_line_that_breaks_in_the_middle_tells_how_much_may_be_gone():
    def take_a_little(line):
        line.recv(1_000)
        reset(line)

    with listening(take_a_little) as port, wire_to(port) as wire, pytest.raises(BrokenOff) as found:
        wire.send(b"x" * 50_000_000)

    assert 1_000 <= found.value.sent < 50_000_000
