"""What the house has: items with what lies and what is free, and all of it as a file."""

from flask import Response, render_template, request, send_file

from wms.bins.queries import warehouses
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, allow
from wms.stock import exports, queries
from wms.stock.web.blueprint import ROWS, number, pages, turning

WORDS_LONGEST = 120


@pages.get("/stock")
@allow(*EVERYBODY)
def inventory() -> str:
    """List items that lie somewhere, by SKU."""
    words = request.args.get("q", "").strip()[:WORDS_LONGEST]
    warehouse_id = request.args.get("warehouse", type=number)
    with services().database.read() as session:
        found = queries.stocked(
            session,
            warehouse_id=warehouse_id,
            words=words,
            limit=ROWS,
            cursor=request.args.get("cursor"),
        )
        houses = [(one.id, one.name) for one in warehouses(session)]
    return render_template(
        "stock/inventory.html",
        rows=found.rows,
        narrows=bool(words or warehouse_id),
        warehouses=houses,
        **turning(found.next_cursor),
    )


@pages.get("/stock.csv")
@allow(*EVERYBODY)
def inventory_csv() -> Response:
    """Send every balance as a file."""
    asked = queries.Asked(warehouse_id=request.args.get("warehouse", type=number))
    with services().database.read() as session:
        file = exports.inventory(session, asked)
    return send_file(file, mimetype="text/csv", as_attachment=True, download_name="stock.csv")
