"""Labels as people and machines read them: the list, one with all about it, and their names."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from wms.codes.queries import normal
from wms.kernel.paging import Page, page
from wms.kernel.refusal import NotFound
from wms.kernel.tables import Decision
from wms.orders.tables import FulfillmentOrder, Order
from wms.packing.queries import PackageState
from wms.packing.tables import Package
from wms.shipping.lifecycle import State, Tracking
from wms.shipping.rules.rates import CHOOSE
from wms.shipping.tables import LabelDocument, Manifest, ManifestParcel, Shipment, TrackingEvent

__all__ = ["State", "Tracking", "View"]


class NoShipment(NotFound):
    """There is no such label."""

    sentence = "shipping.no_such_shipment"


class View(StrEnum):
    """Which labels a list shows."""

    OPEN = "open"
    """Those that still want something: of a carrier, of a packer, of the truck."""
    TROUBLE = "trouble"
    """Those that a person should look at."""
    AWAY = "away"
    """Handed over and not arrived."""
    ALL = "all"


OPEN_STATES = (State.DRAFT, State.RATED, State.BUYING, State.IN_DOUBT, State.BOUGHT)


@dataclass(frozen=True)
class Asked:
    """Which labels are wanted. None asks for all."""

    view: View = View.ALL
    state: State | None = None
    carrier: str | None = None
    number: str | None = None
    """Part of a tracking number, a package's or an order's number."""
    package_id: int | None = None
    fo_id: int | None = None


@dataclass(frozen=True)
class Listed:
    """One label with what it is for."""

    row: Shipment
    package: Package
    fo: FulfillmentOrder
    order: Order


@dataclass(frozen=True)
class Choice:
    """Why a rate was taken: what was weighed and what came of it."""

    inputs: Mapping[str, Any]
    choice: Mapping[str, Any]
    decided_at: Any


@dataclass(frozen=True)
class Story:
    """One label with all about it."""

    listed: Listed
    events: Sequence[TrackingEvent]
    manifest: Manifest | None
    has_sheet: bool
    choice: Choice | None
    others: Sequence[Shipment]
    """Other labels of the same package, the newest first."""


def shipments_asked(asked: Asked) -> Select[Shipment, Package, FulfillmentOrder, Order]:
    """Return the question for labels, each with its package, fulfillment order and order."""
    query = (
        select(Shipment, Package, FulfillmentOrder, Order)
        .join(Package, Package.id == Shipment.package_id)
        .join(FulfillmentOrder, FulfillmentOrder.id == Package.fo_id)
        .join(Order, Order.id == FulfillmentOrder.order_id)
    )
    match asked.view:
        case View.OPEN:
            query = query.where(Shipment.state.in_(OPEN_STATES))
        case View.TROUBLE:
            query = query.where(_troubled())
        case View.AWAY:
            query = query.where(
                Shipment.state == State.HANDED_OVER,
                Shipment.tracking.not_in((Tracking.DELIVERED, Tracking.RETURNED)),
            )
        case View.ALL:
            pass
    if asked.state is not None:
        query = query.where(Shipment.state == asked.state)
    if asked.carrier:
        query = query.where(func.lower(Shipment.carrier) == asked.carrier.lower())
    if asked.package_id is not None:
        query = query.where(Shipment.package_id == asked.package_id)
    if asked.fo_id is not None:
        query = query.where(Package.fo_id == asked.fo_id)
    if asked.number:
        query = query.where(_named(asked.number))
    return query


def shipments(session: Session, asked: Asked, *, limit: int, cursor: str | None) -> Page[Listed]:
    """Return labels, the newest first."""
    found = page(
        session,
        shipments_asked(asked),
        by=[Shipment.id],
        limit=limit,
        cursor=cursor,
        newest_first=True,
    )
    return Page([Listed(*row) for row in found.rows], found.next_cursor)


def listed(session: Session, shipment_id: int) -> Listed:
    """Return one label with what it is for; raises NoShipment."""
    row = session.execute(shipments_asked(Asked()).where(Shipment.id == shipment_id)).first()
    if row is None:
        raise NoShipment(id=shipment_id)
    return Listed(*row)


def story(session: Session, shipment_id: int) -> Story:
    """Return one label with all about it; raises NoShipment."""
    found = listed(session, shipment_id)
    manifest = session.scalars(
        select(Manifest)
        .join(ManifestParcel, ManifestParcel.manifest_id == Manifest.id)
        .where(ManifestParcel.shipment_id == shipment_id)
    ).first()
    others = select(Shipment).where(
        Shipment.package_id == found.row.package_id, Shipment.id != shipment_id
    )
    sheet = select(LabelDocument.shipment_id).where(LabelDocument.shipment_id == shipment_id)
    return Story(
        found,
        tracking_of(session, shipment_id),
        manifest,
        session.scalar(sheet) is not None,
        choice_of(session, shipment_id),
        session.scalars(others.order_by(Shipment.id.desc())).all(),
    )


def tracking_of(session: Session, shipment_id: int) -> Sequence[TrackingEvent]:
    """Return what the carrier said of a parcel, the newest first by its own clock."""
    query = select(TrackingEvent).where(TrackingEvent.shipment_id == shipment_id)
    order = (TrackingEvent.occurred_at.desc(), TrackingEvent.id.desc())
    return session.scalars(query.order_by(*order)).all()


def choice_of(session: Session, shipment_id: int) -> Choice | None:
    """Return why the rate of a label was taken."""
    query = select(Decision).where(
        Decision.rule == CHOOSE.name,
        Decision.subject == "shipment",
        Decision.subject_id == shipment_id,
    )
    made = session.scalars(query.order_by(Decision.id.desc()).limit(1)).first()
    return Choice(made.inputs, made.choice, made.decided_at) if made else None


def document_of(session: Session, shipment_id: int) -> LabelDocument | None:
    """Return the carrier's label as it came."""
    return session.get(LabelDocument, shipment_id)


def counts(session: Session) -> Mapping[View, int]:
    """Return how many labels each view shows."""
    counted = {}
    for view in (View.OPEN, View.TROUBLE, View.AWAY):
        asked = shipments_asked(Asked(view=view)).with_only_columns(func.count())
        counted[view] = int(session.scalar(asked) or 0)
    return counted


def carriers(session: Session) -> Sequence[str]:
    """Return whose labels there are."""
    query = select(Shipment.carrier).where(Shipment.carrier != "").distinct()
    return session.scalars(query.order_by(Shipment.carrier)).all()


def names(session: Session, shipment_ids: Collection[int]) -> Mapping[int, str]:
    """Return what people call these labels: the package and the tracking number."""
    query = (
        select(Shipment.id, Package.number, Shipment.tracking_number)
        .join(Package, Package.id == Shipment.package_id)
        .where(Shipment.id.in_(shipment_ids))
    )
    return {
        number: f"{package} ({tracking})" if tracking else package
        for number, package, tracking in session.execute(query)
    }


def _troubled() -> Any:
    """Return what asks a person: in doubt, money refused, or a package that waits without a label."""
    newer = select(func.max(Shipment.id)).where(Shipment.package_id == Package.id)
    return or_(
        Shipment.state.in_((State.IN_DOUBT, State.VOID_REFUSED)),
        (Shipment.state == State.FAILED)
        & (Package.state == PackageState.WEIGHED)
        & (Shipment.id == newer.correlate(Package).scalar_subquery()),
    )


def _named(number: str) -> Any:
    wanted = f"%{normal(number).lower()}%"
    return or_(
        func.lower(Shipment.tracking_number).like(wanted),
        func.lower(Package.number).like(wanted),
        func.lower(Order.number).like(wanted),
    )
