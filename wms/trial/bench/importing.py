"""`bench import`: 10,000 orders from a shop's export: looked through, checked, brought in, promised; all in one act.

Beside it, the same orders brought in by the same action without any file: the rest is what reading costs.
"""

import csv
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.channels.filed import FiledOrder
from wms.channels.imports import BATCH, ORDERS
from wms.kernel.commands import command
from wms.kernel.database import Database
from wms.kernel.importing import carry_out, looked_through
from wms.orders import actions as orders
from wms.orders.drafts import Draft, DraftLine
from wms.orders.tables import Order
from wms.trial.bench import houses
from wms.trial.bench.figures import Aim, Figure
from wms.trial.bench.houses import ITEMS, Ground, Migrate

COUNT = 10_000
LINES_MOST = 5
AIMS = {"sqlite": Aim("value", "at_least", 2_000)}

HEADER_ROW = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,"
    "Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,"
    "Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,"
    "Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,"
    "Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,"
    "Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,"
    "Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,"
    "Payment Terms Name,Next Payment Due At,Payment References"
)
HEADER = next(csv.reader([HEADER_ROW]))


def run(migrate: Migrate) -> list[Figure]:
    """Measure on SQLite and on PostgreSQL."""
    figures = []
    with tempfile.TemporaryDirectory() as name, houses.servers(Path(name)) as kinds:
        file = Path(name) / "orders_export.csv"
        write(file, COUNT)
        for kind, make in kinds.items():
            ground = houses.lay(make("ours"), migrate)
            plain = houses.copy(ground, make, "plain")
            ours, beside = (
                _rate(ground.url, partial(_import, file)),
                _rate(plain, _bring_in(ground, file)),
            )
            figures.append(Figure("import", f"{kind} orders", ours, "1/s", beside, AIMS.get(kind)))
    return figures


def _rate(url: str, act: Callable[[Database], None]) -> float:
    """Return how many orders a second an act brings in that brings in all of them."""
    database = Database(url)
    began = time.perf_counter()
    act(database)
    took_s = time.perf_counter() - began
    with database.read() as session:
        count = session.scalar(select(func.count()).select_from(Order))
    database.close()
    if count != COUNT:
        raise RuntimeError(f"{count} instead of {COUNT} orders")
    return COUNT / took_s


def _import(file: Path, database: Database) -> None:
    carry_out(database, command("import", by=0, at=datetime.now(UTC)), ORDERS, file)


def _bring_in(ground: Ground, file: Path) -> Callable[[Database], None]:
    """Return what brings in the orders of the file, read beforehand."""
    found = looked_through(ORDERS, file).found or []
    items = {f"I-{number:03}": item_id for number, item_id in enumerate(ground.items)}

    def act(database: Database) -> None:
        database.write(command("bring in", by=0, at=datetime.now(UTC)), do)

    def do(session: Session) -> None:
        at = datetime.now(UTC)
        channel = orders.open_channel(session, code="plain", name="Plain", kind="file", by=0, at=at)
        drafts = [_draft(filed, channel.id, items) for filed in found]
        for start in range(0, len(drafts), BATCH):
            orders.bring_in(session, drafts[start : start + BATCH], by=0, at=at)

    return act


def _draft(filed: FiledOrder, channel_id: int, items: Mapping[str, int]) -> Draft:
    lines = tuple(DraftLine(items[its.sku], its.quantity, its.price_minor) for its in filed.lines)
    return replace(filed.head, channel_id=channel_id, lines=lines)


def write(file: Path, count: int) -> None:
    """Write an export as Shopify does, the same each time: on average three lines an order."""
    with file.open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.DictWriter(sheet, HEADER)
        writer.writeheader()
        writer.writerows(_rows(count))


def _rows(count: int) -> Iterator[dict[str, str]]:
    chance = random.Random(1)
    first = datetime(2026, 11, 1, tzinfo=UTC)
    for number in range(count):
        lines = [_line(chance) for _ in range(chance.randint(1, LINES_MOST))]
        name = f"#{1001 + number}"
        yield _head(number, first + timedelta(minutes=number)) | lines[0] | {"Name": name}
        for line in lines[1:]:
            yield line | {"Name": name}


def _line(chance: random.Random) -> dict[str, str]:
    item = chance.randrange(ITEMS)
    return {
        "Lineitem quantity": str(chance.randint(1, 3)),
        "Lineitem name": f"Item {item}",
        "Lineitem price": f"{chance.randint(100, 9_000) / 100:.2f}",
        "Lineitem sku": f"I-{item:03}",
        "Lineitem requires shipping": "true",
        "Lineitem taxable": "true",
        "Lineitem fulfillment status": "pending",
        "Vendor": "Bench",
        "Lineitem discount": "0.00",
    }


def _head(number: int, at: datetime) -> dict[str, str]:
    address = {
        "Name": f"Customer {number}",
        "Street": f"{1 + number % 200} Mill Lane, Flat {number % 9}",
        "Address1": f"{1 + number % 200} Mill Lane",
        "Address2": f"Flat {number % 9}",
        "City": "Leeds",
        "Zip": "'LS1 4AP",
        "Country": "GB",
        "Phone": "'+44 113 496 0000",
    }
    whom = {
        f"{kind} {what}": said for kind in ("Billing", "Shipping") for what, said in address.items()
    }
    return whom | {
        "Email": f"customer-{number}@example.org",
        "Financial Status": "paid",
        "Paid at": f"{at:%Y-%m-%d %H:%M:%S} +0000",
        "Fulfillment Status": "unfulfilled",
        "Accepts Marketing": "no",
        "Currency": "GBP",
        "Subtotal": "45.00",
        "Shipping": "4.00",
        "Taxes": "7.50",
        "Total": "49.00",
        "Discount Amount": "0.00",
        "Shipping Method": "Standard",
        "Created at": f"{at:%Y-%m-%d %H:%M:%S} +0000",
        "Payment Method": "Shopify Payments",
        "Payment Reference": f"r{number:08}",
        "Refunded Amount": "0.00",
        "Outstanding Balance": "0.00",
        "Id": str(5_000_000_000_000 + number),
        "Risk Level": "Low",
        "Source": "web",
        "Tax 1 Name": "VAT 20%",
        "Tax 1 Value": "7.50",
        "Receipt Number": "",
    }
