"""What others may ask about picking: the trips there are, their tasks and totes, and how far they are."""

from wms.picking.queries.progress import Progress, progress_of_runs, progress_of_waves
from wms.picking.queries.runs import (
    NoSuchRun,
    bindings_of,
    in_tote,
    names,
    run_of,
    runs_asked,
    tasks_asked,
    totes_of_fo,
    waiting_runs,
)
from wms.picking.queries.totes import InTote, in_totes_of, live_binding, picked_into

__all__ = [
    "InTote",
    "NoSuchRun",
    "Progress",
    "bindings_of",
    "in_tote",
    "in_totes_of",
    "live_binding",
    "names",
    "picked_into",
    "progress_of_runs",
    "progress_of_waves",
    "run_of",
    "runs_asked",
    "tasks_asked",
    "totes_of_fo",
    "waiting_runs",
]
