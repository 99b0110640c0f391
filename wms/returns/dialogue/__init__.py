"""What is said to a person at a returns bench. Pure: a scan goes in, an answer and what to do come out."""

from wms.returns.dialogue.acts import (
    Act,
    AskLead,
    Begin,
    Count,
    Finish,
    Flag,
    GradeIt,
    Leave,
    PutAside,
    SetAside,
    TakeIn,
    Undo,
)
from wms.returns.dialogue.hearing import hear
from wms.returns.dialogue.reply import Reply
from wms.returns.dialogue.scene import (
    Bench,
    Found,
    Hand,
    Lying,
    Parcel,
    Said,
    Scanned,
    Step,
    Want,
    Where,
    Why,
)

__all__ = [
    "Act",
    "AskLead",
    "Begin",
    "Bench",
    "Count",
    "Finish",
    "Flag",
    "Found",
    "GradeIt",
    "Hand",
    "Leave",
    "Lying",
    "Parcel",
    "PutAside",
    "Reply",
    "Said",
    "Scanned",
    "SetAside",
    "Step",
    "TakeIn",
    "Undo",
    "Want",
    "Where",
    "Why",
    "hear",
]
