"""A seed makes the same house every time, on both databases; everything in it holds together and opens what it says."""

import argparse
import json
import shutil
from collections import Counter
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from rich.console import Console
from sqlalchemy import func, select

from tests.kit import done
from wms.app import verifying
from wms.app.commands import seed as command
from wms.app.house import listeners
from wms.codes.gs1 import is_gtin
from wms.codes.queries import Kind, resolve
from wms.kernel.database import Database
from wms.kernel.tables import StoredCommand
from wms.moving import actions as moving
from wms.people.secret import Hasher, fingerprint
from wms.people.tables import ApiToken, Badge, User
from wms.stations.tables import Device
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason, StockStatus
from wms.stock.tables import StockBalance, StockMove
from wms.trial import seed
from wms.trial.seed import goods, team

MONDAY = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def practice(sqlite_template, tmp_path_factory):
    """A filled house, to be looked at."""
    file = tmp_path_factory.mktemp("practice") / "binwave.sqlite"
    shutil.copy(sqlite_template, file)
    opened = Database(f"sqlite:///{file}", listeners())
    yield opened, seed.fill(opened, seed=1, at=MONDAY)
    opened.close()


def test_the_same_seed_makes_the_same_house_on_both_databases(practice, database):
    _, filled = practice

    again = seed.fill(database, seed=1, at=MONDAY)

    assert again.plain() == filled.plain()
    with database.read() as session:
        findings = list(verifying.ask(session, verifying.promises()))
    assert [finding.invariant.name for finding in findings if finding.broken] == []
    assert sum(finding.rows for finding in findings) > 10_000


def test_a_house_in_use_is_left_alone(practice):
    database = practice[0]
    with database.read() as session:
        before = session.scalar(select(func.count()).select_from(StockMove))

    with pytest.raises(seed.NotEmpty):
        seed.fill(database, seed=2, at=MONDAY)

    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(StockMove)) == before


def test_another_seed_makes_other_goods_and_secrets():
    one, other = goods.items(1, MONDAY.date()), goods.items(2, MONDAY.date())

    assert [item.name for item in one] != [item.name for item in other]
    assert {worker.badge for worker in team.workers(1)}.isdisjoint(
        worker.badge for worker in team.workers(2)
    )


def test_no_code_stands_for_two_items_and_all_are_of_the_range_for_own_use():
    made = goods.items(3, MONDAY.date())
    codes = [printed for item in made for printed in item.barcodes]

    assert len(made) == len({item.sku for item in made}) == len({item.name for item in made})
    assert len(codes) == len({printed.code for printed in codes}) > len(made)
    assert all(is_gtin(printed.code) for printed in codes)
    assert all(printed.code[-13:].startswith("2") for printed in codes)


def test_what_can_expire_does_so_long_after_today():
    made = goods.items(4, date(2030, 6, 1))

    days = [batch.expires_on for item in made for batch in item.batches]

    assert min(days) > date(2030, 7, 1)


def test_every_item_lies_in_one_to_six_bins_and_the_book_says_so(practice):
    database, told = practice[0], practice[1].plain()
    bins_of = Counter(sku for _, sku in {(one["bin"], one["sku"]) for one in told["stock"]})
    with database.read() as session:
        on_hand = session.scalar(select(func.sum(StockBalance.quantity)))

    assert len(bins_of) == len(told["items"]) == 2_300
    assert (min(bins_of.values()), max(bins_of.values())) == (1, 6)
    assert on_hand == sum(item["units"] for item in told["items"])


def test_a_mover_is_led_to_the_bin_for_what_is_set_aside_whatever_lies_in_it(practice):
    database, filled = practice
    here = filled.building.places
    items = list(filled.items)[:2]

    for item_id in items:
        led = done(database, lambda session, item_id=item_id: _carried(session, here, item_id))
        assert led == here["Q-01"].code

    with database.read() as session:
        lies = session.scalars(
            select(StockBalance.item_id).where(
                StockBalance.location_id == here["Q-01"].id, StockBalance.quantity > 0
            )
        )
        assert sorted(lies) == items
        assert {one.bin for one in filled.stock}.isdisjoint({"Q-01"})


def _carried(session, here, item_id):
    """Set a unit aside at the bench of what comes back, and carry it where the house leads; returns where that was."""
    who = {"by": 1, "at": MONDAY}
    bench, came_from = here["BENCH-3"].id, here["CUSTOMER"].id
    aside = StockStatus.QUARANTINE
    stock.post(
        session,
        [Move(item_id, came_from, bench, 1, Reason.RETURN, status_to=aside)],
        **who,
    )
    task = moving.ask(
        session,
        kind=moving.Kind.RELOCATE,
        source_id=bench,
        item_id=item_id,
        status=aside,
        quantity=1,
        why=moving.Why.RETURNED,
        reference="R-1",
        **who,
    )
    moving.claim(session, move_task_id=task, **who)
    led = moving.lift(session, move_task_id=task, quantity=1, **who).target_id
    moving.drop(session, move_task_id=task, location_id=led, **who)
    return next(code for code, place in here.items() if place.id == led)


def test_what_is_printed_opens_what_it_says(practice):
    database, told = practice[0], practice[1].plain()
    hasher = Hasher()
    with database.read() as session:
        for user in told["users"]:
            kept = session.get_one(User, user["id"])
            badge = session.scalar(select(Badge).where(Badge.user_id == user["id"]))
            assert badge.token_hash == fingerprint(user["badge"])
            assert hasher.fits(kept.pin_hash, user["pin"])
            assert kept.login == user["login"]
            assert not user["login"] or hasher.fits(kept.password_hash, user["password"])
        tablets = {fingerprint(tablet["token"]) for tablet in told["tablets"]}
        machines = {fingerprint(post["token"]) for post in [*told["stations"], told["machine"]]}
        assert tablets <= set(session.scalars(select(Device.token_hash)))
        assert machines == set(session.scalars(select(ApiToken.token_hash)))


def test_every_role_of_people_is_there_and_marked_as_practice(practice):
    told = practice[1].plain()

    roles = {role for user in told["users"] for role in user["roles"]}

    assert roles == {"admin", "supervisor", "picker", "packer", "receiver", "returns"}
    assert all(user["name"].endswith("(practice)") for user in told["users"])


def test_items_bins_and_totes_can_be_scanned(practice):
    database, told = practice[0], practice[1].plain()
    item, place, tote = told["items"][0], told["bins"][0], told["totes"][0]
    with database.read() as session:
        meanings = [
            resolve(session, code)[0]
            for code in (item["barcodes"][0]["code"], place["code"], tote["code"])
        ]

    assert [(meaning.kind, meaning.target_id) for meaning in meanings] == [
        (Kind.ITEM, item["id"]),
        (Kind.LOCATION, place["id"]),
        (Kind.LPN, tote["id"]),
    ]


def test_no_secret_is_kept_in_the_answer_of_the_act(practice):
    database, told = practice[0], practice[1].plain()
    with database.read() as session:
        kept = "".join(session.scalars(select(StoredCommand.answer)))

    assert told["users"][0]["badge"] not in kept
    assert told["machine"]["token"] not in kept


def test_the_command_prints_json_for_scripts(monkeypatch, tmp_path, capsys, practice):
    monkeypatch.setenv("WMS_DATA_DIR", str(tmp_path))

    assert command.run(argparse.Namespace(seed=5, orders=None, json=True)) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["seed"] == 5
    assert told.keys() == practice[1].plain().keys()


def test_people_read_who_signs_in_with_what_and_what_to_do_next(practice, tmp_path):
    filled = practice[1]
    paper = StringIO()

    command.tell(filled, Console(file=paper, width=command.WIDTH), command.serve_line(tmp_path))

    shown = paper.getvalue()
    assert all(worker.badge in shown and worker.pin in shown for worker in filled.workers.values())
    assert f"python3 run.py serve --data {tmp_path}" in " ".join(shown.split())
