"""What must always hold of counts."""

from wms.counting.lifecycle import LIFECYCLE
from wms.kernel.invariants import Invariant, never


def _of_counts(name: str, says: str, sql: str, over: str = "count_task") -> Invariant:
    return never(f"counting.{name}", says, sql, over=over)


_STATES = ", ".join(f"'{state.value}'" for state in LIFECYCLE.moves)
_ENDS = ", ".join(f"'{state.value}'" for state in sorted(LIFECYCLE.ends))

INVARIANTS = (
    _of_counts(
        "counts_are_in_a_known_state",
        "A count is asked for, under way, judged or over, and then it says since when.",
        f"""
        SELECT id AS count_task, state AS state FROM count_task
        WHERE state NOT IN ({_STATES}) OR (state IN ({_ENDS})) <> (ended_at IS NOT NULL) ORDER BY id
        """,  # noqa: S608 - our own words
    ),
    _of_counts(
        "nobody_counts_for_nothing",
        "No count is left between being handed in and being judged: both happen at once.",
        """
        SELECT id AS count_task, state AS state FROM count_task
        WHERE state IN ('submitted', 'accepted') ORDER BY id
        """,
    ),
    _of_counts(
        "one_open_count_a_place",
        "A place is counted by one person at a time.",
        f"""
        SELECT max(c.id) AS count_task, l.code AS place FROM count_task c
        JOIN location l ON l.id = c.location_id WHERE c.state NOT IN ({_ENDS})
        GROUP BY l.id, l.code HAVING count(*) > 1 ORDER BY 1
        """,  # noqa: S608 - our own words
    ),
    _of_counts(
        "counts_under_way_are_somebodys",
        "A count that is under way says who counts; one that waits is nobody's.",
        """
        SELECT id AS count_task, state AS state FROM count_task
        WHERE (state = 'counting' AND (worker_id IS NULL OR lease_until IS NULL))
          OR (state = 'requested' AND worker_id IS NOT NULL) ORDER BY id
        """,
    ),
    _of_counts(
        "booked_counts_say_of_when",
        "A count that was booked says when it was counted and what the ledger knew then.",
        """
        SELECT id AS count_task FROM count_task
        WHERE (state = 'posted') <> (booked_after IS NOT NULL)
          OR (state IN ('posted', 'in_review') AND counted_at IS NULL) ORDER BY id
        """,
    ),
    _of_counts(
        "counts_stay_in_their_warehouse",
        "A count is of a place of its warehouse.",
        """
        SELECT c.id AS count_task, l.code AS place FROM count_task c
        JOIN location l ON l.id = c.location_id
        WHERE l.warehouse_id <> c.warehouse_id ORDER BY c.id
        """,
    ),
    _of_counts(
        "counts_are_by_people_of_the_house",
        "Whoever counts is somebody that the house knows.",
        """
        SELECT n.id AS count_line, n.counted_by AS counter FROM count_line n
        LEFT JOIN user_account u ON u.id = n.counted_by WHERE u.id IS NULL ORDER BY n.id
        """,
        over="count_line",
    ),
    _of_counts(
        "rounds_are_counted_by_different_people",
        "Whoever counted a round did not count the one before.",
        """
        SELECT DISTINCT n.count_id AS count_task, n.round AS round FROM count_line n
        JOIN count_line b ON b.count_id = n.count_id AND b.round = n.round - 1
          AND b.counted_by = n.counted_by
        ORDER BY n.count_id, n.round
        """,
        over="count_line",
    ),
    _of_counts(
        "what_was_handed_in_says_what_was_expected",
        "Beside every number that was handed in stands what the book said; beside others nothing does.",
        """
        SELECT n.id AS count_line, c.id AS count_task FROM count_line n
        JOIN count_task c ON c.id = n.count_id
        WHERE n.round > c.round OR (n.expected IS NULL)
          <> (n.round = c.round AND c.state IN ('requested', 'counting'))
        ORDER BY n.id
        """,
        over="count_line",
    ),
)
