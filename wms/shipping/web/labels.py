"""The sheet of a label: as it came from the carrier, or as the house drew it, or as a picture of either."""

from flask import Response, request

from devices.virtual.zpl import draw
from labels import png
from wms.kernel import printouts
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, allow
from wms.shipping import queries
from wms.shipping.actions import NoSheet
from wms.shipping.means import OURS
from wms.shipping.paper import house_sheet
from wms.shipping.tables import LabelDocument
from wms.shipping.web.blueprint import pages

DPI = 203
"""As finely as carriers draw their labels."""

ENDINGS = {"application/zpl": "zpl", "application/pdf": "pdf", "image/png": "png"}

PICTURE = "image/png"


@pages.get("/shipments/<int:shipment_id>/label")
@allow(*EVERYBODY)
def label(shipment_id: int) -> Response:
    """Give the sheet of a label: as it is, or `?format=png` as a picture."""
    with services().database.read() as session:
        row = queries.listed(session, shipment_id).row
        document = queries.document_of(session, shipment_id)
        ours = house_sheet(session, row) if row.means in OURS and row.tracking_number else None
    name = f"label-{row.tracking_number or shipment_id}"
    if ours is not None:
        return printouts.label(ours, name=name)
    if document is None:
        raise NoSheet(id=shipment_id)
    return _sent(document, name)


def _sent(document: LabelDocument, name: str) -> Response:
    data, media = document.data, document.media_type
    if request.args.get("format") == "png" and media == "application/zpl":
        pictures = draw(data, DPI)
        data, media = png.encoded(pictures[-1], dpi=DPI) if pictures else b"", PICTURE
    response = Response(data, mimetype=media)
    ending = ENDINGS.get(media, "bin")
    safe = "".join(sign for sign in name if sign.isascii() and (sign.isalnum() or sign in "-_"))
    response.headers["Content-Disposition"] = f'inline; filename="{safe}.{ending}"'
    return response
