"""What people, machines and the house do with orders: intake and holds, and what the floor works on for them."""

from wms.orders.actions.allocating import allocate
from wms.orders.actions.backorders import free_all_backorders, free_backorders, mend
from wms.orders.actions.changing import LineEdit, WrongLines, cancel_line, edit_lines
from wms.orders.actions.channels import ChannelTaken, open_channel
from wms.orders.actions.ending import WrongReason, cancel
from wms.orders.actions.finding import found_at_packing
from wms.orders.actions.following import follow
from wms.orders.actions.fulfilling import fulfil
from wms.orders.actions.gating import gate
from wms.orders.actions.holding import WrongHold, escalate, expire_holds, hold, lift, overturn
from wms.orders.actions.intake import WrongDrafts, bring_in
from wms.orders.actions.locking import OrderOver, OrderUnderWay, hold_order
from wms.orders.actions.merging import (
    MERGED_LIMIT,
    MergeHeld,
    NothingToMerge,
    NotOneCustomer,
    NotOneKind,
    merge,
)
from wms.orders.actions.missing import Missed, missing_at_packing
from wms.orders.actions.packing import (
    NotAllPacked,
    NotPackedNow,
    StillBeingPacked,
    all_packed,
    delivered,
    hand_over,
    packed,
    reopen_packing,
    shipped,
    start_pack,
    undo_start,
    unpacked,
)
from wms.orders.actions.paying import StillWanted, pay
from wms.orders.actions.picks import NotSoMany, picked, unpicked
from wms.orders.actions.releasing import (
    LABELLING,
    HeldBack,
    NotReleasable,
    involve,
    release,
    unrelease,
)
from wms.orders.actions.resolving import resolve, ship_partial
from wms.orders.actions.revoking import PartlyGone, revoke, settle
from wms.orders.actions.routing import NoWarehouse
from wms.orders.actions.sending import WrongAddress, change_address
from wms.orders.actions.shorts import NotOnAWalk, short, unshort

__all__ = [
    "LABELLING",
    "MERGED_LIMIT",
    "ChannelTaken",
    "HeldBack",
    "LineEdit",
    "MergeHeld",
    "Missed",
    "NoWarehouse",
    "NotAllPacked",
    "NotOnAWalk",
    "NotOneCustomer",
    "NotOneKind",
    "NotPackedNow",
    "NotReleasable",
    "NotSoMany",
    "NothingToMerge",
    "OrderOver",
    "OrderUnderWay",
    "PartlyGone",
    "StillBeingPacked",
    "StillWanted",
    "WrongAddress",
    "WrongDrafts",
    "WrongHold",
    "WrongLines",
    "WrongReason",
    "all_packed",
    "allocate",
    "bring_in",
    "cancel",
    "cancel_line",
    "change_address",
    "delivered",
    "edit_lines",
    "escalate",
    "expire_holds",
    "follow",
    "found_at_packing",
    "free_all_backorders",
    "free_backorders",
    "fulfil",
    "gate",
    "hand_over",
    "hold",
    "hold_order",
    "involve",
    "lift",
    "mend",
    "merge",
    "missing_at_packing",
    "open_channel",
    "overturn",
    "packed",
    "pay",
    "picked",
    "release",
    "reopen_packing",
    "resolve",
    "revoke",
    "settle",
    "ship_partial",
    "shipped",
    "short",
    "start_pack",
    "undo_start",
    "unpacked",
    "unpicked",
    "unrelease",
    "unshort",
]
