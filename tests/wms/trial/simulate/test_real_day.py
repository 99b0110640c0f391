"""The first orders of a real day, worked as a shift: minutes of computing, so it runs with `-m slow`."""

import csv
import lzma
import os
from argparse import Namespace
from pathlib import Path

import pytest

from tests.wms.trial.simulate import checker
from tests.wms.trial.simulate.happened import happened
from wms.app.commands import simulate
from wms.kernel.settings import ROOT
from wms.trial.simulate import figures

SHARED = Path(os.environ.get("WMS_SHARED_DATA", ROOT.parent / "shared" / "data")) / "orders"
DAY = SHARED / "online_retail_2010-12-02.csv.xz"
ORDERS = 20
"""Of 143 invoices: the whole day takes a quarter of an hour, by `run.py simulate --orders FILE`."""


def cut(file: Path) -> None:
    """Write the first invoices of the day, with all their lines."""
    with lzma.open(DAY, "rt", encoding="utf-8", newline="") as whole:
        header, *rows = csv.reader(whole)
    first = list(dict.fromkeys(row[0] for row in rows))[:ORDERS]
    with file.open("w", encoding="utf-8", newline="") as sheet:
        csv.writer(sheet).writerows([header, *(row for row in rows if row[0] in first)])


@pytest.mark.slow
def test_a_real_morning_goes_out_and_every_sum_comes_out(tmp_path, monkeypatch):
    if not DAY.exists():
        pytest.skip("shared data not present")
    monkeypatch.delenv("WMS_DATABASE_URL", raising=False)
    file = tmp_path / "morning.csv"
    cut(file)

    args = Namespace(orders=file, seed=1, pickers=3, keep=None, json=True)
    seen = []

    def see(shift):
        with shift.house.database.read() as session:
            seen.append((shift, happened(session)))

    told, _ = simulate.simulate(
        args, tmp_path, lambda _what, _done: None, simulate.Watched(seen=see)
    )
    [(shift, here)] = seen
    called_off = shift.desk.called_off
    due = checker.had_to_ship(file, shift.filled.stock, shift.world.losses, called_off)

    assert told["verify"] == {"clean": True, "broken": []}
    assert figures.faults(told) == []
    assert here.left == due
    assert checker.cancelled_wrongly(file, here.cancelled, called_off) == set()
    assert told["orders_shipped"] + told["orders_partly_shipped"] > 0
    assert told["labels_bought"] == told["packages_shipped"] + told["labels_voided"]
    assert here.parcels == {"delivered": told["packages_shipped"]}
    assert here.orders["delivered"] == told["orders_shipped"]
    assert here.red_scans >= told["planted"]["mis-scans"] >= 0.01 * told["scans"]
    assert here.lines_short_in_bin >= 0.02 * here.lines
    assert here.lines_short >= 0.03 * here.lines
    assert here.cancelled_in_mid_pick >= 0.02 * told["orders"]
    assert (here.doubts_not_charged, here.doubts_charged) == (1, 1)
    assert here.out_of_paper >= 1
    assert here.returns == told["returns"] >= 1
