"""The life of a wave. From `picking` on its progress is counted from the work, never written by hand."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class WaveState(StrEnum):
    """How far a wave is."""

    DRAFT = "draft"
    PLANNED = "planned"
    RELEASED = "released"
    PICKING = "picking"
    PICKED = "picked"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class WaveVerb(StrEnum):
    """What can happen to it."""

    PLAN = "plan"
    REPLAN = "replan"
    RELEASE = "release"
    UNRELEASE = "unrelease"
    CANCEL = "cancel"
    FIRST_TASK = "first_task"
    ALL_TASKS_ENDED = "all_tasks_ended"
    UNDO_PICKS = "undo_picks"
    ALL_LEFT = "all_left"


State, Verb = WaveState, WaveVerb

WAVE = Lifecycle(
    "wave",
    {
        State.DRAFT: {Verb.PLAN: State.PLANNED, Verb.CANCEL: State.CANCELLED},
        State.PLANNED: {
            Verb.REPLAN: State.PLANNED,
            Verb.RELEASE: State.RELEASED,
            Verb.CANCEL: State.CANCELLED,
        },
        State.RELEASED: {
            Verb.FIRST_TASK: State.PICKING,
            Verb.UNRELEASE: State.PLANNED,
            Verb.CANCEL: State.CANCELLED,
        },
        State.PICKING: {Verb.ALL_TASKS_ENDED: State.PICKED},
        State.PICKED: {Verb.UNDO_PICKS: State.PICKING, Verb.ALL_LEFT: State.CLOSED},
        State.CANCELLED: {},
        State.CLOSED: {},
    },
)
