"""Walks as pictures: what stands on the floor, and the way past it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins import queries as bins
from wms.bins.places import Kind
from wms.bins.tables import Location
from wms.waves.drawing import Picture, Walk, draw
from wms.waves.plan import PlannedRun
from wms.waves.queries.layout import start_of, walks_of


def picture_of(session: Session, warehouse_id: int, run: PlannedRun) -> Picture | None:
    """Return one run on the floor plan of its warehouse; None where no bin stands on a plan."""
    stands = bins.stands(session, bins.locations_asked(warehouse_id=warehouse_id, kind=Kind.BIN))
    places, home = run.places, start_of(session, warehouse_id)
    walks = walks_of(session, warehouse_id, places)
    query = select(Location.id, Location.code, Location.x_mm, Location.y_mm)
    standing = {
        number: (x, y, code)
        for number, code, x, y in session.execute(query.where(Location.id.in_(places)))
        if x is not None and y is not None
    }
    stops = [standing[place] for place in places if place in standing]
    start = (home.x_mm or 0, home.y_mm or 0, home.code) if home else None
    ends = [start[:2]] if start and stops else []
    return draw(stands, Walk([*ends, *walks.corners(places), *ends], stops, start))
