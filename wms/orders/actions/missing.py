"""Units that were picked and that nobody finds when they are to be packed; some turn up again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.prepared import Prepared
from wms.orders.actions.allocating import split_off
from wms.orders.actions.following import follow
from wms.orders.actions.gating import hold_fo_of_line
from wms.orders.actions.packing import PACKING, NotPackedNow, count, lines_of
from wms.orders.actions.releasing import PICKING, let_go
from wms.orders.actions.sharing import tell
from wms.orders.actions.works import Work, WorkLine, held_works, move_state
from wms.orders.events import FulfillmentAwaitsStock, FulfillmentSplit
from wms.orders.gate import Gate
from wms.orders.lifecycle import FoState, FoVerb
from wms.orders.tables import FoLine

_MISSING = Prepared(
    text("""
    UPDATE fo_line SET picked = picked - :units, missing = missing + :units
    WHERE id = :id AND picked - :units >= packed
    """)
)
_LESS = Prepared(text("UPDATE fo_line SET ordered = ordered - :units WHERE id = :id"))
_SHORT = Prepared(text("UPDATE fo_line SET short = short + :units WHERE id = :id"))
_NOT_SHORT = Prepared(text("UPDATE fo_line SET short = 0 WHERE fo_id = :fo_id"))


@dataclass(frozen=True)
class Missed:
    """Where missing units led a fulfillment order, and all that it takes to take that back."""

    was: FoState
    state: FoState
    rest_id: int | None = None
    """The part that waits for them; None where all waits."""
    shorts: Mapping[int, int] = field(default_factory=dict)
    """By line, what was short before all was missing."""

    def plain(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return {
            "was": self.was.value,
            "state": self.state.value,
            "rest_id": self.rest_id,
            "shorts": [list(one) for one in self.shorts.items()],
        }

    @classmethod
    def from_plain(cls, told: Mapping[str, Any]) -> "Missed":
        """Return what was kept of it."""
        was, state = FoState(told["was"]), FoState(told["state"])
        return cls(was, state, told["rest_id"], dict(told["shorts"]))


def missing_at_packing(
    session: Session, *, fo_line_id: int, quantity: int, by: int, at: datetime
) -> Missed:
    """Count picked units as missing; the caller books them out of the tote. Returns where that leads.

    They become a part of their own that waits for goods, or, where the channel does not ship partly, all waits for
    them. Raises NotPackedNow, NotSoMany.
    """
    held = hold_fo_of_line(session, fo_line_id)
    if held.state not in {FoState.PACKING, FoState.AWAITING_STOCK}:
        raise NotPackedNow(fo=held.number, state=held.state.value)
    count(session, _MISSING, fo_line_id, quantity)
    lines = lines_of(session, held.fo_id)
    if not any(line.picked for line in lines):
        return _wait_whole(session, held, by=by, at=at)
    [work] = held_works(session, [held.fo_id])
    if held.state is FoState.AWAITING_STOCK:
        _SHORT.run(session, {"id": fo_line_id, "units": quantity})
        return Missed(held.state, held.state)
    if not work.ships_partly:
        _SHORT.run(session, {"id": fo_line_id, "units": quantity})
        picked = move_state(session, held.fo_id, held.state, FoVerb.MISPACK_FOUND)
        announce(session, FulfillmentAwaitsStock(held.fo_id, held.order_id), by=by, at=at)
        waits = move_state(session, held.fo_id, picked, FoVerb.SHORT_WAIT)
        return Missed(held.state, waits)
    [line] = [line for line in lines if line.id == fo_line_id]
    rest_id = _split(session, work, line, quantity, by=by, at=at)
    return Missed(held.state, held.state, rest_id)


def _wait_whole(session: Session, held: Gate, *, by: int, at: datetime) -> Missed:
    shorts = {line.id: line.short for line in lines_of(session, held.fo_id) if line.short}
    after = move_state(session, held.fo_id, held.state, FoVerb.ALL_MISSING)
    _NOT_SHORT.run(session, {"fo_id": held.fo_id})
    let_go(session, held.fo_id, PICKING)
    let_go(session, held.fo_id, PACKING)
    [work] = held_works(session, [held.fo_id])
    tell(session, [work], by=by, at=at)
    follow(session, held.order_id, by=by, at=at)
    return Missed(held.state, after, shorts=shorts)


def _split(
    session: Session, work: Work, line: FoLine, quantity: int, *, by: int, at: datetime
) -> int:
    """Let a part of its own wait for units that are missing; a line of which nothing is left goes over whole."""
    goes_over = line.picked == 0
    if not goes_over:
        _LESS.run(session, {"id": line.id, "units": quantity})
    wanted = line.ordered if goes_over else quantity
    rest = work.rest(
        [WorkLine(line.order_line_id, line.item_id, wanted, line.id if goes_over else 0)]
    )
    rest.goes(FoVerb.NO_STOCK)
    split_off(session, [rest], at=at)
    fact = FulfillmentSplit(work.id, work.order_id, rest.id, wanted)
    announce(session, fact, by=by, at=at)
    tell(session, [rest], by=by, at=at)
    return rest.id
