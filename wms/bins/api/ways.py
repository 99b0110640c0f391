"""How far it is to walk, for machines."""

from flask import Response
from pydantic import ConfigDict, Field

from wms.bins import queries
from wms.bins.api.blueprint import READ, READERS, Shown, api, told
from wms.kernel.edge import reply
from wms.kernel.fields import Body, Number
from wms.kernel.services import services
from wms.people.policy import allow


class Ways(Body):
    """From where to where: each of `from` to each of `to`, all in one warehouse."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    starts: list[Number] = Field(alias="from", min_length=1, max_length=100)
    ends: list[Number] = Field(alias="to", min_length=1, max_length=100)


class WayShown(Shown):
    """How far it is to walk."""

    from_id: int
    to_id: int
    distance_mm: int | None = Field(description="Null: no path, or a place without coordinates.")


class WayPage(Shown):
    """Ways, in the order of the question."""

    data: list[WayShown]


@api.get("/distances", summary="How far to walk", responses={200: WayPage})
@allow(*READERS, scope=READ)
def distances(query: Ways) -> Response:
    """From each place to each other, along aisles and cross aisles; null between two warehouses."""
    with services().database.read() as session:
        ways = queries.ways(session, query.starts, query.ends)
    rows = [
        WayShown(from_id=start, to_id=end, distance_mm=distance)
        for (start, end), distance in ways.items()
    ]
    return reply(told(WayPage(data=rows)))
