"""Which lives runs and pick tasks can have."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class RunState(StrEnum):
    """How far a trip is. Who works on it is a lease, which ends by itself."""

    QUEUED = "queued"
    ASSIGNED = "assigned"
    DONE = "done"
    CANCELLED = "cancelled"


class RunVerb(StrEnum):
    """What can happen to a trip."""

    CLAIM = "claim"
    TAKE_OVER = "take_over"
    RELEASE_LEASE = "release_lease"
    COMPLETE = "complete"
    CANCEL = "cancel"


RUN = Lifecycle(
    "pick run",
    {
        RunState.QUEUED: {RunVerb.CLAIM: RunState.ASSIGNED, RunVerb.CANCEL: RunState.CANCELLED},
        RunState.ASSIGNED: {
            RunVerb.TAKE_OVER: RunState.ASSIGNED,
            RunVerb.RELEASE_LEASE: RunState.QUEUED,
            RunVerb.COMPLETE: RunState.DONE,
            RunVerb.CANCEL: RunState.CANCELLED,
        },
        RunState.DONE: {},
        RunState.CANCELLED: {},
    },
)


class TaskState(StrEnum):
    """How far one line of picking is."""

    QUEUED = "queued"
    ASSIGNED = "assigned"
    AT_BIN = "at_bin"
    PICKED = "picked"
    SHORT = "short"
    CANCELLED = "cancelled"


class TaskVerb(StrEnum):
    """What can happen to one line of picking."""

    CLAIM = "claim"
    SCAN_BIN = "scan_bin"
    SCAN_ITEM = "scan_item"
    COMPLETE = "complete"
    SHORT = "short"
    SKIP = "skip"
    LEAVE = "leave"
    LEASE_EXPIRED = "lease_expired"
    RELEASE_LEASE = "release_lease"
    CUT = "cut"
    """The rest is taken off it: what was picked stays picked."""
    CANCEL = "cancel"
    UNDO = "undo"


LIVE = (TaskState.QUEUED, TaskState.ASSIGNED, TaskState.AT_BIN)
"""States of tasks that somebody still has to work on."""

TASK = Lifecycle(
    "pick task",
    {
        TaskState.QUEUED: {
            TaskVerb.CLAIM: TaskState.ASSIGNED,
            TaskVerb.CUT: TaskState.PICKED,
            TaskVerb.CANCEL: TaskState.CANCELLED,
        },
        TaskState.ASSIGNED: {
            TaskVerb.SCAN_BIN: TaskState.AT_BIN,
            TaskVerb.SKIP: TaskState.QUEUED,
            TaskVerb.LEASE_EXPIRED: TaskState.QUEUED,
            TaskVerb.RELEASE_LEASE: TaskState.QUEUED,
            TaskVerb.CUT: TaskState.PICKED,
            TaskVerb.CANCEL: TaskState.CANCELLED,
        },
        TaskState.AT_BIN: {
            TaskVerb.SCAN_ITEM: TaskState.AT_BIN,
            TaskVerb.COMPLETE: TaskState.PICKED,
            TaskVerb.SHORT: TaskState.SHORT,
            TaskVerb.SKIP: TaskState.QUEUED,
            TaskVerb.LEAVE: TaskState.ASSIGNED,
            TaskVerb.CUT: TaskState.PICKED,
            TaskVerb.CANCEL: TaskState.CANCELLED,
        },
        TaskState.PICKED: {TaskVerb.UNDO: TaskState.AT_BIN},
        TaskState.SHORT: {TaskVerb.UNDO: TaskState.AT_BIN},
        TaskState.CANCELLED: {},
    },
)
