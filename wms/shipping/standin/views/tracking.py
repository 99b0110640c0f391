"""Where parcels are, as the platform tells it to whoever asks."""

from typing import Any

from flask import Blueprint, Response, jsonify

from wms.shipping.standin.platform import REQUIRED, Refused, asked, platform
from wms.shipping.standin.store import Body
from wms.shipping.standin.troubles import troubled

tracking = Blueprint("tracking", __name__)


PLACE = ("city", "state", "zip", "country")


@tracking.get("/tracks/<carrier>/<number>")
@troubled("tracks")
def look(carrier: str, number: str) -> Any:
    """Answer for unknown numbers too, as the platform does: it knows nothing of them."""
    return jsonify(track(carrier, number))


@tracking.post("/tracks")
@troubled("tracks")
def register() -> Any:
    """Promise to tell of a parcel."""
    question = asked()
    carrier, number = (str(question.get(name) or "") for name in ("carrier", "tracking_number"))
    if not carrier or not number:
        raise Refused({"carrier" if not carrier else "tracking_number": REQUIRED})
    with platform().store.change():
        way = platform().store.find("way", f"{carrier}/{number}") or {"history": []}
        way["metadata"] = str(question.get("metadata") or "")
        platform().store.keep("way", f"{carrier}/{number}", way)
    return jsonify(track(carrier, number))


@tracking.get("/tracking/<carrier>/<number>")
def page(carrier: str, number: str) -> Response:
    """The page that a carrier would show to whoever waits for the parcel."""
    way = platform().store.find("way", f"{carrier}/{number}")
    said = [
        f"{step['status_date']}  {step['status_details']}"
        for step in (way or {}).get("history", [])
    ]
    return Response("\n".join([f"{carrier} {number}", *said, ""]), mimetype="text/plain")


def track(carrier: str, number: str) -> Body:
    """Return a parcel's way as the platform tells it."""
    way = platform().store.find("way", f"{carrier}/{number}") or {}
    told: Body = {
        "carrier": carrier,
        "tracking_number": number,
        "metadata": way.get("metadata", ""),
        "tracking_history": way.get("history", []),
        "messages": [],
        "test": True,
    }
    if way.get("history"):
        told["tracking_status"] = way["history"][-1]
    if way.get("transaction"):
        told |= {"transaction": way["transaction"], **_trip(way)}
    return told


def _trip(way: Body) -> Body:
    """Say from where to where, and with what service, a parcel goes whose label was sold here."""
    store = platform().store
    shipment, rate = store.find("shipment", way["shipment"]), store.find("rate", way["rate"])
    assert shipment is not None
    assert rate is not None
    return {
        "address_from": place(shipment["address_from"]),
        "address_to": place(shipment["address_to"]),
        "servicelevel": {part: rate["servicelevel"][part] for part in ("name", "token")},
    }


def place(address: Body) -> Body:
    """Return as much of an address as tracking tells."""
    return {part: str(address.get(part) or "") for part in PLACE}
