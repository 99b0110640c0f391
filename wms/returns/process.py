"""Returns on the floor: what `wiring` gives to the page. A scan in, what is done, and what the screen says next."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.floor.process import Stand, Waiting, Worker
from wms.floor.turn import Heard, Sentence, Tone, Turn, say
from wms.people.policy import LEADS, Role
from wms.returns import queries
from wms.returns.actions.rows import held
from wms.returns.cards import bench_of, card_of
from wms.returns.dialogue import Leave, Step, Where, hear
from wms.returns.doing import Scan, carry_out
from wms.returns.lifecycle import HERE
from wms.returns.meaning import said_of
from wms.returns.picture import parcel_of
from wms.returns.showing import PROCESS, shown
from wms.returns.tables import Return

HOME = Stand("", "home")

WITHOUT_PARCEL = (Step.BENCH, Step.PARCEL)


class Returns:
    """The process that the floor knows by `returns`. It keeps nothing: all is in the rows and in the Stand."""

    label = "returns.tile"
    icon = "returns"
    roles = frozenset(role.value for role in (Role.RETURNS, *LEADS))

    def waiting(self, session: Session, worker: Worker, at: datetime) -> Waiting:
        """Tell how many parcels lie here that nobody looks at, and whether the person looks at one."""
        has_one = queries.mine(session, worker.id) is not None
        return Waiting(queries.waiting(session) + has_one, mine=has_one)

    def begin(self, session: Session, worker: Worker, at: datetime) -> tuple[Stand, Turn] | None:
        """Go on with the parcel in hand, or ask for the next: parcels come when they come."""
        bench = bench_of(session, worker)
        if bench is None:
            return _standing(session, None, Where(Step.BENCH))
        where = Where(Step.PARCEL, bench.place_id, bench.station_id)
        mine = queries.mine(session, worker.id)
        if mine is None:
            return _standing(session, None, where)
        return _standing(session, held(session, mine), where.to(Step.ITEM))

    def hear(
        self, session: Session, worker: Worker, stand: Stand, heard: Heard, at: datetime
    ) -> tuple[Stand, Turn]:
        """Answer one scan, button or number."""
        where = Where.from_data(stand.step, stand.data)
        row = held(session, stand.ref) if stand.ref else None
        if row is not None and (row.worker_id != worker.id or row.state not in HERE):
            told = say("returns.taken_away", number=row.number)
            return _standing(session, None, where.to(Step.PARCEL), told, Tone.STOPPED)
        parcel = parcel_of(session, row) if row else None
        reply = hear(parcel, where, said_of(session, where, heard, worker.id))
        if isinstance(reply.act, Leave):
            return HOME, Turn("", "home", say("returns.at_home"), say=reply.say, tone=reply.tone)
        done = carry_out(Scan(session, row, worker.id, at), reply)
        return _standing(session, done.row, reply.where, done.say, reply.tone)

    def show(self, session: Session, worker: Worker, stand: Stand, at: datetime) -> Turn:
        """Say again where the person stands."""
        row = session.get(Return, stand.ref) if stand.ref else None
        return _standing(session, row, Where.from_data(stand.step, stand.data))[1]


RETURNS = Returns()


def _standing(
    session: Session,
    row: Return | None,
    where: Where,
    said: Sentence | None = None,
    tone: Tone = Tone.QUIET,
) -> tuple[Stand, Turn]:
    """Return where the person stands as the rows are now: while something lies ungraded, it comes first."""
    if row is None:
        turn = shown(None, where, card_of(session, None, None, where), said, tone)
        return Stand(PROCESS, where.step, None, where.data()), turn
    parcel = parcel_of(session, row)
    if where.step in (Step.ITEM, Step.GRADE):
        where = replace(where, step=Step.GRADE if parcel.lying else Step.ITEM)
    turn = shown(parcel, where, card_of(session, row, parcel, where), said, tone)
    data: Mapping[str, Any] = where.data()
    return Stand(PROCESS, where.step, row.id, data), turn
