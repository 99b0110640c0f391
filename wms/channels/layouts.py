"""The files of orders that are understood here: what each looks like, and who reads it. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wms.channels import own, retail, shopify
from wms.channels.filed import Filed
from wms.channels.grouping import Row
from wms.kernel.sheets import Reading, Sheet


@dataclass(frozen=True)
class Layout:
    """One kind of file: the columns that name orders and goods, and who makes orders of its rows."""

    sheet: Sheet[Row]
    key: str
    sku: str
    read: Callable[[Reading[Row]], Iterator[Filed]]


LAYOUTS = (
    Layout(own.SHEET, own.KEY, "sku", own.orders),
    Layout(shopify.SHEET, shopify.KEY, "Lineitem sku", shopify.orders),
    Layout(retail.SHEET, retail.KEY, "StockCode", retail.orders),
)
"""Our own comes first: it is what an unknown header is compared with."""

CHANNELS = {own.CHANNEL: "Files", shopify.CHANNEL: "Shopify", retail.CHANNEL: "Online Retail"}
"""By code, the name of a channel that opens with its first file; any other is named as its code."""


def layout_of(reading: Reading[Row]) -> Layout:
    """Return which kind of file it is."""
    return next(its for its in LAYOUTS if its.sheet is reading.sheet)
