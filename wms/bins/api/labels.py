"""Labels of places, totes and carts, for machines."""

from flask import Response

from wms.bins import actions
from wms.bins.api.blueprint import READ, READERS, api
from wms.bins.api.locations import LocationPath
from wms.bins.api.lpns import LpnPath
from wms.bins.labels import label_of
from wms.bins.tables import Location, Lpn
from wms.kernel.printouts import ANSWERS, LabelAsked, as_asked
from wms.kernel.services import services
from wms.people.policy import allow


@api.get("/locations/<int:location_id>/label", summary="The label of a place", responses=ANSWERS)
@allow(*READERS, scope=READ)
def location_label(path: LocationPath, query: LabelAsked) -> Response:
    """As PDF, PNG or ZPL. What a scan of it says begins with `WXL`."""
    with services().database.read() as session:
        location = session.get(Location, path.location_id)
        if location is None:
            raise actions.NoSuchLocation(id=path.location_id)
        made, name = label_of(session, location), f"label-{location.code}"
    return as_asked(made, query, name=name)


@api.get(
    "/lpns/<int:lpn_id>/label",
    summary="The label of a tote, carton, pallet or cart",
    responses=ANSWERS,
)
@allow(*READERS, scope=READ)
def lpn_label(path: LpnPath, query: LabelAsked) -> Response:
    """As PDF, PNG or ZPL. What a scan of it says begins with `WXT`."""
    with services().database.read() as session:
        location, lpn = session.get(Location, path.lpn_id), session.get(Lpn, path.lpn_id)
        if location is None or lpn is None:
            raise actions.NoSuchLpn(id=path.lpn_id)
        made, name = label_of(session, location), f"label-{location.code}"
    return as_asked(made, query, name=name)
