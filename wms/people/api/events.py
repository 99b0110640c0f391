"""What happened, for machines: every fact in the order in which it was kept."""

from datetime import datetime
from typing import Any

from flask import Response
from pydantic import AwareDatetime, Field

from wms.kernel.edge import reply
from wms.kernel.fields import Line, Listing, Number, written
from wms.kernel.services import services
from wms.kernel.tables import StoredEvent
from wms.people import trail
from wms.people.api.answers import FactPage
from wms.people.api.shapes import api
from wms.people.policy import LEADS, Role, allow


class Events(Listing):
    """Which facts to list."""

    type: Line | None = Field(default=None, max_length=120, description="As in `people.SignedIn`.")
    subject: Line | None = Field(default=None, max_length=40, description="Kind of thing: `user`.")
    subject_id: Number | None = Field(default=None, description="Which one.")
    actor_id: int | None = Field(default=None, ge=0, le=2**53 - 1, description="0 is the house.")
    device_id: Number | None = Field(default=None, description="From which device.")
    since: AwareDatetime | None = Field(default=None, description="Not before this moment.")
    until: AwareDatetime | None = Field(default=None, description="Before this moment.")


@api.get("/events", summary="List facts", responses={200: FactPage})
@allow(*LEADS, Role.MACHINE, scope="audit:read")
def events(query: Events) -> Response:
    """Oldest first; the last cursor that was told leads to what happened since."""
    asked = trail.Asked(
        actor_id=query.actor_id,
        device_id=query.device_id,
        subject=query.subject,
        subject_id=query.subject_id,
        type=query.type,
        since=query.since,
        until=query.until,
    )
    with services().database.read() as session:
        found = trail.facts(
            session, asked, limit=query.limit, cursor=query.cursor, newest_first=False
        )
    rows = [_shown(event) for event in found.rows]
    return reply({"data": rows, "next_cursor": found.next_cursor})


def _shown(event: StoredEvent) -> dict[str, Any]:
    moments: dict[str, datetime] = {
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
    }
    return {
        "id": event.id,
        "type": event.type,
        "subject": event.subject,
        "subject_id": event.subject_id,
        "data": event.data,
        "actor_id": event.actor_id,
        "device_id": event.device_id,
        "command_id": str(event.command_uid),
        **{name: written(at) for name, at in moments.items()},
    }
