"""The label of an item, to print."""

from flask import Response, request

from wms.catalog import queries
from wms.catalog.labels import label_of
from wms.catalog.web.blueprint import pages
from wms.kernel import printouts
from wms.kernel.paging import NUMBER_LIMIT
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, allow


@pages.get("/items/<int:item_id>/label")
@allow(*EVERYBODY)
def label(item_id: int) -> Response:
    """Give the label of an item, or of one of its barcodes: PDF, or `?format=zpl` or `png`."""
    barcode_id = request.args.get("barcode", type=int)
    with services().database.read() as session:
        item = queries.item(session, item_id)
        if barcode_id is not None and not 0 < barcode_id <= NUMBER_LIMIT:
            raise queries.NoSuchBarcode(barcode=barcode_id)
        made, name = label_of(session, item, barcode_id), f"label-{item.sku}"
    return printouts.label(made, name=name)
