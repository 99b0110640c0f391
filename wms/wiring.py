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

REACTIONS: Mapping[type[Event], Mapping[str, Reaction]] = {}

CALLS: Mapping[str, Call] = {}

SCHEDULE: Mapping[str, Job] = {}

RULES: tuple[Rule, ...] = ()

INVARIANTS: tuple[Invariant, ...] = (*bins.INVARIANTS,)
