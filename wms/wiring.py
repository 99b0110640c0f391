"""All cause and effect in one place: which reaction waits for which fact, what happens by the clock, what must hold.

A new process adds its lines here; nothing else in the house knows which processes there are.
"""

from collections.abc import Mapping

from wms.bins import invariants as bins
from wms.kernel.calls import Call
from wms.kernel.courier import Reaction
from wms.kernel.decisions import Rule
from wms.kernel.events import Event
from wms.kernel.invariants import Invariant
from wms.kernel.schedule import Job
from wms.stock import actions as stock
from wms.stock.rules import bins as stock_bins

REACTIONS: Mapping[type[Event], Mapping[str, Reaction]] = {}

CALLS: Mapping[str, Call] = {}

SCHEDULE: Mapping[str, Job] = {
    "stock: end promises that ran out": Job(30, lambda s, by, at: stock.expire(s, by=by, at=at)),
    "stock: set aside what expired": Job(
        900, lambda s, by, at: stock.retire_expired(s, by=by, at=at)
    ),
}

RULES: tuple[Rule, ...] = (stock_bins.ALLOCATE,)

INVARIANTS: tuple[Invariant, ...] = (*bins.INVARIANTS,)
