"""Other lines for an order that the floor has not begun."""

from datetime import datetime
from typing import Any

from flask import Response, make_response, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import expected_version, submit
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.orders import actions, money, queries
from wms.orders.actions import LineEdit
from wms.orders.queries import NoSuchOrder
from wms.orders.web import typed
from wms.orders.web.blueprint import empty, order_page, pages
from wms.orders.web.pointing import by_row
from wms.people.policy import LEADS, allow

EDIT = "orders/lines.html"


@pages.get("/orders/<int:order_id>/lines")
@allow(*LEADS)
def edit_lines(order_id: int) -> str:
    """Show what is wanted, to be changed."""
    context = _there(order_id, None)
    return render_template(EDIT, **{**empty(), **context})


@pages.post("/orders/<int:order_id>/lines")
@allow(*LEADS)
def keep_lines(order_id: int) -> AnyResponse:
    """Make the order's lines like those of the form: one without an item is cancelled."""
    if request.form.get("find"):
        return _looked_up(order_id)
    form = Form(request.form)
    rows = typed.rows(form, request.form)
    try:
        form.check()
        expected = expected_version()

        def do(session: Session, by: int, at: datetime) -> str:
            edits = _edits(session, form, order_id, rows)
            with by_row([row.place for row in rows]):
                actions.edit_lines(
                    session, order_id=order_id, lines=edits, expected=expected, by=by, at=at
                )
            return order_page(order_id)

        return submit("orders.edit_lines", do)
    except NoSuchOrder:
        raise
    except Refusal as refusal:
        return back(refusal, EDIT, **_there(order_id, request.form.to_dict()))


@pages.post("/orders/<int:order_id>/lines/<int:line>/cancel")
@allow(*LEADS)
def cancel_line(order_id: int, line: int) -> AnyResponse:
    """Take a line out, or so many units of it as the form says."""
    form = Form(request.form)
    units = form.whole("quantity", least=1, most=QUANTITY_LIMIT)
    form.check()

    def do(session: Session, by: int, at: datetime) -> str:
        row = queries.line(session, order_id, line)
        left = max(row.quantity - row.cancelled, 1)
        actions.cancel_line(session, line_id=row.id, quantity=units or left, by=by, at=at)
        return order_page(order_id)

    return submit("orders.cancel_line", do)


def _looked_up(order_id: int) -> Response:
    entered = request.form.to_dict()
    return make_response(render_template(EDIT, **{**empty(), **_there(order_id, entered)}))


def _edits(session: Session, form: Form, order_id: int, rows: list[typed.Row]) -> list[LineEdit]:
    order = queries.order(session, order_id)
    wanted = {
        line.line: line
        for line, _item in queries.lines(session, [order_id])[order_id]
        if line.cancelled < line.quantity
    }
    edits = []
    for row in rows:
        item_id = typed.item_of(session, form, row)
        minor = typed.minor(form, f"price_{row.place}", row.price, order.currency)
        was = _was(row.place, sorted(wanted))
        same = was is not None and wanted[was].item_id == item_id
        edits.append(
            LineEdit(was if same else None, item_id, row.quantity, minor, row.personalisation)
        )
    form.check()
    return edits


def _was(place: int, numbers: list[int]) -> int | None:
    """Return which line stood in a row of the form: the wanted ones stand first, in their sequence."""
    return numbers[place] if place < len(numbers) else None


def _there(order_id: int, entered: dict[str, str] | None) -> dict[str, Any]:
    with services().database.read() as session:
        order = queries.order(session, order_id)
        wanted = [
            (line, item)
            for line, item in queries.lines(session, [order_id])[order_id]
            if line.cancelled < line.quantity
        ]
        if entered is None:
            entered = {}
            for place, (line, item) in enumerate(wanted):
                entered[f"item_{place}"] = item.sku
                entered[f"quantity_{place}"] = str(line.quantity - line.cancelled)
                entered[f"price_{place}"] = money.written(line.price_minor, order.currency)
                entered[f"personalisation_{place}"] = line.personalisation
        count = typed.row_count(entered)
        said = {n: entered.get(f"item_{n}", "").strip() for n in range(count)}
        return {
            "order": order,
            "entered": entered,
            "count": count,
            "found": {n: typed.find(session, item) for n, item in said.items() if item},
        }
