"""A whole shift on a small file: what had to ship has shipped, every sum comes out, the same seed tells the same."""

from argparse import Namespace
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from tests.wms.trial.simulate import checker, invoices
from tests.wms.trial.simulate.happened import happened
from wms.app.commands import simulate
from wms.trial import postgres
from wms.trial.simulate import figures
from wms.trial.simulate import shift as shifts
from wms.trial.simulate.journey import Call
from wms.trial.simulate.shift import Shift

SEED = 3
WAY = ("in_transit", "out_for_delivery", "delivered")
"""What a carrier says of a parcel, in that order."""


HANDFUL = 5
"""Orders of the smallest file."""


def worked(
    folder: Path, patch: pytest.MonkeyPatch, url: str = "", orders: int = invoices.ORDERS
) -> tuple[dict, Shift]:
    """Work a shift in that folder; returns its figures, and the shift with all that happened in it."""
    folder.mkdir()
    file = folder / "invoices.csv"
    invoices.write(file, orders)
    patch.setenv("WMS_DATABASE_URL", url)
    kept = []

    def seen(shift):
        with shift.house.database.read() as session:
            shift.happened = happened(session)
        kept.append(shift)

    args = Namespace(orders=file, seed=SEED, pickers=2, keep=None, json=True)
    told, _ = simulate.simulate(
        args, folder, lambda _what, _done: None, simulate.Watched(seen=seen)
    )
    return told, kept[0]


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        yield worked(tmp_path_factory.mktemp("shift") / "here", patch)


@pytest.fixture(scope="module")
def handful(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        yield worked(tmp_path_factory.mktemp("handful") / "here", patch, orders=HANDFUL)


@pytest.fixture(params=["day", "handful"])
def either(request):
    return request.getfixturevalue(request.param)


def test_everything_that_is_wanted_and_there_has_shipped(day):
    _, shift = day

    due = checker.had_to_ship(
        shift.asked.day.file, shift.filled.stock, shift.world.losses, shift.desk.called_off
    )

    assert shift.happened.left == due
    assert shift.shipped == Counter(due)


def test_no_order_is_cancelled_but_at_its_customers_wish(either):
    told, shift = either
    asked, cancelled = shift.desk.called_off, shift.happened.cancelled

    assert checker.cancelled_wrongly(shift.asked.day.file, cancelled, asked) == set()
    assert len(asked) == told["planted"]["cancels"] > 0


def test_every_promise_of_the_house_is_kept_and_every_sum_comes_out(day):
    told, _ = day

    assert told["verify"] == {"clean": True, "broken": []}
    assert figures.faults(told) == []
    assert told["orders"] == invoices.ORDERS
    assert told["packages_shipped"] > 0
    assert 0 < told["prints_confirmed"] <= told["packages_shipped"] + told["labels_voided"]


def test_what_was_to_go_wrong_went_wrong(either):
    told, shift = either
    here = shift.happened

    assert here.scans == told["scans"]
    assert here.red_scans >= told["planted"]["mis-scans"] >= 0.01 * told["scans"]
    assert here.lines_short_in_bin >= 0.02 * here.lines
    assert here.lines_short >= 0.03 * here.lines
    assert here.cancelled_in_mid_pick >= 0.02 * told["orders"]
    assert here.orders["cancelled"] == told["orders_cancelled"] > 0
    assert (here.doubts_not_charged, here.doubts_charged) == (1, 1)
    assert here.out_of_paper >= told["planted"]["paper out"] >= 1
    assert here.returns == told["returns"] == len(shift.staff.clerk.done) >= 3
    assert shift.staff.clerk.blind >= 1


def test_every_parcel_that_left_is_delivered_and_its_order_with_it(either):
    told, shift = either
    here = shift.happened

    assert here.parcels == {"delivered": told["packages_shipped"]}
    assert (told["parcels_delivered"], told["parcels_on_their_way"]) == (
        told["packages_shipped"],
        0,
    )
    assert here.orders["delivered"] == told["orders_shipped"] > 0
    assert not here.orders["shipped"]


def test_what_was_called_in_twice_or_late_or_asked_for_is_told_once_and_never_backwards(day):
    _, shift = day
    calls = shift.journey.calls

    assert min(calls.values()) >= 1
    assert len(calls) == len(Call)
    assert shift.happened.calls == 3 * (sum(calls.values()) - calls[Call.NEVER])
    for way in shift.happened.travelled:
        assert list(way) == [step for step in WAY if step in way]
        assert way[-1] == "delivered"


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


def test_a_shift_in_which_nobody_does_what_is_left_says_what_that_is(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(shifts, "ENDS_AFTER", timedelta(minutes=3))
    file = tmp_path / "invoices.csv"
    invoices.write(file, HANDFUL)

    code = simulate.run(Namespace(orders=file, seed=SEED, pickers=1, keep=None, json=True))

    assert code == 1
    assert "Nobody does what is left: " in capsys.readouterr().err
