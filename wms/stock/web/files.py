"""Stock from a file."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.import_page import ImportPage
from wms.people.policy import LEADS, allow
from wms.stock.imports import STOCK
from wms.stock.sheet import StockRow
from wms.stock.web.blueprint import pages

PAGE: ImportPage[StockRow] = ImportPage(
    STOCK, "stock/import.html", "stock.look_at_stock", "stock.inventory"
)


@pages.get("/stock/import")
@allow(*LEADS)
def import_stock() -> Response:
    """Ask for stock.csv, or a workbook like it."""
    return PAGE.ask()


@pages.post("/stock/import")
@allow(*LEADS)
def drop_stock() -> AnyResponse:
    """Keep the file, and go to look at it."""
    return PAGE.receive()


@pages.get("/stock/import/<name>")
@allow(*LEADS)
def look_at_stock(name: str) -> Response:
    """Show what taking the file would do."""
    return PAGE.look(name)


@pages.post("/stock/import/<name>")
@allow(*LEADS)
def take_stock(name: str) -> AnyResponse:
    """Take the file, all of it or nothing."""
    return PAGE.take(name)
