"""Which life a fulfillment order has: the part of an order that one warehouse works on."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class FoState(StrEnum):
    """How far the part of an order is that one warehouse works on."""

    OPEN = "open"
    ALLOCATED = "allocated"
    BACKORDERED = "backordered"
    RELEASED = "released"
    PICKING = "picking"
    PICKED = "picked"
    AWAITING_STOCK = "awaiting_stock"
    PACKING = "packing"
    PACKED = "packed"
    REVOKING = "revoking"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


class FoVerb(StrEnum):
    """What can happen to it."""

    ALLOCATE_ALL = "allocate_all"
    NO_STOCK = "no_stock"
    STOCK_ARRIVED = "stock_arrived"
    DEALLOCATE = "deallocate"
    CANCEL = "cancel"
    RELEASE = "release"
    UNRELEASE = "unrelease"
    FIRST_PICK = "first_pick"
    ALL_LINES_RESOLVED = "all_lines_resolved"
    ALL_SHORT = "all_short"
    SHORT_WAIT = "short_wait"
    SHORT_SPLIT = "short_split"
    LATE_PICK_DONE = "late_pick_done"
    SHIP_PARTIAL = "ship_partial"
    UNDO_PICKS = "undo_picks"
    START_PACK = "start_pack"
    ALL_PACKAGES_CLOSED = "all_packages_closed"
    REOPEN = "reopen"
    MISPACK_FOUND = "mispack_found"
    UNDO_PACKING = "undo_packing"
    ALL_MISSING = "all_missing"
    """Nothing of what was picked is in the tote."""
    FOUND_AGAIN = "found_again"
    """What was missing is in the tote after all."""
    HAND_OVER = "hand_over"
    REVOKE = "revoke"
    SETTLE = "settle"


FO = Lifecycle(
    "fulfillment order",
    {
        FoState.OPEN: {
            FoVerb.ALLOCATE_ALL: FoState.ALLOCATED,
            FoVerb.NO_STOCK: FoState.BACKORDERED,
            FoVerb.FOUND_AGAIN: FoState.PICKED,
            FoVerb.CANCEL: FoState.CANCELLED,
        },
        FoState.ALLOCATED: {
            FoVerb.RELEASE: FoState.RELEASED,
            FoVerb.DEALLOCATE: FoState.OPEN,
            FoVerb.CANCEL: FoState.CANCELLED,
        },
        FoState.BACKORDERED: {
            FoVerb.STOCK_ARRIVED: FoState.OPEN,
            FoVerb.FOUND_AGAIN: FoState.PICKED,
            FoVerb.CANCEL: FoState.CANCELLED,
        },
        FoState.RELEASED: {
            FoVerb.FIRST_PICK: FoState.PICKING,
            FoVerb.UNRELEASE: FoState.ALLOCATED,
            FoVerb.ALL_SHORT: FoState.BACKORDERED,
            FoVerb.REVOKE: FoState.REVOKING,
        },
        FoState.PICKING: {
            FoVerb.ALL_LINES_RESOLVED: FoState.PICKED,
            FoVerb.ALL_SHORT: FoState.BACKORDERED,
            FoVerb.REVOKE: FoState.REVOKING,
        },
        FoState.PICKED: {
            FoVerb.UNDO_PICKS: FoState.PICKING,
            FoVerb.SHORT_WAIT: FoState.AWAITING_STOCK,
            FoVerb.SHORT_SPLIT: FoState.PICKED,
            FoVerb.START_PACK: FoState.PACKING,
            FoVerb.REVOKE: FoState.REVOKING,
        },
        FoState.AWAITING_STOCK: {
            FoVerb.LATE_PICK_DONE: FoState.PICKED,
            FoVerb.SHIP_PARTIAL: FoState.PICKED,
            FoVerb.ALL_MISSING: FoState.BACKORDERED,
            FoVerb.REVOKE: FoState.REVOKING,
        },
        FoState.PACKING: {
            FoVerb.ALL_PACKAGES_CLOSED: FoState.PACKED,
            FoVerb.MISPACK_FOUND: FoState.PICKED,
            FoVerb.UNDO_PACKING: FoState.PICKED,
            FoVerb.ALL_MISSING: FoState.BACKORDERED,
            FoVerb.REVOKE: FoState.REVOKING,
        },
        FoState.PACKED: {
            FoVerb.REOPEN: FoState.PACKING,
            FoVerb.HAND_OVER: FoState.SHIPPED,
            FoVerb.REVOKE: FoState.REVOKING,
        },
        FoState.REVOKING: {FoVerb.SETTLE: FoState.CANCELLED},
        FoState.SHIPPED: {},
        FoState.CANCELLED: {},
    },
)
