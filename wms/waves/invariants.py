"""What must always hold of waves."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.invariants import Invariant, Row, never
from wms.waves.lifecycle import WAVE, WaveState
from wms.waves.plan import Plan
from wms.waves.tables import Wave, WaveMember

_ENDS = ", ".join(f"'{state.value}'" for state in sorted(WAVE.ends))
_OUT = (WaveState.RELEASED, WaveState.PICKING, WaveState.PICKED, WaveState.CLOSED)
_WITH_A_PLAN = ", ".join(f"'{state.value}'" for state in (WaveState.PLANNED, *_OUT))
_ONCE_OUT = ", ".join(f"'{state.value}'" for state in _OUT)


def _plans_are_of_members(session: Session) -> Iterator[Row]:
    """Yield waves with the pickers whose plan speaks of an order that was never in them."""
    out = select(Wave.id, Wave.plan).where(Wave.state.in_(_OUT)).order_by(Wave.id)
    for number, plan in session.execute(out):
        ever = set(session.scalars(select(WaveMember.fo_id).where(WaveMember.wave_id == number)))
        for stranger in sorted(Plan.from_plain(plan).fo_ids - ever):
            yield {"wave": number, "fo": stranger}


INVARIANTS = (
    never(
        "waves.orders_are_in_one_wave",
        "A fulfillment order is in one wave at a time.",
        """
        SELECT fo_id AS fo, count(*) AS waves FROM wave_member WHERE left_at IS NULL
        GROUP BY fo_id HAVING count(*) > 1 ORDER BY fo_id
        """,
        over="wave_member",
    ),
    never(
        "waves.what_is_over_holds_nobody",
        "A wave that is over has no orders in it.",
        f"""
        SELECT w.id AS wave, m.fo_id AS fo FROM wave w JOIN wave_member m ON m.wave_id = w.id
        WHERE w.state IN ({_ENDS}) AND m.left_at IS NULL ORDER BY w.id, m.fo_id
        """,  # noqa: S608 - our own words
        over="wave_member",
    ),
    never(
        "waves.what_goes_on_has_orders",
        "A wave that is not over and not in mid-pick has an order in it.",
        f"""
        SELECT w.id AS wave, w.state AS state FROM wave w
        LEFT JOIN wave_member m ON m.wave_id = w.id AND m.left_at IS NULL
        WHERE w.state NOT IN ({_ENDS}, 'picking') AND m.fo_id IS NULL ORDER BY w.id
        """,  # noqa: S608 - our own words
        over="wave",
    ),
    never(
        "waves.states_have_their_times",
        "A wave was planned before it was released, released before it was picked, and is over since a moment.",
        f"""
        SELECT id AS wave, state AS state FROM wave
        WHERE (state IN ({_WITH_A_PLAN}) AND (plan_version = 0 OR planned_at IS NULL))
           OR (state IN ({_ONCE_OUT}) AND released_at IS NULL)
           OR ((state IN ({_ENDS})) <> (ended_at IS NOT NULL))
        ORDER BY id
        """,  # noqa: S608 - our own words
        over="wave",
    ),
    Invariant(
        "waves.plans_are_of_members",
        "The plan of a wave that went out speaks of its own orders only.",
        "wave",
        _plans_are_of_members,
    ),
)
