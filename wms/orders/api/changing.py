"""Changes of an order, for machines: cancelled, in part or whole, other lines, another address, its money, merged."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, expected_version, perform, reply, versioned
from wms.kernel.fields import Body, Number, Quantity
from wms.kernel.services import services
from wms.orders import actions, queries
from wms.orders.api.blueprint import READ, READERS, WRITE, WRITERS, OrderPath, Reason, api, told
from wms.orders.api.bodies import Address, ChangedLine, contact_of, edits_of
from wms.orders.api.shown import AddressShown, OrderShown, order_shown
from wms.orders.lifecycle import PaymentVerb
from wms.orders.rules.drafts import LINES_LIMIT
from wms.orders.tables import Order, OrderContact
from wms.people.policy import allow


class LinePath(OrderPath):
    """Which line of which order: the lines are counted from 1."""

    line: Number


class Cancellation(Body):
    """Why an order is not wanted any more."""

    reason: Reason


class LineCancellation(Body):
    """How many units of a line are not wanted any more."""

    quantity: Quantity | None = Field(default=None, description="All that are left where unsaid.")


class ChangedLines(Body):
    """All lines as they shall be: one that is missing here is cancelled."""

    lines: Annotated[list[ChangedLine], Field(min_length=1, max_length=LINES_LIMIT)]


class PaymentSaid(Body):
    """What became of the money."""

    verb: PaymentVerb


class Merging(Body):
    """Orders of one customer that shall be one: the oldest takes over the others' lines."""

    order_ids: Annotated[list[Number], Field(min_length=2, max_length=actions.MERGED_LIMIT)]


@api.post("/orders/<int:order_id>/cancel", summary="Cancel an order", responses={200: OrderShown})
@allow(*WRITERS, scope=WRITE)
def cancel(path: OrderPath, body: Cancellation) -> Response:
    """Over at once where the floor has not begun; else when all is back. Honors If-Match."""
    expected = expected_version()
    return _changed(
        "orders.cancel",
        lambda session, by, at: actions.cancel(
            session, order_id=path.order_id, reason=body.reason, expected=expected, by=by, at=at
        ),
    )


@api.post(
    "/orders/<int:order_id>/lines/<int:line>/cancel",
    summary="Take units of a line out",
    responses={200: OrderShown},
)
@allow(*WRITERS, scope=WRITE)
def cancel_line(path: LinePath, body: LineCancellation) -> Response:
    """Without any line left, the order is cancelled. Honors If-Match."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Order:
        line = queries.line(session, path.order_id, path.line)
        return actions.cancel_line(
            session,
            line_id=line.id,
            quantity=body.quantity or max(line.quantity - line.cancelled, 1),
            expected=expected,
            by=by,
            at=at,
        )

    return _changed("orders.cancel_line", do)


@api.put("/orders/<int:order_id>/lines", summary="Change the lines", responses={200: OrderShown})
@allow(*WRITERS, scope=WRITE)
def edit_lines(path: OrderPath, body: ChangedLines) -> Response:
    """Before the floor works on it. Honors If-Match."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Order:
        order = queries.order(session, path.order_id)
        edits = edits_of(session, body.lines, order.currency)
        return actions.edit_lines(
            session, order_id=order.id, lines=edits, expected=expected, by=by, at=at
        )

    return _changed("orders.edit_lines", do)


@api.get("/orders/<int:order_id>/address", summary="Where it goes", responses={200: AddressShown})
@allow(*READERS, scope=READ)
def address(path: OrderPath) -> Response:
    """Its ETag is the order's."""
    with services().database.read() as session:
        order = queries.order(session, path.order_id)
        contact = session.get_one(OrderContact, order.id)
        return reply(told(AddressShown.model_validate(contact)), order.version)


@api.put("/orders/<int:order_id>/address", summary="Send it elsewhere", responses={200: OrderShown})
@allow(*WRITERS, scope=WRITE)
def change_address(path: OrderPath, body: Address) -> Response:
    """A whole address ends the hold that waited for one. Honors If-Match."""
    expected = expected_version()
    return _changed(
        "orders.change_address",
        lambda session, by, at: actions.change_address(
            session,
            order_id=path.order_id,
            contact=contact_of(body),
            expected=expected,
            by=by,
            at=at,
        ),
    )


@api.post(
    "/orders/<int:order_id>/payment",
    summary="Say how its money stands",
    responses={200: OrderShown},
)
@allow(*WRITERS, scope=WRITE)
def pay(path: OrderPath, body: PaymentSaid) -> Response:
    """Money that is not there stops the order before release, money that came sets it free. Honors If-Match."""
    expected = expected_version()
    return _changed(
        "orders.pay",
        lambda session, by, at: actions.pay(
            session, order_id=path.order_id, verb=body.verb, expected=expected, by=by, at=at
        ),
    )


@api.post("/orders/merge", summary="Make one order of several", responses={200: OrderShown})
@allow(*WRITERS, scope=WRITE)
def merge(body: Merging) -> Response:
    """Of one customer, to one address, before the floor works on any. Answers with the one that stays."""
    return _changed(
        "orders.merge",
        lambda session, by, at: actions.merge(session, order_ids=body.order_ids, by=by, at=at),
    )


def _changed(name: str, change: Callable[[Session, int, datetime], Order]) -> Response:
    def do(session: Session, by: int, at: datetime) -> Reply:
        order = change(session, by, at)
        session.refresh(order)
        return versioned(told(order_shown(session, order)), order.version)

    return perform(name, do)
