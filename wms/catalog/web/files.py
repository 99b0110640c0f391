"""Items from a file and into one."""

from flask import Response, send_file
from werkzeug.wrappers import Response as AnyResponse

from wms.catalog import exports
from wms.catalog.imports import PRODUCTS
from wms.catalog.products import Product
from wms.catalog.web.blueprint import pages
from wms.kernel.import_page import ImportPage
from wms.kernel.services import services
from wms.people.policy import LEADS, allow

PAGE: ImportPage[Product] = ImportPage(
    PRODUCTS, "catalog/import.html", "catalog.look_at_items", "catalog.items"
)


@pages.get("/items/import")
@allow(*LEADS)
def import_items() -> Response:
    """Ask for products.csv, or a workbook like it."""
    return PAGE.ask()


@pages.post("/items/import")
@allow(*LEADS)
def drop_items() -> AnyResponse:
    """Keep the file, and go to look at it."""
    return PAGE.receive()


@pages.get("/items/import/<name>")
@allow(*LEADS)
def look_at_items(name: str) -> Response:
    """Show what taking the file would do."""
    return PAGE.look(name)


@pages.post("/items/import/<name>")
@allow(*LEADS)
def take_items(name: str) -> AnyResponse:
    """Take the file, all of it or nothing."""
    return PAGE.take(name)


@pages.get("/items/export")
@allow(*LEADS)
def export_items() -> Response:
    """Give all items as the file that can be imported again."""
    with services().database.read() as session:
        file = exports.products(session)
    return send_file(file, mimetype="text/csv", as_attachment=True, download_name="products.csv")
