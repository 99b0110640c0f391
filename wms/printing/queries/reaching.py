"""Single printers: by which name they go, where they are reached, how finely they print, who may print there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.refusal import NotFound
from wms.printing.rules import PRINTERS, Condition
from wms.printing.tables import PrinterNow
from wms.stations.queries import bindings
from wms.stations.tables import Device

NEVER_ASKED = PrinterNow(
    condition=Condition.UNKNOWN.value, detail="", is_held=False, dpi=203, version=1
)
"""What is known of a printer that was just added."""


@dataclass(frozen=True)
class Reached:
    """Where a printer is reached, and how finely it prints."""

    address: str | None
    dpi: int


def reached(session: Session, device_id: int) -> Reached:
    """Return where a printer, or the agent that holds one, is reached. Raises NotFound."""
    device = session.get(Device, device_id)
    if device is None:
        raise NotFound(thing="printer", number=device_id)
    now = session.get(PrinterNow, device_id)
    return Reached(device.address, NEVER_ASKED.dpi if now is None else now.dpi)


def by_name(session: Session, name: str) -> Device:
    """Return the printer, or the agent that holds one, of that name. Raises NotFound."""
    query = select(Device).where(
        Device.name == name, Device.kind.in_(PRINTERS), Device.revoked_at.is_(None)
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound(thing="printer", number=name)
    return found


def is_within_reach(session: Session, device: Device, *, agent_id: int | None) -> bool:
    """Tell whether an agent may print there: never where the house prints itself.

    One that is enrolled prints on what it holds and on what stands at its own bench.
    """
    if device.address is not None or agent_id in (None, device.id):
        return device.address is None
    benches = {bound.station_id for bound in bindings(session, device_ids=[device.id])}
    return any(bound.station_id in benches for bound in bindings(session, device_ids=[agent_id]))


def names_of_printers(session: Session, device_ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of these printers."""
    rows = session.execute(select(Device.id, Device.name).where(Device.id.in_(device_ids)))
    return {row.id: row.name for row in rows}
