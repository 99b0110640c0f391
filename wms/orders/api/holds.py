"""Holds, for machines: what stops which order, and how it ends."""

from collections.abc import Callable
from datetime import datetime

from flask import Response
from pydantic import AwareDatetime, Field
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.fields import Body, Listing, Number
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.orders import actions, queries
from wms.orders.api.blueprint import (
    READ,
    READERS,
    WRITE,
    WRITERS,
    OrderPath,
    Reason,
    Shown,
    api,
    told,
)
from wms.orders.api.shown import HoldShown
from wms.orders.holds import HoldKind, Step
from wms.orders.tables import OrderHold
from wms.people.policy import allow


class HoldPath(Body):
    """Which hold."""

    hold_id: Number


class Holds(Listing):
    """Which open holds to list."""

    kind: HoldKind | None = None
    is_escalated: bool | None = Field(default=None, description="Waiting for a supervisor.")


class NewHold(Body):
    """Why the order stops, and before which step."""

    kind: HoldKind = HoldKind.MANUAL
    blocks: Step = Field(default=Step.RELEASE, description="The earliest step that is forbidden.")
    reason: Reason
    expires_at: AwareDatetime | None = Field(default=None, description="When it ends by itself.")


class HoldEnd(Body):
    """What came of it."""

    outcome: Reason


class HoldPage(Shown):
    """Some holds."""

    data: list[HoldShown]
    next_cursor: str | None


class OrderHolds(Shown):
    """Everything that stops an order or did."""

    data: list[HoldShown]


@api.get("/holds", summary="List what waits for a person", responses={200: HoldPage})
@allow(*READERS, scope=READ)
def holds(query: Holds) -> Response:
    """Open holds, the oldest first."""
    asked = queries.review_asked(kind=query.kind, is_escalated=query.is_escalated)
    with services().database.read() as session:
        found = page(
            session,
            asked.with_only_columns(OrderHold),
            by=[OrderHold.id],
            limit=query.limit,
            cursor=query.cursor,
        )
        rows = [HoldShown.model_validate(row) for row in found.rows]
    return reply(told(HoldPage(data=rows, next_cursor=found.next_cursor)))


@api.get("/holds/<int:hold_id>", summary="One hold", responses={200: HoldShown})
@allow(*READERS, scope=READ)
def one_hold(path: HoldPath) -> Response:
    """Those that are over too."""
    with services().database.read() as session:
        row = queries.hold(session, path.hold_id)
        return reply(told(HoldShown.model_validate(row)), row.version)


@api.get("/orders/<int:order_id>/holds", summary="What stops an order", responses={200: OrderHolds})
@allow(*READERS, scope=READ)
def holds_of_order(path: OrderPath) -> Response:
    """The oldest first, those that are over included."""
    with services().database.read() as session:
        order = queries.order(session, path.order_id)
        rows = queries.holds(session, [order.id])[order.id]
        return reply(told(OrderHolds(data=[HoldShown.model_validate(row) for row in rows])))


@api.post("/orders/<int:order_id>/holds", summary="Stop an order", responses={201: HoldShown})
@allow(*WRITERS, scope=WRITE)
def hold(path: OrderPath, body: NewHold) -> Response:
    """From the named step on; earlier steps go on. Honors If-Match with the order's version."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        number = actions.hold(
            session,
            order_id=path.order_id,
            kind=body.kind,
            blocks=body.blocks,
            reason=body.reason,
            expires_at=body.expires_at,
            expected=expected,
            by=by,
            at=at,
        )
        row = queries.hold(session, number)
        return created(told(HoldShown.model_validate(row)), f"/api/v1/holds/{number}", row.version)

    return perform("orders.hold", do)


@api.post("/holds/<int:hold_id>/lift", summary="Let the order go on", responses={200: HoldShown})
@allow(*WRITERS, scope=WRITE)
def lift(path: HoldPath, body: HoldEnd) -> Response:
    """An order that nothing else stops is accepted at once."""
    return _ended(
        "orders.lift",
        lambda session, by, at: actions.lift(
            session, hold_id=path.hold_id, outcome=body.outcome, by=by, at=at
        ),
    )


@api.post("/holds/<int:hold_id>/overturn", summary="Give the order up", responses={200: HoldShown})
@allow(*WRITERS, scope=WRITE)
def overturn(path: HoldPath, body: HoldEnd) -> Response:
    """The order is cancelled."""
    return _ended(
        "orders.overturn",
        lambda session, by, at: actions.overturn(
            session, hold_id=path.hold_id, outcome=body.outcome, by=by, at=at
        ),
    )


@api.post("/holds/<int:hold_id>/escalate", summary="Ask a supervisor", responses={200: HoldShown})
@allow(*WRITERS, scope=WRITE)
def escalate(path: HoldPath) -> Response:
    """It stops the order as before, and no time ends it."""
    return _ended(
        "orders.escalate",
        lambda session, by, at: actions.escalate(session, hold_id=path.hold_id, by=by, at=at),
    )


def _ended(name: str, end: Callable[[Session, int, datetime], OrderHold]) -> Response:
    def do(session: Session, by: int, at: datetime) -> Reply:
        row = end(session, by, at)
        return versioned(told(HoldShown.model_validate(row)), row.version)

    return perform(name, do)
