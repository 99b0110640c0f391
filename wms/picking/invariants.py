"""What must always hold of picking: tasks, moves, lines and totes tell the same story."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.invariants import Invariant, Row, never
from wms.picking.lifecycle import LIVE, RUN, TASK
from wms.picking.tables import PickAct, PickTask
from wms.stock.tables import StockMove


def _listed(*words: str) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))


_LIVE = _listed(*(state.value for state in LIVE))
_RUN_ENDS = _listed(*(state.value for state in RUN.ends))
_RUN_STATES = _listed(*(state.value for state in RUN.moves))
_TASK_STATES = _listed(*(state.value for state in TASK.moves))


def uncounted(session: Session) -> Iterator[Row]:
    """Yield tasks whose count is not what the ledger says their worker took and did not take back."""
    taken: dict[int, int] = {}
    acts = session.execute(
        select(PickAct.task_id, PickAct.before)
        .where(PickAct.verb == "take", PickAct.undone_at.is_(None))
        .order_by(PickAct.id)
    )
    for task_id, before in acts.all():
        moved = session.scalars(
            select(StockMove.quantity).where(
                StockMove.id.in_(before["moves"]), StockMove.reason == "pick"
            )
        )
        taken[task_id] = taken.get(task_id, 0) + sum(moved)
    for number, picked in session.execute(
        select(PickTask.id, PickTask.picked).order_by(PickTask.id)
    ):
        if picked != taken.get(number, 0):
            yield {"task": number, "picked": picked, "moved": taken.get(number, 0)}


INVARIANTS = (
    Invariant(
        "picking.tasks_count_their_moves",
        "What a task says is picked is what was moved for it and not taken back.",
        "pick_task",
        uncounted,
    ),
    never(
        "picking.lines_count_their_tasks",
        "What a line says is picked, or missing since, is what its tasks picked.",
        """
        SELECT l.id AS line, l.picked + l.missing AS picked, t.units AS by_tasks FROM fo_line l
        JOIN (
            SELECT fo_line_id, sum(picked) AS units FROM pick_task GROUP BY fo_line_id
        ) AS t ON t.fo_line_id = l.id
        WHERE l.picked + l.missing <> t.units ORDER BY l.id
        """,
        over="fo_line",
    ),
    never(
        "picking.tasks_add_up",
        "A task that is over says how it ended: all picked, some short, or nothing of it.",
        f"""
        SELECT id AS task, state AS state FROM pick_task
        WHERE state NOT IN ({_TASK_STATES}) OR (state IN ({_LIVE})) <> (ended_at IS NULL)
          OR (state = 'picked' AND (picked <> asked OR short <> 0))
          OR (state = 'short' AND (short = 0 OR picked + short <> asked))
          OR (state = 'cancelled' AND picked + short <> 0)
          OR (state IN ({_LIVE}) AND (short <> 0 OR picked = asked))
        ORDER BY id
        """,  # noqa: S608 - our own words
        over="pick_task",
    ),
    never(
        "picking.no_task_outlives_its_trip",
        "A trip that is over has no task that somebody still has to work on.",
        f"""
        SELECT t.id AS task, r.number AS run FROM pick_task t JOIN pick_run r ON r.id = t.run_id
        WHERE r.state IN ({_RUN_ENDS}) AND t.state IN ({_LIVE}) ORDER BY t.id
        """,  # noqa: S608 - our own words
        over="pick_run",
    ),
    never(
        "picking.trips_are_somebodys_or_nobodys",
        "A trip in somebody's hands has a lease that ends, one that waits is nobody's.",
        f"""
        SELECT id AS run, number AS number FROM pick_run
        WHERE state NOT IN ({_RUN_STATES})
          OR (state = 'assigned') <> (lease_until IS NOT NULL)
          OR (state = 'assigned' AND worker_id IS NULL)
          OR (state = 'queued' AND worker_id IS NOT NULL)
          OR (state IN ({_RUN_ENDS})) <> (ended_at IS NOT NULL)
        ORDER BY id
        """,  # noqa: S608 - our own words
        over="pick_run",
    ),
    never(
        "picking.tasks_take_what_is_promised",
        "A task takes its item and lot from the place that its promise names.",
        """
        SELECT t.id AS task, b.id AS balance FROM pick_task t
        JOIN allocation a ON a.id = t.allocation_id
        LEFT JOIN stock_balance b ON b.id = a.balance_id
        WHERE b.id IS NULL OR b.location_id <> t.location_id OR b.item_id <> t.item_id
          OR b.lot_id <> t.lot_id
        ORDER BY t.id
        """,
        over="pick_task",
    ),
    never(
        "picking.bound_totes_are_in_use",
        "A tote that is bound to a trip is a tote of its warehouse, and not free.",
        """
        SELECT b.id AS binding, l.code AS tote FROM tote_binding b
        JOIN pick_run r ON r.id = b.run_id JOIN location l ON l.id = b.tote_id
        LEFT JOIN lpn p ON p.location_id = b.tote_id
        WHERE b.ended_at IS NULL AND (
            p.location_id IS NULL OR p.kind <> 'tote' OR p.state IN ('free', 'retired')
            OR l.warehouse_id <> r.warehouse_id)
        ORDER BY b.id
        """,
        over="tote_binding",
    ),
    never(
        "picking.totes_hold_what_they_are_for",
        "What lies in a bound tote was to be picked for the order, or the trip, that it is bound to.",
        """
        SELECT b.id AS binding, s.item_id AS item FROM tote_binding b
        JOIN stock_balance s ON s.location_id = b.tote_id AND s.quantity > 0
        WHERE b.ended_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM pick_task t WHERE t.item_id = s.item_id
              AND (t.fo_id = b.fo_id OR (b.fo_id IS NULL AND t.run_id = b.run_id)))
        ORDER BY b.id, s.item_id
        """,
        over="tote_binding",
    ),
)
