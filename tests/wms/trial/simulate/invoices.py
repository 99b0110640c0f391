"""A retailer's small day as a file: wholesale lines, invoices that take back, one correction of the stock."""

import csv
from pathlib import Path
from random import Random

HEADER = (
    "InvoiceNo",
    "StockCode",
    "Description",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
    "Country",
)
THINGS = (
    ("22111", "SCENTED CANDLE"),
    ("85123A", "HANGING HEART"),
    ("21730", "GLASS STAR"),
    ("22633", "HAND WARMER"),
    ("84879", "BIRD ORNAMENT"),
    ("22960", "JAM MAKING SET"),
    ("21756", "BATH BUILDING BLOCK"),
    ("22086", "PAPER CHAIN KIT"),
)
COUNTRIES = ("United Kingdom", "United Kingdom", "Germany", "France")
UNITS = (1, 1, 2, 3, 4, 6, 8, 12)
ORDERS = 16
STRUCK = 2


def write(file: Path, orders: int = ORDERS, seed: int = 5) -> None:
    """Write so many invoices, then two that take back, of which one knows its purchase, and a correction."""
    dice = Random(f"invoices {seed}")
    rows: list[tuple[object, ...]] = []
    for number in range(1, orders + 1):
        things = dice.sample(THINGS, dice.randint(1, 3))
        country = dice.choice(COUNTRIES)
        rows += [
            (
                f"5365{number:02d}",
                code,
                name,
                dice.choice(UNITS),
                _at(number),
                1.25,
                number,
                country,
            )
            for code, name in things
        ]
    bought = rows[0]
    rows += [
        (f"C5366{1:02d}", bought[1], bought[2], -1, _at(orders + 1), 1.25, bought[6], bought[7]),
        (f"C5366{2:02d}", *THINGS[0], -2, _at(orders + 2), 1.25, 9_999, "France"),
        (f"5367{1:02d}", *THINGS[1], -STRUCK, _at(orders + 3), 0, "", "United Kingdom"),
    ]
    with file.open("w", encoding="utf-8", newline="") as sheet:
        csv.writer(sheet).writerows([HEADER, *rows])


def _at(number: int) -> str:
    return f"2010-12-02 08:{number:02d}:00"
