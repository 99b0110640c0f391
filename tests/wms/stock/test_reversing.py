"""Taking moves back."""

import pytest
from sqlalchemy import select

from tests.kit import NOON, TESTER, an_item, broken, done, held, promisable, shelve
from wms.kernel.commands import command
from wms.stock.actions import AlreadyReversed, CannotReverse, post, reverse, reverse_command
from wms.stock.moves import Move, Reason, StockStatus
from wms.stock.queries import UnknownMove
from wms.stock.tables import StockMove


def move(database, *moves):
    return done(database, lambda session: post(session, moves, by=TESTER, at=NOON))


def back(database, *numbers, note="wrong bin"):
    return done(database, lambda session: reverse(session, numbers, note=note, by=TESTER, at=NOON))


def test_a_move_taken_back_leaves_two_rows_and_everything_as_it_was(
    database, here, mug, upper, lower
):
    shelve(database, mug, upper, 5)
    [number] = move(database, Move(mug, upper, lower, 2, Reason.PUTAWAY, reference="PO 7"))

    [undo] = back(database, number)

    with database.read() as session:
        row = session.get(StockMove, undo)
    assert (row.source_id, row.target_id, row.quantity) == (lower, upper, 2)
    assert (row.reason, row.reference, row.note, row.reverses_id) == (
        "reversal",
        "PO 7",
        "wrong bin",
        number,
    )
    assert (held(database, upper, mug), held(database, lower, mug)) == (5, 0)
    assert broken(database) == []


def test_a_change_of_status_is_taken_back_too(database, here, mug, upper):
    shelve(database, mug, upper, 5)
    [number] = move(
        database, Move(mug, upper, upper, 2, Reason.STATUS, status_to=StockStatus.DAMAGED)
    )

    back(database, number)

    assert promisable(database, here, mug) == (5, 0, 0)


def test_a_move_is_taken_back_once(database, here, mug, upper, lower):
    shelve(database, mug, upper, 5)
    [number] = move(database, Move(mug, upper, lower, 2, Reason.MOVE))
    [undo] = back(database, number)

    with pytest.raises(AlreadyReversed) as no:
        back(database, number)

    assert no.value.values == {"id": number, "by_id": undo}


def test_what_went_on_since_cannot_be_taken_back_from_where_it_is_not(
    database, here, mug, upper, lower
):
    shelve(database, mug, upper, 5)
    [number] = move(database, Move(mug, upper, lower, 2, Reason.MOVE))
    move(database, Move(mug, lower, upper, 1, Reason.MOVE))

    with pytest.raises(CannotReverse) as no:
        back(database, number)

    assert (no.value.values["place"], no.value.values["held"]) == ("A-02", 1)
    assert held(database, lower, mug) == 1


def test_an_act_of_many_moves_is_taken_back_whole_or_not_at_all(database, here, mug, upper, lower):
    cup = an_item(database, "CUP")
    shelve(database, mug, upper, 5)
    shelve(database, cup, upper, 5)
    moves = [
        Move(mug, upper, lower, 2, Reason.MOVE),
        Move(cup, upper, lower, 2, Reason.MOVE),
    ]
    act = command("test.move", by=TESTER, at=NOON)
    database.write(act, lambda session: post(session, moves, by=TESTER, at=NOON))

    undone = done(database, lambda session: reverse_command(session, act.uid, by=TESTER, at=NOON))

    assert len(undone) == 2
    assert (held(database, upper, mug), held(database, upper, cup)) == (5, 5)


def test_a_move_nobody_knows_cannot_be_taken_back(database, here):
    with pytest.raises(UnknownMove):
        back(database, 4711)


def test_taking_back_can_be_taken_back(database, here, mug, upper, lower):
    shelve(database, mug, upper, 5)
    first = move(database, Move(mug, upper, lower, 2, Reason.MOVE))
    undo = back(database, *first)

    redo = back(database, *undo, note="was right after all")

    with database.read() as session:
        rows = session.scalars(select(StockMove.reverses_id).order_by(StockMove.id)).all()
    assert rows == [None, None, *first, *undo]
    assert len(redo) == 1
    assert held(database, lower, mug) == 2
