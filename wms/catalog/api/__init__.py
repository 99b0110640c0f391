"""How machines reach the catalog: products, barcodes, lots, pictures, labels and box types; and what a code means."""

from wms.catalog.api import barcodes, box_types, codes, labels, lots, pictures, products
from wms.catalog.api.blueprint import api

__all__ = ["api", "barcodes", "box_types", "codes", "labels", "lots", "pictures", "products"]
