"""A parcel on its way is asked for when it is silent for long; what is at its end is left alone."""

from datetime import datetime, timedelta

from wms.shipping.actions.rows import NEVER
from wms.shipping.lifecycle import State, Tracking
from wms.shipping.means import Means
from wms.shipping.rules.silence import AGAIN, LOST_AFTER, next_look
from wms.shipping.tables import Shipment

ARRIVED = frozenset({Tracking.DELIVERED, Tracking.RETURNED})
"""Nobody asks after these: what a carrier says of them later, it calls in."""


def heard_of(row: Shipment, *, at: datetime) -> None:
    """Note that something was heard of a parcel that left; where no platform sold its label, none is asked."""
    if row.state != State.HANDED_OVER:
        return
    is_followed = row.means == Means.SHIPPO and row.tracking not in ARRIVED
    wait = next_look(0, _away_for(row, at)) if is_followed else None
    row.tries, row.due_at = 0, NEVER if wait is None else at + wait


def is_silent(row: Shipment, *, at: datetime) -> None:
    """Note that a parcel was asked for and its carrier knew nothing new."""
    row.tries += 1
    wait = next_look(row.tries, _away_for(row, at))
    row.due_at = NEVER if wait is None else at + wait


def was_not_answered(row: Shipment, after: timedelta, *, at: datetime) -> None:
    """Note that the platform did not answer the question for a parcel: it is asked again soon."""
    is_over = _away_for(row, at) > LOST_AFTER
    row.due_at = NEVER if is_over else at + max(after, AGAIN)


def _away_for(row: Shipment, at: datetime) -> timedelta:
    return at - (row.handed_over_at or at)
