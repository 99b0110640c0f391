"""What others may ask about labels, parcels and trucks."""

from wms.shipping.queries.manifests import NoManifest, aboard, manifest, manifests_asked
from wms.shipping.queries.manifests import names as manifest_names
from wms.shipping.queries.shipments import (
    Asked,
    Choice,
    Listed,
    NoShipment,
    State,
    Story,
    Tracking,
    View,
    carriers,
    choice_of,
    counts,
    document_of,
    listed,
    names,
    shipments,
    shipments_asked,
    story,
    tracking_of,
)
from wms.shipping.queries.strays import Sweep, Told, sweep_so_far
from wms.shipping.queries.strays import names as stray_names

__all__ = [
    "Asked",
    "Choice",
    "Listed",
    "NoManifest",
    "NoShipment",
    "State",
    "Story",
    "Sweep",
    "Told",
    "Tracking",
    "View",
    "aboard",
    "carriers",
    "choice_of",
    "counts",
    "document_of",
    "listed",
    "manifest",
    "manifest_names",
    "manifests_asked",
    "names",
    "shipments",
    "shipments_asked",
    "story",
    "stray_names",
    "sweep_so_far",
    "tracking_of",
]
