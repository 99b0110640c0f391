"""What must always hold of people: whoever acted is known, and nobody who was shut out is still in."""

from wms.kernel.invariants import Invariant, never
from wms.people.policy import Role
from wms.people.secret import BADGE_PREFIX

_ROLES = ", ".join(f"'{role.value}'" for role in Role)


def _acted(name: str, says: str, table: str, number: str) -> Invariant:
    return never(
        name,
        says,
        f"""
        SELECT t.{number} AS {table}, t.actor_id AS actor FROM {table} t
        LEFT JOIN user_account u ON u.id = t.actor_id
        WHERE t.actor_id <> 0 AND u.id IS NULL ORDER BY t.{number}
        """,  # noqa: S608 - our own words
        over=table,
    )


INVARIANTS = (
    _acted(
        "people.acts_have_a_name", "Whoever asked is somebody the house knows.", "command", "uid"
    ),
    _acted(
        "people.facts_have_a_name",
        "Whoever caused a fact is somebody the house knows.",
        "event",
        "id",
    ),
    _acted(
        "people.choices_have_a_name",
        "Whoever a choice was made for is somebody the house knows.",
        "decision",
        "id",
    ),
    never(
        "people.roles_are_known",
        "Nobody has a role that the house does not know.",
        f"""
        SELECT user_id AS user_account, role AS role FROM user_role
        WHERE role NOT IN ({_ROLES}) ORDER BY user_id, role
        """,  # noqa: S608 - our own words
        over="user_role",
    ),
    never(
        "people.disabled_means_out",
        "Nobody whose account is disabled is signed in.",
        """
        SELECT s.id AS session, s.user_id AS user_account FROM user_session s
        JOIN user_account u ON u.id = s.user_id
        WHERE s.ended_at IS NULL AND u.disabled_at IS NOT NULL ORDER BY s.id
        """,
        over="user_session",
    ),
    never(
        "people.machines_do_not_sign_in",
        "Machines have tokens; only people sign in.",
        """
        SELECT s.id AS session, s.user_id AS user_account FROM user_session s
        JOIN user_account u ON u.id = s.user_id WHERE u.is_machine ORDER BY s.id
        """,
        over="user_session",
    ),
    never(
        "people.one_person_at_a_device",
        "A device serves one person at a time.",
        """
        SELECT max(id) AS session, device_id AS device FROM user_session
        WHERE ended_at IS NULL AND device_id IS NOT NULL
        GROUP BY device_id HAVING count(*) > 1 ORDER BY 1
        """,
        over="user_session",
    ),
    never(
        "people.sessions_end_for_a_reason",
        "A session that ended says why, and one that did not says nothing.",
        """
        SELECT id AS session FROM user_session
        WHERE (ended_at IS NULL) <> (ended_because IS NULL) ORDER BY id
        """,
        over="user_session",
    ),
    never(
        "people.badges_are_found",
        "Every badge that was issued can be scanned.",
        f"""
        SELECT b.id AS badge, b.ending AS ending FROM badge b
        LEFT JOIN code_target t ON t.kind = 'badge' AND t.target_id = b.id
          AND t.code = '{BADGE_PREFIX}#' || upper(b.token_hash)
        WHERE t.id IS NULL ORDER BY b.id
        """,  # noqa: S608 - our own words
        over="badge",
    ),
    never(
        "people.badge_codes_lead_to_badges",
        "No code signs anybody in that is not on a badge.",
        f"""
        SELECT t.id AS code_target FROM code_target t
        LEFT JOIN badge b ON b.id = t.target_id AND t.code = '{BADGE_PREFIX}#' || upper(b.token_hash)
        WHERE t.kind = 'badge' AND b.id IS NULL ORDER BY t.id
        """,  # noqa: S608 - our own words
        over="code_target",
    ),
)
