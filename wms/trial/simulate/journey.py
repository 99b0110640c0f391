"""What carriers do once the trucks are gone: scan parcels, bring them to the door, and tell the house, or forget to."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import cycle
from random import Random
from typing import Protocol

from wms.kernel.commands import HOUSE, housekeeping
from wms.shipping import actions as shipping
from wms.shipping import queries as shipments
from wms.trial.simulate.agenda import Agenda, Step
from wms.trial.simulate.equipment import is_of
from wms.trial.simulate.house import House, Household

LOOKS_EVERY = timedelta(hours=2)
"""So often the house reads what was called in and looks what is due, over the days on which nobody works: a real one
does so at once, and nothing but an hour of computing would come of it here."""

TIMETABLE_EVERY = timedelta(hours=12)
"""So often it does what its timetable says: nothing there waits for an empty house, and each time is many commits."""

FORGOTTEN_AFTER = timedelta(days=14)
"""What is not at the door by then stays on its way: the shift does not wait for it."""

SCANNED_H, DOOR_H, DELIVERED_H = (2, 6), (20, 26), (27, 44)
"""So many hours after the trucks have left, a parcel is scanned, goes on its last trip, and is at its door."""

ON_THE_WAY, DELIVERED = "TRANSIT", "DELIVERED"
LAST_TRIP = "out_for_delivery"


class Platform(Protocol):
    """The carrier platform as carriers speak to it."""

    def say(self, number: str, status: str, *, at: datetime, detail: str = "") -> bytes:
        """Say where a parcel is; returns the message that the platform calls in to whoever wants to hear of it."""

    def sold(self) -> list[str]:
        """Return the tracking numbers of all labels, as carriers write them."""


class Call(StrEnum):
    """How the house hears of one parcel."""

    IN_TIME = "called in"
    TWICE = "called in twice"
    TURNED = "called in the wrong way round"
    NEVER = "never called in"
    """As with a house behind a router: it has to ask."""


@dataclass
class Parcel:
    """One parcel on its way, and what was said of it that the house has not heard yet."""

    number: str
    call: Call
    kept: list[bytes] = field(default_factory=list)


class Journey:
    """The days between the last truck and the last door."""

    def __init__(
        self, house: House, household: Household, platform: Platform, dice: Random
    ) -> None:
        """Take who says where parcels are."""
        self._house, self._household, self._platform = house, household, platform
        self._dice = dice
        self.calls: Counter[Call] = Counter()
        """How many parcels the house heard of in which way."""

    def go(self, codes: Collection[str]) -> None:
        """Bring the parcels with these labels to their doors, as the shift's clock goes on."""
        agenda = Agenda(self._house.clock)
        left = [read for read in self._platform.sold() if any(is_of(read, code) for code in codes)]
        assert len(left) == len(codes), f"{len(codes)} parcels left, carriers know {len(left)}"
        self._dice.shuffle(left)
        for number, call in zip(left, cycle(Call), strict=False):
            self.calls[call] += 1
            self._enter(agenda, Parcel(number, call))
        ends_at = self._house.clock.now() + FORGOTTEN_AFTER

        def is_over(at: datetime) -> bool:
            return at >= ends_at or not self._is_any_away()

        agenda.enter(_every(LOOKS_EVERY, self._household.tick, is_over), LOOKS_EVERY)
        by_the_clock = _every(TIMETABLE_EVERY, self._household.by_the_clock, is_over)
        agenda.enter(by_the_clock, TIMETABLE_EVERY)
        agenda.run(lambda: False)

    def _enter(self, agenda: Agenda, parcel: Parcel) -> None:
        said = ((ON_THE_WAY, "", SCANNED_H), (ON_THE_WAY, LAST_TRIP, DOOR_H))
        for status, detail, hours in (*said, (DELIVERED, "", DELIVERED_H)):

            def step(at: datetime, status: str = status, detail: str = detail) -> None:
                message = self._platform.say(parcel.number, status, at=at, detail=detail)
                self._call(parcel, message, status, at)

            agenda.enter(step, timedelta(seconds=self._dice.randint(*_in_seconds(hours))))

    def _call(self, parcel: Parcel, message: bytes, status: str, at: datetime) -> None:
        match parcel.call:
            case Call.IN_TIME:
                self._called(message, at)
            case Call.TWICE:
                self._called(message, at)
                self._called(message, at)
            case Call.TURNED:
                parcel.kept.insert(0, message)
                if status == DELIVERED:
                    for late in (*parcel.kept, *parcel.kept):
                        self._called(late, at)
            case Call.NEVER:
                pass

    def _called(self, message: bytes, at: datetime) -> None:
        """Give the house a message as `POST /webhooks/shippo` does: it is kept now and read later."""
        act = housekeeping("shipping.keep_message", at=at)
        self._house.database.write(
            act, lambda session: shipping.keep_message(session, body=message, by=HOUSE, at=at)
        )

    def _is_any_away(self) -> bool:
        with self._house.database.read() as session:
            return shipments.counts(session)[shipments.View.AWAY] > 0


def _every(pause: timedelta, do: Step, is_over: Callable[[datetime], bool]) -> Step:
    """Return what does something again and again, until it is over."""

    def step(at: datetime) -> timedelta | None:
        do(at)
        return None if is_over(at) else pause

    return step


def _in_seconds(hours: tuple[int, int]) -> tuple[int, int]:
    return hours[0] * 3600, hours[1] * 3600
