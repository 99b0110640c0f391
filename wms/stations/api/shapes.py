"""What machines send and get about devices and stations."""

import json
from typing import Any

from flask_openapi import Tag
from pydantic import Field

from wms.kernel.blueprint import ApiBlueprint
from wms.kernel.fields import Body, CodeText, Listing, Number, ShortWords, Words, written
from wms.stations.queries import Bound
from wms.stations.rules import DeviceKind, Part, StationKind
from wms.stations.tables import Device, Station

api = ApiBlueprint(
    "stations_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="stations", description="Devices, and the places where they serve.")],
    abp_security=[{"token": []}],
)


class DevicePath(Body):
    """Which device."""

    device_id: Number


class StationPath(Body):
    """Which station."""

    station_id: Number


class Devices(Listing):
    """Which devices to list."""

    kind: DeviceKind | None = Field(default=None, description="Only of this kind.")


class NewDevice(Body):
    """A device that is reached at an address. Tablets and agents are invited instead."""

    name: ShortWords
    kind: DeviceKind
    address: CodeText = Field(description="As in `zebra+tcp://10.0.0.7:9100`.")


class DeviceChange(Body):
    """What is to be otherwise; what is left out stays."""

    name: ShortWords | None = None
    address: CodeText | None = None


class Reason(Body):
    """Why."""

    reason: ShortWords = Field(description="For whoever reads the audit trail.")


class Invitation(Body):
    """Which tablet or agent is expected."""

    name: ShortWords
    kind: DeviceKind = Field(description="`tablet` or `agent`.")
    station_id: Number | None = Field(default=None, description="Where it will serve.")


class Code(Body):
    """What the device was told."""

    code: Words = Field(min_length=6, max_length=12, description="Six digits.")
    name: ShortWords | None = Field(default=None, description="None: as it was invited.")


class NewStation(Body):
    """A place where somebody works with devices."""

    name: ShortWords
    kind: StationKind
    location_id: Number | None = Field(default=None, description="Where in the building.")


class StationChange(Body):
    """What is to be otherwise; what is left out stays."""

    name: ShortWords | None = None
    kind: StationKind | None = None
    location_id: Number | None = None


class Binding(Body):
    """Which device serves, and as what."""

    device_id: Number
    part: Part


def device_shown(device: Device) -> dict[str, Any]:
    """Return a device as machines see it, without its token."""
    return {
        "id": device.id,
        "name": device.name,
        "kind": device.kind,
        "address": device.address,
        "scanner": json.loads(device.scanner) if device.scanner else None,
        "created_at": written(device.created_at),
        "seen_at": written(device.seen_at),
        "revoked_at": written(device.revoked_at),
        "version": device.version,
    }


def station_shown(station: Station, bound: list[Bound]) -> dict[str, Any]:
    """Return a station with the devices that serve it."""
    serving = [
        {"device_id": one.device_id, "device": one.device, "part": one.part}
        for one in bound
        if one.station_id == station.id
    ]
    return {
        "id": station.id,
        "name": station.name,
        "kind": station.kind,
        "location_id": station.location_id,
        "devices": serving,
        "created_at": written(station.created_at),
        "archived_at": written(station.archived_at),
        "version": station.version,
    }
