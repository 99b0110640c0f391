"""Boxes in hand: read under their lock, always the fulfillment order first; and the gate that every act asks."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.refusal import Refusal
from wms.orders import actions as orders
from wms.orders.gate import Gate
from wms.orders.holds import Step
from wms.packing.lifecycle import PACKAGE, PackageState, PackageVerb
from wms.packing.queries import NoSuchPackage
from wms.packing.tables import Package


class OrderStopped(Refusal):
    """The order was cancelled (`why` cancelled), or is held (`why` held, `hold` its kind)."""

    sentence = "packing.order_stopped"


class LabelInTheWay(Refusal):
    """A label is being bought, or nobody knows whether it was: that is waited for (`state` says which)."""

    sentence = "packing.label_in_the_way"


def pass_gate(session: Session, fo_id: int, *, step: Step = Step.PACK) -> Gate:
    """Lock a fulfillment order that may take this step. Raises NoSuchFo, OrderStopped."""
    gate = orders.gate(session, fo_id, step=step)
    if gate.stop:
        raise OrderStopped(order=gate.number, why=gate.stop.kind.value, hold=gate.stop.reason)
    return gate


def held_package(
    session: Session, package_id: int, *, step: Step | None = Step.PACK
) -> tuple[Gate, Package]:
    """Return a box that nobody else changes until this transaction ends, and its order's gate.

    Without a step it does not matter whether the order may go on. Raises NoSuchPackage, OrderStopped.
    """
    session.flush()
    fo_id = session.scalar(select(Package.fo_id).where(Package.id == package_id))
    if fo_id is None:
        raise NoSuchPackage(package=package_id)
    gate = pass_gate(session, fo_id, step=step) if step else orders.gate(session, fo_id)
    return gate, session.get_one(Package, package_id, with_for_update=True, populate_existing=True)


def held_packages(session: Session, fo_id: int) -> Sequence[Package]:
    """Return the boxes of a fulfillment order whose row is locked, under lock; void ones are left out."""
    session.flush()
    query = (
        select(Package)
        .where(Package.fo_id == fo_id, Package.state != PackageState.VOID.value)
        .order_by(Package.id)
        .with_for_update()
    )
    return session.scalars(query.execution_options(populate_existing=True)).all()


def go(session: Session, package: Package, verb: PackageVerb) -> PackageState:
    """Take a box where a verb leads; raises NotNow."""
    after = transition(package, PACKAGE, verb)
    session.flush()
    return after


def see_that_no_label(package: Package) -> None:
    """Raise LabelInTheWay where a label of the box is being bought, or may have been."""
    if package.label_state in IN_THE_WAY:
        raise LabelInTheWay(package=package.number, state=package.label_state)


class LabelState:
    """What the bench knows of the label of a box."""

    NONE = ""
    ASKED = "asked"
    IN_DOUBT = "in_doubt"
    REFUSED = "refused"
    BOUGHT = "bought"
    TYPED = "typed"


IN_THE_WAY = frozenset({LabelState.ASKED, LabelState.IN_DOUBT})
