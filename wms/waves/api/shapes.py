"""What machines send about waves, and what they are shown."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field
from sqlalchemy.orm import Session

from wms.kernel.fields import Body, Line, Listing, Number
from wms.waves import queries
from wms.waves.api.blueprint import Shown
from wms.waves.lifecycle import WaveState
from wms.waves.plan import Filters, Plan, RunKind, Size
from wms.waves.queries import Preview, WaveRow
from wms.waves.tables import Wave

Moment = Annotated[
    AwareDatetime, Field(ge=datetime(1970, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))
]


class WavePath(Body):
    """Which wave."""

    wave_id: Number


class MemberPath(WavePath):
    """Which order of which wave."""

    fo_id: Number


class Waves(Listing):
    """Which waves to list."""

    warehouse_id: Number | None = None
    state: WaveState | None = None


class WaveFilters(Body):
    """Which of the waiting orders: all that meet every one of these."""

    warehouse_id: Number
    ship_by: Moment | None = Field(default=None, description="Must ship by then at the latest.")
    channel_id: Number | None = None
    carrier: Annotated[Line, Field(max_length=40)] = Field(
        default="", description="As the orders say it; empty: any."
    )
    zone_id: Number | None = Field(
        default=None, description="Every unit of the order lies in this zone."
    )
    size: Size = Field(
        default=Size.ANY,
        description="`single`: one unit. `small`: fits one tote. `large`: takes several.",
    )

    def filters(self) -> Filters:
        """Return them as the house knows them."""
        return Filters(self.ship_by, self.channel_id, self.carrier, self.zone_id, self.size)


class StopShown(Shown):
    """So many units of one promise: out of which bin, for which line."""

    location_id: int
    item_id: int
    lot_id: int
    fo_id: int
    fo_line_id: int
    allocation_id: int
    quantity: int


class RunShown(Shown):
    """One trip, with its stops in the order of the walk."""

    kind: RunKind
    fo_ids: list[int]
    totes: int
    metres: int
    seconds: int
    stops: list[StopShown]


class ShortShown(Shown):
    """Units of a line that nothing is promised for."""

    fo_id: int
    fo_line_id: int
    item_id: int
    missing: int


class PlanShown(Shown):
    """The trips of a wave. `stops` counts how often somebody stops in front of a bin."""

    runs: list[RunShown]
    shorts: list[ShortShown]
    stops: int
    lines: int
    units: int
    metres: int
    seconds: int


class LackShown(Shown):
    """Units that orders which meet the filters wait for: those orders stay behind."""

    item_id: int
    sku: str
    missing: int
    orders: int


class PreviewShown(Shown):
    """What a wave would be. Nothing was written."""

    fo_ids: list[int]
    waiting: int = Field(description="How many orders meet the filters, also beyond one wave.")
    plan: PlanShown
    lacks: list[LackShown]


class WaveShown(Shown):
    """A wave; its figures are counted from the lines of its orders."""

    id: int
    warehouse_id: int
    number: str
    kind: str
    state: WaveState
    ship_by: datetime | None
    orders: int
    lines: int
    units: int
    picked: int
    short: int
    plan_version: int
    created_at: datetime
    planned_at: datetime | None
    released_at: datetime | None
    ended_at: datetime | None
    version: int


class WavePage(Shown):
    """Some waves."""

    data: list[WaveShown]
    next_cursor: str | None


class WaveWhole(WaveShown):
    """A wave with its orders and its plan."""

    filters: WaveFilters
    fo_ids: list[int]
    plan: PlanShown


def wave_shown(wave: Wave, row: WaveRow | None) -> WaveShown:
    """Return a wave as machines see it in a list."""
    return WaveShown(**_facts(wave, row or WaveRow()))


def wave_whole(session: Session, wave: Wave) -> WaveWhole:
    """Return a wave as machines see it when they ask for it."""
    row = queries.sums(session, [wave.id]).get(wave.id, WaveRow())
    filters = Filters.from_plain(wave.filters)
    return WaveWhole(
        **_facts(wave, row),
        filters=WaveFilters(
            warehouse_id=wave.warehouse_id,
            ship_by=filters.ship_by,
            channel_id=filters.channel_id,
            carrier=filters.carrier,
            zone_id=filters.zone_id,
            size=filters.size,
        ),
        fo_ids=list(queries.live_members(session, wave.id)),
        plan=plan_shown(queries.plan_of(wave)),
    )


def plan_shown(plan: Plan) -> PlanShown:
    """Return a plan as machines see it."""
    return PlanShown.model_validate(plan)


def preview_shown(preview: Preview) -> PreviewShown:
    """Return what a wave would be."""
    return PreviewShown(
        fo_ids=[one.fo_id for one in preview.orders],
        waiting=preview.waiting,
        plan=plan_shown(preview.plan),
        lacks=[LackShown.model_validate(one) for one in preview.lacks],
    )


def _facts(wave: Wave, row: WaveRow) -> dict[str, object]:
    own = ("id", "warehouse_id", "number", "kind", "state", "plan_version", "version")
    moments = ("created_at", "planned_at", "released_at", "ended_at")
    counted = ("ship_by", "orders", "lines", "units", "picked", "short")
    return {name: getattr(wave, name) for name in own + moments} | {
        name: getattr(row, name) for name in counted
    }
