"""Which lives a tote can have. Cartons, pallets and carts live the same life."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class LpnState(StrEnum):
    """How a tote is being used. Whether it is empty is no state: its contents are in the ledger."""

    FREE = "free"
    BOUND = "bound"
    FILLING = "filling"
    STAGED = "staged"
    PROBLEM = "problem"
    UNPACKING = "unpacking"
    MISSING = "missing"
    RETIRED = "retired"


class LpnVerb(StrEnum):
    """What can be done with a tote."""

    BIND = "bind"
    RETIRE = "retire"
    FIRST_UNIT = "first_unit"
    LAST_UNIT_OUT = "last_unit_out"
    """What was put in was all taken back."""
    UNBIND = "unbind"
    PASS = "pass"  # noqa: S105 - hand it on to the next zone
    SEAL = "seal"
    PROBLEM = "problem"
    OPEN_AT_STATION = "open_at_station"
    SCAN_EMPTY = "scan_empty"
    LEFTOVER = "leftover"
    PARK = "park"
    FIXED = "fixed"
    EMPTIED = "emptied"
    LOST = "lost"
    FOUND = "found"


LPN = Lifecycle(
    "tote",
    {
        LpnState.FREE: {LpnVerb.BIND: LpnState.BOUND, LpnVerb.RETIRE: LpnState.RETIRED},
        LpnState.BOUND: {LpnVerb.FIRST_UNIT: LpnState.FILLING, LpnVerb.UNBIND: LpnState.FREE},
        LpnState.FILLING: {
            LpnVerb.PASS: LpnState.FILLING,
            LpnVerb.LAST_UNIT_OUT: LpnState.BOUND,
            LpnVerb.SEAL: LpnState.STAGED,
            LpnVerb.PROBLEM: LpnState.PROBLEM,
        },
        LpnState.STAGED: {
            LpnVerb.OPEN_AT_STATION: LpnState.UNPACKING,
            LpnVerb.PROBLEM: LpnState.PROBLEM,
        },
        LpnState.UNPACKING: {
            LpnVerb.SCAN_EMPTY: LpnState.FREE,
            LpnVerb.LEFTOVER: LpnState.PROBLEM,
            LpnVerb.PARK: LpnState.STAGED,
        },
        LpnState.PROBLEM: {
            LpnVerb.FIXED: LpnState.STAGED,
            LpnVerb.EMPTIED: LpnState.FREE,
            LpnVerb.LOST: LpnState.MISSING,
        },
        LpnState.MISSING: {LpnVerb.FOUND: LpnState.PROBLEM, LpnVerb.RETIRE: LpnState.RETIRED},
        LpnState.RETIRED: {},
    },
)
