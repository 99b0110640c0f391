"""One person at one tablet: what they scan or press becomes a command, and its answer is what they see."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.floor.actions import scan
from wms.floor.here import at_home
from wms.floor.plain import from_plain
from wms.floor.process import Floor, Worker
from wms.floor.queries import here
from wms.floor.turn import Order, Turn
from wms.floor.worded import no
from wms.kernel.commands import Command
from wms.kernel.database import Database
from wms.kernel.refusal import Refusal


@dataclass(frozen=True)
class Press:
    """A code that is scanned, or a button that is pressed with the number that goes with it."""

    code: str = ""
    order: Order | None = None
    quantity: int | None = None
    process: str = ""


class Hands:
    """Sends one press after the other, as `POST /api/v1/scans` takes them, and keeps what the screen shows."""

    def __init__(self, database: Database, floor: Floor, worker: Worker) -> None:
        """Stand at home, with nothing sent."""
        self._database, self._floor, self.worker = database, floor, worker
        self.sent = 0
        self.turn: Turn = at_home().turn

    def send(self, press: Press, at: datetime) -> Turn:
        """Send a press as one command of this device, and return the screen. What is refused leaves it as it was."""
        self.sent += 1
        act = Command(
            name="floor.scan",
            key=f"shift-{self.worker.device_id}-{self.sent}",
            actor_id=self.worker.id,
            at=at,
            device_id=self.worker.device_id,
            device_seq=self.sent,
            occurred_at=at,
        )
        try:
            told = self._database.write(act, lambda session: self._scan(session, press, at)).value
        except Refusal as refusal:
            self.turn = no(replace(self.turn, say=None), refusal)
        else:
            self.turn = from_plain(told["turn"])
        return self.turn

    def look(self, at: datetime) -> Turn:
        """Look at the screen again: something may be shown by now that nobody pressed for."""
        with self._database.read() as session:
            stands = here(session, self._floor, self.worker.id)
            if stands.stand.process and stands.question is None:
                process = self._floor.processes[stands.stand.process]
                self.turn = process.show(session, self.worker, stands.stand, at)
        return self.turn

    def _scan(self, session: Session, press: Press, at: datetime) -> dict[str, Any]:
        return scan(
            session,
            self._floor,
            worker=self.worker,
            code=press.code,
            order=press.order,
            quantity=press.quantity,
            process=press.process,
            occurred_at=at,
            at=at,
        )
