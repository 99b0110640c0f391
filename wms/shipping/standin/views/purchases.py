"""Labels: sold for a rate, looked at, listed and given back. What is charged here is what the ledger shows."""

from typing import Any

from flask import Blueprint, jsonify, request, url_for

from wms.shipping.standin import carriers, numbers
from wms.shipping.standin.hooks import tell_later
from wms.shipping.standin.platform import (
    REQUIRED,
    Refused,
    age,
    asked,
    found,
    listed,
    platform,
    written,
)
from wms.shipping.standin.store import Body
from wms.shipping.standin.troubles import meets, troubled
from wms.shipping.standin.views.addresses import lacking

purchases = Blueprint("purchases", __name__)

ZPL, PDF = "ZPLII", "PDF_4x6"
LARGEST_METADATA = 100
SEED_OFFSET = 104_729
"""So far apart lie the tracking numbers of one seed and the next."""
NOT_ACCEPTED = "The carrier did not accept the data that was sent: {lacks}."
DRAWN = frozenset({"SUCCESS", "REFUNDPENDING", "REFUNDED", "REFUNDREJECTED"})


@purchases.post("/transactions")
@troubled("transactions")
def buy() -> Any:
    """Sell a label, and charge for it. Asked twice, it sells two: the platform knows no better."""
    question = asked()
    rate = _rate(question)
    with platform().store.change():
        purchase = _sold(question, rate)
        if meets("charged_twice"):
            _sold(question, rate)
    tell_later("transaction_created", shown(purchase))
    return jsonify(shown(purchase)), 201


@purchases.get("/transactions")
@troubled("list")
def bought() -> Any:
    """List purchases, the newest first; by rate or by how they stand, or all that were ever made."""
    rate, status = request.args.get("rate"), request.args.get("object_status")
    rows = reversed(platform().store.all("transaction", parent=rate))
    return jsonify(listed([shown(row) for row in rows if status in {None, row["status"]}]))


@purchases.get("/transactions/<known>")
@troubled("transaction")
def purchase(known: str) -> Any:
    """Look at one; a label that was not drawn yet, or money that was on its way, has come along by now."""
    with platform().store.change():
        row = found("transaction", known)
        if row["status"] == "QUEUED":
            row |= _drawn(row, found("rate", row["rate"]))
        elif row["status"] == "REFUNDPENDING":
            row |= {"status": "REFUNDED"}
            _settle_refund(known)
        platform().store.keep("transaction", known, row)
    return jsonify(shown(row))


@purchases.post("/refunds")
@troubled("refunds")
def give_back() -> Any:
    """Take a label back, unless its parcel is on the way."""
    known = str(asked().get("transaction") or "")
    with platform().store.change():
        row = platform().store.find("transaction", known)
        if row is None or row["status"] not in {"SUCCESS", "QUEUED"}:
            raise Refused({"transaction": ["This label cannot be refunded, or was before."]})
        is_used = row["tracking_status"] not in {"UNKNOWN", "PRE_TRANSIT"}
        is_rejected = is_used or meets("refund_rejected")
        row["status"] = "REFUNDREJECTED" if is_rejected else "REFUNDPENDING"
        platform().store.keep("transaction", known, row)
        state = "ERROR" if is_rejected else "PENDING"
        refund = platform().made("refund", status=state, transaction=known)
        platform().store.keep("refund", refund["object_id"], refund, parent=known)
    return jsonify(refund), 201


@purchases.get("/refunds/")
def refunds() -> Any:
    """List what was given back."""
    return jsonify(listed(platform().store.all("refund")))


@purchases.get("/refunds/<known>")
def refund(known: str) -> Any:
    """Tell how a refund stands."""
    return jsonify(found("refund", known))


def shown(row: Body) -> Body:
    """Return a purchase as the platform shows it."""
    return {name: value for name, value in row.items() if name not in {"charged_minor", "currency"}}


def _rate(question: Body) -> Body:
    if "shipment" in question:
        raise Refused({"detail": "The stand-in sells labels for rates only."})
    if not question.get("rate"):
        raise Refused({"rate": REQUIRED})
    rate = platform().store.find("rate", question["rate"])
    if rate is None:
        raise Refused({"rate": [f"Rate with supplied object_id {question['rate']} not found."]})
    if meets("expired_rate") or age(rate, platform().now()) > carriers.AGES:
        raise Refused({"rate": ["The rate is older than 7 days: ask for a new one."]})
    if len(str(question.get("metadata") or "")) > LARGEST_METADATA:
        raise Refused({"metadata": ["Ensure this field has no more than 100 characters."]})
    return rate


def _sold(question: Body, rate: Body) -> Body:
    purchase = _purchase(question, rate)
    platform().store.keep("transaction", purchase["object_id"], purchase, parent=rate["object_id"])
    return purchase


def _purchase(question: Body, rate: Body) -> Body:
    row = platform().made(
        "transaction",
        object_state="VALID",
        status="QUEUED",
        rate=rate["object_id"],
        label_file_type=ZPL if question.get("label_file_type") == ZPL else PDF,
        metadata=str(question.get("metadata") or ""),
        tracking_number="",
        tracking_status="UNKNOWN",
        tracking_url_provider="",
        label_url="",
        messages=[],
        created_by={"first_name": "", "last_name": "", "username": "stand-in"},
        charged_minor=0,
        currency=rate["currency"],
    )
    if refusals := _refusals(rate):
        return row | {"status": "ERROR", "messages": refusals}
    row["charged_minor"] = round(float(rate["amount"]) * 100)
    return row if meets("queued") else row | _drawn(row, rate)


def _refusals(rate: Body) -> list[Body]:
    """Say why the carrier draws no label: it reads the addresses only now."""
    shipment = found("shipment", rate["shipment"])
    sides = (("sender", shipment["address_from"]), ("recipient", shipment["address_to"]))
    lacks = [f"the {side} lacks {part}" for side, address in sides for part in lacking(address)]
    if meets("error_201"):
        lacks = ["the carrier's own computer is away"]
    text = NOT_ACCEPTED.format(lacks=", ".join(lacks))
    return [{"source": rate["provider"], "code": "", "text": text}] if lacks else []


def _drawn(row: Body, rate: Body) -> Body:
    """Return what a purchase gains with its label."""
    store, carrier = platform().store, rate["provider"]
    offset = store.seed * SEED_OFFSET
    number = numbers.tracking_number(carrier, store.count(f"number {carrier}"), offset)
    slug = carriers.slug(carrier)
    ending = "zpl" if row["label_file_type"] == ZPL else "pdf"
    parcel = {
        "transaction": row["object_id"],
        "shipment": rate["shipment"],
        "rate": rate["object_id"],
    }
    store.keep("way", f"{slug}/{number}", {**parcel, "history": []})
    store.keep("number", number, {"way": f"{slug}/{number}", "transaction": row["object_id"]})
    return {
        "status": "SUCCESS",
        "object_updated": written(platform().now()),
        "tracking_number": number,
        "tracking_url_provider": url_for(
            "tracking.page", carrier=slug, number=number, _external=True
        ),
        "label_url": url_for("labels.label", known=row["object_id"], ending=ending, _external=True),
    }


def _settle_refund(known: str) -> None:
    for refund in platform().store.all("refund", parent=known):
        platform().store.keep("refund", refund["object_id"], {**refund, "status": "SUCCESS"})
