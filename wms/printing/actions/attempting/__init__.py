"""One try at a sheet: claimed before the first byte goes out, recorded after the last, by whoever holds the lease."""

from wms.printing.actions.attempting.claiming import LEASE, Claimed, Holder, claim_next, is_held_by
from wms.printing.actions.attempting.ending import give_up, record
from wms.printing.actions.attempting.next_sheet import DUE, due

__all__ = [
    "DUE",
    "LEASE",
    "Claimed",
    "Holder",
    "claim_next",
    "due",
    "give_up",
    "is_held_by",
    "record",
]
