"""A device that is only played is reached by its name, for as long as it is plugged in."""

from contextlib import closing

import pytest

from devices.address import NoDriver, parse
from devices.transports import NothingSent, memory, open_wire

BENCH = parse("zebra+virtual://bench-2")


def test_it_hears_what_is_sent_and_answers():
    heard = []

    def answer(data):
        heard.append(data)
        return b"aye"

    with memory.plugged("bench-2", answer), closing(open_wire(BENCH, 1)) as wire:
        wire.send(b"ready?")

        assert (wire.receive(0), wire.receive(0)) == (b"aye", b"")
    assert heard == [b"ready?"]


def test_once_it_is_pulled_out_nothing_is_sent():
    with memory.plugged("bench-2", bytes.upper):
        pass

    with pytest.raises(NothingSent, match="bench-2"):
        open_wire(BENCH, 1)


@pytest.mark.parametrize("text", ["pdf+queue://office", "scale+serial:///dev/ttyUSB0"])
def test_a_way_that_is_not_built_yet_says_so(text):
    with pytest.raises(NoDriver, match="yet"):
        open_wire(parse(text), 1)
