"""Trucks as people read them: which were loaded, with what, and that one left."""

from datetime import datetime
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from labels import pdf
from labels.designs.manifest import manifest as paper
from labels.designs.parcel_paper import Row
from wms.kernel.edge import submit
from wms.kernel.forms import back
from wms.kernel.paging import page
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, LEADS, Role, allow
from wms.shipping import actions, queries
from wms.shipping.tables import Manifest
from wms.shipping.web.blueprint import pages

ROWS = 50

ONE = "shipping/manifest.html"


@pages.get("/manifests")
@allow(*EVERYBODY)
def manifests() -> str:
    """List trucks, the newest first."""
    with services().database.read() as session:
        found = page(
            session,
            queries.manifests_asked(),
            by=[Manifest.id],
            limit=ROWS,
            cursor=request.args.get("cursor"),
            newest_first=True,
        )
    here = url_for("shipping.manifests")
    return render_template(
        "shipping/manifests.html",
        rows=found.rows,
        next_url=f"{here}?cursor={found.next_cursor}" if found.next_cursor else None,
        first_url=here if request.args.get("cursor") else None,
    )


@pages.get("/manifests/<int:manifest_id>")
@allow(*EVERYBODY)
def manifest(manifest_id: int) -> str:
    """Show one truck and its parcels."""
    return render_template(ONE, sentence=None, **_one(manifest_id))


@pages.get("/manifests/<int:manifest_id>/sheet")
@allow(*EVERYBODY)
def manifest_sheet(manifest_id: int) -> Response:
    """Give what one truck took, on paper to sign."""
    told = _one(manifest_id)
    truck = told["truck"]
    rows = [
        Row(
            one.shipment.tracking_number or "",
            one.package.number,
            f"{one.shipment.weight_g} g",
        )
        for one in told["parcels"]
    ]
    sheets = paper(
        title=f"{truck.carrier} · {truck.row.number}",
        about=(truck.row.closed_at or truck.row.opened_at).strftime("%Y-%m-%d %H:%M UTC"),
        total=_("%(num)s parcels", num=truck.parcels),
        signed=(_("Given by"), _("Taken by")),
        rows=rows,
    )
    return Response(pdf.pages(sheets), mimetype="application/pdf")


@pages.post("/manifests/<int:manifest_id>/leave")
@allow(Role.PACKER, Role.RECEIVER, *LEADS)
def leave(manifest_id: int) -> AnyResponse:
    """Note that the truck left."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.truck_left(session, manifest_id=manifest_id, by=by, at=at)
        return url_for("shipping.manifest", manifest_id=manifest_id)

    try:
        return submit("shipping.leave", do)
    except Refusal as refusal:
        return back(refusal, ONE, **_one(manifest_id))


def _one(manifest_id: int) -> dict[str, Any]:
    with services().database.read() as session:
        return {
            "truck": queries.manifest(session, manifest_id),
            "parcels": queries.aboard(session, manifest_id),
        }
