"""What people and the house do with counts: ask, claim, note, hand in, judge, book."""

from wms.counting.actions.asking import NoSuchCount, ask, cancel
from wms.counting.actions.claiming import (
    BeingGraded,
    CountedBefore,
    SomebodyCounts,
    claim,
    claim_next,
    leave,
    release_overdue,
    renew,
    yours,
)
from wms.counting.actions.judging import accept, recount, submit
from wms.counting.actions.late import correct_late
from wms.counting.actions.noting import note, sheet
from wms.counting.actions.reacting import count_what_is_missing, count_what_was_found
from wms.counting.causes import Cause

__all__ = [
    "BeingGraded",
    "Cause",
    "CountedBefore",
    "NoSuchCount",
    "SomebodyCounts",
    "accept",
    "ask",
    "cancel",
    "claim",
    "claim_next",
    "correct_late",
    "count_what_is_missing",
    "count_what_was_found",
    "leave",
    "note",
    "recount",
    "release_overdue",
    "renew",
    "sheet",
    "submit",
    "yours",
]
