"""`reconcile` looks through what was bought with our key at once, and says what it found to people and to machines."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import requests

from tests.wms.shipping.docking import Dock
from tests.wms.shipping.standin.trips import HEADERS, KEY
from tests.wms.shipping.sweeping import cases, refunds
from wms.app import cli
from wms.app.house import listeners
from wms.kernel.database import Database
from wms.shipping.gateway.asking import marked
from wms.shipping.standin.serving import Standin


@pytest.fixture
def platform():
    with Standin() as running:
        turned_back = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
        requests.put(f"{running.url}/clock", json={"at": turned_back}, timeout=5)
        yield running


@pytest.fixture
def dock(url, platform, tmp_path, monkeypatch):
    """A dock of a house that the settings lead to; its labels were bought an hour ago."""
    monkeypatch.setenv("WMS_DATABASE_URL", url)
    monkeypatch.setenv("WMS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("WMS_SHIPPO_API_KEY", KEY)
    monkeypatch.setenv("WMS_SHIPPO_URL", platform.url)
    database = Database(url, listeners())
    yield Dock(database, platform)
    database.close()


def bought_besides(dock, uid):
    asked = {"rate": dock.labels()[0].rate_id, "metadata": marked(uid)}
    answer = requests.post(
        f"{dock.standin.url}/transactions", json=asked, headers=HEADERS, timeout=5
    )
    return answer.json()


def call(capsys, *words):
    code = cli.main(["reconcile", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_house_whose_labels_are_all_known_is_clean(dock, capsys):
    dock.labelled()

    code, told, _ = call(capsys)

    assert code == 0
    assert "Purchases of the last 7 days: 1. With our mark: 1. Labels of this house: 1." in told
    assert "Strays: 0." in told
    assert "not looked through" not in told


def test_a_stray_is_told_and_its_money_asked_back_once(dock, capsys):
    box = dock.labelled()
    stray = bought_besides(dock, dock.label_of(box).uid)

    code, told, _ = call(capsys)
    again, after, _ = call(capsys)

    assert (code, again) == (0, 0)
    assert stray["tracking_number"] in told
    assert f"box {dock.package(box).number}" in told
    assert " USD" in told
    assert "its money was asked back" in told
    assert "Strays: 1. For a person: 0." in told
    assert "Strays: 0." in after
    assert [one["transaction"] for one in refunds(dock)] == [stray["object_id"]]
    assert len(cases(dock)) == 1


def test_what_waits_for_a_person_ends_with_one_and_machines_get_an_object(dock, capsys):
    dock.labelled()
    other = bought_besides(dock, "018f0000-aaaa-bbbb")

    code, told, _ = call(capsys, "--json")

    answer = json.loads(told)
    [found] = answer["found"]
    assert code == 1
    assert (answer["clean"], answer["is_over"], answer["looked"]) == (False, True, 2)
    assert (found["transaction_id"], found["becomes"]) == (other["object_id"], "foreign")
    assert found["amount"].endswith(" USD")
    assert refunds(dock) == []


def test_a_platform_that_is_away_is_said_and_nothing_is_half_done(dock, capsys):
    box = dock.labelled()
    bought_besides(dock, dock.label_of(box).uid)
    dock.trouble("500", place="list", times=99)

    code, told, _ = call(capsys, "--wait", "1")

    assert code == 1
    assert "not looked through to its end (the platform answered 500)" in told
    assert cases(dock) == []
    assert refunds(dock) == []


def test_without_a_key_there_is_nothing_to_look_at(dock, capsys, monkeypatch):
    monkeypatch.delenv("WMS_SHIPPO_API_KEY")

    code, _, trouble = call(capsys)

    assert code == 2
    assert "WMS_SHIPPO_API_KEY" in trouble
