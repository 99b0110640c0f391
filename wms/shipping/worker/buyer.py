"""One step of buying labels: claim (commit), ask the carrier, record (commit). The whole purchase in one go."""

from dataclasses import dataclass
from datetime import timedelta

from wms.kernel.clock import Clock
from wms.kernel.database import Database
from wms.kernel.wire import assert_no_write
from wms.shipping.gateway import Gateway
from wms.shipping.lifecycle import State
from wms.shipping.worker import claiming
from wms.shipping.worker.claiming import Claimed, Terms
from wms.shipping.worker.desk import Desk
from wms.shipping.worker.looking import look_up
from wms.shipping.worker.purchase import purchase
from wms.shipping.worker.refunding import ask_back
from wms.shipping.worker.sheets import fetch

LEASE = timedelta(seconds=90)
"""Longer than rates, purchase and label may take together, so that a lease that ran out means a worker that died."""

GRACE = timedelta(seconds=120)
"""Longer than the carrier platform may be at a purchase: only after it "none" is believed."""


LOOK_AGAIN = timedelta(seconds=30)
"""Between two looks for a purchase that was not found: the carrier's list is on a tight budget."""


@dataclass(frozen=True)
class Buyer:
    """Buys the labels of a house. Without a gateway it buys none: then their numbers are typed."""

    gateway: Gateway | None
    grace: timedelta = GRACE
    lease: timedelta = LEASE
    look_again: timedelta = LOOK_AGAIN

    def step(self, database: Database, clock: Clock) -> bool:
        """See to one label; returns whether there was one."""
        now = clock.now()
        if not database.ask(claiming.DUE, {"now": now}):  # an idle house never takes the write lock
            return False
        desk = Desk(
            database,
            clock,
            Terms(self.gateway is not None, self.lease, self.grace, self.look_again),
        )
        claimed = desk.claim()
        if claimed is not None and self.gateway is not None:
            assert_no_write()
            _see_to(self.gateway, claimed, desk)
        return True


def _see_to(gateway: Gateway, claimed: Claimed, desk: Desk) -> None:
    match claimed.state:
        case State.DRAFT | State.RATED:
            purchase(gateway, claimed, desk)
        case State.IN_DOUBT:
            look_up(gateway, claimed, desk)
        case State.BOUGHT:
            fetch(gateway, claimed, desk)
        case _:
            ask_back(gateway, claimed, desk)
