"""Labels for machines: which there are, how far each is, void one, try again."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, LEADS, Role, allow
from wms.shipping import actions, queries
from wms.shipping.api.blueprint import READ, WRITE, api
from wms.shipping.api.shapes import (
    Reason,
    ShipmentPage,
    ShipmentPath,
    Shipments,
    ShipmentWhole,
    shown,
    whole,
)
from wms.shipping.queries import Asked


@api.get("/shipments", summary="List labels", responses={200: ShipmentPage})
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def shipments(query: Shipments) -> Response:
    """Newest first."""
    asked = Asked(**query.model_dump(exclude={"limit", "cursor"}))
    with services().database.read() as session:
        found = queries.shipments(session, asked, limit=query.limit, cursor=query.cursor)
        rows = [shown(one) for one in found.rows]
    return reply({"data": rows, "next_cursor": found.next_cursor})


@api.get("/shipments/<int:shipment_id>", summary="One label", responses={200: ShipmentWhole})
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def shipment(path: ShipmentPath) -> Response:
    """How far its purchase is, and where the parcel is."""
    with services().database.read() as session:
        story = queries.story(session, path.shipment_id)
        told = whole(story)
    return reply(told, story.listed.row.version)


@api.post(
    "/shipments/<int:shipment_id>/void", summary="Void a label", responses={200: ShipmentWhole}
)
@allow(Role.PACKER, *LEADS, Role.MACHINE, scope=WRITE)
def void(path: ShipmentPath, body: Reason) -> Response:
    """Its money is asked back. Refused once it left, and while nobody knows whether it was bought."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.void(
            session,
            shipment_id=path.shipment_id,
            reason=body.reason,
            expected=expected,
            by=by,
            at=at,
        )
        return _after(session, path.shipment_id)

    return perform("shipping.void", do)


@api.post(
    "/shipments/<int:shipment_id>/try_again",
    summary="Wish for another label where this one is over",
    responses={201: ShipmentWhole},
)
@allow(Role.PACKER, *LEADS, Role.MACHINE, scope=WRITE)
def try_again(path: ShipmentPath) -> Response:
    """Refused while the package has a label, or may have one."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        made = actions.try_again(
            session, shipment_id=path.shipment_id, expected=expected, by=by, at=at
        )
        session.flush()
        told = whole(queries.story(session, made.id))
        return created(told, f"/api/v1/shipments/{made.id}", made.version)

    return perform("shipping.try_again", do)


@api.post(
    "/shipments/<int:shipment_id>/was_not_bought",
    summary="Settle a doubt: nothing was bought",
    responses={200: ShipmentWhole},
)
@allow(*LEADS, scope=WRITE)
def was_not_bought(path: ShipmentPath) -> Response:
    """For people who looked at the carrier's own list."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.was_not_bought(
            session, shipment_id=path.shipment_id, expected=expected, by=by, at=at
        )
        return _after(session, path.shipment_id)

    return perform("shipping.was_not_bought", do)


def _after(session: Session, shipment_id: int) -> Reply:
    session.flush()
    story = queries.story(session, shipment_id)
    return versioned(whole(story), story.listed.row.version)
