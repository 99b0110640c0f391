"""What people and the house do with boxes. Every act asks the order's gate first, and is taken back by moves.

Rows are locked in this sequence: the fulfillment order, its boxes, its order, then stock's items.
"""

from wms.packing.actions.closing import NothingIn, close, reopen
from wms.packing.actions.filling import NotInTote, NotTheirTote, OtherOrder, empty, put_in, take_out
from wms.packing.actions.giving_back import (
    NotCancelled,
    give_back,
    settle_when_back,
    stop_cancelled,
)
from wms.packing.actions.instead import Instead
from wms.packing.actions.labelling import (
    WrongNumber,
    ask_again,
    label_asked,
    label_bought,
    label_in_doubt,
    label_refused,
    label_voided,
    label_wanted_typed,
    number_typed,
)
from wms.packing.actions.leaving import hand_over, photo, recall, stage
from wms.packing.actions.leftovers import leave_over
from wms.packing.actions.losing import missing, set_aside
from wms.packing.actions.opening import BoxNotEmpty, open_package, take_over, void
from wms.packing.actions.rows import LabelInTheWay, OrderStopped
from wms.packing.actions.undoing import CannotUndo, NothingToUndo, Undone, undo
from wms.packing.actions.units import NotInBox
from wms.packing.actions.weighing import OnlyLeads, WeightOff, WrongWeight, weigh

__all__ = [
    "BoxNotEmpty",
    "CannotUndo",
    "Instead",
    "LabelInTheWay",
    "NotCancelled",
    "NotInBox",
    "NotInTote",
    "NotTheirTote",
    "NothingIn",
    "NothingToUndo",
    "OnlyLeads",
    "OrderStopped",
    "OtherOrder",
    "Undone",
    "WeightOff",
    "WrongNumber",
    "WrongWeight",
    "ask_again",
    "close",
    "empty",
    "give_back",
    "hand_over",
    "label_asked",
    "label_bought",
    "label_in_doubt",
    "label_refused",
    "label_voided",
    "label_wanted_typed",
    "leave_over",
    "missing",
    "number_typed",
    "open_package",
    "photo",
    "put_in",
    "recall",
    "reopen",
    "set_aside",
    "settle_when_back",
    "stage",
    "stop_cancelled",
    "take_out",
    "take_over",
    "undo",
    "void",
    "weigh",
]
