"""Then beside now: the clock on the wall, and the same goods in one row."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from wms.desk.times import beside, moment_of
from wms.stock.moves import StockStatus
from wms.stock.queries import Balance, Lay

DAYTON = ZoneInfo("America/New_York")


def lay(sku, quantity, *, lot="", serial="", status=StockStatus.AVAILABLE):
    return Lay(1, sku, sku.lower(), lot, None, serial, status, quantity, 0)


def balance(sku, quantity, *, lot="", status=StockStatus.AVAILABLE):
    return Balance(
        1, 1, 1, "DAY", 7, "A-1", 1, sku, sku.lower(), 0, lot, None, 0, "", status, quantity, 0
    )


def test_a_wall_clock_is_that_of_the_warehouse():
    moment = moment_of("2026-07-01T14:02", DAYTON)

    assert moment.astimezone(UTC) == datetime(2026, 7, 1, 18, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    ["", "soon", "2026-13-01T10:00", "0001-01-01T00:00", "9999-12-31T23:59", "2026-01-01T10:00Z"],
)
def test_what_no_clock_on_the_wall_shows_is_no_moment(said):
    with pytest.raises(ValueError, match=r".*"):
        moment_of(said, DAYTON)


def test_goods_that_came_and_went_stand_in_the_same_row():
    rows = beside([lay("MUG", 6), lay("TEA", 4, lot="L1")], [balance("MUG", 2), balance("PEN", 9)])

    assert [(row.thing.sku, row.then, row.now) for row in rows] == [
        ("MUG", 6, 2),
        ("PEN", 0, 9),
        ("TEA", 4, 0),
    ]


def test_lots_and_conditions_are_told_apart():
    then = [lay("TEA", 4, lot="L1"), lay("TEA", 3, lot="L2")]
    now = [balance("TEA", 4, lot="L1", status=StockStatus.DAMAGED)]

    rows = beside(then, now)

    assert [(row.thing.lot, row.thing.status, row.then, row.now) for row in rows] == [
        ("L1", "available", 4, 0),
        ("L1", "damaged", 0, 4),
        ("L2", "available", 3, 0),
    ]


def test_what_came_and_went_before_is_not_told():
    assert beside([lay("MUG", 0)], []) == []
