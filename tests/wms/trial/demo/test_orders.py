"""A day of made-up orders: most want one thing, all are taken by the importer, the same seed makes the same."""

import csv
from collections import defaultdict
from datetime import date

from wms.channels.imports import ORDERS
from wms.kernel.importing import looked_through
from wms.trial.demo import orders
from wms.trial.seed import goods

MONDAY = date(2026, 1, 5)


def written(file, seed=1, count=orders.ORDERS):
    orders.write(file, goods.items(1, MONDAY), seed=seed, on=MONDAY, count=count)
    with file.open(encoding="utf-8", newline="") as sheet:
        return list(csv.DictReader(sheet))


def test_650_orders_of_which_60_percent_want_one_unit(tmp_path):
    units = defaultdict(int)
    for row in written(tmp_path / "orders.csv"):
        units[row["order"]] += int(row["quantity"])

    assert len(units) == 650
    assert 0.55 <= sum(wanted == 1 for wanted in units.values()) / len(units) <= 0.65
    assert max(units.values()) <= orders.LINES_MOST * max(orders.UNITS)


def test_they_go_to_three_countries_with_whole_addresses(tmp_path):
    heads = [row for row in written(tmp_path / "orders.csv") if row["country"]]

    assert {row["country"] for row in heads} == {"US", "DE", "GB"}
    assert all(row["street1"] and row["city"] and row["zip"] for row in heads)
    assert all(row["province"] for row in heads if row["country"] == "US")


def test_a_few_pay_for_speed(tmp_path):
    heads = [row for row in written(tmp_path / "orders.csv") if row["country"]]

    fast = [row for row in heads if row["carrier"]]
    assert len(fast) == 5
    assert {(row["service"], row["carrier"], row["country"]) for row in fast} == {
        ("Express", "FedEx", "US")
    }


def test_the_same_seed_writes_the_same_file_and_another_one_another(tmp_path):
    assert written(tmp_path / "a.csv", 1, 50) == written(tmp_path / "b.csv", 1, 50)
    assert written(tmp_path / "a.csv", 1, 50) != written(tmp_path / "c.csv", 2, 50)


def test_the_importer_takes_every_row(tmp_path):
    file = tmp_path / "orders.csv"
    rows = written(file, count=60)

    reading = looked_through(ORDERS, file)

    assert reading.rows == len(rows)
    assert not reading.faults_in_all
