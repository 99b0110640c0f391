"""What scales say, passed on by whoever listens to them: a bench agent, a machine."""

from datetime import datetime

from flask import Response
from pydantic import AwareDatetime, BaseModel, Field
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, perform
from wms.kernel.fields import Body, Number, written
from wms.people.policy import LEADS, Role, allow
from wms.stations import actions
from wms.stations.api.shapes import api
from wms.stations.tables import ScaleReading

HEAVIEST_G = 2_000_000
"""Two tonnes: no scale of a bench shows more."""


class NewReading(Body):
    """What a scale shows."""

    device_id: Number = Field(description="The scale, or the agent that it hangs on.")
    weight_g: int = Field(ge=0, le=HEAVIEST_G, description="In grams.")
    is_stable: bool = Field(description="Whether the scale says that the figure stands still.")
    read_at: AwareDatetime = Field(description="When it was read. What comes late changes nothing.")


class ReadingShown(BaseModel):
    """The newest reading of a scale."""

    device_id: int
    weight_g: int
    is_stable: bool
    read_at: datetime


@api.post("/readings", summary="Tell what a scale shows", responses={200: ReadingShown})
@allow(*LEADS, Role.MACHINE, scope="readings:write")
def take_reading(body: NewReading) -> Response:
    """Only the newest of each scale is kept; the answer says which one that is."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        reading = actions.take_reading(
            session,
            device_id=body.device_id,
            weight_g=body.weight_g,
            is_stable=body.is_stable,
            read_at=body.read_at,
            by=by,
            at=at,
        )
        return Reply(_shown(reading))

    return perform("stations.take_reading", do)


def _shown(reading: ScaleReading) -> dict[str, object]:
    return {
        "device_id": reading.device_id,
        "weight_g": reading.weight_g,
        "is_stable": reading.is_stable,
        "read_at": written(reading.read_at),
    }
