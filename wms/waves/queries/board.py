"""The waves there are, who is in them, and how far they are: counted from the lines of their orders."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from wms.kernel.refusal import NotFound
from wms.orders.tables import FoLine, FulfillmentOrder, Order
from wms.waves.lifecycle import WAVE, WaveState
from wms.waves.tables import Wave, WaveMember

IN_MOTION = tuple(state for state in WaveState if state not in WAVE.ends)


class UnknownWave(NotFound):
    """There is no wave of that number."""

    sentence = "waves.unknown"


@dataclass(frozen=True)
class WaveRow:
    """What the orders of a wave add up to, as their lines say it."""

    orders: int = 0
    lines: int = 0
    units: int = 0
    picked: int = 0
    short: int = 0
    ship_by: datetime | None = None
    carriers: tuple[str, ...] = ()


def wave(session: Session, wave_id: int) -> Wave:
    """Return one wave; raises UnknownWave."""
    found = session.get(Wave, wave_id)
    if found is None:
        raise UnknownWave(id=wave_id)
    return found


def names(session: Session, wave_ids: Collection[int]) -> Mapping[int, str]:
    """Return the numbers of these waves, as people say them."""
    return dict(session.execute(select(Wave.id, Wave.number).where(Wave.id.in_(wave_ids))).all())


def waves_asked(
    *, warehouse_id: int | None = None, states: Collection[WaveState] = ()
) -> Select[Wave]:
    """Return the question for waves."""
    query = select(Wave)
    if warehouse_id is not None:
        query = query.where(Wave.warehouse_id == warehouse_id)
    return query.where(Wave.state.in_(states)) if states else query


def in_motion(session: Session, warehouse_id: int | None = None) -> Sequence[Wave]:
    """Return the waves that are not over, the oldest first."""
    query = waves_asked(warehouse_id=warehouse_id, states=IN_MOTION)
    return session.scalars(query.order_by(Wave.id)).all()


def going_on() -> Select[int]:
    """Return the question how many waves are not over."""
    return waves_asked(states=IN_MOTION).with_only_columns(func.count())


def live_members(session: Session, wave_id: int) -> Sequence[int]:
    """Return the fulfillment orders that are in a wave now."""
    query = select(WaveMember.fo_id).where(WaveMember.wave_id == wave_id)
    return session.scalars(
        query.where(WaveMember.left_at.is_(None)).order_by(WaveMember.fo_id)
    ).all()


def members(session: Session, wave_id: int) -> Sequence[tuple[WaveMember, FulfillmentOrder, Order]]:
    """Return every fulfillment order that is or was in a wave, with its order."""
    query = (
        select(WaveMember, FulfillmentOrder, Order)
        .join(FulfillmentOrder, FulfillmentOrder.id == WaveMember.fo_id)
        .join(Order, Order.id == FulfillmentOrder.order_id)
        .where(WaveMember.wave_id == wave_id)
        .order_by(FulfillmentOrder.ship_by, FulfillmentOrder.id)
    )
    return [(member, fo, order) for member, fo, order in session.execute(query)]


def wave_of(session: Session, fo_id: int) -> Wave | None:
    """Return the wave that a fulfillment order is in now."""
    query = select(Wave).join(WaveMember, WaveMember.wave_id == Wave.id)
    return session.scalar(query.where(WaveMember.fo_id == fo_id, WaveMember.left_at.is_(None)))


def sums(session: Session, wave_ids: Collection[int]) -> Mapping[int, WaveRow]:
    """Return what the orders of these waves add up to: of those in motion who is in them, of the others who was."""
    query = (
        select(
            WaveMember.wave_id,
            func.count(FulfillmentOrder.id.distinct()),
            func.count(FoLine.id),
            func.sum(FoLine.ordered),
            func.sum(FoLine.picked),
            func.sum(FoLine.short),
            func.min(FulfillmentOrder.ship_by),
        )
        .join(Wave, Wave.id == WaveMember.wave_id)
        .join(FulfillmentOrder, FulfillmentOrder.id == WaveMember.fo_id)
        .join(FoLine, FoLine.fo_id == FulfillmentOrder.id)
        .where(
            WaveMember.wave_id.in_(wave_ids),
            WaveMember.left_at.is_(None) | Wave.state.in_(WAVE.ends),
        )
        .group_by(WaveMember.wave_id)
    )
    of = _carriers(session, wave_ids)
    return {
        number: WaveRow(
            orders, lines, int(units), int(picked), int(short), ship_by, of.get(number, ())
        )
        for number, orders, lines, units, picked, short, ship_by in session.execute(query)
    }


def _carriers(session: Session, wave_ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    query = (
        select(WaveMember.wave_id, Order.carrier)
        .join(FulfillmentOrder, FulfillmentOrder.id == WaveMember.fo_id)
        .join(Order, Order.id == FulfillmentOrder.order_id)
        .where(WaveMember.wave_id.in_(wave_ids), Order.carrier != "")
        .distinct()
    )
    found: dict[int, list[str]] = {}
    for number, carrier in session.execute(query):
        found.setdefault(number, []).append(carrier)
    return {number: tuple(sorted(carriers)) for number, carriers in found.items()}
