"""What stands on the label of an item: for one that came without a barcode, or with one that cannot be read."""

from sqlalchemy.orm import Session

from labels.designs.item_label import item_label
from labels.label import Label
from wms.catalog import queries
from wms.catalog.tables import Item
from wms.kernel.words import say


def label_of(session: Session, item: Item, barcode_id: int | None = None) -> Label:
    """Return an item's label with the barcode named, else its first, else its SKU. Raises NoSuchBarcode."""
    code, units = item.sku, 1
    known = queries.barcodes(session, [item.id])[item.id]
    if barcode_id is not None:
        known = [queries.barcode(session, item.id, barcode_id)]
    if known:
        code, units = known[0].code, known[0].quantity_per_scan
    many = say("catalog.label_units", {"n": units}) if units > 1 else ""
    return item_label(name=item.name, sku=item.sku, scans_as=code, units=many)
