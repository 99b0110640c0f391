"""Labels, parcels and trucks, for machines."""

from wms.shipping.api import labels, trucks
from wms.shipping.api.blueprint import api

__all__ = ["api", "labels", "trucks"]
