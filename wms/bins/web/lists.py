"""The list of bins, with the floor they stand on."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins import queries
from wms.bins.places import FIXED, MOVABLE, Kind, Role
from wms.bins.rules.places import CODE_LIMIT
from wms.bins.tables import Location, Zone
from wms.bins.web.blueprint import kinds, pages, roles
from wms.bins.web.floor_plan import Picture, draw
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, allow

ROWS = 50

LABELS_LIMIT = 1_000
"""Labels in one file: a hundred sheets of A4, and seconds of drawing."""


@dataclass(frozen=True)
class Asked:
    """What the filter bar says. What it cannot mean is left out."""

    q: str
    warehouse_id: int | None
    zone_id: int | None
    kind: Kind | None
    role: Role | None
    archived: bool

    @property
    def narrows(self) -> bool:
        """Whether fewer than all bins are asked for."""
        return bool(self.q or self.zone_id or self.kind or self.role)


@pages.get("/bins")
@allow(*EVERYBODY)
def bins() -> str:
    """List bins by code, filtered, and show where they stand."""
    asked = read_asked()
    with services().database.read() as session:
        return render_template("bins/bins.html", asked=asked, **_found(session, asked))


def _found(session: Session, asked: Asked) -> dict[str, Any]:
    warehouses = queries.warehouses(session)
    question = question_of(asked)
    found = page(
        session,
        question,
        by=[Location.code, Location.id],
        limit=ROWS,
        cursor=request.args.get("cursor"),
    )
    total = session.scalar(select(func.count()).select_from(question.subquery())) or 0
    return {
        "rows": found.rows,
        "total": total,
        "labels_url": _labels_url() if 0 < total <= LABELS_LIMIT else None,
        "next_url": _url(found.next_cursor) if found.next_cursor else None,
        "first_url": _url(None) if request.args.get("cursor") else None,
        "counts": queries.counts(session),
        "warehouses": warehouses,
        "warehouse_choices": [(warehouse.id, warehouse.name) for warehouse in warehouses],
        "zones": _zones(session, asked, warehouses),
        "zone_names": {zone.id: zone.code for zone in session.scalars(select(Zone))},
        "kinds": kinds((*FIXED, *MOVABLE)),
        "roles": [choice for choice in roles() if choice[0]],
        "picture": _picture(session, asked, warehouses),
    }


def _url(cursor: str | None) -> str:
    """Return this list's address with the same filters, from a cursor on."""
    said = {name: value for name, value in request.args.items() if name != "cursor" and value}
    return f"{url_for('bins.bins')}?{urlencode(said | ({'cursor': cursor} if cursor else {}))}"


def _labels_url() -> str:
    """Return where the labels of all that this list shows are printed."""
    said = {name: value for name, value in request.args.items() if name != "cursor" and value}
    return f"{url_for('bins.labels')}?{urlencode(said)}"


def question_of(asked: Asked) -> Any:
    """Return the question for the places that are asked for."""
    return queries.locations_asked(
        warehouse_id=asked.warehouse_id,
        zone_id=asked.zone_id,
        kind=asked.kind,
        role=asked.role,
        q=asked.q,
        archived=asked.archived,
    )


def _zones(session: Session, asked: Asked, warehouses: Any) -> list[tuple[int, str]]:
    codes = {warehouse.id: warehouse.code for warehouse in warehouses}
    return [
        (
            zone.id,
            zone.code if len(codes) == 1 else f"{codes.get(zone.warehouse_id, '')} {zone.code}",
        )
        for zone in queries.zones(session, asked.warehouse_id)
    ]


def _picture(session: Session, asked: Asked, warehouses: Any) -> Picture | None:
    """Draw the floor that is asked about: of the warehouse chosen, or of the only one."""
    here = asked.warehouse_id or (warehouses[0].id if len(warehouses) == 1 else None)
    if here is None or asked.archived:
        return None
    whole = queries.stands(session, queries.locations_asked(warehouse_id=here))
    lit = queries.stands(session, question_of(asked)) if asked.narrows else []
    return draw(whole, {(stand.x, stand.y) for stand in lit})


def read_asked() -> Asked:
    """Return what the address asks for."""
    said = request.args
    return Asked(
        q="".join(filter(str.isprintable, said.get("q", ""))).strip()[:CODE_LIMIT],
        warehouse_id=said.get("warehouse", type=_number),
        zone_id=said.get("zone", type=_number),
        kind=said.get("kind", type=Kind),
        role=said.get("role", type=Role) if said.get("role") else None,
        archived=bool(said.get("archived")),
    )


def _number(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) <= len("999999999999999")):
        raise ValueError(said)
    return int(said)
