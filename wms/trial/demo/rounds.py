"""The demo's carriers: parcels that left go on their way by themselves, and are at their door within minutes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import select

from wms.kernel.clock import Clock
from wms.kernel.database import Database
from wms.kernel.refusal import Busy
from wms.shipping.actions import Means
from wms.shipping.queries import State, Tracking
from wms.shipping.tables import Shipment

ROUND_S = 5.0
"""So often carriers look where their parcels should be by now."""


class Platform(Protocol):
    """The carrier platform as carriers speak to it."""

    def say(
        self, number: str, status: str, *, at: datetime, detail: str = "", calls: int = 0
    ) -> bytes:
        """Say where a parcel is, and call in so often whoever wants to hear of it."""


@dataclass(frozen=True)
class Stage:
    """So long after it left, a carrier says this of a parcel."""

    after: timedelta
    status: str
    detail: str = ""


STAGES = (
    Stage(timedelta(seconds=15), "TRANSIT"),
    Stage(timedelta(seconds=45), "TRANSIT", "out_for_delivery"),
    Stage(timedelta(seconds=100), "DELIVERED"),
)
HEARD = {Tracking.IN_TRANSIT: 1, Tracking.OUT_FOR_DELIVERY: 2}
"""By what the house knows of a parcel, how many stages were said of it."""

ARRIVED = (Tracking.DELIVERED, Tracking.RETURNED)


@dataclass
class Carriers:
    """What carriers have said so far, of the parcels of one house."""

    database: Database
    clock: Clock
    platform: Platform
    _said: dict[str, int] = field(default_factory=dict)

    def go_round(self) -> None:
        """Say of every parcel on its way what is due by now."""
        now = self.clock.now()
        for number, left_at, tracking in self._on_their_way():
            due = sum(now - left_at >= stage.after for stage in STAGES)
            said = max(self._said.get(number, 0), HEARD.get(tracking, 0))
            for stage in STAGES[said:due]:
                self.platform.say(number, stage.status, at=now, detail=stage.detail, calls=1)
            self._said[number] = max(said, due)

    def _on_their_way(self) -> list[tuple[str, datetime, Tracking]]:
        gone = (
            select(Shipment.tracking_number, Shipment.handed_over_at, Shipment.tracking)
            .where(
                Shipment.state == State.HANDED_OVER,
                Shipment.means == Means.SHIPPO,
                Shipment.tracking.not_in(ARRIVED),
            )
            .order_by(Shipment.id)
        )
        with self.database.read() as session:
            rows = session.execute(gone).all()
        return [
            (str(number), left_at, Tracking(where)) for number, left_at, where in rows if left_at
        ]


@contextmanager
def going(carriers: Carriers) -> Iterator[None]:
    """Let carriers go round for as long as this lasts."""
    stop = threading.Event()

    def go() -> None:
        while not stop.wait(ROUND_S):
            try:
                carriers.go_round()
            except (
                Busy,
                OSError,
            ):  # the house or the platform is at something else: the next round will do
                continue

    thread = threading.Thread(target=go, name="carriers", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
