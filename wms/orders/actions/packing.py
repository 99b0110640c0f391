"""Counting what was packed, what is missing and what left, as the packers say it."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from wms.kernel.prepared import Prepared
from wms.kernel.refusal import Refusal
from wms.orders.actions.gating import hold_fo
from wms.orders.actions.releasing import involve
from wms.orders.actions.works import move_state
from wms.orders.lifecycle import FoState, FoVerb, OrderState

PACKING = "packing"
"""The party that packs."""

_PACKED = Prepared(
    text("""
    UPDATE fo_line SET packed = packed + :units
    WHERE id = :id AND packed + :units <= picked AND packed + :units >= shipped
    """)
)
_SHIPPED = Prepared(
    text(
        "UPDATE fo_line SET shipped = shipped + :units WHERE id = :id AND shipped + :units <= packed"
    )
)


class NotAllPacked(Refusal):
    """Units of the fulfillment order are in no box yet."""

    sentence = "orders.not_all_packed"


class NotPackedNow(Refusal):
    """Nobody packs the fulfillment order at this moment."""

    sentence = "orders.not_packed_now"


class PartlyGone(Refusal):
    """A part of the fulfillment order left the house already."""

    sentence = "orders.partly_gone"


def start_pack(session: Session, fo_id: int, *, by: int, at: datetime) -> FoState:
    """Note that its first box is opened; from now on packing has it in hand. Raises NotNow where it is not picked."""
    del by
    held = hold_fo(session, fo_id)
    after = move_state(session, fo_id, held.state, FoVerb.START_PACK)
    involve(session, fo_id, PACKING, at=at)
    return after


def undo_start(session: Session, fo_id: int, *, by: int, at: datetime) -> FoState:
    """Take back that packing began: no box of it is left. Raises NotNow, NotSoMany where units are packed."""
    raise NotImplementedError


def packed(session: Session, *, fo_line_id: int, quantity: int, by: int, at: datetime) -> None:
    """Count units as packed. The move into the box is posted by the caller. Raises NotPackedNow, NotSoMany."""
    raise NotImplementedError


def unpacked(session: Session, *, fo_line_id: int, quantity: int, by: int, at: datetime) -> None:
    """Count units as not packed any more; also of what is being taken back. Raises NotPackedNow, NotSoMany."""
    raise NotImplementedError


def all_packed(session: Session, fo_id: int, *, by: int, at: datetime) -> FoState:
    """Note that each unit is in a box that was closed and weighed. Raises NotNow, NotAllPacked."""
    raise NotImplementedError


def reopen_packing(session: Session, fo_id: int, *, by: int, at: datetime) -> FoState:
    """Note that a box of a packed fulfillment order is open again. Raises NotNow, PartlyGone."""
    raise NotImplementedError


def missing_at_packing(
    session: Session, *, fo_line_id: int, quantity: int, by: int, at: datetime
) -> FoState:
    """Count picked units as missing; the caller books them from the tote to LOST. Returns where that leads.

    They become a part of their own that waits for goods, or, where the channel does not ship partly, all waits for
    them. Raises NotPackedNow, NotSoMany.
    """
    raise NotImplementedError


def shipped(session: Session, *, fo_line_id: int, quantity: int, by: int, at: datetime) -> None:
    """Count units as gone with a box; from then on the fulfillment order cannot be revoked. Raises NotSoMany."""
    raise NotImplementedError


def hand_over(session: Session, fo_id: int, *, by: int, at: datetime) -> FoState:
    """Note that its last box left the house. Raises NotNow, NotAllPacked where units did not leave."""
    raise NotImplementedError


def delivered(session: Session, order_id: int, *, by: int, at: datetime) -> OrderState:
    """Note that every parcel of an order arrived; one that is not shipped whole stays as it is."""
    raise NotImplementedError
