"""An order by hand: somebody called, or wrote."""

from datetime import datetime
from typing import Any

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.orders import actions, queries
from wms.orders.drafts import Draft, DraftLine, Payment
from wms.orders.rules.drafts import LIMITS, PRIORITY_LIMIT
from wms.orders.tables import Channel, Order
from wms.orders.web import typed
from wms.orders.web.blueprint import empty, order_page, pages, payments
from wms.orders.web.pointing import by_row
from wms.people.policy import LEADS, allow

NEW = "orders/new.html"

DESK = "desk"
"""The channel of what comes by telephone and letter."""


@pages.get("/orders/new")
@allow(*LEADS)
def new_order() -> str:
    """Ask who wants what."""
    return render_template(NEW, **{**empty(), **_around({})})


@pages.post("/orders")
@allow(*LEADS)
def add_order() -> AnyResponse:
    """Take the order in, or say what the typed items can be."""
    if request.form.get("find"):
        return _looked_up()
    form = Form(request.form)
    said = _said(form)
    rows = typed.rows(form, request.form)
    try:
        form.check()

        def do(session: Session, by: int, at: datetime) -> str:
            channel = _channel(session, form, said["channel"], by=by, at=at)
            draft = _draft(session, form, said, rows, channel.id, placed_at=at)
            with by_row([row.place for row in rows]):
                [number] = actions.bring_in(session, [draft], by=by, at=at)
            assert number is not None, "a fresh key was told before"
            return order_page(number)

        return submit("orders.add_order", do)
    except Refusal as refusal:
        return back(refusal, NEW, **_around(request.form.to_dict()))


def _looked_up() -> Response:
    """Show the form again, with the name of each item that was typed, or what it could be."""
    entered = request.form.to_dict()
    return make_response(
        render_template(NEW, **{**empty(), **_around(entered), "entered": entered})
    )


def _around(entered: dict[str, str]) -> dict[str, Any]:
    with services().database.read() as session:
        count = typed.row_count(entered)
        said = {n: entered.get(f"item_{n}", "").strip() for n in range(count)}
        return {
            "payments": payments(),
            "channels": _channels(session),
            "count": count,
            "found": {n: typed.find(session, item) for n, item in said.items() if item},
        }


def _channels(session: Session) -> list[tuple[str, str]]:
    open_ones = [row for row in queries.channels(session) if row.archived_at is None]
    known = [(row.code, row.name) for row in open_ones]
    return known if any(code == DESK for code, _name in known) else [(DESK, _("By hand")), *known]


def _said(form: Form) -> dict[str, Any]:
    """Return what the form says besides its lines."""
    return {
        "channel": form.text("channel", longest=40),
        "number": form.optional("number", longest=LIMITS["number"]),
        "contact": typed.contact(form),
        "payment": form.choice("payment", tuple(Payment)),
        "currency": (form.optional("currency", longest=LIMITS["currency"]) or "").upper(),
        "service": form.optional("service", longest=LIMITS["service"]) or "",
        "carrier": form.optional("carrier", longest=LIMITS["carrier"]) or "",
        "note": form.raw("note").strip(),
        "gift_note": form.raw("gift_note").strip(),
        "promised_on": typed.day(form, "promised_on"),
        "priority": form.whole("priority", least=-PRIORITY_LIMIT, most=PRIORITY_LIMIT) or 0,
    }


def _draft(
    session: Session,
    form: Form,
    said: dict[str, Any],
    rows: list[typed.Row],
    channel_id: int,
    *,
    placed_at: datetime,
) -> Draft:
    currency = said["currency"]
    lines = tuple(
        DraftLine(
            typed.item_of(session, form, row),
            row.quantity,
            typed.minor(form, f"price_{row.place}", row.price, currency),
            row.personalisation,
        )
        for row in rows
    )
    form.check()
    own = f"D{(session.scalar(select(func.max(Order.id))) or 0) + 1}"
    facts = {name: value for name, value in said.items() if name not in ("channel", "number")}
    return Draft(
        channel_id=channel_id,
        source_id=f"{own} {session.info['command'].uid.hex}",
        number=said["number"] or own,
        placed_at=placed_at,
        lines=lines,
        total_minor=sum(line.price_minor * line.quantity for line in lines),
        **facts,
    )


def _channel(session: Session, form: Form, code: str, *, by: int, at: datetime) -> Channel:
    known = queries.channel_by_code(session, code)
    if known is not None:
        return known
    if code != DESK:
        form.wrong("channel", "kernel.field_choice")
        form.check()
    return actions.open_channel(session, code=DESK, name="By hand", kind=DESK, by=by, at=at)
