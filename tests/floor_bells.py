"""A kind of work made up for tests of the floor: bells in bins are rung so many times by scanning bin and item."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bells import write_down
from wms.bins.tables import Location
from wms.cases.tables import ExceptionCase
from wms.catalog.tables import Item
from wms.codes.queries import Kind
from wms.floor.process import Floor, Offer, Stand, Waiting, Worker, home_with
from wms.floor.turn import Amount, Button, Heard, Order, Thing, Tone, Turn, say
from wms.kernel.refusal import Refusal
from wms.people.policy import Role

RINGS = 3
"""How often a bell is rung."""

BUTTONS = (
    Button(Order.UNDO, "floor.left_it"),
    Button(Order.SKIP, "floor.leave_it"),
    Button(Order.FULL, "floor.make_it"),
)
PROBLEMS = (Button(Order.SHORT, "floor.leave_it"),)


class BellStuck(Refusal):
    """The bell does not ring."""

    sentence = "floor.not_your_work"


class Bells:
    """Rings one bell after the other: bin, then the item three times, then the next. Leaves a note for each ring."""

    label = "floor.look_up"
    icon = "flag"
    roles: frozenset[str] = frozenset({Role.PICKER, Role.SUPERVISOR})

    def __init__(self, bins: tuple[str, ...] = ("A-01-01-1", "A-01-02-1"), sku: str = "BELL"):
        self.bins, self.sku = bins, sku
        self.heard: list[Heard] = []
        self.is_in_hand = False
        self.settled: tuple[str, ...] = ()

    def waiting(self, session: Session, worker: Worker, at: datetime) -> Waiting:
        """How many bells nobody rang."""
        left = max(0, len(self.bins) - self._rung(session) // RINGS)
        return Waiting(left, mine=self.is_in_hand)

    def begin(self, session: Session, worker: Worker, at: datetime) -> tuple[Stand, Turn] | None:
        """Take the first bell."""
        if not self.waiting(session, worker, at).count:
            return None
        stand = Stand("bells", "bin", 0, {"rung": 0})
        return stand, self.show(session, worker, stand, at)

    def hear(
        self, session: Session, worker: Worker, stand: Stand, heard: Heard, at: datetime
    ) -> tuple[Stand, Turn]:
        """Take the next scan."""
        self.heard.append(heard)
        if heard.order is Order.SHORT:
            raise BellStuck
        number, rung = stand.ref or 0, stand.data["rung"]
        kinds = {meaning.kind for meaning in heard.meanings}
        if stand.step == "bin" and Kind.LOCATION in kinds:
            there = session.get_one(Location, heard.meanings[0].target_id).code
            if there != self.bins[number]:
                return self._again(session, worker, stand, at)
            return self._on(session, worker, replace(stand, step="item"), Tone.GOOD, at)
        if stand.step == "item" and (Kind.ITEM in kinds or heard.order is Order.QUANTITY):
            count = min(1 if heard.quantity is None else heard.quantity, RINGS - rung)
            for _ in range(count):
                write_down(session, f"{self.bins[number]} {heard.is_late}", worker.id, at)
            rung += count
            if rung < RINGS:
                return self._on(session, worker, replace(stand, data={"rung": rung}), Tone.GOOD, at)
            if number + 1 < len(self.bins):
                following = Stand("bells", "bin", number + 1, {"rung": 0})
                return self._on(session, worker, following, Tone.LINE, at)
            home = Turn("", "", say("floor.at_home"), say=say("floor.left_it"), tone=Tone.TASK)
            last = Offer(BUTTONS[0], Stand("bells", "item", number, {"rung": 0}))
            return home_with(last), replace(home, buttons=(last.button,))
        return self._again(session, worker, stand, at)

    def show(self, session: Session, worker: Worker, stand: Stand, at: datetime) -> Turn:
        """Show bin or item."""
        number, rung = stand.ref or 0, stand.data["rung"]
        here = self.bins[number]
        item = session.scalars(select(Item).where(Item.sku == self.sku).order_by(Item.id)).first()
        assert item is not None
        at_bin = stand.step == "bin"
        return Turn(
            "bells",
            stand.step,
            say("floor.look_up"),
            target=here if at_bin else "",
            title=say("floor.make_bin"),
            thing=Thing(item.name, item.sku, None, ("4006381333931", "single, 0.14 kg")),
            amount=Amount(rung, RINGS),
            slot="B2",
            into="T-0042",
            came_from="" if at_bin else here,
            next=self.bins[number + 1] if number + 1 < len(self.bins) else "",
            progress=Amount(number, len(self.bins)),
            buttons=BUTTONS,
            problems=PROBLEMS,
            asks_quantity=not at_bin,
            settled=self.settled,
            expects=(here,) if at_bin else (self.sku,),
        )

    def _on(
        self, session: Session, worker: Worker, stand: Stand, tone: Tone, at: datetime
    ) -> tuple[Stand, Turn]:
        turn = self.show(session, worker, stand, at)
        return stand, replace(turn, say=say("floor.place_is_empty", code=stand.step), tone=tone)

    def _again(
        self, session: Session, worker: Worker, stand: Stand, at: datetime
    ) -> tuple[Stand, Turn]:
        turn = self.show(session, worker, stand, at)
        told = say("floor.unknown_code", code=turn.target or self.sku)
        return stand, replace(turn, say=told, tone=Tone.WRONG)

    @staticmethod
    def _rung(session: Session) -> int:
        return len(
            session.scalars(select(ExceptionCase.id).where(ExceptionCase.kind == "note")).all()
        )


def a_floor(bells: Bells | None = None) -> Floor:
    """A floor on which only bells are rung."""
    return Floor({"bells": bells or Bells()})
