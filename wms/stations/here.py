"""Which device a request comes from: the cookie that enrolling left, looked up afresh."""

from datetime import datetime

from flask import g
from sqlalchemy import update
from sqlalchemy.orm import Session

from wms.kernel.services import services
from wms.people.cookies import Cookie, read
from wms.people.sign_in import Place
from wms.stations.queries import NotEnrolled, by_token, hold_enrolled
from wms.stations.tables import Device


def device_here() -> Device | None:
    """Return the enrolled device of this browser; None where it is none."""
    if "device" not in g:
        token = read(Cookie.DEVICE)
        with services().database.read() as session:
            g.device = by_token(session, token) if token else None
    device: Device | None = g.device
    return device


def enrolled_here() -> Device:
    """Return the device of this browser. Raises NotEnrolled."""
    device = device_here()
    if device is None:
        raise NotEnrolled
    return device


def place_here() -> Place:
    """Return this device as the place where somebody signs in. Raises NotEnrolled."""
    device_id = enrolled_here().id
    now = services().clock.now()
    return Place(device_id, lambda session: _hold(session, device_id, now))


def _hold(session: Session, device_id: int, at: datetime) -> None:
    hold_enrolled(session, device_id)
    session.execute(
        update(Device)
        .where(Device.id == device_id)
        .values(seen_at=at)
        .execution_options(synchronize_session=False)
    )
