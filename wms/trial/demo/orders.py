"""A day of made-up orders as consumers place them: most want one thing. Written as our own orders.csv. Pure."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from wms.trial.demo.addresses import COUNTRIES, customer
from wms.trial.seed.goods import Made

ORDERS = 650
SINGLES = 0.6
"""So many of the orders want one unit of one thing."""

LINES_MOST = 5
UNITS = (1, 1, 1, 1, 2, 2, 3)
EXPRESS_EVERY = 160
EXPRESS = ("Express", "FedEx")
"""Now and then somebody in the country pays for speed: few enough for a first wave of one's own."""

PRICES = (490, 690, 990, 1290, 1490, 1990, 2490, 3490, 4990)
PLACED_OVER = timedelta(hours=16)
GIFTS = 0.05
GIFT_NOTES = ("Happy birthday!", "With love from all of us.", "Alles Gute zum Geburtstag!")

BESTSELLERS = 0.3
"""So many of what is wanted are the same few things: they run short."""

BESTSELLERS_OF = 25


def write(file: Path, made: Sequence[Made], *, seed: int, on: date, count: int = ORDERS) -> None:
    """Write so many orders of these goods, placed in the hours before that day's work begins."""
    rows = list(_rows(made, seed, on, count))
    names = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.DictWriter(sheet, names)
        writer.writeheader()
        writer.writerows(rows)


def _rows(made: Sequence[Made], seed: int, on: date, count: int) -> Iterator[dict[str, str | int]]:
    dice = Random(f"orders {seed}")
    popular = dice.sample(list(made), min(BESTSELLERS_OF, len(made)))
    began = datetime.combine(on, time(6)) - PLACED_OVER
    for number in range(1, count + 1):
        placed_at = began + PLACED_OVER * (number / count)
        lines = list(_lines(dice, made, popular))
        is_express = number % EXPRESS_EVERY == 1
        who = customer(dice, number, ("US",) if is_express else COUNTRIES)
        service, carrier = EXPRESS if is_express else ("", "")
        head: dict[str, str | int] = {
            "order": f"D{10_000 + number}",
            "placed_at": f"{placed_at:%Y-%m-%dT%H:%M:%SZ}",
            "name": who.name,
            "email": who.email,
            "street1": who.street1,
            "city": who.city,
            "zip": who.zip,
            "province": who.province,
            "country": who.country,
            "currency": who.currency,
            "total": _money(sum(units * price for _, units, price in lines)),
            "service": service,
            "carrier": carrier,
            "gift_note": dice.choice(GIFT_NOTES) if dice.random() < GIFTS else "",
        }
        for place, (item, units, price) in enumerate(lines):
            facts = head if place == 0 else {"order": head["order"]}
            yield {**facts, "sku": item.sku, "quantity": units, "price": _money(price)}


def _lines(
    dice: Random, made: Sequence[Made], popular: Sequence[Made]
) -> Iterator[tuple[Made, int, int]]:
    is_single = dice.random() < SINGLES
    wanted = 1 if is_single else dice.randint(2, LINES_MOST)
    seen: set[str] = set()
    for _ in range(wanted):
        item = dice.choice(popular if dice.random() < BESTSELLERS else made)
        if item.sku not in seen:
            seen.add(item.sku)
            yield item, 1 if is_single else dice.choice(UNITS), dice.choice(PRICES)


def _money(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"
