"""A process hears that it is asked to end, ends with its parent, and drains what it has in hand."""

import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

ROOT = Path(__file__).parents[3]

CHILD = """
import sys, threading, time
from wms.app import life
life.listen()
life.at_end(lambda: print("first opened, last closed", flush=True))
life.at_end(lambda: print("last opened, first closed", flush=True))
print("listening", flush=True)
"""

STAY = """
import signal
signal.signal(signal.SIGTERM, lambda *_: None)  # as granian does: the handler is its own
life.stopping.wait(20)
life.drain()
"""


def begin(code):
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout.readline() == "listening\n"
    return process


def test_a_process_hears_that_it_is_asked_to_end_although_the_handler_is_anothers():
    process = begin(CHILD + STAY)
    time.sleep(0.2)

    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=5)

    assert said.splitlines() == ["last opened, first closed", "first opened, last closed"]
    assert process.returncode == 0


def test_a_process_goes_on_listening_after_the_first_word():
    process = begin(CHILD + STAY + "time.sleep(0.3)\n")
    time.sleep(0.2)

    for _ in range(3):
        process.send_signal(signal.SIGTERM)
        time.sleep(0.05)
    process.communicate(timeout=5)

    assert process.returncode == 0


PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", sys.argv[1]])
print(child.pid, flush=True)
child.wait()
"""


def test_a_process_whose_parent_is_gone_ends_itself():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, CHILD + STAY],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    orphan = int(parent.stdout.readline())
    assert parent.stdout.readline() == "listening\n"

    parent.kill()
    parent.wait()
    until = time.monotonic() + 5
    while is_running(orphan) and time.monotonic() < until:
        time.sleep(0.05)

    assert not is_running(orphan)
    parent.stdout.close()


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_who_has_nothing_open_drains_at_once():
    code = "from wms.app import life; life.drain(); assert life.stopping.is_set()"

    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=10)
