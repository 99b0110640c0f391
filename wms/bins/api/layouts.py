"""A whole floor from a few numbers, for machines."""

from datetime import datetime
from typing import Annotated, Any

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.bins import actions
from wms.bins.actions import Layout
from wms.bins.api.blueprint import WRITE, WRITERS, Shown, api, told
from wms.bins.rules.layout import LIMITS
from wms.kernel.edge import Reply, created, perform, reply
from wms.kernel.fields import Body, Line, Number
from wms.kernel.services import services
from wms.people.policy import allow


def _number(name: str) -> Any:
    least, most = LIMITS[name]
    return Field(ge=least, le=most)


class NewLayout(Body):
    """A floor from a few numbers. `bays` counts along one side of an aisle."""

    warehouse_id: Number
    blocks: Annotated[int, _number("blocks")] = 1
    aisles: Annotated[int, _number("aisles")] = 6
    bays: Annotated[int, _number("bays")] = 12
    levels: Annotated[int, _number("levels")] = 4
    sides: Annotated[int, _number("sides")] = 2
    cross_aisles: Annotated[int, _number("cross_aisles")] = 2
    pick_levels: list[Annotated[int, _number("levels")]] = Field(default=[], max_length=30)
    docks: Annotated[int, _number("docks")] = 1
    benches: Annotated[int, _number("benches")] = 1
    prefix: Annotated[Line, Field(max_length=20)] = ""
    first_block: Annotated[int, _number("first_block")] = 1
    bay_width_mm: Annotated[int, _number("bay_width_mm")] = 1_000
    bay_depth_mm: Annotated[int, _number("bay_depth_mm")] = 600
    aisle_width_mm: Annotated[int, _number("aisle_width_mm")] = 1_400
    cross_width_mm: Annotated[int, _number("cross_width_mm")] = 2_000
    x_mm: Annotated[int, _number("x_mm")] = 0
    y_mm: Annotated[int, _number("y_mm")] = 0
    dry_run: bool = Field(default=False, description="Only tell what would be made.")


class LayoutShown(Shown):
    """What a layout makes, or would make."""

    count: int
    first: str
    last: str
    width_mm: int
    depth_mm: int
    made: bool
    codes_taken: list[str] = Field(description="In the way: nothing is made while there are any.")


@api.post(
    "/locations/generate", summary="Build a floor", responses={200: LayoutShown, 201: LayoutShown}
)
@allow(*WRITERS, scope=WRITE)
def generate(body: NewLayout) -> Response:
    """Every bin, zone and path at once, or nothing. `dry_run` tells what would be made, and what is in the way."""
    facts = body.model_dump(exclude={"warehouse_id", "dry_run"})
    layout = Layout(**facts | {"pick_levels": tuple(body.pick_levels)})
    if body.dry_run:
        with services().database.read() as session:
            plan = actions.plan_layout(session, warehouse_id=body.warehouse_id, layout=layout)
        return reply(told(LayoutShown(**vars(plan), made=False)))

    def do(session: Session, by: int, at: datetime) -> Reply:
        plan = actions.build_layout(
            session, warehouse_id=body.warehouse_id, layout=layout, by=by, at=at
        )
        where = f"/api/v1/locations?warehouse_id={body.warehouse_id}"
        return created(told(LayoutShown(**vars(plan), made=True)), where)

    return perform("bins.build_layout", do)
