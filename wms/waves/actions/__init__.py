"""What people and the house do with waves. Progress is told here by whoever picks; nobody writes it by hand."""

from wms.waves.actions.ending import (
    StillOut,
    all_picked,
    cancel,
    leave,
    leave_out,
    let_go,
    started,
)
from wms.waves.actions.planning import NothingToPlan, plan
from wms.waves.actions.proposing import NoSuchWarehouse, NothingWaits, propose
from wms.waves.actions.releasing import begin_release, unrelease
from wms.waves.queries import UnknownWave

__all__ = [
    "NoSuchWarehouse",
    "NothingToPlan",
    "NothingWaits",
    "StillOut",
    "UnknownWave",
    "all_picked",
    "begin_release",
    "cancel",
    "leave",
    "leave_out",
    "let_go",
    "plan",
    "propose",
    "started",
    "unrelease",
]
