"""The wave board: each wave with what its orders add up to, how far its work is, and who is on it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Warehouse
from wms.desk.forecast import Forecast, forecast, left_of
from wms.people.queries import names
from wms.picking.queries import Progress, progress_of_waves
from wms.picking.tables import PickRun
from wms.waves import queries as waves
from wms.waves.plan import Plan
from wms.waves.tables import Wave

LANES: Mapping[str, tuple[str, ...]] = {
    "draft": ("draft", "planned"),
    "released": ("released",),
    "picking": ("picking",),
    "picked": ("picked",),
    "closed": ("closed",),
}
"""The columns of the board, and which states stand in each."""


@dataclass(frozen=True)
class Card:
    """One wave on the board."""

    wave: Wave
    plan: Plan
    orders: int
    lines: int
    units: int
    carriers: tuple[str, ...]
    ship_by: datetime | None
    progress: Progress
    pickers: tuple[str, ...]
    forecast: Forecast | None
    """Until everything is picked; None where nothing is left to pick."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """How its runs are picked."""
        return tuple(dict.fromkeys(run.kind.value for run in self.plan.runs))


@dataclass(frozen=True)
class Board:
    """The waves by column, the most urgent first; of those that are closed, the ones of today."""

    lanes: Mapping[str, Sequence[Card]]

    @property
    def in_motion(self) -> list[Card]:
        """Every wave that is not over."""
        return [card for name, lane in self.lanes.items() if name != "closed" for card in lane]

    @property
    def late(self) -> int:
        """How many will miss their truck."""
        return sum(1 for card in self.in_motion if card.forecast and card.forecast.is_late)


def board(session: Session, warehouse: Warehouse, at: datetime) -> Board:
    """Return the waves of a warehouse as they stand now."""
    midnight = datetime.combine(
        at.astimezone(ZoneInfo(warehouse.time_zone)), time(), ZoneInfo(warehouse.time_zone)
    )
    closed = select(Wave).where(
        Wave.warehouse_id == warehouse.id, Wave.state == "closed", Wave.ended_at >= midnight
    )
    found = [
        *waves.in_motion(session, warehouse.id),
        *session.scalars(closed.order_by(Wave.ended_at.desc())),
    ]
    told = cards(session, found, at)
    return Board(
        {lane: [card for card in told if card.wave.state in LANES[lane]] for lane in LANES}
    )


def cards(session: Session, found: Sequence[Wave], at: datetime) -> list[Card]:
    """Return these waves with their figures, the most urgent first; those that are over stay as they come."""
    numbers = [wave.id for wave in found]
    sums, progress = waves.sums(session, numbers), progress_of_waves(session, numbers)
    pickers = _pickers(session, numbers)
    made = [
        _card(
            wave,
            sums.get(wave.id, waves.WaveRow()),
            progress.get(wave.id, Progress()),
            pickers.get(wave.id, ()),
            at,
        )
        for wave in found
    ]
    return sorted(made, key=urgency)


def _card(
    wave: Wave, row: waves.WaveRow, progress: Progress, pickers: tuple[str, ...], at: datetime
) -> Card:
    plan = waves.plan_of(wave)
    left_s = left_of(plan.seconds, done=progress.done, of=progress.tasks)
    open_still = wave.state in {"planned", "released", "picking"}
    expected = forecast(left_s=left_s, pickers=len(pickers), ship_by=row.ship_by, at=at)
    return Card(
        wave=wave,
        plan=plan,
        orders=row.orders,
        lines=row.lines,
        units=row.units,
        carriers=row.carriers,
        ship_by=row.ship_by,
        progress=progress,
        pickers=pickers,
        forecast=expected if open_still else None,
    )


def urgency(card: Card) -> tuple[bool, float, int]:
    """Return by what waves are sorted: what must be out first, then what never must; what is over comes last."""
    if card.wave.ended_at is not None:
        return True, -card.wave.ended_at.timestamp(), card.wave.id
    return False, card.ship_by.timestamp() if card.ship_by else float("inf"), card.wave.id


def _pickers(session: Session, wave_ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """Return by wave who is on one of its runs now."""
    query = select(PickRun.wave_id, PickRun.worker_id).where(
        PickRun.wave_id.in_(wave_ids), PickRun.worker_id.is_not(None), PickRun.ended_at.is_(None)
    )
    found_rows = session.execute(query.order_by(PickRun.id))
    rows = [(wave_id, worker_id or 0) for wave_id, worker_id in found_rows]
    known = names(session, {worker_id for _, worker_id in rows})
    found: dict[int, list[str]] = {}
    for wave_id, worker_id in rows:
        found.setdefault(wave_id, []).append(known.get(worker_id, "–"))
    return {wave_id: tuple(dict.fromkeys(people)) for wave_id, people in found.items()}
