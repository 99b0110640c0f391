"""Whoever asks first writes first; whoever waits too long is told that the house is busy."""

import threading
import time

import pytest

from wms.kernel.refusal import Busy
from wms.kernel.turn import Turn


def test_turns_come_in_the_order_in_which_they_were_asked_for():
    turn, came = Turn(), []

    def wait(number):
        turn.take(5)
        came.append(number)
        turn.give()

    turn.take(1)
    threads = []
    for number in range(8):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        until_waiting(turn, number + 1)
    turn.give()
    for thread in threads:
        thread.join()

    assert came == list(range(8))


def until_waiting(turn, many):
    until = time.monotonic() + 5
    while len(turn._waiting) < many:
        assert time.monotonic() < until
        time.sleep(0.001)


def test_who_waits_too_long_is_told_so_and_gives_up_its_place():
    turn = Turn()
    turn.take(1)

    with pytest.raises(Busy):
        turn.take(0.02)
    turn.give()

    turn.take(0)
    turn.give()


def test_a_turn_is_never_held_by_two():
    turn, inside, most = Turn(), [], []

    def work():
        for _ in range(200):
            turn.take(5)
            inside.append(1)
            most.append(len(inside))
            inside.pop()
            turn.give()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (max(most), len(most)) == (1, 1200)
