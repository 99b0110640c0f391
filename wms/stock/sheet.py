"""What a file of stock looks like."""

from dataclasses import dataclass
from datetime import date

from wms.codes import queries as codes
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.sheets import Column, Doubles, Reading, Sheet, code, day, one_of, text, whole
from wms.stock.moves import StockStatus

CODE_LIMIT = 64


@dataclass(frozen=True)
class StockRow:
    """One line of the file: so many units of one thing that come to lie in one place."""

    location: str
    sku: str
    quantity: int
    lot: str = ""
    expiry: date | None = None
    serial: str = ""
    status: StockStatus = StockStatus.AVAILABLE

    @property
    def pile(self) -> str:
        """What makes two lines speak of the same units."""
        place, item = codes.normal(self.location), codes.normal(self.sku)
        return f"{place}\0{item}\0{self.lot}\0{self.serial}\0{self.status}"


SHEET = Sheet(
    (
        Column(
            "location", code(CODE_LIMIT), is_required=True, aliases=("bin", "place", "bin_name")
        ),
        Column("sku", code(), is_required=True, aliases=("item", "barcode")),
        Column(
            "quantity", whole(1, QUANTITY_LIMIT), is_required=True, aliases=("units", "on_hand")
        ),
        Column("lot", text(CODE_LIMIT), empty="", aliases=("lot_code", "batch")),
        Column("expiry", day(), aliases=("expires_on", "expiry_date", "best_before")),
        Column("serial", text(CODE_LIMIT), empty="", aliases=("serial_number",)),
        Column("status", one_of(StockStatus), empty=StockStatus.AVAILABLE, aliases=("condition",)),
    ),
    make=StockRow,
)


def look_through(reading: Reading[StockRow]) -> None:
    """Blame lines that speak of the same units, single pieces of several units, and dates without a lot."""
    piles, pieces = Doubles(), Doubles()
    for line in reading.lines():
        row = line.row
        piles.saw(row.pile, line.number)
        if row.serial:
            pieces.saw(f"{codes.normal(row.sku)}\0{row.serial}", line.number)
            if row.quantity > 1:
                reading.blame(line.number, "quantity", "stock.one_of_a_serial", sku=row.sku)
        if row.expiry and not row.lot:
            reading.blame(line.number, "lot", "stock.date_without_lot")
    for seen, column in ((piles, "location"), (pieces, "serial")):
        for number, first in seen.again():
            reading.blame(number, column, "kernel.sheet_double", first=first)
