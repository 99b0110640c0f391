"""The pages of shipping, and the words that they share."""

from flask import Blueprint, url_for

from wms.kernel.words import say
from wms.orders.money import written
from wms.shipping.trouble import worded

pages = Blueprint("shipping", __name__)


@pages.app_template_filter("shipment_state")
def worded_state(state: str) -> str:
    """Return where the purchase of a label stands, in words."""
    return say(f"shipping.state_{state}")


@pages.app_template_filter("tracking_state")
def worded_tracking(tracking: str) -> str:
    """Return where a parcel is, in words."""
    return say(f"shipping.tracking_{tracking}")


@pages.app_template_filter("shipping_means")
def worded_means(means: str) -> str:
    """Return how a label comes about, in words."""
    return say(f"shipping.means_{means or 'unsaid'}")


@pages.app_template_filter("shipping_trouble")
def worded_trouble(trouble: str) -> str:
    """Return what stopped a label, in words."""
    return worded(trouble)


@pages.app_template_filter("rate_why")
def worded_why(why: str) -> str:
    """Return why a rate was taken or passed over, in words."""
    return say(f"shipping.rate_{why}")


@pages.app_template_filter("price")
def price(minor: int, currency: str) -> str:
    """Return an amount of money with its currency."""
    return f"{written(minor, currency)} {currency}".strip()


def one_url(shipment_id: int) -> str:
    """Return the address of one label's page."""
    return url_for("shipping.shipment", shipment_id=shipment_id)
