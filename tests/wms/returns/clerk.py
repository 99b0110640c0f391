"""One person at a returns bench; scans and buttons, each an act of its own."""

import json

from tests.kit import NOON
from wms.codes.queries import resolve
from wms.floor.plain import from_plain, to_plain
from wms.floor.process import Stand, Worker
from wms.floor.spoken import is_command, order_of
from wms.floor.turn import Heard, Order
from wms.kernel.commands import command
from wms.returns.process import RETURNS


class Clerk:
    """Somebody who scans, and sees only what the screen says."""

    def __init__(self, database, by=1, device_id=None, process=RETURNS):
        self.database, self.process = database, process
        self.worker = Worker(by, f"Person {by}", frozenset({"returns"}), device_id)
        self.stand, self.turn = Stand("", "home"), None

    def work(self):
        """Press the tile."""
        return self._stands(self._do(lambda s: self.process.begin(s, self.worker, NOON)))

    def scan(self, *codes):
        """Scan codes one after the other; commands too."""
        for code in codes:
            if is_command(code):
                self.press(*order_of(code))
                continue

            def act(session, code=code):
                heard = Heard(code, resolve(session, code))
                return self.process.hear(session, self.worker, self.stand, heard, NOON)

            self._stands(self._do(act))
        return self.turn

    def press(self, order: Order, quantity=None):
        """Press a button, or type a number."""
        heard = Heard("", order=order, quantity=quantity)
        return self._stands(
            self._do(lambda s: self.process.hear(s, self.worker, self.stand, heard, NOON))
        )

    def again(self):
        """Look at the screen anew."""
        with self.database.read() as session:
            return self.process.show(session, self.worker, self.stand, NOON)

    @property
    def said(self):
        return self.turn.say.id.removeprefix("returns.") if self.turn.say else ""

    def _do(self, act):
        return self.database.write(command("test", by=self.worker.id, at=NOON), act).value

    def _stands(self, got):
        self.stand, self.turn = got
        self.stand = Stand(
            self.stand.process,
            self.stand.step,
            self.stand.ref,
            json.loads(json.dumps(dict(self.stand.data))),
        )
        assert from_plain(to_plain(self.turn)) == self.turn
        return self.turn
