"""What is said to a packer. Pure: a picture of the bench and a scan in, an answer and what is to be done out."""

from wms.packing.dialogue import acts
from wms.packing.dialogue.again import ask_again
from wms.packing.dialogue.at import At, Goods, Parcel, Said, Spot, Step
from wms.packing.dialogue.boxing import plausible
from wms.packing.dialogue.expecting import expects
from wms.packing.dialogue.going import chooses_box, onward
from wms.packing.dialogue.hearing import hear
from wms.packing.dialogue.job import (
    Bench,
    Box,
    Held,
    InHand,
    Item,
    Job,
    LabelState,
    Line,
    Option,
    Scale,
    Sheet,
    Tote,
    Want,
)
from wms.packing.dialogue.keys import OPEN_AGAIN
from wms.packing.dialogue.reply import Reply
from wms.packing.dialogue.showing import show

__all__ = [
    "OPEN_AGAIN",
    "At",
    "Bench",
    "Box",
    "Goods",
    "Held",
    "InHand",
    "Item",
    "Job",
    "LabelState",
    "Line",
    "Option",
    "Parcel",
    "Reply",
    "Said",
    "Scale",
    "Sheet",
    "Spot",
    "Step",
    "Tote",
    "Want",
    "acts",
    "ask_again",
    "chooses_box",
    "expects",
    "hear",
    "onward",
    "plausible",
    "show",
]
