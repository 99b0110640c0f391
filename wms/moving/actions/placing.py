"""Where units go: what the house suggests, and what a place says to it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.bins.places import FIXED
from wms.bins.tables import Location
from wms.kernel.decisions import decide
from wms.kernel.refusal import Refusal
from wms.moving.rooms import load_of, rooms, rooms_for
from wms.moving.rules import SUGGEST, Misfit, misfit
from wms.moving.tables import MoveTask


class NoPlaceToPut(Refusal):
    """Nobody puts goods down there for good."""

    sentence = "moving.no_place_to_put"


class PlaceFull(Refusal):
    """Fewer units fit than are in hand."""

    sentence = "moving.place_full"


class PlaceTooWeak(Refusal):
    """The place carries less than the units weigh."""

    sentence = "moving.place_too_weak"


class OneItemOnly(Refusal):
    """The place is for one item, and another lies there."""

    sentence = "moving.one_item_only"


class OneLotOnly(Refusal):
    """The place is for one lot, and another lies there."""

    sentence = "moving.one_lot_only"


REFUSALS: Mapping[Misfit, type[Refusal]] = {
    Misfit.FULL: PlaceFull,
    Misfit.TOO_HEAVY: PlaceTooWeak,
    Misfit.ONE_ITEM: OneItemOnly,
    Misfit.ONE_LOT: OneLotOnly,
}


def fits(session: Session, task: MoveTask, location_id: int) -> None:
    """Raise the refusal that says why units in hand cannot be put down there."""
    place = session.get(Location, location_id)
    is_meant = location_id == task.target_id
    if place is None or place.archived_at is not None or not (place.kind in FIXED or is_meant):
        raise NoPlaceToPut(place=place.code if place else str(location_id))
    room = rooms(session, task, [location_id])[location_id]
    if wrong := misfit(load_of(session, task, task.lifted), room):
        raise REFUSALS[wrong](place=place.code, free=room["units_free"])


def suggest(
    session: Session,
    task: MoveTask,
    *,
    but: Collection[int] = (),
    by: int,
    at: datetime,
) -> int | None:
    """Choose where the units in hand go best, and keep why; None where no bin takes them."""
    inputs: dict[str, Any] = {
        "load": load_of(session, task, task.lifted),
        "rooms": rooms_for(session, task, but),
    }
    choice = decide(session, SUGGEST, inputs, subject="move_task", subject_id=task.id, by=by, at=at)
    took: int | None = choice["took"]
    return took


def aim(session: Session, task: MoveTask, *, by: int, at: datetime) -> None:
    """Make sure that there is somewhere to go: what was meant, if it takes the units, else what is suggested."""
    if task.target_id is not None:
        room = rooms(session, task, [task.target_id])[task.target_id]
        if misfit(load_of(session, task, task.lifted), room) is None:
            return
    task.target_id = suggest(session, task, by=by, at=at)
