"""A house for a file of orders: the same for the same seed, with goods as asked for; and the real files, whole."""

import os
import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from tests.wms.channels.filing import take
from wms.app import cli, verifying
from wms.app.house import listeners
from wms.bins.tables import Location
from wms.kernel.database import Database
from wms.kernel.settings import ROOT
from wms.orders.tables import FoLine, OrderContact, OrderHold, OrderLine
from wms.stock.tables import StockBalance
from wms.trial import seed
from wms.trial.seed import retail
from wms.trial.seed.retail import Asked

MONDAY = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
SHARED = Path(os.environ.get("WMS_SHARED_DATA", ROOT.parent / "shared" / "data")) / "orders"
DAY, WEEK = (
    SHARED / f"online_retail_{said}.csv.xz" for said in ("2010-12-02", "2010-12-01_2010-12-07")
)

INVOICES = """\
InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
1,22111,SCENTED CANDLE,40,2010-12-01 08:26:00,2.55,1,United Kingdom
1,15056bl,BLACK PARASOL,5,2010-12-01 08:26:00,2.55,1,United Kingdom
1,POST,POSTAGE,1,2010-12-01 08:26:00,9,1,United Kingdom
2,22111,,60,2010-12-01 09:26:00,2.55,2,France
C3,90001,WALL CLOCK,-2,2010-12-01 10:26:00,12,3,France
"""


def asked(count=400, units=50):
    return [
        Asked(f"S-{n:04}", "SCENTED CANDLE" if n % 9 == 0 else f"BOX {n}", units)
        for n in range(count)
    ]


def small(dice):
    """A file of a few lines, many of which want a single unit."""
    items = [Asked(f"S-{n}", f"BOX {n}", 0, dice.randint(1, 4)) for n in range(dice.randint(2, 30))]
    return [replace(its, units=its.lines * dice.choice((1, 1, 2, 6))) for its in items]


def bins(faces=60, reserve=60):
    return [Location(code=f"B-{n:03}", is_pick_face=n < faces) for n in range(faces + reserve)]


def test_what_a_file_asks_for_is_counted_by_sku_whatever_it_is_written_like(tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text(INVOICES)

    assert retail.read(file) == [
        Asked("15056BL", "BLACK PARASOL", 5, 1),
        Asked("22111", "SCENTED CANDLE", 100, 2),
        Asked("90001", "WALL CLOCK", 0),
    ]


def test_the_opening_stock_covers_60_to_130_percent_in_one_to_six_bins():
    wanted = asked()
    made = retail.goods(1, wanted, MONDAY.date())

    placed = list(retail.opening(1, made, wanted, bins()))

    units, places = Counter(), Counter()
    for one in placed:
        units[one.sku] += one.quantity
        places[one.sku] += 1
    assert {30 <= units[its.sku] <= 65 for its in wanted} == {True}
    assert min(units.values()) < 35
    assert max(units.values()) > 60
    assert (min(places.values()), max(places.values())) == (1, 6)
    assert all(one.quantity > 0 for one in placed)
    assert len({(one.sku, one.bin) for one in placed}) == len(placed)


def test_the_first_bin_is_in_reach_and_some_goods_lie_in_reserve_and_some_in_lots():
    wanted, here = asked(), bins()
    made = retail.goods(1, wanted, MONDAY.date())
    faces = {place.code for place in here if place.is_pick_face}

    placed = list(retail.opening(1, made, wanted, here))

    first = {one.sku: one.bin for one in reversed(placed)}
    assert set(first.values()) <= faces
    assert {one.bin for one in placed} - faces
    assert {one.sku for one in placed if one.lot} == {
        its.sku for its in wanted if "CANDLE" in its.name
    }


def test_the_same_seed_lays_the_same_stock_and_another_one_another():
    wanted = asked(60)

    def laid(number):
        made = retail.goods(number, wanted, MONDAY.date())
        return made, list(retail.opening(number, made, wanted, bins()))

    assert laid(1) == laid(1)
    assert laid(1)[1] != laid(2)[1]


def test_one_unit_lies_in_one_bin_and_what_nobody_orders_may_lie_nowhere():
    wanted = [*asked(40, 1), *asked(40, 0)]

    made = retail.goods(1, wanted, MONDAY.date())
    placed = list(retail.opening(1, made, wanted, bins()))

    assert all(one.quantity > 0 for one in placed)


def test_the_command_says_what_the_file_told_and_what_was_made_up(
    sqlite_url, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("WMS_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("WMS_DATA_DIR", str(tmp_path))
    file = tmp_path / "orders.csv"
    file.write_text(INVOICES)

    assert cli.main(["seed", "--orders", str(tmp_path / "nothing.csv")]) == 2
    assert cli.main(["seed", "--orders", str(file)]) == 0

    said = capsys.readouterr().out
    assert "3 items" in said
    assert "opening stock (60 to 130 % of what the file asks for) are made up from seed 1" in said
    assert f"python3 run.py import orders {file}" in said


@pytest.fixture(scope="module")
def gifts(sqlite_template, tmp_path_factory):
    """A house filled for the week's file, into which the day's orders came first and then the week's."""
    if not WEEK.exists():
        pytest.skip("shared data not present")
    file = tmp_path_factory.mktemp("gifts") / "binwave.sqlite"
    shutil.copy(sqlite_template, file)
    opened = Database(f"sqlite:///{file}", listeners())
    seed.fill(opened, seed=1, at=MONDAY, file=WEEK)
    yield opened, take(opened, DAY), take(opened, WEEK)
    opened.close()


def test_the_day_comes_in_whole(gifts):
    _, day, _ = gifts

    # 31,346 units of stock and one of postage are the 31,347 units of the day's sale invoices.
    assert {name: day[name] for name in ("created", "unchanged", "lines", "units")} == {
        "created": 142,
        "unchanged": 0,
        "lines": 2_062,
        "units": 31_346,
    }
    assert (day["nothing_to_send"], day["lines_left_out"], day["addresses_made_up"]) == (1, 2, 142)
    assert (day["reversals"], day["corrections"], day["units_to_return"]) == (23, 1, 10_287)


def test_the_week_brings_what_the_day_had_not(gifts):
    _, _, week = gifts

    assert (week["created"], week["unchanged"]) == (631 - 142, 142)
    assert week["units"] == 138_433 - 31_346
    assert (week["reversals"], week["corrections"]) == (79 - 23, 45 - 1)
    assert week["notices_known"] == 24
    assert week["units_cancelled"] > 200


def test_the_same_week_again_changes_nothing(gifts):
    again = take(gifts[0], WEEK)

    assert (again["created"], again["unchanged"], again["notices_known"]) == (0, 631, 124)


def test_every_promise_of_the_house_holds_after_that(gifts):
    database = gifts[0]
    with database.read() as session:
        findings = list(verifying.ask(session, verifying.promises()))
        lines = session.scalar(select(func.sum(OrderLine.quantity)))
        promised = session.scalar(select(func.sum(FoLine.allocated)))
        on_hand = session.scalar(select(func.sum(StockBalance.quantity)))

    assert [finding.invariant.name for finding in findings if finding.broken] == []
    assert lines == 138_433
    assert 0.5 * lines < promised <= on_hand


def test_nobody_waits_for_an_address(gifts):
    with gifts[0].read() as session:
        assert session.scalar(select(func.count()).select_from(OrderHold)) == 0
        assert session.scalar(select(func.count()).where(OrderContact.zip == "")) == 0


@pytest.mark.parametrize("seed", range(40))
def test_in_the_smallest_file_lines_run_short_and_something_is_there(seed):
    wanted = small(Random(seed))

    there = retail.cover(Random(f"cover {seed}"), wanted)

    short = sum(units < its.units for units, its in zip(there, wanted, strict=True))
    assert short >= 0.03 * sum(its.lines for its in wanted)
    assert any(there)


def test_an_item_of_which_one_unit_is_wanted_is_spared_where_it_is_the_only_one():
    assert retail.cover(Random(1), [Asked("S", "STAR", 1, 1)]) == [1]
