"""By whose clock pages tell times: that of the warehouse a page is about, else of the only one, else UTC."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import g
from sqlalchemy import select

from wms.bins.tables import Warehouse
from wms.kernel.prepared import Prepared
from wms.kernel.services import services

UTC = "UTC"

_ZONES = Prepared(
    select(Warehouse.time_zone).where(Warehouse.archived_at.is_(None)).distinct().limit(2)
)


class PageZone(ZoneInfo):
    """A zone for flask-babel, which sets every moment right once more, as pytz needed it."""

    def normalize(self, moment: datetime) -> datetime:
        """Return the moment as it is: it is right already."""
        return moment


def time_zone() -> PageZone:
    """Return the zone for this answer. A page that is about one warehouse sets `g.time_zone`."""
    chosen: ZoneInfo | None = g.get("time_zone")
    return PageZone(chosen.key if chosen else of_the_house())


def of_the_house() -> str:
    """Return the zone of the warehouses, or UTC where they go by different clocks or there is none yet."""
    zones = services().database.ask(_ZONES, {})
    return str(zones[0][0]) if len(zones) == 1 else UTC
