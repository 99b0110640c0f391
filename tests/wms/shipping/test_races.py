"""Two who give parcels to a truck in the same moment: they lock rows in one order, so nobody has to begin anew."""

import threading
import time

import pytest
from sqlalchemy import select, text

from tests.kit import TESTER
from tests.wms.shipping.docking import Dock
from wms.app.house import listeners
from wms.kernel.commands import command
from wms.kernel.database import Database
from wms.packing import actions as packing
from wms.shipping import actions as shipping
from wms.shipping.tables import Shipment
from wms.trial import postgres

PATIENCE_S = 10


@pytest.fixture
def shared_dock(postgres_server, platform):
    """A dock where several can write at once."""
    database = Database(postgres.make(postgres_server, "docks", "template_wms"), listeners())
    yield Dock(database, platform)
    database.close()
    postgres.drop(postgres_server, "docks")


@pytest.fixture
def pair(shared_dock):
    """Two boxes of one order in their lane; the money of the first one's label was asked back."""
    dock = shared_dock
    [fo] = dock.pick([("MUG", 1), ("LAMP", 1)], carrier="UPS")
    boxes = [dock.open(fo), dock.do(packing.open_package, fo_id=fo, station_id=dock.station)]
    for box, (tote, one) in zip(boxes, dock.waiting(fo), strict=True):
        dock.put_in(box, tote, one)
        dock.close(box)
        dock.weigh(box)
    dock.settle()
    dock.buy()
    for box in boxes:
        dock.do(packing.stage, package_id=box)
    dock.void(boxes[0])
    return boxes


class Acting:
    """Somebody who does something; how often the house had to begin it anew is counted."""

    def __init__(self, dock, action, **facts):
        self.runs, self.trouble = 0, None
        self._dock, self._action, self._facts = dock, action, facts
        self._thread = threading.Thread(target=self._go)

    def begin(self):
        """Begin, up to where somebody else is in the way."""
        waiting = self._waiting()
        self._thread.start()
        until = time.monotonic() + PATIENCE_S
        while self._waiting() == waiting:
            assert time.monotonic() < until, "nobody is in the way"
            time.sleep(0.01)

    def end(self):
        """Wait until it is done."""
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()
        assert self.trouble is None

    def _go(self):
        at = self._dock.clock.now()
        try:
            self._dock.database.write(command("test", by=TESTER, at=at), self._do)
        except BaseException as trouble:  # noqa: BLE001 - told by the thread that judges
            self.trouble = trouble

    def _do(self, session):
        self.runs += 1
        self._action(session, **self._facts, by=TESTER, at=self._dock.clock.now())
        return "done"

    def _waiting(self):
        query = text(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        with self._dock.database.engines.reader.connect() as connection:
            return connection.scalar(query)


def test_a_parcel_that_left_anyway_and_one_that_is_loaded_do_not_wait_for_each_other(
    shared_dock, pair
):
    dock, label = shared_dock, shared_dock.label_of(pair[0])
    left = Acting(dock, shipping.left_anyway, shipment_id=label.id)
    loaded = Acting(dock, shipping.hand_over, lane_id=dock.lanes["UPS"], package_id=pair[1])
    with dock.database.engines.writer.begin() as neighbor:
        neighbor.execute(select(Shipment.id).where(Shipment.id == label.id).with_for_update())
        left.begin()
        loaded.begin()

    left.end()
    loaded.end()

    assert (left.runs, loaded.runs) == (1, 1)
    assert sorted(dock.loaded()) == sorted(dock.label_of(box).id for box in pair)
    dock.settle()
    assert dock.broken() == []
