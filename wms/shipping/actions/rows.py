"""The rows of a label's life, locked in one order: the lane of a truck, fulfillment order, package, label, truck."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.refusal import NotFound
from wms.kernel.versions import same_version
from wms.kernel.words import say
from wms.orders import actions as orders
from wms.orders.gate import Gate
from wms.orders.holds import Step
from wms.packing.queries import PackageState
from wms.packing.tables import Package
from wms.shipping.lifecycle import LIVE, PURCHASE, State, Verb
from wms.shipping.means import Means
from wms.shipping.tables import Shipment

PARTY = orders.LABELLING
"""The party that has a label of a fulfillment order in hand."""

TROUBLE_LIMIT = 500

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When something is due that waits for a person."""

WEIGHED = PackageState.WEIGHED
"""The state of a package that a label can be stuck on."""


class NoSuchShipment(NotFound):
    """There is no such label."""

    sentence = "shipping.no_such_shipment"


@dataclass(frozen=True)
class Held:
    """A label with its package and what it is for, all locked."""

    gate: Gate
    package: Package
    shipment: Shipment

    @property
    def is_cancelled(self) -> bool:
        """Whether the order was taken back."""
        return self.gate.stop is not None and self.gate.stop.kind == "cancelled"


def held(
    session: Session, shipment_id: int, *, step: Step = Step.LABEL, expected: int | None = None
) -> Held:
    """Lock a label, its package and its fulfillment order. Raises NoSuchShipment, Stale."""
    package_id = session.scalar(select(Shipment.package_id).where(Shipment.id == shipment_id))
    if package_id is None:
        raise NoSuchShipment(id=shipment_id)
    gate, package = held_package(session, package_id, step=step)
    row = session.get_one(Shipment, shipment_id, with_for_update=True, populate_existing=True)
    same_version(row, expected)
    return Held(gate, package, row)


def held_package(
    session: Session, package_id: int, *, step: Step = Step.LABEL
) -> tuple[Gate, Package]:
    """Lock a package after its fulfillment order. Raises NotFound."""
    fo_id = session.scalar(select(Package.fo_id).where(Package.id == package_id))
    if fo_id is None:
        raise NotFound(id=package_id)
    gate = orders.gate(session, fo_id, step=step)
    package = session.get_one(Package, package_id, with_for_update=True, populate_existing=True)
    return gate, package


def live_of(session: Session, package_id: int) -> Shipment | None:
    """Return the one live label of a package."""
    query = select(Shipment).where(Shipment.package_id == package_id, Shipment.state.in_(LIVE))
    return session.scalars(query.with_for_update()).first()


def move(row: Shipment, verb: Verb, *, at: datetime) -> State:
    """Take a label where `verb` leads, and note when its life ended."""
    after = transition(row, PURCHASE, verb)
    row.lease_until, row.due_at = at, NEVER
    if after in PURCHASE.ends and after is not State.HANDED_OVER:
        row.ended_at = at
    return after


def is_ours(row: Shipment) -> bool:
    """Tell whether nobody was paid for the label: our own, the customer's, or a number that was typed."""
    return row.means != Means.SHIPPO


def why(sentence: str, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what stops a label, for the bench: the words, and the sentence for who reads another language."""
    return {"why": say(sentence, values), "sentence": sentence, "values": dict(values or {})}


def settle(session: Session, fo_id: int, *, by: int, at: datetime) -> None:
    """Say that no label of a fulfillment order is in hand any more, where that is so."""
    open_states = LIVE - {State.HANDED_OVER}
    still = (
        select(Shipment.id)
        .join(Package, Package.id == Shipment.package_id)
        .where(Package.fo_id == fo_id, Shipment.state.in_(open_states))
        .limit(1)
    )
    session.flush()
    if session.scalar(still) is None:
        orders.settle(session, fo_id, party=PARTY, by=by, at=at)
