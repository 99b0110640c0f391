"""What was put back of a cancelled order is taken up again: the order stays over, and the promises hold."""

from sqlalchemy import select

from wms.moving import actions as moving
from wms.moving.tables import MoveTask


def test_a_put_back_that_is_taken_up_again_ends_its_order_only_once(bench):
    [fo] = bench.pick([("MUG", 2)])
    bench.cancel(fo)
    bench.settle()
    assert bench.put_all_back() == 1
    before = bench.fo_state(fo)

    bench.do(moving.undo_drop)
    bench.settle()
    held = bench.broken(), bench.fo_state(fo)
    with bench.database.read() as session:
        task = session.scalars(select(MoveTask)).one()
    bench.do(moving.drop, move_task_id=task.id, location_id=task.target_id)
    bench.settle()

    assert (before, held, bench.fo_state(fo)) == ("cancelled", ([], "cancelled"), "cancelled")
    assert bench.broken() == []
