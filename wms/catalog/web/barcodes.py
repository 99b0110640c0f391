"""Forms on the page of an item: put a barcode on it, take one off."""

from datetime import datetime

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.catalog import actions
from wms.catalog.queries import BarcodeKind, NoSuchItem
from wms.catalog.web.blueprint import pages
from wms.catalog.web.items import item_again
from wms.kernel.edge import submit
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.forms import Form
from wms.kernel.refusal import Refusal
from wms.people.policy import LEADS, allow


@pages.post("/items/<int:item_id>/barcodes")
@allow(*LEADS)
def add_barcode(item_id: int) -> AnyResponse:
    """Let a code stand for so many units of the item."""
    form = Form(request.form)
    code = form.text("code", longest=255)
    kind = form.choice("kind", tuple(BarcodeKind))
    quantity = form.whole("quantity_per_scan", least=1, most=QUANTITY_LIMIT)
    try:
        form.check()

        def do(session: Session, by: int, at: datetime) -> str:
            actions.add_barcode(
                session,
                item_id=item_id,
                code=code,
                quantity_per_scan=quantity or 1,
                kind=BarcodeKind(kind),
                by=by,
                at=at,
            )
            return url_for("catalog.item", item_id=item_id)

        return submit("catalog.add_barcode", do)
    except NoSuchItem:
        raise
    except Refusal as refusal:
        return item_again(refusal, item_id, "barcode")


@pages.post("/items/<int:item_id>/barcodes/<int:barcode_id>/remove")
@allow(*LEADS)
def remove_barcode(item_id: int, barcode_id: int) -> AnyResponse:
    """Let a barcode stand for nothing any more."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.remove_barcode(session, item_id=item_id, barcode_id=barcode_id, by=by, at=at)
        return url_for("catalog.item", item_id=item_id)

    return submit("catalog.remove_barcode", do)
