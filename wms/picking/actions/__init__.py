"""What people and the house do about picking: give waves to the floor, walk trips, take units, undo, stop."""

from wms.picking.actions.benching import (
    ToteHoldsUnits,
    ToteNotReady,
    empty_tote,
    fix_tote,
    open_tote,
    park_tote,
    put_tote_aside,
    take_back_into,
)
from wms.picking.actions.claiming import (
    TakenOver,
    claim_next,
    give_back,
    give_back_overdue,
    mine,
    renew,
    take_over,
)
from wms.picking.actions.dropping import StillToPick, TotesInHand, drop
from wms.picking.actions.going_on import go_on
from wms.picking.actions.loading import (
    NoFreeTotes,
    ToteNotEmpty,
    ToteNotFree,
    close_full,
    load,
    load_cart,
)
from wms.picking.actions.looking import look
from wms.picking.actions.origins import Origins, origins_of
from wms.picking.actions.reacting import (
    pick_the_rest,
    settle_when_back,
    stop_cancelled,
    stop_held,
)
from wms.picking.actions.releasing import PickingBegan, release, unrelease
from wms.picking.actions.rows import NoSuchTask, held_run
from wms.picking.actions.shorting import Came, short
from wms.picking.actions.stopping import hold_trips, let_go, stop
from wms.picking.actions.taking import MoreThanAsked, NotItsTote, OrderStopped, arrive, skip, take
from wms.picking.actions.undoing import CannotUndo, NothingToUndo, undo

__all__ = [
    "Came",
    "CannotUndo",
    "MoreThanAsked",
    "NoFreeTotes",
    "NoSuchTask",
    "NotItsTote",
    "NothingToUndo",
    "OrderStopped",
    "Origins",
    "PickingBegan",
    "StillToPick",
    "TakenOver",
    "ToteHoldsUnits",
    "ToteNotEmpty",
    "ToteNotFree",
    "ToteNotReady",
    "TotesInHand",
    "arrive",
    "claim_next",
    "close_full",
    "drop",
    "empty_tote",
    "fix_tote",
    "give_back",
    "give_back_overdue",
    "go_on",
    "held_run",
    "hold_trips",
    "let_go",
    "load",
    "load_cart",
    "look",
    "mine",
    "open_tote",
    "origins_of",
    "park_tote",
    "pick_the_rest",
    "put_tote_aside",
    "release",
    "renew",
    "settle_when_back",
    "short",
    "skip",
    "stop",
    "stop_cancelled",
    "stop_held",
    "take",
    "take_back_into",
    "take_over",
    "undo",
    "unrelease",
]
