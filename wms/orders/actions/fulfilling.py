"""An accepted order becomes work: a warehouse, a time to ship by, what is picked, and promises of it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from wms.kernel.decisions import keep
from wms.kernel.prepared import Prepared
from wms.orders.actions.deadlines import Deadline, Deadlines
from wms.orders.actions.routing import Router
from wms.orders.actions.sharing import share_out, tell
from wms.orders.actions.wants import Wanted, wanted_of
from wms.orders.actions.works import Work, keep_promises, name, write_new
from wms.orders.rules import ship_by
from wms.orders.tables import Order

_SHIP_BY = Prepared(
    text("UPDATE sales_order SET ship_by = :ship_by WHERE id = :id").bindparams(
        bindparam("ship_by", type_=Order.ship_by.type)
    )
)


def fulfil(session: Session, order_ids: Collection[int], *, by: int, at: datetime) -> list[int]:
    """Make fulfillment orders for what these accepted orders still want, and promise stock to them; returns them.

    What live fulfillment orders cover already is not asked for again, so that it can be called after every change of
    an order's lines. Raises NoWarehouse where the house has none.
    """
    session.flush()
    wanted = [one for one in wanted_of(session, order_ids) if one.lines]
    if not wanted:
        return []
    router, deadlines = Router(session, wanted), Deadlines(session, at)
    routes = [router.route(one, by=by, at=at) for one in wanted]
    dues = [deadlines.of(one, house) for one, house in zip(wanted, routes, strict=True)]
    works = [_work(one, house, due) for one, house, due in zip(wanted, routes, dues, strict=True)]
    name(session, works)
    rests = share_out(session, works, by=by, at=at)
    _write_down(session, works, rests, at=at)
    _keep_deadlines(session, works, dues, by=by, at=at)
    tell(session, [*works, *rests], by=by, at=at)
    return [work.id for work in (*works, *rests)]


def _work(wanted: Wanted, warehouse_id: int, due: Deadline) -> Work:
    return Work(
        order_id=wanted.order_id,
        order_number=wanted.number,
        warehouse_id=warehouse_id,
        part=wanted.last_part + 1,
        number="",
        priority=wanted.priority,
        ship_by=due.ship_by,
        ships_partly=wanted.ships_partly,
        lines=wanted.lines,
        id=wanted.order_id,  # until it has its own: whose order is older goes first
    )


def _write_down(
    session: Session, works: Sequence[Work], rests: Sequence[Work], *, at: datetime
) -> None:
    for rest in rests:
        assert rest.split_from is not None
        rest.part = rest.split_from.part + 1
    name(session, rests)
    write_new(session, works, at=at)
    write_new(session, rests, at=at)
    kept = (
        (line.id, promise) for work in works for line in work.lines for promise in line.promises
    )
    keep_promises(session, kept)


def _keep_deadlines(
    session: Session, works: Sequence[Work], dues: Sequence[Deadline], *, by: int, at: datetime
) -> None:
    for work, due in zip(works, dues, strict=True):
        keep(
            session,
            ship_by.SHIP_BY,
            due.inputs,
            due.choice,
            subject="fo",
            subject_id=work.id,
            by=by,
            at=at,
        )
    _SHIP_BY.run_many(session, [{"id": work.order_id, "ship_by": work.ship_by} for work in works])
