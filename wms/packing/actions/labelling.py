"""What shipping tells the bench about the label of a box. Called from above; nothing here buys anything."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from wms.codes import actions as codes
from wms.codes.actions import CodeTaken, UnfitCode
from wms.codes.queries import Kind, normal
from wms.kernel.lifecycle import NotNow
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Wrong
from wms.orders.holds import Step
from wms.packing.actions.rows import LabelState, go, held_package
from wms.packing.events import LabelAskedAgain, LabelNumberTyped, PackageLabelled, PackageUnlabelled
from wms.packing.lifecycle import PACKAGE, PackageState, PackageVerb
from wms.packing.queries import is_label_of, label_numbers
from wms.packing.rules.labels import usps_number
from wms.packing.tables import Package

NUMBER_LIMIT = 80
"""Longest tracking number of a carrier, and then some."""


LABELLED = frozenset({PackageState.LABELLED, PackageState.STAGED})
"""States of a box that wears a label and is in the house."""


class WrongNumber(Wrong):
    """That cannot be the number of a label."""

    sentence = "packing.wrong_number"


def label_asked(
    session: Session, *, package_id: int, words: Mapping[str, Any], by: int, at: datetime
) -> None:
    """Note that a label is being had for a weighed box."""
    del by, at  # the purchase is the fact
    _note(session, package_id, LabelState.ASKED, words)


def label_in_doubt(
    session: Session, *, package_id: int, words: Mapping[str, Any], by: int, at: datetime
) -> None:
    """Note that nobody knows yet whether the label was bought."""
    del by, at  # the purchase is the fact
    _note(session, package_id, LabelState.IN_DOUBT, words)


def label_refused(
    session: Session, *, package_id: int, words: Mapping[str, Any], by: int, at: datetime
) -> None:
    """Note that no label was bought, and why: `words["why"]`."""
    del by, at  # the purchase is the fact
    _note(session, package_id, LabelState.REFUSED, words)


def label_wanted_typed(
    session: Session, *, package_id: int, words: Mapping[str, Any], by: int, at: datetime
) -> None:
    """Note that the number of a label that is had elsewhere is to be typed or scanned."""
    del by, at  # the wish is the fact
    _note(session, package_id, LabelState.TYPED, words)


def label_bought(
    session: Session,
    *,
    package_id: int,
    code: str,
    carrier: str,
    words: Mapping[str, Any],
    by: int,
    at: datetime,
) -> bool:
    """Note that a weighed box has a label, and what its barcode says; tells whether the box takes it.

    It does not where it was opened again or given up meanwhile: then the label is to be voided.
    """
    _, package = held_package(session, package_id, step=None)
    if package.state != PackageState.WEIGHED:
        return False
    package.label_code, package.carrier = normal(code), carrier
    package.label_state, package.label_words = LabelState.BOUGHT, dict(words)
    go(session, package, PackageVerb.LABEL_BOUGHT)
    _let_stand_for(session, package, code, at)
    announce(session, PackageLabelled(package.id, package.fo_id), by=by, at=at)
    return True


def label_voided(session: Session, *, package_id: int, by: int, at: datetime) -> None:
    """Note that its label does not count any more: the box is only weighed. Nothing happens where it has none."""
    _, package = held_package(session, package_id, step=None)
    if package.state in LABELLED:
        take_label_off(session, package, by=by, at=at)
    elif package.state == PackageState.WEIGHED:
        package.label_state, package.label_words = LabelState.NONE, {}
        session.flush()


def ask_again(session: Session, *, package_id: int, by: int, at: datetime) -> None:
    """Want the label of a weighed box once more, where none could be had. Raises OrderStopped, NotNow."""
    _, package = held_package(session, package_id, step=Step.LABEL)
    if package.label_state != LabelState.REFUSED:
        raise NotNow(thing=PACKAGE.thing, state=package.state, verb="ask_again")
    package.label_state, package.label_words = LabelState.NONE, {}
    session.flush()
    announce(session, LabelAskedAgain(package.id, package.fo_id), by=by, at=at)


def number_typed(session: Session, *, package_id: int, number: str, by: int, at: datetime) -> None:
    """Tell shipping the number of a label that was had elsewhere. Raises OrderStopped, WrongNumber, NotNow."""
    _, package = held_package(session, package_id, step=Step.LABEL)
    PACKAGE.after(PackageState(package.state), PackageVerb.LABEL_BOUGHT)
    plain = usps_number(normal(number)) or number.strip()
    if not plain or len(plain) > NUMBER_LIMIT or not plain.isprintable():
        fault = Fault("number", "packing.wrong_number", {"limit": NUMBER_LIMIT})
        raise WrongNumber(fault, limit=NUMBER_LIMIT)
    if other := _carrying(session, plain, package.id):
        fault = Fault("number", "packing.number_taken", {"package": other})
        raise WrongNumber(fault, limit=NUMBER_LIMIT, package=other)
    announce(session, LabelNumberTyped(package.id, package.fo_id, plain), by=by, at=at)


def take_label_off(session: Session, package: Package, *, by: int, at: datetime) -> None:
    """Make a labelled or staged box that is held a weighed one; its barcode stands for nothing any more."""
    if package.state == PackageState.STAGED:
        go(session, package, PackageVerb.RECALL)
        package.staged_at = None
    codes.withdraw(session, code=package.label_code)
    package.label_code, package.carrier = "", ""
    package.label_state, package.label_words = LabelState.NONE, {}
    go(session, package, PackageVerb.LABEL_VOIDED)
    announce(session, PackageUnlabelled(package.id, package.fo_id), by=by, at=at)


def _carrying(session: Session, code: str, but: int) -> str | None:
    """Return the number of another box here whose label this is, however the carrier wraps its number."""
    was_scanned = Package.label_code.endswith(normal(code), autoescape=True)
    alike = Package.label_code.in_(label_numbers(code))
    here = select(Package).where(
        or_(alike, was_scanned), Package.id != but, Package.state.in_(sorted(LABELLED))
    )
    same = (package.number for package in session.scalars(here) if is_label_of(package, code))
    return next(same, None)


def _note(session: Session, package_id: int, state: str, words: Mapping[str, Any]) -> None:
    """Keep how far a purchase is, as long as the box waits for it."""
    _, package = held_package(session, package_id, step=None)
    if package.state != PackageState.WEIGHED:
        return
    package.label_state, package.label_words = state, dict(words)
    session.flush()


def _let_stand_for(session: Session, package: Package, code: str, at: datetime) -> None:
    """Let a scan of the label lead to the box. Money is spent by now, so a number that is taken stops nobody.

    Carriers use numbers again after months: the box that left with it before is found by its own number.
    """
    place = package.location_id
    try:
        codes.register(session, code=code, kind=Kind.SHIPMENT, target_id=place, at=at)
    except UnfitCode:
        return
    except CodeTaken as taken:
        if taken.faults[0].sentence == f"codes.taken_by_{Kind.SHIPMENT}":
            codes.withdraw(session, code=code)
            codes.register(session, code=code, kind=Kind.SHIPMENT, target_id=place, at=at)
