"""Somebody on the floor: takes the next work that is theirs to do, and answers its screen until it is done."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from wms.floor.turn import Order, Tone, Turn
from wms.trial.simulate.chance import MIS_SCANS, Planted
from wms.trial.simulate.hands import Hands, Press
from wms.trial.simulate.ways import Way, is_no

IDLE = timedelta(seconds=150)
"""So long somebody waits before they ask for work again."""

LOOK = timedelta(seconds=4)
"""So often somebody looks at a screen that will change by itself."""

PAUSE = timedelta(seconds=60)
"""So often somebody looks whether there is something again for them to reach for."""

PATIENCE = 30
"""So many refusals of the right thing in a row: a person would call for help; here the shift stops and says why."""


BELIEVED = frozenset({Tone.GOOD, Tone.LINE, Tone.TASK})
"""Tones that a slip must never get."""


class Stuck(RuntimeError):
    """A worker does what the screen says, and the screen says no."""


class FloorWorker:
    """One person with a tablet."""

    def __init__(
        self, hands: Hands, ways: Mapping[str, Way], planted: Planted, dice: Random
    ) -> None:
        """Take the kinds of work that the person does, most wanted first."""
        self.hands, self._ways, self._planted, self._dice = hands, ways, planted, dice
        self._refused = 0
        self._has_slipped = False
        self._asked: Sequence[str] = ()
        self.is_idle = True

    def step(self, at: datetime) -> timedelta:
        """Press one thing; returns how long until the next."""
        turn = self.hands.turn
        way = self._ways.get(turn.process)
        if way is None:
            return self._ask_for_work(at)
        self.is_idle = False
        if (slip := self._slip(way, turn)) is not None:
            return self._slipped(way, slip, turn, at)
        press = way.press(turn)
        if press is None:
            return self._wait(at)
        after = self.hands.send(press, at)
        way.came(turn, press, after)
        self._notice(turn, press, after)
        return way.lasts(after, self._dice)

    def _wait(self, at: datetime) -> timedelta:
        """Look at the screen until it shows something else."""
        turn = self.hands.look(at)
        self.is_idle = not turn.waits
        return LOOK if turn.waits else PAUSE

    def _ask_for_work(self, at: datetime) -> timedelta:
        self._asked = self._asked or tuple(self._ways)
        self._planted.strikes(
            "mis-scans", MIS_SCANS
        )  # a button is pressed right, and counts as pressed
        process, *rest = self._asked
        self._asked = tuple(rest)
        turn = self.hands.send(Press(order=Order.WORK, process=process), at)
        self.is_idle = turn.process not in self._ways
        if not self.is_idle:
            self._asked = ()
            return self._ways[turn.process].lasts(turn, self._dice)
        return timedelta(seconds=2) if rest else IDLE

    def _slip(self, way: Way, turn: Turn) -> Press | None:
        wrong = way.wrong(turn)
        is_due = self._planted.strikes("mis-scans", MIS_SCANS)
        may = not self._refused and not self._has_slipped
        self._has_slipped = False
        return wrong if is_due and may else None

    def _slipped(self, way: Way, slip: Press, turn: Turn, at: datetime) -> timedelta:
        after = self.hands.send(slip, at)
        self._planted.happened("mis-scans")
        self._has_slipped = True
        if after.tone in BELIEVED:
            raise Stuck(f"{self._who()} scanned {slip.code} by mistake at {turn}: {after.say}")
        way.came(turn, slip, after)
        return way.lasts(after, self._dice)

    def _notice(self, before: Turn, press: Press, after: Turn) -> None:
        self._refused = self._refused + 1 if is_no(after) else 0
        if self._refused > PATIENCE:
            raise Stuck(f"{self._who()} pressed {press} at {before} and was told {after.say}")

    def _who(self) -> str:
        return self.hands.worker.name
