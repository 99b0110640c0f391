"""The acts of packing, as others call them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.kernel.refusal import Refusal, Wrong
from wms.moving.events import MoveTaskEnded
from wms.orders.events import FulfillmentRevoked
from wms.packing.tables import Package


class OrderStopped(Refusal):
    """The order was cancelled (`why` cancelled), or is held (`why` held, `hold` its kind)."""

    sentence = "packing.order_stopped"


class NotInTote(Refusal):
    """The tote holds fewer such units for the line than that."""

    sentence = "packing.not_in_tote"


class OtherOrder(Refusal):
    """The line belongs to another fulfillment order than the box."""

    sentence = "packing.other_order"


class NothingIn(Refusal):
    """The box is empty: there is nothing to close."""

    sentence = "packing.nothing_in"


class BoxNotEmpty(Refusal):
    """Units are in the box: they go back into a tote first."""

    sentence = "packing.box_not_empty"


class LabelInTheWay(Refusal):
    """A label was asked or paid for: it is voided first (`state` of the label says how far it is)."""

    sentence = "packing.label_in_the_way"


class WrongWeight(Wrong):
    """No box weighs that."""

    sentence = "packing.wrong_weight"


class WeightOff(Refusal):
    """The weight is outside tolerance: `grams` more (below zero: less) than `expected`; a lead may say it is right."""

    sentence = "packing.weight_off"


class NothingToUndo(Refusal):
    """There is nothing that could be taken back any more."""

    sentence = "packing.nothing_to_undo"


class CannotUndo(Refusal):
    """What was done went on since: a label was asked for, the tote is somebody else's, the order stopped."""

    sentence = "packing.cannot_undo"


@dataclass(frozen=True)
class Undone:
    """What was taken back."""

    verb: str
    """open, put_in, take_out, close, reopen, weigh, stage, recall."""
    fo_id: int
    package_id: int | None
    tote_id: int | None


def open_package(
    session: Session, *, fo_id: int, station_id: int | None, by: int, at: datetime
) -> Package:
    """Open a box for a fulfillment order; the first one starts its packing. Raises OrderStopped, NotNow."""
    raise NotImplementedError


def put_in(
    session: Session,
    *,
    package_id: int,
    tote_id: int,
    fo_line_id: int,
    item_id: int,
    lot_id: int,
    serial_id: int,
    quantity: int,
    by: int,
    at: datetime,
) -> Package:
    """Move units from a tote into an open box. Raises OrderStopped, OtherOrder, NotInTote, NotNow, NotEnoughStock."""
    raise NotImplementedError


def take_out(
    session: Session,
    *,
    package_id: int,
    tote_id: int,
    fo_line_id: int,
    item_id: int,
    lot_id: int,
    serial_id: int,
    quantity: int,
    by: int,
    at: datetime,
) -> Package:
    """Move units from an open box back into the open tote they came out of. Raises OrderStopped, NotInTote, NotNow."""
    raise NotImplementedError


def empty(session: Session, *, package_id: int, by: int, at: datetime) -> Package:
    """Move everything in an open box back into the open totes it came from, unit for unit as `take_out` does."""
    raise NotImplementedError


def close(session: Session, *, package_id: int, box_type_id: int, by: int, at: datetime) -> Package:
    """Close a box of that type. Raises OrderStopped, NothingIn, NoSuchBoxType, NotNow."""
    raise NotImplementedError


def reopen(session: Session, *, package_id: int, by: int, at: datetime) -> Package:
    """Open a closed or weighed box again. Raises LabelInTheWay, NotNow."""
    raise NotImplementedError


def void(session: Session, *, package_id: int, by: int, at: datetime) -> Package:
    """Give an open, empty box up. Raises BoxNotEmpty, NotNow."""
    raise NotImplementedError


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

    Outside tolerance it takes a lead's `override_reason`. Raises OrderStopped, WrongWeight, WeightOff, Forbidden.
    """
    raise NotImplementedError


def photo(session: Session, *, package_id: int, picture: str, by: int, at: datetime) -> Package:
    """Keep the name of the picture that was taken of the open box."""
    raise NotImplementedError


def stage(session: Session, *, package_id: int, by: int, at: datetime) -> Package:
    """Note that its label was seen on the box, which confirms the print; from now on it waits in its lane."""
    raise NotImplementedError


def recall(session: Session, *, package_id: int, by: int, at: datetime) -> Package:
    """Take a staged box back to the bench. Raises NotNow."""
    raise NotImplementedError


def hand_over(session: Session, *, package_id: int, by: int, at: datetime) -> Package:
    """Note that a staged box left the house; the last one ships its fulfillment order. Raises OrderStopped, NotNow."""
    raise NotImplementedError


def label_asked(
    session: Session, *, package_id: int, words: Mapping[str, Any], by: int, at: datetime
) -> None:
    """Note that a label is being had for a weighed box."""
    raise NotImplementedError


def label_in_doubt(
    session: Session, *, package_id: int, words: Mapping[str, Any], by: int, at: datetime
) -> None:
    """Note that nobody knows yet whether the label was bought."""
    raise NotImplementedError


def label_refused(
    session: Session, *, package_id: int, words: Mapping[str, Any], by: int, at: datetime
) -> None:
    """Note that no label was bought, and why: `words["why"]`."""
    raise NotImplementedError


def label_wanted_typed(
    session: Session, *, package_id: int, words: Mapping[str, Any], by: int, at: datetime
) -> None:
    """Note that the number of a label that is had elsewhere is to be typed or scanned."""
    raise NotImplementedError


def label_bought(
    session: Session,
    *,
    package_id: int,
    code: str,
    carrier: str,
    words: Mapping[str, Any],
    by: int,
    at: datetime,
) -> None:
    """Note that a weighed box has a label, and what its barcode says. Raises NotNow, codes' CodeTaken."""
    raise NotImplementedError


def label_voided(session: Session, *, package_id: int, by: int, at: datetime) -> None:
    """Note that its label does not count any more: the box is only weighed. Nothing happens where it has none."""
    raise NotImplementedError


def number_typed(session: Session, *, package_id: int, number: str, by: int, at: datetime) -> None:
    """Tell shipping the number of a label that was had elsewhere. Raises OrderStopped, NotNow."""
    raise NotImplementedError


def missing(
    session: Session,
    *,
    fo_line_id: int,
    tote_id: int,
    item_id: int,
    lot_id: int,
    serial_id: int,
    quantity: int,
    by: int,
    at: datetime,
) -> None:
    """Say that units which the tote should hold are not in it: they are lost, and the order gets others later.

    Cannot be undone. Raises OrderStopped, NotInTote.
    """
    raise NotImplementedError


def give_back(session: Session, *, fo_id: int, tote_id: int, by: int, at: datetime) -> int:
    """Put everything a cancelled order has in boxes at the bench into a tote; returns how many units.

    Its boxes are void then, and the units are put back into bins from the tote. Raises NotNow.
    """
    raise NotImplementedError


def undo(session: Session, *, by: int, at: datetime) -> Undone:
    """Take back what somebody did last at a bench, ten deep. Raises NothingToUndo, CannotUndo."""
    raise NotImplementedError


def stop_cancelled(session: Session, fact: FulfillmentRevoked, by: int, at: datetime) -> None:
    """React to a cancelled order: let go of it at once where nothing is in a box."""
    raise NotImplementedError


def settle_when_back(session: Session, fact: MoveTaskEnded, by: int, at: datetime) -> None:
    """React to units that were put back: let go of a cancelled order when its last box is empty."""
    raise NotImplementedError
