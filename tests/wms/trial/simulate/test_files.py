"""What a file of orders is to a shift: when it begins, what the morning's file holds, what comes back."""

import csv
import lzma
from datetime import UTC, datetime
from random import Random

from tests.wms.trial.simulate import checker, invoices
from wms.trial.seed import retail
from wms.trial.simulate import files
from wms.trial.simulate.homecoming import outside, sent_back
from wms.trial.simulate.world import Goods, World


def a_day(tmp_path):
    file = tmp_path / "invoices.csv"
    invoices.write(file)
    return files.read(file)


def test_the_shift_begins_on_the_next_working_morning(tmp_path):
    day = a_day(tmp_path)

    assert len(day.orders) == invoices.ORDERS
    assert day.begins == datetime(2010, 12, 3, 7, tzinfo=UTC)


def test_in_the_morning_nobody_has_asked_to_give_anything_back(tmp_path):
    day = a_day(tmp_path)
    packed = tmp_path / "day.csv.xz"
    packed.write_bytes(lzma.compress(day.file.read_bytes()))

    early = files.morning(files.read(packed), tmp_path)

    with early.open(encoding="utf-8", newline="") as sheet:
        numbers = [row["InvoiceNo"] for row in csv.DictReader(sheet)]
    assert not [number for number in numbers if number.startswith("C")]
    assert len(files.read(early).orders) == invoices.ORDERS


def test_what_a_customer_got_comes_back_under_its_order_and_the_rest_under_a_number_nobody_knows(
    tmp_path,
):
    day = a_day(tmp_path)
    made = retail.goods(1, retail.read(day.file), day.begins.date())
    world = World([], made)
    line = day.reversals[0].lines[0]
    order = next(
        one.head.number for one in day.orders if one.head.contact.name == day.reversals[0].customer
    )
    world.put(outside("LABEL-1"), Goods(line.sku), 3)

    known, unknown, unasked = sent_back(world, day, {"LABEL-1": order}, Random(1))

    assert (known.code, world.here(known.place)) == (order, [(Goods(line.sku), 1)])
    assert unknown.code == day.reversals[1].source_id
    assert [units for _, units in world.here(unknown.place)] == [2]
    assert unasked.code == "LABEL-1"
    left = sum(units for _, units in world.here(outside("LABEL-1")))
    assert left + sum(units for _, units in world.here(unasked.place)) == 2


def test_a_file_without_days_begins_on_one_that_is_always_the_same(tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text("order,sku,quantity\n1,A,1\n")

    assert files.read(file).begins == datetime(2026, 1, 5, 7, tzinfo=UTC)


def test_an_order_is_taken_back_by_invoices_of_its_customer_for_all_of_its_units(tmp_path):
    file = tmp_path / "invoices.csv"
    file.write_text(
        "InvoiceNo,StockCode,Quantity,CustomerID\n"
        "1,22111,2.0,7\n1,21730,1,7\n2,22111,3,7\n3,22111,2,8\n4,22111,1,\n"
        "C5,22111,-2,7\nC6,21730,-1,7\nC7,22111,-1,\n"
    )

    assert checker.taken_back(file) == {"1"}
    assert checker.cancelled_wrongly(file, {"1", "2", "3"}, {"3", "4"}) == {"2", "4"}
