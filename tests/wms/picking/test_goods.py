"""Lots, single pieces, shared totes, the buttons of a wave, and many who ask for work at once."""

import threading

import pytest
from sqlalchemy import select

from tests import kit
from tests.visitors import as_role, open_app
from tests.wms.picking.test_walk import put_back
from tests.wms.picking.walking import Floor
from wms.floor.turn import Order, Tone
from wms.kernel.commands import command
from wms.people.policy import Role
from wms.picking import actions as picking
from wms.picking.tables import PickRun, PickTask
from wms.stock.tables import Allocation, StockBalance


def with_lots(floor, *lots):
    item = kit.an_item(floor.database, "CHEESE", tracks_lots=True)
    floor.items["CHEESE"] = item
    for code in lots:
        lot = kit.a_lot(floor.database, item, code)
        kit.shelve(floor.database, item, floor.bins["A-02-02"], 5, lot_id=lot)


def test_where_several_lots_lie_the_promised_one_is_asked_for(floor):
    with_lots(floor, "L1", "L2")
    floor.order(("CHEESE", 1), ("MUG", 1))
    floor.release()
    floor.work()
    floor.scan("T-1")
    while floor.turn().target != "A-02-02":
        floor.press(Order.SKIP)
    floor.scan("A-02-02")

    asked = floor.scan("CHEESE")
    wrong = floor.press(Order.NO)
    floor.scan("CHEESE")
    right = floor.press(Order.YES)

    assert (asked.step, asked.target) == ("lot", "L1")
    assert wrong.say.id == "picking.wrong_lot"
    assert right.tone is Tone.LINE
    with floor.database.read() as session:
        [moved] = session.scalars(
            select(StockBalance).where(
                StockBalance.item_id == floor.items["CHEESE"],
                StockBalance.location_id != floor.bins["A-02-02"],
                StockBalance.quantity > 0,
            )
        )
        assert (
            moved.lot_id
            == session.scalars(
                select(PickTask.lot_id).where(PickTask.item_id == floor.items["CHEESE"])
            ).one()
        )


def test_the_very_piece_that_is_promised_goes_into_the_tote(floor):
    item = kit.an_item(floor.database, "RING", tracks_serials=True)
    floor.items["RING"] = item
    for code in ("S1", "S2"):
        serial = kit.a_serial(floor.database, item, code)
        kit.shelve(floor.database, item, floor.bins["A-02-02"], 1, serial_id=serial)
    floor.order(("RING", 1), ("MUG", 1))
    floor.release()
    floor.work()

    floor.follow()

    with floor.database.read() as session:
        promised = session.scalars(
            select(StockBalance.serial_id)
            .join(Allocation, Allocation.balance_id == StockBalance.id)
            .where(Allocation.item_id == item)
        ).one()
        there = session.scalars(
            select(StockBalance.serial_id).where(
                StockBalance.item_id == item,
                StockBalance.location_id != floor.bins["A-02-02"],
                StockBalance.quantity > 0,
            )
        ).one()
    assert there == promised
    floor.settle()
    assert floor.broken() == []


def test_a_cancelled_single_leaves_the_shared_tote_and_the_others_go_on(floor):
    fos = [floor.order((sku, 1)) for sku in ("MUG", "CLOCK", "LAMP")]
    floor.release()
    floor.work()
    floor.scans("T-1", "A-01-01", "MUG")
    floor.cancel(fos[0])
    floor.settle()

    put_back(floor)
    floor.settle()
    floor.follow()

    assert [floor.fo_state(fo) for fo in fos] == ["cancelled", "picked", "picked"]
    assert (floor.held("T-1", "MUG"), floor.held("T-1", "CLOCK")) == (0, 1)
    floor.settle()
    assert floor.broken() == []


def test_an_order_cancelled_after_the_drop_is_put_back_from_where_its_tote_stands(floor):
    fo = floor.order(("MUG", 2), ("LAMP", 1))
    floor.release()
    floor.work()
    floor.follow()
    floor.cancel(fo)
    floor.settle()

    put_back(floor)
    floor.settle()

    assert (floor.fo_state(fo), floor.tote_state("T-1")) == ("cancelled", "free")
    assert (floor.held("A-01-01", "MUG"), floor.held("A-02-01", "LAMP")) == (10, 10)
    assert floor.broken() == []


def test_an_order_that_is_short_of_everything_waits_whole(floor):
    fo = floor.order(("MUG", 2))
    floor.release()
    floor.work()
    floor.scans("T-1", "A-01-01")

    turn = floor.press(Order.EMPTY)
    floor.settle()

    assert turn.step == "done"
    assert floor.fo_state(fo) == "backordered"
    assert floor.tote_state("T-1") == "free"
    assert floor.broken() == []


def test_of_many_who_ask_for_work_each_trip_goes_to_one(floor):
    for _ in range(4):
        floor.order(("MUG", 1), ("CLOCK", 1))
        floor.release()
    workers = [floor.people[name].id for name in ("Pia", "Max", "Sam", "Tess")]
    at, got, start = floor.clock.now(), [], threading.Barrier(len(workers))

    def ask(worker):
        start.wait()
        act = command("work", by=worker, at=at)
        got.append(
            floor.database.write(
                act, lambda session: picking.claim_next(session, by=worker, at=at).id
            ).value
        )

    threads = [threading.Thread(target=ask, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(got)) == 4
    with floor.database.read() as session:
        held = session.scalars(select(PickRun.worker_id).where(PickRun.state == "assigned")).all()
    assert sorted(held) == sorted(workers)


@pytest.fixture
def lite_floor(lite_house):
    floor = Floor(lite_house.database)
    lite_house.clock.moment = floor.clock.now()
    return floor


def test_a_lead_releases_a_wave_and_takes_it_back(lite_house, lite_floor):
    lead = as_role(open_app(lite_house), lite_house, Role.SUPERVISOR)
    lite_floor.order(("MUG", 1))
    wave = lite_floor.release()
    lite_floor.act(picking.unrelease, wave_id=wave)

    released = lead.post(f"/waves/{wave}/release")
    states = [state for _, state, _ in lite_floor.runs()]
    taken_back = lead.post(f"/waves/{wave}/unrelease")

    assert (released.status_code, taken_back.status_code) == (303, 303)
    assert states == ["cancelled", "queued"]
    assert [state for _, state, _ in lite_floor.runs()] == ["cancelled", "cancelled"]


def test_a_picker_releases_no_waves(lite_house, lite_floor):
    picker = as_role(open_app(lite_house), lite_house, Role.PICKER)
    lite_floor.order(("MUG", 1))
    wave = lite_floor.release()

    assert picker.post(f"/waves/{wave}/unrelease").status_code == 403
