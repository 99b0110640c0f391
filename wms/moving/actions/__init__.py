"""What people and the house do with units that are to go from one place to another."""

from wms.moving.actions.asking import NoSuchMoveTask, ask, cancel
from wms.moving.actions.carrying import drop, lift, put_down_source, redirect, release, short
from wms.moving.actions.claiming import (
    SomebodyElses,
    claim,
    claim_next,
    leave,
    release_overdue,
    renew,
    yours,
)
from wms.moving.actions.deciding import release_to_sale, scrap
from wms.moving.actions.hands import hands
from wms.moving.actions.placing import (
    NoPlaceToPut,
    OneItemOnly,
    OneLotOnly,
    PlaceFull,
    PlaceTooWeak,
)
from wms.moving.actions.undoing import DEEP, CannotUndo, NothingToUndo, undo_drop
from wms.moving.tasks import Kind, Why

__all__ = [
    "DEEP",
    "CannotUndo",
    "Kind",
    "NoPlaceToPut",
    "NoSuchMoveTask",
    "NothingToUndo",
    "OneItemOnly",
    "OneLotOnly",
    "PlaceFull",
    "PlaceTooWeak",
    "SomebodyElses",
    "Why",
    "ask",
    "cancel",
    "claim",
    "claim_next",
    "drop",
    "hands",
    "leave",
    "lift",
    "put_down_source",
    "redirect",
    "release",
    "release_overdue",
    "release_to_sale",
    "renew",
    "scrap",
    "short",
    "undo_drop",
    "yours",
]
