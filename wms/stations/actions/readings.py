"""What a scale says: a reading is worth something for seconds, so only the newest of each scale is kept."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.kernel.refusal import Fault, NotFound, Wrong
from wms.stations.rules import PARTS, DeviceKind, Part
from wms.stations.tables import Device, ScaleReading


class WeighsNothing(Wrong):
    """A printer has no weight to tell, and a scale that was revoked tells none any more."""

    sentence = "kernel.not_kept"


def take_reading(
    session: Session,
    *,
    device_id: int,
    weight_g: int,
    is_stable: bool,
    read_at: datetime,
    by: int,
    at: datetime,
) -> ScaleReading:
    """Keep what a scale shows; one that comes late changes nothing. Raises NotFound, WeighsNothing."""
    del by  # a reading is a fact about a moment, whoever passes it on
    _weighs(session, device_id)
    reading = session.get(ScaleReading, device_id, with_for_update=True)
    if reading is None:
        reading = ScaleReading(device_id=device_id)
        session.add(reading)
    elif reading.read_at > read_at:
        return reading
    reading.weight_g, reading.is_stable = weight_g, is_stable
    reading.read_at, reading.recorded_at = min(read_at, at), at
    session.flush()
    return reading


def _weighs(session: Session, device_id: int) -> None:
    device = session.get(Device, device_id)
    if device is None:
        raise NotFound(thing="device", number=device_id)
    if device.revoked_at is not None or Part.SCALE not in PARTS[DeviceKind(device.kind)]:
        raise WeighsNothing(Fault("device_id", "stations.weighs_nothing", {"device": device.name}))
