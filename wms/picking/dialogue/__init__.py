"""What is said to a picker. Pure: a picture of the trip and a scan go in, an answer and what is to be done come out."""

from wms.picking.dialogue.acts import (
    Act,
    Arrive,
    Drop,
    Full,
    GetWork,
    Load,
    LoadCart,
    Looked,
    Short,
    Skip,
    Take,
    TakeOver,
    Undo,
)
from wms.picking.dialogue.going import onward
from wms.picking.dialogue.hearing import hear
from wms.picking.dialogue.reply import Reply
from wms.picking.dialogue.showing import show
from wms.picking.dialogue.trip import (
    At,
    Goods,
    Pick,
    Said,
    ShortReason,
    Spot,
    Step,
    Tote,
    Trip,
    Want,
    slot_name,
)

__all__ = [
    "Act",
    "Arrive",
    "At",
    "Drop",
    "Full",
    "GetWork",
    "Goods",
    "Load",
    "LoadCart",
    "Looked",
    "Pick",
    "Reply",
    "Said",
    "Short",
    "ShortReason",
    "Skip",
    "Spot",
    "Step",
    "Take",
    "TakeOver",
    "Tote",
    "Trip",
    "Undo",
    "Want",
    "hear",
    "onward",
    "show",
    "slot_name",
]
