"""What a scan can mean on a trip: places and totes, goods and how many, or a button."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog import queries as catalog
from wms.catalog.tables import Item
from wms.codes.queries import Kind, Meaning
from wms.floor.process import Worker
from wms.floor.turn import Heard
from wms.people.policy import LEADS
from wms.picking.dialogue import Goods, Said, Spot
from wms.picking.lifecycle import RUN
from wms.picking.tables import PickRun, ToteBinding

PLACES = (Kind.LOCATION, Kind.LPN)


def said_of(session: Session, worker: Worker, run: PickRun, heard: Heard) -> Said:
    """Return what was heard as the dialogue takes it."""
    spots, goods = [], []
    for meaning in heard.meanings:
        if meaning.kind in PLACES:
            spots += _spot(session, run, meaning)
        elif meaning.kind is Kind.ITEM:
            goods += _goods(session, meaning)
    return Said(
        code=heard.code.strip(),
        spots=tuple(spots),
        goods=tuple(goods),
        order=heard.order,
        quantity=heard.quantity,
        is_lead=not worker.roles.isdisjoint(role.value for role in LEADS),
    )


def _spot(session: Session, run: PickRun, meaning: Meaning) -> list[Spot]:
    place = session.get(Location, meaning.target_id)
    if place is None:
        return []
    over = [state.value for state in RUN.ends]
    bound = session.scalar(
        select(ToteBinding.run_id)
        .join(PickRun, PickRun.id == ToteBinding.run_id)
        .where(
            ToteBinding.tote_id == place.id,
            ToteBinding.ended_at.is_(None),
            ToteBinding.run_id != run.id,
            PickRun.state.not_in(over),
        )
    )
    return [Spot(place.id, place.code, place.kind, bound)]


def _goods(session: Session, meaning: Meaning) -> list[Goods]:
    item = session.get(Item, meaning.target_id)
    if item is None:
        return []
    units = catalog.units_per_scan(session, meaning)
    return [Goods(item.id, item.sku, units, meaning.lot, meaning.serial)]
