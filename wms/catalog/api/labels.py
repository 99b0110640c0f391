"""Labels of products, for machines."""

from flask import Response

from wms.catalog import queries
from wms.catalog.api.blueprint import READ, READERS, ProductPath, api
from wms.catalog.labels import label_of
from wms.kernel.fields import Number
from wms.kernel.printouts import ANSWERS, LabelAsked, as_asked
from wms.kernel.services import services
from wms.people.policy import allow


class ProductLabel(LabelAsked):
    """How the label of a product is wanted, and with which of its barcodes."""

    barcode_id: Number | None = None


@api.get("/products/<int:product_id>/label", summary="The label of a product", responses=ANSWERS)
@allow(*READERS, scope=READ)
def product_label(path: ProductPath, query: ProductLabel) -> Response:
    """As PDF, PNG or ZPL: with the barcode that is named, else the first, else the SKU."""
    with services().database.read() as session:
        item = queries.item(session, path.product_id)
        made, name = label_of(session, item, query.barcode_id), f"label-{item.sku}"
    return as_asked(made, query, name=name)
