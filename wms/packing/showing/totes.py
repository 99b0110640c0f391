"""Totes: the one on the bench, those where more of the order waits, and those for what is put back."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.kernel.prepared import Prepared
from wms.orders.gate import StopKind
from wms.packing import queries
from wms.packing.dialogue import Tote
from wms.packing.queries import Benched, InTote
from wms.packing.waiting import Standing
from wms.picking.queries import totes_of_fo

_TOTE = Prepared(select(Location.id, Location.code).where(Location.id == bindparam("tote_id")))


def tote(session: Session, tote_id: int) -> Tote | None:
    """Return a tote by its number."""
    found = _TOTE.first(session, {"tote_id": tote_id})
    return Tote(*found) if found else None


def other_totes(
    session: Session, order: Benched, tote_id: int | None, waiting: Sequence[InTote]
) -> tuple[Tote, ...]:
    """Return where more of the order waits. Nothing is asked where what is not in boxes waits in the tote at hand."""
    here = Counter[int]()
    for one in waiting:
        here[one.fo_line_id] += one.quantity
    if all(line.packed + here[line.fo_line_id] >= line.picked for line in order.lines):
        return ()
    numbers = [one.tote_id for one in totes_of_fo(session, order.fo_id) if one.tote_id != tote_id]
    found = (tote(session, number) for number in numbers if queries.in_tote(session, number))
    return tuple(one for one in found if one)


def spare_totes(
    session: Session, order: Benched | None, stands: Mapping[int, Standing]
) -> tuple[str, ...]:
    """Return the totes of a cancelled order, for what is put back."""
    if order is None or stands[order.fo_id].stop is not StopKind.CANCELLED:
        return ()
    found = (tote(session, one.tote_id) for one in totes_of_fo(session, order.fo_id))
    return tuple(one.code for one in found if one)
