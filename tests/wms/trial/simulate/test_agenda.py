"""Everybody acts in turn, on a clock that only the agenda moves; what goes wrong comes evenly."""

from datetime import timedelta

from wms.kernel.clock import SetClock
from wms.trial.simulate.agenda import Agenda
from wms.trial.simulate.chance import Planted

MINUTE = timedelta(minutes=1)


def test_whoever_is_due_first_acts_first_and_the_clock_goes_with_them():
    clock = SetClock()
    began = clock.now()
    agenda, seen = Agenda(clock), []

    def act(name, times, again):
        def step(at):
            seen.append((name, at - began))
            return again if sum(one == name for one, _ in seen) < times else None

        return step

    agenda.enter(act("slow", 2, 3 * MINUTE), MINUTE)
    agenda.enter(act("quick", 3, MINUTE), MINUTE)
    agenda.run(lambda: False)

    assert seen == [
        ("slow", MINUTE),
        ("quick", MINUTE),
        ("quick", 2 * MINUTE),
        ("quick", 3 * MINUTE),
        ("slow", 4 * MINUTE),
    ]
    assert clock.now() == began + 4 * MINUTE


def test_nobody_acts_once_it_is_over():
    agenda, acts = Agenda(SetClock()), []
    agenda.enter(lambda _at: acts.append(1) or MINUTE, MINUTE)

    agenda.run(lambda: len(acts) == 3)

    assert len(acts) == 3


def test_slips_come_as_often_as_asked_whatever_the_seed():
    for seed in range(20):
        planted = Planted(seed)
        slips = 0
        for _ in range(1_000):
            if planted.strikes("slips", 0.013):
                planted.happened("slips")
                slips += 1
        assert 12 <= slips <= 14
        assert planted.done["slips"] == slips


def test_what_cannot_happen_now_stays_due():
    planted = Planted(1)
    while not planted.strikes("slips", 0.3):
        pass

    assert planted.strikes("slips", 0.0)
