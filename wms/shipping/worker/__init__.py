"""Buys labels and asks for parcels by itself: claims one, asks the carrier, records what came of it."""

from wms.shipping.worker.buyer import GRACE, LEASE, Buyer
from wms.shipping.worker.reconciling import platform_calls
from wms.shipping.worker.tracker import Tracker

__all__ = ["GRACE", "LEASE", "Buyer", "Tracker", "platform_calls"]
