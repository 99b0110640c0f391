"""Buys labels by itself: claims one, asks the carrier, records what came of it. Never twice for one package."""

from wms.shipping.worker.buyer import GRACE, LEASE, Buyer

__all__ = ["GRACE", "LEASE", "Buyer"]
