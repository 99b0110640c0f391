"""Waves against their trucks: work as bars on a line of time, cut-offs as uprights. Plain figures to be drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

LEFT, RIGHT = 90, 716
"""Where the line of time begins and ends in the picture; names stand before it."""

FIRST, STEP = 38, 25
"""Where the first bar lies, and how far below it the next."""

ROWS = 8
"""Most waves on one picture, the most urgent: more need the board itself."""

LOOK_BACK = timedelta(hours=12)
"""So much of the past is shown: what was released before has a bar that begins at the edge."""

STEPS_H = (1, 2, 3, 6, 12, 24, 72, 168)
MARKS = 7
"""Most times named above: more would touch each other."""


@dataclass(frozen=True)
class Job:
    """A wave as it is drawn: from when to when it is worked on, and until when it must be out."""

    name: str
    starts: datetime
    ends: datetime
    cut_off: datetime | None


@dataclass(frozen=True)
class Bar:
    """One wave: its bar, its cut-off, and whether it comes after it."""

    name: str
    y: int
    x: float
    width: float
    cut_x: float | None
    late: timedelta | None


@dataclass(frozen=True)
class Tape:
    """The whole picture: times above, bars, and now."""

    height: int
    marks: Sequence[tuple[float, datetime]]
    bars: Sequence[Bar]
    now_x: float


def draw(jobs: Sequence[Job], *, at: datetime, zone: ZoneInfo) -> Tape | None:
    """Draw the most urgent jobs; None where there is none."""
    shown = jobs[:ROWS]
    if not shown:
        return None
    starts = max(min(at, *(job.starts for job in shown)), at - LOOK_BACK)
    ends = max(at, *(job.cut_off or job.ends for job in shown), *(job.ends for job in shown))
    step = _step(ends - starts)
    first = _floor(starts.astimezone(zone), step)
    count = max(1, -(-(ends - first) // step))
    last = first + count * step

    def x(moment: datetime) -> float:
        share = max(0.0, (moment - first) / (last - first))  # what was long ago lies on the edge
        return round(LEFT + (RIGHT - LEFT) * share, 1)

    return Tape(
        FIRST + STEP * len(shown),
        [(x(first + n * step), first + n * step) for n in range(count + 1)],
        [_bar(job, FIRST + STEP * n, x) for n, job in enumerate(shown)],
        x(at),
    )


def _bar(job: Job, y: int, x: Callable[[datetime], float]) -> Bar:
    starts, ends = x(job.starts), x(job.ends)
    cut_x = x(job.cut_off) if job.cut_off else None
    late = job.ends - job.cut_off if job.cut_off and job.ends > job.cut_off else None
    return Bar(job.name, y, starts, max(2.0, round(ends - starts, 1)), cut_x, late)


def _step(span: timedelta) -> timedelta:
    """Return how far the times above are apart, so that they do not touch."""
    steps = [timedelta(hours=hours) for hours in STEPS_H]
    return next((step for step in steps if span <= step * (MARKS - 2)), steps[-1])


def _floor(wall: datetime, step: timedelta) -> datetime:
    """Return the last full step of the clock on the wall at or before a moment."""
    midnight = wall.replace(hour=0, minute=0, second=0, microsecond=0)
    within = min(step, timedelta(days=1))
    return midnight + within * ((wall - midnight) // within)
