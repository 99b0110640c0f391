"""Where the worker writes down what it claims and what came of it; nothing else of the worker touches the database."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from wms.kernel.back_off import back_off
from wms.kernel.clock import Clock
from wms.kernel.commands import housekeeping
from wms.kernel.database import Database
from wms.shipping.actions.rows import TROUBLE_LIMIT, Held
from wms.shipping.lifecycle import State
from wms.shipping.worker import claiming
from wms.shipping.worker.claiming import Claimed, Terms

T = TypeVar("T")

LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class Desk:
    """The database as the worker uses it: a commit before the carrier is asked, a commit after."""

    database: Database
    clock: Clock
    terms: Terms

    def claim(self) -> Claimed | None:
        """Claim the next label; None where it needed nobody outside."""
        now = self.clock.now()
        act = housekeeping("labels.claim", at=now)
        return self.database.write(act, lambda s: claiming.take(s, self.terms, now)).value

    def record(self, claimed: Claimed, do: Callable[[Session, Held, datetime], T]) -> T | None:
        """Write down what came of it, unless the label is not ours any more."""
        at = self.clock.now()

        def write(session: Session) -> T | None:
            one = claiming.ours(session, claimed)
            return None if one is None else do(session, one, at)

        return self.database.write(housekeeping("labels.record", at=at), write).value

    def put_off(self, claimed: Claimed, trouble: str, after_s: float | None = None) -> None:
        """Write down that nothing came of it for the moment; it comes round again."""

        def later(_session: Session, one: Held, at: datetime) -> None:
            row = one.shipment
            row.tries += 1
            wait = max(back_off(row.tries, row.uid), timedelta(seconds=after_s or 0))
            row.due_at, row.lease_until = at + min(wait, LONGEST_WAIT), at
            row.trouble = trouble[:TROUBLE_LIMIT]

        self.record(claimed, later)


def buying(claimed: Claimed, one: Held) -> Claimed:
    """Return the same label as it is ours while it is bought."""
    row = one.shipment
    return replace(
        claimed, state=State(row.state), lease_until=row.lease_until, rate_id=row.rate_id
    )
