"""How people reach the catalog: the list of items, one item with all that is on it, boxes, and files of either."""

from wms.catalog.web import barcodes, boxes, editing, files, items, labels, pictures
from wms.catalog.web.blueprint import pages

__all__ = ["barcodes", "boxes", "editing", "files", "items", "labels", "pages", "pictures"]
