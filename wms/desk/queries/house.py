"""How the house stands: what there is of everything, what waits for a person, how far the ledger is sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, distinct, exists, func, select
from sqlalchemy.orm import Session

from wms.bins.places import Kind
from wms.bins.queries import warehouses
from wms.bins.tables import Location, Warehouse
from wms.cases.tables import ExceptionCase
from wms.catalog import queries as catalog
from wms.kernel import deliveries
from wms.kernel.tables import Delivery
from wms.people.tables import Badge, User
from wms.stations.actions import DeviceKind
from wms.stations.queries import devices_now
from wms.stations.tables import Device
from wms.stock import seals
from wms.stock.tables import ItemAvailability, LedgerSeal, LedgerSealRow, StockBalance, StockMove

SHOWN = 5
"""Most things of one kind that the start page asks somebody to look at; it tells how many more there are."""


@dataclass(frozen=True)
class House:
    """What there is of everything."""

    warehouses: Sequence[Warehouse]
    bins: int
    aisles: int
    items: int
    bare_items: int
    """Items that carry no barcode but their SKU."""
    units: int
    filled_places: int
    sellable: int
    promised: int
    people: int
    badgeless: int
    tablets: int


@dataclass(frozen=True)
class Needs:
    """What waits for a person: the first few of each, and how many there are in all."""

    cases: Sequence[ExceptionCase]
    cases_in_all: int
    dead: Sequence[Delivery]
    dead_in_all: int
    silent: int

    def __bool__(self) -> bool:
        """Tell whether anything does."""
        return bool(self.cases_in_all or self.dead_in_all or self.silent)


@dataclass(frozen=True)
class Ledger:
    """How many moves are sealed and how many wait for it, up to which hash, since when."""

    sealed: int
    waiting: int
    hash: str
    sealed_at: datetime | None


def house(session: Session) -> House:
    """Count what there is of everything."""
    bins = and_(Location.kind == Kind.BIN, Location.archived_at.is_(None))
    held = StockBalance.quantity > 0
    live = and_(User.disabled_at.is_(None), User.is_machine.is_(False))
    badge = exists().where(Badge.user_id == User.id, Badge.revoked_at.is_(None))
    tablets = and_(Device.kind == DeviceKind.TABLET, Device.revoked_at.is_(None))
    promisable = select(
        func.sum(ItemAvailability.sellable), func.sum(ItemAvailability.soft + ItemAvailability.hard)
    )
    sellable, promised = session.execute(promisable).one()
    return House(
        warehouses=warehouses(session),
        bins=_count(session, select(Location.id).where(bins)),
        aisles=_count(
            session,
            select(Location.warehouse_id, Location.block, Location.aisle)
            .where(bins, Location.aisle.is_not(None))
            .distinct(),
        ),
        items=_count(session, catalog.items()),
        bare_items=_count(session, catalog.without_barcode(catalog.items())),
        units=int(session.scalar(select(func.sum(StockBalance.quantity))) or 0),
        filled_places=session.scalar(
            select(func.count(distinct(StockBalance.location_id))).where(held)
        )
        or 0,
        sellable=int(sellable or 0),
        promised=int(promised or 0),
        people=_count(session, select(User.id).where(live)),
        badgeless=_count(session, select(User.id).where(live, ~badge)),
        tablets=_count(session, select(Device.id).where(tablets)),
    )


def needs(session: Session, at: datetime) -> Needs:
    """Find what waits for a person."""
    waiting = select(ExceptionCase).where(ExceptionCase.closed_at.is_(None))
    dead = deliveries.dead(session)
    devices = session.scalars(select(Device).where(Device.revoked_at.is_(None))).all()
    return Needs(
        cases=session.scalars(waiting.order_by(ExceptionCase.id).limit(SHOWN)).all(),
        cases_in_all=_count(session, waiting),
        dead=dead[:SHOWN],
        dead_in_all=len(dead),
        silent=sum(one.is_silent for one in devices_now(session, devices, at)),
    )


def ledger(session: Session) -> Ledger:
    """Tell how far the ledger is sealed."""
    head = seals.head(session)
    sealed = exists().where(LedgerSealRow.move_id == StockMove.id)
    unsealed = select(StockMove.id).where(StockMove.id > head.settled_id, ~sealed)
    return Ledger(
        sealed=head.position,
        waiting=_count(session, unsealed),
        hash=head.hash,
        sealed_at=session.scalar(select(func.max(LedgerSeal.sealed_at))),
    )


def _count(session: Session, question: Select[*tuple[Any, ...]]) -> int:
    return session.scalar(select(func.count()).select_from(question.subquery())) or 0
