"""What the screen shows somebody now, without any scan: a page that is opened anew, a bench that waits for a label."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from wms.floor import queries
from wms.floor.here import Here, at_home
from wms.floor.process import Floor, Worker
from wms.floor.turn import Turn
from wms.floor.worded import no
from wms.kernel.refusal import Refusal


def look(session: Session, floor: Floor, worker: Worker, at: datetime) -> Turn:
    """Return what the screen shows as things are now; what was said last is said still."""
    here = queries.here(session, floor, worker.id)
    if not here.stand.process or here.question is not None:
        return here.turn
    return _again(session, floor, here, worker, at)


def _again(session: Session, floor: Floor, here: Here, worker: Worker, at: datetime) -> Turn:
    process = floor.processes[here.stand.process]
    try:
        shown = process.show(session, worker, here.stand, at)
    except Refusal as refusal:
        return no(at_home().turn, refusal)
    if shown.say is not None or shown.step != here.turn.step:
        return shown
    if here.turn.say is not None and here.turn.say.id in shown.settled:
        return shown
    return replace(shown, say=here.turn.say, tone=here.turn.tone)
