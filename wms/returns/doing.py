"""Doing what the dialogue wants done, and what is said then."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.catalog import actions as catalog
from wms.catalog.queries import names as skus
from wms.floor.turn import Sentence, say
from wms.returns import actions
from wms.returns.dialogue import (
    AskLead,
    Begin,
    Count,
    Finish,
    Flag,
    GradeIt,
    Hand,
    PutAside,
    Reply,
    SetAside,
    TakeIn,
    Undo,
)
from wms.returns.dialogue.scene import Where
from wms.returns.goods import Goods
from wms.returns.tables import Return
from wms.stock.moves import NONE


@dataclass(frozen=True)
class Scan:
    """What one scan acts on: the return in hand, who scans, when."""

    session: Session
    row: Return | None
    by: int
    at: datetime

    @property
    def act(self) -> dict[str, Any]:
        """Return what every act on the return in hand is told."""
        assert self.row is not None, "there is a parcel in hand"
        return {"return_id": self.row.id, "by": self.by, "at": self.at}


@dataclass(frozen=True)
class Done:
    """The return that is in hand after the act, and what is said."""

    row: Return | None
    say: Sentence


def carry_out(scan: Scan, reply: Reply) -> Done:
    """Do it. Raises what the actions raise: then nothing of it happened."""
    session = scan.session
    match reply.act:
        case Begin() as begin:
            return _begun(scan, begin, reply)
        case PutAside():
            actions.put_aside(session, **scan.act)
            return Done(None, reply.say)
        case Finish():
            actions.finish(session, **scan.act)
            return Done(None, reply.say)
        case Undo():
            return _undone(scan)
        case _:
            _look(scan, reply)
            return Done(scan.row, reply.say)


def _look(scan: Scan, reply: Reply) -> None:
    """Do what concerns the things in the parcel."""
    session = scan.session
    match reply.act:
        case TakeIn(hand):
            actions.take_in(session, **_of(scan, hand, reply.where))
        case SetAside(hand):
            actions.set_aside(session, **_of(scan, hand, reply.where))
        case Count(units):
            place_id = _place(reply.where)
            actions.count_to(session, quantity=units, location_id=place_id, **scan.act)
        case GradeIt(grade):
            actions.grade(session, grade=grade, **scan.act)
        case Flag():
            actions.flag_wrong(session, **scan.act)
        case AskLead(code):
            actions.ask_lead(session, code=code, **scan.act)
        case _:
            pass


def _undone(scan: Scan) -> Done:
    undone = actions.undo(scan.session, **scan.act)
    sku = skus(scan.session, [undone.item_id])[undone.item_id]
    return Done(scan.row, say(f"returns.undone_{undone.verb}", n=undone.quantity, sku=sku))


def _begun(scan: Scan, begin: Begin, reply: Reply) -> Done:
    where = reply.where
    place: dict[str, Any] = {
        "location_id": _place(where),
        "station_id": where.station_id,
        "parcel_code": begin.code[:255],
        "by": scan.by,
        "at": scan.at,
    }
    if begin.return_id is not None:
        row = actions.arrive(scan.session, return_id=begin.return_id, **place)
    else:
        row = actions.receive(scan.session, order_id=begin.order_id, **place)
    values = {**reply.say.values, "number": row.number}
    return Done(row, Sentence(reply.say.id, values))


def _of(scan: Scan, hand: Hand, where: Where) -> dict[str, Any]:
    session, at = scan.session, scan.at
    lot_id = serial_id = NONE
    if hand.has_lots:
        lot_id = catalog.lot(session, item_id=hand.item_id, code=hand.lot, at=at).id
    if hand.has_serials:
        serial_id = catalog.serial(session, item_id=hand.item_id, code=hand.serial, at=at).id
    goods = Goods(hand.item_id, lot_id, serial_id)
    return {
        "goods": goods,
        "quantity": hand.units,
        "location_id": _place(where),
        **scan.act,
    }


def _place(where: Where) -> int:
    assert where.place_id is not None, "the bench is asked first"
    return where.place_id
