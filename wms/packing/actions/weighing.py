"""A box is weighed; the last one ends the packing of its order."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Forbidden, Refusal, Wrong
from wms.orders import actions as orders
from wms.orders import queries as order_queries
from wms.orders.gate import FoState
from wms.packing.actions.noting import ActVerb, note
from wms.packing.actions.rows import LabelState, go, held_package, held_packages
from wms.packing.actions.units import inside
from wms.packing.events import PackageWeighed
from wms.packing.lifecycle import PackageState, PackageVerb
from wms.packing.rules.weights import WEIGHT_LIMIT_G, grams_off
from wms.packing.tables import Package
from wms.people import queries as people
from wms.people.policy import LEADS

REASON_LIMIT = 400


class WrongWeight(Wrong):
    """No box weighs that; the fault names the field."""

    sentence = "packing.wrong_weight"


class WeightOff(Refusal):
    """The weight is outside tolerance: `grams` more (below zero: less) than `expected`; a lead may say it is right."""

    sentence = "packing.weight_off"


class WentOn(Refusal):
    """The box is further on by now."""

    sentence = "packing.cannot_undo"


class OnlyLeads(Forbidden):
    """Only a lead may say that such a weight is right."""

    sentence = "packing.only_leads"


def weigh(
    session: Session,
    *,
    package_id: int,
    weight_g: int,
    by_hand: bool,
    override_reason: str = "",
    by: int,
    at: datetime,
) -> Package:
    """Note what a closed box weighs; the last one ends the packing of its fulfillment order.

    Outside tolerance it takes a lead's `override_reason`. Raises OrderStopped, WrongWeight, WeightOff, OnlyLeads and
    NotNow.
    """
    _, package = held_package(session, package_id)
    reason = override_reason.strip()
    _see_that_sound(weight_g, reason)
    off = grams_off(weight_g, package.expected_g)
    if off and not reason:
        raise WeightOff(
            package=package.number, grams=off, weight=weight_g, expected=package.expected_g
        )
    if off and not set(LEADS) & set(people.roles_of(session, [by]).get(by, ())):
        raise OnlyLeads
    go_weighed(
        session,
        package,
        weight_g=weight_g,
        by_hand=by_hand,
        override=(by, reason) if off else (None, ""),
        by=by,
        at=at,
    )
    note(session, ActVerb.WEIGH, fo_id=package.fo_id, package=package, by=by, at=at)
    return package


def go_weighed(
    session: Session,
    package: Package,
    *,
    weight_g: int,
    by_hand: bool,
    override: tuple[int | None, str],
    by: int,
    at: datetime,
) -> None:
    """Write the weight of a box that is held down and say so. Raises NotNow."""
    package.weight_g, package.weighed_by_hand, package.weighed_at = weight_g, by_hand, at
    package.override_by, package.override_reason = override
    package.label_state, package.label_words = LabelState.NONE, {}
    go(session, package, PackageVerb.WEIGH)
    announce(session, PackageWeighed(package.id, package.fo_id, weight_g), by=by, at=at)
    end_if_all_packed(session, package.fo_id, by=by, at=at)


def close_again(
    session: Session, package: Package, was: Mapping[str, Any], *, by: int, at: datetime
) -> None:
    """Close a box that is held, and weigh it, as it was before it was opened. Raises NotNow, WentOn.

    What was opened before the house noted what lay in it is not closed by itself.
    """
    if was.get("inside") != inside(session, package):
        raise WentOn
    go(session, package, PackageVerb.CLOSE)
    package.closed_at = at
    session.flush()
    if was["state"] == PackageState.CLOSED:
        return
    go_weighed(
        session,
        package,
        weight_g=was["weight_g"],
        by_hand=was["weighed_by_hand"],
        override=(was["override_by"], was["override_reason"]),
        by=by,
        at=at,
    )


def end_if_all_packed(session: Session, fo_id: int, *, by: int, at: datetime) -> None:
    """Note that a fulfillment order is packed when nothing is left and each box was weighed."""
    unfinished = {PackageState.OPEN, PackageState.CLOSED}
    lines = order_queries.lines_of(session, [fo_id])
    if any(line.packed < line.picked for line in lines):
        return
    if any(package.state in unfinished for package in held_packages(session, fo_id)):
        return
    if orders.gate(session, fo_id).state is FoState.PACKING:
        orders.all_packed(session, fo_id, by=by, at=at)


def _see_that_sound(weight_g: int, reason: str) -> None:
    if not 0 < weight_g <= WEIGHT_LIMIT_G:
        fault = Fault("weight_g", "packing.wrong_weight", {"limit": WEIGHT_LIMIT_G})
        raise WrongWeight(fault, limit=WEIGHT_LIMIT_G)
    if len(reason) > REASON_LIMIT or not reason.isprintable():
        fault = Fault("override_reason", "packing.reason_unfit", {"limit": REASON_LIMIT})
        raise WrongWeight(fault, limit=WEIGHT_LIMIT_G)
