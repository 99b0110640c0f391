"""What others may ask about sheets and printers."""

from wms.printing.lifecycle import State
from wms.printing.queries.awaited import OnItsWay, on_its_way
from wms.printing.queries.printers import Printer, down, left_waiting, printer, printers
from wms.printing.queries.reaching import (
    Reached,
    by_name,
    is_within_reach,
    reached,
)
from wms.printing.queries.sheets import (
    WAITS,
    JobsAsked,
    Sheet,
    attempt,
    attempts,
    job,
    jobs,
    names,
    newest_about,
    one_before,
    questions,
    reprints,
    was_asked_for,
)
from wms.printing.rules import Condition

__all__ = [
    "WAITS",
    "Condition",
    "JobsAsked",
    "OnItsWay",
    "Printer",
    "Reached",
    "Sheet",
    "State",
    "attempt",
    "attempts",
    "by_name",
    "down",
    "is_within_reach",
    "job",
    "jobs",
    "left_waiting",
    "names",
    "newest_about",
    "on_its_way",
    "one_before",
    "printer",
    "printers",
    "questions",
    "reached",
    "reprints",
    "was_asked_for",
]
