"""No wire inside a write: it would hold up every scan in the house."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.bells import notes, write_down
from wms.kernel.commands import command
from wms.kernel.wire import WireInsideWrite, assert_no_write, is_writing, writing

ROOT = Path(__file__).parents[3]

SHIFT = """
import socket, sys, threading
from datetime import timedelta
from pathlib import Path

seen = []

def look(event, arguments):
    from wms.kernel import wire
    if event.startswith("socket.") or event == "subprocess.Popen":
        seen.append((event, wire.is_writing()))

from tests import bells
from wms.kernel import courier
from wms.kernel.call_lifecycle import Verb
from wms.kernel.calls import Call, Outcome, ask
from wms.kernel.clock import SetClock
from wms.kernel.commands import command
from wms.kernel.courier import Duties
from wms.kernel.database import Database
from wms.kernel.schedule import Job, enter

sys.addaudithook(look)
door = socket.create_server(("127.0.0.1", 0))
address = door.getsockname()

def call_out(key, payload):
    socket.create_connection(address).close()
    return Outcome(Verb.OK)

def react(session, event, by, at):
    bells.write_down(session, event.note, by, at)
    ask(session, "peer", key=event.note, payload={}, at=at)
    if BREAK:
        socket.create_connection(address).close()

clock = SetClock()
database = Database(sys.argv[1], {bells.BellRung: ("ask the peer",)})
duties = Duties(
    {bells.BellRung: {"ask the peer": react}},
    {"tidy": Job(60, lambda session, by, at: bells.write_down(session, "tidy", by, at))},
    {"peer": Call(call_out)},
)
enter(database, duties.jobs, clock)
bells.ring(database, clock.now(), "one", "two")
steps = 0
while courier.step(database, duties, clock):
    steps += 1
database.close()
door.close()
connects = [inside for event, inside in seen if event == "socket.connect"]
print(steps, len(connects), sum(connects))
"""


def shift(url, breaks):
    """Work through a small shift in a process of its own; return steps, connections, and those inside a write."""
    done = subprocess.run(
        [sys.executable, "-c", SHIFT.replace("BREAK", repr(breaks)), url],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return [int(number) for number in done.stdout.splitlines()[-1].split()]


def test_what_a_house_does_by_itself_reaches_out_between_writes_only(url):
    steps, connects, inside = shift(url, breaks=False)

    assert (steps, connects, inside) == (5, 2, 0)


def test_the_watch_would_have_seen_it(url):
    _, connects, inside = shift(url, breaks=True)

    assert (connects, inside) == (4, 2)


def test_this_very_process_is_watched(database, clock):
    door = socket.create_server(("127.0.0.1", 0))

    def reach_out(session):
        write_down(session, "half", 7, clock.now())
        socket.create_connection(door.getsockname())

    with pytest.raises(WireInsideWrite):
        database.write(command("test", by=7, at=clock.now()), reach_out)

    assert notes(database) == []
    socket.create_connection(door.getsockname()).close()
    door.close()


def test_a_write_is_marked_for_its_thread_alone():
    elsewhere = []

    with writing():
        with pytest.raises(WireInsideWrite):
            assert_no_write()
        thread = threading.Thread(target=lambda: elsewhere.append(is_writing()))
        thread.start()
        thread.join()

    assert_no_write()
    assert elsewhere == [False]


def test_a_second_write_inside_the_first_leaves_the_mark():
    with writing():
        with pytest.raises(WireInsideWrite), writing():
            raise AssertionError("unreachable")
        assert is_writing()
    assert not is_writing()
