"""By when each fulfillment order must stand ready: the rule's inputs from the house, looked up once for a batch."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.bins.queries import Calendar, calendar_of, leaves_of
from wms.orders.actions.wants import Wanted
from wms.orders.rules import ship_by


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when, with what was weighed and chosen."""

    inputs: dict[str, Any]
    choice: dict[str, Any]
    ship_by: datetime | None


class Deadlines:
    """The deadlines of one moment. Orders for the same carrier and day have the same one."""

    def __init__(self, session: Session, at: datetime) -> None:
        """Take the moment at which the orders can be begun with."""
        self._session = session
        self._at = at
        self._calendars: dict[int, Calendar] = {}
        self._known: dict[tuple[int, str, str | None], Deadline] = {}

    def of(self, wanted: Wanted, warehouse_id: int) -> Deadline:
        """Return by when an order must leave a warehouse."""
        key = (warehouse_id, wanted.carrier, wanted.promised_on)
        if key not in self._known:
            self._known[key] = self._decide(*key)
        return self._known[key]

    def _decide(self, warehouse_id: int, carrier: str, promised_on: str | None) -> Deadline:
        if warehouse_id not in self._calendars:
            self._calendars[warehouse_id] = calendar_of(self._session, warehouse_id)
        leaves = leaves_of(self._session, warehouse_id, carrier)
        hours = ship_by.plain_hours(self._calendars[warehouse_id], leaves, self._at)
        inputs = ship_by.inputs_of(hours, at=self._at, carrier=carrier, promised_on=promised_on)
        choice = ship_by.choose(inputs)
        said = choice["ship_by"]
        return Deadline(inputs, choice, datetime.fromisoformat(said) if said else None)
