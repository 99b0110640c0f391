"""Tasks as picks: what is taken from which bin, and what a scanner reads on it."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.catalog.queries import scan_codes
from wms.picking.dialogue import Pick
from wms.picking.lifecycle import TaskState
from wms.picking.queries.trips.tasks import WholeTask
from wms.stock.tables import StockBalance


def picks_of(
    session: Session, tasks: Sequence[WholeTask], slots: dict[int | None, str]
) -> tuple[Pick, ...]:
    """Return the tasks as they are shown, those ahead in the order of the walk."""
    if not tasks:
        return ()
    codes = scan_codes(session, {task.item_id for task in tasks})
    mixed = _bins_of_several_lots(session, tasks)
    return tuple(
        Pick(
            task_id=task.id,
            fo_id=task.fo_id,
            order=task.order,
            bin_id=task.bin_id,
            bin=task.bin,
            item_id=task.item_id,
            sku=task.sku,
            name=task.name,
            done=task.picked + task.short,
            of=task.asked,
            slot=slots.get(task.fo_id, slots.get(None, "")),
            picture=task.picture,
            codes=tuple(code for code, _ in codes[task.item_id]),
            lot=task.lot if task.lot_id else "",
            asks_lot=bool(task.lot_id) and (task.bin_id, task.item_id) in mixed,
            serial=task.serial if task.tracks_serials else "",
            skips=task.skips,
            is_at_bin=task.state == TaskState.AT_BIN,
        )
        for task in tasks
    )


def _bins_of_several_lots(session: Session, tasks: Sequence[WholeTask]) -> set[tuple[int, int]]:
    tracked = [task for task in tasks if task.lot_id]
    if not tracked:
        return set()
    rows = session.execute(
        select(StockBalance.location_id, StockBalance.item_id)
        .where(
            StockBalance.location_id.in_({task.bin_id for task in tracked}),
            StockBalance.item_id.in_({task.item_id for task in tracked}),
            StockBalance.quantity > 0,
        )
        .group_by(StockBalance.location_id, StockBalance.item_id)
        .having(func.count(StockBalance.lot_id.distinct()) > 1)
    )
    return {(row[0], row[1]) for row in rows}
