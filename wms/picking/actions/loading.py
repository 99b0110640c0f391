"""Totes come onto a trip: each for an order, or one after the other for all of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.actions import LpnState, LpnVerb
from wms.bins.places import Kind
from wms.bins.tables import Location, Lpn
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.picking.actions.noting import ActVerb, note
from wms.picking.actions.unbinding import units_in
from wms.picking.events import ToteBound
from wms.picking.tables import PickRun, ToteBinding


class ToteNotFree(Refusal):
    """The tote belongs to other work, or is put aside."""

    sentence = "picking.tote_not_free"


class ToteNotEmpty(Refusal):
    """Something lies in the tote by the book."""

    sentence = "picking.tote_not_empty"


class NoFreeTotes(Refusal):
    """No free tote stands on the cart."""

    sentence = "picking.no_free_totes"


def load(
    session: Session,
    run: PickRun,
    *,
    tote_id: int,
    fo_id: int | None,
    by: int,
    at: datetime,
) -> ToteBinding:
    """Take a free, empty tote onto a trip. Raises ToteNotFree, ToteNotEmpty."""
    tote = session.get(Location, tote_id)
    lpn = session.get(Lpn, tote_id, with_for_update=True, populate_existing=True)
    if tote is None or lpn is None or lpn.state != LpnState.FREE or _is_elsewhere(run, tote):
        raise ToteNotFree(tote=tote.code if tote else "")
    if units := units_in(session, tote_id):
        raise ToteNotEmpty(tote=tote.code, n=units)
    used = session.scalar(select(func.max(ToteBinding.slot)).where(ToteBinding.run_id == run.id))
    binding = ToteBinding(
        tote_id=tote_id,
        run_id=run.id,
        slot=0 if used is None else used + 1,
        fo_id=fo_id,
        bound_at=at,
    )
    session.add(binding)
    session.flush()
    bins.use_lpn(session, lpn_id=tote_id, verb=LpnVerb.BIND, by=by, at=at)
    announce(session, ToteBound(tote_id, run.id, fo_id), by=by, at=at)
    note(session, run, ActVerb.LOAD, {"binding": binding.id}, by=by, at=at)
    return binding


def load_cart(
    session: Session,
    run: PickRun,
    *,
    cart_id: int,
    fo_ids: Sequence[int | None],
    by: int,
    at: datetime,
) -> int:
    """Take the free totes of a cart, one for each of these; returns how many. Raises NoFreeTotes."""
    free = session.scalars(
        select(Location.id)
        .join(Lpn, Lpn.location_id == Location.id)
        .where(
            Location.parent_id == cart_id,
            Location.kind == Kind.TOTE.value,
            Location.archived_at.is_(None),
            Lpn.state == LpnState.FREE.value,
        )
        .order_by(Location.code)
    ).all()
    empty = [tote_id for tote_id in free if not units_in(session, tote_id)]
    if not empty:
        raise NoFreeTotes(cart=session.get_one(Location, cart_id).code)
    for tote_id, fo_id in zip(empty, fo_ids, strict=False):
        load(session, run, tote_id=tote_id, fo_id=fo_id, by=by, at=at)
    return min(len(empty), len(fo_ids))


def close_full(
    session: Session, run: PickRun, binding: ToteBinding, *, by: int, at: datetime
) -> None:
    """Note that nothing more goes into a tote; the trip wants another for its order."""
    binding.is_full = True
    session.flush()
    note(session, run, ActVerb.FULL, {"binding": binding.id}, by=by, at=at)


def _is_elsewhere(run: PickRun, tote: Location) -> bool:
    return tote.kind != Kind.TOTE or tote.warehouse_id != run.warehouse_id
