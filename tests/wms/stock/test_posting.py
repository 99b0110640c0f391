"""Posting moves: the ledger, the balances and what can be promised change together or not at all."""

import pytest
from sqlalchemy import select

from tests.kit import (
    NOON,
    TESTER,
    a_bin,
    a_lot,
    a_place,
    a_serial,
    a_warehouse,
    an_item,
    broken,
    done,
    held,
    outside,
    promisable,
    shelve,
)
from wms.bins import actions as bins
from wms.bins.places import Kind, Outside
from wms.catalog.tables import Item
from wms.kernel.refusal import Wrong
from wms.stock.actions import NotEnoughStock, SerialElsewhere, post
from wms.stock.moves import Move, Reason, StockStatus
from wms.stock.tables import StockMove


def move(database, *moves):
    return done(database, lambda session: post(session, moves, by=TESTER, at=NOON))


def test_what_arrives_in_a_bin_lies_there_and_can_be_promised(database, here, mug, upper):
    shelve(database, mug, upper, 5)

    assert held(database, upper, mug) == 5
    assert promisable(database, here, mug) == (5, 0, 0)


def test_a_move_between_bins_changes_both_and_nothing_to_promise(database, here, mug, upper, lower):
    shelve(database, mug, upper, 5)

    move(database, Move(mug, upper, lower, 2, Reason.MOVE))

    assert (held(database, upper, mug), held(database, lower, mug)) == (3, 2)
    assert promisable(database, here, mug) == (5, 0, 0)


def test_what_lies_on_a_dock_cannot_be_promised_until_it_is_put_away(database, here, mug, upper):
    dock = a_place(database, here, "DOCK-1", Kind.DOCK)
    shelve(database, mug, dock, 5)
    before = promisable(database, here, mug)

    move(database, Move(mug, dock, upper, 4, Reason.PUTAWAY))

    assert before == (0, 0, 0)
    assert promisable(database, here, mug) == (4, 0, 0)


def test_taking_more_than_the_bin_holds_is_refused_and_says_how_much_there_is(
    database, here, mug, upper, lower
):
    shelve(database, mug, upper, 2)

    with pytest.raises(NotEnoughStock) as no:
        move(database, Move(mug, upper, lower, 6, Reason.MOVE))

    assert no.value.sentence == "stock.not_enough"
    assert no.value.values["held"] == 2
    assert no.value.values["quantity"] == 6
    assert (no.value.values["place"], no.value.values["sku"]) == ("A-01", "MUG")
    assert (held(database, upper, mug), held(database, lower, mug)) == (2, 0)


def test_of_several_moves_that_do_not_all_fit_none_is_done_and_the_right_one_is_named(
    database, here, mug, upper, lower
):
    cup = an_item(database, "CUP")
    shelve(database, mug, upper, 5)
    shelve(database, cup, upper, 1)

    with pytest.raises(NotEnoughStock) as no:
        move(
            database,
            Move(mug, upper, lower, 4, Reason.MOVE),
            Move(cup, upper, lower, 2, Reason.MOVE),
        )

    assert no.value.values["sku"] == "CUP"
    assert (held(database, upper, mug), held(database, upper, cup)) == (5, 1)


def test_units_may_pass_through_a_bin_in_one_act(database, here, mug, upper, lower):
    supplier = outside(database, here)

    move(
        database,
        Move(mug, supplier, upper, 3, Reason.FOUND),
        Move(mug, upper, lower, 3, Reason.PICK),
    )

    assert (held(database, upper, mug), held(database, lower, mug)) == (0, 3)


def test_held_units_leave_what_can_be_promised_and_come_back(database, here, mug, upper):
    shelve(database, mug, upper, 5)

    move(database, Move(mug, upper, upper, 2, Reason.STATUS, status_to=StockStatus.HELD))
    between = promisable(database, here, mug)
    move(
        database,
        Move(
            mug,
            upper,
            upper,
            2,
            Reason.STATUS,
            status_from=StockStatus.HELD,
            status_to=StockStatus.AVAILABLE,
        ),
    )

    assert between == (3, 0, 0)
    assert promisable(database, here, mug) == (5, 0, 0)
    assert (held(database, upper, mug), held(database, upper, mug, "held")) == (5, 0)


def test_outside_places_keep_no_balance(database, here, mug, upper):
    customer = outside(database, here, Outside.CUSTOMER)
    shelve(database, mug, upper, 5)

    move(database, Move(mug, upper, customer, 5, Reason.SHIP))

    assert held(database, customer, mug) == 0
    assert promisable(database, here, mug) == (0, 0, 0)


def test_the_lines_of_one_command_are_numbered_through(database, here, mug, upper, lower):
    shelve(database, mug, upper, 5)

    def twice(session):
        first = post(session, [Move(mug, upper, lower, 1, Reason.MOVE)] * 2, by=TESTER, at=NOON)
        return first + post(session, [Move(mug, upper, lower, 1, Reason.MOVE)], by=TESTER, at=NOON)

    numbers = done(database, twice)

    with database.read() as session:
        lines = session.execute(
            select(StockMove.id, StockMove.line)
            .where(StockMove.id.in_(numbers))
            .order_by(StockMove.id)
        ).all()
    assert [tuple(row) for row in lines] == list(zip(numbers, [0, 1, 2], strict=True))


def test_moves_that_do_not_hold_together_are_told_by_line_and_field(database, here, mug, upper):
    there = a_bin(database, a_warehouse(database, "RNO"), "R-01")

    with pytest.raises(Wrong) as no:
        move(
            database,
            Move(mug, upper, upper, 1, Reason.MOVE),
            Move(99, upper, there, 0, Reason.MOVE),
        )

    assert [(fault.where, fault.sentence) for fault in no.value.faults] == [
        ("lines.0.target_id", "stock.stays"),
        ("lines.1.item_id", "stock.unknown_item"),
        ("lines.1.quantity", "stock.no_units"),
        ("lines.1.target_id", "stock.other_warehouse"),
    ]


def test_goods_with_lots_come_in_with_one_of_their_own(database, here, upper):
    milk = an_item(database, "MILK", tracks_lots=True)
    lot = a_lot(database, an_item(database, "CREAM", tracks_lots=True))

    for wrong, sentence in ((0, "stock.lot_wanted"), (lot, "stock.other_lot")):
        with pytest.raises(Wrong) as no:
            shelve(database, milk, upper, 1, lot_id=wrong)
        assert [fault.sentence for fault in no.value.faults] == [sentence]


def test_goods_from_before_lots_were_kept_may_still_leave(database, here, mug, upper, lower):
    shelve(database, mug, upper, 2)
    done(database, lambda session: setattr(session.get(Item, mug), "tracks_lots", True))

    move(database, Move(mug, upper, lower, 2, Reason.MOVE))

    assert held(database, lower, mug) == 2


def test_a_single_piece_is_in_one_place_only(database, here, upper, lower):
    drill = an_item(database, "DRILL", tracks_serials=True)
    piece = a_serial(database, drill)
    shelve(database, drill, upper, 1, serial_id=piece)

    with pytest.raises(SerialElsewhere) as no:
        shelve(database, drill, lower, 1, serial_id=piece)
    move(database, Move(drill, upper, lower, 1, Reason.MOVE, serial_id=piece))

    assert no.value.values == {"serial": "S1", "sku": "DRILL", "place": "A-01"}
    assert (held(database, upper, drill), held(database, lower, drill)) == (0, 1)


def test_a_single_piece_is_one_unit(database, here, upper):
    drill = an_item(database, "DRILL", tracks_serials=True)

    with pytest.raises(Wrong) as no:
        shelve(database, drill, upper, 2, serial_id=a_serial(database, drill))

    assert [fault.sentence for fault in no.value.faults] == ["stock.one_of_a_serial"]


def test_nothing_arrives_in_a_place_that_is_no_longer_used(database, here, mug, upper, lower):
    shelve(database, mug, upper, 2)
    done(database, lambda s: bins.archive_location(s, location_id=lower, by=TESTER, at=NOON))

    with pytest.raises(Wrong) as no:
        move(database, Move(mug, upper, lower, 1, Reason.MOVE))

    assert [fault.sentence for fault in no.value.faults] == ["stock.place_archived"]


def test_the_books_balance_after_all_of_it(database, here, mug, upper, lower):
    shelve(database, mug, upper, 5)
    move(database, Move(mug, upper, lower, 2, Reason.MOVE))
    move(database, Move(mug, lower, lower, 1, Reason.STATUS, status_to=StockStatus.DAMAGED))
    move(database, Move(mug, upper, outside(database, here, Outside.CUSTOMER), 1, Reason.SHIP))

    assert broken(database) == []
