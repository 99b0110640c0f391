"""Taking moves back: the ledger keeps the move and its reversal, and the units go the way back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.refusal import Refusal
from wms.stock.actions.posting import post
from wms.stock.actions.returned import see_no_grade
from wms.stock.actions.shortfalls import NotEnoughStock, PromisedElsewhere
from wms.stock.moves import Move, Reason, StockStatus
from wms.stock.queries import UnknownMove
from wms.stock.tables import StockMove


class AlreadyReversed(Refusal):
    """The move was taken back before."""

    sentence = "stock.already_reversed"


class CannotReverse(Refusal):
    """What was moved is no longer where it went, or is promised to somebody there."""

    sentence = "stock.cannot_reverse"


class PromisedSince(CannotReverse):
    """The units are free where they lie, but the house has promised as many of the item elsewhere."""

    sentence = "stock.cannot_reverse_promised"


def reverse(
    session: Session, move_ids: Sequence[int], *, note: str = "", by: int, at: datetime
) -> list[int]:
    """Take moves back, all or none; returns the numbers of the moves that do so.

    Promises that a move fulfilled are not made again. Raises UnknownMove, AlreadyReversed, CannotReverse where the
    units went on since, or GradedOnTheReturn where a grade that was taken back would be given again.
    """
    moves = session.scalars(
        select(StockMove).where(StockMove.id.in_(set(move_ids))).order_by(StockMove.id.desc())
    ).all()
    for unknown in sorted(set(move_ids) - {move.id for move in moves}):
        raise UnknownMove(id=unknown)
    _refuse_twice(session, moves)
    for move in moves:
        if move.reverses_id is not None:
            see_no_grade(StockStatus(move.status_from), StockStatus(move.status_to))
    try:
        return post(session, [_back(move, note) for move in moves], by=by, at=at)
    except PromisedElsewhere as no:
        raise PromisedSince(**no.values) from None
    except NotEnoughStock as no:
        raise CannotReverse(**no.values) from None


def reverse_command(
    session: Session, command_uid: UUID, *, note: str = "", by: int, at: datetime
) -> list[int]:
    """Take back all moves of one act; raises as `reverse` does."""
    moves = session.scalars(select(StockMove.id).where(StockMove.command_uid == command_uid)).all()
    if not moves:
        raise UnknownMove(id=str(command_uid))
    return reverse(session, moves, note=note, by=by, at=at)


def _refuse_twice(session: Session, moves: Sequence[StockMove]) -> None:
    # Two people who take the same move back at once meet at the unique key; the slower one runs again and ends here.
    numbers = [move.id for move in moves]
    done = session.execute(
        select(StockMove.reverses_id, StockMove.id).where(StockMove.reverses_id.in_(numbers))
    ).first()
    if done:
        raise AlreadyReversed(id=done[0], by_id=done[1])


def _back(move: StockMove, note: str) -> Move:
    return Move(
        item_id=move.item_id,
        source_id=move.target_id,
        target_id=move.source_id,
        quantity=move.quantity,
        reason=Reason.REVERSAL,
        lot_id=move.lot_id,
        serial_id=move.serial_id,
        status_from=StockStatus(move.status_to),
        status_to=StockStatus(move.status_from),
        reference=move.reference,
        note=note,
        reverses_id=move.id,
    )
