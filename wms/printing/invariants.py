"""What must always hold of sheets."""

from wms.kernel.invariants import Invariant, never
from wms.printing.lifecycle import LIFECYCLE


def _of_sheets(name: str, says: str, sql: str) -> Invariant:
    return never(f"printing.{name}", says, sql, over="print_job")


_STATES = ", ".join(f"'{state.value}'" for state in LIFECYCLE.moves)
_ENDS = ", ".join(f"'{state.value}'" for state in sorted(LIFECYCLE.ends))

INVARIANTS = (
    _of_sheets(
        "sheets_are_in_a_known_state",
        "A sheet waits, is on its way, out, in doubt, or over, and then it says since when.",
        f"""
        SELECT id AS print_job, state AS state FROM print_job
        WHERE state NOT IN ({_STATES}) OR (state IN ({_ENDS})) <> (ended_at IS NOT NULL) ORDER BY id
        """,  # noqa: S608 - our own words
    ),
    _of_sheets(
        "what_is_sent_was_tried",
        "Whatever went to a printer has a try that says which, and when it began.",
        """
        SELECT j.id AS print_job, j.state AS state FROM print_job j
        WHERE j.state IN ('sending', 'sent', 'unsure')
          AND NOT EXISTS (SELECT 1 FROM print_attempt a WHERE a.job_id = j.id)
        ORDER BY j.id
        """,
    ),
    _of_sheets(
        "sheets_are_sent_once_at_a_time",
        "A sheet that waits, or of which it is known or doubted that it is out, has no try that is still going on.",
        """
        SELECT j.id AS print_job, j.state AS state FROM print_job j
        WHERE j.state IN ('queued', 'sent', 'unsure')
          AND EXISTS (SELECT 1 FROM print_attempt a WHERE a.job_id = j.id AND a.ended_at IS NULL)
        ORDER BY j.id
        """,
    ),
    _of_sheets(
        "nothing_is_left_on_its_way",
        "No sheet is on its way to a printer long after its time, while others were tried.",
        """
        SELECT j.id AS print_job, j.number AS number FROM print_job j
        WHERE j.state = 'sending' AND EXISTS (
          SELECT 1 FROM print_attempt a WHERE a.printer_id = j.printer_id AND a.began_at > j.lease_until
        ) ORDER BY j.id
        """,
    ),
    _of_sheets(
        "reprints_say_what_they_repeat",
        "A second sheet names the first, says why, and counts one more; a first sheet does neither.",
        """
        SELECT j.id AS print_job, j.generation AS generation FROM print_job j
        LEFT JOIN print_job o ON o.id = j.reprint_of_id
        WHERE (j.generation > 1) <> (j.reprint_of_id IS NOT NULL)
          OR (j.reprint_of_id IS NOT NULL
              AND (o.id IS NULL OR j.generation <> o.generation + 1 OR j.sha256 <> o.sha256
                   OR j.reason = ''))
        ORDER BY j.id
        """,
    ),
    _of_sheets(
        "sheets_come_out_of_printers",
        "Every sheet is for a printer, or for a bench that holds one.",
        """
        SELECT j.id AS print_job, d.name AS device FROM print_job j JOIN device d ON d.id = j.printer_id
        WHERE d.kind NOT IN ('printer', 'agent') ORDER BY j.id
        """,
    ),
)
