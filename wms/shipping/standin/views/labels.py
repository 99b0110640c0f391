"""The labels themselves, drawn when they are fetched."""

from datetime import datetime

from flask import Blueprint, Response

from wms.shipping.standin import zpl
from wms.shipping.standin.carriers import SERVICES
from wms.shipping.standin.platform import Refused, found
from wms.shipping.standin.sheet import Sheet, address_lines
from wms.shipping.standin.store import Body
from wms.shipping.standin.troubles import troubled

labels = Blueprint("labels", __name__)

LETTERS = {service.token: service.letter for service in SERVICES}


@labels.get("/labels/<known>.<ending>")
@troubled("labels")
def label(known: str, ending: str) -> Response:
    """Return a label; whoever has its address may fetch it, as with the platform's own."""
    purchase = found("transaction", known)
    if not purchase["tracking_number"] or ending not in {"zpl", "pdf"}:
        raise Refused({"detail": "Not found."}, 404)
    sheet = _sheet(purchase)
    if ending == "pdf":
        from wms.shipping.standin import pdf  # noqa: PLC0415 - a slow import that few ask for

        return Response(pdf.draw(sheet), mimetype="application/pdf")
    return Response(zpl.draw(sheet), mimetype="application/zpl")


def _sheet(purchase: Body) -> Sheet:
    rate = found("rate", purchase["rate"])
    shipment = found("shipment", rate["shipment"])
    service = rate["servicelevel"]
    weight_g = sum(float(parcel["weight"]) for parcel in shipment["parcels"])
    unit = shipment["parcels"][0]["mass_unit"]
    return Sheet(
        letter=LETTERS[service["token"]],
        carrier=rate["provider"],
        service=service["name"],
        sender=address_lines(shipment["address_from"]),
        recipient=address_lines(shipment["address_to"]),
        weight=f"{weight_g:g} {unit}",
        date=f"{datetime.fromisoformat(purchase['object_created']):%Y-%m-%d}",
        number=purchase["tracking_number"],
        reference=purchase["metadata"],
    )
