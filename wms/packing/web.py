"""What the bench's page needs beside scans: a photo of the box, and in a practice house something on the scale."""

from datetime import datetime
from random import SystemRandom

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from wms.catalog import pictures
from wms.floor.queries import stand_of
from wms.kernel.edge import carry_out
from wms.kernel.refusal import Fault, NotFound
from wms.kernel.services import services
from wms.packing import actions, queries
from wms.packing.process import NAME
from wms.packing.showing import box_in_hand
from wms.packing.tables import Package
from wms.people.policy import LEADS, Role, allow
from wms.stations import actions as stations
from wms.stations import queries as station_queries

pages = Blueprint("packing", __name__)

SPREAD_G = 4
"""No two boxes with the same goods weigh the same."""

NOBODY_KNOWS_G = 500
"""On the practice scale, where the weight of an item is not known."""


class NothingInHand(NotFound):
    """Nobody here has a box in hand."""

    sentence = "packing.no_box_in_hand"


class NoScaleHere(NotFound):
    """No scale serves this bench, or it is no practice house: here only a scale says what is on it."""

    sentence = "packing.no_scale"


@pages.post("/packing/photo")
@allow(Role.PACKER, *LEADS)
def keep_photo() -> Response:
    """Keep a photo of the box in hand."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise pictures.NoPicture(Fault("file", "catalog.picture_missing"))
    name = pictures.keep(services().pictures, file.read())
    file.seek(0)

    def do(session: Session, by: int, at: datetime) -> None:
        box, _station_id = _in_hand(session, by)
        actions.photo(session, package_id=box.id, picture=name, by=by, at=at)

    carry_out("packing.keep_photo", do)
    return Response(status=204)


@pages.post("/packing/scale")
@allow(Role.PACKER, *LEADS)
def put_on_scale() -> Response:
    """Put the box in hand on the practice scale: it shows about what the box should weigh."""
    if not services().settings.practice:
        raise NoScaleHere

    def do(session: Session, by: int, at: datetime) -> None:
        box, station_id = _in_hand(session, by)
        scale_id = station_queries.scale_of(session, station_id) if station_id else None
        if scale_id is None:
            raise NoScaleHere
        should = box.expected_g or NOBODY_KNOWS_G
        stations.take_reading(
            session,
            device_id=scale_id,
            weight_g=max(1, should + SystemRandom().randint(-SPREAD_G, SPREAD_G)),
            is_stable=True,
            read_at=at,
            by=by,
            at=at,
        )

    carry_out("packing.put_on_scale", do)
    return Response(status=204)


def _in_hand(session: Session, by: int) -> tuple[Package, int | None]:
    """Return the box that somebody has in hand and the bench where they stand."""
    stand = stand_of(session, by)
    fo_id = stand.data.get("fo_id") if stand.process == NAME else None
    box = box_in_hand(queries.packages_of_fo(session, fo_id)) if fo_id else None
    if box is None:
        raise NothingInHand
    return box, stand.data.get("station_id")
