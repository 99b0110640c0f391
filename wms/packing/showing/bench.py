"""The bench itself: which there are, and what its scale says."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.kernel.prepared import Prepared
from wms.packing.dialogue import Bench, Scale
from wms.stations import queries as stations
from wms.stations.actions import StationKind
from wms.stations.tables import Station

_NAME = Prepared(select(Station.name).where(Station.id == bindparam("station_id")))
_WAREHOUSE = Prepared(
    select(Location.warehouse_id)
    .join(Station, Station.location_id == Location.id)
    .where(Station.id == bindparam("station_id"))
)


def benches(session: Session) -> tuple[str, ...]:
    """Return the codes of the benches where somebody may pack."""
    found = stations.open_stations(session)
    return tuple(f"WXP{one.id}" for one in found if one.kind == StationKind.PACKING)


def bench_at(session: Session, station_id: int, now: datetime) -> Bench | None:
    """Return a bench with what its scale shows; None where there is no such station."""
    found = _NAME.first(session, {"station_id": station_id})
    if found is None:
        return None
    reading = stations.newest_reading(session, station_id)
    scale = None
    if reading is not None:
        scale = Scale(reading.weight_g, reading.is_stable, reading.is_fresh(now))
    has_scale = scale is not None or stations.scale_of(session, station_id) is not None
    return Bench(station_id, found[0], has_scale, scale)


def warehouse_at(session: Session, station_id: int) -> int | None:
    """Return the warehouse that a bench stands in; None where nobody said in which place it stands."""
    found = _WAREHOUSE.first(session, {"station_id": station_id})
    return found[0] if found else None
