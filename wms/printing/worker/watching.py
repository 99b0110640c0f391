"""Asks printers how they are, so that somebody comes before a sheet is missed, and work goes on by itself."""

from datetime import datetime

from devices import printing
from devices.address import NoDriver, UnfitAddress, parse
from devices.printers.condition import Condition as Seems
from devices.printing import Seen
from wms.kernel.clock import Clock
from wms.kernel.commands import HOUSE, housekeeping
from wms.kernel.database import Database
from wms.kernel.wire import assert_no_write
from wms.printing.actions import telling
from wms.printing.rules import Condition

ANSWER_S = 2.0
"""How long a printer may take to say how it is."""


def watch(database: Database, clock: Clock) -> bool:
    """Ask one printer that has not told anything for a while; tells whether there was one."""
    now = clock.now()
    if not database.ask(telling.UNHEARD, telling.asked_before(now)):
        return False
    act = housekeeping("printing.watch", at=now)
    asked = database.write(act, lambda session: telling.ask_next(session, at=now)).value
    if asked is not None:
        device_id, address = asked
        _record(database, device_id, _seen(address), clock.now())
    return True


def _seen(address: str) -> Seen:
    """Return how the printer is. One that nothing here can speak to is not reached: sending says the same of it."""
    assert_no_write()
    try:
        return printing.look(parse(address), ANSWER_S)
    except (UnfitAddress, NoDriver) as reason:
        return Seen(Seems.UNREACHABLE, str(reason))


def _record(database: Database, device_id: int, seen: Seen, at: datetime) -> None:
    condition, detail = Condition(seen.condition), seen.detail
    act = housekeeping("printing.told", at=at)
    database.write(
        act,
        lambda session: telling.hear(
            session, device_id=device_id, condition=condition, detail=detail, by=HOUSE, at=at
        ),
    )
