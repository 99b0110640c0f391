"""A whole shift on a small file: what had to ship has shipped, every sum comes out, the same seed tells the same."""

from argparse import Namespace
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.wms.trial.simulate import checker, invoices
from wms.app.commands import simulate
from wms.catalog.tables import Item
from wms.orders.tables import Order
from wms.stock.tables import StockMove
from wms.trial import postgres
from wms.trial.simulate import figures
from wms.trial.simulate.shift import Shift

SEED = 3


def worked(folder: Path, patch: pytest.MonkeyPatch, url: str = "") -> tuple[dict, Shift]:
    """Work a shift in that folder; returns its figures, and the shift with all that happened in it."""
    folder.mkdir()
    file = folder / "invoices.csv"
    invoices.write(file)
    patch.setenv("WMS_DATABASE_URL", url)
    kept = []

    def seen(shift):
        shift.ended = ended(shift)
        kept.append(shift)

    args = Namespace(orders=file, seed=SEED, pickers=2, keep=None, json=True)
    told, _ = simulate.simulate(
        args, folder, lambda _what, _done: None, simulate.Watched(seen=seen)
    )
    return told, kept[0]


def ended(shift):
    """What the ledger says left the house by item, and which orders were cancelled."""
    with shift.house.database.read() as session:
        left = session.execute(
            select(Item.sku, func.sum(StockMove.quantity))
            .join(Item, Item.id == StockMove.item_id)
            .where(StockMove.reason == "ship")
            .group_by(Item.sku)
        ).all()
        cancelled = session.scalars(select(Order.number).where(Order.state == "cancelled")).all()
    return {sku: int(units) for sku, units in left}, set(cancelled)


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        yield worked(tmp_path_factory.mktemp("shift") / "here", patch)


def test_everything_that_is_wanted_and_there_has_shipped(day):
    _, shift = day
    left, cancelled = shift.ended

    due = checker.had_to_ship(
        shift.asked.day.file, shift.filled.stock, shift.world.losses, cancelled
    )

    assert left == due
    assert shift.shipped == Counter(due)


def test_every_promise_of_the_house_is_kept_and_every_sum_comes_out(day):
    told, _ = day

    assert told["verify"] == {"clean": True, "broken": []}
    assert figures.faults(told) == []
    assert told["orders"] == invoices.ORDERS
    assert told["packages_shipped"] > 0
    assert 0 < told["prints_confirmed"] <= told["packages_shipped"] + told["labels_voided"]


def test_what_was_to_go_wrong_went_wrong(day):
    told, shift = day

    planted = told["planted"]
    assert planted["mis-scans"] >= 0.01 * told["scans"]
    assert planted["short lines"] >= 0.02 * told["lines"]
    assert planted["cancels"] >= 1
    assert (planted["hang_before"], planted["hang_after"], planted["paper out"]) == (1, 1, 1)
    assert told["shorts"] >= planted["short lines"]
    assert told["labels_bought"] == told["packages_shipped"] + told["labels_voided"]
    assert len(shift.staff.clerk.done) >= 3
    assert shift.staff.clerk.blind >= 1


def test_the_same_seed_tells_the_same_in_another_folder_and_on_the_other_database(
    day, tmp_path, postgres_server
):
    told, _ = day

    with pytest.MonkeyPatch.context() as patch:
        url = postgres.make(postgres_server, "shift")
        other, _ = worked(tmp_path / "elsewhere", patch, url)
    postgres.drop(postgres_server, "shift")

    assert other["ledger_hash"] == told["ledger_hash"]
    assert other["verify"]["clean"]
