"""What is set aside, for leads: where it lies, and what becomes of it."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import submit
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.moving import actions
from wms.moving.web.blueprint import pages
from wms.people.policy import EVERYBODY, LEADS, allow
from wms.stock import queries as stock
from wms.stock.moves import Pile, StockStatus

ROWS = 50

ASIDE = "moving/aside.html"

NUMBER_LIMIT = 2**53 - 1


@pages.get("/set-aside")
@allow(*EVERYBODY)
def aside() -> str:
    """List units that nobody can be promised: damaged, in quarantine, held, expired."""
    return render_template(ASIDE, entered={}, refused={}, **_listed())


@pages.post("/set-aside/release")
@allow(*LEADS)
def release_to_sale() -> AnyResponse:
    """Let units be sold again."""
    return _decide("moving.release_to_sale", actions.release_to_sale)


@pages.post("/set-aside/scrap")
@allow(*LEADS)
def scrap() -> AnyResponse:
    """Throw units away."""
    return _decide("moving.scrap", actions.scrap)


def _decide(name: str, act: Any) -> AnyResponse:
    form = Form(request.form)
    least = {"lot": 0, "serial": 0}
    told = {
        field: form.whole(field, least=least.get(field, 1), most=NUMBER_LIMIT) or 0
        for field in ("location", "item", "lot", "serial")
    }
    status = form.choice("status", tuple(StockStatus))
    form.text("quantity")
    quantity = form.whole("quantity", least=1, most=QUANTITY_LIMIT) or 0
    note = form.text("reason", longest=200)

    def do(session: Session, by: int, at: datetime) -> str:
        pile = Pile(
            told["location"], told["item"], told["lot"], told["serial"], StockStatus(status)
        )
        act(session, pile=pile, quantity=quantity, note=note, by=by, at=at)
        return url_for("moving.aside")

    try:
        form.check()
        return submit(name, do)
    except Refusal as refusal:
        return back(refusal, ASIDE, **_listed())


def _listed() -> dict[str, Any]:
    cursor = request.args.get("cursor")
    asked = stock.Asked(set_aside=True)
    with services().database.read() as session:
        found = stock.balances(session, asked, limit=ROWS, cursor=cursor)
    following = found.next_cursor
    return {
        "rows": found.rows,
        "next_url": url_for("moving.aside", cursor=following) if following else None,
        "first_url": url_for("moving.aside") if cursor else None,
    }
