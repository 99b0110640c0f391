"""Makes carriers say something about parcels: for whoever plays with the stand-in, and no part of the platform."""

from datetime import datetime
from typing import Any

from flask import Blueprint, jsonify

from wms.shipping.standin.hooks import called, tell
from wms.shipping.standin.platform import Refused, asked, found, platform, written
from wms.shipping.standin.store import Body
from wms.shipping.standin.views.tracking import place, track

advancing = Blueprint("advancing", __name__)

USUAL = {
    "UNKNOWN": ("other", "The carrier has no word of it."),
    "PRE_TRANSIT": ("information_received", "The carrier has been told of the parcel."),
    "TRANSIT": ("package_accepted", "The carrier has the parcel."),
    "DELIVERED": ("delivered", "The parcel was delivered."),
    "RETURNED": ("return_to_sender", "The parcel is on its way back."),
    "FAILURE": ("package_undeliverable", "The parcel could not be delivered."),
}
"""By status, what the carrier says if nothing else is asked for."""

CLOSER = {"out_for_delivery": "The parcel is on its last trip, to the door."}
"""By substatus, what it says where that is asked for."""


@advancing.post("/advance")
def advance() -> Any:
    """Let a carrier say something: `{tracking_number, status, substatus?, details?, at?, copies?}`.

    `at` dates it, and signs the call with that time; `copies` tells it so many times, 0 not at all. Answers with what
    came of each call, and with the message itself, for whoever wants to bring it in another order.
    """
    question = asked()
    status = str(question.get("status") or "").upper()
    if status not in USUAL:
        raise Refused({"status": [f"One of {', '.join(USUAL)}."]})
    at = _time(question) or platform().now()
    with platform().store.change():
        told = _told(question, status, at)
    results = [got for _ in range(_copies(question)) for got in tell("track_updated", told, at=at)]
    body, headers = called("track_updated", told, at=at)
    return jsonify(calls=results, message={"body": body.decode(), "headers": headers})


def _told(question: Body, status: str, at: datetime) -> Body:
    """Write down what the carrier says, and return the parcel's whole way."""
    store = platform().store
    known = store.find("number", question.get("tracking_number"))
    if known is None:
        raise Refused({"tracking_number": ["No label of that number was sold here."]}, 404)
    way, purchase = found("way", known["way"]), found("transaction", known["transaction"])
    step = _step(question, status, found("shipment", way["shipment"]), at)
    store.keep("way", known["way"], {**way, "history": [*way["history"], step]})
    store.keep("transaction", known["transaction"], {**purchase, "tracking_status": status})
    return track(*known["way"].split("/"))


def _step(question: Body, status: str, shipment: Body, at: datetime) -> Body:
    code, usual = USUAL[status]
    code = str(question.get("substatus") or code)
    details = str(question.get("details") or CLOSER.get(code, usual))
    return {
        "object_id": platform().store.new_id("step"),
        "object_created": written(at),
        "object_updated": written(at),
        "status": status,
        "substatus": {
            "code": code,
            "text": details,
            "action_required": question.get("action_required") is True,
        },
        "status_date": written(at),
        "status_details": details,
        "location": place(question.get("location") or shipment["address_to"]),
    }


def _copies(question: Body) -> int:
    copies = question.get("copies", 1)
    return copies if isinstance(copies, int) else 1


def _time(question: Body) -> datetime | None:
    try:
        return datetime.fromisoformat(str(question["at"])) if question.get("at") else None
    except ValueError as trouble:
        raise Refused({"at": ["A time with its zone was expected."]}) from trouble
