"""Where the units of an order came from: what is put back goes there first."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.picking.actions.noting import ActVerb
from wms.picking.queries.totes import Thing
from wms.picking.tables import PickAct, PickTask


@dataclass(frozen=True)
class Origins:
    """Which totes the units of an order went into, and from which bins."""

    totes: frozenset[int]
    bins: Mapping[Thing, Counter[int]]

    def share(self, thing: Thing, units: int) -> Iterator[tuple[int, int]]:
        """Yield to which bins so many units go: to none more than came from there, as long as that is enough."""
        left = units
        came = self.bins.get(thing, Counter())
        for place, (bin_id, some) in enumerate(sorted(came.items()), 1):
            takes = left if place == len(came) else min(left, some)
            if takes > 0:
                yield bin_id, takes
            left -= takes


def origins_of(session: Session, fo_id: int) -> Origins:
    """Return where what was picked of an order, and not laid back by the picker, came from."""
    rows = session.execute(
        select(PickAct.before, PickTask.item_id, PickTask.lot_id)
        .join(PickTask, PickTask.id == PickAct.task_id)
        .where(
            PickTask.fo_id == fo_id,
            PickAct.verb == ActVerb.TAKE.value,
            PickAct.undone_at.is_(None),
        )
        .order_by(PickAct.id)
    )
    totes: set[int] = set()
    bins: defaultdict[Thing, Counter[int]] = defaultdict(Counter)
    for before, item_id, lot_id in rows:
        totes.add(before["tote"])
        bins[item_id, lot_id, before["serial"]][before["source"]] += before["quantity"]
    return Origins(frozenset(totes), bins)
