"""The rates for sending a parcel from one address to another."""

from typing import Any

from flask import Blueprint, jsonify

from wms.shipping.standin import carriers
from wms.shipping.standin.carriers import Offer, Trip
from wms.shipping.standin.platform import asked, found, listed, platform
from wms.shipping.standin.store import Body
from wms.shipping.standin.troubles import meets, troubled
from wms.shipping.standin.views.addresses import address_of
from wms.shipping.standin.views.parcels import measured, parcels_of

quoting = Blueprint("quoting", __name__)


@quoting.post("/shipments")
@troubled("shipments")
def request_rates() -> Any:
    """Keep what is to be sent, and price it."""
    question = asked()
    with platform().store.change():
        sender = address_of(question.get("address_from"), "address_from")
        recipient = address_of(question.get("address_to"), "address_to")
        shipment = _kept_shipment(question, sender, recipient, parcels_of(question))
    return jsonify(shipment), 201


@quoting.get("/shipments/<known>")
def shipment(known: str) -> Any:
    """Return one request, with its rates."""
    return jsonify(found("shipment", known))


@quoting.get("/shipments/<known>/rates")
def rates(known: str) -> Any:
    """List the rates of one request."""
    return jsonify(listed(found("shipment", known)["rates"]))


@quoting.get("/rates/<known>")
def rate(known: str) -> Any:
    """Return one rate."""
    return jsonify(found("rate", known))


def _kept_shipment(question: Body, sender: Body, recipient: Body, parcels: list[Body]) -> Body:
    shipment = platform().made(
        "shipment",
        status="SUCCESS",
        address_from=sender,
        address_to=recipient,
        address_return=sender,
        parcels=parcels,
        carrier_accounts=[],
        metadata=str(question.get("metadata") or ""),
        extra=question.get("extra") or {},
    )
    trip = _trip(sender, recipient, parcels)
    fitting, refused = carriers.offers(trip)
    if meets("no_rates"):
        fitting, refused = [], [("USPS", "The service is not available at the moment.")]
    shipment["rates"] = [_kept_rate(offer, fitting, shipment, trip) for offer in fitting]
    shipment["messages"] = [
        {"source": carrier, "code": "", "text": reason} for carrier, reason in refused
    ]
    platform().store.keep("shipment", shipment["object_id"], shipment)
    return shipment


def _kept_rate(offer: Offer, beside: list[Offer], shipment: Body, trip: Trip) -> Body:
    service, money = offer.service, carriers.currency(trip.origin)
    amount = f"{offer.amount_minor // 100}.{offer.amount_minor % 100:02d}"
    rate = platform().made(
        "rate",
        shipment=shipment["object_id"],
        amount=amount,
        amount_local=amount,
        currency=money,
        currency_local=money,
        attributes=carriers.attributes(offer, beside),
        provider=service.carrier,
        servicelevel={"name": service.name, "token": service.token, "terms": ""},
        carrier_account=f"account-{carriers.slug(service.carrier)}",
        estimated_days=offer.days,
        duration_terms=f"Usually {offer.days} working days.",
        zone=str(trip.zone),
        messages=[],
    )
    platform().store.keep("rate", rate["object_id"], rate, parent=shipment["object_id"])
    return rate


def _trip(sender: Body, recipient: Body, parcels: list[Body]) -> Trip:
    """Several parcels go as one trip of all their weight: the stand-in sells one label each time."""
    sizes = [measured(parcel) for parcel in parcels]
    return Trip(
        origin=sender["country"],
        origin_zip=str(sender.get("zip") or ""),
        destination=recipient["country"],
        destination_zip=str(recipient.get("zip") or ""),
        weight_g=sum(weight for weight, _ in sizes),
        sides_mm=max(sides for _, sides in sizes),
    )
