"""What others may ask about devices and stations."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from wms.kernel.paging import Page, page
from wms.kernel.prepared import Prepared
from wms.kernel.refusal import NotFound, Refusal
from wms.people.queries import Presence, on_devices, tokens_seen
from wms.people.secret import fingerprint
from wms.stations.rules import ENROLLED, READING_LASTS, SILENT_AFTER, DeviceKind, Part
from wms.stations.tables import Device, DeviceBinding, Enrolment, ScaleReading, Station


class NotEnrolled(Refusal):
    """This browser is no device of the house: it was never enrolled, or it was revoked."""

    sentence = "stations.not_enrolled"
    status = 403
    kept = False


@dataclass(frozen=True)
class Bound:
    """What a device does at a station."""

    station_id: int
    station: str
    device_id: int
    device: str
    part: str


@dataclass(frozen=True)
class DeviceNow:
    """A device with where it stands, who is on it, and when it was last heard of."""

    device: Device
    bound: tuple[Bound, ...]
    presence: Presence | None
    heard_at: datetime | None
    is_silent: bool


@dataclass(frozen=True)
class Reading:
    """What the scale of a station shows."""

    device_id: int
    weight_g: int
    is_stable: bool
    read_at: datetime

    def is_fresh(self, at: datetime) -> bool:
        """Tell whether it says something about what lies on the scale at that moment."""
        return at - self.read_at <= READING_LASTS


def device(session: Session, device_id: int) -> Device:
    """Return a device. Raises NotFound."""
    found = session.get(Device, device_id)
    if found is None:
        raise NotFound(thing="device", number=device_id)
    return found


def station(session: Session, station_id: int) -> Station:
    """Return a station. Raises NotFound."""
    found = session.get(Station, station_id)
    if found is None:
        raise NotFound(thing="station", number=station_id)
    return found


def by_token(session: Session, token: str) -> Device | None:
    """Return the enrolled device that carries this token."""
    return session.scalar(
        select(Device).where(Device.token_hash == fingerprint(token), Device.revoked_at.is_(None))
    )


def hold_enrolled(session: Session, device_id: int) -> Device:
    """Return a device that is enrolled, and keep it from being revoked until this transaction ends."""
    found = session.get(Device, device_id, with_for_update=True)
    if found is None or found.revoked_at is not None:
        raise NotEnrolled
    return found


def devices(
    session: Session, *, limit: int, cursor: str | None, kind: str | None = None
) -> Page[Device]:
    """Return devices by name, those that were revoked among them."""
    query = select(Device)
    if kind:
        query = query.where(Device.kind == kind)
    return page(session, query, by=[Device.name, Device.id], limit=limit, cursor=cursor)


def stations(session: Session, *, limit: int, cursor: str | None) -> Page[Station]:
    """Return stations by name, those that were archived among them."""
    order = [Station.name, Station.id]
    return page(session, select(Station), by=order, limit=limit, cursor=cursor)


def open_stations(session: Session) -> Sequence[Station]:
    """Return every station where somebody may work."""
    query = select(Station).where(Station.archived_at.is_(None)).order_by(Station.name)
    return session.scalars(query).all()


def devices_now(session: Session, found: Collection[Device], at: datetime) -> list[DeviceNow]:
    """Return these devices with where they stand, who is on them, and when they were last heard of."""
    people, tokens = on_devices(session), tokens_seen(session)
    bound = bindings(session, device_ids=[device.id for device in found])
    return [
        _now(device, bound, people.get(device.id), tokens.get(device.id), at) for device in found
    ]


def bindings(
    session: Session,
    *,
    device_ids: Collection[int] | None = None,
    station_ids: Collection[int] | None = None,
) -> list[Bound]:
    """Return which devices serve which stations, among these devices or stations."""
    query = (
        select(Station.id, Station.name, Device.id, Device.name, DeviceBinding.role)
        .join(DeviceBinding, DeviceBinding.station_id == Station.id)
        .join(Device, Device.id == DeviceBinding.device_id)
        .order_by(Station.name, DeviceBinding.role, Device.name)
    )
    if device_ids is not None:
        query = query.where(Device.id.in_(device_ids))
    if station_ids is not None:
        query = query.where(Station.id.in_(station_ids))
    return [Bound(*row) for row in session.execute(query)]


def scale_of(session: Session, station_id: int) -> int | None:
    """Return the scale of a station; None where nothing weighs there."""
    session.flush()  # the statement runs straight on the driver
    found = _SCALE.first(session, {"station_id": station_id})
    return found[0] if found else None


_SCALE = Prepared(
    select(DeviceBinding.device_id)
    .join(Device, Device.id == DeviceBinding.device_id)
    .where(DeviceBinding.station_id == bindparam("station_id"), DeviceBinding.role == Part.SCALE)
    .order_by(Device.name)
    .limit(1)
)


def newest_reading(session: Session, station_id: int) -> Reading | None:
    """Return what the scales of a station said last; None where none said anything yet."""
    row = session.execute(_NEWEST, {"station_id": station_id}).first()
    return Reading(*row) if row else None


_NEWEST = (
    select(
        ScaleReading.device_id, ScaleReading.weight_g, ScaleReading.is_stable, ScaleReading.read_at
    )
    .join(DeviceBinding, DeviceBinding.device_id == ScaleReading.device_id)
    .where(DeviceBinding.station_id == bindparam("station_id"), DeviceBinding.role == Part.SCALE)
    .order_by(ScaleReading.read_at.desc(), ScaleReading.device_id)
    .limit(1)
)


def is_out(session: Session, code: str, at: datetime) -> bool:
    """Tell whether an invitation with this code is open."""
    return (
        session.scalar(
            select(Enrolment.id).where(
                Enrolment.code_hash == fingerprint(code),
                Enrolment.used_at.is_(None),
                Enrolment.ends_at > at,
            )
        )
        is not None
    )


def names(session: Session, device_ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of these devices."""
    rows = session.execute(select(Device.id, Device.name).where(Device.id.in_(device_ids)))
    return {row.id: row.name for row in rows}


def station_names(session: Session, station_ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of these stations."""
    rows = session.execute(select(Station.id, Station.name).where(Station.id.in_(station_ids)))
    return {row.id: row.name for row in rows}


def _now(
    device: Device,
    bound: Sequence[Bound],
    presence: Presence | None,
    token_at: datetime | None,
    at: datetime,
) -> DeviceNow:
    heard = [moment for moment in (device.seen_at, token_at) if moment]
    if presence:
        heard.append(presence.seen_at)
    heard_at = max(heard, default=None)
    comes_by_itself = DeviceKind(device.kind) in ENROLLED and device.revoked_at is None
    is_silent = comes_by_itself and (heard_at is None or heard_at < at - SILENT_AFTER)
    own = tuple(one for one in bound if one.device_id == device.id)
    return DeviceNow(device, own, presence, heard_at, is_silent)
