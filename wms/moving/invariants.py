"""What must always hold of moves that somebody still has to do."""

from wms.kernel.invariants import Invariant, never
from wms.moving.lifecycle import LIFECYCLE, OVER


def _of_moves(name: str, says: str, sql: str) -> Invariant:
    return never(f"moving.{name}", says, sql, over="move_task")


_STATES = ", ".join(f"'{state.value}'" for state in LIFECYCLE.moves)
_ENDS = ", ".join(f"'{state.value}'" for state in sorted(OVER))

INVARIANTS = (
    _of_moves(
        "moves_are_in_a_known_state",
        "A move waits, is somebody's, in hand, or over, and then it says since when.",
        f"""
        SELECT id AS move_task, state AS state FROM move_task
        WHERE state NOT IN ({_STATES}) OR (state IN ({_ENDS})) <> (ended_at IS NOT NULL) ORDER BY id
        """,  # noqa: S608 - our own words
    ),
    _of_moves(
        "moves_in_work_are_somebodys",
        "A move that somebody does says who; one that waits is nobody's.",
        """
        SELECT id AS move_task, state AS state FROM move_task
        WHERE (state IN ('assigned', 'in_hand') AND worker_id IS NULL)
          OR (state = 'queued' AND worker_id IS NOT NULL) ORDER BY id
        """,
    ),
    _of_moves(
        "moves_are_done_by_people_of_the_house",
        "Whoever does a move is somebody that the house knows.",
        """
        SELECT t.id AS move_task, t.worker_id AS worker FROM move_task t
        LEFT JOIN user_account u ON u.id = t.worker_id
        WHERE t.worker_id IS NOT NULL AND u.id IS NULL ORDER BY t.id
        """,
    ),
    _of_moves(
        "moves_carry_no_more_than_was_asked",
        "Nobody lifts more than was asked for or puts down more than was lifted.",
        """
        SELECT id AS move_task, asked AS asked, lifted AS lifted, moved AS moved FROM move_task
        WHERE asked < 1 OR lifted < 0 OR lifted > asked OR moved < 0 OR moved > lifted
          OR (moved > 0 AND state <> 'done') OR (state = 'in_hand' AND lifted = 0)
          OR (state IN ('queued', 'assigned') AND lifted <> 0)
        ORDER BY id
        """,
    ),
    _of_moves(
        "moves_stay_in_their_warehouse",
        "A move goes from a place of its warehouse to another place of it.",
        """
        SELECT t.id AS move_task, s.code AS source FROM move_task t
        JOIN location s ON s.id = t.source_id LEFT JOIN location d ON d.id = t.target_id
        WHERE s.warehouse_id <> t.warehouse_id OR d.warehouse_id <> t.warehouse_id
        ORDER BY t.id
        """,
    ),
    _of_moves(
        "what_is_in_hand_is_in_hands",
        "Whoever has units in hand holds at least as many of them by the ledger.",
        """
        SELECT min(t.id) AS move_task, t.worker_id AS worker, sum(t.lifted) AS lifted,
            (SELECT coalesce(sum(b.quantity), 0) FROM stock_balance b
             JOIN location l ON l.id = b.location_id
             WHERE l.kind = 'person' AND l.warehouse_id = t.warehouse_id
               AND l.code = 'USER:' || CAST(t.worker_id AS VARCHAR(20))
               AND b.item_id = t.item_id AND b.lot_id = t.lot_id AND b.serial_id = t.serial_id
               AND b.status = t.status) AS held
        FROM move_task t WHERE t.state = 'in_hand'
        GROUP BY t.worker_id, t.warehouse_id, t.item_id, t.lot_id, t.serial_id, t.status
        HAVING sum(t.lifted) > (SELECT coalesce(sum(b.quantity), 0) FROM stock_balance b
             JOIN location l ON l.id = b.location_id
             WHERE l.kind = 'person' AND l.warehouse_id = t.warehouse_id
               AND l.code = 'USER:' || CAST(t.worker_id AS VARCHAR(20))
               AND b.item_id = t.item_id AND b.lot_id = t.lot_id AND b.serial_id = t.serial_id
               AND b.status = t.status)
        ORDER BY 1
        """,
    ),
)
