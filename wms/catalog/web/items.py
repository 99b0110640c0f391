"""The list of items, and the page of one."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Response, make_response, render_template, request, url_for
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from wms.catalog import kits, queries
from wms.catalog.tables import Item, Lot
from wms.catalog.web.blueprint import pages, printed_on
from wms.kernel.forms import back
from wms.kernel.paging import page
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, allow

ROWS = 50
LOTS = 20


@dataclass(frozen=True)
class Asked:
    """What the filter bar and the saved views say. What they cannot mean is left out."""

    q: str
    kept_by: str
    view: str

    @property
    def narrows(self) -> bool:
        """Whether fewer than all items of the view are asked for."""
        return bool(self.q or self.kept_by)


@pages.get("/items")
@allow(*EVERYBODY)
def items() -> str:
    """List items, newest first."""
    said = request.args
    words = "".join(sign for sign in said.get("q", "") if sign.isprintable()).strip()[:255]
    asked = Asked(words, said.get("kept_by", ""), said.get("view", ""))
    with services().database.read() as session:
        return render_template("catalog/items.html", asked=asked, **_found(session, asked))


@pages.get("/items/<int:item_id>")
@allow(*EVERYBODY)
def item(item_id: int) -> Response:
    """Show one item."""
    return make_response(render_template("catalog/item.html", **about(item_id)))


def about(item_id: int) -> dict[str, Any]:
    """Return what the page of an item shows."""
    with services().database.read() as session:
        found = queries.item(session, item_id)
        lots = page(
            session,
            queries.lots(item_id),
            by=[Lot.id],
            limit=LOTS,
            cursor=request.args.get("cursor"),
            newest_first=True,
        )
        return {
            "item": found,
            "barcodes": queries.barcodes(session, [item_id])[item_id],
            "lots": lots,
            "parts": kits.parts(session, item_id),
            "kinds": printed_on(),
            "entered": {},
            "refused": {},
            "sentence": None,
        }


def item_again(refusal: Refusal, item_id: int, refused_form: str) -> Response:
    """Show the page of an item again, with what was typed into one of its forms and why it was not kept."""
    context = {**about(item_id), "refused_form": refused_form}
    for name in ("entered", "refused", "sentence"):
        del context[name]
    return back(refusal, "catalog/item.html", **context)


def _found(session: Session, asked: Asked) -> dict[str, Any]:
    question = _question(asked)
    cursor = request.args.get("cursor")
    found = page(session, question, by=[Item.id], limit=ROWS, cursor=cursor, newest_first=True)
    return {
        "rows": found.rows,
        "barcodes": queries.barcodes(session, [row.id for row in found.rows]),
        "total": _count(session, question),
        "views": [(view, _count(session, _view(view))) for view in ("", "bare", "archived")],
        "next_url": _url(found.next_cursor) if found.next_cursor else None,
        "first_url": _url(None) if cursor else None,
    }


def _question(asked: Asked) -> Select[Item]:
    query = _view(asked.view, asked.q)
    if asked.kept_by == "lot":
        return query.where(Item.tracks_lots)
    if asked.kept_by == "serial":
        return query.where(Item.tracks_serials)
    return query


def _view(view: str, q: str = "") -> Select[Item]:
    query = queries.items(q=q, archived=view == "archived")
    return queries.without_barcode(query) if view == "bare" else query


def _count(session: Session, question: Select[Item]) -> int:
    return session.scalar(select(func.count()).select_from(question.subquery())) or 0


def _url(cursor: str | None) -> str:
    """Return this list's address with the same filters, from a cursor on."""
    said = {name: value for name, value in request.args.items() if name != "cursor" and value}
    return f"{url_for('catalog.items')}?{urlencode(said | ({'cursor': cursor} if cursor else {}))}"
