"""Labels to print: of one bin or tote, and of all that a list shows."""

from flask import Response
from sqlalchemy import func, select

from wms.bins import actions
from wms.bins.labels import label_of, labels_of
from wms.bins.tables import Location
from wms.bins.web.blueprint import pages
from wms.bins.web.lists import LABELS_LIMIT, question_of, read_asked
from wms.kernel import printouts
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, LEADS, allow


class TooManyLabels(Refusal):
    """The list holds more than one file should."""

    sentence = "bins.too_many_labels"
    status = 422
    kept = False


class NoLabels(Refusal):
    """The list holds nothing that has a label."""

    sentence = "bins.no_labels"
    status = 404
    kept = False


@pages.get("/bins/<int:location_id>/label")
@allow(*EVERYBODY)
def label(location_id: int) -> Response:
    """Give the label of a place: PDF, or `?format=zpl` or `png`."""
    with services().database.read() as session:
        location = session.get(Location, location_id)
        if location is None:
            raise actions.NoSuchLocation(id=location_id)
        made, name = label_of(session, location), f"label-{location.code}"
    return printouts.label(made, name=name)


@pages.get("/bins/labels")
@allow(*LEADS)
def labels() -> Response:
    """Give the labels of all places that the list shows with the same filters: sheets of A4, or `?format=zpl`."""
    query = question_of(read_asked())
    with services().database.read() as session:
        count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        if count > LABELS_LIMIT:
            raise TooManyLabels(count=count, limit=LABELS_LIMIT)
        if not count:
            raise NoLabels
        found = session.scalars(query.order_by(Location.code, Location.id)).all()
        made = labels_of(session, found)
    return printouts.many(made, name="labels")
