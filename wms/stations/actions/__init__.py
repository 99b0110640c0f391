"""What people do with devices and stations: invite, enrol, rename, revoke, bind, weigh."""

from wms.stations.actions.devices import (
    NameTaken,
    add_device,
    call_help,
    change_device,
    keep_scanner,
    revoke_device,
)
from wms.stations.actions.enrolment import CodeWrong, Enrolled, enrol, invite
from wms.stations.actions.readings import WeighsNothing, take_reading
from wms.stations.actions.stations import (
    WrongPart,
    add_station,
    archive_station,
    bind,
    change_station,
    unbind,
)
from wms.stations.rules import DeviceKind, Part, StationKind

__all__ = [
    "CodeWrong",
    "DeviceKind",
    "Enrolled",
    "NameTaken",
    "Part",
    "StationKind",
    "WeighsNothing",
    "WrongPart",
    "add_device",
    "add_station",
    "archive_station",
    "bind",
    "call_help",
    "change_device",
    "change_station",
    "enrol",
    "invite",
    "keep_scanner",
    "revoke_device",
    "take_reading",
    "unbind",
]
